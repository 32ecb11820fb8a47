package audit

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
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
	rapid.Check(t, func(rt *rapid.T) {
		d := open(t, tempPath(t))
		defer d.Close()
		files := []*fake{bigBase(900)}
		files = append(files, turned(files[0]), nextDay(bigBase(900), 5), nextDay(bigBase(900), 6), nextDay(nextDay(bigBase(900), 5), 7), bigBase(300))
		for day, at := range rapid.SliceOfN(rapid.IntRange(0, len(files)-1), 3, 6).Draw(rt, "files") {
			recordRun(t, d, day+1, files[at])
		}
		if f, err := d.Verify(nil); f != nil || err != nil {
			rt.Fatal(f, err)
		}
	})
}
