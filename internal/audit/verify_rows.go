package audit

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
)

// rowCheck replays the runs: who stood where, with which verdict.
type rowCheck struct {
	*verification
	*tally
	run   *sealedRun
	total Counts
}

// checkRows checks the row law of every run, and that layouts and chunks hold
// what their digests say.
func (v *verification) checkRows() error {
	c := &rowCheck{verification: v, tally: newTally(v.contacts)}
	for _, r := range v.runs {
		c.run, c.total = r, Counts{}
		clear(c.main)
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
	again := []byte{'['}
	err := eachPart(parts, func(first, chunk int64) error {
		again = fmt.Appendf(again, "[%d,%d],", first, chunk)
		codes, err := c.chunk(chunk)
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%d:%s\n", first, codes)
		if !c.add(&c.total, codes) {
			return c.wrong(c.run, "its rows do not add up", "строки не сходятся")
		}
		return nil
	})
	if err != nil {
		return err
	}
	again[len(again)-1] = ']'
	if hex.EncodeToString(sum.Sum(nil)) != digest || c.total.Read-before != want || !bytes.Equal(again, parts) {
		return c.wrong(c.run, "rows of an input were changed", "изменены строки входного файла")
	}
	return nil
}

func (c *rowCheck) chunk(id int64) ([]byte, error) {
	var stored int64
	var codes []byte
	_, err := c.d.one("SELECT c.digest, coalesce(k.codes, '') FROM chunk AS c JOIN chunk_codes AS k ON k.chunk_id = c.chunk_id WHERE c.chunk_id = ?", []any{id}, &stored, &codes)
	if err == nil && stored != int64(digest(codes)) {
		err = c.wrong(c.run, "rows of an input were changed", "изменены строки входного файла")
	}
	return codes, err
}
