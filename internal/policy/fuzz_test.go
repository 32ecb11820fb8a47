package policy

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cleanbase/internal/contact"
)

// FuzzDecide: every case gets a reason, whatever the order of its facts, and a
// suppression more never makes a contact clean.
func FuzzDecide(f *testing.F) {
	for _, seed := range []string{"", "\x01\x02\x03\x04\x05\x06\x07\x08", "0123456789abcdef0123456789abcdef", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) {
		p, c := genPolicy().Draw(t, "policy"), genCase().Draw(t, "case")
		before := p.Decide(&c)
		if before == 0 {
			t.Fatal("no reason at all")
		}
		back := c
		back.Direct, back.Linked, back.Claims = slices.Clone(c.Direct), slices.Clone(c.Linked), slices.Clone(c.Claims)
		slices.Reverse(back.Direct)
		slices.Reverse(back.Linked)
		slices.Reverse(back.Claims)
		if after := p.Decide(&back); after != before {
			t.Fatalf("%v, and %v the other way round", before, after)
		}
		c.Direct = append(slices.Clone(c.Direct), genFact(contact.OptOut, contact.Complaint, contact.Protected, contact.BotStopped).Draw(t, "more"))
		if after := p.Decide(&c).Verdict(); before.Verdict() != contact.Clean && after == contact.Clean {
			t.Fatalf("%v became clean", before)
		}
	}))
}
