package main

import (
	"strings"
	"time"
)

// phoneCases are cells that hold no phone to write to, or hold one in a form
// that programs stumble over. {n} is a number of the person's own, {9} one that
// lost its last digit, {О} one with a Russian letter for a zero.
func (b *base) phoneCases() {
	b.crm = append(b.crm, b.cells("Сайт", []cell{ // what people type
		{"Безномерная", "Софья", ""},                       // phone.missing
		{"Молчунов", "Трофим", "нет телефона"},             // phone.missing
		{"Короткова", "Лилия", "8 (903) 714-2"},            // phone.invalid
		{"Длинный", "Прохор", "8 916 482 75 93 164"},       // phone.invalid
		{"Нолева", "Зоя", "+7 (000) 344-22-96"},            // phone.invalid
		{"Городская", "Эмма", "(4852) 30-47-61"},           // phone.not_mobile
		{"Дачный", "Лука", "8 (812) 346-29-58 доб. 14"},    // phone.not_mobile
		{"Горячева", "Линия", "8-800-350-47-26"},           // phone.service
		{"Справкина", "Ада", "112"},                        // phone.service
		{"Девяткина", "Клара", "+7 (999) 999-99-99"},       // phone.placeholder
		{"Порядков", "Иосиф", "+7 912 345-67-89"},          // phone.placeholder
		{"Плюсова", "Роза", "+8 {n}"},                      // phone.ambiguous: a plus that can't be right
		{"Буквина", "Оля", "8{О}"},                         // phone.ambiguous
		{"Казахова", "Айгуль", "8 701 483 29 56"},          // usable: +7 is not always Russia
		{"Минская", "Алеся", "375297418352"},               // usable: lacks only its plus
		{"Хвостатый", "Мирон", "т. 8{n} Мирон, вечером"},   // usable: words around it
		{"Двухномерный", "Ян", "8 (4852) 72-19-44; +7{n}"}, // usable: two in a cell, the second a mobile
	})...)
	b.shop = append(b.shop, b.cells("Касса, бланк", []cell{ // what spreadsheets do to numbers
		{"Экспонентова", "Марта", "7,9E+10"},          // phone.damaged: the digits are gone
		{"Таблицын", "Фома", "8{9}.0"},                // never to be read with the last 0 as a digit
		{"Запятая", "Ева", "7{n},0"},                  // usable: only a decimal tail
		{"Апострофов", "Клим", "'+7{n}"},              // usable: the sign that keeps it a text
		{"Невидимкина", "Нелли", "\u202a+7{n}\u202c"}, // usable: marks that came along from a phone book
		{"Пустова", "Римма", "-"},                     // phone.missing
	})...)
}

// cell is a name and what stands in its phone's cell.
type cell struct{ last, first, phone string }

// cells is people with such cells, all of whom agreed to be written to.
func (b *base) cells(from string, list []cell) []person {
	people := make([]person, len(list))
	for i, c := range list {
		p := b.named(c.last, c.first).agreed(b.recent(), from)
		p.phone = strings.NewReplacer("{n}", p.mobile, "{9}", p.mobile[:9], "{О}", p.mobile[:6]+"О"+p.mobile[7:]).Replace(c.phone)
		people[i] = p
	}
	return people
}

// office is a vet clinic whose people all left its phone and its address: more
// than five contacts share them, so nothing said of either binds them all.
func (b *base) office() {
	const address, line = "reception@aibolit.example.org", "8 (4852) 73-48-15"
	for i, last := range []string{"Пилюлькина", "Бинтова", "Градусников", "Вакцина", "Стетоскопов", "Мазева", "Повязкин"} {
		p := b.named(last, []string{"Лидия", "Инга", "Савелий", "Регина", "Платон", "Злата", "Демид"}[i]).agreed(b.recent(), "Выставка «Усы и лапы»")
		p.company, p.email, p.work, p.tags = `Ветклиника "Айболит"`, address, line, "опт"
		b.crm = append(b.crm, p)
	}
	b.stops = append(b.stops, entry{phone: line, date: "01.07.2026", channel: "звонки", note: "ресепшен клиники просит не звонить"})
	b.trouble(entry{email: address, date: "05.07.2026", channel: "email", note: "администратор клиники: рассылка на общий ящик"})
}

// employees are the shop's own people: protected.listed where they are
// customers too.
func (b *base) employees() {
	for i, who := range [][2]string{{"Ветрова", "Полина"}, {"Фонарёв", "Ярослав"}, {"Теремкова", "Ольга"}, {"Ошейников", "Макар"}, {"Лежанкина", "Вика"}, {"Когтев", "Филипп"}, {"Мискин", "Остап"}, {"Поводкова", "Лия"}} {
		p := b.named(who[0], who[1]).agreed(b.recent(), "Бонусная карта")
		b.staff = append(b.staff, p)
		p.phone = b.written(p.mobile)
		switch i % 3 {
		case 0:
			b.crm = append(b.crm, p)
		case 1:
			b.shop = append(b.shop, p)
		}
	}
}

// duplicates are people who are in several files or twice in one, each time
// with something that the other row lacks.
func (b *base) duplicates() {
	for i := range 24 {
		p := b.crm[i*8+5]
		p.phone, p.numeric = b.written(p.mobile), i%2 == 0
		p.email, p.middle, p.comment = b.maybe(40, p.email), "", b.pick(comments)
		b.crm[i*8+5].city = ""
		b.shop = append(b.shop, p)
	}
	for i := range 10 {
		p := b.shop[i*8+3]
		p.phone, p.says, p.on, p.bought = "7"+p.mobile, "", time.Time{}, b.old()
		b.archive = append(b.archive, p)
	}
	daria := b.named("Полянская", "Дарья").agreed(date(2026, 4, 18), "Сайт")
	again := daria
	again.phone, again.created = "+7"+daria.mobile, daria.created.AddDate(0, 3, 2)
	daria.email, daria.city, daria.comment = "", "", "вторая карточка, объединить?"
	again.pet, again.born, again.says, again.on, again.from = "", time.Time{}, "", time.Time{}, ""
	shop := daria
	shop.phone, shop.pet, shop.tags = daria.mobile, "кошка Матильда", "кошки"
	b.crm, b.shop = append(b.crm, daria, again), append(b.shop, shop)
}

// oddities are texts that break files, sheets and pages.
func (b *base) oddities() {
	for i, c := range []struct{ last, first, comment string }{
		{"", "=Мария Тишина", "имя начинается со знака равенства, так завели в приложении"},
		{"", "+Ольга Кузьмина (мопс)", "+ мопс ждёт щенков"},
		{"", "@lapa.anna", "@lapa.anna — её ник"},
		{"", "-Скидка- Аглая", "-10% до конца года"},
		{"Ссылкина", "Ника", `=HYPERLINK("http://example.com/x";"нажмите")`},
		{"Кавычкина", `Анна "Нюта"`, `сказала: "перезвоню"; и "не забудьте корм"`},
		{"Хвостова 🐈", "Муза 🐾", "❤️ котики 🐈‍⬛🐕‍🦺"},
		{"Ёлкина-Ёжикова", "Алёна", "всё через ё: ещё, жёлтый, самолёт"},
		{"Многословова", "Капитолина", strings.Repeat("Рассказывала про кота, про дачу, про соседку с таксой и снова про кота. ", 45)},
		{"Абзацева", "Юнона", "улица Садовая, 5\nподъезд 2\n\nкод 47К;  этаж 3"},
		{"О'Нилова", "Шэрон", "<b>важно</b> & <script>alert('мяу')</script>"},
		{"  Пробелова ", " Анфиса\u00a0", "пробелы  вокруг   имени"},
	} {
		p := b.named(c.last, c.first).agreed(b.recent(), "Сайт")
		p.email, p.comment = b.address("gost", "lapa"+string(rune('a'+i))), c.comment
		if i%2 == 0 {
			b.crm = append(b.crm, p)
		} else {
			b.shop = append(b.shop, p)
		}
	}
}
