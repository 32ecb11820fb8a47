package intake

import (
	"bytes"
	"slices"
	"time"

	"cleanbase/internal/contact"
)

// RowKind says what became of a row.
type RowKind uint8

// The kinds of rows.
const (
	RowRead       RowKind = iota // a record; or evidence was yielded
	RowBlank                     // no cell holds anything
	RowHeading                   // the header row or above it; in a list of evidence also the header once more
	RowPartly                    // evidence was yielded, but a number of the row could not be read
	RowUnreadable                // has content, but no identifier that evidence could be tied to
	RowSilent                    // was read, and says nothing that is evidence ("unsubscribed: no")
	RowToCome                    // was read, and its consent is dated after the run's time
	RowAnother                   // reads like the head of another table (see another.go); of contacts it is a record all the same
)

// Reader reads the rows of one table in order. It keeps buffers: one goroutine
// at a time.
type Reader struct {
	in   *Intake
	plan *Plan
	rec  contact.Record

	columns map[contact.Field][]int
	phones  []int // columns, in the order their numbers are tried
	steps   []step
	labelOf map[int]int // columns of phones to the columns that label them
	typeOf  map[int]int // columns of ids to the columns that name their channel
	updated []int       // columns of dates of the last change, best first

	row     contact.Row
	buf     []byte
	surplus []byte
	apart   []byte
	cells   [][]byte
	numbers []contact.Number
	channel []contact.Channel
	claims  claims
	refused refusals
	lost    bool // a number of the row could not be read
	beside  map[string]bool
}

// step reads one column of a record.
type step struct {
	column int
	col    *Column
	read   func(r *Reader, s *step, cell []byte)
	rule   string
	// confirms: asks whether a consent was confirmed once more ("double
	// opt-in"); a no there takes nothing back.
	confirms bool
	// called: of messengers' ids, its header asks for a name, which is an id
	// only when it says so ("@maria", but not "Maria").
	called bool
	// vague: "Отказ" may be of a mailing or of a deal, and a text that answers
	// neither yes nor no ("дорого") leaves that open.
	vague bool
	coded bool             // "Consent status", of which iiko's API writes 1 for given and 2 for revoked
	known map[string]*fact // what cells seen before say
}

// How many different cells of a column are remembered, and how long they are.
const (
	factsKept = 4096
	factBytes = 200
)

// fact is what a cell says, kept because cells repeat.
type fact struct {
	answer   answer
	channels []contact.Channel // a consent given by naming channels
	marks    []mark
	notes    []contact.Evidence
	text     string
}

type mark struct {
	channel contact.Channel
	text    string
}

// Reader makes a reader for a table that p describes.
func (in *Intake) Reader(p *Plan) *Reader {
	r := &Reader{in: in, plan: p, columns: map[contact.Field][]int{}, beside: map[string]bool{}}
	for i, c := range p.Columns {
		r.columns[c.Field] = append(r.columns[c.Field], i)
	}
	r.phones = slices.Concat(r.columns[contact.FieldMobile], r.columns[contact.FieldPhone])
	slices.SortStableFunc(r.phones, func(a, b int) int { return compareBool(isAssistants(p.Columns[a]), isAssistants(p.Columns[b])) })
	r.labelOf, r.typeOf = pairLabels(p.Columns), pairTypes(p.Columns)
	r.updated = slices.Concat(r.columns[contact.FieldUpdated], r.columns[contact.FieldLastContact], r.columns[contact.FieldCreated])
	for i := range p.Columns {
		c := &p.Columns[i]
		if read := r.readerOf(c); read != nil {
			r.steps = append(r.steps, newStep(i, c, read))
		}
	}
	return r
}

// isAssistants tells a phone at which somebody else answers: it is tried last.
func isAssistants(c Column) bool {
	header := spaced(c.Header, true)
	return begins(header, "assist") || begins(header, "asst") || begins(header, "помощник") || begins(header, "секретар")
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func newStep(i int, c *Column, read func(*Reader, *step, []byte)) step {
	header := spaced(c.Header, false)
	return step{column: i, col: c, read: read, rule: "flag:" + ruleName(c, i), known: map[string]*fact{},
		confirms: begins(header, "double opt"), called: begins(header, "=имя") || begins(header, "=name"), vague: key(c.Header) == "отказ", coded: key(c.Header) == "consentstatus"}
}

func ruleName(c *Column, i int) string {
	if c.Header != "" {
		return c.Header
	}
	return columnLetters(i)
}

// columnLetters is a column's name in a spreadsheet: A, B, … AA.
func columnLetters(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}

func (r *Reader) readerOf(c *Column) func(*Reader, *step, []byte) {
	switch c.Field {
	case contact.FieldEmail:
		return (*Reader).readEmail
	case contact.FieldID:
		if r.plan.System != "" {
			return (*Reader).readID
		}
	case contact.FieldMessenger:
		return func(r *Reader, s *step, cell []byte) {
			r.readMessenger(s, cell)
			r.readAside(s, cell)
		}
	case contact.FieldPhone, contact.FieldMobile:
		return (*Reader).readAside // the numbers are read in an order of their own
	case contact.FieldTags, contact.FieldStatus, contact.FieldType:
		return (*Reader).readMarks
	case contact.FieldConsent:
		return (*Reader).readConsent
	case contact.FieldConsentPD:
		return (*Reader).readConsentPD
	case contact.FieldConsentAt:
		return (*Reader).readConsentAt
	case contact.FieldConsentSource:
		return func(r *Reader, _ *step, _ []byte) { r.rec.Claim.Sourced = true }
	case contact.FieldConsentChannel:
		return (*Reader).readConsentChannel
	case contact.FieldOptOut:
		return (*Reader).readOptOut
	case contact.FieldOptOutAt:
		return (*Reader).readOptOutAt
	case contact.FieldNote:
		if r.in.opt.ReadNote != nil {
			return (*Reader).readNote
		}
	case contact.FieldName, contact.FieldFirstName, contact.FieldLastName, contact.FieldMiddleName:
		return (*Reader).readName
	case contact.FieldNone, contact.FieldOther:
		if c.labels {
			return (*Reader).readMarks
		}
		if c.Field == contact.FieldNone {
			return (*Reader).readText
		}
	case contact.FieldCreated, contact.FieldUpdated: // programs write them
	case contact.FieldCompany, contact.FieldCity, contact.FieldCountry, contact.FieldSource, contact.FieldChannel:
		return (*Reader).readBeside
	default:
		return (*Reader).readText // "Последнее сообщение" may be its day or its words
	}
	return nil
}

// Record reads a row of a contacts table. The record is nil unless the kind is
// RowRead or RowAnother; a row with content is always a record, if only one with no number.
// The record belongs to the reader and changes with the next call. Cells has
// one cell a column of the plan; what a longer row has beyond them is joined
// to the last with "; ".
func (r *Reader) Record(row contact.Row) (*contact.Record, RowKind) {
	if isBlankRow(row.Cells) {
		return nil, RowBlank
	}
	if row.Number <= r.plan.HeaderRow {
		return nil, RowHeading
	}
	r.begin(row)
	rec := &r.rec
	rec.Cells = r.shaped(row.Cells)
	r.readPhones(r.region())
	rec.Numbers = r.numbers
	for i := range r.steps {
		s := &r.steps[i]
		if s.column < len(rec.Cells) && !isBlank(rec.Cells[s.column]) {
			s.read(r, s, rec.Cells[s.column])
		}
	}
	rec.Updated = r.lastChange()
	sourced := rec.Claim.Sourced
	rec.Claim = r.claims.settle()
	rec.Claim.Sourced = sourced && rec.Claim.Says != contact.SaysNothing
	r.refused.settle(rec.Evidence)
	if len(rec.Numbers) == 0 && r.headsAnother(row.Cells) {
		return rec, RowAnother
	}
	return rec, RowRead
}

func (r *Reader) begin(row contact.Row) {
	r.row = row
	r.rec = contact.Record{Row: row.Number, IDs: r.rec.IDs[:0], Evidence: r.rec.Evidence[:0]}
	r.numbers = r.numbers[:0]
	r.claims = claims{}
	r.refused.reset()
	r.lost = false
}

// shaped gives a row one cell a column.
func (r *Reader) shaped(cells [][]byte) [][]byte {
	want := len(r.plan.Columns)
	if len(cells) == want {
		return cells
	}
	r.cells = append(r.cells[:0], cells[:min(len(cells), want)]...)
	for len(r.cells) < want {
		r.cells = append(r.cells, nil)
	}
	if len(cells) < want || want == 0 || isBlankRow(cells[want:]) {
		return r.cells
	}
	r.surplus = append(r.surplus[:0], cells[want-1]...)
	for _, c := range cells[want:] {
		if !isBlank(c) {
			r.surplus = append(append(r.surplus, "; "...), c...)
		}
	}
	r.cells[want-1] = r.surplus
	return r.cells
}

// cell is a cell of the row, nothing for one beyond its end.
func (r *Reader) cell(column int) []byte { return cellAt(r.row.Cells, column) }

func cellAt(cells [][]byte, column int) []byte {
	if column < len(cells) {
		return cells[column]
	}
	return nil
}

// recall is what a cell says: remembered, or told by find. Only texts that may
// repeat are kept.
func (s *step) recall(cell []byte, find func(f *fact)) *fact {
	if f, ok := s.known[string(cell)]; ok {
		return f
	}
	f := &fact{text: string(cell)}
	find(f)
	if len(s.known) < factsKept && len(cell) <= factBytes {
		s.known[f.text] = f
	}
	return f
}

// region is the country that the row's national numbers belong to.
func (r *Reader) region() string {
	for _, column := range r.columns[contact.FieldCountry] {
		cell := r.cell(column)
		if i := bytes.IndexAny(cell, ",(/"); i > 0 {
			cell = cell[:i]
		}
		if code, ok := r.in.lex.country(cell); ok {
			return code
		}
	}
	return r.in.opt.Region
}

// toCome tells a date of consent that the run's time has not reached, by more
// than a day, which zones account for. Such a consent is not yet given, and most
// likely its year is mistyped: were it remembered, it would outdo the refusals
// of the time between. Dates of refusals are taken as they stand.
func (r *Reader) toCome(m contact.Moment) bool {
	asOf := r.in.opt.AsOf
	return !asOf.IsZero() && m.Known() && m.Earliest().After(asOf.Add(24*time.Hour))
}

func (r *Reader) lastChange() contact.Moment {
	for _, column := range r.updated {
		if cell := r.cell(column); len(cell) > 0 {
			if s, ok, _ := r.plan.Columns[column].dating.date(cell); ok && s.known() {
				return s.early
			}
		}
	}
	return 0
}
