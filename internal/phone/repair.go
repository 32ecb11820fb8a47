package phone

import (
	"unicode/utf8"

	"cleanbase/internal/contact"
)

// dropDate takes a date off the start of a chunk. A chunk that is nothing but
// a date is left empty.
func (r *Reader) dropDate(c span) (rest span) {
	if c.b-c.a < 3 {
		return c
	}
	g := r.scan.groups[c.a : c.a+3]
	sep := g[1].before
	if sep != g[2].before || sep != gapDot && sep != gapDash && sep != gapSlash || g[0].before&gapPlus != 0 {
		return c
	}
	day, month, year := span{c.a, c.a + 1}, span{c.a + 1, c.a + 2}, span{c.a + 2, c.a + 3}
	if !(r.size(day) <= 2 && r.size(month) <= 2 && r.isYear(year) || r.isYear(day) && r.size(month) == 2 && r.size(year) == 2) {
		return c
	}
	rest = span{c.a + 3, c.b}
	if rest.a == rest.b {
		return rest
	}
	if r.after(year)&gapBlank == 0 {
		return c
	}
	if _, ok := r.settleSpan(c, leniently); ok {
		return c
	}
	return rest
}

func (r *Reader) isYear(p span) bool {
	d := r.digits(p)
	return len(d) == 4 && (d[0] == '1' && d[1] == '9' || d[0] == '2' && d[1] == '0')
}

// withoutDecimals is a part without the decimals that a spreadsheet or a
// database gave it: 79111234567.0 and 79 111 234 567.00.
func (r *Reader) withoutDecimals(p span) span {
	last := span{p.b - 1, p.b}
	if p.b-p.a < 2 {
		return p
	}
	if sep := r.groups(last)[0].before &^ (gapBlank | gapQuote); sep != gapDot && sep != gapComma {
		return p
	}
	body := span{p.a, p.b - 1}
	switch {
	case r.isBare(body): // as a number, with whatever decimals
	case !r.allZero(last), r.size(last) > 1 && r.isDotted(body):
		return p
	}
	return body
}

// isBare tells digits with nothing between them, as many as a phone has.
func (r *Reader) isBare(p span) bool { return p.b-p.a == 1 && r.size(p) >= minNumber }

// isDotted tells groups that have full stops for separators: 8.911.123.45.00.
func (r *Reader) isDotted(p span) bool {
	for _, g := range r.groups(p)[1:] {
		if g.before&gapDot != 0 {
			return true
		}
	}
	return false
}

func (r *Reader) allZero(p span) bool {
	d := r.digits(p)
	return d[0] == '0' && allSame(d)
}

// decimalDoubt resolves a part that is no number without its decimals. With
// them it may be one whose last group happens to be zeros (8 911 123-45.00);
// bare digits never are: a digit is lacking there.
func (r *Reader) decimalDoubt(p span) (whole bool) {
	if body := (span{p.a, p.b - 1}); r.isBare(body) || r.size(span{p.b - 1, p.b}) == 1 {
		return false
	}
	n, ok := r.settleSpan(p, leniently)
	if !ok || n.Status != contact.NumberOK {
		return false
	}
	n.Status = contact.NumberAmbiguous
	return r.emit(n)
}

// withoutTail reads a number with an extension in parentheses after it, or an
// extension's digits before the number that the extension's word came before.
func (r *Reader) withoutTail(p span) (whole bool) {
	if p.b-p.a < 2 {
		return false
	}
	body, tail := span{p.a, p.b - 1}, span{p.b - 1, p.b}
	if r.groups(tail)[0].before&gapOpen != 0 && r.after(tail)&gapClose != 0 && r.size(tail) < minNumber {
		if n, ok := r.settleSpan(body, leniently); ok {
			return r.emit(n)
		}
	}
	rest := span{p.a + 1, p.b}
	if r.groups(p)[0].before&gapExt == 0 || r.groups(rest)[0].before&gapBlank == 0 {
		return false
	}
	n, ok := r.settleSpan(rest, leniently)
	return ok && r.emit(n)
}

// lostBlanks reads a number whose odd blanks, no-break and thin ones, a program
// could not save and made question marks of: +7 (911) 123?45?67. A digit lost so
// would be lacking, which is certain where all numbers are equally long;
// elsewhere somebody must look.
func (r *Reader) lostBlanks(cell []byte) (n contact.Number, ok bool) {
	plus, digits, lost := false, r.plain[:0], 0
	for at := 0; at < len(cell); {
		c, size := utf8.DecodeRune(cell[at:])
		at += size
		switch {
		case c >= '0' && c <= '9' && len(digits) < maxE164:
			digits = append(digits, byte(c))
		case c == '?' || c == utf8.RuneError:
			lost++
		case c == '+' && len(digits) == 0:
			plus = true
		case c != ' ' && c != '-' && c != '(' && c != ')':
			return n, false
		}
	}
	if lost == 0 || len(digits) < minBareInternational {
		return n, false
	}
	if n, ok = r.settleAsIs(plus, digits); !ok {
		return n, false
	}
	law, _ := r.clerk.lawOf(r.Region(n.Phone))
	if n.Status == contact.NumberOK && (law == nil || law.code != "7" && law.code != "1") {
		n.Status = contact.NumberAmbiguous
	}
	return n, true
}

// vanity reads a service number that is spelt with letters (8-800-FLOWERS).
// Nobody's own number is written so: any other type is no reading.
func (r *Reader) vanity(cell []byte) (n contact.Number, ok bool) {
	digits, letters, plus := r.plain[:0], 0, false
	for _, c := range cell {
		switch {
		case len(digits) == maxDigits:
			return n, false
		case c-'0' <= 9:
			digits = append(digits, c)
		case c|0x20-'a' <= 'z'-'a' && len(digits) > 0:
			letters++
			digits = append(digits, "22233344455566677778889999"[c|0x20-'a'])
		case c == '+' && len(digits) == 0:
			plus = true
		case c != ' ' && c != '-' && c != '(' && c != ')' && c != '.':
			return n, false
		}
	}
	if letters < 3 {
		return n, false
	}
	n, ok = r.settle(plus, digits)
	return n, ok && n.Status == contact.NumberService
}
