package audit

import (
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"cleanbase/internal/contact"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/sumdb/note"
	"pgregory.net/rapid"
)

// The views of the contract, with their columns in order.
func TestViewColumns(t *testing.T) {
	d := open(t, tempPath(t))
	for view, want := range map[string]string{
		"runs":         "run_id, started_at, finished_at, as_of, status, tool_version, policy_sha256, policy, rows_read, rows_clean, rows_cold, rows_hold, rows_removed, rows_invalid, rows_merged, root",
		"inputs":       "run_id, input_id, path, sheet, role, system, encoding, sha256, rows",
		"contact_rows": "run_id, input_id, row, contact_id, phone, outcome, reasons",
		"decisions":    "run_id, contact_id, phone, verdict, reasons, since_run",
		"evidence":     "evidence_id, kind, identifier_kind, identifier, channel, happened_at, first_run, input_id, row, rule, quote",
	} {
		var got []string
		err := d.each("SELECT name FROM pragma_table_info(?) ORDER BY cid", []any{view}, func(rows *sql.Rows) error {
			got = append(got, "")
			return rows.Scan(&got[len(got)-1])
		})
		if err != nil || strings.Join(got, ", ") != want {
			t.Errorf("%s: %v, %v", view, got, err)
		}
	}
}

// genSheets draws contacts files in which contacts repeat, rows skip and some
// have no phone.
func genSheets(t *rapid.T) map[int32][]sheetRow {
	sheets := map[int32][]sheetRow{}
	sets := []contact.ReasonSet{contact.ReasonSet(0).With(contact.ConsentValid), contact.ReasonSet(0).With(contact.ConsentMissing).With(contact.OptOutListed),
		contact.ReasonSet(0).With(contact.PhoneMissing), 0}
	state := map[contact.Key]contact.ReasonSet{}
	for no := range rapid.Int32Range(1, 3).Draw(t, "inputs") {
		row := rapid.Int32Range(0, 5).Draw(t, "header")
		var rows []sheetRow
		for range rapid.IntRange(0, 400).Draw(t, "rows") {
			row += 1 + max(0, rapid.Int32Range(-60, 20).Draw(t, "gap"))
			n := rapid.IntRange(1, 600).Draw(t, "contact")
			key := contact.Key(79000000000 + n)
			if n%17 == 0 {
				key = contact.OfRecord(fmt.Sprint(n)).Key
			}
			if _, ok := state[key]; !ok {
				state[key] = rapid.SampledFrom(sets).Draw(t, "reasons")
			}
			rows = append(rows, sheetRow{row: row, key: key, set: state[key], idents: []contact.Key{contact.OfEmail(fmt.Sprint(n % 50)).Key}})
		}
		sheets[no+1] = rows
	}
	return sheets
}

// wantRows is what the view contact_rows must say of a run.
func wantRows(f *fake) []string {
	var all []string
	for _, no := range slices.Sorted(maps.Keys(f.rows)) {
		for _, r := range f.rows[no] {
			outcome := f.sets[r.contact].Verdict()
			if r.merged {
				outcome = contact.Merged
			}
			all = append(all, fmt.Sprintf("base%d.csv %d %v %v %s", no, r.row, f.keys[r.contact].Phone(), outcome, f.sets[r.contact].JSON()))
		}
	}
	return all
}

func storedRows(t interface{ Fatal(...any) }, d *DB, run string) []string {
	var all []string
	err := d.each(`SELECT i.path, c.row, coalesce(c.phone, ''), c.outcome, c.reasons FROM contact_rows AS c JOIN inputs AS i ON i.input_id = c.input_id
		WHERE c.run_id = ? ORDER BY i.path, c.row`, []any{run}, func(rows *sql.Rows) error {
		var path, phone, outcome, reasons string
		var row int64
		err := rows.Scan(&path, &row, &phone, &outcome, &reasons)
		all = append(all, fmt.Sprintf("%s %d %s %s %s", path, row, phone, outcome, reasons))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// What was put in comes out of the views, run by run, also after later runs
// changed verdicts, rows and contacts.
func TestRowsComeBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d, err := Open("nowhere.db", Options{DryRun: true}) // in memory
		if err != nil {
			rt.Fatal(err)
		}
		defer d.Close()
		var want []*fake
		for day := 1; day <= 3; day++ {
			f := decide(genSheets(rt))
			recordRun(t, d, day, f)
			want = append(want, f)
		}
		for i, f := range want {
			run := fmt.Sprintf("run-%d", i+1)
			if diff := cmp.Diff(wantRows(f), storedRows(rt, d, run)); diff != "" {
				rt.Fatal(run, diff)
			}
			var n, contacts int
			d.one("SELECT count(*), count(DISTINCT contact_id) FROM decisions WHERE run_id = ?", []any{run}, &n, &contacts)
			if n != f.Len() || contacts != f.Len() {
				rt.Fatalf("%s: %d decisions of %d contacts, want %d", run, n, contacts, f.Len())
			}
		}
		mustVerify(rt, d)
	})
}

// since_run is when the verdict and the reasons first held.
func TestSinceRun(t *testing.T) {
	d := open(t, tempPath(t))
	clean, cold := contact.ReasonSet(0).With(contact.ConsentValid), contact.ReasonSet(0).With(contact.ConsentMissing)
	one := func(set contact.ReasonSet) *fake {
		return decide(map[int32][]sheetRow{1: {{row: 2, key: 79001112233, set: set}}})
	}
	for day, set := range []contact.ReasonSet{clean, clean, cold, cold, clean} {
		recordRun(t, d, day+1, one(set))
	}
	var got []string
	d.each("SELECT since_run FROM decisions ORDER BY run_id", nil, func(rows *sql.Rows) error {
		got = append(got, "")
		return rows.Scan(&got[len(got)-1])
	})
	if diff := cmp.Diff([]string{"run-1", "run-1", "run-3", "run-3", "run-5"}, got); diff != "" {
		t.Error(diff)
	}
}

// A run that changes nothing adds no leaf, no contact and no decision.
func TestSameRunAddsNoLeaf(t *testing.T) {
	d := open(t, tempPath(t))
	f := bigBase(3000)
	first := recordRun(t, d, 1, f, evidence(1, 300)...)
	again := recordRun(t, d, 2, f, evidence(1, 300)...)
	if first.Root != again.Root || first.Size != again.Size || first.Size != int64(f.Len()+300) {
		t.Errorf("%v %v, then %v %v", first.Size, first.Root, again.Size, again.Root)
	}
	for _, table := range []string{"chunk", "layout", "salt", "posting"} {
		var n int
		d.one("SELECT count(*) FROM "+table+" WHERE rowid > 0", nil, &n)
		before := map[string]int{"layout": 1}[table]
		if before != 0 && n != before {
			t.Errorf("%s: %d rows", table, n)
		}
	}
}

// The order of inputs and the wall clock leave no trace in the tree.
func TestRootIgnoresOrder(t *testing.T) {
	var roots []string
	for _, order := range [][]int32{{1, 2}, {2, 1}} {
		d := open(t, tempPath(t))
		f := decide(map[int32][]sheetRow{1: {{row: 2, key: 79001112233}}, 2: {{row: 2, key: 79001112244}, {row: 3, key: 79001112233}}})
		r := begin(t, d, 1)
		for _, no := range order {
			addInput(t, r, no, len(f.rows[no]))
		}
		cp, err := r.Seal(f, Outcome{Status: Withheld, Rows: f.counts()})
		if err != nil {
			t.Fatal(err)
		}
		roots = append(roots, cp.Root)
	}
	if roots[0] != roots[1] {
		t.Error(roots)
	}
}

func TestCheckpointVerifies(t *testing.T) {
	d := open(t, tempPath(t))
	var shown Checkpoint
	f := bigBase(500)
	r := begin(t, d, 1)
	addInput(t, r, 1, len(f.rows[1]))
	lists := []File{{"clean.xlsx", 3, "ab"}}
	cp, err := r.Seal(f, Outcome{Status: Published, Rows: f.counts(), Lists: lists, Report: func(c Checkpoint) ([]byte, []File, error) {
		shown = c
		return []byte(`{"root":"` + c.Root + `"}`), []File{{"report.html", 0, "cd"}}, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(cp, shown); diff != "" {
		t.Error(diff)
	}
	public, _ := d.PublicKey()
	verifier, err := note.NewVerifier(public)
	if err != nil {
		t.Fatal(err)
	}
	n, err := note.Open(cp.Note, note.VerifierList(verifier))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(n.Text, "\n")
	if lines[0] != verifier.Name() || lines[1] != fmt.Sprint(cp.Size) || lines[2] != cp.Root || !strings.HasPrefix(lines[3], "run run-1 ") || len(lines) != 5 {
		t.Errorf("%q", n.Text)
	}
	pending, err := d.Unfinished()
	want := []Pending{{RunID: "run-1", Sealed: true, Status: Published, Files: append(lists, File{"report.html", 0, "cd"})}}
	if diff := cmp.Diff(want, pending); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

// A crash between Seal and Finish, or before Seal, is seen by the next process.
func TestUnfinished(t *testing.T) {
	path := tempPath(t)
	d := open(t, path)
	f := bigBase(50)
	r := begin(t, d, 1)
	addInput(t, r, 1, 50)
	if _, err := r.Seal(f, Outcome{Status: Withheld, Rows: f.counts()}); err != nil {
		t.Fatal(err)
	}
	begin(t, d, 2)
	d.Close()
	d = open(t, path)
	pending, err := d.Unfinished()
	if err != nil || len(pending) != 2 || !pending[0].Sealed || pending[0].Status != Withheld || pending[1].Sealed {
		t.Fatalf("%+v, %v", pending, err)
	}
	if err := d.SetStatus("run-2", Published, asOf(3)); err == nil {
		t.Error("a run that was not sealed was published")
	}
	if err := errors.Join(d.SetStatus("run-1", Withheld, asOf(3)), d.SetStatus("run-2", Abandoned, asOf(3))); err != nil {
		t.Fatal(err)
	}
	if err := d.SetStatus("run-1", Abandoned, asOf(3)); err == nil {
		t.Error("a run ended twice")
	}
	last, err := d.LastRun()
	if err != nil || last == nil || last.RunID != "run-1" || len(last.Inputs) != 1 || last.Inputs[0].Rows != 50 || !last.AsOf.Equal(asOf(1)) {
		t.Errorf("%+v, %v", last, err)
	}
	if pending, _ := d.Unfinished(); len(pending) != 0 {
		t.Errorf("%+v", pending)
	}
}

// Each breach of the row law undoes the sealing.
func TestRowLaw(t *testing.T) {
	good := func() *fake {
		return decide(map[int32][]sheetRow{1: {{row: 2, key: 79001112233}, {row: 3, key: 79001112244}, {row: 4, key: 79001112233}}})
	}
	for name, breach := range map[string]func(*fake){
		"row lost":      func(f *fake) { f.rows[1] = f.rows[1][:2] },
		"row twice":     func(f *fake) { f.rows[1][2].row = 3 },
		"two main rows": func(f *fake) { f.rows[1][2].merged = false },
		"no main row":   func(f *fake) { f.rows[1][1].merged = true },
		"no row":        func(f *fake) { f.rows[1][1].contact = 0; f.rows[1][1].merged = true },
		"one key twice": func(f *fake) { f.keys[1] = f.keys[0] },
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, tempPath(t))
			recordRun(t, d, 2, decide(map[int32][]sheetRow{1: {{row: 2, key: 79001112244}}})) // one of them is known
			r := begin(t, d, 1)
			addInput(t, r, 1, 3)
			f := good()
			breach(f)
			if _, err := r.Seal(f, Outcome{Status: Published, Rows: good().counts()}); err == nil {
				t.Error("sealed")
			}
			f = good()
			if _, err := r.Seal(f, Outcome{Status: Published, Rows: Counts{Read: 3, Clean: 3}}); !errors.Is(err, errRowLaw) {
				t.Error("sealed with other counts than the summary's:", err)
			}
			if _, err := r.Seal(f, Outcome{Status: Published, Rows: f.counts()}); err != nil {
				t.Error(err)
			}
			if _, err := r.Seal(f, Outcome{Status: Published, Rows: f.counts()}); err == nil {
				t.Error("sealed twice")
			}
		})
	}
}

// The row law is about what is stored: a database that stores something else than
// it was given is not sealed.
func TestRowLawOfWhatIsStored(t *testing.T) {
	for name, trigger := range map[string]string{
		"verdict":   "AFTER INSERT ON contact WHEN NEW.contact_id = 7 BEGIN UPDATE contact SET set_id = set_id + CASE set_id & 7 WHEN 4 THEN -1 ELSE 1 END, since_run = since_run + 1, leaf = leaf + 1 WHERE contact_id = 7; END",
		"number":    "AFTER INSERT ON contact WHEN NEW.contact_id = 20 BEGIN INSERT INTO contact VALUES (40, 1, NEW.set_id, NEW.since_run, NEW.leaf); END",
		"row":       "AFTER INSERT ON chunk BEGIN UPDATE chunk SET codes = replace(codes, ',10,', ',') WHERE chunk_id = NEW.chunk_id; END",
		"who":       "AFTER INSERT ON chunk BEGIN UPDATE chunk SET codes = replace(codes, ',10,', ',12,') WHERE chunk_id = NEW.chunk_id; END",
		"stranger":  "AFTER INSERT ON chunk BEGIN UPDATE chunk SET codes = replace(codes, ',10,', ',9910,') WHERE chunk_id = NEW.chunk_id; END",
		"no number": "AFTER INSERT ON chunk BEGIN UPDATE chunk SET codes = replace(codes, ',10,', ',1x,') WHERE chunk_id = NEW.chunk_id; END",
		"layout":    "AFTER INSERT ON standing BEGIN DELETE FROM standing; END",
	} {
		d := open(t, tempPath(t))
		f := bigBase(30)
		r := begin(t, d, 1)
		addInput(t, r, 1, len(f.rows[1]))
		for _, query := range []string{"DROP TRIGGER chunk_update", "DROP TRIGGER standing_delete", "CREATE TEMP TRIGGER wrong " + trigger} {
			if err := d.exec(query); err != nil {
				t.Fatal(query, err)
			}
		}
		if _, err := r.Seal(f, Outcome{Status: Published, Rows: f.counts()}); !errors.Is(err, errRowLaw) && !errors.Is(err, errDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A hundred thousand contacts, 1 % changed a day: the file grows with change.
func TestGrowth(t *testing.T) {
	path := tempPath(t)
	d := open(t, path)
	f := bigBase(100_000)
	recordRun(t, d, 1, f)
	first := fileSize(t, path)
	for day := 2; day <= 6; day++ {
		before := fileSize(t, path)
		f = nextDay(f, uint64(day))
		recordRun(t, d, day, f)
		if grown := fileSize(t, path) - before; float64(grown) > 0.03*float64(first) {
			t.Errorf("day %d adds %d bytes, %.2f %% of the first run's", day, grown, 100*float64(grown)/float64(first))
		}
	}
	before := fileSize(t, path)
	recordRun(t, d, 7, f)
	if grown := fileSize(t, path) - before; grown > 64<<10 {
		t.Errorf("a run that changes nothing adds %d bytes", grown)
	}
}

// A run killed at any step and made again ends with the root of one that was
// not killed, and makes no decision twice.
func TestRootAfterCrash(t *testing.T) {
	f, facts := bigBase(800), evidence(1, 500)
	golden := recordRun(t, open(t, tempPath(t)), 1, f, facts...)
	for name, crash := range map[string]func(*DB, *Run) error{
		"at the start":       func(*DB, *Run) error { return nil },
		"amid the evidence":  func(_ *DB, r *Run) error { return r.AddEvidence(slices.Clone(facts[:123])) },
		"after the evidence": func(_ *DB, r *Run) error { return r.AddEvidence(slices.Clone(facts)) },
		"in Seal": func(_ *DB, r *Run) error {
			err := r.AddEvidence(slices.Clone(facts))
			_, failed := r.Seal(f, Outcome{Status: Published, Rows: f.counts(), Report: func(Checkpoint) ([]byte, []File, error) { return nil, nil, errStop }})
			if !errors.Is(failed, errStop) {
				return fmt.Errorf("sealed: %w", failed)
			}
			return err
		},
		"between Seal and Finish": func(_ *DB, r *Run) error {
			err := r.AddEvidence(slices.Clone(facts))
			_, sealed := r.Seal(f, Outcome{Status: Published, Rows: f.counts()})
			return errors.Join(err, sealed)
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := tempPath(t)
			d := open(t, path)
			r := begin(t, d, 1)
			addInput(t, r, 1, len(f.rows[1]))
			if err := crash(d, r); err != nil {
				t.Fatal(err)
			}
			d.Close()
			d = open(t, path)
			if err := d.SetStatus("run-1", Abandoned, asOf(1)); err != nil {
				t.Fatal(err)
			}
			info := r.info
			info.ID = "again"
			again, err := d.Begin(info)
			if err != nil {
				t.Fatal(err)
			}
			addInput(t, again, 1, len(f.rows[1]))
			if err := again.AddEvidence(slices.Clone(facts)); err != nil {
				t.Fatal(err)
			}
			cp, err := again.Seal(f, Outcome{Status: Published, Rows: f.counts(), Accepted: "I know"})
			if err != nil || cp.Root != golden.Root || cp.Size != golden.Size {
				t.Errorf("%d %s, want %d %s, %v", cp.Size, cp.Root, golden.Size, golden.Root, err)
			}
			if err := again.Finish(Published, asOf(1)); err != nil {
				t.Fatal(err)
			}
			if runs, _ := d.History(1); runs[0].Accepted != "I know" {
				t.Errorf("%+v", runs[0])
			}
			var risk string
			if _, err := d.one("SELECT group_concat(quote) FROM evidence WHERE kind = 'accepted_risk' AND first_run = 'again'", nil, &risk); err != nil || risk != "I know" {
				t.Errorf("evidence of the risk is %q, %v", risk, err)
			}
			mustVerify(t, d)
		})
	}
}
