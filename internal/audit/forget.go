package audit

import (
	"bytes"
	"database/sql"
	"slices"
	"time"

	"cleanbase/internal/contact"
)

// Forgotten says what Forget found.
type Forgotten struct {
	Contacts int `json:"contacts"` // whose key was erased
	Evidence int `json:"evidence"` // erased
	Kept     int `json:"kept"`     // hashes kept, by which refusals are known again
}

// Forget erases people from the database: identifiers, quotes, details, salts,
// also from the free pages of the file. Their refusals stay as keyed hashes, and
// a leaf in the tree for each thing erased, so that Verify stays clean. A key
// is a phone or an e-mail; an e-mail that several contacts have is a fault, since
// it names nobody. An identifier that others have too stays theirs.
//
// The reason goes on record with the time; it should name nobody. Forgetting
// somebody unknown changes nothing. Contacts that come back in a later file are
// new ones: what is told of them then is in that file.
func (d *DB) Forget(keys []contact.Key, reason string, at time.Time) (Forgotten, error) {
	var done Forgotten
	if err := d.exec("PRAGMA secure_delete = ON"); err != nil {
		return done, d.fault(err)
	}
	err := d.tx(func() error {
		e, err := d.newEraser(keys)
		if err != nil || len(e.keys) == 0 {
			return err
		}
		done = Forgotten{len(e.contacts), len(e.said), len(e.hashed)}
		return d.unguarded(func() error { return e.run(reason, at) })
	})
	d.facts, d.gone = nil, nil
	if err != nil {
		return done, err
	}
	return done, d.scrub()
}

// scrub writes the file anew, so that nothing stays in its free pages.
func (d *DB) scrub() error {
	if d.dry {
		return nil
	}
	return d.fault(d.exec("VACUUM"))
}

func (e *eraser) run(reason string, at time.Time) error {
	d := e.d
	var err error
	if e.Run, err = d.beside("forget", RunInfo{Started: at, AsOf: at}); err != nil {
		return err
	}
	l, err := e.plantLeaves(e.plant)
	if err != nil {
		return err
	}
	for _, step := range []func() error{e.clear, e.rewrite} {
		if err := step(); err != nil {
			return err
		}
	}
	if err := d.exec("UPDATE run SET accepted = ? WHERE seq = ?", reason, e.seq); err != nil {
		return err
	}
	if _, err := d.signRun(e.seq, l, e.postings); err != nil {
		return err
	}
	return d.end(e.info.ID, Published, at)
}

// newEraser finds what there is of the people.
func (d *DB) newEraser(keys []contact.Key) (*eraser, error) {
	e := &eraser{sealing: &sealing{Run: &Run{d: d}}, contacts: map[int64]bool{}, keys: map[uint64]bool{}, salts: map[int64][]saltNode{}}
	for _, key := range keys {
		e.keys[uint64(key)] = true
	}
	p := &people{e: e, own: map[int64]uint64{}, idents: map[int64][]uint64{}, holders: map[uint64]*holding{}, aliased: map[entry]bool{}, facts: map[uint64][]contact.Fact{}}
	for _, step := range []func() error{p.meet, p.identify, p.share, p.recall} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	for key := range e.keys {
		e.said = append(e.said, p.facts[key]...)
	}
	slices.SortFunc(e.said, func(a, b contact.Fact) int { return int(a.Seq - b.Seq) })
	if len(e.contacts)+len(e.said) == 0 && !p.held(keys) {
		if written, err := e.writtenTo(); err != nil || !written {
			e.keys = nil // unknown
			return e, err
		}
	}
	return e, p.hash()
}

// people is what is known of those who are to be forgotten. It is found by
// walking whole lists, so that thousands cost little more than one.
type people struct {
	e       *eraser
	own     map[int64]uint64   // own key of each contact
	idents  map[int64][]uint64 // its other identifiers
	holders map[uint64]*holding
	aliased map[entry]bool // identifier and own key of a contact that refused under it
	facts   map[uint64][]contact.Fact
}

// holding is who has an identifier, as own key or other.
type holding struct {
	contacts int
	others   bool // not all of them are to be forgotten
}

// held tells whether contacts have any of the keys: a phone may be known only as
// somebody's second number.
func (p *people) held(keys []contact.Key) bool {
	return slices.ContainsFunc(keys, func(k contact.Key) bool { return p.holders[uint64(k)].contacts > 0 })
}

// meet finds the contacts that the keys name.
func (p *people) meet() error {
	named := map[uint64][]int64{}
	err := p.e.d.walk(contactsByKey, func(_ int64, block []entry) error {
		for _, b := range block {
			if !p.e.keys[b.key] {
				continue
			}
			id := int64(b.value >> 1)
			if b.value&1 == 1 {
				p.e.contacts[id], p.own[id] = true, b.key
			} else if contact.Key(b.key).Phone() == 0 && !slices.Contains(named[b.key], id) {
				named[b.key] = append(named[b.key], id)
			}
		}
		return nil
	})
	for _, ids := range named {
		if err != nil {
			return err
		}
		if len(ids) > 1 {
			return p.e.d.newFault(nil, contact.T("several contacts share this identifier", "это общий идентификатор нескольких контактов"),
				contact.T("forget them by their phones", "забудьте их по телефонам"))
		}
		var key int64
		_, err = p.e.d.one("SELECT key FROM contact WHERE contact_id = ?", []any{ids[0]}, &key)
		p.e.contacts[ids[0]], p.own[ids[0]], p.e.keys[uint64(key)] = true, uint64(key), true
	}
	return err
}

// identify finds the other identifiers of the contacts.
func (p *people) identify() error {
	return p.e.d.walk(keysByContact, func(_ int64, block []entry) error {
		for _, b := range block {
			if id := int64(b.key); p.e.contacts[id] {
				p.idents[id] = append(p.idents[id], b.value)
			}
		}
		return nil
	})
}

// share finds who has the identifiers: those that nobody else has are to go.
func (p *people) share() error {
	for key := range p.e.keys {
		p.holders[key] = &holding{}
	}
	for _, keys := range p.idents {
		for _, key := range keys {
			p.holders[key] = &holding{}
		}
	}
	err := p.e.d.walk(contactsByKey, func(_ int64, block []entry) error {
		for _, b := range block {
			if h := p.holders[b.key]; h != nil {
				h.contacts++
				h.others = h.others || !p.e.contacts[int64(b.value>>1)]
			}
		}
		return nil
	})
	for _, keys := range p.idents {
		for _, key := range keys {
			if !p.holders[key].others {
				p.e.keys[key] = true
			}
		}
	}
	return err
}

// recall finds the facts about all identifiers, and under which the contacts
// refused.
func (p *people) recall() error {
	err := p.e.d.walk(aliases, func(_ int64, block []entry) error {
		for _, b := range block {
			if p.e.keys[b.value] {
				p.aliased[b] = true
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return p.e.d.each("SELECT evidence_id, kind, via, channel, key, happened FROM fact ORDER BY evidence_id", nil, func(rows *sql.Rows) error {
		var f contact.Fact
		var key, at int64
		err := rows.Scan(&f.Seq, &f.Kind, &f.Via, &f.Channel, &key, &at)
		if p.holders[uint64(key)] != nil {
			f.Key, f.At = contact.Key(key), contact.Moment(at)
			p.facts[uint64(key)] = append(p.facts[uint64(key)], f)
		}
		return err
	})
}

// fewShare is the default of the policy's link.max_share: a fact about an
// identifier that more share does not reach them all.
const fewShare = 5

// hash notes which facts are kept under which identifiers: the refusals of each
// person and what lifts them, under all that the person is known by.
func (p *people) hash() error {
	hashers, err := p.e.d.hashers()
	if err != nil {
		return err
	}
	old, err := p.e.d.forgotten()
	if err != nil {
		return err
	}
	h := hashers[len(hashers)-1]
	for key, sources := range p.sources() {
		p.hashUnder(h, old, key, sources)
	}
	slices.SortFunc(p.e.hashed, func(a, b hashedFact) int { return bytes.Compare(a.tag[:], b.tag[:]) })
	return nil
}

// sources is, for each identifier that somebody is known by, those whose facts
// it answers for.
func (p *people) sources() map[uint64][]uint64 {
	under := map[uint64][]uint64{}
	for key := range p.e.keys {
		under[key] = append(under[key], key)
	}
	for id, own := range p.own {
		all := append([]uint64{own}, p.idents[id]...)
		for _, a := range all {
			if a != own && !p.e.keys[a] && !p.aliased[entry{a, own}] {
				continue
			}
			for _, b := range all {
				if b != a && (b == own || p.holders[b].contacts <= fewShare) {
					under[a] = append(under[a], b)
				}
			}
		}
	}
	return under
}

// hashUnder keeps the facts of the sources under a key, if any refuses.
func (p *people) hashUnder(h *hasher, old *memory, key uint64, sources []uint64) {
	var facts []contact.Fact
	refused := false
	note := func(f contact.Fact) {
		refused = refused || f.Kind.Refuses()
		if keeps(f.Kind) && !slices.ContainsFunc(facts, func(o contact.Fact) bool { return o.Seq == f.Seq }) {
			facts = append(facts, f)
		}
	}
	before := map[int64]bool{} // who was forgotten before may be known by more now
	if old != nil {
		for _, f := range old.of(contact.Key(key)) {
			before[f.Seq] = true
			refused = true
		}
		for _, source := range sources {
			for _, f := range old.of(contact.Key(source)) {
				note(f)
			}
		}
	}
	for _, source := range sources {
		for _, f := range p.facts[source] {
			note(f)
		}
	}
	for _, f := range facts {
		if refused && !before[f.Seq] {
			f.Key, f.Remembered = 0, false
			p.e.hashed = append(p.e.hashed, hashedFact{key: h.id, tag: h.tag(contact.Key(key)), fact: f})
		}
	}
}

// keeps tells whether evidence of a kind refuses, or lifts what does.
func keeps(k contact.EvidenceKind) bool {
	switch k {
	case contact.OptIn, contact.Consent, contact.BotStarted, contact.Pardon, contact.Keep:
		return true
	}
	return k.Refuses()
}
