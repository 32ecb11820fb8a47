package cli

import (
	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
)

// advices is what has to happen before a contact with the reason may be written
// to.
var advices = map[contact.Reason]contact.Text{
	contact.OptOutListed:          contact.T("never, unless the person agrees anew, dated later than the refusal, in a consents file or an own message; if the list was wrong, cleanbase pardon", "нельзя, пока человек не согласится снова: позже отказа, с датой, в файле согласий или своим сообщением; если список ошибся, выполните cleanbase pardon"),
	contact.OptOutFlag:            contact.T("never, unless the person agrees anew, dated later than the refusal; if the mark in the CRM is wrong, cleanbase pardon", "нельзя, пока человек не согласится снова, позже отказа; если отметка в CRM ошибочна, выполните cleanbase pardon"),
	contact.OptOutMessage:         contact.T("never, unless the person agrees anew after that message", "нельзя, пока человек сам не согласится после этого сообщения"),
	contact.OptOutPlatform:        contact.T("only when the person subscribes or starts the bot again", "только если человек сам снова подпишется или запустит бота"),
	contact.OptOutLinked:          contact.T("settle whose refusal it is: the person it is shared with refused; take the shared phone or e-mail out of the card if it is wrong", "выясните, чей это отказ: отказался тот, с кем общий телефон или почта; если общее указано по ошибке, уберите его из карточки"),
	contact.ComplaintListed:       contact.T("never: a complaint ends only with cleanbase pardon PHONE --reason TEXT", "нельзя: жалобу снимает только cleanbase pardon ТЕЛЕФОН --reason ТЕКСТ"),
	contact.ComplaintMessage:      contact.T("never: a complaint ends only with cleanbase pardon PHONE --reason TEXT", "нельзя: жалобу снимает только cleanbase pardon ТЕЛЕФОН --reason ТЕКСТ"),
	contact.ComplaintLinked:       contact.T("settle whose complaint it is; it ends only with cleanbase pardon for the person who complained", "выясните, чья это жалоба; её снимает только cleanbase pardon для того, кто жаловался"),
	contact.ProtectedListed:       contact.T("never: a protection is remembered for good, also when its file is gone, and no pardon lifts it", "нельзя: защита помнится всегда, даже если её файла больше нет, и cleanbase pardon её не снимает"),
	contact.PhoneMissing:          contact.T("find the person's mobile number", "узнайте мобильный номер"),
	contact.PhoneInvalid:          contact.T("find the right number: the one written does not exist", "узнайте верный номер: записанного не бывает"),
	contact.PhoneDamaged:          contact.T("export the file anew with the phones as text: a spreadsheet lost digits", "выгрузите файл заново с телефонами как текст: таблица потеряла цифры"),
	contact.PhoneNotMobile:        contact.T("find a mobile number, or allow landlines (phones.landline)", "узнайте мобильный номер или разрешите городские (phones.landline)"),
	contact.PhoneService:          contact.T("find the person's own number", "узнайте личный номер"),
	contact.PhonePlaceholder:      contact.T("find the real number: this one was made up to fill the field", "узнайте настоящий номер: этот вписан для заполнения поля"),
	contact.OptOutUnsure:          contact.T("read the message and settle it with cleanbase judge", "прочитайте сообщение и решите через cleanbase judge"),
	contact.PhoneAmbiguous:        contact.T("write the number in the file with its country code", "запишите номер в файле с кодом страны"),
	contact.DeliveryUnreachable:   contact.T("choose another channel or find a newer number", "выберите другой канал или узнайте новый номер"),
	contact.DeliverySuspectedSpam: contact.T("wait, and write first only to those who answer you", "подождите и пишите сначала тем, кто вам отвечает"),
	contact.FrequencyRecent:       contact.T("wait until the time between mailings has passed (frequency.days)", "подождите, пока пройдёт срок между рассылками (frequency.days)"),
	contact.ConsentConflict:       contact.T("find out which file is right, and give the consent or the refusal its date", "выясните, какой файл прав, и поставьте согласию или отказу дату"),
	contact.ConsentMissing:        contact.T("ask for consent first, and keep when and how it was given", "сначала получите согласие и сохраните, когда и как оно дано"),
	contact.ConsentExpired:        contact.T("ask for consent again: the old one has run out (consent.months)", "получите согласие заново: прежнее истекло (consent.months)"),
	contact.ConsentOtherChannel:   contact.T("ask for consent to this channel, or write on the one agreed to", "получите согласие на этот канал или пишите по тому, на который оно дано"),
	contact.ConsentUnproven:       contact.T("put on file when and where the consent was given", "укажите, когда и где дано согласие"),
}

// advice is what would make the person mailable, by the strongest reason of the
// newest decision; empty for one who may be written to, or of whom nothing was
// decided.
func advice(s *audit.Story) contact.Text {
	for _, c := range s.Contacts {
		if n := len(c.Decisions); n > 0 && !c.Linked {
			set := c.Decisions[n-1].Set
			if set.Verdict() == contact.Clean || len(set.List()) == 0 {
				return contact.Text{}
			}
			return advices[set.List()[0]]
		}
	}
	return contact.Text{}
}
