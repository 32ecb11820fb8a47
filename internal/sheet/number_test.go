package sheet

import (
	"math"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestParseFloat: the short way to a number ends where the library's does, bit
// for bit.
func TestParseFloat(t *testing.T) {
	same := func(t interface{ Fatalf(string, ...any) }, text string) {
		want, wantErr := strconv.ParseFloat(text, 64)
		got, err := parseFloat([]byte(text))
		if (err == nil) != (wantErr == nil) || err == nil && math.Float64bits(got) != math.Float64bits(want) {
			t.Fatalf("%q: %v, %v; want %v, %v", text, got, err, want, wantErr)
		}
	}
	for _, text := range []string{"", ".", "0", "5.", ".5", "..", "1.2.3", "-1", "1e3", "9007199254740993", "999999999999999.", "0.00000000000001", "43855.5597222222", "1234567890123456789", "0x1", "1_0", "Inf"} {
		same(t, text)
	}
	texts := rapid.OneOf(rapid.StringMatching(`[0-9]{0,9}\.?[0-9]{0,9}`), rapid.StringMatching(`[0-9.eE+-]{0,20}`))
	rapid.Check(t, func(t *rapid.T) { same(t, texts.Draw(t, "text")) })
}

// TestDays: every day that a sheet can hold is the library's.
func TestDays(t *testing.T) {
	for day := int64(61); day < maxSerial; day++ {
		want := time.Unix((day-25569)*86400, 0).UTC().Format(time.DateOnly)
		if got := string(appendDay(nil, day, false)); got != want {
			t.Fatalf("day %d: %s, want %s", day, got, want)
		}
	}
}
