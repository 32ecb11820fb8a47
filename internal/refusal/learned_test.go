package refusal

import (
	"strings"
	"testing"

	"cleanbase/internal/contact"
	"pgregory.net/rapid"
)

// TestLearnedOnlyHolds is a law: with the net or without it, what the rules find
// is the same, and where they find nothing the net may at most hold.
func TestLearnedOnlyHolds(t *testing.T) {
	with, without := newReader(t, Options{}), newReader(t, Options{Off: []string{LearnedRule}})
	check := func(t failer, text string) {
		a, b := with.Read(text), without.Read(text)
		if len(b) == 0 && len(a) == 1 && a[0].Class == contact.SaysUnsure && a[0].Rule == LearnedRule {
			return
		}
		if len(a) != len(b) || len(a) > 0 && a[0] != b[0] {
			t.Errorf("%q: %v with the net, %v without", text, a, b)
		}
	}
	var words []string
	for _, name := range []string{"messages.tsv", "chat.tsv", "lessons.tsv"} {
		for _, m := range loadFile(t, name) {
			check(t, m.text)
			words = append(words, strings.Fields(m.text)...)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		check(t, strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 80).Draw(t, "words"), " "))
	})
}

func TestLearned(t *testing.T) {
	r := newReader(t, Options{OurLines: []string{"Больше не нужны наши письма? Ответьте НЕТ"}})
	for _, text := range []string{"Пропускайте мой номер, когда рассылаете", "I would rather eat my own shoes than read another of your newsletters"} {
		got := r.Read(text)
		if len(got) != 1 || got[0].Class != contact.SaysUnsure || got[0].Rule != LearnedRule {
			t.Errorf("%q reads %v", text, got)
			continue
		}
		if got[0].Start >= got[0].End || got[0].End > len(text) {
			t.Errorf("the span of %v", got)
		}
	}
	// What a rule takes away stays nothing, and so do our own words.
	for _, text := range []string{"не отписывайте меня, я всё читаю", "Чтобы отписаться, отправьте СТОП", "Это автоматический ответ. Я в отпуске",
		"Больше не нужны наши письма? Ответьте НЕТ", "Пересланное сообщение: оставьте старушку в покое"} {
		if got := r.Read(text); got != nil {
			t.Errorf("%q reads %v", text, got)
		}
	}
	if got := r.ReadNote("I would rather eat my own shoes than read another of your newsletters"); got != nil {
		t.Errorf("notes are in other words than messages, and read by rules alone: %v", got)
	}
}

func TestDamagedWeights(t *testing.T) {
	for _, file := range []string{"", "bar 1\n\n", "# x\nbar 1\n\nshort", "# x\n\n" + strings.Repeat("\x00", Slots), "# x\nbar much\n\n" + strings.Repeat("\x00", Slots)} {
		if n, err := newNet(file); err == nil {
			t.Errorf("%d bytes make a net: %v", len(file), n.bar)
		}
	}
}
