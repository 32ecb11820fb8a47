package audit

import (
	"fmt"
	"testing"

	"cleanbase/internal/contact"

	"github.com/google/go-cmp/cmp"
)

// evidence is made-up facts from input 1, numbered from some number on.
func evidence(from, n int) []contact.Evidence {
	all := make([]contact.Evidence, n)
	for i := range all {
		k := from + i
		all[i] = contact.Evidence{Kind: contact.OptOut, Via: contact.ViaList, Channel: contact.Channel(k % 8), ID: contact.OfPhone(contact.Phone(79000000000 + k)),
			At: contact.OnDay(2026, 1, 1+k%28), Origin: contact.Origin{Input: 1, Row: int32(k)}, Rule: "optouts", Quote: fmt.Sprintf("не пишите %d", k)}
		if k%3 == 0 {
			all[i].ID = contact.OfEmail(fmt.Sprintf("person%d@example.com", k))
			all[i].Kind, all[i].Detail = contact.Consent, `{"source":"сайт"}`
		}
	}
	return all
}

func seqs(batch []contact.Evidence) []int64 {
	var all []int64
	for _, e := range batch {
		all = append(all, e.Seq)
	}
	return all
}

func TestAddEvidenceOnce(t *testing.T) {
	path := tempPath(t)
	d := open(t, path)
	r := begin(t, d, 1)
	addInput(t, r, 1, 9)
	first := evidence(1, 100)
	first = append(first, first[3]) // twice in one batch
	if err := r.AddEvidence(first); err != nil {
		t.Fatal(err)
	}
	if first[100].Seq != first[3].Seq || first[99].Seq != 100 {
		t.Errorf("numbers %v", seqs(first))
	}
	if err := r.Finish(Failed, asOf(1)); err != nil {
		t.Fatal(err)
	}
	d.Close()

	d = open(t, path) // evidence outlives the failed run and the process
	r = begin(t, d, 2)
	addInput(t, r, 1, 9)
	again := evidence(51, 100)
	for i := range again {
		again[i].Origin.Row += 7 // another place is no other fact
		again[i].Rule = "optouts-2"
	}
	if err := r.AddEvidence(again); err != nil {
		t.Fatal(err)
	}
	for i, e := range again {
		if e.Seq != int64(51+i) {
			t.Fatalf("numbers %v", seqs(again))
		}
	}
	var n int64
	d.one("SELECT count(*) FROM evidence", nil, &n)
	if n != 150 {
		t.Errorf("%d rows", n)
	}
}

// Another kind, way, channel, moment, person, detail or quote is another fact.
func TestAddEvidenceOtherFact(t *testing.T) {
	d := open(t, tempPath(t))
	r := begin(t, d, 1)
	base := contact.Evidence{Kind: contact.OptOut, Via: contact.ViaList, ID: contact.OfPhone(79001112233)}
	batch := []contact.Evidence{base}
	for _, change := range []func(*contact.Evidence){
		func(e *contact.Evidence) { e.Kind = contact.Complaint },
		func(e *contact.Evidence) { e.Via = contact.ViaMessage },
		func(e *contact.Evidence) { e.Channel = contact.MAX },
		func(e *contact.Evidence) { e.At = 1 },
		func(e *contact.Evidence) { e.ID = contact.OfPhone(79001112234) },
		func(e *contact.Evidence) { e.Detail = "x" },
		func(e *contact.Evidence) { e.Quote = "x" },
	} {
		e := base
		change(&e)
		batch = append(batch, e)
	}
	if err := r.AddEvidence(batch); err != nil {
		t.Fatal(err)
	}
	if got := batch[len(batch)-1].Seq; got != int64(len(batch)) {
		t.Errorf("%d facts, want %d", got, len(batch))
	}
	if err := r.AddEvidence([]contact.Evidence{{Kind: contact.OptOut}}); err == nil {
		t.Error("evidence about nobody was taken")
	}
	if err := r.AddEvidence([]contact.Evidence{{Kind: contact.Keep, ID: base.ID, Origin: contact.Origin{Input: 9}}}); err == nil {
		t.Error("evidence from an unknown input was taken")
	}
	again := []contact.Evidence{{Kind: contact.Keep, ID: base.ID}}
	if err := r.AddEvidence(again); err != nil || again[0].Seq != int64(len(batch)+1) {
		t.Errorf("after a failure: %v, %v", again[0].Seq, err)
	}
}

func TestEachEvidence(t *testing.T) {
	d := open(t, tempPath(t))
	r := begin(t, d, 1)
	addInput(t, r, 1, 9)
	want := evidence(1, 200)
	want[5].At, want[6].At = contact.OnDay(1965, 2, 3), 0
	if err := r.AddEvidence(want); err != nil {
		t.Fatal(err)
	}
	for i := range want {
		e := &want[i]
		e.ID.Text, e.Quote, e.Rule, e.Origin = "", "", "", contact.Origin{}
		if e.Kind != contact.Consent {
			e.Detail = ""
		}
	}
	var got []contact.Evidence
	if err := d.EachEvidence(func(e contact.Evidence) bool { got = append(got, e); return true }); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	n := 0
	if err := d.EachEvidence(func(contact.Evidence) bool { n++; return n < 3 }); err != nil || n != 3 {
		t.Errorf("stopped at %d, %v", n, err)
	}
}

func TestEvidenceView(t *testing.T) {
	d := open(t, tempPath(t))
	r := begin(t, d, 1)
	addInput(t, r, 1, 9)
	var batch []contact.Evidence
	for kind := contact.OptOut; kind <= contact.Keep; kind++ {
		batch = append(batch, contact.Evidence{Kind: kind, Via: contact.ViaList, Channel: contact.Channel(kind % 8), ID: contact.OfPhone(79001112233),
			At: contact.OnDay(1960, 1, int(kind)), Rule: "r", Quote: "a\x00b\n«я»\xff"})
	}
	for _, id := range []contact.Identifier{contact.OfEmail("a@b.ru"), contact.OfCRM("x.y:1"), contact.OfMessenger("max:1"), contact.OfRecord("all")} {
		batch = append(batch, contact.Evidence{Kind: contact.Keep, Via: contact.ViaFlag, ID: id, Rule: "r", Origin: contact.Origin{Input: 1, Row: 7}})
	}
	if err := r.AddEvidence(batch); err != nil {
		t.Fatal(err)
	}
	for _, e := range batch {
		var kind, idKind, id, channel, at, run, quote string
		var input, row int64
		_, err := d.one(`SELECT kind, identifier_kind, identifier, channel, coalesce(happened_at, ''), first_run, coalesce(input_id, 0), coalesce(row, 0), coalesce(quote, '')
			FROM evidence WHERE evidence_id = ?`, []any{e.Seq}, &kind, &idKind, &id, &channel, &at, &run, &input, &row, &quote)
		want := []any{e.Kind.String(), e.ID.Key.Kind().String(), e.ID.String(), e.Channel.String(), e.At.String(), "run-1", int64(e.Origin.Input), int64(e.Origin.Row), e.Quote}
		if diff := cmp.Diff(want, []any{kind, idKind, id, channel, at, run, input, row, quote}); err != nil || diff != "" {
			t.Errorf("%v: %v\n%s", e.Kind, err, diff)
		}
	}
}

// What this run has in memory gives the same leaves as what is read back.
func TestFreshFactsAsStored(t *testing.T) {
	var roots []string
	for _, forget := range []bool{false, true} {
		d := open(t, tempPath(t))
		r := begin(t, d, 1)
		addInput(t, r, 1, 1)
		batch := evidence(1, 300)
		batch[7].Quote, batch[8].Rule = "\x00\xff", "\xfe\x00"
		batch[9].ID = contact.Identifier{Key: contact.OfPhone(79001112233).Key, Text: "+79001112233"}
		batch[10].Origin = contact.Origin{Row: 5}
		if err := r.AddEvidence(batch); err != nil {
			t.Fatal(err)
		}
		if forget {
			r.leaves = nil
		}
		f := decide(map[int32][]sheetRow{1: {{row: 2, key: 79001112233}}})
		cp, err := r.Seal(f, Outcome{Status: Published, Rows: f.counts()})
		if err != nil {
			t.Fatal(err)
		}
		roots = append(roots, cp.Root)
		mustVerify(t, d)
	}
	if roots[0] != roots[1] {
		t.Error(roots)
	}
}

// Evidence that others store between that of a run, or have left before it, is
// in the run's checkpoint, whoever planted it.
func TestEvidenceOfOthersIsPlanted(t *testing.T) {
	for name, when := range map[string]int{"before": 0, "between": 1, "after": 2, "between and after": 3} {
		t.Run(name, func(t *testing.T) {
			path := tempPath(t)
			d, others := open(t, path), open(t, path)
			failed, r := begin(t, others, 1), begin(t, d, 2)
			addInput(t, r, 1, 1)
			addInput(t, failed, 1, 1)
			n := 0
			add := func(r *Run, wanted bool) {
				if n++; !wanted {
					return
				}
				if err := r.AddEvidence(evidence(n*1000, 30)); err != nil {
					t.Fatal(err)
				}
			}
			add(failed, when == 0)
			add(r, true)
			add(failed, when&1 == 1)
			add(r, true)
			add(failed, when&2 == 2)
			if err := failed.Finish(Failed, asOf(1)); err != nil {
				t.Fatal(err)
			}
			f := decide(map[int32][]sheetRow{1: {{row: 2, key: 79001112233}}})
			if _, err := r.Seal(f, Outcome{Status: Published, Rows: f.counts()}); err != nil {
				t.Fatal(err)
			}
			var stored, planted int64
			_, err := d.one("SELECT (SELECT count(*) FROM fact), evidence_leaves FROM run WHERE run_id = 'run-2'", nil, &stored, &planted)
			if err != nil || stored != planted || stored < 60 {
				t.Errorf("%d facts, %d leaves, %v", stored, planted, err)
			}
			mustVerify(t, d)
		})
	}
}

// What a run has learnt and what earlier runs left are told once, whether they
// are read back or remembered, and whoever else wrote between.
func TestTeach(t *testing.T) {
	for _, reopened := range []bool{false, true} {
		for _, other := range []bool{false, true} {
			for _, batches := range [][][]contact.Evidence{{evidence(1, 5), evidence(5000, 20), evidence(9000, keyBlock+1), evidence(9000, 3)}, {evidence(1, 5)}, nil} {
				path := tempPath(t)
				d := open(t, path)
				first := begin(t, d, 1)
				addInput(t, first, 1, 1)
				if err := first.AddEvidence(evidence(1, keyBlock+10)); err != nil {
					t.Fatal(err)
				}
				if reopened {
					d.Close()
					d = open(t, path)
				}
				between := begin(t, open(t, path), 2)
				addInput(t, between, 1, 1)
				r := begin(t, d, 3)
				addInput(t, r, 1, 1)
				var got []contact.Fact
				r.Teach(func(f contact.Fact) { got = append(got, f) })
				for i, batch := range batches {
					if err := r.AddEvidence(batch); err != nil {
						t.Fatal(err)
					}
					if !other {
						continue
					}
					if err := between.AddEvidence(evidence(20000+100*i, 10)); err != nil {
						t.Fatal(err)
					}
				}
				toldIsAllEvidence(t, d, r, &got)
			}
		}
	}
}

func toldIsAllEvidence(t *testing.T, d *DB, r *Run, got *[]contact.Fact) {
	t.Helper()
	var want []contact.Fact
	if err := d.EachEvidence(func(e contact.Evidence) bool { want = append(want, e.Fact()); return true }); err != nil {
		t.Fatal(err)
	}
	if err := r.TellRest(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, *got); diff != "" {
		t.Error(diff)
	}
}
