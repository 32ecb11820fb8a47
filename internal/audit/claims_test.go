package audit

import (
	"testing"
	"time"

	"cleanbase/internal/contact"
)

// What a clean verdict rests on is kept as of each run, and only when it changes.
func TestClaims(t *testing.T) {
	d := open(t, tempPath(t))
	clean, out := contact.ReasonSet(0).With(contact.ConsentValid), contact.ReasonSet(0).With(contact.OptOutListed)
	f := decide(map[int32][]sheetRow{1: {{row: 2, key: 79001112201, set: clean}, {row: 3, key: 79001112202, set: clean}, {row: 4, key: 79001112203, set: out}, {row: 5, key: 79001112204, set: clean}}})
	yes := contact.Claim{Says: contact.SaysYes, At: contact.OnDay(2026, time.February, 1), Sourced: true, Channel: contact.MAX}
	undated := contact.Claim{Says: contact.SaysYes}
	runs := []map[int][]contact.Claim{
		{0: {yes, undated}, 1: {undated}, 2: {yes}},
		{0: {yes, undated}, 1: {undated}, 2: {yes}},
		{0: {undated}, 3: {yes}},
		{0: {undated}, 1: {undated}, 3: {yes}},
	}
	var sizes []int
	for day, claims := range runs {
		r := begin(t, d, day+1)
		addInput(t, r, 1, 4)
		all := func(yield func(int, contact.Claim) bool) {
			for i := range 4 {
				for _, c := range claims[i] {
					if !yield(i, c) {
						return
					}
				}
			}
		}
		if _, err := r.Seal(f, Outcome{Status: Published, Rows: f.counts(), Claims: all}); err != nil {
			t.Fatal(err)
		}
		if err := r.Finish(Published, asOf(day+1)); err != nil {
			t.Fatal(err)
		}
		var n int
		d.one("SELECT count(*) FROM posting WHERE list = 6", nil, &n)
		sizes = append(sizes, n)
	}
	if sizes[0] != 1 || sizes[1] != 1 || sizes[2] != 2 || sizes[3] != 3 {
		t.Errorf("blocks %v", sizes)
	}
	want := [][4]string{{"proven asserted", "asserted", "", ""}, {"proven asserted", "asserted", "", ""}, {"asserted", "", "", "proven"}, {"asserted", "asserted", "", "proven"}}
	for day, w := range want {
		run := "run-" + itoa(int64(day+1))
		all := map[int64]string{}
		err := d.EachDossier(run, func(o *Dossier) error { all[o.ContactID] = classes(o); return nil })
		if err != nil {
			t.Fatal(err)
		}
		for i, classesWanted := range w {
			one, err := d.DossierOf(contact.Phone(79001112201+uint64(i)), run)
			if err != nil || classes(one) != classesWanted || all[int64(i+1)] != classesWanted || one.Row.Row != int64(i+2) {
				t.Errorf("%s, contact %d: %q and %q, want %q, %v", run, i+1, classes(one), all[int64(i+1)], classesWanted, err)
			}
		}
	}
	if _, err := d.Forget([]contact.Key{79001112201}, "", asOf(9)); err != nil {
		t.Fatal(err)
	}
	mustVerify(t, d)
}

func classes(d *Dossier) string {
	s := ""
	for _, c := range d.Consents {
		s += " " + c.Class
	}
	if s != "" {
		s = s[1:]
	}
	return s
}
