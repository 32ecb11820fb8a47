package phone

import (
	"bytes"
	"slices"

	"github.com/nyaruka/phonenumbers"

	"cleanbase/internal/contact"
)

// Lengths in digits.
const (
	maxE164   = 15
	maxDigits = 28 // the longest way to dial any number, prefixes and all
	minNumber = 7  // fewer are a fragment: an extension, a house, an hour
	// A number without plus is tried with it from this length on: shorter ones
	// are more often a national number that lost a digit.
	minBareInternational = 11
)

// settle says what one number's digits are: as they stand, or with the
// international prefix that they lack. ok is false when they are no number.
func (r *Reader) settle(plus bool, digits []byte) (n contact.Number, ok bool) {
	if n, ok = r.settleAsIs(plus, digits); ok {
		return n, true
	}
	if len(digits) > 2 && digits[0] == '0' && digits[1] == '0' {
		// 00 dials abroad nearly everywhere, and people write it where it does
		// not, or behind a plus.
		return r.settleAsIs(true, digits[2:])
	}
	if bytes.HasPrefix(digits, dialledAbroad) && len(digits) >= len(dialledAbroad)+minWhole {
		if n, ok = r.settleAsIs(true, digits[len(dialledAbroad):]); ok {
			return n, true
		}
	}
	if !plus && len(digits) >= minBareInternational && len(digits) <= maxE164 {
		return r.settleAsIs(true, digits)
	}
	return n, false
}

// dialledAbroad is how Russia and its neighbours dial abroad (8-10-49…): people
// write it of others' numbers too.
var dialledAbroad = []byte("810")

// settleOwn reads digits that begin with the region's own calling code as
// international when they are a mobile number so, and a landline of unusual
// length otherwise: 4915112345678 in Germany, whose landlines may have any.
func (r *Reader) settleOwn(plus bool, n contact.Number, digits []byte) (own contact.Number, better bool) {
	if plus || n.Phone == 0 || n.Status != contact.NumberNotMobile || len(digits) < minBareInternational {
		return n, false
	}
	law, _ := r.clerk.lawOf(r.region)
	if law == nil || !bytes.HasPrefix(digits, []byte(law.code)) {
		return n, false
	}
	own, _ = r.settleAsIs(true, digits)
	return own, own.Phone != 0 && own.Status == contact.NumberOK
}

// settleAsIs judges the digits without any repair.
func (r *Reader) settleAsIs(plus bool, digits []byte) (contact.Number, bool) {
	if len(digits) > maxDigits || len(digits) < 2 {
		return contact.Number{}, false
	}
	if plus && r.clerk.callingCode(digits) == 0 {
		return r.settleWrongPlus(digits)
	}
	n := status(r.clerk.judge(plus, digits, r.region))
	if own, better := r.settleOwn(plus, n, digits); better {
		return own, true
	}
	if newer, ok := renumbered(digits); plus && n.Phone == 0 && ok {
		n = status(r.clerk.judge(true, newer, r.region))
	}
	return n, n.Phone != 0
}

// renumbered is a number in the form of before its country renumbered, which
// WhatsApp's ids and people's books still have, in the form of today: Mexico's
// mobiles had a 1 after the country (until 2019), Brazil's lacked their first 9
// (until 2016). Neither is a number of anybody else's.
func renumbered(digits []byte) (newer []byte, ok bool) {
	switch {
	case len(digits) == 13 && bytes.HasPrefix(digits, []byte("521")):
		return slices.Concat(digits[:2], digits[3:]), true
	case len(digits) == 12 && bytes.HasPrefix(digits, []byte("55")) && digits[4] >= '6':
		return slices.Concat(digits[:4], []byte("9"), digits[4:]), true
	}
	return nil, false
}

// settleWrongPlus reads digits after a plus that no calling code follows (+8
// 911 …): the plus is wrong or the country is, so it is a mobile number of the
// region for somebody to look at, or nothing.
func (r *Reader) settleWrongPlus(digits []byte) (contact.Number, bool) {
	n := status(r.clerk.judge(false, digits, r.region))
	usable := n.Status == contact.NumberOK && n.Phone != 0
	return contact.Number{Phone: n.Phone, Status: contact.NumberAmbiguous}, usable
}

// status turns a judgement into what the number can be used for.
func status(f finding) contact.Number {
	n := contact.Number{Phone: f.phone}
	switch f.kind {
	case phonenumbers.MOBILE, phonenumbers.FIXED_LINE_OR_MOBILE, phonenumbers.VOIP:
		// Messengers register VoIP numbers by a call, so a person may sit there.
		if placeholder(f.phone) {
			n.Status = contact.NumberPlaceholder
		}
	case phonenumbers.FIXED_LINE:
		n.Status = contact.NumberNotMobile
	default:
		// Toll-free, premium, shared-cost, personal (charged and forwarded),
		// pager, UAN, voicemail.
		n.Status = contact.NumberService
	}
	return n
}

// placeholder tells whether a valid number is one that people make up to fill
// a field: its last nine digits are one digit over and over or run up or down,
// or the last seven are zeros. Owners of "golden" numbers (+7 916 777-77-77)
// must not be caught.
func placeholder(p contact.Phone) bool {
	if p%1e7 == 0 {
		return true
	}
	step := ahead(p)
	for range 7 { // nine digits make eight steps
		p /= 10
		if ahead(p) != step {
			return false
		}
	}
	return step >= -1 && step <= 1
}

// ahead is how far the last digit of p is ahead of the one before it.
func ahead(p contact.Phone) int { return int(p%10) - int(p/10%10) }

// short tells whether digits that are no full number are one that is dialled
// as it stands (112, 900, 0890).
func short(digits []byte, region string) bool {
	if allSame(digits) {
		return false
	}
	if len(digits) == 3 || len(digits) == 4 && digits[0] == '0' {
		return true
	}
	return len(digits) > 3 && len(digits) < minNumber && validShort(digits, region)
}

func allSame(digits []byte) bool {
	for _, d := range digits {
		if d != digits[0] {
			return false
		}
	}
	return true
}
