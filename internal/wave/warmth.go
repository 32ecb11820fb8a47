package wave

import (
	"cmp"
	"time"

	"cleanbase/internal/contact"
)

// Level is how well a person knows the sender, the warmest first.
type Level uint8

// The levels.
const (
	WroteLately Level = iota // wrote to the company in the last 30 days
	StartedBot               // started the bot and did not stop it
	AgreedNewly              // agreed in the last three months
	InTouch                  // wrote before, or got a message
	Agreed                   // agreed longer ago
	Undated                  // agreed, nobody knows when
)

var levelWords = [...]contact.Text{
	contact.T("wrote to you in the last 30 days", "писали вам за последние 30 дней"),
	contact.T("started the bot", "запустили бота"),
	contact.T("agreed in the last three months", "согласились за последние три месяца"),
	contact.T("were in touch before", "общались с вами раньше"),
	contact.T("agreed longer ago", "согласились давно"),
	contact.T("agreed, no date known", "согласились, дата неизвестна"),
}

// Say is the level in words, of several people.
func (l Level) Say() contact.Text { return levelWords[l] }

// Levels is every level, the warmest first.
func Levels() []Level { return []Level{WroteLately, StartedBot, AgreedNewly, InTouch, Agreed, Undated} }

// Warmth orders people.
type Warmth struct {
	Level Level
	At    contact.Moment // of what makes the level
}

// Compare is below zero when w is warmer.
func (w Warmth) Compare(o Warmth) int {
	return cmp.Or(cmp.Compare(w.Level, o.Level), -cmp.Compare(w.At, o.At))
}

// How long a message is lately, and a consent new: guesses, which only order
// people.
const (
	latelyDays  = 30
	newlyMonths = 3
)

// Dealings is what is known of the dealings with one person on a channel.
type Dealings struct {
	Inbound, Bot, Got, Written, Consent contact.Moment // the newest of each; 0 for none
	inTouch                             bool
}

// Deal reads the dealings from what is known of a person; facts of other
// channels are left out, unless the channel is Any. consent is when the newest
// consent that counts was given, 0 when no date is known.
func Deal(facts []contact.Fact, channel contact.Channel, consent contact.Moment) Dealings {
	d := Dealings{Consent: consent}
	var stopped contact.Moment
	for i := range facts {
		f := &facts[i]
		if !f.Channel.Meets(channel) {
			continue
		}
		switch f.Kind {
		case contact.Inbound:
			d.Inbound, d.inTouch = max(d.Inbound, f.At), true
		case contact.BotStarted:
			d.Bot, d.inTouch = max(d.Bot, f.At), true
		case contact.BotStopped:
			stopped = max(stopped, f.At)
		case contact.Delivered:
			d.Got, d.Written, d.inTouch = max(d.Got, f.At), max(d.Written, f.At), true
		case contact.Outbound:
			d.Written, d.inTouch = max(d.Written, f.At), true
		}
	}
	if stopped >= d.Bot {
		d.Bot = 0
	}
	return d
}

// New tells whether the person was never in touch.
func (d Dealings) New() bool { return !d.inTouch }

// Warmth is how warm the person is at a time. What is dated later than that
// counts as of then.
func (d Dealings) Warmth(now time.Time) Warmth {
	since := func(m contact.Moment, t time.Time) bool { return m.Known() && !m.Latest().Before(t) }
	switch {
	case since(d.Inbound, now.AddDate(0, 0, -latelyDays)):
		return Warmth{WroteLately, d.Inbound}
	case d.Bot.Known():
		return Warmth{StartedBot, d.Bot}
	case since(d.Consent, now.AddDate(0, -newlyMonths, 0)):
		return Warmth{AgreedNewly, d.Consent}
	case d.Inbound.Known() || d.Got.Known():
		return Warmth{InTouch, max(d.Inbound, d.Got)}
	case d.Consent.Known():
		return Warmth{Agreed, d.Consent}
	}
	return Warmth{Level: Undated}
}
