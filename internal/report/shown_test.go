package report

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestShown(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"контакты 2026-03-01.csv", "контакты 2026-03-01.csv"},
		{"contacts_20260301_120000.csv", "contacts_20260301_120000.csv"},
		{"Чат с +7 911 123-45-67.txt", "Чат с +7 91• •••-••-67.txt"},
		{"79111234567.vcf", "791••••••67.vcf"},
		{"chat_89111234567_79111234568.csv", "chat_891••••••67_791••••••68.csv"},
		{"8 (911) 123-45-67", "8 (91•) •••-••-67"},
		{"9111234567.csv", "911•••••67.csv"},
		{"+441632960961 and +12015550123", "+441•••••••61 and +120••••••23"},
		{"gpj.\u202egnp.csv", "gpj.⟨U+202E⟩gnp.csv"},
		{"a\u200bb\u0007c", "a⟨U+200B⟩b⟨U+0007⟩c"},
		{"a\nb\tc\r", "a b c "},
		{"\xff", "⟨U+FFFD⟩"},
		{strings.Repeat("я", 301), strings.Repeat("я", 299) + "…"},
	} {
		if got := shown(c.in); got != c.want {
			t.Errorf("shown(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// Whatever stands around it and however it is grouped, a phone does not get
// into the page whole.
func TestShownHidesPhones(t *testing.T) {
	whole := regexp.MustCompile(`[0-9](?:[ ()\-.]{0,2}[0-9]){9,}`)
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.StringMatching(`(79|89)[0-9]{9}`).Draw(t, "digits")
		var b strings.Builder
		if rapid.Bool().Draw(t, "plus") {
			b.WriteByte('+')
		}
		for i, d := range digits {
			if i > 0 {
				b.WriteString(rapid.SampledFrom([]string{"", "", " ", "-", " (", ") ", "."}).Draw(t, "sep"))
			}
			b.WriteRune(d)
		}
		name := rapid.StringMatching(`[a-zа-я_ (]{0,8}`).Draw(t, "before") + b.String() + rapid.StringMatching(`[a-zа-я_ .)]{0,8}`).Draw(t, "after")
		if got := shown(name); whole.MatchString(got) {
			t.Fatalf("shown(%q) = %q", name, got)
		}
	})
}

func TestShownIsAlwaysText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		got := shown(string(rapid.SliceOfN(rapid.Byte(), 0, 50).Draw(t, "bytes")))
		if !utf8.ValidString(got) || strings.ContainsFunc(got, shapeless) {
			t.Fatalf("%q", got)
		}
	})
}

func TestSentence(t *testing.T) {
	for _, c := range []struct{ in, name, want string }{
		{"согласие устарело", "", "Согласие устарело."}, {"stop.csv is empty", "stop.csv", "stop.csv is empty."},
		{"is it whole?", "", "Is it whole?"}, {"", "", ""}, {"done.", "", "Done."},
	} {
		if got := sentence(c.in, c.name); got != c.want {
			t.Errorf("sentence(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}
