package phone

import (
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
	say := phonenumbers.GetCarrierForNumber
	if phonenumbers.GetNumberType(n) != phonenumbers.MOBILE {
		say = phonenumbers.GetGeocodingForNumber
	}
	en, _ := say(n, "en") // nothing said is nothing known
	ru, _ := say(n, "ru")
	return contact.T(en, ru)
}
