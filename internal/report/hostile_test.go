package report

import (
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"cleanbase/internal/contact"
)

var hostile = []string{
	`<script>alert(1)</script>`, `</bdi></th><img src=x onerror=alert(1)>`, `" onmouseover="alert(1)`, `' autofocus onfocus='x`,
	`</style><style>*{display:none}`, `</title><script>`, `<!--`, `--><b>`, `]]>`, "{{.Summary}}", `{{template "flow"}}`, "&lt;b&gt;", "&#60;b&#62;",
	"javascript:alert(1)", "//evil.example/x", "gpj.\u202egnp", "\u2067right\u2069", "a\u0000b", "\xff\xfe", "zero\u200bwidth", "a\nb\tc", "`x`", "=cmd()",
	strings.Repeat("long", 20000), strings.Repeat("\u0301", 500), "<svg/onload=alert(1)>", "</table></section></main>", "<plaintext>", "<base href=//x>",
}

// named is the sample with one text in every place that users' texts reach.
func named(l contact.Lang, name string) *contact.Report {
	r := sample(l)
	s := r.Summary
	for i := range s.Inputs {
		in := &s.Inputs[i]
		in.Path, in.System, in.Encoding = "x"+name, "x"+name, "x"+name
		in.Sheet, in.RoleBy = "x"+name, "x"+name
		in.Notes, in.NotesShown = nil, []string{"x" + name}
		in.Columns = []contact.ColumnSummary{{Header: "x" + name, Field: "x" + name, By: "x" + name}}
	}
	for i := range s.Gate.Findings {
		f := &s.Gate.Findings[i]
		f.Where, f.Say, f.Said, f.Code = "x"+name, contact.Text{}, "x"+name, "x"+name
	}
	for i := range s.Returned {
		s.Returned[i].File, s.Returned[i].Sheet, s.Returned[i].Kind, s.Returned[i].Phone = "x"+name, "x"+name, "x"+name, "x"+name
	}
	s.AcceptedRisk, s.Gate.Result, s.RunID, s.ToolVersion, s.AsOf, s.Channel = "x"+name, "stop", "x"+name, "x"+name, "x"+name, "x"+name
	s.Reasons = map[string]int64{"optout.listed": 1, "x" + name: 2}
	s.Audit.Root, s.Audit.Checkpoint, s.PolicySHA256 = "x"+name, "x"+name, "x"+name
	r.PolicySaid, s.Policy = nil, "x"+strings.ReplaceAll(name, "\n", " ")
	r.Examples = map[contact.Reason]string{contact.OptOutListed: "x" + name}
	r.ExampleAt = map[contact.Reason]contact.Place{contact.OptOutListed: {File: "x" + name, Sheet: "x" + name, Row: 1}}
	r.ConflictAt = []contact.Place{{File: "x" + name, Sheet: "x" + name}}
	r.Shared = []contact.SharedIdentifier{{Masked: "x" + name}}
	r.Countries = []contact.Bucket{{Label: contact.T("x"+name, "x"+name), Count: 3}}
	r.Trend[0].RunID, r.Trend[0].Status = "x"+name, "x"+name
	return r
}

// hostileCheck renders pages with one template and holds them against the
// shape that a harmless name gives.
func hostileCheck(t testing.TB) func(t *testing.T, name string) {
	tmpl, err := parse()
	if err != nil {
		t.Fatal(err)
	}
	show := func(t testing.TB, name string) string {
		var b strings.Builder
		if err := tmpl.Execute(&b, newPage(named(contact.RU, name))); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	harmless := shape(parsed(t, show(t, "name")))
	return func(t *testing.T, name string) {
		page := show(t, name)
		tree := parsed(t, page)
		if shape(tree) != harmless {
			t.Fatalf("%.80q changes the page's elements", name)
		}
		nothingOutside(t, tree)
		if strings.ContainsFunc(page, func(r rune) bool { return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cc, r) && r != '\n' }) {
			t.Fatalf("%.80q leaves marks in the page that are not seen", name)
		}
	}
}

func TestHostileNamesStayText(t *testing.T) {
	check := hostileCheck(t)
	for _, name := range hostile {
		check(t, name)
	}
}

func FuzzHostileNames(f *testing.F) {
	for _, name := range hostile {
		if len(name) < 1000 {
			f.Add(name)
		}
	}
	check := hostileCheck(f)
	f.Fuzz(func(t *testing.T, name string) {
		if len(name) > 2000 {
			t.Skip("a longer name takes longer and shows nothing more")
		}
		check(t, name)
	})
}

// nothingOutside fails on whatever could load, run or lead anywhere but to the
// page itself and the published files beside it.
func nothingOutside(t *testing.T, tree *html.Node) {
	t.Helper()
	for _, n := range all(tree, func(*html.Node) bool { return true }) {
		switch n.Data {
		case "script", "img", "link", "iframe", "object", "embed", "base", "form", "input", "button", "video", "audio", "source", "use", "image", "foreignobject":
			t.Fatalf("the page holds a %s", n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "src" || a.Key == "srcset" || a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Fatalf("the page holds an attribute %s", a.Key)
			}
			if a.Key == "href" && a.Val[0] != '#' && !linkable(a.Val) {
				t.Fatalf("the page leads to %q", a.Val)
			}
		}
	}
}

func TestNothingOutside(t *testing.T) {
	for _, l := range []contact.Lang{contact.EN, contact.RU} {
		page := render(t, sample(l))
		nothingOutside(t, parsed(t, page))
		for _, word := range []string{"http:", "https:", "//", "src=", "url(", "@import", "javascript", "ZgotmplZ"} {
			if strings.Contains(page, word) {
				t.Errorf("the page holds %q", word)
			}
		}
	}
}

// A file that is published under a strange name is shown and not linked.
func TestOnlyPlainNamesAreLinks(t *testing.T) {
	for name, want := range map[string]bool{"clean.xlsx": true, "clean-2.csv": true, "SHA256SUMS": false, "//evil/x.xlsx": false, "javascript:x": false, "..": false, "": false, "a b": false} {
		if linkable(name) != want {
			t.Errorf("linkable(%q) = %v", name, !want)
		}
	}
}

// The policy in the page allows its style, byte for byte, and nothing else.
func TestContentSecurityPolicy(t *testing.T) {
	tree := parsed(t, render(t, sample(contact.EN)))
	style := all(tree, tag("style"))[0].FirstChild.Data
	sum := sha256.Sum256([]byte(style))
	meta := all(tree, func(n *html.Node) bool { return attr(n, "http-equiv") == "Content-Security-Policy" })
	if len(meta) != 1 {
		t.Fatal("no policy")
	}
	want := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
	if got := attr(meta[0], "content"); got != want {
		t.Errorf("policy %s, want %s", got, want)
	}
	if regexp.MustCompile(`@style`).MatchString(style) || !strings.Contains(style, ":root") {
		t.Error("the style did not get into the page")
	}
}
