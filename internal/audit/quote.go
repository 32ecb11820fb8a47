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

// EachRefusedEmail yields the e-mail addresses that a refusal, a complaint or a
// protection is known of, with their keys; an address may come more than once.
func (d *DB) EachRefusedEmail(yield func(key contact.Key, email string)) error {
	err := d.each("SELECT key, ident, kind FROM fact WHERE key >> 60 = ? AND ident IS NOT NULL", []any{int64(contact.EmailID)}, func(rows *sql.Rows) error {
		var key, kind int64
		var email string
		err := rows.Scan(&key, &email, &kind)
		if err == nil && contact.EvidenceKind(kind).Refuses() {
			yield(contact.Key(key), email)
		}
		return err
	})
	return d.fault(err)
}
