package policy

import (
	"strings"

	"cleanbase/internal/contact"
)

// Say is the policy in words, a sentence a line.
func (p *Policy) Say() []contact.Text {
	lines := []contact.Text{
		p.sayChannel(),
		contact.T("Whoever refused, complained or is protected is removed, whatever file brings them, and so is whoever shares a phone, e-mail or id with a person who refused.",
			"Кто отказался, жаловался или защищён, исключается, какой бы файл его ни принёс; вместе с ним и те, у кого с отказавшимся общий телефон, почта или номер в CRM."),
		p.sayConsent(),
	}
	if p.Consent.Inbound {
		lines = append(lines, contact.T("A person who wrote first within %d days may be written to.",
			"Тому, кто написал первым за последние дни (%d), писать можно.").With(p.Consent.InboundDays))
	}
	if p.Consent.BotStarted {
		lines = append(lines, contact.T("A person who started the bot may be written to.", "Тому, кто запустил бота, писать можно."))
	}
	if !p.OptOut.EmailAppliesToMessengers {
		lines = append(lines, contact.T("A refusal of e-mail is no refusal of messengers.", "Отказ от писем по почте не считается отказом от мессенджеров."))
	}
	if p.Frequency.Days > 0 {
		lines = append(lines, contact.T("Nobody is written to within %d days of the last message.",
			"Никому не пишут чаще, чем раз в столько дней: %d.").With(p.Frequency.Days))
	}
	return lines
}

func (p *Policy) sayChannel() contact.Text {
	if p.Channel == contact.Any {
		return contact.T("The mailing's channel is not known yet: a refusal on any channel removes, a consent for any channel serves.",
			"Канал рассылки ещё не известен: исключает отказ в любом канале, годится согласие на любой канал.")
	}
	return contact.T("The mailing goes to %s: refusals and consents of other channels do not count.",
		"Рассылка идёт в %s: отказы и согласия других каналов не считаются.").With(p.Channel.String())
}

func (p *Policy) sayConsent() contact.Text {
	var t contact.Text
	if p.Consent.Months == 0 {
		t = contact.T("A consent holds for ever", "Согласие действует бессрочно")
	} else {
		t = contact.T("A consent holds for %d months", "Согласие действует столько месяцев: %d").With(p.Consent.Months)
	}
	if p.Consent.RequireProof {
		return contact.T("%s and counts only with a date and a source.", "%s и считается только с датой и источником.").With(t)
	}
	return contact.T("%s; one with no date counts as asserted.", "%s; согласие без даты считается заявленным.").With(t)
}

// Words is the policy in one language as one text.
func (p *Policy) Words(l contact.Lang) string {
	var b strings.Builder
	for i, line := range p.Say() {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line.In(l))
	}
	return b.String()
}
