package intake

import (
	"unicode"
	"unicode/utf8"
)

// dateText is a text being read as a date.
type dateText struct {
	text []byte
	at   int
}

func (p *dateText) blanks() {
	for p.at < len(p.text) {
		r, size := utf8.DecodeRune(p.text[p.at:])
		if !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) && r != '\'' {
			return
		}
		p.at += size
	}
}

func (p *dateText) peek() byte {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

// skipToken leaves a run of digits, of letters, or one other character.
func (p *dateText) skipToken() {
	if _, n := p.digits(); n > 0 {
		return
	}
	if len(p.word()) > 0 {
		return
	}
	_, size := utf8.DecodeRune(p.text[p.at:])
	p.at += size
}

// digits reads a run of digits: its value and length.
func (p *dateText) digits() (value, length int) {
	for p.at < len(p.text) && isDigit(p.text[p.at]) {
		if length < 9 {
			value = value*10 + int(p.text[p.at]-'0')
		}
		length++
		p.at++
	}
	return value, length
}

func (p *dateText) word() []byte {
	from := p.at
	for p.at < len(p.text) {
		r, size := utf8.DecodeRune(p.text[p.at:])
		if (r < 'а' || r > 'я') && !unicode.IsLetter(r) {
			break
		}
		p.at += size
	}
	return p.text[from:p.at]
}

// divider reads what stands between the parts of a date: ./- or blanks and
// commas around a month's name. It returns the mark, ' ' for blanks.
func (p *dateText) divider() byte {
	mark := byte(0)
	for p.at < len(p.text) {
		switch b := p.text[p.at]; {
		case b == ' ' || b == ',' || b == '\t':
			if mark == 0 {
				mark = ' '
			}
			p.at++
		case b == '.' || b == '/' || b == '-':
			if mark != 0 && mark != ' ' {
				return mark
			}
			mark = b
			p.at++
		case b == 0xc2 && p.at+1 < len(p.text) && p.text[p.at+1] == 0xa0:
			if mark == 0 {
				mark = ' '
			}
			p.at += 2
		default:
			return mark
		}
	}
	return mark
}

// calendar reads a date at the place: the year and the two numbers that kind
// names.
func (p *dateText) calendar() (year, a, b int, kind dateKind) {
	if !isDigit(p.peek()) {
		return p.monthFirst()
	}
	x, xn := p.digits()
	mark := p.divider()
	if mark == 0 || xn > 4 || xn == 3 {
		return 0, 0, 0, notDate
	}
	if !isDigit(p.peek()) {
		return p.monthSecond(x, xn)
	}
	y, yn := p.digits()
	if mark == ' ' || yn > 2 || p.peek() != mark {
		return 0, 0, 0, notDate
	}
	p.at++
	z, zn := p.digits()
	switch {
	case xn == 4 && (zn == 1 || zn == 2):
		return x, y, z, monthDay
	case xn <= 2 && (zn == 4 || zn == 2):
		return fullYear(z, zn), x, y, numericOrder(mark, x, y)
	}
	return 0, 0, 0, notDate
}

// numericOrder is which of two numbers is the day: dots are written by people
// who put the day first.
func numericOrder(mark byte, x, y int) dateKind {
	if mark == '.' && y <= 12 {
		return dayMonth
	}
	return eitherWay
}

// monthSecond reads "5 мая 2024 г.", "05-May-24", "2024 May 5" after its first
// number.
func (p *dateText) monthSecond(x, xn int) (year, a, b int, kind dateKind) {
	m := month(p.word())
	if m == 0 {
		return 0, 0, 0, notDate
	}
	p.divider()
	y, yn := p.digits()
	switch {
	case xn == 4 && (yn == 1 || yn == 2):
		return x, m, y, monthDay
	case xn <= 2 && (yn == 4 || yn == 2):
		p.yearWord()
		return fullYear(y, yn), x, m, dayMonth
	}
	return 0, 0, 0, notDate
}

// monthFirst reads "May 5, 2024" and "May 5th 2024".
func (p *dateText) monthFirst() (year, a, b int, kind dateKind) {
	m := month(p.word())
	if m == 0 {
		return 0, 0, 0, notDate
	}
	p.divider()
	d, dn := p.digits()
	if dn == 0 || dn > 2 {
		return 0, 0, 0, notDate
	}
	p.word() // th, st
	p.divider()
	from := p.at
	y, yn := p.digits()
	if yn != 4 && (yn != 2 || p.peek() == ':') {
		p.at = from
		return 0, 0, 0, notDate
	}
	return fullYear(y, yn), m, d, monthDay
}

// yearWord passes "г." and "года".
func (p *dateText) yearWord() {
	from := p.at
	p.blanks()
	if w := string(p.word()); w != "г" && w != "года" && w != "год" {
		p.at = from
		return
	}
	if p.peek() == '.' {
		p.at++
	}
}

func fullYear(y, digits int) int {
	switch {
	case digits == 4:
		return y
	case y < 70:
		return 2000 + y
	}
	return 1900 + y
}

// onlyTail tells whether nothing but a zone or blanks is left.
func (p *dateText) onlyTail() bool {
	p.blanks()
	return p.at >= len(p.text)
}
