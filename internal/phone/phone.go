// Package phone reads the text of a cell into the phone numbers in it, or says
// why there is none: it repairs what is certain, splits what is several, and
// never guesses. Whether a number exists, and of what type it is, is the word
// of github.com/nyaruka/phonenumbers alone; tables derived from its metadata
// answer in its stead where they are known to agree.
//
// It does no I/O, reads no clock, knows nothing of columns, countries by name
// or consent, and does not tell whether a number is in use.
package phone

import (
	"strconv"

	"cleanbase/internal/contact"
)

// Reader reads cells. It keeps scratch memory and tables that grow with the
// countries met, so one goroutine has it to itself; make one for each. What a
// cell reads as never depends on the cells before it.
type Reader struct {
	clerk  clerk
	region string // of the cell at hand
	scan   scanner
	out    []contact.Number
	pieces partition
	plain  [maxDigits]byte
}

// NewReader returns a reader with empty tables: they are made when a country
// is first met, a millisecond or so each.
func NewReader() *Reader { return new(Reader) }

// Read finds the numbers in a cell, in order, and adds them to dst; it is a
// contact.ReadNumbers. region is the ISO 3166-1 alpha-2 country that national
// numbers belong to, in capitals; with one that is unknown or empty only
// numbers in international form are read. A cell with no digits, or with
// nothing but an e-mail or web address, holds no number. The cell is not kept.
func (r *Reader) Read(dst []contact.Number, cell []byte, region string) []contact.Number {
	r.region = region
	if n, ok := r.readPlain(cell); ok {
		return append(dst, n)
	}
	r.scan.run(cell)
	if len(r.scan.groups) == 0 {
		return dst
	}
	r.out = dst
	r.resolve()
	found := r.out[len(dst):]
	if noNumber(found) {
		r.out = append(r.out[:len(dst)], r.fallback(cell, found))
	}
	dst, r.out = r.out, nil
	return dst
}

// noNumber tells whether nothing but broken numbers, or nothing, was found.
func noNumber(found []contact.Number) bool {
	for _, n := range found {
		if n.Status != contact.NumberInvalid {
			return false
		}
	}
	return true
}

// readPlain reads the form that nearly every cell has, one number of digits
// and plain separators. It answers only where the whole is a number: all else
// is for the scanner, which asks the same of the same digits first.
func (r *Reader) readPlain(cell []byte) (contact.Number, bool) {
	plus, open, n, dashes, from, to := false, false, 0, 0, 0, 0
	for i, c := range cell {
		switch {
		case c-'0' <= 9:
			if n == maxE164+2 {
				return contact.Number{}, false
			}
			if n == 0 {
				from = i
			}
			r.plain[n] = c
			n++
			to = i
		case c == '+' && n == 0 && !plus:
			plus = true
		case c == '-':
			dashes++
		case c == '(':
			open = true
		case c == ' ' || c == ')' && open || (c == '\'' || c == '\t') && n == 0:
		default:
			return contact.Number{}, false
		}
	}
	if n < minNumber || dashes == 2 && n <= len("20060102") || plus && r.plain[0] == '8' {
		return contact.Number{}, false // a date, perhaps, or a plus gone wrong
	}
	if parted := to-from >= n; parted {
		return r.settleAsIs(plus, r.plain[:n])
	}
	return r.settle(plus, r.plain[:n])
}

// Region is the ISO 3166-1 alpha-2 country of a valid number, "001" for one of
// no country (satellite, international toll-free), "" for an invalid one.
func (r *Reader) Region(p contact.Phone) string {
	if p == 0 || p > contact.MaxPhone {
		return ""
	}
	if region, ok := r.clerk.regionOf(strconv.AppendUint(r.plain[:0], uint64(p), 10)); ok {
		return region
	}
	return Region(p)
}
