package incident

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"cleanbase/internal/contact"
)

// leastGroup is how many people a group has that is shown and tested by
// itself: fewer say nothing, and would be known again.
const leastGroup = 5

// mostGroups bounds the groups of one kind, largest first.
const mostGroups = 200

// limits are the shares of those written to over which a mishap is a cause.
// Complaints: Gmail's rule for bulk senders; refusals and suspected spam: the
// gates' ten times that. For the others nobody published a limit.
var limits = [contact.NumMishaps]struct {
	share float64
	guess bool
}{contact.Complained: {0.003, false}, contact.TakenForSpam: {0.03, true}, contact.Refused: {0.03, true}, contact.NotThere: {0.05, true}, contact.Silent: {0.95, true}}

// Report computes all. The people of its figures are those written to.
func (l *Ledger) Report() *contact.Incident {
	r := &contact.Incident{Schema: 1, Since: l.opt.Since.UTC().Format(time.RFC3339), Until: l.opt.Until.UTC().Format(time.RFC3339),
		Zone: l.opt.Zone.String(), Channel: l.opt.Channel.String(), Basis: l.basis, Undated: l.undated, Runs: []string{}, Causes: []contact.IncidentCause{},
		Groups: []contact.IncidentGroup{}, Alarms: []contact.AlarmSummary{}, Outages: []contact.OutageSummary{}, Pooled: []contact.IncidentPool{}, Days: []contact.IncidentDay{}, Waves: []contact.IncidentWave{}, Noted: []string{}}
	written := l.writtenTo()
	r.People = int64(len(written))
	known := l.known(written)
	for _, m := range contact.Mishaps() {
		rate := contact.IncidentRate{Mishap: m, Name: m.String(), Known: known[m], Limit: limits[m].share}
		if known[m] {
			rate.Share = contact.ShareOf(count(written, func(p *Person) bool { return p.has(m) }), r.People)
		}
		r.Rates = append(r.Rates, rate)
	}
	r.Days = l.days(written)
	l.ownGroups(written)
	l.compare(r, written, known)
	l.findCauses(r, written)
	l.note(r, known)
	r.Drop, r.Reach = int64(len(l.Drop())), int64(len(l.Reachable()))
	return r
}

func (l *Ledger) writtenTo() []*Person {
	var list []*Person
	for _, p := range l.people {
		if p.written.Known() {
			list = append(list, p)
		}
	}
	return list
}

// has tells whether a mishap befell the person.
func (p *Person) has(m contact.Mishap) bool {
	if m == contact.Silent {
		return !p.answered && p.went&(1<<contact.Refused|1<<contact.Complained) == 0
	}
	return p.went>>m&1 == 1
}

func count(people []*Person, is func(*Person) bool) int64 {
	var n int64
	for _, p := range people {
		if is(p) {
			n++
		}
	}
	return n
}

// known tells which mishaps the files can tell at all: a log without incoming
// messages knows no answers, one without statuses no failures.
func (l *Ledger) known(written []*Person) (known [contact.NumMishaps]bool) {
	for m := range contact.Silent {
		known[m] = count(written, func(p *Person) bool { return p.has(m) }) > 0
	}
	for _, m := range []contact.Mishap{contact.Complained, contact.Refused, contact.Silent} {
		known[m] = known[m] || l.answers
	}
	known[contact.TakenForSpam] = known[contact.TakenForSpam] || l.reports
	known[contact.NotThere] = known[contact.NotThere] || l.reports
	return known
}

func (l *Ledger) days(written []*Person) []contact.IncidentDay {
	byDay := map[string]*contact.IncidentDay{}
	for _, p := range written {
		day := l.day(p.written)
		d := byDay[day]
		if d == nil {
			d = &contact.IncidentDay{Day: day}
			byDay[day] = d
		}
		d.People++
		if !p.before {
			d.First++
		}
	}
	days := make([]contact.IncidentDay, 0, len(byDay))
	for _, d := range byDay {
		if !l.earlier {
			d.First = 0
		}
		days = append(days, *d)
	}
	slices.SortFunc(days, func(a, b contact.IncidentDay) int { return cmp.Compare(a.Day, b.Day) })
	return days
}

func (l *Ledger) day(at contact.Moment) string {
	if at.DayOnly() {
		return at.Earliest().Format(time.DateOnly)
	}
	return at.Earliest().In(l.opt.Zone).Format(time.DateOnly)
}

// How a person stood with consent when the message was sent.
const (
	agreed   = "agreed"
	unagreed = "not_agreed"
	unknown  = "not_in_base"
)

func (p *Person) consent() string {
	switch {
	case p.Contact == 0 || !p.set0.Known():
		return unknown
	case p.set.Has(contact.ConsentValid) || p.set.Has(contact.ConsentInbound) || p.set.Has(contact.ConsentBotStarted):
		return agreed
	}
	return unagreed
}

// ownGroups are the groups that the ledger can make by itself.
func (l *Ledger) ownGroups(written []*Person) {
	for _, p := range written {
		l.Stands(p, "day", l.day(p.written))
		l.Stands(p, "channel", p.channel.String())
		l.Stands(p, "consent", p.consent())
		if l.earlier {
			l.Stands(p, "history", map[bool]string{true: "written_before", false: "first_message"}[p.before])
		}
	}
}

// tally is the figures of one group.
type tally struct {
	groupID
	people int64
	went   [contact.NumMishaps]int64
}

// compare sets every group beside the rest.
func (l *Ledger) compare(r *contact.Incident, written []*Person, known [contact.NumMishaps]bool) {
	tallies, all := l.tallies(written)
	kept := l.pool(r, tallies)
	var ps []float64
	for _, t := range kept {
		g := contact.IncidentGroup{By: t.by, Name: t.name, People: t.people}
		for _, m := range contact.Mishaps() {
			if !known[m] {
				continue
			}
			c := contact.IncidentTwins{Mishap: m, Name: m.String(), Group: contact.ShareOf(t.went[m], t.people), Rest: contact.ShareOf(all.went[m]-t.went[m], all.people-t.people), P: 1}
			c.Excess = float64(t.went[m]) - float64(t.people)*c.Rest.Rate
			g.Compared = append(g.Compared, c)
			ps = append(ps, fisher(t.went[m], t.people, all.went[m], all.people))
		}
		r.Groups = append(r.Groups, g)
	}
	r.Tests = len(ps)
	adjusted, z := holm(ps), simultaneous(len(ps))
	for i := range r.Groups {
		for k := range r.Groups[i].Compared {
			c := &r.Groups[i].Compared[k]
			c.P, adjusted = adjusted[0], adjusted[1:]
			c.Low, c.High = difference(c.Group, c.Rest, z)
			c.Worse = c.P < 0.05
		}
	}
	slices.SortStableFunc(r.Groups, func(a, b contact.IncidentGroup) int {
		return cmp.Or(cmp.Compare(kindRank(a.By), kindRank(b.By)), cmp.Compare(a.By, b.By), compareOut(&a, &b),
			-cmp.Compare(a.People, b.People), cmp.Compare(a.Name, b.Name))
	})
}

// compareOut puts a group that stands out before one that does not, by the
// gravest mishap.
func compareOut(a, b *contact.IncidentGroup) int {
	for i := range a.Compared {
		x, y := &a.Compared[i], &b.Compared[i]
		if x.Worse != y.Worse {
			if x.Worse {
				return -1
			}
			return 1
		}
		if x.Worse {
			return -cmp.Compare(x.Excess, y.Excess)
		}
	}
	return 0
}

// kinds is the order in which kinds of groups are shown; columns come after tags.
var kinds = []string{"wave", "file", "tag", "", "consent", "history", "day", "channel"}

func kindRank(by string) int {
	if i := slices.Index(kinds, by); i >= 0 {
		return i
	}
	return slices.Index(kinds, "")
}

func (l *Ledger) tallies(written []*Person) ([]tally, tally) {
	tallies, all := make([]tally, len(l.names)), tally{people: int64(len(written))}
	for i, id := range l.names {
		tallies[i].groupID = id
	}
	for _, p := range written {
		var had [contact.NumMishaps]int64
		for _, m := range contact.Mishaps() {
			if p.has(m) {
				had[m] = 1
			}
			all.went[m] += had[m]
		}
		for _, g := range p.groups {
			tallies[g].people++
			for m, n := range had {
				tallies[g].went[m] += n
			}
		}
	}
	return tallies, all
}

// pool leaves out the groups that are too small, or all there is, and says how
// many there were.
func (l *Ledger) pool(r *contact.Incident, tallies []tally) []tally {
	slices.SortFunc(tallies, func(a, b tally) int {
		return cmp.Or(cmp.Compare(a.by, b.by), -cmp.Compare(a.people, b.people), cmp.Compare(a.name, b.name))
	})
	var kept []tally
	pooled, shown := map[string]*contact.IncidentPool{}, map[string]int{}
	for _, t := range tallies {
		if t.people == r.People { // no others to stand beside
			continue
		}
		if t.people < leastGroup || shown[t.by] == mostGroups {
			p := pooled[t.by]
			if p == nil {
				p = &contact.IncidentPool{By: t.by}
				pooled[t.by] = p
			}
			p.Groups, p.People = p.Groups+1, p.People+t.people
			continue
		}
		shown[t.by]++
		kept = append(kept, t)
	}
	for _, p := range pooled {
		r.Pooled = append(r.Pooled, *p)
	}
	slices.SortFunc(r.Pooled, func(a, b contact.IncidentPool) int { return strings.Compare(a.By, b.By) })
	return kept
}
