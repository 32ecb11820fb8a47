package intake_test

import (
	"strings"
	"testing"

	"cleanbase/internal/contact"
	"cleanbase/internal/intake"
)

// TestHeaders reads every header of formats.md 4.3 and of its layouts that
// matters, and names that only look like them.
func TestHeaders(t *testing.T) {
	for _, c := range []struct {
		field   contact.Field
		headers string
	}{
		{contact.FieldMobile, `Мобильный телефон|Телефон переносной|Сотовый телефон|Телефон для рассылок|Mobile|Mobile Phone|Mobile Phone Number|Cell|WhatsApp Phone Number|Мобильный телефон (контакт)|Person - Phone - Mobile|PHONE_MOBILE|mobilephone|Моб. тел.|Номер мобильного телефона|MobilePhone|мобильный|SMS marketing phone`},
		{contact.FieldPhone, `Телефон|Номер телефона|Рабочий телефон|Рабочий прямой телефон|Домашний телефон|Другой телефон|Основной телефон|тел|номер|Телефон контактного лица|Рабочий телефон (контакт)|Другой телефон 1 (контакт)|Phone|Phone Number|Phone number|Work Phone|Business Phone|Business Phone 2|Home Phone|Other Phone
			Primary Phone|Work Direct Phone|Corporate Phone|First Phone|Phone 1 - Value|Phone 12 - Value|Person - Phone - Work|Телефон 2|телефон:|ТЕЛЕФОН|Tелефон|Телефон клиента|Контактный телефон|  Тел.  |phone_number|Phone-Number|Телефоны|Тел. раб.|Company Main Phone|Asst. Phone|Телефон раб. 2|НомерТелефона|client phone|WhatsApp|Контакт Viber|Телефон/факс|Тел./факс`},
		{contact.FieldOther, `Факс|Номер факса|Факс 1 (контакт)|Номер пейджера|Задан телефон|Подтверждён номер|Номер подтверждён|Fax|Fax Number|Pager|Pager Number|Has phone|Has E-mail|Phone 1 - Label|Phone 2 - Type|E-mail 1 - Label|Number of times contacted|Phonetic First Name|IP Country|Тип телефона|Телефон менеджера|Номер заказа|Номер договора|Номер карты
			Business Fax|Invalid email address|Email Address Quarantined|Email hard bounce reason|Отказ от товара|Blocked from online booking|Unsubscribe link|unsubscribe_token|unsubscribeUrl|Ссылка для отписки|opt_out_link|Дата прекращения договора|Запрещена отгрузка|Исключить из программы лояльности|Exclude from reports|Withdrawn amount|Do Not Post|DoNotFax|Do not send receipts|Карта заблокирована|ИНН|Дата рождения`},
		{contact.FieldName, `ФИО|Полное имя контакта|Полное имя (контакт)|Основной контакт|Наименование|Клиент|Контакт|Контрагент|Имя,Фамилия|Имя, Фамилия|Name|Full name|Contact Name|Person - Name|File As|ФИО клиента`},
		{contact.FieldFirstName, `Имя|First Name|Given Name|firstname|FirstName|Person - First name`},
		{contact.FieldLastName, `Фамилия|Last Name|LAST_NAME`},
		{contact.FieldMiddleName, `Отчество|SECOND_NAME|Middle Name`},
		{contact.FieldEmail, `E-mail для рассылки|Почта для рассылки|Email|E-mail|Почта|Электронная почта|Рабочий email|Рабочий e-mail|Личный email|Частный e-mail|Другой e-mail|Другой email|Адрес эл. почты|Адрес 2 эл. почты|E-mail Address|E-mail 2 Address|E-mail 1 - Value|Secondary Email|Work email|Рабочий email (контакт)|Person - Email - Work|Alternate Email 2|Адрес электронной почты|EmailAddress|E-mail для рассылок`},
		{contact.FieldConsent, `Согласие на рассылку|Подписан на рассылку|Marketing consent|Double opt-in|Marketing status|Person - Marketing consent|Согласие на получение рекламы|Согласие на рассылку и обработку персональных данных|Согласие на SMS-рассылку|Subscribed|Рассылка|opt_in|Хочу получать новости|Разрешение на рассылку|Разрешил писать|Подписка на новости|Allow marketing emails|OK to text|email_consent|Состояние подписки|SMS-рассылка|Рассылка WhatsApp|Email рассылка|Маркетинговые рассылки|Получает рассылку|Можно писать|Можно ли писать|Можно звонить|Рассылать?|Согл. на рассылку|SMS marketing|Marketing emails|May we contact you
			AllowBroadcast|AllowSMS|shouldReceivePromoActionsInfo|WhatsApp Opted|Receives SMS|Accepts WhatsApp Marketing|Отправлять email|accept_sms|wants_newsletter|send_sms|whatsapp_ok|gdpr_marketing|rassylka|Mailable|Доступен для рассылки|Участвует в рассылках|Согласен на рассылку (да/нет)|email_subscribe|sms_subscribe|SMS subscription|Email permission status`},
		{contact.FieldConsentPD, `Согласие на обработку персональных данных|Согласие на обработку ПД|Согласие на ПДн (МСК)|Пользовательское соглашение|Legal basis for processing contact's data|GDPR consent|personalDataConsentFrom|Согласие на обработку ПДн|Согласие ОПД|Согласие на ОПД|Согласие 152-ФЗ|Согласие 152|СОПД|Дата согласия на обработку персональных данных|hs_legal_basis`},
		{contact.FieldConsentAt, `Дата согласия|Дата согласия на рассылку|Consent date|consented_at|Дата подписки|Opt-in date`},
		{contact.FieldConsentSource, `Источник согласия|Consent source`},
		{contact.FieldOptOut, `Отписан от рассылки|Unsubscribed from all email|Opted out of email: Новости магазина|Opted out of email: One to One|Email Opt Out|Do Not Call|Unsubscribed Mode|HasOptedOutOfEmail|DoNotCall|hs_email_optout|hs_email_optout_8712345|Отказ от рассылки|Не беспокоить|Стоп-лист|Чёрный список|Черный список клиентов|Do not contact|Отписался?|Отказ от SMS-рассылки|Oтписан|SMS opt-out|Запрет на рассылку|В стоп-листе|Исключен из рассылки|Нельзя писать|Не включать в рассылку|Don't contact|dont_call|в ЧС|Запрет|Исключить|Бот остановлен|bot_blocked|Заблокировал бота|No SMS|Без рассылки|Отключить рассылку|Рассылка отключена|Отказ СМС|Отказ WhatsApp|Стоп смс|Не тревожить|Не связываться|Без смс
			emailOptOut|emailBlacklisted|smsBlacklisted|phoneUnsubscribed|WhatsAppOptOut|Blocked|isBlocked|is_blocked|Заблокирован|В бане|Marked email as spam|marked_email_as_spam|Reported as spam|Жалоба на спам|Do not receive marketing emails|email_disabled|Requests no phone|REFUSESMS|refuse_messengers|doNotWhatsapp|stop_sms|suppress_sms|exclude_from_campaigns|blocked_by_user|no_whatsapp|otpiska|ne_pisat|has_complained|Отписался по ссылке|Unsubscribed via link|Clicked unsubscribe link|Прекращение рассылки по договору|Исключен из рассылки отчетов|Отзыв маркетингового согласия|Withdrawal of consent|Не участвует в рассылках|Marketing Suspended|Do not allow Bulk Emails`},
		{contact.FieldOptOutAt, `Дата отказа от рассылок|Дата отзыва маркетингового согласия|Дата блокировки бота|emailMarketingUnsubscribedAt|emailUnsubscribedAt|UNSUB_TIME|Unsubscribed Time|Дата отписки|Дата отказа от рассылки|Unsubscribed at|opted_out_at|Дата отзыва согласия`},
		{contact.FieldLastContact, `Последний визит|Последний визит (МСК)|Дата последней покупки|Last Activity Date|Last Contacted|Last Engagement Date|Last Activity Time|notes_last_contacted`},
		{contact.FieldUpdated, `Дата изменения|Дата редактирования|Modified Time|Last Modified Date|lastmodifieddate|updated_at`},
		{contact.FieldSource, `Источник|Источник клиента|Источник сделки|Источник трафика|Дополнительно об источнике|Lead Source|Original Source|Latest Source|Source|Original Source Drill-Down 2`},
		{contact.FieldCountry, `Страна|Страна или регион|Country/Region|Mailing Country|Country`},
		{contact.FieldTags, `Теги|Тег контакта|Теги сделки|Tag|Labels|Group Membership|Categories|tags`},
		{contact.FieldNote, `Примечание 1|Примечание 5|Комментарий|Причина отказа|Notes`},
		{contact.FieldMessenger, `Telegram ID|Имя в Telegram|Telegram account|Контакт Telegram|MAX ID|max_user_id`},
		{contact.FieldStatus, `Статус|Статус email|Email status|Статус клиента`},
		{contact.FieldNone, `Дата рассылки|Последняя рассылка|Тариф подписки|Почтовый адрес|Откуда узнали|Рассылка март|Тема рассылки|Рассылка открыта`},
		{contact.FieldCreated, `Дата создания|Created Time|Create Date|Дата создания контакта|Дата создания (контакт)`},
	} {
		for _, header := range strings.FieldsFunc(c.headers, func(r rune) bool { return r == '|' || r == '\n' }) {
			if got := fieldOf(t, header); got != c.field {
				t.Errorf("%q is %q, want %q", strings.TrimSpace(header), got, c.field)
			}
		}
	}
}

// fieldOf is what a header means in a table of no known system.
func fieldOf(t *testing.T, header string) contact.Field {
	t.Helper()
	sample := []contact.Row{{Number: 1, Cells: [][]byte{[]byte("Phone"), []byte("Xyz"), []byte(header)}}, {Number: 2, Cells: [][]byte{[]byte("+79110000001")}}}
	p, err := intake.New(options()).Plan(intake.Source{File: "x"}, sample, contact.RoleContacts)
	if err != nil {
		t.Fatalf("%q: %v", header, err)
	}
	return p.Columns[2].Field
}

// TestChannelsOfHeaders: a header that names a channel speaks of it alone.
func TestChannelsOfHeaders(t *testing.T) {
	for header, want := range map[string]contact.Channel{
		"emailMarketingUnsubscribedAt": contact.Email, "WhatsAppOptOut": contact.WhatsApp, "smsBlacklisted": contact.SMS, "Marked email as spam": contact.Email,
		"Email Opt Out": contact.Email, "Unsubscribed from all email": contact.Email, "Opted out of email: News": contact.Email, "Do Not Call": contact.Call,
		"Отказ от SMS": contact.SMS, "Отписан от рассылки": contact.Any, "Согласие на SMS": contact.SMS, "Согласие на звонки": contact.Call, "Согласие на email-рассылку": contact.Email,
		"Согласие на WhatsApp": contact.WhatsApp, "SMS-рассылка": contact.SMS, "Отказ WhatsApp": contact.WhatsApp, "Можно звонить": contact.Call, "Email рассылка": contact.Email, "Telegram ID": contact.Telegram, "Marketing status": contact.Email, "MAX ID": contact.MAX, "Отписан от рассылки в Telegram": contact.Telegram,
	} {
		p := plan(t, "x", "Phone|Xyz|"+header+"\n+79110000001|a|b", contact.RoleOptOuts)
		if got := p.Columns[2].Channel; got != want {
			t.Errorf("%q is for %v, want %v", header, got, want)
		}
	}
}
