package policy

import (
	"testing"

	"pgregory.net/rapid"

	"cleanbase/internal/contact"
)

// liftedOneByOne holds the refusal f against every other fact: what said must
// come to, told the long way.
func liftedOneByOne(p *Policy, c *contact.Case, f *contact.Fact) bool {
	for i := range c.Direct {
		w := &c.Direct[i]
		if f.Kind != contact.Protected && (pardonsIt(c, w, f) || takesItBack(p, w, f)) {
			return true
		}
	}
	return false
}

func pardonsIt(c *contact.Case, w, f *contact.Fact) bool {
	return w.Kind == contact.Pardon && w.Seq > f.Seq && (w.Key == f.Key || w.Key == c.Phone)
}

func takesItBack(p *Policy, w, f *contact.Fact) bool {
	if f.Kind == contact.Complaint {
		return false
	}
	if w.Kind == contact.Keep {
		return f.Kind == contact.Unsure && w.Seq > f.Seq && w.Key == f.Key
	}
	if !w.At.After(f.At) || p.future(w.At) || !p.reaches(w.Channel, f) {
		return false
	}
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

func answeredOneByOne(c *contact.Case, f *contact.Fact) bool {
	for _, w := range c.Direct {
		switch w.Kind {
		case contact.Delivered, contact.Inbound, contact.BotStarted:
			if w.Channel == f.Channel && w.At.After(f.At) {
				return true
			}
		}
	}
	return false
}

func stoppedOneByOne(c *contact.Case, f *contact.Fact) bool {
	for _, w := range c.Direct {
		if w.Kind == contact.BotStopped && w.Channel == f.Channel && !f.At.After(w.At) {
			return true
		}
	}
	return false
}

func claimOneByOne(claim contact.Claim, all []contact.Claim) claimState {
	disputed := false
	for _, no := range all {
		switch {
		case no.Says != contact.SaysNo:
		case no.At.After(claim.At):
			return claimSilent
		case !claim.At.After(no.At):
			disputed = true
		}
	}
	switch {
	case claim.Says != contact.SaysYes:
		return claimSilent
	case disputed:
		return claimDisputed
	}
	return claimStands
}

// What facts tell together is what they tell one by one.
func TestLawSaidIsFactByFact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c := genPolicy().Draw(t, "policy"), genCase().Draw(t, "case")
		s := p.saidOf(c.Direct)
		for i := range c.Direct {
			f := &c.Direct[i]
			if got, want := p.lifted(&s, c.Phone, f), liftedOneByOne(&p, &c, f); got != want {
				t.Fatalf("lifted: %v, one by one %v: %+v", got, want, f)
			}
			if got, want := s.answered[f.Channel].After(f.At), answeredOneByOne(&c, f); got != want {
				t.Fatalf("answered: %v, one by one %v: %+v", got, want, f)
			}
			if got, want := s.stopped[f.Channel].notBefore(f.At), stoppedOneByOne(&c, f); got != want {
				t.Fatalf("stopped: %v, one by one %v: %+v", got, want, f)
			}
		}
		no := denialsOf(c.Claims)
		for _, claim := range c.Claims {
			if got, want := no.standing(claim), claimOneByOne(claim, c.Claims); got != want {
				t.Fatalf("claim: %v, one by one %v: %+v", got, want, claim)
			}
		}
	})
}
