package cli

import (
	"strings"
	"testing"
	"time"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
)

// Few rows are told one by one; the rows of a file that changes every day are one
// line, from the first run to the last.
func TestStoodOnManyRows(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }
	row := func(n, first, last int64) audit.StoryRow {
		return audit.StoryRow{Path: "in/base.csv", Row: n, FirstRun: string(rune('A' + first)), LastRun: string(rune('A' + last)), FirstAsOf: day(int(first)), LastAsOf: day(int(last))}
	}
	rows := []audit.StoryRow{row(7, 2, 2), row(5, 1, 9), row(8, 3, 4), row(9, 5, 6)}
	p := &printer{l: contact.EN}
	if got := byPlace(rows[:3]); len(got) != 3 {
		t.Errorf("%d lines for three rows", len(got))
	}
	got := byPlace(rows)
	if len(got) != 1 {
		t.Fatalf("%d lines", len(got))
	}
	if text := p.stood(got[0]); !strings.Contains(text, "base.csv, row 5, on 4 rows in all, at last on row 5, in the runs from B to J") {
		t.Error(text)
	}
}
