package phone

import (
	"bytes"
	"os"
	"testing"

	"cleanbase/internal/contact"
)

// cells is a mix of cells as bases hold them: the file that the environment
// names, a line a cell, or a made-up handful.
func cells(b *testing.B) [][]byte {
	if path := os.Getenv("PHONES"); path != "" {
		text, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		return bytes.Split(bytes.TrimSuffix(text, []byte("\n")), []byte("\n"))
	}
	var all [][]byte
	for _, cell := range []string{"+7 (934) 695-84-91", "8(966)3211271", "89027316434", "+48 512 035 144", "8-985-259-78-99", "9963216286", "79580273428",
		"+7 912 617 61 62", "37251420461", "+998912185831", "8 980 911-81-40 доб. 606", "8-831-415-01-53", "+7 (911) 1__-__-__", "", "0000000000", "8 957 849-26-16; +7 919 825-50-20"} {
		all = append(all, []byte(cell))
	}
	return all
}

func BenchmarkRead(b *testing.B) {
	all, r := cells(b), NewReader()
	var dst []contact.Number
	for _, cell := range all {
		dst = r.Read(dst[:0], cell, "RU")
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		dst = r.Read(dst[:0], all[i], "RU")
		if i++; i == len(all) {
			i = 0
		}
	}
}

// The same numbers by the library alone, as it would be called.
func BenchmarkLibrary(b *testing.B) {
	all := cells(b)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		judgeByLibrary(false, all[i], "RU")
		if i++; i == len(all) {
			i = 0
		}
	}
}

// The first number of a country pays for its tables.
func BenchmarkFirstNumber(b *testing.B) {
	for _, cell := range []string{"+79111234567", "+12015550123", "+442079460958", "+375291234567"} {
		b.Run(cell, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				NewReader().Read(nil, []byte(cell), "RU")
			}
		})
	}
}
