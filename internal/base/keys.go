package base

import "cleanbase/internal/contact"

// Keys yields every identifier of every contact added so far, some more than
// once: whom to look for in the memory of forgotten people. Call it before
// Decide.
func (b *Base) Keys(yield func(contact.Key) bool) {
	for _, p := range b.contacts.all() {
		if p.phone != 0 && !yield(contact.Key(p.phone)) {
			return
		}
	}
	for _, id := range b.newIDs.all() {
		if id.key.Kind() != contact.RecordID && !yield(id.key) {
			return
		}
	}
}
