package intake

import (
	"bytes"

	"cleanbase/internal/contact"
)

// A row of a log may hold more words than those of its message: what the person
// answered beside what was sent, what a manager noted. None of them may be
// passed over, whichever way the message went.

// words are the text of the row's message, which an answer is when there is no
// other, and the way that it went; our own words are nobody's refusal.
func (r *Reader) words(way contact.Direction) (contact.Direction, string) {
	if way == contact.Out {
		return way, ""
	}
	if len(r.columns[contact.FieldText]) > 0 {
		return way, r.first(contact.FieldText)
	}
	if answer := r.first(contact.FieldReply); answer != "" {
		return contact.In, answer
	}
	return way, r.first(contact.FieldNote, contact.FieldReason)
}

// sayMore yields the other words of a row whose message is m, each as a message
// of its own. main is what became of the row so far.
func (r *Reader) sayMore(m contact.Message, main RowKind, yield func(contact.Message)) RowKind {
	for i := range r.plan.Columns {
		text := bytes.TrimSpace(r.cell(i))
		way, ok := r.wayOf(i, m.Direction)
		if !ok || len(text) == 0 || way == m.Direction && string(text) == m.Text {
			continue
		}
		said := contact.Message{Direction: way, Channel: m.Channel, Text: string(text), System: m.System, At: m.At, Early: m.Early, Origin: m.Origin}
		if r.plan.Columns[i].Field == contact.FieldReply {
			r.dateReply(&said)
		}
		main = r.sayMessage(said, yield)
	}
	return main
}

// wayOf is which way the words of a column went, in a row whose message went the
// way given; ok is false for a column that holds none or our own.
func (r *Reader) wayOf(column int, way contact.Direction) (words contact.Direction, ok bool) {
	c := &r.plan.Columns[column]
	switch c.Field {
	case contact.FieldText:
		if way == contact.Out { // that they are ours only a header says
			return contact.NoDirection, c.By == MapContents
		}
		return way, true
	case contact.FieldReply:
		if way == contact.Out || len(r.columns[contact.FieldText]) == 0 || isTheirs(c.Header) {
			return contact.In, true
		}
		return contact.NoDirection, true // perhaps our answer to theirs
	case contact.FieldNote:
		if way != contact.Out && r.wordless() {
			return way, true
		}
		return contact.NoDirection, true
	case contact.FieldReason:
		if way != contact.Out && r.wordless() {
			return way, true
		}
		return contact.NoDirection, r.refusesBeside(r.cell(column))
	case contact.FieldStatus, contact.FieldError:
		return contact.NoDirection, r.eventSystem() == "" && r.isUntold(r.cell(column)) // "STOP", "просит не писать"
	case contact.FieldPhone, contact.FieldMobile:
		return contact.NoDirection, mayBeAside(r.cell(column)) && r.refusesBeside(r.cell(column))
	case contact.FieldNone, contact.FieldTags, contact.FieldType, contact.FieldName:
		return contact.NoDirection, r.refusesBeside(r.cell(column))
	}
	return contact.NoDirection, false
}

// refusesBeside tells a refusal among words of which nobody says whose they are.
// Logs say the same in very many rows.
func (r *Reader) refusesBeside(cell []byte) bool {
	refuses, known := r.beside[string(cell)]
	if !known {
		refuses = r.wordsOf(string(cell)) != nil
		if len(r.beside) < factsKept && len(cell) <= factBytes {
			r.beside[string(cell)] = refuses
		}
	}
	return refuses
}

// isUntold tells a status in words that the dictionary doesn't know.
func (r *Reader) isUntold(cell []byte) bool {
	if len(cell) < 3 || countDigits(cell) > 0 {
		return false
	}
	var store [96]byte
	folded := fold(store[:0], cell)
	if _, ok := r.in.lex.incoming[string(folded)]; ok {
		return false
	}
	_, _, known := r.in.lex.status(folded)
	return !known
}

// wordless tells a log that has no column of texts: then a comment is one.
func (r *Reader) wordless() bool {
	return len(r.columns[contact.FieldText]) == 0 && len(r.columns[contact.FieldReply]) == 0
}

// isTheirs tells a column whose header says that the words are the person's.
func isTheirs(header string) bool {
	return beginsAny(spaced(header, true), "клиент", "абонент", "покупател", "получател", "подписчик", "входящ", "client", "customer", "recipient", "subscriber", "inbound", "incoming")
}

// dateReply dates an answer: it comes after all else that the row has a date of.
func (r *Reader) dateReply(m *contact.Message) {
	for _, column := range r.columns[contact.FieldDate] {
		if s, ok, _ := r.plan.Columns[column].dating.date(r.cell(column)); ok && s.late > m.At {
			m.At = s.late
		}
	}
}
