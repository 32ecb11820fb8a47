package audit

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"cleanbase/internal/contact"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// runRecord is what a checkpoint says of its run beside the tree: its SHA-256,
// as encoding/json writes it with the fields in this order, is in the note.
type runRecord struct {
	Version      int           `json:"v"`
	RunID        string        `json:"run_id"`
	Kind         string        `json:"kind"`
	StartedAt    string        `json:"started_at"`
	AsOf         string        `json:"as_of"`
	EndsAs       string        `json:"ends_as"`
	ToolVersion  string        `json:"tool_version"`
	PolicySHA256 string        `json:"policy_sha256"`
	Policy       string        `json:"policy"` // hex SHA-256 of the stored text
	Rows         Counts        `json:"rows"`
	FirstLeaf    int64         `json:"first_leaf"`
	FirstFact    int64         `json:"first_evidence"`
	Facts        int64         `json:"evidence_leaves"`
	LastInput    int64         `json:"last_input"`
	Inputs       []inputRecord `json:"inputs"` // all since the checkpoint before
	LastBlock    int64         `json:"last_block"`
	Postings     string        `json:"postings"` // hex SHA-256 of the posting blocks since the checkpoint before
	Accepted     string        `json:"accepted"`
	Rewritten    []rewrite     `json:"rewritten"` // what this forget changed of runs before
	Lists        []File        `json:"lists"`
	Before       string        `json:"before"` // hex SHA-256 of the note before; empty for the first
}

// rewrite is the hash of the posting blocks of a run before and after somebody
// was taken from them. Both hashes are salted, and the first salt is erased.
type rewrite struct {
	RunID string `json:"run_id"`
	Was   string `json:"was"`
	Is    string `json:"is"`
}

type inputRecord struct {
	InputID  int64  `json:"input_id"`
	RunID    string `json:"run_id"`
	Path     string `json:"path"`
	Sheet    string `json:"sheet"`
	Role     string `json:"role"`
	System   string `json:"system"`
	Encoding string `json:"encoding"`
	SHA256   string `json:"sha256"`
	Rows     int64  `json:"rows"`   // -1: not read to its end
	Layout   string `json:"layout"` // digest of the layout, empty for a file whose rows have no outcome
}

// signRun completes a run's row with the tree and the signed checkpoint.
// postings is the hash of the posting blocks that it wrote.
func (d *DB) signRun(seq int64, l *leaves, postings string) (Checkpoint, error) {
	root := tlog.Hash(l.tree.root())
	err := d.exec(`UPDATE run SET first_leaf = ?, first_evidence = ?, evidence_leaves = ?, tree_size = ?, root = ?, frontier = ?,
		last_input = (SELECT coalesce(max(input_id), 0) FROM input), last_block = (SELECT coalesce(max(block_id), 0) FROM posting), posting_salt = ? WHERE seq = ?`,
		l.first, l.firstFact, l.facts, l.tree.size, root.String(), append([]byte{}, l.tree.frontier()...), d.salted, seq)
	if err != nil {
		return Checkpoint{}, err
	}
	body, err := d.checkpointBody(seq, d.sign.Name(), postings)
	if err != nil {
		return Checkpoint{}, err
	}
	signed, err := note.Sign(&note.Note{Text: body}, d.sign)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("audit: sign: %w", err)
	}
	cp := Checkpoint{Root: root.String(), Size: l.tree.size, Note: signed}
	return cp, d.exec("UPDATE run SET checkpoint = ? WHERE seq = ?", string(signed), seq)
}

// checkpointBody is the text that is signed: origin, size, root, and a line for
// the run. postings is the hash of its posting blocks.
func (d *DB) checkpointBody(seq int64, origin, postings string) (string, error) {
	var size int64
	var root, runID string
	if _, err := d.one("SELECT tree_size, root, run_id FROM run WHERE seq = ?", []any{seq}, &size, &root, &runID); err != nil {
		return "", err
	}
	rec, err := d.runRecord(seq)
	if err != nil {
		return "", err
	}
	rec.Postings = postings
	text, err := json.Marshal(rec)
	sum := sha256.Sum256(text)
	return fmt.Sprintf("%s\n%d\n%s\nrun %s %x\n", origin, size, root, runID, sum), err
}

// runRecord reads a run's record back.
func (d *DB) runRecord(seq int64) (*runRecord, error) {
	r := &runRecord{Version: 1, Inputs: []inputRecord{}}
	var policy, lists, rewritten, before string
	var firstInput int64
	_, err := d.one(`SELECT r.run_id, r.kind, r.started_at, r.as_of, coalesce(r.ends_as, ''), r.tool_version, r.policy_sha256, w.text,
			coalesce(r.rows_read, 0), coalesce(r.rows_clean, 0), coalesce(r.rows_cold, 0), coalesce(r.rows_hold, 0),
			coalesce(r.rows_removed, 0), coalesce(r.rows_invalid, 0), coalesce(r.rows_merged, 0),
			r.first_leaf, r.first_evidence, r.evidence_leaves, r.last_input, r.last_block, coalesce(r.accepted, ''), coalesce(r.lists, '[]'), coalesce(r.rewritten, '[]'),
			coalesce(b.checkpoint, ''), coalesce(b.last_input, 0)
		FROM run AS r JOIN word AS w ON w.word_id = r.policy
		LEFT JOIN run AS b ON b.seq = (SELECT max(seq) FROM run WHERE seq < r.seq AND checkpoint IS NOT NULL)
		WHERE r.seq = ?`, []any{seq}, &r.RunID, &r.Kind, &r.StartedAt, &r.AsOf, &r.EndsAs, &r.ToolVersion, &r.PolicySHA256, &policy,
		&r.Rows.Read, &r.Rows.Clean, &r.Rows.Cold, &r.Rows.Hold, &r.Rows.Removed, &r.Rows.Invalid, &r.Rows.Merged,
		&r.FirstLeaf, &r.FirstFact, &r.Facts, &r.LastInput, &r.LastBlock, &r.Accepted, &lists, &rewritten, &before, &firstInput)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte(policy))
	r.Policy = hex.EncodeToString(sum[:])
	if before != "" {
		sum := sha256.Sum256([]byte(before))
		r.Before = hex.EncodeToString(sum[:])
	}
	if err := errors.Join(json.Unmarshal([]byte(lists), &r.Lists), json.Unmarshal([]byte(rewritten), &r.Rewritten)); err != nil {
		return nil, fmt.Errorf("audit: lists of a run: %w", err)
	}
	r.Inputs, err = d.inputRecords(firstInput, r.LastInput)
	return r, err
}

// inputRecords reads the inputs after one input_id up to another.
func (d *DB) inputRecords(after, last int64) ([]inputRecord, error) {
	all := []inputRecord{}
	err := d.each(`SELECT i.input_id, r.run_id, i.path, i.sheet, i.role, i.system, i.encoding, i.sha256, coalesce(i.rows, -1), coalesce(l.digest, '')
		FROM input AS i JOIN run AS r ON r.seq = i.run LEFT JOIN standing AS s ON s.input_id = i.input_id LEFT JOIN layout AS l ON l.layout_id = s.layout_id
		WHERE i.input_id > ? AND i.input_id <= ? ORDER BY i.input_id`, []any{after, last}, func(rows *sql.Rows) error {
		var i inputRecord
		err := rows.Scan(&i.InputID, &i.RunID, &i.Path, &i.Sheet, &i.Role, &i.System, &i.Encoding, &i.SHA256, &i.Rows, &i.Layout)
		all = append(all, i)
		return err
	})
	return all, err
}

// factSum is the hash of the canonical encoding of one piece of evidence: see
// ENCODING.md.
type factSum struct {
	id, run int64
	key     uint64
	sum     [32]byte
	intact  bool // its digest is right
}

// eachFactSum yields the evidence from one evidence_id up to, not with, another.
func (d *DB) eachFactSum(from, to int64, yield func(factSum) error) error {
	var buf []byte
	return d.each(`SELECT f.evidence_id, f.run, f.digest, f.kind, f.via, f.channel, f.key, f.happened, coalesce(t.text, ''), coalesce(f.quote, ''), coalesce(f.ident, ''),
			w.text, coalesce(f.input_id, 0), coalesce(i.sha256, ''), coalesce(i.sheet, ''), coalesce(f.row, 0)
		FROM fact AS f JOIN word AS w ON w.word_id = f.rule LEFT JOIN word AS t ON t.word_id = f.detail LEFT JOIN input AS i ON i.input_id = f.input_id
		WHERE f.evidence_id >= ? AND f.evidence_id < ? ORDER BY f.evidence_id`, []any{from, to}, func(rows *sql.Rows) error {
		var f factSum
		var e contact.Evidence
		var in Input
		var stored, key, at, row, input int64
		if err := rows.Scan(&f.id, &f.run, &stored, &e.Kind, &e.Via, &e.Channel, &key, &at, &e.Detail, &e.Quote, &e.ID.Text,
			&e.Rule, &input, &in.SHA256, &in.Sheet, &row); err != nil {
			return err
		}
		e.ID.Key, e.At = contact.Key(key), contact.Moment(at)
		e.Origin = contact.Origin{Input: int32(min(input, 1)), Row: int32(row)}
		buf = appendFact(buf[:0], &e)
		f.key, f.intact = uint64(key), stored == int64(digest(buf)) && e.ID == e.ID.Rehashed(d.first)
		buf = appendLeaf(buf, &e, in)
		f.sum = sha256.Sum256(buf)
		return yield(f)
	})
}
