package audit

import (
	"database/sql"
	"fmt"
	"slices"
	"testing"
	"time"

	"cleanbase/internal/contact"
)

// What is read for an incident is what the stable views say.
func TestMailedAgreesWithViews(t *testing.T) {
	d := open(t, tempPath(t))
	f := bigBase(300)
	sent := func(i int, kind contact.EvidenceKind, id contact.Identifier, day int) contact.Evidence {
		return contact.Evidence{Kind: kind, Via: contact.ViaPlatform, Channel: contact.MAX, ID: id, At: contact.At(asOf(day)), Rule: "platform:x"}
	}
	recordRun(t, d, 1, f, sent(1, contact.Outbound, contact.OfPhone(f.keys[1].Phone()), 1))
	f.sets[3], f.sets[4] = f.sets[4], f.sets[3].With(contact.OptOutListed)
	recordRun(t, d, 2, f, sent(2, contact.Inbound, contact.OfMessenger("max:17"), 2))

	var learnt []string
	err := d.EachLearnt(func(e contact.Evidence, at time.Time) bool {
		learnt = append(learnt, fmt.Sprint(e.Kind, " ", e.ID.String(), " ", e.At, " ", stamp(at)))
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	want := column(t, d, "SELECT kind || ' ' || identifier || ' ' || happened_at || ' ' || (SELECT as_of FROM runs AS r WHERE r.run_id = first_run) FROM evidence ORDER BY evidence_id")
	if !slices.Equal(learnt, want) {
		t.Errorf("%v\n%v", learnt, want)
	}

	var clean, standing []string
	must(t, d.EachClean("run-2", func(_ int64, key contact.Key) { clean = append(clean, key.Phone().String()) }))
	slices.Sort(clean)
	if want := column(t, d, "SELECT phone FROM decisions WHERE run_id = 'run-2' AND verdict = 'clean' ORDER BY phone"); !slices.Equal(clean, want) || len(clean) == 0 {
		t.Errorf("%d clean, want %d", len(clean), len(want))
	}
	must(t, d.EachStanding("run-2", func(id int64, in Input) { standing = append(standing, fmt.Sprint(id, in.Path)) }))
	slices.Sort(standing)
	if want := column(t, d, "SELECT contact_id || path AS x FROM contact_rows AS c JOIN inputs AS i ON i.input_id = c.input_id WHERE c.run_id = 'run-2' ORDER BY x"); !slices.Equal(standing, want) {
		t.Errorf("%d stand, want %d", len(standing), len(want))
	}

	var decided []string
	must(t, d.EachDecision(func(id int64, at time.Time, set contact.ReasonSet) {
		decided = append(decided, fmt.Sprint(id, stamp(at), set.JSON()))
	}))
	slices.Sort(decided)
	want = column(t, d, "SELECT DISTINCT contact_id || (SELECT as_of FROM runs AS r WHERE r.run_id = since_run) || reasons AS x FROM decisions ORDER BY x")
	if !slices.Equal(decided, want) {
		t.Errorf("%d decisions, want %d", len(decided), len(want))
	}

	owners := map[contact.Key]int64{}
	must(t, d.EachOwner(func(k contact.Key) bool { return k.Kind() == contact.PhoneID }, func(k contact.Key, id int64, own bool) {
		if owners[k] = id; !own {
			t.Error("a contact's own phone is said not to be its own")
		}
	}))
	must(t, d.EachOwnKey(func(id int64, k contact.Key) {
		if owners[k] != id {
			t.Errorf("contact %d", id)
		}
		delete(owners, k)
	}))
	if len(owners) != 0 {
		t.Errorf("%d phones of nobody", len(owners))
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// column is the first column of a query.
func column(t testing.TB, d *DB, query string) []string {
	t.Helper()
	var all []string
	must(t, d.each(query, nil, func(rows *sql.Rows) error {
		all = append(all, "")
		return rows.Scan(&all[len(all)-1])
	}))
	return all
}
