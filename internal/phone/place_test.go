package phone

import (
	"testing"

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
	}
}
