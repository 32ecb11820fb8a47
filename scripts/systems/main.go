// Command systems writes fixtures/systems: one small export in the exact
// layout of every system that cleanbase reads (formats.md). People, phones and
// addresses are made up, seeded; the same run gives the same bytes.
//
// A surname says what must become of its row under the default policy, which
// the tests check: Yasenev is clean, Zimin cold, Tikhonov removed, Pauzin held
// back, Pustov invalid, Bliznetsov merged into another row.
//
//	go run ./scripts/systems fixtures/systems
package main

import (
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: systems FOLDER")
	}
	for _, f := range files() {
		data, err := f.make()
		if err != nil {
			log.Fatalf("%s: %v", f.path, err)
		}
		path := filepath.Join(os.Args[1], f.path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// file is one fixture: where it goes, relative to the folder, and its bytes.
type file struct {
	path string
	make func() ([]byte, error)
}

func files() []file {
	t := &town{Rand: rand.New(rand.NewPCG(3, 2026)), taken: map[string]bool{}}
	return slices.Concat(bitrix(t), amo(t), unf(t), hubspot(t), sales(t), google(t), outlook(t), relatives(t), cards(t), wazzup(t), generic(t),
		[]file{plain("unf/Контрагенты.json", unfRecords(t)), wazzupPages(t), cardsOfMany(t)}, mailers(t))
}

// sheet is a table to be written.
type sheet struct {
	title  [][]string // rows above the header
	header []string
	rows   []row
}

// row is pairs of header and cell; "Тип#2" is the second column called "Тип".
type row []string

// cells puts the rows under the header.
func (s sheet) cells() [][]string {
	all := append(slices.Clone(s.title), s.header)
	for _, r := range s.rows {
		all = append(all, s.line(r))
	}
	return all
}

func (s sheet) line(r row) []string {
	line := make([]string, len(s.header))
	seen := map[string]int{}
	at := map[string]int{}
	for i, h := range s.header {
		if seen[h]++; seen[h] > 1 {
			h = fmt.Sprintf("%s#%d", h, seen[h])
		}
		at[h] = i
	}
	for i := 0; i < len(r); i += 2 {
		to, ok := at[r[i]]
		if !ok {
			panic("no column " + r[i])
		}
		line[to] = r[i+1]
	}
	return line
}

// town makes phones up.
type town struct {
	*rand.Rand
	taken map[string]bool
}

// mobile is ten digits of a Russian mobile number that nobody here has yet and
// that do not look like a filler.
func (t *town) mobile() string {
	codes := [...]string{"903", "911", "912", "916", "921", "926", "950", "962", "981", "985"}
	for {
		n := codes[t.IntN(len(codes))] + fmt.Sprintf("%07d", 2_000_000+t.IntN(7_000_000))
		if !t.taken[n] && varied(n) {
			t.taken[n] = true
			return n
		}
	}
}

// varied tells numbers with many different digits.
func varied(n string) bool {
	seen := map[rune]bool{}
	for _, d := range n {
		seen[d] = true
	}
	return len(seen) >= 6
}

// plus, eight and digits are ways to write a new mobile number.
func (t *town) plus() string   { return "+7" + t.mobile() }
func (t *town) digits() string { return "7" + t.mobile() }
func (t *town) eight() string {
	n := t.mobile()
	return fmt.Sprintf("8 (%s) %s-%s-%s", n[:3], n[3:6], n[6:8], n[8:])
}
