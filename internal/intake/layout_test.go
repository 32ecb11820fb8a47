package intake_test

import (
	"slices"
	"strings"
	"testing"

	"cleanbase/internal/contact"
	"cleanbase/internal/intake"
)

// TestLayouts: each system's own header row tells the system, its entity and
// the generation, and that the table is contacts.
func TestLayouts(t *testing.T) {
	for _, c := range []struct{ want, header string }{
		{"bitrix24 contact ru", `ID|Фотография|Обращение|Имя|Фамилия|Отчество|Дата рождения|Должность|Компания|Тип контакта|Ответственный|Рабочий телефон|Мобильный телефон|Номер факса|Домашний телефон|Номер пейджера|Телефон для рассылок|Другой телефон|Рабочий e-mail|Частный e-mail|E-mail для рассылок|Комментарий|Источник|Экспорт|`},
		{"bitrix24 contact en", `ID|Photo|Salutation|First Name|Last Name|Middle Name|Birthday|Position|Company|Contact Type|Responsible|Work Phone|Mobile|Fax|Home Phone|Pager Number|SMS marketing phone|Other Phone Number|Work E-mail|Home E-mail|Newsletters email|Source information`},
		{"bitrix24 lead ru", `ID|Название лида|Обращение|Имя|Фамилия|Отчество|Имя, Фамилия|Дата рождения|Рабочий телефон|Мобильный телефон|Рабочий e-mail|Стадия|Дополнительно о стадии|Возможная сумма|Источник|Повторный лид`},
		{"bitrix24 lead en", `ID|Lead Name|Full name|Work Phone|Mobile|Work E-mail|Status|Status information|Opportunity|Currency|Source|Source information|Repeat lead`},
		{"bitrix24 company ru", `ID|Название компании|Логотип|Тип компании|Кол-во сотрудников|Рабочий телефон|Мобильный телефон|Номер факса|Рабочий e-mail|Фактический адрес|Сфера деятельности|Годовой оборот`},
		{"bitrix24 contact field-ids", `NAME|LAST_NAME|SECOND_NAME|PHONE_MOBILE|PHONE_WORK|EMAIL_WORK|COMMENTS|SOURCE_ID`},
		{"bitrix24 lead field-ids", `TITLE|NAME|LAST_NAME|PHONE_MOBILE|EMAIL_WORK|STATUS_ID|OPPORTUNITY`},
		{"amocrm contact list", `ID|Тип|Полное имя контакта|Имя|Фамилия|Название компании|Ответственный|Дата создания контакта|Кем создан контакт|Сделки|Дата редактирования|Кем редактирован|Теги|Примечание 1|Рабочий телефон|Рабочий прямой телефон|Мобильный телефон|Факс|Рабочий email|Личный email`},
		{"amocrm deal deals-old", `ID|Название сделки|Бюджет|Ответственный|Дата создания сделки|Кем создана сделка|Дата редактирования|Кем редактирована|Дата закрытия|Теги|Примечание|Примечание 2|Этап сделки|Воронка|Полное имя контакта|Компания контакта|Рабочий телефон|Мобильный телефон|Рабочий email|Пользовательское соглашение`},
		{"amocrm deal deals-new", `ID|Название сделки|Основной контакт|Рабочий телефон (контакт)|Мобильный телефон (контакт)|Рабочий email (контакт)|Теги сделки|Этап сделки|Дата создания`},
		{"amocrm contact import", `Полное имя (контакт)|Должность (контакт)|Ответственный за контакт|Рабочий телефон (контакт)|Мобильный телефон (контакт)|Рабочий email (контакт)|Название (компания)|Тег контакта|Примечание к контакту`},
		{"unf contact_info bsp", `LineNumber|Тип|Вид_Key|Представление|ЗначенияПолей|Страна|Регион|Город|АдресЭП|НомерТелефона|НомерТелефонаБезКодов`},
		{"unf contact list", `Наименование|ИНН|КПП|Телефон|Адрес электронной почты|Ответственный`},
		{"hubspot contact labels", `Record ID|First Name|Last Name|Email|Phone Number|Contact owner|Last Activity Date|Lead Status|Marketing contact status|Create Date|Unsubscribed from all email`},
		{"hubspot contact labels", `Record ID - Contact|First Name|Last Name|Email|Phone Number|Opted out of email: Newsletter`},
		{"hubspot contact properties", `hs_object_id|firstname|lastname|email|phone|mobilephone|hs_email_optout|createdate`},
		{"hubspot contact properties", `id|properties.firstname|properties.email|properties.phone|properties.hs_email_optout|properties.hs_object_id|properties.lastmodifieddate`},
		{"zoho contact record-id", `Record Id|Contact Owner.id|Contact Owner|Lead Source|First Name|Last Name|Account Name.id|Account Name|Email|Title|Phone|Mobile|Created Time|Modified Time|Mailing Street|Email Opt Out|Secondary Email|Tag|Unsubscribed Mode|Unsubscribed Time`},
		{"zoho contact contact-id", `Contact Id|Contact Owner|Lead Source|First Name|Last Name|Account Name|Email|Phone|Mobile|Modified Time|Email Opt Out`},
		{"pipedrive contact person", `Person - ID|Person - Name|Person - Organisation|Person - Email - Work|Person - Phone - Work|Person - Phone - Mobile|Person - Marketing status`},
		{"salesforce contact labels", `First Name|Last Name|Email|Phone|Mobile|Title|Account Name|Contact Owner|Lead Source|Do Not Call|Email Opt Out|Mailing Street|Mailing State/Province`},
		{"salesforce contact api", `FirstName|LastName|MobilePhone|MailingCountry|LeadSource|HasOptedOutOfEmail|DoNotCall`},
		{"google contact new", `First Name|Middle Name|Last Name|Phonetic First Name|Name Prefix|Nickname|File As|Organization Name|Notes|Photo|Labels|E-mail 1 - Label|E-mail 1 - Value|Phone 1 - Label|Phone 1 - Value|Phone 2 - Label|Phone 2 - Value`},
		{"google contact old", `Name|Given Name|Additional Name|Family Name|Yomi Name|Notes|Group Membership|E-mail 1 - Type|E-mail 1 - Value|Phone 1 - Type|Phone 1 - Value`},
		{"outlook contact en-61", `First Name|Middle Name|Last Name|Title|Suffix|E-mail Address|E-mail 2 Address|Home Phone|Home Phone 2|Business Phone|Mobile Phone|Car Phone|Other Phone|Primary Phone|Pager|Business Fax|Notes`},
		{"outlook contact en-92", `First Name|Last Name|Company|Business Country|E-mail Address|E-mail Display Name|Home Phone|Business Phone|Mobile Phone|Categories|Pager`},
		{"outlook contact ru", `Имя|Отчество|Фамилия|Организация|Рабочий телефон|Телефон раб. 2|Домашний телефон|Телефон переносной|Рабочий факс|Адрес эл. почты|Заметки`},
		{"mailru contact en", `FirstName|MiddleName|LastName|E-mailAddress|E-mail2Address|HomePhone|BusinessPhone|MobilePhone`},
		{"livemail contact csv", `First Name|Last Name|Name|Email Address|Home Phone|Business Phone|Mobile Phone|Job Title|Notes`},
		{"yahoo contact csv", `First|Last|Middle|Email|Alternate Email 1|Home|Work|Mobile|Pager|Fax|Other|Comments`},
		{"wazzup contact api-v3", `id|responsibleUserId|name|chatType|chatId|username|phone|uri`},
		{"wazzup contact api-v3", `id|responsible_user_id|name|chat_type|chat_id|phone`},
		{"wazzup contact api-v3", `id|name|contactData.0.chatType|contactData.0.chatId|contactData.1.chatType|contactData.1.phone`},
		{"bitrix24 contact ru", `ID|Контакт|Ответственный|Тип контакта|Телефон|E-mail|Мессенджер|Сайт`},
		{"unf contact odata", `Ref_Key|DataVersion|Description|Code|КонтактнаяИнформация.0.Тип|КонтактнаяИнформация.0.Представление|КонтактнаяИнформация.0.НомерТелефона|КонтактнаяИнформация.1.Тип|КонтактнаяИнформация.1.Представление`},
		{"apollo contact labels", `First Name|Last Name|Email|Work Direct Phone|Corporate Phone|First Phone|Mobile Phone|Lists`},
		{" ", `Имя|Телефон|Email|Город`},
	} {
		p := plan(t, "export.csv", c.header, contact.NoRole)
		if got := strings.TrimRight(p.System+" "+p.Entity+" "+p.Generation, " "); got != strings.TrimRight(c.want, " ") {
			t.Errorf("%s: told as %q, want %q", c.header, got, c.want)
		}
		if p.Role != contact.RoleContacts {
			t.Errorf("%s: role %v by %v", c.want, p.Role, p.RoleBy)
		}
	}
	p := plan(t, "Яндекс контакты.csv", "First Name|E-mail Address|Home Phone|Business Phone|Mobile Phone|Pager", contact.NoRole)
	if p.System != "yandex" {
		t.Errorf("yandex's file told as %q", p.System)
	}
	p = plan(t, "hubspot-crm-exports-todos-2026-11-18.csv", "ID de registro|Nombre|Correo|Teléfono|De alta|Suspendido\n1|Ana|ana@pochta.example|+34612345678|Sí|No\n2|Eva|eva@pochta.example|+34612345679||", contact.NoRole)
	if p.System != "hubspot" || p.Role != contact.RoleContacts || len(p.Notes) == 0 || !slices.Equal(p.Suspicious, []int{4}) {
		t.Errorf("HubSpot's labels of another language: %q, %v, notes %v, suspicious %v", p.System, p.Role, p.Notes, p.Suspicious)
	}
	p = plan(t, "sms.csv", "From|To|Body|Status|SentDate|ApiVersion|NumSegments|ErrorCode|AccountSid|Sid|Direction|Price|PriceUnit", contact.NoRole)
	if p.System != "twilio" || p.Role != contact.RoleEvents {
		t.Errorf("Twilio's log told as %q, %v", p.System, p.Role)
	}
}

// TestRoles: what the name and the columns say together.
func TestRoles(t *testing.T) {
	const bare, person, dated = "+79110000001\n+79110000002", "Имя|Телефон\nИван|+79110000001", "phone|date|channel\n+79110000001|2024-05-06|sms"
	for _, c := range []struct {
		file, sheet, text string
		want              contact.Role
	}{
		{"list.csv", "", bare, contact.NoRole},
		{"removed.csv", "", "phone_e164|verdict|reasons|explanation|source|Имя\n+79110000001|removed|optout.listed|…|a.csv|Иван", contact.NoRole},
		{"стоп.csv", "", "phone_e164|verdict|reasons|explanation|source|Имя\n+79110000001|removed|optout.listed|…|a.csv|Иван", contact.RoleOptOuts},
		{"клиенты.log", "", "10:00 INFO {\"phone\":\"+79110000001\"|\"text\":\"стоп\"}\n10:01 INFO {\"phone\":\"+79110000002\"|\"text\":\"да\"}", contact.NoRole},
		{"a.csv", "", "79110000001|103|2026-11-20\n79110000002|150|2026-11-20", contact.RoleEvents},
		{"a.csv", "", "recipient|status|sendTs|text\n79110000001|DELIVRD|x|Акция\n79110000002|UNDELIV|x|Акция", contact.RoleEvents},
		{"a.csv", "", "79110000001|20.11.2026|исходящее|Акция|доставлено\n79110000002|20.11.2026|входящее|Отпишите меня|", contact.RoleEvents},
		{"a.csv", "", "Адресат|Когда ушло|Итог\n79110000001|20.11.2026|доставлено\n79110000002|20.11.2026|абонент не существует", contact.RoleEvents},
		{"a.csv", "", "Имя|Телефон|Когда|Итог\nИван|79110000001|20.11.2026|доставлено\nПётр|79110000002|20.11.2026|доставлено", contact.RoleContacts},
		{"чат с клиентами.txt", "", "20.11.2026|10:00 - +7 911 000-00-01: Стоп\n20.11.2026|10:02 - +7 911 000-00-02: Сколько стоит?", contact.NoRole},
		{"a.csv", "", "Телефон|Дата|Статус|Ошибка|Канал\n+79110000001|20.11.2026|error|chat.denied|MAX", contact.RoleEvents},
		{"клиенты.json", "", "id|message.text|message.date|message.contact.phone\n1|Стоп|1794300000|\n2||1794300001|79110000001", contact.NoRole},
		{"max ids.csv", "", "user_id|phone\n30003|+79110000001", contact.RoleEvents},
		{"карта id.csv", "", "MAX ID|Телефон\n30003|+79110000001", contact.RoleEvents},
		{"карта id.csv", "", "MAX ID|Телефон|Имя\n30003|+79110000001|Иван", contact.RoleContacts},
		{"стоп id.csv", "", "MAX ID|Телефон\n30003|+79110000001", contact.RoleOptOuts},
		{"users.csv", "", "MAX ID|Телефон\n30003|+79110000001", contact.RoleContacts},
		{"a.csv", "", "79110000001|22\n79110000002|25", contact.NoRole},
		{"stop.csv", "", bare, contact.RoleOptOuts},
		{"стоп-лист.csv", "", bare, contact.RoleOptOuts},
		{"СтопЛист 2024.xlsx", "", bare, contact.RoleOptOuts},
		{"Отписавшиеся.xlsx", "Лист1", person, contact.RoleOptOuts},
		{"clients_stop.xlsx", "", person, contact.RoleOptOuts},
		{"unsubscribed.csv", "", dated, contact.RoleOptOuts},
		{"optouts.csv", "", dated, contact.RoleOptOuts},
		{"OptOut_Export.csv", "", dated, contact.RoleOptOuts},
		{"Черный список.xlsx", "", bare, contact.RoleOptOuts},
		{"do-not-contact.csv", "", bare, contact.RoleOptOuts},
		{"не беспокоить.csv", "", person, contact.RoleOptOuts},
		{"бан-лист.csv", "", person, contact.RoleOptOuts},
		{"BanList.xlsx", "", bare, contact.RoleOptOuts},
		{"bank.csv", "", person, contact.RoleContacts},
		{"donotcall.csv", "", person, contact.RoleOptOuts},
		{"на удаление.csv", "", person, contact.RoleOptOuts},
		{"Негатив.xlsx", "", person, contact.RoleOptOuts},
		{"Запрет рассылок.csv", "", person, contact.RoleOptOuts},
		{"не обзванивать.csv", "", person, contact.RoleOptOuts},
		{"Кому нельзя писать.csv", "", person, contact.RoleOptOuts},
		{"Убрать из базы.csv", "", person, contact.RoleOptOuts},
		{"отзыв согласий.csv", "", person, contact.RoleOptOuts},
		{"Отзывы.csv", "", person, contact.RoleContacts},
		{"пожаловались.csv", "", person, contact.RoleComplaints},
		{"коллеги.csv", "", person, contact.RoleProtected},
		{"removal requests.csv", "", person, contact.NoRole},
		{"muted.csv", "", person, contact.NoRole},
		{"Клиенты.xlsx", "Игнор", person, contact.NoRole},
		{"Отключить рассылку.csv", "", person, contact.NoRole},
		{"Претензионная база.csv", "", person, contact.RoleComplaints},
		{"жалобы.csv", "", dated, contact.RoleComplaints},
		{"complaints.csv", "", "phone|date|reason\n+79110000001|2024-05-06|spam", contact.RoleComplaints},
		{"согласия.csv", "", "Телефон|Дата|Источник\n+79110000001|06.05.2024|сайт", contact.RoleConsents},
		{"consents.xlsx", "", bare, contact.RoleConsents},
		{"Реестр согласий.xlsx", "", "ФИО|Телефон|Дата согласия|Версия текста\nИван|+79110000001|06.05.2024|1", contact.RoleConsents},
		{"согласия_клиентов.csv", "", bare, contact.NoRole},
		{"согласия_клиентов.csv", "", dated, contact.RoleConsents},
		{"согласия_клиентов.csv", "", person, contact.RoleContacts},
		{"подписчики.csv", "", bare, contact.RoleConsents},
		{"подписчики.csv", "", person, contact.RoleContacts},
		{"подписчики.csv", "", "Имя|Телефон|Статус подписки|Дата подписки\nИван|+79110000001|Подписан|06.05.2024", contact.RoleContacts},
		{"subscribed_members_export_15d1.csv", "", "Email Address|First Name|Phone Number|OPTIN_TIME\nann@post.ru|Ann|+79110000001|2024-05-06 10:00:00", contact.RoleContacts},
		{"subscribed_members_export_15d1.csv", "", "Email Address|First Name|Phone Number|OPTIN_TIME\nann@post.ru|Ann||2024-05-06 10:00:00", contact.RoleConsents},
		{"согласия подписчиков.csv", "", "Имя|Телефон|Дата согласия\nИван|+79110000001|06.05.2024", contact.RoleConsents},
		{"ses.csv", "", "EmailAddress|Reason|LastUpdateTime\nann@post.ru|COMPLAINT|2024-05-06T10:00:00Z\nbob@post.ru|BOUNCE|2024-05-06T10:00:00Z", contact.RoleOptOuts},
		{"profiles.csv", "", "Email|Reason\nann@post.ru|SPAM_COMPLAINT\nbob@post.ru|UNSUBSCRIBED", contact.RoleOptOuts},
		{"export.csv", "", "Phone|Status\n+79110000001|unsubscribed\n+79110000002|Opted out", contact.RoleOptOuts},
		{"export.csv", "", "Phone|Status\n+79110000001|unsubscribed\n+79110000002|subscribed", contact.NoRole},
		{"отписавшиеся подписчики.csv", "", bare, contact.RoleOptOuts},
		{"сотрудники.csv", "", person, contact.RoleProtected},
		{"protected.csv", "", bare, contact.RoleProtected},
		{"vip.csv", "", bare, contact.RoleProtected},
		{"vip_clients.csv", "", person, contact.NoRole},
		{"clients.csv", "", bare, contact.RoleContacts},
		{"База клиентов.xlsx", "Лист1", bare, contact.RoleContacts},
		{"выгрузка.xlsx", "", person, contact.RoleContacts},
		{"выгрузка.xlsx", "Стоп-лист", person, contact.RoleOptOuts},
		{"клиенты и стоп-лист.xlsx", "Стоп-лист", person, contact.RoleOptOuts},
		{"клиенты и стоп-лист.xlsx", "Клиенты", person, contact.NoRole},
		{"согласия и отказы.xlsx", "Отказы", bare, contact.RoleOptOuts},
		{"согласия и отказы.xlsx", "Согласия", dated, contact.RoleConsents},
		{"база без стоп-листа.csv", "", person, contact.NoRole},
		{"clients_without_unsub.csv", "", person, contact.NoRole},
		{"x.csv", "", "Телефон|Дата|Направление|Текст|Статус\n+79110000001|06.05.2024 10:00|входящее|привет|", contact.RoleEvents},
		{"x.csv", "", "phone|time|direction|text\n+79110000001|2024-05-06 10:00|in|hi", contact.RoleEvents},
		{"report.csv", "", "Номер телефона|Статус|Дата отправки\n+79110000001|Доставлено|06.05.2024 10:00", contact.RoleEvents},
		{"x.csv", "", dated, contact.NoRole},
		{"стопроцентные скидки, клиенты.csv", "", person, contact.RoleContacts},
		{"contacts_2024-05-06.csv", "", bare, contact.RoleContacts},
		{"x.csv", "", "phone|consent_at|source|text_version\n+79110000001|2024-05-06|site|v2", contact.RoleConsents},
		{"contacts_shared.xlsx", "Contacts", person, contact.RoleContacts},
	} {
		p, err := intake.New(options()).Plan(intake.Source{File: "/a/стоп/" + c.file, Sheet: c.sheet}, rows(c.text), contact.NoRole)
		if (err != nil) != (c.want == contact.NoRole) {
			t.Errorf("%s/%s: %v", c.file, c.sheet, err)
		}
		if p.Role != c.want {
			t.Errorf("%s/%s is %v by %v, want %v", c.file, c.sheet, p.Role, p.RoleBy, c.want)
		}
	}
}
