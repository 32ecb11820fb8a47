package main

import (
	"strconv"
	"strings"
	"time"
)

// bom marks a file as UTF-8, as the CRM does.
const bom = "\ufeff"

// column is one column of the CRM's export.
type column struct {
	header string
	of     func(p *person) string
}

// bitrix is the contacts as the CRM exports them: every value quoted, a
// semicolon behind the last one too.
func (b *base) bitrix() []byte {
	columns := b.columns()
	var out strings.Builder
	out.WriteString(bom)
	line := func(cell func(column) string) {
		for _, c := range columns {
			out.WriteString(`"` + strings.ReplaceAll(cell(c), `"`, `""`) + `";`)
		}
		out.WriteByte('\n')
	}
	line(func(c column) string { return c.header })
	for i := range b.crm {
		if i == 57 || i == 203 { // what an office program left behind
			line(func(column) string { return "" })
		}
		line(func(c column) string { return c.of(&b.crm[i]) })
	}
	return []byte(out.String())
}

// columns is the export's columns in the CRM's order, the portal's own fields
// behind them.
func (b *base) columns() []column {
	id, owner := 2400, ""
	list := []column{
		{"ID", func(*person) string { id += 1 + b.IntN(3); return strconv.Itoa(id) }},
		{"Фотография", none}, {"Обращение", none},
		{"Имя", func(p *person) string { return p.first }},
		{"Фамилия", func(p *person) string { return p.last }},
		{"Отчество", func(p *person) string { return p.middle }},
		{"Дата рождения", func(p *person) string { return day(p.born) }},
		{"Должность", none},
		{"Компания", func(p *person) string { return p.company }},
		{"Список компаний", func(p *person) string { return p.company }},
		{"Тип контакта", always("Клиенты")},
		{"Ответственный", func(*person) string { owner = b.pick(colleagues); return owner }},
		{"Контакт", func(p *person) string { return p.name() }},
	}
	list = append(list, reaching()...)
	list = append(list, b.about()...)
	list = append(list, column{"Кем изменен", func(*person) string { return owner }},
		column{"Дата изменения", func(p *person) string { return moment(p.created.AddDate(0, 0, len(p.name())%40)) }},
		column{"Создан CRM-формой", always("нет")}, column{"Способ связи", none}, column{"Доступен для всех", always("да")},
		column{"Задан телефон", func(p *person) string { return yesNo(p.phone != "") }}, column{"Задан e-mail", func(p *person) string { return yesNo(p.email != "") }})
	return append(list, own()...)
}

// reaching is the multi-fields: phones, addresses, sites and messengers.
func reaching() []column {
	work := func(p *person) bool { return p.work == "" && p.mobile[9] < '3' }
	list := []column{
		{"Рабочий телефон", func(p *person) string {
			if work(p) {
				return p.phone
			}
			return p.work
		}},
		{"Мобильный телефон", func(p *person) string {
			if work(p) {
				return ""
			}
			return p.phone
		}},
		{"Номер факса", none}, {"Домашний телефон", none}, {"Номер пейджера", none}, {"Телефон для рассылок", none}, {"Другой телефон", none},
	}
	for _, site := range []string{"Корпоративный сайт", "Личная страница", "Страница Facebook", "Страница ВКонтакте", "Страница LiveJournal", "Микроблог Twitter", "Другой сайт"} {
		list = append(list, column{site, none})
	}
	office := func(p *person) bool { return p.company != "" }
	list = append(list, column{"Рабочий e-mail", func(p *person) string { return only(office(p), p.email) }},
		column{"Частный e-mail", func(p *person) string { return only(!office(p), p.email) }}, column{"E-mail для рассылок", none}, column{"Другой e-mail", none})
	for _, im := range []string{"Контакт Facebook", "Контакт Telegram", "Контакт ВКонтакте", "Контакт Skype", "Контакт Viber", "Комментарии Instagram", "Контакт Битрикс24.Network", "Онлайн-чат", "Контакт Открытая линия", "Контакт ICQ", "Контакт MSN/Live!", "Контакт Jabber", "Другой контакт"} {
		list = append(list, column{im, none})
	}
	return list
}

// about is where the contact lives and how it came.
func (b *base) about() []column {
	return []column{
		{"Адрес", none}, {"Улица", none}, {"Квартира", none},
		{"Город", func(p *person) string { return p.city }},
		{"Район", none}, {"Область", none}, {"Индекс", none},
		{"Страна", func(p *person) string { return only(p.city != "", "Россия") }},
		{"Комментарий", func(p *person) string { return p.comment }},
		{"Источник", func(*person) string { return b.pick(sources) }},
		{"Дополнительно об источнике", none}, {"Экспорт", always("да")},
		{"Кем создан", func(*person) string { return b.pick(colleagues) }},
		{"Дата создания", func(p *person) string { return moment(p.created) }},
	}
}

// own is the fields that the shop added to its portal.
func own() []column {
	return []column{
		{"Питомец", func(p *person) string { return p.pet }},
		{"Теги", func(p *person) string { return p.tags }},
		{"Согласие на обработку персональных данных", func(p *person) string { return p.data }},
		{"Подписан на рассылку", func(p *person) string { return p.says }},
		{"Согласие на рассылку", func(p *person) string {
			return only(p.on.IsZero(), p.says) + only(!p.on.IsZero(), strings.ToUpper(p.says))
		}},
		{"Дата согласия", func(p *person) string { return day(p.on) }},
		{"Источник согласия", func(p *person) string { return p.from }},
		{"Отписан от рассылки", func(p *person) string { return p.out }},
	}
}

func none(*person) string { return "" }

func always(text string) func(*person) string { return func(*person) string { return text } }

func only(yes bool, text string) string {
	if yes {
		return text
	}
	return ""
}

func yesNo(yes bool) string {
	if yes {
		return "да"
	}
	return "нет"
}

func moment(at time.Time) string { return at.Format("02.01.2006 15:04:05") }
