package main

// generic are tables of no system whose headers were seen in real files
// (formats.md 1.12, 4.3).
func generic(t *town) []file {
	site := sheet{header: split("Username|Имя|Телефон|Email|Дата согласия|Источник|Дата создания", "|"), rows: []row{
		{"Username", "ulya", "Имя", "Ульяна Ясенева", "Телефон", t.plus(), "Дата согласия", "02.09.2026 10:11:12", "Источник", "сайт", "Дата создания", "01.09.2026"},
		{"Username", "zim", "Имя", "Эмиль Зимин", "Телефон", t.plus(), "Дата создания", "01.09.2026"},
	}}
	bot := sheet{header: split("Имя в Telegram|Telegram ID|Телефон|Номер подтверждён|Согласие на ПДн (МСК)|Первый вход (МСК)|Последний визит (МСК)|Отписан от рассылки", "|"), rows: []row{
		{"Имя в Telegram", "Зимина К", "Telegram ID", "5011111112", "Телефон", t.plus(), "Номер подтверждён", "да", "Согласие на ПДн (МСК)", "01.10.2026 12:00", "Первый вход (МСК)", "01.10.2026 11:59", "Последний визит (МСК)", "02.10.2026 09:00", "Отписан от рассылки", "нет"},
		{"Имя в Telegram", "Тихонова Л", "Telegram ID", "5011111113", "Телефон", t.plus(), "Номер подтверждён", "нет", "Отписан от рассылки", "да"},
		{"Имя в Telegram", "Зимин О", "Telegram ID", "5011111114", "Телефон", t.plus(), "Отписан от рассылки", ""},
	}}
	apollo := sheet{header: split("First Name|Last Name|Email|Work Direct Phone|Corporate Phone|First Phone|Mobile Phone|Lists", "|"), rows: []row{
		{"First Name", "Mona", "Last Name", "Zimina", "Work Direct Phone", "'" + t.plus(), "Lists", "Fair 2025"},
		{"First Name", "Nils", "Last Name", "Tikhonov", "Mobile Phone", "'" + t.plus(), "Lists", "Fair 2025, Do Not Contact"},
	}}
	return []file{
		delimited{comma: "\t"}.file("generic/site.tsv", site),
		delimited{comma: ";", mark: true}.file("generic/bot.csv", bot),
		american.file("apollo/apollo-contacts-export.csv", apollo),
	}
}
