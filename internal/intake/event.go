package intake

import (
	"bytes"
	"slices"
	"strings"

	"cleanbase/internal/contact"
)

// Messages reads a row of a table of events and yields the message that it is:
// who, when, which way, what text, what became of it. A row that names several
// people is a message of each; one with a messenger's id and a phone beside it
// links the two. Origin.Row is set, Origin.Input is the caller's to fill.
func (r *Reader) Messages(row contact.Row, yield func(contact.Message)) RowKind {
	if kind := r.open(row); kind != RowRead {
		return kind
	}
	m := contact.Message{Direction: r.way(), System: r.eventSystem(), ID: r.first(contact.FieldMessageID)}
	m.Origin.Row = int32(r.row.Number)
	r.parties(m.Direction)
	m.Channel = r.eventChannel(m.System, m.Direction)
	at := r.date(contact.FieldDate)
	m.At, m.Early = at.late, at.early
	m.Direction, m.Text = r.words(m.Direction)
	if m.Direction != contact.Out {
		m.Button = r.first(contact.FieldButton)
	}
	r.outcome(&m)
	return r.sayMore(m, r.sayMessage(m, yield), yield)
}

// sayMessage yields m for everyone whom the row names.
func (r *Reader) sayMessage(m contact.Message, yield func(contact.Message)) RowKind {
	ids := r.rec.IDs
	linked := r.linkMessenger(&m)
	switch {
	case linked && m.Bare() && m.Also[0].Key == 0, !linked && m.Bare() && len(ids) > 0:
		return RowSilent
	case linked:
		yield(m)
		r.tie(&m, yield)
	case len(ids) == 0 && (m.ID == "" || m.Status == "" && m.Error == "" || r.lost || r.named()):
		return RowUnreadable
	case len(ids) == 0: // a status of a message that another row or file holds
		yield(m)
	}
	if !linked {
		for _, id := range ids {
			m.Who = id
			yield(m)
		}
	}
	return r.readOrPartly()
}

// linkMessenger makes the row's messenger id the one that the message is of,
// and the row's other identifiers the same person's.
func (r *Reader) linkMessenger(m *contact.Message) bool {
	for _, id := range r.rec.IDs {
		if id.Key.Kind() == contact.MessengerID {
			m.Who = id
			break
		}
	}
	n := 0
	for _, id := range r.rec.IDs {
		if m.Who.Key != 0 && id.Key != m.Who.Key && n < len(m.Also) {
			m.Also[n] = id
			n++
		}
	}
	return m.Who.Key != 0
}

// tie says of the row's messenger ids whose they are, where m has no room for it.
func (r *Reader) tie(m *contact.Message, yield func(contact.Message)) {
	for _, id := range r.rec.IDs {
		for _, other := range r.rec.IDs {
			told := id.Key == m.Who.Key && (other.Key == m.Also[0].Key || other.Key == m.Also[1].Key)
			if id.Key.Kind() == contact.MessengerID && other.Key.Kind() != contact.MessengerID && !told {
				yield(contact.Message{Who: id, Also: [2]contact.Identifier{other}, Origin: m.Origin})
			}
		}
	}
}

// named tells whether the row has something where its person should stand.
func (r *Reader) named() bool {
	return r.first(contact.FieldMobile, contact.FieldPhone, contact.FieldEmail, contact.FieldMessenger, contact.FieldFrom, contact.FieldTo) != ""
}

// eventSystem is whose codes the table holds; empty for codes in common.
func (r *Reader) eventSystem() string {
	if r.plan.Entity == "message" {
		return r.plan.System
	}
	return ""
}

// eventChannel is the row's channel, or the one that its system sends by.
func (r *Reader) eventChannel(system string, way contact.Direction) contact.Channel {
	if c := r.rowChannel(); c != contact.Any || system == "" {
		return c
	}
	field := contact.FieldTo
	if way == contact.In {
		field = contact.FieldFrom
	}
	if name, _, ok := strings.Cut(r.first(field), ":"); ok {
		if c, known := contact.ParseChannel(name); known {
			return c
		}
	}
	return contact.SMS
}

// way is the message's direction. What was delivered, or failed, was sent.
func (r *Reader) way() contact.Direction {
	for _, field := range [...]contact.Field{contact.FieldDirection, contact.FieldStatus} {
		for _, column := range r.columns[field] {
			in, ok := r.wayWord(column)
			switch {
			case ok && !in:
				return contact.Out
			case ok && (field == contact.FieldDirection || r.plan.System == "twilio"): // elsewhere "received" may be "delivered"
				return contact.In
			}
		}
	}
	if r.plan.System == "twilio" && r.plan.Generation == "webhook" && r.stated("", "STOP", "START", "HELP") {
		return contact.In // it is called for what people send
	}
	if _, _, ok := r.told(contact.FieldStatus); ok {
		return contact.Out
	}
	if _, _, ok := r.told(contact.FieldError); ok || r.reported() {
		return contact.Out
	}
	if r.plan.way != contact.NoDirection {
		return r.plan.way
	}
	return r.wayByOwn()
}

// wayWord is the way that a cell names, or answers a header that asks for it
// ("fromMe: true").
func (r *Reader) wayWord(column int) (in, ok bool) {
	var store [64]byte
	folded := fold(store[:0], r.cell(column))
	if in, ok = r.in.lex.incoming[string(folded)]; ok {
		return in, true
	}
	header := key(r.plan.Columns[column].Header)
	asksIn := strings.Contains(header, "incoming") || strings.Contains(header, "inbound")
	if !asksIn && !strings.Contains(header, "fromme") && !strings.Contains(header, "outgoing") && !strings.Contains(header, "outbound") {
		return false, false
	}
	switch r.in.lex.words[string(folded)] {
	case contact.WordYes:
		return asksIn, true
	case contact.WordNo:
		return !asksIn, true
	}
	return false, false
}

// reported tells a row of a gateway's report: it is on what was sent.
func (r *Reader) reported() bool {
	return r.plan.Entity == "message" && r.plan.Generation == "" && r.first(contact.FieldStatus) != ""
}

// stated tells whether each column of statuses holds one of the words.
func (r *Reader) stated(words ...string) bool {
	for _, column := range r.columns[contact.FieldStatus] {
		if !slices.Contains(words, string(bytes.ToUpper(bytes.TrimSpace(r.cell(column))))) {
			return false
		}
	}
	return true
}

// told is what the dictionary makes of the words of a field, and by which word.
func (r *Reader) told(field contact.Field) (means contact.EvidenceKind, word string, ok bool) {
	for _, column := range r.columns[field] {
		var store [96]byte
		if means, word, ok = r.in.lex.status(fold(store[:0], r.cell(column))); ok {
			break
		}
	}
	return means, word, ok
}

// outcome is what became of the message: its status and error as they stand,
// and what the dictionary makes of them, of the error first. What people said
// has no outcome, unless the system says that it was a word to leave or stay.
func (r *Reader) outcome(m *contact.Message) {
	m.Status, m.Error = r.first(contact.FieldStatus), r.first(contact.FieldError)
	for _, column := range r.columns[contact.FieldStatus] {
		if word := string(bytes.ToUpper(r.cell(column))); m.System == "twilio" && (word == "STOP" || word == "START") {
			m.Status = word
		}
	}
	means, word, ok := r.told(contact.FieldError)
	if !ok {
		means, word, ok = r.told(contact.FieldStatus)
	}
	m.Means, m.Ours = means, ok && means == 0
	switch {
	case m.Ours: // other words beside it may be of a person
		m.Error = word
	case ok && m.System == "" && word == means.String():
		m.Status, m.Error = word, ""
	}
	if m.Direction == contact.In && m.Status != "STOP" && m.Status != "START" && !means.Refuses() && means != contact.BotStarted {
		m.Status, m.Error, m.Means, m.Ours = "", "", 0, false
	}
}

// readParty reads the phones of a message's sender or recipient.
func (r *Reader) readParty(field contact.Field) {
	for _, column := range r.columns[field] {
		if cell := r.cell(column); len(cell) > 0 {
			if i := bytes.IndexByte(cell, ':'); i > 0 { // whatsapp:+7…
				cell = cell[i+1:]
			}
			r.readPhone(cell, r.in.opt.Region)
		}
	}
	r.addPhones(sureNumber)
}
