package intake

import (
	"bytes"
	"slices"

	"cleanbase/internal/contact"
)

// Tables glued together have a second header or a title among their rows ("Не
// писать:"), and what stands below it means something else than the first
// header says. Such a row is found, so that a person can part them.

// headsAnother tells a row of contacts, with no number, that heads another
// table: by another header, or by a title that speaks of refusals.
func (r *Reader) headsAnother(cells [][]byte) bool {
	return r.isRefusalTitle(cells) || r.isOtherHeader(cells)
}

// isOtherHeader tells a header that says something else than the table's own: the
// phone's column holds words, and all that the row holds are names of columns, one
// of them of something that people are known by.
func (r *Reader) isOtherHeader(cells [][]byte) bool {
	if r.plan.HeaderRow == 0 || !r.wordsForPhone() || r.repeatsHeader(cells) {
		return false
	}
	known, reaches, same := 0, false, true
	for i, cell := range cells {
		if isBlank(cell) {
			continue
		}
		if len(cell) > headerBytes || !hasLetter(cell) {
			return false
		}
		m, ok := r.in.lex.meaning(cleanHeader(cell))
		if !ok {
			return false
		}
		known++
		reaches = reaches || slices.Contains(reaching, m.Field)
		same = same && i < len(r.plan.Columns) && m.Field == r.plan.Columns[i].Field && m.Channel == r.plan.Columns[i].Channel
	}
	return known > 1 && reaches && !same
}

// wordsForPhone tells whether a column of phones holds something with no digit.
func (r *Reader) wordsForPhone() bool {
	for _, column := range r.phones {
		if cell := r.cell(column); !isBlank(cell) && countDigits(cell) == 0 {
			return true
		}
	}
	return false
}

// isRefusalTitle tells a row with one cell in a table of several columns, whose
// words may mean "do not contact".
func (r *Reader) isRefusalTitle(cells [][]byte) bool {
	var only []byte
	for _, cell := range cells {
		switch {
		case isBlank(cell):
		case only != nil:
			return false
		default:
			only = bytes.TrimSpace(cell)
		}
	}
	if len(r.plan.Columns) < 2 || len(only) > labelSize || bytes.IndexByte(only, '@') >= 0 {
		return false
	}
	marked := false
	r.in.lex.marks(only, func(contact.Channel, []byte) { marked = true })
	return marked || r.in.lex.doubtful(string(only))
}
