package audit

import (
	"cmp"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math"
	"slices"

	"cleanbase/internal/contact"
)

// identify gives every contact its contact_id: the one it has had before, or
// the next ones, in the order in which new contacts stand in the inputs.
func (s *sealing) identify() error {
	if _, err := s.d.one("SELECT coalesce(max(contact_id), 0) FROM contact", nil, &s.known); err != nil {
		return err
	}
	if s.known > 0 {
		if err := s.recognise(); err != nil {
			return err
		}
	}
	return s.numberNew()
}

// recogniseBatches is how often recognise walks through what is posted at most:
// more contacts than fit so many segments are sorted in larger parts.
const recogniseBatches = 8

// recognise finds the contacts that were there before.
func (s *sealing) recognise() error {
	work := &batcher{size: max(segmentEntries, len(s.ids)/recogniseBatches+1)}
	work.flush = func(sorted []entry) error {
		for i := 1; i < len(sorted); i++ {
			if sorted[i-1].key == sorted[i].key {
				return errOneKey
			}
		}
		return s.d.join(contactsByKey, sorted, func(at int, value uint64) {
			if value&1 == 1 {
				s.ids[sorted[at].value] = int32(value >> 1)
			}
		})
	}
	for i := range s.ids {
		key, _ := s.dec.Contact(i)
		if !work.add(uint64(key), uint64(i)) {
			break
		}
	}
	return work.end()
}

// numberNew walks all rows. The inputs' order is that of their contents, so that
// renaming or reordering files changes no contact_id.
func (s *sealing) numberNew() error {
	s.total = s.known
	main := make([]bool, len(s.ids))
	var err error
	for _, in := range s.inputsByContent() {
		s.dec.Rows(in.No, func(row, c int32, merged bool) bool {
			if s.ids[c] == 0 {
				s.total++
				s.ids[c] = int32(s.total)
			}
			if !merged && main[c] {
				err = fmt.Errorf("%w: a contact has two main rows", errRowLaw)
			}
			main[c] = main[c] || !merged
			return err == nil
		})
	}
	if s.total > math.MaxInt32 {
		return errors.New("audit: too many contacts")
	}
	if err == nil && slices.Contains(main, false) {
		err = fmt.Errorf("%w: a contact has no main row", errRowLaw)
	}
	return err
}

func (s *sealing) inputsByContent() []*runInput {
	var all []*runInput
	for _, in := range s.inputs {
		all = append(all, in)
	}
	slices.SortFunc(all, func(a, b *runInput) int {
		return cmp.Or(cmp.Compare(a.SHA256, b.SHA256), cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(a.No, b.No))
	})
	return all
}

// errOneKey is Decisions in which a contact stands twice.
var errOneKey = errors.New("audit: two contacts have one key")

// decide stores the decisions that are new or changed, in order of contact_id.
func (s *sealing) decide(p *planter) error {
	sets, err := s.reasonSets()
	if err != nil {
		return err
	}
	byID := make([]int32, s.total+1) // contact, plus 1, of each contact_id
	for i, id := range s.ids {
		if byID[id] != 0 {
			return errOneKey
		}
		byID[id] = int32(i) + 1
	}
	changed, err := s.changed(byID, sets)
	if err != nil {
		return err
	}
	for _, c := range changed {
		if err := s.redecide(c, sets, p); err != nil {
			return err
		}
	}
	return s.insertNew(byID, sets, p)
}

// Where set_id begins, and what is added to a leaf's number in the tables: see
// schema.sql, table contact.
const (
	firstSet  = 1024
	leafShift = 1 << 24
)

// verdictOf is the verdict that a set_id says.
func verdictOf(setID int64) contact.Verdict { return contact.Verdict(setID & 7) }

// reasonSets returns the set_id of each set of reasons that occurs, storing
// those that are new.
func (s *sealing) reasonSets() (map[contact.ReasonSet]int64, error) {
	sets := map[contact.ReasonSet]int64{}
	err := s.d.each("SELECT set_id, bits FROM reason_set", nil, func(rows *sql.Rows) error {
		var id, bits int64
		err := rows.Scan(&id, &bits)
		sets[contact.ReasonSet(bits)] = id
		return err
	})
	var fresh []contact.ReasonSet
	for i := range s.ids {
		_, set := s.dec.Contact(i)
		if _, known := sets[set]; !known {
			sets[set] = 0
			fresh = append(fresh, set)
		}
	}
	slices.Sort(fresh)
	next := firstSet>>3 + int64(len(sets)-len(fresh))
	for _, set := range fresh {
		sets[set] = next<<3 | int64(set.Verdict())
		next++
		err = errors.Join(err, s.d.exec("INSERT INTO reason_set VALUES (?, ?, ?, ?)", sets[set], int64(set), set.Verdict().String(), set.JSON()))
	}
	return sets, err
}

// changed returns the contacts known before whose reasons are not the same as
// then.
func (s *sealing) changed(byID []int32, sets map[contact.ReasonSet]int64) ([]int32, error) {
	var changed []int32
	err := s.d.eachState(func(id, setID int64) error {
		c := byID[id] - 1
		if c < 0 {
			return nil // not in this run
		}
		if _, set := s.dec.Contact(int(c)); sets[set] != setID {
			changed = append(changed, c)
		}
		return nil
	})
	return changed, err
}

// eachState yields the set_id of every contact, in order of contact_id.
func (d *DB) eachState(yield func(id, setID int64) error) error {
	last := int64(0)
	return d.drain("SELECT 1 FROM contact WHERE drain(contact_id, set_id) ORDER BY contact_id", nil, func(row drained) error {
		var id, set int64
		if err := row.ints(&id, &set); err != nil {
			return err
		}
		if last++; id != last {
			return fmt.Errorf("%w: contact %d", errDamaged, last)
		}
		return yield(id, set)
	})
}

// redecide stores a changed decision; a trigger keeps the old one.
func (s *sealing) redecide(c int32, sets map[contact.ReasonSet]int64, p *planter) error {
	key, set := s.dec.Contact(int(c))
	p.add(decisionRecord(int64(s.ids[c]), key, set, s.info.AsOf.Unix()))
	err := s.d.exec("UPDATE contact SET set_id = ?, since_run = ?, leaf = ? WHERE contact_id = ?", sets[set], s.seq, s.leaf+leafShift, s.ids[c])
	s.leaf++
	return err
}

// insertNew stores the decisions of new contacts. SQLite numbers them itself,
// which takes two thirds of the time: it looks for no row that may have the number
// already. checkRows finds it out should it count otherwise.
func (s *sealing) insertNew(byID []int32, sets map[contact.ReasonSet]int64, p *planter) error {
	id := s.known
	return s.d.bulk("INSERT INTO contact SELECT NULL, c0, c1, ?, c2 FROM feed", []any{s.seq}, func(row []driver.Value) bool {
		if id == s.total {
			return false
		}
		id++
		key, set := s.dec.Contact(int(byID[id] - 1))
		p.add(decisionRecord(id, key, set, s.info.AsOf.Unix()))
		row[0], row[1], row[2] = int64(key), sets[set], s.leaf+leafShift
		s.leaf++
		return true
	})
}

// indexContacts posts new contacts by their own key, and all identifiers that
// are new for their contact both ways.
func (s *sealing) indexContacts() error {
	var reverse []entry
	s.work.flush = func(sorted []entry) error {
		for i := 1; i < len(sorted); i++ {
			if a, b := sorted[i-1], sorted[i]; a.key == b.key && a.value&b.value&1 == 1 {
				return errOneKey
			}
		}
		fresh, err := sorted, error(nil)
		if slices.ContainsFunc(sorted, func(e entry) bool { return e.value&1 == 0 }) { // a new contact's own key is not there
			if fresh, err = s.d.unposted(contactsByKey, sorted, 1); err != nil {
				return err
			}
		}
		if err := s.d.post(contactsByKey, fresh); err != nil {
			return err
		}
		reverse = reverse[:0]
		for _, e := range fresh {
			if e.value&1 == 0 {
				reverse = append(reverse, entry{e.value >> 1, e.key})
			}
		}
		sortEntries(reverse, s.work.tmp)
		return s.d.post(keysByContact, reverse)
	}
	for i, id := range s.ids {
		if int64(id) <= s.known {
			continue
		}
		key, _ := s.dec.Contact(i)
		if !s.work.add(uint64(key), uint64(id)<<1|1) {
			break
		}
	}
	s.dec.Identifiers(func(key contact.Key, c int) bool { return s.work.add(uint64(key), uint64(s.ids[c])<<1) })
	return s.work.end()
}

// indexAliases posts the identifiers of contacts that a refusal is in force for.
func (s *sealing) indexAliases() error {
	s.work.flush = func(sorted []entry) error {
		fresh, err := s.d.unposted(aliases, sorted, 0)
		return errors.Join(err, s.d.post(aliases, fresh))
	}
	s.dec.Aliases(func(key contact.Key, c int) bool {
		owner, _ := s.dec.Contact(c)
		return key == owner || s.work.add(uint64(key), uint64(owner))
	})
	return s.work.end()
}
