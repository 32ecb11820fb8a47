package incident

import (
	"cmp"
	"slices"

	"cleanbase/internal/contact"
)

// What to do about somebody on the drop list.
const (
	Never = "never" // refused or complained
	Pause = "pause" // not by this channel, not now
	Ask   = "ask"   // no consent is known: not before there is one
)

// Dropped is one person who was written to and should not be again.
type Dropped struct {
	*Person
	Do      string   // Never, Pause or Ask
	Reasons []string // mishaps, "refused_before", "not_agreed", "not_in_base"
}

// Drop is whom to write to no more: only people for whom something of their own
// speaks, never whole groups.
func (l *Ledger) Drop() []Dropped {
	var list []Dropped
	for _, p := range l.people {
		if !p.written.Known() {
			continue
		}
		d := Dropped{Person: p}
		if p.refuses() {
			d.because(Never, p.has(contact.Complained), contact.Complained.String())
			d.because(Never, p.has(contact.Refused), contact.Refused.String())
			d.because(Never, p.refusedBefore(), "refused_before")
			d.because(Never, len(d.Reasons) == 0, contact.Refused.String()) // when, is not known
		}
		d.because(Pause, p.has(contact.TakenForSpam), contact.TakenForSpam.String())
		d.because(Pause, p.has(contact.NotThere), contact.NotThere.String())
		d.because(Ask, p.consent() == unagreed, unagreed)
		d.because(Ask, p.consent() == unknown, unknown)
		if d.Do != "" {
			list = append(list, d)
		}
	}
	rank := map[string]int{Never: 0, Pause: 1, Ask: 2}
	slices.SortFunc(list, func(a, b Dropped) int {
		return cmp.Or(cmp.Compare(rank[a.Do], rank[b.Do]), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Contact, b.Contact))
	})
	return list
}

// because adds a reason; the first one says what to do.
func (d *Dropped) because(do string, is bool, reason string) {
	if !is {
		return
	}
	if d.Do == "" {
		d.Do = do
	}
	d.Reasons = append(d.Reasons, reason)
}

// refuses tells whether a refusal of the person stands, as far as the facts say.
func (p *Person) refuses() bool {
	for _, r := range p.refused {
		if !p.lifted.After(r) && !p.pardoned.After(r) {
			return true
		}
	}
	for _, r := range p.grave {
		if !p.pardoned.After(r) {
			return true
		}
	}
	return false
}

// refusedBefore tells whether the person was surely written to after a refusal
// that stood.
func (p *Person) refusedBefore() bool {
	before := func(r, lift contact.Moment) bool { return p.written.After(r) && !lift.After(r) }
	return slices.ContainsFunc(p.refused, func(r contact.Moment) bool { return before(r, later(p.lifted, p.pardoned)) }) ||
		slices.ContainsFunc(p.grave, func(r contact.Moment) bool { return before(r, p.pardoned) })
}

// Reached is somebody who wrote to the company and so can be answered.
type Reached struct {
	*Person
	At      contact.Moment  // of their newest message
	Verdict contact.Verdict // the newest; Cold for one who is no contact
}

// Reachable is everybody who wrote and never refused, those who wrote last
// first: the people whom a banned account may still answer.
func (l *Ledger) Reachable() []Reached {
	var list []Reached
	for _, p := range l.people {
		v := p.current.Verdict()
		if !p.inbound.Known() || p.refuses() || v == contact.Removed || v == contact.Invalid || p.current.Has(contact.OptOutUnsure) {
			continue
		}
		list = append(list, Reached{p, p.inbound, v})
	}
	slices.SortFunc(list, func(a, b Reached) int {
		return cmp.Or(-a.At.Latest().Compare(b.At.Latest()), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Contact, b.Contact))
	})
	return list
}
