package report

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// How many characters of a header or name, and of a sentence that holds one,
// are shown. A cell may hold 32,767; a page must stay readable.
const (
	maxShown    = 300
	maxSentence = 1000
)

// phoneLike is a phone in a file name or header: with its plus, or eleven
// digits that begin as Russian numbers do.
var phoneLike = regexp.MustCompile(`(^|[^0-9])(\+[0-9](?:[ ()\-.\x{00a0}]{0,2}[0-9]){6,14}|[78](?:[ ()\-.\x{00a0}]{0,2}[0-9]){10}|9[0-9]{9})($|[^0-9])`)

// shown makes a text that users wrote fit to be looked at: marks that hide or
// turn text round are spelt out, phones masked, and its length is bounded.
func shown(s string) string { return tidy(s, maxShown) }

// tidy is shown for a text of another length. It clips first, for speed, and
// leaves room behind the end so that no phone is cut before it is masked.
func tidy(s string, most int) string {
	const room = 64 // more than 15 digits with what may stand between them
	return clip(maskPhones(clip(spellOut(s), most+room)), most)
}

// spellOut shows what has no shape of its own, or changes that of its
// neighbours, by its number: a file name must not read backwards.
func spellOut(s string) string {
	if strings.IndexFunc(s, shapeless) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			b.WriteByte(' ')
		case shapeless(r):
			fmt.Fprintf(&b, "⟨U+%04X⟩", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// shapeless tells controls, bidi and zero-width marks (all of Cc and Cf), line
// and paragraph separators, fillers, private use, and bytes that are no UTF-8.
func shapeless(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co) || r == utf8.RuneError || r == '\u3164' || r == '\u115f' || r == '\u1160' || r == '\uffa0'
}

// maskPhones leaves of every phone its beginning and its last two digits. It
// goes over the text twice: a match swallows its neighbour, which may be what
// the next number needs before it.
func maskPhones(s string) string {
	for range 2 {
		s = phoneLike.ReplaceAllStringFunc(s, maskMatch)
	}
	return s
}

func maskMatch(m string) string {
	total := 0
	for _, r := range m {
		if unicode.IsDigit(r) {
			total++
		}
	}
	nth := 0
	return strings.Map(func(r rune) rune {
		if !unicode.IsDigit(r) {
			return r
		}
		if nth++; nth <= 3 || nth > total-2 {
			return r
		}
		return '•'
	}, m)
}

func clip(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}

// sentence begins a text with a capital and ends it with a full stop, unless
// it begins with a name that must stay as it is.
func sentence(s, name string) string {
	if s == "" {
		return ""
	}
	first, n := utf8.DecodeRuneInString(s)
	if name == "" || !strings.HasPrefix(s, name) {
		s = string(unicode.ToUpper(first)) + s[n:]
	}
	if !strings.ContainsAny(s[len(s)-1:], ".!?") {
		s += "."
	}
	return s
}
