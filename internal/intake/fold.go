package intake

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// alike are the Latin letters that look like Cyrillic ones; people who type
// with the wrong layout mix them in.
var alike = map[rune]rune{'a': 'а', 'b': 'в', 'c': 'с', 'e': 'е', 'h': 'н', 'k': 'к', 'm': 'м', 'o': 'о', 'p': 'р', 't': 'т', 'x': 'х', 'y': 'у'}

// fold writes the words of a text: lower case, ё as е, one blank between, no
// punctuation. A text with no letter and no digit ("+", "✓") stands as it is.
func fold(dst, text []byte) []byte { return folding{}.fold(dst, text) }

// folding is fold with what only headers need.
type folding struct {
	camel  bool // a capital after a small letter begins a word
	digits bool // so does a digit after a letter, and the other way round
}

func (f folding) fold(dst, text []byte) []byte {
	start, word := len(dst), len(dst)
	var last rune
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(text[i:])
		}
		i += size
		switch {
		case !isWord(r) && !isMark(r):
			dst = endWord(dst, start, word)
			word, last = len(dst), 0
		case r == '\u0306' && last == 'и': // й written as two marks
			dst = append(dst[:len(dst)-len("и")], "й"...)
		case isWord(r):
			if last != 0 && f.breaks(last, r) {
				dst = append(endWord(dst, start, word), ' ')
				word, last = len(dst), 0
			} else if last == 0 && len(dst) > start && dst[len(dst)-1] != ' ' {
				dst = append(dst, ' ')
				word = len(dst)
			}
			last = r
			dst = utf8.AppendRune(dst, lower(r))
		}
	}
	dst = endWord(dst, start, word)
	if len(dst) == start {
		return append(dst, bytes.TrimSpace(text)...)
	}
	return dst
}

func (f folding) breaks(a, b rune) bool {
	return f.camel && unicode.IsLower(a) && unicode.IsUpper(b) || f.digits && unicode.IsDigit(a) != unicode.IsDigit(b)
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z'
	}
	return r >= 'А' && r <= 'я' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

// isMark tells accents that stand by themselves and invisible marks.
func isMark(r rune) bool {
	return r >= utf8.RuneSelf && (unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r))
}

func lower(r rune) rune {
	switch {
	case 'a' <= r && r <= 'z' || 'а' <= r && r <= 'я' || '0' <= r && r <= '9':
		return r
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A'
	case 'А' <= r && r <= 'Я':
		return r + 'а' - 'А'
	case r == 'ё' || r == 'Ё':
		return 'е'
	}
	return unicode.ToLower(r)
}

// endWord repairs the word that ends here when it mixes two alphabets.
func endWord(dst []byte, start, word int) []byte {
	if word < start || word >= len(dst) {
		return dst
	}
	latin, cyrillic := false, false
	for _, b := range dst[word:] {
		latin = latin || 'a' <= b && b <= 'z'
		cyrillic = cyrillic || b == 0xd0 || b == 0xd1
	}
	if !latin || !cyrillic {
		return dst
	}
	text := string(dst[word:])
	for _, r := range text {
		if 'a' <= r && r <= 'z' && alike[r] == 0 {
			return dst
		}
	}
	dst = dst[:word]
	for _, r := range text {
		if c := alike[r]; c != 0 {
			r = c
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

// key is the letters of a header alone, so that blanks, punctuation and
// numbering do not matter; for a header with no letters, what it holds.
func key(header string) string {
	folded := foldString(header)
	var b strings.Builder
	for _, r := range folded {
		if unicode.IsLetter(r) {
			b.WriteRune(r)
		}
	}
	if b.Len() == 0 {
		return folded
	}
	return b.String()
}

func foldString(s string) string { return string(fold(nil, []byte(s))) }

// spaced is the words of a header with a blank before and after each, for
// looking for the beginnings of words.
func spaced(header string, camel bool) string {
	words := " " + string(folding{camel: camel, digits: true}.fold(nil, []byte(header))) + " "
	return joined.Replace(words)
}

// begins tells whether a stem begins a word of a spaced text; "=" in front
// asks for the whole word.
func begins(text, stem string) bool {
	if whole, ok := strings.CutPrefix(stem, "="); ok {
		return strings.Contains(text, " "+whole+" ")
	}
	return strings.Contains(text, " "+stem)
}

// joined are words that people write, or capitals divide, into two.
var joined = strings.NewReplacer(" e mail ", " email ", " whats app ", " whatsapp ")

func isBlank(cell []byte) bool {
	for i := 0; i < len(cell); {
		if cell[i] > ' ' && cell[i] < utf8.RuneSelf {
			return false
		}
		r, size := utf8.DecodeRune(cell[i:])
		if !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) && r != 0 {
			return false
		}
		i += size
	}
	return true
}

func isBlankRow(cells [][]byte) bool {
	for _, c := range cells {
		if !isBlank(c) {
			return false
		}
	}
	return true
}
