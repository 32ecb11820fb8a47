package base

import (
	"cmp"
	"slices"

	"cleanbase/internal/contact"
)

// identTable is which contacts have which identifiers besides their phones.
type identTable struct {
	all  []ident // in order of key and contact, each once
	ends []int32 // for the first bits of a key where in all the keys with them end
}

// dealShift leaves the first bits of a key: its kind and twelve of its hash.
const dealShift = 48

// newIdentTable empties the column. Its identifiers are dealt by their first
// bits into heaps, each of which is sorted while it is near the processor.
func newIdentTable(c *column[ident]) identTable {
	t := identTable{c.flatten(), make([]int32, 1<<(64-dealShift))}
	t.deal()
	from, kept := int32(0), 0
	for i, to := range t.ends {
		heap := t.all[from:to]
		slices.SortFunc(heap, func(x, y ident) int {
			if x.key != y.key {
				return cmp.Compare(x.key, y.key)
			}
			return int(x.contact) - int(y.contact)
		})
		kept += copy(t.all[kept:], slices.Compact(heap))
		from, t.ends[i] = to, int32(kept)
	}
	t.all = t.all[:kept]
	return t
}

// deal brings every identifier into its heap, in place.
func (t *identTable) deal() {
	for i := range t.all {
		t.ends[t.all[i].key>>dealShift]++
	}
	next, end := make([]int32, len(t.ends)), int32(0)
	for heap, n := range t.ends {
		next[heap], end = end, end+n
		t.ends[heap] = end
	}
	for heap := range t.ends {
		for next[heap] < t.ends[heap] {
			id := t.all[next[heap]]
			for to := int(id.key >> dealShift); to != heap; to = int(id.key >> dealShift) {
				at := next[to]
				t.all[at], id = id, t.all[at]
				next[to]++
			}
			t.all[next[heap]] = id
			next[heap]++
		}
	}
}

// of is who has the identifier.
func (t *identTable) of(key contact.Key) []ident {
	heap := key >> dealShift
	from, to := 0, int(t.ends[heap])
	if heap > 0 {
		from = int(t.ends[heap-1])
	}
	at, _ := slices.BinarySearchFunc(t.all[from:to], key, func(id ident, k contact.Key) int { return cmp.Compare(id.key, k) })
	from += at
	for at = from; at < to && t.all[at].key == key; at++ {
	}
	return t.all[from:at]
}

func (t *identTable) free() {
	drop(t.all)
	*t = identTable{}
}
