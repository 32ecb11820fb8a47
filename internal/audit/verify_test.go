package audit

import (
	"database/sql"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cleanbase/internal/contact"
)

func mustVerify(t interface{ Fatal(...any) }, d *DB) {
	if f, err := d.Verify(nil); f != nil || err != nil {
		t.Fatal("verify: ", f, err)
	}
}

// history is a database with some of everything: four runs, one of them failed,
// a pardon, patches, superseded decisions.
func history(t *testing.T, path string) (last Checkpoint) {
	t.Helper()
	d := open(t, path)
	f := bigBase(1200)
	recordRun(t, d, 1, f, evidence(1, 300)...)
	if err := d.Pardon(79000000001, "ошибка менеджера", asOf(1)); err != nil {
		t.Fatal(err)
	}
	r := begin(t, d, 2)
	addInput(t, r, 1, 7)
	if err := r.AddEvidence(evidence(250, 100)); err != nil {
		t.Fatal(err)
	}
	if err := r.Finish(Failed, asOf(2)); err != nil {
		t.Fatal(err)
	}
	for day := 3; day <= 5; day++ {
		f = nextDay(f, uint64(day))
		recordRun(t, d, day, f, evidence(360, day)...)
	}
	for day, instead := range []string{"", "wave-1006"} {
		handOut(t, d, HandOut{Wave: Wave{Number: day + 1, RunID: "run-5", At: asOf(5 + day)}, InsteadOf: instead, People: []int64{501, 4, 9, int64(700 + day)}})
	}
	key, _ := f.Contact(3)
	for _, k := range []contact.Key{key, f.keys[500], 79000000001} {
		if _, err := d.Forget([]contact.Key{k}, "по просьбе", asOf(6)); err != nil {
			t.Fatal(err)
		}
		mustVerify(t, d)
	}
	writeAndHear(t, d, 10)
	f = nextDay(f, 7)
	last = recordRun(t, d, 7, f, evidence(900, 7)...)
	r = begin(t, d, 8)
	addInput(t, r, 1, 7)
	if err := r.AddEvidence(evidence(950, 5)); err != nil {
		t.Fatal(err)
	}
	if err := r.Finish(Failed, asOf(8)); err != nil {
		t.Fatal(err)
	}
	mustVerify(t, d)
	d.Close()
	return last
}

// Any change of any column, any deleted and any added row is found, on every
// table.
func TestVerifyFindsEveryChange(t *testing.T) {
	path := tempPath(t)
	history(t, path)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	d := open(t, path)
	columns := map[string][]string{}
	d.each("SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'", nil, func(rows *sql.Rows) error {
		var table, column string
		err := rows.Scan(&table, &column)
		columns[table] = append(columns[table], column)
		return err
	})
	d.Close()
	if len(columns) != 18 {
		t.Errorf("%d tables: %v", len(columns), columns)
	}
	for table, all := range columns {
		rows := someRows(t, path, whole, table)
		for i, where := range rows {
			tamper(t, path, whole, "DELETE FROM "+table+" WHERE "+where)
			for _, column := range all {
				values := []string{column + " + 1", "NULL", "''", column + " || 'x'", "(SELECT " + column + " FROM " + table + " ORDER BY random() LIMIT 1)", "0", column + " || x'00'", "x''"}
				for at := i; at < len(values); at += len(rows) {
					tamper(t, path, whole, fmt.Sprintf("UPDATE %s SET %s = %s WHERE %s", table, column, values[at], where))
				}
			}
		}
	}
}

// someRows are conditions that the last, a middle and the first row of a table
// meet.
func someRows(t *testing.T, path string, whole []byte, table string) []string {
	t.Helper()
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	d := open(t, path)
	defer d.Close()
	var names, rows []string
	var list string
	if _, err := d.one("SELECT coalesce(group_concat(name), 'rowid') FROM (SELECT name FROM pragma_table_info(?) WHERE pk > 0)", []any{table}, &list); err != nil {
		t.Fatal(err)
	}
	names = strings.Split(list, ",")
	quoted := "" // name IS value AND …
	for i, name := range names {
		if i > 0 {
			quoted += " || ' AND ' || "
		}
		quoted += "'" + name + " IS ' || quote(" + name + ")"
	}
	err := d.each("SELECT "+quoted+" FROM "+table+" ORDER BY "+list, nil, func(r *sql.Rows) error {
		rows = append(rows, "")
		return r.Scan(&rows[len(rows)-1])
	})
	if err != nil || len(rows) == 0 {
		t.Fatal(table, err, len(rows))
	}
	return slices.Compact([]string{rows[len(rows)-1], rows[len(rows)/2], rows[0]})
}

// tamper makes a change as another program could, past the triggers, and wants
// it found. A change that SQLite itself refuses, or that changes nothing, is
// none.
func tamper(t *testing.T, path string, whole []byte, query string) {
	t.Helper()
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path+"?_pragma=synchronous(0)")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	defer db.Close()
	var triggers []string
	rows, err := db.Query("SELECT sql, name FROM sqlite_schema WHERE type = 'trigger'")
	if err != nil {
		t.Fatal(err)
	}
	var drop []string
	for rows.Next() {
		var text, name string
		rows.Scan(&text, &name)
		triggers, drop = append(triggers, text), append(drop, "DROP TRIGGER "+name)
	}
	before := dump(db, query)
	if _, err := db.Exec(strings.Join(drop, ";")); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(query); err != nil {
		return
	}
	if _, err := db.Exec(strings.Join(triggers, ";")); err != nil {
		t.Fatal(err)
	}
	if before == dump(db, query) {
		return
	}
	db.Close()
	d, err := Open(path, Options{})
	if err != nil {
		return // found at the door
	}
	defer d.Close()
	if f, err := d.Verify(nil); f == nil && err == nil {
		t.Errorf("not found: %s", query)
	}
}

// dump is all that the table of a query holds.
func dump(db *sql.DB, query string) string {
	table := regexp.MustCompile(`(?:UPDATE|DELETE FROM|INSERT INTO) (\w+)`).FindStringSubmatch(query)[1]
	rows, err := db.Query("SELECT * FROM " + table)
	if err != nil {
		return err.Error()
	}
	defer rows.Close()
	names, _ := rows.Columns()
	var out strings.Builder
	for rows.Next() {
		row := make([]any, len(names))
		for i := range row {
			row[i] = new(any)
		}
		rows.Scan(row...)
		for _, v := range row {
			fmt.Fprintf(&out, "%T %v|", *v.(*any), *v.(*any))
		}
		out.WriteByte('\n')
	}
	return out.String()
}

func TestVerifyFindsAddedRows(t *testing.T) {
	path := tempPath(t)
	history(t, path)
	whole, _ := os.ReadFile(path)
	for _, q := range []string{
		"INSERT INTO fact SELECT evidence_id + 1, digest, kind, via, channel, key + 1, ident, happened, run, input_id, row, rule, detail, quote FROM fact ORDER BY 1 DESC LIMIT 1",
		"INSERT INTO contact SELECT contact_id + 1, key + 1, set_id, since_run, leaf + 1 FROM contact ORDER BY 1 DESC LIMIT 1",
		"INSERT INTO past SELECT contact_id, since_run - 1, since_run, set_id, leaf - 1 FROM past LIMIT 1",
		"INSERT INTO chunk SELECT NULL, digest, base, codes FROM chunk LIMIT 1",
		"INSERT INTO layout SELECT NULL, 'ab', chunks FROM layout LIMIT 1",
		"INSERT INTO standing SELECT 2, 1",
		"INSERT INTO input SELECT input_id + 1, run, path, sheet, role, system, encoding, sha256, rows FROM input ORDER BY 1 DESC LIMIT 1",
		"INSERT INTO input SELECT (SELECT max(input_id) + 1 FROM input), run, path, sheet, role, system, encoding, sha256, rows FROM input LIMIT 1",
		"INSERT INTO standing SELECT max(input_id), 1 FROM input",
		"UPDATE fact SET ident = '+79998887766' WHERE evidence_id = 2",
		"UPDATE fact SET quote = '' WHERE quote IS NULL",
		"UPDATE run SET status = 'running', finished_at = NULL, ending = NULL WHERE seq = 1000",
		"UPDATE run SET status = 'sealed', finished_at = NULL, ending = NULL WHERE seq = 1000",
		"UPDATE run SET status = 'sealed' WHERE seq = (SELECT max(seq) FROM run)",
		"UPDATE run SET as_of = '2026-01-01T00:00:00Z' WHERE status = 'failed'",
		"UPDATE run SET lists = lists || ' '",
		"INSERT INTO posting SELECT NULL, list, segment, first_key, entries FROM posting LIMIT 1",
		"INSERT INTO node SELECT level, idx + 100, hash FROM node LIMIT 1",
		"INSERT INTO salt SELECT run, level, idx + 1, seed FROM salt LIMIT 1",
		"INSERT INTO word VALUES (NULL, 'x')",
		"INSERT INTO meta VALUES ('x', 'y')",
		"UPDATE run SET rewritten = '[]' WHERE kind = 'forget'",
		"UPDATE run SET accepted = 'y' WHERE kind = 'forget'",
		"UPDATE run SET kind = 'pardon' WHERE kind = 'forget'",
		"UPDATE run SET posting_salt = x'00112233445566778899aabbccddeeff' WHERE seq = 1000",
		"UPDATE contact SET key = 79161234567 WHERE key = 0",
		"UPDATE contact SET key = 0 WHERE contact_id = 7",
		"UPDATE contact SET set_id = (SELECT set_id FROM reason_set WHERE set_id <> contact.set_id AND set_id & 7 = contact.set_id & 7 LIMIT 1) WHERE key = 0",
		"DELETE FROM erased WHERE leaf = (SELECT max(leaf) FROM erased)",
		"DELETE FROM hashed WHERE own_leaf = (SELECT max(own_leaf) FROM hashed)",
		"INSERT INTO erased SELECT leaf + 1, hash, run, own_leaf FROM erased LIMIT 1",
		"INSERT INTO hashed SELECT own_leaf + 1, run, hmac_key, tag, kind, via, channel, happened, evidence_id FROM hashed ORDER BY own_leaf DESC LIMIT 1",
		"DELETE FROM fact WHERE evidence_id = 5",
		"INSERT INTO handed SELECT wave, 17 FROM handed LIMIT 1",
		"INSERT INTO wave SELECT 1000, plan, number + 7, of_run, channel, expires_at, unsent, leaf + 1 FROM wave LIMIT 1",
		"DELETE FROM handed WHERE wave = (SELECT max(run) FROM wave); DELETE FROM wave WHERE run = (SELECT max(run) FROM wave)",
		"UPDATE wave SET unsent = NULL",
		"UPDATE handed SET contact_id = 10 WHERE contact_id = 9",
		"UPDATE posting SET entries = substr(entries, 1, length(entries) - 1) WHERE list = 7",
		"UPDATE posting SET entries = entries || x'0110' WHERE list = 7",
		"UPDATE posting SET entries = x'' WHERE list = 7",
		"UPDATE posting SET list = 4 WHERE list = 7",
		"DELETE FROM posting WHERE list = 7",
		"UPDATE posting SET entries = (SELECT entries FROM posting AS o WHERE list = 7 AND o.block_id <> posting.block_id) WHERE list = 7",
		"UPDATE posting SET block_id = -block_id WHERE list = 7; UPDATE posting SET block_id = (SELECT min(-block_id) + max(-block_id) FROM posting WHERE block_id < 0) + block_id WHERE block_id < 0",
		"INSERT INTO posting SELECT NULL, list, segment, first_key, entries FROM posting WHERE list = 7 LIMIT 1",
		"DELETE FROM fact WHERE key >> 60 = 5",
		"UPDATE fact SET input_id = (SELECT input_id FROM input ORDER BY 1 DESC LIMIT 1) WHERE key >> 60 = 5",
		"UPDATE fact SET happened = happened + 2 WHERE key >> 60 = 5",
		"UPDATE fact SET ident = '00000000deadbeef' WHERE key >> 60 = 5",
		"UPDATE fact SET key = key + 1 WHERE key >> 60 = 5",
		"UPDATE fact SET input_id = input_id - 1 WHERE run > (SELECT run FROM input AS i WHERE i.input_id = fact.input_id)",
		"UPDATE fact SET input_id = (SELECT max(input_id) FROM input WHERE run = fact.run) WHERE run > (SELECT run FROM input AS i WHERE i.input_id = fact.input_id)",
		"INSERT INTO reason_set VALUES (8192, 77, 'cold', '[]')",
		"UPDATE run SET checkpoint = NULL WHERE seq = (SELECT max(seq) FROM run)",
		"CREATE TRIGGER t AFTER INSERT ON word BEGIN SELECT 1; END; INSERT INTO word (text) VALUES ('y')",
	} {
		tamper(t, path, whole, q)
	}
}

// A checkpoint kept elsewhere finds what the key's owner rewrote.
func TestVerifyElsewhere(t *testing.T) {
	a := tempPath(t)
	last := history(t, a)
	d := open(t, a)
	if f, err := d.Verify(last.Note); f != nil || err != nil {
		t.Error(f, err)
	}
	other := tempPath(t)
	open(t, other).Close()
	key, _ := os.ReadFile(a + ".key")
	os.WriteFile(other+".key", key, 0o600) // the same key signs another story
	public, _ := d.PublicKey()
	edit(t, other, "DROP TRIGGER meta_update; UPDATE meta SET value = '"+public+"' WHERE name = 'verifier'; CREATE TRIGGER meta_update BEFORE UPDATE ON meta BEGIN SELECT RAISE(ABORT, 'append-only'); END")
	e := open(t, other)
	recordRun(t, e, 1, bigBase(100))
	mustVerify(t, e)
	if f, err := e.Verify(last.Note); f == nil || err != nil {
		t.Error("another history was taken for this one", err)
	}
	if f, _ := d.Verify([]byte("x")); f == nil {
		t.Error("a checkpoint that is none was taken")
	}
}

// UPDATE, DELETE and REPLACE are refused by the database itself.
func TestAppendOnly(t *testing.T) {
	path := tempPath(t)
	history(t, path)
	d := open(t, path)
	for table, column := range map[string]string{"meta": "value", "word": "text", "run": "status", "input": "path", "reason_set": "verdict", "contact": "key",
		"past": "set_id", "chunk": "codes", "layout": "chunks", "standing": "layout_id", "fact": "quote", "posting": "entries", "salt": "seed", "node": "hash", "erased": "hash", "hashed": "tag", "wave": "leaf", "handed": "contact_id"} {
		for _, q := range []string{"UPDATE %[1]s SET %[2]s = %[2]s", "DELETE FROM %[1]s", "INSERT OR REPLACE INTO %[1]s SELECT * FROM %[1]s"} {
			q = strings.ReplaceAll(strings.ReplaceAll(q, "%[1]s", table), "%[2]s", column)
			if err := d.exec(q); err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s: %v", q, err)
			}
		}
	}
	// A contact's decision moves forward only, and leaves the old one behind.
	for _, q := range []string{"UPDATE contact SET set_id = set_id", "UPDATE contact SET since_run = since_run - 1, leaf = leaf + 1", "UPDATE contact SET since_run = since_run + 1"} {
		if err := d.exec(q); err == nil {
			t.Error(q)
		}
	}
	mustVerify(t, d)
}

func TestPardon(t *testing.T) {
	d := open(t, tempPath(t))
	before := recordRun(t, d, 1, bigBase(100))
	for range 2 {
		if err := d.Pardon(79001112233, "ошибка", asOf(2)); err != nil {
			t.Fatal(err)
		}
	}
	var kinds []contact.EvidenceKind
	d.EachEvidence(func(e contact.Evidence) bool { kinds = append(kinds, e.Kind); return true })
	if len(kinds) != 1 || kinds[0] != contact.Pardon {
		t.Errorf("%v", kinds)
	}
	var size int64
	var runs int
	d.one("SELECT max(tree_size), (SELECT count(*) FROM runs) FROM run", nil, &size, &runs)
	if size != before.Size+1 || runs != 1 {
		t.Errorf("%d leaves, %d runs", size, runs)
	}
	mustVerify(t, d)
}
