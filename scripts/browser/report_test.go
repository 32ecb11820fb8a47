//go:build browser

package browser

import (
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cleanbase/internal/contact"
	"cleanbase/internal/report"
)

//go:embed look.js
var look string

//go:embed numbers.js
var numbers string

// shots is where pictures of every page are left, if anywhere.
var shots = os.Getenv("SHOTS")

var widths = []int{320, 360, 768, 1280}

// paperWidth is what A4 leaves for text between the page's margins, in CSS
// pixels: 210 mm - 2 × 13 mm.
const paperWidth = 695

// TestReports looks at the page of every base in both languages, and holds its
// numbers against summary.json.
func TestReports(t *testing.T) {
	b := open(t)
	for _, base := range bases {
		b.inBoth(t, base.name, func(t *testing.T, lang string) {
			dir := base.report(t, lang)
			b.read(filepath.Join(dir, "report.html"), base.name, lang)
			b.compare(dir)
		})
	}
}

// TestIncident looks at the page after a ban.
func TestIncident(t *testing.T) {
	b := open(t)
	b.inBoth(t, "incident", func(t *testing.T, lang string) {
		out := filepath.Dir(base{"", everythingRuns, 0}.report(t, lang))
		ban := filepath.Join(out, "ban")
		program(t, 0, "incident", "--out", out, "--lang", lang, "--since", "2026-11-09", "--as-of", asOf, "--channel", "whatsapp", "--to", ban)
		b.read(filepath.Join(ban, "incident.html"), "incident", lang)
	})
}

const million = 1_000_000

// TestHugeNumbers looks at counts of eight digits, more than a test can run.
func TestHugeNumbers(t *testing.T) {
	b := open(t)
	b.inBoth(t, "huge", func(t *testing.T, lang string) {
		dir := base{"", everythingRuns, 0}.report(t, lang)
		s := summary(t, dir)
		for i := range s.Inputs {
			scale(&s.Inputs[i].Rows)
		}
		scale(&s.Rows)
		c := &s.Contacts
		c.Clean, c.Cold, c.Hold, c.Removed, c.Invalid = s.Rows.Clean, s.Rows.Cold, s.Rows.Hold, s.Rows.Removed, s.Rows.Invalid
		for i := range s.Files {
			s.Files[i].Rows *= million
		}
		r := &contact.Report{Summary: s, Lang: contact.EN}
		if lang == "ru" {
			r.Lang = contact.RU
		}
		path := filepath.Join(dir, "huge.html")
		f, err := os.Create(path)
		check(t, err)
		check(t, report.Write(f, r))
		check(t, f.Close())
		b.read(path, "huge", lang)
	})
}

func scale(r *contact.Rows) {
	for v := contact.Clean; v <= contact.Merged; v++ {
		*r.Of(v) *= million
	}
	r.Read *= million
}

// inBoth runs a test in both languages with the browser's faults its own.
func (b *tab) inBoth(t *testing.T, name string, test func(t *testing.T, lang string)) {
	for _, lang := range []string{"ru", "en"} {
		t.Run(name+"/"+lang, func(t *testing.T) {
			b.t = t
			defer func(all testing.TB) { b.t = all }(b.all)
			test(t, lang)
		})
	}
}

// read looks at a page on every screen, hears it, walks through it and prints
// it.
func (b *tab) read(path, name, lang string) {
	b.t.Helper()
	b.load(fileURL(path))
	for _, width := range widths {
		for _, scheme := range []string{"light", "dark"} {
			b.screen(width, scheme, "screen")
			b.lookAt(fmt.Sprintf("%d px, %s", width, scheme))
			b.shot(fmt.Sprintf("%s-%s-%d-%s", name, lang, width, scheme))
		}
		b.listen(lang)
	}
	b.walk()
	b.screen(paperWidth, "dark", "print")
	b.lookAt("paper")
	b.print(name + "-" + lang)
	for _, fault := range b.heard {
		b.t.Error(fault)
	}
}

func fileURL(path string) string { return (&url.URL{Scheme: "file", Path: path}).String() }

// lookAt says what a reader would stumble over.
func (b *tab) lookAt(where string) {
	b.t.Helper()
	var faults []string
	b.eval(&faults, look)
	for _, f := range faults {
		b.t.Errorf("%s: %s", where, f)
	}
}

// node is one thing that a screen reader tells of.
type node struct {
	Ignored          bool
	Role, Name       struct{ Value any }
	Description      struct{ Value any }
	Properties       []property
	ChildIDs         []string
	NodeID, ParentID string
	BackendDOMNodeID int
}

type property struct {
	Name  string
	Value struct{ Value any }
}

// listen asks for what a screen reader is told: a language, headings in order,
// tables with their heads at any width, words for every picture.
func (b *tab) listen(lang string) {
	b.t.Helper()
	var tree struct{ Nodes []node }
	b.into(&tree, "Accessibility.getFullAXTree", nil)
	count := map[string]int{}
	level := 0.0
	for _, n := range tree.Nodes {
		if n.Ignored {
			continue
		}
		role, _ := n.Role.Value.(string)
		name, _ := n.Name.Value.(string)
		count[role]++
		switch role {
		case "heading":
			now := n.level()
			if name == "" || now > level+1 {
				b.t.Errorf("a heading of level %v after %v: %q", now, level, name)
			}
			level = now
		case "image", "link", "table", "region":
			if strings.TrimSpace(name) == "" {
				b.t.Errorf("a %s without a name", role)
			}
			if says, _ := n.Description.Value.(string); role == "image" && says == "" {
				b.t.Errorf("the picture %q has no description", name)
			}
		}
	}
	var page struct {
		Lang                            string
		Tables, Heads, Sides, Cells, H1 int
	}
	b.eval(&page, `({Lang: document.documentElement.lang, Tables: document.querySelectorAll("table").length,
		Heads: document.querySelectorAll("thead th").length, Sides: document.querySelectorAll("tbody th, tfoot th").length,
		Cells: document.querySelectorAll("td").length, H1: document.querySelectorAll("h1").length})`)
	if page.Lang != lang || page.H1 != 1 {
		b.t.Errorf("language %q, %d main headings", page.Lang, page.H1)
	}
	want := map[string]int{"table": page.Tables, "columnheader": page.Heads, "rowheader": page.Sides, "cell": page.Cells}
	for _, role := range slices.Sorted(maps.Keys(want)) {
		if count[role] != want[role] {
			b.t.Errorf("a screen reader finds %d of %d: %s", count[role], want[role], role)
		}
	}
}

func (n *node) level() float64 {
	for _, p := range n.Properties {
		if p.Name == "level" {
			v, _ := p.Value.Value.(float64)
			return v
		}
	}
	return 0
}

// walk goes through the page with the Tab key: every link is reached, in
// order, and is seen when it is.
func (b *tab) walk() {
	b.t.Helper()
	b.screen(1280, "light", "screen")
	var links int
	b.eval(&links, `document.activeElement.blur(), window.scrollTo(0, 0), document.querySelectorAll("a[href]").length`)
	for i := range links {
		b.press("Tab")
		var at struct {
			Place int
			Seen  bool
		}
		b.eval(&at, `new Promise(requestAnimationFrame).then(() => new Promise(requestAnimationFrame)).then(() => { const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
			return {Place: [...document.querySelectorAll("a[href]")].indexOf(e),
				Seen: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 && r.width > 1 && r.left >= 0 && r.bottom > 0 && r.top < innerHeight}; })`)
		if at.Place != i || !at.Seen {
			b.t.Errorf("key %d reaches link %d, seen: %v", i, at.Place, at.Seen)
			return
		}
	}
}

// slice is how many pixels of a page one picture shows.
const slice = 2400

func (b *tab) shot(name string) {
	if shots == "" {
		return
	}
	var size struct{ Width, Height int }
	b.eval(&size, `({Width: document.documentElement.clientWidth, Height: document.documentElement.scrollHeight})`)
	for at := 0; at < size.Height; at += slice {
		b.keep(fmt.Sprintf("%s-%02d.png", name, at/slice), "Page.captureScreenshot", map[string]any{"captureBeyondViewport": true,
			"clip": map[string]any{"x": 0, "y": at, "width": size.Width, "height": min(slice, size.Height-at), "scale": 1}})
	}
}

// print prints the page as its style says, on A4.
func (b *tab) print(name string) {
	b.t.Helper()
	data := b.keep(name+".pdf", "Page.printToPDF", map[string]any{"preferCSSPageSize": true, "printBackground": true})
	if !strings.HasPrefix(string(data), "%PDF") || !strings.Contains(string(data), "/MediaBox [0 0 594.95") {
		b.t.Error("the page is not printed on A4")
	}
}

func (b *tab) keep(name, method string, params map[string]any) []byte {
	b.t.Helper()
	var r struct{ Data string }
	b.into(&r, method, params)
	data, err := base64.StdEncoding.DecodeString(r.Data)
	check(b.t, err)
	if shots != "" {
		check(b.t, os.MkdirAll(shots, 0o755))
		check(b.t, os.WriteFile(filepath.Join(shots, name), data, 0o644))
	}
	return data
}

// compare holds the numbers that the browser shows against summary.json.
func (b *tab) compare(dir string) {
	b.t.Helper()
	s := summary(b.t, dir)
	want := map[string]int64{}
	for v, n := range s.Contacts.ByVerdict() {
		want["tile "+contact.Verdict(v).String()] = n
	}
	for code, n := range s.Reasons {
		want["reason "+code] = n
	}
	for _, f := range s.Files {
		want["file "+f.Name] = f.Rows
	}
	if s.Rows.Read > 0 {
		want["flow rows"], want["flow contacts"] = s.Rows.Read, s.Rows.Read-s.Rows.Merged
		for v, n := range s.Contacts.ByVerdict() {
			want["flow "+contact.Verdict(v).String()] = n
		}
	}
	var contacts, others int
	for _, in := range s.Inputs {
		if in.Role == contact.RoleContacts.String() {
			want[fmt.Sprintf("contacts %d", contacts)] = in.Rows.Read
			contacts++
		} else {
			want[fmt.Sprintf("other %d", others)] = in.Entries
			others++
		}
	}
	var got map[string]int64
	b.eval(&got, numbers)
	if !maps.Equal(got, want) {
		b.t.Errorf("the page says %v\nsummary.json %v", got, want)
	}
}

func summary(t testing.TB, dir string) *contact.Summary {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "summary.json"))
	check(t, err)
	s := new(contact.Summary)
	check(t, json.Unmarshal(data, s))
	return s
}

// A page with every fault is found out: this check can fail.
func TestBadPage(t *testing.T) {
	path := write(t, t.TempDir(), "bad.html", `<!DOCTYPE html><html lang="en"><style>body { color: #999; background: #fff } </style>
		<div style="width:2000px">x</div><p style="overflow:hidden;width:3em;white-space:nowrap">a long and narrow line</p>
		<table><tr><td>no head</td></tr></table><img src="http://example.invalid/x"><script>console.log(1)</script>`)
	b := open(t)
	b.load(fileURL(path))
	b.screen(360, "light", "screen")
	var found []string
	b.eval(&found, look)
	said := strings.Join(append(found, b.heard...), "\n")
	for _, fault := range []string{"too wide", "contrast", "cut off", "style is not applied", "the page asks for http", "the console says"} {
		if !strings.Contains(said, fault) {
			t.Errorf("the check does not find %q in a bad page:\n%s", fault, said)
		}
	}
}
