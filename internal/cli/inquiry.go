package cli

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
	"cleanbase/internal/incident"
)

// inquiry gathers for an incident what the audit database and the lists know.
type inquiry struct {
	*App
	*settings
	since  time.Time
	files  []wanted // contacts files to take tags and segments from; none: the published lists
	db     *audit.DB
	ledger *incident.Ledger
	runs   []audit.RunSummary // published or withheld, newest first
	waves  []audit.Wave
	handed []contact.IncidentWave // the same, with how many of each were written to
	names  map[contact.Key]string
	used   map[*incident.Person]int // index in runs of the run in force when the person was written to
	labels []contact.Text           // what is wrong with taking tags, if anything
}

func (q *inquiry) gather(ctx context.Context) (*contact.Incident, error) {
	q.ledger = incident.New(incident.Options{Since: q.since, Until: q.asOf, Channel: q.policy.Channel, Zone: q.zone})
	for _, step := range []func() error{q.findRuns, q.findWaves, q.facts, q.assume, q.join, q.decisions, q.intoWaves, q.sources, func() error { return q.label(ctx) }} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	r := q.ledger.Report()
	r.Waves = append(r.Waves, q.handed...)
	for _, n := range q.lists() {
		r.Runs = append(r.Runs, q.runs[n].RunID)
	}
	r.Notes = append(r.Notes, q.labels...)
	l := q.settings.lang
	for _, n := range r.Notes {
		r.Noted = append(r.Noted, n.In(l))
	}
	for i := range r.Causes {
		c := &r.Causes[i]
		c.Said, c.Doing = c.Say.In(l), c.Do.In(l)
	}
	return r, q.alarms(r)
}

func (q *inquiry) findRuns() error {
	all, err := q.db.History(0)
	q.runs = slices.DeleteFunc(all, func(r audit.RunSummary) bool { return r.Status != audit.Published && r.Status != audit.Withheld })
	return err
}

func (q *inquiry) facts() error {
	q.names = map[contact.Key]string{}
	ids := map[saidAt][]contact.Key{} // what messengers' ids did, and where it stands
	err := q.db.EachLearnt(func(e contact.Evidence, learnt time.Time) bool {
		q.ledger.Fact(e.Fact(), learnt)
		if e.ID.Key.Kind() == contact.MessengerID && q.ledger.Knows(e.ID.Key) {
			q.names[e.ID.Key] = e.ID.Text
			at := saidAt{e.Origin, e.Kind, e.At}
			ids[at] = append(ids[at], e.ID.Key)
		}
		return true
	})
	if err != nil || len(ids) == 0 {
		return err
	}
	return q.pair(ids)
}

// saidAt is one thing that happened, by where it was read.
type saidAt struct {
	contact.Origin
	kind contact.EvidenceKind
	at   contact.Moment
}

// pair finds the phone that goes with a messenger's id: the only one of which
// the same record of a log says the same.
func (q *inquiry) pair(ids map[saidAt][]contact.Key) error {
	const several = 1
	phones := map[saidAt]contact.Key{}
	err := q.db.EachLearnt(func(e contact.Evidence, _ time.Time) bool {
		at := saidAt{e.Origin, e.Kind, e.At}
		if e.ID.Key.Kind() != contact.PhoneID || ids[at] == nil || e.Origin.Input == 0 {
			return true
		}
		if old := phones[at]; old != 0 && old != e.ID.Key {
			phones[at] = several
		} else {
			phones[at] = e.ID.Key
		}
		return true
	})
	pairs := map[contact.Key]contact.Key{}
	for at, phone := range phones {
		for _, id := range ids[at] {
			if phone != several && len(ids[at]) <= 2 && (pairs[id] == 0 || phone < pairs[id]) { // an id and a public name
				pairs[id] = phone
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(pairs)) {
		q.ledger.Same(id, pairs[id])
	}
	return err
}

// assume takes for sent, where no message says so, the waves that were handed
// out, or else the clean lists published since, or else the last one before.
func (q *inquiry) assume() error {
	if q.ledger.Written() {
		return nil
	}
	for _, w := range q.waves {
		err := q.db.EachInWave(w.ID, func(_ int64, key contact.Key) bool {
			q.ledger.Assume("waves", key, latest(w.At, q.since))
			return true
		})
		if err != nil {
			return err
		}
	}
	if q.ledger.Written() {
		return nil
	}
	for _, r := range q.runs {
		if r.Status != audit.Published || r.AsOf.After(q.asOf) {
			continue
		}
		at := latest(r.AsOf, q.since)
		err := q.db.EachClean(r.RunID, func(_ int64, key contact.Key) { q.ledger.Assume("lists", key, at) })
		if err != nil || r.AsOf.Before(q.since) || at.Equal(q.since) {
			return err
		}
	}
	return nil
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// findWaves finds the waves that may have been sent since: those handed out
// before count too as long as they had not expired.
func (q *inquiry) findWaves() error {
	all, err := q.db.Waves()
	for _, w := range all {
		if !w.Unsent && w.Channel.Meets(q.policy.Channel) && w.Expires.After(q.since) && !w.At.After(q.asOf) {
			q.waves = append(q.waves, w)
		}
	}
	return err
}

// intoWaves says in which wave everybody was.
func (q *inquiry) intoWaves() error {
	for _, w := range q.waves {
		h := contact.IncidentWave{Name: w.Plan + " / " + strconv.Itoa(w.Number), At: w.At.UTC().Format(time.RFC3339), Contacts: w.Contacts}
		err := q.db.EachInWave(w.ID, func(id int64, _ contact.Key) bool {
			if p := q.ledger.Of(id); p != nil && p.WrittenAt().Known() {
				q.ledger.Stands(p, "wave", h.Name)
				h.Written++
			}
			return true
		})
		if err != nil {
			return err
		}
		q.handed = append(q.handed, h)
	}
	return nil
}

// join finds the contacts that the identifiers belong to. An identifier that
// several contacts share is whose phone it is, or nobody's.
func (q *inquiry) join() error {
	const shared = -1
	owners, own := map[contact.Key]int64{}, map[contact.Key]bool{}
	err := q.db.EachOwner(q.ledger.Knows, func(key contact.Key, id int64, is bool) {
		switch old := owners[key]; {
		case is:
			owners[key], own[key] = id, true
		case own[key] || old == id:
		case old == 0:
			owners[key] = id
		default:
			owners[key] = shared
		}
	})
	if err != nil {
		return err
	}
	phones := map[int64]contact.Key{}
	for key, id := range owners {
		if !own[key] {
			phones[id] = 0
		}
	}
	if len(phones) > 0 {
		err = q.db.EachOwnKey(func(id int64, key contact.Key) {
			if _, asked := phones[id]; asked {
				phones[id] = key
			}
		})
	}
	for _, key := range slices.Sorted(maps.Keys(owners)) {
		id := owners[key]
		switch {
		case id == shared:
		case own[key]:
			q.ledger.Join(key, id, key)
		default:
			q.ledger.Join(key, id, phones[id])
		}
	}
	q.ledger.Joined()
	return err
}

func (q *inquiry) decisions() error { return q.db.EachDecision(q.ledger.Decided) }
