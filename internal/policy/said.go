package policy

import "cleanbase/internal/contact"

// said is what the facts on a contact's own identifiers tell together, by
// channel, of what came later: a person may have written a hundred thousand
// times, so each fact is not held against each. Its moments are the newest of
// their kind; those after the as-of time are not yet said.
type said struct {
	consent  newest // a dated consent from a register or the person's own message
	back     newest // the person took a refusal back in own words
	unblock  newest // ... or on the platform
	present  newest // wrote, or started the bot
	answered newest // a message came through, to the person or from it
	stopped  [contact.Email + 1]lastWord
	pardons  []*contact.Fact
	kept     []*contact.Fact
}

// newest is, by channel, the newest moment of a kind; unknown is none.
type newest [contact.Email + 1]contact.Moment

// note takes one more moment; of two, the one that surely begins later stays.
func (n *newest) note(f *contact.Fact) {
	if old := n[f.Channel]; f.At.Known() && (!old.Known() || f.At.Earliest().After(old.Earliest())) {
		n[f.Channel] = f.At
	}
}

// lastWord is the last moment at which something may have happened.
type lastWord struct {
	known, undated bool
	at             contact.Moment
}

func (w *lastWord) note(at contact.Moment) {
	switch {
	case !at.Known():
		w.undated = true
	case !w.known || at.Latest().After(w.at.Latest()):
		w.at = at
	}
	w.known = true
}

// notBefore tells whether it may have happened at the moment or later.
func (w lastWord) notBefore(at contact.Moment) bool {
	return w.known && (w.undated || !at.After(w.at))
}

func (p *Policy) saidOf(direct []contact.Fact) (s said) {
	for i := range direct {
		f := &direct[i]
		switch f.Kind {
		case contact.Pardon:
			s.pardons = append(s.pardons, f)
		case contact.Keep:
			s.kept = append(s.kept, f)
		case contact.BotStopped:
			s.stopped[f.Channel].note(f.At)
		case contact.Delivered:
			s.answered.note(f)
		case contact.Inbound, contact.BotStarted:
			s.answered.note(f)
			if !p.future(f.At) {
				s.present.note(f)
			}
		case contact.Consent, contact.OptIn:
			if !p.future(f.At) {
				s.agreed(f)
			}
		}
	}
	return s
}

func (s *said) agreed(f *contact.Fact) {
	switch {
	case f.Kind == contact.Consent && (f.Via == contact.ViaList || f.Via == contact.ViaMessage):
		s.consent.note(f)
	case f.Kind == contact.OptIn && f.Via == contact.ViaMessage:
		s.back.note(f)
	case f.Kind == contact.OptIn:
		s.unblock.note(f)
	}
}

// lifted tells whether something takes the refusal f back for the contact of
// that phone: a pardon for all but a protection; a later word of the person
// for all but a complaint.
func (p *Policy) lifted(s *said, phone contact.Key, f *contact.Fact) bool {
	if f.Kind == contact.Protected {
		return false
	}
	for _, w := range s.pardons {
		// Given for the same identifier, or for the phone of the contact as a whole.
		if w.Seq > f.Seq && (w.Key == f.Key || w.Key == phone) {
			return true
		}
	}
	return f.Kind != contact.Complaint && p.takenBack(s, f)
}

// takenBack tells whether a later word lifts f.
func (p *Policy) takenBack(s *said, f *contact.Fact) bool {
	for _, w := range s.kept {
		if f.Kind == contact.Unsure && w.Seq > f.Seq && w.Key == f.Key {
			return true
		}
	}
	if p.later(&s.consent, f) || p.later(&s.back, f) || f.Via == contact.ViaPlatform && p.later(&s.unblock, f) {
		return true
	}
	return f.Kind == contact.BotStopped && p.reaches(f.Channel, f) && s.present[f.Channel].After(f.At)
}

// later tells whether one of the words, each the newest for its channel, is
// later than f and reaches it.
func (p *Policy) later(words *newest, f *contact.Fact) bool {
	for channel, at := range words {
		if at.After(f.At) && p.reaches(contact.Channel(channel), f) {
			return true
		}
	}
	return false
}

// reaches tells whether a word for the channel is one for what f stands in the
// way of. While the mailing's channel is not known, a word for one channel does
// not lift a refusal of all.
func (p *Policy) reaches(channel contact.Channel, f *contact.Fact) bool {
	if channel == contact.Any {
		return true
	}
	if p.Channel == contact.Any {
		return channel == f.Channel
	}
	return channel == p.Channel
}
