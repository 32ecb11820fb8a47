// Command learn makes the weights of the second reader of refusals from the
// labelled messages: logistic regression on hashed features, of the train half
// only. The same fixtures give the same weights: nothing is drawn from outside.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"math"
	"os"
	"slices"

	"cleanbase/internal/contact"
	"cleanbase/internal/refusal"
)

// What is fixed about the learning.
const (
	epochs    = 8
	step      = 0.5
	decay     = 1e-3  // pulls weights to zero
	balance   = 0.5   // of refusals to all else
	folds     = 5     // for the bar
	mayHold   = 0.04 // the share of ordinary messages that the bar lets through
	quantum   = 127   // the largest weight as it is kept
	clippedAt = 0.999 // the share of weights that fit into a quantum
	slots     = 1 << 17
)

func main() {
	dir := flag.String("fixtures", "fixtures/refusals", "the folder of labelled messages")
	out := flag.String("out", "internal/refusal/learned.net", "where to write the weights")
	flag.Parse()
	log.SetFlags(0)
	file, err := learn(*dir)
	if err != nil {
		log.Fatal("learn: ", err)
	}
	head, _, _ := bytes.Cut(file, []byte("\n\n"))
	fmt.Println(string(head))
	if err := os.WriteFile(*out, file, 0o644); err != nil {
		log.Fatal("learn: ", err)
	}
}

// learn is the whole way from the messages to the file of weights.
func learn(dir string) ([]byte, error) {
	r, err := refusal.New(refusal.Options{Off: []string{refusal.LearnedRule}})
	if err != nil {
		return nil, err
	}
	lessons, err := readLessons(dir, r)
	if err != nil {
		return nil, err
	}
	bar, figures := chooseBar(lessons)
	m := train(lessons)
	weights, scale := m.quantize()
	return write(weights, (bar-m.bias)*scale, figures), nil
}

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
	return sum/rootOf(f) + m.bias
}

func rootOf(f []uint32) float64 { return math.Sqrt(float64(max(len(f), 1))) }

// train fits a model by steps that shrink with what a weight has seen (Duchi,
// Hazan, Singer: Adaptive subgradient methods, 2011).
func train(lessons []lesson) *model {
	m := &model{w: make([]float64, slots), seen: make([]float64, slots)}
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
	g /= rootOf(f)
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
	scale = quantum / sizes[int(clippedAt*float64(len(sizes)-1))]
	bytes = make([]byte, slots)
	for i, w := range m.w {
		bytes[i] = byte(int8(math.Round(min(max(w*scale, -quantum), quantum))))
	}
	return bytes, scale
}

// chooseBar finds the score above which, on messages that were not learnt from,
// no more ordinary ones are held than may be.
func chooseBar(lessons []lesson) (bar float64, figures string) {
	var ordinary, missed []float64
	for fold := range folds {
		var rest, held []lesson
		for _, l := range lessons {
			if int(l.hash%folds) == fold {
				held = append(held, l)
			} else {
				rest = append(rest, l)
			}
		}
		m := train(rest)
		for _, l := range held {
			switch s := m.score(l.features); {
			case l.found: // the rules have spoken
			case l.class == contact.SaysNone:
				ordinary = append(ordinary, s)
			case l.target == 1:
				missed = append(missed, s)
			}
		}
	}
	slices.Sort(ordinary)
	may := int(mayHold * float64(len(ordinary)))
	bar = ordinary[len(ordinary)-1-may]
	caught := 0
	for _, s := range missed {
		if s > bar {
			caught++
		}
	}
	return bar, fmt.Sprintf("# learnt from %d messages; on %d folds held %d of %d ordinary ones and caught %d of %d refusals and complaints that the rules missed",
		len(lessons), folds, may, len(ordinary), caught, len(missed))
}

// write puts the file together.
func write(weights []byte, bar float64, figures string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# The weights of the second reader, made by `make learn` from fixtures/refusals. Do not edit.\n%s\nversion %s\nbar %.4f\n\n", figures, refusal.Version(), bar)
	b.Write(weights)
	return b.Bytes()
}
