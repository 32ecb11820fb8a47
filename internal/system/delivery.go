package system

import "cleanbase/internal/contact"

// statuses are the delivery words of gateways (formats.md 3.1, 3.4, 3.6) and
// of people. Temporary and sender-side states are evidence of nothing.
func statuses() map[contact.EvidenceKind][]string {
	return map[contact.EvidenceKind][]string{
		contact.Delivered: list(`delivered | delivrd | pdlivrd | read | seen | opened | доставлено | доставлен | доставлена | прочитано | прочитан | прочитана | просмотрено`),
		contact.Unreachable: list(`undelivered | undeliv | undeliverable | undelivrd | not delivered | не доставлено | недоставлено | не доставлен | недоставлен | не доставлена | unreachable | unknown subscriber | bad_contact | bad contact | not on whatsapp | no such subscriber | invalid number | wrong number | number does not exist
			абонент не существует | номер не существует | несуществующий номер | неверный номер | неправильный номер | недоступный номер | нет в мессенджере | нет в whatsapp | нет whatsapp | не зарегистрирован | невозможно доставить | landline`),
		contact.SuspectedSpam: list(`spam | suspected spam | messages_is_spam | спам | подозрение на спам`),
		contact.OptOut:        list(`unsubscribed | opted out | optout | opt-out | отписался | отписалась | отписан | отписка | blacklisted by user | user blocked | blocked by user | заблокировал | пользователь заблокировал`),
		contact.BotStarted:    list(`bot_started | bot started | запустил бота | бот запущен`),
		contact.BotStopped:    list(`bot_stopped | bot stopped | остановил бота | бот остановлен`),
		contact.Complaint:     list(`complained | complaint | spam complaint | жалоба | пожаловался | пожаловалась | жалоба на спам`),
		0: list(`недостаточно средств | нет денег | нет средств | нулевой баланс | превышен лимит | лимит исчерпан | канал заблокирован | аккаунт заблокирован | номер отправителя заблокирован | ошибка оплаты | шаблон отклонен | шаблон не найден | внутренняя ошибка | ошибка сервера | тайм-аут | таймаут
			insufficient funds | no money | low balance | limit exceeded | rate limit | rate limited | too many requests | channel blocked | account blocked | account suspended | sender blocked | payment error | payment required | template rejected | template not found | internal error | server error | timeout | timed out`),
	}
}

// gateways are the SMS gateways whose reports are told by their codes
// (formats.md 3.6): no layout of such a report was found anywhere.
func gateways() []contact.Gateway {
	return []contact.Gateway{
		{System: "smsc", Names: words("smsc смсц smscentre"), Codes: words("-3 -2 -1 0 1 2 3 4 20 22 23 24 25"), Telling: words("-3 -2 20 22 23 24 25")},
		{System: "smsru", Names: words("sms_ru smsru"), Codes: words("-1 100 101 102 103 104 105 106 107 108 110 150 202 207 209"), Telling: words("100 101 102 103 104 105 106 107 108 110 150 202 207 209")},
		{System: "mobizon", Names: words("mobizon мобизон"), Codes: words("NEW ENQUEUD ACCEPTD UNDELIV REJECTD PDLIVRD DELIVRD EXPIRED DELETED"), Telling: words("ENQUEUD ACCEPTD REJECTD PDLIVRD UNDELIV")},
	}
}
