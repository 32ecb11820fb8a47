package audit

import (
	"database/sql"
	"math/rand/v2"
	"slices"
	"testing"
)

// turned is the same contacts on the same rows in reverse.
func turned(f *fake) *fake {
	g := *f
	g.rows = map[int32][]fakeRow{1: slices.Clone(f.rows[1])}
	for i := range g.rows[1] {
		from := f.rows[1][len(f.rows[1])-1-i]
		g.rows[1][i].contact, g.rows[1][i].merged = from.contact, from.merged
	}
	return &g
}

// Files come back as they were once, after others, whole or nearly: no run leaves
// a row that nothing refers to.
func TestRowsOfOldFilesComeBack(t *testing.T) {
	files := []*fake{bigBase(900)}
	files = append(files, turned(files[0]), nextDay(bigBase(900), 5), nextDay(bigBase(900), 6), nextDay(nextDay(bigBase(900), 5), 7), bigBase(300))
	rng := rand.New(rand.NewPCG(1, 3))
	for range 8 {
		d := open(t, tempPath(t))
		var drawn []int
		for day := 1; day <= 6; day++ {
			drawn = append(drawn, rng.IntN(len(files)))
			recordRun(t, d, day, files[drawn[day-1]])
		}
		if f, err := d.Verify(nil); f != nil || err != nil {
			t.Fatal(drawn, f, err)
		}
		sameAsView(t, d)
		d.Close()
	}
}

// sameAsView compares the decisions of every run with what the views say.
func sameAsView(t *testing.T, d *DB) {
	runs, err := d.History(0)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range runs {
		states, err := d.decidedIn(r.RunID)
		if err != nil {
			t.Fatal(err)
		}
		err = d.each("SELECT contact_id, set_id FROM decided WHERE run = (SELECT seq FROM run WHERE run_id = ?)", []any{r.RunID}, func(rows *sql.Rows) error {
			var id, set int64
			err := rows.Scan(&id, &set)
			if states[id] != int32(set)+1 {
				t.Fatalf("%s: contact %d has set %d, the view %d", r.RunID, id, states[id]-1, set)
			}
			states[id] = 0
			return err
		})
		if err != nil || slices.ContainsFunc(states, func(s int32) bool { return s != 0 }) {
			t.Fatal(r.RunID, "the view lacks contacts", err)
		}
	}
}
