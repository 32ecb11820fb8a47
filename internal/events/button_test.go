package events_test

import (
	"testing"

	"pgregory.net/rapid"

	"cleanbase/internal/contact"
	"cleanbase/internal/events"
)

// pressed is what a press on a button comes to, where the words say what class says.
func pressed(text, button string, class contact.Class, way contact.Direction) (kinds []contact.EvidenceKind, quote string) {
	j := events.NewJoiner(events.Options{ReadMessage: func(string, contact.Moment) []contact.Reading {
		if class == 0 {
			return nil
		}
		return []contact.Reading{{Class: class, Rule: "x"}}
	}})
	j.Add(contact.Message{System: "whatsapp", ID: "w1", Who: who(anna), Channel: contact.WhatsApp, Direction: way, At: at("2026-11-10 08:00:00"), Text: text, Button: button})
	j.Evidence(func(e contact.Evidence) {
		if e.Kind != contact.Inbound {
			kinds, quote = append(kinds, e.Kind), e.Quote
		}
	})
	return kinds, quote
}

// The company's own name for a button tells a refusal where its words do not:
// as a whole word of nothing else, and never against the words.
func TestButtons(t *testing.T) {
	for _, id := range []string{"STOP", "stop", " Stop ", "STOPALL", "stop_all", "unsubscribe", "UNSUBSCRIBE_ME", "opt_out", "opt-out", "OptOut", "optout", "marketing_opt_out", "btn_stop", "stop:12345",
		`{"action":"unsubscribe"}`, "Stop promotions", "stopPromotions", "отписаться", "Отписка", "СТОП", "отписаться_от_рассылки", "unsubscribe-confirm", "UNSUB", "отказ_от_рассылки", "btn-OPTOUT-1"} {
		if kinds, quote := pressed("Ок", id, 0, contact.In); len(kinds) != 1 || kinds[0] != contact.OptOut || quote != "Ок ["+id+"]" {
			t.Errorf("%q: %v %q", id, kinds, quote)
		}
	}
	for _, id := range []string{"", "p", "ok", "1", "all", "bus_stop", "non_stop", "nonstop_delivery", "dont_stop", "no_unsubscribe", "stop_no", "stop_order", "stopwatch", "stopped", "desktop", "undo_unsubscribe", "opt_in", "out", "opt",
		"out_opt", "resubscribe", "отписаться_нет", "стопка", "стоп_кран", "не_отписываться", "подписаться", "Не отписываться", `{"action":"stop","item":"taxi"}`, "stop_cart_reminder", "отказ", "no thanks"} {
		if kinds, _ := pressed("Ок", id, 0, contact.In); kinds != nil {
			t.Errorf("%q: %v", id, kinds)
		}
	}
	for class, want := range map[contact.Class]contact.EvidenceKind{contact.SaysSubscribe: contact.OptIn, contact.SaysComplaint: contact.Complaint, contact.SaysRefusal: contact.OptOut} {
		if kinds, quote := pressed("…", "stop", class, contact.In); len(kinds) != 1 || kinds[0] != want || quote != "…" {
			t.Errorf("the words say %v: %v %q", want, kinds, quote)
		}
	}
	if kinds, _ := pressed("", "stop", 0, contact.In); len(kinds) != 1 || kinds[0] != contact.OptOut {
		t.Errorf("a button without words: %v", kinds)
	}
	if kinds, _ := pressed("Может быть", "stop", contact.SaysUnsure, contact.In); len(kinds) != 2 || kinds[0] != contact.OptOut && kinds[1] != contact.OptOut {
		t.Errorf("in doubt: %v", kinds)
	}
	if kinds, _ := pressed("Ок", "stop", 0, contact.NoDirection); len(kinds) != 1 || kinds[0] != contact.Unsure {
		t.Errorf("pressed in a group: %v", kinds)
	}
}

// A word that is longer than one of ours, or another word beside it, is the
// company's own business.
func TestLawForeignButtonsSayNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		own := rapid.SampledFrom([]string{"stop", "unsubscribe", "optout", "стоп"}).Draw(t, "own")
		more := rapid.StringMatching(`[bcdfghjkmqvxz]{2,8}`).Draw(t, "more")
		by := rapid.SampledFrom([]string{"", "_", "-", " ", ":"}).Draw(t, "by")
		for _, id := range []string{own + by + more, more + by + own} {
			if kinds, _ := pressed("Ок", id, 0, contact.In); kinds != nil {
				t.Fatalf("%q: %v", id, kinds)
			}
		}
	})
}
