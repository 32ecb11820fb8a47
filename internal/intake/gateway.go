package intake

import (
	"slices"

	"cleanbase/internal/contact"
)

// gateway is the SMS gateway whose codes a column of statuses holds: all are
// its, and one is no other's or the file's name speaks of it.
func (t *table) gateway(p *Plan, column int) (contact.Gateway, bool) {
	c := &t.contents[column]
	if c.filled == 0 || len(c.texts) > fewLabels || t.layout != nil {
		return contact.Gateway{}, false
	}
	file := spaced(p.Source.File, true)
	for _, g := range t.in.lex.gateways {
		told := slices.ContainsFunc(g.Names, func(stem string) bool { return begins(file, stem) })
		all := true
		for text := range c.texts {
			code := codeOf(text)
			all = all && slices.Contains(g.Codes, code)
			told = told || slices.Contains(g.Telling, code)
		}
		if all && told {
			return g, true
		}
	}
	return contact.Gateway{}, false
}

// codeOf is a code as its gateway writes it, whatever a spreadsheet made of it.
func codeOf(cell string) string {
	s := foldString(cell)
	if cell != "" && cell[0] == '-' {
		s = "-" + s
	}
	if n := len(s); n > 2 && (s[n-2:] == " 0" || s[n-2:] == ".0") {
		s = s[:n-2]
	}
	return upper(s)
}

func upper(s string) string {
	b := []byte(s)
	for i := range b {
		if b[i] >= 'a' && b[i] <= 'z' {
			b[i] -= 'a' - 'A'
		}
	}
	return string(b)
}

// findGateway names the gateway of a log of messages, and the column of its
// codes where no header names it. Its ids are messages' ids.
func (t *table) findGateway(p *Plan) {
	named := t.have(p, contact.FieldStatus)
	for i := range p.Columns {
		col := &p.Columns[i]
		if col.Field != contact.FieldStatus && (named || col.By != MapNone) {
			continue
		}
		g, ok := t.gateway(p, i)
		if !ok {
			continue
		}
		if !named {
			t.take(col, contact.FieldStatus)
		}
		p.System, p.Entity = g.System, "message"
		p.Notes = append(p.Notes, contact.T("its statuses are the codes of %s", "статусы в нём — коды %s").With(g.System))
		break
	}
	if p.Entity != "message" || t.have(p, contact.FieldMessageID) {
		return
	}
	for i := range p.Columns {
		if p.Columns[i].Field == contact.FieldID {
			p.Columns[i].Field = contact.FieldMessageID
		}
	}
}

// findInbox tells a list of what people wrote, whose statuses say which of it
// was read by us, from a report on what was sent.
func (t *table) findInbox(p *Plan) {
	for i := range p.Columns {
		if p.Columns[i].Field != contact.FieldStatus || t.have(p, contact.FieldDirection) || !t.have(p, contact.FieldText) {
			continue
		}
		inbox := t.contents[i].filled > 0 && len(t.contents[i].texts) <= fewLabels
		for text := range t.contents[i].texts {
			inbox = inbox && slices.Contains(inboxWords, foldString(text))
		}
		if inbox {
			p.Columns[i].Field = contact.FieldOther
			p.Columns[i].Note = contact.T("says what we read, not what arrived", "говорит о том, что прочитали мы, а не что дошло")
		}
	}
}

var inboxWords = []string{"read", "unread", "new", "answered", "прочитано", "прочитан", "не прочитано", "непрочитано", "новое", "новый", "отвечено", "без ответа"}

// noteZone says in which zone the times are read, if any of them names none.
func (t *table) noteZone(p *Plan) {
	for i := range p.Columns {
		c := &p.Columns[i]
		if c.Field != contact.FieldDate && c.Field != contact.FieldTime || c.dating.zone != t.in.opt.Zone {
			continue
		}
		for _, row := range t.data() {
			cell := cellAt(row.Cells, i)
			if c.dating.lacksZone(cell) || c.Field == contact.FieldTime && c.dating.lacksZone(append([]byte("2024-01-01 "), cell...)) {
				p.Notes = append(p.Notes, contact.T("times that name no zone are read as %s", "время без часового пояса читается как %s").With(t.in.opt.Zone.String()))
				return
			}
		}
	}
}

// lacksZone tells whether a text holds a time of day that hangs in no zone.
func (d dating) lacksZone(text []byte) bool {
	p := dateText{text: text}
	p.blanks()
	if s, ok := d.number(p.text[p.at:]); ok { // a spreadsheet's number, or Unix time
		digits := countDigits(text)
		return !s.late.DayOnly() && digits != 10 && digits != 13
	}
	for p.at < len(p.text) {
		from := p.at
		if _, _, _, kind := p.calendar(); kind != notDate {
			if _, ok := p.clock(); !ok {
				return false
			}
			_, fixed := p.zone()
			return !fixed
		}
		p.at = from
		p.skipToken()
	}
	return false
}
