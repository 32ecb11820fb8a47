package audit

// Quote is the words that a piece of evidence was read from; empty when there
// are none.
func (d *DB) Quote(evidence int64) (string, error) {
	var text string
	_, err := d.one("SELECT coalesce(quote, '') FROM fact WHERE evidence_id = ?", []any{evidence}, &text)
	return text, d.fault(err)
}
