package audit

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
)

// PublishedRun is what a run left for people.
type PublishedRun struct {
	RunID   string
	Status  string
	Files   []File // as its checkpoint and its ending have them
	Summary []byte // summary.json; its hash is in the ending
}

// EachPublished yields the runs that were published or withheld, newest first.
func (d *DB) EachPublished(yield func(PublishedRun) error) error {
	err := d.each(`SELECT run_id, status, coalesce(lists, '[]'), coalesce(reports, '[]'), coalesce(summary, '')
		FROM run WHERE kind = 'run' AND status IN ('published', 'withheld') ORDER BY seq DESC`, nil, func(rows *sql.Rows) error {
		var r PublishedRun
		var lists, reports []byte
		if err := rows.Scan(&r.RunID, &r.Status, &lists, &reports, &r.Summary); err != nil {
			return err
		}
		var more []File
		if err := errors.Join(json.Unmarshal(lists, &r.Files), json.Unmarshal(reports, &more)); err != nil {
			return fmt.Errorf("audit: files of a run: %w", err)
		}
		r.Files = append(r.Files, more...)
		return yield(r)
	})
	return d.fault(err)
}

// Checkpoint is the newest checkpoint; nil when there is none yet.
func (d *DB) Checkpoint() (*Checkpoint, error) {
	c := &Checkpoint{}
	found, err := d.one("SELECT root, tree_size, checkpoint FROM run WHERE checkpoint IS NOT NULL ORDER BY seq DESC LIMIT 1", nil, &c.Root, &c.Size, &c.Note)
	if !found {
		c = nil
	}
	return c, d.fault(err)
}
