package cli

import (
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
	"cleanbase/internal/policy"
)

// suppressing are the roles whose files must not shrink unseen.
var suppressing = map[string]bool{contact.RoleOptOuts.String(): true, contact.RoleComplaints.String(): true, contact.RoleProtected.String(): true}

// suppression is a file of refusals, of this run or an earlier one.
type suppression struct {
	run, rows int64
	age       time.Duration
}

// compare sets each suppression file beside what the file of its name held in
// the last published run that read one, and tells those that the last run read
// and this one does not.
func (j *job) compare(f *policy.RunFigures, sizes map[string]int64) error {
	now, before := j.suppressions(sizes), map[string]suppression{}
	if j.last != nil {
		f.LastAsOf = j.last.AsOf
		err := j.db.EachPublishedInput(func(run int64, in audit.Input) bool {
			name := filepath.Base(in.Path)
			if s, ok := before[name]; suppressing[in.Role] && (!ok || s.run == run) {
				before[name] = suppression{run: run, rows: s.rows + in.Rows}
			}
			return true
		})
		if err != nil {
			return err
		}
	}
	gone := j.gone(now)
	for _, name := range slices.Sorted(maps.Keys(now)) {
		s := policy.SourceSize{Name: name, Now: now[name].rows, Before: before[name].rows, Age: now[name].age}
		if _, known := before[name]; !known {
			if old, ok := renamed(name, gone); ok {
				s.Before = before[old].rows
				delete(gone, old)
			}
		}
		f.Sources = append(f.Sources, s)
	}
	for _, name := range slices.Sorted(maps.Keys(gone)) {
		f.Sources = append(f.Sources, policy.SourceSize{Name: name, Before: before[name].rows, Missing: true, ReadAs: j.readAs(name)})
	}
	f.NoEvents = j.last != nil && !j.hasEvents() && slices.ContainsFunc(j.last.Inputs, func(in audit.Input) bool { return in.Role == contact.RoleEvents.String() })
	return nil
}

// suppressions is the files of refusals that this run read. A list of
// protected people is the company's own and does not age.
func (j *job) suppressions(sizes map[string]int64) map[string]suppression {
	now := map[string]suppression{}
	for _, t := range j.tables {
		if !suppressing[t.plan.Role.String()] {
			continue
		}
		name := filepath.Base(t.src.path)
		s := suppression{rows: sizes[name]}
		if t.plan.Role != contact.RoleProtected {
			s.age = j.age(t)
		}
		now[name] = s
	}
	return now
}

// gone is the names of suppression files that the last run read and this one
// does not.
func (j *job) gone(now map[string]suppression) map[string]bool {
	names := map[string]bool{}
	if j.last == nil {
		return names
	}
	for _, in := range j.last.Inputs {
		name := filepath.Base(in.Path)
		if _, here := now[name]; suppressing[in.Role] && !here {
			names[name] = true
		}
	}
	return names
}

// readAs is the role that a file of this run is read in, if there is one.
func (j *job) readAs(name string) string {
	for _, t := range j.tables {
		if filepath.Base(t.src.path) == name {
			return t.plan.Role.String()
		}
	}
	return ""
}

// renamed finds the file that name stands for now: an export that carries its
// day, "stop 2026-11-24.csv", is another one every day.
func renamed(name string, gone map[string]bool) (string, bool) {
	bare := digits.ReplaceAllString(name, "0")
	for _, old := range slices.Sorted(maps.Keys(gone)) {
		if digits.ReplaceAllString(old, "0") == bare {
			return old, true
		}
	}
	return "", false
}

var digits = regexp.MustCompile(`[0-9]+`)
