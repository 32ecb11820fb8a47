// Package incident looks into what went before a ban: who was written to since
// a time, what came of it in each group of people beside all the others, the
// likely causes, whom to drop and who can still be reached.
//
// It is handed facts, decisions and groups as values and computes; it reads no
// files, knows no database and no clock. Every person counts once, however many
// messages there were, so that the tests' trials are independent. Nothing that
// it gives depends on the order in which things were told.
package incident

import (
	"time"

	"cleanbase/internal/contact"
)

// Options of an incident.
type Options struct {
	Since, Until time.Time
	Channel      contact.Channel // that was banned; Any: all count
	Zone         *time.Location  // whose days are counted; UTC when nil
}

// Ledger gathers what is known of people. First all facts and wishes to know
// of clean lists are told, then Join, then whose decisions and groups they are.
type Ledger struct {
	opt     Options
	traces  map[contact.Key]*trace
	same    map[contact.Key]contact.Key   // a messenger's id -> the phone of the same person
	ids     map[contact.Key][]contact.Key // the inverse
	home    map[contact.Key]*Person       // of these, whose they turned out to be
	owner   map[int64]*Person
	people  []*Person
	groups  map[groupID]int32
	names   []groupID
	undated int64
	earlier bool // some message before Since is known
	answers bool // somebody is known to have written since
	reports bool // what became of some message since is known
	basis   string
}

type groupID struct{ by, name string }

// trace is what is known of one identifier.
type trace struct {
	written  contact.Moment // the newest message since Since
	channel  contact.Channel
	before   bool // was written to before Since
	went     uint8
	inbound  contact.Moment
	answered bool
	refused  []contact.Moment // when a refusal was known
	grave    []contact.Moment // the same of complaints and protection: a consent does not lift them
	lifted   contact.Moment   // newest
	pardoned contact.Moment
	never    bool // refused or complained, whenever
}

// Person is somebody who was written to, or wrote: a contact with its
// identifiers, or an identifier that is no contact's.
type Person struct {
	Key     contact.Key // the phone's, where one is known
	Alias   contact.Key // a messenger's or another identifier that facts came by; 0: none
	Contact int64       // 0: no contact of the audit database
	trace
	set     contact.ReasonSet // the decision in force when the message was sent
	set0    contact.Moment    // as of
	current contact.ReasonSet // the newest decision
	newest  contact.Moment
	groups  []int32
}

// New begins.
func New(opt Options) *Ledger {
	if opt.Zone == nil {
		opt.Zone = time.UTC
	}
	return &Ledger{opt: opt, traces: map[contact.Key]*trace{}, same: map[contact.Key]contact.Key{}, ids: map[contact.Key][]contact.Key{}, home: map[contact.Key]*Person{}, owner: map[int64]*Person{}, groups: map[groupID]int32{}}
}

func (l *Ledger) trace(key contact.Key) *trace {
	t := l.traces[key]
	if t == nil {
		t = &trace{}
		l.traces[key] = t
	}
	return t
}

// since tells whether a moment may be within the time looked into.
func (l *Ledger) since(at contact.Moment) bool {
	return at.Known() && !at.Latest().Before(l.opt.Since) && !at.Earliest().After(l.opt.Until)
}

// Fact takes one fact; learnt is as of when the run that learnt it ran.
func (l *Ledger) Fact(f contact.Fact, learnt time.Time) {
	if !l.opt.Channel.Meets(f.Channel) {
		return
	}
	switch f.Kind {
	case contact.Outbound, contact.Delivered, contact.Unreachable, contact.SuspectedSpam:
		l.message(f)
	case contact.Inbound:
		t := l.trace(f.Key)
		t.inbound = later(t.inbound, f.At)
		if l.since(f.At) {
			t.answered, l.answers = true, true
		}
	case contact.OptOut, contact.BotStopped, contact.Complaint, contact.Protected:
		l.refusal(f, learnt)
	case contact.OptIn, contact.Consent, contact.BotStarted:
		t := l.trace(f.Key)
		t.lifted = later(t.lifted, f.At)
	case contact.Pardon:
		t := l.trace(f.Key)
		t.pardoned = later(t.pardoned, f.At)
	}
}

func (l *Ledger) message(f contact.Fact) {
	switch {
	case !f.At.Known():
		if f.Kind == contact.Outbound {
			l.undated++
		}
	case l.since(f.At):
		t := l.trace(f.Key)
		l.basis = "messages"
		if later(t.written, f.At) != t.written || t.channel == contact.Any {
			t.channel = f.Channel
		}
		t.written = later(t.written, f.At)
		l.reports = l.reports || f.Kind != contact.Outbound
		switch f.Kind {
		case contact.Unreachable:
			t.went |= 1 << contact.NotThere
		case contact.SuspectedSpam:
			t.went |= 1 << contact.TakenForSpam
		}
	case f.At.Latest().Before(l.opt.Since):
		l.trace(f.Key).before = true
		l.earlier = true
	}
}

func (l *Ledger) refusal(f contact.Fact, learnt time.Time) {
	t := l.trace(f.Key)
	t.never = true
	if l.since(f.At) {
		switch f.Kind {
		case contact.Complaint:
			t.went |= 1 << contact.Complained
		case contact.OptOut, contact.BotStopped:
			t.went |= 1 << contact.Refused
		}
	}
	known := f.At
	if !known.Known() { // it was there at the latest when it was read
		known = contact.At(learnt)
	}
	if f.Kind == contact.Complaint || f.Kind == contact.Protected {
		t.grave = append(t.grave, known)
	} else {
		t.refused = append(t.refused, known)
	}
}

// later is the later of two moments, by their ends; of equals the more exact.
func later(a, b contact.Moment) contact.Moment {
	switch {
	case !a.Known():
		return b
	case !b.Known() || a.Latest().After(b.Latest()):
		return a
	case b.Latest().After(a.Latest()) || a.DayOnly():
		return b
	}
	return a
}

// Written tells whether any message since the time is known.
func (l *Ledger) Written() bool { return l.basis != "" }

// Assume says that somebody was written to at a time without a message that
// says so: by a wave or a list.
func (l *Ledger) Assume(basis string, key contact.Key, at time.Time) {
	if key == 0 || !l.since(contact.At(at)) {
		return
	}
	l.basis = basis
	t := l.trace(key)
	t.written = later(t.written, contact.At(at))
	t.channel = l.opt.Channel
}

// Knows tells whether anything was told of an identifier.
func (l *Ledger) Knows(key contact.Key) bool { return l.traces[key] != nil }

// Of is the person that a contact is, nil when nothing was told of it.
func (l *Ledger) Of(id int64) *Person { return l.owner[id] }

// EachPerson yields everybody that something was told of, in any order.
func (l *Ledger) EachPerson(yield func(*Person)) {
	for _, p := range l.people {
		yield(p)
	}
}

// WrittenAt is when the person was written to last, unknown when not since the
// time.
func (p *Person) WrittenAt() contact.Moment { return p.written }

// Decided says that from a run of asOf on a contact had these reasons.
func (l *Ledger) Decided(id int64, asOf time.Time, set contact.ReasonSet) {
	p := l.owner[id]
	if p == nil {
		return
	}
	at := contact.At(asOf)
	if p.newest <= at {
		p.newest, p.current = at, set
	}
	// The newest decision before the message, or else the first after it.
	before := !at.After(p.written)
	had := p.set0.Known() && !p.set0.After(p.written)
	switch {
	case !p.set0.Known(), before && (!had || p.set0 <= at), !before && !had && at < p.set0:
		p.set0, p.set = at, set
	}
}

// Stands puts a person into a group of a kind; a person may be in several.
func (l *Ledger) Stands(p *Person, by, name string) {
	if p == nil || !p.written.Known() || name == "" {
		return
	}
	id := groupID{by, name}
	n, ok := l.groups[id]
	if !ok {
		n = int32(len(l.names))
		l.groups[id], l.names = n, append(l.names, id)
	}
	for _, g := range p.groups {
		if g == n {
			return
		}
	}
	p.groups = append(p.groups, n)
}
