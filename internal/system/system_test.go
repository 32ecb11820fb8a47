package system

import (
	"strings"
	"testing"
	"unicode"

	"cleanbase/internal/contact"
)

// letters is a header by its letters alone, as the reader of headers takes it.
func letters(s string) string {
	k := strings.Map(func(r rune) rune {
		if r = unicode.ToLower(r); r == 'ё' {
			r = 'е'
		}
		if !unicode.IsLetter(r) {
			return -1
		}
		return r
	}, s)
	if k == "" {
		return strings.TrimSpace(s)
	}
	return k
}

// TestOneMeaning: no header stands in the general dictionary under two
// meanings, or in one layout.
func TestOneMeaning(t *testing.T) {
	check := func(where string, list []contact.Heading) {
		seen := map[string]contact.Meaning{}
		for _, h := range list {
			if len(h.Headers) == 0 {
				t.Errorf("%s: %v has no headers", where, h.Meaning)
			}
			for _, header := range h.Headers {
				k := letters(header)
				if m, ok := seen[k]; ok && m != h.Meaning {
					t.Errorf("%s: %q means %v and %v", where, header, m, h.Meaning)
				}
				seen[k] = h.Meaning
			}
		}
	}
	check("dictionary", headings())
	for _, l := range layouts() {
		check(l.System+" "+l.Entity+" "+l.Generation, l.Headings)
	}
}

// TestOneWord: no word answers in two ways.
func TestOneWord(t *testing.T) {
	seen := map[string]contact.Word{}
	for word, texts := range Dictionary().Words {
		for _, text := range texts {
			k := strings.ToLower(strings.ReplaceAll(text, "ё", "е"))
			if w, ok := seen[k]; ok && w != word {
				t.Errorf("%q is both %d and %d", text, w, word)
			}
			seen[k] = word
		}
	}
	for text, want := range map[string]contact.Word{"да": contact.WordYes, "+": contact.WordYes, "нет": contact.WordNo, "unsubscribed": contact.WordRefusal, "-": contact.WordBlank, "не подписан": contact.WordLack, "подписан": contact.WordSubscribed} {
		if seen[text] != want {
			t.Errorf("%q is %d", text, seen[text])
		}
	}
}

// TestLayoutsCanBeTold: each layout names itself and can gather enough signs.
func TestLayoutsCanBeTold(t *testing.T) {
	for _, l := range layouts() {
		name := l.System + " " + l.Entity + " " + l.Generation
		if l.System == "" || l.Entity == "" || l.Generation == "" || l.Role == contact.NoRole {
			t.Errorf("%s is not named in full", name)
		}
		signs := map[string]bool{}
		for _, s := range l.Signs {
			signs[letters(s)] = true
		}
		if l.Least == 0 && len(signs)+len(l.Needs) == 0 && len(l.File) > 0 {
			continue // told by the name of its files
		}
		if l.Least < 1 || l.Least > len(signs) || l.Least+len(l.Needs) < 2 {
			t.Errorf("%s: %d of %d signs", name, l.Least, len(signs))
		}
	}
}

func TestPatternsAreWhole(t *testing.T) {
	for _, p := range patterns() {
		for _, entry := range append(append([]string{}, p.With...), p.Without...) {
			for _, stem := range strings.Split(entry, "|") {
				if s := strings.TrimPrefix(stem, "="); len(s) < 2 || strings.ToLower(s) != s || strings.Contains(s, "ё") || strings.Contains(s, "_") {
					t.Errorf("stem %q of %v", stem, p.With)
				}
			}
		}
		if len(p.With) == 0 {
			t.Errorf("a pattern of %v fits everything", p.Meaning)
		}
	}
}

func TestFieldsHaveNames(t *testing.T) {
	for _, f := range contact.Fields() {
		if got, ok := contact.ParseField(f.String()); !ok || got != f {
			t.Errorf("%v is read as %v", f, got)
		}
	}
	if _, ok := contact.ParseField(""); ok {
		t.Error("an empty field has a meaning")
	}
}

func TestLabels(t *testing.T) {
	d := Dictionary()
	for code, names := range d.Countries {
		if len(code) != 2 || len(names) < 2 {
			t.Errorf("country %q: %q", code, names)
		}
	}
	for _, list := range [][]contact.Label{d.Tags, d.Channels, d.Speaks} {
		seen := map[string]bool{}
		for _, l := range list {
			if seen[l.Text] {
				t.Errorf("%q stands twice", l.Text)
			}
			seen[l.Text] = true
		}
	}
}

// TestOneCountry: no name is two countries'.
func TestOneCountry(t *testing.T) {
	all := countries()
	if len(all) < 240 {
		t.Errorf("only %d countries", len(all))
	}
	seen := map[string]string{}
	for code, names := range all {
		for _, name := range names {
			k := strings.ToLower(strings.ReplaceAll(name, "ё", "е"))
			if c, ok := seen[k]; ok && c != code || name == "" {
				t.Errorf("%q is both %s and %s", name, c, code)
			}
			seen[k] = code
		}
	}
}
