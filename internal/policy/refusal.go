package policy

import "cleanbase/internal/contact"

// refusals says what keeps c from being written to by the person's will, by a
// complaint, or by the company's own protection.
func (p *Policy) refusals(c *contact.Case, say func(contact.Reason, *contact.Fact)) {
	for i := range c.Direct {
		f := &c.Direct[i]
		if r, ok := p.refusal(c, f); ok {
			say(r, f)
		}
	}
	for i := range c.Linked {
		f := &c.Linked[i]
		switch {
		case p.lifted(c, f):
		case f.Kind == contact.Complaint:
			say(contact.ComplaintLinked, f)
		default:
			say(contact.OptOutLinked, f)
		}
	}
}

// refusal is the reason that one fact on c's own identifiers gives, if it
// refuses, concerns this mailing, and nothing has lifted it.
func (p *Policy) refusal(c *contact.Case, f *contact.Fact) (contact.Reason, bool) {
	if !f.Kind.Refuses() || !p.concerns(f) || p.lifted(c, f) {
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
	for i := range c.Direct {
		f := &c.Direct[i]
		switch f.Kind {
		case contact.OptOut, contact.BotStopped, contact.Complaint:
			if p.concerns(f) && !p.lifted(c, f) {
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

// lifted tells whether something takes the refusal f back for c: a pardon for
// all but a protection; a later word of the person for all but a complaint.
func (p *Policy) lifted(c *contact.Case, f *contact.Fact) bool {
	if f.Kind == contact.Protected {
		return false
	}
	for i := range c.Direct {
		w := &c.Direct[i]
		if w.Kind == contact.Pardon && pardons(c, w, f) || p.takesBack(w, f) {
			return true
		}
	}
	return false
}

// pardons tells whether the pardon w, known after f, is for f: given for the
// same identifier, or for the phone of the contact as a whole.
func pardons(c *contact.Case, w, f *contact.Fact) bool {
	return w.Seq > f.Seq && (w.Key == f.Key || w.Key == c.Phone)
}

// takesBack tells whether the fact w is a later word that lifts f.
func (p *Policy) takesBack(w, f *contact.Fact) bool {
	if f.Kind == contact.Complaint {
		return false
	}
	if w.Kind == contact.Keep {
		return f.Kind == contact.Unsure && w.Seq > f.Seq && w.Key == f.Key
	}
	return w.At.After(f.At) && !p.future(w.At) && p.reaches(w, f) && canLift(w, f)
}

// canLift tells whether a word of w's kind and way can lift a refusal like f.
func canLift(w, f *contact.Fact) bool {
	switch w.Kind {
	case contact.Consent:
		return w.Via == contact.ViaList || w.Via == contact.ViaMessage
	case contact.OptIn:
		return w.Via == contact.ViaMessage || f.Via == contact.ViaPlatform
	case contact.BotStarted, contact.Inbound:
		return f.Kind == contact.BotStopped && w.Channel == f.Channel
	}
	return false
}

// reaches tells whether the word w is said for the channel that f stands in
// the way of. While the mailing's channel is not known, a word for one channel
// does not lift a refusal of all.
func (p *Policy) reaches(w, f *contact.Fact) bool {
	if w.Channel == contact.Any {
		return true
	}
	if p.Channel == contact.Any {
		return w.Channel == f.Channel
	}
	return w.Channel == p.Channel
}

// future tells whether m is after the as-of time: not yet true.
func (p *Policy) future(m contact.Moment) bool { return m.Earliest().After(p.AsOf) }
