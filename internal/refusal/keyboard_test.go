package refusal

import (
	"testing"

	"cleanbase/internal/contact"
	"pgregory.net/rapid"
)

// TestRetyped: who forgot to switch the keyboard is read as if they had not.
func TestRetyped(t *testing.T) {
	r := newReader(t, Options{})
	for text, want := range map[string]contact.Class{
		"cnjg":                        contact.SaysRefusal, // стоп
		"Cnjg!":                       contact.SaysRefusal,
		"jngbcfnmcz":                  contact.SaysRefusal, // отписаться
		"yt gbibnt vyt ,jkmit":        contact.SaysRefusal, // не пишите мне больше
		"Elfkbnt vtyz bp hfccskrb":    contact.SaysRefusal, // Удалите меня из рассылки
		"Добрый день! cnjg":           contact.SaysRefusal,
		"ыещз":                        contact.SaysRefusal, // stop
		"гтыгиыскшиу":                 contact.SaysRefusal, // unsubscribe
		"gjlgbibnt vtyz j,hfnyj":      contact.SaysSubscribe,
		"Lj,hsq ltym? rjulf ljcnfdrf": contact.SaysNone, // Добрый день, когда доставка
		"when will it be ready":       contact.SaysNone,
		"руддщ цщкдв":                 contact.SaysNone, // hello world
	} {
		if got := r.Read(text); strongest(got) != want {
			t.Errorf("%q reads %v, want %s", text, got, classNames[want])
		} else if len(got) > 0 && (got[0].Start != 0 || got[0].End != len(text)) {
			t.Errorf("%q: the span is %d to %d", text, got[0].Start, got[0].End)
		}
	}
}

// TestRetypedLaw: what is certain in Russian stays certain on the other keyboard.
func TestRetypedLaw(t *testing.T) {
	r := newReader(t, Options{})
	sure := []string{"не пишите мне больше", "отпишите меня от рассылки", "удалите меня из базы", "хватит слать рекламу", "прекратите рассылку"}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom(sure).Draw(t, "text")
		if typed := r.keys.retyped(text, hasCyrillic); strongest(r.Read(typed)) < contact.SaysRefusal {
			t.Errorf("%q typed as %q reads %v", text, typed, r.Read(typed))
		}
	})
}

// TestQuoteMark: a mark of quotation before a message of one line hides nothing.
func TestQuoteMark(t *testing.T) {
	r := newReader(t, Options{})
	for text, want := range map[string]contact.Class{
		"> Скидка 20% только сегодня. Не надо мне такого присылать": contact.SaysRefusal,
		"> не пишите мне больше\nкакой адрес?":                      contact.SaysNone,
		"какой адрес?\n> не пишите мне больше":                      contact.SaysNone,
	} {
		if got := r.Read(text); strongest(got) != want {
			t.Errorf("%q reads %v, want %s", text, got, classNames[want])
		}
	}
}
