package audit

import (
	"bytes"
	"database/sql"
	"os"
	"testing"
)

// FuzzVerify changes bytes of a sealed database: it is found at the door or by
// verify, unless the bytes held nothing, and everything in the database reads as
// before.
func FuzzVerify(f *testing.F) {
	path := past(f, "v4.db") // of the newest schema: an older one is changed as it opens
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	said := contents(f, path)
	for at := 0; at < len(whole); at += len(whole) / 64 {
		f.Add(uint32(at), []byte{whole[at] ^ 1})
	}
	f.Add(uint32(18), []byte{2, 2}) // another journal
	f.Add(uint32(60), []byte{0, 0, 0, 1})
	note := bytes.Index(whole, []byte("cleanbase-audit-"))
	f.Add(uint32(note), []byte("cleanbase-other-"))
	f.Fuzz(func(t *testing.T, at uint32, change []byte) {
		bad := bytes.Clone(whole)
		if len(change) == 0 || copy(bad[int(at)%len(bad):], change) == 0 || bytes.Equal(bad, whole) {
			return
		}
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		d, err := Open(path, Options{})
		if err != nil {
			return // found at the door
		}
		wrong, err := d.Verify(nil)
		d.Close()
		if wrong != nil || err != nil {
			return
		}
		if again := contents(t, path); again != said {
			t.Errorf("%d bytes changed at %d: not found", len(change), int(at)%len(bad))
		}
	})
}

// contents is all that a database holds, row by row, with what each value is.
func contents(t testing.TB, path string) string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
	if err != nil {
		return err.Error()
	}
	var names []string
	for rows.Next() {
		names = append(names, "")
		rows.Scan(&names[len(names)-1])
	}
	rows.Close()
	all := ""
	for _, name := range append(names, "sqlite_schema") {
		all += name + "\n" + dump(db, "UPDATE "+name)
	}
	return all
}
