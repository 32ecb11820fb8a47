package audit

import "database/sql"

// maxSizes bounds how far back EachPublishedInput looks, in tables.
const maxSizes = 2000

// EachPublishedInput yields the tables of published runs, newest run first,
// with the run's number: what a file of a name last held when its run was
// found fit to publish. A withheld run is no measure for the next one.
func (d *DB) EachPublishedInput(yield func(run int64, in Input) bool) error {
	on := true
	err := d.each(`SELECT run, path, sheet, role, coalesce(rows, 0) FROM input JOIN run ON seq = run
		WHERE kind = 'run' AND status = 'published' ORDER BY run DESC, input_id LIMIT ?`, []any{maxSizes}, func(rows *sql.Rows) error {
		var run int64
		var in Input
		err := rows.Scan(&run, &in.Path, &in.Sheet, &in.Role, &in.Rows)
		if err == nil && on {
			on = yield(run, in)
		}
		return err
	})
	return d.fault(err)
}
