package list

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"cleanbase/internal/contact"
)

// shaper makes the rows of a clean list in the shape that a system imports.
// Of the contact's phones it writes the one that was decided about and no
// other: nobody judged those.
type shaper struct {
	shape *contact.Shape
	of    func(input int32) string // the system of an input
	ids   []idColumn
	from  [][]int // for each column of the shape the users' columns that may fill it, best first
	names naming
	mails []int
	tags  []int
	whole bool // the shape has no column for middle names
	split bool // the last name must be there

	who   person
	cells [][]byte
	buf   []byte
	had   map[contact.Key]struct{} // ids and e-mails of the rows before
}

// idColumn is a column that holds the system's own ids. One that other systems
// fill too holds them only in rows of the system's own exports.
type idColumn struct {
	at  int
	own bool
}

func newShaper(shape *contact.Shape, columns []contact.Column, system func(int32) string) *shaper {
	s := &shaper{shape: shape, of: system, names: newNaming(columns), mails: ofField(columns, contact.FieldEmail), tags: ofField(columns, contact.FieldTags),
		whole: true, had: map[contact.Key]struct{}{}}
	for _, c := range shape.Columns {
		s.from = append(s.from, sourcesOf(c, columns))
		s.whole = s.whole && c.Holds != contact.HoldsMiddleName
		s.split = s.split || c.Holds == contact.HoldsLastName && c.Must
	}
	for i, c := range columns {
		if c.Field == contact.FieldID && slices.Contains(c.Systems, shape.System) {
			s.ids = append(s.ids, idColumn{i, len(c.Systems) == 1})
		}
	}
	s.cells = make([][]byte, len(shape.Columns))
	return s
}

// sourcesOf is the users' columns that may fill a column of a shape.
func sourcesOf(c contact.ShapeColumn, columns []contact.Column) []int {
	var at []int
	for _, name := range c.Own {
		for i, own := range columns {
			if strings.EqualFold(own.Name, name) {
				at = append(at, i)
			}
		}
	}
	if c.Field != contact.FieldNone {
		at = append(at, ofField(columns, c.Field)...)
	}
	return at
}

func ofField(columns []contact.Column, f contact.Field) []int {
	var at []int
	for i, c := range columns {
		if c.Field == f {
			at = append(at, i)
		}
	}
	return at
}

func (s *shaper) header() []string {
	head := make([]string, len(s.shape.Columns))
	for i, c := range s.shape.Columns {
		head[i] = c.Header
	}
	return head
}

// row is the outcome in the shape. It stands until the next call.
func (s *shaper) row(o *contact.Outcome) [][]byte {
	s.buf = s.buf[:0]
	s.who = s.names.read(o.Cells)
	for i := range s.shape.Columns {
		c := &s.shape.Columns[i]
		cell := s.cell(c, s.from[i], o)
		if len(cell) == 0 && c.Must && s.nameless(c.Holds) {
			cell = s.phone(o, c.Holds != contact.HoldsID)
		}
		s.cells[i] = cell
	}
	return s.cells
}

// nameless tells whether a cell that must not be empty needs the phone: the
// first name may be empty where the last is known.
func (s *shaper) nameless(what contact.Holding) bool {
	return what != contact.HoldsFirstName || len(s.who.last) == 0
}

// made is a cell written to the buffer, where cells made before stay as they
// are.
func (s *shaper) made(write func([]byte) []byte) []byte {
	from := len(s.buf)
	s.buf = write(s.buf)
	return s.buf[from:len(s.buf):len(s.buf)]
}

func (s *shaper) phone(o *contact.Outcome, plus bool) []byte {
	return s.made(func(b []byte) []byte {
		if plus {
			return o.Phone.Append(b)
		}
		return strconv.AppendUint(b, uint64(o.Phone), 10)
	})
}

func (s *shaper) cell(c *contact.ShapeColumn, from []int, o *contact.Outcome) []byte {
	switch c.Holds {
	case contact.HoldsPhone, contact.HoldsDigits:
		return s.phone(o, c.Holds == contact.HoldsPhone)
	case contact.HoldsEmail:
		return s.email(o)
	case contact.HoldsTags:
		return s.made(func(b []byte) []byte { return joinTags(b, filled(o.Cells, s.tags), s.shape.Tags) })
	case contact.HoldsDate:
		return s.made(func(b []byte) []byte { return appendDate(b, filled(o.Cells, from), s.shape.Date) })
	case contact.HoldsRefusal:
		return refusal(o.Cells, from)
	case contact.HoldsID:
		return s.id(o)
	case contact.HoldsThis:
		return s.made(func(b []byte) []byte { return append(b, c.Text...) })
	case contact.HoldsFullName:
		return s.made(func(b []byte) []byte { return s.who.full(b, s.shape.LastNameFirst) })
	case contact.HoldsFirstName, contact.HoldsMiddleName, contact.HoldsLastName:
		return s.made(func(b []byte) []byte { return s.part(b, c.Holds) })
	}
	return filled(o.Cells, from)
}

// part is one part of a name where the shape has columns for parts.
func (s *shaper) part(b []byte, what contact.Holding) []byte {
	who := &s.who
	if s.split && len(who.last) == 0 { // all that is known of the name goes there
		if what == contact.HoldsLastName {
			b = who.full(b, false)
		}
		return b
	}
	switch what {
	case contact.HoldsLastName:
		return append(b, who.last...)
	case contact.HoldsMiddleName:
		return append(b, who.middle...)
	}
	from := len(b)
	b = append(b, who.first...)
	if s.whole {
		b = joined(b, from, who.middle)
	}
	return b
}

// email is the row's first e-mail, none when another row of a system that
// tells contacts by it has had it: one contact would vanish into the other.
func (s *shaper) email(o *contact.Outcome) []byte {
	mail := firstEmail(o.Cells, s.mails)
	if mail == nil || !s.shape.UniqueEmail {
		return mail
	}
	return s.once(contact.OfEmail(string(mail)).Key, mail)
}

// id is the system's own id of the contact, if no row before has it.
func (s *shaper) id(o *contact.Outcome) []byte {
	for _, c := range s.ids {
		id := bytes.TrimSuffix(bytes.TrimSpace(o.Cells[c.at]), []byte(".0"))
		if len(id) > 0 && (c.own || s.of(o.Origin.Input) == s.shape.System) {
			return s.once(contact.OfCRM(string(id)).Key, id)
		}
	}
	return nil
}

func (s *shaper) once(key contact.Key, cell []byte) []byte {
	if _, had := s.had[key]; had {
		return nil
	}
	s.had[key] = struct{}{}
	return cell
}

// filled is the first of the cells that holds anything.
func filled(cells [][]byte, at []int) []byte {
	for _, i := range at {
		if c := bytes.TrimSpace(cells[i]); len(c) > 0 {
			return c
		}
	}
	return nil
}

// refusal is "1" when one of the cells says yes.
func refusal(cells [][]byte, at []int) []byte {
	for _, i := range at {
		switch strings.ToLower(string(bytes.TrimSpace(cells[i]))) {
		case "1", "true", "yes", "y", "да", "истина":
			return []byte("1")
		}
	}
	return nil
}

// joinTags writes labels with what a shape puts between them. Those with a
// star in front are Google's own groups.
func joinTags(b, tags []byte, between string) []byte {
	from := len(b)
	tags = bytes.ReplaceAll(tags, []byte(":::"), []byte{'\n'})
	for tag := range bytes.FieldsFuncSeq(tags, func(r rune) bool { return strings.ContainsRune(",;|\r\n", r) }) {
		tag = bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(tag), []byte("* ")))
		if len(tag) == 0 || string(tag) == "myContacts" {
			continue
		}
		if len(b) > from {
			b = append(b, between...)
		}
		b = append(b, tag...)
	}
	return b
}

// Emails finds the e-mail that a shape writes for a contact.
type Emails struct{ at []int }

// NewEmails looks for e-mails in the users' columns of them.
func NewEmails(columns []contact.Column) Emails {
	return Emails{ofField(columns, contact.FieldEmail)}
}

// Of is every e-mail of the row, in lower case.
func (e Emails) Of(o *contact.Outcome) []string {
	var all []string
	for _, i := range e.at {
		eachEmail(o.Cells[i], func(mail []byte) bool {
			if m := strings.ToLower(string(mail)); !slices.Contains(all, m) {
				all = append(all, m)
			}
			return true
		})
	}
	return all
}

func firstEmail(cells [][]byte, at []int) (first []byte) {
	for _, i := range at {
		eachEmail(cells[i], func(mail []byte) bool {
			first = bytes.ToLower(mail)
			return false
		})
		if first != nil {
			return first
		}
	}
	return nil
}

// eachEmail yields what looks like an address in a cell: something, an @, and
// a domain with a dot. WhatsApp's ids are none.
func eachEmail(cell []byte, yield func([]byte) bool) {
	if bytes.IndexByte(cell, '@') < 0 {
		return
	}
	for word := range bytes.FieldsFuncSeq(cell, func(r rune) bool { return r <= ' ' || r == '\u00a0' || strings.ContainsRune(`,;|<>"'()[]/\`, r) }) {
		word = bytes.Trim(bytes.TrimPrefix(word, []byte("mailto:")), ".:")
		local, domain, ok := bytes.Cut(word, []byte("@"))
		dot := bytes.LastIndexByte(domain, '.')
		if !ok || len(local) == 0 || dot < 1 || len(domain)-dot < 3 || bytes.IndexByte(domain, '@') >= 0 || isJID(domain) {
			continue
		}
		if !yield(word) {
			return
		}
	}
}

func isJID(domain []byte) bool {
	return string(domain) == "c.us" || string(domain) == "g.us" || bytes.HasSuffix(domain, []byte(".whatsapp.net"))
}
