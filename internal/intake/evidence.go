package intake

import (
	"bytes"
	"encoding/json"
	"slices"

	"cleanbase/internal/contact"
)

// Evidence reads a row of a table of any role but contacts and events and
// yields what it is evidence of, one piece for each identifier of the row. Origin.Row is set,
// Origin.Input is the caller's to fill. A row that is not blank is never
// passed over silently: the kind says what became of it.
func (r *Reader) Evidence(row contact.Row, yield func(contact.Evidence)) RowKind {
	if kind := r.open(row); kind != RowRead {
		return kind
	}
	if r.plan.Role == contact.RoleConsents {
		return r.consent(yield)
	}
	return r.listed(yield)
}

// open begins a row, or says why there is nothing to read in it.
func (r *Reader) open(row contact.Row) RowKind {
	switch {
	case isBlankRow(row.Cells):
		return RowBlank
	case row.Number <= r.plan.HeaderRow || r.repeatsHeader(row.Cells):
		return RowHeading
	}
	r.begin(row)
	if r.isOtherHeader(row.Cells) {
		return RowAnother
	}
	return RowRead
}

// repeatsHeader tells the header of a second export glued to the first.
func (r *Reader) repeatsHeader(cells [][]byte) bool {
	if r.plan.HeaderRow == 0 {
		return false
	}
	for i, c := range r.plan.Columns {
		if string(bytes.TrimSpace(cellAt(cells, i))) != c.Header {
			return false
		}
	}
	return true
}

// who reads the row's identifiers: its phones by accept, its e-mails, its ids.
func (r *Reader) who(accept func(contact.NumberStatus) bool) {
	r.readPhones(r.region())
	r.addPhones(accept)
	for i := range r.steps {
		s := &r.steps[i]
		cell := r.cell(s.column)
		if isBlank(cell) {
			continue
		}
		switch s.col.Field {
		case contact.FieldEmail, contact.FieldID, contact.FieldMessenger:
			s.read(r, s, cell)
		}
	}
	r.addPhones(accept) // those that messengers' ids turned out to be
}

func (r *Reader) addPhones(accept func(contact.NumberStatus) bool) {
	for _, n := range r.numbers {
		if n.Phone != 0 && accept(n.Status) {
			r.identify(contact.OfPhone(n.Phone))
		}
	}
}

// anyNumber accepts every number that could be read at all: keeping out the
// likelier owner of a doubtful number is the safe side.
func anyNumber(contact.NumberStatus) bool { return true }

// sureNumber accepts numbers that nobody else can be meant by.
func sureNumber(s contact.NumberStatus) bool {
	return s != contact.NumberAmbiguous && s != contact.NumberPlaceholder
}

// listed reads a row of opt-outs, complaints or protected people: whoever is
// listed is meant. If its columns name nobody, all its cells are searched.
func (r *Reader) listed(yield func(contact.Evidence)) RowKind {
	r.who(anyNumber)
	words := r.remarks()
	if n := len(r.rec.IDs); n == 0 {
		r.search(func(contact.Field) bool { return true })
	} else if r.search(isWords); len(r.rec.IDs) > n { // "и на 8 926 … тоже не писать"
		words = "" // they name somebody else, who may be forgotten
	}
	if len(r.rec.IDs) == 0 {
		return RowUnreadable
	}
	for i := range len(r.rec.IDs) {
		if p := mobileForm(r.rec.IDs[i].Key.Phone()); p != 0 {
			r.identify(contact.OfPhone(p))
		}
	}
	e := contact.Evidence{Kind: listedKind(r.plan.Role), Via: contact.ViaList, Rule: r.plan.Role.String(), Quote: words}
	at := r.date(contact.FieldOptOutAt, contact.FieldDate)
	channels, flags := r.refusedChannels()
	if flags.none {
		return RowSilent
	}
	e.At = at.late
	if !e.At.Known() {
		e.At = flags.at
	}
	for _, c := range channels {
		e.Channel = c
		r.yieldAll(e, yield)
	}
	return r.readOrPartly()
}

// mobileForm is an Argentine number as messengers know it, when it is a mobile:
// people leave out the 9 that makes it one (+54 11 … for +54 9 11 …), and then it
// looks like a landline of the same digits, which is nobody else's.
func mobileForm(p contact.Phone) contact.Phone {
	const national = 1e10
	if p/national != 54 {
		return 0
	}
	return 549*national + p%national
}

func listedKind(role contact.Role) contact.EvidenceKind {
	switch role {
	case contact.RoleComplaints:
		return contact.Complaint
	case contact.RoleProtected:
		return contact.Protected
	}
	return contact.OptOut
}

// flagged is what the opt-out columns of a list say of a row.
type flagged struct {
	at   contact.Moment
	none bool // each says no, in a table where they say yes of other rows
}

// refusedChannels is the channels that a listed row refuses: those its channel
// column names, else those of the opt-out columns that say yes, else any.
func (r *Reader) refusedChannels() ([]contact.Channel, flagged) {
	list := r.rowChannels()
	var f flagged
	asked, yes := false, false
	var special []contact.Channel
	for i := range r.steps {
		s := &r.steps[i]
		if s.col.Field != contact.FieldOptOut {
			continue
		}
		cell := r.cell(s.column)
		a := r.answer(s, cell).answer
		asked = true
		if !a.refuses() {
			continue
		}
		yes = true
		f.at = max(f.at, a.at.late)
		special = append(special, s.col.Channel)
	}
	f.none = r.plan.selected && asked && !yes
	if len(list) == 0 {
		list = special
	}
	if len(list) == 0 || slices.Contains(list, contact.Any) {
		list = append(list[:0], contact.Any)
	}
	return slices.Compact(list), f
}

// rowChannels is the channels of the row's channel columns; none when they are
// blank or name nothing that is known.
func (r *Reader) rowChannels() []contact.Channel {
	r.channel = r.channel[:0]
	for _, field := range [...]contact.Field{contact.FieldChannel, contact.FieldConsentChannel} {
		for _, column := range r.columns[field] {
			r.channel, _ = r.in.lex.channelsOf(r.channel, r.cell(column))
		}
	}
	return r.channel
}

// isWords tells the fields of a row's own words.
func isWords(f contact.Field) bool {
	return f == contact.FieldReason || f == contact.FieldNote || f == contact.FieldText || f == contact.FieldReply
}

// search looks for phones and e-mails in every cell of the fields that in takes.
func (r *Reader) search(in func(contact.Field) bool) {
	region := r.region()
	for i, cell := range r.row.Cells {
		field := contact.FieldNone
		if i < len(r.plan.Columns) {
			field = r.plan.Columns[i].Field
		}
		if in(field) && (bytes.IndexByte(cell, '@') >= 0 || r.in.isPhone(cell)) {
			r.readPhone(cell, region)
		}
	}
	r.addPhones(anyNumber)
}

func (r *Reader) readOrPartly() RowKind {
	if r.lost {
		return RowPartly
	}
	return RowRead
}

func (r *Reader) yieldAll(e contact.Evidence, yield func(contact.Evidence)) {
	e.Origin.Row = int32(r.row.Number)
	for _, id := range r.rec.IDs {
		e.ID = id
		yield(e)
	}
}

// date is the row's date: of the first of the fields that holds one. A time of
// day in a column of its own is joined to it.
func (r *Reader) date(fields ...contact.Field) span {
	for _, field := range fields {
		for i := range r.plan.Columns {
			c := &r.plan.Columns[i]
			cell := r.cell(i)
			if c.Field != field || len(cell) == 0 {
				continue
			}
			if field == contact.FieldDate {
				cell = r.withTime(cell)
			}
			if s, ok, _ := c.dating.date(cell); ok && s.known() {
				return s
			}
		}
	}
	return r.timeAlone()
}

func (r *Reader) withTime(date []byte) []byte {
	for _, column := range r.columns[contact.FieldTime] {
		if cell := r.cell(column); len(cell) > 0 && len(cell) < 16 {
			r.surplus = append(append(append(r.surplus[:0], date...), ' '), cell...)
			return r.surplus
		}
	}
	return date
}

// timeAlone reads a column called time that holds whole dates.
func (r *Reader) timeAlone() span {
	for _, column := range r.columns[contact.FieldTime] {
		if s, ok, _ := r.plan.Columns[column].dating.date(r.cell(column)); ok {
			return s
		}
	}
	return span{}
}

// remarks is the row's own words: reason, note, text.
func (r *Reader) remarks() string {
	var text []byte
	for i, c := range r.plan.Columns {
		cell := bytes.TrimSpace(r.cell(i))
		if isWords(c.Field) && len(cell) > 0 {
			if len(text) > 0 {
				text = append(text, "; "...)
			}
			text = append(text, cell...)
		}
	}
	return string(text)
}

// first is the text of the first column of a field that is not blank.
func (r *Reader) first(fields ...contact.Field) string {
	for _, field := range fields {
		for i, c := range r.plan.Columns {
			if c.Field == field && !isBlank(r.cell(i)) {
				return string(bytes.TrimSpace(r.cell(i)))
			}
		}
	}
	return ""
}

// detail is how a consent was given, as JSON.
func (r *Reader) detail() string {
	d := struct {
		Source  string `json:"source,omitempty"`
		Purpose string `json:"purpose,omitempty"`
		Method  string `json:"method,omitempty"`
		Version string `json:"text_version,omitempty"`
	}{r.first(contact.FieldConsentSource, contact.FieldSource), r.first(contact.FieldPurpose), r.first(contact.FieldMethod), r.first(contact.FieldTextVersion)}
	if d.Source == "" && d.Purpose == "" && d.Method == "" && d.Version == "" {
		return ""
	}
	b, err := json.Marshal(d)
	if err != nil { // strings always marshal
		return ""
	}
	return string(b)
}
