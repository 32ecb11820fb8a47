package refusal

import "cleanbase/internal/contact"

// match is the reading of one message in progress.
type match struct {
	r      *Reader
	toks   []token // read words() instead
	cut    int     // where somebody else's words begin
	tags   uint64
	void   bool
	note   bool
	denied bool                               // a rule says that the words mean nothing of the kind
	seen   [maxKinds / 64]uint64              // the kinds of words in the message
	known  bool                               // seen has been filled
	found  [contact.SaysComplaint + 1]finding // the first of each class
}

// finding is a reading in progress. It holds no pointer: one would move the
// words it was found in to the heap.
type finding struct {
	rule, start, end int32
	is               bool
}

// words is the words of the person. Cutting toks itself would move it to the
// heap.
func (m *match) words() []token { return m.toks[:m.cut] }

// run tries the helpers, then the readings.
func (m *match) run() []contact.Reading {
	for t := 0; t < m.cut; t++ {
		for _, p := range m.r.kinds[m.toks[t].kind].helpers {
			m.help(&m.r.patterns[p], t)
		}
		if m.void {
			return nil
		}
	}
	for t := range m.cut {
		k := &m.r.kinds[m.toks[t].kind]
		for _, p := range k.readings {
			m.read(&m.r.patterns[p], t)
		}
		if m.note {
			for _, p := range k.notes {
				m.read(&m.r.patterns[p], t)
			}
		}
	}
	return m.strongest()
}

// try is the span of a pattern whose anchor stands at token t.
func (m *match) try(p *pattern, t int) (from, to int, ok bool) {
	if m.toks[t].kind == kindMasked {
		return 0, 0, false // meanwhile
	}
	if to, ok = p.right(m.words(), p.anchor+1, t+1); !ok {
		return 0, 0, false
	}
	from, ok = p.left(m.words(), p.anchor-1, t)
	return from, to, ok
}

func (m *match) any(guards []guard, from, to int) bool {
	for i := range guards {
		if guards[i].holds(m, from, to) {
			return true
		}
	}
	return false
}

func (m *match) allowed(rule *compiled, from, to int) bool {
	return !m.any(rule.unless, from, to) && (len(rule.need) == 0 || m.any(rule.need, from, to))
}

func (m *match) help(p *pattern, t int) {
	from, to, ok := m.try(p, t)
	if !ok {
		return
	}
	rule := &m.r.rules[p.rule]
	if !m.allowed(rule, from, to) {
		return
	}
	switch rule.effect {
	case Mask:
		m.denied = true
		for i := from; i < to; i++ {
			m.toks[i].kind = kindMasked
		}
	case Cut:
		m.cut, m.denied = from, true
	case Void:
		m.void, m.denied = true, true
	case Tag:
		m.tags |= rule.tag
	}
}

func (m *match) read(p *pattern, t int) {
	rule := &m.r.rules[p.rule]
	class := effectClass[rule.effect]
	if m.has(class) {
		return
	}
	from, to, ok := m.try(p, t)
	if !ok || !m.allowed(rule, from, to) {
		return
	}
	if class > contact.SaysUnsure && m.any(rule.soft, from, to) {
		class = contact.SaysUnsure
		if m.has(class) {
			return
		}
	}
	m.found[class] = finding{int32(p.rule), m.toks[from].start, m.toks[to-1].end, true}
}

func (m *match) has(class contact.Class) bool {
	return m.found[class].is
}

// strongest is the readings, strongest first, without those that a stronger
// one makes idle: doubts beside a refusal, a subscription beside a doubt.
func (m *match) strongest() []contact.Reading {
	var list []contact.Reading
	for class := contact.SaysComplaint; class > contact.SaysNone; class-- {
		if m.has(class) && (len(list) == 0 || class > contact.SaysUnsure) {
			f := m.found[class]
			list = append(list, contact.Reading{Class: class, Rule: m.r.rules[f.rule].id, Start: int(f.start), End: int(f.end)})
		}
	}
	return list
}

// everWords bounds how far the "ever" guard looks.
const everWords = 4096

func (m *match) ever(kinds []uint64) bool {
	if !m.known {
		m.known = true
		for i := range min(m.cut, everWords) {
			k := m.toks[i].kind
			m.seen[k>>6] |= 1 << (k & 63)
		}
	}
	for i, w := range kinds {
		if m.seen[i]&w != 0 {
			return true
		}
	}
	return false
}
