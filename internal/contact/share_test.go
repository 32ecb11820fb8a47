package contact

import (
	"math"
	"testing"
)

// The values are those of Newcombe 1998 (Statistics in Medicine 17): 857-872.
func TestShareOf(t *testing.T) {
	for _, want := range []Share{{81, 263, 0.3080, 0.2553, 0.3662}, {15, 148, 0.1014, 0.0624, 0.1605}, {0, 20, 0, 0, 0.1611}, {1, 29, 0.0345, 0.0061, 0.1718},
		{29, 29, 1, 0.8830, 1}, {10, 100, 0.1, 0.0552, 0.1744}, {0, 0, 0, 0, 1}} {
		got := ShareOf(want.N, want.Of)
		if max(math.Abs(got.Rate-want.Rate), math.Abs(got.Low-want.Low), math.Abs(got.High-want.High)) > 5e-5 {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}
