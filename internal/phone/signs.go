package phone

import (
	"bytes"
	"unicode"
)

// meaning is what an ASCII sign means between digits.
func meaning(c byte) gap {
	switch c {
	case '\n', '\r', '\v', '\f', ';', '|', ':', '&', '!', '?':
		return gapHard
	case '.':
		return gapDot
	case '-', '~', '[', ']', '{', '}':
		return gapDash
	case '(':
		return gapOpen
	case ')':
		return gapClose
	case ',':
		return gapComma
	case '/', '\\':
		return gapSlash
	case '+':
		return gapPlus
	case '*', '_', '#':
		return gapMask
	case '\'', '"', '`':
		return gapQuote
	}
	if c <= ' ' || c == 0x7f {
		return gapBlank
	}
	return gapStrange
}

// invisible tells whether a sign has no ink: formats, bidirectional marks,
// joiners, variation selectors, the keycap.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r)
}

// plainSign is the ASCII sign that one beyond ASCII stands for; a
// caret for those that stand for none.
func plainSign(r rune) byte {
	switch {
	case r < unicode.MaxASCII:
		return byte(r)
	case r >= '！' && r <= '～': // full-width forms
		return byte(r - '！' + '!')
	case unicode.IsDigit(r):
		return digitValue(r)
	case unicode.Is(unicode.Pd, r), r == '−', r == '⁃', r == 'ー', r == '∼', r == '⁓', r == '·', r == '∙':
		return '-'
	case unicode.Is(unicode.Pi, r), unicode.Is(unicode.Pf, r), r == '„', r == '‚', r == '′', r == '″':
		return '\''
	case r == '•', r == '●', r == '×', r == '…', r == '█':
		return '*'
	case r == '№':
		return ':'
	case r == '、', r == '،':
		return ','
	case r == '；', r == '؛':
		return ';'
	case r == '⁺', r == '﹢':
		return '+'
	case r == '⁄', r == '∕':
		return '/'
	}
	return '^'
}

// digitValue is the ASCII digit of one in another script. Unicode keeps each
// script's ten digits together and in order.
func digitValue(r rune) byte {
	zero := r
	for unicode.IsDigit(zero - 1) {
		zero--
	}
	return '0' + byte((r-zero)%10)
}

// maxMarkup bounds how far an HTML tag or entity is looked for, so that a cell
// of nothing but "<" still takes time in proportion to its length.
const maxMarkup = 200

// isTagStart tells whether c may follow "<" in a tag.
func isTagStart(c byte) bool {
	return c == '/' || c|0x20-'a' <= 'z'-'a'
}

// isInline tells whether a tag leaves its text in the line.
func isInline(tag []byte) bool {
	tag = bytes.TrimPrefix(tag, []byte("/"))
	if i := bytes.IndexAny(tag, " \t\n/"); i >= 0 {
		tag = tag[:i]
	}
	for _, name := range [...]string{"a", "b", "i", "u", "em", "strong", "span", "font", "nobr", "small", "big", "sup", "sub"} {
		if bytes.EqualFold(tag, []byte(name)) {
			return true
		}
	}
	return false
}

// entity is the sign that an HTML entity at the start of text stands for, and
// the entity's length; size is 0 where there is none.
func entity(text []byte) (r rune, size int) {
	end := bytes.IndexByte(text[:min(len(text), 10)], ';')
	if end < 3 {
		return 0, 0
	}
	switch name := string(bytes.ToLower(text[1:end])); name {
	case "nbsp", "ensp", "emsp", "thinsp":
		r = ' '
	case "plus":
		r = '+'
	case "amp":
		r = '&'
	case "quot", "apos":
		r = '\''
	case "ndash", "mdash", "shy", "minus":
		r = '-'
	case "lpar":
		r = '('
	case "rpar":
		r = ')'
	default:
		r = codePoint(name)
	}
	if r == 0 {
		return 0, 0
	}
	return r, end + 1
}

// codePoint reads "#43" and "#x2b".
func codePoint(name string) rune {
	if name[0] != '#' {
		return 0
	}
	base, digits := rune(10), name[1:]
	if digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	r := rune(0)
	for _, c := range digits {
		d := c - '0'
		if base == 16 && c >= 'a' {
			d = c - 'a' + 10
		}
		if d < 0 || d >= base || r > unicode.MaxRune {
			return 0
		}
		r = r*base + d
	}
	return r
}
