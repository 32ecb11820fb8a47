package refusal

import "bytes"

// resolve finds the kind of a word: as it stands, with a "не" glued to it, in
// Latin letters for Cyrillic ones, or misspelt. glued tells that a "не" comes
// off its head. A word that only begins like a known one may be a misspelling
// of another: звониет begins like звонок.
func (r *Reader) resolve(w []byte, latin bool) (kind uint16, glued bool) {
	k, whole := r.lex.words.get(hashOf(w))
	if !whole {
		k = r.lex.find(w)
	}
	if latin && (k == 0 || r.kinds[k].real) {
		if k, glued := r.resolveLatin(w, k == 0); k != 0 {
			return k, glued
		}
	}
	if whole || latin {
		return k, false
	}
	if rest, ok := r.unglue(w); ok && k == 0 {
		if k := r.lex.find(rest); k != 0 {
			return k, true
		}
		if k := r.lex.guess(rest); k != 0 {
			return k, true
		}
	}
	if guess := r.lex.guess(w); guess != 0 {
		return guess, false
	}
	return k, false
}

// known is the kind of a word as it stands, 0 for no word.
func (r *Reader) known(w []byte) uint16 {
	if len(w) == 0 {
		return 0
	}
	return r.lex.find(w)
}

// resolveLatin takes a word of Latin letters for a Russian one. A real English
// word is not guessed at: torte may be a spelling of торте, but is no mistake.
func (r *Reader) resolveLatin(w []byte, guess bool) (kind uint16, glued bool) {
	var buf [3 * maxWord]byte
	spelt := r.folds.skeleton(buf[:0], w)
	if k, glued := r.spelt(spelt); k != 0 {
		return k, glued
	}
	if !guess {
		return 0, false
	}
	if k := r.lex.guess(w); k != 0 {
		return k, false
	}
	for _, sound := range [...]string{"jzh", "wsh"} { // jaloba, bolwe
		i := bytes.IndexByte(w, r.folds[sound[0]])
		if i < 0 || len(w) >= maxWord {
			continue
		}
		var again [maxWord]byte
		two := append(append(append(again[:0], w[:i]...), r.folds[sound[1]], r.folds[sound[2]]), w[i+1:]...)
		spelt = r.folds.skeleton(buf[:0], two)
		if k, glued := r.spelt(spelt); k != 0 {
			return k, glued
		}
	}
	if len(spelt) >= 7 && len(spelt) <= maxWord {
		return r.translit.guess(spelt), false
	}
	return 0, false
}

// spelt finds a skeleton.
func (r *Reader) spelt(spelt []byte) (kind uint16, glued bool) {
	if len(spelt) > 0 && len(spelt) <= maxWord {
		if k := r.translit.find(spelt); k != 0 {
			return k, false
		}
		if len(spelt) >= 6 && spelt[0] == r.folds['n'] && spelt[1] == r.folds['e'] {
			if k := r.translit.find(spelt[2:]); k != 0 {
				return k, true
			}
		}
	}
	return 0, false
}

// unglue takes a "не" off the head of a long enough word.
func (r *Reader) unglue(w []byte) ([]byte, bool) {
	if len(w) < 6 || w[0] != r.folds['н'] || (w[1] != r.folds['е'] && w[1] != r.folds['и']) {
		return nil, false
	}
	return w[2:], true
}

// unglueTail reads a word with a "мне" or "меня" glued to it: отпишитеменя.
func (r *Reader) unglueTail(w []byte) (kind, tail uint16, glued bool) {
	for i := range r.tails {
		t := &r.tails[i]
		n := len(w) - len(t.symbols)
		if n < minTypo || !bytes.HasSuffix(w, t.symbols) {
			continue
		}
		if _, whole := r.lex.words.get(hashOf(w)); whole {
			break
		}
		if k := r.lex.find(w[:n]); k != 0 {
			return k, t.kind, false
		}
		if rest, ok := r.unglue(w[:n]); ok {
			if k := r.lex.find(rest); k != 0 {
				return k, t.kind, true
			}
		}
	}
	return 0, 0, false
}

// number is the kind of a word of digits alone.
func (r *Reader) number(w []byte) uint16 {
	if k := r.lex.find(w); k != 0 {
		return k
	}
	if len(w) >= 7 {
		return r.phone
	}
	return r.digits
}

var spelling = [31]string{"a", "b", "v", "g", "d", "e", "zh", "z", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t",
	"u", "f", "h", "c", "ch", "sh", "sh", "", "i", "", "e", "iu", "ia"}

// skeleton writes a word in Latin letters so that the usual ways to spell
// Russian in them fall together: shch and sh, y and j and i, kh and x and h, ts
// and c, no soft signs.
func (f *folding) skeleton(dst, w []byte) []byte {
	var buf [3 * maxWord]byte
	plain := buf[:0]
	for _, s := range w {
		switch {
		case isCyrillic(s):
			for _, c := range []byte(spelling[s-symCyrillic]) {
				plain = append(plain, f[c])
			}
		case isLatin(s):
			plain = append(plain, s)
		}
	}
	for i := 0; i < len(plain); i++ {
		var next byte
		if i+1 < len(plain) {
			next = plain[i+1]
		}
		c, skip := f.spell(plain[i], next)
		dst = squeeze(dst, c)
		i += skip
	}
	return f.soften(dst)
}

// spell is the usual letter for one or two Latin ones.
func (f *folding) spell(s, next byte) (c byte, skip int) {
	switch {
	case s == f['y'], s == f['j']:
		return f['i'], 0
	case s == f['w']:
		return f['v'], 0
	case s == f['x']:
		return f['h'], 0
	case s == f['k'] && next == f['h']:
		return f['h'], 1
	case s == f['t'] && next == f['s']:
		return f['c'], 1
	}
	return s, 0
}

func squeeze(dst []byte, c byte) []byte {
	if n := len(dst); n > 0 && dst[n-1] == c {
		return dst
	}
	return append(dst, c)
}

// soften turns shch and sch into sh.
func (f *folding) soften(w []byte) []byte {
	s, c, h := f['s'], f['c'], f['h']
	out := w[:0]
	for i := 0; i < len(w); i++ {
		switch {
		case w[i] == s && i+4 <= len(w) && w[i+1] == h && w[i+2] == c && w[i+3] == h:
			out = append(out, s, h)
			i += 3
		case w[i] == s && i+3 <= len(w) && w[i+1] == c && w[i+2] == h:
			out = append(out, s, h)
			i += 2
		default:
			out = append(out, w[i])
		}
	}
	return out
}
