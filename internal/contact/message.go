package contact

// Message is one message, status or event of a messenger or SMS gateway, as a
// log or webhook tells it: what package events makes evidence of.
type Message struct {
	ID        string     // the messenger's own id of the message; empty when there is none
	Who       Identifier // the person at the other end; Key 0 when the log does not say (a bare status)
	Channel   Channel
	Direction Direction
	At        Moment
	Text      string // the person's or our own words; never quoted or forwarded ones
	Status    string // as the system writes it: "delivered", "failed", "3"
	Error     string // the system's code: "131050", "BAD_CONTACT", "21610"
	System    string // whose codes these are: "wazzup", "whatsapp", "max", "twilio", "smsc", …; empty for a generic log
	Origin    Origin
}

// Direction is which way a message went.
type Direction uint8

// The directions. A status has none.
const (
	NoDirection Direction = iota
	In
	Out
)
