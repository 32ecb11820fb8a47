package audit

import (
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"cleanbase/internal/contact"
)

// Run is a run being recorded: Begin, AddInput and AddEvidence, Seal, Finish.
type Run struct {
	d       *DB
	seq     int64
	info    RunInfo
	inputs  map[int32]*runInput
	leaves  *leaves // of the evidence that was added
	learner Learner // of facts; nil for none
	told    int64   // up to this Seq
	// earlier is the inputs of earlier runs that evidence is from, by their
	// input_id below 0.
	earlier  map[int32]*runInput
	messages [][]byte // that are to be remembered: a packed segment each
}

type runInput struct {
	Input
	id int64
}

// Begin records that a run has started.
func (d *DB) Begin(info RunInfo) (*Run, error) {
	r := &Run{d: d, info: info, inputs: map[int32]*runInput{}}
	err := d.tx(func() (err error) {
		r.seq, err = d.insertRun("run", info)
		return err
	})
	return r, err
}

func (d *DB) insertRun(kind string, info RunInfo) (int64, error) {
	if d.sign == nil {
		return 0, d.noKey()
	}
	policy, err := d.policyWord(info.Policy)
	if err != nil {
		return 0, err
	}
	return d.insert(`INSERT INTO run (seq, run_id, kind, status, started_at, as_of, tool_version, policy_sha256, policy)
		VALUES ((SELECT coalesce(max(seq), 999) + 1 FROM run), ?, ?, 'running', ?, ?, ?, ?, ?)`,
		info.ID, kind, stamp(info.Started), stamp(info.AsOf), info.ToolVersion, info.PolicySHA256, policy)
}

// beside begins a run that cleans nothing, of a kind: what it puts on record is
// sealed in the same transaction. The ID is made of the kind and a number.
func (d *DB) beside(kind string, info RunInfo) (*Run, error) {
	var n int64
	if _, err := d.one("SELECT coalesce(max(seq), 999) + 1 FROM run", nil, &n); err != nil {
		return nil, err
	}
	info.ID = fmt.Sprintf("%s-%d", kind, n)
	rand.Read(info.Seed[:]) // never fails
	seq, err := d.insertRun(kind, info)
	return &Run{d: d, info: info, seq: seq}, err
}

func (d *DB) noKey() error {
	return d.keyFault(contact.T("the key file of the audit database is missing", "нет файла ключа базы аудита"))
}

// policyWord stores the policy's text, unless a run before had the same.
func (d *DB) policyWord(text string) (int64, error) {
	var id int64
	found, err := d.one("SELECT word_id FROM word WHERE word_id IN (SELECT policy FROM run) AND text = ?", []any{text}, &id)
	if err != nil || found {
		return id, err
	}
	return d.insert("INSERT INTO word (text) VALUES (?)", text)
}

// stamp is a time as the database has it: RFC 3339 in UTC.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// unstamp is the inverse of stamp; the zero time for none.
func unstamp(s string) time.Time {
	t, _ := time.Parse(time.RFC3339, s)
	return t
}

// AddInput records a table that the run reads and returns its input_id, unique
// over all runs. Rows below 0 is not yet known: SetRows tells it later.
func (r *Run) AddInput(in Input) (int64, error) {
	if r.inputs[in.No] != nil || in.No < 1 {
		return 0, fmt.Errorf("audit: input number %d is used twice or below 1", in.No)
	}
	kept := &runInput{Input: in}
	err := r.d.tx(func() (err error) {
		kept.id, err = r.d.insert("INSERT INTO input VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)",
			r.seq, in.Path, in.Sheet, in.Role, in.System, in.Encoding, in.SHA256, sql.NullInt64{Int64: in.Rows, Valid: in.Rows >= 0})
		return err
	})
	r.inputs[in.No] = kept
	return kept.id, err
}

// SetRows tells the number of rows of an input that was added without.
func (r *Run) SetRows(no int32, rows int64) error {
	in := r.inputs[no]
	if in == nil {
		return fmt.Errorf("audit: no input number %d", no)
	}
	in.Rows = rows
	return r.d.tx(func() error { return r.d.exec("UPDATE input SET rows = ? WHERE input_id = ?", rows, in.id) })
}

// Finish records how the run ended: Published or Withheld after Seal, Failed
// at any time.
func (r *Run) Finish(status string, at time.Time) error {
	return r.d.SetStatus(r.info.ID, status, at)
}

// errStatus is a run that can't take the status: it ended already, or is
// unknown, or was not sealed.
var errStatus = errors.New("audit: the run can't end so")

// SetStatus ends a run, also one that a crash left: a sealed one as what is
// visible says, any other as Abandoned.
func (d *DB) SetStatus(runID, status string, at time.Time) error {
	return d.tx(func() error {
		var now string
		if _, err := d.one("SELECT status FROM run WHERE run_id = ?", []any{runID}, &now); err != nil {
			return err
		}
		visible := status == Published || status == Withheld
		if !(now == Sealed && visible) && !((now == Running || now == Sealed) && (status == Failed || status == Abandoned)) {
			return fmt.Errorf("%w: from %q to %q", errStatus, now, status)
		}
		return d.end(runID, status, at)
	})
}

// Unfinished lists the runs that a crash left, oldest first.
func (d *DB) Unfinished() ([]Pending, error) {
	var all []Pending
	err := d.each(`SELECT run_id, status = 'sealed', coalesce(ends_as, ''), coalesce(lists, '[]'), coalesce(reports, '[]')
		FROM run WHERE status IN ('running', 'sealed') ORDER BY seq`, nil, func(rows *sql.Rows) error {
		var p Pending
		var lists, reports []byte
		if err := rows.Scan(&p.RunID, &p.Sealed, &p.Status, &lists, &reports); err != nil {
			return err
		}
		var more []File
		if err := errors.Join(json.Unmarshal(lists, &p.Files), json.Unmarshal(reports, &more)); err != nil {
			return fmt.Errorf("audit: files of a run: %w", err)
		}
		p.Files = append(p.Files, more...)
		all = append(all, p)
		return nil
	})
	return all, d.fault(err)
}

// LastRun is the newest run that was published or withheld; nil if none was.
func (d *DB) LastRun() (*LastRun, error) {
	var seq int64
	var asOf string
	last := &LastRun{}
	found, err := d.one(`SELECT seq, run_id, as_of, status, policy_sha256, coalesce(summary, '') FROM run
		WHERE kind = 'run' AND status IN ('published', 'withheld') ORDER BY seq DESC LIMIT 1`, nil,
		&seq, &last.RunID, &asOf, &last.Status, &last.PolicySHA256, &last.Summary)
	if err != nil || !found {
		return nil, d.fault(err)
	}
	last.AsOf = unstamp(asOf)
	err = d.each(`SELECT path, sheet, role, system, encoding, sha256, coalesce(rows, -1) FROM input WHERE run = ? ORDER BY input_id`,
		[]any{seq}, func(rows *sql.Rows) error {
			in := Input{No: int32(len(last.Inputs) + 1)}
			err := rows.Scan(&in.Path, &in.Sheet, &in.Role, &in.System, &in.Encoding, &in.SHA256, &in.Rows)
			last.Inputs = append(last.Inputs, in)
			return err
		})
	return last, d.fault(err)
}
