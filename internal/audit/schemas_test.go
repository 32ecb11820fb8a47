package audit

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cleanbase/internal/contact"
)

// past is a copy of a database that an earlier program made.
func past(t testing.TB, name string) string {
	t.Helper()
	path := tempPath(t)
	for from, to := range map[string]string{name: path, name + ".key": path + ".key"} {
		data, err := os.ReadFile(filepath.Join("..", "..", "fixtures", "schemas", from))
		if err == nil {
			err = os.WriteFile(to, data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// A database of every past schema opens, is found untouched, tells its story and
// takes another run.
func TestPastSchemas(t *testing.T) {
	files, _ := filepath.Glob("../../fixtures/schemas/v*.db")
	if len(files) != len(migrations()) {
		t.Errorf("%d databases for %d schemas: keep one of each", len(files), len(migrations()))
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			d := open(t, past(t, filepath.Base(file)))
			mustVerify(t, d)
			runs, err := d.History(0)
			if err != nil || len(runs) != 3 {
				t.Fatalf("%d runs, %v", len(runs), err)
			}
			s, err := d.Explain(79110000003)
			if err != nil || len(s.Contacts[0].Decisions) != 3 || s.Contacts[0].Decisions[1].Verdict != "removed" || len(s.Evidence) != 2 {
				t.Errorf("%+v, %v", s, err)
			}
			for _, r := range runs {
				if _, err := d.Prove(79110000001, r.RunID); err != nil {
					t.Error(err)
				}
			}
			kept := 0
			d.EachForgotten(func(yield func(contact.Key) bool) { yield(79110000002) }, func(f contact.Fact) bool { kept++; return true })
			if kept == 0 {
				t.Error("the forgotten refusal is lost")
			}
			waves, err := d.Waves()
			if want := map[string]int{"v1.db": 0, "v2.db": 2, "v3.db": 2, "v4.db": 2}[filepath.Base(file)]; err != nil || len(waves) != want {
				t.Errorf("%d waves, %v", len(waves), err)
			}
			recordRun(t, d, 20, bigBase(30), evidence(1, 5)...)
			writeAndHear(t, d, 21)
			mustVerify(t, d)
		})
	}
}

// A database of the first versions keeps their keys: signed leaves and the hashes
// of the forgotten are made of them. A new one has the keys of now.
func TestKeysOfPastSchemas(t *testing.T) {
	mail := contact.OfEmail("klient338@box2.example")
	for file, want := range map[string]contact.Key{"v1.db": mail.Rehashed(true).Key, "v2.db": mail.Rehashed(true).Key, "v3.db": mail.Key, "v4.db": mail.Key} {
		d := open(t, past(t, file))
		if got := d.Keyed(mail).Key; got != want {
			t.Errorf("%s asks for key %x, not %x", file, got, want)
		}
		recordRun(t, d, 20, bigBase(30), contact.Evidence{Kind: contact.OptOut, ID: mail, Rule: "optouts"})
		held := false
		if err := d.EachEvidence(func(e contact.Evidence) bool { held = held || e.ID.Key == want; return true }); err != nil || !held {
			t.Errorf("%s holds another key: %v", file, err)
		}
		mustVerify(t, d)
		for _, keys := range []string{"1", "2"} { // whoever changes the note is found
			edit(t, d.path, "DROP TRIGGER meta_update; UPDATE meta SET value = '"+keys+"' WHERE name = 'keys'; CREATE TRIGGER meta_update BEFORE UPDATE ON meta BEGIN SELECT RAISE(ABORT, 'append-only'); END")
			e := open(t, d.path)
			fault, err := e.Verify(nil)
			if right := (keys == "1") == e.first && e.Keyed(mail).Key == want; err != nil || right != (fault == nil) {
				t.Errorf("%s with keys %s: %v, %v", file, keys, fault, err)
			}
		}
	}
}

// Every documented query runs, and all but the one that finds faults find
// something.
func TestQueries(t *testing.T) {
	text, err := os.ReadFile("QUERIES.md")
	if err != nil {
		t.Fatal(err)
	}
	d := open(t, past(t, "v4.db"))
	blocks := strings.Split(string(text), "```sql\n")[1:]
	if len(blocks) != 12 {
		t.Errorf("%d queries", len(blocks))
	}
	for _, b := range blocks {
		query, _, _ := strings.Cut(b, "```")
		n := 0
		err := d.each(query, nil, func(*sql.Rows) error { n++; return nil })
		if err != nil {
			t.Errorf("%v in\n%s", err, query)
		}
		if law := strings.Contains(query, "rows_read <>"); law != (n == 0) {
			t.Errorf("%d rows from\n%s", n, query)
		}
	}
}
