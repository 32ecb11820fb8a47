package refusal

import (
	"strings"
	"unicode/utf8"
)

// A token is a word of the message as the rules see it.
type token struct {
	start, end int32
	kind       uint16
	gap        gap  // what parts it from the word before
	asked      bool // its sentence ends with a question mark
	polite     bool // a greeting or thanks
	felt       feature
	stem       uint64 // of its beginning, for the net
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

	// The tokens: the first ones in place, all of them in more when there are
	// too many. A slice that grew in place would move the scanner to the heap.
	first [stackWords]token
	more  []token
	count int

	word         [maxWord]byte // symbols of the word being read
	start        int           // where it begins
	wordEnd      int           // where the last one ended
	gap          gap
	dropped      gap // the gap before words that were dropped as filler
	hot          bool
	retype       alphabet // of a word that makes sense in the other keyboard layout alone
	looked       bool     // whether cyrillic is known
	cyrillic     bool     // the text has Cyrillic letters
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

	felt  feature   // what the net feels of the words since the last token
	stem  uint64    // the beginning of the last of them
	slots *[]uint32 // where to note the features themselves, for learning
}

// stackWords is how many words a message may have without an allocation.
const stackWords = 64

// tokens is all the tokens read.
func (s *scanner) tokens() []token {
	if s.more != nil {
		return s.more[:s.count]
	}
	return s.first[:s.count]
}

func (s *scanner) add(t token) {
	switch {
	case s.more != nil:
		s.more = append(s.more[:s.count], t)
	case s.count < len(s.first):
		s.first[s.count] = t
	default:
		s.more = append(append(make([]token, 0, 4*stackWords), s.first[:]...), t)
	}
	s.count++
}

// scan reads the whole text.
func (s *scanner) scan() {
	s.gap, s.dropped, s.lineStart, s.wordEnd = messageGap, noGap, true, -1
	for i := 0; i < len(s.text); {
		sym, size := s.symbol(i)
		if sym < numSymbols || s.text[i] == '$' && s.within(sym, i) != runeBlank {
			i = s.readWord(i)
			continue
		}
		i = s.mark(sym, i, size)
	}
	s.endLetters(len(s.text))
}

// symbol is what stands at a byte of the text, and how many bytes it takes.
func (s *scanner) symbol(i int) (sym byte, size int) {
	c := s.text[i]
	if c < utf8.RuneSelf {
		return s.r.folds[c], 1
	}
	if c >= 0xd0 && c < 0xd4 && i+1 < len(s.text) {
		return s.r.folds[int(c&0x1f)<<6|int(s.text[i+1]&0x3f)], 2
	}
	return s.rare(i)
}

// rare reads a rune outside ASCII and the Cyrillic block.
func (s *scanner) rare(i int) (sym byte, size int) {
	r, size := utf8.DecodeRuneInString(s.text[i:])
	if int(r) < len(s.r.folds) {
		return s.r.folds[r], size
	}
	return far(r), size
}

// alphabet is a set of alphabets that a word has letters of.
type alphabet uint8

const (
	hasLatin alphabet = 1 << iota
	hasCyrillic
	hasDigit
	hasOther
)

// readWord reads the word that begins at a byte and returns where it ends.
// Doubled letters are read as one, here and in the rules: стоооп, расылка.
func (s *scanner) readWord(start int) int {
	n, of, last := 0, alphabet(0), byte(0)
	i := start
	for i < len(s.text) {
		sym, size := s.symbol(i)
		if sym >= numSymbols {
			if sym = s.within(sym, i); sym == runeBlank {
				break
			}
			if sym == runeNothing {
				i += size
				continue
			}
		}
		i += size
		switch {
		case sym >= symOther:
			of |= hasOther
		case sym >= symDigit:
			of |= hasDigit
		case sym >= symCyrillic:
			of |= hasCyrillic
		default:
			of |= hasLatin
		}
		if sym == last && !isDigit(sym) {
			continue
		}
		if n < maxWord {
			s.word[n] = sym
		}
		last = sym
		n++
	}
	s.lineStart = false
	s.endWord(start, i, n, of)
	s.wordEnd = i
	return i
}

// within says what a rune that is no letter is inside a word: nothing for a
// joiner, a letter for the a of сп@м and the s of $top, nothing for a star, which
// stands for a letter and is left to guessing; otherwise the word ends.
func (s *scanner) within(sym byte, i int) byte {
	if sym == runeNothing {
		return sym
	}
	c := s.text[i]
	if c != '@' && c != '*' && c != '$' || i+1 == len(s.text) || !s.joins(i+1) {
		return runeBlank
	}
	switch {
	case c == '@':
		return symLatin
	case c == '*':
		return runeNothing
	case isDigit(s.r.folds[s.text[i+1]]): // a price
		return runeBlank
	}
	return s.r.folds['s']
}

// mark handles a rune that is no letter and returns where to go on.
func (s *scanner) mark(sym byte, i, size int) int {
	next := i + size
	if sym == runeHyphen && s.wordEnd == i && next < len(s.text) && s.joins(next) {
		s.hyphen = true
		return next
	}
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
	case runeGlyph:
		s.push(s.r.lex.find(glyph(s.text[i:])), i, next)
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

// skipLine passes over a quoted line: the words of somebody else. A mark before
// a message of one line quotes nothing: the person's own words come behind.
func (s *scanner) skipLine(i int) int {
	from := i
	for i < len(s.text) && s.text[i] != '\n' {
		i++
	}
	if whole := strings.TrimRight(s.text, " \r\n"); s.count == 0 && i >= len(whole) && strings.IndexByte(whole, '\n') < 0 {
		return from
	}
	return i
}

func (s *scanner) part(g gap) {
	if s.gap < g {
		s.gap = g
	}
	if g == sentenceGap && s.gap == sentenceGap {
		s.sentence = s.count
	}
}

// ask marks the words of the sentence as a question.
func (s *scanner) ask() {
	toks := s.tokens()
	for i := s.sentence; i < len(toks); i++ {
		toks[i].asked = true
	}
}

// glyph is the spelling of a picture or a Chinese sign in the lexicon.
func glyph(text string) []byte {
	r, _ := utf8.DecodeRuneInString(text)
	return []byte{numSymbols, byte(r >> 16), byte(r >> 8), byte(r)}
}

func (s *scanner) picture(i, next int) {
	if k := s.r.lex.find(glyph(s.text[i:])); k != 0 {
		s.part(sentenceGap)
		if s.pictures == s.count && s.pictures > 0 {
			s.gap = noGap // a row of pictures is one phrase
		}
		s.push(k, i, next)
		s.pictures = s.count
		s.part(sentenceGap)
		return
	}
	s.part(clauseGap)
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
	if n := s.count; n > 0 && s.gap == sentenceGap && s.tokens()[n-1].kind == s.r.not && !s.tokens()[n-1].asked {
		s.gap = noGap // "Не. Пишите. Мне."
	}
	s.add(token{start: int32(start), end: int32(end), kind: kind, gap: s.gap, polite: k.polite, felt: s.felt, stem: s.stem})
	s.gap, s.felt, s.stem = noGap, feature{}, 0
	s.hot = s.hot || k.hot
}
