package audit

import (
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"cleanbase/internal/contact"
)

// Wave is a part of a clean list that was handed out for sending.
type Wave struct {
	ID       string // its own, "wave-1007"
	Plan     string // waves of one plan share it
	Number   int    // within the plan, from 1
	RunID    string // of the run whose clean list it is a part of
	Channel  contact.Channel
	At       time.Time // when it was handed out
	Expires  time.Time // not to be sent after this
	File     File
	Accepted string // a risk that somebody took, and what it was; empty when nobody did
	Contacts int    // how many
	// Unsent tells that a later wave was handed out with the word that this one
	// was never sent: its people are free again.
	Unsent bool

	seq, leaf int64
	instead   string // ID of the wave that was said not to have been sent
}

// HandOut is what is to be put on record before a wave's file is seen.
type HandOut struct {
	Wave                                        // ID, Contacts and Unsent are not read
	InsteadOf                         string    // ID of the wave that was not sent; empty for none
	People                            []int64   // contact_ids, in any order
	Now                               time.Time // of the clock; At is the as-of time
	ToolVersion, PolicySHA256, Policy string    // as RunInfo has them
}

// errWave is a wave that names a run or wave that is not there, or nobody.
var errWave = errors.New("audit: no such run or wave, or nobody in it")

// HandOut puts a wave on record with a checkpoint of its own and gives its ID.
// When it has returned, the file may be seen.
func (d *DB) HandOut(h HandOut) (string, error) {
	err := d.tx(func() error {
		w := &h.Wave
		var ofRun, unsent int64
		if ok, err := d.one("SELECT seq FROM run WHERE run_id = ? AND kind = 'run' AND status = 'published'", []any{w.RunID}, &ofRun); err != nil || !ok || len(h.People) == 0 {
			return errors.Join(err, errWave)
		}
		if h.InsteadOf != "" {
			if ok, err := d.one("SELECT seq FROM run WHERE run_id = ? AND kind = 'wave'", []any{h.InsteadOf}, &unsent); err != nil || !ok {
				return errors.Join(err, errWave)
			}
		}
		r, err := d.beside("wave", RunInfo{Started: h.Now, AsOf: w.At, ToolVersion: h.ToolVersion, PolicySHA256: h.PolicySHA256, Policy: h.Policy})
		if err != nil {
			return err
		}
		w.ID, w.instead = r.info.ID, h.InsteadOf
		return r.handOut(w, ofRun, sql.NullInt64{Int64: unsent, Valid: unsent != 0}, slices.Sorted(slices.Values(h.People)))
	})
	return h.ID, err
}

func (r *Run) handOut(w *Wave, ofRun int64, unsent sql.NullInt64, people []int64) error {
	s := &sealing{Run: r}
	l, err := s.plantLeaves(func(p *planter) error {
		sum := newWaveSum(w)
		for _, id := range people {
			sum.add(id)
		}
		p.add(waveRecord(sum.end()))
		w.leaf = s.leaf
		s.leaf++
		return nil
	})
	if err != nil {
		return err
	}
	lists, err := json.Marshal([]File{w.File})
	if err != nil {
		return err
	}
	if err := r.d.exec("INSERT INTO wave VALUES (?, ?, ?, ?, ?, ?, ?, ?)", r.seq, w.Plan, w.Number, ofRun, int64(w.Channel), stamp(w.Expires), unsent, w.leaf); err != nil {
		return err
	}
	at := 0
	err = r.d.bulk("INSERT INTO handed SELECT c0, c1 FROM feed", nil, func(row []driver.Value) bool {
		if at == len(people) {
			return false
		}
		row[0], row[1] = r.seq, people[at]
		at++
		return true
	})
	if err != nil {
		return err
	}
	if err := r.d.exec("UPDATE run SET lists = ?, accepted = nullif(?, '') WHERE seq = ?", string(lists), w.Accepted, r.seq); err != nil {
		return err
	}
	if _, err := r.d.signRun(r.seq, l, r.d.postedSum()); err != nil {
		return err
	}
	return r.d.end(r.info.ID, Published, r.info.Started)
}

// waveSum hashes a wave: see ENCODING.md.
type waveSum struct{ buf []byte }

func newWaveSum(w *Wave) *waveSum {
	buf := appendText(nil, w.Plan)
	buf = binary.BigEndian.AppendUint64(buf, uint64(w.Number))
	buf = append(appendText(buf, w.RunID), byte(w.Channel))
	buf = binary.BigEndian.AppendUint64(buf, uint64(w.At.Unix()))
	buf = binary.BigEndian.AppendUint64(buf, uint64(w.Expires.Unix()))
	return &waveSum{appendText(buf, w.instead)}
}

func (s *waveSum) add(id int64) { s.buf = binary.BigEndian.AppendUint64(s.buf, uint64(id)) }

func (s *waveSum) end() [32]byte { return sha256.Sum256(s.buf) }

// waveLeaf is the leaf of a wave that is on record.
func (d *DB) waveLeaf(w *Wave) (record, error) {
	sum := newWaveSum(w)
	err := d.EachInWave(w.ID, func(id int64, _ contact.Key) bool { sum.add(id); return true })
	return waveRecord(sum.end()), err
}

// Waves lists the waves that were handed out, in the order
// in which they were put on record.
func (d *DB) Waves() ([]Wave, error) {
	var all []Wave
	err := d.each(`SELECT r.run_id, w.plan, w.number, o.run_id, w.channel, r.as_of, w.expires_at, coalesce(r.lists, '[]'), coalesce(r.accepted, ''),
			(SELECT count(*) FROM handed WHERE wave = w.run), EXISTS (SELECT 1 FROM wave AS u WHERE u.unsent = w.run), w.run, w.leaf,
			coalesce((SELECT run_id FROM run WHERE seq = w.unsent), '')
		FROM wave AS w JOIN run AS r ON r.seq = w.run JOIN run AS o ON o.seq = w.of_run ORDER BY w.run`, nil, func(rows *sql.Rows) error {
		var w Wave
		var at, expires string
		var lists []byte
		err := rows.Scan(&w.ID, &w.Plan, &w.Number, &w.RunID, &w.Channel, &at, &expires, &lists, &w.Accepted, &w.Contacts, &w.Unsent, &w.seq, &w.leaf, &w.instead)
		if err != nil {
			return err
		}
		var files []File
		if err := json.Unmarshal(lists, &files); err != nil || len(files) != 1 {
			return fmt.Errorf("audit: file of %s: %w", w.ID, errors.Join(err, errWave))
		}
		w.At, w.Expires, w.File = unstamp(at), unstamp(expires), files[0]
		all = append(all, w)
		return nil
	})
	return all, d.fault(err)
}

// EachInWave yields who was handed out in a wave, in order of contact_id: the
// key of the phone, 0 for a person who was forgotten since.
func (d *DB) EachInWave(waveID string, yield func(contactID int64, key contact.Key) bool) error {
	err := d.each(`SELECT h.contact_id, coalesce(k.key, 0) FROM handed AS h LEFT JOIN contact AS k ON k.contact_id = h.contact_id
		WHERE h.wave = (SELECT seq FROM run WHERE run_id = ? AND kind = 'wave') ORDER BY h.contact_id`, []any{waveID}, func(rows *sql.Rows) error {
		var id, key int64
		if err := rows.Scan(&id, &key); err != nil {
			return err
		}
		if !yield(id, contact.Key(key)) {
			return errStop
		}
		return nil
	})
	return d.fault(stopped(err))
}
