package contact

import "strings"

// Report is what report.html shows: the summary and what a person asks next.
// Nothing in it names anybody: phones and e-mails are masked.
type Report struct {
	Summary *Summary
	Lang    Lang
	// Examples is one masked phone for each reason that occurs; a reason whose
	// contacts have no readable number (phone.missing) has none.
	Examples map[Reason]string
	// ExampleAt is where the same contact stands, for a person to look it up.
	ExampleAt  map[Reason]Place
	ConsentAge []Bucket // clean contacts by age of the consent that counts, newest first
	Countries  []Bucket // clean contacts by country of the number, most first
	// Operators is clean contacts by the operator and region that the number's
	// range was given to, most first. Empty when that is not known.
	Operators  []Bucket
	Trend      []TrendPoint // past runs and this one, oldest first
	PolicySaid []Text       // empty: Summary.Policy is shown
	Conflicts  int64        // contacts whose files disagree about consent
	// ConflictAt is where the first of them stand.
	ConflictAt []Place
	// Shared is the first of Summary.SharedIdentifiers, most contacts first.
	Shared []SharedIdentifier
}

// Bucket is one bar of a chart.
type Bucket struct {
	Label Text
	Count int64
}

// TrendPoint is one run in the trend.
type TrendPoint struct {
	RunID    string
	AsOf     Moment
	Status   string // published, withheld
	AtRisk   bool   // published against the gate
	Contacts Contacts
}

// Place is one row of an input, as a person finds it.
type Place struct {
	File  string // path as the user gave it
	Sheet string // empty for files without sheets
	Row   int    // as the spreadsheet numbers it; 0 when unknown
}

// SharedIdentifier is one identifier that too many contacts share for a fact
// about it to reach them all: an office line, info@….
type SharedIdentifier struct {
	Kind     IDKind
	Masked   string // Phone.Masked or MaskEmail; empty for an id
	Contacts int64
}

// MaskEmail shows an address's first letter and its domain, enough for its
// owner to recognise it.
func MaskEmail(email string) string {
	at := strings.LastIndexByte(email, '@')
	for i := range email {
		if i > 0 && i <= at {
			return email[:i] + "•••" + email[at:]
		}
	}
	return "•••"
}
