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
	table hashTable // where in all a key's facts begin
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
	t.table = newHashTable(len(t.all) * 2)
	for i := range t.all {
		if i == 0 || t.all[i-1].Key != t.all[i].Key {
			t.table.put(uint64(t.all[i].Key), int32(i))
		}
	}
}

// of is the facts about one identifier.
func (t *factTable) of(key contact.Key) []contact.Fact {
	from, found := t.table.find(uint64(key), func(n int32) bool { return t.all[n].Key == key })
	if !found {
		return nil
	}
	return t.group(int(from))
}

func (t *factTable) free() {
	t.more.free()
	drop(t.all)
	t.table.free()
	*t = factTable{}
}

// group is the facts about one identifier, which begin there.
func (t *factTable) group(from int) []contact.Fact {
	to := from + 1
	for to < len(t.all) && t.all[to].Key == t.all[from].Key {
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
type families struct {
	parent []int32
	kin    []bool // is linked to another at all
}

// newFamilies is n members, each linked to nobody, and room for so many more.
func newFamilies(n, more int) families {
	f := families{many[int32](n + more)[:n], many[bool](n + more)[:n]}
	for i := range f.parent {
		f.parent[i] = int32(i)
	}
	return f
}

// add makes one more member, linked to nobody.
func (f *families) add() int32 {
	me := int32(len(f.parent))
	f.parent, f.kin = append(f.parent, me), append(f.kin, false)
	return me
}

func (f *families) free() {
	drop(f.parent)
	drop(f.kin)
	*f = families{}
}

func (f families) root(i int32) int32 {
	for f.parent[i] != i {
		f.parent[i] = f.parent[f.parent[i]]
		i = f.parent[i]
	}
	return i
}

// flatten makes every member's parent its root, so that parents may be read
// from several goroutines.
func (f families) flatten() {
	for i := range f.parent {
		f.parent[i] = f.root(int32(i))
	}
}

func (f families) join(a, b int32) {
	if a == b {
		return
	}
	f.kin[a], f.kin[b] = true, true
	a, b = f.root(a), f.root(b)
	if a > b {
		a, b = b, a
	}
	f.parent[b] = a // the smaller number stays the root, so order does not matter
}
