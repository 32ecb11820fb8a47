package main

import (
	"fmt"
	"strings"
)

// cards are address books as vCards (formats.md 1.9).
func cards(t *town) []file {
	old := "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:" + quoted("Зимина") + ";" + quoted("Уля") + ";;;\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:" + quoted("Уля") + "=20=\r\n" + quoted("Зимина") +
		"\r\nTEL;CELL;PREF:" + t.plus() + "\r\nTEL;HOME:8 (4822) 34-56-71\r\nEND:VCARD\r\n" +
		"BEGIN:VCARD\r\nVERSION:2.1\r\nN:Pustov;Vito\r\nFN:Vito Pustov\r\nTEL;WORK;FAX:" + t.plus() + "\r\nTEL;WORK;VOICE:call the office\r\nEND:VCARD\r\n" +
		"BEGIN:VCARD\r\nVERSION:2.1\r\nN:Zimin;Otto\r\nFN:Otto Zimin\r\nTEL;WORK;VOICE:" + t.eight() + "\r\nEND:VCARD\r\n"
	apple := "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Apple Inc.//iPhone OS 17.0//EN\r\nN:Зимин;Ян;;;\r\nFN:Ян Зимин\r\nORG:Пряжа\\, нитки и Ко;\r\nitem1.TEL;type=pref:" + t.plus() + "\r\nitem1.X-ABLabel:_$!<Mobile>!$_\r\nitem2.EMAIL;type=INTERNET:yan@ulitka\r\n .example\r\nitem2.X-ABLabel:личная\r\nNOTE:одна\\nдве\\; три\r\nEND:VCARD\r\n" +
		"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Тихонова;Эля;;;\r\nFN:Эля Тихонова\r\nTEL;type=CELL;type=VOICE;type=pref:" + t.plus() + "\r\nCATEGORIES:Клиенты,Не писать\r\nEND:VCARD\r\n"
	new4 := "BEGIN:VCARD\nVERSION:4.0\nFN:Ева Зимина\nN:Зимина;Ева;;;\nTEL;TYPE=cell;PREF=1:" + t.plus() + "\nEMAIL:eva@ulitka.example\nEND:VCARD\n" +
		"BEGIN:VCARD\nVERSION:4.0\nFN:Ида Зимина\nTEL;VALUE=uri;TYPE=\"voice,home\":tel:+7-" + dashed(t.mobile()) + ";ext=102\nEND:VCARD\n" +
		"BEGIN:VCARD\nVERSION:4.0\nFN:Ким Тихонов\nTEL;VALUE=uri:tel:+7-" + dashed(t.mobile()) + "\nCATEGORIES:do not contact\nEND:VCARD\n"
	return []file{plain("vcard/android-2.1.vcf", old), plain("vcard/iphone-3.0.vcf", apple), plain("vcard/rfc6350-4.0.vcf", new4)}
}

func dashed(n string) string { return n[:3] + "-" + n[3:6] + "-" + n[6:] }

// quoted is a text in quoted-printable.
func quoted(s string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, "=%02X", s[i])
	}
	return b.String()
}

// wazzup is contacts as the API gives and takes them (formats.md 1.10).
func wazzup(t *town) []file {
	one, two, three, four := t.digits(), t.digits(), t.digits(), t.digits()
	plainKeys := `[
{"id":"a-1","responsibleUserId":"u-7","name":"Злата Зимина","contactData":[{"chatType":"whatsapp","chatId":"` + one + `"}],"uri":"https://crm.example/1"},
{"id":"a-2","responsibleUserId":"u-7","name":"Фрол Зимин","contactData":[{"chatType":"telegram","chatId":"5012345678","username":"frol_z","phone":"` + two + `"},{"chatType":"whatsapp","chatId":"` + three + `"}]},
{"id":"a-3","responsibleUserId":"u-7","name":"Рая Пустова","contactData":[{"chatType":"instagram","chatId":"17841400000000000","username":"raya"}]},
{"id":"a-4","responsibleUserId":"u-7","name":"Юлий Пустов","contactData":[{"chatType":"telegram","chatId":"5031112233","username":"yul"}]},
{"id":"a-5","responsibleUserId":"u-7","name":"Бек Зимин","contactData":[{"chatType":"whatsapp","chatId":"998901234567"}]}
]
`
	snake := `[{"id":"b-1","responsible_user_id":"u-7","name":"Клим Зимин","contact_data":[{"chat_type":"whatsapp","chat_id":"` + four + `"},{"chat_type":"max","chat_id":"200345678"}],"uri":""},
{"id":"b-2","responsible_user_id":"u-7","name":"Лия Пустова","contact_data":[{"chat_type":"telegram","chat_id":"","username":"liya_p","phone":""}]}]
`
	answer := `{"count":1,"data":[{"id":"c-1","responsibleUserId":"u-7","name":"Тит Зимин","contactData":[{"chatType":"viber","chatId":"` + t.digits() + `"}],"uri":null}]}
`
	lines := strings.TrimSuffix(strings.TrimPrefix(strings.ReplaceAll(plainKeys, "},\n{", "}\n{"), "[\n"), "]\n")
	return []file{plain("wazzup/contacts.json", plainKeys), plain("wazzup/contacts.jsonl", lines), plain("wazzup/contacts-partner.json", snake), plain("wazzup/contacts-page.json", answer)}
}

// wazzupPages is contacts as a program wrote them down page by page.
func wazzupPages(t *town) file {
	pages := `{"count":2,"data":[{"id":"d-1","responsibleUserId":"u-7","name":"Глеб Зимин","contactData":[{"chatType":"whatsapp","chatId":"` + t.digits() + `"}],"uri":null},{"id":"d-2","responsibleUserId":"u-7","name":"Ян Пустов","contactData":[]}]}
{"count":1,"data":[{"id":"d-3","responsibleUserId":"u-7","name":"Аза Зимина","contactData":[{"chatType":"telegram","chatId":"","username":"","phone":"` + t.digits() + `"}],"uri":null}]}
{"count":0,"data":[]}
`
	return plain("wazzup/contacts-pages.jsonl", pages)
}

// cardsOfMany is a file of cards of two versions, named as none.
func cardsOfMany(t *town) file {
	return plain("vcard/phone.txt", "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Zimin;Otto\r\nTEL;CELL:"+t.eight()+"\r\nEND:VCARD\r\n"+
		"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ким Тихонов\r\nTEL;VALUE=uri:tel:+7-"+dashed(t.mobile())+"\r\nCATEGORIES:do not contact\r\nEND:VCARD\r\n")
}
