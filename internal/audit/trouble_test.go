package audit

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cleanbase/internal/contact"
)

// What SQLite says of disk, rights and other programs is told to people.
func TestTroubleIsTold(t *testing.T) {
	sqlDo := func(d *DB, query string) {
		if err := d.exec(query); err != nil {
			t.Fatal(err)
		}
	}
	for words, trouble := range map[string]func(d *DB, path string) error{
		"can't be written to": func(d *DB, _ string) error {
			sqlDo(d, "PRAGMA query_only = 1")
			return d.Pardon(another, "by mistake", asOf(25))
		},
		"the disk is full": func(d *DB, _ string) error {
			sqlDo(d, "PRAGMA max_page_count = 1") // which is as many as there are
			return flakyRun(d)
		},
		"another program": func(d *DB, path string) error {
			sqlDo(d, "PRAGMA busy_timeout = 0")
			other, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			defer other.Close()
			if _, err := other.Exec("BEGIN IMMEDIATE"); err != nil {
				t.Fatal(err)
			}
			return d.Pardon(another, "by mistake", asOf(25))
		},
		"is damaged": func(_ *DB, path string) error {
			whole, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			copy(whole[2*8192:], bytes.Repeat([]byte{0xAA}, len(whole)))
			if err := os.WriteFile(path, whole, 0o600); err != nil {
				t.Fatal(err)
			}
			d, err := Open(path, Options{})
			if err != nil {
				return err
			}
			defer d.Close()
			return d.EachEvidence(func(contact.Evidence) bool { return true })
		},
	} {
		t.Run(words, func(t *testing.T) {
			path := past(t, "v3.db")
			wantFault(t, trouble(open(t, path), path), words)
		})
	}
}

// A file beside a journal is looked at by SQLite: what is no database is told
// all the same.
func TestForeignBesideAJournal(t *testing.T) {
	path := tempPath(t)
	for name, text := range map[string]string{path: strings.Repeat("phone,name\n", 5000), path + "-journal": "x"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, err := Open(path, Options{Create: true})
	wantFault(t, err, "not an audit database")
}

// What stands where a file of ours is to be is an error, and nothing is begun.
func TestSomethingStandsInTheWay(t *testing.T) {
	for name, put := range map[string]func(path string) string{
		"a file where the folder should be": func(path string) string { os.WriteFile(path, nil, 0o600); return filepath.Join(path, "audit.db") },
		"no folder":                         func(path string) string { return filepath.Join(path, "none", "audit.db") },
		"a link that leads nowhere":         func(path string) string { os.Symlink(path+"-none", path); return path },
		"a folder for the key":              func(path string) string { os.MkdirAll(path+".key.new/x", 0o700); return path },
		"a full folder for its draft":       func(path string) string { os.MkdirAll(path+".key.new.part/x", 0o700); return path },
	} {
		t.Run(name, func(t *testing.T) {
			path := put(tempPath(t))
			d, err := Open(path, Options{Create: true})
			if err == nil {
				d.Close()
				t.Fatal("opened")
			}
			if info, err := os.Stat(path + ".key"); err == nil {
				t.Errorf("a key is left: %v", info.Mode())
			}
		})
	}
}

// An upgrade of which any statement fails leaves the old database, which the
// next program upgrades.
func TestUpgradeFailsWhole(t *testing.T) {
	path := past(t, "v1.db")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at, more := 1, true; more; at++ {
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		d := newDB(path, false)
		if err := d.connect(false); err != nil {
			t.Fatal(err)
		}
		f := makeFlaky(t, d)
		f.at = at
		err := d.setUp()
		d.Close()
		if more = f.hit; more == (err == nil) {
			t.Errorf("statement %d, %s: %v", at, f.query, err)
		}
		d = open(t, path)
		mustVerify(t, d)
		d.Close()
	}
}

// A walk that was told to stop stops, and that is no error.
func TestWalksStop(t *testing.T) {
	d := open(t, past(t, "v3.db"))
	runs, err := d.History(0)
	if err != nil {
		t.Fatal(err)
	}
	waves, err := d.Waves()
	if err != nil || len(waves) == 0 {
		t.Fatal(waves, err)
	}
	newest, oldest := runs[0].RunID, runs[len(runs)-1].RunID
	n := 0
	for name, walk := range map[string]func() error{
		"evidence": func() error { return d.EachEvidence(func(contact.Evidence) bool { n++; return false }) },
		"inputs":   func() error { return d.EachPublishedInput(func(int64, Input) bool { n++; return false }) },
		"stood":    func() error { return d.EachStood(newest, nil, func(*Stood) bool { n++; return false }) },
		"in wave":  func() error { return d.EachInWave(waves[0].ID, func(int64, contact.Key) bool { n++; return false }) },
		"diff":     func() error { _, err := d.Diff(oldest, newest, func(Change) bool { n++; return false }); return err },
		"forgotten": func() error {
			return d.EachForgotten(func(yield func(contact.Key) bool) { yield(79110000002) }, func(contact.Fact) bool { n++; return false })
		},
	} {
		if n = 0; walk() != nil || n != 1 {
			t.Errorf("%s: %d steps", name, n)
		}
	}
	enough := errors.New("enough")
	if err := d.EachDossier(newest, func(*Dossier) error { return enough }); !errors.Is(err, enough) {
		t.Error(err)
	}
}

// rewritten is a copy of a past database, changed as another program could.
func rewritten(t *testing.T, query string) *DB {
	t.Helper()
	path := past(t, "v3.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var drop string
	if err := db.QueryRow("SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_schema WHERE type = 'trigger'").Scan(&drop); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(drop + ";" + query); err != nil {
		t.Fatal(err)
	}
	return open(t, path)
}

// No question is answered from a record that was damaged where it looks.
func TestDamageIsNoAnswer(t *testing.T) {
	run := func(d *DB) string {
		runs, err := d.History(1)
		if err != nil {
			t.Fatal(err)
		}
		return runs[0].RunID
	}
	prove := func(d *DB) error { _, err := d.Prove(person, run(d)); return err }
	unfinished := func(d *DB) error { _, err := d.Unfinished(); return err }
	published := func(d *DB) error { return d.EachPublished(func(PublishedRun) error { return nil }) }
	stood := func(d *DB) error { return d.EachStood(run(d), nil, func(*Stood) bool { return true }) }
	forget := func(d *DB) error {
		_, err := d.Forget([]contact.Key{contact.Key(person)}, "asked", asOf(25))
		return err
	}
	for query, ask := range map[string]func(d *DB) error{
		"DELETE FROM salt":                                           prove,
		"UPDATE contact SET leaf = leaf + 1000":                      prove,
		"UPDATE run SET frontier = x'00' WHERE frontier IS NOT NULL": flakyRun,
		"UPDATE run SET lists = '{'":                                 published,
		"UPDATE run SET status = 'sealed', lists = '{'":              unfinished,
		"UPDATE posting SET entries = x'ff'":                         stood,
		"UPDATE posting SET entries = x'01ff'":                       prove,
		"DELETE FROM salt WHERE level > 0":                           forget,
		"UPDATE hashed SET tag = x'00'": func(d *DB) error {
			return d.EachForgotten(func(yield func(contact.Key) bool) { yield(79110000002) }, func(contact.Fact) bool { return true })
		},
	} {
		t.Run(query, func(t *testing.T) {
			d := rewritten(t, query)
			if err := ask(d); err == nil {
				t.Error("answered")
			}
			if wrong, err := d.Verify(nil); wrong == nil && err == nil {
				t.Error("verify finds nothing")
			}
		})
	}
}

// What package base would never hand over is refused, not stored.
func TestSealRefuses(t *testing.T) {
	d := open(t, tempPath(t))
	f := bigBase(20)
	rows := len(f.rows[1])
	r := begin(t, d, 1)
	addInput(t, r, 1, rows)
	if _, err := r.AddInput(Input{No: 1, Path: "again.csv", SHA256: "00"}); err == nil {
		t.Error("a number was given twice")
	}
	if _, err := r.AddInput(Input{No: 0, Path: "none.csv", SHA256: "00"}); err == nil {
		t.Error("a number below 1")
	}
	if err := r.SetRows(7, 1); err == nil {
		t.Error("rows of no input")
	}
	if _, err := r.Seal(f, Outcome{Status: Failed, Rows: f.counts()}); err == nil {
		t.Error("sealed to end as failed")
	}
	broken := errors.New("broken")
	if _, err := r.Seal(f, Outcome{Status: Published, Rows: f.counts(), Ready: func() ([]File, error) { return nil, broken }}); !errors.Is(err, broken) {
		t.Error("sealed with lists that failed:", err)
	}
	if _, err := r.Seal(f, Outcome{Status: Published, Rows: f.counts(), Report: func(Checkpoint) ([]byte, []File, error) { return nil, nil, broken }}); !errors.Is(err, broken) {
		t.Error("sealed with a report that failed:", err)
	}
	if _, err := r.Seal(f, Outcome{Status: Published, Rows: f.counts()}); err != nil {
		t.Fatal(err)
	}
	mustVerify(t, d)

	r = begin(t, d, 2)
	if _, err := r.AddInput(Input{No: 1, Path: "stop.csv", Role: "optouts", SHA256: "00", Rows: int64(rows)}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Seal(f, Outcome{Status: Published, Rows: f.counts()}); !errors.Is(err, errRowLaw) {
		t.Error("a stop-list's rows have outcomes:", err)
	}
}
