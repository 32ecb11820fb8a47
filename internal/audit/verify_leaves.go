package audit

import (
	"database/sql"
	"math"
	"slices"

	"cleanbase/internal/contact"
)

// loadLeaves computes the hashes of all leaves from what the tables say.
func (v *verification) loadLeaves() error {
	if err := v.loadFactLeaves(); err != nil {
		return err
	}
	sets, err := v.d.setBits()
	if err != nil {
		return err
	}
	err = v.loadDecisionLeaves(`SELECT 1 FROM past AS p WHERE drain(contact_id, (SELECT key FROM contact AS c WHERE c.contact_id = p.contact_id), set_id, since_run, leaf)
		ORDER BY contact_id, since_run`, sets, nil)
	if err != nil {
		return err
	}
	last := int64(0)
	return v.loadDecisionLeaves("SELECT 1 FROM contact WHERE drain(contact_id, key, set_id, since_run, leaf) ORDER BY contact_id", sets, func(id int64) bool {
		last++
		v.contacts = last
		return id == last
	})
}

func (v *verification) loadFactLeaves() error {
	at, walk := 0, (*salter)(nil)
	want := int64(1)
	missing := func(id int64) bool { // evidence that was not forgotten
		i := slices.IndexFunc(v.runs, func(r *sealedRun) bool { return id < r.firstFact+r.facts })
		return i < 0 || v.erased[v.runs[i].firstLeaf+id-v.runs[i].firstFact] == nil
	}
	return v.d.eachFactSum(0, math.MaxInt64, func(f factSum) error {
		for at < len(v.runs) && f.id >= v.runs[at].firstFact+v.runs[at].facts {
			at, walk = at+1, nil
		}
		for ; want < f.id; want++ {
			if missing(want) {
				return v.wrong(nil, "evidence was changed, added or taken away", "свидетельства изменены, добавлены или удалены")
			}
		}
		if f.id != want || !f.intact || at > 0 && f.run <= v.runs[at-1].seq || at < len(v.runs) && f.run > v.runs[at].seq {
			return v.wrong(nil, "evidence was changed, added or taken away", "свидетельства изменены, добавлены или удалены")
		}
		want++
		if at == len(v.runs) {
			return nil // of a run that has no checkpoint
		}
		r := v.runs[at]
		if walk == nil {
			walk = &salter{slices.Clone(r.salts)}
		}
		rec := factRecord(f.sum)
		leaf := r.firstLeaf + f.id - r.firstFact
		walk.seek(leaf - r.firstLeaf)
		v.hashes[leaf], v.filled[leaf] = leafHash(walk.next(), &rec), true
		return nil
	})
}

func (v *verification) loadDecisionLeaves(query string, sets setBits, expect func(id int64) bool) error {
	walks := map[int64]*salter{}
	return v.d.drain(query, nil, func(row drained) error {
		var id, key, setID, seq, leaf int64
		err := row.ints(&id, &key, &setID, &seq, &leaf)
		set, known := sets[int32(setID)]
		leaf -= leafShift
		r := v.bySeq[seq]
		if err != nil || r == nil || !known || int64(int32(setID)) != setID || leaf < r.firstLeaf+r.facts || leaf >= r.size || v.filled[leaf] || expect != nil && !expect(id) {
			return v.wrong(r, "decisions were changed, added or taken away", "решения изменены, добавлены или удалены")
		}
		v.changes[seq] = append(v.changes[seq], change{int32(id), set.Verdict()})
		if e := v.erased[leaf]; e != nil || key == 0 {
			if e == nil || key != 0 || e.id != 0 {
				return v.wrong(r, "decisions were changed, added or taken away", "решения изменены, добавлены или удалены")
			}
			e.id, e.set = id, set
			v.hashes[leaf], v.filled[leaf] = e.hash, true
			return nil
		}
		if walks[seq] == nil {
			walks[seq] = &salter{slices.Clone(r.salts)}
		}
		walks[seq].seek(leaf - r.firstLeaf)
		rec := decisionRecord(id, contact.Key(key), set, r.asOf)
		v.hashes[leaf], v.filled[leaf] = leafHash(walks[seq].next(), &rec), true
		return nil
	})
}

// loadErased reads which leaves were erased.
func (v *verification) loadErased() error {
	v.erased = map[int64]*erasedLeaf{}
	return v.d.each("SELECT leaf, run, own_leaf, hash FROM erased", nil, func(rows *sql.Rows) error {
		e := &erasedLeaf{}
		var hash []byte
		err := rows.Scan(&e.leaf, &e.run, &e.own, &hash)
		if err == nil && (copy(e.hash[:], hash) != len(hash) || len(hash) != len(e.hash)) {
			err = v.wrong(nil, "what is left of a forgotten person was changed", "изменено то, что осталось от забытого человека")
		}
		v.erased[e.leaf] = e
		return err
	})
}

// checkSeeds checks that the seeds of each run give the salts of all its leaves
// but the erased ones, and nothing twice.
func (v *verification) checkSeeds() error {
	gone := map[int64]int64{}
	for _, e := range v.erased {
		at := slices.IndexFunc(v.runs, func(r *sealedRun) bool { return e.leaf < r.size })
		if at < 0 {
			return v.wrong(nil, "what is left of a forgotten person was changed", "изменено то, что осталось от забытого человека")
		}
		r := v.runs[at]
		gone[r.seq]++
		if _, ok := saltAt(r.salts, e.leaf-r.firstLeaf); ok {
			return v.wrong(r, "a seed was changed or added", "зерно изменено или добавлено")
		}
	}
	for _, r := range v.runs {
		if r.size > r.firstLeaf && !covers(r.salts, r.size-r.firstLeaf, gone[r.seq]) {
			return v.wrong(r, "a seed was changed or added", "зерно изменено или добавлено")
		}
	}
	return nil
}

// covers tells whether seeds, of which no two overlap, give the salts of so many
// leaves but the gone ones. Seeds past the last leaf are left out when somebody is
// forgotten; the first programs kept all of those.
func covers(seeds []saltNode, leaves, gone int64) bool {
	used, all, past := int64(0), int64(0), false
	for _, n := range seeds {
		from, size := n.idx<<n.level, int64(1)<<n.level
		all += size
		used += max(0, min(from+size, leaves)-from)
		past = past || from >= leaves
	}
	return used == leaves-gone && (!past || all == 1<<saltLevels-gone)
}

// plantErased computes the leaves of forgets.
func (v *verification) plantErased() error {
	if err := v.checkSeeds(); err != nil {
		return err
	}
	for _, e := range v.erased {
		if e.leaf < 0 || e.leaf >= int64(len(v.hashes)) || e.id == 0 && v.filled[e.leaf] {
			return v.wrong(nil, "what is left of a forgotten person was changed", "изменено то, что осталось от забытого человека")
		}
		v.hashes[e.leaf], v.filled[e.leaf] = e.hash, true
		if err := v.plantForget(e.run, e.own, erasedRecord(e.leaf, e.hash, e.id, e.set)); err != nil {
			return err
		}
	}
	return v.d.eachHashed(func(h *hashedFact) error { return v.plantForget(h.run, h.own, hashedRecord(h)) })
}

// plantForget computes one leaf of a forget.
func (v *verification) plantForget(seq, leaf int64, rec record) error {
	r := v.bySeq[seq]
	if v.plantOwn(r, "forget", leaf, &rec) {
		return nil
	}
	return v.wrong(r, "what is left of a forgotten person was changed", "изменено то, что осталось от забытого человека")
}

// plantOwn computes a leaf that is neither evidence nor a decision, of a run of
// that kind; false when there is no place for it.
func (v *verification) plantOwn(r *sealedRun, kind string, leaf int64, rec *record) bool {
	if r == nil || r.kind != kind || leaf < r.firstLeaf+r.facts || leaf >= r.size || v.filled[leaf] {
		return false
	}
	salt, ok := saltAt(r.salts, leaf-r.firstLeaf)
	if ok {
		v.hashes[leaf], v.filled[leaf] = leafHash(salt, rec), true
	}
	return ok
}

// plantWaves computes the leaves of waves.
func (v *verification) plantWaves() error {
	waves, err := v.d.Waves()
	if err != nil {
		return err
	}
	for i := range waves {
		w := &waves[i]
		rec, err := v.d.waveLeaf(w)
		if err != nil {
			return err
		}
		r := v.bySeq[w.seq]
		if !v.plantOwn(r, "wave", w.leaf, &rec) {
			return v.wrong(r, "a wave was changed, added or taken away", "волна изменена, добавлена или удалена")
		}
	}
	return nil
}

// growTree grows the tree leaf by leaf and compares it with each checkpoint.
func (v *verification) growTree() error {
	v.tree = &tree{}
	for _, r := range v.runs {
		for ; v.tree.size < r.size; v.tree.add(v.hashes[v.tree.size]) {
			if !v.filled[v.tree.size] {
				return v.wrong(r, "decisions or evidence are missing", "не хватает решений или свидетельств")
			}
		}
		root := v.tree.root()
		if root.String() != r.root || string(v.tree.frontier()) != string(r.frontier) {
			return v.wrong(r, "its decisions or evidence are not those of its checkpoint", "решения или свидетельства не те, что в контрольной точке")
		}
	}
	return nil
}
