package refusal

import (
	"strings"

	"cleanbase/internal/contact"
)

// keyboard knows which letters share a key in the English and the Russian
// layout: who forgets to switch writes cnjg for стоп.
type keyboard struct {
	other [numSymbols]byte // the letter in the other layout, by symbols
	// The same by runes, punctuation and all.
	english, russian map[rune]rune
}

// firstWords is how many words of a message are looked at: the layout is wrong
// from the first one on.
const firstWords = 4

// minRetyped is how many letters a word must have to tell that the layout was
// the wrong one; shorter ones make sense in the other by chance.
const minRetyped = 4

func newKeyboard(f *folding) *keyboard {
	english, russian := []rune("`qwertyuiop[]asdfghjkl;'zxcvbnm,."), []rune("ёйцукенгшщзхъфывапролджэячсмитьбю")
	k := &keyboard{english: map[rune]rune{}, russian: map[rune]rune{}}
	for i, e := range english {
		r := russian[i]
		k.russian[e], k.english[r] = r, e
		if a, b := f[e], f[r]; a < numSymbols && b < numSymbols {
			k.other[a], k.other[b] = b, a
		}
	}
	return k
}

// retypes tells whether a word that is no known one is one in the other layout.
func (r *Reader) retypes(w []byte) bool {
	if len(w) < minRetyped {
		return false
	}
	h := uint64(0)
	for _, s := range w {
		other := r.keys.other[s]
		if other == 0 {
			return false
		}
		h = h*hashBase + uint64(other)
	}
	kind, known := r.lex.words.get(h)
	return known && !r.kinds[kind].real
}

// reread reads a message as it would stand had the words of an alphabet been
// typed in the other layout, by rules alone. The span is the whole message.
func (r *Reader) reread(text string, of alphabet) []contact.Reading {
	return r.again(r.keys.retyped(text, of), len(text))
}

// retyped is a text with the words of an alphabet in the other layout. A comma
// or a full stop is a letter only where a letter comes next.
func (k *keyboard) retyped(text string, of alphabet) string {
	to := k.english
	if of == hasLatin {
		to = k.russian
	}
	runes := []rune(strings.ToLower(text))
	for i, c := range runes {
		other := to[c]
		if other == 0 || c < 'a' && (i+1 == len(runes) || to[runes[i+1]] == 0) {
			continue
		}
		runes[i] = other
	}
	return string(runes)
}
