package report

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// parsed is a page as a browser reads it.
func parsed(t testing.TB, page string) *html.Node {
	t.Helper()
	n, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// all is every element for which ok holds, in the page's order.
func all(n *html.Node, ok func(*html.Node) bool) []*html.Node {
	var found []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && ok(d) {
			found = append(found, d)
		}
	}
	return found
}

func tag(names ...string) func(*html.Node) bool {
	return func(n *html.Node) bool {
		for _, name := range names {
			if n.Data == name {
				return true
			}
		}
		return false
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// words is the text below n, blanks put together.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(b.String(), "\u00a0", " ")), " ")
}

// rows is the cells of the tables in the section id, headings left out.
func rows(page *html.Node, id string) [][]string {
	var out [][]string
	for _, s := range all(page, func(n *html.Node) bool { return n.Data == "section" && attr(n, "id") == id }) {
		for _, body := range all(s, tag("tbody", "tfoot")) {
			for _, tr := range all(body, tag("tr")) {
				var cells []string
				for _, c := range all(tr, tag("td", "th")) {
					cells = append(cells, textOf(c))
				}
				out = append(out, cells)
			}
		}
	}
	return out
}

// shape is the tree of elements with the names of their attributes and no
// texts: what a hostile name must not change.
func shape(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch n.Type {
		case html.ElementNode:
			b.WriteString("<" + n.Data)
			for _, a := range n.Attr {
				b.WriteString(" " + a.Key)
			}
			b.WriteByte('>')
		case html.CommentNode:
			b.WriteString("<!>")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if n.Type == html.ElementNode {
			b.WriteString("</>")
		}
	}
	walk(n)
	return b.String()
}
