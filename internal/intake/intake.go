// Package intake turns rows of tables into records and evidence: it tells what
// a table is (role, system, header row), what each column means, and reads
// words, dates and identifiers out of the cells.
//
// It opens no files, groups nothing and decides nothing about contacts.
//
// Where a cell leaves a doubt, it is read for the refusal and against the
// consent:
//   - In a column of refusals anything is one but a blank, a plain no and "is
//     subscribed". In a column of consent a plain no is only a no; "refused",
//     "unsubscribed", "withdrawn" and their like are refusals.
//   - 05/06/2024 is settled by the column's other dates; where they do not
//     tell, a refusal is taken at its later reading, a consent at its earlier.
//   - A consent dated after the run's time does not count yet. Placeholders
//     (1970-01-01, 01.01.0001) are no dates; 1970-01-01 in a column of
//     refusals is still a refusal.
//   - Where several columns speak of consent, one claim comes of them: a
//     general no outweighs all, then messengers go before e-mail.
//   - A date of consent with no word beside it is a yes. The source of a
//     contact is not the source of its consent.
//   - In lists of refusals every phone and e-mail of a row counts, doubtful
//     readings too; a row whose columns name nobody is searched whole, and a
//     row that still names nobody is reported, never passed over.
//   - Notes, and remarks inside names, are the company's words: a doubt.
package intake

import (
	"time"

	"cleanbase/internal/contact"
)

// Options is what reading depends on besides the rows.
type Options struct {
	Region      string         // ISO 3166-1 alpha-2, for numbers with no country; "RU" when empty
	Zone        *time.Location // of times that name no zone; UTC when nil
	AsOf        time.Time      // the run's time
	ReadNumbers contact.ReadNumbers
	ReadNote    contact.ReadMessage // reads what people of the company wrote about a contact; nil: notes are not read
	ReadText    contact.ReadMessage // reads texts of which nobody says whose they are; nil: they are not read
	Dictionary  contact.Dictionary
	Mapping     map[string]contact.Field // the user's own: header to field
}

// Source names a table: its file as the user gave it, and its sheet or "". A
// file of a kind that has versions names kind and version ("vcard", "3.0").
type Source struct{ File, Sheet, Format, Version string }

// Intake reads tables by one set of options. It is not changed by reading and
// may be used from several goroutines if its ReadNumbers and ReadNote may.
type Intake struct {
	opt Options
	lex *lexicon
}

// New prepares the dictionary.
func New(opt Options) *Intake {
	if opt.Region == "" {
		opt.Region = "RU"
	}
	if opt.Zone == nil {
		opt.Zone = time.UTC
	}
	return &Intake{opt: opt, lex: newLexicon(opt)}
}

// RoleBy says how a role was told.
type RoleBy uint8

// The ways to tell a role.
const (
	ByNothing RoleBy = iota
	ByStated         // the user said it
	ByName           // file or sheet name
	ByLayout         // a known system's layout
	ByColumns        // what the columns mean
)

var roleByNames = [...]string{"", "stated", "name", "layout", "columns"}

// String is the way's name, for inspect.
func (b RoleBy) String() string { return roleByNames[b] }

// MapBy says how a column's field was told.
type MapBy uint8

// The ways to tell a field.
const (
	MapNone     MapBy = iota
	MapLayout         // the system's layout says so
	MapName           // the header, by the general dictionary
	MapContents       // the cells look like it
	MapUser           // the user's mapping
)

var mapByNames = [...]string{"", "layout", "name", "contents", "user"}

// String is the way's name, for inspect.
func (b MapBy) String() string { return mapByNames[b] }

// Column is one column of a table.
type Column struct {
	Header  string // as it stands, trimmed; "" without a header row
	Field   contact.Field
	Channel contact.Channel // the channel that the header speaks of, or Any
	By      MapBy
	Note    contact.Text // what a user should know of the guess; may be empty

	dating dating
	until  bool // holds the last day of a consent
	labels bool // nothing is known of it, and its few different texts may be labels
	beside bool // a list of refused people that stands beside the table: they are meant, not the row's
}

// MayRefuse tells whether a cell of a column can tell of a refusal.
func (p *Plan) MayRefuse(column int) bool {
	if column >= len(p.Columns) {
		return false
	}
	switch c := &p.Columns[column]; c.Field {
	case contact.FieldOptOut, contact.FieldOptOutAt, contact.FieldTags, contact.FieldStatus, contact.FieldNote, contact.FieldConsent, contact.FieldConsentPD:
		return true
	default:
		return c.labels
	}
}

// Plan is what a table is.
type Plan struct {
	Source                     Source
	Role                       contact.Role
	RoleBy                     RoleBy
	System, Entity, Generation string // empty for a table of no known system
	HeaderRow                  int    // as the spreadsheet numbers it; 0: no header, data from the first row
	Columns                    []Column
	Suspicious                 []int          // columns that nothing is known of but that look like refusals
	Notes                      []contact.Text // what a user should know of the table

	way      contact.Direction // of all messages of a log, as its names tell
	own      map[string]bool   // the tails of the company's numbers, in a log that tells the way by them alone
	dataOnly bool              // its consents are to data processing, not to mailings
	selected bool              // its opt-out column says yes of some rows and no of others
	sure     bool              // the header row was known by its words, so its texts are headers
}
