package audit

import (
	"database/sql"
	"math"
	"slices"
	"time"

	"cleanbase/internal/contact"
)

// The causes of a decision that differs from the one before.
const (
	CauseNew      = "new"      // the contact was not there before
	CauseLeft     = "left"     // the contact is in no file any more
	CauseEvidence = "evidence" // something was learnt of it, or of one linked to it
	CauseTime     = "time"     // a consent, an inbound message or a last mailing grew older
	CausePolicy   = "policy"   // the settings changed
	CauseFile     = "file"     // its rows say something else
)

// timely are the reasons that come and go with time alone.
const timely = 1<<contact.ConsentExpired | 1<<contact.FrequencyRecent | 1<<contact.ConsentInbound | 1<<contact.ConsentValid | 1<<contact.ConsentMissing

// linked are the reasons that come from another contact.
const linkedReasons = 1<<contact.OptOutLinked | 1<<contact.ComplaintLinked

// causeOf says what changed a decision, the likeliest first: told is that new
// evidence about the contact came between.
func causeOf(from, to contact.ReasonSet, told, newPolicy bool) string {
	diff := from ^ to
	older := to.Has(contact.ConsentExpired) && !from.Has(contact.ConsentExpired) || from.Has(contact.FrequencyRecent) && !to.Has(contact.FrequencyRecent) ||
		from.Has(contact.ConsentInbound) && !to.Has(contact.ConsentInbound)
	switch {
	case older && diff&^timely == 0 && !newPolicy:
		return CauseTime
	case told || diff&linkedReasons != 0:
		return CauseEvidence
	case newPolicy:
		return CausePolicy
	}
	return CauseFile
}

// runMeta is what an explanation needs of a run.
type runMeta struct {
	seq     int64
	asOf    time.Time
	policy  string
	decides bool // it is a run that came to decisions
}

func (d *DB) runMetas() (map[string]runMeta, error) {
	all := map[string]runMeta{}
	err := d.each("SELECT run_id, seq, as_of, policy_sha256, kind = 'run' AND tree_size IS NOT NULL FROM run", nil, func(rows *sql.Rows) error {
		var id, asOf string
		var m runMeta
		err := rows.Scan(&id, &m.seq, &asOf, &m.policy, &m.decides)
		m.asOf = unstamp(asOf)
		all[id] = m
		return err
	})
	return all, err
}

// date fills in the times of runs, and what caused each decision.
func (s *Story) date(runs map[string]runMeta) {
	for i := range s.Evidence {
		s.Evidence[i].LearntAt = runs[s.Evidence[i].FirstRun].asOf
	}
	for i := range s.Contacts {
		c := &s.Contacts[i]
		for j := range c.Rows {
			c.Rows[j].FirstAsOf, c.Rows[j].LastAsOf = runs[c.Rows[j].FirstRun].asOf, runs[c.Rows[j].LastRun].asOf
		}
		for j := range c.Decisions {
			if j == 0 {
				c.Decisions[0].Cause = CauseNew
				continue
			}
			old, now := &c.Decisions[j-1], &c.Decisions[j]
			b := runs[now.Since]
			a := c.lastBefore(b, runs[old.Since], runs)
			told := slices.ContainsFunc(s.Evidence, func(e StoryEvidence) bool {
				seq := runs[e.FirstRun].seq
				return seq > a.seq && seq <= b.seq
			})
			now.Cause = causeOf(old.Set, now.Set, told, a.policy != b.policy)
		}
	}
}

// lastBefore is the last run before now in which the decision since held and the
// contact stood: what came later changed it.
func (c *StoryContact) lastBefore(now, since runMeta, runs map[string]runMeta) runMeta {
	last := since
	for _, m := range runs {
		if m.decides && m.seq < now.seq && m.seq > last.seq && slices.ContainsFunc(c.Rows, func(r StoryRow) bool {
			return runs[r.FirstRun].seq <= m.seq && m.seq <= runs[r.LastRun].seq
		}) {
			last = m
		}
	}
	return last
}

// toldBetween is the contacts that evidence learnt after one run and up to
// another is about.
func (d *DB) toldBetween(a, b runMeta) (map[int64]bool, error) {
	told := map[int64]bool{}
	mark := func(sorted []entry) error {
		return d.join(contactsByKey, sorted, func(_ int, value uint64) { told[int64(value>>1)] = true })
	}
	work := &batcher{flush: mark}
	err := d.each("SELECT key FROM fact WHERE run > ? AND run <= ?", []any{min(a.seq, b.seq), max(a.seq, b.seq)}, func(rows *sql.Rows) error {
		var key int64
		err := rows.Scan(&key)
		if !work.add(uint64(key), math.MaxUint64) {
			return work.err
		}
		return err
	})
	if err == nil {
		err = work.end()
	}
	return told, err
}
