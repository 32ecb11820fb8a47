package base

import (
	"cmp"
	"math"
	"slices"

	"cleanbase/internal/contact"
)

// linkedPhone is the phone of a contact that was removed through others.
type linkedPhone struct {
	key    contact.Key
	reason contact.Reason
	fact   contact.Fact // zero when only a protection is behind it
}

// Suppressed yields every identifier that is not to be mailed, in the order of
// its key: those that evidence stands against, in this base or not, and the
// phones of contacts removed through others. Call it after Decide.
func (b *Base) Suppressed(j Judge, yield func(contact.Key, contact.Reason, contact.Fact) error) error {
	linked := b.linkedPhones(j)
	pass := func(below contact.Key) error {
		for len(linked) > 0 && linked[0].key < below {
			if err := yield(linked[0].key, linked[0].reason, linked[0].fact); err != nil {
				return err
			}
			linked = linked[1:]
		}
		return nil
	}
	var c contact.Case
	var standing []contact.Fact
	for from := 0; from < len(b.facts.all); {
		key := b.facts.all[from].Key
		facts := b.facts.group(from)
		from += len(facts)
		c = caseOf(key, facts)
		set := j.Decide(&c)
		if set.Verdict() != contact.Removed {
			continue
		}
		if err := pass(key); err != nil {
			return err
		}
		standing = j.Standing(standing[:0], &c)
		if err := yield(key, set.List()[0], strongest(standing, &c)); err != nil {
			return err
		}
	}
	return pass(math.MaxUint64)
}

// caseOf is the case of an identifier of which nothing is known but facts.
func caseOf(key contact.Key, facts []contact.Fact) contact.Case {
	c := contact.Case{Direct: facts}
	if key.Kind() == contact.PhoneID {
		c.Phone = key
	}
	return c
}

// linkedPhones is the phones of removed contacts that no fact about the phone
// itself removes, in order.
func (b *Base) linkedPhones(j Judge) []linkedPhone {
	var linked []linkedPhone
	through := b.through
	var c contact.Case
	for who, p := range b.contacts.all() {
		if p.phone == 0 || p.reasons().Verdict() != contact.Removed {
			continue
		}
		key := contact.Key(p.phone)
		c = caseOf(key, b.facts.of(key))
		if len(c.Direct) == 0 || j.Decide(&c).Verdict() != contact.Removed {
			l := linkedPhone{key: key, reason: p.reasons().List()[0]}
			for len(through) > 0 && through[0].who < who {
				through = through[1:]
			}
			if len(through) > 0 && through[0].who == who {
				l.fact = through[0].fact
			}
			linked = append(linked, l)
		}
	}
	slices.SortFunc(linked, func(x, y linkedPhone) int { return cmp.Compare(x.key, y.key) })
	return linked
}

// strongest is the fact to show for a suppression: of those that stand, the
// earliest dated one; a protection when nothing else stands.
func strongest(standing []contact.Fact, c *contact.Case) contact.Fact {
	if len(standing) == 0 { // then what removes is a protection
		standing = slices.DeleteFunc(slices.Clone(c.Direct), func(f contact.Fact) bool { return f.Kind != contact.Protected })
	}
	return earliest(standing)
}

// earliest is the earliest dated of facts, or else the one known first.
func earliest(facts []contact.Fact) contact.Fact {
	return slices.MinFunc(facts, func(x, y contact.Fact) int {
		if x.At.Known() != y.At.Known() {
			if x.At.Known() {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(x.At, y.At), cmp.Compare(x.Seq, y.Seq))
	})
}
