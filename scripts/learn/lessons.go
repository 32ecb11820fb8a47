package main

import (
	"bufio"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"

	"cleanbase/internal/contact"
	"cleanbase/internal/refusal"
)

// lesson is one labelled message as the learner sees it.
type lesson struct {
	class    contact.Class
	target   float64 // 1 for refusals and complaints
	found    bool    // the rules found something
	hash     uint32
	features []uint32
}

var classes = map[string]contact.Class{"none": contact.SaysNone, "subscribe": contact.SaysSubscribe,
	"refusal": contact.SaysRefusal, "complaint": contact.SaysComplaint}

// readLessons reads the train half of the labelled messages. What is labelled
// unsure teaches nothing.
func readLessons(dir string, r *refusal.Reader) ([]lesson, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.tsv"))
	if err != nil {
		return nil, err
	}
	var all []lesson
	for _, name := range names {
		if all, err = readFile(all, name, r); err != nil {
			return nil, err
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s: no labelled messages", dir)
	}
	return all, nil
}

func readFile(all []lesson, name string, r *refusal.Reader) ([]lesson, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		cells := strings.SplitN(lines.Text(), "\t", 3)
		class, known := classes[cells[0]]
		if !known || len(cells) < 3 {
			continue
		}
		text := strings.ReplaceAll(cells[2], `\n`, "\n")
		hash := hashOf(text)
		if inTest(hash) {
			continue
		}
		l := lesson{class: class, found: len(r.Read(text)) > 0, hash: hash, features: r.Features(text)}
		if class >= contact.SaysRefusal {
			l.target = 1
		}
		all = append(all, l)
	}
	return all, lines.Err()
}

// hashOf is the hash that parts the messages into halves and folds.
func hashOf(text string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(text))
	return h.Sum32()
}

// inTest tells which half a message is in, as the measuring test does.
func inTest(hash uint32) bool { return hash>>7&1 == 1 }

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
