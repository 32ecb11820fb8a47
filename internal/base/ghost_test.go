package base

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cleanbase/internal/contact"
)

// lifting judges so that all that is known of a person matters: a consent lifts
// the refusals before it.
type lifting struct{ lenient }

func (lifting) Standing(dst []contact.Fact, c *contact.Case) []contact.Fact {
	last := int64(0)
	for _, f := range c.Direct {
		if f.Kind == contact.Consent {
			last = max(last, f.Seq)
		}
	}
	for _, f := range c.Direct {
		if f.Kind == contact.OptOut && f.Seq > last {
			dst = append(dst, f)
		}
	}
	return dst
}

// What comes to a contact through others is what stands against any other
// person, of this run or refused in an earlier one, whom a chain of identifiers
// that few enough share connects with it, as worked out in the plainest way.
func TestLawWhatComesThroughOthers(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		rows, facts, aliases := genRows().Draw(t, "rows"), genSaid().Draw(t, "facts"), genAliases().Draw(t, "aliases")
		share := rapid.IntRange(1, 3).Draw(t, "share")
		b := New(rowsIn(t, dir), Options{MaxShare: share})
		defer b.Close()
		b.AddInput(1, []string{"A"})
		for i, r := range rows {
			if err := b.add(r.record(i+2), func(*contact.Evidence) error { return nil }); err != nil {
				t.Fatal(err)
			}
		}
		for i := range facts {
			facts[i].Seq = int64(i + 1)
			b.Remember(facts[i])
		}
		for _, a := range aliases {
			b.RememberAlias(a.key, a.owner)
		}
		got := map[int]string{}
		b.Decide(lifting{}, func(i int, c *contact.Case, _ contact.ReasonSet) { got[i] = seqs(c.Linked) })
		for i, want := range plainly(b, facts, aliases, share) {
			if got[i] != want {
				t.Fatalf("contact %d: %s, want %s", i, got[i], want)
			}
		}
	})
}

func seqs(facts []contact.Fact) string {
	var all []int64
	for _, f := range facts {
		all = append(all, f.Seq)
	}
	slices.Sort(all)
	return fmt.Sprint(all)
}

// someKey draws an identifier of genRows, or one that no row has.
func someKey() *rapid.Generator[contact.Key] {
	return rapid.Custom(func(t *rapid.T) contact.Key {
		if rapid.Bool().Draw(t, "phone") {
			return contact.Key(79110000000 + rapid.IntRange(0, 9).Draw(t, "number"))
		}
		return contact.OfEmail(rapid.SampledFrom([]string{"a@example.com", "b@example.com", "c@example.com", "d@example.com"}).Draw(t, "mail")).Key
	})
}

func genSaid() *rapid.Generator[[]contact.Fact] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) contact.Fact {
		kind := rapid.SampledFrom([]contact.EvidenceKind{contact.OptOut, contact.OptOut, contact.Consent}).Draw(t, "kind")
		return contact.Fact{Key: someKey().Draw(t, "of"), Kind: kind, Via: contact.ViaList}
	}), 0, 8)
}

func genAliases() *rapid.Generator[[]alias] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) alias {
		return alias{someKey().Draw(t, "alias"), someKey().Draw(t, "owner")}
	}), 0, 6)
}

// plainly is what comes through others to each contact of a base.
func plainly(b *Base, facts []contact.Fact, aliases []alias, share int) map[int]string {
	people := make([][]contact.Key, b.Len()) // the contacts, then the refused of earlier runs
	for i := range people {
		if key, _ := b.Contact(i); key.Kind() == contact.PhoneID {
			people[i] = append(people[i], key)
		}
	}
	for _, id := range b.ids.all {
		people[id.contact] = append(people[id.contact], id.key)
	}
	holders := map[contact.Key][]int{}
	for i, keys := range people {
		for _, k := range keys {
			holders[k] = append(holders[k], i)
		}
	}
	reaches := func(i int, k contact.Key) bool {
		return len(holders[k]) <= share || k == people[i][0] && k.Phone() != 0
	}
	slices.SortStableFunc(aliases, func(x, y alias) int { return cmp.Compare(x.owner, y.owner) })
	for i, a := range aliases {
		if i == 0 || aliases[i-1].owner != a.owner {
			people = append(people, []contact.Key{a.owner})
		}
		people[len(people)-1] = append(people[len(people)-1], a.key)
	}
	direct := func(i int) (own []contact.Fact) {
		for _, f := range facts {
			if slices.Contains(people[i], f.Key) && (i >= b.Len() || reaches(i, f.Key)) {
				own = append(own, f)
			}
		}
		return own
	}
	family := make([]int, len(people))
	for i := range family {
		family[i] = i
	}
	for range people { // until nothing moves
		for i, keys := range people {
			for _, k := range keys {
				if len(holders[k]) > share {
					continue
				}
				for _, who := range holders[k] {
					family[i] = min(family[i], family[who])
					family[who] = family[i]
				}
			}
		}
	}
	through := map[int]string{}
	for i := range b.Len() {
		var all []contact.Fact
		for k := range people {
			if family[k] == family[i] {
				all = append(all, lifting{}.Standing(nil, &contact.Case{Direct: direct(k)})...)
			}
		}
		own := direct(i)
		all = slices.DeleteFunc(all, func(f contact.Fact) bool {
			return slices.ContainsFunc(own, func(o contact.Fact) bool { return o.Seq == f.Seq })
		})
		slices.SortFunc(all, func(x, y contact.Fact) int { return cmp.Compare(x.Seq, y.Seq) })
		through[i] = seqs(slices.CompactFunc(all, func(x, y contact.Fact) bool { return x.Seq == y.Seq }))
	}
	return through
}
