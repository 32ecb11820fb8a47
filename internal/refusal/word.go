package refusal

import "strings"

// endWord makes a token of the word of n symbols between two bytes.
func (s *scanner) endWord(start, end, n int, of alphabet) {
	hyphen := s.hyphen
	s.hyphen, s.start = false, start
	if n == 1 && of != hasDigit {
		s.single(end)
		return
	}
	if s.lettersN > 0 {
		s.endLetters(start)
	}
	if n > maxWord {
		s.prevN = 0
		s.push(0, start, end)
		return
	}
	w := s.word[:n]
	if of == hasLatin || of == hasCyrillic || of == hasOther {
		s.feelWord(w)
	}
	if hyphen && s.compound(w, end) {
		return
	}
	if end < len(s.text) && s.text[end] != ' ' {
		s.prevN = copy(s.prev[:], w)
	} else {
		s.prevN = 0
	}
	switch of {
	case hasDigit:
		s.push(s.r.number(w), start, end)
	case hasLatin, hasCyrillic, hasOther:
		s.words(w, end, of == hasLatin)
	default:
		s.mixed(w, end)
	}
}

// mixed pushes a word of several alphabets, or of letters and digits: as it
// stands, in the alphabet that it is likely in, or in the other one.
func (s *scanner) mixed(w []byte, end int) {
	var kept [maxWord]byte
	other := kept[:copy(kept[:], w)]
	k, known := s.r.lex.words.get(hashOf(w))
	cyrillic := s.r.looks.cyrillic(w)
	if !known {
		s.r.looks.turn(w, cyrillic)
	}
	s.feelWord(w)
	if !known && s.r.lex.find(w) == 0 {
		s.r.looks.turn(other, !cyrillic)
		k, known = s.r.lex.words.get(hashOf(other))
	}
	if known {
		s.push(k, s.start, end)
		return
	}
	s.words(w, end, isLatin(w[len(w)-1]))
}

// words pushes a word; "непишите" is two.
func (s *scanner) words(w []byte, end int, latin bool) {
	if !latin {
		if k, tail, glued := s.r.unglueTail(w); k != 0 {
			s.pushGlued(k, end, glued)
			s.push(tail, end, end)
			return
		}
	}
	if s.r.lex.maySplit(w) && s.splitBy(s.r.lex, w, end) {
		return
	}
	var buf [maxWord]byte
	k, glued := uint16(0), false
	if latin && s.isCyrillic() { // HE, MHE, before the English he
		k = s.r.known(s.r.looks.disguised(buf[:0], w))
	}
	if k == 0 {
		k, glued = s.r.resolve(w, latin)
	}
	if k == 0 && !latin {
		k = s.r.known(s.r.looks.disguised(buf[:0], w))
	}
	if k == 0 && s.retype == 0 && s.count < firstWords && s.r.retypes(w) {
		s.retype = hasCyrillic
		if latin {
			s.retype = hasLatin
		}
	}
	if k == 0 && s.split(w, latin, end) {
		return
	}
	s.pushGlued(k, end, glued)
}

// pushGlued pushes a word that may have had a "не" glued to it.
func (s *scanner) pushGlued(kind uint16, end int, glued bool) {
	if glued {
		s.push(s.r.not, s.start, s.start)
	}
	s.push(kind, s.start, end)
}

// isCyrillic tells whether the text has Cyrillic letters in it, and looks once.
func (s *scanner) isCyrillic() bool {
	if !s.looked {
		s.looked = true
		s.cyrillic = strings.IndexByte(s.text, 0xd0) >= 0 || strings.IndexByte(s.text, 0xd1) >= 0
	}
	return s.cyrillic
}

// compound handles the second part of a hyphenated word: "опт-аут" is a word
// of its own, the particles of "пишите-ка" say nothing.
func (s *scanner) compound(w []byte, end int) bool {
	if s.count == 0 || s.prevN == 0 || s.prevN+len(w) > maxWord {
		return false
	}
	var joined [maxWord]byte
	n := copy(joined[:], s.prev[:s.prevN])
	n += copy(joined[n:], w)
	k := s.r.lex.find(joined[:n])
	if k == 0 {
		return false
	}
	last := &s.tokens()[s.count-1]
	last.kind, last.end = k, int32(end)
	s.hot = s.hot || s.r.kinds[k].hot
	s.prevN = 0
	return true
}

// single keeps a word of one letter; three and more in a row may be a spaced
// word: "с т о п".
func (s *scanner) single(end int) {
	if s.lettersN == 0 {
		s.lettersAt, s.lettersStart, s.lettersGap = s.count, s.start, s.gap
	}
	if s.lettersN < maxWord {
		s.letters[s.lettersN] = s.word[0]
	}
	s.lettersN++
	s.prevN = 0
	s.feelWord(s.word[:1])
	k, looks := uint16(0), s.r.looks
	if c := s.word[0]; isLatin(c) && s.isCyrillic() && looks.toLatin[looks.toCyrillic[c]] == c {
		k = s.r.lex.find([]byte{looks.toCyrillic[c]}) // "B блок"
	}
	if k == 0 {
		k = s.r.lex.find(s.word[:1])
	}
	if k == 0 && isLatin(s.word[0]) {
		k = s.r.translit.find(s.word[:1])
	}
	s.push(k, s.start, end)
}

// endLetters makes one word of a run of single letters, if it is a known one;
// the first letter may be a word of its own: "я о т п и с ы в а ю с ь".
func (s *scanner) endLetters(end int) {
	n := s.lettersN
	s.lettersN = 0
	if n < 3 || n > maxWord {
		return
	}
	if !s.spaced(s.letters[:n], s.lettersAt, end) && n > 3 && s.lettersAt+1 < s.count {
		s.lettersStart, s.lettersGap = int(s.tokens()[s.lettersAt+1].start), noGap
		s.spaced(s.letters[1:n], s.lettersAt+1, end)
	}
}

// spaced puts the word of the letters in the place of the tokens from at on.
func (s *scanner) spaced(letters []byte, at, end int) bool {
	var buf [maxWord]byte
	w := buf[:0]
	for _, c := range letters {
		w = squeeze(w, c)
	}
	s.r.looks.turn(w, s.r.looks.cyrillic(w))
	k, glued := s.r.resolve(w, isLatin(w[0]))
	if k == 0 || at > s.count {
		return false
	}
	after := s.gap
	s.count = at
	s.sentence = min(s.sentence, at)
	s.gap = s.lettersGap
	if glued {
		s.push(s.r.not, s.lettersStart, s.lettersStart)
	}
	s.push(k, s.lettersStart, end)
	s.gap = after
	return true
}
