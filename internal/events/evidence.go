package events

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"cleanbase/internal/contact"
)

// Report is what events tell of the mailings as a whole.
type Report struct {
	Alarms          []Alarm  // the sender's own trouble, by system and code
	Outages         []Outage // failures that were held against nobody
	UnknownStatuses int64    // statuses of messages that no file holds, nor an earlier run's
	Recalled        int64    // statuses of messages that an earlier run's files hold
	Resolved        int64    // statuses that earlier runs kept, of messages that a file holds now
	Repeats         int64    // messages and statuses that came again
	Days            []Day    // earliest first
}

// Alarm is an error that is the sender's own: a ban, a limit, a payment, a
// template, or a code that is not known.
type Alarm struct {
	System, Code string
	Count        int64 // statuses that have it
}

// Outage is one error that hit so many contacts on one day that it says
// nothing of each.
type Outage struct {
	Class    string // "wazzup:BAD_CONTACT"
	Channel  contact.Channel
	Day      contact.Moment // 0 is no outage's day
	Contacts int64
	Sent     int64 // messages sent on that channel and day
}

// Day is the figures of one calendar day.
type Day struct {
	Day        contact.Moment // 0: of what has no date
	Sent       int64          // messages
	Refusals   int64          // people who asked to be left alone
	Complaints int64          // people who complained
	Spam       int64          // messages that the messenger took for spam, outages among them
}

// Evidence yields what all messages are evidence of, in an order that does not
// depend on theirs, and ends the joiner's life. Of what says only that
// somebody wrote, was written to or was reached the newest is given.
func (j *Joiner) Evidence(yield func(contact.Evidence)) Report {
	j.find()
	rep := Report{Repeats: j.repeats, Resolved: j.resolved}
	t := &tally{j: j, days: map[int32]*Day{}, refused: map[refusal]struct{}{}, sent: j.before}
	t.slots(&rep)
	t.outages(&rep)
	for i := range j.said {
		t.refuses(j.said[i].who, j.said[i].ev.Kind, j.said[i].ev.At)
	}
	j.who.share(j.rules)
	j.yieldAll(yield)
	j.yieldUnknown(yield)
	for a, n := range j.alarms {
		a.Count = n
		rep.Alarms = append(rep.Alarms, a)
	}
	slices.SortFunc(rep.Alarms, func(a, b Alarm) int {
		return cmp.Or(-cmp.Compare(a.Count, b.Count), cmp.Compare(a.System, b.System), cmp.Compare(a.Code, b.Code))
	})
	for _, d := range t.days {
		rep.Days = append(rep.Days, *d)
	}
	slices.SortFunc(rep.Days, func(a, b Day) int { return cmp.Compare(a.Day, b.Day) })
	return rep
}

// HasPhone tells whether what was said under an identifier was said of a phone
// too, as an id map, a shared contact or the log itself has it.
func (j *Joiner) HasPhone(id contact.Key) bool { return j.who.hasPhone(id) }

// Ties yields which other identifier whoever has one has too, as far as the
// events say: a phone's owner a messenger's id or an old number, and of two ids of
// one person each the other.
func (j *Joiner) Ties(yield func(has, id contact.Identifier)) {
	for who, others := range j.who.also {
		for _, other := range others {
			a, b := j.who.identifier(who), j.who.identifier(other)
			if a.Key.Kind() == contact.MessengerID && b.Key.Kind() == contact.MessengerID || b.Key.Kind() == contact.PhoneID {
				yield(b, a)
			}
			if b.Key.Kind() == contact.MessengerID {
				yield(a, b)
			}
		}
	}
}

// find gives the statuses that only name a message to the person whose it is.
func (j *Joiner) find() {
	for _, w := range j.waiting {
		s := j.slots.at(w.slot)
		n := j.owners[w.id]
		if n == 0 || s.who != 0 {
			continue
		}
		own := j.slots.at(n)
		s.who, s.channel, s.day = own.who, max(s.channel, own.channel), own.day
		if own.flags&flagOut != 0 || own.states != 0 { // one message, not two
			s.flags |= flagJoined
		}
	}
}

// tally counts what slots hold.
type tally struct {
	j       *Joiner
	days    map[int32]*Day
	refused map[refusal]struct{}
	sent    map[sends]int64
	failed  []failedTo
}

type refusal struct {
	who, day  int32
	complaint bool
}

type sends struct {
	day     int32
	channel contact.Channel
}

// failedTo is one message that did not arrive. One whose person is not known
// counts for a person of its own.
type failedTo struct {
	sends
	rule  uint16
	slot  uint32
	state uint32
	who   uint32
}

func (t *tally) day(day int32) *Day {
	d, ok := t.days[day]
	if !ok {
		d = &Day{}
		if day != 0 {
			d.Day = contact.OnDay(time.Unix(int64(day)*86400, 0).UTC().Date())
		}
		t.days[day] = d
	}
	return d
}

// slots takes every message's statuses: facts become the person's, failures
// are kept apart until it is known which are outages.
func (t *tally) slots(rep *Report) {
	j := t.j
	for n := uint32(1); n <= j.slots.n; n++ {
		s := j.slots.at(n)
		if s.flags&flagOut != 0 || s.flags&(flagNamed|flagIn|flagJoined) == flagNamed && s.states != 0 {
			t.day(s.day).Sent++
			t.sent[sends{s.day, s.channel}]++
		}
		for i := s.states; i != 0; i = j.states.at(i).next {
			t.state(n, i, rep)
		}
	}
}

func (t *tally) state(slot, i uint32, rep *Report) {
	j := t.j
	s, st := j.slots.at(slot), j.states.at(i)
	switch {
	case s.who == 0:
		rep.UnknownStatuses++
	case s.flags&flagRecalled != 0:
		rep.Recalled++
	}
	switch st.effect.nature {
	case told:
		j.note(slot, mark{at: st.at, origin: st.origin, rule: st.rule, kind: st.effect.kind, channel: s.channel})
		t.refuses(s.who, st.effect.kind, st.at)
	case failed:
		f := failedTo{sends: sends{s.day, s.channel}, rule: st.rule, slot: slot, state: i, who: s.who}
		if f.who == 0 {
			f.who = 1<<31 | slot
		}
		t.failed = append(t.failed, f)
		if st.effect.kind == contact.SuspectedSpam {
			t.day(s.day).Spam++
		}
	}
}

// refuses counts a refusal or a complaint, of each person once a day.
func (t *tally) refuses(who uint32, kind contact.EvidenceKind, at contact.Moment) {
	complaint := kind == contact.Complaint
	if !complaint && kind != contact.OptOut && kind != contact.BotStopped || who == 0 {
		return
	}
	r := refusal{int32(who), t.j.day(at), complaint}
	if _, counted := t.refused[r]; counted {
		return
	}
	t.refused[r] = struct{}{}
	if complaint {
		t.day(r.day).Complaints++
		return
	}
	t.day(r.day).Refusals++
}

// outages tells the failures that so many share on one day and channel that
// they say nothing of each; the others become the persons'.
func (t *tally) outages(rep *Report) {
	j := t.j
	slices.SortFunc(t.failed, func(a, b failedTo) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.channel, b.channel), cmp.Compare(j.rules[a.rule], j.rules[b.rule]), cmp.Compare(a.who, b.who))
	})
	for from := 0; from < len(t.failed); {
		to, contacts := from, int64(0)
		for ; to < len(t.failed) && t.failed[to].sends == t.failed[from].sends && t.failed[to].rule == t.failed[from].rule; to++ {
			if to == from || t.failed[to].who != t.failed[to-1].who {
				contacts++
			}
		}
		group := t.failed[from:to]
		from = to
		if o, is := t.outage(group, contacts); is {
			rep.Outages = append(rep.Outages, o)
			continue
		}
		for _, f := range group {
			st := j.states.at(f.state)
			j.note(f.slot, mark{at: st.at, origin: st.origin, rule: st.rule, kind: st.effect.kind, channel: f.channel})
		}
	}
}

func (t *tally) outage(group []failedTo, contacts int64) (Outage, bool) {
	f := group[0]
	sent := t.sent[f.sends]
	share := float64(len(group)) > t.j.opt.OutageShare*float64(sent)
	if f.day == 0 || contacts <= int64(t.j.opt.OutageContacts) && !(share && contacts >= OutageLeast) {
		return Outage{}, false
	}
	return Outage{Class: strings.TrimPrefix(t.j.rules[f.rule], "platform:"), Channel: f.channel, Day: t.day(f.day).Day, Contacts: contacts, Sent: sent}, true
}

// yieldAll gives the evidence, person by person in the order of their keys.
func (j *Joiner) yieldAll(yield func(contact.Evidence)) {
	said := j.sayings()
	order := make([]uint32, len(j.who.list))
	for i := range order {
		order[i] = uint32(i + 1)
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Compare(j.who.key(a), j.who.key(b)) })
	var own []mark
	for _, who := range order {
		own = own[:0]
		for i := j.who.list[who-1].head; i != 0; i = j.who.marks.at(i).next {
			own = append(own, *j.who.marks.at(i))
		}
		slices.SortFunc(own, func(a, b mark) int {
			return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.channel, b.channel), cmp.Compare(a.at, b.at))
		})
		id := j.who.identifier(who)
		for _, m := range own {
			yield(contact.Evidence{Kind: m.kind, Via: contact.ViaPlatform, Channel: m.channel, ID: id, At: m.at, Origin: m.origin, Rule: j.rules[m.rule]})
		}
		for len(said) > 0 && said[0].who == who {
			said[0].ev.ID = id
			yield(said[0].ev)
			said = said[1:]
		}
	}
}

// sayings is what people said, with what linked identifiers said given to the
// others too, in the order of the persons' keys and each once.
func (j *Joiner) sayings() []saying {
	for _, s := range j.said[:len(j.said):len(j.said)] {
		for _, other := range j.who.also[s.who] {
			j.said = append(j.said, saying{other, s.ev})
		}
	}
	compare := func(a, b saying) int {
		x, y := &a.ev, &b.ev
		return cmp.Or(cmp.Compare(j.who.key(a.who), j.who.key(b.who)), cmp.Compare(x.At, y.At), cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Channel, y.Channel),
			cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.Quote, y.Quote))
	}
	slices.SortFunc(j.said, func(a, b saying) int { return cmp.Or(compare(a, b), compareOrigin(a.ev.Origin, b.ev.Origin)) })
	return slices.CompactFunc(j.said, func(a, b saying) bool { return compare(a, b) == 0 })
}
