package phone

import (
	"github.com/nyaruka/phonenumbers"

	"cleanbase/internal/contact"
)

// plan is a country calling code's numbering plan: one automaton over the
// national numbers of all its regions.
type plan struct {
	code    contact.Phone
	auto    *automaton
	regions []*phonenumbers.PhoneMetadata
	main    *law
	results []result // a state each
}

// result is what a national number that ends in a state is.
type result struct {
	general uint32                       // the regions whose general expression it matches, a bit each
	kind    phonenumbers.PhoneNumberType // UNKNOWN for an invalid number
	region  uint8                        // the index of its region
}

// The expressions of a region, in the order in which the library asks.
const (
	general = iota
	premium
	tollFree
	sharedCost
	voip
	personal
	pager
	uan
	voicemail
	fixed
	mobile
	leading
	numExpressions
)

// newPlan makes the plan of a calling code. ok is false when the metadata
// holds what the automaton can't tell: then the library is asked.
func newPlan(code int, regions []*phonenumbers.PhoneMetadata) (p *plan, ok bool) {
	p = &plan{code: contact.Phone(code), regions: regions}
	var expressions []string
	for _, m := range regions {
		for i := range numExpressions {
			expressions = append(expressions, expression(m, i))
		}
	}
	if len(regions) == 0 || len(regions) > 32 {
		return nil, false
	}
	p.auto, ok = newAutomaton(false, expressions, nil)
	if !ok {
		return nil, false
	}
	p.auto.made = p.made
	for state := range p.auto.threads {
		p.made(int32(state))
	}
	return p, true
}

// expression is one of a region's expressions, for the whole national number.
func expression(m *phonenumbers.PhoneMetadata, which int) string {
	if which == leading {
		if m.GetLeadingDigits() == "" {
			return ""
		}
		return "(?:" + m.GetLeadingDigits() + ")[0-9]*"
	}
	return description(m, which).GetNationalNumberPattern()
}

func description(m *phonenumbers.PhoneMetadata, which int) *phonenumbers.PhoneNumberDesc {
	switch which {
	case general:
		return m.GetGeneralDesc()
	case premium:
		return m.GetPremiumRate()
	case tollFree:
		return m.GetTollFree()
	case sharedCost:
		return m.GetSharedCost()
	case voip:
		return m.GetVoip()
	case personal:
		return m.GetPersonalNumber()
	case pager:
		return m.GetPager()
	case uan:
		return m.GetUan()
	case voicemail:
		return m.GetVoicemail()
	case fixed:
		return m.GetFixedLine()
	}
	return m.GetMobile()
}

// made works out what a number that ends in a new state is.
func (p *plan) made(state int32) {
	matched := make([]bool, len(p.regions)*numExpressions)
	for _, t := range p.auto.threads[state] {
		if id := p.auto.insts[t].match; id != noWhere {
			matched[id] = true
		}
	}
	res := result{kind: phonenumbers.UNKNOWN}
	for i := range p.regions {
		if matched[i*numExpressions+general] {
			res.general |= 1 << i
		}
	}
	length := int32(p.auto.depth[state])
	for i, m := range p.regions {
		own := matched[i*numExpressions:][:numExpressions]
		kind := kindOf(m, own, length)
		if len(p.regions) > 1 && m.GetLeadingDigits() != "" {
			if !own[leading] {
				continue
			}
		} else if kind == phonenumbers.UNKNOWN {
			continue
		}
		res.kind, res.region = kind, uint8(i)
		break
	}
	p.results = append(p.results, res)
}

// kindOf is the type of a number in a region, given the expressions that it
// matches and its length: the library's getNumberTypeHelper.
func kindOf(m *phonenumbers.PhoneMetadata, matched []bool, length int32) phonenumbers.PhoneNumberType {
	is := func(which int) bool {
		return matched[which] && possible(description(m, which), length)
	}
	if !is(general) {
		return phonenumbers.UNKNOWN
	}
	special := [...]phonenumbers.PhoneNumberType{
		premium: phonenumbers.PREMIUM_RATE, tollFree: phonenumbers.TOLL_FREE, sharedCost: phonenumbers.SHARED_COST,
		voip: phonenumbers.VOIP, personal: phonenumbers.PERSONAL_NUMBER, pager: phonenumbers.PAGER,
		uan: phonenumbers.UAN, voicemail: phonenumbers.VOICEMAIL,
	}
	for which := premium; which <= voicemail; which++ {
		if is(which) {
			return special[which]
		}
	}
	same := m.GetSameMobileAndFixedLinePattern()
	switch {
	case is(fixed) && (same || is(mobile)):
		return phonenumbers.FIXED_LINE_OR_MOBILE
	case is(fixed):
		return phonenumbers.FIXED_LINE
	case !same && is(mobile):
		return phonenumbers.MOBILE
	}
	return phonenumbers.UNKNOWN
}

// possible tells whether numbers of a kind can have a length.
func possible(d *phonenumbers.PhoneNumberDesc, length int32) bool {
	lengths := d.GetPossibleLength()
	for _, l := range lengths {
		if l == length {
			return true
		}
	}
	return len(lengths) == 0
}

// resultOf is what a national number is.
func (p *plan) resultOf(national []byte) result { return p.results[p.auto.run(national)] }
