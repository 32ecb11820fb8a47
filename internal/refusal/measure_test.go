package refusal

import (
	"bufio"
	"fmt"
	"hash/fnv"
	"os"
	"sort"
	"strings"
	"testing"

	"cleanbase/internal/contact"
)

// labelled is one message of fixtures/refusals: made up, labelled by hand.
type labelled struct {
	class contact.Class
	lang  string
	text  string
}

var classNames = []string{"none", "subscribe", "unsure", "refusal", "complaint"}

func classByName(name string) (contact.Class, bool) {
	for i, n := range classNames {
		if n == name {
			return contact.Class(i), true
		}
	}
	return 0, false
}

func loadLabelled(t testing.TB) []labelled {
	t.Helper()
	return loadFile(t, "messages.tsv")
}

func loadFile(t testing.TB, name string) []labelled {
	t.Helper()
	f, err := os.Open("../../fixtures/refusals/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []labelled
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		cells := strings.SplitN(lines.Text(), "\t", 3)
		if len(cells) != 3 {
			t.Fatalf("line %d: want class, language and text", n)
		}
		class, ok := classByName(cells[0])
		if !ok {
			t.Fatalf("line %d: class %q", n, cells[0])
		}
		all = append(all, labelled{class, cells[1], strings.ReplaceAll(cells[2], `\n`, "\n")})
	}
	return all
}

// inTest tells which half a message is in, by the hash of its text.
func inTest(text string) bool {
	h := fnv.New32a()
	h.Write([]byte(text))
	return h.Sum32()>>7&1 == 1
}

// tally counts readings by what was labelled and what was read.
type tally [5][5]int

func (c *tally) add(want, got contact.Class) { c[want][got]++ }

// catch is the share of refusals and complaints that were at least held.
func (c *tally) catch() (caught, all int) {
	for _, want := range []contact.Class{contact.SaysRefusal, contact.SaysComplaint} {
		for got, n := range c[want] {
			all += n
			if contact.Class(got) >= contact.SaysUnsure {
				caught += n
			}
		}
	}
	return caught, all
}

// precise is the share of messages read as a class that a person labelled a
// refusal or a complaint: either removes.
func (c *tally) precise(class contact.Class) (right, all int) {
	for want := range c {
		n := c[want][class]
		all += n
		if contact.Class(want) >= contact.SaysRefusal {
			right += n
		}
	}
	return right, all
}

func (c *tally) held() (held, all int) {
	for _, n := range c[contact.SaysNone] {
		all += n
	}
	return c[contact.SaysNone][contact.SaysUnsure], all
}

func strongest(found []contact.Reading) contact.Class {
	if len(found) == 0 {
		return contact.SaysNone
	}
	return found[0].Class
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

func (c *tally) report(name string) string {
	caught, all := c.catch()
	right, said := c.precise(contact.SaysRefusal)
	rightC, saidC := c.precise(contact.SaysComplaint)
	held, none := c.held()
	return fmt.Sprintf("%-16s recall %.4f (%d of %d)  precision refusal %.4f (%d of %d) complaint %.4f (%d of %d)  unsure on none %.4f (%d of %d)",
		name, ratio(caught, all), caught, all, ratio(right, said), right, said, ratio(rightC, saidC), rightC, saidC,
		ratio(held, max(none, 1)), held, none)
}

func (c *tally) classes() string {
	var b strings.Builder
	for class := contact.SaysComplaint; class >= contact.SaysNone && class <= contact.SaysComplaint; class-- {
		row, col := 0, 0
		for i := range c {
			row += c[class][i]
			col += c[i][class]
		}
		fmt.Fprintf(&b, "  %-10s exact recall %.4f  exact precision %.4f  read as %v\n", classNames[class],
			ratio(c[class][class], row), ratio(c[class][class], col), c[class])
	}
	return b.String()
}

// TestChat holds the bar on ordinary chat: people who only talk business are
// not held up. The net has learnt from the train half alone.
func TestChat(t *testing.T) {
	r := newReader(t, Options{})
	halves := map[bool]*tally{false: {}, true: {}}
	for _, m := range loadFile(t, "chat.tsv") {
		found := r.Read(m.text)
		halves[inTest(m.text)].add(m.class, strongest(found))
		if found != nil {
			t.Logf("%s %q", rulesOf(found), m.text)
		}
	}
	for test, c := range halves {
		held, all := c.held()
		if removed, _ := c.precise(contact.SaysRefusal); ratio(held, all) >= barUnsure || removed > 0 || c[contact.SaysNone][contact.SaysNone]+held != all {
			t.Errorf("test half %v: %v of ordinary chat", test, c[contact.SaysNone])
		}
	}
}

// TestMeasure prints recall and precision for each class and language on both
// halves, with every miss, and holds the bar on the test half.
func TestMeasure(t *testing.T) {
	r := newReader(t, Options{})
	halves := map[string]*tally{}
	at := func(name string) *tally {
		if halves[name] == nil {
			halves[name] = new(tally)
		}
		return halves[name]
	}
	for _, m := range loadLabelled(t) {
		half := "train"
		if inTest(m.text) {
			half = "test"
		}
		found := r.Read(m.text)
		got := strongest(found)
		at(half).add(m.class, got)
		at(half+" "+m.lang).add(m.class, got)
		if got != m.class {
			t.Logf("miss %-5s %-8s %-9s read %-9s %s %q", half, m.lang, classNames[m.class], classNames[got], rulesOf(found), m.text)
		}
	}
	var names []string
	for name := range halves {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		t.Logf("%s\n%s", halves[name].report(name), halves[name].classes())
	}
	holdBar(t, halves["test"])
	for _, name := range []string{"train", "test"} {
		for class, read := range halves[name] {
			if contact.Class(class) != contact.SaysSubscribe && read[contact.SaysSubscribe] > 0 {
				t.Errorf("%s: %d messages labelled %s would lift a refusal", name, read[contact.SaysSubscribe], classNames[class])
			}
		}
	}
}

// The bar of the test half.
const (
	barRecall    = 0.97
	barPrecision = 0.985
	barUnsure    = 0.005 // of ordinary chat
	barHeld      = 0.05  // of the messages of the set that say nothing of the kind, most of them hard
)

func holdBar(t *testing.T, c *tally) {
	caught, all := c.catch()
	right, said := c.precise(contact.SaysRefusal)
	held, none := c.held()
	if ratio(caught, all) < barRecall || ratio(right, said) < barPrecision || ratio(held, none) >= barHeld {
		t.Errorf("below the bar: %s", c.report("test"))
	}
}

func rulesOf(found []contact.Reading) string {
	var ids []string
	for _, f := range found {
		ids = append(ids, f.Rule)
	}
	return strings.Join(ids, ",")
}

func newReader(t testing.TB, opt Options) *Reader {
	t.Helper()
	r, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
