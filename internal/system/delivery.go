package system

import "cleanbase/internal/contact"

// statuses are the delivery words of gateways (formats.md 3.1, 3.4, 3.6) and
// of people. Temporary and sender-side states are evidence of nothing.
func statuses() map[contact.EvidenceKind][]string {
	return map[contact.EvidenceKind][]string{
		contact.Delivered: list(`delivered | delivrd | pdlivrd | read | seen | opened | доставлено | доставлен | доставлена | прочитано | прочитан | прочитана | просмотрено`),
		contact.Unreachable: list(`undelivered | undeliv | undeliverable | undelivrd | not delivered | не доставлено | недоставлено | не доставлен | недоставлен | не доставлена | unreachable | unknown subscriber | bad_contact | bad contact | not on whatsapp | no such subscriber | invalid number | wrong number | number does not exist
			абонент не существует | номер не существует | несуществующий номер | неверный номер | неправильный номер | недоступный номер | нет в мессенджере | нет в whatsapp | нет whatsapp | не зарегистрирован | не существует | не найден | невозможно доставить | landline`),
		contact.SuspectedSpam: list(`spam | suspected spam | messages_is_spam | спам | подозрение на спам`),
		contact.OptOut:        list(`unsubscribed | dnd | dnc | ndnc | opted out | optout | opt-out | отписался | отписалась | отписан | отписка | blacklisted | blacklist | blacklisted by user | user blocked | стоп-лист | стоп лист | в стоп-листе | черный список | отказ от рассылки | blocked by user | заблокировал | пользователь заблокировал`),
		contact.BotStarted:    list(`bot_started | bot started | запустил бота | бот запущен`),
		contact.BotStopped:    list(`bot_stopped | bot stopped | остановил бота | бот остановлен`),
		contact.Complaint:     list(`complained | complaint | spam complaint | жалоба | пожаловался | пожаловалась | жалоба на спам`),
		0: list(`недостаточно средств | нет денег | нет средств | нулевой баланс | превышен лимит | лимит исчерпан | канал заблокирован | аккаунт заблокирован | номер отправителя заблокирован | ошибка оплаты | шаблон отклонен | шаблон не найден | внутренняя ошибка | ошибка сервера | тайм-аут | таймаут
			insufficient funds | no money | low balance | limit exceeded | rate limit | rate limited | too many requests | channel blocked | account blocked | account suspended | sender blocked | payment error | payment required | template rejected | template not found | internal error | server error | timeout | timed out`),
	}
}

// phrases read statuses and errors that gateways and bots write in words of their
// own. The first that fits counts; a sender's trouble fits none.
func phrases() []contact.Phrase {
	var all []contact.Phrase
	for _, p := range []struct {
		means contact.EvidenceKind
		lines string
	}{
		{contact.BotStopped, `=бот|=бота|=bot заблокир|блокир|block|остановил|остановлен|stopped - ` + unclear + `|мессенджер|платформ|platform|администрац|модерац|модератор|moderat`},
		{contact.OptOut, `черн добавил|внес|занес
			черн_спис|черный_спис|черном_спис|черного_спис|blacklist|black_list|стоп_лист|стоплист|stop_list|stoplist|opt_out_list|suppression|=dnd|=dnc|do_not_call - ` + unclear + `|` + senders + `
			отпис|unsubscri|opted_out|opt_out|отказ_от_рассыл|отказ_от_сообщ|отказ_от_получ|отказ_от_смс|отказ_от_sms|отказ_от_реклам|отказался|отказалась|stopped_market|user_stopped|recipient_stopped|остановил_рассыл|остановила_рассыл|не_присыл|не_писать - ` + unclear + `|не_отпис|не_отказ
			стоп_слов|stop_word|stopword|replied_stop|reply_stop|ответил_стоп|ответила_стоп|прислал_стоп|sent_stop - ` + unclear + `
			удален|исключен|removed по_просьбе|по_запросу|=by|request клиент|абонент|просьб|=user|=customer|=recipient|request - ` + unclear + `|` + senders + `
			запрещ|запретил абонент|клиент|пользовател|получател - ` + unclear + `|` + senders + `
			заблокировал|=заблокировала|=заблокировали - ` + unclear + `|оператор|мессенджер|платформ|whatsapp|систем|=мы
			заблокирован =пользователем|=абонентом|=получателем|=клиентом|=контактом - ` + unclear + `
			blocked_by =user|=recipient|=customer|=subscriber|=contact|=client - ` + unclear + `
			user_blocked|user_has_blocked|recipient_blocked|recipient_has_blocked|customer_blocked|customer_has_blocked|contact_blocked|contact_has_blocked - ` + unclear},
		{contact.Complaint, `жалоб|пожаловал|complain|user_reported|reported_by|reported_as|marked_as_spam|пометил|отметил - ` + unclear + `|=нет|=no|без|прочитан`},
		{contact.SuspectedSpam, `спам|spam - ` + unclear},
		{contact.Unreachable, `не_зарегистр|не_существ|несуществ|не_найден|неверн|некорректн|неправильн|недействит|нет|отсутств|не_обслуж|не_подключ|не_использ|удален|деактив|not_regist|not_exist|t_exist|unregistered|no_such|not_found|not_valid|invalid|not_on|not_a|not_in_service|out_of_service|disconnected|deactivated|unallocated|unassigned|t_have|not_have|no_account|no_whatsapp номер|телефон|абонент|пользоват|получат|контакт|аккаунт|адресат|чат|whatsapp|ватсап|telegram|телеграм|viber|вайбер|=max|мессенджер|number|phone|msisdn|subscriber|user|recipient|account|chat - ` + unclear + `|` + senders + `|` + passing + `
			недоставл|не_доставл|не_удалось_достав|невозможно_достав|undeliver|not_delivered|delivery_failed|failed_to_deliver - ` + unclear + `|` + senders + `|` + passing},
		{contact.Delivered, `доставлен|=прочитано|=прочитан|delivered|=read|seen - ` + unclear + `|=не|=not|=нет|=no|непроч|недост|undeliv|частич|partial|ожид|pending|будет|сервер|оператор|шлюз|server|carrier|operator|gateway`},
	} {
		for _, line := range read(contact.Meaning{}, p.lines) {
			all = append(all, contact.Phrase{Means: p.means, With: line.With, Without: line.Without})
		}
	}
	return all
}

// Words by which a status speaks of something else than the person: of undoing or
// of what is not sure, of the sender and what is sent, of what passes.
const (
	unclear = `разблок|unblock|возможно|possibl|maybe|=ли`
	senders = `отправит|=наш|=ваш|=your|=our|sender|=from|шаблон|template|канал|channel|параметр|parameter|токен|token|баланс|balance|средств|=денег|fund|credit|оплат|payment|лимит|limit|quota|ключ|=key|content|ссылк|=url|файл|file|media|медиа|подпис|signature|сервер|server|=api|=json|route|маршрут|оператор|operator|integration`
	passing = `временно|temporar|выключен|недоступен|вне|истек|просроч|expired|timeout|тайм_аут|busy|занят|offline|absent|queue|очеред|memory_full|память`
)

// gateways are the SMS gateways whose reports are told by their codes
// (formats.md 3.6): no layout of such a report was found anywhere.
func gateways() []contact.Gateway {
	return []contact.Gateway{
		{System: "smsc", Names: words("smsc смсц smscentre"), Codes: words("-3 -2 -1 0 1 2 3 4 20 22 23 24 25"), Telling: words("-3 -2 20 22 23 24 25")},
		{System: "smsru", Names: words("sms_ru smsru"), Codes: words("-1 100 101 102 103 104 105 106 107 108 110 150 202 207 209"), Telling: words("100 101 102 103 104 105 106 107 108 110 150 202 207 209")},
		{System: "mobizon", Names: words("mobizon мобизон"), Codes: words("NEW ENQUEUD ACCEPTD UNDELIV REJECTD PDLIVRD DELIVRD EXPIRED DELETED"), Telling: words("ENQUEUD ACCEPTD REJECTD PDLIVRD UNDELIV")},
	}
}
