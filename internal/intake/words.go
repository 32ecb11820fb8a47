package intake

import (
	"bytes"
	"html"
	"slices"
	"strings"

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
	cell = unescaped(cell)
	if isBlank(cell) {
		return answer{word: contact.WordBlank}
	}
	var store [96]byte
	folded := fold(store[:0], cell)
	if word, ok := x.words[string(folded)]; ok {
		return answer{word: word}
	}
	switch {
	case isHollow(cell):
		return answer{word: contact.WordBlank}
	case isZero(folded):
		return answer{word: contact.WordNo}
	}
	at, dated, whole := d.date(cell)
	if whole {
		return answer{word: contact.WordYes, at: at, dated: true}
	}
	if word, ok := x.several(cell); ok {
		return answer{word: word, at: at, dated: dated}
	}
	return answer{word: x.sentence(string(folded)), at: at, dated: dated}
}

// isHollow tells dashes, quotes and brackets with nothing in them, which programs
// write for nothing.
func isHollow(cell []byte) bool {
	return len(bytes.Trim(cell, " \t-–—_.,:;'\"`«»(){}[]<>/\\|")) == 0
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

// several reads a cell of several answers that are not one ("false;true" of a
// merged contact): a refusal among them is one, a yes beside a no is neither.
func (x *lexicon) several(cell []byte) (word contact.Word, ok bool) {
	var store [96]byte
	yes, no, refusal, n := false, false, false, 0
	for part := range parts(cell) {
		n++
		switch x.words[string(fold(store[:0], part))] {
		case contact.WordYes:
			yes = true
		case contact.WordNo, contact.WordSubscribed:
			no = true
		case contact.WordRefusal:
			refusal = true
		}
	}
	if refusal && n > 1 {
		return contact.WordRefusal, true
	}
	return contact.WordUnknown, yes && no
}

// Phrases that a stem of a refusal stands in, but that say the opposite:
// notRefused of somebody who agrees to be written to, noRefusal of a refusal
// that there is not.
var (
	notRefused = [...]string{"не отпис", "не отказ", "не против", "не возраж", "не звонить в дверь", "не звонить в домофон", "not unsub", "never unsub", "not opted out", "not opt out", "never opted out"}
	noRefusal  = [...]string{"нет отказа ", "нет отказов ", "отказа нет ", "отказов нет ", "отказа не ", "отказов не ", "без отказ", "не отозв", "нет жалоб ", "жалоб нет ", "без жалоб", "не жалов", "нет претензий ", "претензий нет ", "без претенз", "без возраж", "нет возраж", "возражений нет ", "not objected", "no objection", "never objected",
		"нет запрета ", "запрета нет ", "без запрет", "не запре", "не заблок", "не блокир", "не исключ", "not revok", "not withdr", "not block", "not blacklist", "not refus", "not complain", "never complain", "never refus"}
)

// without is a spaced text with phrases blanked out, and whether it had any.
func without(text string, phrases []string) (rest string, found bool) {
	for _, p := range phrases {
		if strings.Contains(text, " "+p) {
			text, found = strings.ReplaceAll(text, " "+p, "  "), true
		}
	}
	return text, found
}

// sentence is the answer that several words give.
func (x *lexicon) sentence(folded string) contact.Word {
	text := " " + folded + " "
	text, subscribed := without(text, notRefused[:])
	text, denied := without(text, noRefusal[:])
	for _, stem := range x.suspicious {
		if begins(text, stem) {
			return contact.WordRefusal
		}
	}
	switch {
	case subscribed:
		return contact.WordSubscribed
	case denied:
		return contact.WordNo
	}
	if begins(text, "не согл") || begins(text, "без согл") || begins(text, "=не") || begins(text, "=not") {
		return contact.WordLack
	}
	return x.beginning(folded)
}

// beginning is the answer that a text begins with, in a few words: "да, от 2024",
// "opted in by form".
func (x *lexicon) beginning(folded string) contact.Word {
	for i, words := 0, 0; words < 3 && i < len(folded); i++ {
		if folded[i] != ' ' {
			continue
		}
		words++
		switch word := x.words[folded[:i]]; {
		case word == contact.WordYes && isDataOnly(" "+folded+" "): // "согласен на обработку персональных данных"
			return contact.WordUnknown
		case word == contact.WordYes, word == contact.WordNo, word == contact.WordSubscribed:
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
			i := bytes.IndexAny(cell, ",;|/\n+&")
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
	cell = unescaped(cell)
	if c, ok := x.tag(cell); ok {
		yield(c, cell)
		return
	}
	for part := range labelsOf(cell) {
		if c, ok := x.tag(part); ok {
			yield(c, part)
		}
	}
}

// tag is the channel of a label that means "do not contact", also with a date
// beside it or written as one word.
func (x *lexicon) tag(label []byte) (contact.Channel, bool) {
	var store [96]byte
	folded := fold(store[:0], label)
	if c, ok := x.tags[string(folded)]; ok {
		return c, true
	}
	c, ok := x.tags[string(bytes.Trim(folded, "0123456789 "))]
	if !ok && bytes.IndexByte(label, ' ') < 0 {
		c, ok = x.tags[string(folding{camel: true}.fold(nil, label))]
	}
	return c, ok
}

// remark tells whether a text has a phrase in it that means "do not contact"
// when it stands alone.
func (x *lexicon) remark(text string) bool {
	text, _ = without(" "+foldString(text)+" ", notRefused[:])
	return containsAny(text, x.remarks)
}

// marked tells whether a name has a label of one word in it that means "do not
// contact": in brackets, or in capitals ("СТОП Анна", "Пётр (чс)").
func (x *lexicon) marked(name string) bool {
	for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return !isWord(r) && r != '-' && r != '(' && r != ')' }) {
		bare := strings.Trim(word, "()")
		if _, ok := x.tags[foldString(bare)]; ok && (bare != word || strings.ToUpper(bare) == bare) {
			return true
		}
	}
	return false
}

// doubtful tells whether a text of labels may mean "do not contact".
func (x *lexicon) doubtful(text string) bool {
	words, _ := without(spaced(text, true), notRefused[:])
	words, _ = without(words, noRefusal[:])
	return x.remark(text) || slices.ContainsFunc(x.doubts, func(p pattern) bool { return p.fits(words) })
}

// labelsOf yields the labels of a cell: CRMs divide them by commas, by
// semicolons, Google by ":::"; people add words in brackets.
func labelsOf(cell []byte) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for len(cell) > 0 {
			i := bytes.IndexAny(cell, ",;|\n:#/()&")
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

// unescaped is a cell with its HTML entities read (amoCRM).
func unescaped(cell []byte) []byte {
	if bytes.IndexByte(cell, '&') < 0 || bytes.IndexByte(cell, ';') < 0 {
		return cell
	}
	return []byte(html.UnescapeString(string(cell)))
}
