package intake

import (
	"bytes"

	"cleanbase/internal/contact"
)

// answer is what a cell of a yes-or-no column says, and when.
type answer struct {
	word  contact.Word
	at    span
	dated bool // it holds a date, known or not
}

// answer reads a cell: a known word, a date, or a text by how it begins and by
// the stems of refusals in it.
func (x *lexicon) answer(cell []byte, d dating) answer {
	if isBlank(cell) {
		return answer{word: contact.WordBlank}
	}
	var store [96]byte
	folded := fold(store[:0], cell)
	if word, ok := x.words[string(folded)]; ok {
		return answer{word: word}
	}
	if isZero(folded) {
		return answer{word: contact.WordNo}
	}
	at, dated, whole := d.date(cell)
	if whole {
		return answer{word: contact.WordYes, at: at, dated: true}
	}
	if x.contradicts(cell) {
		return answer{at: at, dated: dated}
	}
	return answer{word: x.sentence(string(folded)), at: at, dated: dated}
}

// isZero tells a zero with any decimals.
func isZero(folded []byte) bool {
	for _, b := range folded {
		if b != '0' && b != ' ' {
			return false
		}
	}
	return len(folded) > 0
}

// contradicts tells a cell that holds several answers, of which one is a yes
// or a refusal and another a no ("false;true" of a merged contact).
func (x *lexicon) contradicts(cell []byte) bool {
	var store [96]byte
	yes, no := false, false
	for part := range parts(cell) {
		switch x.words[string(fold(store[:0], part))] {
		case contact.WordYes, contact.WordRefusal:
			yes = true
		case contact.WordNo, contact.WordSubscribed:
			no = true
		}
	}
	return yes && no
}

// sentence is the answer that several words give.
func (x *lexicon) sentence(folded string) contact.Word {
	text := " " + folded + " "
	for _, turned := range []string{"не отпис", "не отказ", "not unsub", "never unsub", "not opted out"} {
		if begins(text, turned) {
			return contact.WordSubscribed
		}
	}
	for _, stem := range x.suspicious {
		if begins(text, stem) {
			return contact.WordRefusal
		}
	}
	if begins(text, "не согл") || begins(text, "без согл") || begins(text, "=не") || begins(text, "=not") {
		return contact.WordLack
	}
	first := []byte(folded)
	if i := bytes.IndexByte(first, ' '); i > 0 {
		switch word := x.words[string(first[:i])]; word {
		case contact.WordYes, contact.WordNo, contact.WordSubscribed:
			return word
		}
	}
	return contact.WordUnknown
}

// refuses tells what an answer means where the column asks whether somebody
// refused: anything but a no does.
func (a answer) refuses() bool {
	switch a.word {
	case contact.WordBlank, contact.WordNo, contact.WordSubscribed:
		return a.at.known()
	}
	return true
}

// says is what an answer means where the column asks for consent; refusal
// tells of more than a no.
func (a answer) says() (says contact.Says, refusal bool) {
	switch a.word {
	case contact.WordYes, contact.WordSubscribed:
		return contact.SaysYes, false
	case contact.WordNo, contact.WordLack:
		return contact.SaysNo, false
	case contact.WordRefusal:
		return contact.SaysNo, true
	}
	return contact.SaysNothing, false
}

// channelsOf reads the channels that a cell names. known is false when it
// names something, but no channel that we know.
func (x *lexicon) channelsOf(dst []contact.Channel, cell []byte) (list []contact.Channel, known bool) {
	if isBlank(cell) {
		return dst, true
	}
	var store [64]byte
	whole := fold(store[:0], cell)
	if c, ok := x.channels[string(whole)]; ok {
		return append(dst, c), true
	}
	if x.words[string(whole)] == contact.WordBlank {
		return dst, true
	}
	for part := range parts(cell) {
		if c, ok := x.channels[string(fold(store[:0], part))]; ok {
			dst = append(dst, c)
		}
	}
	return dst, len(dst) > 0
}

// parts yields the items of a cell that holds several.
func parts(cell []byte) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for len(cell) > 0 {
			i := bytes.IndexAny(cell, ",;|/\n+")
			part := cell
			if i >= 0 {
				part, cell = cell[:i], cell[i+1:]
			} else {
				cell = nil
			}
			if !isBlank(part) && !yield(part) {
				return
			}
		}
	}
}

// marks yields the channel of each label in a cell that means "do not
// contact", with the label.
func (x *lexicon) marks(cell []byte, yield func(contact.Channel, []byte)) {
	var store [96]byte
	if c, ok := x.tags[string(fold(store[:0], cell))]; ok {
		yield(c, cell)
		return
	}
	for part := range labelsOf(cell) {
		if c, ok := x.tags[string(fold(store[:0], part))]; ok {
			yield(c, part)
		}
	}
}

// labelsOf yields the labels of a cell: CRMs divide them by commas, by
// semicolons, Google by ":::".
func labelsOf(cell []byte) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for len(cell) > 0 {
			i := bytes.IndexAny(cell, ",;|\n:#")
			part := cell
			if i >= 0 {
				part, cell = cell[:i], cell[i+1:]
			} else {
				cell = nil
			}
			if part = bytes.TrimSpace(part); len(part) > 0 && !yield(part) {
				return
			}
		}
	}
}
