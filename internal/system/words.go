package system

import "cleanbase/internal/contact"

// What people write into a column that asks yes or no.
const (
	blanks = `- | – | — | n/a | na | н/д | нд | null | nil | none | -none- | не указано | не указан | не задано | нет данных | неизвестно | не известно | unknown | пусто | empty | (пусто) | #N/A | #Н/Д | not set | undefined | NaN | . | … | ? | не выбрано | не определено | не заполнено | не заполнен | не задан | неприменимо | blank | missing | not specified | not applicable | no value | no data | NaT
		0000-00-00 | 0000-00-00 00:00:00 | 01.01.0001 | 01.01.0001 0:00:00 | 01.01.0001 00:00:00 | 0001-01-01 | 0001-01-01 00:00:00 | 0001-01-01T00:00:00 | 0001-01-01T00:00:00Z | 1899-12-30 | 1899-12-30 00:00:00 | 1900-01-00 | 00.00.0000 | 00.00.0000 00:00:00 | 30.12.1899`
	yes = `да | da | yes | y | true | 1 | 1.0 | 1,0 | + | ++ | ✓ | √ | ✔ | ✔️ | ☑ | ☑️ | ✅ | v | x | х | истина | д | t | on | sí | si | ja | oui | sim | sì | tak | так | иә | verdadero | wahr | vrai | sant | вкл | включено | включена | включен | ok | ок | есть | имеется | верно | да! | checked | selected
		согл | соглас | дал | дала | согласен | согласна | согласие | согласны | согласие есть | есть согласие | согласие получено | согласие дано | дал согласие | дала согласие | дано | подписано | письменно | письменное | устно | устное | галочка | галка | чекбокс | чек-бокс | получено | получен | подтверждено | подтвержден | подтверждена | разрешено | разрешен | разрешена | разрешил | разрешила | одобрено | можно | да, согласен | да, согласна | согласен на рассылку | согласна на рассылку | активно | активен | активна | действует | действительно
		consent | consented | agreed | agree | accept | accepted | granted | given | confirmed | allowed | active | double opt-in | explicit | explicit consent | express | express consent | consent given | enabled | i agree | i consent | я согласен | я согласна | даю согласие | я даю согласие | хочу получать | onay | onaylı | izinli`
	subscribed = `получает | получает рассылку | подписан | подписана | подписаны | подписан(а) | подписался | подписалась | подписчик | подписка | подписка активна | активная подписка | подписан на рассылку | подписана на рассылку | не отписан | не отписана | не отписался | не отписалась | не отписывался | не отписывалась | не отказывался | не отказывалась
		subscribed | subscriber | opted in | opt in | opt-in | optin | opted-in | optedin | single opt-in | confirmed opt-in | soft opt-in | allow | not unsubscribed | not opted out`
	no    = `нет | net | no | n | false | 0 | 0.0 | 0,0 | ✗ | ✘ | ❌ | ☐ | ✖ | × | ложь | н | f | off | nein | nej | non | nee | não | nao | nie | ні | жоқ | falso | falsch | faux | falskt | выкл | выключено | неверно | отсутствует | не было | никогда | не отписан(а) | выключена | выключен | never | unchecked | disabled | [ ] | [] | ( )`
	lacks = `не согласен | не согласна | не согласны | несогласен | несогласна | согласия нет | нет согласия | без согласия | не дано | не получено | не дал | не дала | не давал | не давала | не подтверждено | не подтвержден | не подтверждена | не разрешено | не спрашивали | не запрошено | нельзя
		не подписан | не подписана | не подписан(а) | не подписывался | не подписывалась | нет подписки | неактивен | не активен | неактивна | неактивно | аннулировано | аннулирован | аннулирована | недействительно | недействителен | недействительна | не действует | прекращено | прекращен | прекращена | приостановлено | приостановлен | приостановлена | просрочено | просрочен | просрочена | черновик | несогл | не согл | отк | отменено | отменен | отменена | под вопросом | уточнить | истекло | истек
		not subscribed | never subscribed | no consent | not given | not granted | not consented | disagree | not opted in | not opted-in | non-subscribed | unconfirmed | not confirmed | pending | inactive | expired | archived | bounced | bounce | hard bounce | soft bounce | cleaned | transactional | nonsubscribed | notsubscribed | cancelled | canceled | unverified | redacted | void | voided | invalid | invalidated | terminated | suspended | lapsed | not valid | no longer valid | draft | out`
	refusals = `отказ | отказался | отказалась | отказано | отказ от рассылки | отказ от рассылок | отказался от рассылки | отказалась от рассылки | отказался от рассылок | отказ от рекламы | отказ клиента | полный отказ | категорический отказ
		отписан | отписана | отписан(а) | отписался | отписалась | отписка | отписался от рассылки | отписалась от рассылки | отписан от рассылки | отписаны | отписался сам | отп | отпис | удалить | больше не хочет | не нужно | не интересно | неинтересно
		отозвано | отозван | отозвал | отозвала | отозвано согласие | согласие отозвано | отзыв | отзыв согласия | отозвал согласие | отозвала согласие
		не согласен на рассылку | не согласна на рассылку | против | против рассылки | против рассылок | запрет | запрещено | запретил | запретила | запрет рассылки | не беспокоить | не писать | не звонить | не отправлять | не слать | не рассылать | не звонить и не писать | не хочет | не хочет получать рассылку | просил не писать | просила не писать | просил не беспокоить | больше не писать
		стоп | стоп-лист | стоплист | в стоп-листе | черный список | в черном списке | чс | в чс | заблокирован | заблокирована | заблокировал бота | заблокировала бота | бот заблокирован | остановил бота | остановила бота | бот остановлен
		unsubscribed | unsubscribe | opted out | opt out | opt-out | optout | opted-out | confirmed opt-out | soft opt-out | do not allow | not allowed | stop | stopped | stop list | withdrawn | withdrew | consent withdrawn | revoked | refused | refusal | declined | rejected | denied | do not contact | do not call | do not email | do not mail | do not disturb | do not message | dnc | dnd | blacklist | blacklisted | blocklisted | blocked | suppressed | user suppressed | complained | complaint | spam complaint | spam report | ret | reddedildi | izinsiz | reported as spam | marked as spam | жалоба | жалоба на спам | пожаловался | пожаловалась`
)

// The directions of a message.
const (
	incoming = `in | inbound | incoming | incoming message | inbound message | входящее | входящее сообщение | входящее смс | входящее sms | входящий | входящие | входящая | вх | вход | received | получено | from client | from customer | client | customer | user | клиент | от клиента | mo | inbox | in bound`
	outgoing = `out | outbound | outgoing | outgoing message | outbound message | исходящее | исходящее сообщение | исходящее смс | исходящее sms | исходящий | исходящие | исходящая | исх | исход | sent | отправлено | to client | to customer | outbound-api | outbound-reply | outbound-call | operator | manager | agent | bot | оператор | менеджер | клиенту | mt | outbox | echo`
)

// negations turn the hint of a file's name round: "база без стоп-листа".
const negations = `без | кроме | не | not | no | non | without | except | минус | minus | clean | чистая | чистый | очищенная | очищенный | after | после | исключая | excluding`

// short is how people cut the words of headers short. What may stand for several
// words is not here ("подп", "отп", "согл": "согласование").
func short() map[string][]string {
	return map[string][]string{
		"рассылка":    list("расс | рассыл"),
		"реклама":     list("рекл"),
		"последний":   list("посл"),
		"комментарий": list("комм | коммен | комент"),
		"источник":    list("ист | источн"),
		"телефон":     list("тлф"),
		"phone":       list("ph | phn | tlf"),
		"marketing":   list("mktg | mkt | mktng"),
		"subscribed":  list("subscr | subsc"),
	}
}

// tags are whole labels by which people mark who must not be written to
// (formats.md 4.3 and plain synonyms).
func tags() []contact.Label {
	on := func(c contact.Channel, text string) (some []contact.Label) {
		for _, t := range list(text) {
			some = append(some, contact.Label{Text: t, Channel: c})
		}
		return some
	}
	all := on(contact.Any, `do not contact | do not disturb | do not message | unsub | unsubs | unsubscribers | do not text | do not market | do not solicit | do not send | unsubscribe | unsubscribed | opted out | opt out | optout | opt-out | confirmed opt-out | soft opt-out | dnc | dnd | dnm | stop | stop list | stop-list | stoplist | blacklist | black list | blacklisted | blocklisted | suppressed | suppression | no marketing | no contact | never contact | complained | complaint | complainer | spam complaint | spam | junk
		не беспокоить | не писать | не звонить и не писать | не писать и не звонить | не трогать | не контактировать | не отправлять | не отправлять рассылку | не слать | не слать рассылку | не рассылать | не слать рекламу | не включать в рассылку | исключить из рассылки | исключен из рассылки | убрать из рассылки | удалить из рассылки | удален из рассылки | без рассылки | без рассылок | без рекламы
		отписан | отписана | отписался | отписалась | отписался от рассылки | отписалась от рассылки | отписан от рассылки | отписка | отписки | отписанные | отписавшийся | отписавшиеся | отписаны | отказ от рассылки | отказ от рассылок | отказался от рассылки | отказалась от рассылки | отказался от рассылок | отказ от рекламы | отказ от коммуникаций | запрет рассылки | запрет на рассылку | запрет рассылок | против рассылки | против рассылок | отозвал согласие | отозвала согласие | согласие отозвано | отзыв согласия
		стоп | стоп лист | стоп-лист | стоплист | в стоп-листе | стоп рассылка | стоп-рассылка | черный список | чёрный список | в черном списке | чс | в чс | блэклист | блеклист | жалоба | жаловался | жаловалась | пожаловался | пожаловалась | жалоба на спам | спам жалоба | заблокировал бота | заблокировала бота | бот заблокирован | остановил бота | остановила бота | бот остановлен | bot blocked | bot stopped | жалоба на рассылку | просил не писать | просила не писать | просит не писать | просил не беспокоить | просила не беспокоить | больше не писать | никогда не писать`)
	all = append(all, on(contact.Email, `email opt out | email opted out | email opt-out | do not email | do not mail | no email | bounced | hard bounce | не писать на почту | не слать письма | отписан от email | отписался от email | отписан от писем | отписался от писем`)...)
	all = append(all, on(contact.Call, `do not call | no calls | не звонить | без звонков | отказ от звонков | запрет звонков`)...)
	all = append(all, on(contact.SMS, `sms opt out | sms opt-out | do not sms | no sms | без смс | без sms | не слать смс | не слать sms | не отправлять смс | не отправлять sms | отказ от смс | отказ от sms | отписан от смс | отписан от sms`)...)
	all = append(all, on(contact.WhatsApp, `не писать в whatsapp | не писать в ватсап | whatsapp opt out | no whatsapp | отписан от whatsapp`)...)
	all = append(all, on(contact.Telegram, `не писать в telegram | не писать в телеграм | telegram opt out | no telegram | отписан от telegram | отписан от телеграм`)...)
	return append(all, on(contact.MAX, `не писать в max | не писать в макс | отписан от max`)...)
}

// doubts are the stems of labels that may mean "do not contact". Of a deal people
// write "отказ" too, so a refusal has to say of what.
const doubts = `=отказники - товар|сделк|покуп|заказ
	отпис|unsub|opt_out|opted_out|optout|optedout|опт_аут|черн_спис|черный_спис|черном_спис|=чс|blacklist|black_list|stop_list|стоп_лист|стоплист|=dnc|=dnd|suppress|=stopped|🚫 - отпиской|=акция|пятниц
	отказ|отозв|отзыв_соглас|отзыв_пд|запре|против|=стоп|=stop|прекра|останов|отключ|исключ|убрать|удалить|удален рассыл|реклам|=смс|=sms|whatsapp|=wa|ватсап|вотсап|telegram|телеграм|=тг|=tg|=max|=макс|viber|вайбер|email|писем|=пдн|=пд|персональн|соглас|писать|сообщ|уведомл|контакт|коммуник|маркет|market|newsletter
	=нет|=без|=no|отмен рассыл|реклам|маркет|писем|market|newsletter|promo
	вышел|вышла|покинул|удалил|=удален|=удалена =бот|=бота|=чат|=чата|просьб
	удалить|убрать|исключить|remove|delete =из|from|=me|данн
	список|=лист|list исключ|exclu|stop|стоп|=бан|block|блок
	не_пис|не_пиши|не_бесп|=не_бес|не_звон|не_трев|не_отправ|не_слать|не_шли|не_рассыл|не_присыл|не_контакт|не_трог|не_хочет_получ|не_желает_получ|do_not_contact|do_not_call|do_not_text|do_not_email|do_not_mail|do_not_send|do_not_message|do_not_disturb|do_not_market|dont_call|dont_contact|dont_text|dont_write|dont_send|dont_message|dont_email|dont_mail|dont_disturb|don_t_call|don_t_contact|don_t_text|don_t_write|don_t_send|don_t_message|don_t_email|don_t_mail|never_contact|no_contact|no_marketing|no_promo
	заблок|забан|=бан|блокиров|blocked|banned|blocklist|=запрет|отозвано|withdrawn|revoked - =не|=not|карт|card
	жалоб|жалов|пожалов|претенз|complain|нежелат|роскомнадзор|=ркн|=фас|=spam|=спам - =не|=без|=no|=not`

// channels is how people call them.
func channels() []contact.Label {
	var all []contact.Label
	for _, c := range []struct {
		channel contact.Channel
		names   string
	}{
		{contact.Any, `any | all | любой | все | всё | везде | все каналы | любые | all channels | любой канал | по всем каналам`},
		{contact.MAX, `max | макс | мах | мессенджер max | мессенджер макс | max messenger | maxbot | max bot | бот max | в max`},
		{contact.WhatsApp, `whatsapp | whats app | wa | wapi | waba | ватсап | вотсап | вацап | ватсапп | воцап | вотс ап | whatsapp business | вайтсап`},
		{contact.Telegram, `telegram | tg | тг | телеграм | телеграмм | телега | tgapi | telegram bot | телеграм бот`},
		{contact.Viber, `viber | вайбер | вибер`},
		{contact.SMS, `sms | смс | text | text message | смс сообщение | sms сообщение | смс рассылка | sms рассылка | mms`},
		{contact.Call, `call | calls | phone | звонок | звонки | телефон | phone call | voice | обзвон | по телефону | телефонный звонок`},
		{contact.Email, `email | e-mail | mail | почта | эл почта | электронная почта | имейл | емейл | письмо | письма | email рассылка | e-mail рассылка | newsletter`},
	} {
		for _, name := range list(c.names) {
			all = append(all, contact.Label{Text: name, Channel: c.channel}, contact.Label{Text: "только " + name, Channel: c.channel})
		}
	}
	return all
}

// names are the hints of file and sheet names.
func names() []contact.NameHint {
	var all []contact.NameHint
	for _, r := range []struct {
		role  contact.Role
		stems string
	}{
		{contact.RoleOptOuts, `=стоп =стопы =стопов стоплист stop_list stoplist =stop =stops opt_out opt_outs optout opted_out отказ отпис отозв unsub blacklist black_list blocklist block_list черн_спис черный_спис черном_спис =чс =dnc =dnd do_not_contact do_not_call do_not_mail suppress не_писать не_звонить не_беспокоить не_отправлять не_контакт не_хот не_хоч не_рассыл не_слать заблокир blocked исключит исключен exclude exclusion =бан бан_лист банлист забан =ban ban_list banlist banned donotcall donotcontact donotmail donotemail donotdisturb do_not_disturb do_not_email do_not_send do_not_text do_not_message robinson =удалить на_удаление нежелат негатив не_присыл не_бесп не_тревож не_связ не_надо не_обзван нельзя_пис нельзя_звон нельзя_беспок запрет запрещ отзыв_соглас отзывы_соглас возраж убрать lista_negra liste_noire liste_rouge sperrlist erasure no_contact`},
		{contact.RoleComplaints, `жалоб жалов пожалов complain =spam спам abuse претенз`},
		{contact.RoleConsents, `соглас consent opt_in opt_ins optin opted_in подписк подписч подписан подписал subscri`},
		{contact.RoleProtected, `сотрудник employee =staff protected protect vip вип не_трогать служебн защищ =персонал =персонала неприкосн do_not_touch коллег конкурент`},
		{contact.RoleEvents, `event событ =log =logs =лог сообщен message переписк чат =chat chats диалог dialog webhook вебхук delivery_report отчет_о_доставке =dlr inbox входящ исходящ`},
		{contact.RoleContacts, `contact контакт client клиент =база базы базу =base =db lead лид лиды customer покупат crm deal сделк заявк compan компани people person люди абонент user пользоват гост guest пациент patient заказчик контрагент`},
	} {
		for _, stem := range words(r.stems) {
			all = append(all, contact.NameHint{Stem: stem, Role: r.role})
		}
	}
	return all
}
