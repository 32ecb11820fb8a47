package audit

import (
	"crypto/rand"
	"database/sql"
	"fmt"
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
	var n int64
	if _, err := d.one("SELECT coalesce(max(seq), 999) + 1 FROM run", nil, &n); err != nil {
		return err
	}
	info := RunInfo{ID: fmt.Sprintf("forget-%d", n), Started: at, AsOf: at}
	rand.Read(info.Seed[:]) // never fails
	e.Run.info = info
	var err error
	if e.seq, err = d.insertRun("forget", info); err != nil {
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
	return d.end(info.ID, Published, at)
}

// newEraser finds what there is of the people.
func (d *DB) newEraser(keys []contact.Key) (*eraser, error) {
	e := &eraser{sealing: &sealing{Run: &Run{d: d}}, contacts: map[int64]bool{}, keys: map[uint64]bool{}, said: map[int64]bool{}, salts: map[int64][]saltNode{}}
	t := &teller{d: d, story: &Story{}}
	for _, key := range keys {
		if err := e.meet(t, uint64(key)); err != nil {
			return nil, err
		}
	}
	var links []link
	for id := range e.contacts {
		own, err := e.identifiers(t, id)
		if err != nil {
			return nil, err
		}
		links = append(links, own...)
	}
	err := d.each("SELECT evidence_id, key FROM fact", nil, func(rows *sql.Rows) error {
		var id, key int64
		err := rows.Scan(&id, &key)
		if e.keys[uint64(key)] {
			e.said[id] = true
		}
		return err
	})
	if err == nil {
		err = e.hash(links)
	}
	if err == nil && len(e.contacts)+len(e.said) == 0 && !e.linked() {
		e.keys = nil // unknown
	}
	return e, err
}

// linked tells whether a posting is about the keys: a phone that only stands as
// somebody's second number.
func (e *eraser) linked() bool {
	found := false
	for key := range e.keys {
		for _, list := range []int{contactsByKey, aliases} {
			values, err := e.d.lookup(list, key)
			found = found || err != nil || len(values) > 0
		}
	}
	return found
}

// meet finds the contacts that a key names.
func (e *eraser) meet(t *teller, key uint64) error {
	ids, err := t.contactsOf(key)
	if err != nil {
		return err
	}
	e.keys[key] = true
	if contact.Key(key).Phone() == 0 && len(ids) > 1 {
		return e.d.newFault(nil, contact.T("several contacts share this identifier", "это общий идентификатор нескольких контактов"),
			contact.T("forget them by their phones", "забудьте их по телефонам"))
	}
	for _, id := range ids {
		own, err := t.ownKey(id)
		if err != nil {
			return err
		}
		if own == key || contact.Key(key).Phone() == 0 {
			e.contacts[id] = true
			e.keys[own] = true
		}
	}
	return nil
}

// link is an identifier of a contact that is to be forgotten.
type link struct {
	key   uint64
	owner uint64 // own key of the contact
	alone bool   // nobody else has it
	few   bool   // so few have it that a fact about it reaches them all
}

// fewShare is the default of the policy's link.max_share.
const fewShare = 5

// identifiers finds those of a contact, and marks those that only it has.
func (e *eraser) identifiers(t *teller, id int64) ([]link, error) {
	keys, err := t.keysOf(id)
	if err != nil {
		return nil, err
	}
	owner := keys[len(keys)-1]
	var links []link
	for _, key := range keys {
		holders, err := t.contactsOf(key)
		if err != nil {
			return nil, err
		}
		others := slices.ContainsFunc(holders, func(h int64) bool { return !e.contacts[h] })
		l := link{key, owner, !others || key == owner, len(holders) <= fewShare}
		if l.alone {
			e.keys[key] = true
		}
		links = append(links, l)
	}
	return links, nil
}

// hash notes which facts are to be kept under which identifiers: the refusals of
// each person and what lifts them, under all that the person is known by.
func (e *eraser) hash(links []link) error {
	under := map[uint64]map[uint64]bool{} // identifier -> those whose facts it answers for
	note := func(key, facts uint64) {
		if under[key] == nil {
			under[key] = map[uint64]bool{}
		}
		under[key][facts] = true
	}
	for key := range e.keys {
		note(key, key)
	}
	for _, a := range links {
		owners, err := e.d.lookup(aliases, a.key)
		if err != nil {
			return err
		}
		if !a.alone && !slices.Contains(owners, a.owner) {
			continue
		}
		for _, b := range links {
			if a.owner == b.owner && b.few {
				note(a.key, b.key)
			}
		}
	}
	return e.hashUnder(under)
}

func (e *eraser) hashUnder(under map[uint64]map[uint64]bool) error {
	hashers, err := e.d.hashers()
	if err != nil {
		return err
	}
	h := hashers[len(hashers)-1]
	old, err := e.d.forgotten()
	if err != nil {
		return err
	}
	for key, sources := range under {
		var facts []contact.Fact
		refused := false
		for source := range sources {
			err := e.d.eachFactOf(source, func(f contact.Fact) {
				refused = refused || f.Kind.Refuses()
				if keeps(f.Kind) {
					facts = append(facts, f)
				}
			})
			if err != nil {
				return err
			}
		}
		if old != nil { // who was forgotten before may be known by more now
			before := old.of(contact.Key(key))
			refused = refused || len(before) > 0
			for source := range sources {
				for _, f := range old.of(contact.Key(source)) {
					refused = refused || f.Kind.Refuses()
					known := func(b contact.Fact) bool { return b.Seq == f.Seq }
					if !slices.ContainsFunc(before, known) {
						facts = append(facts, f)
					}
				}
			}
		}
		for _, f := range facts {
			if refused {
				f.Key = 0
				e.hashed = append(e.hashed, hashedFact{key: h.id, tag: h.tag(contact.Key(key)), fact: f})
			}
		}
	}
	slices.SortFunc(e.hashed, func(a, b hashedFact) int { return slices.Compare(a.tag[:], b.tag[:]) })
	return nil
}

// keeps tells whether evidence of a kind refuses, or lifts what does.
func keeps(k contact.EvidenceKind) bool {
	switch k {
	case contact.OptIn, contact.Consent, contact.BotStarted, contact.Pardon, contact.Keep:
		return true
	}
	return k.Refuses()
}

// eachFactOf yields the facts about one identifier.
func (d *DB) eachFactOf(key uint64, yield func(contact.Fact)) error {
	return d.each("SELECT evidence_id, kind, via, channel, happened FROM fact WHERE key = ? ORDER BY evidence_id", []any{int64(key)}, func(rows *sql.Rows) error {
		f := contact.Fact{Key: contact.Key(key)}
		var at int64
		err := rows.Scan(&f.Seq, &f.Kind, &f.Via, &f.Channel, &at)
		f.At = contact.Moment(at)
		yield(f)
		return err
	})
}
