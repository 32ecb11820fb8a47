package phone

import (
	"strconv"

	"github.com/nyaruka/phonenumbers"

	"cleanbase/internal/contact"
)

// finding is the judgement on a string of digits: the number, and the
// library's type of it. No phone means that no such number is valid.
type finding struct {
	phone contact.Phone
	kind  phonenumbers.PhoneNumberType
}

// judgeByLibrary asks the library about digits, with a plus before them or
// not. It is the last word, and slow.
func judgeByLibrary(plus bool, digits []byte, region string) finding {
	text := string(digits)
	if plus {
		text = "+" + text
	}
	n, err := phonenumbers.Parse(text, region)
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return finding{}
	}
	e164 := strconv.Itoa(int(n.GetCountryCode())) + phonenumbers.GetNationalSignificantNumber(n)
	phone, ok := contact.ParsePhone(e164)
	if !ok {
		return finding{}
	}
	return finding{phone, phonenumbers.GetNumberType(n)}
}

// validShort asks the library for a short number that connects in region.
func validShort(digits []byte, region string) bool {
	value, err := strconv.ParseUint(string(digits), 10, 32)
	code := int32(phonenumbers.GetCountryCodeForRegion(region))
	zero := digits[0] == '0'
	n := &phonenumbers.PhoneNumber{CountryCode: &code, NationalNumber: &value, ItalianLeadingZero: &zero}
	return err == nil && code != 0 && phonenumbers.IsValidShortNumberForRegion(n, region)
}

// Region is what Reader.Region is, where there is no reader at hand: the
// library is asked, a hundred times slower.
func Region(p contact.Phone) string {
	n, err := phonenumbers.Parse(p.String(), "")
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return ""
	}
	return phonenumbers.GetRegionCodeForNumber(n)
}

// Known tells whether there is a country by that ISO 3166-1 alpha-2 code, whose
// national numbers can be read.
func Known(region string) bool { return phonenumbers.GetCountryCodeForRegion(region) != 0 }
