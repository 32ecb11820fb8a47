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
	err := v.loadDecisionLeaves("SELECT k.contact_id, c.key, s.bits, k.since_run, k.leaf FROM past AS k LEFT JOIN contact AS c USING (contact_id) LEFT JOIN reason_set AS s USING (set_id) ORDER BY k.contact_id, k.since_run", nil)
	if err != nil {
		return err
	}
	last := int64(0)
	return v.loadDecisionLeaves("SELECT k.contact_id, k.key, s.bits, k.since_run, k.leaf FROM contact AS k LEFT JOIN reason_set AS s USING (set_id) ORDER BY k.contact_id", func(id int64) bool {
		last++
		v.contacts = last
		return id == last
	})
}

func (v *verification) loadFactLeaves() error {
	at, walk := 0, (*salter)(nil)
	want := int64(1)
	return v.d.eachFactSum(0, math.MaxInt64, func(f factSum) error {
		for at < len(v.runs) && f.id >= v.runs[at].firstFact+v.runs[at].facts {
			at, walk = at+1, nil
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
		v.hashes[leaf], v.filled[leaf] = leafHash(walk.next(), &rec), true
		return nil
	})
}

func (v *verification) loadDecisionLeaves(query string, expect func(id int64) bool) error {
	walks := map[int64]*salter{}
	return v.d.each(query, nil, func(rows *sql.Rows) error {
		var id, seq, leaf int64
		var key, bits sql.NullInt64
		if err := rows.Scan(&id, &key, &bits, &seq, &leaf); err != nil {
			return err
		}
		leaf -= leafShift
		r := v.bySeq[seq]
		if r == nil || !key.Valid || !bits.Valid || leaf < r.firstLeaf+r.facts || leaf >= r.size || v.filled[leaf] || expect != nil && !expect(id) {
			return v.wrong(r, "decisions were changed, added or taken away", "решения изменены, добавлены или удалены")
		}
		if walks[seq] == nil {
			walks[seq] = &salter{slices.Clone(r.salts)}
		}
		walks[seq].seek(leaf - r.firstLeaf)
		set := contact.ReasonSet(bits.Int64)
		rec := decisionRecord(id, contact.Key(key.Int64), set, r.asOf)
		v.hashes[leaf], v.filled[leaf] = leafHash(walks[seq].next(), &rec), true
		v.changes[seq] = append(v.changes[seq], change{int32(id), set.Verdict()})
		return nil
	})
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
