package sheet

import (
	"bytes"
	"io"
	"math"
	"unicode"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"

	"cleanbase/internal/contact"
)

// charset is how a text file's bytes become characters.
type charset struct {
	name  string
	start int64 // bytes of the byte order mark
	wrap  func(io.Reader) io.Reader
}

func asItIs(r io.Reader) io.Reader { return r }

// reader is the text of in as UTF-8, without a byte order mark.
func (c charset) reader(in input) io.Reader {
	return c.wrap(io.NewSectionReader(in.r, c.start, in.size-c.start))
}

// charsetOf tells how a text file is encoded. It looks at every byte: a
// stop-list whose second half is of another encoding must not be half read.
// A byte that spoils the file is a *spoiled.
func charsetOf(in input) (c charset, notes []contact.Text, err error) {
	head := make([]byte, min(in.size, 4096))
	if _, err := in.r.ReadAt(head, 0); err != nil && err != io.EOF {
		return c, nil, unreadable(err)
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		c = charset{"utf-8-bom", 3, asItIs}
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return charset{"utf-16le", 2, utf16Reader(false)}, nil, nil
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return charset{"utf-16be", 2, utf16Reader(true)}, nil, nil
	default:
		c = charset{"utf-8", 0, asItIs}
	}
	s, err := lookOver(in.r, c.start, in.size)
	switch {
	case err != nil:
		return c, nil, err
	case s.nul >= 0:
		if c.start == 0 && c.wide(head) {
			return c, nil, nil
		}
		return c, nil, &spoiled{s.nul, errNUL()}
	case s.invalid < 0:
		return c, nil, nil
	}
	return c.notUTF8(in)
}

func errEmpty() *contact.Fault {
	return fault(contact.T("the file is empty", "файл пустой"),
		contact.T("export it again, or leave it out", "выгрузите его заново или уберите"))
}

// notUTF8 tells the encoding of a file with bytes that are not UTF-8.
func (c charset) notUTF8(in input) (charset, []contact.Text, error) {
	e, err := count(in.r, c.start, in.size)
	if err != nil {
		return c, nil, err
	}
	if c.start > 0 || e.good > 9*e.bad && e.good > 3*e.cut {
		if e.bad > 0 {
			return c, nil, &spoiled{e.wrong, errMixed()}
		}
		c.wrap = func(r io.Reader) io.Reader { return transform.NewReader(r, runes.ReplaceIllFormed()) }
		note := contact.T("%d characters were cut in half by the program that made the file; they are shown as �",
			"программа, сделавшая файл, разрезала символов: %d; они показаны как �").With(e.cut)
		return c, []contact.Text{note}, nil
	}
	name, m := e.guess()
	return charset{name, 0, byteReader(m)}, nil, nil
}

// spoiled is a fault with the byte of a text file where it stands; the reader
// of the table knows which row that is.
type spoiled struct {
	at    int64
	fault *contact.Fault
}

func (s *spoiled) Error() string { return s.fault.Error() }

func errMixed() *contact.Fault {
	return fault(contact.T("the text is UTF-8 at first, but here it is of another encoding or damaged", "текст в UTF-8, но здесь он в другой кодировке или испорчен"), doSaveAgain)
}

func errNUL() *contact.Fault {
	return fault(contact.T("the file holds NUL bytes: it is damaged or not a table of text", "в файле нулевые байты: он повреждён или это не текстовая таблица"), doSaveAgain)
}

// wide tells which way round a file with NUL bytes and no mark is UTF-16: one
// of the two bytes of nearly every character is that of Latin, Cyrillic or
// punctuation.
func (c *charset) wide(head []byte) bool {
	var zeros, planes [2]int
	for i, b := range head {
		switch b {
		case 0:
			zeros[i%2]++
			planes[i%2]++
		case 0x04, 0x20, 0x21:
			planes[i%2]++
		}
	}
	most := len(head) / 2 * 9 / 10
	switch {
	case len(head) < 4 || zeros[0] > 0 && zeros[1] > 0:
		return false
	case zeros[1] > 0 && planes[1] >= most:
		*c = charset{"utf-16le", 0, utf16Reader(false)}
	case zeros[0] > 0 && planes[0] >= most:
		*c = charset{"utf-16be", 0, utf16Reader(true)}
	default:
		return false
	}
	return true
}

// guess picks the 8-bit encoding in which the file reads most like Russian, or
// like a western language where accented letters stand alone among ASCII ones.
func (e *eightBit) guess() (string, *charmap.Charmap) {
	if e.western() {
		return "windows-1252", charmap.Windows1252
	}
	// KOI8-U is KOI8-R with letters in place of eight line-drawing marks.
	names := [...]string{"windows-1251", "koi8-r", "cp866", "mac-cyrillic", "iso-8859-5"}
	maps := [...]*charmap.Charmap{charmap.Windows1251, charmap.KOI8U, charmap.CodePage866, charmap.MacintoshCyrillic, charmap.ISO8859_5}
	handicap := [...]float64{0, 2, 2, 4, 10} // where a word or two is all there is, the commonest wins
	best := 0
	top := math.Inf(-1)
	for i, m := range maps {
		if s := e.score(m) - handicap[i]; s > top {
			best, top = i, s
		}
	}
	return names[best], maps[best]
}

func (e *eightBit) western() bool {
	var alone, together, letters, all int64
	for a := range 256 {
		for b := range 256 {
			n := int64(e.pairs[a][b])
			if n == 0 || a < 0x80 && b < 0x80 {
				continue
			}
			switch {
			case a >= 0x80 && b >= 0x80:
				together += n
			case asciiLetter(a) || asciiLetter(b):
				alone += n
			}
			if b >= 0x80 {
				all += n
				if unicode.IsLetter(charmap.Windows1252.DecodeByte(byte(b))) {
					letters += n
				}
			}
		}
	}
	return alone > 2*together && letters*2 > all
}

func asciiLetter(b int) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// How often the letters stand in Russian text, in thousandths.
const russian = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"

var russianShare = [...]float64{110, 85, 80, 73, 67, 63, 55, 47, 45, 44, 35, 32, 30, 28, 26, 20, 19, 17, 17, 16, 16, 14, 12, 10, 9, 7, 6, 5, 4, 3, 3, .4, .8}

// score is how much the file reads like Russian under one encoding: the
// letters' frequencies, with fines for capitals inside words and for marks
// that texts do not have.
func (e *eightBit) score(m *charmap.Charmap) float64 {
	var weight [256]float64
	var kind [256]byte
	for b := range 256 {
		kind[b], weight[b] = letterWeight(m.DecodeByte(byte(b)))
	}
	total := 0.0
	for a := range 256 {
		for b := 0x80; b < 256; b++ {
			n := float64(e.pairs[a][b])
			total += n * weight[b]
			if kind[a] == 'l' && kind[b] == 'u' || kind[a] == 's' && kind[b] == 's' {
				total -= 5 * n
			}
		}
	}
	return total
}

func letterWeight(r rune) (kind byte, weight float64) {
	low := unicode.ToLower(r)
	i := 0
	for _, l := range russian {
		if l == low {
			kind = 'l'
			if r != low {
				kind = 'u'
			}
			return kind, math.Log(russianShare[i])
		}
		i++
	}
	switch {
	case r < 0x80:
		return 0, 0
	case unicode.Is(unicode.Cyrillic, r):
		return 'l', -2
	case r == '№' || r == '«' || r == '»' || r == '—' || r == '–' || r == '\u00a0':
		return 0, -1
	}
	return 's', -6
}
