package contact_test

import (
	"testing"

	"cleanbase/internal/contact"
)

func TestMailbox(t *testing.T) {
	for mail, want := range map[string]string{
		"anna@ya.ru": "anna@yandex.ru", "anna@yandex.com": "anna@yandex.ru", "anna@yandex.by": "anna@yandex.ru", "anna@yandex.kz": "anna@yandex.ru",
		"anna@yandex.ua": "anna@yandex.ru", "anna@narod.ru": "anna@yandex.ru", "anna+shop@yandex.ru": "anna@yandex.ru", "a.b-c@ya.ru": "a.b-c@yandex.ru",
		"an.na@gmail.com": "anna@gmail.com", "anna+shop@gmail.com": "anna@gmail.com", "a.n.n.a+x.y@googlemail.com": "anna@gmail.com", "anna@googlemail.com": "anna@gmail.com",
		"anna@yandex.ru": "", "anna@gmail.com": "", "an.na@mail.ru": "", "anna+x@mail.ru": "", "anna@yandex-team.ru": "", "anna@my.ya.ru": "", "anna@yandex.example.com": "",
		"+x@gmail.com": "", "@ya.ru": "", "anna": "", "": "", "...@gmail.com": "",
	} {
		box, ok := contact.OfEmail(mail).Mailbox()
		if ok != (want != "") || box.Text != want || ok && box != contact.OfEmail(want) {
			t.Errorf("%s: %v, %v", mail, box, ok)
		}
		if again, twice := box.Mailbox(); twice {
			t.Errorf("%s: %v, and then %v", mail, box, again)
		}
	}
	if box, ok := contact.OfMessenger("an.na@gmail.com").Mailbox(); ok {
		t.Errorf("a messenger's id: %v", box)
	}
}
