package audit

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"cleanbase/internal/contact"

	"golang.org/x/mod/sumdb/tlog"
)

// storedLevel is the lowest level whose hashes are stored: one for 256 leaves.
const storedLevel = 8

// tree is an append-only Merkle tree (RFC 6962, as tlog has it) of which only
// the perfect subtrees' roots are kept.
type tree struct {
	size  int64
	peaks [64]tlog.Hash // peaks[l] counts when bit l of size is set
	nodes []node        // those completed since the start, from storedLevel up
}

type node struct {
	level int
	idx   int64
	hash  tlog.Hash
}

// add appends a leaf.
func (t *tree) add(h tlog.Hash) {
	level := 0
	for ; t.size>>level&1 == 1; level++ {
		h = tlog.NodeHash(t.peaks[level], h)
		if level+1 >= storedLevel {
			t.nodes = append(t.nodes, node{level + 1, t.size >> (level + 1), h})
		}
	}
	t.peaks[level] = h
	t.size++
}

// root is the tree head.
func (t *tree) root() tlog.Hash {
	if t.size == 0 {
		return sha256.Sum256(nil)
	}
	var root tlog.Hash
	started := false
	for level := range t.peaks {
		switch {
		case t.size>>level&1 == 0:
		case started:
			root = tlog.NodeHash(t.peaks[level], root)
		default:
			root, started = t.peaks[level], true
		}
	}
	return root
}

// frontier is the peaks that count, largest first.
func (t *tree) frontier() []byte {
	var b []byte
	for level := len(t.peaks) - 1; level >= 0; level-- {
		if t.size>>level&1 == 1 {
			b = append(b, t.peaks[level][:]...)
		}
	}
	return b
}

// growFrom is a tree of so many leaves with that frontier; ok is false when the
// two don't fit.
func growFrom(size int64, frontier []byte) (t *tree, ok bool) {
	t = &tree{size: size}
	for level := len(t.peaks) - 1; level >= 0; level-- {
		if size>>level&1 == 0 {
			continue
		}
		if len(frontier) < tlog.HashSize {
			return nil, false
		}
		frontier = frontier[copy(t.peaks[level][:], frontier):]
	}
	return t, len(frontier) == 0
}

// saltSize is the bytes of a salt: 128 bits that nobody can guess.
const saltSize = 16

type saltSeed [saltSize]byte

// saltLevels is the height of a run's tree of salts: room for 2^32 leaves.
const saltLevels = 32

// saltNode is a seed that the salts of leaves idx<<level … (idx+1)<<level - 1
// of a run grow from.
type saltNode struct {
	level int
	idx   int64
	seed  saltSeed
}

// saltRoot is the seed of all the salts of a run whose leaves begin with number
// first: two runs of the same seed share no salt.
func saltRoot(seed [32]byte, first int64) saltNode {
	text := append([]byte("cleanbase salts 2\n"), seed[:]...)
	sum := sha256.Sum256(binary.BigEndian.AppendUint64(text, uint64(first)))
	return saltNode{saltLevels, 0, saltSeed(sum[:saltSize])}
}

// children are the two seeds that a seed gives: the halves of its SHA-256. A
// seed can't be found from its children, nor one child from the other, so that
// one leaf's salt can be erased by keeping only the seeds beside its path (a
// puncturable function, after Goldreich, Goldwasser and Micali).
func (n saltNode) children() (left, right saltNode) {
	sum := sha256.Sum256(n.seed[:])
	left = saltNode{n.level - 1, n.idx * 2, saltSeed(sum[:saltSize])}
	right = saltNode{n.level - 1, n.idx*2 + 1, saltSeed(sum[saltSize:])}
	return left, right
}

// salter walks the salts of a run in order, at one hash a leaf.
type salter struct{ stack []saltNode }

// next is the next leaf's salt, of zeros when there is no seed for it.
func (s *salter) next() saltSeed {
	for len(s.stack) > 0 {
		n := s.stack[len(s.stack)-1]
		s.stack = s.stack[:len(s.stack)-1]
		if n.level == 0 {
			return n.seed
		}
		left, right := n.children()
		s.stack = append(s.stack, right, left)
	}
	return saltSeed{}
}

// seek passes over the salts before number i, which must not be behind.
func (s *salter) seek(i int64) {
	for len(s.stack) > 0 {
		n := s.stack[len(s.stack)-1]
		if n.idx<<n.level >= i {
			return
		}
		s.stack = s.stack[:len(s.stack)-1]
		if (n.idx+1)<<n.level > i {
			left, right := n.children()
			s.stack = append(s.stack, right, left)
		}
	}
}

// puncture replaces the seeds that the salts of some numbers, in order, grow
// from by the seeds beside their paths, so that nobody can find those salts
// again. It returns the seeds that stay and the salts that go; fewer of these
// than numbers when some are gone already.
func puncture(nodes []saltNode, holes []int64) (kept []saltNode, salts []saltSeed) {
	var dig func(n saltNode)
	dig = func(n saltNode) {
		switch {
		case len(holes) == 0 || holes[0]>>n.level != n.idx:
			kept = append(kept, n)
		case n.level == 0:
			salts, holes = append(salts, n.seed), holes[1:]
		default:
			left, right := n.children()
			dig(left)
			dig(right)
		}
	}
	for _, n := range nodes {
		for len(holes) > 0 && holes[0] < n.idx<<n.level {
			holes = holes[1:] // gone already
		}
		dig(n)
	}
	return kept, salts
}

// saltAt is the salt of number i; false when it was erased. nodes are in order of
// what grows from them, or in the reverse.
func saltAt(nodes []saltNode, i int64) (saltSeed, bool) {
	if len(nodes) == 0 {
		return saltSeed{}, false
	}
	first, last := nodes[0], nodes[len(nodes)-1]
	down := first.idx<<first.level > last.idx<<last.level
	at, found := slices.BinarySearchFunc(nodes, i, func(n saltNode, i int64) int {
		c := cmp.Compare(n.idx, i>>n.level)
		if down {
			return -c
		}
		return c
	})
	if !found {
		return saltSeed{}, false
	}
	n := nodes[at]
	for n.level > 0 {
		left, right := n.children()
		if n = left; i>>left.level != left.idx {
			n = right
		}
	}
	return n.seed, true
}

// record is a leaf's canonical encoding, without its salt.
type record struct {
	n    uint8
	data [56]byte
}

// decisionRecord encodes a decision: see ENCODING.md.
func decisionRecord(id int64, key contact.Key, set contact.ReasonSet, asOf int64) record {
	r := record{n: 29}
	r.data[0] = 'D'
	binary.BigEndian.PutUint64(r.data[1:], uint64(id))
	binary.BigEndian.PutUint64(r.data[9:], uint64(key))
	binary.BigEndian.PutUint32(r.data[17:], uint32(set))
	binary.BigEndian.PutUint64(r.data[21:], uint64(asOf))
	return r
}

// factRecord encodes a piece of evidence by the hash of its fields.
func factRecord(sum [32]byte) record {
	r := record{n: 33}
	r.data[0] = 'E'
	copy(r.data[1:], sum[:])
	return r
}

// erasedRecord encodes what is left of an erased leaf: its number and hash, and
// of a decision the contact_id and the reasons.
func erasedRecord(leaf int64, hash tlog.Hash, id int64, set contact.ReasonSet) record {
	r := record{n: 53}
	r.data[0] = 'X'
	binary.BigEndian.PutUint64(r.data[1:], uint64(leaf))
	copy(r.data[9:], hash[:])
	binary.BigEndian.PutUint64(r.data[41:], uint64(id))
	binary.BigEndian.PutUint32(r.data[49:], uint32(set))
	return r
}

// hashedRecord encodes a refusal of which only the keyed hash is left.
func hashedRecord(h *hashedFact) record {
	r := record{n: 40}
	r.data[0] = 'K'
	binary.BigEndian.PutUint32(r.data[1:], h.key)
	copy(r.data[5:], h.tag[:])
	r.data[21], r.data[22], r.data[23] = byte(h.fact.Kind), byte(h.fact.Via), byte(h.fact.Channel)
	binary.BigEndian.PutUint64(r.data[24:], uint64(h.fact.At))
	binary.BigEndian.PutUint64(r.data[32:], uint64(h.fact.Seq))
	return r
}

// waveRecord encodes a wave that was handed out by the hash of its fields.
func waveRecord(sum [32]byte) record {
	r := record{n: 33}
	r.data[0] = 'W'
	copy(r.data[1:], sum[:])
	return r
}

// leafHash is SHA-256(0 | salt | record): RFC 6962's hash of a leaf, and with
// the salt in it a commitment that shows nothing.
func leafHash(salt saltSeed, r *record) tlog.Hash {
	var buf [1 + saltSize + len(r.data)]byte
	copy(buf[1:], salt[:])
	n := copy(buf[1+saltSize:], r.data[:r.n])
	return sha256.Sum256(buf[:1+saltSize+n])
}

// leafBatch is how many records go to the other core at once.
const leafBatch = 4096

// planter adds records to a tree on a goroutine of its own, while the database
// writes on this one.
type planter struct {
	batch []record
	send  chan []record
	free  chan []record
	done  chan *tree
}

func plant(t *tree, salts *salter) *planter {
	p := &planter{batch: make([]record, 0, leafBatch), send: make(chan []record, 1), free: make(chan []record, 3), done: make(chan *tree, 1)}
	p.free <- make([]record, 0, leafBatch)
	p.free <- make([]record, 0, leafBatch)
	go func() {
		for batch := range p.send {
			for i := range batch {
				t.add(leafHash(salts.next(), &batch[i]))
			}
			p.free <- batch[:0]
		}
		p.done <- t
	}()
	return p
}

func (p *planter) add(r record) {
	p.batch = append(p.batch, r)
	if len(p.batch) == leafBatch {
		p.send <- p.batch
		p.batch = <-p.free
	}
}

// end waits for the tree.
func (p *planter) end() *tree {
	p.send <- p.batch
	close(p.send)
	return <-p.done
}
