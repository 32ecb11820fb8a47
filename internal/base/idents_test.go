package base

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cleanbase/internal/contact"
)

func TestLawIdentifiersAreSortedAndFound(t *testing.T) {
	key := rapid.Custom(func(t *rapid.T) contact.Key {
		kind := rapid.SampledFrom([]contact.IDKind{contact.PhoneID, contact.EmailID, contact.RecordID}).Draw(t, "kind")
		return contact.Key(kind)<<60 | contact.Key(rapid.Uint64Range(0, 3).Draw(t, "first")<<dealShift|rapid.Uint64Range(0, 9).Draw(t, "rest"))
	})
	rapid.Check(t, func(t *rapid.T) {
		var c column[ident]
		var want []ident
		for range rapid.IntRange(0, 300).Draw(t, "n") {
			id := ident{key.Draw(t, "key"), int32(rapid.IntRange(0, 3).Draw(t, "contact"))}
			c.add(id)
			want = append(want, id)
		}
		slices.SortFunc(want, func(x, y ident) int { return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.contact, y.contact)) })
		want = slices.Compact(want)
		got := newIdentTable(&c)
		defer got.free()
		if !slices.Equal(got.all, want) {
			t.Fatalf("%v\nwant %v", got.all, want)
		}
		asked := key.Draw(t, "asked")
		if found := got.of(asked); !slices.Equal(found, slices.DeleteFunc(want, func(id ident) bool { return id.key != asked })) {
			t.Fatalf("of %x: %v", asked, found)
		}
	})
}
