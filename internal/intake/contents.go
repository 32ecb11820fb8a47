package intake

import (
	"bytes"
	"slices"

	"cleanbase/internal/contact"
)

// What a sample of a column shows.
const (
	lookedAt  = 300 // cells of a column whose phones are read
	fewLabels = 60  // different texts that labels have at most
	labelSize = 80  // bytes that a label has at most
)

// contents counts what the cells of a column look like.
type contents struct {
	filled, phones, written, mails, reached, dates, channels, ways, digits, statuses, numbers int
	dayOver, monthOver                                                                        int // dates whose first or second number is over 12
	yes, no, refusals, words, longest                                                         int
	texts                                                                                     map[string]bool
}

// answers tells cells that answer a question, some of them with a refusal.
func (c *contents) answers() bool { return c.refusals > 0 && c.words == c.filled }

func (c *contents) mostly(n int) bool { return c.filled > 0 && n*10 >= c.filled*6 }
func (c *contents) nearly(n int) bool { return c.filled > 0 && n*10 >= c.filled*8 }

// asks tells a column of words that say yes of some and no of others, if not
// yes of all.
func (c *contents) asks() bool { return c.yes > 0 && c.yes+c.no == c.filled && c.numbers == 0 }

// readContents looks at the cells, and lets them speak for the columns whose
// names say nothing.
func (t *table) readContents(p *Plan) {
	t.contents = make([]contents, t.width)
	for i := range t.contents {
		t.contents[i] = t.look(i)
	}
	named := false
	for i := range p.Columns {
		c, col := &t.contents[i], &p.Columns[i]
		col.dating.order = c.order()
		t.distrust(col, c)
		named = named || isPhoneField(col.Field)
	}
	nobody := !t.have(p, reaching...)
	for i := range p.Columns {
		c, col := &t.contents[i], &p.Columns[i]
		switch {
		case col.By == MapNone, !named && col.By == MapName && slices.Contains(nameFields, col.Field):
			t.guess(col, c, named) // "Контакт" may be a name or a phone
		case nobody && col.By == MapName && (c.mostly(c.written) || c.nearly(c.mails)):
			t.guess(col, c, named) // "Логин", "Стоп": nobody else is named in the table
		}
		if col.By == MapNone || col.Field == contact.FieldOther {
			t.findLabels(col, c)
		}
	}
}

// reaching are the fields that say who a row is about.
var reaching = []contact.Field{contact.FieldMobile, contact.FieldPhone, contact.FieldEmail, contact.FieldMessenger, contact.FieldFrom, contact.FieldTo}

func isPhoneField(f contact.Field) bool { return f == contact.FieldPhone || f == contact.FieldMobile }

func (t *table) look(column int) contents {
	c := contents{texts: map[string]bool{}}
	var buf []byte
	for _, row := range t.data() {
		if column >= len(row.Cells) || isBlank(row.Cells[column]) {
			continue
		}
		c.lookAtDate(row.Cells[column])
		if c.filled < lookedAt {
			c.filled++
			buf = t.lookAt(&c, row.Cells[column], buf)
		}
	}
	return c
}

func (t *table) lookAt(c *contents, cell, buf []byte) []byte {
	c.longest = max(c.longest, len(cell))
	if len(c.texts) <= fewLabels && len(cell) <= labelSize {
		c.texts[string(cell)] = true
	}
	n := countDigits(cell)
	if n >= 5 {
		c.digits++
	}
	if n*2 > len(bytes.TrimSpace(cell)) {
		c.numbers++
	}
	mail := isMail(cell)
	if mail {
		c.mails++
	}
	if t.in.isPhone(withoutMails(buf[:0], cell)) {
		c.phones++
		if isWritten(cell) {
			c.written++
		}
	}
	if mail || t.in.isPhone(cell) {
		c.reached++
	}
	if len(cell) > labelSize {
		return buf
	}
	buf = fold(buf[:0], cell)
	x := t.in.lex
	if _, ok := x.channels[string(buf)]; ok {
		c.channels++
	}
	if _, ok := x.incoming[string(buf)]; ok {
		c.ways++
	}
	if _, _, ok := x.status(buf); ok {
		c.statuses++
	}
	word, answers := x.words[string(buf)]
	if answers {
		c.words++
	}
	switch word {
	case contact.WordRefusal:
		c.yes++
		c.refusals++
	case contact.WordYes:
		c.yes++
	case contact.WordNo, contact.WordSubscribed:
		c.no++
	}
	return buf
}

// isWritten tells phones as people write them from ids of as many digits.
func isWritten(cell []byte) bool {
	cell = bytes.TrimSpace(cell)
	marks := 0
	for _, b := range cell {
		switch b {
		case '+', '(':
			return true
		case '-', ' ':
			marks++
		}
	}
	return marks >= 2 || countDigits(cell) == 11 && (bytes.HasPrefix(cell, []byte("79")) || bytes.HasPrefix(cell, []byte("89")))
}

func (c *contents) lookAtDate(cell []byte) {
	if len(cell) < 6 || len(cell) > 40 {
		return
	}
	if _, ok, whole := (dating{}).date(cell); !ok || !whole {
		return
	}
	if c.filled < lookedAt {
		c.dates++
	}
	p := dateText{text: cell}
	p.blanks()
	if !isDigit(p.peek()) {
		return
	}
	if _, a, b, kind := p.calendar(); kind == eitherWay {
		if a > 12 {
			c.dayOver++
		}
		if b > 12 {
			c.monthOver++
		}
	}
}

// order is how a column writes 05/06/2024, when another of its dates tells.
func (c *contents) order() order {
	switch {
	case c.dayOver > 0 && c.monthOver == 0:
		return dayFirst
	case c.monthOver > 0 && c.dayOver == 0:
		return monthFirst
	}
	return anyOrder
}

// distrust takes a field away from a column that its cells belie: "Номер" may
// be a phone or a number of anything.
func (t *table) distrust(col *Column, c *contents) {
	if col.By == MapName && slices.Contains(reaching, col.Field) && c.filled > 0 && c.reached == 0 && (c.answers() || t.in.lex.suspects(col.Header)) {
		col.Field, col.By, col.Channel = contact.FieldNone, MapNone, contact.Any // "Email blocked: yes" names nobody
		return
	}
	if !isPhoneField(col.Field) || col.By == MapUser || c.filled < 5 {
		return
	}
	if c.phones == 0 && c.mails == 0 && c.digits*10 < c.filled || c.phones == 0 && isVague(col.Header) {
		col.Field, col.By = contact.FieldOther, MapContents
		col.Note = contact.T("named like a phone, but holds none", "называется как телефон, но телефонов в ней нет")
	}
}

func isVague(header string) bool {
	switch key(header) {
	case "номер", "number", "абонент", "subscriber", "получатель", "recipient", "callback":
		return true
	}
	return false
}

// guess gives a field to a column by its cells. named tells whether a column
// is a phone's by name: then ids that happen to be as long as phones are not
// taken for more of them.
func (t *table) guess(col *Column, c *contents, named bool) {
	switch {
	case c.mostly(c.mails) && c.phones == 0:
		t.take(col, contact.FieldEmail)
	case c.mails > 0 && c.mostly(c.reached), c.mostly(c.phones) && (!named || c.nearly(c.written)), c.nearly(c.phones) && t.isChannel(col.Header): // "SMS" beside "WhatsApp"
		t.take(col, contact.FieldPhone) // e-mails in it are read too
	}
}

// findLabels lets a column that says nothing else be watched for labels like
// "do not contact", if its texts are few and short enough for labels.
func (t *table) findLabels(col *Column, c *contents) {
	if c.longest > labelSize || len(c.texts) > fewLabels || col.By == MapUser {
		return
	}
	col.labels = true
	for text := range c.texts {
		t.in.lex.marks([]byte(text), func(contact.Channel, []byte) { t.take(col, contact.FieldTags) })
	}
}

func (t *table) take(col *Column, f contact.Field) {
	col.Field, col.By = f, MapContents
	col.Note = contact.T("told by its contents", "определено по содержимому")
}
