package intake

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// The short way of reading a date says what the long way says.
func TestLawPlainDates(t *testing.T) {
	moscow, err := time.LoadLocation("Europe/Moscow")
	if err != nil {
		t.Fatal(err)
	}
	zone := rapid.SampledFrom([]*time.Location{nil, time.UTC, moscow})
	digit := rapid.SampledFrom([]byte("0123456789"))
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(rapid.SampledFrom([]string{"2024-05-31", "2024-05-31 12:00:59", "1990-01-01 00:00:00", "2099-12-31 24:59:60", "0000-02-30"}).Draw(t, "like"))
		for range rapid.IntRange(0, 4).Draw(t, "changes") {
			at := rapid.IntRange(0, len(text)-1).Draw(t, "at")
			if isDigit(text[at]) || rapid.IntRange(0, 9).Draw(t, "mark") == 0 {
				text[at] = digit.Draw(t, "digit")
			}
		}
		d := dating{order: order(rapid.IntRange(0, 2).Draw(t, "order")), zone: zone.Draw(t, "zone")}
		s, short := d.plain(text)
		want, ok, whole := d.any(text)
		if short && (s != want || !ok || !whole) {
			t.Fatalf("%s: %v, the long way %v %v %v", text, s, want, ok, whole)
		}
	})
}

// The short way of reading an e-mail finds what the long way finds.
func TestLawPlainEmails(t *testing.T) {
	piece := rapid.SampledFrom([]string{"a", "Anna", "7", ".", "..", "-", "_", "@", "mail", "mailto:", "example", "no", "test", ".ru", ".com", "c.us", "+", " ", ";", "ё", ":", "'", "?x"})
	rapid.Check(t, func(t *rapid.T) {
		cell := ""
		for range rapid.IntRange(0, 7).Draw(t, "pieces") {
			cell += piece.Draw(t, "piece")
		}
		var got, want []string
		emails(nil, []byte(cell), func(mail []byte) { got = append(got, string(mail)) })
		anyEmails(nil, []byte(cell), func(mail []byte) { want = append(want, string(mail)) })
		if !slices.Equal(got, want) {
			t.Fatalf("%q: %q, the long way %q", cell, got, want)
		}
	})
}
