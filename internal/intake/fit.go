package intake

import (
	"bytes"
	"slices"
	"unicode"

	"cleanbase/internal/contact"
)

// fitColumns reads the columns anew in the light of the role.
func (t *table) fitColumns(p *Plan) {
	switch p.Role {
	case contact.RoleContacts:
		t.fitContacts(p)
		return
	case contact.RoleEvents:
		t.findGateway(p)
		t.fitLog(p)
		t.findInbox(p)
	}
	for i := range p.Columns {
		c, col := &t.contents[i], &p.Columns[i]
		switch {
		case col.By != MapNone:
		case c.nearly(c.channels):
			t.take(col, contact.FieldChannel)
		case p.Role != contact.RoleEvents && p.Role != contact.RoleConsents && c.mostly(c.phones):
			t.take(col, contact.FieldPhone) // one phone more kept out is the safe side
		}
		if col.Field == contact.FieldOptOut && c.yes > 0 && c.no > 0 {
			p.selected = true
		}
	}
	if p.Role == contact.RoleConsents {
		findUntil(p)
	}
	t.fitDates(p)
	switch p.Role {
	case contact.RoleConsents:
		t.fitConsents(p)
	case contact.RoleEvents:
		t.noteZone(p)
	}
}

// fitContacts lets a reason for unsubscribing stand for having unsubscribed,
// and a message for a note.
func (t *table) fitContacts(p *Plan) {
	for i := range p.Columns {
		col := &p.Columns[i]
		text := spaced(col.Header, false)
		switch {
		case col.By == MapUser:
		case col.Field == contact.FieldReason && (begins(text, "отпис") || begins(text, "unsub") || begins(text, "opt out") || begins(text, "стоп") || begins(text, "отзыв")):
			col.Field = contact.FieldOptOut
		case col.Field == contact.FieldOptOut && t.isBeside(p, i):
			col.beside = true
			col.Note = contact.T("a list beside the table: those whose phones stand in it refused, not the rows beside them", "список рядом с таблицей: отказались те, чьи телефоны в нём, а не строки рядом")
		case col.Field == contact.FieldText || col.Field == contact.FieldReply:
			col.Field = contact.FieldNote
		}
	}
}

// isBeside tells a column of refusals that is a list of its own, which somebody
// kept beside the table: phones from the first row down, and not those of the
// rows that they stand in.
func (t *table) isBeside(p *Plan, column int) bool {
	if c := &t.contents[column]; !c.nearly(c.phones) {
		return false
	}
	ended, own, listed := false, 0, 0
	for _, row := range t.data() {
		cell := cellAt(row.Cells, column)
		switch {
		case isBlank(cell):
			ended = true
			continue
		case ended || bytes.ContainsFunc(cell, unicode.IsLetter):
			return false
		}
		listed++
		if t.rowHas(p, row, tail(cell)) {
			own++
		}
	}
	return own*2 < listed
}

// rowHas tells whether a phone of the row ends so.
func (t *table) rowHas(p *Plan, row contact.Row, end string) bool {
	for i, c := range p.Columns {
		if isPhoneField(c.Field) && end != "" && tail(cellAt(row.Cells, i)) == end {
			return true
		}
	}
	return false
}

// fitDates finds the date of a list that names none: a column of dates, or
// when the entry was made, unless the table is a CRM's, where that is the
// contact's birth and not the refusal's.
func (t *table) fitDates(p *Plan) {
	if t.have(p, contact.FieldDate, ownDate(p.Role)) {
		return
	}
	for i := range p.Columns {
		c, col := &t.contents[i], &p.Columns[i]
		if col.By == MapNone && !col.until && c.nearly(c.dates) {
			t.take(col, contact.FieldDate)
			return
		}
	}
	if t.layout != nil || t.have(p, nameFields...) {
		return
	}
	for i := range p.Columns {
		if p.Columns[i].Field == contact.FieldCreated {
			p.Columns[i].Field = contact.FieldDate
			return
		}
	}
}

// ownDate is the field of the date that a role is about.
func ownDate(r contact.Role) contact.Field {
	switch r {
	case contact.RoleConsents:
		return contact.FieldConsentAt
	case contact.RoleOptOuts:
		return contact.FieldOptOutAt
	}
	return contact.FieldDate
}

// untilWords begin the words of a header over the last day of a consent.
var untilWords = [...]string{"окончан", "истеч", "=до", "действует до", "действительно до", "=end", "ends", "expir", "until", "valid to", "valid till"}

// findUntil marks the columns of last days in a register of consents.
func findUntil(p *Plan) {
	for i := range p.Columns {
		c := &p.Columns[i]
		header := spaced(c.Header, true)
		c.until = c.By == MapNone && slices.ContainsFunc(untilWords[:], func(w string) bool { return begins(header, w) })
	}
}

// fitConsents tells a register of consents to data processing from one of
// consents to mailings.
func (t *table) fitConsents(p *Plan) {
	if t.have(p, contact.FieldConsent, contact.FieldPurpose) {
		return
	}
	text := spaced(p.Source.File+" "+p.Source.Sheet, true)
	for _, title := range t.rows[:max(t.header, 0)] {
		text += spaced(string(bytes.Join(title.Cells, []byte(" "))), false)
	}
	p.dataOnly = t.have(p, contact.FieldConsentPD) || isDataOnly(text)
	if p.dataOnly {
		p.Notes = append(p.Notes, contact.T("its consents are to data processing, which is not consent to mailings: none is counted",
			"согласия здесь на обработку персональных данных, а не на рассылку: ни одно не засчитано"))
	}
}

// isDataOnly tells whether words speak of personal data and not of mailings.
func isDataOnly(text string) bool {
	for _, ad := range []string{"рассыл", "реклам", "маркет", "market", "newsletter", "mailing", "advert", "promo", "акци", "предложен", "информир"} {
		if begins(text, ad) {
			return false
		}
	}
	for _, pd := range []string{"персональн", "=пд", "=пдн", "152", "обработк", "personal data", "data processing", "processing", "privacy", "gdpr"} {
		if begins(text, pd) {
			return true
		}
	}
	return false
}

// findSuspicious lists the columns that nothing is known of but that may hold
// refusals, in the tables that can bring people into a list; where the labels
// are in a language that is not known, those that hold a yes or no.
func (t *table) findSuspicious(p *Plan) {
	if p.Role != contact.RoleContacts && p.Role != contact.RoleConsents && p.Role != contact.NoRole {
		return
	}
	for i, col := range p.Columns {
		unknown := col.By == MapNone || col.Field == contact.FieldOther && col.By == MapContents
		labelled := col.Field == contact.FieldTags && col.By == MapContents // "отписан" of some says nothing of those with a "да"
		beside := (col.Field == contact.FieldReason || col.Field == contact.FieldDate) && p.Role == contact.RoleContacts && col.By != MapUser
		foreign := t.layout != nil && t.layout.Least == 0 && t.contents[i].asks()
		if (unknown || labelled || beside) && t.in.lex.suspects(col.Header) || unknown && (foreign || t.contents[i].answers()) {
			p.Suspicious = append(p.Suspicious, i)
		}
	}
}
