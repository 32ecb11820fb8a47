// Command learn makes the weights of the second reader of refusals from the
// labelled messages: logistic regression on hashed features, of the train half
// only. The same fixtures and rules give the same weights.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
	"slices"

	"cleanbase/internal/contact"
	"cleanbase/internal/refusal"
)

// How the bar is chosen.
const (
	folds   = 5
	mayHold = 0.035  // the share of messages with no refusal, most of them hard, that may be held
	mayChat = 0.0025 // the same of ordinary chat
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
	var b bytes.Buffer
	fmt.Fprintf(&b, "# The weights of the second reader, made by `make learn` from fixtures/refusals. Do not edit.\n%s\nrules %s\nbar %.3f\n\n",
		figures, refusal.Version(), (bar-m.bias)*scale)
	b.Write(weights)
	return b.Bytes(), nil
}

// scores is what a model that never saw them said of the messages that the
// rules found nothing in.
type scores struct{ ordinary, chat, missed []float64 }

// unseen scores every message by a model learnt from the other folds.
func unseen(lessons []lesson) scores {
	var s scores
	for fold := range uint32(folds) {
		var rest, held []lesson
		for _, l := range lessons {
			if l.hash%folds == fold {
				held = append(held, l)
			} else {
				rest = append(rest, l)
			}
		}
		m := train(rest)
		for _, l := range held {
			switch score := m.score(l.features); {
			case l.found:
			case l.chat:
				s.chat = append(s.chat, score)
			case l.class == contact.SaysNone:
				s.ordinary = append(s.ordinary, score)
			case l.target == 1:
				s.missed = append(s.missed, score)
			}
		}
	}
	return s
}

// chooseBar finds the score above which no more messages are held than may be,
// and says what came of it.
func chooseBar(lessons []lesson) (bar float64, figures string) {
	s := unseen(lessons)
	bar = max(barOf(s.ordinary, mayHold), barOf(s.chat, mayChat))
	return bar, fmt.Sprintf("# Learnt from %d messages. Of those that the rules found nothing in and that the model had not seen (%d folds) it held\n"+
		"# %d of %d of ordinary chat, %d of %d hard ones with no refusal, and %d of %d refusals and complaints.",
		len(lessons), folds, above(s.chat, bar), len(s.chat), above(s.ordinary, bar), len(s.ordinary), above(s.missed, bar), len(s.missed))
}

// barOf is the score that a share of the scores may exceed.
func barOf(scores []float64, share float64) float64 {
	slices.Sort(scores)
	return scores[len(scores)-1-int(share*float64(len(scores)))]
}

func above(scores []float64, bar float64) int {
	n := 0
	for _, s := range scores {
		if s > bar {
			n++
		}
	}
	return n
}
