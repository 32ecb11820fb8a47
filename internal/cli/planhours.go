package cli

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"cleanbase/internal/contact"
	"cleanbase/internal/phone"
	"cleanbase/internal/wave"
)

// pick is when a person of the wave may be written to, as the file says it.
type pick struct{ from, until, zone string }

// picks finds the hours of everybody in the wave.
func (p *planner) picks(w *wave.Wave, h *handedOut) map[contact.Phone]pick {
	all := make(map[contact.Phone]pick, len(w.People))
	zones := zoneTable{p: p, within: wave.Span{From: p.asOf, To: h.Expires}, at: map[string]*zonePlan{}, seen: map[string]*time.Location{}}
	for i := range w.People {
		n := p.crowd.phones[w.People[i].ID]
		all[n] = zones.of(n)
	}
	h.Zones, h.Unsure = zones.sorted(), zones.unsure
	if zones.never > 0 {
		p.warn("plan.hours", contact.T("the local hours of %s fall outside of the wave's life: make plan.expires longer", "местные часы не попадают в срок волны: %s; увеличьте plan.expires").
			With(contact.ManyPeople(zones.never)))
	}
	return all
}

// zoneTable finds the hours of numbers, of each zone once.
type zoneTable struct {
	p             *planner
	within        wave.Span
	at            map[string]*zonePlan
	seen          map[string]*time.Location
	unsure, never int64
}

func (z *zoneTable) load(name string) *time.Location {
	if zone, ok := z.seen[name]; ok {
		return zone
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		zone = z.p.zone // a zone that this program's tables do not have
	}
	z.seen[name] = zone
	return zone
}

// of is the hours of one number. One that may be in several zones is taken to be
// in the sender's if that is among them; else the hours suit all of them, or, when
// none do, the first.
func (z *zoneTable) of(n contact.Phone) pick {
	names, own := phone.Zones(n), z.p.zone.String()
	if len(names) != 1 {
		z.unsure++
	}
	if len(names) == 0 || slices.Contains(names, own) {
		names = []string{own}
	}
	key := strings.Join(names, " ")
	plan := z.at[key]
	if plan == nil {
		plan = z.plan(names)
		z.at[key] = plan
	}
	plan.Contacts++
	if plan.From.IsZero() {
		z.never++
		return pick{zone: plan.Zone}
	}
	return pick{z.clock(plan.From), z.clock(plan.Until), plan.Zone}
}

func (z *zoneTable) clock(t time.Time) string { return t.In(z.p.zone).Format(time.RFC3339) }

func (z *zoneTable) plan(names []string) *zonePlan {
	hours := wave.Hours{From: time.Duration(z.p.cfg.Plan.From), To: time.Duration(z.p.cfg.Plan.To)}
	zones := make([]*time.Location, len(names))
	for i, name := range names {
		zones[i] = z.load(name)
	}
	s, ok := hours.Window(z.within, zones...)
	if !ok {
		names = names[:1]
		s, _ = hours.Window(z.within, zones[0])
	}
	return &zonePlan{Zone: strings.Join(names, " "), From: s.From, Until: s.To}
}

// sorted is the zones, most people first.
func (z *zoneTable) sorted() []zonePlan {
	merged := map[string]zonePlan{} // zones that came to the same hours of the same first zone
	for _, plan := range z.at {
		m := merged[plan.Zone]
		n := m.Contacts
		m = *plan
		m.Contacts += n
		merged[plan.Zone] = m
	}
	var all []zonePlan
	for _, m := range merged {
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b zonePlan) int {
		return cmp.Or(-cmp.Compare(a.Contacts, b.Contacts), cmp.Compare(a.Zone, b.Zone))
	})
	return all
}
