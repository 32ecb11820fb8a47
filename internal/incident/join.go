package incident

import "cleanbase/internal/contact"

// Same says that a messenger's id and a phone are one person's, as some log
// does. It is told before Join.
func (l *Ledger) Same(id, phone contact.Key) {
	if l.same[id] == 0 {
		l.same[id], l.ids[phone] = phone, append(l.ids[phone], id)
	}
}

// Join says that an identifier is a contact's, whose phone is key; phone may be
// zero. Identifiers that are nobody's need not be told.
func (l *Ledger) Join(key contact.Key, id int64, own contact.Key) {
	t := l.traces[key]
	if t == nil {
		return
	}
	delete(l.traces, key)
	p := l.owner[id]
	if p == nil {
		p = &Person{Key: own, Contact: id}
		l.owner[id] = p
		l.people = append(l.people, p)
	}
	if key != own {
		p.Alias = max(p.Alias, key)
	}
	l.home[key] = p
	p.merge(t)
}

func (p *trace) merge(t *trace) {
	if later(p.written, t.written) != p.written || p.channel == contact.Any {
		p.channel = max(t.channel, p.channel)
	}
	p.written, p.inbound = later(p.written, t.written), later(p.inbound, t.inbound)
	p.lifted, p.pardoned = later(p.lifted, t.lifted), later(p.pardoned, t.pardoned)
	p.went |= t.went
	p.before, p.answered, p.never = p.before || t.before, p.answered || t.answered, p.never || t.never
	p.refused, p.grave = append(p.refused, t.refused...), append(p.grave, t.grave...)
}

// Joined ends the joining: what is left is of people who are no contacts, or of
// contacts that are known by another identifier of the same person.
func (l *Ledger) Joined() {
	for key, t := range l.traces {
		phone := key
		if p := l.same[key]; p != 0 {
			phone = p
		}
		p := l.homeOf(phone)
		if p == nil {
			p = &Person{Key: phone}
			l.home[phone] = p
			l.people = append(l.people, p)
		}
		if key != phone {
			p.Alias = max(p.Alias, key)
		}
		p.merge(t)
	}
	l.traces = map[contact.Key]*trace{}
}

// homeOf is the person of a phone or of an id that goes with it; nil for none.
func (l *Ledger) homeOf(phone contact.Key) *Person {
	if p := l.home[phone]; p != nil {
		return p
	}
	found := (*Person)(nil)
	for _, id := range l.ids[phone] {
		if p := l.home[id]; p != nil && (found == nil || p.Contact < found.Contact) {
			found = p
		}
	}
	return found
}
