package policy

import "cleanbase/internal/contact"

// refusals says what keeps c from being written to by the person's will, by a
// complaint, or by the company's own protection.
func (p *Policy) refusals(c *contact.Case, s *said, say func(contact.Reason, *contact.Fact)) {
	for i := range c.Direct {
		f := &c.Direct[i]
		if r, ok := p.refusal(c, s, f); ok {
			say(r, f)
		}
	}
	for i := range c.Linked {
		f := &c.Linked[i]
		switch {
		case p.lifted(s, c.Phone, f):
		case f.Kind == contact.Complaint:
			say(contact.ComplaintLinked, f)
		default:
			say(contact.OptOutLinked, f)
		}
	}
}

// refusal is the reason that one fact on c's own identifiers gives, if it
// refuses, concerns this mailing, and nothing has lifted it.
func (p *Policy) refusal(c *contact.Case, s *said, f *contact.Fact) (contact.Reason, bool) {
	if !f.Kind.Refuses() || !p.concerns(f) || p.lifted(s, c.Phone, f) {
		return 0, false
	}
	switch f.Kind {
	case contact.Protected:
		return contact.ProtectedListed, true
	case contact.Unsure:
		return contact.OptOutUnsure, true
	case contact.BotStopped:
		return contact.OptOutPlatform, true
	case contact.Complaint:
		if f.Via == contact.ViaMessage {
			return contact.ComplaintMessage, true
		}
		return contact.ComplaintListed, true
	}
	return optOutReasons[f.Via], true
}

var optOutReasons = [...]contact.Reason{
	contact.ViaList:     contact.OptOutListed,
	contact.ViaFlag:     contact.OptOutFlag,
	contact.ViaMessage:  contact.OptOutMessage,
	contact.ViaPlatform: contact.OptOutPlatform,
	contact.ViaPerson:   contact.OptOutMessage, // somebody read the message and found a refusal
	contact.ViaNote:     contact.OptOutFlag,
}

// Standing picks from the facts on c's own identifiers the refusals and
// complaints that stand against c, and adds them to dst: those that bind the
// contacts linked to it too.
func (p *Policy) Standing(dst []contact.Fact, c *contact.Case) []contact.Fact {
	s := p.saidOf(c.Direct)
	for i := range c.Direct {
		f := &c.Direct[i]
		switch f.Kind {
		case contact.OptOut, contact.BotStopped, contact.Complaint:
			if p.concerns(f) && !p.lifted(&s, c.Phone, f) {
				dst = append(dst, *f)
			}
		}
	}
	return dst
}

// concerns tells whether a fact of its channel matters for this mailing. A
// complaint and a protection matter for all.
func (p *Policy) concerns(f *contact.Fact) bool {
	switch {
	case f.Kind == contact.Complaint || f.Kind == contact.Protected || f.Channel == contact.Any:
		return true
	case f.Channel == p.Channel:
		return true
	case f.Channel == contact.Email:
		return p.OptOut.EmailAppliesToMessengers
	}
	return p.Channel == contact.Any
}

// future tells whether m is after the as-of time: not yet true.
func (p *Policy) future(m contact.Moment) bool { return m.Earliest().After(p.AsOf) }
