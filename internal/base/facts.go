package base

import (
	"cmp"
	"slices"

	"cleanbase/internal/contact"
)

// factTable is all facts, found by the identifier they are about.
type factTable struct {
	more  column[contact.Fact] // as they come; sort puts them into all
	all   []contact.Fact
	start map[contact.Key]int32
}

// sort puts the facts of one identifier together, earliest known first.
func (t *factTable) sort() {
	t.all = t.more.flatten()
	slices.SortFunc(t.all, func(a, b contact.Fact) int {
		if a.Key != b.Key {
			return cmp.Compare(a.Key, b.Key)
		}
		return cmp.Compare(a.Seq, b.Seq)
	})
	t.start = make(map[contact.Key]int32)
	for i := range t.all {
		if i == 0 || t.all[i].Key != t.all[i-1].Key {
			t.start[t.all[i].Key] = int32(i)
		}
	}
}

// of is the facts about one identifier.
func (t *factTable) of(key contact.Key) []contact.Fact {
	from, ok := t.start[key]
	if !ok {
		return nil
	}
	to := from + 1
	for int(to) < len(t.all) && t.all[to].Key == key {
		to++
	}
	return t.all[from:to]
}

// hit says that the facts about an identifier reach a contact.
type hit struct {
	contact int32
	key     contact.Key
}

// families is which contacts are linked: a union-find forest over contacts,
// and behind them over the refused contacts of earlier runs.
type families struct{ parent []int32 }

func newFamilies(n int) families {
	f := families{make([]int32, n)}
	for i := range f.parent {
		f.parent[i] = int32(i)
	}
	return f
}

func (f families) root(i int32) int32 {
	for f.parent[i] != i {
		f.parent[i] = f.parent[f.parent[i]]
		i = f.parent[i]
	}
	return i
}

func (f families) join(a, b int32) {
	a, b = f.root(a), f.root(b)
	if a > b {
		a, b = b, a
	}
	f.parent[b] = a // the smaller number stays the root, so order does not matter
}
