package contact

// Column is one of the users' own columns: its name, and what it means.
type Column struct {
	Name    string
	Field   Field
	Systems []string // whose exports have it, "" for those of no known system
}

// Shape is the file that a system imports contacts from. Its rows hold one
// phone: the one that was decided about.
type Shape struct {
	System    string
	Formats   []string // "xlsx", "csv", "jsonl"; the first is written where the wanted one is not among them
	Delimiter byte     // csv
	QuoteAll  bool     // csv
	NoBOM     bool     // csv
	MaxRows   int64    // in one file, 0 for no limit
	Columns   []ShapeColumn
	Date      string // layout of dates, as package time writes them
	Tags      string // what stands between labels
	// LastNameFirst is the order of a Russian name that had to be composed.
	LastNameFirst bool
	// UniqueEmail: rows with one e-mail become one contact there.
	UniqueEmail bool
	Note        Text // what the user must know before importing
}

// ShapeColumn is a column of a shape and what its cells hold.
type ShapeColumn struct {
	Header string
	Holds  Holding
	Field  Field    // HoldsText, HoldsDate: of the users' columns that may fill it
	Own    []string // and the names of others that may
	Text   string   // HoldsThis
	// Must: the system takes no row in which it is empty, so the name, or
	// else the phone, stands there.
	Must bool
}

// Holding is what the cells of a column of a shape hold.
type Holding uint8

// The contents of cells. A cell whose content is not known stays empty.
const (
	HoldsText      Holding = iota // the users' cell as it stands
	HoldsPhone                    // +79110000001
	HoldsDigits                   // 79110000001
	HoldsEmail                    // one address
	HoldsFullName                 // all parts of the name
	HoldsFirstName                // the given name; with the middle name where the shape has no column for that
	HoldsMiddleName
	HoldsLastName
	HoldsTags    // labels
	HoldsDate    // a day, in the shape's layout
	HoldsRefusal // 1 for a yes; never 0, which would take back a refusal made since the export
	HoldsID      // the system's own id of the contact, once
	HoldsThis    // the same text in every row
)
