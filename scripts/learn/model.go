package main

import (
	"math"
	"slices"

	"cleanbase/internal/refusal"
)

// How the model is fitted. The values were chosen on held-out folds.
const (
	epochs  = 8
	step    = 0.5
	decay   = 0.01  // pulls weights to zero
	balance = 0.5   // the weight of all refusals to that of all else
	easy    = 0.3   // the weight of refusals that the rules find
	most    = 127   // the largest weight as it is kept
	fitting = 0.999 // the share of weights that fit unclipped
)

// model is a logistic regression in the making.
type model struct {
	w, seen []float64 // weights, sums of squared gradients
	bias    float64
}

func (m *model) score(f []uint32) float64 {
	sum := 0.0
	for _, i := range f {
		sum += m.w[i]
	}
	return sum/refusal.Root(len(f)) + m.bias
}

// train fits a model by steps that shrink with what a weight has seen (Duchi,
// Hazan, Singer: Adaptive subgradient methods, 2011).
func train(lessons []lesson) *model {
	m := &model{w: make([]float64, refusal.Slots), seen: make([]float64, refusal.Slots)}
	refusals := 0
	for i := range lessons {
		refusals += int(lessons[i].target)
	}
	weight := balance * float64(len(lessons)-refusals) / float64(max(refusals, 1))
	order := newShuffle(len(lessons))
	seen := 1.0
	for range epochs {
		for _, i := range order.again() {
			l := &lessons[i]
			g := 1/(1+math.Exp(-m.score(l.features))) - l.target
			if l.target == 1 {
				g *= weight
			}
			if l.target == 1 && l.found {
				g *= easy
			}
			m.step(l.features, g)
			seen += g * g
			m.bias -= step * g / math.Sqrt(seen)
		}
	}
	return m
}

// step moves the weights of a message's features against the gradient.
func (m *model) step(f []uint32, g float64) {
	if math.Abs(g) < 1e-4 {
		return
	}
	g /= refusal.Root(len(f))
	for _, i := range f {
		d := g + decay*m.w[i]
		m.seen[i] += d * d
		m.w[i] -= step * d / math.Sqrt(m.seen[i]+1e-8)
	}
}

// quantize turns the weights into signed bytes; scale is what they were
// multiplied by. The few largest are clipped.
func (m *model) quantize() (bytes []byte, scale float64) {
	var sizes []float64
	for _, w := range m.w {
		if w != 0 {
			sizes = append(sizes, math.Abs(w))
		}
	}
	slices.Sort(sizes)
	scale = most / sizes[int(fitting*float64(len(sizes)-1))]
	bytes = make([]byte, refusal.Slots)
	for i, w := range m.w {
		bytes[i] = byte(int8(math.Round(min(max(w*scale, -most), most))))
	}
	return bytes, scale
}

// shuffle puts numbers into another order each time, always the same ones: a
// linear congruential generator (Knuth, MMIX).
type shuffle struct {
	order []int
	state uint64
}

func newShuffle(n int) *shuffle {
	s := &shuffle{order: make([]int, n), state: 1}
	for i := range s.order {
		s.order[i] = i
	}
	return s
}

func (s *shuffle) again() []int {
	for i := len(s.order) - 1; i > 0; i-- {
		s.state = s.state*6364136223846793005 + 1442695040888963407
		j := int(s.state >> 33 % uint64(i+1))
		s.order[i], s.order[j] = s.order[j], s.order[i]
	}
	return s.order
}
