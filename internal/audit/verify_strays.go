package audit

import (
	"database/sql"
	"encoding/json"

	"cleanbase/internal/contact"
)

// strays are what nothing refers to: rows added behind our back to tables that
// no hash covers as a whole.
const strays = `
SELECT count(*) FROM meta WHERE name NOT IN ('verifier', 'keys') UNION ALL
SELECT count(*) <> 1 FROM meta WHERE name = 'keys' AND value IN ('1', '2') UNION ALL
SELECT count(*) FROM word WHERE word_id NOT IN (SELECT policy FROM run) AND word_id NOT IN (SELECT rule FROM fact)
	AND word_id NOT IN (SELECT detail FROM fact WHERE detail IS NOT NULL) UNION ALL
SELECT count(*) FROM reason_set WHERE set_id NOT IN (SELECT set_id FROM contact) AND set_id NOT IN (SELECT set_id FROM past) UNION ALL
SELECT count(*) FROM layout WHERE layout_id NOT IN (SELECT layout_id FROM standing) UNION ALL
SELECT count(*) FROM standing WHERE input_id NOT IN (SELECT input_id FROM input) OR layout_id NOT IN (SELECT layout_id FROM layout) UNION ALL
SELECT count(*) FROM chunk WHERE chunk_id NOT IN (SELECT part.value ->> 1 FROM layout, json_each(chunks) AS part)
	AND chunk_id NOT IN (SELECT base FROM chunk WHERE base IS NOT NULL) UNION ALL
SELECT count(*) FROM chunk AS c LEFT JOIN chunk AS b ON b.chunk_id = c.base WHERE c.base IS NOT NULL AND (b.chunk_id IS NULL OR b.base IS NOT NULL) UNION ALL
SELECT count(*) FROM input WHERE run NOT IN (SELECT seq FROM run) UNION ALL
SELECT max(seq) - 999 - count(*) FROM run UNION ALL
SELECT count(*) > 0 AND (max(block_id) <> count(*) OR min(block_id) <> 1) FROM posting UNION ALL
SELECT count(*) FROM past AS p WHERE until_run IS NOT (SELECT min(since) FROM (
	SELECT since_run AS since FROM past AS q WHERE q.contact_id = p.contact_id AND q.since_run > p.since_run UNION ALL
	SELECT since_run FROM contact AS k WHERE k.contact_id = p.contact_id)) UNION ALL
SELECT count(*) FROM chunk WHERE length(CAST(codes AS BLOB)) <> length(codes) UNION ALL
SELECT count(*) FROM layout WHERE length(CAST(chunks AS BLOB)) <> length(chunks) UNION ALL
SELECT count(*) FROM wave WHERE run NOT IN (SELECT seq FROM run WHERE kind = 'wave') OR of_run NOT IN (SELECT seq FROM run WHERE kind = 'run')
	OR unsent NOT IN (SELECT run FROM wave) UNION ALL
SELECT count(*) FROM handed WHERE wave NOT IN (SELECT run FROM wave) OR contact_id NOT IN (SELECT contact_id FROM contact) UNION ALL
SELECT count(*) FROM fact AS f LEFT JOIN input AS i ON i.input_id = f.input_id WHERE f.input_id IS NOT NULL AND i.run IS NOT f.run
	AND (i.run IS NULL OR i.run > f.run OR (f.input_id, f.row, f.kind, f.happened) NOT IN (
		SELECT input_id, row, kind, happened FROM fact WHERE key >> 60 = 5 AND input_id IS NOT NULL)) UNION ALL
SELECT count(*) FROM input AS i JOIN run AS r ON r.checkpoint IS NOT NULL WHERE (i.input_id <= r.last_input) <> (i.run <= r.seq) UNION ALL
SELECT count(*) FROM standing WHERE input_id > coalesce((SELECT max(last_input) FROM run), 0)`

// odd is what this program never writes: values that mean the same as others, so
// that no hash tells them apart, and states that no run is ever left in.
const odd = `
SELECT count(*) FROM fact WHERE (ident IS NULL) <> (key BETWEEN 1 AND 999999999999999) OR quote = '' OR (input_id IS NULL) <> (row IS NULL)
	OR detail IS NOT NULL AND detail NOT IN (SELECT word_id FROM word) UNION ALL
SELECT count(*) FROM run WHERE kind = 'run' AND checkpoint IS NOT NULL AND (ends_as + rows_read + rows_clean + rows_cold + rows_hold + rows_removed + rows_invalid + rows_merged IS NULL
	OR lists || reports || summary IS NULL) UNION ALL
SELECT count(*) FROM run WHERE (kind <> 'run' OR checkpoint IS NULL)
	AND (coalesce(ends_as, rows_read, rows_clean, rows_cold, rows_hold, rows_removed, rows_invalid, rows_merged, reports, summary) IS NOT NULL
		OR (lists IS NULL) = (kind = 'wave')) UNION ALL
SELECT count(*) FROM run WHERE checkpoint IS NULL
	AND coalesce(first_leaf, first_evidence, evidence_leaves, tree_size, root, frontier, last_input, last_block, posting_salt) IS NOT NULL UNION ALL
SELECT count(*) FROM run WHERE (kind = 'forget') <> (rewritten IS NOT NULL) OR kind = 'forget' AND accepted IS NULL OR kind <> 'forget' AND accepted = ''
	OR (kind = 'pardon' OR checkpoint IS NULL) AND accepted IS NOT NULL UNION ALL
SELECT count(*) FROM run AS r WHERE (status IN ('running', 'sealed')) <> (ending IS NULL) OR (ending IS NULL) <> (finished_at IS NULL)
	OR status = 'running' AND checkpoint IS NOT NULL OR status IN ('sealed', 'published', 'withheld') AND checkpoint IS NULL
	OR kind <> 'run' AND status <> 'published' OR ending IS NULL AND EXISTS (SELECT 1 FROM run AS l WHERE l.seq > r.seq AND l.kind = 'run')`

func (v *verification) checkStrays() error {
	err := v.d.each(strays+" UNION ALL "+odd, nil, func(rows *sql.Rows) error {
		var n sql.NullInt64
		err := rows.Scan(&n)
		if err == nil && n.Int64 != 0 {
			err = v.wrong(nil, "rows were added or taken away", "строки добавлены или удалены")
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := v.checkTexts(); err != nil {
		return err
	}
	return v.d.each("SELECT set_id, bits, verdict, reasons FROM reason_set", nil, func(rows *sql.Rows) error {
		var id, bits int64
		var verdict, reasons string
		err := rows.Scan(&id, &bits, &verdict, &reasons)
		set := contact.ReasonSet(bits)
		if err == nil && (verdict != set.Verdict().String() || reasons != set.JSON() || contact.Verdict(id&7) != set.Verdict()) {
			err = v.wrong(nil, "a set of reasons was changed", "изменён набор причин")
		}
		return err
	})
}

// checkTexts checks that the JSON of runs is to the byte what this program writes:
// what is signed is what it says.
func (v *verification) checkTexts() error {
	return v.d.each("SELECT coalesce(lists, 'null'), coalesce(rewritten, 'null') FROM run WHERE checkpoint IS NOT NULL", nil, func(rows *sql.Rows) error {
		var lists, rewritten string
		if err := rows.Scan(&lists, &rewritten); err != nil {
			return err
		}
		if !again[[]File](lists) || !again[[]rewrite](rewritten) {
			return v.wrong(nil, "rows were added or taken away", "строки добавлены или удалены")
		}
		return nil
	})
}

// again tells whether a text is what its value is written as.
func again[T any](text string) bool {
	var value T
	err := json.Unmarshal([]byte(text), &value)
	out, bad := json.Marshal(value)
	return err == nil && bad == nil && string(out) == text
}
