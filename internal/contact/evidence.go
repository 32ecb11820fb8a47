package contact

import "strings"

// Channel is a way to write to a person. Any stands for a fact that names no
// channel, or a mailing whose channel is not known yet.
type Channel uint8

// The channels.
const (
	Any Channel = iota
	MAX
	WhatsApp
	Telegram
	Viber
	SMS
	Call
	Email
)

var channelNames = [...]string{"any", "max", "whatsapp", "telegram", "viber", "sms", "call", "email"}

// Channels is every channel but Any, in the order of their numbers.
func Channels() []Channel { return []Channel{MAX, WhatsApp, Telegram, Viber, SMS, Call, Email} }

// String is the channel's name in flags, files and the audit database.
func (c Channel) String() string { return channelNames[c] }

// Meets tells whether what is known of one channel may be about the other: they
// are the same, or one of them is Any.
func (c Channel) Meets(other Channel) bool { return c == other || c == Any || other == Any }

// ParseChannel reads a channel's own name ("max", "whatsapp", …).
func ParseChannel(s string) (Channel, bool) {
	for i, name := range channelNames {
		if strings.EqualFold(s, name) {
			return Channel(i), true
		}
	}
	return Any, false
}

// EvidenceKind says what a piece of evidence is evidence of.
type EvidenceKind uint8

// The kinds. Numbers are stored: only add at the end.
const (
	OptOut        EvidenceKind = 1 + iota // asked to be left alone
	OptIn                                 // took the refusal back by an own message or on the platform
	Complaint                             // complained, or threatened to
	Consent                               // agreed to be written to
	Unsure                                // may have refused; a person must read it
	Protected                             // must never be mailed
	Inbound                               // wrote to the company
	Outbound                              // was written to
	Delivered                             // a message arrived or was read
	Unreachable                           // is not on the messenger, or the number does not exist
	SuspectedSpam                         // the messenger would not pass the message on
	BotStarted                            // started the bot
	BotStopped                            // stopped the bot
	Pardon                                // a person lifted a complaint or a wrong refusal
	Keep                                  // a person read an Unsure message and found no refusal
)

var evidenceNames = [...]string{"", "optout", "optin", "complaint", "consent", "unsure", "protected", "inbound", "outbound",
	"delivered", "unreachable", "suspected_spam", "bot_started", "bot_stopped", "pardon", "keep"}

// String is the kind as the audit database writes it.
func (k EvidenceKind) String() string { return evidenceNames[k] }

// Refuses tells whether evidence of this kind can keep a contact out of the
// clean list by the person's own will or the company's protection.
func (k EvidenceKind) Refuses() bool {
	switch k {
	case OptOut, Complaint, Unsure, Protected, BotStopped:
		return true
	}
	return false
}

// Via says how a piece of evidence came to be known.
type Via uint8

// The ways. Numbers are stored: only add at the end.
const (
	ViaList     Via = 1 + iota // a file whose role says it: opt-outs, complaints, consents, protected
	ViaFlag                    // a column or tag of a contacts file
	ViaMessage                 // the person's own words
	ViaPlatform                // the messenger or gateway reported it
	ViaPerson                  // somebody of the company decided it (pardon, judge)
	ViaNote                    // a manager's note about the contact
)

var viaNames = [...]string{"", "list", "flag", "message", "platform", "person", "note"}

// String is the way as the audit database writes it.
func (v Via) String() string { return viaNames[v] }

// Origin is where in a run's inputs a fact stands.
type Origin struct {
	Input int32 // number of the run's input, from 1; 0 for a fact with no file (pardon)
	Row   int32 // as the spreadsheet numbers it, from 1
}

// Evidence is one dated fact about one identifier.
type Evidence struct {
	Kind    EvidenceKind
	Via     Via
	Channel Channel // Any when the fact names none
	ID      Identifier
	At      Moment // when it happened, if known
	Origin  Origin
	Rule    string // what read it: "optouts", "flag:Отписан от рассылки", "platform:131050", a refusal rule's id
	Quote   string // the person's words or the file's own note; kept in the audit database only
	Detail  string // for consents a JSON object: source, purpose, method, text_version
	// Seq is the number that the audit database gave it: evidence with a
	// lower number was known earlier. Zero before it is stored.
	Seq int64
}

// Fact is a piece of evidence with all its texts left out: what deciding
// needs, small enough to keep millions of.
type Fact struct {
	Key     Key
	At      Moment
	Seq     int64
	Kind    EvidenceKind
	Via     Via
	Channel Channel
	// Remembered marks a fact that an earlier run learnt and that this run's
	// inputs do not say again.
	Remembered bool
}

// Fact is the evidence without its texts.
func (e *Evidence) Fact() Fact {
	return Fact{Key: e.ID.Key, At: e.At, Seq: e.Seq, Kind: e.Kind, Via: e.Via, Channel: e.Channel}
}
