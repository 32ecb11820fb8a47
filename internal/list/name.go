package list

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cleanbase/internal/contact"
)

// naming reads the names of contacts out of the users' columns.
type naming struct {
	first, middle, last []int
	full                []int
	order               map[int]order // of the columns of full names whose header tells it
}

// order is how a whole name is written.
type order uint8

const (
	orderUnknown order = iota
	lastFirst
	firstLast
)

func newNaming(columns []contact.Column) naming {
	n := naming{first: ofField(columns, contact.FieldFirstName), middle: ofField(columns, contact.FieldMiddleName), last: ofField(columns, contact.FieldLastName),
		full: ofField(columns, contact.FieldName), order: map[int]order{}}
	for _, i := range n.full {
		name := strings.ToLower(columns[i].Name)
		switch {
		case strings.HasPrefix(name, "фамилия") && strings.Contains(name, "имя"), strings.HasPrefix(name, "last name") && strings.Contains(name, "first"):
			n.order[i] = lastFirst
		case strings.HasPrefix(name, "имя") && strings.Contains(name, "фамилия"), strings.HasPrefix(name, "first name") && strings.Contains(name, "last"):
			n.order[i] = firstLast
		}
	}
	return n
}

// person is a name: its parts as far as they are known, and the whole as it
// stood if some column has it. A name that can't be split is all in first.
type person struct{ first, middle, last, whole []byte }

func (n *naming) read(cells [][]byte) person {
	p := person{first: filled(cells, n.first), middle: filled(cells, n.middle), last: filled(cells, n.last)}
	at := n.wholeOf(cells, p)
	if at < 0 {
		return p
	}
	p.whole = bytes.TrimSpace(cells[at])
	if len(p.first) > 0 && len(p.last) > 0 {
		return p
	}
	if s, ok := split(p.whole, n.order[at]); ok {
		s.whole = p.whole
		return s
	}
	if len(p.first)+len(p.middle)+len(p.last) == 0 {
		p.first = p.whole
	}
	return p
}

// wholeOf is the column of the whole name, -1 for none: the first that holds
// all parts that are known, since a deal's title may stand in another.
func (n *naming) wholeOf(cells [][]byte, p person) int {
	for _, i := range n.full {
		if c := cells[i]; len(bytes.TrimSpace(c)) > 0 && bytes.Contains(c, p.first) && bytes.Contains(c, p.middle) && bytes.Contains(c, p.last) {
			return i
		}
	}
	return -1
}

// full writes the whole name: as it stood, or composed of its parts, a Russian
// one with the last name first where that is asked for.
func (p person) full(b []byte, lastNameFirst bool) []byte {
	if len(p.whole) > 0 {
		return append(b, p.whole...)
	}
	from := len(b)
	if lastNameFirst && isCyrillic(p.last) {
		b = joined(b, from, p.last)
		b = joined(b, from, p.first)
		return joined(b, from, p.middle)
	}
	b = joined(b, from, p.first)
	b = joined(b, from, p.middle)
	return joined(b, from, p.last)
}

// joined adds a word with a blank before it, if any word stands since from.
func joined(b []byte, from int, word []byte) []byte {
	if len(word) > 0 && len(b) > from {
		b = append(b, ' ')
	}
	return append(b, word...)
}

func isCyrillic(word []byte) bool {
	return bytes.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
}

// split tells the parts of a whole name where its words do. It does not guess:
// a name that may be read in two ways, or a company's, is not split.
func split(whole []byte, known order) (person, bool) {
	if bytes.ContainsAny(whole, `0123456789"«»@()/+&`) {
		return person{}, false
	}
	if before, after, ok := bytes.Cut(whole, []byte(",")); ok {
		if bytes.IndexByte(after, ',') >= 0 {
			return person{}, false // a list of something, no name
		}
		return splitAtComma(bytes.Fields(before), bytes.Fields(after))
	}
	w := bytes.Fields(whole)
	if slices.ContainsFunc(w, isLegalForm) {
		return person{}, false
	}
	switch len(w) {
	case 1:
		return person{first: w[0]}, true
	case 2:
		return splitTwo(w, known)
	case 3:
		return splitThree(w)
	case 4:
		if isParticle(w[3]) {
			return person{last: w[0], first: w[1], middle: bytes.Join(w[2:], []byte(" "))}, true
		}
	}
	return person{}, false
}

// splitAtComma reads "Smith, John". A comma in a Russian name has no meaning
// that is agreed on.
func splitAtComma(before, after [][]byte) (person, bool) {
	if len(before) != 1 || len(after) < 1 || len(after) > 2 || isCyrillic(before[0]) || isLegalForm(after[len(after)-1]) {
		return person{}, false
	}
	p := person{last: before[0], first: after[0]}
	if len(after) == 2 {
		p.middle = after[1]
	}
	return p, true
}

func splitTwo(w [][]byte, known order) (person, bool) {
	a, b := w[0], w[1]
	switch {
	case isFemalePatronymic(b):
		return person{first: a, middle: b}, true
	case isLastName(a) && !isLastName(b) && !isMalePatronymic(b):
		return person{last: a, first: b}, true
	case isLastName(b) && !isLastName(a):
		return person{first: a, last: b}, true
	case known == lastFirst:
		return person{last: a, first: b}, true
	case known == firstLast || !isCyrillic(a) && !isCyrillic(b):
		return person{first: a, last: b}, true
	}
	return person{}, false
}

// splitThree goes by the patronymic. In "Иван Иванович Рабинович" it is the
// word in the middle, since no given name ends as one.
func splitThree(w [][]byte) (person, bool) {
	switch {
	case isMalePatronymic(w[1]) || isFemalePatronymic(w[1]):
		return person{first: w[0], middle: w[1], last: w[2]}, true
	case isMalePatronymic(w[2]) || isFemalePatronymic(w[2]) || isParticle(w[2]):
		return person{last: w[0], first: w[1], middle: w[2]}, true
	case !slices.ContainsFunc(w, isCyrillic):
		return person{first: w[0], middle: w[1], last: w[2]}, true
	}
	return person{}, false
}

func isParticle(word []byte) bool {
	switch strings.ToLower(string(word)) {
	case "оглы", "оглу", "кызы", "гызы", "улы", "уулу", "oglu", "ogly", "kyzy", "qizi":
		return true
	}
	return false
}

func isLegalForm(word []byte) bool {
	switch strings.ToLower(string(bytes.Trim(word, ".,"))) {
	case "ооо", "оао", "зао", "пао", "ао", "ип", "тоо", "нко", "ано", "мкп", "муп", "гуп", "чп", "фгуп", "llc", "ltd", "inc", "gmbh", "corp", "co", "pte", "llp":
		return true
	}
	return false
}

func isMalePatronymic(word []byte) bool {
	return ends(word, "вич", "ьич", "мич", "кич", "тич", "ovich", "evich")
}

func isFemalePatronymic(word []byte) bool {
	return ends(word, "овна", "евна", "ична", "ovna", "evna", "ichna")
}

// givenNames are given names that end as last names do.
const givenNames = " константин валентин мартин августин северин антонин юстин марина ирина екатерина катерина кристина христина полина алина элина арина карина валентина антонина ангелина регина " +
	"галина эвелина альбина сабина дарина василина акулина эльвина мальвина фаина янина аделина амина эмина залина мадина самина зарина сабрина юстина павлина северина "

// isLastName tells words that end as Russian and Ukrainian last names do and
// hardly any given name does.
func isLastName(word []byte) bool {
	return !strings.Contains(givenNames, " "+strings.ToLower(string(word))+" ") &&
		ends(word, "ов", "ова", "ев", "ева", "ёв", "ёва", "ин", "ина", "ын", "ына", "ский", "ская", "цкий", "цкая", "енко", "ук", "юк",
			"ov", "ova", "ev", "eva", "sky", "skiy", "skaya", "enko")
}

// ends tells whether a word of five letters or more ends in one of the ways.
func ends(word []byte, ways ...string) bool {
	if utf8.RuneCount(word) < 5 {
		return false
	}
	low := strings.ToLower(string(word))
	return slices.ContainsFunc(ways, func(way string) bool { return strings.HasSuffix(low, way) })
}
