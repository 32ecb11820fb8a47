package audit

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"cleanbase/internal/contact"
)

// sealing is the work of one Seal.
type sealing struct {
	*Run
	dec              Decisions
	leaf             int64 // the next leaf's number
	root             saltNode
	first, firstFact int64   // of the run's leaves and evidence
	ids              []int32 // contact_id of each contact of dec
	known            int64   // contact_ids up to this one were there before the run
	total            int64   // and up to this one after it
	work             *batcher
}

// Seal stores the decisions and the signed checkpoint in one transaction, and
// checks the row law in it: each input's rows are the sum of their outcomes, and
// each contact has exactly one row that is not merged.
func (r *Run) Seal(dec Decisions, o Outcome) (Checkpoint, error) {
	var cp Checkpoint
	err := r.d.tx(func() (err error) {
		s := &sealing{Run: r, dec: dec, ids: make([]int32, dec.Len()), work: &batcher{}}
		cp, err = s.seal(o)
		return err
	})
	r.d.facts = nil
	return cp, err
}

// errSealed is a second Seal, or one after Finish.
var errSealed = errors.New("audit: the run is not running")

func (s *sealing) seal(o Outcome) (cp Checkpoint, err error) {
	var status string
	if _, err := s.d.one("SELECT status FROM run WHERE seq = ?", []any{s.seq}, &status); err != nil || status != Running {
		return cp, errors.Join(err, errSealed)
	}
	if o.Status != Published && o.Status != Withheld {
		return cp, fmt.Errorf("audit: a run can't be sealed to end as %q", o.Status)
	}
	if err := s.identify(); err != nil {
		return cp, err
	}
	leaves, err := s.plantLeaves(s.decide)
	if err != nil {
		return cp, err
	}
	claims := func() error { return s.indexClaims(o.Claims) }
	for _, step := range []func() error{s.indexContacts, s.indexAliases, claims, s.indexMessages, s.layOut} {
		if err := step(); err != nil {
			return cp, err
		}
	}
	if err := s.checkRows(o.Rows); err != nil {
		return cp, err
	}
	return s.checkpoint(leaves, o)
}

// errRowLaw is a run whose rows do not add up.
var errRowLaw = errors.New("audit: the row law is broken")

// checkRows counts what the database now says of the rows of every input, and
// compares it with what was read and with what the summary will say.
func (s *sealing) checkRows(want Counts) error {
	t := newTally(s.total)
	err := s.d.eachState(func(id, setID int64) error {
		if id > s.total {
			return fmt.Errorf("%w: %d contacts are too many", errRowLaw, id)
		}
		t.verdicts[id] = verdictOf(setID)
		return nil
	})
	if err != nil {
		return err
	}
	var total Counts
	for _, in := range s.inputs {
		c, err := s.d.countRows(in.id, t)
		if err != nil {
			return err
		}
		if in.Role != contact.RoleContacts.String() {
			in.Rows = c.Read // its rows have no outcomes
			if c.Read != 0 {
				return fmt.Errorf("%w: input %d is no contacts file but has outcomes", errRowLaw, in.No)
			}
		}
		if in.Rows != c.Read {
			return fmt.Errorf("%w: input %d has %d rows and %d outcomes", errRowLaw, in.No, in.Rows, c.Read)
		}
		total.add(c)
	}
	if total != want {
		return fmt.Errorf("%w: stored %+v, decided %+v", errRowLaw, total, want)
	}
	if total.Read-total.Merged != int64(s.dec.Len()) {
		return fmt.Errorf("%w: %d contacts have %d main rows", errRowLaw, s.dec.Len(), total.Read-total.Merged)
	}
	return nil
}

// countRows counts the rows of one input of the newest run by outcome.
func (d *DB) countRows(input int64, t *tally) (Counts, error) {
	var c Counts
	err := d.each(`SELECT c.codes FROM standing AS s JOIN layout AS l ON l.layout_id = s.layout_id JOIN json_each(l.chunks) AS part
			JOIN chunk_codes AS c ON c.chunk_id = part.value ->> 1
		WHERE s.input_id = ?`, []any{input}, func(rows *sql.Rows) error {
		var codes sql.RawBytes
		if err := rows.Scan(&codes); err != nil {
			return err
		}
		if !t.add(&c, codes) {
			return fmt.Errorf("%w: a stored row has no contact, or a contact two main rows", errRowLaw)
		}
		return nil
	})
	return c, err
}

func (c *Counts) add(o Counts) {
	c.Read += o.Read
	c.Clean += o.Clean
	c.Cold += o.Cold
	c.Hold += o.Hold
	c.Removed += o.Removed
	c.Invalid += o.Invalid
	c.Merged += o.Merged
}

// checkpoint signs the state of the tree and ends the sealing.
func (s *sealing) checkpoint(l *leaves, o Outcome) (cp Checkpoint, err error) {
	if o.Ready != nil {
		if o.Lists, err = o.Ready(); err != nil {
			return cp, err
		}
	}
	lists, err := json.Marshal(append([]File{}, o.Lists...))
	if err != nil {
		return cp, err
	}
	err = s.d.exec(`UPDATE run SET ends_as = ?, rows_read = ?, rows_clean = ?, rows_cold = ?, rows_hold = ?, rows_removed = ?,
		rows_invalid = ?, rows_merged = ?, accepted = nullif(?, ''), lists = ? WHERE seq = ?`, o.Status, o.Rows.Read, o.Rows.Clean, o.Rows.Cold, o.Rows.Hold,
		o.Rows.Removed, o.Rows.Invalid, o.Rows.Merged, o.Accepted, string(lists), s.seq)
	if err != nil {
		return cp, err
	}
	if cp, err = s.d.signRun(s.seq, l, s.d.postedSum()); err != nil {
		return cp, err
	}
	var summary []byte
	var reports []File
	if o.Report != nil {
		if summary, reports, err = o.Report(cp); err != nil {
			return cp, err
		}
	}
	reportJSON, err := json.Marshal(append([]File{}, reports...))
	if err != nil {
		return cp, err
	}
	return cp, s.d.exec("UPDATE run SET status = 'sealed', reports = ?, summary = ? WHERE seq = ?", string(reportJSON), string(summary), s.seq)
}
