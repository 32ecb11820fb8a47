package phone

import (
	"math/rand/v2"
	"testing"

	"github.com/nyaruka/phonenumbers"

	"cleanbase/internal/contact"
)

func TestCountry(t *testing.T) {
	for code, want := range map[string]contact.Text{"RU": contact.T("Russia", "Россия"), "KZ": contact.T("Kazakhstan", "Казахстан"), "001": contact.T("001", "001"), "": {}} {
		if got := Country(code); got != want {
			t.Errorf("%s: %v", code, got)
		}
	}
}

func TestOperator(t *testing.T) {
	for number, want := range map[contact.Phone]contact.Text{
		79261234567: contact.T("MegaFon", "МегаФон"), 79031234567: contact.T("Beeline", "Билайн"), 79110000001: {}, // not in the table
		78123334455: contact.T("St Petersburg", "г. Санкт-Петербург"), 14155552671: contact.T("San Francisco, CA", "San Francisco, CA"), 5: {}, 0: {},
	} {
		if got := Operator(number); got != want {
			t.Errorf("%d: %v, want %v", number, got, want)
		}
		if got := NewReader().Operator(number); got != want {
			t.Errorf("%d by a reader: %v, want %v", number, got, want)
		}
	}
}

// A reader says the same of every country's numbers as the library does.
func TestOperatorByReader(t *testing.T) {
	random, r := rand.New(rand.NewPCG(1, 2)), NewReader()
	for region := range phonenumbers.GetSupportedRegions() {
		for _, kind := range []phonenumbers.PhoneNumberType{phonenumbers.MOBILE, phonenumbers.FIXED_LINE, phonenumbers.TOLL_FREE} {
			example := phonenumbers.GetExampleNumberForType(region, kind)
			if example == nil {
				continue
			}
			text := []byte(phonenumbers.Format(example, phonenumbers.E164)[1:])
			for range 20 {
				for i := 1 + random.IntN(len(text)); i < len(text); i++ {
					text[i] = byte('0' + random.IntN(10))
				}
				p, _ := contact.ParsePhone(string(text))
				if got, want := r.Operator(p), Operator(p); got != want {
					t.Errorf("%s %d: %v, want %v", region, p, got, want)
				}
			}
		}
	}
}
