package report

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"cleanbase/internal/contact"
)

// drawn is the sample with numbers of its own that keep the row law.
func drawn(t *rapid.T) *contact.Report {
	r := sample(rapid.SampledFrom([]contact.Lang{contact.EN, contact.RU}).Draw(t, "lang"))
	s := r.Summary
	count := rapid.OneOf(rapid.Int64Range(0, 25), rapid.Int64Range(0, 12_000_000))
	s.Rows = contact.Rows{}
	for i := range s.Inputs {
		in := &s.Inputs[i]
		if in.Role != "contacts" {
			in.Entries, in.Unreadable = count.Draw(t, "entries"), count.Draw(t, "unreadable")
			continue
		}
		in.Rows = contact.Rows{Blank: count.Draw(t, "blank")}
		for v := contact.Clean; v <= contact.Merged; v++ {
			n := count.Draw(t, "rows")
			*in.Rows.Of(v) = n
			in.Rows.Read += n
		}
		s.Rows.Add(in.Rows)
	}
	s.Contacts = contact.Contacts{Clean: s.Rows.Clean, Cold: s.Rows.Cold, Hold: s.Rows.Hold, Removed: s.Rows.Removed, Invalid: s.Rows.Invalid}
	for _, c := range slices.Sorted(maps.Keys(s.Reasons)) {
		s.Reasons[c] = count.Draw(t, "reason")
	}
	return r
}

func grouped(l contact.Lang, n int64) string {
	return strings.ReplaceAll(contact.Grouped(l, n), "\u00a0", " ")
}

// has fails unless the rows of a section, below each other, are these.
func has(t *rapid.T, page *html.Node, section string, want [][]string) {
	t.Helper()
	got := rows(page, section)
	if !slices.EqualFunc(got, want, func(a, b []string) bool { return slices.Equal(a, b) }) {
		t.Fatalf("%s: got %q\nwant %q", section, got, want)
	}
}

// Every number of the page is the summary's own.
func TestNumbersAgreeWithSummary(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := drawn(rt)
		page := parsed(t, render(t, r))
		checkTop(rt, page, r)
		checkFlow(rt, page, r)
		checkReasons(rt, page, r)
		checkFiles(rt, page, r)
		checkPublished(rt, page, r)
	})
}

func perVerdict(c contact.Contacts) map[string]int64 {
	return map[string]int64{"clean": c.Clean, "cold": c.Cold, "hold": c.Hold, "removed": c.Removed, "invalid": c.Invalid}
}

func checkTop(t *rapid.T, page *html.Node, r *contact.Report) {
	tiles := all(page, func(n *html.Node) bool { return attr(n, "class") == "tiles" })[0]
	for class, n := range perVerdict(r.Summary.Contacts) {
		li := all(tiles, func(n *html.Node) bool { return attr(n, "class") == class })[0]
		if got := textOf(all(li, tag("span"))[0]); got != grouped(r.Lang, n) {
			t.Fatalf("tile %s says %s, not %d", class, got, n)
		}
	}
	if title := textOf(all(page, tag("h1"))[0]); r.Summary.Contacts.Clean > 0 && !strings.Contains(title, " "+grouped(r.Lang, r.Summary.Contacts.Clean)+" ") {
		t.Fatalf("the answer %q does not say %d", title, r.Summary.Contacts.Clean)
	}
}

func checkFlow(t *rapid.T, page *html.Node, r *contact.Report) {
	s := r.Summary
	counts := map[string]bool{}
	for _, n := range all(page, func(n *html.Node) bool { return n.Data == "tspan" && attr(n, "class") == "count" }) {
		counts[textOf(n)] = true
	}
	want := []int64{s.Rows.Read, s.Rows.Read - s.Rows.Merged, s.Rows.Clean, s.Rows.Cold, s.Rows.Hold, s.Rows.Removed, s.Rows.Invalid}
	if s.Rows.Merged > 0 {
		want = append(want, s.Rows.Merged)
	}
	if s.Rows.Read == 0 {
		want = nil
	}
	for _, n := range want {
		if !counts[grouped(r.Lang, n)] {
			t.Fatalf("the picture does not say %d: %v", n, counts)
		}
	}
	for _, n := range all(page, tag("desc")) {
		if attr(n, "id") == "flow-words" && !strings.Contains(textOf(n), grouped(r.Lang, s.Rows.Hold)) {
			t.Fatalf("%s", textOf(n))
		}
	}
}

func checkReasons(t *rapid.T, page *html.Node, r *contact.Report) {
	got := map[string]string{}
	for _, cells := range rows(page, "reasons") {
		words := strings.Fields(cells[0])
		got[words[len(words)-1]] = cells[1]
	}
	for code, n := range r.Summary.Reasons {
		if n > 0 && got[code] != grouped(r.Lang, n) || n == 0 && got[code] != "" {
			t.Fatalf("reason %s: %q, not %d", code, got[code], n)
		}
	}
}

func checkFiles(t *rapid.T, page *html.Node, r *contact.Report) {
	row := func(name string, c *contact.Rows) []string {
		cells := []string{name}
		for _, n := range []int64{c.Read, c.Clean, c.Cold, c.Hold, c.Removed, c.Invalid, c.Merged, c.Blank} {
			cells = append(cells, grouped(r.Lang, n))
		}
		return cells
	}
	in := r.Summary.Inputs
	total := map[contact.Lang]string{contact.EN: "Total", contact.RU: "Всего"}[r.Lang]
	role := map[contact.Lang][]string{contact.EN: {"opt-outs", "consents"}, contact.RU: {"отказы", "согласия"}}[r.Lang]
	want := [][]string{row("Контакты Битрикс24.csv", &in[0].Rows), row("клиенты.xlsx Лист 1", &in[1].Rows), row("клиенты.xlsx архив", &in[2].Rows),
		row(total, &r.Summary.Rows),
		{"стоп-лист.csv", role[0], grouped(r.Lang, in[3].Entries), grouped(r.Lang, in[3].Unreadable)},
		{"согласия 2025.xlsx Реестр", role[1], grouped(r.Lang, in[4].Entries), grouped(r.Lang, in[4].Unreadable)}}
	has(t, page, "files", want)
}

func checkPublished(t *rapid.T, page *html.Node, r *contact.Report) {
	var want [][]string
	for _, f := range r.Summary.Files {
		want = append(want, []string{f.Name, grouped(r.Lang, f.Rows), f.SHA256})
	}
	has(t, page, "published", want)
	got := rows(page, "trend")
	if len(got) != len(r.Trend) || got[0][2] != grouped(r.Lang, r.Trend[len(r.Trend)-1].Contacts.Clean) {
		t.Fatalf("trend %q", got)
	}
}

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		n, of  int64
		en, ru string
	}{
		{0, 0, "–", "–"}, {0, 5, "0.0%", "0,0 %"}, {5, 5, "100.0%", "100,0 %"}, {1, 3, "33.3%", "33,3 %"}, {2, 3, "66.7%", "66,7 %"},
		{1, 1_000_000, "<0.1%", "<0,1 %"}, {999_999, 1_000_000, ">99.9%", ">99,9 %"}, {1, 2000, "0.1%", "0,1 %"},
	} {
		en, ru := builder{l: contact.EN}, builder{l: contact.RU}
		if got := en.percent(c.n, c.of); got != c.en {
			t.Errorf("%d of %d: %s, want %s", c.n, c.of, got, c.en)
		}
		if got := strings.ReplaceAll(ru.percent(c.n, c.of), "\u00a0", " "); got != c.ru {
			t.Errorf("%d of %d: %s, want %s", c.n, c.of, got, c.ru)
		}
	}
}
