package phone

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"pgregory.net/rapid"

	"cleanbase/internal/contact"
)

func supportedRegions() []string {
	var all []string
	for region := range phonenumbers.GetSupportedRegions() {
		all = append(all, region)
	}
	slices.Sort(all)
	return all
}

// On a string that is plainly one number we say what the library says.
func TestWellFormedIsTheLibrarysWord(t *testing.T) {
	regions := supportedRegions()
	r := NewReader()
	rapid.Check(t, func(t *rapid.T) {
		region := rapid.SampledFrom(regions).Draw(t, "region")
		example := phonenumbers.GetExampleNumberForType(region, phonenumbers.PhoneNumberType(rapid.IntRange(0, 10).Draw(t, "type")))
		if example == nil {
			t.Skip("no number of that type")
		}
		format := phonenumbers.PhoneNumberFormat(rapid.IntRange(0, 2).Draw(t, "format"))
		text := phonenumbers.Format(example, format)
		n, err := phonenumbers.Parse(text, region)
		if err != nil || !phonenumbers.IsValidNumber(n) || onlyPhone(n) == 0 {
			t.Skip("the library does not read its own writing, or it has under seven digits")
		}
		got := r.Read(nil, []byte(text), region)
		want := status(finding{onlyPhone(n), phonenumbers.GetNumberType(n)})
		if len(got) != 1 || got[0] != want {
			t.Fatalf("%q in %s: got %v, want %v", text, region, written(got), written([]contact.Number{want}))
		}
	})
}

func onlyPhone(n *phonenumbers.PhoneNumber) contact.Phone {
	p, _ := contact.ParsePhone(phonenumbers.Format(n, phonenumbers.E164))
	return p
}

// messy draws text made of what cells are made of.
func messy() *rapid.Generator[string] {
	bit := rapid.OneOf(
		rapid.StringMatching(`\+?[78]?[ (-]?9[0-9]{2}[ )-]?[0-9]{3}[ .-]?[0-9]{2}-?[0-9]{2}`),
		rapid.StringMatching(`[0-9]{1,12}`),
		rapid.StringMatching(`\+[1-9][0-9]{9,12}`),
		rapid.SampledFrom([]string{" ", " ", "-", ".", ",", ";", "/", "(", ")", "+", "\n", "доб. ", "x", "#", "_", "*", ".0", ",0", "E+10", "О", "l",
			"<br>", "&nbsp;", "@c.us", "@mail.ru", "wa.me/", "https://", "tel:", "Иван", "\u200e", "\u00a0", "８", "1) ", "или", "<", "&#43;", "\xff", "id"}),
	)
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(bit, 0, 8).Draw(t, "bits"), "")
	})
}

func TestLaws(t *testing.T) {
	used := NewReader()
	regions := append(supportedRegions(), "", "ZZ", "ru")
	rapid.Check(t, func(t *rapid.T) {
		cell := messy().Draw(t, "cell")
		region := rapid.OneOf(rapid.Just("RU"), rapid.SampledFrom(regions)).Draw(t, "region")
		checkLaws(t, used, cell, region)
	})
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// checkLaws holds one cell against what every reading must fulfil.
func checkLaws(t failer, used *Reader, cell, region string) {
	t.Helper()
	given := []byte(cell)
	got := used.Read(nil, given, region)
	if string(given) != cell {
		t.Fatalf("%q was changed", cell)
	}
	if fresh := NewReader().Read(nil, given, region); !slices.Equal(fresh, got) {
		t.Fatalf("%q in %s: %s at first, %s later", cell, region, written(fresh), written(got))
	}
	if !strings.ContainsFunc(cell, func(r rune) bool { return r == '@' || r == '/' || r == '<' || r == '&' }) &&
		strings.ContainsAny(cell, "0123456789") && len(got) == 0 {
		t.Fatalf("%q in %s: has digits, but no number nor a reason", cell, region)
	}
	if len(got) > 1+len(cell)/minNumber {
		t.Fatalf("%q in %s: %d numbers", cell, region, len(got))
	}
	for _, n := range got {
		checkNumber(t, used, n, cell)
	}
}

// checkNumber holds one number of a cell against the library and itself.
func checkNumber(t failer, used *Reader, n contact.Number, cell string) {
	t.Helper()
	if n.Phone == 0 {
		if n.Status == contact.NumberOK || n.Status == contact.NumberNotMobile || n.Status == contact.NumberPlaceholder {
			t.Fatalf("%q: status %d without a number", cell, n.Status)
		}
		return
	}
	e164 := n.Phone.String()
	parsed, err := phonenumbers.Parse(e164, "")
	if err != nil || !phonenumbers.IsValidNumber(parsed) || phonenumbers.Format(parsed, phonenumbers.E164) != e164 {
		t.Fatalf("%q: %s is not valid for the library", cell, e164)
	}
	again := used.Read(nil, []byte(e164), "RU")
	if len(again) != 1 || again[0].Phone != n.Phone || n.Status != contact.NumberAmbiguous && again[0] != n {
		t.Fatalf("%q: %s reads as %s", cell, written([]contact.Number{n}), written(again))
	}
}

func TestRegion(t *testing.T) {
	r := NewReader()
	for p, want := range map[contact.Phone]string{79111234567: "RU", 77011234567: "KZ", 375291234567: "BY", 12015550123: "US", 80012345678: "001", 123: "", 0: "", 79: ""} {
		if got := r.Region(p); got != want || Region(p) != want {
			t.Errorf("region of %d: %q and %q, want %q", p, got, Region(p), want)
		}
	}
	for _, text := range exampleNumbers() {
		if p, ok := contact.ParsePhone(text); ok && r.Region(p) != Region(p) {
			t.Errorf("region of %d: %q, the library says %q", p, r.Region(p), Region(p))
		}
	}
}

func TestReadAllocatesNothing(t *testing.T) {
	var read contact.ReadNumbers = NewReader().Read
	dst := make([]contact.Number, 0, 8)
	for _, cell := range []string{"8 (911) 123-45-67", "89111234567; 8 912 123-45-67", "8 (495) 123-45-67 доб. 12", "79111234567.0", "Иван +375 29 123 45 67",
		"7,9111234567E+10", "1) 89111234567 2) 89121234567", "+7 (911) 1__-__-__", "79111234567@c.us", "https://wa.me/79111234567"} {
		text := []byte(cell)
		if n := testing.AllocsPerRun(100, func() { dst = read(dst[:0], text, "RU") }); n != 0 {
			t.Errorf("%q: %v allocations", cell, n)
		}
	}
}

// The short way for plain cells answers nothing that the long way would not.
func TestPlainWayIsTheLongWay(t *testing.T) {
	r := NewReader()
	rapid.Check(t, func(t *rapid.T) {
		cell := []byte(rapid.StringMatching(`['\t]?\+?[0-9 ()-]{5,18}`).Draw(t, "cell"))
		region := rapid.SampledFrom([]string{"RU", "KZ", "BY", "DE", "US", "EE", ""}).Draw(t, "region")
		r.region = region
		n, ok := r.readPlain(cell)
		if !ok {
			return
		}
		r.scan.run(cell)
		r.out = nil
		r.resolve()
		if len(r.out) != 1 || r.out[0] != n {
			t.Fatalf("%q in %s: %s, the long way %s", cell, region, written([]contact.Number{n}), written(r.out))
		}
	})
}

// Cells of nothing but what the scanner looks ahead for end in good time.
func TestLongCells(t *testing.T) {
	for _, bit := range []string{"<", "&", "@a", "1 ", "8911 ", "89111234567 ", "1E+10", "+", "http://", "1/", "a@b ", "O", "1) "} {
		cell := bytes.Repeat([]byte(bit), 1<<16/len(bit))
		NewReader().Read(nil, cell, "RU")
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"8 (911) 123-45-67", "8911123456.0", "7,9111234567E+10", "+8 911 123 45 67", "79111234567@c.us", "1) 89111234567 2) 89121234567",
		"<b>+7</b>&nbsp;(911) 123-45-67<br>", "8 (911) I23-45-67", "01.02.2023 89111234567", "79,111,234,567.00", "+7 (911) 1__-__-__", "wa.me/79111234567"} {
		f.Add(seed, "RU")
	}
	used := NewReader()
	f.Fuzz(func(t *testing.T, cell, region string) { checkLaws(t, used, cell, region) })
}
