package base

import (
	"math/bits"

	"cleanbase/internal/contact"
)

// hashTable finds numbers of things by their keys, which stand in the things
// themselves. Beside each number stands a mark of its key, so that a search
// looks at hardly any thing but the right one: each such look is a wait for
// memory.
type hashTable struct {
	slots []int32
	marks []uint8 // 0 where the slot is free
}

func newHashTable(slots int) hashTable {
	return hashTable{many[int32](slots), many[uint8](slots)}
}

// slotOf is where a key's search begins in a table of so many slots, and the
// key's mark.
func slotOf(key uint64, slots int) (at int, mark uint8) {
	hash := key * 0x9e3779b97f4a7c15
	hi, _ := bits.Mul64(hash, uint64(slots))
	return int(hi), uint8(hash>>16) | 1
}

func (t *hashTable) free() {
	drop(t.slots)
	drop(t.marks)
	*t = hashTable{}
}

// find is the number whose key it is, as is tells of a number.
func (t *hashTable) find(key uint64, is func(n int32) bool) (n int32, found bool) {
	if len(t.slots) == 0 {
		return 0, false
	}
	at, mark := slotOf(key, len(t.slots))
	for t.marks[at] != 0 {
		if t.marks[at] == mark && is(t.slots[at]) {
			return t.slots[at], true
		}
		if at++; at == len(t.slots) {
			at = 0
		}
	}
	return 0, false
}

// put adds a number whose key is not there. The table must have room.
func (t *hashTable) put(key uint64, n int32) {
	at, mark := slotOf(key, len(t.slots))
	for t.marks[at] != 0 {
		if at++; at == len(t.slots) {
			at = 0
		}
	}
	t.slots[at], t.marks[at] = n, mark
}

// phoneIndex finds a contact by its phone.
type phoneIndex struct {
	table hashTable
	used  int
}

// find is the number of the contact with phone p.
func (x *phoneIndex) find(p contact.Phone, contacts *column[person]) (int32, bool) {
	return x.table.find(uint64(p), func(n int32) bool { return contacts.at(n).phone == p })
}

// place finds the contact with phone p, or takes a place for the one that the
// caller adds next.
func (x *phoneIndex) place(p contact.Phone, contacts *column[person]) (int32, bool) {
	if at, ok := x.find(p, contacts); ok {
		return at, true
	}
	if (x.used+1)*3 > len(x.table.slots)*2 {
		x.grow(contacts)
	}
	x.table.put(uint64(p), int32(contacts.len()))
	x.used++
	return int32(contacts.len()), false
}

func (x *phoneIndex) grow(contacts *column[person]) {
	size := max(1024, len(x.table.slots)*2)
	x.table.free() // the phones stand in the contacts
	x.table = newHashTable(size)
	for i, c := range contacts.all() {
		if c.phone != 0 {
			x.table.put(uint64(c.phone), i)
		}
	}
}

func (x *phoneIndex) free() {
	x.table.free()
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
