package phone

import (
	"github.com/nyaruka/phonenumbers"

	"cleanbase/internal/contact"
)

// clerk answers for the library out of automata made from the library's own
// metadata, a country's when it is first met, and hands over to the library
// what it has none for. It agrees with the library on every string of digits:
// the differential tests hold it to that.
type clerk struct {
	codes   [1000]*desk // by calling code, nil when not met yet
	regions map[string]*law
	region  string // the last one asked for
	law     *law
}

// desk is what is known of a calling code: that it is none, that only the
// library can tell, or its plan.
type desk struct {
	exists bool
	plan   *plan
	laws   []*law // a region each
}

// judge says what number the digits are, with a plus before them or not. It is
// judgeByLibrary, sooner.
func (c *clerk) judge(plus bool, digits []byte, region string) finding {
	own, handOver := c.lawOf(region)
	if handOver || len(digits) > maxDigits {
		return judgeByLibrary(plus, digits, region)
	}
	foreign, rest := plus, digits
	if !plus {
		if own == nil {
			return finding{}
		}
		rest, foreign = own.international(digits)
	}
	if !foreign {
		if rest, ok := own.home(digits); ok {
			return own.plan.main.finding(rest)
		}
		return own.finding(digits)
	}
	code := c.callingCode(rest)
	if len(rest) <= 2 || code == 0 && !plus {
		return finding{}
	}
	d := c.codes[code]
	if code == 0 || d.plan == nil {
		return judgeByLibrary(plus, digits, region)
	}
	return d.plan.main.finding(rest[codeLength(code):])
}

// finding judges what stands after a calling code or for the whole.
func (l *law) finding(digits []byte) finding {
	if len(digits) < phonenumbers.MIN_LENGTH_FOR_NSN {
		return finding{}
	}
	digits = l.national(digits)
	if n := len(digits) + len(l.code); n < minNumber || n > maxE164 {
		return finding{}
	}
	res := l.plan.resultOf(digits)
	if res.kind == phonenumbers.UNKNOWN {
		return finding{}
	}
	p := l.plan.code
	for _, d := range digits {
		p = p*10 + contact.Phone(d-'0')
	}
	return finding{p, res.kind}
}

// callingCode is the country calling code that digits begin with, or 0.
func (c *clerk) callingCode(digits []byte) int {
	code := 0
	for i := range min(phonenumbers.MAX_LENGTH_COUNTRY_CODE, len(digits)) {
		code = code*10 + int(digits[i]-'0')
		if code == 0 {
			return 0
		}
		d := c.codes[code]
		if d == nil {
			d = newDesk(code)
			c.codes[code] = d
		}
		if d.exists {
			return code
		}
	}
	return 0
}

// isCode tells whether digits are a calling code and nothing else.
func (c *clerk) isCode(digits []byte) bool {
	code := c.callingCode(digits)
	return code != 0 && codeLength(code) == len(digits)
}

func codeLength(code int) int {
	switch {
	case code < 10:
		return 1
	case code < 100:
		return 2
	}
	return 3
}

// lawOf is the law of a region, nil for one that the library does not know.
// handOver is true when only the library can tell.
func (c *clerk) lawOf(region string) (l *law, handOver bool) {
	if c.law != nil && c.region == region {
		return c.law, false
	}
	l, known := c.regions[region]
	if !known {
		code := phonenumbers.GetCountryCodeForRegion(region)
		if code == 0 {
			return nil, false
		}
		l = c.newLawOf(region, code)
	}
	c.law, c.region = l, region
	return l, l == nil
}

// newLawOf finds a region's law at the desk of its calling code, and keeps it.
func (c *clerk) newLawOf(region string, code int) *law {
	if c.codes[code] == nil {
		c.codes[code] = newDesk(code)
	}
	if c.regions == nil {
		c.regions = map[string]*law{}
	}
	d := c.codes[code]
	c.regions[region] = nil
	if d.plan != nil {
		for i, m := range d.plan.regions {
			if m.GetId() == region {
				c.regions[region] = d.laws[i]
			}
		}
	}
	return c.regions[region]
}

// newDesk makes all that can be known of a calling code.
func newDesk(code int) *desk {
	if phonenumbers.GetRegionCodesForCountryCode(code) == nil {
		return new(desk)
	}
	d := &desk{exists: true}
	p, ok := newPlan(code, metadataOf(code))
	if !ok {
		return d
	}
	for i := range p.regions {
		l, ok := newLaw(p, i)
		if !ok {
			return d
		}
		d.laws = append(d.laws, l)
	}
	p.main, d.plan = d.laws[0], p
	return d
}

// regionOf is the region of a valid number. ok is false when only the library
// can tell.
func (c *clerk) regionOf(digits []byte) (region string, ok bool) {
	code := c.callingCode(digits)
	if code == 0 {
		return "", true
	}
	p := c.codes[code].plan
	if p == nil {
		return "", false
	}
	res := p.resultOf(p.main.national(digits[codeLength(code):]))
	if res.kind == phonenumbers.UNKNOWN {
		return "", true
	}
	return p.regions[res.region].GetId(), true
}
