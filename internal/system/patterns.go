package system

import (
	"strings"

	"cleanbase/internal/contact"
)

// suspicious are the stems of headers that may speak of refusals. A column
// that nothing else is known of and that has one of them is shown to a person
// before anything is mailed.
const suspicious = `отпис | не подпис | не согл | нет рассыл | не обзван | не получает | не получать | not subscr | отказ | отозв | отзыв согл | =стоп | стопл | стопрас | стопрек | стопс | не беспоко | не звон | не пис | не отправ | не слать | не трог | запрет | запрещ | черн спис | черный спис | черном спис | блокир | блок лист | блоклист | заблок | убрать | удален из | удалить из | нельзя | без рассыл | прекращ | прекрати | жалоб | спам | исключ | =бан | забан | =чс | претенз | =против | жалов | пожалов | возраж | не тревож | не надо | нежелат | отключ | тихий | тишин | удалить данн | игнор | удаление пд | на отзыв | =умер | умерш | скончал | удалить персон | удаление данн | удаление персон | забыть
	unsub | opt out | opted out | optout | optedout | stop | do not | =dnc | =dnd | =dnm | =dne | donot | blacklist | black list | blocklist | block list | blocked | suppress | complain | spam | abuse | refus | revok | withdr | exclud | sperr | spärr | widerruf | widerspr | gesperrt | bloquead | bloccat | zablokow | rezygn | sprzeciw | cancellat | geblokk | blocat | відмова | opposition | désabon | rechaz | cancel suscri | lista negra | liste noire | schwarze liste | відмов | заборон | чорн спис | жазыл | =ban | banned | never contact | never call | never mail | never email | never send | never write | remove | dont | don t | stopped | no sms | no email | no call | no market | mute | =muted | objected | objection | to object | reject | declin | not interest | not to be | erasure | forgotten | forget me | ignore list | removal | delete request | deceased | delete data | delete personal`

// Stems that several patterns share.
const (
	refusing = `отпис|не_согласен_на|не_согласна_на|не_согласие|нет_рассыл|не_обзван|не_получает_рассыл|не_получать_рассыл|не_получать_реклам|отказ_от_рассыл|отказ_от_реклам|отказ_от_смс|отказ_от_sms|отказ_от_email|отказ_от_сообщ|отказ_от_коммуник|отказ_от_контакт|отказ_от_звон|отказ_от_mail|отказ_от_получ|отказа_от|отказе_от|отказ_от_whatsapp|отказ_от_telegram|отказ_от_max|отказ_от_viber|отказ_рассыл|отказ_реклам|отказ_смс|отказ_sms|отказ_whatsapp|отказ_ватсап|отказ_telegram|отказ_телеграм|отказ_max|отказ_viber|отказ_email|отказ_звон|отказался|отказалась|отозв|отзыв_соглас|` +
		`не_бесп|не_тревож|не_связ|не_надо|не_пис|не_отправ|не_слать|не_рассыл|не_хочет|не_желает|не_звон|не_контакт|не_присыл|стоп_лист|стоплист|стоп_рассыл|стоп_смс|стоп_sms|стоп_whatsapp|стоп_реклам|стоп_звон|черн_спис|черный_спис|черном_спис|=запрет|запрет_рассыл|запрет_смс|запрет_sms|запрет_звон|запрет_коммуник|запрещ|нельзя_пис|нельзя_звон|нельзя_беспок|нельзя_контакт|не_включ|исключ|убрать_из|удалить_из_рассыл|удален_из_рассыл|без_рассыл|без_реклам|без_смс|без_sms|без_звон|прекратить_рассыл|прекращ|отмена_рассыл|отмен_подпис|отключить_рассыл|отключен_от_рассыл|=чс|бот_остан|остановил_бот|заблокировал_бот|бот_заблок|блокировки_бот|не_участв|` +
		`unsub|opt_out|opted_out|optout|optedout|opts_out|do_not_contact|do_not_call|do_not_email|do_not_mail|do_not_text|do_not_sms|do_not_message|do_not_disturb|do_not_send|do_not_market|do_not_receive|do_not_allow|do_not_want|does_not_want|donotcall|donotemail|donotcontact|donotmail|donotsms|` +
		// as western CRMs label the same in other languages
		`avregistrer|avprenumer|avanmäl|avböj|abgemeldet|abbestell|nicht_kontakt|nicht_anruf|désabonn|désinscri|desabonn|desinscri|ne_pas_contact|ne_pas_appel|dado_de_baja|dada_de_baja|no_contactar|no_llamar|no_molestar|descadastr|não_perturbe|não_contat|disiscri|non_contattare|uitgeschreven|afgemeld|wypisan|nie_dzwoni|відпис|відмов_від_розсил|бас_тарт|` +
		`werbesperre|kontaktsperre|keine_werbung|keine_sms|keine_anrufe|lista_robinson|no_enviar|liste_rouge|stop_pub|non_chiamare|non_inviare|revoca_consenso|lista_nera|lista_negra|não_enviar|não_ligar|nao_contat|nao_perturbe|nao_enviar|nie_kontakt|nie_wysyła|nie_pisa|czarna_lista|` +
		`abonelikten_çık|listeden_çık|kara_liste|izni_yok|izin_yok|aramayın|не_турб|не_дзвон|не_надсил|чорний_спис|чорн_спис|відмова_від_розсил|відмова_від_реклам|мазаламаңыз|niet_bellen|niet_contact|niet_mailen|dezabon|nu_contact|` +
		// as programs and people who type in Latin letters call it
		`refuse_sms|refuse_call|refuse_email|refuse_mess|refuse_contact|refuse_market|refusesms|refusecall|refuseemail|refusemess|contact_refused|refuses_email|refuses_sms|refuses_call|do_not_whatsapp|do_not_phone|donotphone|donotbulk|donotsend|donottext|` +
		`=stop_sms|stop_email|stop_mail|stop_whatsapp|stop_call|stop_market|=suppress|exclude_from_mail|exclude_from_market|exclude_from_camp|excluded_from_mail|excluded_from_market|excluded_from_camp|exclude_market|requests_no|do_not_solicit|no_solicit|no_ads|no_spam|no_whatsapp|blocked_by_user|user_blocked|blocked_us|complained|` +
		`otpis|otkaz_ot|ne_pisat|ne_bespok|ne_zvonit|ne_otprav|cherny_spis|chern_spis|cherniy_spis|=chs|` +
		`=dnc|=dnd|=dnm|dont_call|dont_contact|dont_email|dont_mail|dont_text|dont_send|dont_message|dont_disturb|don_t|bot_blocked|bot_stopped|blocked_bot|stopped_bot|no_sms|no_email|no_mail|no_texts|no_contact|remove_from|removed_from|blacklist|black_list|blocklist|stop_list|stoplist|suppressed|suppression|no_marketing|no_promo|no_newsletter|no_advert|withdrew|withdrawn|revoked|no_call`
	refusalStems = `отпис|отказ|отозв|стоп|unsub|opt_out|opted_out|optout|не_беспоко|не_пис|не_звон|не_отправ|do_not|=dnc|blacklist|черн`
	agreeing     = `соглас|consent|opt_in|optin|opted_in|подписк|подписан|subscri`
	saysYes      = `соглас|consent|opt_in|optin|opted_in|подписан|подписат|subscribed|agree|=accept|accepts|получать|хочу_получ|newsletter_sub|newsletter_opt`
	when         = `дата|=date|=at|=время|=time|=когда|timestamp`
	mailings     = `рассыл|реклам|маркет|market|newsletter`
)

// speaks are the stems by which a header about consent or refusal names a
// channel.
func speaks() []contact.Label {
	var all []contact.Label
	for _, c := range []struct {
		channel contact.Channel
		stems   string
	}{
		{contact.Email, "email почт писем =mail =mails e_post mejl correo courriel"}, {contact.SMS, "sms смс =text"}, {contact.Call, "звон call =calls"}, {contact.WhatsApp, "whatsapp =wa ватсап вотсап вацап"},
		{contact.Telegram, "telegram телеграм =тг =tg"}, {contact.Viber, "viber вайбер"}, {contact.MAX, "=max =макс"},
	} {
		for _, stem := range words(c.stems) {
			all = append(all, contact.Label{Text: stem, Channel: c.channel})
		}
	}
	return all
}

// patterns read headers by their words. The first that fits decides, so what
// is not a phone stands before phones and refusals stand before consents.
func patterns() []contact.Pattern {
	var all []contact.Pattern
	for _, text := range []struct {
		field contact.Field
		lines string
	}{{contact.FieldOther, asides}, {contact.FieldReason, reasons}, {contact.FieldOther, otherRefusals}} {
		all = append(all, read(mean(text.field), text.lines)...)
	}
	all = append(all, read(mean(contact.FieldOptOutAt), when+" "+refusing)...)
	all = append(all, read(mean(contact.FieldOptOut), "spam|спам marked|=mark|reported|complain|=as|пометил|отметил|жалоб - score|filter|folder|фильтр|папк|количеств|=кол_во|=count|число|=rate|=не|=not")...)
	all = append(all, read(mean(contact.FieldOptOut), refusing+" - количеств|=кол_во|=count|число|не_отпис|не_отказ|not_unsub|not_opt|never_unsub\nотключ|выключ|disabled|turned_off|suspend рассыл|реклам|смс|sms|email|whatsapp|market|newsletter|mailing - =не|=not")...)
	all = append(all, read(mean(contact.FieldOptOutAt), "отзыв|отозва|withdraw|revok|revoc соглас|consent "+when)...)
	all = append(all, read(mean(contact.FieldOptOut), "отзыв|отозва|withdraw|revok|revoc соглас|consent\ncancel suscrip|inscri|abonn|assinatura\nannul|revoc iscrizion|abonn\nopt por_no|optado")...)
	all = append(all, read(mean(contact.FieldConsentPD), dataConsents)...)
	all = append(all, read(mean(contact.FieldConsent), "статус|=status подпис|рассыл|соглас|subscri|market|consent|newsletter email|=mail|sms|смс|whatsapp|telegram|рассыл|market|newsletter|почт - доставк|deliver")...)
	for _, text := range []struct {
		field contact.Field
		words string
	}{
		{contact.FieldConsentAt, when}, {contact.FieldConsentSource, "источник|source|откуда|форма|=form|место|=url|страниц"}, {contact.FieldTextVersion, "верс|version|текст"}, {contact.FieldConsentChannel, "канал|channel"},
		{contact.FieldMethod, "способ|method"}, {contact.FieldPurpose, "цель|purpose"}, {contact.FieldOther, "=кто|=ip|=id|ссылк|файл"},
	} {
		all = append(all, read(mean(text.field), agreeing+" "+text.words+" "+mailings+" - "+ended+"\n"+agreeing+" "+text.words+" - "+ended+"|"+otherConsents)...)
	}
	all = append(all, read(mean(contact.FieldConsent), saysYes+" "+purposes+" - "+notConsent+"\n"+saysYes+" - =на|=to|=for|"+otherConsents+"|"+notConsent+`
		подписк|разреш|=можно|allow|=ok|=can|=may|permission|permitted рассыл|новост|акци|реклам|=писать|=слать|отправ|сообщ|смс|sms|звон|market|contact|email|=mail|text|message|whatsapp|call|newsletter|broadcast - `+notConsent+`
		=subscribe|=subscription|=subscriptions email|sms|смс|whatsapp|telegram|viber|=max|newsletter|market - `+aboutMailing+notConsent+`|times|`+ended+`
		доступ|участв|включ рассыл|реклам - `+notConsent+`
		отправлять|присылать|=слать рассыл|реклам|смс|sms|email|=mail|whatsapp|сообщен - `+notConsent+`
		=receive|=receives|=wants|=want promo|market|newsletter|=news|offers|advert|campaign|email|sms|=text|=texts|whatsapp|message|mailing - `+notConsent+`
		=send promo|market|newsletter|email|sms|whatsapp - `+notConsent+`|=date|=at|=to|=from
		gdpr market|newsletter|mailing - `+notConsent+`
		=opted whatsapp|sms|email|telegram|viber|=max - `+notConsent+`|=out
		=согл рассыл|реклам|смс|sms|email|почт|звон - `+notConsent+`
		рассыл sms|смс|email|=mail|почт|whatsapp|ватсап|telegram|телеграм|viber|вайбер|=max|=макс|мессендж|реклам|маркет|информ|получа - `+aboutMailing+notConsent+`
		market|маркетинг|реклам|promo email|emails|=mail|sms|смс|whatsapp|telegram|=max|=макс - `+aboutMailing+notConsent)...)
	return append(all, telling()...)
}

// read makes patterns of lines "stems stems - stems": what a header must have,
// and after the dash what it must not.
func read(m contact.Meaning, lines string) []contact.Pattern {
	var all []contact.Pattern
	for _, line := range strings.Split(lines, "\n") {
		with, without, _ := strings.Cut(line, " - ")
		p := contact.Pattern{Meaning: m, With: words(with), Without: words(without)}
		if len(p.With) > 0 {
			all = append(all, p)
		}
	}
	return all
}

// asides are names that look like a phone or an e-mail and are none.
const asides = `факс|fax|=faxes|пейджер|pager|телекс|telex|phonetic|yomi - тел_факс|телефон_факс|` + refusalStems + `
	unsub|opt_out|optout|отпис|preferences link|=url|=uri|token|=hash|=key|=page|=ссылка|=страница - via|click|through|=by|used|visit|клик|нажал
	тел|номер|phone|email|почт|mobile|моб задан|подтвержд|провер|верифиц|verif|валид|valid|тип|=type|label|марк|модел|model|бренд|оператор|operator|carrier|количеств|=кол_во|count|менеджер|ответствен|manager|owner|responsible|прошив|телефони|quality|quarantin|bounce|=has|имеется - ` + refusalStems + `|соглас|consent|` + mailings + `
	=номер|=number заказ|договор|счет|чек|карт|дом|сделк|документ|паспорт|машин|авто|полис|строк|кварт|order|invoice|account|card|passport|contract
	number times
	количеств|web|сайт|владел - ` + refusalStems + `|соглас`

// purposes are what a consent to messages is given to. "Согласие на" anything
// else is of something else.
const purposes = mailings + `|информ|уведомл|коммуник|звон|обзвон|=смс|=sms|email|=mail|почт|писем|whatsapp|ватсап|telegram|телеграм|viber|вайбер|=max|=макс|мессендж|сообщ|новост|акци|предлож|контакт|связ|общен|перепис|receive|contact|message|=text|texts|call|promo|offer|communic|=news|notif|mailing|дайджест|digest`

// ended are words of a consent's end, whose date is not that of its beginning.
const ended = `окончан|истеч|заверш|=end|=ends|ended|expir|until|valid_to|=до|продлен|renew`

// otherConsents are of something else than messages: a contract, a treatment, a
// photo, a page of a social network.
const otherConsents = `подписани|договор|контракт|соглашени|согласов|contract|agreement|document|документ|=акт|оферт|услов|instagram|инстаграм|=инста|facebook|youtube|=vk|=вк|вконтакт|родител|parent|супруг|опекун|представител|медицин|medical|вмешательств|лечен|treatment|операц|cookie|куки|возврат|refund|кредит|credit|=бки|отчет|фото|photo|видео|video|съемк|=signed|=цена|=ценой|=цены|стоимост|замен|обмен|перевод|передач|трет|third|transfer|биометр|biometr|геолокац|location|страхов|insurance|terms|privacy|policy|политик`

// notConsent are words that turn a consent round or speak of something beside
// it.
const notConsent = `чек|=счет|=счета|документ|напомин|=заказ|=заказа|=заказе|=заказах|заказов|=визит|=визите|баланс|кабинет|invoice|receipt|reminder|=order|=orders|appointment|quote|=level|сервисн|транзакц|transactional|дата|=не|=нет|=not|=no|=non|без|нельзя|исключ|отключ|отмен|прекра|снят|убра|удал|стоп|stop|запрет|количеств|последн|источник|тариф|стоимост|price|plan`

// aboutMailing are words by which a header speaks of a mailing itself, or of
// where it goes, rather than of leave for it.
const aboutMailing = `=для|=for|адрес|address|назван|=имя|name|=тема|=текст|канал|channel|=тип|type|=id|номер|телефон|=тел|phone|пользоват|=user|отправлен|открыт|open|click|клик|прочит|доставл|deliver|sent|ответ|reply|bounce|campaign|кампани|utm|source|дней|день|час|period|частот|январ|феврал|=март|=марта|апрел|=май|=мая|июн|июл|август|сентябр|октябр|ноябр|декабр|`

// reasons say why somebody refused.
const reasons = `причин|reason|коммент|comment отпис|отказ|отзыв|стоп|unsub|opt_out|optout|blacklist|черн`

// otherRefusals are refusals of something else than mailings.
const otherRefusals = `block|заблок booking|login|checkout|order|вход|запис|заказ|оплат
	отказ заказ|товар|сделк|доставк|order|покуп|заявк|визит|запис - рассыл|реклам|смс|sms
	отказ кредит|займ|ипотек
	block|заблок card|карт|funds|balance|баланс|счет
	запрет|запрещ отгруз|продаж|кредит|скид|редакт|возврат - рассыл|реклам
	прекращ|прекрати договор|контракт|членств|абонемент|обслуж|аренд - соглас|рассыл|реклам
	исключ|exclud лояльн|бонус|отчет|report|dashboard|loyalty - рассыл|mailing
	withdr amount|total|balance|funds|money
	do_not_post|do_not_fax|donotpost|donotfax
	do_not_send invoice|receipt|statement - market|promo|newsletter
	opt_out|opted_out|optout|отказ_от|отпис =fax|=факс|факса - email|phone|call|sms|рассыл`

// dataConsents are consents to data processing and to terms.
const dataConsents = `соглас|consent|согл персональн|=пд|=пдн|=опд|=сопд|обработк|152|privacy|политик|оферт|personal|gdpr|processing|данных|data|terms|соглашение - ` + mailings + `
	legal_basis
	=пдн - ` + mailings + `
	персональн данн - ` + mailings

// replies are what the person answered, and not our own answer, its code or its
// time.
const replies = `комментар|отзыв|comment|feedback клиент|абонент|покупател|получател|подписчик|=client|=customer|=recipient|=subscriber|=buyer - ` + noReply + `
	=ответ|=ответа|=ответы|ответил|=reply|=replies|=response|=responses|=answer|=answered - ` + noReply + `
	клиент|абонент|покупател|получател|подписчик|=client|=customer|=recipient|=subscriber|=lead написал|сказал|сообщил|=сообщение|=текст|=message|=text|=said|=wrote - ` + noReply + `|=для|=for
	входящ|inbound|incoming|received сообщ|текст|=смс|=sms|message|text - ` + noReply

const noReply = `дата|date|время|time|=at|код|=code|статус|status|сервер|server|=id|count|количеств|число|=rate|менеджер|оператор|сотрудник|агент|manager|operator|agent|=staff|=наш|=our|=бот|=бота|=bot|авто|auto|=api|шлюз|gateway|http|верн|вариант|=кто|=тип|type|sentiment|оценк|rating|score|язык|language|=to|=ok|url|ссылк|=нет|=no|=без|last_contact`

// telling are the identifiers, names, dates and the rest.
func telling() []contact.Pattern {
	const no = " - дата|=date|=at|имя|=name|фото|соглас|consent|есть|=has"
	var all []contact.Pattern
	for _, f := range []struct {
		meaning contact.Meaning
		lines   string
	}{
		{mean(contact.FieldStatus), "статус|=status - заказ|оплат|order|payment"},
		{meanOn(contact.FieldPhone, contact.WhatsApp), "whatsapp|ватсап|вотсап" + no},
		{meanOn(contact.FieldMessenger, contact.Telegram), "telegram|телеграм - дата|=date|соглас|consent|есть|=has|first|last|фамил\n=tg|=тг =id|=user|username|=ник|логин|аккаунт"},
		{meanOn(contact.FieldMessenger, contact.MAX), "=max|=макс =id|=user|username"},
		{mean(contact.FieldMobile), "mobil|=cell|мобильн|сотов|=моб|=mob" + no + "|app|device|прилож\nмоб тел" + no},
		{mean(contact.FieldPhone), "телефон|=тел|=phone|=phones|=tel|telephone|phonenumber|viber|вайбер" + no + "|телефони\nконтактн номер|данн" + no + "\nномер абонент|получат|клиент" + no + "|карт\n=доп|дополнит|второй|другой|запасн|secondary|alternat|additional =номер|=number|=тел" + no},
		{mean(contact.FieldEmail), "email|=mail|имейл|емейл|emailaddress|=почта" + no + "|sent|count|last|последн|display|россии\nэлектрон|=эл почт|адрес" + no},
		{mean(contact.FieldLastContact), "последн визит|покуп|заказ|контакт|актив|звон|обращ|касан|связ - сумма|тип|магаз|номер\n=last activity|contact|visit|order|purchase|engagement - type|name|total|amount|id|number"},
		{mean(contact.FieldUpdated), "дата измен|обновл|редакт\nmodified|updated =date|=time|=at"},
		{mean(contact.FieldCreated), "дата создан|регистр\ncreated|create =date|=time|=at"},
		{mean(contact.FieldReply), replies},
		{mean(contact.FieldOther), "дата|день рожд\nbirth"},
		{mean(contact.FieldDate), "дата|complaint|complain жалоб|обращ|внесен|сообщ|отправ|=date|=at\nдата|время|=date|=time|=at ответ|=reply|=replied|=response|=responded"},
		{mean(contact.FieldTags), "=теги|=тег|=tags|метки|labels|ярлык"},
		{mean(contact.FieldNote), "коммент|примечан|заметк|=notes|=note|comment - count"},
		{mean(contact.FieldName), "наименован программ|полн|клиент|контрагент|покупател|заказчик\n=фио|полное_имя|full_name|имя_клиент|client_name|customer_name|contact_name - менеджер|ответствен|сотрудник|компани|company"},
		{mean(contact.FieldFirstName), "=имя|first_name - файл|компани|домен|пользоват|фамил"},
		{mean(contact.FieldLastName), "=фамилия|last_name - имя"},
		{mean(contact.FieldMiddleName), "=отчество"},
		{mean(contact.FieldSource), "источник|lead_source|original_source|latest_source"},
		{mean(contact.FieldCompany), "компани|организац|company - телефон|адрес|сайт|тип|=id|phone|address|site|type|size|domain"},
		{mean(contact.FieldCity), "=город|=city"},
		{mean(contact.FieldCountry), "=страна|=country - =ip"},
	} {
		all = append(all, read(f.meaning, f.lines)...)
	}
	return all
}
