package intake_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cleanbase/internal/contact"
	"cleanbase/internal/intake"
)

// show is a record as one line.
func show(rec *contact.Record) string {
	var parts []string
	for _, n := range rec.Numbers {
		parts = append(parts, fmt.Sprint(n.Phone, n.Status))
	}
	for _, id := range rec.IDs {
		parts = append(parts, id.String())
	}
	if c := rec.Claim; c.Says != contact.SaysNothing {
		parts = append(parts, strings.TrimSpace(fmt.Sprintf("%s %v %s", []string{"", "yes", "no"}[c.Says], c.Channel, c.At.Short())))
		if c.Sourced {
			parts = append(parts, "sourced")
		}
	}
	for _, e := range rec.Evidence {
		parts = append(parts, strings.Join(strings.Fields(fmt.Sprint(e.Kind, " ", e.Channel, " ", e.At.Short(), " ", e.Rule, " ", e.Quote)), " "))
	}
	return strings.Join(parts, "; ")
}

// TestRecords reads one row under one header, by the words of both languages.
func TestRecords(t *testing.T) {
	for _, c := range []struct{ header, row, want string }{
		{"phone|name|consentStatus|consent", "89110000001|Иван|2|да", "+79110000001 0; yes any; optout any flag:consentStatus 2"},
		{"Телефон|Мобильный телефон|Домашний телефон|Имя", "84951234567|89110000001|+7 911 000-00-02; +79110000003|Иван", "+79110000001 0; +74951234567 3; +79110000002 0; +79110000003 0"},
		{"Телефон|Мобильный|Имя", "89110000001|+79110000001|Иван", "+79110000001 0"},
		{"Имя|Телефон|E-mail", "Иван|89110000001|Ivan@Pochta.RU, mailto:b@b-c.com <i@i.ru>; нет@нет.ру; test@test.ru", "+79110000001 0; ivan@pochta.ru; b@b-c.com; i@i.ru"},
		{"Имя|Телефон", "Иван|89110000001 ivan79110000002@mail.ru", "+79110000001 0; ivan79110000002@mail.ru"},
		{"Имя|Телефон|Страна", "Аян|7011234567|Казахстан", "+77011234567 3"},
		{"Имя|Телефон|Страна", "Аян|7011234567|Казахстан (Алматы)", "+77011234567 3"},
		{"Имя|Телефон|Страна", "Аян|7011234567|kaz", "+77011234567 3"},
		{"Имя|Телефон|Страна", "Иван|911 000-00-01|Беларусь", "+79110000001 6"},
		{"Имя|Телефон|Страна", "Иван|+79110000001|Беларусь", "+79110000001 0"},
		{"Имя|Телефон|Код страны", "Мьо|09 421 123 456|+95", " 1"},
		{"Имя|Телефон|Country", "Kiran|9841234715|Nepal", "+79841234715 6"},
		{"Имя|Телефон|Страна", "Иван|9110000001|NA", "+79110000001 0"},
		{"Имя|Телефон|Telegram|MAX ID", "Иван|89110000001|https://t.me/Ivan_Petrov|10042", "+79110000001 0; telegram:@ivan_petrov; max:10042"},
		{"Имя|Телефон|WhatsApp ID", "Иван||79110000001@c.us", "+79110000001 0"},
		{"Имя|Телефон|WhatsApp BSUID", "Иван|89110000001|US.13491208655302741918", "+79110000001 0; whatsapp:US.13491208655302741918"},
		{"Имя|Телефон|WhatsApp", "Иван|89110000001|US.ENT.13491208655302741918", "+79110000001 0; whatsapp:US.ENT.13491208655302741918"},
		{"Name|Phone|wa_user_id", "Ivan||79110000001", "+79110000001 0"},
		{"Name|Phone|user_id", "Ivan|89110000001|RU.1349120865530274", "+79110000001 0; whatsapp:RU.1349120865530274"},
		{"First Name|Phone 1 - Label|Phone 1 - Value|Phone 2 - Label|Phone 2 - Value|Phone 3 - Label|Phone 3 - Value", "Ann|Work|+7 911 000-00-01|* Mobile|+7 911 000-00-02|Home Fax|+7 911 000-00-03", "+79110000002 0; +79110000001 0"},
		{"Name|Assistant's Phone|Asst. Phone|Business Phone", "Ann|89110000001|89110000002|89110000003", "+79110000003 0; +79110000001 0; +79110000002 0"},
		{"Ref_Key|Description|КонтактнаяИнформация.0.Тип|КонтактнаяИнформация.0.Представление|КонтактнаяИнформация.1.Тип|КонтактнаяИнформация.1.Представление|КонтактнаяИнформация.1.НомерТелефона|Code",
			"7b|Иван|Адрес|Тверь, 89110000002|Телефон|8 911 000-00-01|79110000001|0001", "+79110000001 0; unf.contact:7b"},
		// Refusals as western CRMs label them in other languages.
		{"Nombre|Teléfono|Se ha cancelado la suscripción a todos los correos", "Ana|89110000001|true", "+79110000001 0; optout email flag:Se ha cancelado la suscripción a todos los correos true"},
		{"Nombre|Teléfono|Dado de baja", "Ana|89110000001|Sí", "+79110000001 0; optout any flag:Dado de baja Sí"},
		{"Nombre|Teléfono|Dado de baja", "Ana|89110000001|No", "+79110000001 0"},
		{"Name|Phone|Von allen E-Mails abgemeldet", "Uta|89110000001|Ja", "+79110000001 0; optout email flag:Von allen E-Mails abgemeldet Ja"},
		{"Name|Phone|Von allen E-Mails abgemeldet", "Uta|89110000001|Nein", "+79110000001 0"},
		{"Namn|Phone|Avregistrerad från all e-post", "Ulla|89110000001|Sant", "+79110000001 0; optout email flag:Avregistrerad från all e-post Sant"},
		{"Nom|Phone|Désabonné de tous les e-mails", "Luc|89110000001|Oui", "+79110000001 0; optout email flag:Désabonné de tous les e-mails Oui"},
		// Consent.
		{"Имя|Телефон|Согласие на рассылку", "Иван|89110000001|Да", "+79110000001 0; yes any"},
		{"Имя|Телефон|Согласие на рассылку", "Иван|89110000001|✓", "+79110000001 0; yes any"},
		{"Имя|Телефон|Согласие на рассылку", "Иван|89110000001|согласен", "+79110000001 0; yes any"},
		{"Имя|Телефон|Согласие на рассылку", "Иван|89110000001|1.0", "+79110000001 0; yes any"},
		{"Имя|Телефон|Согласие на рассылку", "Иван|89110000001|05.06.2024", "+79110000001 0; yes any 2024-06-05"},
		{"Имя|Телефон|Согласие на рассылку", "Иван|89110000001|да, 05.06.2024", "+79110000001 0; yes any 2024-06-05"},
		{"Имя|Телефон|Согласие на рассылку", "Иван|89110000001|подписано", "+79110000001 0; yes any"},
		{"Имя|Телефон|Согласие на рассылку", "Иван|89110000001|устно", "+79110000001 0; yes any"},
		{"Имя|Телефон|Согласие на рассылку", "Иван|89110000001|только WhatsApp", "+79110000001 0; yes whatsapp"},
		{"Имя|Телефон|Согласие на рассылку", "Иван|89110000001|не давал согласия", "+79110000001 0; no any"},
		{"Имя|Телефон|Согласие на рассылку", "Иван|89110000001|Нет", "+79110000001 0; no any"},
		{"Имя|Телефон|Согласие на рассылку", "Иван|89110000001|не согласен", "+79110000001 0; no any"},
		{"Имя|Телефон|Согласие на рассылку", "Иван|89110000001|-", "+79110000001 0"},
		{"Имя|Телефон|Согласие на рассылку", "Иван|89110000001|", "+79110000001 0"},
		{"Имя|Телефон|Согласие на рассылку", "Иван|89110000001|Отказ", "+79110000001 0; no any; optout any flag:Согласие на рассылку Отказ"},
		{"Имя|Телефон|Согласие на рассылку", "Иван|89110000001|не согласен на рассылку", "+79110000001 0; no any; optout any flag:Согласие на рассылку не согласен на рассылку"},
		{"Имя|Телефон|Согласие на рассылку", "Иван|89110000001|отписался 05.06.2024", "+79110000001 0; no any; optout any 2024-06-05 flag:Согласие на рассылку отписался 05.06.2024"},
		{"Имя|Телефон|Подписан на рассылку", "Иван|89110000001|нет", "+79110000001 0; no any"},
		{"Имя|Телефон|Подписан на рассылку", "Иван|89110000001|Y", "+79110000001 0; yes any"},
		{"Имя|Телефон|Согласие на рассылку|Дата согласия|Источник согласия", "Иван|89110000001|да|05.06.2024|сайт", "+79110000001 0; yes any 2024-06-05; sourced"},
		{"Имя|Телефон|Согласие на рассылку|Дата согласия", "Иван|89110000001|нет|05.06.2024", "+79110000001 0; no any"},
		{"Имя|Телефон|Дата согласия", "Иван|89110000001|05/06/2024", "+79110000001 0; yes any 2024-05-06"},
		{"Имя|Телефон|Согласие на рассылку|Дата согласия", "Иван|89110000001|только email|05.06.2024", "+79110000001 0; yes email 2024-06-05"},
		{"Имя|Телефон|Согласие на SMS|Дата согласия", "Иван|89110000001|нет|05.06.2024", "+79110000001 0; no sms"},
		{"Имя|Телефон|Согласие на SMS|Согласие на email|Дата согласия", "Иван|89110000001|нет|да|05.06.2024", "+79110000001 0; yes email 2024-06-05"},
		{"Имя|Телефон|Согласие на SMS|Дата согласия", "Иван|89110000001||05.06.2024", "+79110000001 0; yes any 2024-06-05"},
		{"Имя|Телефон|Согласие|Канал согласия", "Иван|89110000001|да|WhatsApp", "+79110000001 0; yes whatsapp"},
		{"Имя|Телефон|Согласие|Канал согласия", "Иван|89110000001|да|почтовый голубь", "+79110000001 0"},
		{"Имя|Телефон|Согласие на SMS|Согласие на email", "Иван|89110000001|нет|да", "+79110000001 0; yes email"},
		{"Имя|Телефон|Согласие|Согласие на SMS", "Иван|89110000001|нет|да", "+79110000001 0; no any"},
		{"Имя|Телефон|Согласие|Согласие на SMS", "Иван|89110000001|да|нет", "+79110000001 0; no sms"},
		{"Имя|Телефон|Согласие на обработку персональных данных", "Иван|89110000001|да", "+79110000001 0"},
		{"Имя|Телефон|Согласие на ПДн (МСК)", "Иван|89110000001|05.06.2024 10:00", "+79110000001 0"},
		{"Имя|Телефон|Согласие на обработку персональных данных", "Иван|89110000001|отозвано", "+79110000001 0; optout any flag:Согласие на обработку персональных данных отозвано"},
		// Refusals.
		{"Имя|Телефон|Отписан от рассылки", "Иван|89110000001|Да", "+79110000001 0; optout any flag:Отписан от рассылки Да"},
		{"Имя|Телефон|Отписан от рассылки", "Иван|89110000001|нет", "+79110000001 0"},
		{"Имя|Телефон|Отписан от рассылки", "Иван|89110000001|0", "+79110000001 0"},
		{"Имя|Телефон|Отписан от рассылки", "Иван|89110000001|подписан", "+79110000001 0"},
		{"Имя|Телефон|Отписан от рассылки", "Иван|89110000001|05.06.2024", "+79110000001 0; optout any 2024-06-05 flag:Отписан от рассылки 05.06.2024"},
		{"Имя|Телефон|Отписан от рассылки", "Иван|89110000001|05/06/2024", "+79110000001 0; optout any 2024-06-05 flag:Отписан от рассылки 05/06/2024"},
		{"Имя|Телефон|Отказ", "Иван|89110000001|дорого", "+79110000001 0; unsure any flag:Отказ дорого"},
		{"Имя|Телефон|Отказ", "Иван|89110000001|да", "+79110000001 0; optout any flag:Отказ да"},
		{"Имя|Телефон|Отказ", "Иван|89110000001|12.05.2024", "+79110000001 0; optout any 2024-05-12 flag:Отказ 12.05.2024"},
		{"Имя|Телефон|Комментарий", "Иван|89110000001|dont worry", "+79110000001 0"},
		{"Имя|Телефон|Отписан от рассылки", "Иван|89110000001|по звонку", "+79110000001 0; optout any flag:Отписан от рассылки по звонку"},
		{"Имя|Телефон|Отписан от рассылки", "Иван|89110000001|01.01.0001 0:00:00", "+79110000001 0"},
		{"Имя|Телефон|Дата отписки", "Иван|89110000001|1970-01-01", "+79110000001 0; optout any flag:Дата отписки 1970-01-01"},
		{"Name|Phone|Email Opt Out", "Ann|+79110000001|true", "+79110000001 0; optout email flag:Email Opt Out true"},
		{"Name|Phone|Email Opt Out", "Ann|+79110000001|false", "+79110000001 0"},
		{"Name|Phone|Unsubscribed from all email", "Ann|+79110000001|", "+79110000001 0"},
		{"Name|Phone|Opted out of email: News", "Ann|+79110000001|Yes", "+79110000001 0; optout email flag:Opted out of email: News Yes"},
		{"Name|Phone|Do Not Call", "Ann|+79110000001|1", "+79110000001 0; optout call flag:Do Not Call 1"},
		{"Name|Phone|Marketing status", "Ann|+79110000001|Unsubscribed", "+79110000001 0; no email; optout email flag:Marketing status Unsubscribed"},
		{"Name|Phone|Marketing status", "Ann|+79110000001|Subscribed", "+79110000001 0; yes email"},
		{"Name|Phone|Marketing status", "Ann|+79110000001|No consent", "+79110000001 0; no email"},
		{"Name|Phone|Unsubscribed Mode|Unsubscribed Time", "Ann|+79110000001|Manual|2024-06-05", "+79110000001 0; optout email 2024-06-05 flag:Unsubscribed Mode Manual; optout email 2024-06-05 flag:Unsubscribed Time 2024-06-05"},
		{"Имя|Телефон|Отписан|Дата отписки", "Иван|89110000001|да|05.06.2024", "+79110000001 0; optout any 2024-06-05 flag:Отписан да; optout any 2024-06-05 flag:Дата отписки 05.06.2024"},
		{"Name|Phone|Marketing consent", "Ann|+79110000001|Opted-in (web form)", "+79110000001 0; yes any"},
		{"Name|Phone|Marketing consent", "Ann|+79110000001|single_opt_in", "+79110000001 0; yes any"},
		{"Name|Phone|Marketing consent", "Ann|+79110000001|Email & SMS", "+79110000001 0; yes sms"},
		{"Имя|Телефон|Согласие", "Иван|89110000001|согл.", "+79110000001 0; yes any"},
		{"Имя|Телефон|Согласие", "Иван|89110000001|да; отписан", "+79110000001 0; no any; optout any flag:Согласие да; отписан"},
		{"Имя|Телефон|Согласие", "Иван|89110000001|Да, на обработку персональных данных", "+79110000001 0"},
		{"Имя|Телефон|Согласие", "Иван|89110000001|Я согласен получать рассылку", "+79110000001 0; yes any"},
		{"Имя|Телефон|Согласие", "Иван|89110000001|Даю согласие на обработку персональных данных", "+79110000001 0"},
		{"Name|Phone|May we send you SMS promotions", "Ann|+79110000001|May we send you SMS promotions", "+79110000001 0; yes sms"},
		// Of shops and mail services.
		{"EMAIL|SMS|WHATSAPP|SMS_BLACKLISTED", "ann@post.ru|9110000001||No", "+79110000001 0; ann@post.ru"},
		{"EMAIL|SMS|SMS_BLACKLISTED", "ann@post.ru|79110000001|Yes", "+79110000001 0; ann@post.ru; optout sms flag:SMS_BLACKLISTED Yes"},
		{"Name|Phone|emailMarketingUnsubscribedAt", "Ann|+79110000001|2024-06-05", "+79110000001 0; optout email 2024-06-05 flag:emailMarketingUnsubscribedAt 2024-06-05"},
		{"Name|Phone|shouldReceivePromoActionsInfo", "Ann|+79110000001|false", "+79110000001 0; no any"},
		{"Name|Phone|Marked email as spam", "Ann|+79110000001|true", "+79110000001 0; optout email flag:Marked email as spam true"},
		{"Name|Phone|AllowBroadcast|Is Blocked", "Ann|+79110000001|FALSE|TRUE", "+79110000001 0; no any; optout any flag:Is Blocked TRUE"},
		{"Name|Phone|email_subscribe", "Ann|+79110000001|unsubscribed", "+79110000001 0; no email; optout email flag:email_subscribe unsubscribed"},
		{"Name|Phone|Do not allow Bulk Emails", "Ann|+79110000001|Allow", "+79110000001 0"},
		{"Name|Phone|Do not allow Bulk Emails", "Ann|+79110000001|Do Not Allow", "+79110000001 0; optout email flag:Do not allow Bulk Emails Do Not Allow"},
		{"Name|Phone|Email permission status", "Ann|+79110000001|Express", "+79110000001 0; yes email"},
		{"Name|Phone|Email permission status", "Ann|+79110000001|Implied", "+79110000001 0"},
		{"Name|Phone|CONFIRM_TIME|CLEAN_TIME", "Ann|+79110000001|2024-06-05|2024-07-05", "+79110000001 0; yes any 2024-06-05; optout email 2024-07-05 flag:CLEAN_TIME 2024-07-05"},
		{"Name|Phone|Unsubscribe link", "Ann|+79110000001|https://post.ru/u/1", "+79110000001 0"},
		{"Имя|Телефон|Теги", "Иван|89110000001|vip, Не беспокоить", "+79110000001 0; optout any flag:Теги Не беспокоить"},
		{"Имя|Телефон|Теги", "Иван|89110000001|vip, стоп-цена", "+79110000001 0"},
		{"Name|Phone|Labels", "Ann|+79110000001|* myContacts ::: * DNC", "+79110000001 0; optout any flag:Labels * DNC"},
		{"Name|Phone|Tag", "Ann|+79110000001|bounced", "+79110000001 0; optout email flag:Tag bounced"},
		{"Имя|Телефон|Статус", "Иван|89110000001|Чёрный список", "+79110000001 0; optout any flag:Статус Чёрный список"},
		{"Имя|Телефон|Ццц", "Иван|89110000001|отписался", "+79110000001 0; optout any flag:Ццц отписался"},
		{"Имя|Телефон|Комментарий", "Иван|89110000001|просил не писать", "+79110000001 0; unsure any stop просил не писать"},
		{"Имя|Телефон|Комментарий", "Иван|89110000001|опт-аут", "+79110000001 0; unsure any flag:Комментарий опт-аут"},
		{"Имя|Телефон|Комментарий", "Иван|89110000001|отозвал ПДн", "+79110000001 0; unsure any flag:Комментарий отозвал ПДн"},
		{"Имя|Телефон|Причина отписки", "Иван|89110000001|слишком часто", "+79110000001 0; optout any flag:Причина отписки слишком часто"},
		{"Имя|Телефон|Город", "Итого: 25||", ""},
		{"Имя|Телефон", "Иван НЕ ПИСАТЬ|89110000001", "+79110000001 0; unsure any flag:Имя Иван НЕ ПИСАТЬ"},
		{"ФИО|Телефон", "Иван Петров (отписался)|89110000001", "+79110000001 0; unsure any flag:ФИО Иван Петров (отписался)"},
		{"Имя|Телефон", "СТОП Анна|89110000001", "+79110000001 0; unsure any flag:Имя СТОП Анна"},
		{"Имя|Телефон", "Анна (чс)|89110000001", "+79110000001 0; unsure any flag:Имя Анна (чс)"},
		{"Имя|Телефон", "!Отписка! Анна|89110000001", "+79110000001 0; unsure any flag:Имя !Отписка! Анна"},
		{"Имя|Телефон", "СТОП-КРАН АННА|89110000001", "+79110000001 0"},
		{"Имя|Телефон", "Стоп Анна|89110000001", "+79110000001 0"},
		{"ФИО|Телефон", "ООО Стоп-Спорт|89110000001", "+79110000001 0"},
		{"Имя|Телефон|Дата согласия", "Иван|89110000001|05.06.2062", "+79110000001 0; yes any 2062-06-05"},
		{"Имя|Телефон|Дата отписки", "Иван|89110000001|05.06.2062", "+79110000001 0; optout any 2062-06-05 flag:Дата отписки 05.06.2062"},
		{"Имя|Телефон|Telegram", "Иван||79110000001", "+79110000001 0"},
		{"Имя|Телефон|Отписан|Отказ от рекламы|Дата отписки", "Иван|89110000001|да|да|05.06.2024", "+79110000001 0; optout any 2024-06-05 flag:Отписан да; optout any 2024-06-05 flag:Отказ от рекламы да; optout any 2024-06-05 flag:Дата отписки 05.06.2024"},
		{"Имя|Телефон", "Иван|89110000001|лишнее", "+79110000001 0"},
	} {
		var got []string
		records(t, c.header+"\n"+c.row, func(rec *contact.Record) { got = append(got, show(rec)) })
		if len(got) != 1 || got[0] != c.want {
			t.Errorf("%s\n%s\n got %q\nwant %q", c.header, c.row, got, c.want)
		}
	}
}

// TestHeaderRow: titles, blank rows, no header, headers repeated.
func TestHeaderRow(t *testing.T) {
	for _, c := range []struct {
		text            string
		header, records int
		columns         string
	}{
		{"Список клиентов на 01.05.2024\n\nОтбор: все\nНаименование|Телефон|Город\nООО Ромашка|+74951234567|Казань\nИтого||1", 4, 2, "name phone city"},
		{"ООО Ромашка|тел. +7 495 123-45-67\n\nФИО|Телефон|Город|Email\nИван|+79110000001|Казань|", 3, 1, "name phone city email"},
		{"Контакты\nТелефон\n+79110000001", 2, 1, "phone"},
		{"+79110000001\n+79110000002\n89110000003", 0, 3, "phone"},
		{"Иван|+79110000001\nПётр|+79110000002", 0, 2, " phone"},
		{"Как звать|Куда звонить\nИван|+79110000001\nПётр|+79110000002", 1, 2, " phone"},
		{"Имя|Телефон|\nИван|+79110000001|\nИмя|Телефон|\nПётр|+79110000002|", 1, 3, "first_name phone"},
		{"Имя|Телефон\nИван|\nПётр|+79110000002", 1, 2, "first_name phone"},
		{"№ п/п|Клиент|Тел.|E-mail\n1|Иван|9110000001|a@b-c.ru", 1, 1, "other name phone email"},
		{"Номер|Имя|Телефон\n1|Иван|+79110000001\n2|Пётр|+79110000002\n3|Олег|\n4|Яна|+79110000004\n5|Ира|+79110000005", 1, 5, "other first_name phone"},
		{"Имя|Код|Телефон\nИван|9110000009|+79110000001\nПётр|9110000010|+79110000002", 1, 2, "first_name other phone"},
		{"Имя|Зззз|Телефон\nИван|9110000009|+79110000001\nПётр|9110000010|+79110000002", 1, 2, "first_name  phone"},
		{"Клиент|Контакты||Отказ от рассылки\n|Телефон|Email|\nИван|+79110000001|a@b-c.ru|да", 2, 1, "name phone email optout"},
		{"ФИО|Телефон|Отказ от рассылки||Город\n||SMS|Email|\nИван|+79110000001|да||Казань", 2, 1, "name phone optout optout city"},
		{"ФИО|Телефон|Согласие на рассылку||Город\n||WhatsApp|Email|\nИван|+79110000001|да||Казань", 2, 1, "name phone consent consent city"},
		{"ФИО|Телефон|Согласие на рассылку|Город\n|||Казань\nИван|+79110000001|да|Казань", 1, 2, "name phone consent city"},
		{"ФИО|Телефон|Теги||Город\n||vip|новый|\nИван|+79110000001|опт||Казань", 1, 2, "name phone tags  city"},
		{"Отчёт|за ноябрь\nФИО||Телефон\nИван|5|+79110000001", 2, 1, "name  phone"},
		{"Имя|Зззз|Телефон\nИван|+7 911 000-00-09|+79110000001\nПётр|+7 911 000-00-10|+79110000002", 1, 2, "first_name phone phone"},
	} {
		in := intake.New(options())
		table := rows(c.text)
		p, err := in.Plan(intake.Source{File: "клиенты.xlsx"}, table, contact.NoRole)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		var fields []string
		for _, col := range p.Columns {
			fields = append(fields, col.Field.String())
		}
		read := 0
		r := in.Reader(p)
		for _, row := range table {
			if _, kind := r.Record(row); kind == intake.RowRead {
				read++
			}
		}
		if got := strings.Join(fields, " "); p.HeaderRow != c.header || read != c.records || got != c.columns {
			t.Errorf("%q: header %d, %d records, %q", c.text, p.HeaderRow, read, got)
		}
	}
}

func TestCellsKeepTheirShape(t *testing.T) {
	for row, want := range map[string][]string{
		"Иван":               {"Иван", "", ""},
		"Иван|1|2":           {"Иван", "1", "2"},
		"Иван|1|2|3||4":      {"Иван", "1", "2; 3; 4"},
		"Иван|1|2||":         {"Иван", "1", "2"},
		"Иван|89110000001||": {"Иван", "89110000001", ""},
	} {
		in := intake.New(options())
		p, err := in.Plan(intake.Source{File: "база"}, rows("Имя|Телефон|Город\nИван|89110000001|"), contact.NoRole)
		if err != nil {
			t.Fatal(err)
		}
		line := rows(row)[0]
		line.Number = 2
		rec, _ := in.Reader(p).Record(line)
		var got []string
		for _, c := range rec.Cells {
			got = append(got, string(c))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q has cells %q, want %q", row, got, want)
		}
	}
}

// TestCRMIDs: an id is an identifier only where its system is known.
func TestCRMIDs(t *testing.T) {
	for header, want := range map[string]string{
		"ID|Имя|Тип контакта|Номер факса|Мобильный телефон": "+79110000001 0; bitrix24.contact:17",
		"ID|Имя|Город|Отчество|Мобильный телефон":           "+79110000001 0",
	} {
		records(t, header+"\n17|Иван|||89110000001", func(rec *contact.Record) {
			if got := show(rec); got != want {
				t.Errorf("%s: %q", header, got)
			}
		})
	}
	records(t, "ID|Тип|Полное имя контакта|Рабочий прямой телефон|Кем создан контакт\n5|компания|Ромашка|'+79110000001|", func(rec *contact.Record) {
		if got := show(rec); got != "+79110000001 0; amocrm.company:5" {
			t.Error(got)
		}
	})
}

// TestContents: what no name tells, the cells tell.
func TestContents(t *testing.T) {
	for table, want := range map[string]string{
		"Имя|Связь\nИван|89110000001, a@b-c.ru\nЯна|c@d-e.ru":                          "+79110000001 0; a@b-c.ru|c@d-e.ru",
		"Имя|Связь\nИван|a@b-c.ru\nЯна|c@d-e.ru":                                       "a@b-c.ru|c@d-e.ru",
		"Клиент|Контакт|Город\nИван|89110000001|Псков":                                 "+79110000001 0",
		"Контакт|Телефон\n89110000009|89110000001":                                     "+79110000001 0",
		"Имя|Телефон|Доп. номер\nИван|89110000001|89110000002":                         "+79110000001 0; +79110000002 0",
		"Имя|Зззз|Ыыы\nИван|89110000001|отписан\nЯна|89110000002|вип":                  "+79110000001 0; optout any flag:Ыыы отписан|+79110000002 0",
		"Имя|Телефон|Дата отписки\nИ|89110000001|05/06/2024\nЯ|89110000002|25/06/2024": "+79110000001 0; optout any 2024-06-05 flag:Дата отписки 05/06/2024|+79110000002 0; optout any 2024-06-25 flag:Дата отписки 25/06/2024",
	} {
		var got []string
		records(t, table, func(rec *contact.Record) { got = append(got, show(rec)) })
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%s\n got %s\nwant %s", table, s, want)
		}
	}
}

// TestNobodyElse: a table whose names tell of nobody is read by its cells,
// whatever the names say.
func TestNobodyElse(t *testing.T) {
	for text, want := range map[string]string{
		"Стоп\n+79110000001\n8 911 000-00-02":     "phone",
		"Логин\n89110000001\n79110000002":         "phone",
		"Source\nivan@pochta.ru\nyana@pochta.ru":  "email",
		"Адрес|Дата\nг. Псков|01.02.2026":         "",
		"ID\n9110000001\n9110000002":              "",
		"Стоп|Телефон\n+79110000001|+79110000002": "optout",
	} {
		p, _ := intake.New(options()).Plan(intake.Source{File: "отписки.csv"}, rows(text), contact.NoRole)
		if got := p.Columns[0].Field.String(); got != want && want != "" || want == "" && got == "phone" {
			t.Errorf("%q is read as %q", text, got)
		}
	}
}

// TestAnotherTable: a second header or a title of refusals among the rows is
// told; people, totals, groups and the same header once more are not.
func TestAnotherTable(t *testing.T) {
	for row, want := range map[string]bool{
		"Телефон|Имя|Отписан":       true,
		"ФИО|Тел.|":                 true,
		"Не писать:||":              true,
		"|Отписались|":              true,
		"Чёрный список||":           true,
		"Имя|Телефон|Комментарий":   false, // the same header
		"\ufeffИмя|тел.|Примечание": false, // in other words
		"Иван|Телефон|":             false,
		"Итого|3|":                  false,
		"Покупатели||":              false,
		"Не отписаны||":             false,
		"Иван|нет|не писать":        false,
		"Телефон|89110000002|Отказ": false,
	} {
		for _, role := range []contact.Role{contact.RoleContacts, contact.RoleOptOuts} {
			in := intake.New(options())
			table := rows("Имя|Телефон|Комментарий\nИван|89110000001|\n" + row)
			p, err := in.Plan(intake.Source{File: "x"}, table[:2], role)
			if err != nil {
				t.Fatal(err)
			}
			kind := intake.RowKind(0)
			if role == contact.RoleContacts {
				_, kind = in.Reader(p).Record(table[2])
			} else if strings.Contains(row, "писа") || strings.Contains(row, "список") {
				continue // below such a title stand others who refused
			} else {
				kind = in.Reader(p).Evidence(table[2], func(contact.Evidence) {})
			}
			if got := kind == intake.RowAnother; got != want {
				t.Errorf("%v: %q heads another table: %v", role, row, got)
			}
		}
	}
}

// TestLabelsBelowTheSample: a column that nothing is known of and that is blank
// in the rows that the table is told by is still watched for refusals.
func TestLabelsBelowTheSample(t *testing.T) {
	in := intake.New(options())
	table := rows("Имя|Телефон|Ыыы\nИван|89110000001|\nЯна|89110000002|отписана")
	p, err := in.Plan(intake.Source{File: "база"}, table[:2], contact.NoRole)
	if err != nil {
		t.Fatal(err)
	}
	rec, _ := in.Reader(p).Record(table[2])
	if got := show(rec); got != "+79110000002 0; optout any flag:Ыыы отписана" {
		t.Error(got)
	}
}

// TestGuessedHeaderIsSaid: a row that stands where a header does and whose words
// nobody knows may be a person, who must not vanish unseen.
func TestGuessedHeaderIsSaid(t *testing.T) {
	for text, want := range map[string]int{
		"Олег Котов|Псков|\nЯна Белова|Тверь|89110000001": 1,
		"Как звать|Куда звонить\nЯна|89110000001":         1,
		"Имя|Город|Телефон\nЯна|Тверь|89110000001":        0,
		"Яна|Тверь|89110000001":                           0,
	} {
		if p := plan(t, "база.csv", text, contact.RoleContacts); len(p.Notes) != want {
			t.Errorf("%q: notes %v", text, p.Notes)
		}
	}
}
