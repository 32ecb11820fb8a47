package base

import (
	"cmp"
	"slices"

	"cleanbase/internal/contact"
)

// Tie says that who has one identifier has another too.
type Tie struct{ Has, ID contact.Key }

// Know gives identifiers to the contacts that have the first ones of ties, as if
// they stood in their records. Call it when all records were added.
func (b *Base) Know(ties []Tie) {
	slices.SortFunc(ties, func(x, y Tie) int { return cmp.Or(cmp.Compare(x.Has, y.Has), cmp.Compare(x.ID, y.ID)) })
	ties = slices.Compact(ties)
	if len(ties) == 0 {
		return
	}
	others := b.newIDs.len() // not those that are added here
	for _, t := range ties {
		if p := t.Has.Phone(); p != 0 {
			if who, ok := b.index.find(p, &b.contacts); ok {
				b.newIDs.add(ident{t.ID, who})
			}
		}
	}
	var some [1 << 10]uint64 // which hashes of the first ones there are: most identifiers are none of them
	for _, t := range ties {
		word, bit := tieBit(t.Has)
		some[word] |= bit
	}
	for i := range int32(others) {
		id := *b.newIDs.at(i)
		if word, bit := tieBit(id.key); some[word]&bit == 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(ties, id.key, func(t Tie, key contact.Key) int { return cmp.Compare(t.Has, key) })
		for ; at < len(ties) && ties[at].Has == id.key; at++ {
			b.newIDs.add(ident{ties[at].ID, id.contact})
		}
	}
}

// tieBit is the place of a key among 2^16 bits.
func tieBit(key contact.Key) (word int, bit uint64) {
	hash := uint64(key) * 0x9e3779b97f4a7c15 >> 48
	return int(hash >> 6), 1 << (hash & 63)
}

// Keys yields every identifier of every contact added so far, some more than
// once: whom to look for in the memory of forgotten people. Call it before
// Decide.
func (b *Base) Keys(yield func(contact.Key) bool) {
	for _, p := range b.contacts.all() {
		if p.phone != 0 && !yield(contact.Key(p.phone)) {
			return
		}
	}
	for _, id := range b.newIDs.all() {
		if id.key.Kind() != contact.RecordID && !yield(id.key) {
			return
		}
	}
}
