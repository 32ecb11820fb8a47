package events

import (
	"cmp"
	"slices"

	"cleanbase/internal/contact"
)

// people is everyone that events speak of, and of each the newest fact of each
// kind and channel. Numbers of people begin with 1.
type people struct {
	index map[contact.Key]uint32
	list  []person
	names map[uint32]string // texts of identifiers other than phones
	also  map[uint32][]uint32
	marks chunks[mark]
}

type person struct {
	key  contact.Key
	head uint32 // number of the first of the marks, 0 for none
}

// mark is one fact with its texts left out.
type mark struct {
	at      contact.Moment
	origin  contact.Origin
	next    uint32
	rule    uint16
	kind    contact.EvidenceKind
	channel contact.Channel
}

// chunks is a list that grows without moving. Numbers begin with 1.
type chunks[T any] struct {
	parts [][]T
	n     uint32
}

const chunkSize = 1 << 13

func (c *chunks[T]) add(v T) uint32 {
	if c.n%chunkSize == 0 {
		c.parts = append(c.parts, make([]T, 0, chunkSize))
	}
	last := &c.parts[len(c.parts)-1]
	*last = append(*last, v)
	c.n++
	return c.n
}

func (c *chunks[T]) at(i uint32) *T { return &c.parts[(i-1)/chunkSize][(i-1)%chunkSize] }

func newPeople() people {
	return people{index: map[contact.Key]uint32{}, names: map[uint32]string{}, also: map[uint32][]uint32{}}
}

// of is the number of the one with an identifier, 0 for no identifier.
func (p *people) of(id contact.Identifier) uint32 {
	if id.Key == 0 {
		return 0
	}
	if n, ok := p.index[id.Key]; ok {
		return n
	}
	p.list = append(p.list, person{key: id.Key})
	n := uint32(len(p.list))
	p.index[id.Key] = n
	if id.Text != "" {
		p.names[n] = id.Text
	}
	return n
}

func (p *people) key(who uint32) contact.Key { return p.list[who-1].key }

func (p *people) identifier(who uint32) contact.Identifier {
	return contact.Identifier{Key: p.key(who), Text: p.names[who]}
}

// link notes that facts about who are facts about the other identifiers too.
func (p *people) link(who uint32, ids [2]contact.Identifier) {
	for _, id := range ids {
		if other := p.of(id); other != 0 && other != who && !slices.Contains(p.also[who], other) {
			p.also[who] = append(p.also[who], other)
		}
	}
}

// hasPhone tells whether facts about the identifier are facts about a phone too.
func (p *people) hasPhone(key contact.Key) bool {
	return slices.ContainsFunc(p.also[p.index[key]], func(other uint32) bool { return p.key(other).Kind() == contact.PhoneID })
}

// note keeps a fact if it is the newest of its kind, channel and precision: a
// day, a second and no date at all can't be set in order.
func (p *people) note(who uint32, m mark, rules []string) {
	if who == 0 {
		return
	}
	head := &p.list[who-1].head
	for i := *head; i != 0; {
		have := p.marks.at(i)
		if have.kind == m.kind && have.channel == m.channel && precision(have.at) == precision(m.at) {
			if newer(&m, have, rules) {
				m.next = have.next
				*have = m
			}
			return
		}
		i = have.next
	}
	m.next = *head
	*head = p.marks.add(m)
}

func precision(m contact.Moment) int {
	switch {
	case !m.Known():
		return 0
	case m.DayOnly():
		return 1
	}
	return 2
}

// newer tells whether a goes before b: by time, and where that is the same in
// an order that does not depend on which came first.
func newer(a, b *mark, rules []string) bool {
	return cmp.Or(-cmp.Compare(a.at, b.at), cmp.Compare(rules[a.rule], rules[b.rule]), compareOrigin(a.origin, b.origin)) < 0
}

func compareOrigin(a, b contact.Origin) int {
	return cmp.Or(cmp.Compare(a.Input, b.Input), cmp.Compare(a.Row, b.Row))
}

// share notes the facts about every linked identifier about the others too.
func (p *people) share(rules []string) {
	type copied struct {
		to uint32
		mark
	}
	var all []copied
	for who, others := range p.also {
		for i := p.list[who-1].head; i != 0; {
			m := *p.marks.at(i)
			for _, to := range others {
				all = append(all, copied{to, m})
			}
			i = m.next
		}
	}
	for _, c := range all {
		p.note(c.to, c.mark, rules)
	}
}
