package audit

import (
	"database/sql"
	"time"

	"cleanbase/internal/contact"
)

// Unseen is the keys of people who were in no run whose as-of time is at or
// after since, and of whom nothing was learnt since then: contacts by their own
// key, and identifiers that only evidence or a message knows.
func (d *DB) Unseen(since time.Time) ([]contact.Key, error) {
	u := &unseen{d: d, since: stamp(since), day: since, recent: map[uint64]bool{}, held: map[uint64]bool{}}
	keys, err := u.find()
	return keys, d.fault(err)
}

type unseen struct {
	d      *DB
	since  string
	day    time.Time       // the same
	last   int32           // day of the message that is walked past
	seen   []bool          // by contact_id
	recent map[uint64]bool // identifiers of evidence: learnt since then
	held   map[uint64]bool // those that a contact has
}

func (u *unseen) find() ([]contact.Key, error) {
	var last int64
	if _, err := u.d.one("SELECT coalesce(max(contact_id), 0) FROM contact", nil, &last); err != nil {
		return nil, err
	}
	u.seen = make([]bool, last+1)
	for _, step := range []func() error{u.stood, u.learnt, u.sent, u.holders} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	var keys []contact.Key
	err := u.d.each("SELECT contact_id, key FROM contact WHERE key <> 0 ORDER BY contact_id", nil, func(rows *sql.Rows) error {
		var id, key int64
		err := rows.Scan(&id, &key)
		if !u.seen[id] {
			keys = append(keys, contact.Key(key))
		}
		return err
	})
	for key, recent := range u.recent {
		if !recent && !u.held[key] {
			keys = append(keys, contact.Key(key))
		}
	}
	return keys, err
}

// stood marks the contacts that stood in a later run.
func (u *unseen) stood() error {
	return u.d.each(`SELECT codes FROM chunk_codes WHERE chunk_id IN (SELECT part.value ->> 1 FROM run AS r JOIN input AS i ON i.run = r.seq
			JOIN standing AS s ON s.input_id = i.input_id JOIN layout AS l ON l.layout_id = s.layout_id, json_each(l.chunks) AS part
		WHERE r.as_of >= ?)`, []any{u.since}, func(rows *sql.Rows) error {
		var codes string
		err := rows.Scan(&codes)
		for _, s := range scanCodes(codes) {
			if id := s.code >> 1; s.code != noRow && id > 0 && id < int64(len(u.seen)) {
				u.seen[id] = true
			}
		}
		return err
	})
}

// learnt notes of each identifier whether something was learnt later.
func (u *unseen) learnt() error {
	return u.d.each("SELECT f.key, r.as_of >= ? FROM fact AS f JOIN run AS r ON r.seq = f.run WHERE f.key >> 60 <> 5", []any{u.since}, func(rows *sql.Rows) error {
		var key int64
		var recent bool
		err := rows.Scan(&key, &recent)
		u.recent[uint64(key)] = u.recent[uint64(key)] || recent
		return err
	})
}

// sent notes of each identifier that a message is remembered to whether that was
// sent later: of one with no date nobody can say so.
func (u *unseen) sent() error {
	since := int32(u.day.Unix() / 86400)
	return u.d.walk(messages, func(_ int64, block []entry) error {
		for _, e := range block {
			if e.value < firstIdentifier {
				u.last, _ = unpackSending(e.value)
				continue
			}
			u.recent[e.value] = u.recent[e.value] || u.last >= since
		}
		return nil
	})
}

// holders marks the contacts of whom something was learnt.
func (u *unseen) holders() error {
	return u.d.walk(contactsByKey, func(_ int64, block []entry) error {
		for _, b := range block {
			recent, known := u.recent[b.key]
			if known {
				u.held[b.key] = true
			}
			if id := b.value >> 1; recent && id < uint64(len(u.seen)) {
				u.seen[id] = true
			}
		}
		return nil
	})
}
