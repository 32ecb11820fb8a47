package intake

import (
	"bytes"
	"strings"

	"cleanbase/internal/contact"
)

// People write that somebody is to be left alone wherever there is room: behind
// a phone, in brackets after a name, in a column of anything. All of it is read,
// and is a doubt, since nobody says who wrote it and when.

// readAside finds what stands beside a phone, an e-mail or an id: "8 926 … НЕ
// ЗВОНИТЬ".
func (r *Reader) readAside(s *step, cell []byte) {
	if mayBeAside(cell) {
		r.remark(s, string(cell))
	}
}

// wordsAlone is a text with no digits: a quote is kept of one person, and a number
// in it may be another's.
func wordsAlone(text string) string {
	words := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return -1
		}
		return r
	}, text)
	return strings.Trim(strings.Join(strings.Fields(words), " "), "()-,;./ ")
}

// remark notes a text in which there is a label or words that refuse.
func (r *Reader) remark(s *step, text string) {
	f := fact{text: text}
	if _, tag := r.in.lex.tag([]byte(text)); tag || r.in.lex.remark(text) || r.in.lex.marked(text) {
		f.notes = []contact.Evidence{{Kind: contact.Unsure, Via: contact.ViaNote, Rule: s.rule, Quote: wordsAlone(text)}}
	} else {
		f.notes = r.wordsOf(wordsAlone(text))
	}
	r.note(&f)
}

// mayBeAside is a quick look: phones have no letters, and addresses and links
// stand for themselves.
func mayBeAside(cell []byte) bool {
	if !hasLetter(cell) {
		return false
	}
	apart := bytes.IndexByte(cell, ' ') >= 0 || bytes.IndexByte(cell, '(') >= 0
	if !apart && (bytes.IndexByte(cell, '@') >= 0 || bytes.IndexByte(cell, '/') >= 0) {
		return false
	}
	return hasPiece(cell)
}

// readBeside finds remarks in a column that is of something else: a company, a
// city, a source.
func (r *Reader) readBeside(s *step, cell []byte) {
	if mayBeRemark(cell) {
		r.note(s.recall(cell, func(f *fact) { f.notes = r.wordsOf(f.text) }))
	}
}

// readName finds what people add to names: "Иван НЕ ПИСАТЬ". It is a doubt,
// since it is not known who wrote it and when.
func (r *Reader) readName(s *step, cell []byte) {
	if !mayBeRemark(cell) {
		return
	}
	f := s.recall(cell, func(f *fact) {
		if r.in.lex.remark(f.text) || r.in.lex.marked(f.text) {
			f.notes = []contact.Evidence{{Kind: contact.Unsure, Via: contact.ViaNote, Rule: s.rule, Quote: f.text}}
		}
	})
	r.note(f)
}

// mayBeRemark is a quick look for what all remarks in names have. Names are
// many and remarks few.
func mayBeRemark(name []byte) bool {
	if bytes.IndexByte(name, ' ') < 0 && bytes.IndexByte(name, '(') < 0 && bytes.IndexByte(name, '!') < 0 {
		return false
	}
	return hasPiece(name)
}

// hasPiece finds in a cell a piece of what people write who don't want to be
// written to.
func hasPiece(cell []byte) bool {
	if !hasLetter(cell) {
		return false
	}
	for _, piece := range [...]string{"не ", "НЕ ", "Не ", "тпис", "ТПИС", "топ", "ТОП", "без ", "БЕЗ ", "отказ", "ОТКАЗ", "Отказ", "ерн", "ЕРН", "жал", "ЖАЛ", "o not", "O NOT", "nsub", "NSUB", "top", "TOP", "ЧС", "чс", "DN", "рекра", "удал", "Удал", "Не_", "не_", "спам", "СПАМ", "Спам", "spam", "SPAM", "emove", "lock"} {
		if bytes.Contains(cell, []byte(piece)) {
			return true
		}
	}
	return false
}

func hasLetter(cell []byte) bool {
	for _, b := range cell {
		if b >= 'A' {
			return true
		}
	}
	return false
}

// readText reads a text of which nobody says whose it is: a refusal in it is a
// doubt.
func (r *Reader) readText(s *step, cell []byte) {
	if !isText(cell) {
		return
	}
	r.note(s.recall(cell, func(f *fact) { f.notes = r.wordsOf(f.text) }))
}

// isText tells a cell that may hold words from numbers, dates and codes.
func isText(cell []byte) bool {
	digits := countDigits(cell)
	return len(cell) >= shortText && digits*2 < len(cell)
}

// shortText is the bytes that a refusal in words has at least: "стоп".
const shortText = 4

// wordsOf is what a text of which nobody says whose it is may mean. Only what is
// plainly a refusal or complaint counts: most such texts speak of other things.
func (r *Reader) wordsOf(text string) []contact.Evidence {
	if r.in.opt.ReadText == nil || !isText([]byte(text)) {
		return nil
	}
	for _, reading := range r.in.opt.ReadText(text) {
		if reading.Class >= contact.SaysRefusal {
			return []contact.Evidence{{Kind: contact.Unsure, Via: contact.ViaNote, Rule: reading.Rule, Quote: text}}
		}
	}
	return nil
}
