package audit

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"cleanbase/internal/contact"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Explain tells of a phone: each verdict and its run, each row, each fact, and
// whoever shares an identifier; the same is found by the e-mail.
func TestExplain(t *testing.T) {
	d := open(t, tempPath(t))
	office := contact.OfEmail("office@example.com")
	clean, out := contact.ReasonSet(0).With(contact.ConsentValid), contact.ReasonSet(0).With(contact.OptOutListed)
	day := func(set contact.ReasonSet, shift int32) *fake {
		return decide(map[int32][]sheetRow{
			1: {{row: 2 + shift, key: 79001112233, set: set, idents: []contact.Key{office.Key}}, {row: 9, key: 79001112244, set: clean, idents: []contact.Key{office.Key}}},
			2: {{row: 5, key: 79001112233, set: set}, {row: 6, key: 79001112255, set: clean}},
		})
	}
	fact := contact.Evidence{Kind: contact.OptOut, Via: contact.ViaMessage, Channel: contact.MAX, ID: contact.OfPhone(79001112233), At: contact.At(asOf(3)),
		Origin: contact.Origin{Input: 1, Row: 4}, Rule: "stop", Quote: "Не пишите мне", Detail: "d"}
	recordRun(t, d, 1, day(clean, 0))
	recordRun(t, d, 2, day(clean, 0))
	recordRun(t, d, 3, day(out, 1), fact)

	story, err := d.Explain(79001112233)
	if err != nil {
		t.Fatal(err)
	}
	got := story.Contacts[0]
	wantRows := []StoryRow{
		{FirstRun: "run-1", LastRun: "run-2", Path: "base1.csv", Row: 2},
		{FirstRun: "run-1", LastRun: "run-3", Path: "base2.csv", Row: 5, Merged: true},
		{FirstRun: "run-3", LastRun: "run-3", Path: "base1.csv", Row: 3},
	}
	for i := range got.Rows {
		got.Rows[i].SHA256, got.Rows[i].FirstAsOf, got.Rows[i].LastAsOf = "", time.Time{}, time.Time{}
	}
	slices.SortFunc(got.Rows, func(a, b StoryRow) int {
		return int(a.Row%4*10-b.Row%4*10) + map[string]int{"run-1": 0, "run-3": 5}[a.FirstRun] - map[string]int{"run-1": 0, "run-3": 5}[b.FirstRun]
	})
	slices.SortFunc(wantRows, func(a, b StoryRow) int {
		return int(a.Row%4*10-b.Row%4*10) + map[string]int{"run-1": 0, "run-3": 5}[a.FirstRun] - map[string]int{"run-1": 0, "run-3": 5}[b.FirstRun]
	})
	if diff := cmp.Diff(wantRows, got.Rows); diff != "" {
		t.Error(diff)
	}
	wantDecisions := []StoryDecision{
		{Since: "run-1", AsOf: asOf(1), Until: "run-3", Cause: CauseNew, Verdict: "clean", Reasons: []string{"consent.valid"}, Set: clean},
		{Since: "run-3", AsOf: asOf(3), Cause: CauseEvidence, Verdict: "removed", Reasons: []string{"optout.listed"}, Set: out},
	}
	if diff := cmp.Diff(wantDecisions, got.Decisions); diff != "" {
		t.Error(diff)
	}
	if len(story.Contacts) != 2 || !story.Contacts[1].Linked || story.Contacts[1].Phone != "+79001112244" || got.Linked || got.Phone != "+79001112233" {
		t.Errorf("contacts %+v", story.Contacts)
	}
	want := []StoryEvidence{{EvidenceID: 1, Kind: "optout", Via: "message", IdentifierKind: "phone", Identifier: "+79001112233", Channel: "max", At: fact.At,
		HappenedAt: "2026-03-03T09:00:00Z", FirstRun: "run-3", LearntAt: asOf(3), Path: "base1.csv", Row: 4, Rule: "stop", Quote: fact.Quote, Detail: "d"}}
	if diff := cmp.Diff(want, story.Evidence); diff != "" {
		t.Error(diff)
	}
	byEmail, err := d.Explain(office.Key)
	if err != nil || len(byEmail.Contacts) != 2 || len(byEmail.Evidence) != 1 || byEmail.Contacts[0].Linked || byEmail.Contacts[1].Linked {
		t.Errorf("by e-mail: %+v, %v", byEmail, err)
	}
	if nobody, err := d.Explain(79990000000); nobody != nil || err != nil {
		t.Errorf("%+v, %v", nobody, err)
	}
}

// A person is known again by the alias of a contact that refused, and evidence
// of a run that failed is told too.
func TestExplainAliasAndUnsealed(t *testing.T) {
	d := open(t, tempPath(t))
	mail := contact.OfEmail("anna@example.com")
	out := contact.ReasonSet(0).With(contact.OptOutListed)
	recordRun(t, d, 1, decide(map[int32][]sheetRow{1: {{row: 2, key: 79001112233, set: out, idents: []contact.Key{mail.Key}}}}))
	type pair struct{ key, owner contact.Key }
	var got []pair
	d.EachAlias(func(key, owner contact.Key) bool { got = append(got, pair{key, owner}); return true })
	if len(got) != 1 || got[0] != (pair{mail.Key, 79001112233}) {
		t.Errorf("aliases %v", got)
	}
	held := map[contact.Key]contact.Key{}
	if err := d.EachHolder([]contact.Key{79001112233, mail.Key}, func(id, own contact.Key) { held[id] = own }); err != nil || len(held) != 1 || held[mail.Key] != 79001112233 {
		t.Errorf("held %v, %v", held, err)
	}
	// Another contact has the e-mail now.
	recordRun(t, d, 2, decide(map[int32][]sheetRow{1: {{row: 2, key: 79001112299, idents: []contact.Key{mail.Key}}}}))
	story, err := d.Explain(79001112299)
	if err != nil || len(story.Contacts) != 2 || story.Contacts[1].Phone != "+79001112233" {
		t.Errorf("%+v, %v", story, err)
	}
	r := begin(t, d, 3)
	if err := r.AddEvidence([]contact.Evidence{{Kind: contact.Complaint, Via: contact.ViaList, ID: mail}}); err != nil {
		t.Fatal(err)
	}
	if story, err = d.Explain(79001112233); err != nil || len(story.Evidence) != 1 || story.Evidence[0].Identifier != "anna@example.com" {
		t.Errorf("%+v, %v", story, err)
	}
}

// Explain finds exactly the rows that the view has, whatever the history.
func TestExplainAgreesWithView(t *testing.T) {
	d := open(t, tempPath(t))
	f := bigBase(2500)
	recordRun(t, d, 1, f)
	for day := 2; day <= 4; day++ {
		f = nextDay(f, uint64(day))
		recordRun(t, d, day, f)
	}
	var last int64
	d.one("SELECT max(contact_id) FROM contact", nil, &last)
	for id := int64(1); id <= last; id += 97 {
		var key int64
		var inView string
		d.one("SELECT key FROM contact WHERE contact_id = ?", []any{id}, &key)
		d.one(`SELECT coalesce(group_concat(row || outcome, ' '), '') FROM (SELECT row, CASE outcome WHEN 'merged' THEN 'm' ELSE '' END AS outcome
			FROM contact_rows WHERE run_id = 'run-4' AND contact_id = ? ORDER BY row)`, []any{id}, &inView)
		story, err := d.Explain(contact.Key(key))
		if err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(story.Contacts[0].Rows, func(a, b StoryRow) int { return int(a.Row - b.Row) })
		told := ""
		for _, r := range story.Contacts[0].Rows {
			if r.LastRun == "run-4" {
				told += fmt.Sprint(" ", r.Row)
				if r.Merged {
					told += "m"
				}
			}
		}
		if told != "" {
			told = told[1:]
		}
		if told != inView {
			t.Errorf("contact %d: told %q, view %q", id, told, inView)
		}
	}
}

func TestDiffAndHistory(t *testing.T) {
	d := open(t, tempPath(t))
	clean, cold := contact.ReasonSet(0).With(contact.ConsentValid), contact.ReasonSet(0).With(contact.ConsentMissing)
	recordRun(t, d, 1, decide(map[int32][]sheetRow{1: {{row: 2, key: 79001112201, set: clean}, {row: 3, key: 79001112202, set: clean}, {row: 4, key: 79001112203, set: cold}}}))
	recordRun(t, d, 2, decide(map[int32][]sheetRow{1: {{row: 2, key: 79001112201, set: cold}, {row: 3, key: 79001112203, set: cold}, {row: 4, key: 79001112204, set: clean}}}))
	var got []string
	counts, err := d.Diff("run-1", "run-2", func(c Change) bool {
		got = append(got, fmt.Sprint(c.Phone, " ", c.From, ">", c.To, " ", c.FromSet, ">", c.ToSet, " ", c.Cause))
		return true
	})
	want := []string{"+79001112201 clean>cold consent.valid>consent.missing file", "+79001112202 clean> consent.valid> left", "+79001112204 >clean >consent.valid new"}
	if diff := cmp.Diff(want, got); err != nil || diff != "" || counts != (DiffCounts{1, 1, 1}) {
		t.Error(counts, err, diff)
	}
	_, err = d.Diff("run-1", "run-9", nil)
	wantFault(t, err, "no run of that name")
	runs, err := d.History(1)
	if err != nil || len(runs) != 1 || runs[0].RunID != "run-2" || runs[0].Rows != (Counts{Read: 3, Clean: 1, Cold: 2}) || !runs[0].Finished.Equal(asOf(2)) {
		t.Errorf("%+v, %v", runs, err)
	}
}

// What is packed comes out again, sorted; a damaged block is an error.
func TestPostings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, err := Open("nowhere.db", Options{DryRun: true})
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		gen := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) entry {
			return entry{rapid.Uint64Range(0, 40).Draw(t, "key") << rapid.SampledFrom([]int{0, 20, 57}).Draw(t, "shift"), rapid.Uint64Range(0, 3000).Draw(t, "value")}
		}), 1, 3000)
		want := map[uint64][]uint64{}
		for range 2 {
			batch := gen.Draw(t, "batch")
			b := &batcher{flush: func(sorted []entry) error {
				fresh, err := d.unposted(aliases, sorted, 0)
				if err != nil {
					return err
				}
				return d.post(aliases, fresh)
			}}
			for _, e := range batch {
				b.add(e.key, e.value)
				if !slices.Contains(want[e.key], e.value) {
					want[e.key] = append(want[e.key], e.value)
				}
			}
			if err := b.end(); err != nil {
				t.Fatal(err)
			}
		}
		for key, values := range want {
			got, err := d.lookup(aliases, key)
			slices.Sort(got)
			slices.Sort(values)
			if err != nil || !slices.Equal(got, values) {
				t.Fatalf("key %d: %v, want %v, %v", key, got, values, err)
			}
		}
		checkBetween(t, d)
	})
}

// checkBetween compares a part of a list with the same part of the whole; of each
// segment no more than a block is read in vain.
func checkBetween(t *rapid.T, d *DB) {
	var all, whole, part []entry
	err := d.walk(aliases, func(_ int64, block []entry) error { all = append(all, block...); return nil })
	from, to := rapid.SampledFrom(all).Draw(t, "from").key, rapid.SampledFrom(all).Draw(t, "to").key
	pick := func(dst, entries []entry) []entry {
		for _, e := range entries {
			if from <= e.key && e.key <= to {
				dst = append(dst, e)
			}
		}
		return dst
	}
	whole = pick(nil, all)
	vain := map[int64]int{}
	err = errors.Join(err, d.walkBetween(aliases, from, to, func(segment int64, block []entry) error {
		before := len(part)
		if part = pick(part, block); len(part) == before {
			vain[segment]++
		}
		if vain[segment] > 1 {
			t.Errorf("from %d to %d: %d blocks read in vain", from, to, vain[segment])
		}
		return nil
	}))
	if err != nil || !slices.Equal(part, whole) {
		t.Fatalf("from %d to %d: %v, want %v, %v", from, to, part, whole, err)
	}
}

// A patched chunk spells the same rows as the whole one.
func TestDiffCodes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		codes := func(label string) []int64 {
			return rapid.SliceOfN(rapid.Int64Range(-1, 60), 1, 60).Draw(t, label)
		}
		base := codes("base")
		want := slices.Clone(base)
		for range rapid.IntRange(0, 4).Draw(t, "edits") {
			at := rapid.IntRange(0, len(want)).Draw(t, "at")
			want = slices.Concat(want[:at], codes("insert"), want[min(len(want), at+rapid.IntRange(0, 9).Draw(t, "delete")):])
		}
		text := string(appendCodes(nil, base))
		parts, spelt := diff(want, text)
		d, err := Open("nowhere.db", Options{DryRun: true})
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		var got string
		d.exec("INSERT INTO chunk VALUES (1, 0, NULL, ?), (2, 0, 1, ?)", text, string(parts))
		if _, err := d.one("SELECT codes FROM chunk_codes WHERE chunk_id = 2", nil, &got); err != nil || got != string(appendCodes(nil, want)) {
			t.Fatalf("%s made of %s and %s is %s, %v", appendCodes(nil, want), text, parts, got, err)
		}
		for _, c := range want {
			if !slices.Contains(base, c) && !slices.Contains(spelt, c) {
				t.Fatalf("%d is spelt nowhere", c)
			}
		}
	})
}

// The cause of a change is told: what was learnt, a consent grown old, other
// settings, other rows.
func TestCauses(t *testing.T) {
	set := func(all ...contact.Reason) (s contact.ReasonSet) {
		for _, r := range all {
			s = s.With(r)
		}
		return s
	}
	for _, c := range []struct {
		from, to     contact.ReasonSet
		told, policy bool
		want         string
	}{
		{set(contact.ConsentValid), set(contact.ConsentExpired), false, false, CauseTime},
		{set(contact.ConsentValid), set(contact.ConsentExpired), true, false, CauseTime},
		{set(contact.ConsentValid), set(contact.ConsentExpired), false, true, CausePolicy},
		{set(contact.ConsentValid, contact.FrequencyRecent), set(contact.ConsentValid), false, false, CauseTime},
		{set(contact.ConsentValid), set(contact.OptOutListed, contact.ConsentExpired), true, false, CauseEvidence},
		{set(contact.ConsentValid), set(contact.OptOutLinked, contact.ConsentValid), false, false, CauseEvidence},
		{set(contact.ConsentUnproven), set(contact.ConsentValid), false, true, CausePolicy},
		{set(contact.ConsentMissing), set(contact.ConsentValid), false, false, CauseFile},
	} {
		if got := causeOf(c.from, c.to, c.told, c.policy); got != c.want {
			t.Errorf("%v to %v: %s, want %s", c.from, c.to, got, c.want)
		}
	}
}
