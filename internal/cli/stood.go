package cli

import (
	"slices"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
)

// fewRows is how many rows of one file are told one by one: in a base that changes
// daily a contact stands on another row every day.
const fewRows = 3

// byPlace gathers the rows of a contact that are told as one: each alone, or all
// of a file when there are many.
func byPlace(rows []audit.StoryRow) [][]audit.StoryRow {
	var all [][]audit.StoryRow
	for _, r := range rows {
		at := slices.IndexFunc(all, func(g []audit.StoryRow) bool {
			return g[0].Path == r.Path && g[0].Sheet == r.Sheet && g[0].Merged == r.Merged
		})
		if at < 0 {
			at, all = len(all), append(all, nil)
		}
		all[at] = append(all[at], r)
	}
	var told [][]audit.StoryRow
	for _, g := range all {
		slices.SortStableFunc(g, func(a, b audit.StoryRow) int { return a.FirstAsOf.Compare(b.FirstAsOf) })
		if len(g) > fewRows {
			told = append(told, g)
			continue
		}
		for i := range g {
			told = append(told, g[i:i+1])
		}
	}
	return told
}

// stood tells of rows of one file that the contact stood on, in order of time.
func (p *printer) stood(rows []audit.StoryRow) string {
	r, last := &rows[0], &rows[0]
	for i := range rows {
		if !rows[i].LastAsOf.Before(last.LastAsOf) {
			last = &rows[i]
		}
	}
	t := contact.T("stood in %s, row %d", "был в файле %s, строка %d").With(place(r.Path, r.Sheet), r.Row)
	if len(rows) > 1 {
		t = contact.T("%s, on %d rows in all, at last on row %d", "%s, всего строк: %d, последняя: %d").With(t, len(rows), last.Row)
	}
	if r.Merged {
		t = contact.T("%s (merged into another row)", "%s (объединена с другой строкой)").With(t)
	}
	if last.LastRun == r.FirstRun {
		return contact.T("%s, in run %s.", "%s, в запуске %s.").With(t, r.FirstRun).In(p.l)
	}
	return contact.T("%s, in the runs from %s to %s.", "%s, в запусках с %s по %s.").With(t, r.FirstRun, last.LastRun).In(p.l)
}
