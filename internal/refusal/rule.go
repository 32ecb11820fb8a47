package refusal

import (
	"strings"

	"cleanbase/internal/contact"
)

// Effect is what it means when a rule fires.
type Effect uint8

// The effects. The first four are readings, the others help the rules: they
// take away what only looks like one.
const (
	Unsure    Effect = iota // a person must read the message
	Subscribe               // wants to be written to again
	Refusal                 // asks to be left alone
	Complaint               // calls it spam, threatens to complain or sue
	Note                    // unsure, and only in a manager's note about a person
	Mask                    // the words mean something else: no other rule sees them
	Cut                     // from here on the words are somebody else's
	Void                    // the whole message is nobody's word: an auto-reply
	Tag                     // names something about the message, for the guards of other rules
)

var effects = [...]string{"unsure", "subscribe", "refusal", "complaint", "note", "mask", "cut", "void", "tag"}

var effectClass = [...]contact.Class{
	Unsure: contact.SaysUnsure, Subscribe: contact.SaysSubscribe, Refusal: contact.SaysRefusal,
	Complaint: contact.SaysComplaint, Note: contact.SaysUnsure, Tag: contact.SaysNone,
}

// String is the effect's name in rule files.
func (e Effect) String() string { return effects[e] }

// Rule is one rule of the reader. Rule files hold them in the form that
// rules/README.txt describes; the policy file gives the same fields.
type Rule struct {
	ID     string   // "ru.write.dont"; unique
	Effect Effect   // what firing means
	About  string   // one line for people
	Match  []string // patterns, any of which fires the rule
	Unless []string // guards that take the firing back
	Soft   []string // guards that make a refusal or complaint unsure
	Need   []string // guards one of which must hold, when there are any
	Yes    []string // messages that the rule must fire on
	Maybe  []string // messages that it must be unsure about
	No     []string // messages that it must not fire on

	foreign bool // of a file of words in Latin letters; see class
}

// book is what a rule file holds: classes of words and rules.
type book struct {
	version string
	classes map[string]*class
	order   []string         // the classes as they stand
	groups  map[string]*Rule // guards that several rules share
	rules   []Rule
}

type class struct {
	words  []string // forms, brace groups and all
	typo   bool     // its forms may be misspelt
	filler bool     // its words say nothing and are dropped
	real   bool     // its words are only there not to be guessed at
	polite bool     // its words greet or thank: edges pass over them
	common bool     // its words are everywhere: rules never start from them
	// Of a file whose Latin words are also the Russian words that are spelt so:
	// Polish daj is дай too.
	foreign bool
	trait   uint64 // what the net knows it by
}

// parse adds a rule file to the book.
func (b *book) parse(name, text string) error {
	p := bookParser{book: b, name: name}
	for n, line := range strings.Split(text, "\n") {
		if err := p.line(n+1, line); err != nil {
			return err
		}
	}
	return nil
}

type bookParser struct {
	*book
	name    string
	class   *class
	rule    *Rule
	foreign bool
}

func (p *bookParser) line(n int, line string) error {
	bare := strings.TrimSpace(line)
	if bare == "" || bare[0] == '#' {
		return nil
	}
	if line[0] != ' ' && line[0] != '\t' {
		return p.head(n, bare)
	}
	if p.class != nil {
		p.class.words = append(p.class.words, strings.Fields(bare)...)
		return nil
	}
	if p.rule == nil {
		return ruleFault(p.name, n, "a line outside of a class or a rule", "строка вне класса и правила")
	}
	return p.field(n, bare)
}

func (p *bookParser) head(n int, line string) error {
	words := strings.Fields(line)
	p.class, p.rule = nil, nil
	switch {
	case words[0] == "version" && len(words) == 2:
		p.version = words[1]
	case words[0] == "foreign" && len(words) == 1:
		p.foreign = true
	case words[0] == "class" && len(words) >= 2:
		p.class = p.named(words[1])
		p.class.foreign = p.foreign
		for _, attr := range words[2:] {
			p.class.typo = p.class.typo || attr == "typo"
			p.class.filler = p.class.filler || attr == "filler"
			p.class.polite = p.class.polite || attr == "polite"
			p.class.real = p.class.real || attr == "real"
			p.class.common = p.class.common || attr == "common"
		}
	case words[0] == "group" && len(words) == 2:
		p.rule = new(Rule)
		p.groups[words[1]] = p.rule
	case words[0] == "rule" && len(words) == 3:
		e, ok := parseEffect(words[2])
		if !ok {
			return ruleFault(p.name, n, "an unknown effect", "неизвестное действие правила")
		}
		p.rules = append(p.rules, Rule{ID: words[1], Effect: e, foreign: p.foreign})
		p.rule = &p.rules[len(p.rules)-1]
	default:
		return ruleFault(p.name, n, "not a version, class or rule line", "строка не начинает ни класс, ни правило")
	}
	return nil
}

func (p *bookParser) named(name string) *class {
	c := p.classes[name]
	if c == nil {
		c = new(class)
		p.classes[name] = c
		p.order = append(p.order, name)
	}
	return c
}

func (p *bookParser) field(n int, line string) error {
	key, value, _ := strings.Cut(line, " ")
	value = strings.TrimSpace(value)
	r := p.rule
	lists := map[string]*[]string{"match": &r.Match, "unless": &r.Unless, "soft": &r.Soft, "need": &r.Need,
		"yes": &r.Yes, "maybe": &r.Maybe, "no": &r.No}
	switch list := lists[key]; {
	case key == "about":
		r.About = value
	case key == "use" && p.groups[value] != nil:
		g := p.groups[value]
		r.Unless, r.Soft = append(r.Unless, g.Unless...), append(r.Soft, g.Soft...)
	case list != nil && value != "":
		*list = append(*list, value)
	default:
		return ruleFault(p.name, n, "an unknown field of a rule", "неизвестное поле правила")
	}
	return nil
}

func parseEffect(s string) (Effect, bool) {
	for i, name := range effects {
		if name == s {
			return Effect(i), true
		}
	}
	return 0, false
}

func ruleFault(name string, line int, en, ru string) error {
	return &contact.Fault{File: name, Row: line, What: contact.T(en, ru),
		Do: contact.T("see rules/README.txt for the form of rules", "как пишутся правила, сказано в rules/README.txt")}
}

// expand writes out the brace groups of a word: пиш{и,ите} is пиши and пишите.
func expand(word string) []string {
	open := strings.IndexByte(word, '{')
	if open < 0 {
		return []string{word}
	}
	depth, parts, from := 0, []string(nil), open+1
	for i := open; i < len(word); i++ {
		switch word[i] {
		case '{':
			depth++
		case '}':
			depth--
		}
		if depth == 0 || depth == 1 && word[i] == ',' {
			parts = append(parts, word[from:i])
			from = i + 1
		}
		if depth == 0 {
			break
		}
	}
	var all []string
	for _, tail := range expand(word[from:]) {
		for _, part := range parts {
			for _, mid := range expand(part) {
				all = append(all, word[:open]+mid+tail)
			}
		}
	}
	return all
}
