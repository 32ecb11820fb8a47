package refusal

import (
	"testing"

	"cleanbase/internal/contact"
)

// TestExamples holds every rule to its own examples.
func TestExamples(t *testing.T) {
	r := newReader(t, Options{})
	for _, rule := range Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			if rule.About == "" || len(rule.Yes) == 0 {
				t.Error("a rule says what it is about and gives an example")
			}
			class := effectClass[min(rule.Effect, Note)]
			for _, text := range rule.Yes {
				checkYes(t, r, rule, class, text)
			}
			for _, text := range rule.Maybe {
				if got := r.Read(text); strongest(got) != contact.SaysUnsure {
					t.Errorf("must be unsure about %q: %v", text, got)
				}
			}
			for _, text := range rule.No {
				checkNo(t, r, rule, class, text)
			}
		})
	}
}

func checkYes(t *testing.T, r *Reader, rule Rule, class contact.Class, text string) {
	t.Helper()
	switch {
	case rule.Effect == Note:
		if len(r.ReadNote(text)) == 0 {
			t.Errorf("must note %q", text)
		}
	case rule.Effect > Note:
		if got := r.Read(text); strongest(got) > contact.SaysUnsure {
			t.Errorf("must take %q away: %v", text, got)
		}
	default:
		if got := r.Read(text); !hasClass(got, class) {
			t.Errorf("must fire on %q: %v", text, got)
		}
	}
}

func checkNo(t *testing.T, r *Reader, rule Rule, class contact.Class, text string) {
	t.Helper()
	got := r.Read(text)
	if rule.Effect > Note {
		if strongest(got) < contact.SaysUnsure {
			t.Errorf("must leave %q alone", text)
		}
		return
	}
	for _, f := range got {
		if f.Rule == rule.ID && f.Class >= class {
			t.Errorf("must not fire on %q: %v", text, got)
		}
	}
}

func hasClass(found []contact.Reading, class contact.Class) bool {
	for _, f := range found {
		if f.Class == class {
			return true
		}
	}
	return false
}
