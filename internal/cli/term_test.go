package cli

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cleanbase/internal/contact"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		in, want string
		width    int
	}{
		{"one two three", "one two three", 0},
		{"one two three", "one two\n  three", 7},
		{"  one two three\nfour", "  one two\n    three\nfour", 9},
		{"averyveryverylongpath x", "averyveryverylongpath\n  x", 10},
		{"один два три", "один два\n  три", 8},
		{"\x1b[31mone\x1b[0m two", "\x1b[31mone\x1b[0m two", 7},
		{"", "", 5},
	} {
		if got := wrap(c.in, c.width); got != c.want {
			t.Errorf("wrap(%q, %d) = %q, want %q", c.in, c.width, got, c.want)
		}
	}
}

// Wrapping loses no word, and no line is longer than the terminal but for a
// word that is.
func TestWrapLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`( {0,4}[a-zя]{1,12}){0,20}`).Draw(t, "text")
		width := rapid.IntRange(20, 60).Draw(t, "width")
		got := wrap(text, width)
		if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(text), " ") {
			t.Fatalf("%q became %q", text, got)
		}
		for _, line := range strings.Split(got, "\n") {
			if seen(strings.TrimRight(line, " ")) > width && strings.Contains(strings.TrimSpace(line), " ") {
				t.Fatalf("%q is longer than %d", line, width)
			}
		}
	})
}

func TestTable(t *testing.T) {
	var b strings.Builder
	p := printer{w: &b, l: contact.RU}
	p.table([][]string{{"  clean", "1\u00a0250", "можно писать"}, {"  hold", "4", "должен посмотреть человек"}, {"  нет", "?", ""}})
	want := "  clean  1\u00a0250  можно писать\n  hold       4  должен посмотреть человек\n  нет        ?\n"
	if b.String() != want {
		t.Errorf("%q", b.String())
	}
	b.Reset()
	p.width = 20
	p.table([][]string{{"a", "one two three four five"}})
	if got := b.String(); got != "a  one two three\n   four five\n" {
		t.Errorf("%q", got)
	}
}

// Colour only on a terminal, and never against NO_COLOR (no-color.org).
func TestNoColor(t *testing.T) {
	for _, c := range []struct {
		columns int
		env     map[string]string
		want    bool
	}{
		{80, nil, true}, {80, map[string]string{"NO_COLOR": ""}, true}, {80, map[string]string{"NO_COLOR": "1"}, false},
		{80, map[string]string{"NO_COLOR": "0"}, false}, {80, map[string]string{"TERM": "dumb"}, false}, {0, nil, false}, {-1, nil, false},
	} {
		var b strings.Builder
		a := &App{Stdout: &b, Columns: c.columns, Env: func(k string) string { return c.env[k] }}
		p := a.printer(contact.EN)
		p.finding(&contact.Finding{Level: "stop", Say: contact.T("so", "так")})
		if got := strings.Contains(b.String(), "\x1b"); got != c.want || !strings.Contains(b.String(), "STOP") {
			t.Errorf("%+v: %q", c, b.String())
		}
	}
}

// Plural forms as people say them.
func TestMany(t *testing.T) {
	for n, want := range map[int64]string{0: "0 контактов", 1: "1 контакт", 2: "2 контакта", 5: "5 контактов", 11: "11 контактов", 21: "21 контакт", 1000: "1\u00a0000 контактов", 1022: "1\u00a0022 контакта"} {
		if got := contact.Many(n, "contact", "contacts", "контакт", "контакта", "контактов").In(contact.RU); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := contact.Many(1000000, "contact", "contacts", "", "", "").In(contact.EN); got != "1,000,000 contacts" {
		t.Error(got)
	}
}
