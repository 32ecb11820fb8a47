package main

import (
	"encoding/json"
	"strings"
)

// The layouts of formats.md 1.3. Captions of the list are not confirmed.
const (
	unfList   = `Наименование|ИНН|КПП|Телефон|Адрес электронной почты|Ответственный`
	unfInfo   = `LineNumber|Тип|Вид_Key|Представление|ЗначенияПолей|Страна|Регион|Город|АдресЭП|ДоменноеИмяСервера|НомерТелефона|НомерТелефонаБезКодов|ВидДляСписка_Key|Значение|ДействуетС`
	unfClient = `Наименование|Фирма|Менеджер|Телефон|Email|Место торговли|Дата рождения|Источник клиента|Дата последней покупки|Вид покупателя|Вид контрагента|Статус`
)

func unf(t *town) []file {
	info := unfInformation(t)
	list := unfCounterparties(t)
	comma := delimited{comma: ",", mark: true}
	return []file{
		workbook("unf/Контрагенты.xlsx", list, "ИНН", "Телефон"),
		delimited{comma: ";", set: cp1251, crlf: true}.file("unf/Контрагенты.csv", list),
		workbook("unf/КонтактнаяИнформация.xlsx", info),
		comma.file("unf/КонтактнаяИнформация.csv", info),
		{"unf/КонтактнаяИнформация.json", func() ([]byte, error) { return odata(info) }},
		comma.file("unf/Клиенты магазина.csv", unfClients(t)),
	}
}

func unfCounterparties(t *town) sheet {
	return sheet{
		title:  [][]string{{"Контрагенты"}, {"Отбор:", "Пометка удаления Равно \"Нет\""}, {}},
		header: split(unfList, "|"),
		rows: []row{
			{"Наименование", "Пустошь (группа)"},
			{"Наименование", "Зимин Антон Ильич", "ИНН", "770000000001", "Телефон", t.eight() + ", " + t.plus(), "Адрес электронной почты", "anton@ulitka.example", "Ответственный", "Администратор"},
			{"Наименование", "Зимина Лидия", "Телефон", t.digits()},
			{"Наименование", "Пустырь (группа)"},
			{"Наименование", "Зимина Софья", "Телефон", t.eight() + "\n" + t.plus()},
			{"Наименование", "ООО \"Пустов\"", "ИНН", "7700000002", "КПП", "770001001", "Телефон", "(495) 55-667"},
		},
	}
}

// unfInformation is three people, their phones, e-mails and addresses a row
// each.
func unfInformation(t *town) sheet {
	const phone, mail, home = "b0f1c2d3-0000-4000-8000-000000000001", "b0f1c2d3-0000-4000-8000-000000000002", "b0f1c2d3-0000-4000-8000-000000000003"
	number := func(line string, n string) row {
		return row{"LineNumber", line, "Тип", "Телефон", "Вид_Key", phone, "Представление", "8 (" + n[:3] + ") " + n[3:6] + "-" + n[6:8] + "-" + n[8:], "НомерТелефона", "7" + n, "НомерТелефонаБезКодов", n[3:],
			"ЗначенияПолей", `{"value":"8` + n + `","type":"Телефон","countryCode":"7","areaCode":"` + n[:3] + `","number":"` + n[3:] + `"}`, "ДействуетС", "0001-01-01T00:00:00"}
	}
	return sheet{header: split(unfInfo, "|"), rows: []row{
		number("1", t.mobile()),
		{"LineNumber", "2", "Тип", "АдресЭлектроннойПочты", "Вид_Key", mail, "Представление", "zimin@ulitka.example", "АдресЭП", "zimin@ulitka.example", "ДоменноеИмяСервера", "ulitka.example", "ДействуетС", "0001-01-01T00:00:00"},
		{"LineNumber", "3", "Тип", "Адрес", "Вид_Key", home, "Представление", "170000, Тверская обл, г Тверь, ул Прядильная, д 1", "Страна", "Россия", "Регион", "Тверская обл", "Город", "Тверь"},
		number("1", t.mobile()),
		{"LineNumber", "1", "Тип", "Телефон", "Вид_Key", phone, "Представление", "8 (4822) 12-34", "НомерТелефона", "74822123"},
	}}
}

// unfRecords is counterparties as OData gives them, with their contact
// information inside.
func unfRecords(t *town) string {
	item := func(kind, shown, more string) string {
		return `{"LineNumber":"1","Тип":"` + kind + `","Вид_Key":"b0f1c2d3-0000-4000-8000-000000000001","Представление":"` + shown + `","ЗначенияПолей":"",` + more + `"ДействуетС":"0001-01-01T00:00:00"}`
	}
	one := t.mobile()
	return `{"odata.metadata":"http://localhost/base/odata/standard.odata/$metadata#Catalog_Контрагенты","value":[
{"Ref_Key":"c0f1c2d3-0000-4000-8000-000000000001","DataVersion":"AAAAAQAAAAA=","DeletionMark":false,"Code":"00-000001","Description":"Зимина Роза","КонтактнаяИнформация":[` +
		item("Телефон", "8 "+dashed(one), `"НомерТелефона":"7`+one+`",`) + "," + item("АдресЭлектроннойПочты", "roza@ulitka.example", `"АдресЭП":"roza@ulitka.example",`) + `]},
{"Ref_Key":"c0f1c2d3-0000-4000-8000-000000000002","DataVersion":"AAAAAQAAAAA=","DeletionMark":false,"Code":"00-000002","Description":"Зимин Игнат","КонтактнаяИнформация":[` +
		item("Адрес", "170000, Тверь, ул Прядильная, д 1, кв "+t.digits(), "") + "," + item("Телефон", t.eight(), `"НомерТелефона":"",`) + `]},
{"Ref_Key":"c0f1c2d3-0000-4000-8000-000000000003","DataVersion":"AAAAAQAAAAA=","DeletionMark":false,"Code":"00-000003","Description":"Пустова Яна","КонтактнаяИнформация":[]}
]}
`
}

// odata is the table as 1C's OData gives it.
func odata(s sheet) ([]byte, error) {
	var b strings.Builder
	b.WriteString(`{"odata.metadata":"http://localhost/base/odata/standard.odata/$metadata#Catalog_Контрагенты_КонтактнаяИнформация","value":[`)
	for i, line := range s.cells()[1:] {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n{")
		for j, cell := range line {
			if j > 0 {
				b.WriteString(",")
			}
			name, err := json.Marshal(s.header[j])
			if err != nil {
				return nil, err
			}
			value, err := json.Marshal(cell)
			if err != nil {
				return nil, err
			}
			b.Write(name)
			b.WriteString(":")
			b.Write(value)
		}
		b.WriteString("}")
	}
	b.WriteString("\n]}\n")
	return []byte(b.String()), nil
}

// unfClients is the client list of a third-party program much like 1C.
func unfClients(t *town) sheet {
	return sheet{header: split(unfClient, "|"), rows: []row{
		{"Наименование", "Зимина Галина", "Телефон", t.eight() + "\n" + t.eight(), "Email", "galina@ulitka.example", "Дата рождения", "01.02.1980", "Источник клиента", "Выставка", "Дата последней покупки", "12.10.2025", "Вид покупателя", "Розница", "Вид контрагента", "Физ. лицо", "Статус", "Активный"},
		{"Наименование", "Тихонов Денис", "Телефон", t.eight(), "Дата рождения", "01.01.0001", "Статус", "Не беспокоить"},
		{"Наименование", "Пустова Ирма", "Фирма", "ООО \"Нитка\"", "Статус", "Неактивный"},
	}}
}
