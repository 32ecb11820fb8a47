package events

import (
	"testing"

	"pgregory.net/rapid"
)

// TestIndex: an index is a map from hashes, of which 0 and 1 are one.
func TestIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var x index[uint32]
		want := map[uint64]uint32{}
		hashes := rapid.SliceOfN(rapid.OneOf(rapid.Uint64(), rapid.Uint64Range(0, 9), rapid.Uint64Range(1<<64-9, 1<<64-1)), 0, 4000).Draw(t, "hashes")
		for i, h := range hashes {
			v, had := x.at(h)
			old, known := want[max(h, 1)]
			if had != known || *v != old {
				t.Fatalf("%x: %d %v, want %d %v", h, *v, had, old, known)
			}
			*v = uint32(i + 1)
			want[max(h, 1)] = *v
		}
		if x.n != len(want) {
			t.Fatalf("%d hashes, want %d", x.n, len(want))
		}
	})
}
