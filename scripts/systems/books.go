package main

import "strings"

// The layouts of formats.md 1.7 and 1.8.
const (
	googleNew = `First Name|Middle Name|Last Name|Phonetic First Name|Phonetic Middle Name|Phonetic Last Name|Name Prefix|Name Suffix|Nickname|File As|Organization Name|Organization Title|Organization Department|Birthday|Notes|Photo|Labels|E-mail 1 - Label|E-mail 1 - Value|E-mail 2 - Label|E-mail 2 - Value|Phone 1 - Label|Phone 1 - Value|Phone 2 - Label|Phone 2 - Value|` +
		`Address 1 - Label|Address 1 - Formatted|Address 1 - Street|Address 1 - City|Address 1 - PO Box|Address 1 - Region|Address 1 - Postal Code|Address 1 - Country|Address 1 - Extended Address|Website 1 - Label|Website 1 - Value`
	googleOld  = `Name|Given Name|Additional Name|Family Name|Yomi Name|Notes|Language|Photo|Group Membership|E-mail 1 - Type|E-mail 1 - Value|Phone 1 - Type|Phone 1 - Value|Phone 2 - Type|Phone 2 - Value|Organization 1 - Name`
	outlook61  = `First Name|Middle Name|Last Name|Title|Suffix|Nickname|Given Yomi|Surname Yomi|E-mail Address|E-mail 2 Address|E-mail 3 Address|Home Phone|Home Phone 2|Business Phone|Business Phone 2|Mobile Phone|Car Phone|Other Phone|Primary Phone|Pager|Business Fax|Home Fax|Other Fax|Company Main Phone|Callback|Radio Phone|Telex|TTY/TDD Phone|IMAddress|Job Title|Department|Company|Birthday|Anniversary|Notes`
	outlook92  = `Title|First Name|Middle Name|Last Name|Suffix|Company|Department|Job Title|Business Country|Business Fax|Business Phone|Business Phone 2|Callback|Car Phone|Company Main Phone|Home Fax|Home Phone|Home Phone 2|Mobile Phone|Other Fax|Other Phone|Pager|Primary Phone|Radio Phone|TTY/TDD Phone|Telex|Birthday|Categories|E-mail Address|E-mail Display Name|E-mail 2 Address|E-mail 3 Address|Notes`
	outlookRU  = `Имя|Отчество|Фамилия|Организация|Должность|Рабочий телефон|Телефон раб. 2|Домашний телефон|Телефон дом. 2|Основной телефон|Основной телефон организации|Телефон переносной|Радиотелефон|Телефон в машине|Другой телефон|Рабочий факс|Домашний факс|Другой факс|Пейджер|День рождения|Адрес эл. почты|Адрес 2 эл. почты|Адрес 3 эл. почты|Заметки|Веб-страница|Город (раб. адрес)|Страна или регион (раб. адрес)`
	yahooCSV   = `First|Last|Middle|Email|Alternate Email 1|Alternate Email 2|Home|Work|Mobile|Pager|Fax|Other|Comments`
	liveMail   = `First Name|Last Name|Name|Email Address|Home Phone|Business Phone|Mobile Phone|Job Title|Notes`
	googlePage = "Первая строка\nвторая: 8 (800) 555-00-00\nтретья"
)

func google(t *town) []file {
	fresh := sheet{header: split(googleNew, "|"), rows: []row{
		{"First Name", "Ада", "Last Name", "Зимина", "Labels", "* myContacts ::: Клиенты", "Notes", googlePage, "E-mail 1 - Label", "* Other", "E-mail 1 - Value", "ada@ulitka.example ::: ada2@ulitka.example", "Phone 1 - Label", "Work", "Phone 1 - Value", "8 (4822) 34-56-78", "Phone 2 - Label", "Mobile", "Phone 2 - Value", t.plus()},
		{"First Name", "Лука", "Last Name", "Тихонов", "Labels", "* myContacts ::: Не писать", "Phone 1 - Label", "Mobile", "Phone 1 - Value", t.eight() + " ::: " + t.plus()},
		{"First Name", "Майя", "Last Name", "Пустова", "Phone 1 - Label", "Work Fax", "Phone 1 - Value", t.eight()},
		{"First Name", "Гек", "Last Name", "Зимин", "Labels", "* starred ::: * myContacts", "Phone 1 - Value", t.eight()},
	}}
	old := sheet{header: split(googleOld, "|"), rows: []row{
		{"Name", "Саша Зимин", "Given Name", "Саша", "Family Name", "Зимин", "Group Membership", "* My Contacts ::: * Друзья", "Notes", googlePage, "E-mail 1 - Type", "* ", "E-mail 1 - Value", "sasha@ulitka.example", "Phone 1 - Type", "Mobile", "Phone 1 - Value", t.plus()},
		{"Name", "Тая Тихонова", "Group Membership", "* My Contacts ::: unsubscribed", "Phone 1 - Type", "Home", "Phone 1 - Value", t.eight()},
		{"Name", "Кай Зимин", "Phone 1 - Type", "Mobile", "Phone 1 - Value", t.plus() + " ::: " + t.plus()},
	}}
	return []file{
		delimited{comma: ",", mark: true, short: true}.file("google/contacts.csv", fresh),
		delimited{comma: ",", set: utf16le, crlf: true}.file("google/google.csv", old),
		delimited{comma: ",", short: true, crlf: true}.file("google/google-old-utf8.csv", old),
	}
}

func outlook(t *town) []file {
	en := sheet{header: split(outlook61, "|"), rows: []row{
		{"First Name", "Aino", "Last Name", "Zimina", "E-mail Address", "aino@ulitka.example", "Business Phone", "+7 4822 34-56-79", "Mobile Phone", t.plus(), "Pager", "555", "Notes", "first line\nsecond line"},
		{"First Name", "Bror", "Last Name", "Pustov", "Business Fax", t.plus(), "Title", "Dr. é"},
		{"First Name", "Carl", "Last Name", "Zimin", "Primary Phone", t.eight()},
	}}
	wide := sheet{header: split(outlook92, "|"), rows: []row{
		{"First Name", "Dag", "Last Name", "Zimin", "Home Phone", t.plus(), "Business Country", "Russia", "Categories", "Clients;Fair", "E-mail Display Name", "Dag Zimin (dag@ulitka.example)"},
		{"First Name", "Ebba", "Last Name", "Tikhonova", "Mobile Phone", t.plus(), "Categories", "Clients;Do not contact"},
	}}
	ru := sheet{header: split(outlookRU, "|"), rows: []row{
		{"Имя", "Фаина", "Фамилия", "Зимина", "Телефон переносной", t.eight(), "Адрес эл. почты", "faina@ulitka.example", "Заметки", "любит \"толстую\" пряжу"},
		{"Имя", "Гуля", "Фамилия", "Пустова", "Рабочий факс", t.eight(), "Пейджер", "123"},
		{"Имя", "Жанна", "Фамилия", "Зимина", "Телефон раб. 2", t.eight()},
	}}
	return []file{
		delimited{comma: ",", all: true, crlf: true, set: latin1}.file("outlook/contacts.csv", en),
		delimited{comma: ",", all: true, crlf: true}.file("outlook/contacts-92.csv", wide),
		delimited{comma: ",", all: true, crlf: true, set: cp1251}.file("outlook/контакты.csv", ru),
		delimited{comma: ",", all: true, crlf: true, set: cp1251}.file("yandex/yandex_контакты.csv", ru),
		delimited{comma: ",", all: true, crlf: true}.file("yandex/yandex_contacts.csv", noAccents(en)),
		delimited{comma: ",", crlf: true, set: cp1251}.file("mailru/contacts.csv", spaceless(noAccents(en))),
		delimited{comma: ",", crlf: true, set: cp1251}.file("mailru/контакты.csv", spaceless(ru)),
	}
}

// spaceless is Outlook's layout as Mail.ru writes it.
func spaceless(s sheet) sheet {
	short := strings.NewReplacer(" ", "")
	out := sheet{}
	for _, h := range s.header {
		out.header = append(out.header, strings.ToLower(short.Replace(h)))
	}
	for _, r := range s.rows {
		var line row
		for i := 0; i < len(r); i += 2 {
			line = append(line, strings.ToLower(short.Replace(r[i])), r[i+1])
		}
		out.rows = append(out.rows, line)
	}
	return out
}

func noAccents(s sheet) sheet {
	out := sheet{header: s.header}
	for _, r := range s.rows {
		var line row
		for _, cell := range r {
			line = append(line, strings.ReplaceAll(cell, "é", "e"))
		}
		out.rows = append(out.rows, line)
	}
	return out
}

// relatives write Outlook-like layouts of their own.
func relatives(t *town) []file {
	yahoo := sheet{header: split(yahooCSV, "|"), rows: []row{
		{"First", "Hugo", "Last", "Zimin", "Email", "hugo@ulitka.example", "Home", t.plus(), "Comments", "met at the fair"},
		{"First", "Iris", "Last", "Zimina", "Mobile", t.plus(), "Work", "+7 4822 34-56-70"},
		{"First", "Jon", "Last", "Pustov", "Fax", t.plus(), "Pager", "99"},
	}}
	live := sheet{header: split(liveMail, "|"), rows: []row{
		{"First Name", "Kim", "Last Name", "Zimin", "Name", "Kim Zimin", "Email Address", "kim@ulitka.example", "Mobile Phone", t.plus()},
		{"First Name", "Lea", "Last Name", "Pustova", "Name", "Lea Pustova", "Notes", "no phone known"},
	}}
	return []file{
		delimited{comma: ",", all: true}.file("yahoo/yahoo_contacts.csv", yahoo),
		delimited{comma: ";", crlf: true}.file("livemail/contacts.csv", live),
	}
}
