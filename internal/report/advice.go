package report

import "cleanbase/internal/contact"

// advice is what a person does about the contacts of one reason.
func advice(r contact.Reason) contact.Text {
	switch r.Verdict() {
	case contact.Removed:
		return refusalAdvice[r]
	case contact.Invalid:
		return phoneAdvice[r]
	case contact.Hold:
		return holdAdvice[r]
	}
	return consentAdvice[r]
}

var refusalAdvice = map[contact.Reason]contact.Text{
	contact.OptOutListed: contact.T("Never write to them. Load suppressions.csv into your CRM so that the next export leaves them out.",
		"Не пишите им. Загрузите suppressions.csv в CRM, чтобы следующая выгрузка пришла уже без них."),
	contact.OptOutFlag: contact.T("Never write to them. Whoever makes the export should filter by this mark already in the CRM.",
		"Не пишите им. Пусть тот, кто делает выгрузку, отсеивает людей с этой отметкой ещё в CRM."),
	contact.OptOutMessage: contact.T("Never write to them, and mark the refusal in the CRM: now it is known from the chat alone.",
		"Не пишите им и отметьте отказ в CRM: сейчас о нём известно только из переписки."),
	contact.OptOutPlatform: contact.T("Never write to them: the messenger counts a further message against your account.",
		"Не пишите им: ещё одно сообщение мессенджер засчитает против вашего аккаунта."),
	contact.OptOutLinked: contact.T("Do not write: it is most likely the same person. If it is somebody else, correct the shared phone or e-mail in the CRM.",
		"Не пишите: скорее всего, это тот же человек. Если нет, исправьте в CRM общий телефон или почту."),
	contact.ComplaintListed: contact.T("Never write to them; a new consent does not lift a complaint. If it was a mistake: cleanbase pardon, with the reason.",
		"Не пишите им; новое согласие жалобу не снимает. Если она попала сюда по ошибке: cleanbase pardon с указанием причины."),
	contact.ComplaintMessage: contact.T("Never write to them. Answer the complaint by hand, and look at what was sent before it.",
		"Не пишите им. На жалобу ответьте лично и посмотрите, что отправляли перед ней."),
	contact.ComplaintLinked: contact.T("Do not write: it is most likely the person who complained. If not, correct the shared phone or e-mail in the CRM.",
		"Не пишите: скорее всего, это тот, кто жаловался. Если нет, исправьте в CRM общий телефон или почту."),
	contact.ProtectedListed: contact.T("Nothing to do: your company itself said never to mail them.",
		"Ничего делать не нужно: ваша компания сама решила никогда им не писать."),
}

var phoneAdvice = map[contact.Reason]contact.Text{
	contact.PhoneMissing: contact.T("Ask for the phone at the next purchase or call, or leave the contact to e-mail.",
		"Спросите телефон при следующей покупке или звонке или оставьте контакт для писем по почте."),
	contact.PhoneInvalid: contact.T("Correct the number in the CRM: most often a digit is missing or one too many.",
		"Исправьте номер в CRM: чаще всего цифры не хватает или она лишняя."),
	contact.PhoneDamaged: contact.T("Export the file anew with the phone column as text: a spreadsheet rounded the numbers, and the digits can't be brought back.",
		"Выгрузите файл заново, с телефонами в виде текста: таблица округлила номера, и цифры уже не вернуть."),
	contact.PhoneNotMobile: contact.T("Call instead, or ask for a mobile number: messengers rarely reach landlines.",
		"Позвоните или спросите мобильный: мессенджеры до городских номеров обычно не доходят."),
	contact.PhoneService: contact.T("Delete the number in the CRM: it is a company's service line, not a person's phone.",
		"Удалите номер из CRM: это служебная линия компании, а не телефон человека."),
	contact.PhonePlaceholder: contact.T("Find out who fills the field with invented numbers, and let the form take an empty phone.",
		"Выясните, кто заполняет поле выдуманными номерами, и разрешите в форме оставлять телефон пустым."),
}

var holdAdvice = map[contact.Reason]contact.Text{
	contact.OptOutUnsure: contact.T("Read the messages. Whoever refused goes on the opt-outs list; until then, do not write.",
		"Прочитайте сообщения. Кто отказался, того в список отказов; до этого не пишите."),
	contact.PhoneAmbiguous: contact.T("Write the number in full in the CRM, with + and the country code.",
		"Запишите номер в CRM полностью: с плюсом и кодом страны."),
	contact.DeliveryUnreachable: contact.T("Choose another channel: sending to numbers that are not on the messenger looks like spam to it.",
		"Выберите другой канал: отправка на номера, которых в мессенджере нет, выглядит для него как спам."),
	contact.DeliverySuspectedSpam: contact.T("Do not repeat the message. Rewrite it, make it personal, and wait before you write to them again.",
		"Не повторяйте это сообщение. Перепишите его, сделайте личным и подождите, прежде чем писать снова."),
	contact.FrequencyRecent: contact.T("Wait: they come back into the list by themselves when the pause of the policy is over.",
		"Подождите: когда пройдёт пауза, заданная политикой, они вернутся в список сами."),
	contact.ConsentConflict: contact.T("Find out which file is right, and put the answer with its date into a consents or opt-outs file.",
		"Выясните, какой файл прав, и внесите ответ с датой в файл согласий или отказов."),
}

var consentAdvice = map[contact.Reason]contact.Text{
	contact.ConsentMissing: contact.T("Do not mail. Ask for consent where you meet them: at the till, in the order form, when they write to you.",
		"Не рассылайте. Спросите согласие там, где встречаетесь: на кассе, в форме заказа, когда они сами вам напишут."),
	contact.ConsentExpired: contact.T("Ask again whether they want your messages; the answer with its date makes them clean.",
		"Спросите ещё раз, хотят ли они ваших сообщений; ответ с датой вернёт их в чистый список."),
	contact.ConsentOtherChannel: contact.T("Write to them in the channel they agreed to, or ask for consent to this one.",
		"Пишите в том канале, на который согласие дано, или спросите согласие на этот."),
	contact.ConsentUnproven: contact.T("Find where and when they agreed, and put it into the consents file: the proof is on the sender.",
		"Найдите, где и когда они согласились, и внесите в файл согласий: доказывать согласие должен отправитель."),
	contact.ConsentValid: contact.T("Nothing to do. Keep the proof: who agreed, when, where and to what text.",
		"Ничего делать не нужно. Храните доказательство: кто согласился, когда, где и с каким текстом."),
	contact.ConsentInbound: contact.T("Write soon and to the point: they count for a limited time after their own message.",
		"Пишите скоро и по делу: собственное сообщение человека даёт право писать лишь ограниченное время."),
	contact.ConsentBotStarted: contact.T("Write through the bot only, and say in the message how to stop it.",
		"Пишите только через бота и говорите в сообщении, как его остановить."),
}
