// Package list writes what a run decided as tables: a list for each verdict,
// the clean one in the shape that a CRM imports if that is asked for, and the
// suppressions to load back into a CRM. It does not know files or formats,
// but for the JSON bodies that one messenger's API takes: it is given tables
// to write rows to.
package list

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"cleanbase/internal/contact"
)

// Table is one table being written.
type Table interface {
	Row(cells [][]byte) error
	Close() error
}

// Options say how lists are written.
type Options struct {
	Columns []contact.Column // the users' own
	Lang    contact.Lang     // of explanations
	// Create starts the table of the list with the name ("clean", "clean-2") and
	// so many rows to come, in a shape or, for nil, our own form.
	Create func(name string, header []string, rows int64, shape *contact.Shape) (Table, error)
	// Shape is what the clean list looks like; nil for our own form. With one,
	// KeepCold does not count: no CRM has a column for the mark.
	Shape *contact.Shape
	// System tells whose export an input is; a shape needs it.
	System func(input int32) string
	// Contacts is how many contacts there are of each verdict.
	Contacts [contact.Merged]int64
	// Where tells the file and sheet of an input.
	Where func(input int32) (file, sheet string)
	// MaxRows is how many rows a table in our own form takes besides its header;
	// the list goes on in another after that.
	MaxRows int64
	// KeepCold puts cold contacts into the clean list too, marked in a column.
	KeepCold bool
	// Without is a list that is not written: the clean one of a withheld run.
	Without map[contact.Verdict]bool
}

// Lists is the lists of one run.
type Lists struct {
	opt   Options
	shape *shaper
	lists [contact.Merged]*part
	names [contact.Merged][]byte
	words map[contact.ReasonSet][]byte
	why   map[contact.ReasonSet][]byte
	cells [][]byte
	buf   []byte
}

// part is one list and the table it has come to.
type part struct {
	name  string
	nth   int
	rows  int64
	table Table
}

// New starts a list for every verdict.
func New(opt Options) (*Lists, error) {
	l := &Lists{opt: opt, words: map[contact.ReasonSet][]byte{}, why: map[contact.ReasonSet][]byte{}}
	if opt.Shape != nil {
		l.shape = newShaper(opt.Shape, opt.Columns, opt.System)
		l.opt.KeepCold = false
	}
	for _, v := range contact.Verdicts() {
		l.names[v] = []byte(v.String())
		if opt.Without[v] {
			continue
		}
		l.lists[v] = &part{name: v.String(), nth: 1}
		if err := l.open(v); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// open starts the next table of a list.
func (l *Lists) open(v contact.Verdict) error {
	p := l.lists[v]
	name := p.name
	if p.nth > 1 {
		name += "-" + strconv.Itoa(p.nth)
	}
	t, err := l.opt.Create(name, l.header(v), l.rows(v), l.shapeOf(v))
	if err != nil {
		return err
	}
	p.table, p.rows = t, 0
	return nil
}

// shapeOf is the shape of a list, nil for our own form.
func (l *Lists) shapeOf(v contact.Verdict) *contact.Shape {
	if v != contact.Clean {
		return nil
	}
	return l.opt.Shape
}

// maxRows is how many rows a table of the list takes, 0 for no limit.
func (l *Lists) maxRows(v contact.Verdict) int64 {
	if s := l.shapeOf(v); s != nil {
		return s.MaxRows
	}
	return l.opt.MaxRows
}

// rows is how many rows the part that a list has come to will have.
func (l *Lists) rows(v contact.Verdict) int64 {
	all := l.opt.Contacts[v]
	if v == contact.Clean && l.opt.KeepCold {
		all += l.opt.Contacts[contact.Cold]
	}
	most := l.maxRows(v)
	if most == 0 {
		return all
	}
	return min(all-int64(l.lists[v].nth-1)*most, most)
}

func (l *Lists) header(v contact.Verdict) []string {
	if l.shapeOf(v) != nil {
		return l.shape.header()
	}
	head := []string{"phone_e164"}
	switch {
	case v != contact.Clean:
		head = append(head, "verdict", "reasons", "explanation", "source")
	case l.opt.KeepCold:
		head = append(head, "cold")
	}
	for _, c := range l.opt.Columns {
		head = append(head, c.Name)
	}
	return head
}

// Put writes one outcome to its list.
func (l *Lists) Put(o *contact.Outcome) error {
	v := o.Reasons.Verdict()
	if v == contact.Clean || v == contact.Cold && l.opt.KeepCold {
		if err := l.write(contact.Clean, l.clean(o, v)); err != nil {
			return err
		}
	}
	if v == contact.Clean {
		return nil
	}
	return l.write(v, l.full(o, v))
}

func (l *Lists) clean(o *contact.Outcome, v contact.Verdict) [][]byte {
	if l.shape != nil {
		return l.shape.row(o)
	}
	l.buf = o.Phone.Append(l.buf[:0])
	l.cells = append(l.cells[:0], l.buf)
	if l.opt.KeepCold {
		mark := []byte(nil)
		if v == contact.Cold {
			mark = l.codes(o.Reasons)
		}
		l.cells = append(l.cells, mark)
	}
	l.cells = append(l.cells, o.Cells...)
	return l.cells
}

func (l *Lists) full(o *contact.Outcome, v contact.Verdict) [][]byte {
	b := o.Phone.Append(l.buf[:0])
	n := len(b)
	b = l.source(b, o.Origin)
	l.buf = b
	l.cells = append(l.cells[:0], b[:n:n], l.names[v], l.codes(o.Reasons), l.explanation(o), b[n:])
	l.cells = append(l.cells, o.Cells...)
	return l.cells
}

func (l *Lists) source(b []byte, at contact.Origin) []byte {
	file, sheet := l.opt.Where(at.Input)
	b = append(b, file...)
	if sheet != "" {
		b = append(append(b, ", "...), sheet...)
	}
	return strconv.AppendInt(append(b, ", "...), int64(at.Row), 10)
}

func (l *Lists) codes(s contact.ReasonSet) []byte {
	w, ok := l.words[s]
	if !ok {
		w = []byte(s.String())
		l.words[s] = w
	}
	return w
}

// explanation is the reasons in a sentence, and behind it the words that a
// person must read.
func (l *Lists) explanation(o *contact.Outcome) []byte {
	w, ok := l.why[o.Reasons]
	if !ok {
		w = []byte(Explain(o.Reasons, l.opt.Lang))
		l.why[o.Reasons] = w
	}
	if o.Note == "" {
		return w
	}
	quote := contact.T(" “%s”", " «%s»").With(o.Note).In(l.opt.Lang)
	return append(w[:len(w):len(w)], quote...)
}

// Explain says in one sentence why a contact has its verdict: the reasons of
// that verdict, and after "also" the weaker ones.
func Explain(s contact.ReasonSet, lang contact.Lang) string {
	v := s.Verdict()
	var main, also []string
	for _, r := range s.List() {
		if r.Verdict() == v {
			main = append(main, r.Say().In(lang))
		} else {
			also = append(also, r.Say().In(lang))
		}
	}
	text := strings.Join(main, ", ")
	if len(also) > 0 {
		text += contact.T("; also: ", "; кроме того: ").In(lang) + strings.Join(also, ", ")
	}
	return upperFirst(text) + "."
}

func upperFirst(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + s[n:]
}

func (l *Lists) write(v contact.Verdict, cells [][]byte) error {
	p := l.lists[v]
	if p == nil {
		return nil
	}
	if most := l.maxRows(v); most > 0 && p.rows == most {
		if err := p.table.Close(); err != nil {
			return err
		}
		p.nth++
		if err := l.open(v); err != nil {
			return err
		}
	}
	p.rows++
	if err := p.table.Row(cells); err != nil {
		return fmt.Errorf("%s list: %w", p.name, err)
	}
	return nil
}

// Close finishes the lists.
func (l *Lists) Close() error {
	for _, p := range l.lists {
		if p == nil {
			continue
		}
		if err := p.table.Close(); err != nil {
			return err
		}
	}
	return nil
}

// SuppressionHeader is the columns of the suppressions.
func SuppressionHeader() []string {
	return []string{"phone_e164", "email", "reason", "channel", "since"}
}

// Suppression is one person not to be mailed.
type Suppression struct {
	ID      contact.Identifier
	Reason  contact.Reason
	Channel contact.Channel
	Since   contact.Moment
}

// Cells is the suppression as a row, which takes the place of another.
func (s Suppression) Cells(row [][]byte) [][]byte {
	var email string
	if s.ID.Key.Kind() == contact.EmailID {
		email = s.ID.Text
	}
	if row == nil {
		row = make([][]byte, len(SuppressionHeader()))
	}
	row[0] = s.ID.Key.Phone().Append(row[0][:0])
	for i, text := range [...]string{email, s.Reason.String(), s.Channel.String(), s.Since.String()} {
		row[i+1] = append(row[i+1][:0], text...)
	}
	return row
}
