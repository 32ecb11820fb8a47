package cli

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
	"cleanbase/internal/incident"
)

// sources says on which files everybody stood in the run whose list was in
// force when they were written to: the newest before, else the first after.
func (q *inquiry) sources() error {
	if len(q.runs) == 0 {
		return nil
	}
	q.used = map[*incident.Person]int{}
	q.ledger.EachPerson(func(p *incident.Person) {
		if p.Contact != 0 && p.WrittenAt().Known() {
			q.used[p] = q.inForce(p.WrittenAt())
		}
	})
	seen := map[*incident.Person]bool{}
	stand := func(n int, fits func(*incident.Person) bool) error {
		return q.db.EachStanding(q.runs[n].RunID, func(id int64, in audit.Input) {
			if p := q.ledger.Of(id); p != nil && fits(p) {
				seen[p] = true
				q.ledger.Stands(p, "file", place(in.Path, in.Sheet))
			}
		})
	}
	for _, n := range q.lists() {
		if err := stand(n, q.usedIn(n)); err != nil {
			return err
		}
	}
	if len(seen) == len(q.used) {
		return nil
	}
	lost := maps.Clone(q.used)
	maps.DeleteFunc(lost, func(p *incident.Person, _ int) bool { return seen[p] })
	return stand(0, func(p *incident.Person) bool { _, is := lost[p]; return is })
}

// inForce is the run whose list was the newest at a moment.
func (q *inquiry) inForce(at contact.Moment) int {
	for i, r := range q.runs {
		if !r.AsOf.After(at.Latest()) {
			return i
		}
	}
	return len(q.runs) - 1
}

// usedIn tells who was written to by the list of a run.
func (q *inquiry) usedIn(n int) func(*incident.Person) bool {
	return func(p *incident.Person) bool { at, is := q.used[p]; return is && at == n }
}

// lists is the runs whose lists were in force, newest first.
func (q *inquiry) lists() []int {
	used := map[int]bool{}
	for _, n := range q.used {
		used[n] = true
	}
	return slices.Sorted(maps.Keys(used))
}

// alarms adds what the messengers said of the account itself, from the
// summaries of the runs since.
func (q *inquiry) alarms(r *contact.Incident) error {
	alarms, outages := map[contact.AlarmSummary]int64{}, map[contact.OutageSummary]contact.OutageSummary{}
	day := q.since.UTC().Format(time.DateOnly)
	err := q.db.EachPublished(func(run audit.PublishedRun) error {
		var s contact.Summary
		if json.Unmarshal(run.Summary, &s) != nil || s.Events == nil || s.AsOf < r.Since {
			return nil // a summary of another version has nothing to add
		}
		for _, a := range s.Events.Alarms { // the same logs are read night after night
			k := contact.AlarmSummary{System: a.System, Code: a.Code}
			alarms[k] = max(alarms[k], a.Count)
		}
		for _, o := range s.Events.Outages {
			k := contact.OutageSummary{Class: o.Class, Channel: o.Channel, Day: o.Day}
			if o.Day >= day && o.Contacts > outages[k].Contacts {
				outages[k] = o
			}
		}
		return nil
	})
	for k, n := range alarms {
		k.Count = n
		r.Alarms = append(r.Alarms, k)
	}
	r.Outages = slices.AppendSeq(r.Outages, maps.Values(outages))
	slices.SortFunc(r.Alarms, func(a, b contact.AlarmSummary) int {
		return cmp.Or(-cmp.Compare(a.Count, b.Count), strings.Compare(a.System+a.Code, b.System+b.Code))
	})
	slices.SortFunc(r.Outages, func(a, b contact.OutageSummary) int {
		return cmp.Or(strings.Compare(a.Day, b.Day), strings.Compare(a.Class+a.Channel, b.Class+b.Channel))
	})
	return err
}
