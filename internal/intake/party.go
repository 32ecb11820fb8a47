package intake

import (
	"slices"

	"cleanbase/internal/contact"
)

// otherEnd are the columns that say to whom a message with a sender went.
var otherEnd = []contact.Field{contact.FieldTo, contact.FieldPhone, contact.FieldMobile}

// findOwn finds the company's own numbers in a log that says who wrote to whom
// and not which way: those with the most people at the other end.
func (t *table) findOwn(p *Plan) {
	from, to := t.columnOf(p, contact.FieldFrom), t.columnOf(p, otherEnd...)
	if from < 0 || to < 0 || t.have(p, contact.FieldDirection) {
		return
	}
	ends, most := map[string]map[string]bool{}, 0
	meet := func(a, b string) {
		if ends[a] == nil {
			ends[a] = map[string]bool{}
		}
		ends[a][b] = true
		most = max(most, len(ends[a]))
	}
	for _, row := range t.data() {
		if a, b := tail(cellAt(row.Cells, from)), tail(cellAt(row.Cells, to)); a != "" && b != "" && a != b {
			meet(a, b)
			meet(b, a)
		}
	}
	p.own = map[string]bool{}
	for number, others := range ends {
		if len(others) > 1 && len(others)*2 > most {
			p.own[number] = true
		}
	}
}

// columnOf is the first column of one of the fields, -1 for none.
func (t *table) columnOf(p *Plan, fields ...contact.Field) int {
	return slices.IndexFunc(p.Columns, func(c Column) bool { return slices.Contains(fields, c.Field) })
}

// tail is the end of a number, by which two ways to write it are one; empty for
// what is none.
func tail(cell []byte) string {
	var digits []byte
	for _, b := range cell {
		if isDigit(b) {
			digits = append(digits, b)
		}
	}
	if len(digits) < 7 {
		return ""
	}
	return string(digits[max(0, len(digits)-10):])
}

// wayByOwn is the way of a message between a number of the company's and one
// that is not.
func (r *Reader) wayByOwn() contact.Direction {
	if len(r.plan.own) == 0 {
		return contact.NoDirection
	}
	from := r.plan.own[tail([]byte(r.first(contact.FieldFrom)))]
	switch to := r.plan.own[tail([]byte(r.first(otherEnd...)))]; {
	case from && !to:
		return contact.Out
	case to && !from:
		return contact.In
	}
	return contact.NoDirection
}

// parties reads who a message is of: whoever is not the company; of one whose
// way is not known both its ends.
func (r *Reader) parties(way contact.Direction) {
	if way == contact.In && r.wayByOwn() == contact.In { // the phone of the row is the company's
		r.readParty(contact.FieldFrom)
		return
	}
	r.who(sureNumber)
	switch {
	case way == contact.In:
		r.readParty(contact.FieldFrom)
	case len(r.rec.IDs) == 0:
		r.readParty(contact.FieldTo)
	}
	if way == contact.NoDirection && tail([]byte(r.first(contact.FieldFrom))) != "" && !slices.ContainsFunc(r.rec.IDs, isMessenger) {
		r.readParty(contact.FieldFrom)
	}
}

func isMessenger(id contact.Identifier) bool { return id.Key.Kind() == contact.MessengerID }
