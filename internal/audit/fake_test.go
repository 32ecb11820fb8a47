package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"cleanbase/internal/contact"
)

// fakeRow is a row of a made-up input.
type fakeRow struct {
	row     int32
	contact int32
	merged  bool
}

// fake is made-up decisions, as package base would hand them over.
type fake struct {
	keys    []contact.Key
	sets    []contact.ReasonSet
	idents  [][]contact.Key
	refused []bool
	rows    map[int32][]fakeRow
	made    int // contacts made so far, also those dropped
}

func (f *fake) Len() int { return len(f.keys) }

func (f *fake) Contact(i int) (contact.Key, contact.ReasonSet) { return f.keys[i], f.sets[i] }

func (f *fake) Identifiers(yield func(contact.Key, int) bool) {
	for i, ids := range f.idents {
		for _, key := range ids {
			if !yield(key, i) {
				return
			}
		}
	}
}

func (f *fake) Aliases(yield func(contact.Key, int) bool) {
	for i, ids := range f.idents {
		for _, key := range ids {
			if f.refused[i] && !yield(key, i) {
				return
			}
		}
	}
}

func (f *fake) Rows(input int32, yield func(int32, int32, bool) bool) {
	for _, r := range f.rows[input] {
		if !yield(r.row, r.contact, r.merged) {
			return
		}
	}
}

// counts is what the summary would say.
func (f *fake) counts() Counts {
	var c Counts
	for _, rows := range f.rows {
		for _, r := range rows {
			c.Read++
			verdict := f.sets[r.contact].Verdict()
			if r.merged {
				verdict = contact.Merged
			}
			*[]*int64{contact.Clean: &c.Clean, contact.Cold: &c.Cold, contact.Hold: &c.Hold, contact.Invalid: &c.Invalid,
				contact.Removed: &c.Removed, contact.Merged: &c.Merged}[verdict]++
		}
	}
	return c
}

// sheet is a made-up contacts file: a contact's key and reasons a row. Rows of
// one key are merged into the first.
type sheetRow struct {
	row    int32
	key    contact.Key
	set    contact.ReasonSet
	idents []contact.Key
}

func decide(sheets map[int32][]sheetRow) *fake {
	f := &fake{rows: map[int32][]fakeRow{}}
	at := map[contact.Key]int32{}
	for no := int32(1); int(no) <= len(sheets); no++ {
		for _, r := range sheets[no] {
			i, merged := at[r.key]
			if !merged {
				i = int32(len(f.keys))
				at[r.key] = i
				f.keys = append(f.keys, r.key)
				f.sets = append(f.sets, r.set)
				f.idents = append(f.idents, nil)
				f.refused = append(f.refused, r.set.Verdict() == contact.Removed)
			}
			f.idents[i] = append(f.idents[i], r.idents...)
			f.rows[no] = append(f.rows[no], fakeRow{r.row, i, merged})
		}
	}
	return f
}

func asOf(day int) time.Time { return time.Date(2026, 3, day, 9, 0, 0, 0, time.UTC) }

func tempPath(t testing.TB) string {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "audit.db")
}

func open(t testing.TB, path string) *DB {
	t.Helper()
	d, err := Open(path, Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func begin(t testing.TB, d *DB, day int) *Run {
	t.Helper()
	r, err := d.Begin(RunInfo{ID: fmt.Sprintf("run-%d", day), Started: asOf(day), AsOf: asOf(day), ToolVersion: "test", PolicySHA256: "00", Policy: "p",
		Seed: sha256.Sum256([]byte{byte(day)})})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func addInput(t testing.TB, r *Run, no int32, rows int) {
	t.Helper()
	sum := sha256.Sum256([]byte{byte(no)})
	_, err := r.AddInput(Input{No: no, Path: fmt.Sprintf("base%d.csv", no), Role: "contacts", System: "bitrix24", Encoding: "utf-8", SHA256: hex.EncodeToString(sum[:]), Rows: int64(rows)})
	if err != nil {
		t.Fatal(err)
	}
}

// record makes a whole run of made-up decisions.
func recordRun(t testing.TB, d *DB, day int, f *fake, facts ...contact.Evidence) Checkpoint {
	t.Helper()
	r := begin(t, d, day)
	for no, rows := range f.rows {
		addInput(t, r, no, len(rows))
	}
	if err := r.AddEvidence(facts); err != nil {
		t.Fatal(err)
	}
	cp, err := r.Seal(f, Outcome{Status: Published, Rows: f.counts()})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Finish(Published, asOf(day)); err != nil {
		t.Fatal(err)
	}
	return cp
}
