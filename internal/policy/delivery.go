package policy

import "cleanbase/internal/contact"

// deliveries says what the messengers answered to the last messages, if no
// message came through on that channel since, and whether the next would come
// too soon.
func (p *Policy) deliveries(c *contact.Case, s *said, say func(contact.Reason, *contact.Fact)) {
	for i := range c.Direct {
		f := &c.Direct[i]
		if !p.Channel.Meets(f.Channel) {
			continue
		}
		switch f.Kind {
		case contact.Unreachable:
			if !s.answered[f.Channel].After(f.At) {
				say(contact.DeliveryUnreachable, f)
			}
		case contact.SuspectedSpam:
			if !s.answered[f.Channel].After(f.At) {
				say(contact.DeliverySuspectedSpam, f)
			}
		case contact.Outbound:
			if p.tooSoon(f.At) {
				say(contact.FrequencyRecent, f)
			}
		}
	}
}

func (p *Policy) tooSoon(at contact.Moment) bool {
	if p.Frequency.Days == 0 || !at.Known() {
		return false
	}
	return at.Latest().After(p.AsOf.AddDate(0, 0, -p.Frequency.Days)) && !p.future(at)
}
