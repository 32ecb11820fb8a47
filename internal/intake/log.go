package intake

import (
	"path/filepath"
	"slices"
	"strings"

	"cleanbase/internal/contact"
)

// people are the columns that say whom a message is to or from.
var people = []contact.Field{contact.FieldPhone, contact.FieldMobile, contact.FieldMessenger, contact.FieldFrom, contact.FieldTo}

// isLog tells a log of messages whose headers say little by what its columns
// hold: people, days, and ways or outcomes. A gateway's own codes need no days
// where a header or their letters vouch for them. A table that says who people
// are is none.
func (t *table) isLog(p *Plan) bool {
	if !t.have(p, people...) || t.namesPeople(p) {
		return false
	}
	dated := t.have(p, contact.FieldDate, contact.FieldTime) || t.unnamed(p, func(c *contents) bool { return c.nearly(c.dates) })
	if dated && t.unnamed(p, func(c *contents) bool { return c.nearly(c.ways) || c.nearly(c.statuses) }) {
		return true
	}
	for i, col := range p.Columns {
		if col.Field != contact.FieldStatus && col.By != MapNone {
			continue
		}
		if g, ok := t.gateway(p, i); ok && (dated || col.Field == contact.FieldStatus || g.Telling[0][0] >= 'A') {
			return true
		}
	}
	return false
}

// isMap tells a map of messengers' ids to phones: it holds nothing else, and its
// name says so. It links and brings nobody into a list.
func (t *table) isMap(p *Plan) bool {
	name := spaced(p.Source.File+" "+p.Source.Sheet, true)
	if !t.have(p, contact.FieldMessenger) || !t.have(p, contact.FieldPhone, contact.FieldMobile) || t.hints.has(contact.RoleContacts) ||
		!slices.ContainsFunc(mapStems[:], func(stem string) bool { return begins(name, stem) }) {
		return false
	}
	return !slices.ContainsFunc(p.Columns, func(c Column) bool {
		switch c.Field {
		case contact.FieldMessenger, contact.FieldPhone, contact.FieldMobile, contact.FieldChannel, contact.FieldID:
			return false
		}
		return c.Header != ""
	})
}

var mapStems = [...]string{"=id", "=ids", "=ид", "=map", "=maps", "mapping", "соответств", "сопоставл", "привязк", "=карта"}

// fitIDs gives ids whose header names no messenger the one that the file's name
// does ("max_ids.csv" with a column user_id).
func (t *table) fitIDs(p *Plan) {
	if t.have(p, contact.FieldChannel) {
		return
	}
	name := spaced(p.Source.File+" "+p.Source.Sheet, true)
	var named []contact.Channel
	for _, l := range t.in.lex.speaks {
		messenger := l.Channel == contact.MAX || l.Channel == contact.Telegram || l.Channel == contact.Viber
		if messenger && begins(name, l.Text) && !slices.Contains(named, l.Channel) {
			named = append(named, l.Channel)
		}
	}
	for i := range p.Columns {
		if col := &p.Columns[i]; col.Field == contact.FieldMessenger && col.Channel == contact.Any && len(named) == 1 {
			col.Channel = named[0]
			col.Note = contact.T("taken for ids of %s, by the file's name", "принято за id %s по имени файла").With(named[0].String())
		}
	}
}

// namesNoMessenger tells a map of ids that would link nothing.
func (t *table) namesNoMessenger(p *Plan) bool {
	return p.Role == contact.RoleEvents && slices.ContainsFunc(p.Columns, func(c Column) bool { return c.Field == contact.FieldMessenger && c.Channel == contact.Any }) &&
		!t.have(p, contact.FieldChannel, contact.FieldDirection, contact.FieldText, contact.FieldReply, contact.FieldStatus)
}

// namesPeople is contactish by headers alone.
func (t *table) namesPeople(p *Plan) bool {
	return slices.ContainsFunc(p.Columns, func(c Column) bool {
		one := Plan{Columns: []Column{c}}
		return c.By != MapContents && t.contactish(&one)
	})
}

// unnamed tells whether a column that no header explains holds what is wanted.
func (t *table) unnamed(p *Plan, want func(*contents) bool) bool {
	for i := range p.Columns {
		if p.Columns[i].By == MapNone && want(&t.contents[i]) {
			return true
		}
	}
	return false
}

// fitLog finds the columns of a log that no header explains: which way, what
// became of it, and the text, which is the longest of what is left.
func (t *table) fitLog(p *Plan) {
	t.fit(p, contact.FieldDirection, func(col *Column, c *contents) bool {
		return c.nearly(c.ways) && (col.By == MapNone || col.Field == contact.FieldType || col.Field == contact.FieldStatus || col.Field == contact.FieldFrom)
	})
	t.fit(p, contact.FieldStatus, func(col *Column, c *contents) bool { return col.By == MapNone && c.nearly(c.statuses) })
	longest := 0
	isText := func(col *Column, c *contents) bool {
		return (col.By == MapNone && !c.nearly(c.dates) && !c.nearly(c.channels) || col.By == MapContents && col.Field == contact.FieldTags) && !c.mostly(c.numbers) && c.longest > 0
	}
	for i := range p.Columns {
		if c := &t.contents[i]; isText(&p.Columns[i], c) {
			longest = max(longest, c.longest)
		}
	}
	t.fit(p, contact.FieldText, func(col *Column, c *contents) bool { return isText(col, c) && c.longest == longest })
	if !t.have(p, contact.FieldDirection) {
		p.way = t.wayByNames(p)
	}
	t.findOwn(p)
}

// wayByNames is the way that all messages of a log went: a column of texts is
// called the client's, or its sheet or file is called so. Only one that is
// called nothing else is taken for our own words, which nobody reads.
func (t *table) wayByNames(p *Plan) contact.Direction {
	for _, col := range p.Columns {
		if text := spaced(col.Header, true); col.Field == contact.FieldText && beginsAny(text, "=клиента", "=абонента", "=покупателя", "=client", "=customer") && !beginsAny(text, "=to", "=для") {
			return contact.In
		}
	}
	file := filepath.Base(p.Source.File)
	for _, name := range []string{p.Source.Sheet, strings.TrimSuffix(file, filepath.Ext(file))} {
		text := spaced(name, true)
		in, out := beginsAny(text, "входящ", "inbox", "inbound", "incoming", "ответы на рассыл", "ответы клиент", "ответы абонент", "=replies", "=responses"), beginsAny(text, "исходящ", "outbox", "outbound", "outgoing")
		switch {
		case in && !out:
			return contact.In
		case out && slices.Contains(ourWords, strings.TrimSpace(text)):
			return contact.Out
		}
	}
	if t.have(p, contact.FieldFrom) && !t.have(p, otherEnd...) && !t.have(p, contact.FieldEmail, contact.FieldMessenger) {
		return contact.In // nobody else is named: whoever it is from wrote it
	}
	return contact.NoDirection
}

var ourWords = []string{"исходящие", "исходящие сообщения", "исходящие смс", "исходящие sms", "outbox", "outbound", "outbound messages", "outgoing", "outgoing messages"}

func beginsAny(text string, stems ...string) bool {
	return slices.ContainsFunc(stems, func(stem string) bool { return begins(text, stem) })
}

// fit gives a field to the first column that is like it, unless one has it.
func (t *table) fit(p *Plan, field contact.Field, like func(*Column, *contents) bool) {
	if t.have(p, field) {
		return
	}
	for i := range p.Columns {
		if like(&p.Columns[i], &t.contents[i]) {
			t.take(&p.Columns[i], field)
			return
		}
	}
}
