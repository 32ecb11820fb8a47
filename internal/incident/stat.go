package incident

import (
	"cmp"
	"math"
	"slices"

	"cleanbase/internal/contact"
)

// difference bounds the difference of two rates, the first less the second, by
// Newcombe's hybrid score interval (Newcombe 1998, method 10).
func difference(a, b contact.Share, z float64) (low, high float64) {
	aLow, aHigh := contact.Wilson(a.N, a.Of, z)
	bLow, bHigh := contact.Wilson(b.N, b.Of, z)
	d := a.Rate - b.Rate
	return max(-1, d-math.Hypot(a.Rate-aLow, bHigh-b.Rate)), min(1, d+math.Hypot(aHigh-a.Rate, b.Rate-bLow))
}

// fisher is the one-sided p-value of Fisher's exact test: how likely a group of
// size from all would have n or more of the marked by chance. A group that is
// no worse than the others gets 1, which is as good as its true value to all
// who look for the worse.
func fisher(n, size, marked, all int64) float64 {
	if n <= 0 || float64(n)*float64(all) <= float64(size)*float64(marked) {
		return 1
	}
	p := math.Exp(logChoose(marked, n) + logChoose(all-marked, size-n) - logChoose(all, size))
	sum := p
	for k := n; k < min(size, marked) && p > sum*1e-17; k++ {
		p *= float64(marked-k) / float64(k+1) * (float64(size-k) / float64(all-marked-size+k+1))
		sum += p
	}
	return min(1, sum)
}

func logChoose(n, k int64) float64 {
	if k < 0 || k > n {
		return math.Inf(-1)
	}
	lg := func(x int64) float64 { v, _ := math.Lgamma(float64(x) + 1); return v }
	return lg(n) - lg(k) - lg(n-k)
}

// holm adjusts p-values for all of them being looked at (Holm 1979); it holds
// whatever they have in common.
func holm(ps []float64) []float64 {
	order := make([]int, len(ps))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(ps[a], ps[b]) })
	out, last := make([]float64, len(ps)), 0.0
	for rank, i := range order {
		last = max(last, min(1, ps[i]*float64(len(ps)-rank)))
		out[i] = last
	}
	return out
}

// simultaneous is the z that bounds each of n intervals so that all together
// hold with 95 % (Bonferroni).
func simultaneous(n int) float64 {
	return math.Sqrt2 * math.Erfinv(1-0.05/float64(max(n, 1)))
}
