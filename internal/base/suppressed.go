package base

import (
	"cmp"
	"slices"

	"cleanbase/internal/contact"
)

// suppressed is one identifier that is not to be mailed.
type suppressed struct {
	key    contact.Key
	reason contact.Reason
	fact   contact.Fact
}

// Suppressed yields every identifier that is not to be mailed, in the order of
// its key: those that evidence stands against, in this base or not, and the
// phones of contacts removed through others. Call it after Decide.
func (b *Base) Suppressed(j Judge, yield func(contact.Key, contact.Reason, contact.Fact) error) error {
	var all []suppressed
	for from := 0; from < len(b.facts.all); {
		key := b.facts.all[from].Key
		facts := b.facts.of(key)
		from += len(facts)
		c := contact.Case{Direct: facts}
		if key.Kind() == contact.PhoneID {
			c.Phone = key
		}
		if set := j.Decide(&c); set.Verdict() == contact.Removed {
			all = append(all, suppressed{key, set.List()[0], strongest(j, &c)})
		}
	}
	named := all // sorted, as the facts are
	for _, p := range b.contacts.all() {
		if p.phone == 0 || p.reasons.Verdict() != contact.Removed {
			continue
		}
		key := contact.Key(p.phone)
		_, known := slices.BinarySearchFunc(named, key, func(s suppressed, k contact.Key) int { return cmp.Compare(s.key, k) })
		if !known {
			all = append(all, suppressed{key: key, reason: p.reasons.List()[0]})
		}
	}
	slices.SortFunc(all, func(x, y suppressed) int { return cmp.Compare(x.key, y.key) })
	for _, s := range all {
		if err := yield(s.key, s.reason, s.fact); err != nil {
			return err
		}
	}
	return nil
}

// strongest is the fact to show for a suppression: of those that stand, the
// earliest dated one; a protection when nothing else stands.
func strongest(j Judge, c *contact.Case) contact.Fact {
	standing := j.Standing(nil, c)
	if len(standing) == 0 {
		standing = c.Direct
	}
	return slices.MinFunc(standing, func(x, y contact.Fact) int {
		if x.At.Known() != y.At.Known() {
			if x.At.Known() {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(x.At, y.At), cmp.Compare(x.Seq, y.Seq))
	})
}
