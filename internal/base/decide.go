package base

import (
	"cmp"
	"slices"
	"sync"

	"cleanbase/internal/contact"
)

// Observer sees every case as it is decided. The case changes with the next.
type Observer func(i int, c *contact.Case, reasons contact.ReasonSet)

// Decide runs every contact past the judge once. Each observer sees a run of
// contacts, one after another, from a goroutine of its own; the runs are in the
// order of the observers. After it the base can be asked for its contacts,
// rows, returns and shared identifiers.
func (b *Base) Decide(j Judge, observers ...Observer) {
	d := &deciding{Base: b, judge: j, kin: newFamilies(b.contacts.len(), b.newAliases.len())}
	d.arrange()
	d.reach()
	d.bring()
	d.kin.flatten()
	d.spread()
	d.decide(observers)
	// What only deciding needed is not kept through the writing that follows.
	drop(d.aliases)
	b.index.free()
	b.seen = nil
	if b.kin = d.kin; !b.opt.Families {
		b.kin.free()
	}
}

// Family is the same number for all contacts that are linked to contact i, and
// no other's. Call it after Decide, with Options.Families.
func (b *Base) Family(i int) int32 { return b.kin.root(int32(i)) }

// arrange sorts what was gathered, each list on a goroutine of its own.
func (d *deciding) arrange() {
	var all sync.WaitGroup
	all.Go(func() {
		d.facts.sort()
		for i, c := range d.contacts.all() {
			if c.phone != 0 {
				d.hits = d.touch(d.hits, i, contact.Key(c.phone))
			}
		}
	})
	all.Go(func() {
		d.ids = newIdentTable(&d.newIDs)
	})
	all.Wait()
}

// deciding is the working state of one Decide.
type deciding struct {
	*Base
	judge   Judge
	kin     families
	hits    []hit             // sorted by contact
	aliases []alias           // of all ghosts
	ghosts  []ghost           // refused contacts of earlier runs, numbered after the contacts
	linked  map[int32]*family // family -> the refusals that stand against its members
}

// ghost is a refused contact of an earlier run that shares an identifier with
// a contact of this one.
type ghost struct {
	owner    contact.Key
	from, to int // its aliases
}

// keys adds a ghost's identifiers to dst.
func (d *deciding) keys(dst []contact.Key, g ghost) []contact.Key {
	dst = append(dst, g.owner)
	for _, a := range d.aliases[g.from:g.to] {
		if a.key != g.owner {
			dst = append(dst, a.key)
		}
	}
	return dst
}

// reach finds which facts reach which contacts through what they have besides
// their phone, and links contacts that share an identifier.
func (d *deciding) reach() {
	var more []hit
	for from := 0; from < len(d.ids.all); {
		to := from + 1
		for to < len(d.ids.all) && d.ids.all[to].key == d.ids.all[from].key {
			to++
		}
		more = d.share(more, d.ids.all[from:to])
		from = to
	}
	if len(more) > 0 {
		d.hits = append(d.hits, more...)
		slices.SortFunc(d.hits, func(x, y hit) int {
			if x.contact != y.contact {
				return int(x.contact) - int(y.contact)
			}
			return cmp.Compare(x.key, y.key)
		})
	}
}

// touch adds a contact to hits if there are facts about its identifier.
func (d *deciding) touch(hits []hit, who int32, key contact.Key) []hit {
	if d.facts.of(key) == nil {
		return hits
	}
	return append(hits, hit{who, key})
}

// share takes the contacts that have one identifier besides their phone. One
// that too many share reaches and links none of them: whoever is written to on
// it has been reached already.
func (d *deciding) share(hits []hit, group []ident) []hit {
	key := group[0].key
	owner, owned := d.ownerOf(key)
	if n := len(group) + owned; n > d.opt.MaxShare {
		d.shared = append(d.shared, Shared{key, n})
		return hits
	}
	known := d.facts.of(key) != nil
	for _, id := range group {
		if known {
			hits = append(hits, hit{id.contact, key})
		}
		d.kin.join(group[0].contact, id.contact)
		if owned == 1 {
			d.kin.join(owner, id.contact)
		}
	}
	return hits
}

// ownerOf is the contact whose phone the key is, and 1 if there is one.
func (d *deciding) ownerOf(key contact.Key) (int32, int) {
	if p := key.Phone(); p != 0 {
		if who, ok := d.index.find(p, &d.contacts); ok {
			return who, 1
		}
	}
	return 0, 0
}

// holders adds to dst the contacts that have the identifier, unless too many do.
func (d *deciding) holders(dst []int32, key contact.Key) []int32 {
	before := len(dst)
	if who, ok := d.ownerOf(key); ok == 1 {
		dst = append(dst, who)
	}
	for _, id := range d.ids.of(key) {
		dst = append(dst, id.contact)
	}
	if len(dst)-before > d.opt.MaxShare {
		return dst[:before]
	}
	return dst
}

// bring links the contacts to the refused contacts of earlier runs whose
// identifiers they have, so that nobody comes back under another phone.
func (d *deciding) bring() {
	d.aliases = d.newAliases.flatten()
	slices.SortFunc(d.aliases, func(x, y alias) int {
		return cmp.Or(cmp.Compare(x.owner, y.owner), cmp.Compare(x.key, y.key))
	})
	var keys []contact.Key
	var kin []int32
	var echoes []echo
	for from := 0; from < len(d.aliases); {
		g := ghost{owner: d.aliases[from].owner, from: from, to: from + 1}
		for g.to < len(d.aliases) && d.aliases[g.to].owner == g.owner {
			g.to++
		}
		from = g.to
		keys, kin = d.keys(keys[:0], g), kin[:0]
		alone := true
		for _, k := range keys {
			before := len(kin)
			kin = d.holders(kin, k)
			alone = alone && len(kin) == before+1 && kin[before] == kin[0]
		}
		switch {
		case len(kin) == 0:
		case alone:
			echoes = append(echoes, echo{g, kin[0]})
		default:
			d.haunt(g, kin)
		}
	}
	for _, e := range echoes {
		if d.kin.kin[e.who] {
			d.haunt(e.ghost, []int32{e.who})
		}
	}
}

// echo is a ghost each of whose identifiers one contact has and no other: the
// same person again. All that is known of it reaches that contact anyway, so it
// counts only where the contact is linked to others.
type echo struct {
	ghost
	who int32
}

// haunt links a ghost to contacts.
func (d *deciding) haunt(g ghost, kin []int32) {
	me := d.kin.add()
	d.ghosts = append(d.ghosts, g)
	for _, who := range kin {
		d.kin.join(who, me)
	}
}

// spread gathers, for every family, the refusals that stand against any of its
// members.
func (d *deciding) spread() {
	d.linked = map[int32]*family{}
	var standing []contact.Fact
	w := d.walk(0)
	for i := 0; i < len(d.hits); {
		who := d.hits[i].contact
		for i < len(d.hits) && d.hits[i].contact == who {
			i++
		}
		if d.kin.kin[who] {
			w.fill(who)
			standing = d.judge.Standing(standing[:0], &w.c)
			d.linkFacts(who, standing)
		}
	}
	var c contact.Case
	var keys []contact.Key
	for i, g := range d.ghosts {
		c = contact.Case{Direct: c.Direct[:0]}
		if g.owner.Kind() == contact.PhoneID {
			c.Phone = g.owner
		}
		keys = d.keys(keys[:0], g)
		for _, k := range keys {
			c.Direct = append(c.Direct, d.facts.of(k)...)
		}
		standing = d.judge.Standing(standing[:0], &c)
		d.linkFacts(int32(d.contacts.len()+i), standing)
	}
	for _, f := range d.linked {
		f.settle()
	}
}

func (d *deciding) linkFacts(who int32, facts []contact.Fact) {
	if len(facts) > 0 {
		root := d.kin.root(who)
		if d.linked[root] == nil {
			d.linked[root] = new(family)
		}
		d.linked[root].all = append(d.linked[root].all, facts...)
	}
}

// caseWalk makes the cases of contacts in the order of their numbers.
type caseWalk struct {
	*deciding
	hit     int // how far it has come in the tables that are sorted by contact
	stray   int32
	c       contact.Case
	chain   []int32 // its records
	returns []Return
	through []through
}

// walk starts at a contact.
func (d *deciding) walk(from int32) *caseWalk {
	w := &caseWalk{deciding: d}
	w.hit, _ = slices.BinarySearchFunc(d.hits, from, func(h hit, who int32) int { return int(h.contact) - int(who) })
	w.stray = d.strayFrom(from)
	return w
}

// fill makes the case of one contact, but for what its family brings.
func (w *caseWalk) fill(who int32) {
	c, p := &w.c, w.contacts.at(who)
	*c = contact.Case{Phone: contact.Key(p.phone), Claims: c.Claims[:0], Direct: c.Direct[:0], Linked: c.Linked[:0]}
	if w.claims.len() > 0 {
		w.chain = w.recordsOf(w.chain, p)
		for _, at := range w.chain {
			if claim := w.claimOf(at); claim.Says != contact.SaysNothing {
				c.Claims = append(c.Claims, claim)
			}
		}
	}
	for ; int(w.stray) < w.strays.len() && w.strays.at(w.stray).contact <= who; w.stray++ {
		if s := w.strays.at(w.stray); s.contact == who {
			c.NoPhone = s.reasons
		}
	}
	for ; w.hit < len(w.hits) && w.hits[w.hit].contact <= who; w.hit++ {
		if w.hits[w.hit].contact == who {
			c.Direct = append(c.Direct, w.facts.of(w.hits[w.hit].key)...)
		}
	}
}

// decide judges every contact with all that is known of it, a run of contacts
// for each observer.
func (d *deciding) decide(observers []Observer) {
	var all sync.WaitGroup
	walks := make([]*caseWalk, len(observers))
	for i, observe := range observers {
		from, to := d.contacts.len()*i/len(observers), d.contacts.len()*(i+1)/len(observers)
		walks[i] = d.walk(int32(from))
		all.Go(func() {
			for who := from; who < to; who++ {
				observe(who, &walks[i].c, walks[i].decide(int32(who)))
			}
		})
	}
	all.Wait()
	for _, w := range walks {
		d.returns = append(d.returns, w.returns...)
		d.through = append(d.through, w.through...)
	}
}

func (w *caseWalk) decide(who int32) contact.ReasonSet {
	w.fill(who)
	if w.kin.kin[who] {
		if f := w.linked[w.kin.parent[who]]; f != nil { // parents are roots now
			w.c.Linked = f.others(w.c.Linked, w.c.Direct)
		}
	}
	set := w.judge.Decide(&w.c)
	w.contacts.at(who).said = uint32(set)
	if set.Verdict() == contact.Removed {
		standing := append(w.judge.Standing(nil, &w.c), w.c.Linked...)
		w.noteReturn(who, standing)
		w.noteThrough(who, standing)
	}
	return set
}

// noteReturn notes a removed contact of whose refusals only the memory of
// earlier runs knows.
func (w *caseWalk) noteReturn(who int32, standing []contact.Fact) {
	if len(standing) == 0 {
		return
	}
	for _, f := range standing {
		if !f.Remembered {
			return
		}
	}
	main := w.contacts.at(who).main
	w.returns = append(w.returns, Return{Contact: int(who), Origin: w.originOf(main), Fact: standing[0]})
}

// through is a contact removed by a fact that is not about its phone.
type through struct {
	who  int32
	fact contact.Fact
}

// noteThrough notes what removes a contact whose own phone nothing was said of.
func (w *caseWalk) noteThrough(who int32, standing []contact.Fact) {
	if len(standing) == 0 || w.c.Phone == 0 || slices.ContainsFunc(standing, func(f contact.Fact) bool { return f.Key == w.c.Phone }) {
		return
	}
	w.through = append(w.through, through{who, earliest(standing)})
}
