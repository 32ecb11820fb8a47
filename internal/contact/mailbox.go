package contact

import "strings"

// Mailbox is the e-mail address that a mailbox with several is known by here, where
// the identifier is another of them: a mailbox of Yandex has one under each of its
// domains (yandex.ru/support/id/authorization/login.html), Gmail does not mind dots
// (support.google.com/mail/answer/7436150), and either takes mail for name+anything.
// ok is false for any other address, and for that one itself.
func (id Identifier) Mailbox() (box Identifier, ok bool) {
	at := strings.LastIndexByte(id.Text, '@')
	if id.Key.Kind() != EmailID || at < 1 {
		return box, false
	}
	name, domain := id.Text[:at], id.Text[at+1:]
	switch domain {
	case "yandex.ru", "ya.ru", "yandex.com", "yandex.by", "yandex.kz", "yandex.ua", "narod.ru":
		domain = "yandex.ru"
		name, _, _ = strings.Cut(name, "+")
	case "gmail.com", "googlemail.com":
		domain = "gmail.com"
		name, _, _ = strings.Cut(name, "+")
		name = strings.ReplaceAll(name, ".", "")
	default:
		return box, false
	}
	if name == "" || len(name) == at && domain == id.Text[at+1:] {
		return box, false
	}
	return OfEmail(name + "@" + domain), true
}
