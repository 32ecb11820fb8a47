package audit

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// end ends a run and signs how it ended: the checkpoint is older than that, or
// there is none.
func (d *DB) end(runID, status string, at time.Time) error {
	if d.sign == nil {
		return d.noKey()
	}
	body, err := d.endingBody(runID, d.sign.Name(), status, stamp(at))
	if err != nil {
		return err
	}
	signed, err := note.Sign(&note.Note{Text: body}, d.sign)
	if err != nil {
		return fmt.Errorf("audit: sign: %w", err)
	}
	return d.exec("UPDATE run SET status = ?, finished_at = ?, ending = ? WHERE run_id = ?", status, stamp(at), string(signed), runID)
}

// endingBody is the text that is signed at a run's end: see ENCODING.md.
func (d *DB) endingBody(runID, origin, status, finished string) (string, error) {
	e, err := d.endingOf(runID, origin, status, finished)
	if err != nil || e.sealed {
		return e.body, err
	}
	left, err := d.leftBy(e.seq)
	return e.body + e.record + left, err
}

// ending is the lines of what is signed at a run's end, but that of the evidence.
type ending struct {
	seq    int64
	sealed bool // has a checkpoint
	body   string
	record string // of a run without a checkpoint
}

func (d *DB) endingOf(runID, origin, status, finished string) (e ending, err error) {
	var checkpoint, reports, summary string
	_, err = d.one(`SELECT seq, coalesce(checkpoint, ''), coalesce(reports, ''), coalesce(summary, '') FROM run WHERE run_id = ?`,
		[]any{runID}, &e.seq, &checkpoint, &reports, &summary)
	e.sealed = checkpoint != ""
	e.body = fmt.Sprintf("%s ending\nrun %s %s %s\ncheckpoint %x\nreports %x\nsummary %x\n", origin, runID, status, finished,
		sha256.Sum256([]byte(checkpoint)), sha256.Sum256([]byte(reports)), sha256.Sum256([]byte(summary)))
	if err == nil && !e.sealed {
		e.record, err = d.endRecord(e.seq)
	}
	return e, err
}

// endRecord is what the ending of a run without a checkpoint says of it.
type endRecord struct {
	Version      int           `json:"v"`
	Kind         string        `json:"kind"`
	StartedAt    string        `json:"started_at"`
	AsOf         string        `json:"as_of"`
	ToolVersion  string        `json:"tool_version"`
	PolicySHA256 string        `json:"policy_sha256"`
	Policy       string        `json:"policy"` // hex SHA-256 of the stored text
	Inputs       []inputRecord `json:"inputs"`
}

// endRecord is the line with the hash of the record.
func (d *DB) endRecord(seq int64) (string, error) {
	r := endRecord{Version: 1}
	var policy string
	var first, last int64
	_, err := d.one(`SELECT kind, started_at, as_of, tool_version, policy_sha256, text,
			(SELECT coalesce(min(input_id), 1) FROM input WHERE run = seq), (SELECT coalesce(max(input_id), 0) FROM input WHERE run = seq)
		FROM run JOIN word ON word_id = policy WHERE seq = ?`, []any{seq},
		&r.Kind, &r.StartedAt, &r.AsOf, &r.ToolVersion, &r.PolicySHA256, &policy, &first, &last)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(policy))
	r.Policy = hex.EncodeToString(sum[:])
	if r.Inputs, err = d.inputRecords(first-1, last); err != nil {
		return "", err
	}
	text, err := json.Marshal(&r)
	return fmt.Sprintf("record %x\n", sha256.Sum256(text)), err
}

const evidenceLine = "evidence "

// leftBy is the line with the hash of the evidence that a run without a checkpoint
// left; the next checkpoint covers it.
func (d *DB) leftBy(seq int64) (string, error) {
	var from int64
	if _, err := d.one("SELECT coalesce(max(first_evidence + evidence_leaves), 0) FROM run", nil, &from); err != nil {
		return "", err
	}
	sum := sha256.New()
	err := d.eachFactSum(from, math.MaxInt64, func(f factSum) error {
		if f.run == seq {
			fmt.Fprintf(sum, "%d %x\n", f.id, f.sum)
		}
		return nil
	})
	return fmt.Sprintf("%s%x\n", evidenceLine, sum.Sum(nil)), err
}

// checkEndings checks what was signed at the end of each run. The evidence of a
// run without a checkpoint counts as long as no later checkpoint covers it: after
// that it may be forgotten. Before cleanbase signed a record of such runs, their
// endings had no more than the body.
func (v *verification) checkEndings() error {
	sealed := int64(0)
	if n := len(v.runs); n > 0 {
		sealed = v.runs[n-1].seq
	}
	return v.d.each("SELECT run_id, status, coalesce(finished_at, ''), coalesce(ending, '') FROM run WHERE status NOT IN ('running', 'sealed')", nil, func(rows *sql.Rows) error {
		var id, status, finished, signed string
		if err := rows.Scan(&id, &status, &finished, &signed); err != nil {
			return err
		}
		e, err := v.d.endingOf(id, v.verifier.Name(), status, finished)
		left := ""
		if err == nil && !e.sealed && e.seq > sealed {
			left, err = v.d.leftBy(e.seq)
		}
		if err != nil {
			return err
		}
		n, err := note.Open([]byte(signed), note.VerifierList(v.verifier))
		if err != nil || !e.says(n.Text, left) {
			return v.wrong(&sealedRun{id: id}, "its ending is not what was signed", "его окончание не совпадает с подписанным")
		}
		return nil
	})
}

// says tells whether the ending is the text; left is the line of the evidence, if
// it counts.
func (e *ending) says(text, left string) bool {
	rest, ok := strings.CutPrefix(text, e.body)
	if !ok || rest == "" {
		return ok
	}
	rest, ok = strings.CutPrefix(rest, e.record)
	return ok && !e.sealed && (rest == left || left == "" && strings.HasPrefix(rest, evidenceLine))
}
