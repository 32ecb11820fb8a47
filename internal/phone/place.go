package phone

import (
	"strconv"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"cleanbase/internal/contact"
)

// Country is what people call a region that Reader.Region gave; the code itself
// where it is no country's.
func Country(region string) contact.Text {
	r, err := language.ParseRegion(region)
	if err != nil || !r.IsCountry() {
		return contact.T(region, region)
	}
	return contact.T(display.Regions(language.English).Name(r), display.Regions(language.Russian).Name(r))
}

// Operator is whom a mobile number's range was given to, or, of a number that
// is not surely mobile, the place that it belongs to. The source is the
// library's table of prefixes; it knows of no change of operator since, and
// about half of Russia's ranges. Empty when it does not say.
func Operator(p contact.Phone) contact.Text {
	n, err := phonenumbers.Parse(p.String(), "")
	if err != nil {
		return contact.Text{}
	}
	return operatorOf(n, phonenumbers.GetNumberType(n))
}

// Operator is what the function Operator is, several times as fast: a large
// base has tens of thousands of ranges to ask about.
func (r *Reader) Operator(p contact.Phone) contact.Text {
	if p == 0 || p > contact.MaxPhone {
		return contact.Text{}
	}
	digits := strconv.AppendUint(r.plain[:0], uint64(p), 10)
	code := r.clerk.callingCode(digits)
	if code == 0 || r.clerk.codes[code].plan == nil {
		return Operator(p)
	}
	plan, national := r.clerk.codes[code].plan, digits[codeLength(code):]
	if len(national) < phonenumbers.MIN_LENGTH_FOR_NSN || national[0] == '0' || len(plan.main.national(national)) != len(national) {
		return Operator(p)
	}
	value, err := strconv.ParseUint(string(national), 10, 64)
	if err != nil {
		return Operator(p)
	}
	country := int32(code)
	return operatorOf(&phonenumbers.PhoneNumber{CountryCode: &country, NationalNumber: &value}, plan.resultOf(national).kind)
}

func operatorOf(n *phonenumbers.PhoneNumber, kind phonenumbers.PhoneNumberType) contact.Text {
	say := phonenumbers.GetCarrierForNumber
	if kind != phonenumbers.MOBILE {
		say = phonenumbers.GetGeocodingForNumber
	}
	en, _ := say(n, "en") // nothing said is nothing known
	ru, _ := say(n, "ru")
	return contact.T(en, ru)
}
