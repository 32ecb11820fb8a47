package audit

import (
	"database/sql"

	"cleanbase/internal/contact"
)

// EachDoubt yields the words of all evidence that a person must read, by the
// number of the evidence.
func (d *DB) EachDoubt(yield func(evidence int64, words string)) error {
	err := d.each("SELECT evidence_id, coalesce(quote, '') FROM fact WHERE kind = ?", []any{int64(contact.Unsure)}, func(rows *sql.Rows) error {
		var id int64
		var words string
		err := rows.Scan(&id, &words)
		if err == nil {
			yield(id, words)
		}
		return err
	})
	return d.fault(err)
}
