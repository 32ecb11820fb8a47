// Package report writes report.html: what one run did, for a marketer who asks
// "may I send?" and for an auditor who asks for everything.
//
// The page is one file that needs no network and no script: its style stands
// in it and a Content-Security-Policy forbids everything else. Texts that come
// from users' files stand in <bdi>, with phones masked and marks that turn text
// round spelt out. The same report gives the same bytes.
//
// It counts nothing itself and decides nothing: every number is one of the
// summary's, or a sum or share of them. It does not open files.
package report

import (
	"crypto/sha256"
	_ "embed" // the page and its style
	"encoding/base64"
	"html/template"
	"io"
	"regexp"
	"strings"

	"cleanbase/internal/contact"
)

//go:embed page.html
var pageSource string

//go:embed style.css
var styleSource string

// Write writes report.html of one run to w. r.Summary must not be nil.
func Write(w io.Writer, r *contact.Report) error {
	t, err := parse()
	if err != nil {
		return err
	}
	return t.Execute(w, newPage(r))
}

// parse makes the template. The style and its hash are put in as source,
// because the policy must name the very bytes that stand in the page:
// html/template drops comments from styles, so they are dropped here first.
func parse() (*template.Template, error) {
	style := cssComment.ReplaceAllString(styleSource, "")
	sum := sha256.Sum256([]byte(style))
	source := strings.NewReplacer("@style@", style, "@style-hash@", base64.StdEncoding.EncodeToString(sum[:])).Replace(pageSource)
	return template.New("report").Parse(source)
}

var cssComment = regexp.MustCompile(`(?s)/\*.*?\*/\s*`)
