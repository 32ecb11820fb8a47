package policy

import "cleanbase/internal/contact"

// deliveries says what the messengers answered to the last messages, and
// whether the next would come too soon.
func (p *Policy) deliveries(c *contact.Case, say func(contact.Reason, *contact.Fact)) {
	for i := range c.Direct {
		f := &c.Direct[i]
		if f.Channel != contact.Any && p.Channel != contact.Any && f.Channel != p.Channel {
			continue
		}
		switch f.Kind {
		case contact.Unreachable:
			if !p.answeredSince(c, f) {
				say(contact.DeliveryUnreachable, f)
			}
		case contact.SuspectedSpam:
			if !p.answeredSince(c, f) {
				say(contact.DeliverySuspectedSpam, f)
			}
		case contact.Outbound:
			if p.tooSoon(f.At) {
				say(contact.FrequencyRecent, f)
			}
		}
	}
}

// answeredSince tells whether a message came through to the contact, or from
// it, on the same channel after the failure f.
func (p *Policy) answeredSince(c *contact.Case, f *contact.Fact) bool {
	for i := range c.Direct {
		w := &c.Direct[i]
		switch w.Kind {
		case contact.Delivered, contact.Inbound, contact.BotStarted:
			if w.Channel == f.Channel && w.At.After(f.At) {
				return true
			}
		}
	}
	return false
}

func (p *Policy) tooSoon(at contact.Moment) bool {
	if p.Frequency.Days == 0 || !at.Known() {
		return false
	}
	return at.Latest().After(p.AsOf.AddDate(0, 0, -p.Frequency.Days)) && !p.future(at)
}
