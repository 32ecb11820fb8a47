package system

import "cleanbase/internal/contact"

// layouts are the tables that systems are known to export (formats.md 1). A
// layout is told by headers that others do not have; no header stands here
// that was not seen in a real file or in the vendor's own source, but for the
// 1C list, which says so.
func layouts() []contact.Layout {
	var all []contact.Layout
	for _, some := range [][]contact.Layout{bitrix(), amo(), unf(), western(), addressBooks(), messengers()} {
		all = append(all, some...)
	}
	return all
}

func other(text string) []contact.Heading {
	return []contact.Heading{{Meaning: mean(contact.FieldOther), Headers: list(text)}}
}

// bitrixAsides are Bitrix24's columns that say nothing of who a person is or
// wants, and that their names would not tell.
const bitrixAsides = `Личная страница | Страница Facebook | Страница ВКонтакте | Страница LiveJournal | Микроблог Twitter | Контакт Facebook | Контакт ВКонтакте | Контакт Skype | Контакт Битрикс24.Network | Онлайн-чат
	Контакт Открытая линия | Контакт ICQ | Контакт MSN/Live! | Контакт Jabber | Комментарии Instagram | Мессенджер | Messenger | Квартира, офис, комната, этаж | Связанный пользователь | Возможная сумма | Логотип | Тип компании | Кол-во сотрудников
	Фактический адрес | Юридический адрес | Банковские реквизиты | Сфера деятельности | Годовой оборот | Способ связи | Apartment / Suite | VK account | Open Channel account | Communication | Opportunity | Total | Currency | Repeat lead`

func bitrix() []contact.Layout {
	layout := func(entity, generation, needs, signs string, least int) contact.Layout {
		return contact.Layout{System: "bitrix24", Entity: entity, Generation: generation, Role: contact.RoleContacts, Needs: list(needs), Signs: list(signs), Least: least, Headings: other(bitrixAsides)}
	}
	const multi = `Номер факса | Номер пейджера | Телефон для рассылок | Частный e-mail | E-mail для рассылок | Другой e-mail | Корпоративный сайт | Контакт Открытая линия | Микроблог Twitter`
	const multiEN = `Pager Number | SMS marketing phone | Newsletters email | Home E-mail | Other E-mail | Other Phone Number | Corporate Website | Open Channel account`
	const ids = `PHONE_MOBILE | PHONE_WORK | PHONE_HOME | PHONE_OTHER | PHONE_MAILING | EMAIL_WORK | EMAIL_HOME | EMAIL_OTHER | SECOND_NAME | LAST_NAME | SOURCE_ID | COMMENTS`
	company := layout("company", "ru", "Название компании", multi+` | Тип компании | Кол-во сотрудников | Сфера деятельности | Годовой оборот | Фактический адрес | Юридический адрес | Банковские реквизиты | Логотип`, 3)
	company.Needs = append(company.Needs, "Тип компании")
	contactIDs := layout("contact", "field-ids", "", ids, 2)
	leadIDs := layout("lead", "field-ids", "TITLE", ids+" | STATUS_ID | STATUS_DESCRIPTION | OPPORTUNITY | CURRENCY_ID | TITLE", 2)
	contactIDs.Written, leadIDs.Written = contact.Exactly, contact.Exactly
	contactIDs.Headings = []contact.Heading{{Meaning: mean(contact.FieldFirstName), Headers: list("NAME")}, {Meaning: mean(contact.FieldOther), Headers: list("STATUS_ID | OPPORTUNITY | CURRENCY_ID")}}
	leadIDs.Headings = append(contactIDs.Headings, contact.Heading{Meaning: mean(contact.FieldNote), Headers: list("STATUS_DESCRIPTION")}, contact.Heading{Meaning: mean(contact.FieldName), Headers: list("TITLE")})
	return []contact.Layout{
		layout("lead", "ru", "Название лида", multi+` | Название лида | Дополнительно о стадии | Дополнительно о статусе | Повторный лид | Связанный пользователь | Возможная сумма | Дополнительно об источнике | Доступен для всех | Имя, Фамилия | Рабочий телефон`, 2),
		layout("lead", "en", "Lead Name", multiEN+` | Lead Name | Status information | Repeat lead | Status group | Opportunity | Source information | Available to everyone | Work Phone`, 2),
		company,
		layout("contact", "ru", "", multi+` | Тип контакта | Список компаний | Задан телефон | Задан e-mail | Создан CRM-формой | Доступен для всех | Дополнительно об источнике | Экспорт | Мессенджер | Кем изменен`, 2),
		layout("contact", "en", "", multiEN+` | Contact Type | Companies | Has phone | Has E-mail | Created by CRM form | Available to everyone | Source information | Apartment / Suite`, 2),
		leadIDs, contactIDs,
	}
}

const amoAsides = `Название сделки | Кем создан контакт | Кем создана сделка | Сделки | Кем редактирован | Кем редактирована | Дата закрытия | Ответственный за контакт | Бюджет ₸ | utm_source | utm_medium`

func amo() []contact.Layout {
	layout := func(entity, generation, needs, signs string) contact.Layout {
		return contact.Layout{System: "amocrm", Entity: entity, Generation: generation, Role: contact.RoleContacts, Needs: list(needs), Signs: list(signs), Least: 2,
			Headings: other(amoAsides + " | Тип")}
	}
	list := layout("contact", "list", "Полное имя контакта", `Кем создан контакт | Дата создания контакта | Рабочий прямой телефон | Кем редактирован | Дата редактирования | Сделки | Личный email | Тип`)
	list.Headings = append(other(amoAsides), contact.Heading{Meaning: mean(contact.FieldType), Headers: []string{"Тип"}})
	return []contact.Layout{
		layout("deal", "deals-new", "Основной контакт", `Рабочий телефон (контакт) | Рабочий прямой телефон (контакт) | Мобильный телефон (контакт) | Домашний телефон (контакт) | Другой телефон (контакт) | Рабочий email (контакт) | Теги сделки | Этап сделки | Название сделки`),
		layout("deal", "deals-old", "Название сделки", `Полное имя контакта | Дата создания сделки | Кем создана сделка | Кем редактирована | Этап сделки | Воронка | Бюджет | Компания контакта | Ответственный за контакт | Дата закрытия | Рабочий прямой телефон`),
		layout("contact", "import", "Полное имя (контакт)", `Ответственный за контакт | Рабочий телефон (контакт) | Мобильный телефон (контакт) | Домашний телефон (контакт) | Рабочий email (контакт) | Личный email (контакт) | Название (компания) | Адрес (компания) | Тег контакта | Примечание к контакту`),
		list,
	}
}

func unf() []contact.Layout {
	return []contact.Layout{
		{System: "unf", Entity: "contact_info", Generation: "bsp", Role: contact.RoleContacts, Needs: list("Тип | Представление"), Least: 2,
			Signs: list("НомерТелефона | НомерТелефонаБезКодов | Вид_Key | ЗначенияПолей | АдресЭП | ДоменноеИмяСервера | ВидДляСписка_Key | LineNumber"),
			Headings: append(other("НомерТелефонаБезКодов | ДоменноеИмяСервера | LineNumber | Вид_Key | ВидДляСписка_Key | ЗначенияПолей | Значение | ДействуетС"),
				contact.Heading{Meaning: mean(contact.FieldPhone), Headers: list("Представление | НомерТелефона")}, contact.Heading{Meaning: mean(contact.FieldID), Headers: list("Ref_Key")}),
			Note: contact.T("one row a phone, e-mail or address of somebody: rows with no phone have nobody to be written to and count as phone.missing", "каждая строка - один телефон, одна почта или один адрес: строкам без телефона писать некуда, они попадут в phone.missing")},
		{System: "unf", Entity: "contact", Generation: "odata", Role: contact.RoleContacts, Needs: list("Ref_Key | КонтактнаяИнформация.0.Тип | КонтактнаяИнформация.0.Представление"), Least: 1,
			Signs: list("Description | Code | DataVersion | DeletionMark | КонтактнаяИнформация.0.НомерТелефона | КонтактнаяИнформация.0.АдресЭП"),
			Headings: append(other(`Code | DataVersion | DeletionMark | КонтактнаяИнформация.0.Ref_Key | КонтактнаяИнформация.0.LineNumber | КонтактнаяИнформация.0.Тип | КонтактнаяИнформация.0.Вид_Key | КонтактнаяИнформация.0.ЗначенияПолей
				КонтактнаяИнформация.0.Страна | КонтактнаяИнформация.0.Регион | КонтактнаяИнформация.0.Город | КонтактнаяИнформация.0.ДоменноеИмяСервера | КонтактнаяИнформация.0.НомерТелефонаБезКодов | КонтактнаяИнформация.0.ВидДляСписка_Key
				КонтактнаяИнформация.0.Значение | КонтактнаяИнформация.0.ДействуетС`),
				contact.Heading{Meaning: mean(contact.FieldPhone), Headers: list("КонтактнаяИнформация.0.Представление | КонтактнаяИнформация.0.НомерТелефона")}, contact.Heading{Meaning: mean(contact.FieldEmail), Headers: list("КонтактнаяИнформация.0.АдресЭП")},
				contact.Heading{Meaning: mean(contact.FieldID), Headers: list("Ref_Key")}, contact.Heading{Meaning: mean(contact.FieldName), Headers: list("Description")})},
		{System: "unf", Entity: "contact", Generation: "list", Role: contact.RoleContacts, Needs: list("Наименование"), Least: 2,
			Signs: list("ИНН | КПП | Ответственный | Адрес электронной почты"),
			Note:  contact.T("looks like a list from 1C; its captions are chosen by the user, so check the columns", "похоже на список из 1С; его заголовки выбирает пользователь, поэтому проверьте колонки")},
	}
}

// westernAsides are columns of the western CRMs that say nothing of who a
// person is or wants. Pipedrive's deals and persons are numbered apart: deal 7
// has nothing to do with person 7.
const westernAsides = `State/Region | Street Address | Last marketing email click date | Last marketing email open date | Last marketing email reply date | Last marketing email send date | Associated Company (IDs)
	Contact Owner.id | Account Name.id | Vendor Name.id | Vendor Name | Created By.id | Modified By.id | Mailing Street | Mailing State | Mailing Zip | Mailing State/Province | Mailing Zip/Postal Code
	Deal - ID | Deal - Title | Deal - Status | Deal - Value | Person - Owner | Person - Job title | Person - Last email received | Person - Postal address | Organization - ID | Organization - Address`

// western are CRMs whose layouts come from real headers and header dumps.
func western() []contact.Layout {
	layout := func(system, generation, needs, signs string, least int) contact.Layout {
		return contact.Layout{System: system, Entity: "contact", Generation: generation, Role: contact.RoleContacts, Needs: list(needs), Signs: list(signs), Least: least, Headings: other(westernAsides)}
	}
	const zohoSigns = `Contact Owner.id | Contact Owner | Account Name.id | Account Name | Vendor Name.id | Vendor Name | Created By.id | Modified By.id | Email Opt Out | Unsubscribed Mode | Unsubscribed Time | Change Log Time | Secondary Email | Last Activity Time | Modified Time | Created Time | Lead Source | Mailing Street | Mailing State | Mailing Zip | Locked`
	properties := layout("hubspot", "properties", "", `hs_object_id | hs_email_optout | hs_legal_basis | hs_marketable_status | hs_whatsapp_phone_number | hs_analytics_source | notes_last_contacted | notes_last_updated | lastmodifieddate | createdate | mobilephone`, 2)
	api := layout("salesforce", "api", "", `FirstName | LastName | MobilePhone | MailingCountry | LeadSource | HasOptedOutOfEmail | DoNotCall`, 3)
	properties.Written, api.Written = contact.Exactly, contact.Exactly
	labels := layout("hubspot", "labels", "", `Record ID | Record ID - Contact | Contact owner | Create Date | Last Modified Date | Last Activity Date | Lead Status | Lifecycle Stage | Original Source | Latest Source | Legal basis for processing contact's data | Marketing contact status | Marketing contact until next update | Marketing email confirmation status | Unsubscribed from all email | Opted out of email | Mobile Phone Number | WhatsApp Phone Number | Number of times contacted | Last Contacted | Last Engagement Date | Email hard bounce reason | Email Address Quarantined | Associated Company (IDs) | IP Country`, 3)
	few := labels // its own name of the id is enough beside one of the others
	few.Needs, few.Least = list("Record ID - Contact"), 1
	return []contact.Layout{
		properties, api, labels, few,
		{System: "hubspot", Entity: "contact", Generation: "other-language", Role: contact.RoleContacts, File: []string{"hubspot crm exports"}, Headings: other(westernAsides),
			Note: contact.T("its labels are in a language that is not known: columns are told by what they hold, so look at those of refusals; exported in English it is read by its labels",
				"подписи колонок на незнакомом языке: они определены по содержимому, проверьте колонки отказов; выгрузка на английском читается по подписям")},
		layout("zoho", "record-id", "Record Id", zohoSigns, 3),
		layout("zoho", "contact-id", "Contact Id", zohoSigns, 3),
		layout("pipedrive", "person", "", `Person - ID | Person - Name | Person - First name | Person - Last name | Person - Organization | Person - Organisation | Person - Email - Work | Person - Email - Home | Person - Email - Other | Person - Phone - Work | Person - Phone - Home | Person - Phone - Mobile | Person - Phone - Other | Person - Phone | Person - Email | Person - Marketing status | Person - Double opt-in | Person - Owner | Person - Labels | Person - Notes | Person - Job title | Person - Birthday | Person - Last activity date | Person - Last email received | Person - Postal address`, 2),
		layout("salesforce", "labels", "", `Do Not Call | Email Opt Out | Account Name | Contact Owner | Lead Source | Asst. Phone | Mailing Street | Mailing City | Mailing State/Province | Mailing Zip/Postal Code | Mailing Country | Birthdate | Business Phone`, 3),
		layout("apollo", "labels", "", `Work Direct Phone | Corporate Phone | First Phone | Lists`, 2),
	}
}

const bookAsides = `Organization Title | Organization Department | Organization 1 - Title | Address 1 - Label | Address 1 - Formatted | Address 1 - Street | Address 1 - PO Box | Address 1 - Region | Address 1 - Postal Code | Address 1 - Extended Address | IMAddress | Веб-страница`

// addressBooks are Google's, Microsoft's and their relatives'. Yandex writes
// Outlook's layout, so only its file's name tells it.
func addressBooks() []contact.Layout {
	layout := func(system, generation, needs, signs string, least int) contact.Layout {
		return contact.Layout{System: system, Entity: "contact", Generation: generation, Role: contact.RoleContacts, Needs: list(needs), Signs: list(signs), Least: least, Headings: other(bookAsides)}
	}
	const en = `E-mail Address | E-mail 2 Address | E-mail 3 Address | Business Phone | Business Phone 2 | Home Phone | Home Phone 2 | Mobile Phone | Car Phone | Other Phone | Primary Phone | Pager | Business Fax | Home Fax | Other Fax | Company Main Phone | Callback | Radio Phone | Telex | TTY/TDD Phone | IMAddress | Given Yomi | Surname Yomi`
	const ru = `Телефон переносной | Телефон раб. 2 | Телефон дом. 2 | Основной телефон организации | Радиотелефон | Телефон в машине | Адрес эл. почты | Адрес 2 эл. почты | Адрес 3 эл. почты | Рабочий факс | Домашний факс | Другой факс | Веб-страница`
	// Mail.ru leaves the blanks out; the few headers of one word tell nothing.
	mail, mailRU := layout("mailru", "en", "", en, 4), layout("mailru", "ru", "", ru, 4)
	mail.Written, mailRU.Written = contact.Spacelessly, contact.Spacelessly
	cards := layout("vcard", "2.1-4.0", "", `Name | Given Name | Additional Name | Family Name | Birthday | Notes | Group Membership | Organization 1 - Name | Organization 1 - Title | Phone 1 - Type | Phone 1 - Value | E-mail 1 - Type | E-mail 1 - Value`, 9)
	cards.File = []string{"=vcf", "=vcard"}
	yandexEN, yandexRU := layout("yandex", "en", "", en, 3), layout("yandex", "ru", "", ru, 2)
	yandexEN.File = []string{"yandex", "яндекс"}
	yandexRU.File = yandexEN.File
	yahoo := layout("yahoo", "csv", "First | Last", `Middle | Alternate Email 1 | Home | Work | Pager | Comments | Mobile | Email`, 4)
	yahoo.Headings = []contact.Heading{{Meaning: mean(contact.FieldPhone), Headers: list("Home | Work | Other")}}
	return []contact.Layout{
		cards,
		layout("google", "new", "", `First Name | Organization Name | Organization Title | Labels | Phone 1 - Label | Phone 1 - Value | E-mail 1 - Label | E-mail 1 - Value | File As | Phonetic First Name | Name Prefix | Address 1 - Label`, 4),
		layout("google", "old", "", `Given Name | Family Name | Additional Name | Yomi Name | Group Membership | Phone 1 - Type | Phone 1 - Value | E-mail 1 - Type | E-mail 1 - Value | Organization 1 - Name`, 4),
		yandexEN, yandexRU, mail, mailRU,
		layout("outlook", "en-92", "E-mail Display Name", en+" | E-mail Display Name | Categories | Business Country", 4),
		layout("outlook", "en-61", "", en, 5),
		layout("outlook", "ru", "", ru, 3),
		layout("livemail", "csv", "Name | Email Address", `First Name | Last Name | Name | Email Address | Home Phone | Business Phone | Mobile Phone | Job Title | Notes`, 6),
		yahoo,
	}
}

func messengers() []contact.Layout {
	wazzup := contact.Layout{System: "wazzup", Entity: "contact", Generation: "api-v3", Role: contact.RoleContacts, Needs: list("responsibleUserId"), Signs: list("chatType | chatId | contactData | username | uri | contactData.0.chatType | contactData.0.chatId"), Least: 1,
		Headings: append(other("responsibleUserId | uri | username | contactData.0.username"), contact.Heading{Meaning: mean(contact.FieldMessenger), Headers: list("chatId | contactData.0.chatId")},
			contact.Heading{Meaning: mean(contact.FieldChannel), Headers: list("chatType | contactData.0.chatType")}, contact.Heading{Meaning: mean(contact.FieldPhone), Headers: list("phone | contactData.0.phone")})}
	bare := wazzup
	bare.Needs = list("contactData.0.chatType")
	return []contact.Layout{
		wazzup, bare,
		{System: "twilio", Entity: "message", Generation: "log", Role: contact.RoleEvents, Needs: list("From | To | Body"), Signs: list("Status | SentDate | ApiVersion | NumSegments | ErrorCode | AccountSid | Sid | Direction | Price | PriceUnit"), Least: 3},
		{System: "twilio", Entity: "message", Generation: "webhook", Role: contact.RoleEvents, Needs: list("From | To | Body | MessageSid"), Signs: list("OptOutType | SmsStatus | SmsSid | SmsMessageSid | AccountSid | NumMedia | NumSegments | ApiVersion | MessagingServiceSid"), Least: 2,
			Headings: append(other("SmsSid | SmsMessageSid"), contact.Heading{Meaning: mean(contact.FieldStatus), Headers: list("OptOutType | SmsStatus | MessageStatus")},
				contact.Heading{Meaning: mean(contact.FieldText), Headers: list("ButtonText | ListTitle")}, contact.Heading{Meaning: mean(contact.FieldButton), Headers: list("ListId")})},
	}
}
