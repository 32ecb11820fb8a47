package report

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"cleanbase/internal/contact"
)

func sampleShare(n, of int64) contact.Share {
	return contact.Share{N: n, Of: of, Rate: float64(n) / float64(of), Low: 0.8 * float64(n) / float64(of), High: min(1, 1.2*float64(n)/float64(of))}
}

// sampleIncident is a made-up shop's ban with every section filled; name stands
// wherever users' texts do.
func sampleIncident(name string) *contact.Incident {
	r := &contact.Incident{Schema: 1, Since: "2026-11-19T21:00:00Z", Until: "2026-11-25T09:30:00Z", Zone: "Europe/Moscow", Channel: "whatsapp", Basis: "messages",
		Runs: []string{"20261119T060000Z-0a1b2c"}, People: 12345, Drop: 421, Reach: 21, Tests: 75,
		Files:   []contact.FileSummary{{Name: "drop.xlsx", Rows: 421}, {Name: "reachable.xlsx", Rows: 21}},
		Days:    []contact.IncidentDay{{Day: "2026-11-20", People: 2345, First: 5}, {Day: "2026-11-21", People: 10000, First: 9000}},
		Waves:   []contact.IncidentWave{{Name: name, At: "2026-11-20T09:00:00Z", Contacts: 50, Written: 48}},
		Pooled:  []contact.IncidentPool{{By: "tag", Groups: 3, People: 9}},
		Alarms:  []contact.AlarmSummary{{System: name, Code: name, Count: 7}},
		Outages: []contact.OutageSummary{{Class: "wazzup:SPAM", Channel: "whatsapp", Day: "2026-11-21", Contacts: 612, Sent: 9000}},
		Notes:   []contact.Text{contact.T("something is not known", "чего-то мы не знаем")}}
	for _, m := range contact.Mishaps() {
		r.Rates = append(r.Rates, contact.IncidentRate{Mishap: m, Name: m.String(), Known: m != contact.TakenForSpam, Share: sampleShare(100+int64(m), 12345), Limit: 0.003})
	}
	for _, by := range []string{"wave", "file", "tag", "column: " + name, "consent", "history", "day", "channel"} {
		for _, n := range map[string][]string{"consent": {"agreed", "not_agreed", "not_in_base"}, "history": {"first_message", "written_before"}, "channel": {"whatsapp", "max"}}[by] {
			r.Groups = append(r.Groups, sampleGroup(by, n))
		}
		if by != "consent" && by != "history" && by != "channel" {
			r.Groups = append(r.Groups, sampleGroup(by, name), sampleGroup(by, "b "+name))
		}
	}
	for _, code := range []string{"no_consent", "group.complaint", "rate.complaint"} {
		r.Causes = append(r.Causes, contact.IncidentCause{Code: code, Share: sampleShare(40, 400), Limit: 0.003, Guess: code != "rate.complaint", Times: 31.4,
			Say: contact.T("so and so", "так и так"), Do: contact.T("Do this.", "Сделайте это.")})
	}
	r.Causes[1].By, r.Causes[1].Group = "file", name
	return r
}

func sampleGroup(by, name string) contact.IncidentGroup {
	g := contact.IncidentGroup{By: by, Name: name, People: 400}
	for _, m := range contact.Mishaps() {
		if m != contact.TakenForSpam {
			g.Compared = append(g.Compared, contact.IncidentTwins{Mishap: m, Group: sampleShare(40, 400), Rest: sampleShare(30, 11945), Worse: m == contact.Complained})
		}
	}
	return g
}

func renderIncident(t testing.TB, r *contact.Incident, l contact.Lang) string {
	t.Helper()
	var b strings.Builder
	if err := WriteIncident(&b, r, l); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestIncidentPage(t *testing.T) {
	for _, l := range []contact.Lang{contact.EN, contact.RU} {
		source := renderIncident(t, sampleIncident("купленная база.csv"), l)
		if source != renderIncident(t, sampleIncident("купленная база.csv"), l) {
			t.Error("two pages of one incident differ")
		}
		page := parsed(t, source)
		checkHeadings(t, page)
		checkTables(t, page)
		checkPictures(t, page)
		checkIDs(t, page)
		nothingOutside(t, page)
		want := map[contact.Lang]string{contact.EN: "People were written to who had not agreed", contact.RU: "Писали тем, кто не давал согласия"}[l]
		if got := textOf(all(page, tag("h1"))[0]); got != want {
			t.Errorf("h1 %q", got)
		}
		var ids []string
		for _, n := range all(page, func(n *html.Node) bool { return n.Data == "section" && attr(n, "id") != "" }) {
			ids = append(ids, attr(n, "id"))
		}
		if strings.Join(ids, " ") != "causes rates groups waves days account method" {
			t.Errorf("sections %s", ids)
		}
		for d := range page.Descendants() {
			if d.Type == html.TextNode && !within(d, "style", "bdi", "code", "pre", "dd") && l == contact.EN && regexp.MustCompile(`[А-Яа-яё]`).MatchString(d.Data) {
				t.Errorf("Russian on the English page: %q", d.Data)
			}
		}
	}
}

// What is not known is said so, and an empty incident is a page too.
func TestIncidentUnknown(t *testing.T) {
	r := sampleIncident("x")
	if text := textOf(parsed(t, renderIncident(t, r, contact.RU))); !strings.Contains(text, "неизвестно") || !strings.Contains(text, "чего-то мы не знаем") && !strings.Contains(text, "Чего-то мы не знаем") {
		t.Error("what is not known is not told")
	}
	empty := textOf(all(parsed(t, renderIncident(t, &contact.Incident{Since: "2026-11-20T00:00:00Z", Zone: "UTC"}, contact.EN)), tag("h1"))[0])
	if !strings.Contains(empty, "Not known") {
		t.Errorf("h1 %q", empty)
	}
}

// Whatever groups are called, the page keeps its elements and shows no phone.
func TestIncidentHostile(t *testing.T) {
	harmless := shape(parsed(t, renderIncident(t, sampleIncident("xname"), contact.RU)))
	for _, name := range append(hostile, "чат +7 911 123-45-67", "79111234567") {
		source := renderIncident(t, sampleIncident("x"+name), contact.RU)
		tree := parsed(t, source)
		if shape(tree) != harmless {
			t.Fatalf("%.80q changes the page's elements", name)
		}
		nothingOutside(t, tree)
		if strings.Contains(textOf(tree), "1234567") || strings.Contains(textOf(tree), "123-45-67") {
			t.Errorf("a phone is shown: %q", name)
		}
	}
}

func TestClock(t *testing.T) {
	for _, c := range [][3]string{{"2026-11-19T21:00:00Z", "Europe/Moscow", "2026-11-20"}, {"2026-11-25T09:30:00Z", "Europe/Moscow", "2026-11-25 12:30"}, {"x", "UTC", "x"}, {"2026-11-25T09:30:00Z", "Nowhere/At", "2026-11-25T09:30:00Z"}} {
		if got := Clock(c[0], c[1]); got != c[2] {
			t.Errorf("Clock(%s, %s) = %s", c[0], c[1], got)
		}
	}
}
