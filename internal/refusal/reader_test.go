package refusal

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"cleanbase/internal/contact"
	"pgregory.net/rapid"
)

func TestSpellings(t *testing.T) {
	r := newReader(t, Options{})
	for _, text := range []string{
		"не пишите мне", "НЕ ПИШИТЕ МНЕ", "Нe пишитe мнe", "HE пишите MHE", "не\u00a0пишите\u200b мне", "н е п и ш и т е",
		"непишите мне", "не пиши\u0301те мне", "не пишитте мнее", "ne pishite mne", "Ne pishite mne!", "не-пишите мне",
		"не, пожалуйста, пишите мне", "🙏 не пишите мне 🙏", "ｎｅ ｐｉｓｈｉｔｅ ｍｎｅ", "не пишите мне(((", "не пешите мне", "не пишитe мне",
		"Стоп", "СТОООП", "Cтоп", "CTOП", "с т о п", "с.т.о.п", "ст0п", "«стоп»", "стоп\ufe0f!", "\tстоп\n", "Sтоп",
		"unsubscribe", "UN-SUBSCRIBE", "u n s u b s c r i b e", "unsubscribе", "𝐬𝐭𝐨𝐩", "ＳＴＯＰ",
		"отпишите", "Отпишите!!!", "отпшите меня", "отпишитее меня", "otpishite menya", "отп*шите меня",
	} {
		if got := r.Read(text); strongest(got) != contact.SaysRefusal {
			t.Errorf("%q reads %v", text, got)
		}
	}
}

func TestStopWords(t *testing.T) {
	r := newReader(t, Options{})
	// Twilio, CTIA, AWS and 47 CFR 64.1200(a)(10), each as the whole message.
	for _, word := range []string{"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "optout", "opt-out", "opt out", "revoke", "arret", "arrêt", "remove", "td"} {
		for _, text := range []string{word, strings.ToUpper(word), " " + word + ".", word + "!"} {
			if got := r.Read(text); strongest(got) != contact.SaysRefusal {
				t.Errorf("%q reads %v", text, got)
			}
		}
	}
	for _, word := range []string{"start", "unstop", "START"} {
		if got := r.Read(word); strongest(got) != contact.SaysSubscribe {
			t.Errorf("%q reads %v", word, got)
		}
	}
}

func TestBothReadings(t *testing.T) {
	r := newReader(t, Options{})
	got := r.Read("Не пишите мне больше, иначе пожалуюсь в ФАС")
	if len(got) != 2 || got[0].Class != contact.SaysComplaint || got[1].Class != contact.SaysRefusal {
		t.Errorf("want a complaint and a refusal, got %v", got)
	}
}

func TestSpan(t *testing.T) {
	r := newReader(t, Options{})
	text := "Добрый день! Не пишите мне больше. Спасибо"
	got := r.Read(text)
	if len(got) != 1 || !strings.Contains(text[got[0].Start:got[0].End], "пишите") {
		t.Errorf("span of %v", got)
	}
}

func TestSigns(t *testing.T) {
	from := contact.At(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
	to := contact.At(time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC))
	r := newReader(t, Options{Signs: []Sign{{Text: "0"}, {Text: "👎"}, {Text: "Хватит с меня"}, {Text: "1", From: from, To: to}}})
	during := contact.At(time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC))
	before := contact.At(time.Date(2025, 4, 1, 0, 0, 0, 0, time.UTC))
	after := contact.OnDay(2026, 7, 1)
	for _, c := range []struct {
		text string
		at   contact.Moment
		want contact.Class
	}{
		{"0", 0, contact.SaysRefusal}, {" 0. ", before, contact.SaysRefusal}, {"0️⃣", 0, contact.SaysRefusal}, {"«0»", 0, contact.SaysRefusal},
		{"👎", 0, contact.SaysRefusal}, {"👎🏿", 0, contact.SaysRefusal}, {"👎\ufe0f!", 0, contact.SaysRefusal}, {"👎👎👎", 0, contact.SaysRefusal},
		{"ХВАТИТ, с меня!", 0, contact.SaysRefusal},
		{"1", during, contact.SaysRefusal}, {"1", before, contact.SaysNone}, {"1", after, contact.SaysNone}, {"1", 0, contact.SaysUnsure},
		{"1", contact.OnDay(2026, 6, 1), contact.SaysRefusal},
		{"00", 0, contact.SaysNone}, {"10", 0, contact.SaysNone}, {"0 1", 0, contact.SaysNone}, {"+0", 0, contact.SaysNone}, {"👍", 0, contact.SaysNone},
		{"0 шт", 0, contact.SaysNone}, {"мне 0", 0, contact.SaysNone}, {"", 0, contact.SaysNone}, {"...", 0, contact.SaysNone}, {"👎 доставка", 0, contact.SaysNone},
	} {
		got := r.ReadAt(c.text, c.at)
		if strongest(got) != c.want {
			t.Errorf("%q at %v reads %v", c.text, c.at, got)
		}
		if c.want >= contact.SaysUnsure && got[0].Rule != SignRule {
			t.Errorf("%q: rule %q", c.text, got[0].Rule)
		}
	}
	if got := newReader(t, Options{}).Read("👎"); got != nil {
		t.Errorf("without an agreement 👎 is nothing: %v", got)
	}
	for _, bad := range []string{"", " . ", strings.Repeat("длинно", 20)} {
		var fault *contact.Fault
		if _, err := New(Options{Signs: []Sign{{Text: bad}}}); !errors.As(err, &fault) {
			t.Errorf("sign %q: %v", bad, err)
		}
	}
}

func TestOurLines(t *testing.T) {
	ours := "Больше не хотите получать наши сообщения? Напишите СТОП"
	r := newReader(t, Options{OurLines: []string{ours, "стоп"}})
	for text, want := range map[string]contact.Class{
		ours: contact.SaysNone,
		strings.ToUpper(ours) + "\nДа, хочу заказать": contact.SaysNone,
		ours + "\nСТОП":              contact.SaysRefusal,
		"стоп":                       contact.SaysRefusal,
		ours + "\nне пишите мне":     contact.SaysRefusal,
		"> не пишите мне\nа это кто": contact.SaysNone,
	} {
		if got := r.Read(text); strongest(got) != want {
			t.Errorf("%q reads %v", text, got)
		}
	}
}

func TestNotes(t *testing.T) {
	r := newReader(t, Options{})
	for _, note := range []string{"просил не писать", "жаловался", "не беспокоить до мая", "НЕ ЗВОНИТЬ!", "в ЧС", "отписан", "отказ от рассылки",
		"do not contact", "грозился судом", "клиент просит не беспокоить", "не пишем", "стоп", "спам", "неадекват"} {
		if got := r.ReadNote(note); len(got) != 1 || got[0].Class != contact.SaysUnsure {
			t.Errorf("note %q reads %v", note, got)
		}
	}
	for _, note := range []string{"", "оптовик", "перезвонить в пятницу", "постоянный клиент, скидка 5%", "писать в вотсап", "любит белые розы", "VIP", "не звонить в дверь"} {
		if got := r.ReadNote(note); got != nil {
			t.Errorf("note %q reads %v", note, got)
		}
	}
}

func TestExtraAndOff(t *testing.T) {
	r := newReader(t, Options{Off: []string{"ru.getlost"}, Extra: []Rule{{ID: "own.banana", Effect: Refusal, Match: []string{"<<< банан >>>"}}}})
	if got := r.Read("Банан!"); strongest(got) != contact.SaysRefusal || got[0].Rule != "own.banana" {
		t.Errorf("the added rule: %v", got)
	}
	if got := r.Read("отвяньте"); strongest(got) == contact.SaysRefusal {
		t.Errorf("the rule switched off: %v", got)
	}
	for _, opt := range []Options{
		{Off: []string{"no.such"}},
		{Extra: []Rule{{ID: "x", Match: []string{"$nosuch"}}}},
		{Extra: []Rule{{ID: "x", Match: []string{""}}}},
		{Extra: []Rule{{ID: "x", Match: []string{"— !"}}}},
		{Extra: []Rule{{ID: "x", Match: []string{"_"}}}},
		{Extra: []Rule{{ID: "x", Match: []string{"..99 да"}}}},
		{Extra: []Rule{{ID: "x", Match: []string{"а ..8 б ..8 в ..8 г ..8 д"}}}},
		{Extra: []Rule{{ID: "x", Match: []string{"да"}, Unless: []string{"sometimes"}}}},
		{Extra: []Rule{{ID: "x", Match: []string{"да"}, Unless: []string{""}}}},
	} {
		var fault *contact.Fault
		if _, err := New(opt); !errors.As(err, &fault) {
			t.Errorf("%+v: %v", opt, err)
		}
	}
}

func TestRuleIDs(t *testing.T) {
	if Version() == "" {
		t.Error("the rules have a version")
	}
	seen := map[string]bool{}
	for _, rule := range Rules() {
		if seen[rule.ID] {
			t.Errorf("rule %s stands twice", rule.ID)
		}
		seen[rule.ID] = true
	}
}

func TestOrdinaryAllocatesNothing(t *testing.T) {
	r := newReader(t, Options{Signs: []Sign{{Text: "0"}}})
	text := "Добрый день! Подскажите, пожалуйста, когда будет готов мой заказ и можно ли не звонить в домофон?"
	if n := testing.AllocsPerRun(100, func() { r.Read(text) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// TestPoliteness is a law: greetings, thanks and punctuation around a refusal
// never take it away.
func TestPoliteness(t *testing.T) {
	r := newReader(t, Options{})
	var refusals []string
	for _, m := range loadLabelled(t) {
		if m.class == contact.SaysRefusal && m.lang == "ru" && strongest(r.Read(m.text)) == contact.SaysRefusal {
			refusals = append(refusals, m.text)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom(refusals).Draw(t, "text")
		before := rapid.SampledFrom([]string{"", "Здравствуйте! ", "Добрый день. ", "😡 ", "  \n"}).Draw(t, "before")
		after := rapid.SampledFrom([]string{"", ".", "!!!", " 😡", "\n", ". Спасибо.", " \u200b"}).Draw(t, "after")
		if strongest(r.Read(before+text+after)) < contact.SaysUnsure {
			t.Errorf("%q is no refusal any more", before+text+after)
		}
	})
}

// TestSpansHold is a law: spans lie inside the text, classes fall, on any text.
func TestSpansHold(t *testing.T) {
	r := newReader(t, Options{OurLines: []string{"для отписки ответьте стоп"}})
	word := rapid.SampledFrom([]string{"не", "пишите", "стоп", "мне", "больше", "отпишите", "спам", "хватит", "stop", "я", "номер", "удалите", ",", ".", "?", "\n>", "🖕",
		"с т о п", "opt-out", "\xff", "\u0306", "-", "*", "@", "0", "для отписки ответьте стоп", strings.Repeat("ы", 100)})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(word, 0, 90).Draw(t, "words"), rapid.SampledFrom([]string{" ", "", "-"}).Draw(t, "joint"))
		checkReadings(t, text, r.Read(text))
		checkReadings(t, text, r.ReadNote(text))
	})
}

type failer interface{ Errorf(string, ...any) }

func checkReadings(t failer, text string, found []contact.Reading) {
	for i, f := range found {
		if f.Start < 0 || f.Start > f.End || f.End > len(text) || f.Rule == "" || f.Class == contact.SaysNone {
			t.Errorf("reading %v of %q", f, text)
		}
		if i > 0 && f.Class >= found[i-1].Class {
			t.Errorf("the order of %v", found)
		}
		if utf8.ValidString(text) && f.Start <= f.End && f.End <= len(text) && !utf8.ValidString(text[f.Start:f.End]) {
			t.Errorf("reading %v cuts a letter of %q", f, text)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"", "не пишите мне", "стоп\n> стоп", "с т о п", "ne pishite", "\xd0", "отп*шите@", "1️⃣", "не-не-не-", "а б в г д е ж з и к л м н о п р с т"} {
		f.Add(seed)
	}
	r := newReader(f, Options{Signs: []Sign{{Text: "0"}}, OurLines: []string{"чтобы отписаться, ответьте СТОП"}})
	f.Fuzz(func(t *testing.T, text string) {
		checkReadings(t, text, r.Read(text))
		checkReadings(t, text, r.ReadNote(text))
	})
}

// TestLinear reads long texts of the worst words. Nothing is timed: what is not
// linear would not come back before the test's own deadline.
func TestLinear(t *testing.T) {
	r := newReader(t, Options{OurLines: []string{"чтобы отписаться, ответьте СТОП"}, Signs: []Sign{{Text: "0"}}})
	for _, unit := range []string{"не ", "не пишите ", "с ", "? ", "а? ", "стоп, ", "не надо мне цену ", "a", "ы ", "\n> ", "🖕", "0",
		"чтобы отписаться, ответьте СТОП ", "хватит, спам ", "больше не мне не ", "а-а-", "извините что не "} {
		text := strings.Repeat(unit, 500_000/len(unit))
		checkReadings(t, text, r.Read(text))
	}
}
