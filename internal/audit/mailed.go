package audit

import (
	"database/sql"
	"time"

	"cleanbase/internal/contact"
)

// EachLearnt yields all evidence about people in order of Seq, without rules, quotes and
// details, and as of when the run ran that learnt it first. Origin.Input is the
// input_id, unique over all runs.
func (d *DB) EachLearnt(yield func(e contact.Evidence, learnt time.Time) bool) error {
	runs := map[int64]time.Time{}
	err := d.each("SELECT seq, as_of FROM run", nil, func(rows *sql.Rows) error {
		var seq int64
		var asOf string
		err := rows.Scan(&seq, &asOf)
		runs[seq] = unstamp(asOf)
		return err
	})
	if err != nil {
		return d.fault(err)
	}
	err = d.each("SELECT evidence_id, kind, via, channel, key, coalesce(ident, ''), happened, run, coalesce(input_id, 0), coalesce(row, 0) FROM fact WHERE key >> 60 <> 5 ORDER BY evidence_id", nil, func(rows *sql.Rows) error {
		var e contact.Evidence
		var key, at, run int64
		if err := rows.Scan(&e.Seq, &e.Kind, &e.Via, &e.Channel, &key, &e.ID.Text, &at, &run, &e.Origin.Input, &e.Origin.Row); err != nil {
			return err
		}
		e.ID.Key, e.At = contact.Key(key), contact.Moment(at)
		if !yield(e, runs[run]) {
			return errStop
		}
		return nil
	})
	return d.fault(stopped(err))
}

// EachOwner yields, for each identifier that want tells of, the contacts that
// have it, and whether it is the contact's own key.
func (d *DB) EachOwner(want func(contact.Key) bool, yield func(key contact.Key, id int64, own bool)) error {
	return d.fault(d.walk(contactsByKey, func(_ int64, block []entry) error {
		for _, e := range block {
			if want(contact.Key(e.key)) {
				yield(contact.Key(e.key), int64(e.value>>1), e.value&1 == 1)
			}
		}
		return nil
	}))
}

// EachHolder yields the contacts, by their own keys, that have had one of the
// identifiers in any run. keys are sorted, and none stands twice.
func (d *DB) EachHolder(keys []contact.Key, yield func(id, own contact.Key)) error {
	if len(keys) == 0 {
		return nil
	}
	sorted := make([]entry, len(keys))
	for i, key := range keys {
		sorted[i].key = uint64(key)
	}
	var held []entry               // identifier and contact_id
	own := map[int64]contact.Key{} // of these contacts
	err := d.join(contactsByKey, sorted, func(at int, value uint64) {
		if value&1 == 0 {
			held = append(held, entry{sorted[at].key, value >> 1})
			own[int64(value>>1)] = 0
		}
	})
	if err == nil && len(held) > 0 {
		err = d.EachOwner(func(contact.Key) bool { return true }, func(key contact.Key, id int64, is bool) {
			if _, wanted := own[id]; is && wanted {
				own[id] = key
			}
		})
	}
	if err != nil {
		return d.fault(err)
	}
	for _, h := range held {
		if key := own[int64(h.value)]; key != 0 {
			yield(contact.Key(h.key), key)
		}
	}
	return nil
}

// EachOwnKey yields the key of every contact: of its phone, or of a record with
// none; 0 of a forgotten one.
func (d *DB) EachOwnKey(yield func(id int64, key contact.Key)) error {
	return d.fault(d.each("SELECT contact_id, key FROM contact", nil, func(rows *sql.Rows) error {
		var id, key int64
		err := rows.Scan(&id, &key)
		yield(id, contact.Key(key))
		return err
	}))
}

// EachDecision yields every decision that was ever made, with the as-of time of
// its run, in no order.
func (d *DB) EachDecision(yield func(id int64, asOf time.Time, set contact.ReasonSet)) error {
	sets, err := d.setBits()
	if err != nil {
		return d.fault(err)
	}
	return d.fault(d.each(`SELECT k.contact_id, r.as_of, k.set_id FROM (SELECT contact_id, since_run, set_id FROM contact
		UNION ALL SELECT contact_id, since_run, set_id FROM past) AS k JOIN run AS r ON r.seq = k.since_run`, nil, func(rows *sql.Rows) error {
		var id int64
		var asOf string
		var set int32
		err := rows.Scan(&id, &asOf, &set)
		yield(id, unstamp(asOf), sets[set])
		return err
	}))
}

// EachStanding yields on which tables each contact of a run stood; a contact
// that stands on several rows of one comes more than once.
func (d *DB) EachStanding(runID string, yield func(id int64, in Input)) error {
	inputs := map[int64]Input{}
	var seq int64
	err := d.each("SELECT seq, input_id, path, sheet FROM input JOIN run ON seq = run WHERE run_id = ?", []any{runID}, func(rows *sql.Rows) error {
		var id int64
		var in Input
		err := rows.Scan(&seq, &id, &in.Path, &in.Sheet)
		inputs[id] = in
		return err
	})
	if err != nil {
		return d.fault(err)
	}
	return d.fault(d.eachStanding(seq, func(input, _, code int64) { yield(code>>1, inputs[input]) }))
}

// EachClean yields the contacts that a run found clean.
func (d *DB) EachClean(runID string, yield func(id int64, key contact.Key)) error {
	return d.fault(d.each(`SELECT d.contact_id, d.key FROM decided AS d JOIN reason_set AS v ON v.set_id = d.set_id
		WHERE d.run = (SELECT seq FROM run WHERE run_id = ?) AND v.verdict = 'clean'`, []any{runID}, func(rows *sql.Rows) error {
		var id, key int64
		err := rows.Scan(&id, &key)
		yield(id, contact.Key(key))
		return err
	}))
}
