package intake

import (
	"slices"
	"strings"

	"cleanbase/internal/contact"
)

// lexicon is the dictionary made ready for looking up.
type lexicon struct {
	headings   map[string]contact.Meaning // by key
	patterns   []contact.Pattern
	suspicious []string
	layouts    []layout
	user       map[string]contact.Field // by key
	words      map[string]contact.Word  // by fold, as all below
	tags       map[string]contact.Channel
	channels   map[string]contact.Channel
	countries  map[string]string
	statuses   map[string]contact.EvidenceKind
	incoming   map[string]bool // false: outgoing
	names      []contact.NameHint
	negations  map[string]bool
}

// layout is a layout with its headers as keys.
type layout struct {
	contact.Layout
	needs, signs map[string][]string // key to how the layout writes it
	headings     map[string]contact.Meaning
}

func newLexicon(opt Options) *lexicon {
	d := opt.Dictionary
	x := &lexicon{
		headings: meanings(d.Headings), patterns: d.Patterns, suspicious: d.Suspicious, names: d.Names,
		user: map[string]contact.Field{}, words: map[string]contact.Word{}, statuses: map[string]contact.EvidenceKind{},
		incoming: map[string]bool{}, negations: map[string]bool{}, countries: map[string]string{},
		tags: labels(d.Tags), channels: labels(d.Channels),
	}
	for header, field := range opt.Mapping {
		x.user[key(header)] = field
	}
	for word, texts := range d.Words {
		fill(x.words, texts, word)
	}
	for kind, texts := range d.Statuses {
		fill(x.statuses, texts, kind)
	}
	for code, texts := range d.Countries {
		fill(x.countries, texts, code)
		x.countries[foldString(code)] = code
	}
	fill(x.incoming, d.Incoming, true)
	fill(x.incoming, d.Outgoing, false)
	fill(x.negations, d.Negations, true)
	for _, l := range d.Layouts {
		x.layouts = append(x.layouts, layout{Layout: l, needs: keys(l.Needs), signs: keys(l.Signs), headings: meanings(l.Headings)})
	}
	return x
}

func fill[V any](into map[string]V, texts []string, v V) {
	for _, t := range texts {
		into[foldString(t)] = v
	}
}

func labels(list []contact.Label) map[string]contact.Channel {
	m := map[string]contact.Channel{}
	for _, l := range list {
		m[foldString(l.Text)] = l.Channel
	}
	return m
}

func meanings(list []contact.Heading) map[string]contact.Meaning {
	m := map[string]contact.Meaning{}
	for _, h := range list {
		for _, header := range h.Headers {
			m[key(header)] = h.Meaning
		}
	}
	return m
}

func keys(headers []string) map[string][]string {
	m := map[string][]string{}
	for _, h := range headers {
		m[key(h)] = append(m[key(h)], h)
	}
	return m
}

// meaning is what the general dictionary says of a header.
func (x *lexicon) meaning(header string) (contact.Meaning, bool) {
	if m, ok := x.headings[key(header)]; ok {
		return m, true
	}
	for _, camel := range []bool{false, true} {
		text := spaced(header, camel)
		for i := range x.patterns {
			if fits(&x.patterns[i], text) {
				return x.patterns[i].Meaning, true
			}
		}
	}
	if bare, _, found := strings.Cut(header, "("); found && strings.TrimSpace(bare) != "" {
		m, ok := x.headings[key(bare)]
		return m, ok
	}
	return contact.Meaning{}, false
}

func fits(p *contact.Pattern, text string) bool {
	for _, stem := range p.With {
		if !begins(text, stem) {
			return false
		}
	}
	for _, stem := range p.Without {
		if begins(text, stem) {
			return false
		}
	}
	return true
}

func (x *lexicon) suspects(header string) bool {
	plain, camel := spaced(header, false), spaced(header, true)
	return slices.ContainsFunc(x.suspicious, func(stem string) bool { return begins(plain, stem) || begins(camel, stem) })
}

// recognise finds the layout that a table's headers speak for: all that it
// needs is there and it has the most signs. ok is false when no layout fits.
func (x *lexicon) recognise(file string, headers []string) (*layout, bool) {
	written := keys(headers)
	name := spaced(file, true)
	var best *layout
	most := 0
	for i := range x.layouts {
		l := &x.layouts[i]
		signs := l.count(l.signs, written)
		if signs < l.Least || l.count(l.needs, written) < len(l.needs) || len(l.File) > 0 && !slices.ContainsFunc(l.File, func(s string) bool { return begins(name, s) }) {
			continue
		}
		if n := signs + len(l.needs); n > most {
			best, most = l, n
		}
	}
	return best, best != nil
}

// count is how many of a layout's headers are there, written as it asks.
func (l *layout) count(want, written map[string][]string) int {
	n := 0
	for k, spellings := range want {
		if slices.ContainsFunc(written[k], func(h string) bool { return l.accepts(h, spellings) }) {
			n++
		}
	}
	return n
}

func (l *layout) accepts(header string, spellings []string) bool {
	switch l.Written {
	case contact.Exactly:
		return slices.Contains(spellings, header)
	case contact.Spacelessly:
		return !strings.ContainsAny(header, " \t\u00a0")
	}
	return true
}

func (l *layout) has(key string) bool {
	return l.needs[key] != nil || l.signs[key] != nil
}
