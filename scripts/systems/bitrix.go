package main

import "strings"

// The layouts of formats.md 1.1, with the custom fields a portal may add.
const (
	bitrixMulti = `Рабочий телефон|Мобильный телефон|Номер факса|Домашний телефон|Номер пейджера|Телефон для рассылок|Другой телефон|Корпоративный сайт|Личная страница|Страница Facebook|Страница ВКонтакте|Страница LiveJournal|Микроблог Twitter|Другой сайт|` +
		`Рабочий e-mail|Частный e-mail|E-mail для рассылок|Другой e-mail|Контакт Facebook|Контакт Telegram|Контакт ВКонтакте|Контакт Skype|Контакт Viber|Комментарии Instagram|Контакт Битрикс24.Network|Онлайн-чат|Контакт Открытая линия|Контакт ICQ|Контакт MSN/Live!|Контакт Jabber|Другой контакт`
	bitrixContact = `ID|Фотография|Обращение|Имя|Фамилия|Отчество|Дата рождения|Должность|Компания|Список компаний|Тип контакта|Ответственный|Контакт|` + bitrixMulti +
		`|Адрес|Улица|Квартира|Город|Район|Область|Индекс|Страна|Комментарий|Источник|Дополнительно об источнике|Экспорт|Кем создан|Дата создания|Кем изменен|Дата изменения|Создан CRM-формой|Способ связи|Доступен для всех|Задан телефон|Задан e-mail`
	bitrixContactEN = `ID|Photo|Salutation|First Name|Last Name|Middle Name|Birthday|Position|Company|Companies|Contact Type|Responsible person|Contact|Work Phone|Mobile|Fax|Home Phone|Pager Number|SMS marketing phone|Other Phone Number|Corporate Website|` +
		`Work E-mail|Home E-mail|Newsletters email|Other E-mail|Telegram account|VK account|Viber contact|Skype ID|Open Channel account|Address|Street|Apartment / Suite|City|Region|State / Province|Zip|Country|Comment|Source|Source information|Export|Created by|Created|Modified by|Modified|Created by CRM form|Communication|Available to everyone|Has phone|Has E-mail`
	bitrixLead = `ID|Название лида|Обращение|Имя|Фамилия|Отчество|Имя, Фамилия|Дата рождения|Адрес|Улица, номер дома|Квартира, офис, комната, этаж|Населенный пункт|Район|Регион|Почтовый индекс|Страна|` + bitrixMulti +
		`|Связанный пользователь|Название компании|Должность|Комментарий|Стадия|Дополнительно о стадии|Товар|Цена|Количество|Возможная сумма|Сумма|Валюта|Источник|Дополнительно об источнике|Доступен для всех|Ответственный|Повторный лид|Состояние|Клиент`
	bitrixLeadEN  = `ID|Lead Name|Salutation|First Name|Last Name|Middle Name|Full name|Date of birth|Work Phone|Mobile|Fax|Home Phone|Pager Number|SMS marketing phone|Other Phone Number|Work E-mail|Home E-mail|Newsletters email|Other E-mail|Company Name|Position|Comment|Status|Status information|Opportunity|Currency|Source|Source information|Created|Modified|Responsible|Repeat lead|Status group|Contact`
	bitrixCompany = `Название компании|Логотип|Тип компании|Кол-во сотрудников|Рабочий телефон|Мобильный телефон|Номер факса|Домашний телефон|Номер пейджера|Другой телефон|Корпоративный сайт|Рабочий e-mail|Частный e-mail|Другой e-mail|Контакт ICQ|Фактический адрес|Юридический адрес|Банковские реквизиты|Сфера деятельности|Годовой оборот|Валюта|Комментарий`
)

var (
	bitrixCSV = delimited{comma: ";", all: true, trailing: true, mark: true}
	bitrixBox = delimited{comma: ";", all: true, trailing: true, set: cp1251}
)

func bitrix(t *town) []file {
	contacts := bitrixContacts(t)
	return []file{
		bitrixCSV.file("bitrix24/contacts.csv", contacts),
		bitrixBox.file("bitrix24/box/contacts.csv", bitrixBoxContacts(t)),
		webTable("bitrix24/contacts.xls", contacts),
		bitrixCSV.file("bitrix24/contacts-en.csv", bitrixEnglish(t)),
		bitrixCSV.file("bitrix24/contacts-ids.csv", bitrixIDs(t)),
		bitrixCSV.file("bitrix24/leads.csv", bitrixLeads(t)),
		bitrixBox.file("bitrix24/box/leads.csv", bitrixOldLeads(t)),
		bitrixCSV.file("bitrix24/leads-en.csv", bitrixEnglishLeads(t)),
		bitrixBox.file("bitrix24/box/companies.csv", bitrixCompanies(t)),
		plain("bitrix24/empty/contacts.csv", "\ufeffСписок контактов пуст.\n"),
		inGzip("packed/contacts.csv.gz", bitrixCSV.file("", contacts)),
		inZip("packed/contacts.zip", "contacts.csv", bitrixCSV.file("", contacts)),
		spreadsheet("packed/contacts.ods", contacts),
	}
}

func bitrixContacts(t *town) sheet {
	two, family := t.eight()+", "+t.plus(), t.plus()
	return sheet{header: split(bitrixContact+"|Подписан на рассылку|Отказ от рассылки|UF_CRM_1700000000001", "|"), rows: []row{
		{"ID", "101", "Обращение", "г-н", "Имя", "Илья", "Фамилия", "Ясенев", "Отчество", "Маркович", "Дата рождения", "14.02.1987", "Тип контакта", "Клиенты", "Мобильный телефон", two, "Рабочий e-mail", "ilya@ulitka.example, yasenev@ulitka.example", "Город", "Тверь",
			"Источник", "Веб-сайт", "Экспорт", "Y", "Дата создания", "03.03.2024 10:15:00", "Доступен для всех", "да", "Задан телефон", "да", "Задан e-mail", "да", "Подписан на рассылку", "да", "Отказ от рассылки", "нет", "UF_CRM_1700000000001", "Пряжа"},
		{"ID", "102", "Имя", "Вера", "Фамилия", "Зимина", "Рабочий телефон", t.eight(), "Экспорт", "Y", "Задан телефон", "да", "Задан e-mail", "нет", "Подписан на рассылку", "нет", "Отказ от рассылки", "нет", "Комментарий", "Просила звонить после шести; скидка \"Друг\""},
		{"ID", "103", "Имя", "Олег", "Фамилия", "Тихонов", "Телефон для рассылок", t.plus(), "Экспорт", "Y", "Подписан на рассылку", "да", "Отказ от рассылки", "да"},
		{"ID", "104", "Имя", "Анна", "Фамилия", "Зимина", "Телефон для рассылок", t.plus(), "Экспорт", "Y", "Доступен для всех", "нет", "Задан телефон", "да"},
		{"ID", "105", "Имя", "Пётр", "Фамилия", "Пустов", "Номер факса", t.eight(), "Номер пейджера", "12345", "Задан телефон", "нет", "Подписан на рассылку", "да"},
		{"ID", "106", "Имя", "Лев", "Фамилия", "Ясенев", "Другой телефон", family, "Контакт Открытая линия", "imol|whatsapp|3|79990000000|812", "Подписан на рассылку", "Y"},
		{"ID", "107", "Имя", "Лев", "Фамилия", "Близнецов", "Мобильный телефон", family, "Комментарий", "строка один\nстрока два"},
		{"ID", "108", "Имя", "Ева", "Фамилия", "Зимина", "Мобильный телефон", t.plus(), "Отказ от рассылки", "N", "Контакт Telegram", "@eva_zimina"},
	}}
}

func bitrixBoxContacts(t *town) sheet {
	return sheet{header: split(strings.Replace(bitrixContact, "Контакт|", "Контакт|Телефон|E-mail|Сайт|Мессенджер|", 1)+"|Согласие на обработку персональных данных|Не беспокоить", "|"), rows: []row{
		{"ID", "11", "Имя", "Нина", "Фамилия", "Зимина", "Мобильный телефон", t.eight(), "Согласие на обработку персональных данных", "Да", "Не беспокоить", "Нет", "Мессенджер", "imol|telegram|1|55|6"},
		{"ID", "12", "Имя", "Юрий", "Фамилия", "Тихонов", "Телефон", t.eight(), "Согласие на обработку персональных данных", "Да", "Не беспокоить", "Да"},
		{"ID", "13", "Имя", "Глеб", "Фамилия", "Пустов", "Рабочий телефон", "+7 (000) 344222", "Не беспокоить", "Нет"},
	}}
}

func bitrixEnglish(t *town) sheet {
	return sheet{header: split(bitrixContactEN+"|Phone|E-mail|Site|Messenger|Marketing consent|Unsubscribed", "|"), rows: []row{
		{"ID", "201", "First Name", "Mark", "Last Name", "Yasenev", "Mobile", t.plus() + ", " + t.plus(), "Has phone", "Yes", "Has E-mail", "No", "Export", "Y", "Available to everyone", "Yes", "Marketing consent", "Yes", "Unsubscribed", "No"},
		{"ID", "202", "First Name", "Rita", "Last Name", "Zimina", "SMS marketing phone", t.plus(), "Has phone", "Yes", "Marketing consent", "No", "Unsubscribed", "No"},
		{"ID", "203", "First Name", "Boris", "Last Name", "Tikhonov", "Work Phone", t.eight(), "Marketing consent", "Yes", "Unsubscribed", "Yes"},
		{"ID", "204", "First Name", "Inga", "Last Name", "Pustova", "Fax", t.eight(), "Pager Number", "77", "Has phone", "No"},
	}}
}

func bitrixIDs(t *town) sheet {
	return sheet{header: split("NAME|LAST_NAME|SECOND_NAME|PHONE_WORK|PHONE_MOBILE|PHONE_FAX|PHONE_HOME|PHONE_PAGER|PHONE_MAILING|PHONE_OTHER|EMAIL_WORK|EMAIL_HOME|EMAIL_MAILING|EMAIL_OTHER|COMMENTS|SOURCE_ID|UF_CRM_1700000000002", "|"), rows: []row{
		{"NAME", "Савва", "LAST_NAME", "Зимин", "PHONE_MOBILE", t.plus() + "; " + t.plus(), "EMAIL_WORK", "savva@ulitka.example", "SOURCE_ID", "WEB", "UF_CRM_1700000000002", "Y"},
		{"NAME", "Дина", "LAST_NAME", "Зимина", "PHONE_MAILING", t.plus(), "UF_CRM_1700000000002", "N"},
		{"NAME", "Егор", "LAST_NAME", "Пустов", "PHONE_FAX", t.eight()},
	}}
}

func bitrixLeads(t *town) sheet {
	return sheet{header: split(bitrixLead, "|"), rows: []row{
		{"ID", "1", "Название лида", "Заявка с сайта №1", "Имя", "Кира", "Фамилия", "Зимина", "Имя, Фамилия", "Кира Зимина", "Рабочий телефон", t.eight(), "Стадия", "Не обработан", "Повторный лид", "нет", "Состояние", "В работе", "Валюта", "RUB", "Возможная сумма", "15000"},
		{"ID", "2", "Название лида", "Звонок", "Имя, Фамилия", "Макар Зимин", "Мобильный телефон", t.plus(), "Стадия", "Некачественный лид", "Дополнительно о стадии", "Дубль", "Повторный лид", "да", "Состояние", "Обработан и забракован"},
		{"ID", "3", "Название лида", "Без телефона: Пустов", "Рабочий e-mail", "pustov@ulitka.example", "Стадия", "В работе", "Количество", "3"},
	}}
}

func bitrixOldLeads(t *town) sheet {
	header := strings.NewReplacer("Стадия", "Статус", "Дополнительно о стадии", "Дополнительно о статусе").Replace(bitrixLead)
	return sheet{header: split(header, "|"), rows: []row{
		{"ID", "1", "Название лида", "Заявка", "Имя", "Яна", "Фамилия", "Зимина", "Рабочий телефон", t.eight(), "Статус", "Не обработан"},
		{"ID", "2", "Название лида", "Заявка", "Имя", "Рома", "Фамилия", "Тихонов", "Рабочий телефон", t.eight(), "Статус", "Отказ от рассылки"},
	}}
}

func bitrixEnglishLeads(t *town) sheet {
	return sheet{header: split(bitrixLeadEN, "|"), rows: []row{
		{"ID", "5", "Lead Name", "Site form", "Full name", "Ivan Zimin", "Mobile", t.plus(), "Status", "Unassigned", "Opportunity", "12000", "Currency", "RUB", "Repeat lead", "No"},
		{"ID", "6", "Lead Name", "Call", "Full name", "Alla Pustova", "Work E-mail", "alla@ulitka.example", "Status", "In progress"},
	}}
}

func bitrixCompanies(t *town) sheet {
	return sheet{header: split(bitrixCompany, "|"), rows: []row{
		{"Название компании", "ООО Зимин", "Тип компании", "Клиент", "Рабочий телефон", t.eight() + "; +7 (000) 344222", "Рабочий e-mail", "office@zimin.example", "Валюта", "RUB", "Годовой оборот", "1000000"},
		{"Название компании", "ООО Пустов и сыновья", "Тип компании", "Поставщик", "Рабочий телефон", "745-55-33 оп 240", "Комментарий", "код города не записан"},
		{"Название компании", "ИП Пустова", "Рабочий телефон", "060"},
	}}
}
