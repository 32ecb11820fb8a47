package audit

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"cleanbase/internal/contact"
)

func wantFault(t *testing.T, err error, words string) {
	t.Helper()
	var f *contact.Fault
	if !errors.As(err, &f) {
		t.Fatalf("got %v, want a fault", err)
	}
	if !strings.Contains(f.In(contact.EN), words) || f.Do.RU == "" || f.What.RU == "" {
		t.Errorf("fault %q does not say %q in both languages", f, words)
	}
}

func TestOpenNone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "база ?%20# 1.db")
	_, err := Open(path, Options{})
	wantFault(t, err, "no audit database")
	d := open(t, path)
	for _, name := range []string{path, path + ".key"} {
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	if key, err := d.PublicKey(); err != nil || !strings.HasPrefix(key, "cleanbase-audit-") {
		t.Errorf("public key %q, %v", key, err)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	if err != nil || len(left) != 2 {
		t.Errorf("files: %v, %v", left, err)
	}
}

func TestOpenAgainKeepsKey(t *testing.T) {
	path := tempPath(t)
	d := open(t, path)
	first, _ := d.PublicKey()
	d.Close()
	again, _ := open(t, path).PublicKey()
	if first != again {
		t.Errorf("key changed from %q to %q", first, again)
	}
}

// A database that is gone or empty beside its key is no new one: what it remembers
// would be lost. A crash in the making of one leaves no such thing.
func TestOpenLost(t *testing.T) {
	path := tempPath(t)
	d := open(t, path)
	recordRun(t, d, 1, bigBase(20))
	d.Close()
	for _, lose := range []func() error{func() error { return os.Truncate(path, 0) }, func() error { return os.Remove(path) }} {
		if err := lose(); err != nil {
			t.Fatal(err)
		}
		for _, opt := range []Options{{Create: true}, {DryRun: true}} {
			_, err := Open(path, opt)
			wantFault(t, err, "refusals that it remembers would be lost")
		}
	}
	os.Remove(path)
	os.Rename(path+".key", path+".key.new") // as a crash leaves it, before the database is on the disk
	d = open(t, path)
	d.Close()
	os.Rename(path+".key", path+".key.new") // and after it
	d = open(t, path)
	recordRun(t, d, 1, bigBase(20))
	mustVerify(t, d)
}

// A version number that is not that of the tables is told, whichever it is.
func TestOpenMisnumbered(t *testing.T) {
	for _, version := range []string{"0", "1", "-1", "-2147483648"} {
		path := tempPath(t)
		open(t, path).Close()
		edit(t, path, "PRAGMA user_version = "+version)
		_, err := Open(path, Options{})
		wantFault(t, err, "not those of its version number")
	}
}

// edit runs SQL on a file as another program would.
func edit(t *testing.T, path, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(query); err != nil {
		t.Fatal(err)
	}
}

func TestOpenForeign(t *testing.T) {
	for name, make := range map[string]func(path string){
		"other database": func(path string) { edit(t, path, "CREATE TABLE t (a); PRAGMA application_id = 7") },
		"no id":          func(path string) { edit(t, path, "CREATE TABLE t (a)") },
		"text":           func(path string) { os.WriteFile(path, []byte("phone,name\n"), 0o600) },
		"long text":      func(path string) { os.WriteFile(path, bytes.Repeat([]byte("phone,name\n"), 5000), 0o600) },
		"folder":         func(path string) { os.Mkdir(path, 0o700) },
	} {
		t.Run(name, func(t *testing.T) {
			path := tempPath(t)
			make(path)
			before, _ := os.ReadFile(path)
			_, err := Open(path, Options{Create: true})
			wantFault(t, err, "not an audit database")
			after, _ := os.ReadFile(path)
			if !bytes.Equal(before, after) {
				t.Error("the file was touched")
			}
		})
	}
}

func TestOpenNewer(t *testing.T) {
	path := tempPath(t)
	open(t, path).Close()
	edit(t, path, "PRAGMA user_version = 999")
	_, err := Open(path, Options{Create: true})
	wantFault(t, err, "newer version")
}

func TestMigratePartial(t *testing.T) {
	path := tempPath(t)
	d := open(t, path)
	more := append(migrations(), "CREATE TABLE extra (a INTEGER) STRICT", "INSERT INTO extra VALUES (1); SELECT broken")
	if err := d.migrate(more); err == nil {
		t.Fatal("a broken script passed")
	}
	if v, err := d.version(9); v != len(migrations()) || err != nil {
		t.Errorf("version %d, %v: a failed migration left something", v, err)
	}
	more = more[:len(more)-1]
	if err := d.migrate(more); err != nil {
		t.Fatal(err)
	}
	if err := d.migrate(more); err != nil {
		t.Fatal("the second time:", err)
	}
	if v, _ := d.version(9); v != len(more) {
		t.Errorf("version %d", v)
	}
}

func TestOpenConcurrent(t *testing.T) {
	path := tempPath(t)
	var wg sync.WaitGroup
	keys := make([]string, 8)
	for i := range keys {
		wg.Go(func() {
			d, err := Open(path, Options{Create: true})
			if err != nil {
				t.Error(err)
				return
			}
			defer d.Close()
			keys[i], _ = d.PublicKey()
		})
	}
	wg.Wait()
	for _, key := range keys {
		if key == "" || key != keys[0] {
			t.Errorf("keys %q", keys)
		}
	}
	open(t, path)
}

func TestMigrateConcurrent(t *testing.T) {
	path := tempPath(t)
	more := append(migrations(), "CREATE TABLE extra (a INTEGER) STRICT")
	all := make([]*DB, 8)
	for i := range all {
		all[i] = open(t, path)
	}
	var wg sync.WaitGroup
	for _, d := range all {
		wg.Go(func() {
			if err := d.migrate(more); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestOpenKeyOpenToOthers(t *testing.T) {
	path := tempPath(t)
	open(t, path).Close()
	os.Chmod(path+".key", 0o640)
	_, err := Open(path, Options{})
	wantFault(t, err, "others may read")
}

func TestOpenKeyOfAnother(t *testing.T) {
	a, b := tempPath(t), tempPath(t)
	open(t, a).Close()
	open(t, b).Close()
	os.Rename(a+".key", b+".key")
	_, err := Open(b, Options{})
	wantFault(t, err, "another audit database")
	os.Remove(b + ".key")
	d := open(t, b)
	_, err = d.Begin(RunInfo{ID: "x"})
	wantFault(t, err, "missing")
	os.WriteFile(b+".key", []byte("sign nonsense\n"), 0o600)
	_, err = Open(b, Options{})
	wantFault(t, err, "damaged")
}

func TestDryRunTouchesNothing(t *testing.T) {
	path := tempPath(t)
	d := open(t, path)
	f := bigBase(3000)
	recordRun(t, d, 1, f)
	d.Close()
	before, _ := os.ReadFile(path)
	dry, err := Open(path, Options{DryRun: true})
	if err != nil {
		t.Fatal(err)
	}
	cp := recordRun(t, dry, 2, nextDay(f, 2), evidence(1, 5000)...)
	if cp.Size <= 3000 {
		t.Errorf("size %d", cp.Size)
	}
	if runs, _ := dry.History(0); len(runs) != 2 {
		t.Errorf("%d runs seen", len(runs))
	}
	during, _ := os.ReadFile(path)
	if err := dry.Close(); err != nil {
		t.Fatal(err)
	}
	after, _ := os.ReadFile(path)
	if !bytes.Equal(before, during) || !bytes.Equal(before, after) {
		t.Error("the file was touched")
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*")); len(left) != 2 {
		t.Errorf("files: %v", left)
	}
}

func TestDryRunWithoutFile(t *testing.T) {
	path := tempPath(t)
	dry, err := Open(path, Options{DryRun: true})
	if err != nil {
		t.Fatal(err)
	}
	recordRun(t, dry, 1, bigBase(300), evidence(1, 10)...)
	if err := dry.Close(); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*")); len(left) != 0 {
		t.Errorf("files: %v", left)
	}
}
