package audit

import (
	"crypto/sha256"
	"database/sql/driver"
	"errors"
	"fmt"

	"cleanbase/internal/contact"
)

// leaves is what a run adds to the tree, grown from the last checkpoint.
// Evidence is planted while it is stored: only its identifiers are kept, for the
// index.
type leaves struct {
	first     int64 // leaf
	firstFact int64
	facts     int64
	keys      [][]uint64 // of the facts, in blocks that never move
	root      saltNode
	salts     *salter
	tree      *tree
}

// sprout begins a run's leaves.
func (r *Run) sprout() (*leaves, error) {
	l := &leaves{}
	var frontier []byte
	_, err := r.d.one(`SELECT tree_size, frontier, first_evidence + evidence_leaves FROM run WHERE checkpoint IS NOT NULL ORDER BY seq DESC LIMIT 1`,
		nil, &l.first, &frontier, &l.firstFact)
	if err != nil {
		return nil, err
	}
	l.firstFact = max(l.firstFact, 1)
	tree, ok := growFrom(l.first, frontier)
	if !ok {
		return nil, r.d.newFault(nil, contact.T("the audit database is damaged: the last checkpoint does not fit the tree", "база аудита повреждена: последняя контрольная точка не подходит к дереву"),
			contact.T("run cleanbase verify", "выполните cleanbase verify"))
	}
	l.tree, l.root = tree, saltRoot(r.info.Seed, l.first)
	l.salts = &salter{[]saltNode{l.root}}
	return l, nil
}

// next is the evidence_id whose leaf comes next.
func (l *leaves) next() int64 { return l.firstFact + l.facts }

// keyBlock is how many keys stand in a block.
const keyBlock = 1 << 12

func (l *leaves) plantFact(key uint64, sum [32]byte) {
	rec := factRecord(sum)
	l.tree.add(leafHash(l.salts.next(), &rec))
	if l.facts%keyBlock == 0 {
		l.keys = append(l.keys, make([]uint64, 0, keyBlock))
	}
	last := &l.keys[len(l.keys)-1]
	*last = append(*last, key)
	l.facts++
}

// plantStored plants what is stored up to, not with, a number.
func (r *Run) plantStored(l *leaves, to int64) error {
	return r.d.eachFactSum(l.next(), to, func(f factSum) error {
		if f.id != l.next() {
			return fmt.Errorf("audit: evidence %d is missing", l.next())
		}
		l.plantFact(f.key, f.sum)
		return nil
	})
}

// plantBatch plants the new items of a batch that was stored. Where somebody
// else has written since the last one, it begins anew.
func (r *Run) plantBatch(batch []contact.Evidence, fresh []freshItem) (err error) {
	if len(fresh) == 0 {
		return nil
	}
	if first := batch[fresh[0].at].Seq; r.leaves == nil || r.leaves.next() != first {
		if r.leaves, err = r.sprout(); err == nil {
			err = r.plantStored(r.leaves, first)
		}
		if err != nil {
			return r.d.fault(err)
		}
	}
	var buf []byte
	for _, f := range fresh {
		e := &batch[f.at]
		var in Input
		if kept := r.source(e.Origin.Input); kept != nil {
			in = kept.Input
		}
		buf = appendLeaf(appendFact(buf[:0], e), e, in)
		r.leaves.plantFact(uint64(e.ID.Key), sha256.Sum256(buf))
	}
	return nil
}

// evidence is the leaves of all evidence that is in no checkpoint yet: as this
// run has planted them, if that is all, or else read back.
func (r *Run) evidence() (*leaves, error) {
	l, err := r.sprout()
	if err != nil {
		return nil, err
	}
	last := int64(0)
	if _, err := r.d.one("SELECT coalesce(max(evidence_id), 0) FROM fact", nil, &last); err != nil {
		return nil, err
	}
	was := r.leaves
	r.leaves = nil // they grow only once
	if was != nil && was.first == l.first && was.firstFact == l.firstFact && was.next() == last+1 {
		return was, nil
	}
	return l, r.plantStored(l, last+1)
}

// index posts the evidence by identifier.
func (l *leaves) index(d *DB) error {
	b := &batcher{flush: func(sorted []entry) error { return d.post(factsByKey, sorted) }}
	id := l.firstFact
	for i, keys := range l.keys {
		for _, key := range keys {
			if !b.add(key, uint64(id)) {
				return b.err
			}
			id++
		}
		l.keys[i] = nil
	}
	return b.end()
}

// plantLeaves grows the tree by the evidence that is in no checkpoint yet, then
// by what decide adds, and stores the tree's new hashes and the seed.
func (s *sealing) plantLeaves(decide func(*planter) error) (*leaves, error) {
	s.d.startPosting()
	l, err := s.evidence()
	if err == nil {
		err = l.index(s.d)
	}
	if err != nil {
		return nil, err
	}
	s.leaf, s.first, s.firstFact, s.root = l.first+l.facts, l.first, l.firstFact, l.root
	p := plant(l.tree, l.salts)
	err = decide(p)
	l.tree = p.end()
	if err != nil || l.tree.size == l.first {
		return l, err
	}
	return l, errors.Join(s.storeSalt(s.root), s.storeNodes(l.tree.nodes))
}

func (s *sealing) storeSalt(n saltNode) error {
	return s.d.exec("INSERT INTO salt VALUES (?, ?, ?, ?)", s.seq, n.level, n.idx, n.seed[:])
}

func (s *sealing) storeNodes(nodes []node) error {
	return s.d.bulk("INSERT INTO node SELECT c0, c1, c2 FROM feed", nil, func(row []driver.Value) bool {
		if len(nodes) == 0 {
			return false
		}
		n := &nodes[0]
		nodes = nodes[1:]
		row[0], row[1], row[2] = int64(n.level), n.idx, n.hash[:]
		return true
	})
}
