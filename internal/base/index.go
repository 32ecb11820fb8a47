package base

import (
	"math/bits"

	"cleanbase/internal/contact"
)

// phoneIndex finds a contact by its phone: an open hash table of contact
// numbers, whose phones stand in the contacts themselves.
type phoneIndex struct {
	slots []int32 // contact number + 1, 0 for none
	used  int
}

// slotOf is where a key's search begins in a hash table of so many slots.
func slotOf(key uint64, slots int) int {
	hi, _ := bits.Mul64(key*0x9e3779b97f4a7c15, uint64(slots))
	return int(hi)
}

// nextSlot is where it goes on.
func nextSlot(at, slots int) int {
	if at++; at == slots {
		return 0
	}
	return at
}

// find is the number of the contact with phone p.
func (x *phoneIndex) find(p contact.Phone, contacts *column[person]) (int32, bool) {
	if len(x.slots) == 0 {
		return 0, false
	}
	for i := slotOf(uint64(p), len(x.slots)); ; i = nextSlot(i, len(x.slots)) {
		switch c := x.slots[i]; {
		case c == 0:
			return 0, false
		case contacts.at(c-1).phone == p:
			return c - 1, true
		}
	}
}

// place finds the contact with phone p, or takes a place for the one that the
// caller adds next.
func (x *phoneIndex) place(p contact.Phone, contacts *column[person]) (int32, bool) {
	if at, ok := x.find(p, contacts); ok {
		return at, true
	}
	if (x.used+1)*3 > len(x.slots)*2 {
		x.grow(contacts)
	}
	x.put(p, int32(contacts.len())+1)
	x.used++
	return int32(contacts.len()), false
}

func (x *phoneIndex) put(p contact.Phone, value int32) {
	i := slotOf(uint64(p), len(x.slots))
	for x.slots[i] != 0 {
		i = nextSlot(i, len(x.slots))
	}
	x.slots[i] = value
}

func (x *phoneIndex) grow(contacts *column[person]) {
	size := max(1024, len(x.slots)*2)
	drop(x.slots) // the phones stand in the contacts
	x.slots = many[int32](size)
	for i, c := range contacts.all() {
		if c.phone != 0 {
			x.put(c.phone, i+1)
		}
	}
}

func (x *phoneIndex) free() {
	drop(x.slots)
	*x = phoneIndex{}
}

// recordKey is the key of a record with no usable phone: a hash of its cells,
// and of how many equal ones came before it. It is the hash of the first versions,
// since contact ids stay: equal keys only raise the count.
func recordKey(cells [][]byte, before int) contact.Key {
	h := uint64(before)
	for _, c := range cells {
		h = h*0x9e3779b97f4a7c15 ^ contact.FirstHash(c)
	}
	return contact.Key(contact.RecordID)<<60 | contact.Key(contact.FirstHash(string(wordOf(h)))&(1<<60-1))
}

func wordOf(h uint64) []byte {
	var b [8]byte
	for i := range b {
		b[i] = byte(h >> (8 * i))
	}
	return b[:]
}
