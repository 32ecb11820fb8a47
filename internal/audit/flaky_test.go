package audit

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"cleanbase/internal/contact"
)

var errFlaky = errors.New("flaky: the disk is gone")

// flaky is a connection of which one statement fails: it is not executed, or its
// rows can't be read.
type flaky struct {
	driver.Conn
	at         int // the statement to fail, from 1; 0 for none
	unreadable bool
	n          int
	hit        bool
	query      string // that was hit
}

// trips tells whether this statement is the one. An undoing one never is: it
// comes after a failure, and its own tells nothing more.
func (f *flaky) trips(query string) bool {
	if strings.HasPrefix(query, "ROLLBACK") {
		return false
	}
	f.n++
	if f.n != f.at {
		return false
	}
	f.hit, f.query = true, query
	return true
}

func (f *flaky) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if f.trips(query) {
		return nil, errFlaky
	}
	return f.Conn.(driver.ExecerContext).ExecContext(ctx, query, args)
}

func (f *flaky) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	trips := f.trips(query)
	if trips && !f.unreadable {
		return nil, errFlaky
	}
	rows, err := f.Conn.(driver.QueryerContext).QueryContext(ctx, query, args)
	if trips && err == nil {
		f.hit = false // until a row is asked for
		rows = &damagedRows{rows, f}
	}
	return rows, err
}

func (f *flaky) Close() error { return nil }

// damagedRows are rows of which no value can be read.
type damagedRows struct {
	driver.Rows
	f *flaky
}

func (r *damagedRows) Next(dest []driver.Value) error {
	err := r.Rows.Next(dest)
	if err == nil {
		r.f.hit = true
		for i := range dest {
			dest[i] = struct{}{}
		}
	}
	return err
}

type fixedConn struct{ conn driver.Conn }

func (c fixedConn) Connect(context.Context) (driver.Conn, error) { return c.conn, nil }
func (c fixedConn) Driver() driver.Driver                        { return nil }

// makeFlaky puts a flaky connection between a database and SQLite.
func makeFlaky(t testing.TB, d *DB) *flaky {
	t.Helper()
	f := &flaky{}
	if err := d.conn.Raw(func(c any) error { f.Conn = c.(driver.Conn); return nil }); err != nil {
		t.Fatal(err)
	}
	pool, whole := sql.OpenDB(fixedConn{f}), d.conn
	conn, err := pool.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	d.conn = conn
	t.Cleanup(func() { conn.Close(); pool.Close(); whole.Close() })
	return f
}

const (
	person  = contact.Phone(79110000001)
	another = contact.Phone(79110000003)
)

// readings are all ways to ask a database.
func readings(t testing.TB, d *DB) map[string]func(d *DB) error {
	runs, err := d.History(0)
	if err != nil || len(runs) < 3 {
		t.Fatal(runs, err)
	}
	newest, oldest := runs[0].RunID, runs[len(runs)-1].RunID
	waves, err := d.Waves()
	if err != nil || len(waves) == 0 {
		t.Fatal(waves, err)
	}
	return map[string]func(d *DB) error{
		"history":  func(d *DB) error { _, err := d.History(0); return err },
		"diff":     func(d *DB) error { _, err := d.Diff(oldest, newest, func(Change) bool { return true }); return err },
		"explain":  func(d *DB) error { _, err := d.Explain(contact.Key(another)); return err },
		"prove":    func(d *DB) error { _, err := d.Prove(person, newest); return err },
		"dossier":  func(d *DB) error { _, err := d.DossierOf(person, newest); return err },
		"dossiers": func(d *DB) error { return d.EachDossier(newest, func(*Dossier) error { return nil }) },
		"evidence": func(d *DB) error { return d.EachEvidence(func(contact.Evidence) bool { return true }) },
		"aliases":  func(d *DB) error { return d.EachAlias(func(_, _ contact.Key) bool { return true }) },
		"learnt":   func(d *DB) error { return d.EachLearnt(func(contact.Evidence, time.Time) bool { return true }) },
		"owners": func(d *DB) error {
			return d.EachOwner(func(contact.Key) bool { return true }, func(contact.Key, int64, bool) {})
		},
		"holders": func(d *DB) error {
			return d.EachHolder([]contact.Key{contact.OfEmail("nobody@example.org").Key}, func(_, _ contact.Key) {})
		},
		"own keys":    func(d *DB) error { return d.EachOwnKey(func(int64, contact.Key) {}) },
		"decisions":   func(d *DB) error { return d.EachDecision(func(int64, time.Time, contact.ReasonSet) {}) },
		"standing":    func(d *DB) error { return d.EachStanding(newest, func(int64, Input) {}) },
		"clean":       func(d *DB) error { return d.EachClean(newest, func(int64, contact.Key) {}) },
		"published":   func(d *DB) error { return d.EachPublished(func(PublishedRun) error { return nil }) },
		"checkpoint":  func(d *DB) error { _, err := d.Checkpoint(); return err },
		"doubts":      func(d *DB) error { return d.EachDoubt(func(int64, string) {}) },
		"emails":      func(d *DB) error { return d.EachRefusedEmail(func(contact.Key, string) {}) },
		"inputs":      func(d *DB) error { return d.EachPublishedInput(func(int64, Input) bool { return true }) },
		"stood":       func(d *DB) error { return d.EachStood(newest, []int64{1}, func(*Stood) bool { return true }) },
		"events read": func(d *DB) error { _, err := d.EventsReadAfter(waves[0].ID); return err },
		"policy":      func(d *DB) error { _, _, _, err := d.RunPolicy(newest); return err },
		"unseen":      func(d *DB) error { _, err := d.Unseen(time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)); return err },
		"waves":       func(d *DB) error { _, err := d.Waves(); return err },
		"in wave":     func(d *DB) error { return d.EachInWave(waves[0].ID, func(int64, contact.Key) bool { return true }) },
		"unfinished":  func(d *DB) error { _, err := d.Unfinished(); return err },
		"last run":    func(d *DB) error { _, err := d.LastRun(); return err },
		"public key":  func(d *DB) error { _, err := d.PublicKey(); return err },
		"erasures":    func(d *DB) error { _, err := d.Erasures(79110000002); return err },
		"forgotten": func(d *DB) error {
			d.facts, d.gone = nil, nil // as in a new process
			return d.EachForgotten(func(yield func(contact.Key) bool) { yield(79110000002) }, func(contact.Fact) bool { return true })
		},
		"verify": func(d *DB) error {
			wrong, err := d.Verify(nil)
			if wrong != nil && err == nil {
				err = wrong
			}
			return err
		},
	}
}

// Whatever statement of a question fails, or has rows that can't be read, the
// question fails: no half of an answer is taken for the whole.
func TestNoHalfAnswer(t *testing.T) {
	d := open(t, past(t, "v4.db"))
	all := readings(t, d)
	f := makeFlaky(t, d)
	points := 0
	for name, ask := range all {
		for _, unreadable := range []bool{false, true} {
			for at := 1; ; at++ {
				f.at, f.n, f.hit, f.unreadable = at, 0, false, unreadable
				err := ask(d)
				if f.n < at {
					if err != nil || at == 1 {
						t.Errorf("%s: %d statements, %v", name, f.n, err)
					}
					break
				}
				points++
				if f.hit && err == nil {
					t.Errorf("%s answered, though statement %d failed (rows: %v): %s", name, at, unreadable, f.query)
				}
			}
		}
	}
	t.Logf("%d questions, %d points", len(all), points)
}

// writings are all ways to change a database; each may take many steps.
func writings() map[string]func(d *DB) error {
	return map[string]func(d *DB) error{
		"run":    flakyRun,
		"pardon": func(d *DB) error { return d.Pardon(another, "by mistake", asOf(25)) },
		"told": func(d *DB) error {
			return d.Told([]contact.Evidence{{Kind: contact.OptOut, ID: contact.OfPhone(person), Via: contact.ViaPerson, At: contact.OnDay(2026, 3, 20)}}, asOf(25))
		},
		"forget": func(d *DB) error {
			_, err := d.Forget([]contact.Key{contact.Key(person)}, "asked", asOf(25))
			return err
		},
		"wave": func(d *DB) error {
			runs, err := d.History(1)
			if err != nil {
				return err
			}
			_, err = d.HandOut(HandOut{Wave: Wave{Plan: "plan-9", Number: 1, RunID: runs[0].RunID, At: asOf(25), Expires: asOf(26), File: File{Name: "w.csv", SHA256: "00"}}, People: []int64{1, 2}, Now: asOf(25), Policy: "p"})
			return err
		},
	}
}

// pastLog asks whose a message of the database of schema 4 is, and has the one
// that a status is kept of.
func pastLog(d *DB) (*journal, error) {
	ids, err := d.MessageIDs()
	if err != nil {
		return nil, err
	}
	id := func(name string) contact.Key { return ids(contact.Hash("wazzup\x00" + name + "\x00")).Key }
	return &journal{sent: []contact.Sending{{ID: id("m4")}, {ID: id("m10"), Day: dayOf(1), To: []contact.Identifier{contact.OfPhone(another)}}}}, nil
}

func flakyRun(d *DB) error {
	r, err := d.Begin(RunInfo{ID: "run-flaky", Started: asOf(25), AsOf: asOf(25), ToolVersion: "test", PolicySHA256: "00", Policy: "p", Seed: sha256.Sum256([]byte{9})})
	if err != nil {
		return err
	}
	f := bigBase(30)
	for no, rows := range f.rows {
		if _, err := r.AddInput(Input{No: no, Path: "base.csv", Role: "contacts", SHA256: "00", Rows: int64(len(rows))}); err != nil {
			return err
		}
	}
	log, err := pastLog(d)
	if err == nil {
		err = r.RecallMessages(log)
	}
	if err != nil {
		return err
	}
	if len(log.told) != 2 {
		return fmt.Errorf("of two messages it is told %v", log.told)
	}
	for i := range log.kept {
		log.kept[i].ID = contact.OfPhone(another)
	}
	if err := r.AddEvidence(append(evidence(1, 20), log.kept...)); err != nil {
		return err
	}
	if err := r.TellRest(); err != nil {
		return err
	}
	if _, err := r.Seal(f, Outcome{Status: Published, Rows: f.counts()}); err != nil {
		return err
	}
	return r.Finish(Published, asOf(25))
}

// Whatever statement of a change fails, the change says so, and what is stored
// is whole: verify finds nothing, and the same change then goes through.
func TestNoHalfChange(t *testing.T) {
	path := past(t, "v4.db")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	points := 0
	for name, change := range writings() {
		for _, unreadable := range []bool{false, true} {
			for at, more := 1, true; more; at++ {
				if err := os.WriteFile(path, whole, 0o600); err != nil {
					t.Fatal(err)
				}
				more = failsAt(t, path, name, change, flaky{at: at, unreadable: unreadable})
				points++
			}
		}
	}
	t.Logf("%d points", points)
}

// failsAt makes a change of which a statement fails; false when it has not so
// many.
func failsAt(t *testing.T, path, name string, change func(d *DB) error, how flaky) bool {
	t.Helper()
	d, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	f := makeFlaky(t, d)
	f.at, f.unreadable = how.at, how.unreadable
	err = change(d)
	d.Close()
	if f.n < how.at {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return false
	}
	if f.hit && err == nil {
		t.Errorf("%s passed, though statement %d failed (rows: %v): %s", name, how.at, how.unreadable, f.query)
	}
	if d, err = Open(path, Options{}); err != nil {
		t.Errorf("%s, statement %d: %v", name, how.at, err)
		return true
	}
	defer d.Close()
	if wrong, err := d.Verify(nil); wrong != nil || err != nil {
		t.Errorf("%s, statement %d, %s: %v, %v", name, how.at, f.query, wrong, err)
	}
	return true
}
