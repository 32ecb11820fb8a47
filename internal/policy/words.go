package policy

import (
	"math"
	"strconv"
	"strings"
	"time"

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
		lines = append(lines, contact.T("A person who wrote first within %s may be written to.",
			"Тому, кто сам написал не больше %s назад, писать можно.").With(lasting(time.Duration(p.Consent.InboundDays)*24*time.Hour)))
	}
	if p.Consent.BotStarted {
		lines = append(lines, contact.T("A person who started the bot may be written to.", "Тому, кто запустил бота, писать можно."))
	}
	if !p.OptOut.EmailAppliesToMessengers {
		lines = append(lines, contact.T("A refusal of e-mail is no refusal of messengers.", "Отказ от писем по почте не считается отказом от мессенджеров."))
	}
	if p.Frequency.Days > 0 {
		lines = append(lines, contact.T("Nobody is written to within %s of the last message.",
			"Никому не пишут, пока с последнего сообщения не прошло %s.").With(contact.Many(int64(p.Frequency.Days), "day", "days", "день", "дня", "дней")))
	}
	return lines
}

func (p *Policy) sayChannel() contact.Text {
	if p.Channel == contact.Any {
		return contact.T("The mailing's channel is not known yet: a refusal on any channel removes, a consent for any channel serves.",
			"Канал рассылки ещё не известен: исключает отказ в любом канале, годится согласие на любой канал.")
	}
	return contact.T("The mailing goes to %s: refusals and consents of other channels do not count.",
		"Рассылка идёт в %s: отказы и согласия других каналов не считаются.").With(channelWord[p.Channel])
}

var channelWord = map[contact.Channel]contact.Text{
	contact.MAX: contact.T("MAX", "MAX"), contact.WhatsApp: contact.T("WhatsApp", "WhatsApp"), contact.Telegram: contact.T("Telegram", "Telegram"),
	contact.Viber: contact.T("Viber", "Viber"), contact.SMS: contact.T("SMS", "SMS"), contact.Call: contact.T("calls", "звонки"), contact.Email: contact.T("e-mail", "почту"),
}

func (p *Policy) sayConsent() contact.Text {
	var t contact.Text
	if p.Consent.Months == 0 {
		t = contact.T("A consent holds for ever", "Согласие действует бессрочно")
	} else {
		t = contact.T("A consent holds for %s", "Согласие действует %s").With(contact.Many(int64(p.Consent.Months), "month", "months", "месяц", "месяца", "месяцев"))
	}
	if p.Consent.RequireProof {
		return contact.T("%s and counts only with a date and a source.", "%s и считается только с датой и источником.").With(t)
	}
	return contact.T("%s; one with no date counts as asserted.", "%s; согласие без даты считается заявленным.").With(t)
}

// Say is the limits in words, a sentence a line.
func (l Limits) Say() []contact.Text {
	lines := []contact.Text{
		contact.T("The clean list is withheld when a file that the policy requires is missing, empty or too old, when a file of refusals lost more than %s of its entries since the last run, and when a column looks like a refusal that nobody explained.",
			"Чистый список не выдаётся, если файла, которого требует политика, нет, он пуст или слишком стар, если в файле отказов стало меньше записей, чем было, больше чем на %s, и если колонка похожа на отказ, а что она значит, не сказано.").With(percent(l.MaxShrink)),
		contact.T("It is withheld when, of the messages of the last 30 days, complaints are surely more than %s, refusals more than %s or messages taken for spam more than %s; there is a warning from %s, %s and %s on.",
			"Не выдаётся он и тогда, когда от сообщений за последние 30 дней жалоб точно больше %s, отказов больше %s или принятых за спам больше %s; предупреждение даётся с %s, %s и %s.").
			With(percent(l.Complaints.Stop), percent(l.OptOuts.Stop), percent(l.Spam.Stop), percent(l.Complaints.Warn), percent(l.OptOuts.Warn), percent(l.Spam.Warn)),
		contact.T("Contacts without consent may be %s of the list at most.", "Контактов без согласия в списке может быть не больше %s.").With(percent(l.MaxColdShare)),
	}
	if l.MaxNewShare < 1 {
		lines = append(lines, contact.T("Contacts never written to before may be %s of the list at most.", "Тех, кому ещё не писали, в списке может быть не больше %s.").With(percent(l.MaxNewShare)))
	}
	if l.WarnAge > 0 {
		lines = append(lines, contact.T("There is a warning when a file of opt-outs or complaints is older than %s.", "Если файлу отказов или жалоб больше %s, даётся предупреждение.").With(lasting(l.WarnAge)))
	}
	return lines
}

// percent is a share in percent, with as many digits as it has.
func percent(share float64) contact.Text {
	s := strconv.FormatFloat(math.Round(share*1e8)/1e6, 'f', -1, 64)
	return contact.T(s+"%", strings.Replace(s, ".", ",", 1)+"\u00a0%")
}

// Words is sentences in one language as one text.
func Words(said []contact.Text, l contact.Lang) string {
	var b strings.Builder
	for i, line := range said {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line.In(l))
	}
	return b.String()
}
