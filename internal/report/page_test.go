package report

import (
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"cleanbase/internal/contact"
)

// The first screen says yes only when the list is there and the gate is open.
func TestAnswer(t *testing.T) {
	for _, c := range []struct {
		status, gate, risk string
		clean              int64
		class, en, ru      string
	}{
		{"published", "pass", "", 21, "yes", "Yes, to 21 contacts", "Да, 21 контакту"},
		{"published", "pass", "", 2, "yes", "Yes, to 2 contacts", "Да, 2 контактам"},
		{"published", "pass", "", 1, "yes", "Yes, to 1 contact", "Да, 1 контакту"},
		{"published", "warn", "", 12345, "warn", "Yes, to 12,345 contacts, but read the warnings first", "Да, 12 345 контактам, но сначала прочитайте предупреждения"},
		{"published", "pass", "", 0, "no", "There is nobody to send to", "Отправлять некому"},
		{"published", "stop", "the boss said so", 5, "no", "At your own risk: 5 contacts", "На ваш риск: 5 контактов"},
		{"withheld", "stop", "", 5, "no", "No, do not send", "Нет, отправлять нельзя"},
		{"something new", "pass", "", 5, "no", "No, do not send", "Нет, отправлять нельзя"},
		{"", "", "", 5, "no", "No, do not send", "Нет, отправлять нельзя"},
		{"dry-run", "pass", "", 5, "warn", "Not yet: this was a dry run", "Пока нет: это был пробный запуск"},
	} {
		r := &contact.Report{Summary: &contact.Summary{Status: c.status, AcceptedRisk: c.risk, Contacts: contact.Contacts{Clean: c.clean}, Gate: contact.Gate{Result: c.gate}}}
		if c.gate == "warn" || c.gate == "stop" {
			r.Summary.Gate.Findings = []contact.Finding{{Code: "returns", Level: c.gate, Say: contact.T("somebody came back", "кто-то вернулся")}}
		}
		for l, want := range map[contact.Lang]string{contact.EN: c.en, contact.RU: c.ru} {
			r.Lang = l
			page := parsed(t, render(t, r))
			if got := textOf(all(page, tag("h1"))[0]); got != want {
				t.Errorf("%s, %s: %q, want %q", c.status, c.gate, got, want)
			}
			header := all(page, tag("header"))[0]
			if got := attr(header, "class"); got != "answer "+c.class {
				t.Errorf("%s, %s: %s, want %s", c.status, c.gate, got, c.class)
			}
			if tiles := textOf(page); c.class == "no" && c.status != "published" && (strings.Contains(tiles, "you may write") || strings.Contains(tiles, "можно писать")) {
				t.Error("a withheld list is said to be writable")
			}
			if c.risk != "" && !strings.Contains(textOf(header), c.risk) {
				t.Error("the accepted risk is not told")
			}
		}
	}
}

// A cold contact kept in the clean list is said where the list is named.
func TestColdKeptIsSaid(t *testing.T) {
	r := sample(contact.EN)
	r.Summary.Files[0].Rows += 7
	if got := textOf(all(parsed(t, render(t, r)), tag("header"))[0]); !strings.Contains(got, "also holds 7 contacts without a consent") {
		t.Errorf("%s", got)
	}
}

// How statuses found their messages is told as the summary counts it, and what did
// not happen is left out.
func TestStatusesAreTold(t *testing.T) {
	told := map[contact.Lang][]string{
		contact.EN: {"statuses of messages that no file holds: kept until their messages come 643", "statuses kept by earlier runs, of messages that came now 8", "statuses of messages that earlier runs read 1,207", "messages and statuses that came twice and count once 31"},
		contact.RU: {"статусов сообщений, которых нет ни в одном файле: отложены, пока не придут сообщения 643", "статусов, отложенных прошлыми запусками, чьи сообщения пришли теперь 8", "статусов сообщений, прочитанных прошлыми запусками 1 207", "сообщений и статусов, пришедших повторно и засчитанных один раз 31"},
	}
	for l, want := range told {
		r := sample(l)
		got := rowsOf(t, r)
		for _, row := range want {
			if !slices.Contains(got, row) {
				t.Errorf("the page does not say %q: %q", row, got)
			}
		}
		e := r.Summary.Events
		e.UnknownStatuses, e.Resolved, e.Recalled, e.Repeats = 0, 0, 0, 5
		if got := rowsOf(t, r); len(got) != len(rowsOf(t, sample(l)))-3 {
			t.Errorf("rows of nothing: %q", got)
		}
	}
}

// rowsOf is the rows of the section of mailings, as they read.
func rowsOf(t *testing.T, r *contact.Report) (rows []string) {
	t.Helper()
	for _, s := range all(parsed(t, render(t, r)), func(n *html.Node) bool { return n.Data == "section" && attr(n, "id") == "mailings" }) {
		for _, row := range all(s, tag("tr")) {
			var cells []string
			for _, c := range all(row, func(n *html.Node) bool { return n.Data == "td" || n.Data == "th" }) {
				cells = append(cells, strings.Join(strings.Fields(textOf(c)), " "))
			}
			rows = append(rows, strings.Join(cells, " "))
		}
	}
	return rows
}

// What a run does not know takes no room.
func TestEmptySectionsVanish(t *testing.T) {
	page := parsed(t, render(t, &contact.Report{Summary: &contact.Summary{Status: "published"}}))
	if got := all(page, func(n *html.Node) bool { return n.Data == "section" && attr(n, "id") != "" }); len(got) != 0 {
		t.Errorf("%d sections of nothing, the first %s", len(got), attr(got[0], "id"))
	}
	full := parsed(t, render(t, sample(contact.EN)))
	want := "flow reasons gate mailings files consent-age countries operators returns shared conflicts trend policy inputs published checkpoint columns"
	var got []string
	for _, n := range all(full, func(n *html.Node) bool { return n.Data == "section" && attr(n, "id") != "" }) {
		got = append(got, attr(n, "id"))
	}
	if strings.Join(got, " ") != want {
		t.Errorf("sections %s", got)
	}
}

func TestSameBytes(t *testing.T) {
	first := render(t, sample(contact.RU))
	for range 5 {
		if again := render(t, sample(contact.RU)); again != first {
			t.Fatal("two pages of one report differ")
		}
	}
}

// Whoever can't see the page gets headings in order, tables with headings that
// say what they head, and words for every picture.
func TestAccessible(t *testing.T) {
	for l, lang := range map[contact.Lang]string{contact.EN: "en", contact.RU: "ru"} {
		page := parsed(t, render(t, sample(l)))
		if got := attr(all(page, tag("html"))[0], "lang"); got != lang {
			t.Errorf("lang %q", got)
		}
		checkHeadings(t, page)
		checkTables(t, page)
		checkPictures(t, page)
		checkIDs(t, page)
	}
}

func checkHeadings(t *testing.T, page *html.Node) {
	level := 0
	for _, h := range all(page, tag("h1", "h2", "h3", "h4")) {
		now := int(h.Data[1] - '0')
		if now > level+1 || now == 1 && level != 0 || textOf(h) == "" {
			t.Errorf("%s %q after h%d", h.Data, textOf(h), level)
		}
		level = now
	}
}

func checkTables(t *testing.T, page *html.Node) {
	for _, table := range all(page, tag("table")) {
		if c := all(table, tag("caption")); len(c) != 1 || textOf(c[0]) == "" {
			t.Error("a table without a caption")
		}
		for _, th := range all(table, tag("th")) {
			if s := attr(th, "scope"); s != "col" && s != "row" {
				t.Errorf("heading %q has scope %q", textOf(th), s)
			}
		}
		width := len(all(all(table, tag("thead"))[0], tag("th")))
		for _, tr := range all(table, tag("tr")) {
			if n := len(all(tr, tag("th", "td"))); n != width {
				t.Errorf("%s: a row of %d cells under %d headings", textOf(table), n, width)
			}
		}
	}
}

func checkPictures(t *testing.T, page *html.Node) {
	for _, svg := range all(page, tag("svg")) {
		inner := svg.Parent != nil && svg.Parent.Data == "svg"
		if inner || attr(svg, "aria-hidden") == "true" {
			continue
		}
		if attr(svg, "role") != "img" || textOf(all(svg, tag("title"))[0]) == "" || textOf(all(svg, tag("desc"))[0]) == "" {
			t.Error("a picture without words")
		}
	}
}

func checkIDs(t *testing.T, page *html.Node) {
	ids := map[string]bool{}
	for _, n := range all(page, func(n *html.Node) bool { return attr(n, "id") != "" }) {
		if ids[attr(n, "id")] {
			t.Errorf("two elements are called %s", attr(n, "id"))
		}
		ids[attr(n, "id")] = true
	}
	for _, n := range all(page, func(*html.Node) bool { return true }) {
		for _, id := range append(strings.Fields(attr(n, "aria-labelledby")), strings.TrimPrefix(attr(n, "href"), "#")) {
			if id != "" && !ids[id] && !linkable(id) {
				t.Errorf("nothing is called %s", id)
			}
		}
	}
}

// Nothing is left in the other language: what is not a code or a user's own
// text is Russian on a Russian page and English on an English one.
func TestOneLanguage(t *testing.T) {
	latin := regexp.MustCompile(`[A-Za-z][A-Za-z'.-]*`)
	names := map[string]bool{}
	for _, w := range strings.Fields("cleanbase plan WhatsApp UTC SHA-256 CRM csv xlsx windows utf- bitrix24 bitrix ru suppressions.csv clean.xlsx cold.xlsx hold.xlsx removed.xlsx invalid.xlsx verify. verify pardon sha256sum sha sum -c c SHA256SUMS SHA SUMS T Z") {
		names[w] = true
	}
	for _, l := range []contact.Lang{contact.EN, contact.RU} {
		page := parsed(t, render(t, sample(l)))
		for d := range page.Descendants() {
			if d.Type != html.TextNode || within(d, "style", "bdi", "code", "pre", "dd") {
				continue
			}
			if l == contact.EN && regexp.MustCompile(`[А-Яа-яё]`).MatchString(d.Data) {
				t.Errorf("Russian on the English page: %q", d.Data)
			}
			for _, w := range latin.FindAllString(d.Data, -1) {
				if l == contact.RU && !names[w] && !names[strings.TrimRight(w, ".-")] {
					t.Errorf("English on the Russian page: %q in %q", w, d.Data)
				}
			}
		}
	}
}

func within(n *html.Node, tags ...string) bool {
	for p := range n.Ancestors() {
		if tag(tags...)(p) {
			return true
		}
	}
	return false
}

// Every reason, field and role has its words.
func TestNothingIsSpeechless(t *testing.T) {
	full := func(what string, s contact.Text) {
		if s.EN == "" || s.RU == "" || s.EN == s.RU && what != "channel" {
			t.Errorf("%s has no words: %v", what, s)
		}
	}
	seen := map[string]contact.Reason{}
	for _, r := range contact.Reasons() {
		full(r.String(), advice(r))
		if other, twice := seen[advice(r).RU]; twice {
			t.Errorf("%s and %s have one advice", r, other)
		}
		seen[advice(r).RU] = r
	}
	for _, f := range append(contact.Fields(), contact.FieldNone) {
		full("field "+f.String(), fieldWord[f.String()])
	}
	for _, r := range contact.Roles() {
		full(r.String(), roleWord[r.String()])
	}
	for _, c := range append(contact.Channels(), contact.Any) {
		full("channel", channelWord[c.String()])
	}
	for v := contact.Clean; v <= contact.Merged; v++ {
		full(v.String(), verdictWord[v])
		full(v.String(), verdictMeans[v])
	}
	for k := contact.OptOut; k <= contact.Keep; k++ {
		if k.Refuses() {
			full(k.String(), kindWord[k.String()])
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	r := sample(contact.RU)
	for b.Loop() {
		if err := Write(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
}
