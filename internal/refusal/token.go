package refusal

import "unicode/utf8"

// A token is a word of the message as the rules see it.
type token struct {
	start, end int32
	kind       uint16
	gap        gap  // what parts it from the word before
	asked      bool // its sentence ends with a question mark
	polite     bool // a greeting or thanks
}

type gap uint8

const (
	noGap gap = iota
	clauseGap
	sentenceGap
	messageGap // the message begins here
)

// scanner splits one message into tokens.
type scanner struct {
	r    *Reader
	text string
	toks []token

	word         [maxWord]byte // symbols of the word being read
	n            int           // how many; more than maxWord is a word nobody knows
	start        int
	latin, cyr   bool
	digit        bool
	gap          gap
	dropped      gap // the gap before words that were dropped as filler
	hot          bool
	lineStart    bool
	sentence     int // the first token of the sentence
	pictures     int // where the last row of pictures ended
	letters      [maxWord]byte
	lettersN     int
	lettersAt    int // the first token of a run of single letters
	lettersStart int
	lettersGap   gap
	hyphen       bool // the word is joined by a hyphen to the one before
	prev         [maxWord]byte
	prevN        int
}

// scan reads the whole text.
func (s *scanner) scan() {
	s.gap, s.dropped, s.lineStart = messageGap, noGap, true
	f := s.r.folds
	for i := 0; i < len(s.text); {
		c := s.text[i]
		var sym byte
		size := 1
		switch {
		case c < utf8.RuneSelf:
			sym = f[c]
		case c >= 0xd0 && c < 0xd4 && i+1 < len(s.text):
			sym, size = f[int(c&0x1f)<<6|int(s.text[i+1]&0x3f)], 2
		default:
			sym, size = s.rare(i)
		}
		if sym < numSymbols {
			s.letter(sym, i)
			i += size
			continue
		}
		i = s.mark(sym, i, size)
	}
	s.endWord(len(s.text))
	s.endLetters(len(s.text))
}

// rare reads a rune outside ASCII and the Cyrillic block.
func (s *scanner) rare(i int) (sym byte, size int) {
	r, size := utf8.DecodeRuneInString(s.text[i:])
	if int(r) < len(s.r.folds) {
		return s.r.folds[r], size
	}
	return far(r), size
}

func (s *scanner) letter(sym byte, at int) {
	if s.n == 0 {
		s.start = at
		s.lineStart = false
	}
	switch {
	case isDigit(sym):
		s.digit = true
	case isLatin(sym):
		s.latin = true
	default:
		s.cyr = true
	}
	// Doubled letters are read as one, here and in the rules: стоооп, расылка.
	if s.n > 0 && s.n <= maxWord && s.word[s.n-1] == sym && !isDigit(sym) {
		return
	}
	if s.n < maxWord {
		s.word[s.n] = sym
	}
	s.n++
}

// mark handles a rune that is no letter and returns where to go on.
func (s *scanner) mark(sym byte, i, size int) int {
	next := i + size
	if sym == runeNothing {
		return next
	}
	if s.n > 0 && (s.text[i] == '*' || s.text[i] == '@') && next < len(s.text) && s.joins(next) {
		if s.text[i] == '@' {
			s.letter(symLatin, i) // сп@м; a star stands for a letter and is left to guessing
		}
		return next
	}
	if sym == runeHyphen && s.n > 0 && next < len(s.text) && s.joins(next) {
		s.endWord(i)
		s.hyphen = true
		return next
	}
	s.endWord(i)
	switch sym {
	case runeComma, runeQuote, runeHyphen:
		s.part(clauseGap)
	case runeStop:
		s.part(sentenceGap)
	case runeQuestion:
		s.ask()
		s.part(sentenceGap)
	case runeLine:
		s.part(sentenceGap)
		s.lineStart = true
	case runeEmoji:
		s.picture(i, next)
	}
	if s.lineStart && s.text[i] == '>' {
		return s.skipLine(next)
	}
	return next
}

// joins tells whether a letter stands right after a hyphen.
func (s *scanner) joins(i int) bool {
	c := s.text[i]
	return c >= 0xc0 || s.r.folds[c] < numSymbols
}

// skipLine passes over a quoted line: the words of somebody else.
func (s *scanner) skipLine(i int) int {
	for i < len(s.text) && s.text[i] != '\n' {
		i++
	}
	return i
}

func (s *scanner) part(g gap) {
	if s.gap < g {
		s.gap = g
	}
	if g == sentenceGap && s.gap == sentenceGap {
		s.sentence = len(s.toks)
	}
}

// ask marks the words of the sentence as a question.
func (s *scanner) ask() {
	for i := s.sentence; i < len(s.toks); i++ {
		s.toks[i].asked = true
	}
}

func (s *scanner) picture(i, next int) {
	r, _ := utf8.DecodeRuneInString(s.text[i:])
	if k := s.r.lex.find([]byte{numSymbols, byte(r >> 16), byte(r >> 8), byte(r)}); k != 0 {
		s.part(sentenceGap)
		if s.pictures == len(s.toks) && s.pictures > 0 {
			s.gap = noGap // a row of pictures is one phrase
		}
		s.push(k, i, next)
		s.pictures = len(s.toks)
		s.part(sentenceGap)
		return
	}
	s.part(clauseGap)
}

// endWord makes a token of the word read so far.
func (s *scanner) endWord(end int) {
	if s.n == 0 {
		return
	}
	n, hyphen := s.n, s.hyphen
	mixed := (s.latin && s.cyr) || (s.digit && (s.latin || s.cyr))
	number := s.digit && !s.latin && !s.cyr
	onlyLatin := s.latin && !s.cyr
	s.n, s.latin, s.cyr, s.digit, s.hyphen = 0, false, false, false, false
	if n == 1 && !number {
		s.single(end)
		return
	}
	s.endLetters(s.start)
	if n > maxWord {
		s.prevN = 0
		s.push(0, s.start, end)
		return
	}
	w := s.word[:n]
	if hyphen && s.compound(w, end) {
		return
	}
	s.prevN = copy(s.prev[:], w)
	if number {
		s.push(s.r.number(w), s.start, end)
		return
	}
	if mixed {
		s.mixed(w, end)
		return
	}
	s.words(w, end, onlyLatin)
}

func (s *scanner) mixed(w []byte, end int) {
	if k := s.r.lex.find(w); k != 0 {
		s.push(k, s.start, end)
		return
	}
	s.r.looks.unmix(w)
	s.words(w, end, isLatin(w[len(w)-1]))
}

// words pushes a word; "непишите" is two.
func (s *scanner) words(w []byte, end int, latin bool) {
	k, glued := s.r.resolve(w, latin)
	if glued {
		s.push(s.r.not, s.start, s.start)
	}
	s.push(k, s.start, end)
}

// compound handles the second part of a hyphenated word: "опт-аут" is a word
// of its own, the particles of "пишите-ка" say nothing.
func (s *scanner) compound(w []byte, end int) bool {
	if len(s.toks) == 0 || s.prevN == 0 || s.prevN+len(w) > maxWord {
		return false
	}
	var joined [maxWord]byte
	n := copy(joined[:], s.prev[:s.prevN])
	n += copy(joined[n:], w)
	k := s.r.lex.find(joined[:n])
	if k == 0 {
		return false
	}
	last := &s.toks[len(s.toks)-1]
	last.kind, last.end = k, int32(end)
	s.hot = s.hot || s.r.kinds[k].hot
	s.prevN = 0
	return true
}

// single keeps a word of one letter; three and more in a row may be a spaced
// word: "с т о п".
func (s *scanner) single(end int) {
	if s.lettersN == 0 {
		s.lettersAt, s.lettersStart, s.lettersGap = len(s.toks), s.start, s.gap
	}
	if s.lettersN < maxWord {
		s.letters[s.lettersN] = s.word[0]
	}
	s.lettersN++
	s.prevN = 0
	k := s.r.lex.find(s.word[:1])
	if k == 0 && isLatin(s.word[0]) {
		k = s.r.translit.find(s.word[:1])
	}
	s.push(k, s.start, end)
}

func (s *scanner) endLetters(end int) {
	n := s.lettersN
	s.lettersN = 0
	if n < 3 || n > maxWord {
		return
	}
	w := s.letters[:n]
	m := 1
	for _, c := range w[1:] {
		if c != w[m-1] {
			w[m] = c
			m++
		}
	}
	w = w[:m]
	s.r.looks.unmix(w)
	k, glued := s.r.resolve(w, isLatin(w[0]))
	if k == 0 || s.lettersAt > len(s.toks) {
		return
	}
	after := s.gap
	s.toks = s.toks[:s.lettersAt]
	s.sentence = min(s.sentence, s.lettersAt)
	s.gap = s.lettersGap
	if glued {
		s.push(s.r.not, s.lettersStart, s.lettersStart)
	}
	s.push(k, s.lettersStart, end)
	s.gap = after
}

// push adds a token. Filler words ("пожалуйста", "просто") are dropped, with
// the commas that set them off.
func (s *scanner) push(kind uint16, start, end int) {
	k := &s.r.kinds[kind]
	if k.filler {
		if s.gap == clauseGap {
			s.dropped = clauseGap
		}
		if s.gap <= clauseGap {
			s.gap = noGap
		}
		return
	}
	if s.gap == clauseGap && s.dropped == clauseGap {
		s.gap = noGap
	}
	s.dropped = noGap
	s.toks = append(s.toks, token{start: int32(start), end: int32(end), kind: kind, gap: s.gap, polite: k.polite})
	s.gap = noGap
	s.hot = s.hot || k.hot
}
