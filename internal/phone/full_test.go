//go:build full

package phone

import (
	"math/rand/v2"
	"strconv"
	"testing"
)

// The clerk against the library, everywhere: every prefix of every calling
// code, every region as default, every transition of every automaton, and
// millions of messy strings. Run by make phones-full; some ten minutes.
func TestFullPrefixes(t *testing.T) {
	t.Parallel()
	for _, code := range callingCodes() {
		t.Run(strconv.Itoa(code), func(t *testing.T) {
			t.Parallel()
			comparePrefixes(t, code, 4, rand.New(rand.NewPCG(3, uint64(code))))
		})
	}
}

func TestFullRegions(t *testing.T) {
	t.Parallel()
	for i, region := range supportedRegions() {
		t.Run(region, func(t *testing.T) {
			t.Parallel()
			compareHome(t, region, 3, rand.New(rand.NewPCG(4, uint64(i))))
		})
	}
}

func TestFullTransitions(t *testing.T) {
	t.Parallel()
	for _, code := range callingCodes() {
		t.Run(strconv.Itoa(code), func(t *testing.T) {
			t.Parallel()
			compareTransitions(t, code, rand.New(rand.NewPCG(5, uint64(code))))
		})
	}
}

func TestFullRandom(t *testing.T) {
	t.Parallel()
	compareRandom(t, 5_000_000, rand.New(rand.NewPCG(6, 7)))
}
