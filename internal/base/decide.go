package base

import (
	"cmp"
	"slices"
	"sync"

	"cleanbase/internal/contact"
)

// Observer sees every case as it is decided. The case changes with the next.
type Observer func(i int, c *contact.Case, reasons contact.ReasonSet)

// Decide runs every contact past the judge once. After it the base can be
// asked for its contacts, rows, returns and shared identifiers.
func (b *Base) Decide(j Judge, observe Observer) {
	b.arrange()
	d := &deciding{Base: b, judge: j, kin: newFamilies(b.contacts.len())}
	d.reach()
	d.bring()
	d.spread()
	d.decide(observe)
	// What only deciding needed is not kept through the writing that follows.
	b.claims, b.aliases, b.index, b.seen = nil, nil, phoneIndex{}, nil
}

// arrange sorts what was gathered, each list on a goroutine of its own.
func (b *Base) arrange() {
	var all sync.WaitGroup
	all.Go(b.facts.sort)
	all.Go(func() {
		b.claims = b.newClaims.flatten()
		slices.SortStableFunc(b.claims, func(x, y claim) int { return int(x.contact) - int(y.contact) })
	})
	all.Go(func() {
		b.ids = b.newIDs.flatten()
		slices.SortFunc(b.ids, func(x, y ident) int {
			if x.key != y.key {
				return cmp.Compare(x.key, y.key)
			}
			return int(x.contact) - int(y.contact)
		})
		b.ids = slices.Compact(b.ids)
	})
	all.Wait()
}

// deciding is the working state of one Decide.
type deciding struct {
	*Base
	judge  Judge
	kin    families
	hits   []hit                    // sorted by contact
	ghosts []ghost                  // refused contacts of earlier runs, numbered after the contacts
	linked map[int32][]contact.Fact // family -> the refusals that stand against its members
	cur    cursor
}

// ghost is a refused contact of an earlier run that shares an identifier with
// a contact of this one.
type ghost struct {
	owner contact.Key
	keys  []contact.Key
}

// reach finds which facts reach which contacts, and links contacts that share
// an identifier.
func (d *deciding) reach() {
	for i, c := range d.contacts.all() {
		if c.phone != 0 {
			d.touch(i, contact.Key(c.phone))
		}
	}
	for from := 0; from < len(d.ids); {
		to := from + 1
		for to < len(d.ids) && d.ids[to].key == d.ids[from].key {
			to++
		}
		d.share(d.ids[from:to])
		from = to
	}
	slices.SortFunc(d.hits, func(x, y hit) int {
		if x.contact != y.contact {
			return int(x.contact) - int(y.contact)
		}
		return cmp.Compare(x.key, y.key)
	})
}

func (d *deciding) touch(who int32, key contact.Key) {
	if _, ok := d.facts.start[key]; ok {
		d.hits = append(d.hits, hit{who, key})
	}
}

// share takes the contacts that have one identifier besides their phone. One
// that too many share reaches and links none of them: whoever is written to on
// it has been reached already.
func (d *deciding) share(group []ident) {
	key := group[0].key
	owner, owned := d.ownerOf(key)
	if n := len(group) + owned; n > d.opt.MaxShare {
		d.shared = append(d.shared, Shared{key, n})
		return
	}
	for _, id := range group {
		d.touch(id.contact, key)
		d.kin.join(group[0].contact, id.contact)
		if owned == 1 {
			d.kin.join(owner, id.contact)
		}
	}
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

// holders is the contacts that have the identifier, unless too many do.
func (d *deciding) holders(key contact.Key) []int32 {
	var list []int32
	if who, ok := d.ownerOf(key); ok == 1 {
		list = append(list, who)
	}
	from, _ := slices.BinarySearchFunc(d.ids, key, func(id ident, k contact.Key) int { return cmp.Compare(id.key, k) })
	for i := from; i < len(d.ids) && d.ids[i].key == key; i++ {
		list = append(list, d.ids[i].contact)
	}
	if len(list) > d.opt.MaxShare {
		return nil
	}
	return list
}

// bring links the contacts to the refused contacts of earlier runs whose
// identifiers they have, so that nobody comes back under another phone.
func (d *deciding) bring() {
	slices.SortFunc(d.aliases, func(x, y alias) int {
		return cmp.Or(cmp.Compare(x.owner, y.owner), cmp.Compare(x.key, y.key))
	})
	for from := 0; from < len(d.aliases); {
		owner := d.aliases[from].owner
		g := ghost{owner: owner, keys: []contact.Key{owner}}
		var kin []int32
		for ; from < len(d.aliases) && d.aliases[from].owner == owner; from++ {
			if k := d.aliases[from].key; k != owner {
				g.keys = append(g.keys, k)
			}
		}
		for _, k := range g.keys {
			kin = append(kin, d.holders(k)...)
		}
		if len(kin) == 0 {
			continue
		}
		me := int32(len(d.kin.parent))
		d.kin.parent = append(d.kin.parent, me)
		d.ghosts = append(d.ghosts, g)
		for _, who := range kin {
			d.kin.join(who, me)
		}
	}
}

// spread gathers, for every family, the refusals that stand against any of its
// members.
func (d *deciding) spread() {
	d.linked = map[int32][]contact.Fact{}
	var c contact.Case
	d.cur = cursor{}
	for i := 0; i < len(d.hits); {
		who := d.hits[i].contact
		d.fill(&c, who)
		i = d.cur.hit
		d.linkFacts(who, d.judge.Standing(nil, &c))
	}
	for i, g := range d.ghosts {
		c = contact.Case{}
		if g.owner.Kind() == contact.PhoneID {
			c.Phone = g.owner
		}
		for _, k := range g.keys {
			c.Direct = append(c.Direct, d.facts.of(k)...)
		}
		d.linkFacts(int32(d.contacts.len()+i), d.judge.Standing(nil, &c))
	}
}

func (d *deciding) linkFacts(who int32, facts []contact.Fact) {
	if len(facts) > 0 {
		family := d.kin.root(who)
		d.linked[family] = append(d.linked[family], facts...)
	}
}

// cursor is how far a walk over the contacts has come in the tables that are
// sorted by contact.
type cursor struct{ hit, claim, stray int }

// fill makes the case of one contact, but for what its family brings. Contacts
// come in the order of their numbers.
func (d *deciding) fill(c *contact.Case, who int32) {
	*c = contact.Case{Phone: contact.Key(d.contacts.at(who).phone), Claims: c.Claims[:0], Direct: c.Direct[:0], Linked: c.Linked[:0]}
	for ; d.cur.claim < len(d.claims) && d.claims[d.cur.claim].contact <= who; d.cur.claim++ {
		if d.claims[d.cur.claim].contact == who {
			c.Claims = append(c.Claims, d.claims[d.cur.claim].Claim)
		}
	}
	for ; d.cur.stray < len(d.strays) && d.strays[d.cur.stray].contact <= who; d.cur.stray++ {
		if d.strays[d.cur.stray].contact == who {
			c.NoPhone = d.strays[d.cur.stray].reasons
		}
	}
	for ; d.cur.hit < len(d.hits) && d.hits[d.cur.hit].contact <= who; d.cur.hit++ {
		if d.hits[d.cur.hit].contact == who {
			c.Direct = append(c.Direct, d.facts.of(d.hits[d.cur.hit].key)...)
		}
	}
}

// decide judges every contact with all that is known of it.
func (d *deciding) decide(observe Observer) {
	d.cur = cursor{}
	var c contact.Case
	for who, p := range d.contacts.all() {
		d.fill(&c, who)
		if len(d.linked) > 0 {
			c.Linked = appendOthers(c.Linked, d.linked[d.kin.root(who)], c.Direct)
		}
		set := d.judge.Decide(&c)
		p.reasons = set
		observe(int(who), &c, set)
		if set.Verdict() == contact.Removed {
			d.noteReturn(who, &c)
		}
	}
}

// appendOthers adds to dst the facts of a family that do not reach the contact
// itself.
func appendOthers(dst, family, direct []contact.Fact) []contact.Fact {
	for _, f := range family {
		own := slices.ContainsFunc(direct, func(o contact.Fact) bool { return o.Seq == f.Seq })
		twice := slices.ContainsFunc(dst, func(o contact.Fact) bool { return o.Seq == f.Seq })
		if !own && !twice {
			dst = append(dst, f)
		}
	}
	return dst
}

// noteReturn notes a removed contact of whose refusals only the memory of
// earlier runs knows.
func (d *deciding) noteReturn(who int32, c *contact.Case) {
	standing := append(d.judge.Standing(nil, c), c.Linked...)
	if len(standing) == 0 {
		return
	}
	for _, f := range standing {
		if !f.Remembered {
			return
		}
	}
	main := d.contacts.at(who).main
	d.returns = append(d.returns, Return{Contact: int(who), Origin: d.originOf(main), Fact: standing[0]})
}
