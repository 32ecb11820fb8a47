package policy

import (
	"time"

	"cleanbase/internal/contact"
)

// consents says what speaks for writing to c, or why nothing does: always at
// least one reason.
func (p *Policy) consents(c *contact.Case, s *said, say func(contact.Reason, *contact.Fact)) {
	no := denialsOf(c.Claims)
	var found, lacking contact.ReasonSet
	note := func(r contact.Reason, f *contact.Fact) {
		if r.Verdict() == contact.Clean {
			found = found.With(r)
			say(r, f)
			return
		}
		lacking = lacking.With(r)
	}
	for i := range c.Direct {
		if r, ok := p.basis(s, no, &c.Direct[i]); ok {
			note(r, &c.Direct[i])
		}
	}
	conflict := false
	for _, claim := range c.Claims {
		switch no.standing(claim) {
		case claimStands:
			note(p.weigh(claim.At, claim.Channel, claim.Sourced), nil)
		case claimDisputed:
			conflict = true
		}
	}
	switch {
	case found != 0:
	case conflict:
		say(contact.ConsentConflict, nil)
	case lacking == 0:
		say(contact.ConsentMissing, nil)
	default:
		for _, r := range lacking.List() {
			say(r, nil)
		}
	}
}

// basis is what one fact says for writing to c: a consent's worth, or that the
// person wrote first or started the bot where the policy lets that count.
func (p *Policy) basis(s *said, no denials, f *contact.Fact) (contact.Reason, bool) {
	switch f.Kind {
	case contact.Consent, contact.OptIn:
		if f.Kind == contact.OptIn && f.Via != contact.ViaMessage {
			return 0, false // taking a block back is not yet agreeing
		}
		if p.future(f.At) || no.since(f.At) {
			return 0, false
		}
		return p.weigh(f.At, f.Channel, true), true
	case contact.Inbound:
		since := p.AsOf.AddDate(0, 0, -p.Consent.InboundDays)
		ok := p.Consent.Inbound && p.Channel.Meets(f.Channel) && f.At.Known() && !p.future(f.At) && !f.At.Latest().Before(since)
		return contact.ConsentInbound, ok
	case contact.BotStarted:
		ok := p.Consent.BotStarted && p.Channel.Meets(f.Channel) && !p.future(f.At) && !s.stopped[f.Channel].notBefore(f.At)
		return contact.ConsentBotStarted, ok
	}
	return 0, false
}

// ConsentAt is when the newest consent that counts was given: unknown when no
// dated one counts.
func (p *Policy) ConsentAt(c *contact.Case) contact.Moment {
	s, no := p.saidOf(c.Direct), denialsOf(c.Claims)
	var newest contact.Moment
	for i := range c.Direct {
		f := &c.Direct[i]
		if r, ok := p.basis(&s, no, f); ok && r == contact.ConsentValid {
			newest = max(newest, f.At)
		}
	}
	for _, claim := range c.Claims {
		if no.standing(claim) == claimStands && p.weigh(claim.At, claim.Channel, claim.Sourced) == contact.ConsentValid {
			newest = max(newest, claim.At)
		}
	}
	return newest
}

// weigh is the worth of one consent: valid, or the first thing it lacks.
func (p *Policy) weigh(at contact.Moment, channel contact.Channel, sourced bool) contact.Reason {
	switch {
	case p.future(at):
		return contact.ConsentMissing
	case p.Consent.RequireProof && (!at.Known() || !sourced):
		return contact.ConsentUnproven
	case p.expired(at):
		return contact.ConsentExpired
	case !p.Channel.Meets(channel):
		return contact.ConsentOtherChannel
	}
	return contact.ConsentValid
}

// expired tells whether a consent of that moment has run out. Months are
// counted on the calendar in UTC; a month too short for the day ends the
// consent with its last day.
func (p *Policy) expired(at contact.Moment) bool {
	if !at.Known() || p.Consent.Months == 0 {
		return false
	}
	return p.AsOf.After(addMonths(at.Latest(), p.Consent.Months))
}

// Ageing tells whether a consent of the moment that ConsentAt gave is old: it
// still holds, but will run out.
func (p *Policy) Ageing(at contact.Moment) bool {
	months := p.Consent.WarnMonths
	if months == 0 || months >= p.Consent.Months {
		return false
	}
	return at.Known() && p.AsOf.After(addMonths(at.Latest(), months))
}

func addMonths(t time.Time, months int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(months), 1, t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}

// What becomes of a claim among the others of its contact.
type claimState uint8

const (
	claimSilent claimState = iota // says nothing, says no, or was taken back later
	claimStands
	claimDisputed // another record says no, and which is later can't be told
)

// denials is what the records that say no tell together: a contact may have a
// hundred thousand records, so each of them is not held against each.
type denials struct {
	any, undated     bool
	earliest, latest time.Time // the newest "no", by the first and by the last second it may stand for
}

func denialsOf(claims []contact.Claim) denials {
	var d denials
	for _, no := range claims {
		switch {
		case no.Says != contact.SaysNo:
			continue
		case !no.At.Known():
			d.undated = true
		default:
			if at := no.At.Earliest(); at.After(d.earliest) || !d.any {
				d.earliest = at
			}
			if at := no.At.Latest(); at.After(d.latest) || !d.any {
				d.latest = at
			}
			d.any = true
		}
	}
	return d
}

// since tells whether a record says no at a later date than at.
func (d denials) since(at contact.Moment) bool {
	return d.any && at.Known() && d.earliest.After(at.Latest())
}

func (d denials) standing(claim contact.Claim) claimState {
	switch {
	case claim.Says != contact.SaysYes || d.since(claim.At):
		return claimSilent
	case d.undated || d.any && !(claim.At.Known() && claim.At.Earliest().After(d.latest)):
		return claimDisputed
	}
	return claimStands
}
