package refusal

import "strings"

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
// fewest kinds.
func (c *compiler) anchor(p *pattern) int {
	best, least := -1, 0
	for i := range p.elements {
		el := &p.elements[i]
		if el.any || el.optional {
			continue
		}
		weight := 1
		for k := range c.byKind {
			if el.has(uint16(k)) {
				weight++
				if c.isCommon(k) {
					weight += maxKinds
				}
			}
		}
		if best < 0 || weight < least {
			best, least = i, weight
		}
	}
	return best
}

func (c *compiler) isCommon(kind int) bool {
	for _, n := range c.byKind[kind] {
		if c.common[n] {
			return true
		}
	}
	return false
}

// index notes for every kind which patterns start from its words.
func (c *compiler) index() {
	r := c.r
	r.kinds = make([]kindInfo, len(c.byKind))
	for k := range r.kinds {
		info := &r.kinds[k]
		for _, n := range c.byKind[k] {
			if cl := c.named[n]; cl != nil {
				info.filler, info.polite = info.filler || cl.filler, info.polite || cl.polite
			}
		}
		for i := range r.patterns {
			p := &r.patterns[i]
			if !p.elements[p.anchor].has(uint16(k)) {
				continue
			}
			switch effect := r.rules[p.rule].effect; {
			case effect == Note:
				info.notes = append(info.notes, uint16(i))
			case effect < Note:
				info.readings = append(info.readings, uint16(i))
				info.hot = true
			default:
				info.helpers = append(info.helpers, uint16(i))
			}
		}
	}
}
