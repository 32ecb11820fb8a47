package phone

import (
	"regexp"
	"strconv"

	"github.com/nyaruka/phonenumbers"
)

// law is how a region dials: what stands before its national numbers and how
// long they are. Its methods are the library's own steps of reading a number
// that is nothing but digits.
type law struct {
	plan      *plan
	bit       int        // the region's place in the plan
	code      string     // the calling code
	abroad    *automaton // the international prefix; nil for none
	trunk     *automaton // the national prefix; nil for none or a rewriting one
	rewriting *regexp.Regexp
	rewrite   []byte // what a rewriting prefix becomes
	lengths   uint32 // of national numbers, a bit each
	local     uint32 // of numbers that are dialled within a town only
	longest   int
}

// newLaw makes a region's law. ok is false when its metadata holds what the
// automata can't tell.
func newLaw(p *plan, bit int) (l *law, ok bool) {
	m := p.regions[bit]
	l = &law{plan: p, bit: bit, code: strconv.Itoa(int(m.GetCountryCode()))}
	for _, n := range m.GetGeneralDesc().GetPossibleLength() {
		if n < 2 || n > 31 {
			return nil, false
		}
		l.lengths |= 1 << n
		l.longest = max(l.longest, int(n))
	}
	for _, n := range m.GetGeneralDesc().GetPossibleLengthLocalOnly() {
		l.local |= 1 << n
	}
	if e := m.GetInternationalPrefix(); e != "" {
		if l.abroad, ok = newAutomaton(true, []string{e}, nil); !ok {
			return nil, false
		}
	}
	trunk := m.GetNationalPrefixForParsing()
	if rule := m.GetNationalPrefixTransformRule(); rule != "" {
		re, err := regexp.Compile("^(?:" + trunk + ")")
		l.rewriting, l.rewrite = re, []byte(rule)
		return l, err == nil
	}
	if trunk == "" {
		return l, true
	}
	l.trunk, ok = newAutomaton(true, []string{trunk}, nil)
	return l, ok
}

// general tells whether digits match the region's general expression.
func (l *law) general(digits []byte) bool {
	return l.plan.resultOf(digits).general>>l.bit&1 == 1
}

// tooLong tells whether a national number can't have so many digits.
func (l *law) tooLong(n int) bool { return l.local>>n&1 == 0 && n > l.longest }

// international is what stands after the region's international prefix; ok is
// false without one. A calling code can't begin with a zero.
func (l *law) international(digits []byte) (rest []byte, ok bool) {
	if l.abroad == nil {
		return nil, false
	}
	n, ok := l.abroad.prefix(digits)
	if !ok || n < len(digits) && digits[n] == '0' {
		return nil, false
	}
	return digits[n:], true
}

// stripped is digits without the national prefix, unless only what has it is a
// number of the region.
func (l *law) stripped(digits []byte) []byte {
	rest, ok := l.afterTrunk(digits)
	if !ok || l.general(digits) && !l.general(rest) {
		return digits
	}
	return rest
}

// afterTrunk takes the national prefix off; ok is false without one.
func (l *law) afterTrunk(digits []byte) (rest []byte, ok bool) {
	if l.trunk != nil {
		n, ok := l.trunk.prefix(digits)
		return digits[n:], ok
	}
	if l.rewriting == nil || len(digits) == 0 {
		return digits, false
	}
	at := l.rewriting.FindSubmatchIndex(digits)
	if at == nil {
		return digits, false
	}
	if last := at[len(at)-2]; last < 0 {
		return digits[at[1]:], true
	}
	rest = l.rewriting.Expand(nil, l.rewrite, digits, at)
	return append(rest, digits[at[1]:]...), true
}

// national is the national number of digits that stand after a calling code,
// or for the whole.
func (l *law) national(digits []byte) []byte {
	rest := l.stripped(digits)
	if n := len(rest); l.local>>n&1 == 0 && (l.lengths>>n&1 == 1 || n > l.longest) {
		return rest
	}
	return digits
}

// home reads digits that begin with the region's own calling code, without a
// plus; ok is false when they are better read without it.
func (l *law) home(digits []byte) (rest []byte, ok bool) {
	if len(digits) < len(l.code) || string(digits[:len(l.code)]) != l.code {
		return nil, false
	}
	rest = l.stripped(digits[len(l.code):])
	return rest, !l.general(digits) && l.general(rest) || l.tooLong(len(digits))
}

// metadataOf is the metadata of a calling code's regions, the main one first.
func metadataOf(code int) []*phonenumbers.PhoneMetadata {
	all, err := phonenumbers.MetadataCollection()
	if err != nil {
		return nil
	}
	var found []*phonenumbers.PhoneMetadata
	for _, region := range phonenumbers.GetRegionCodesForCountryCode(code) {
		for _, m := range all.GetMetadata() {
			if m.GetId() == region && int(m.GetCountryCode()) == code {
				found = append(found, m)
			}
		}
	}
	return found
}
