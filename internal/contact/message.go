package contact

// Message is one message, status or event of a messenger or SMS gateway, as a
// log or webhook tells it: what package events makes evidence of.
type Message struct {
	ID        string        // the messenger's own id of the message; empty when there is none
	Who       Identifier    // the person at the other end; Key 0 when the log does not say (a bare status)
	Also      [2]Identifier // other identifiers of Who that stand beside it: the phone of a messenger id
	Channel   Channel
	Direction Direction
	At        Moment
	Early     Moment // the earlier reading of a date that can be read in two ways; 0: the same as At
	Text      string // the person's or our own words; never quoted or forwarded ones
	Button    string // the company's own name for the button that the person pressed; Text is what stood on it
	Status    string // as the system writes it: "delivered", "failed", "3"
	Error     string // the system's code: "131050", "BAD_CONTACT", "21610"
	System    string // whose codes these are: "wazzup", "whatsapp", "max", "twilio", "smsc", …; empty for a generic log
	// Means is what the reader's dictionary makes of a status or an error in
	// plain words ("не доставлено"); 0 when it knows neither.
	Means EvidenceKind
	// Ours marks an error in plain words that is the sender's own: no money, a
	// limit, a ban.
	Ours   bool
	Origin Origin
}

// Bare tells whether a message says nothing but who is who.
func (m *Message) Bare() bool {
	return m.Direction == NoDirection && m.Text == "" && m.Button == "" && m.Status == "" && m.Error == ""
}

// Sending is what a run knows of a message that has an id, or remembers of it.
type Sending struct {
	No      uint32 // the caller's number of the message
	ID      Key    // of the identifier that stands for the message
	Day     int32  // that it was sent on, in days since 1970; 0: not known
	Channel Channel
	To      []Identifier // who is at its other end, first of all; empty when nobody knows
}

// ReadMessageAt is ReadMessage for a message whose time is known, or 0.
type ReadMessageAt func(text string, at Moment) []Reading

// Gateway is how the delivery reports of one SMS gateway are known, whose
// columns are named in no fixed way: by the codes in the column of statuses.
type Gateway struct {
	System  string   // "smsc"
	Names   []string // stems, one of which in the file's name tells it
	Codes   []string // every status that it gives
	Telling []string // those of them that no other gives
}

// Direction is which way a message went.
type Direction uint8

// The directions. A status has none.
const (
	NoDirection Direction = iota
	In
	Out
)
