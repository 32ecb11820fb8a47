package contact

// Row is one row of a table as the file holds it. Cells are UTF-8 and belong
// to the reader: they change with the next row.
type Row struct {
	Number int // as a spreadsheet numbers it, from 1
	Cells  [][]byte
}

// Role says what a file tells.
type Role uint8

// The roles. NoRole is a file whose role can't be told.
const (
	NoRole Role = iota
	RoleContacts
	RoleOptOuts
	RoleComplaints
	RoleConsents
	RoleEvents
	RoleProtected
)

var roleNames = [...]string{"", "contacts", "optouts", "complaints", "consents", "events", "protected"}

// String is the role's name in flags, summaries and the audit database.
func (r Role) String() string { return roleNames[r] }

// Roles is every role, in the order of their numbers.
func Roles() []Role {
	return []Role{RoleContacts, RoleOptOuts, RoleComplaints, RoleConsents, RoleEvents, RoleProtected}
}

// NumberStatus is what a written number turned out to be.
type NumberStatus uint8

// The states of a number. Only NumberOK can be written to.
const (
	NumberOK          NumberStatus = iota
	NumberInvalid                  // has digits, but is no phone; Phone is 0
	NumberDamaged                  // digits were lost by a spreadsheet (7,9E+10); Phone is 0
	NumberNotMobile                // a valid landline
	NumberService                  // toll-free, premium, short: Phone may be 0
	NumberPlaceholder              // valid by its form, but made up to fill a field (+7 999 999-99-99)
	NumberAmbiguous                // can be read in two ways, or only by a guess; Phone is the likelier reading or 0
)

// Reason is the reason that a contact with only this number gets; ok is false
// for a usable number.
func (s NumberStatus) Reason() (r Reason, ok bool) {
	switch s {
	case NumberOK:
		return 0, false
	case NumberDamaged:
		return PhoneDamaged, true
	case NumberNotMobile:
		return PhoneNotMobile, true
	case NumberService:
		return PhoneService, true
	case NumberPlaceholder:
		return PhonePlaceholder, true
	case NumberAmbiguous:
		return PhoneAmbiguous, true
	}
	return PhoneInvalid, true
}

// Number is one number found in a cell.
type Number struct {
	Phone  Phone
	Status NumberStatus
}

// ReadNumbers finds the numbers in a cell, in order, and adds them to dst.
// region is the ISO 3166-1 alpha-2 country that a national number belongs to.
// A cell with no digits in it holds no number.
type ReadNumbers func(dst []Number, cell []byte, region string) []Number

// Claim is what a row of a contacts file says of consent to mailings.
type Claim struct {
	At      Moment
	Says    Says
	Channel Channel
	Sourced bool // the row names where the consent was given
}

// Says is the word of a claim.
type Says uint8

// The words of a claim.
const (
	SaysNothing Says = iota
	SaysYes
	SaysNo
)

// Record is one row of a contacts file. Its slices belong to the reader and
// change with the next record.
type Record struct {
	Row     int
	Cells   [][]byte     // the user's own columns as they stood, one a column of the table
	Numbers []Number     // in the order they are tried: mobile columns, then the others, left to right
	IDs     []Identifier // e-mails, CRM ids, messenger ids
	Claim   Claim
	Updated Moment // last change of the row, by its own word
	// Evidence is what the row's flags, tags and notes say. An item whose
	// identifier's Key is 0 is about whoever the record turns out to be.
	Evidence []Evidence
}

// Class is what a person's message means for writing to them. A stronger one
// has a higher number.
type Class uint8

// The classes of a message.
const (
	SaysNone      Class = iota
	SaysSubscribe       // wants to be written to again
	SaysUnsure          // may refuse: a person must read it
	SaysRefusal         // asks to be left alone
	SaysComplaint       // calls it spam, threatens to complain or sue
)

// Reading is one finding in a message: its class, the rule that fired and the
// span of the text it fired on (byte offsets).
type Reading struct {
	Class      Class
	Rule       string
	Start, End int
}

// ReadMessage finds what a message means. Nothing found is no reading.
type ReadMessage func(text string) []Reading
