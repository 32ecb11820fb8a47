// Package policy decides: from what is known of one contact and an as-of time
// to a verdict with every reason that applies, and from the figures of a whole
// run to whether its clean list may be published. It also says itself in words.
//
// It is pure: values in, values out, the same answer whatever the order of its
// inputs. It does not read files, clocks or databases, and it does not group
// records into contacts: package base does.
package policy

import (
	"time"

	"cleanbase/internal/contact"
)

// Policy is the rules of one run. Make it with Default and change what the
// policy file changes.
type Policy struct {
	Channel   contact.Channel // where the mailing goes; Any when it is not known yet
	AsOf      time.Time
	Consent   Consent
	OptOut    OptOut
	Frequency Frequency
}

// Consent is when a consent counts.
type Consent struct {
	Months       int  // how long it lasts, in calendar months; 0 is for ever
	WarnMonths   int  // after so many it is old; 0 is never
	RequireProof bool // only one with a date and a source counts
	Inbound      bool // a person who wrote first may be answered with a mailing
	InboundDays  int  // for so many days
	BotStarted   bool // a person who started the bot may be written to
}

// OptOut is how far a refusal goes.
type OptOut struct {
	EmailAppliesToMessengers bool // a refusal of e-mail is one of messengers too
}

// Frequency is how often a person may be written to.
type Frequency struct {
	Days int // not within so many days of the last message; 0 is any time
}

// Default is the policy that holds when no policy file says otherwise.
func Default() Policy {
	return Policy{
		Consent: Consent{Months: 24, WarnMonths: 18, InboundDays: 30},
		OptOut:  OptOut{EmailAppliesToMessengers: true},
	}
}

// Decide gives every reason that applies to c. Its Verdict is the contact's.
func (p *Policy) Decide(c *contact.Case) contact.ReasonSet {
	var set contact.ReasonSet
	p.judge(c, func(r contact.Reason, _ *contact.Fact) { set = set.With(r) })
	return set
}

// Cause is a reason and the fact that gave it; Fact is nil when the records
// themselves did.
type Cause struct {
	Reason contact.Reason
	Fact   *contact.Fact
}

// Explain gives every reason that applies to c with what gave it: the same
// judgement as Decide, told in full.
func (p *Policy) Explain(c *contact.Case) []Cause {
	var all []Cause
	p.judge(c, func(r contact.Reason, f *contact.Fact) { all = append(all, Cause{r, f}) })
	return all
}

// judge says each reason once for each fact that gives it.
func (p *Policy) judge(c *contact.Case, say func(contact.Reason, *contact.Fact)) {
	for _, r := range c.NoPhone.List() {
		say(r, nil)
	}
	s := p.saidOf(c.Direct)
	p.refusals(c, &s, say)
	p.deliveries(c, &s, say)
	p.consents(c, &s, say)
}
