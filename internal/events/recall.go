package events

import (
	"cmp"
	"slices"
	"strings"

	"cleanbase/internal/contact"
)

// A status often comes in another file than its message, on another day and so
// in another run. What joins them over runs is here; the memory itself is the
// caller's, who calls Messages before Evidence and answers by Found, Kept and
// Sent. Whatever the runs, the evidence is what one run over all files gives,
// but for what the judging of outages makes of a day that no run saw whole.

// statusDays is how long after a message a status of a smaller gateway is taken
// for one of it: such ids begin anew some day.
const statusDays = 30

// Messages yields every message that has an id and was sent to somebody, or of
// which statuses came and no file says to whom, each once and in no order. To is
// valid until the next.
func (j *Joiner) Messages(yield func(contact.Sending) bool) {
	j.find()
	var to []contact.Identifier
	j.eachNamed(func(hash uint64, n uint32) bool {
		s := j.slots.at(n)
		if s.who == 0 && s.states == 0 {
			return true
		}
		to = to[:0]
		if s.who != 0 {
			to = append(to, j.who.identifier(s.who))
			for _, also := range j.who.also[s.who] {
				to = append(to, j.who.identifier(also))
			}
		}
		return yield(contact.Sending{No: n, ID: j.opt.MessageID(hash).Key, Day: s.day, Channel: s.channel, To: to})
	})
}

// eachNamed yields the messages that can be told by their ids alone, with the
// hash of these: not those of a smaller gateway whose id two people's messages
// have.
func (j *Joiner) eachNamed(yield func(hash uint64, n uint32) bool) {
	if j.opt.MessageID == nil {
		return
	}
	for i, hash := range j.bySlot.keys {
		if n := j.bySlot.values[i]; hash != 0 && j.slots.at(n).flags&flagWorld != 0 && !yield(hash, n) {
			return
		}
	}
	for hash, n := range j.owners {
		if n != 0 && !yield(hash, n) {
			return
		}
	}
	for _, w := range j.waiting {
		if _, owned := j.owners[w.id]; !owned && !yield(w.id, w.slot) {
			return
		}
	}
}

// Found takes what an earlier run knew of a message of which this one's files
// hold statuses alone.
func (j *Joiner) Found(m contact.Sending) {
	s := j.slots.at(m.No)
	if s.who != 0 || len(m.To) == 0 || !s.follows(m.Day, s.day) {
		return
	}
	s.who = j.who.of(m.To[0])
	for _, id := range m.To[1:] {
		j.others[m.No] = append(j.others[m.No], j.who.of(id))
	}
	s.channel = max(s.channel, m.Channel)
	if s.flags&flagOut == 0 {
		s.day = m.Day
	}
	s.flags |= flagRecalled
}

// follows tells whether a status of one day can be of a message of another.
func (s *slot) follows(sent, status int32) bool {
	return s.flags&flagWorld != 0 || sent == 0 || status == 0 || status >= sent-1 && status <= sent+statusDays
}

// Kept takes a status that an earlier run kept as evidence about the message
// itself, and whose message this one's files hold.
func (j *Joiner) Kept(no uint32, ev contact.Evidence) {
	s := j.slots.at(no)
	if s.who == 0 || !s.follows(s.day, j.day(ev.At)) {
		return
	}
	st := state{at: ev.At, origin: ev.Origin, rule: j.ruleOf(ev.Rule), effect: effect{told, ev.Kind}}
	if ev.Kind == contact.Unreachable || ev.Kind == contact.SuspectedSpam {
		st.effect.nature = failed
	}
	s.channel = max(s.channel, ev.Channel)
	if j.keep(s, &st) {
		j.resolved++
	}
}

// Sent takes how many messages of one day and channel earlier runs know and
// this one's files do not hold: whether a failure is an outage goes by all.
func (j *Joiner) Sent(day int32, channel contact.Channel, n int64) {
	j.before[sends{day, channel}] += n
}

// note notes a fact about everybody at the other end of a message.
func (j *Joiner) note(n uint32, m mark) {
	j.who.note(j.slots.at(n).who, m, j.rules)
	for _, who := range j.others[n] {
		j.who.note(who, m, j.rules)
	}
}

// yieldUnknown gives the statuses of messages that nobody knows, as evidence
// about the messages themselves: of each kind the newest.
func (j *Joiner) yieldUnknown(yield func(contact.Evidence)) {
	type unknown struct {
		key  contact.Key
		hash uint64
		slot uint32
	}
	var all []unknown
	j.eachNamed(func(hash uint64, n uint32) bool {
		if s := j.slots.at(n); s.who == 0 && s.states != 0 {
			all = append(all, unknown{j.opt.MessageID(hash).Key, hash, n})
		}
		return true
	})
	slices.SortFunc(all, func(a, b unknown) int { return cmp.Compare(a.key, b.key) })
	for _, u := range all {
		id, s := j.opt.MessageID(u.hash), j.slots.at(u.slot)
		for _, m := range j.newest(s) {
			yield(contact.Evidence{Kind: m.kind, Via: contact.ViaPlatform, Channel: s.channel, ID: id, At: m.at, Origin: m.origin, Rule: j.rules[m.rule]})
		}
	}
}

// newest is the facts that a message's statuses tell, as note would keep them, in
// an order of their own.
func (j *Joiner) newest(s *slot) (list []mark) {
	for i := s.states; i != 0; i = j.states.at(i).next {
		st := j.states.at(i)
		if st.effect.kind == 0 {
			continue
		}
		m := mark{at: st.at, origin: st.origin, rule: st.rule, kind: st.effect.kind}
		at := slices.IndexFunc(list, func(o mark) bool { return o.kind == m.kind && precision(o.at) == precision(m.at) })
		switch {
		case at < 0:
			list = append(list, m)
		case newer(&m, &list[at], j.rules):
			list[at] = m
		}
	}
	slices.SortFunc(list, func(a, b mark) int { return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.at, b.at)) })
	return list
}

// ruleOf is the number of a rule that was written before.
func (j *Joiner) ruleOf(text string) uint16 {
	system, code, ok := strings.Cut(strings.TrimPrefix(text, "platform:"), ":")
	if !ok {
		system, code = "", system
	}
	return j.rule(system, code)
}
