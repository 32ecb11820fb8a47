package refusal

import (
	"slices"
	"strings"
	"unicode/utf8"

	"cleanbase/internal/contact"
)

// Words that are run together or torn apart: удалитемойномер, сто п, от-пи-шите.
const (
	minGlued     = 8  // letters of a word that may be several
	longGlued    = 11 // the same of one that may be a known word misspelt
	longStem     = 18 // the same of one that begins like a known word
	minFirst     = 3  // letters of the first of them
	minHead      = 10 // letters known at its beginning, if the rest is not
	tornLatin    = 3  // letters that the words of a torn message have on the average, at most
	tornCyrillic = 4
	maxPiece     = 15 // letters of a piece
	maxTorn      = 30 // letters of a torn message
)

// pieces is a cut of a word: where each piece begins and its kind.
type pieces struct {
	n     int
	start [maxWord]int
	kind  [maxWord]uint16
}

// cut finds the fewest known words that a word is made of, and how far they
// reach into it. A letter that ends one word and begins the next may stand once.
func (x *lexicon) cut(w []byte, p *pieces) (reach int) {
	var count [maxWord + 1]uint8 // of the pieces up to here, and one
	var from [maxWord + 1]int8
	var kind [maxWord + 1]uint16
	count[0] = 1
	for i := range w {
		if count[i] == 0 {
			continue
		}
		for at := i; at >= max(i-1, 0); at-- {
			h := uint64(0)
			for j := at; j < min(len(w), at+maxPiece); j++ {
				h = h*hashBase + uint64(w[j])
				if bit := h * hashBase >> glueShift; j == at || j < i || x.glue[bit>>6]>>(bit&63)&1 == 0 || count[j+1] != 0 && count[j+1] <= count[i]+1 {
					continue
				}
				if k, ok := x.words.get(h); ok && (j+1-at > 2 || j > at && slices.Contains(x.shorts, k)) {
					count[j+1], from[j+1], kind[j+1] = count[i]+1, int8(i), k
					reach = max(reach, j+1)
				}
			}
		}
	}
	p.n = int(count[reach]) - 1
	for i, n := reach, p.n-1; i > 0 && n >= 0; n-- {
		p.start[n], p.kind[n] = int(from[i]), kind[i]
		i = int(from[i])
	}
	return reach
}

// maySplit tells whether a word is so long that it is tried as several before it
// is taken for a known one misspelt, or longer still, for one that only begins
// like a known one.
func (x *lexicon) maySplit(w []byte) bool {
	if len(w) < longGlued {
		return false
	}
	if _, whole := x.words.get(hashOf(w)); whole {
		return false
	}
	return len(w) >= longStem || x.find(w) == 0
}

// begins tells whether a word begins with a known one that is long enough, or
// with a "не" or "no".
func (x *lexicon) begins(w []byte) bool {
	h := uint64(0)
	for i, s := range w[:len(w)-1] {
		h = h*hashBase + uint64(s)
		if i+1 < minFirst && h != x.not && h != x.no {
			continue
		}
		if bit := h * hashBase >> glueShift; x.glue[bit>>6]>>(bit&63)&1 == 1 {
			if _, ok := x.words.get(h); ok {
				return true
			}
		}
	}
	return false
}

// split pushes the words that an unknown word is made of, if it is made of any.
func (s *scanner) split(w []byte, latin bool, end int) bool {
	if len(w) < minGlued || len(w) > maxWord {
		return false
	}
	if s.splitBy(s.r.lex, w, end) {
		return true
	}
	if !latin {
		return false
	}
	var buf [3 * maxWord]byte
	w = s.r.folds.skeleton(buf[:0], w)
	return len(w) > minFirst && len(w) <= maxWord && s.splitBy(s.r.translit, w, end)
}

func (s *scanner) splitBy(x *lexicon, w []byte, end int) bool {
	if !x.begins(w) {
		return false
	}
	var p pieces
	if !s.r.splits(x, w, &p) {
		return false
	}
	for i, k := range p.kind[:p.n] {
		start := s.start
		if i > 0 {
			start = end
		}
		s.push(k, start, end)
	}
	return true
}

// splits tells whether a word is made of known ones from end to end, or from its
// beginning on for long enough. Most words of a language can be cut into
// something (по-купал-и): one of the words must be one that rules start from,
// and of two it must be the first, for the second may follow a prefix.
func (r *Reader) splits(x *lexicon, w []byte, p *pieces) bool {
	reach := x.cut(w, p)
	if p.n < 2 || p.n > 2 && reach < minFirst*p.n {
		return false
	}
	if reach < len(w) && (p.n < 3 || reach < minHead) {
		return false
	}
	hot, first, last := 0, p.start[1], reach-p.start[p.n-1]
	for hot < p.n && !r.kinds[p.kind[hot]].hot {
		hot++
	}
	if last < minFirst && p.n < 4 { // stop-texting-me
		return p.n == 3 && hot < 2 && first > minFirst && p.start[2]-first >= minFirst
	}
	return hot < p.n && (hot == 0 && first > minFirst || p.n > 2 && (first >= minFirst || p.n > 3 || p.kind[0] == r.not || p.kind[0] == r.no))
}

// mend reads a short message of words so short that they may be the pieces of
// longer ones with its letters put together, by rules alone. The span is the
// whole message.
func (s *scanner) mend(toks []token) []contact.Reading {
	if len(toks) < 2 || strings.ContainsAny(s.text, "\n,:;()") {
		return nil
	}
	polite := 0
	for i := range toks {
		if toks[i].polite {
			polite += int(toks[i].end - toks[i].start)
		}
	}
	torn, room := tornLatin, tornLatin+1 // for a word and a blank
	if s.isCyrillic() {
		torn, room = tornCyrillic, 2*tornCyrillic+1
	}
	size := len(s.text) - polite - 3*strings.Count(s.text, "\xe2\x80") // joiners
	if size > 3*maxTorn || size > room*(len(toks)+2) {
		return nil
	}
	t := tornText{r: s.r}
	from := int32(0)
	for i := range toks {
		if toks[i].polite {
			t.add(s.text[from:toks[i].start])
			from = toks[i].end
		}
	}
	t.add(s.text[from:])
	if t.runs < 2 || t.letters > min(torn*t.runs, maxTorn) {
		return nil
	}
	return s.r.again(string(t.whole[:t.size]), len(s.text))
}

// tornText is the letters of a text, without what is between them.
type tornText struct {
	r             *Reader
	whole         [4 * maxTorn]byte
	size          int
	runs, letters int
}

func (t *tornText) add(text string) {
	apart := true
	for i, c := range text {
		switch sym := t.r.symbol(c); {
		case sym >= numSymbols:
			apart = apart || sym != runeNothing
			continue
		case apart:
			t.runs, apart = t.runs+1, false
		}
		t.letters++
		if n := utf8.RuneLen(c); t.letters <= maxTorn && n > 0 {
			t.size += copy(t.whole[t.size:], text[i:i+n])
		}
	}
}

// again reads another writing of a message of so many bytes.
func (r *Reader) again(text string, size int) []contact.Reading {
	s := scanner{r: r, text: text}
	s.scan()
	if !s.hot {
		return nil
	}
	toks := s.tokens()
	m := match{r: r, toks: toks, cut: len(toks)}
	found := m.run()
	for i := range found {
		found[i].Start, found[i].End = 0, size
	}
	return found
}
