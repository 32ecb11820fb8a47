package contact

// Field is what a column of a table means. Which numbers, words or dates it
// holds is the reader's business.
type Field uint8

// The fields. FieldNone is a column that nothing is known of, FieldOther one
// whose name is known and that says nothing of who a person is or wants: a
// fax, an owner, "has phone".
const (
	FieldNone Field = iota
	FieldOther
	FieldMobile    // phones, to be tried first
	FieldPhone     // phones
	FieldEmail     // e-mail addresses
	FieldName      // a whole name
	FieldFirstName // given name
	FieldMiddleName
	FieldLastName
	FieldCompany
	FieldCity
	FieldCountry // name or ISO 3166 code of the country that national numbers belong to
	FieldTags    // labels divided by , ; | or a line break
	FieldStatus  // in events a delivery status, elsewhere a label
	FieldNote    // what the company's people wrote about the contact
	FieldSource  // where the contact, or in a consents file the consent, came from
	FieldID      // the id that the layout's system gives the entity
	FieldType    // what kind of entity or identifier the row is about
	FieldMessenger
	FieldConsent       // a word or a date: agreed to mailings, or not
	FieldConsentPD     // consent to data processing, which is not consent to mailings
	FieldConsentAt     // when
	FieldConsentSource // where
	FieldConsentChannel
	FieldTextVersion
	FieldPurpose
	FieldMethod
	FieldOptOut   // anything but a "no" is a refusal
	FieldOptOutAt // when; any date is a refusal
	FieldReason   // why somebody is on a list, in words
	FieldLastContact
	FieldUpdated
	FieldCreated
	FieldDate // the row's date or time, when the name says no more
	FieldTime // the time of day, apart from its date
	FieldChannel
	FieldDirection // of a message: in or out
	FieldText      // of a message
	FieldReply     // what the person answered to the message that the row is of
	FieldError     // of a message
	FieldMessageID
	FieldFrom   // a message's sender
	FieldTo     // a message's recipient
	FieldButton // the company's own name for the button that was pressed
	numFields
)

var fieldNames = [numFields]string{"", "other", "mobile", "phone", "email", "name", "first_name", "middle_name", "last_name", "company",
	"city", "country", "tags", "status", "note", "source", "id", "type", "messenger_id", "consent", "consent_pd", "consent_at",
	"consent_source", "consent_channel", "text_version", "purpose", "method", "optout", "optout_at", "reason", "last_contact", "updated", "created",
	"date", "time", "channel", "direction", "text", "reply", "error", "message_id", "from", "to", "button"}

// String is the field's name in summaries and in the policy file's mapping;
// empty for FieldNone.
func (f Field) String() string { return fieldNames[f] }

// ParseField reads a field's name as String writes it.
func ParseField(s string) (Field, bool) {
	for f := FieldOther; f < numFields; f++ {
		if fieldNames[f] == s {
			return f, true
		}
	}
	return FieldNone, false
}

// Fields is every field that a column can be mapped to, FieldOther included.
func Fields() []Field {
	all := make([]Field, 0, numFields-1)
	for f := FieldOther; f < numFields; f++ {
		all = append(all, f)
	}
	return all
}

// Meaning is what a header says: its field, and the channel that it speaks of
// where it names one ("Email Opt Out", "Telegram ID").
type Meaning struct {
	Field   Field
	Channel Channel
}

// Heading gives headers, as files write them, one meaning. Letter case, ё,
// blanks, punctuation and numbering do not matter.
type Heading struct {
	Meaning
	Headers []string
}

// Pattern gives a meaning to headers by their words: each entry of With begins
// a word of the header, none of Without does. An entry may be several stems
// divided by "|", one of which is enough. A stem with "=" in front is a whole
// word; one with blanks is several words that follow each other.
type Pattern struct {
	Meaning
	With, Without []string
}

// Phrase gives a meaning to delivery statuses by their words, as Pattern does to
// headers.
type Phrase struct {
	Means         EvidenceKind
	With, Without []string
}

// Layout is what a table of one system looks like.
type Layout struct {
	System, Entity, Generation string // "bitrix24", "contact", "ru"
	Role                       Role
	Needs                      []string  // headers that must all be there
	Signs                      []string  // headers that tell it from others
	Least                      int       // how many of Signs must be there
	Written                    Spelling  // how Needs and Signs must be written
	File                       []string  // stems, one of which the file's name must have; none for any name
	Headings                   []Heading // what its headers mean where the general dictionary would read them otherwise
	Note                       Text      // what a user should know when the layout is told; may be empty
}

// Spelling is how closely a layout's headers must be written as it has them.
type Spelling uint8

// The spellings.
const (
	Freely      Spelling = iota // by their letters alone
	Exactly                     // letter for letter
	Spacelessly                 // by their letters, and with no blanks in them
)

// Word is what a cell's word says in a column that asks a yes-or-no question.
type Word uint8

// The words. WordBlank is a way to write nothing ("-", "n/a").
const (
	WordUnknown Word = iota
	WordBlank
	WordYes
	WordNo
	WordSubscribed // a yes to mailings, whatever was asked
	WordLack       // no consent; says less than a plain "no" where a refusal is asked for
	WordRefusal    // more than a no: withdrew, unsubscribed
)

// Label is a text that names a channel: in Dictionary.Tags what a refused
// person is labelled with, in Dictionary.Channels how people call the channel.
type Label struct {
	Text    string
	Channel Channel
}

// NameHint tells a role from a piece of a file's or sheet's name: Stem begins
// a word of it, or is several words that follow each other.
type NameHint struct {
	Stem string
	Role Role
}

// Dictionary is what is known of the files of the world. Texts stand as people
// write them; the reader folds case, ё and punctuation.
type Dictionary struct {
	Headings   []Heading
	Patterns   []Pattern // tried in order after Headings
	Speaks     []Label   // stems by which a header about consent or refusal names a channel
	Suspicious []string  // stems of headers that may speak of refusals
	Layouts    []Layout
	Words      map[Word][]string
	Tags       []Label                   // whole labels that mean "do not contact"
	Doubts     []Pattern                 // labels that may mean it; their Meaning is not used
	Channels   []Label                   // names of channels
	Countries  map[string][]string       // ISO 3166-1 alpha-2 code to its names
	Statuses   map[EvidenceKind][]string // delivery statuses of messages, by what they are evidence of; 0: errors of the sender's own
	Phrases    []Phrase                  // of several words, tried in order after Statuses
	Incoming   []string                  // directions of messages
	Outgoing   []string
	Gateways   []Gateway
	Names      []NameHint
	Negations  []string            // words that turn a name hint round: "без", "not"
	Short      map[string][]string // words of headers to how people cut them short
}
