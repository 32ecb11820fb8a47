package incident

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"cleanbase/internal/contact"
)

func near(a, b, eps float64) bool { return math.Abs(a-b) <= eps }

// The values are those of Newcombe 1998 (Statistics in Medicine 17): 873-890.
func TestDifferenceKnown(t *testing.T) {
	for _, c := range []struct {
		a, an, b, bn int64
		low, high    float64
	}{{56, 70, 48, 80, 0.0524, 0.3339}, {9, 10, 3, 10, 0.1705, 0.8090}, {6, 7, 2, 7, 0.0582, 0.8062}, {5, 56, 0, 29, -0.0381, 0.1926},
		{0, 10, 0, 20, -0.1611, 0.2775}, {0, 10, 0, 10, -0.2775, 0.2775}, {10, 10, 0, 20, 0.6791, 1}, {10, 10, 0, 10, 0.6075, 1}} {
		low, high := difference(contact.ShareOf(c.a, c.an), contact.ShareOf(c.b, c.bn), contact.Z95)
		if !near(low, c.low, 5e-5) || !near(high, c.high, 5e-5) {
			t.Errorf("%d/%d - %d/%d: %.4f to %.4f, want %.4f to %.4f", c.a, c.an, c.b, c.bn, low, high, c.low, c.high)
		}
	}
}

// The lady tasting tea (Fisher 1935), and tables small enough to count by hand.
func TestFisherKnown(t *testing.T) {
	for _, c := range []struct {
		n, size, marked, all int64
		want                 float64
	}{{4, 4, 4, 8, 1.0 / 70}, {3, 4, 4, 8, 17.0 / 70}, {1, 1, 1, 10, 0.1}, {0, 5, 3, 10, 1}, {2, 2, 2, 4, 1.0 / 6}} {
		if got := fisher(c.n, c.size, c.marked, c.all); !near(got, c.want, 1e-12) {
			t.Errorf("fisher(%d of %d, %d of %d) = %g, want %g", c.n, c.size, c.marked, c.all, got, c.want)
		}
	}
}

func TestHolmKnown(t *testing.T) {
	got := holm([]float64{0.01, 0.04, 0.03, 0.005})
	for i, want := range []float64{0.03, 0.06, 0.06, 0.02} {
		if !near(got[i], want, 1e-12) {
			t.Errorf("%d: %g, want %g", i, got[i], want)
		}
	}
}

func TestSimultaneous(t *testing.T) {
	if z := simultaneous(1); !near(z, contact.Z95, 1e-9) {
		t.Errorf("one interval: %g", z)
	}
	if z := simultaneous(10); !near(z, 2.807033768, 1e-8) {
		t.Errorf("ten intervals: %g", z)
	}
}

// The tail, summed from the exact terms by Pascal's triangle.
func TestFisherCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.Int64Range(1, 40).Draw(t, "all")
		size, marked := rapid.Int64Range(0, all).Draw(t, "size"), rapid.Int64Range(0, all).Draw(t, "marked")
		n := rapid.Int64Range(0, min(size, marked)).Draw(t, "n")
		want := 0.0
		for k := n; k <= min(size, marked); k++ {
			want += choose(marked, k) * choose(all-marked, size-k) / choose(all, size)
		}
		got := fisher(n, size, marked, all)
		if n*all <= size*marked {
			want = 1
		}
		if !near(got, want, 1e-9) {
			t.Fatalf("fisher(%d of %d, %d of %d) = %g, want %g", n, size, marked, all, got, want)
		}
	})
}

func choose(n, k int64) float64 {
	if k < 0 || k > n {
		return 0
	}
	c := 1.0
	for i := range k {
		c = c * float64(n-i) / float64(i+1)
	}
	return c
}

func TestBoundsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) contact.Share {
			of := rapid.Int64Range(1, 1_000_000_000).Draw(t, name)
			return contact.ShareOf(rapid.Int64Range(0, of).Draw(t, name+" n"), of)
		}
		a, b := draw("a"), draw("b")
		for _, s := range []contact.Share{a, b} {
			if !(0 <= s.Low && s.Low <= s.Rate+1e-12 && s.Rate <= s.High+1e-12 && s.High <= 1) {
				t.Fatalf("%+v", s)
			}
		}
		low, high := difference(a, b, contact.Z95)
		wideLow, wideHigh := difference(a, b, simultaneous(50))
		d := a.Rate - b.Rate
		if !(low <= d+1e-12 && d <= high+1e-12 && wideLow <= low+1e-12 && high <= wideHigh+1e-12 && wideLow >= -1 && wideHigh <= 1) {
			t.Fatalf("%g in %g to %g in %g to %g", d, low, high, wideLow, wideHigh)
		}
	})
}

// Adjusting never makes a p-value smaller, keeps their order, and a large base
// is no reason for a number that is none.
func TestHolmLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ps := rapid.SliceOf(rapid.Float64Range(0, 1)).Draw(t, "ps")
		got := holm(ps)
		for i := range ps {
			if got[i] < ps[i] || got[i] > 1 {
				t.Fatalf("%g became %g", ps[i], got[i])
			}
			for k := range ps {
				if ps[i] < ps[k] && got[i] > got[k] {
					t.Fatal("order changed")
				}
			}
		}
		all := rapid.Int64Range(1, 5_000_000).Draw(t, "all")
		size, marked := rapid.Int64Range(0, all).Draw(t, "size"), rapid.Int64Range(0, all).Draw(t, "marked")
		n := rapid.Int64Range(max(0, size+marked-all), min(size, marked)).Draw(t, "n")
		if p := fisher(n, size, marked, all); !(p >= 0 && p <= 1) {
			t.Fatalf("fisher = %g", p)
		}
	})
}
