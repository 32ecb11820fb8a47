package refusal

import "bytes"

// minOurLine is how many letters a line of ours must have to be recognised: a
// bare "стоп" is the person's word, whoever wrote it first.
const minOurLine = 10

// newOurLines prepares our own lines for being recognised in answers.
func (r *Reader) newOurLines(lines []string) {
	for _, line := range lines {
		if w := r.symbols(line); len(w) >= minOurLine {
			r.ours = append(r.ours, w)
		}
	}
}

// hideOurs masks the words of our own lines quoted back to us.
func (r *Reader) hideOurs(text string, toks []token) {
	w, at := make([]byte, 0, len(text)), make([]int32, 0, len(text))
	for i, c := range text {
		sym := r.symbol(c)
		if n := len(w); sym < numSymbols && (n == 0 || w[n-1] != sym || isDigit(sym)) {
			w, at = append(w, sym), append(at, int32(i))
		}
	}
	for _, line := range r.ours {
		rest := toks // the tokens behind the last quotation
		for from := 0; ; {
			i := bytes.Index(w[from:], line)
			if i < 0 {
				break
			}
			i += from
			from = i + len(line)
			rest = maskSpan(rest, at[i], at[from-1])
		}
	}
}

// maskSpan masks the tokens that begin between two bytes and returns the rest.
func maskSpan(toks []token, from, to int32) []token {
	for len(toks) > 0 && toks[0].start <= to {
		if toks[0].start >= from {
			toks[0].kind = kindMasked
		}
		toks = toks[1:]
	}
	return toks
}

// symbols is the letters and digits of a text, as symbols.
func (r *Reader) symbols(text string) []byte {
	var w []byte
	for _, c := range text {
		sym := r.symbol(c)
		switch {
		case (sym == runeEmoji || sym == runeGlyph) && len(w) == 0:
			return glyph(string(c))
		case sym >= numSymbols:
		case len(w) > 0 && w[len(w)-1] == sym && !isDigit(sym):
		default:
			w = append(w, sym)
		}
	}
	return w
}

func (r *Reader) symbol(c rune) byte {
	if int(c) < len(r.folds) {
		return r.folds[c]
	}
	return far(c)
}
