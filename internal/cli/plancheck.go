package cli

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"cleanbase/internal/contact"
	"cleanbase/internal/policy"
	"cleanbase/internal/wave"
)

// check asks whether a wave may go out at all: how the last one went.
func (p *planner) check() error {
	if p.said.Status == planRefused {
		return nil
	}
	if w := p.unsent; w != nil && p.crowd.sign.written > 0 {
		p.stop("plan.was_sent", contact.T("wave %d was sent, whatever --unsent says: since it was handed out the events tell of messages to %s of it; leave --unsent out",
			"волна %d была отправлена, что бы ни говорил --unsent: после выдачи в событиях есть сообщения её людям (%s); уберите --unsent").
			With(w.Number, contact.ManyPeople(p.crowd.sign.written)))
	}
	w := p.previous
	if w == nil {
		return nil
	}
	if until := w.At.Add(time.Duration(p.cfg.Plan.Pause)); p.asOf.Before(until) {
		p.stop("plan.pause", contact.T("the pause after wave %d lasts until %s (plan.pause)", "пауза после волны %d длится до %s (plan.pause)").With(w.Number, p.when(until)))
	}
	if p.cfg.Plan.Feedback {
		if err := p.askFeedback(); err != nil {
			return err
		}
	}
	p.askRates()
	return nil
}

// askFeedback wants to know how the last wave went.
func (p *planner) askFeedback() error {
	w := p.previous
	run, err := p.db.EventsReadAfter(w.ID)
	if err != nil {
		return err
	}
	do := contact.T("export the chats or the delivery log and run: cleanbase run exports/ chat.json; where there is none to export, set plan.feedback = false",
		"выгрузите чаты или журнал доставки и выполните: cleanbase run выгрузки/ чат.json; если выгружать нечего, задайте plan.feedback = false")
	switch {
	case run == "":
		p.stop("plan.feedback", contact.T("no run since wave %d was handed out has read events: how it went is not known; %s",
			"после выдачи волны %d ни один запуск не прочитал событий: как она прошла, неизвестно; %s").With(w.Number, do))
	case p.crowd.reply.heard == 0:
		p.stop("plan.feedback_silent", contact.T("the events that were read since wave %d was handed out tell of nobody in it: was it sent? If not: --unsent; else %s",
			"в событиях, прочитанных после выдачи волны %d, нет никого из неё; она отправлена? Если нет: --unsent; если да, %s").With(w.Number, do))
	}
	return nil
}

// askRates holds the last wave against the limits of the gates.
func (p *planner) askRates() {
	g := policy.Rates(limitsOf(&p.cfg), p.crowd.reply.mailings())
	for _, f := range g.Findings {
		f.Say = contact.T("wave %d: %s", "волна %d: %s").With(p.previous.Number, f.Say)
		if f.Level == "stop" && p.f.acceptRisk != "" {
			p.said.Accepted = strings.TrimPrefix(p.said.Accepted+"\n"+f.Code+": "+f.Say.In(p.lang), "\n")
			f.Level = "warn"
		}
		if f.Level == "stop" {
			p.said.Status = planRefused
		}
		p.said.Findings = append(p.said.Findings, f)
	}
	if p.said.Accepted != "" {
		p.said.Accepted = p.f.acceptRisk + "\n" + p.said.Accepted
	}
}

// limit is how many people the channel takes in 24 hours, and why; 0 is no
// limit.
func (p *planner) limit() (int, contact.Text) {
	n := p.cfg.Plan.Limit
	switch p.channel {
	case contact.WhatsApp:
		if n = p.cfg.Plan.WhatsAppTier; n == 0 {
			return 0, contact.T("No limit: the portfolio's tier is unlimited (plan.whatsapp_tier).", "Без ограничения: уровень портфолио не ограничен (plan.whatsapp_tier).")
		}
		return n, contact.T("At most %s people in 24 hours: the tier of the WhatsApp portfolio (plan.whatsapp_tier; Meta's tiers are 250, 2,000, 10,000, 100,000 and unlimited).",
			"Не больше %s человек за 24 часа: уровень портфолио WhatsApp (plan.whatsapp_tier; у Meta это 250, 2 000, 10 000, 100 000 и без ограничения).").With(contact.Count(int64(n)))
	case contact.SMS, contact.Call, contact.Email:
		return 0, contact.T("No limit on people in 24 hours is known for %s.", "Ограничения на число людей за 24 часа для %s нет.").With(p.channel.String())
	}
	switch {
	case n == 0:
		return 0, contact.T("No limit on people in 24 hours (plan.limit = 0).", "Без ограничения на число людей за 24 часа (plan.limit = 0).")
	case p.channel == contact.MAX:
		return n, contact.T("At most %s people in 24 hours: a guess (plan.limit). MAX publishes no limit for a personal account.",
			"Не больше %s человек за 24 часа — это догадка (plan.limit): для личного аккаунта MAX лимит не публикует.").With(contact.Count(int64(n)))
	case p.channel == contact.Any:
		return n, contact.T("No channel is named (--channel), and limits differ: at most %s people in 24 hours is a guess (plan.limit).",
			"Канал не назван (--channel), а лимиты разные: не больше %s человек за 24 часа — это догадка (plan.limit).").With(contact.Count(int64(n)))
	}
	return n, contact.T("At most %s people in 24 hours: a guess (plan.limit), no limit is published.", "Не больше %s человек за 24 часа — это догадка (plan.limit): лимит нигде не опубликован.").With(contact.Count(int64(n)))
}

// share puts everybody into a wave, the first of which may be handed out now.
func (p *planner) share() error {
	limit, why := p.limit()
	p.said.Limit, p.said.LimitWhy = limit, why.In(p.lang)
	c, set := &p.crowd, &p.cfg.Plan
	p.said.Left, p.said.Already, p.said.Elsewhere, p.said.Unclean, p.said.Forgotten = int64(len(c.people)), c.already, c.elsewhere, c.unclean, c.forgotten
	if p.said.Status == planRefused {
		return nil
	}
	law := p.policy.Gate(policy.Limits{MaxNewShare: 1}, policy.RunFigures{Russian: c.russian}) // the run may not have known the channel
	p.said.Findings = append(p.said.Findings, law.Findings...)
	rules := wave.Rules{First: set.First, Growth: set.Growth, Limit: limit, Pause: time.Duration(set.Pause), NewShare: set.NewShare}
	if p.said.NewKnown = c.touched; !c.touched {
		rules.NewShare = 1
	}
	number, before, sent := p.history()
	p.cut = rules.Cut(c.people, p.asOf, before, sent)
	for i, w := range p.cut {
		p.said.Waves = append(p.said.Waves, plannedWave{Number: number + i, Contacts: len(w.People), New: w.New, At: w.At})
	}
	for _, person := range c.people {
		if person.NotBefore.After(p.asOf) {
			p.said.Waiting++
		}
	}
	switch {
	case len(p.cut) == 0:
		p.said.Status = planFinished
	case p.cut[0].At.After(p.asOf) && p.said.Waiting == int64(len(c.people)):
		p.stop("plan.waiting", contact.T("everybody who is left was written to within %d days: the next may be on %s (plan.days_between)",
			"всем, кто остался, писали за последние дни (%d); следующую волну можно выдать %s (plan.days_between)").
			With(max(set.DaysBetween, p.policy.Frequency.Days), p.when(p.cut[0].At)))
	case p.cut[0].At.After(p.asOf):
		p.stop("plan.limit", contact.T("the channel's people of 24 hours were handed out: the next may be on %s", "люди, которых канал допускает за 24 часа, уже выданы; следующую волну можно выдать %s").
			With(p.when(p.cut[0].At)))
	}
	return nil
}

// history is what the waves before mean for the next one: its number, how many
// of its plan were sent, and who was handed out in the last 24 hours.
func (p *planner) history() (number, before int, sent []wave.Sent) {
	number = 1
	if p.unsent != nil && p.unsent.Plan == p.planID {
		number = p.unsent.Number + 1
	}
	for _, w := range p.waves {
		if w.Plan == p.planID {
			number, before = max(number, w.Number+1), before+1
		}
		if w.At.After(p.asOf.Add(-24 * time.Hour)) {
			sent = append(sent, wave.Sent{At: w.At, People: w.Contacts})
		}
	}
	slices.SortFunc(sent, func(a, b wave.Sent) int { return a.At.Compare(b.At) })
	return number, before, sent
}

// when is a time as the sender's clock has it.
func (p *planner) when(t time.Time) contact.Text {
	t = t.In(p.zone)
	return contact.T(t.Format("2 Jan 2006 15:04"), t.Format("02.01.2006 15:04"))
}

// waveName is the name of a wave's file.
func waveName(number int, format string) string { return fmt.Sprintf("wave-%02d.%s", number, format) }
