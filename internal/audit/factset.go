package audit

import (
	"database/sql"
	"fmt"

	"cleanbase/internal/contact"
)

// factSet is the digests of all facts with their numbers, an open hash table of
// 16 bytes a slot, and the texts that facts share.
type factSet struct {
	digests []uint64 // 0 is an empty slot
	ids     []uint32
	n       int
	last    int64 // the largest evidence_id
	seen    int64 // data_version that this was read at
	words   map[string]int64
	// waiting is the messages that evidence was kept of.
	waiting []contact.Key
}

// loadFacts reads and tells what is stored, unless it was read already and nobody
// else has written since.
func (r *Run) loadFacts() error {
	d := r.d
	var version int64
	if _, err := d.one("PRAGMA data_version", nil, &version); err != nil {
		return err
	}
	if d.facts != nil && d.facts.seen == version {
		return nil
	}
	f := &factSet{seen: version, words: map[string]int64{}}
	err := d.eachFact(0, func(fact contact.Fact, sum uint64) {
		f.last = fact.Seq - 1
		f.add(sum)
		if fact.Key.Kind() == contact.MessageID {
			f.waiting = append(f.waiting, fact.Key)
		}
		r.tell(fact)
	})
	if err != nil {
		return err
	}
	var sealed int64 // the newest evidence may have been forgotten: its number stays taken
	if _, err = d.one("SELECT coalesce(max(first_evidence + evidence_leaves), 1) - 1 FROM run", nil, &sealed); err != nil {
		return err
	}
	f.last = max(f.last, sealed)
	err = d.each("SELECT word_id, text FROM word ORDER BY word_id LIMIT ?", []any{maxWords}, func(rows *sql.Rows) error {
		var id int64
		var text string
		err := rows.Scan(&id, &text)
		f.words[text] = id
		return err
	})
	if err == nil {
		d.gone, err = d.forgotten()
	}
	d.facts = f
	return err
}

// eachFact yields every fact that is stored after a number, in order of Seq, with
// its digest.
func (d *DB) eachFact(after int64, yield func(f contact.Fact, digest uint64)) error {
	return d.drain("SELECT 1 FROM fact WHERE evidence_id > ? AND drain(evidence_id, digest, kind, via, channel, key, happened) ORDER BY evidence_id", []any{after}, func(row drained) error {
		var f contact.Fact
		var sum, kind, via, channel, key, at int64
		if err := row.ints(&f.Seq, &sum, &kind, &via, &channel, &key, &at); err != nil {
			return err
		}
		if uint64(kind|via|channel) > 255 {
			return fmt.Errorf("%w: evidence %d", errDamaged, f.Seq)
		}
		f.Kind, f.Via, f.Channel = contact.EvidenceKind(kind), contact.Via(via), contact.Channel(channel)
		f.Key, f.At = contact.Key(key), contact.Moment(at)
		yield(f, uint64(sum))
		return nil
	})
}

// add returns the number of a digest, which is the next one when it is new.
func (f *factSet) add(digest uint64) (id int64, known bool) {
	if digest == 0 {
		digest = 1
	}
	if 4*f.n >= 3*len(f.digests) {
		f.grow()
	}
	mask := uint64(len(f.digests) - 1)
	for i := digest & mask; ; i = (i + 1) & mask {
		switch f.digests[i] {
		case digest:
			return int64(f.ids[i]), true
		case 0:
			f.n++
			f.last++
			f.digests[i], f.ids[i] = digest, uint32(f.last)
			return f.last, false
		}
	}
}

func (f *factSet) grow() {
	digests, ids := f.digests, f.ids
	size := max(1<<10, 2*len(digests))
	f.digests, f.ids = make([]uint64, size), make([]uint32, size)
	mask := uint64(size - 1)
	for at, digest := range digests {
		if digest == 0 {
			continue
		}
		i := digest & mask
		for f.digests[i] != 0 {
			i = (i + 1) & mask
		}
		f.digests[i], f.ids[i] = digest, ids[at]
	}
}
