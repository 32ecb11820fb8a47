package refusal

import (
	"strings"
	"testing"

	"cleanbase/internal/contact"
)

// TestGlued reads words that are run together or torn apart, and leaves real
// words and short ordinary chat alone.
func TestGlued(t *testing.T) {
	r := newReader(t, Options{})
	for _, text := range []string{"удалитемойномеризбазы", "непишитемнебольше", "хватитслатьрекламу", "pleasestoptextingme", "stoptextingme", "хватитмнеписать спасибо",
		"сто п", "ст оп", "от-пи-ши-те ме-ня", "не пиш.ите мне б.ольше", "с.т.о.п. р.а.с.с.ы.л.к.а", "Добрый день! от пи ши те", "$top texting me",
		"> не пишите мне\n", "nepishitemnebolshe", "donttextme", "takemeoffyourlist"} {
		if got := r.Read(text); strongest(got) != contact.SaysRefusal {
			t.Errorf("%q reads %v", text, got)
		}
	}
	if got := r.Read("nomoretextsforgrandadpls"); strongest(got) < contact.SaysUnsure {
		t.Errorf("a word that ends in an unknown one reads %v", got)
	}
	for _, text := range []string{"the total is $500", "стопкадр", "I understand", "outside", "после дня", "ну да", "я тут", "ок, да, в 5", "no i am at it",
		"> не пишите мне\nа это кто", "противопоказания есть?", "Нет, пишите", "fog light противотуманный", "screwdriver"} {
		if got := r.Read(text); got != nil {
			t.Errorf("%q reads %v", text, got)
		}
	}
}

// TestOtherScripts reads Arabic, Devanagari and Chinese, also where the message
// has words of another script beside.
func TestOtherScripts(t *testing.T) {
	r := newReader(t, Options{})
	for _, text := range []string{"إلغاء الاشتراك", "الغاء الاشتراك", "لا تُرسلوا لي رسائل", "मुझे मैसेज मत भेजो", "संदेश भेजना बंद करें", "退订", "退訂", "请不要再给我发信息了",
		"Hi, 请不要再发短信了", "hello لا ترسلوا رسائل"} {
		if got := r.Read(text); strongest(got) != contact.SaysRefusal {
			t.Errorf("%q reads %v", text, got)
		}
	}
	for _, text := range []string{"متى يفتح المحل؟", "दुकान कितने बजे खुलती है?", "请问几点开门?", "سعر هذا كم؟ ٥٠٠", "कीमत ५०० है।"} {
		if got := r.Read(text); got != nil {
			t.Errorf("%q reads %v", text, got)
		}
	}
	if got := r.Read(strings.Repeat("不要", 5000)); strongest(got) > contact.SaysUnsure {
		t.Errorf("two signs again and again read %v", got)
	}
}
