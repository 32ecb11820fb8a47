package audit

import (
	"cmp"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"cleanbase/internal/contact"

	"golang.org/x/mod/sumdb/tlog"
)

// eraser takes people out of every table, so that the tree stays whole.
type eraser struct {
	*sealing
	contacts map[int64]bool  // whose keys are to go
	keys     map[uint64]bool // identifiers that are to go
	said     []contact.Fact  // evidence that is to go
	postings string          // hash of the run's own posting blocks, when all is cleared
	leaves   []erasedLeaf
	hashed   []hashedFact
	salts    map[int64][]saltNode // of each run that lost a leaf
}

// erasedLeaf is a leaf whose contents are gone; id and set are what stays of a
// decision.
type erasedLeaf struct {
	leaf, run, own int64
	hash           tlog.Hash
	id             int64
	set            contact.ReasonSet
}

// unguarded does its work with the append-only triggers put aside.
func (d *DB) unguarded(do func() error) error {
	var drop, restore []string
	err := d.each("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'", nil, func(rows *sql.Rows) error {
		var name, text string
		err := rows.Scan(&name, &text)
		drop, restore = append(drop, "DROP TRIGGER "+name), append(restore, text)
		return err
	})
	if err != nil {
		return err
	}
	if err := d.exec(strings.Join(drop, ";")); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	return d.exec(strings.Join(restore, ";"))
}

// plant adds the leaves that say what was erased, and those of what is kept
// hashed.
func (e *eraser) plant(p *planter) error {
	runs, err := e.d.leafSpans()
	if err != nil {
		return err
	}
	facts, err := e.factLeaves(runs)
	if err != nil {
		return err
	}
	decisions, err := e.decisionLeaves(runs)
	if err != nil {
		return err
	}
	if err := e.erase(append(facts, decisions...)); err != nil {
		return err
	}
	for i := range e.leaves {
		l := &e.leaves[i]
		l.own = e.leaf
		e.leaf++
		p.add(erasedRecord(l.leaf, l.hash, l.id, l.set))
	}
	for i := range e.hashed {
		e.hashed[i].own = e.leaf
		e.leaf++
		p.add(hashedRecord(&e.hashed[i]))
	}
	return nil
}

// leafRun is the run that a leaf is of.
type leafRun struct{ seq, first, firstFact, asOf int64 }

// leafSpan is the leaves of one run.
type leafSpan struct {
	leafRun
	id, kind, note string
	facts, size    int64
}

// leafSpans is those of all runs with a checkpoint.
func (d *DB) leafSpans() ([]leafSpan, error) {
	var all []leafSpan
	err := d.each(`SELECT seq, run_id, kind, checkpoint, first_leaf, first_evidence, evidence_leaves, tree_size, CAST(strftime('%s', as_of) AS INTEGER)
		FROM run WHERE checkpoint IS NOT NULL ORDER BY seq`, nil, func(rows *sql.Rows) error {
		var s leafSpan
		err := rows.Scan(&s.seq, &s.id, &s.kind, &s.note, &s.first, &s.firstFact, &s.facts, &s.size, &s.asOf)
		all = append(all, s)
		return err
	})
	return all, err
}

// erasing is a leaf that is to be erased, and what it is made of.
type erasing struct {
	erasedLeaf
	first int64 // leaf of its run
	rec   record
}

// erase computes the hashes of leaves, which stay, and punctures their salts.
func (e *eraser) erase(all []erasing) error {
	slices.SortFunc(all, func(a, b erasing) int { return int(a.leaf - b.leaf) })
	for i := 0; i < len(all); {
		seq, j := all[i].run, i
		var holes []int64
		for ; j < len(all) && all[j].run == seq; j++ {
			holes = append(holes, all[j].leaf-all[j].first)
		}
		nodes, err := e.d.saltNodes(seq)
		if err != nil {
			return err
		}
		if seq == e.seq {
			nodes = []saltNode{e.root}
		}
		kept, salts := puncture(nodes, holes)
		if len(salts) != len(holes) {
			return e.d.newFault(nil, contact.T("the audit database is damaged: a seed is missing", "база аудита повреждена: нет зерна"),
				contact.T("run cleanbase verify", "выполните cleanbase verify"))
		}
		e.salts[seq] = kept
		for at, salt := range salts {
			l := &all[i+at]
			l.hash = leafHash(salt, &l.rec)
			e.leaves = append(e.leaves, l.erasedLeaf)
		}
		i = j
	}
	return nil
}

func (d *DB) saltNodes(seq int64) ([]saltNode, error) {
	var nodes []saltNode
	err := d.each("SELECT level, idx, seed FROM salt WHERE run = ? ORDER BY idx << level", []any{seq}, func(rows *sql.Rows) error {
		var n saltNode
		var seed sql.RawBytes
		err := rows.Scan(&n.level, &n.idx, &seed)
		copy(n.seed[:], seed)
		nodes = append(nodes, n)
		return err
	})
	return nodes, err
}

// factLeaves is the leaves of the evidence on the keys.
func (e *eraser) factLeaves(runs []leafSpan) ([]erasing, error) {
	var all []erasing
	for _, f := range e.said {
		r := leafRun{seq: e.seq, first: e.first, firstFact: e.firstFact}
		if at, _ := slices.BinarySearchFunc(runs, f.Seq, func(s leafSpan, id int64) int {
			return cmp.Compare(s.firstFact+s.facts, id+1)
		}); at < len(runs) {
			r = runs[at].leafRun
		}
		err := e.d.eachFactSum(f.Seq, f.Seq+1, func(got factSum) error {
			all = append(all, erasing{erasedLeaf{leaf: r.first + f.Seq - r.firstFact, run: r.seq}, r.first, factRecord(got.sum)})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// decisionLeaves is the leaves of the contacts' decisions, old and new.
func (e *eraser) decisionLeaves(runs []leafSpan) ([]erasing, error) {
	var all []erasing
	for id := range e.contacts {
		err := e.d.each(`SELECT k.leaf, c.key, s.bits FROM (SELECT contact_id, leaf, set_id FROM past WHERE contact_id = ?1 UNION ALL
				SELECT contact_id, leaf, set_id FROM contact WHERE contact_id = ?1) AS k
			JOIN contact AS c ON c.contact_id = k.contact_id JOIN reason_set AS s ON s.set_id = k.set_id`, []any{id}, func(rows *sql.Rows) error {
			var leaf, key, bits int64
			if err := rows.Scan(&leaf, &key, &bits); err != nil {
				return err
			}
			leaf -= leafShift
			at, _ := slices.BinarySearchFunc(runs, leaf, func(s leafSpan, leaf int64) int { return cmp.Compare(s.size, leaf+1) })
			r, set := runs[at], contact.ReasonSet(bits)
			all = append(all, erasing{erasedLeaf{leaf: leaf, run: r.seq, id: id, set: set}, r.first, decisionRecord(id, contact.Key(key), set, r.asOf)})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// clear takes the people out of the tables and stores what stays of them.
func (e *eraser) clear() error {
	for _, f := range e.said {
		if err := e.d.exec("DELETE FROM fact WHERE evidence_id = ?", f.Seq); err != nil {
			return err
		}
	}
	for id := range e.contacts {
		if err := e.d.exec("UPDATE contact SET key = 0 WHERE contact_id = ?", id); err != nil {
			return err
		}
	}
	err := e.d.exec(`DELETE FROM word WHERE word_id NOT IN (SELECT policy FROM run) AND word_id NOT IN (SELECT rule FROM fact)
		AND word_id NOT IN (SELECT detail FROM fact WHERE detail IS NOT NULL)`)
	if err != nil {
		return err
	}
	for _, l := range e.leaves {
		if err := e.d.exec("INSERT INTO erased VALUES (?, ?, ?, ?)", l.leaf, l.hash[:], e.seq, l.own); err != nil {
			return err
		}
	}
	for _, h := range e.hashed {
		f := h.fact
		if err := e.d.exec("INSERT INTO hashed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", h.own, e.seq, int64(h.key), h.tag[:],
			int64(f.Kind), int64(f.Via), int64(f.Channel), int64(f.At), f.Seq); err != nil {
			return err
		}
	}
	return e.clearSalts()
}

func (e *eraser) clearSalts() error {
	for seq, nodes := range e.salts {
		leaves := e.leaf - e.first
		if seq != e.seq {
			if _, err := e.d.one("SELECT tree_size - first_leaf FROM run WHERE seq = ?", []any{seq}, &leaves); err != nil {
				return err
			}
		}
		if err := e.d.exec("DELETE FROM salt WHERE run = ?", seq); err != nil {
			return err
		}
		for _, n := range nodes {
			if n.idx<<n.level >= leaves {
				continue // no leaf grows from it
			}
			if err := e.d.exec("INSERT INTO salt VALUES (?, ?, ?, ?)", seq, n.level, n.idx, n.seed[:]); err != nil {
				return err
			}
		}
	}
	return nil
}

// goes tells whether a pair of a posting list is about the people.
func (e *eraser) goes(list int, p entry) bool {
	switch list {
	case contactsByKey:
		return e.keys[p.key] || e.contacts[int64(p.value>>1)]
	case keysByContact:
		return e.keys[p.value] || e.contacts[int64(p.key)]
	case aliases:
		return e.keys[p.key] || e.keys[p.value]
	case factsByKey:
		return e.keys[p.key]
	case claimsByID:
		return e.contacts[int64(p.key)]
	case messages:
		return e.keys[p.value]
	}
	return false
}

// clearPostings takes the people out of the lists. A block that is empty then
// stays, so that no later one takes its number.
func (e *eraser) clearPostings() error {
	changed := map[int64]postingBlock{}
	err := e.d.each("SELECT block_id, list, entries FROM posting", nil, func(rows *sql.Rows) error {
		var id int64
		var list int
		var raw sql.RawBytes
		if err := rows.Scan(&id, &list, &raw); err != nil {
			return err
		}
		pairs, err := unpackEntries(nil, raw)
		n := len(pairs)
		pairs = slices.DeleteFunc(pairs, func(p entry) bool { return e.goes(list, p) })
		if err != nil || len(pairs) == n {
			return err
		}
		b := postingBlock{entries: packEntries([]byte{}, pairs)}
		if len(pairs) > 0 {
			b.first = int64(pairs[0].key)
		}
		changed[id] = b
		return nil
	})
	for id, b := range changed {
		if err == nil {
			err = e.d.exec("UPDATE posting SET first_key = ?, entries = ? WHERE block_id = ?", b.first, b.entries, id)
		}
	}
	return err
}

// rewrite clears the postings and says in the run's row what their hashes were
// and are now. A run that lost something gets a new salt, and the old one goes:
// with it one could try which phone makes the old hash.
func (e *eraser) rewrite() error {
	spans, err := e.d.postingSpans()
	if err != nil {
		return err
	}
	own := len(spans)
	spans = append(spans, postingSpan{seq: e.seq, salt: newSalt(), last: maxBlock})
	was, err := e.d.postingSums(spans)
	if err == nil {
		err = e.clearPostings()
	}
	if err != nil {
		return err
	}
	is, err := e.d.postingSums(spans)
	if err != nil {
		return err
	}
	rewritten := []rewrite{}
	for i := range own {
		if was[i] == is[i] {
			continue
		}
		spans[i].salt = newSalt()
		rewritten = append(rewritten, rewrite{RunID: spans[i].id, Was: was[i]})
		if err := e.d.exec("UPDATE run SET posting_salt = ? WHERE seq = ?", spans[i].salt, spans[i].seq); err != nil {
			return err
		}
	}
	if is, err = e.d.postingSums(spans); err != nil {
		return err
	}
	for i, at := 0, 0; i < own && at < len(rewritten); i++ {
		if spans[i].id == rewritten[at].RunID {
			rewritten[at].Is = is[i]
			at++
		}
	}
	e.d.salted, e.postings = spans[own].salt, is[own]
	text, err := json.Marshal(rewritten)
	return errors.Join(err, e.d.exec("UPDATE run SET rewritten = ? WHERE seq = ?", string(text), e.seq))
}

// postingSpan is the posting blocks of one checkpoint: those after the span
// before, up to last.
type postingSpan struct {
	seq, last int64
	id        string
	salt      []byte
}

const maxBlock = 1<<63 - 1

func (d *DB) postingSpans() ([]postingSpan, error) {
	var all []postingSpan
	err := d.each("SELECT seq, last_block, run_id, posting_salt FROM run WHERE checkpoint IS NOT NULL ORDER BY seq", nil, func(rows *sql.Rows) error {
		var s postingSpan
		err := rows.Scan(&s.seq, &s.last, &s.id, &s.salt)
		all = append(all, s)
		return err
	})
	return all, err
}

// errUnposted is a block that no checkpoint covers.
var errUnposted = errors.New("audit: a posting block of no run")

// postingSums hashes the blocks of each span.
func (d *DB) postingSums(spans []postingSpan) ([]string, error) {
	sums := make([]string, 0, len(spans))
	h := sha256.New()
	begin := func() {
		h.Reset()
		if len(sums) < len(spans) {
			h.Write(spans[len(sums)].salt)
		}
	}
	next := func() {
		sums = append(sums, hex.EncodeToString(h.Sum(nil)))
		begin()
	}
	begin()
	err := d.each("SELECT block_id, list, segment, first_key, entries FROM posting ORDER BY block_id", nil, func(rows *sql.Rows) error {
		var id, segment, first int64
		var list int
		var entries sql.RawBytes
		if err := rows.Scan(&id, &list, &segment, &first, &entries); err != nil {
			return err
		}
		for len(sums) < len(spans) && id > spans[len(sums)].last {
			next()
		}
		if len(sums) == len(spans) {
			return errUnposted
		}
		hashBlock(h, postingBlock{list, segment, first, entries})
		return nil
	})
	for len(sums) < len(spans) {
		next()
	}
	return sums, err
}
