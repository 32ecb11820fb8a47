package system

import "cleanbase/internal/contact"

// suspicious are the stems of headers that may speak of refusals. A column
// that nothing else is known of and that has one of them is shown to a person
// before anything is mailed.
const suspicious = `отпис | отказ | отозв | отзыв согл | стоп | не беспоко | не звон | не пис | не отправ | не слать | не трог | запрет | черн | блок | жалоб | спам | исключ | бан | =чс | претенз | против
	unsub | opt out | opted out | optout | optedout | stop | do not | =dnc | =dnd | =dnm | =dne | donot | blacklist | black list | blocklist | block | suppress | complain | spam | abuse | refus | revok | withdr | exclud | =ban | banned | bounce | never`

// patterns read headers by their words. The first that fits decides, so what
// is not a phone stands before phones and refusals stand before consents.
func patterns() []contact.Pattern {
	p := func(m contact.Meaning, with, without string) contact.Pattern {
		return contact.Pattern{Meaning: m, With: words(with), Without: words(without)}
	}
	all := [][]contact.Pattern{aside(p), refusing(p), consenting(p), telling(p)}
	var flat []contact.Pattern
	for _, some := range all {
		flat = append(flat, some...)
	}
	return flat
}

type makePattern func(m contact.Meaning, with, without string) contact.Pattern

// aside are names that look like a phone or an e-mail and are none.
func aside(p makePattern) []contact.Pattern {
	other := mean(contact.FieldOther)
	reach := "тел номер phone email почт mobile моб"
	var list []contact.Pattern
	for _, w := range words("факс fax =faxes пейджер pager телекс telex phonetic yomi") {
		list = append(list, p(other, w, refusalStems))
	}
	for _, thing := range words(reach) {
		for _, w := range words(`задан подтвержд провер верифиц verif валид valid тип =type label марк модел model бренд оператор operator carrier статус =status количеств =кол_во count
			менеджер ответствен manager owner responsible прошив телефони quality quarantin bounce =has имеется`) {
			list = append(list, p(other, thing+" "+w, refusalStems+" соглас consent"))
		}
	}
	for _, w := range words("заказ договор счет чек карт дом сделк документ паспорт машин авто полис строк кварт order invoice account card passport contract") {
		list = append(list, p(other, "=номер "+w, ""), p(other, "=number "+w, ""))
	}
	return append(list, p(other, "number times", ""), p(other, "количеств", refusalStems), p(other, "web", refusalStems), p(other, "сайт", refusalStems+" соглас"), p(other, "владел", refusalStems))
}

const refusalStems = "отпис отказ отозв стоп unsub opt_out opted_out optout не_беспоко не_пис не_звон не_отправ do_not =dnc blacklist черн"

// refusing are refusals of mailings and when they came.
func refusing(p makePattern) []contact.Pattern {
	var list []contact.Pattern
	for _, why := range words("причин reason коммент comment") {
		for _, w := range words("отпис отказ отзыв стоп unsub opt_out optout blacklist черн") {
			list = append(list, p(mean(contact.FieldReason), why+" "+w, ""))
		}
	}
	other := mean(contact.FieldOther)
	for _, thing := range words("заказ товар сделк доставк order покуп заявк визит запис") {
		list = append(list, p(other, "отказ "+thing, "рассыл реклам смс sms"))
	}
	for _, f := range []struct {
		date   string
		field  contact.Field
		except string
	}{{"дата", contact.FieldOptOutAt, ""}, {"=date", contact.FieldOptOutAt, ""}, {"=at", contact.FieldOptOutAt, ""}, {"=время", contact.FieldOptOutAt, ""}, {"=time", contact.FieldOptOutAt, ""},
		{"=когда", contact.FieldOptOutAt, ""}, {"", contact.FieldOptOut, "количеств =count число"}} {
		for _, on := range onChannels {
			for _, w := range words(refusals4headers) {
				list = append(list, p(meanOn(f.field, on.channel), f.date+" "+on.word+" "+w, f.except))
			}
		}
	}
	for _, w := range words("звон call") {
		list = append(list, p(meanOn(contact.FieldOptOut, contact.Call), "запрет "+w, ""), p(meanOn(contact.FieldOptOut, contact.Call), "=no "+w, ""))
	}
	return list
}

const refusals4headers = `отпис отказ_от_рассыл отказ_от_реклам отказ_от_смс отказ_от_sms отказ_от_email отказ_от_сообщ отказ_от_коммуник отказ_от_контакт отказ_от_звон отказ_от_mail отказ_от_получ отказался отказалась отозв отзыв_соглас
	не_беспоко не_пис не_отправ не_слать не_рассыл не_хочет не_желает не_звон не_контакт не_присыл стоп_лист стоплист стоп_рассыл черн_спис черный_спис черном_спис запрет_рассыл запрет_на_рассыл запрет_смс запрет_sms запрет_коммуник запрет_на_коммуник запрещ
	unsub opt_out opted_out optout optedout opts_out do_not_contact do_not_call do_not_email do_not_mail do_not_text do_not_sms do_not_message do_not_disturb do_not_send do_not_market donotcall donotemail donotcontact donotmail donotsms
	=dnc =dnd =dnm blacklist black_list blocklist stop_list stoplist suppressed suppression no_marketing withdrew withdrawn revoked`

// onChannels are the words by which a header names a channel, the empty one,
// for any channel, last.
var onChannels = [...]struct {
	word    string
	channel contact.Channel
}{
	{"email", contact.Email}, {"почт", contact.Email}, {"писем", contact.Email}, {"=mail", contact.Email}, {"sms", contact.SMS}, {"смс", contact.SMS}, {"text", contact.SMS}, {"звон", contact.Call}, {"call", contact.Call},
	{"whatsapp", contact.WhatsApp}, {"=wa", contact.WhatsApp}, {"ватсап", contact.WhatsApp}, {"вотсап", contact.WhatsApp}, {"вацап", contact.WhatsApp}, {"telegram", contact.Telegram}, {"телеграм", contact.Telegram}, {"=тг", contact.Telegram}, {"=tg", contact.Telegram},
	{"viber", contact.Viber}, {"вайбер", contact.Viber}, {"=max", contact.MAX}, {"=макс", contact.MAX}, {"", contact.Any},
}

// consenting are agreements to mailings, to data processing, and their dates.
func consenting(p makePattern) []contact.Pattern {
	var list []contact.Pattern
	ad := "рассыл реклам маркет marketing market newsletter"
	for _, w := range words("персональн =пд =пдн =пдн обработк 152 privacy политик оферт personal gdpr processing данных data terms соглашение") {
		for _, c := range words("соглас consent согл") {
			list = append(list, p(mean(contact.FieldConsentPD), c+" "+w, ad))
		}
	}
	list = append(list, p(mean(contact.FieldConsentPD), "legal basis", ""), p(mean(contact.FieldConsentPD), "=пдн", ad), p(mean(contact.FieldConsentPD), "персональн данн", ad))
	for _, c := range words("соглас consent opt_in optin opted_in подписк подписан subscri") {
		for _, w := range words("дата =date =at =время =time =когда timestamp") {
			list = append(list, p(mean(contact.FieldConsentAt), c+" "+w, ""))
		}
		for _, w := range words("источник source форма =form место =url страниц") {
			list = append(list, p(mean(contact.FieldConsentSource), c+" "+w, ""))
		}
		list = append(list, p(mean(contact.FieldTextVersion), c+" верс", ""), p(mean(contact.FieldTextVersion), c+" version", ""), p(mean(contact.FieldTextVersion), c+" текст", ""), p(mean(contact.FieldTextVersion), c+" =text", "sms message"),
			p(mean(contact.FieldConsentChannel), c+" канал", ""), p(mean(contact.FieldConsentChannel), c+" channel", ""), p(mean(contact.FieldMethod), c+" способ", ""), p(mean(contact.FieldMethod), c+" method", ""), p(mean(contact.FieldPurpose), c+" цель", ""), p(mean(contact.FieldPurpose), c+" purpose", ""),
			p(mean(contact.FieldOther), c+" =кто", ""), p(mean(contact.FieldOther), c+" =ip", ""), p(mean(contact.FieldOther), c+" =id", ""), p(mean(contact.FieldOther), c+" ссылк", ""), p(mean(contact.FieldOther), c+" файл", ""))
	}
	for _, on := range onChannels {
		for _, c := range words("соглас consent opt_in optin opted_in подписан subscribed agree рассылк newsletter accepts_marketing получать разреш_рассыл") {
			list = append(list, p(meanOn(contact.FieldConsent, on.channel), c+" "+on.word, "=дата =не количеств последн"))
		}
	}
	return list
}

// telling are the identifiers, names, dates and the rest.
func telling(p makePattern) []contact.Pattern {
	f := func(field contact.Field, with, without string) contact.Pattern { return p(mean(field), with, without) }
	on := func(field contact.Field, c contact.Channel, with string) contact.Pattern {
		return p(meanOn(field, c), with, "соглас consent дата =date есть has")
	}
	aside := "дата =date =at имя =name фото"
	return []contact.Pattern{
		on(contact.FieldPhone, contact.WhatsApp, "whatsapp"), on(contact.FieldPhone, contact.WhatsApp, "ватсап"), on(contact.FieldPhone, contact.WhatsApp, "вотсап"),
		on(contact.FieldMessenger, contact.Telegram, "telegram"), on(contact.FieldMessenger, contact.Telegram, "телеграм"), on(contact.FieldMessenger, contact.Telegram, "=tg =id"), on(contact.FieldMessenger, contact.Telegram, "=тг =id"),
		on(contact.FieldMessenger, contact.MAX, "=max =id"), on(contact.FieldMessenger, contact.MAX, "=max =user"), on(contact.FieldMessenger, contact.MAX, "=макс =id"),
		f(contact.FieldMobile, "mobil", aside+" app device"), f(contact.FieldMobile, "=cell", aside), f(contact.FieldMobile, "моб тел", aside), f(contact.FieldMobile, "мобильн", aside+" прилож"), f(contact.FieldMobile, "сотов", aside), f(contact.FieldMobile, "=моб", aside),
		f(contact.FieldPhone, "телефон", aside+" телефони"), f(contact.FieldPhone, "=тел", aside), f(contact.FieldPhone, "=phone", aside), f(contact.FieldPhone, "=phones", aside), f(contact.FieldPhone, "=tel", aside), f(contact.FieldPhone, "telephone", aside), f(contact.FieldPhone, "phonenumber", aside),
		f(contact.FieldPhone, "контактн номер", aside), f(contact.FieldPhone, "номер абонент", aside), f(contact.FieldPhone, "номер получат", aside), f(contact.FieldPhone, "номер клиент", aside+" карт"), f(contact.FieldPhone, "контактн данн", aside), f(contact.FieldPhone, "вайбер", aside), f(contact.FieldPhone, "viber", aside),
		f(contact.FieldEmail, "email", aside+" sent count last последн display имя"), f(contact.FieldEmail, "электрон почт", aside), f(contact.FieldEmail, "=эл почт", aside), f(contact.FieldEmail, "электрон адрес", aside), f(contact.FieldEmail, "=эл адрес", aside), f(contact.FieldEmail, "=почта", aside+" россии"), f(contact.FieldEmail, "=mail", aside),
		f(contact.FieldEmail, "имейл", aside), f(contact.FieldEmail, "емейл", aside), f(contact.FieldEmail, "emailaddress", aside),
		f(contact.FieldLastContact, "последн визит", "сумма тип"), f(contact.FieldLastContact, "последн покуп", "сумма тип магаз"), f(contact.FieldLastContact, "последн заказ", "сумма тип номер"), f(contact.FieldLastContact, "последн контакт", "тип"), f(contact.FieldLastContact, "последн актив", "тип"), f(contact.FieldLastContact, "последн звон", "тип"),
		f(contact.FieldLastContact, "=last activity", "type"), f(contact.FieldLastContact, "=last contact", "type name"), f(contact.FieldLastContact, "=last visit", ""), f(contact.FieldLastContact, "=last order", "total amount id number"), f(contact.FieldLastContact, "=last purchase", "total amount"), f(contact.FieldLastContact, "=last engagement", "type"),
		f(contact.FieldUpdated, "дата измен", ""), f(contact.FieldUpdated, "дата обновл", ""), f(contact.FieldUpdated, "дата редакт", ""), f(contact.FieldUpdated, "modified =date", ""), f(contact.FieldUpdated, "modified =time", ""), f(contact.FieldUpdated, "updated =at", ""),
		f(contact.FieldCreated, "дата создан", ""), f(contact.FieldCreated, "дата регистр", ""), f(contact.FieldCreated, "created =at", ""), f(contact.FieldCreated, "created =time", ""), f(contact.FieldCreated, "created =date", ""), f(contact.FieldCreated, "create =date", ""),
		f(contact.FieldOther, "дата рожд", ""), f(contact.FieldOther, "день рожд", ""), f(contact.FieldOther, "birth", ""),
		f(contact.FieldDate, "дата жалоб", ""), f(contact.FieldDate, "дата обращ", ""), f(contact.FieldDate, "complaint =date", ""), f(contact.FieldDate, "complain =at", ""), f(contact.FieldDate, "дата внесен", ""), f(contact.FieldDate, "дата сообщ", ""), f(contact.FieldDate, "дата отправ", ""),
		f(contact.FieldTags, "=теги", ""), f(contact.FieldTags, "=тег", ""), f(contact.FieldTags, "=tags", ""), f(contact.FieldTags, "метки", ""), f(contact.FieldTags, "labels", ""),
		f(contact.FieldNote, "комментар", ""), f(contact.FieldNote, "примечан", ""), f(contact.FieldNote, "заметк", ""), f(contact.FieldNote, "=notes", ""), f(contact.FieldNote, "=note", ""), f(contact.FieldNote, "comment", "count"),
		f(contact.FieldName, "=фио", "менеджер ответствен сотрудник"), f(contact.FieldName, "полное имя", "компани"), f(contact.FieldName, "full name", "company"), f(contact.FieldName, "имя клиент", ""), f(contact.FieldName, "client name", ""), f(contact.FieldName, "customer name", ""), f(contact.FieldName, "contact name", ""),
		f(contact.FieldFirstName, "=имя", "файл компани домен пользоват фамил"), f(contact.FieldFirstName, "first name", ""), f(contact.FieldLastName, "=фамилия", "имя"), f(contact.FieldLastName, "last name", ""), f(contact.FieldMiddleName, "=отчество", ""),
		f(contact.FieldSource, "источник", ""), f(contact.FieldSource, "lead source", ""), f(contact.FieldCompany, "компани", "телефон адрес сайт тип id"), f(contact.FieldCompany, "организац", "телефон адрес сайт тип id"), f(contact.FieldCompany, "company", "phone address site type id size domain"),
		f(contact.FieldCity, "=город", ""), f(contact.FieldCity, "=city", ""), f(contact.FieldCountry, "=страна", "=ip"), f(contact.FieldCountry, "=country", "=ip"),
	}
}
