package intake

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"cleanbase/internal/contact"
)

// lexicon is the dictionary made ready for looking up.
type lexicon struct {
	headings   map[string]contact.Meaning // by key
	patterns   []pattern
	speaks     []contact.Label
	suspicious []string
	layouts    []layout
	user       map[string]contact.Field // by key
	words      map[string]contact.Word  // by fold, as all below
	tags       map[string]contact.Channel
	remarks    []string // tags that no name holds by itself, as spaced text
	doubts     []pattern
	channels   map[string]contact.Channel
	countries  map[string]string
	statuses   map[string]contact.EvidenceKind
	phrases    []phrase
	incoming   map[string]bool // false: outgoing
	gateways   []contact.Gateway
	names      []contact.NameHint
	negations  map[string]bool
	short      map[string]string
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
		headings: meanings(d.Headings), patterns: compile(d.Patterns), speaks: d.Speaks, suspicious: d.Suspicious, names: d.Names,
		user: map[string]contact.Field{}, words: map[string]contact.Word{}, statuses: map[string]contact.EvidenceKind{},
		gateways: d.Gateways, doubts: compile(d.Doubts),
		incoming: map[string]bool{}, negations: map[string]bool{}, short: map[string]string{}, countries: map[string]string{},
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
	for _, p := range d.Phrases {
		x.phrases = append(x.phrases, phrase{p.Means, pattern{with: stems(p.With), without: stems(p.Without)}})
	}
	for code, texts := range d.Countries {
		fill(x.countries, texts, code)
		if c := foldString(code); x.words[c] != contact.WordBlank { // "NA" is Namibia less often than nothing
			x.countries[c] = code
		}
	}
	fill(x.incoming, d.Incoming, true)
	fill(x.incoming, d.Outgoing, false)
	fill(x.negations, d.Negations, true)
	for word, texts := range d.Short {
		fill(x.short, texts, word)
	}
	for tag, c := range maps.Clone(x.tags) {
		x.tags[strings.ReplaceAll(tag, " ", "")] = c
		if strings.Contains(tag, " ") || strings.HasPrefix(tag, "отпис") || strings.HasPrefix(tag, "unsub") {
			x.remarks = append(x.remarks, " "+tag+" ")
		}
	}
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

// phrase is a phrase with its entries taken apart.
type phrase struct {
	means contact.EvidenceKind
	pattern
}

// status is what a delivery status or an error in words is evidence of, and the
// word that is kept of it: a text of several words may name somebody.
func (x *lexicon) status(folded []byte) (means contact.EvidenceKind, word string, ok bool) {
	if means, ok = x.statuses[string(folded)]; ok {
		return means, string(folded), true
	}
	if bytes.IndexByte(folded, ' ') < 0 {
		return 0, "", false
	}
	text := " " + string(folded) + " "
	for i := range x.phrases {
		if x.phrases[i].fits(text) {
			return x.phrases[i].means, x.phrases[i].means.String(), true
		}
	}
	return 0, "", false
}

// pattern is a pattern with its entries taken apart.
type pattern struct {
	meaning       contact.Meaning
	with, without [][]string
}

func compile(list []contact.Pattern) []pattern {
	all := make([]pattern, 0, len(list))
	for _, p := range list {
		all = append(all, pattern{p.Meaning, stems(p.With), stems(p.Without)})
	}
	return all
}

// stems are entries as they are looked for in a spaced text.
func stems(entries []string) [][]string {
	var all [][]string
	for _, e := range entries {
		var some []string
		for _, stem := range strings.Split(e, "|") {
			if whole, ok := strings.CutPrefix(stem, "="); ok {
				stem = whole + " "
			}
			some = append(some, " "+stem)
		}
		all = append(all, some)
	}
	return all
}

func (p *pattern) fits(text string) bool {
	for _, some := range p.with {
		if !containsAny(text, some) {
			return false
		}
	}
	for _, some := range p.without {
		if containsAny(text, some) {
			return false
		}
	}
	return true
}

func containsAny(text string, stems []string) bool {
	for _, s := range stems {
		if strings.Contains(text, s) {
			return true
		}
	}
	return false
}

func (x *lexicon) suspects(header string) bool {
	plain, camel := spaced(header, false), spaced(header, true)
	return slices.ContainsFunc(x.suspicious, func(stem string) bool { return begins(plain, stem) || begins(camel, stem) })
}

// recognise finds the layout that a table's headers speak for: all that it
// needs is there and it has the most signs. ok is false when no layout fits.
func (x *lexicon) recognise(file string, headers []string) (*layout, bool) {
	written := keys(headers)
	for _, h := range headers { // "Opted out of email: Newsletter"
		if before, _, ok := strings.Cut(h, ": "); ok {
			written[key(before)] = append(written[key(before)], before)
		}
		if rest := unwrapped(h); rest != h {
			written[key(rest)] = append(written[key(rest)], rest)
		}
	}
	name := spaced(file, true)
	var best *layout
	most := 0
	for i := range x.layouts {
		l := &x.layouts[i]
		signs := l.count(l.signs, written)
		if signs < l.Least || l.count(l.needs, written) < len(l.needs) || len(l.File) > 0 && !slices.ContainsFunc(l.File, func(s string) bool { return begins(name, s) }) {
			continue
		}
		if n := signs + len(l.needs); n > most || best == nil { // a layout with no signs is told by the file's name alone
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

// country is the code of the country that a cell names: by name, by code, or by
// calling code as a spreadsheet may hold it ("+49", "49.0").
func (x *lexicon) country(cell []byte) (code string, ok bool) {
	var store [64]byte
	folded := fold(store[:0], bytes.TrimSuffix(bytes.TrimSpace(cell), []byte(".0")))
	code, ok = x.countries[string(folded)]
	return code, ok && len(folded) > 0
}
