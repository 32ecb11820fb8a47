package events

import (
	"encoding/json"
	"io"
	"slices"
	"strings"
)

// wrappers are the keys under which logs and workflow tools put a body into a
// record of their own.
var wrappers = [...]string{"body", "payload", "data", "json", "event"}

// deepest is how many records of such kinds may stand around a body.
const deepest = 4

// wraps tells whether what stands under a key is a body, or leads to one.
func (p *parser) wraps(key string) bool {
	return p.deep < len(p.under) && p.under[p.deep] == key || slices.Contains(wrappers[:], key)
}

// wrapped reads a body that stands in another: as an object, in a list, or as
// its text.
func (p *parser) wrapped() error {
	var raw json.RawMessage
	if err := p.dec.Decode(&raw); err != nil {
		return err
	}
	inner := string(raw)
	if inner[0] == '"' {
		_ = json.Unmarshal(raw, &inner) // a JSON string unmarshals
	}
	return p.text(inner)
}

// text reads the body that a text is, if it is one.
func (p *parser) text(inner string) error {
	if inner = strings.TrimSpace(inner); p.deep == deepest || !isJSON(inner) {
		return nil
	}
	dec, bad, known := p.dec, p.bad, p.known
	p.dec = json.NewDecoder(strings.NewReader(inner))
	p.deep++
	err := p.inner()
	if err != nil || !p.known { // a part of the body that only has such a name
		p.bad = bad || err != nil && p.known
	}
	p.known = p.known || known
	p.dec, p.deep = dec, p.deep-1
	return nil
}

func isJSON(text string) bool { return strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") }

// inner reads a body or a list of them.
func (p *parser) inner() error {
	t, err := p.dec.Token()
	switch {
	case err != nil:
		return err
	case t == json.Delim('{'):
		return p.body()
	case t == json.Delim('['):
		return p.items(p.inner)
	}
	return nil
}

// afterPrefix passes of each line what stands from its first record on: logs
// put a time and more before it, and lines of their own between. A line that
// has a brace and no record becomes a 0, which is no body: somebody must look.
type afterPrefix struct {
	r     io.Reader
	in    bool // a record of the line has begun
	brace bool // the last byte may have begun it
	torn  bool // a brace of the line began none
}

// Read reads less than len(b), so that a brace kept back has its place.
func (a *afterPrefix) Read(b []byte) (int, error) {
	if len(b) < 2 {
		return 0, io.ErrShortBuffer
	}
	n, err := a.r.Read(b[1:])
	kept := b[:0]
	for _, c := range b[1 : n+1] {
		switch {
		case c == '\n' && a.torn:
			kept = append(kept, '0', c)
		case a.in || c == '\n':
			kept = append(kept, c)
		case a.brace && c == '"':
			kept, a.in = append(kept, '{', c), true
		}
		a.brace = c == '{'
		a.torn = !a.in && c != '\n' && (a.torn || c == '{' || c == '}')
		a.in = a.in && c != '\n'
	}
	return len(kept), err
}
