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
	chat     bool    // ordinary chat
	hash     uint32
	features []uint32
}

// What is labelled unsure teaches nothing.
var classes = map[string]contact.Class{"none": contact.SaysNone, "subscribe": contact.SaysSubscribe,
	"refusal": contact.SaysRefusal, "complaint": contact.SaysComplaint}

// readLessons reads the train half of the labelled messages and of the chat,
// and all of the lessons, in which no figure is measured.
func readLessons(dir string, r *refusal.Reader) ([]lesson, error) {
	var all []lesson
	for _, name := range []string{"messages.tsv", "chat.tsv", "lessons.tsv"} {
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		for n := 1; lines.Scan(); n++ {
			l, err := readLesson(lines.Text(), r)
			if err != nil {
				return nil, fmt.Errorf("%s, line %d: %w", name, n, err)
			}
			l.chat = name == "chat.tsv"
			if l.features != nil && (name == "lessons.tsv" || !inTest(l.hash)) {
				all = append(all, l)
			}
		}
		if err := lines.Err(); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return all, nil
}

// readLesson reads a line of class, language and text; the lesson of one
// labelled unsure has no features.
func readLesson(line string, r *refusal.Reader) (lesson, error) {
	cells := strings.SplitN(line, "\t", 3)
	if len(cells) < 3 {
		return lesson{}, fmt.Errorf("want class, language and text")
	}
	text := strings.ReplaceAll(cells[2], `\n`, "\n")
	h := fnv.New32a()
	h.Write([]byte(text))
	l := lesson{hash: h.Sum32()}
	class, known := classes[cells[0]]
	if !known {
		return l, nil
	}
	l.class, l.found, l.features = class, len(r.Read(text)) > 0, r.Features(text)
	if class >= contact.SaysRefusal {
		l.target = 1
	}
	return l, nil
}

// inTest tells which half a message is in, as the measuring test does.
func inTest(hash uint32) bool { return hash>>7&1 == 1 }
