package audit

import (
	"database/sql"
	"errors"
	"time"

	"cleanbase/internal/contact"
)

// History lists the newest runs, newest first; limit 0 is all of them.
func (d *DB) History(limit int) ([]RunSummary, error) {
	if limit <= 0 {
		limit = -1
	}
	var all []RunSummary
	err := d.each(`SELECT run_id, started_at, coalesce(finished_at, ''), as_of, status, tool_version, policy_sha256,
			coalesce(rows_read, 0), coalesce(rows_clean, 0), coalesce(rows_cold, 0), coalesce(rows_hold, 0), coalesce(rows_removed, 0),
			coalesce(rows_invalid, 0), coalesce(rows_merged, 0), coalesce(root, ''), coalesce(tree_size, 0), coalesce(accepted, '')
		FROM run WHERE kind = 'run' ORDER BY seq DESC LIMIT ?`, []any{limit}, func(rows *sql.Rows) error {
		var s RunSummary
		var started, finished, asOf string
		err := rows.Scan(&s.RunID, &started, &finished, &asOf, &s.Status, &s.ToolVersion, &s.PolicySHA256,
			&s.Rows.Read, &s.Rows.Clean, &s.Rows.Cold, &s.Rows.Hold, &s.Rows.Removed, &s.Rows.Invalid, &s.Rows.Merged, &s.Root, &s.Size, &s.Accepted)
		s.Started, s.Finished, s.AsOf = unstamp(started), unstamp(finished), unstamp(asOf)
		all = append(all, s)
		return err
	})
	return all, d.fault(err)
}

// Diff yields each contact whose decision differs between two runs, in order
// of contact_id, and counts them. It keeps 8 bytes a contact in memory.
func (d *DB) Diff(runA, runB string, yield func(Change) bool) (DiffCounts, error) {
	var counts DiffCounts
	sets, err := d.setBits()
	if err != nil {
		return counts, d.fault(err)
	}
	a, err := d.decidedIn(runA)
	if err != nil {
		return counts, d.fault(err)
	}
	b, err := d.decidedIn(runB)
	if err != nil {
		return counts, d.fault(err)
	}
	runs, err := d.runMetas()
	if err != nil {
		return counts, d.fault(err)
	}
	told, err := d.toldBetween(runs[runA], runs[runB])
	if err != nil {
		return counts, d.fault(err)
	}
	for id := range a {
		from, to := a[id], b[id]
		switch {
		case from == to:
			continue
		case from == 0:
			counts.Entered++
		case to == 0:
			counts.Left++
		default:
			counts.Changed++
		}
		c := Change{ContactID: int64(id), From: sets.verdict(from), To: sets.verdict(to), FromSet: sets[from-1], ToSet: sets[to-1]}
		switch {
		case from == 0:
			c.Cause = CauseNew
		case to == 0:
			c.Cause = CauseLeft
		default:
			c.Cause = causeOf(c.FromSet, c.ToSet, told[int64(id)], runs[runA].policy != runs[runB].policy)
		}
		var key int64
		if _, err := d.one("SELECT key FROM contact WHERE contact_id = ?", []any{id}, &key); err != nil {
			return counts, d.fault(err)
		}
		c.Phone = contact.Key(key).Phone().String()
		if !yield(c) {
			break
		}
	}
	return counts, nil
}

// setBits is the reasons of each set_id.
type setBits map[int32]contact.ReasonSet

func (d *DB) setBits() (setBits, error) {
	sets := setBits{}
	err := d.each("SELECT set_id, bits FROM reason_set", nil, func(rows *sql.Rows) error {
		var id int32
		var bits int64
		err := rows.Scan(&id, &bits)
		sets[id] = contact.ReasonSet(bits)
		return err
	})
	return sets, err
}

// verdict is the verdict of a state: a set_id plus 1, or 0 for none.
func (s setBits) verdict(state int32) string {
	if state == 0 {
		return ""
	}
	return s[state-1].Verdict().String()
}

// decidedIn is the set_id plus 1 of every contact_id in a run, 0 for a contact
// that was not in it.
func (d *DB) decidedIn(runID string) ([]int32, error) {
	var seq, last int64
	found, err := d.one("SELECT seq, (SELECT coalesce(max(contact_id), 0) FROM contact) FROM run WHERE run_id = ? AND kind = 'run'", []any{runID}, &seq, &last)
	if err == nil && !found {
		err = d.noRun()
	}
	if err != nil {
		return nil, err
	}
	states := make([]int32, last+1)
	const here = -1
	err = d.eachStanding(seq, func(_, _, code int64) {
		if id := code >> 1; code&1 == 0 && id > 0 && id <= last {
			states[id] = here
		}
	})
	if err != nil {
		return nil, err
	}
	decide := func(id, set int64) error {
		if id <= last && states[id] != 0 {
			states[id] = int32(set) + 1
		}
		return nil
	}
	if err := d.eachState(decide); err != nil {
		return nil, err
	}
	err = d.each("SELECT contact_id, set_id FROM past WHERE since_run <= ?1 AND until_run > ?1", []any{seq}, func(rows *sql.Rows) error {
		var id, set int64
		err := rows.Scan(&id, &set)
		return errors.Join(err, decide(id, set))
	})
	return states, err
}

// eachStanding yields every row of a run's contacts files with its code: see
// table chunk. The view placed does the same in SQL, in ten times the time.
func (d *DB) eachStanding(seq int64, yield func(input, row, code int64)) error {
	return d.each(`SELECT i.input_id, part.value ->> 0, c.codes
		FROM input AS i JOIN standing AS s ON s.input_id = i.input_id JOIN layout AS l ON l.layout_id = s.layout_id
			JOIN json_each(l.chunks) AS part JOIN chunk_codes AS c ON c.chunk_id = part.value ->> 1
		WHERE i.run = ? ORDER BY i.input_id, part.key`, []any{seq}, func(rows *sql.Rows) error {
		var input, first int64
		var codes string
		err := rows.Scan(&input, &first, &codes)
		for at, s := range scanCodes(codes) {
			if s.code != noRow {
				yield(input, first+int64(at), s.code)
			}
		}
		return err
	})
}

// Pardon records that a person lifted a complaint or a wrong refusal: evidence
// of kind Pardon with a checkpoint of its own. The same words at the same time
// twice are one pardon.
func (d *DB) Pardon(phone contact.Phone, reason string, at time.Time) error {
	return d.Told([]contact.Evidence{{Kind: contact.Pardon, Via: contact.ViaPerson, ID: contact.OfPhone(phone), At: contact.At(at), Rule: "pardon", Quote: reason}}, at)
}

// Told puts on record what somebody of the company decided outside of a run,
// with a checkpoint of its own.
func (d *DB) Told(batch []contact.Evidence, at time.Time) error {
	return d.tx(func() error {
		r, err := d.beside("pardon", RunInfo{Started: at, AsOf: at})
		if err != nil {
			return err
		}
		fresh, err := r.number(batch)
		if err != nil {
			return err
		}
		if err := r.store(batch, fresh); err != nil {
			return err
		}
		return r.sealPardon(at)
	})
}

// sealPardon makes the leaf and the checkpoint of a pardon.
func (r *Run) sealPardon(at time.Time) error {
	s := &sealing{Run: r}
	l, err := s.plantLeaves(func(*planter) error { return nil })
	if err != nil {
		return err
	}
	if _, err := r.d.signRun(r.seq, l, r.d.postedSum()); err != nil {
		return err
	}
	return r.d.end(r.info.ID, Published, at)
}
