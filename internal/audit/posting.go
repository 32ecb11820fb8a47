package audit

import (
	"cmp"
	"crypto/rand"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"
	"sort"
)

// The lists of table posting.
const (
	contactsByKey  = 1 // identifier -> contact_id*2, plus 1 for the contact's own key
	keysByContact  = 2 // contact_id -> identifier, own key left out
	aliases        = 3 // identifier -> key of a contact that a refusal was in force for
	factsByKey     = 4 // identifier -> evidence_id
	chunksByMember = 5 // contact_id -> chunk_id
	claimsByID     = 6 // contact_id -> packed claim
	messages       = 7 // identifier of a message -> packed day and channel, and identifiers of whom it was to
)

// entry is one pair of a list.
type entry struct{ key, value uint64 }

// segmentEntries bounds what is sorted in memory at once; a block is what a
// look-up decodes.
const (
	segmentEntries = 1 << 18 // pairs of a segment at most: sorted in 8 MB
	blockEntries   = 512
	kindShift      = 60 // of a contact.Key
)

// sortEntries sorts by key, then by value. tmp is as long as e and is
// overwritten. Keys are spread over 63 bits, so digits of 11 bits sort a million
// in about a third of the time that comparing takes; digits that all keys share
// cost nothing.
func sortEntries(e, tmp []entry) {
	if len(e) < 1<<11 {
		slices.SortFunc(e, compareEntries)
		return
	}
	src, dst := e, tmp[:len(e)]
	for shift := 0; shift < 64; shift += 11 {
		if radixPass(dst, src, shift) {
			src, dst = dst, src
		}
	}
	if &src[0] != &e[0] {
		copy(e, src)
	}
	sortValues(e)
}

// radixPass spreads src over dst by one digit, unless all have the same.
func radixPass(dst, src []entry, shift int) bool {
	const digits = 1 << 11
	var next [digits]uint32
	for i := range src {
		next[src[i].key>>shift&(digits-1)]++
	}
	if int(next[src[0].key>>shift&(digits-1)]) == len(src) {
		return false
	}
	at := uint32(0)
	for d, n := range next {
		next[d] = at
		at += n
	}
	for _, e := range src {
		d := e.key >> shift & (digits - 1)
		dst[next[d]] = e
		next[d]++
	}
	return true
}

// sortValues sorts each group of one key by value.
func sortValues(e []entry) {
	for i := 0; i < len(e); {
		j := i + 1
		for j < len(e) && e[j].key == e[i].key {
			j++
		}
		if j-i > 1 {
			slices.SortFunc(e[i:j], compareEntries)
		}
		i = j
	}
}

func compareEntries(a, b entry) int {
	return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.value, b.value))
}

// post stores sorted pairs as a new segment.
func (d *DB) post(list int, sorted []entry) error {
	if len(sorted) == 0 {
		return nil
	}
	var segment int64
	if _, err := d.one("SELECT coalesce(max(block_id), 0) + 1 FROM posting", nil, &segment); err != nil {
		return err
	}
	var buf []byte
	return d.bulk("INSERT INTO posting SELECT NULL, ?, ?, c0, c1 FROM feed", []any{list, segment}, func(row []driver.Value) bool {
		if len(sorted) == 0 {
			return false
		}
		block := sorted[:min(blockEntries, len(sorted))]
		sorted = sorted[len(block):]
		first := int64(block[0].key)
		buf = packEntries(buf[:0], block)
		hashBlock(d.posted, postingBlock{list, segment, first, buf})
		row[0], row[1] = first, buf
		return true
	})
}

// startPosting begins the hash of the posting blocks that a run writes. A salt of
// its own keeps anybody from guessing what was erased from them.
func (d *DB) startPosting() {
	d.salted = newSalt()
	d.posted.Reset()
	d.posted.Write(d.salted)
}

// postedSum is the hash of what was posted since startPosting.
func (d *DB) postedSum() string { return hex.EncodeToString(d.posted.Sum(nil)) }

func newSalt() []byte {
	salt := make([]byte, saltSize)
	rand.Read(salt) // never fails
	return salt
}

// postingBlock is a row of table posting.
type postingBlock struct {
	list           int
	segment, first int64
	entries        []byte
}

// hashBlock adds a block to what the checkpoint will say of the postings.
func hashBlock(h hash.Hash, b postingBlock) {
	fmt.Fprintf(h, "%d %d %d %d\n", b.list, b.segment, b.first, len(b.entries))
	h.Write(b.entries)
}

func packEntries(dst []byte, block []entry) []byte {
	last := uint64(0)
	for _, e := range block {
		dst = binary.AppendUvarint(dst, e.key-last)
		dst = binary.AppendUvarint(dst, e.value)
		last = e.key
	}
	return dst
}

// unpackEntries is the inverse of packEntries; it adds to dst.
func unpackEntries(dst []entry, block []byte) ([]entry, error) {
	last := uint64(0)
	for len(block) > 0 {
		delta, n := binary.Uvarint(block)
		if n <= 0 {
			return dst, errDamaged
		}
		value, m := binary.Uvarint(block[n:])
		if m <= 0 {
			return dst, errDamaged
		}
		last += delta
		dst = append(dst, entry{last, value})
		block = block[n+m:]
	}
	return dst, nil
}

// walk yields all blocks of a list, segment by segment in order of key. The
// entries are the walk's own and change with the next block.
func (d *DB) walk(list int, visit func(segment int64, block []entry) error) error {
	return d.blocks("SELECT segment, entries FROM posting WHERE list = ? ORDER BY segment, first_key, block_id", []any{list}, visit)
}

// walkBetween is walk for the blocks that may hold keys from one to another.
// What is added to a list batch by batch in order of key looks so through the
// segments before it once, and not once a batch.
func (d *DB) walkBetween(list int, from, to uint64, visit func(segment int64, block []entry) error) error {
	segments, err := d.segments(list)
	for _, s := range segments {
		if err != nil {
			break
		}
		err = d.blocks(`SELECT segment, entries FROM posting WHERE list = ?1 AND segment = ?2 AND first_key <= ?4 AND first_key >=
				coalesce((SELECT max(first_key) FROM posting WHERE list = ?1 AND segment = ?2 AND first_key < ?3), 0)
			ORDER BY first_key, block_id`, []any{list, s, int64(from), int64(to)}, visit)
	}
	return err
}

// blocks yields the posting blocks that a query reads.
func (d *DB) blocks(query string, args []any, visit func(segment int64, block []entry) error) error {
	var block []entry
	return d.each(query, args, func(rows *sql.Rows) error {
		var segment int64
		var raw sql.RawBytes
		if err := rows.Scan(&segment, &raw); err != nil {
			return err
		}
		var err error
		if block, err = unpackEntries(block[:0], raw); err != nil {
			return err
		}
		return visit(segment, block)
	})
}

// join walks a list beside sorted pairs and calls match for each stored pair
// whose key is among them: at is the first of them with that key. It goes kind by
// kind, since phones and the keys of records without one have all e-mails between.
func (d *DB) join(list int, sorted []entry, match func(at int, value uint64)) error {
	for from := 0; from < len(sorted); {
		kind := sorted[from].key >> kindShift
		to := from + sort.Search(len(sorted)-from, func(i int) bool { return sorted[from+i].key>>kindShift != kind })
		at, current := from, int64(-1)
		err := d.walkBetween(list, sorted[from].key, sorted[to-1].key, func(segment int64, block []entry) error {
			if segment != current {
				at, current = from, segment
			}
			for _, e := range block {
				for at < to && sorted[at].key < e.key {
					at++
				}
				if at < to && sorted[at].key == e.key {
					match(at, e.value)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		from = to
	}
	return nil
}

// unposted drops the pairs that are repeated or already in the list. Values are
// compared without their lowest drop bits. The pairs of one key are looked
// through by halves: an office line may stand in a hundred thousand contacts.
func (d *DB) unposted(list int, sorted []entry, drop uint) ([]entry, error) {
	gone := make([]bool, len(sorted))
	for i := 1; i < len(sorted); i++ {
		a, b := sorted[i-1], sorted[i]
		gone[i-1] = a.key == b.key && a.value>>drop == b.value>>drop // the later one has the bits
	}
	err := d.join(list, sorted, func(at int, value uint64) {
		key := sorted[at].key
		n := sort.Search(len(sorted)-at, func(i int) bool {
			e := sorted[at+i]
			return e.key != key || e.value>>drop > value>>drop
		})
		if last := at + n - 1; n > 0 && sorted[last].value>>drop == value>>drop {
			gone[last] = true
		}
	})
	kept := sorted[:0]
	for i, e := range sorted {
		if !gone[i] {
			kept = append(kept, e)
		}
	}
	return kept, err
}

// lookup returns the values that a list has for a key, oldest segment first.
func (d *DB) lookup(list int, key uint64) ([]uint64, error) {
	segments, err := d.segments(list)
	var values []uint64
	for _, s := range segments {
		if err == nil {
			values, err = d.lookupIn(values, list, s, key)
		}
	}
	return values, err
}

// segments are those of a list, oldest first.
func (d *DB) segments(list int) ([]int64, error) {
	var all []int64
	err := d.each("SELECT DISTINCT segment FROM posting WHERE list = ? ORDER BY segment", []any{list}, func(rows *sql.Rows) error {
		all = append(all, 0)
		return rows.Scan(&all[len(all)-1])
	})
	return all, err
}

// lookupIn looks through one segment, backwards from the last block that may
// hold the key.
func (d *DB) lookupIn(values []uint64, list int, segment int64, key uint64) ([]uint64, error) {
	var block []entry
	from := len(values)
	err := d.each("SELECT entries FROM posting WHERE list = ? AND segment = ? AND first_key <= ? ORDER BY first_key DESC, block_id DESC",
		[]any{list, segment, int64(key)}, func(rows *sql.Rows) error {
			var raw sql.RawBytes
			err := rows.Scan(&raw)
			if err != nil {
				return err
			}
			if block, err = unpackEntries(block[:0], raw); err != nil {
				return err
			}
			for _, e := range block {
				if e.key == key {
					values = append(values, e.value)
				}
			}
			if len(block) > 0 && block[0].key < key {
				return errStop
			}
			return nil
		})
	slices.Sort(values[from:])
	return values, stopped(err)
}

// batcher collects pairs and hands them over sorted, a segment at a time.
type batcher struct {
	buf, tmp []entry
	flush    func(sorted []entry) error
	size     int // pairs at once, segmentEntries if 0
	err      error
}

// add takes a pair; false is the time to stop, for an error.
func (b *batcher) add(key, value uint64) bool {
	most := cmp.Or(b.size, segmentEntries)
	if n := len(b.buf); n == cap(b.buf) && n >= 1<<14 { // many: growing step by step would leave as much behind
		b.buf = slices.Grow(b.buf, most-n)
	}
	if b.buf = append(b.buf, entry{key, value}); len(b.buf) >= most {
		b.end()
	}
	return b.err == nil
}

// end hands over what is left.
func (b *batcher) end() error {
	if b.err != nil || len(b.buf) == 0 {
		return b.err
	}
	if len(b.tmp) < len(b.buf) {
		b.tmp = make([]entry, len(b.buf))
	}
	sortEntries(b.buf, b.tmp)
	b.err = b.flush(b.buf)
	b.buf = b.buf[:0]
	return b.err
}
