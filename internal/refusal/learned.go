package refusal

import (
	_ "embed"
	"math"
	"strconv"
	"strings"

	"cleanbase/internal/contact"
)

// LearnedRule is the id of the second reader, which may be switched off like a
// rule.
const LearnedRule = "learned.v1"

// learnedFile is made by `make learn`: a head of lines "key value", an empty
// line, then a weight of one signed byte for each slot.
//
//go:embed learned.net
var learnedFile string

// A net is the second reader: a linear model that has learnt from the labelled
// messages which words and pairs of words refusals are made of. It is asked only
// where the rules found nothing and took nothing away, and all it may say is
// that a person must read the message.
//
// Its features are hashed into slots: a word, its beginnings (which stand for
// its stem), the classes that the rules know it by, and pairs of these side by
// side. The score of a message is the sum of its features' weights by the root
// of their number.
type net struct {
	weights string  // int8 each, Slots of them
	bar     float64 // the score from which a message is held
}

// Slots is how many weights the net has.
const Slots = 1 << slotBits

const (
	slotBits = 17

	stemLetters               = 4 // letters of a word that make a pair
	shortestHead, longestHead = 3, 8
)

// newNet reads a net.
func newNet(file string) (*net, error) {
	head, weights, ok := strings.Cut(file, "\n\n")
	_, bar, found := strings.Cut(head, "\nbar ")
	bar, _, _ = strings.Cut(bar, "\n")
	score, err := strconv.ParseFloat(bar, 64)
	if !ok || !found || err != nil || len(weights) != Slots {
		return nil, &contact.Fault{What: contact.T("the learned weights in the program are damaged", "выученные веса в программе повреждены"),
			Do: contact.T("build the program anew", "соберите программу заново")}
	}
	return &net{weights, score}, nil
}

// feature is the sum of some features' weights and their number.
type feature struct {
	sum int32
	n   int32
}

// What a feature is made of, so that a word and a class never share a slot but
// by chance.
const (
	saltWord  = 0x9E3779B97F4A7C15
	saltHead  = 0xC2B2AE3D27D4EB4F
	saltPair  = 0x165667B19E3779F9
	saltClass = 0xD6E8FEB86659FD93
)

// feel adds a feature to the word being read or paired.
func (s *scanner) feel(f *feature, h uint64) {
	h ^= h >> 29
	h *= 0xBF58476D1CE4E5B9
	slot := h >> (64 - slotBits)
	if s.slots != nil {
		*s.slots = append(*s.slots, uint32(slot))
		return
	}
	f.sum += int32(int8(s.r.net.weights[slot]))
	f.n++
}

// feelWord adds the features of a word by itself; the next token takes them.
func (s *scanner) feelWord(w []byte) {
	if s.r.net == nil && s.slots == nil {
		return
	}
	h := uint64(1)
	for i, c := range w {
		h = h*hashBase + uint64(c)
		if i+1 >= shortestHead && i < longestHead {
			s.feel(&s.felt, h*saltHead)
		}
		if i < stemLetters {
			s.stem = h
		}
	}
	s.feel(&s.felt, h*saltWord)
}

// feelPairs adds to every word its classes and what it makes with the word
// before. Words that a mask took away say nothing.
func (s *scanner) feelPairs(toks []token) {
	last := uint64(0)
	before := &s.r.kinds[kindMasked]
	for i := range toks {
		t := &toks[i]
		if t.kind == kindMasked {
			continue
		}
		if t.gap >= sentenceGap {
			last, before = 0, &s.r.kinds[kindMasked]
		}
		s.feel(&t.felt, (t.stem*hashBase+last)*saltPair)
		k := &s.r.kinds[t.kind]
		for _, class := range k.traits {
			s.feel(&t.felt, class)
			for _, other := range before.traits {
				s.feel(&t.felt, class*saltPair+other*saltClass)
			}
		}
		last, before = t.stem, k
	}
}

// learned asks the net about a message that the rules found nothing in.
func (s *scanner) learned(toks []token) []contact.Reading {
	s.feelPairs(toks)
	all := s.felt // of words after the last token
	for i := range toks {
		if toks[i].kind != kindMasked {
			all.sum += toks[i].felt.sum
			all.n += toks[i].felt.n
		}
	}
	if len(toks) == 0 || float64(all.sum) <= s.r.net.bar*Root(int(all.n)) {
		return nil
	}
	from, to := heaviest(toks)
	return []contact.Reading{{Class: contact.SaysUnsure, Rule: LearnedRule, Start: int(toks[from].start), End: int(toks[to].end)}}
}

// Root is what the net divides the sum of n weights by. The few features of a
// short message count for less than they seem to.
func Root(n int) float64 { return math.Sqrt(float64(n) + 8) }

// heaviest is the run of words with the greatest sum.
func heaviest(toks []token) (from, to int) {
	best, sum, start := int32(math.MinInt32), int32(0), 0
	for i := range toks {
		if sum <= 0 {
			sum, start = 0, i
		}
		sum += toks[i].felt.sum
		if sum > best {
			best, from, to = sum, start, i
		}
	}
	return from, to
}

// Features is the slots that the net looks at for a message, a slot as often as
// it looks; nothing when the message is none of the net's business. It is what
// scripts/learn trains on.
func (r *Reader) Features(text string) []uint32 {
	var slots []uint32
	s := scanner{r: r, text: text, slots: &slots}
	s.scan()
	s.feelPairs(s.tokens())
	return slots
}
