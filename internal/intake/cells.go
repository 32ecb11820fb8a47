package intake

import (
	"bytes"
	"strings"

	"cleanbase/internal/contact"
)

func (r *Reader) readEmail(s *step, cell []byte) {
	r.readMails(cell)
	r.readAside(s, cell)
}

func (r *Reader) readMails(cell []byte) {
	r.buf = emails(r.buf, cell, func(mail []byte) { r.identify(contact.OfEmail(string(mail))) })
}

func (r *Reader) identify(id contact.Identifier) {
	for _, have := range r.rec.IDs {
		if have.Key == id.Key {
			return
		}
	}
	r.rec.IDs = append(r.rec.IDs, id)
}

// readID reads the id that a known system gives the row's entity. amoCRM's
// lists mix contacts and companies, told apart by "Тип".
func (r *Reader) readID(_ *step, cell []byte) {
	cell = bytes.TrimSuffix(bytes.TrimSpace(cell), []byte(".0"))
	if len(cell) == 0 || len(cell) > 64 || bytes.ContainsAny(cell, " \t\n;,") || isNoGUID(cell) {
		return
	}
	entity := r.plan.Entity
	for _, column := range r.columns[contact.FieldType] {
		if strings.HasPrefix(foldString(string(r.cell(column))), "компан") {
			entity = "company"
		}
	}
	r.buf = append(append(append(r.buf[:0], r.plan.System...), '.'), entity...)
	r.buf = append(append(r.buf, ':'), cell...)
	r.identify(contact.OfCRM(string(r.buf)))
}

// isNoGUID tells the id that 1C gives to nothing.
func isNoGUID(id []byte) bool { return string(id) == "00000000-0000-0000-0000-000000000000" }

// readMessenger reads a messenger's user id: a number, or a name with "@",
// also out of a link. On WhatsApp and where the cell holds a phone, it is one.
func (r *Reader) readMessenger(s *step, cell []byte) {
	channel := s.col.Channel
	if channel == contact.Any {
		channel = r.channelOf(s.column)
	}
	if isHiddenUser(cell) || isJID(cell[bytes.IndexByte(cell, '@')+1:]) {
		channel = contact.WhatsApp
	}
	switch channel {
	case contact.Any:
		return
	case contact.WhatsApp, contact.SMS, contact.Call:
		r.readPhone(cell, r.in.opt.Region)
		r.rec.Numbers = r.numbers
		return
	}
	cell = bytes.TrimSpace(cell)
	if cell[0] == '+' || countDigits(cell) == 11 && isWritten(cell) {
		r.readPhone(cell, r.in.opt.Region)
		r.rec.Numbers = r.numbers
		return
	}
	if i := bytes.LastIndexByte(cell, '/'); i >= 0 {
		cell = cell[i+1:]
		if len(cell) > 0 && !isDigit(cell[0]) && cell[0] != '@' {
			cell = append([]byte("@"), cell...)
		}
	}
	if s.called && len(cell) > 0 && cell[0] != '@' {
		return
	}
	if id, ok := messengerID(cell); ok {
		r.identify(contact.OfMessenger(channel.String() + ":" + id))
	}
}

// messengerID is a user id in its normal form: digits, or "@" and a name of
// Latin letters, digits and underscores in lower case.
func messengerID(cell []byte) (string, bool) {
	cell = bytes.TrimSuffix(cell, []byte(".0"))
	if len(cell) == 0 || len(cell) > 64 {
		return "", false
	}
	digits := countDigits(cell)
	if digits == len(cell) {
		return string(cell), digits >= 3
	}
	name := bytes.ToLower(bytes.TrimPrefix(cell, []byte("@")))
	if len(name) < 4 || name[0] < 'a' || name[0] > 'z' {
		return "", false
	}
	for _, b := range name {
		if (b < 'a' || b > 'z') && !isDigit(b) && b != '_' {
			return "", false
		}
	}
	return "@" + string(name), true
}

// channelOf is the channel of a column of ids: what the column that belongs to
// it names (Wazzup's contactData.1.chatType beside contactData.1.chatId), else
// the row's.
func (r *Reader) channelOf(column int) contact.Channel {
	beside, ok := r.typeOf[column]
	if !ok {
		return r.rowChannel()
	}
	r.channel, _ = r.in.lex.channelsOf(r.channel[:0], r.cell(beside))
	if len(r.channel) != 1 {
		return contact.Any
	}
	return r.channel[0]
}

// pairTypes finds the columns that name the channel of a column of ids: those
// within the same object of a JSON file.
func pairTypes(columns []Column) map[int]int {
	pairs := map[int]int{}
	for i, id := range columns {
		dot := strings.LastIndexByte(id.Header, '.')
		if id.Field != contact.FieldMessenger || dot < 0 {
			continue
		}
		for j, c := range columns {
			if c.Field == contact.FieldChannel && strings.HasPrefix(c.Header, id.Header[:dot+1]) {
				pairs[i] = j
			}
		}
	}
	return pairs
}

// rowChannel is the one channel that the row's channel column names, or Any.
func (r *Reader) rowChannel() contact.Channel {
	for _, column := range r.columns[contact.FieldChannel] {
		r.channel, _ = r.in.lex.channelsOf(r.channel[:0], r.cell(column))
		if len(r.channel) == 1 {
			return r.channel[0]
		}
	}
	return contact.Any
}

// readMarks reads labels that mean "do not contact". Where such words stand
// within others ("не писать до лета") they are a doubt.
func (r *Reader) readMarks(s *step, cell []byte) {
	f := s.recall(cell, func(f *fact) {
		r.in.lex.marks(cell, func(c contact.Channel, label []byte) { f.marks = append(f.marks, mark{c, string(label)}) })
		switch {
		case len(f.marks) > 0:
		case r.in.lex.doubtful(f.text):
			f.notes = []contact.Evidence{{Kind: contact.Unsure, Via: contact.ViaNote, Rule: s.rule, Quote: f.text}}
		case s.col.Field != contact.FieldOther: // of goods and streets nothing is read but labels
			f.notes = r.wordsOf(f.text)
		}
	})
	for i := range f.marks {
		r.flag(s, f.marks[i].channel, f.marks[i].text)
	}
	r.note(f)
}

func (r *Reader) flag(s *step, c contact.Channel, quote string) *contact.Evidence {
	r.rec.Evidence = append(r.rec.Evidence, contact.Evidence{Kind: contact.OptOut, Via: contact.ViaFlag, Channel: c,
		Origin: contact.Origin{Row: int32(r.row.Number)}, Rule: s.rule, Quote: quote})
	return &r.rec.Evidence[len(r.rec.Evidence)-1]
}

func (r *Reader) answer(s *step, cell []byte) *fact {
	return s.recall(cell, func(f *fact) {
		f.answer = r.in.lex.answer(cell, s.col.dating)
		if f.answer.word == contact.WordUnknown && !f.answer.dated && foldString(f.text) == foldString(s.col.Header) {
			f.answer.word = contact.WordYes // forms repeat what was ticked
		}
		f.channels, _ = r.in.lex.channelsOf(nil, cell)
		if _, whole := r.in.lex.words[foldString(f.text)]; !whole && !f.answer.dated {
			f.notes = r.wordsOf(f.text)
		}
	})
}

// readConsent reads a word or a date about consent to mailings. More than a no
// is a refusal.
func (r *Reader) readConsent(s *step, cell []byte) {
	f := r.answer(s, cell)
	r.note(f)
	for _, c := range f.channels {
		r.claims.say(c, contact.SaysYes, 0)
	}
	if len(f.channels) > 0 {
		return
	}
	says, refusal := f.answer.says()
	switch {
	case refusal, s.coded && f.text == "2":
		r.flag(s, s.col.Channel, f.text).At = f.answer.at.late
	case says == contact.SaysNo && s.confirms:
		return
	}
	r.claims.say(s.col.Channel, says, f.answer.at.early)
}

// readConsentPD finds a refusal or a withdrawal of data processing: who takes
// that back may not be written to either. An agreement to it says nothing of
// mailings.
func (r *Reader) readConsentPD(s *step, cell []byte) {
	f := r.answer(s, cell)
	r.note(f)
	if f.answer.word == contact.WordRefusal {
		r.flag(s, contact.Any, f.text).At = f.answer.at.late
	}
}

func (r *Reader) readConsentAt(s *step, cell []byte) {
	f := r.answer(s, cell)
	r.note(f)
	if _, refusal := f.answer.says(); refusal {
		r.flag(s, s.col.Channel, f.text).At = f.answer.at.late
		return
	}
	if f.answer.dated {
		r.claims.date(s.col.Channel, f.answer.at.early)
	}
}

func (r *Reader) readConsentChannel(_ *step, cell []byte) {
	channels, known := r.in.lex.channelsOf(r.channel[:0], cell)
	r.channel = channels
	r.claims.narrow(channels, known)
}

func (r *Reader) readOptOut(s *step, cell []byte) {
	named := r.refuseNamed(s, cell)
	f := r.answer(s, cell)
	switch {
	case named && s.col.beside:
	case !f.answer.refuses():
	case s.vague && f.answer.word == contact.WordUnknown && !f.answer.dated:
		r.rec.Evidence = append(r.rec.Evidence, contact.Evidence{Kind: contact.Unsure, Via: contact.ViaNote, Origin: contact.Origin{Row: int32(r.row.Number)}, Rule: s.rule, Quote: f.text})
	default:
		at := len(r.rec.Evidence)
		r.flag(s, s.col.Channel, f.text).At = f.answer.at.late
		r.refused.flags = append(r.refused.flags, at)
	}
}

// refuseNamed refuses for whoever a cell about refusals names, and tells whether it
// names anybody: the row may be of somebody else.
func (r *Reader) refuseNamed(s *step, cell []byte) bool {
	before := len(r.rec.Evidence)
	refuse := func(id contact.Identifier) { r.flag(s, s.col.Channel, "").ID = id }
	if countDigits(cell) >= 7 {
		var buf [4]contact.Number
		for _, n := range r.in.opt.ReadNumbers(buf[:0], cell, r.in.opt.Region) {
			if n.Phone != 0 && sureNumber(n.Status) {
				refuse(contact.OfPhone(n.Phone))
			}
		}
	}
	if bytes.IndexByte(cell, '@') > 0 {
		emails(nil, cell, func(mail []byte) { refuse(contact.OfEmail(string(mail))) })
	}
	return len(r.rec.Evidence) > before
}

// readOptOutAt keeps the date of a refusal for the flag that it belongs to.
func (r *Reader) readOptOutAt(s *step, cell []byte) {
	if f := r.answer(s, cell); f.answer.refuses() {
		at := len(r.rec.Evidence)
		r.flag(s, s.col.Channel, f.text).At = f.answer.at.late
		r.refused.dated(at, s.col.Channel)
	}
}

// shortNote is the longest note, in bytes, that may be a label: "опт-аут".
const shortNote = 40

// readNote reads what the company's people wrote about the contact. Their
// words are not the person's, so they raise a doubt at most.
func (r *Reader) readNote(s *step, cell []byte) {
	f := s.recall(cell, func(f *fact) {
		for _, reading := range r.in.opt.ReadNote(f.text) {
			if reading.Class >= contact.SaysUnsure {
				f.notes = append(f.notes, contact.Evidence{Kind: contact.Unsure, Via: contact.ViaNote, Rule: reading.Rule, Quote: f.text})
			}
		}
		if len(f.notes) == 0 && len(cell) <= shortNote && r.in.lex.doubtful(f.text) {
			f.notes = []contact.Evidence{{Kind: contact.Unsure, Via: contact.ViaNote, Rule: s.rule, Quote: f.text}}
		}
	})
	r.note(f)
}

func (r *Reader) note(f *fact) {
	for _, e := range f.notes {
		e.Origin.Row = int32(r.row.Number)
		r.rec.Evidence = append(r.rec.Evidence, e)
	}
}
