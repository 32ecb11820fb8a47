package audit

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"errors"
	"hash"
	"net/url"

	"cleanbase/internal/contact"

	"golang.org/x/mod/sumdb/note"
	"modernc.org/sqlite"
)

// DB is an open audit database. It has one writer and is not for use by
// several goroutines at once.
type DB struct {
	path    string
	dry     bool
	pool    *sql.DB
	conn    *sql.Conn // the only one: a dry run's writing lives in its transaction
	feed    *feeder
	drained *drainer
	sign    note.Signer // nil when the key file is not there
	posted  hash.Hash   // of the posting blocks written since the last checkpoint, behind salted
	salted  []byte
	facts   *factSet // what is known already, loaded at the first AddEvidence
	gone    *memory  // loaded with facts; nil when nobody was forgotten
	inside  bool     // of a transaction
	failed  error    // in it: no statement of it is executed any more
	first   bool     // its keys are those of the first versions
}

// Open opens the database, migrating it when it is older. A file that is not
// ours, is newer, or whose key others may read is a *contact.Fault.
func Open(path string, opt Options) (*DB, error) {
	d := newDB(path, opt.DryRun)
	fresh, err := d.prepareFile(opt)
	if err != nil {
		return nil, err
	}
	if err := d.connect(fresh && opt.DryRun); err != nil {
		d.Close()
		return nil, d.fault(err)
	}
	if err := d.setUp(); err != nil {
		d.Close()
		return nil, d.fault(err)
	}
	return d, nil
}

func newDB(path string, dry bool) *DB {
	return &DB{path: path, dry: dry, feed: &feeder{}, drained: &drainer{}, posted: sha256.New()}
}

// Keyed is the identifier with the key that this database knows it by: whoever
// asks it, or hands it a base, asks so first.
func (d *DB) Keyed(id contact.Identifier) contact.Identifier {
	if d.first {
		return id.Rehashed(true)
	}
	return id
}

// setUp begins a dry run's only transaction, migrates, and gets the key.
func (d *DB) setUp() error {
	if d.dry {
		if err := d.exec("BEGIN IMMEDIATE"); err != nil {
			return err
		}
	}
	if err := d.migrate(migrations()); err != nil {
		return err
	}
	if _, err := d.one("SELECT value = '1' FROM meta WHERE name = 'keys'", nil, &d.first); err != nil {
		return err
	}
	if err := d.loadKey(); err != nil {
		return err
	}
	return d.exec("CREATE VIRTUAL TABLE temp.feed USING feed")
}

// connect opens the one connection. Settings go through the DSN, so that no
// connection is ever without them.
//
// The journal stays in its default mode, DELETE: a first run writes each page
// once (new pages need no journal), the database at rest is one file that can
// be copied, and a reader needs no write access beside it, as WAL would want.
// synchronous=EXTRA, not FULL: it also syncs the directory after the journal is
// unlinked; without, a power loss can bring the journal back, and it would undo
// a transaction whose lists are already published.
//
// A dry run keeps journal and changed pages in memory and never commits.
func (d *DB) connect(inMemory bool) error {
	q := url.Values{"_pragma": {"synchronous(EXTRA)", "recursive_triggers(1)", "foreign_keys(0)", "trusted_schema(0)",
		"page_size(8192)", "cache_size(-8000)", "busy_timeout(5000)", "temp_store(MEMORY)"}}
	if d.dry {
		q["_pragma"] = append(q["_pragma"], "journal_mode(MEMORY)", "cache_spill(0)")
	}
	name := "file:" + url.PathEscape(d.path)
	if inMemory {
		name = "file::memory:"
	}
	drv := &sqlite.Driver{}
	if err := errors.Join(drv.RegisterModule("feed", d.feed), d.drained.register(drv)); err != nil {
		return err
	}
	d.pool = sql.OpenDB(connector{drv, name + "?" + q.Encode()})
	d.pool.SetMaxOpenConns(1)
	conn, err := d.pool.Conn(context.Background())
	d.conn = conn
	return err
}

// connector opens connections with a driver of our own, so that our virtual
// table and function are nobody else's.
type connector struct {
	drv *sqlite.Driver
	dsn string
}

func (c connector) Connect(context.Context) (driver.Conn, error) { return c.drv.Open(c.dsn) }
func (c connector) Driver() driver.Driver                        { return c.drv }

// Close closes the database; a dry run's writing is undone.
func (d *DB) Close() error {
	var errs []error
	if d.conn != nil {
		if d.dry {
			errs = append(errs, d.exec("ROLLBACK"))
		}
		errs = append(errs, d.conn.Close())
	}
	if d.pool != nil {
		errs = append(errs, d.pool.Close())
	}
	return errors.Join(errs...)
}

// tx does all of a step or nothing of it. In a dry run a step is a savepoint of
// the one transaction.
func (d *DB) tx(do func() error) (err error) {
	begin, end, undo := "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"
	if d.dry {
		begin, end, undo = "SAVEPOINT step", "RELEASE step", "ROLLBACK TO step; RELEASE step"
	}
	if err := d.exec(begin); err != nil {
		return d.fault(err)
	}
	d.inside = true
	defer func() {
		if err == nil {
			err = d.exec(end)
		}
		d.inside, d.failed = false, nil
		if err != nil {
			d.facts = nil // may hold what is now undone
			// A failed statement may have rolled back by itself; the first error is the one to tell.
			_ = d.exec(undo)
			err = d.fault(err)
		}
	}()
	return do()
}

// exec executes a statement. After one has failed no other of the transaction
// is: SQLite may have rolled back by itself (it does so when the disk fails), and
// what follows would be stored alone.
func (d *DB) exec(query string, args ...any) error {
	_, err := d.run(query, args)
	return err
}

func (d *DB) run(query string, args []any) (sql.Result, error) {
	if d.failed != nil {
		return nil, d.failed
	}
	res, err := d.conn.ExecContext(context.Background(), query, args...)
	if d.inside {
		d.failed = err
	}
	return res, err
}

// insert executes an INSERT and returns the new rowid.
func (d *DB) insert(query string, args ...any) (int64, error) {
	res, err := d.run(query, args)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

// one reads a single row; found is false when there is none.
func (d *DB) one(query string, args []any, dest ...any) (found bool, err error) {
	err = d.conn.QueryRowContext(context.Background(), query, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// each reads all rows of a query; scan is called once a row.
func (d *DB) each(query string, args []any, scan func(*sql.Rows) error) error {
	rows, err := d.conn.QueryContext(context.Background(), query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// errStop ends a walk that has seen enough.
var errStop = errors.New("stop")

// stopped makes a walk that ended by errStop a success.
func stopped(err error) error {
	if errors.Is(err, errStop) {
		return nil
	}
	return err
}
