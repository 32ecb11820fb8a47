package refusal

import (
	"math/bits"
	"strings"
)

// compiled is a rule ready to be tried.
type compiled struct {
	id     string
	effect Effect
	tag    uint64
	unless []guard
	soft   []guard
	need   []guard
}

// rule compiles one rule and its patterns.
func (c *compiler) rule(rule Rule) error {
	cr := compiled{id: rule.ID, effect: rule.Effect}
	if rule.Effect == Tag {
		cr.tag = c.tag(rule.ID[strings.LastIndexByte(rule.ID, '.')+1:])
	}
	for _, list := range []struct {
		from []string
		to   *[]guard
	}{{rule.Unless, &cr.unless}, {rule.Soft, &cr.soft}, {rule.Need, &cr.need}} {
		for _, text := range list.from {
			g, err := c.compileGuard(text)
			if err != nil {
				return err
			}
			*list.to = append(*list.to, g)
		}
	}
	for _, text := range rule.Match {
		p, err := c.compilePattern(text)
		if err != nil {
			return err
		}
		p.rule = len(c.r.rules)
		p.anchor = c.anchor(&p)
		steps := 1
		for _, el := range p.elements {
			steps *= int(el.skip) + 1
		}
		if p.anchor < 0 || steps > maxSteps {
			return c.fault("a pattern with no word to start from or too many gaps", "в образце нет опорного слова или слишком много промежутков")
		}
		c.r.patterns = append(c.r.patterns, p)
	}
	c.r.rules = append(c.r.rules, cr)
	return nil
}

// anchor is the element with the rarest words: none of a common class, the
// fewest kinds. It is -1 when no element will do.
func (c *compiler) anchor(p *pattern) int {
	best, least := -1, 0
	for i := range p.elements {
		el := &p.elements[i]
		if el.any || el.optional {
			continue
		}
		weight := 1
		for w, set := range el.kinds {
			weight += bits.OnesCount64(set) + maxKinds*bits.OnesCount64(set&c.everywhere[w])
		}
		if el.has(c.r.not) {
			weight *= maxKinds // не is in every other message
		}
		if best < 0 || weight < least {
			best, least = i, weight
		}
	}
	return best
}

// index notes for every kind what its words do and which patterns start there.
func (c *compiler) index() {
	r := c.r
	r.kinds = make([]kindInfo, len(c.byKind))
	for k, classes := range c.byKind {
		for _, n := range classes {
			r.kinds[k].note(c.named[n], len(classes) == 1)
		}
	}
	for i := range r.patterns {
		p := &r.patterns[i]
		effect := r.rules[p.rule].effect
		for w, set := range p.elements[p.anchor].kinds {
			for ; set != 0; set &= set - 1 {
				r.kinds[w*64+bits.TrailingZeros64(set)].starts(uint16(i), effect)
			}
		}
	}
}

// note adds what a class says of its words; the words that patterns name
// themselves have none.
func (k *kindInfo) note(cl *class, alone bool) {
	if cl == nil {
		return
	}
	k.filler, k.polite = k.filler || cl.filler, k.polite || cl.polite
	if !cl.real {
		k.traits = append(k.traits, cl.trait)
	}
	k.real = cl.real && alone
}

// starts adds a pattern that starts from the kind.
func (k *kindInfo) starts(pattern uint16, e Effect) {
	switch {
	case e == Note:
		k.notes = append(k.notes, pattern)
	case e < Note:
		k.readings = append(k.readings, pattern)
		k.hot = true
	default:
		k.helpers = append(k.helpers, pattern)
	}
}
