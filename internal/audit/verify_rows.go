package audit

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"

	"cleanbase/internal/contact"
)

// rowCheck replays the runs: who stood where, with which verdict.
type rowCheck struct {
	*verification
	verdicts []contact.Verdict // now, by contact_id
	main     []int64           // the run of the contact's last main row
	run      *sealedRun
	total    Counts
}

// checkRows checks the row law of every run, and that layouts and chunks hold
// what their digests say.
func (v *verification) checkRows() error {
	c := &rowCheck{verification: v, verdicts: make([]contact.Verdict, v.contacts+1), main: make([]int64, v.contacts+1)}
	for _, r := range v.runs {
		c.run, c.total = r, Counts{}
		for _, ch := range v.changes[r.seq] {
			c.verdicts[ch.id] = ch.verdict
		}
		err := v.d.each(`SELECT coalesce(i.rows, -1), l.digest, l.chunks FROM input AS i JOIN standing AS s ON s.input_id = i.input_id
			JOIN layout AS l ON l.layout_id = s.layout_id WHERE i.run = ? ORDER BY i.input_id`, []any{r.seq}, func(rows *sql.Rows) error {
			var want int64
			var digest string
			var parts sql.RawBytes
			if err := rows.Scan(&want, &digest, &parts); err != nil {
				return err
			}
			return c.input(want, digest, parts)
		})
		if err != nil {
			return err
		}
		if c.total != r.rows {
			return v.wrong(r, "its rows do not add up", "строки не сходятся")
		}
	}
	return nil
}

// input checks one input's layout against its digest and number of rows.
func (c *rowCheck) input(want int64, digest string, parts []byte) error {
	sum := sha256.New()
	before := c.total.Read
	err := eachPart(parts, func(first, chunk int64) error {
		codes, err := c.chunk(chunk)
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%d:%s\n", first, codes)
		return c.count(codes)
	})
	if err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != digest || c.total.Read-before != want {
		return c.wrong(c.run, "rows of an input were changed", "изменены строки входного файла")
	}
	return nil
}

func (c *rowCheck) chunk(id int64) (string, error) {
	var stored int64
	var codes string
	_, err := c.d.one("SELECT c.digest, coalesce(k.codes, '') FROM chunk AS c JOIN chunk_codes AS k ON k.chunk_id = c.chunk_id WHERE c.chunk_id = ?", []any{id}, &stored, &codes)
	if err == nil && stored != int64(digest([]byte(codes))) {
		err = c.wrong(c.run, "rows of an input were changed", "изменены строки входного файла")
	}
	return codes, err
}

// count adds a chunk's rows; no contact may have two main ones in a run.
func (c *rowCheck) count(codes string) error {
	outcomes := [...]*int64{contact.Clean: &c.total.Clean, contact.Cold: &c.total.Cold, contact.Hold: &c.total.Hold,
		contact.Invalid: &c.total.Invalid, contact.Removed: &c.total.Removed, contact.Merged: &c.total.Merged}
	for _, s := range scanCodes(codes) {
		if s.code == noRow {
			continue
		}
		id, merged := s.code>>1, s.code&1 == 1
		if id < 1 || id > c.contacts || !merged && c.main[id] == c.run.seq {
			return c.wrong(c.run, "its rows do not add up", "строки не сходятся")
		}
		c.total.Read++
		if merged {
			c.total.Merged++
			continue
		}
		c.main[id] = c.run.seq
		*outcomes[c.verdicts[id]]++
	}
	return nil
}

// strays are what nothing refers to: rows added behind our back to tables that
// no hash covers as a whole.
const strays = `
SELECT count(*) FROM meta WHERE name <> 'verifier' UNION ALL
SELECT count(*) FROM word WHERE word_id NOT IN (SELECT policy FROM run) AND word_id NOT IN (SELECT rule FROM fact)
	AND word_id NOT IN (SELECT detail FROM fact WHERE detail IS NOT NULL) UNION ALL
SELECT count(*) FROM reason_set WHERE set_id NOT IN (SELECT set_id FROM contact) AND set_id NOT IN (SELECT set_id FROM past) UNION ALL
SELECT count(*) FROM layout WHERE layout_id NOT IN (SELECT layout_id FROM standing) UNION ALL
SELECT count(*) FROM standing WHERE input_id NOT IN (SELECT input_id FROM input) OR layout_id NOT IN (SELECT layout_id FROM layout) UNION ALL
SELECT count(*) FROM chunk WHERE chunk_id NOT IN (SELECT part.value ->> 1 FROM layout, json_each(chunks) AS part)
	AND chunk_id NOT IN (SELECT base FROM chunk WHERE base IS NOT NULL) UNION ALL
SELECT count(*) FROM chunk AS c JOIN chunk AS b ON b.chunk_id = c.base WHERE b.base IS NOT NULL UNION ALL
SELECT count(*) FROM input WHERE run NOT IN (SELECT seq FROM run) UNION ALL
SELECT max(seq) - 999 - count(*) FROM run UNION ALL
SELECT count(*) FROM past AS p WHERE until_run IS NOT (SELECT min(since) FROM (
	SELECT since_run AS since FROM past AS q WHERE q.contact_id = p.contact_id AND q.since_run > p.since_run UNION ALL
	SELECT since_run FROM contact AS k WHERE k.contact_id = p.contact_id)) UNION ALL
SELECT count(*) FROM chunk WHERE length(CAST(codes AS BLOB)) <> length(codes) UNION ALL
SELECT count(*) FROM layout WHERE length(CAST(chunks AS BLOB)) <> length(chunks) UNION ALL
SELECT count(*) FROM wave WHERE run NOT IN (SELECT seq FROM run WHERE kind = 'wave') OR of_run NOT IN (SELECT seq FROM run WHERE kind = 'run')
	OR unsent NOT IN (SELECT run FROM wave) UNION ALL
SELECT count(*) FROM handed WHERE wave NOT IN (SELECT run FROM wave) OR contact_id NOT IN (SELECT contact_id FROM contact) UNION ALL
SELECT count(*) FROM fact AS f JOIN input AS i ON i.input_id = f.input_id WHERE i.run <> f.run`

func (v *verification) checkStrays() error {
	err := v.d.each(strays, nil, func(rows *sql.Rows) error {
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
