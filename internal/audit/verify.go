package audit

import (
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"cleanbase/internal/contact"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Verify recomputes everything that checkpoints speak of, and returns the first
// thing that is wrong; nil when nothing is. elsewhere, if any, is a checkpoint's
// note that was kept outside: without one, whoever has the key can rewrite all.
//
// It takes some 45 bytes a decision of memory. A run that is going on, or was
// killed, is covered by nothing until its end: see Unfinished.
func (d *DB) Verify(elsewhere []byte) (*contact.Fault, error) {
	v := &verification{d: d, elsewhere: elsewhere, changes: map[int64][]change{}}
	steps := []func() error{v.integrity, v.schema, v.loadRuns, v.loadErased, v.loadLeaves, v.plantErased, v.plantWaves, v.growTree, v.checkNodes, v.checkNotes, v.checkElsewhere, v.checkRows, v.checkStrays}
	for _, step := range steps {
		err := step()
		var f *contact.Fault
		if errors.As(err, &f) {
			return f, nil
		}
		if err != nil {
			return nil, d.fault(err)
		}
	}
	return nil, nil
}

type verification struct {
	d         *DB
	elsewhere []byte
	verifier  note.Verifier
	runs      []*sealedRun // with a checkpoint, in order
	bySeq     map[int64]*sealedRun
	hashes    []tlog.Hash // of all leaves
	filled    []bool
	changes   map[int64][]change // decisions made in each run
	contacts  int64
	erased    map[int64]*erasedLeaf
	tree      *tree
}

type change struct {
	id      int32
	verdict contact.Verdict
}

// sealedRun is what the table run says of a run with a checkpoint.
type sealedRun struct {
	seq, asOf                         int64
	id, kind                          string
	firstLeaf, firstFact, facts, size int64
	root, note                        string
	frontier                          []byte
	rows                              Counts
	salts                             []saltNode
}

// wrong is a finding: what does not hold, and in which run if it is known.
func (v *verification) wrong(r *sealedRun, en, ru string) error {
	what := contact.T(en, ru)
	if r != nil {
		what = contact.T("run %s: "+en, "запуск %s: "+ru).With(r.id)
	}
	return v.d.newFault(nil, what, contact.T("the record was changed behind our back: restore it from a backup", "запись изменили в обход программы: восстановите её из резервной копии"))
}

func (v *verification) integrity() error {
	var said string
	if _, err := v.d.one("PRAGMA integrity_check(1)", nil, &said); err != nil {
		return err
	}
	if said != "ok" {
		return v.wrong(nil, "the file's structure is damaged", "нарушена структура файла")
	}
	return nil
}

// schema compares tables, views and triggers with those of a new database.
func (v *verification) schema() error {
	fresh := newDB("", true)
	defer fresh.Close()
	if err := fresh.connect(true); err != nil {
		return err
	}
	if err := errors.Join(fresh.exec("BEGIN"), fresh.migrate(migrations())); err != nil {
		return err
	}
	want, err := fresh.objects()
	if err != nil {
		return err
	}
	got, err := v.d.objects()
	if err == nil && !maps.Equal(want, got) {
		return v.wrong(nil, "tables, views or triggers are not what they were", "изменены таблицы, представления или триггеры")
	}
	return err
}

func (d *DB) objects() (map[string]string, error) {
	all := map[string]string{}
	err := d.each("SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema", nil, func(rows *sql.Rows) error {
		var name, text string
		err := rows.Scan(&name, &text)
		all[name] = text
		return err
	})
	return all, err
}

func (v *verification) loadRuns() error {
	public, err := v.d.PublicKey()
	if err != nil {
		return err
	}
	if v.verifier, err = note.NewVerifier(public); err != nil {
		return v.wrong(nil, "the public key is damaged", "повреждён открытый ключ")
	}
	v.bySeq = map[int64]*sealedRun{}
	err = v.d.each(`SELECT seq, run_id, kind, CAST(strftime('%s', as_of) AS INTEGER), first_leaf, first_evidence, evidence_leaves, tree_size, root, frontier, checkpoint,
			coalesce(rows_read, 0), coalesce(rows_clean, 0), coalesce(rows_cold, 0), coalesce(rows_hold, 0), coalesce(rows_removed, 0), coalesce(rows_invalid, 0), coalesce(rows_merged, 0)
		FROM run WHERE checkpoint IS NOT NULL ORDER BY seq`, nil, func(rows *sql.Rows) error {
		r := &sealedRun{}
		err := rows.Scan(&r.seq, &r.id, &r.kind, &r.asOf, &r.firstLeaf, &r.firstFact, &r.facts, &r.size, &r.root, &r.frontier, &r.note,
			&r.rows.Read, &r.rows.Clean, &r.rows.Cold, &r.rows.Hold, &r.rows.Removed, &r.rows.Invalid, &r.rows.Merged)
		v.runs, v.bySeq[r.seq] = append(v.runs, r), r
		return err
	})
	if err != nil {
		return err
	}
	return errors.Join(v.checkChain(), v.loadSalts())
}

// checkChain checks that each run's leaves and evidence go on where those of
// the run before end, before memory is set aside for them.
func (v *verification) checkChain() error {
	size, fact := int64(0), int64(1)
	for _, r := range v.runs {
		if r.firstLeaf != size || r.firstFact != fact || r.facts < 0 || r.size < size+r.facts {
			return v.wrong(r, "its checkpoint does not continue the one before", "контрольная точка не продолжает предыдущую")
		}
		size, fact = r.size, r.firstFact+r.facts
	}
	var rows int64
	if _, err := v.d.one("SELECT (SELECT count(*) FROM fact) + (SELECT count(*) FROM contact) + (SELECT count(*) FROM past) + 2 * (SELECT count(*) FROM erased) + (SELECT count(*) FROM hashed) + (SELECT count(*) FROM wave)", nil, &rows); err != nil {
		return err
	}
	if size > rows {
		return v.wrong(nil, "decisions or evidence are missing", "не хватает решений или свидетельств")
	}
	v.hashes, v.filled = make([]tlog.Hash, size), make([]bool, size)
	return nil
}

func (v *verification) loadSalts() error {
	return v.d.each("SELECT run, level, idx, seed FROM salt ORDER BY run, idx << level DESC", nil, func(rows *sql.Rows) error {
		var seq int64
		var n saltNode
		var seed sql.RawBytes
		if err := rows.Scan(&seq, &n.level, &n.idx, &seed); err != nil {
			return err
		}
		r := v.bySeq[seq]
		if r == nil || r.size == r.firstLeaf || len(seed) != saltSize || copy(n.seed[:], seed) != saltSize || !n.fits(r.salts) {
			return v.wrong(r, "a seed was changed or added", "зерно изменено или добавлено")
		}
		r.salts = append(r.salts, n)
		return nil
	})
}

// fits tells whether the seed's leaves all come before those of the others.
func (n saltNode) fits(later []saltNode) bool {
	end := int64(1) << saltLevels
	if len(later) > 0 {
		last := later[len(later)-1]
		end = last.idx << last.level
	}
	return n.level >= 0 && n.level <= saltLevels && n.idx >= 0 && (n.idx+1)<<n.level <= end
}

func (v *verification) checkNodes() error {
	want := map[string]bool{}
	for _, n := range v.tree.nodes {
		want[fmt.Sprintf("%d %d %x", n.level, n.idx, n.hash[:])] = true
	}
	found := 0
	err := v.d.each("SELECT level, idx, hash FROM node", nil, func(rows *sql.Rows) error {
		var level, idx int64
		var hash []byte
		if err := rows.Scan(&level, &idx, &hash); err != nil {
			return err
		}
		if found++; !want[fmt.Sprintf("%d %d %x", level, idx, hash)] {
			return v.wrong(nil, "a stored hash of the tree is wrong", "неверный хеш узла дерева")
		}
		return nil
	})
	if err == nil && found != len(want) {
		err = v.wrong(nil, "a stored hash of the tree is missing", "не хватает хеша узла дерева")
	}
	return err
}

// signed opens a note of ours and compares what it says.
func (v *verification) signed(text, body string) bool {
	n, err := note.Open([]byte(text), note.VerifierList(v.verifier))
	return err == nil && n.Text == body
}

func (v *verification) checkNotes() error {
	sums, err := v.postings()
	if err != nil {
		return err
	}
	for _, r := range v.runs {
		body, err := v.d.checkpointBody(r.seq, v.verifier.Name(), sums[r.id])
		if err != nil {
			return err
		}
		if !v.signed(r.note, body) {
			return v.wrong(r, "what is stored of it is not what was signed", "сохранённое не совпадает с подписанным")
		}
	}
	return v.checkEndings()
}

// postings hashes the blocks that each run's checkpoint covers, and goes back
// over what forgets changed in them to the hashes that were signed.
func (v *verification) postings() (map[string]string, error) {
	spans, err := v.d.postingSpans()
	if err != nil {
		return nil, err
	}
	list, err := v.d.postingSums(spans)
	if errors.Is(err, errUnposted) {
		err = v.wrong(nil, "the index holds what no run put there", "в указателе есть лишнее")
	}
	if err != nil {
		return nil, err
	}
	sums := map[string]string{}
	for i, s := range spans {
		sums[s.id] = list[i]
	}
	for _, r := range slices.Backward(v.runs) {
		if r.kind != "forget" {
			continue
		}
		rec, err := v.d.runRecord(r.seq)
		if err != nil {
			return nil, err
		}
		for _, w := range rec.Rewritten {
			if sums[w.RunID] != w.Is {
				return nil, v.wrong(&sealedRun{id: w.RunID}, "what is stored of it is not what was signed", "сохранённое не совпадает с подписанным")
			}
			sums[w.RunID] = w.Was
		}
	}
	return sums, nil
}

// checkElsewhere holds the database against a checkpoint kept outside.
func (v *verification) checkElsewhere() error {
	if v.elsewhere == nil {
		return nil
	}
	kept, err := note.Open(v.elsewhere, note.VerifierList(v.verifier))
	if err != nil {
		return v.wrong(nil, "the checkpoint given is not of this database", "эта контрольная точка не от этой базы")
	}
	for _, r := range v.runs {
		if n, err := note.Open([]byte(r.note), note.VerifierList(v.verifier)); err == nil && n.Text == kept.Text {
			return nil
		}
	}
	return v.wrong(nil, "the run of the checkpoint given is not in the record any more", "в записи больше нет запуска этой контрольной точки")
}
