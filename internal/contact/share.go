package contact

import "math"

// Z95 bounds the middle 95 % of a normal distribution.
const Z95 = 1.959963984540054

// Share is n of of with the bounds of its 95 % Wilson score interval, from 0 to
// 1.
type Share struct {
	N    int64   `json:"n"`
	Of   int64   `json:"of"`
	Rate float64 `json:"rate"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// ShareOf is n of of, n from 0 to of. Of nothing the rate is 0 and the bounds
// exclude nothing.
func ShareOf(n, of int64) Share {
	s := Share{N: n, Of: of, High: 1}
	if of > 0 {
		s.Rate = float64(n) / float64(of)
		s.Low, s.High = Wilson(n, of, Z95)
	}
	return s
}

// Wilson is the score interval (Wilson 1927) of n of of, whose bounds stand z
// deviations apart from the rate: from 0 to 1, all of it when of is 0.
func Wilson(n, of int64, z float64) (low, high float64) {
	if of <= 0 {
		return 0, 1
	}
	p, all := float64(n)/float64(of), float64(of)
	mid := p + z*z/(2*all)
	spread := z * math.Sqrt(p*(1-p)/all+z*z/(4*all*all))
	low, high = (mid-spread)/(1+z*z/all), (mid+spread)/(1+z*z/all)
	if n == 0 { // exactly, not up to rounding
		low = 0
	}
	if n == of {
		high = 1
	}
	return max(0, low), min(1, high)
}
