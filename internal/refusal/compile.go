package refusal

import (
	"encoding/binary"
	"slices"
	"strings"
)

// compiler turns books into a reader.
type compiler struct {
	book       *book
	r          *Reader
	forms      map[string]*entry // by symbols
	order      []string
	stems      map[string]*entry
	sets       map[string]int // class name or literal -> its number
	common     []bool         // by class number
	named      []*class       // by class number, nil for words that patterns name
	kinds      map[string]uint16
	byKind     [][]int             // class numbers of each kind
	having     [][]int             // kinds of each class number
	everywhere []uint64            // the kinds of common words
	made       map[string][]uint64 // sets by the names they were made of: few are made once only
	tags       map[string]uint64
	where      string // the rule being compiled, for faults
}

type entry struct {
	classes []int
	typo    bool
	foreign bool // named by files of foreign words alone
}

// The kinds that every lexicon has.
const (
	kindOther  = iota
	kindMasked // a word that a mask took away
	kindFixed
)

const (
	maxKinds = 8192
	maxSteps = 4000
)

func (c *compiler) fault(en, ru string) error { return ruleFault(c.where, 0, en, ru) }

// compile builds the lexicon, then the rules that are not switched off.
func (c *compiler) compile(off []string) error {
	c.forms, c.stems = map[string]*entry{}, map[string]*entry{}
	c.sets, c.kinds, c.tags = map[string]int{}, map[string]uint16{}, map[string]uint64{}
	c.made = map[string][]uint64{}
	for _, name := range c.book.order {
		if err := c.class(name); err != nil {
			return err
		}
	}
	for _, lit := range []string{"#num", "#phone", "=не"} {
		c.number(lit)
	}
	for _, lit := range []string{"#num", "#phone"} {
		c.named[c.sets[lit]] = &class{trait: hashOf([]byte(lit))}
	}
	c.literals()
	for _, w := range []string{"не", "ни", "нэ"} {
		c.register(w, c.sets["=не"], named{})
	}
	if err := c.lexicon(); err != nil {
		return err
	}
	for _, rule := range c.book.rules {
		if slices.Contains(off, rule.ID) {
			continue
		}
		c.where = rule.ID
		if err := c.rule(rule); err != nil {
			return err
		}
	}
	c.index()
	return nil
}

func (c *compiler) number(name string) int {
	n, ok := c.sets[name]
	if !ok {
		n = len(c.common)
		c.sets[name] = n
		c.common, c.named = append(c.common, false), append(c.named, nil)
	}
	return n
}

func (c *compiler) class(name string) error {
	c.where = "$" + name
	cl := c.book.classes[name]
	n := c.number("$" + name)
	c.common[n], c.named[n], cl.trait = cl.common, cl, hashOf([]byte(name))
	for _, word := range c.words(name, 0) {
		for _, form := range expand(word) {
			if !c.register(form, n, named{cl.typo, cl.foreign}) {
				return c.fault("a word is empty or too long", "слово пустое или слишком длинное")
			}
		}
	}
	return nil
}

// words is a class's words with those of the classes it names.
func (c *compiler) words(name string, depth int) []string {
	var all []string
	for _, w := range c.book.classes[name].words {
		if other, ok := strings.CutPrefix(w, "$"); ok && c.book.classes[other] != nil && depth < 5 {
			all = append(all, c.words(other, depth+1)...)
			continue
		}
		all = append(all, w)
	}
	return all
}

// literals registers the words that patterns and guards name themselves. Words
// that are always named together are one class: the fewer classes, the smaller
// every set of kinds.
func (c *compiler) literals() {
	var all []literal
	lists := map[string][]byte{} // where a word is named
	n := uint32(0)
	for _, r := range c.book.rules {
		for k, list := range [][]string{r.Match, r.Unless, r.Soft, r.Need} {
			for _, text := range list {
				n++
				for _, w := range strings.Fields(text) {
					if k == 0 { // of a pattern each element is a list
						n++
					}
					for _, part := range strings.Split(strings.TrimSuffix(w, "?"), "|") {
						if isLiteral(part) {
							all = append(all, literal{part, r.foreign})
							lists[part] = binary.AppendUvarint(lists[part], uint64(n))
						}
					}
				}
			}
		}
	}
	first := map[string]string{} // the first word of those named in the same lists
	for _, l := range all {
		key := string(lists[l.text])
		if first[key] == "" {
			first[key] = l.text
		}
		if _, named := c.sets["="+l.text]; !named {
			c.sets["="+l.text] = c.number("=" + first[key])
		}
		c.literal(l)
	}
}

// literal is a word that a pattern names itself.
type literal struct {
	text    string
	foreign bool
}

func (c *compiler) literal(l literal) {
	w := c.r.symbols(l.text)
	c.register(l.text, c.sets["="+l.text], named{len(w) >= longLiteral, l.foreign})
	if len(w) > 0 && isDigit(w[0]) { // still a number to other patterns
		c.register(l.text, c.sets["#num"], named{})
	}
}

// longLiteral is how many letters a word that a pattern names must have to be
// found misspelt too.
const longLiteral = 7

func isLiteral(w string) bool {
	return w != "" && w != "_" && !strings.ContainsAny(w[:1], "$#.~<>")
}

// named is what is said of a form where it is named.
type named struct{ typo, foreign bool }

// register notes that a form belongs to a class.
func (c *compiler) register(form string, class int, is named) bool {
	form, wild := strings.CutSuffix(form, "*")
	w := c.r.symbols(form)
	if len(w) == 0 || len(w) > maxWord {
		return false
	}
	into := c.forms
	if wild {
		into = c.stems
	}
	e := into[string(w)]
	if e == nil {
		e = &entry{foreign: true}
		into[string(w)] = e
		if !wild {
			c.order = append(c.order, string(w))
		}
	}
	if !slices.Contains(e.classes, class) {
		e.classes = append(e.classes, class)
	}
	e.typo, e.foreign = e.typo || is.typo, e.foreign && is.foreign
	return true
}

// lexicon gives every form its kind. A form has its own classes and those of
// every stem that it begins with.
func (c *compiler) lexicon() error {
	r := c.r
	r.lex, r.translit = newLexicon(), newLexicon()
	c.kind(nil)
	c.byKind = append(c.byKind, nil) // kindMasked
	r.digits, r.phone = c.kind([]int{c.sets["#num"]}), c.kind([]int{c.sets["#phone"]})
	c.where = "lexicon"
	for stem, e := range c.stems {
		for other, o := range c.stems {
			if stem != other && strings.HasPrefix(stem, other) {
				e.classes = union(e.classes, o.classes)
			}
		}
	}
	for _, stem := range sortedKeys(c.stems) {
		e := c.stems[stem]
		c.spell([]byte(stem), c.kind(e.classes), true, false)
	}
	for _, foreign := range []bool{false, true} { // foreign ones last: they look at the others
		for _, form := range c.order {
			if e := c.forms[form]; foreign == (e.foreign && isLatin(form[0])) {
				c.spell([]byte(form), c.kind(c.classesOf(form, foreign)), false, e.typo)
				if !foreign {
					c.glue([]byte(form))
				}
			}
		}
	}
	if len(c.byKind) > maxKinds {
		return c.fault("too many kinds of words", "слишком много видов слов")
	}
	c.having = make([][]int, len(c.common))
	c.everywhere = make([]uint64, (len(c.byKind)+63)/64)
	for k, classes := range c.byKind {
		for _, n := range classes {
			c.having[n] = append(c.having[n], k)
			if c.common[n] {
				c.everywhere[k>>6] |= 1 << (k & 63)
			}
		}
	}
	r.not = r.lex.find(r.symbols("не"))
	for _, w := range []string{"не", "ни", "из", "от", "на", "вы", "мы", "no", "to", "do", "me", "us", "my", "it", "of", "up"} {
		r.lex.shorts = append(r.lex.shorts, r.lex.find(r.symbols(w)))
		if spelt := r.folds.skeleton(nil, r.symbols(w)); isCyrillic(r.symbols(w)[0]) {
			r.translit.shorts = append(r.translit.shorts, r.translit.find(spelt))
		}
	}
	r.no, r.lex.no = r.lex.find(r.symbols("no")), hashOf(r.symbols("no"))
	r.lex.not, r.translit.not = hashOf(r.symbols("не")), hashOf(r.symbols("ne"))
	for _, w := range []string{"мне", "меня", "нам", "больше"} {
		r.tails = append(r.tails, form{r.symbols(w), r.lex.find(r.symbols(w))})
	}
	return nil
}

// classesOf is the classes of a form: its own, those of the stems that it
// begins with and, of a foreign word, those of the Russian one spelt so.
func (c *compiler) classesOf(form string, foreign bool) []int {
	classes := c.forms[form].classes
	for n := 1; n <= len(form); n++ {
		if s := c.stems[form[:n]]; s != nil {
			classes = union(classes, s.classes)
		}
	}
	if foreign {
		spelt := c.r.folds.skeleton(nil, []byte(form))
		classes = union(classes, c.byKind[c.r.translit.find(spelt)])
	}
	return classes
}

// glue tells the lexicons that a form may be glued to others.
func (c *compiler) glue(form []byte) {
	c.r.lex.glues(form)
	if latin := c.r.folds.skeleton(nil, form); isCyrillic(form[0]) && len(latin) > 0 && len(latin) <= maxWord {
		c.r.translit.glues(latin)
	}
}

// spell adds a form, and how it is written in Latin letters.
func (c *compiler) spell(form []byte, kind uint16, wild, typo bool) {
	c.r.lex.add(form, kind, wild, typo)
	if !isCyrillic(form[0]) {
		return
	}
	latin := c.r.folds.skeleton(nil, form)
	if len(latin) == 0 || len(latin) > maxWord {
		return
	}
	if _, taken := c.r.translit.words.get(hashOf(latin)); !taken {
		c.r.translit.add(latin, kind, wild, typo)
	}
}

func union(a, b []int) []int {
	all := slices.Clone(a)
	for _, n := range b {
		if !slices.Contains(all, n) {
			all = append(all, n)
		}
	}
	return all
}

func sortedKeys(m map[string]*entry) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// kind is the number of the kind of words that are in these classes.
func (c *compiler) kind(classes []int) uint16 {
	classes = slices.Sorted(slices.Values(classes))
	key := make([]byte, 0, 2*len(classes))
	for _, n := range classes {
		key = append(key, byte(n>>8), byte(n))
	}
	k, ok := c.kinds[string(key)]
	if !ok {
		k = uint16(len(c.byKind))
		c.kinds[string(key)] = k
		c.byKind = append(c.byKind, classes)
	}
	return k
}

// set is the kinds that have any of the named classes and words.
func (c *compiler) set(names []string) ([]uint64, error) {
	key := strings.Join(names, "|")
	if set, ok := c.made[key]; ok {
		return set, nil
	}
	set := make([]uint64, (len(c.byKind)+63)/64)
	for _, name := range names {
		if isLiteral(name) {
			if len(c.r.symbols(name)) == 0 {
				return nil, c.fault("a word with no letter in it", "слово без единой буквы")
			}
			name = "=" + name
		}
		n, ok := c.sets[name]
		if !ok {
			return nil, c.fault("a class that is not there: "+name, "нет такого класса слов: "+name)
		}
		for _, k := range c.having[n] {
			set[k>>6] |= 1 << (k & 63)
		}
	}
	c.made[key] = set
	return set, nil
}

func (c *compiler) tag(name string) uint64 {
	bit, ok := c.tags[name]
	if !ok {
		bit = 1 << len(c.tags)
		c.tags[name] = bit
	}
	return bit
}
