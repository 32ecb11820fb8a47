package base

import (
	"cmp"
	"slices"

	"cleanbase/internal/contact"
)

// family is the refusals and complaints that stand against the members of one
// family of linked contacts.
type family struct {
	all []contact.Fact // each once, in the order in which they became known
	few []contact.Fact // of very many those that matter, else nil
}

// familyFew is how many keys' refusals of one class a very large family hands
// to each member, so that a chain of a hundred thousand contacts costs their
// number and not its square.
const familyFew = 64

// settle ends the gathering.
func (f *family) settle() {
	slices.SortFunc(f.all, func(x, y contact.Fact) int { return cmp.Compare(x.Seq, y.Seq) })
	f.all = slices.CompactFunc(f.all, func(x, y contact.Fact) bool { return x.Seq == y.Seq })
	if len(f.all) > familyFew {
		f.few = hardest(f.all)
	}
}

// hardest keeps, of the facts that only their time tells apart, those on the
// familyFew keys that are hardest to lift: the later a refusal, the fewer words
// come after it, and after an undated one none does. A member that has fewer
// keys of its own than that gets the hardest of the others' among them.
func hardest(all []contact.Fact) []contact.Fact {
	class := func(f contact.Fact) contact.Fact {
		f.Key, f.At, f.Seq = 0, 0, 0
		return f
	}
	byTime := slices.Clone(all)
	slices.SortStableFunc(byTime, func(x, y contact.Fact) int {
		switch {
		case x.At.Known() != y.At.Known():
			if y.At.Known() {
				return -1
			}
			return 1
		case !x.At.Known():
			return 0
		}
		return y.At.Latest().Compare(x.At.Latest())
	})
	type of struct {
		class contact.Fact
		key   contact.Key
	}
	keys, seen := map[contact.Fact]int{}, map[of]bool{}
	kept := byTime[:0]
	for _, f := range byTime {
		c := class(f)
		if who := (of{c, f.Key}); keys[c] < familyFew && !seen[who] {
			seen[who] = true
			keys[c]++
			kept = append(kept, f)
		}
	}
	slices.SortFunc(kept, func(x, y contact.Fact) int { return cmp.Compare(x.Seq, y.Seq) })
	return kept
}

// others adds to dst the facts of the family that do not reach a member itself:
// direct is what does.
func (f *family) others(dst, direct []contact.Fact) []contact.Fact {
	list := f.all
	if f.few != nil && !needsAll(direct) {
		list = f.few
	}
	own := func(seq int64) bool {
		return slices.ContainsFunc(direct, func(o contact.Fact) bool { return o.Seq == seq })
	}
	if len(direct) > familyFew {
		seqs := make(map[int64]bool, len(direct))
		for _, o := range direct {
			seqs[o.Seq] = true
		}
		own = func(seq int64) bool { return seqs[seq] }
	}
	for _, fact := range list {
		if !own(fact.Seq) {
			dst = append(dst, fact)
		}
	}
	return dst
}

// needsAll tells whether the hardest facts may not do for a member: a pardon
// lifts by what was known when, not by when it happened, and a member of very
// many keys may own all of the hardest.
func needsAll(direct []contact.Fact) bool {
	keys := 0
	for i, f := range direct {
		if f.Kind == contact.Pardon {
			return true
		}
		if i == 0 || f.Key != direct[i-1].Key {
			keys++
		}
	}
	return keys >= familyFew
}
