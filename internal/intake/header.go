package intake

import (
	"bytes"
	"strings"
	"time"

	"cleanbase/internal/contact"
)

// How far down a header is looked for, and how long it may be.
const (
	headerDepth = 60
	headerBytes = 200
)

// findHeader finds the header row: titles, dates and blank rows may stand
// above it. It has cells that the dictionary knows and holds no phone or
// e-mail itself.
func (t *table) findHeader(p *Plan) {
	known := map[string]int{}
	best, first := 0, len(t.rows)
	for i, row := range t.rows {
		if i >= headerDepth {
			break
		}
		if t.tellsPerson(row.Cells) {
			first = min(first, i)
			continue
		}
		if score := t.headerScore(row.Cells, known); score > best && (i < first || t.isTitleAbove(i, first)) {
			best, t.header = score, i
		}
	}
	p.sure = best >= identifierScore || best > 1
	if t.header < 0 && first < len(t.rows) {
		t.header = t.likelyHeader(first)
		t.guessed = t.header >= 0
	}
	if t.header >= 0 && t.hasLower() {
		t.header++
	}
}

const identifierScore = 3

// captions are the header's texts, a column each. Of a header of two rows the
// upper one names what the lower leaves blank ("ФИО" merged over both), and
// stands before the channels under it ("Отказ от рассылки" over "SMS",
// "Email").
func (t *table) captions() []string {
	list := make([]string, t.width)
	for i := range list {
		list[i] = caption(t.rows[t.header].Cells, i)
	}
	if t.header == 0 || !t.isUpper(t.header-1) {
		return list
	}
	group, upper := "", t.rows[t.header-1].Cells
	for i, lower := range list {
		above := caption(upper, i)
		switch {
		case lower == "":
			list[i], group = above, ""
			continue
		case above != "":
			group = above
		}
		if t.isChannel(lower) && t.asksLeave(group) {
			list[i] = group + " " + lower
		}
	}
	return list
}

// caption is the text of a header's cell with no invisible marks.
func caption(cells [][]byte, column int) string {
	return strings.TrimSpace(cleanHeader(cellAt(cells, column)))
}

// isUpper tells whether a row is the upper of a header's two: right above the
// next one, and its cells are names of columns.
func (t *table) isUpper(i int) bool {
	row := t.rows[i]
	return row.Number+1 == t.rows[i+1].Number && filled(row.Cells) > 1 && !t.tellsPerson(row.Cells) && t.headerScore(row.Cells, map[string]int{}) > 1
}

// hasLower tells whether the row below the header is its lower one: it has
// names only, and only under cells that are merged over several columns.
func (t *table) hasLower() bool {
	if t.header+1 >= len(t.rows) || !t.isUpper(t.header) {
		return false
	}
	upper, lower := t.rows[t.header].Cells, t.rows[t.header+1].Cells
	known := 0
	for i := range t.width {
		text := caption(lower, i)
		if text == "" {
			continue
		}
		merged := i > 0 && caption(upper, i) == "" || caption(upper, i) != "" && i+1 < t.width && caption(upper, i+1) == ""
		if !merged || countDigits(lower[i]) > 1 {
			return false
		}
		if t.isChannel(text) || t.cellScore(text) > 0 {
			known++
		}
	}
	return known > 0 && !t.tellsPerson(lower)
}

func (t *table) isChannel(text string) bool {
	_, ok := t.in.lex.channels[foldString(text)]
	return ok
}

// asksLeave tells a caption about consent or refusal.
func (t *table) asksLeave(text string) bool {
	m, _ := t.in.lex.meaning(text)
	return m.Field == contact.FieldConsent || m.Field == contact.FieldOptOut
}

// headerScore counts the cells that the dictionary knows, an identifier's for
// three.
func (t *table) headerScore(cells [][]byte, known map[string]int) int {
	score := 0
	for _, cell := range cells {
		if len(cell) == 0 || len(cell) > headerBytes {
			continue
		}
		text := string(cell)
		n, ok := known[text]
		if !ok {
			n = t.cellScore(text)
			known[text] = n
		}
		score += n
	}
	return score
}

func (t *table) cellScore(text string) int {
	if _, ok := t.in.lex.user[key(text)]; ok {
		return identifierScore
	}
	m, ok := t.in.lex.meaning(text)
	switch {
	case !ok:
		return 0
	case m.Field == contact.FieldPhone || m.Field == contact.FieldMobile || m.Field == contact.FieldEmail || m.Field == contact.FieldMessenger:
		return identifierScore
	}
	return 1
}

// isTitleAbove allows a header below a row with a phone when that row is a
// title (a shop's name and phone over a list), not a record.
func (t *table) isTitleAbove(header, first int) bool {
	want := filled(t.rows[header].Cells)
	for i := first; i < header; i++ {
		if n := filled(t.rows[i].Cells); n > 2 || n*2 > want {
			return false
		}
	}
	return true
}

func filled(cells [][]byte) int {
	n := 0
	for _, c := range cells {
		if !isBlank(c) {
			n++
		}
	}
	return n
}

// likelyHeader is the row above the first record that looks like its header
// though no word of it is known, or -1.
func (t *table) likelyHeader(first int) int {
	best, most := -1, 0
	for i := range first {
		if n := filled(t.rows[i].Cells); n >= most && n > 0 {
			best, most = i, n
		}
	}
	if most*2 < filled(t.rows[first].Cells) {
		return -1
	}
	return best
}

// tellsPerson tells whether a row holds a phone or an e-mail.
func (t *table) tellsPerson(cells [][]byte) bool {
	for _, cell := range cells {
		if t.in.isPhone(cell) || isMail(cell) {
			return true
		}
	}
	return false
}

func isMail(cell []byte) bool {
	found := false
	if bytes.IndexByte(cell, '@') > 0 {
		emails(nil, cell, func([]byte) { found = true })
	}
	return found
}

// isPhone tells whether a cell holds a number that somebody can have.
func (in *Intake) isPhone(cell []byte) bool {
	if countDigits(cell) < 7 || len(cell) > headerBytes {
		return false
	}
	var buf [4]contact.Number
	for _, n := range in.opt.ReadNumbers(buf[:0], cell, in.opt.Region) {
		if n.Phone != 0 || n.Status == contact.NumberDamaged {
			return true
		}
	}
	return false
}

func countDigits(cell []byte) int {
	n := 0
	for _, b := range cell {
		if isDigit(b) {
			n++
		}
	}
	return n
}

// headerZone is the zone that a header names ("Первый вход (МСК)").
func headerZone(header string, otherwise *time.Location) *time.Location {
	text := strings.ToLower(spaced(header, false))
	switch {
	case begins(text, "=мск") || begins(text, "=msk"):
		return time.FixedZone("MSK", moscow)
	case begins(text, "=utc") || begins(text, "=gmt"):
		return time.UTC
	}
	return otherwise
}
