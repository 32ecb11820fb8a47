package audit

import (
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"cleanbase/internal/contact"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Prove makes the receipt of a phone's decision in a run. Evidence on
// identifiers that other contacts have too is left out: it may be theirs. It needs
// the key file, to sign.
func (d *DB) Prove(phone contact.Phone, runID string) (*Receipt, error) {
	if d.sign == nil {
		return nil, d.noKey()
	}
	p := &prover{d: d, t: teller{d: d, story: &Story{}}, hashes: map[int64]tlog.Hash{}, salts: map[int64][]saltNode{}}
	r, err := p.prove(phone, runID)
	return r, d.fault(err)
}

// prover makes the inclusion proofs of a few leaves. Of the tree only the hashes
// over 256 leaves are stored; those below are computed from the leaves beside.
type prover struct {
	d      *DB
	t      teller
	runs   []leafSpan
	hashes map[int64]tlog.Hash // of the leaves in the blocks that are needed
	salts  map[int64][]saltNode
}

func (p *prover) prove(phone contact.Phone, runID string) (*Receipt, error) {
	var err error
	if p.runs, err = p.d.leafSpans(); err != nil {
		return nil, err
	}
	at := slices.IndexFunc(p.runs, func(s leafSpan) bool { return s.id == runID && s.kind == "run" })
	if at < 0 {
		return nil, p.d.noRun()
	}
	run := p.runs[at]
	id, err := p.contact(phone, run)
	if err != nil {
		return nil, err
	}
	r := &Receipt{Version: receiptVersion, RunID: runID, Checkpoint: run.note, Evidence: []ReceiptEvidence{}}
	if err := p.decision(&r.Decision, id, run); err != nil {
		return nil, err
	}
	if err := p.evidence(r, id, run); err != nil {
		return nil, err
	}
	leaves := []*ReceiptLeaf{&r.Decision.ReceiptLeaf}
	for i := range r.Evidence {
		leaves = append(leaves, &r.Evidence[i].ReceiptLeaf)
	}
	if err := p.lead(leaves, run); err != nil {
		return nil, err
	}
	signed, err := note.Sign(&note.Note{Text: r.stated(p.d.sign.Name())}, p.d.sign)
	r.Statement = string(signed)
	return r, err
}

// ErrNoRun tells that a run that was named is not in the database.
var ErrNoRun = errors.New("audit: no such run")

func (d *DB) noRun() error {
	return d.newFault(ErrNoRun, contact.T("there is no run of that name in the audit database", "в базе аудита нет такого запуска"),
		contact.T("cleanbase history lists the runs", "список запусков: cleanbase history"))
}

// contact finds the contact of the phone, which must have stood in the run.
func (p *prover) contact(phone contact.Phone, run leafSpan) (int64, error) {
	ids, err := p.t.contactsOf(uint64(phone))
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		own, err := p.t.ownKey(id)
		if err != nil {
			return 0, err
		}
		if own != uint64(phone) {
			continue
		}
		in, err := p.t.stoodIn(id, run.seq)
		if err != nil || in {
			return id, err
		}
	}
	return 0, p.d.newFault(nil, contact.T("there is no contact of this phone in that run", "контакта с этим телефоном в этом запуске нет"),
		contact.T("cleanbase explain shows in which runs it was", "в каких запусках он был, покажет cleanbase explain"))
}

// stoodIn tells whether a contact has a row in a run.
func (s *teller) stoodIn(id, seq int64) (bool, error) {
	places, err := s.placesOf(id)
	if err != nil {
		return false, err
	}
	found := false
	err = s.d.each("SELECT l.chunks FROM input AS i JOIN standing AS s ON s.input_id = i.input_id JOIN layout AS l ON l.layout_id = s.layout_id WHERE i.run = ?",
		[]any{seq}, func(rows *sql.Rows) error {
			var text sql.RawBytes
			if err := rows.Scan(&text); err != nil {
				return err
			}
			return eachPart(text, func(_, chunk int64) error {
				found = found || len(places[chunk]) > 0
				return nil
			})
		})
	return found, err
}

func (p *prover) decision(d *ReceiptDecision, id int64, run leafSpan) error {
	var key, bits int64
	var asOf string
	_, err := p.d.one(`SELECT c.key, v.bits, r.as_of, k.leaf FROM (SELECT since_run, until_run, set_id, leaf FROM past WHERE contact_id = ?1
			UNION ALL SELECT since_run, 9223372036854775807, set_id, leaf FROM contact WHERE contact_id = ?1) AS k
		JOIN contact AS c ON c.contact_id = ?1 JOIN run AS r ON r.seq = k.since_run JOIN reason_set AS v ON v.set_id = k.set_id
		WHERE k.since_run <= ?2 AND k.until_run > ?2`, []any{id, run.seq}, &key, &bits, &asOf, &d.Leaf)
	set := contact.ReasonSet(bits)
	d.Phone, d.ContactID, d.Verdict, d.Reasons, d.AsOf = contact.Key(key).Phone().String(), id, set.Verdict().String(), set.Codes(), asOf
	d.Leaf -= leafShift
	return err
}

// evidence adds what the run knew of the contact's own identifiers.
func (p *prover) evidence(r *Receipt, id int64, run leafSpan) error {
	keys, err := p.t.keysOf(id)
	if err != nil {
		return err
	}
	var alone []uint64
	for i, key := range keys {
		holders, err := p.t.contactsOf(key)
		if err != nil {
			return err
		}
		if len(holders) == 1 || i == len(keys)-1 { // the last is its own phone
			alone = append(alone, key)
		}
	}
	if err := p.t.tellEvidence(alone); err != nil {
		return err
	}
	for _, s := range p.t.story.Evidence {
		at := slices.IndexFunc(p.runs, func(run leafSpan) bool { return s.EvidenceID < run.firstFact+run.facts })
		if at < 0 || p.runs[at].size > run.size {
			continue // not known then
		}
		e := ReceiptEvidence{Kind: s.Kind, Via: s.Via, Channel: s.Channel, IdentifierKind: s.IdentifierKind, Identifier: s.Identifier, HappenedAt: s.HappenedAt,
			DayOnly: s.At.DayOnly(), Rule: s.Rule, Quote: s.Quote, Detail: s.Detail, Sheet: s.Sheet, Row: s.Row}
		var key int64
		_, err := p.d.one("SELECT f.key, coalesce(i.sha256, '') FROM fact AS f LEFT JOIN input AS i ON i.input_id = f.input_id WHERE f.evidence_id = ?", []any{s.EvidenceID}, &key, &e.InputSHA256)
		if err != nil {
			return err
		}
		e.Key, e.Leaf = uint64(key), p.runs[at].first+s.EvidenceID-p.runs[at].firstFact
		r.Evidence = append(r.Evidence, e)
	}
	return nil
}

// lead fills in salts and proofs, and checks that they lead to the run's root.
func (p *prover) lead(leaves []*ReceiptLeaf, run leafSpan) error {
	blocks := []int64{(run.size - 1) >> storedLevel}
	for _, l := range leaves {
		blocks = append(blocks, l.Leaf>>storedLevel)
	}
	slices.Sort(blocks)
	if err := p.loadBlocks(slices.Compact(blocks)); err != nil {
		return err
	}
	for _, l := range leaves {
		s, err := p.spanOf(l.Leaf)
		if err != nil {
			return err
		}
		nodes, err := p.saltsOf(s.seq)
		if err != nil {
			return err
		}
		salt, _ := saltAt(nodes, l.Leaf-s.first)
		proof, err := tlog.ProveRecord(run.size, l.Leaf, tlog.HashReaderFunc(p.read))
		if err != nil {
			return p.damaged()
		}
		l.Salt, l.Proof = base64.StdEncoding.EncodeToString(salt[:]), proofTexts(proof)
	}
	return nil
}

func (p *prover) damaged() error {
	return p.d.newFault(nil, contact.T("the audit database is damaged: the tree has a gap", "база аудита повреждена: в дереве пробел"),
		contact.T("run cleanbase verify", "выполните cleanbase verify"))
}

func (p *prover) spanOf(leaf int64) (leafSpan, error) {
	i := slices.IndexFunc(p.runs, func(s leafSpan) bool { return leaf < s.size })
	if i < 0 {
		return leafSpan{}, p.damaged()
	}
	return p.runs[i], nil
}

func (p *prover) saltsOf(seq int64) ([]saltNode, error) {
	if nodes, ok := p.salts[seq]; ok {
		return nodes, nil
	}
	nodes, err := p.d.saltNodes(seq)
	p.salts[seq] = nodes
	return nodes, err
}

// read gives the tree's hashes by tlog's numbers.
func (p *prover) read(indexes []int64) ([]tlog.Hash, error) {
	all := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		level, n := tlog.SplitStoredHashIndex(index)
		var err error
		if all[i], err = p.hash(level, n); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (p *prover) hash(level int, n int64) (h tlog.Hash, err error) {
	if level >= storedLevel {
		var raw []byte
		found, err := p.d.one("SELECT hash FROM node WHERE level = ? AND idx = ?", []any{level, n}, &raw)
		if err == nil && (!found || copy(h[:], raw) != len(h)) {
			err = p.damaged()
		}
		return h, err
	}
	if level == 0 {
		h, ok := p.hashes[n]
		if !ok {
			err = p.damaged()
		}
		return h, err
	}
	left, err := p.hash(level-1, 2*n)
	if err != nil {
		return h, err
	}
	right, err := p.hash(level-1, 2*n+1)
	return tlog.NodeHash(left, right), err
}

// loadBlocks computes the hashes of all leaves in blocks of 256.
func (p *prover) loadBlocks(blocks []int64) error {
	for _, b := range blocks {
		if err := p.loadFacts(b<<storedLevel, (b+1)<<storedLevel); err != nil {
			return err
		}
	}
	list, err := json.Marshal(blocks)
	if err != nil {
		return err
	}
	in := fmt.Sprintf("(k.leaf - %d) >> %d IN (SELECT value FROM json_each(?1))", leafShift, storedLevel)
	err = p.d.each(`SELECT k.contact_id, k.key, s.bits, k.leaf FROM contact AS k JOIN reason_set AS s USING (set_id) WHERE `+in+` UNION ALL
		SELECT k.contact_id, c.key, s.bits, k.leaf FROM past AS k JOIN contact AS c USING (contact_id) JOIN reason_set AS s ON s.set_id = k.set_id WHERE `+in,
		[]any{string(list)}, func(rows *sql.Rows) error {
			var id, key, bits, leaf int64
			if err := rows.Scan(&id, &key, &bits, &leaf); err != nil {
				return err
			}
			leaf -= leafShift
			s, err := p.spanOf(leaf)
			if err != nil {
				return err
			}
			return p.put(leaf, decisionRecord(id, contact.Key(key), contact.ReasonSet(bits), s.asOf))
		})
	if err != nil {
		return err
	}
	return errors.Join(p.loadForgets(string(list)), p.loadWaves(blocks))
}

// loadWaves computes the leaves of waves.
func (p *prover) loadWaves(blocks []int64) error {
	waves, err := p.d.Waves()
	for i := range waves {
		w := &waves[i]
		if err != nil || !slices.Contains(blocks, w.leaf>>storedLevel) {
			continue
		}
		var rec record
		if rec, err = p.d.waveLeaf(w); err == nil {
			err = p.put(w.leaf, rec)
		}
	}
	return err
}

// put computes a leaf's hash; that of an erased one comes later.
func (p *prover) put(leaf int64, rec record) error {
	s, err := p.spanOf(leaf)
	if err != nil {
		return err
	}
	nodes, err := p.saltsOf(s.seq)
	if err != nil {
		return err
	}
	if salt, ok := saltAt(nodes, leaf-s.first); ok {
		p.hashes[leaf] = leafHash(salt, &rec)
	}
	return nil
}

func (p *prover) loadFacts(from, to int64) error {
	for _, s := range p.runs {
		a, b := max(from, s.first), min(to, s.first+s.facts)
		if a >= b {
			continue
		}
		shift := s.firstFact - s.first
		err := p.d.eachFactSum(a+shift, b+shift, func(f factSum) error { return p.put(f.id-shift, factRecord(f.sum)) })
		if err != nil {
			return err
		}
	}
	return nil
}

// loadForgets computes the leaves that forgets erased and made.
func (p *prover) loadForgets(blocks string) error {
	err := p.d.each(fmt.Sprintf(`SELECT e.leaf, e.hash, e.own_leaf, coalesce(k.contact_id, 0), coalesce(s.bits, 0) FROM erased AS e
		LEFT JOIN (SELECT contact_id, set_id, leaf FROM contact WHERE key = 0 UNION ALL
			SELECT p.contact_id, p.set_id, p.leaf FROM past AS p JOIN contact AS c ON c.contact_id = p.contact_id WHERE c.key = 0) AS k ON k.leaf = e.leaf + %d
		LEFT JOIN reason_set AS s ON s.set_id = k.set_id
		WHERE e.leaf >> %[2]d IN (SELECT value FROM json_each(?1)) OR e.own_leaf >> %[2]d IN (SELECT value FROM json_each(?1))`, leafShift, storedLevel),
		[]any{blocks}, func(rows *sql.Rows) error {
			var leaf, own, id, bits int64
			var raw []byte
			if err := rows.Scan(&leaf, &raw, &own, &id, &bits); err != nil {
				return err
			}
			var h tlog.Hash
			copy(h[:], raw)
			p.hashes[leaf] = h
			return p.put(own, erasedRecord(leaf, h, id, contact.ReasonSet(bits)))
		})
	if err != nil {
		return err
	}
	return p.d.eachHashed(func(h *hashedFact) error { return p.put(h.own, hashedRecord(h)) })
}
