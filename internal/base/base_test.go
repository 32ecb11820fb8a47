package base

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cleanbase/internal/contact"
)

// lenient judges as the real policy would, as far as grouping can be seen:
// a refusal removes, a linked one removes, all else is clean.
type lenient struct{}

func (lenient) Standing(dst []contact.Fact, c *contact.Case) []contact.Fact {
	for _, f := range c.Direct {
		if f.Kind == contact.OptOut {
			dst = append(dst, f)
		}
	}
	return dst
}

func (j lenient) Decide(c *contact.Case) contact.ReasonSet {
	set := c.NoPhone
	if len(j.Standing(nil, c)) > 0 {
		set = set.With(contact.OptOutListed)
	}
	if len(c.Linked) > 0 {
		set = set.With(contact.OptOutLinked)
	}
	if set == 0 {
		set = set.With(contact.ConsentValid)
	}
	return set
}

// row is a record in short: phones, e-mails.
type row struct {
	phones  []contact.Phone
	emails  []string
	updated int
	cells   []string
}

func (r row) record(n int) *contact.Record {
	rec := &contact.Record{Row: n}
	for _, p := range r.phones {
		rec.Numbers = append(rec.Numbers, contact.Number{Phone: p})
	}
	for _, e := range r.emails {
		rec.IDs = append(rec.IDs, contact.OfEmail(e))
	}
	if r.updated > 0 {
		rec.Updated = contact.Moment(r.updated) << 1
	}
	for _, c := range r.cells {
		rec.Cells = append(rec.Cells, []byte(c))
	}
	if rec.Cells == nil {
		rec.Cells = [][]byte{[]byte(fmt.Sprint(r.phones, r.emails))}
	}
	return rec
}

// add spools a record and adds it.
func (b *Base) add(rec *contact.Record, emit func(*contact.Evidence) error) error {
	packed, _ := Pack(nil, rec.Cells, nil)
	if err := b.Spool(packed); err != nil {
		return err
	}
	return b.Add(rec, 0, emit)
}

type tb interface {
	Helper()
	Fatal(...any)
	TempDir() string
}

// rowsIn is a file for a base's rows.
func rowsIn(t interface{ Fatal(...any) }, dir string) File {
	f, err := os.CreateTemp(dir, "rows-*")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// build makes a base of one input and runs it past the judge.
func build(t tb, rows []row, facts []contact.Fact, prepare ...func(*Base)) *Base {
	t.Helper()
	b := New(rowsIn(t, t.TempDir()), Options{MaxShare: 5})
	b.AddInput(1, []string{"A"})
	for i, r := range rows {
		if err := b.add(r.record(i+2), func(*contact.Evidence) error { return nil }); err != nil {
			t.Fatal(err)
		}
	}
	for i, f := range facts {
		f.Seq = int64(i + 1)
		b.Remember(f)
	}
	for _, p := range prepare {
		p(b)
	}
	b.Decide(lenient{}, unseen)
	return b
}

func unseen(int, *contact.Case, contact.ReasonSet) {}

// verdicts is what each phone got.
func verdicts(b *Base) map[contact.Phone]string {
	m := map[contact.Phone]string{}
	for i := range b.Len() {
		key, set := b.Contact(i)
		if key.Kind() == contact.PhoneID {
			m[key.Phone()] = set.String()
		}
	}
	return m
}

func optout(id contact.Identifier) contact.Fact {
	return contact.Fact{Key: id.Key, Kind: contact.OptOut, Via: contact.ViaList}
}

const (
	anna  contact.Phone = 79110000001
	boris contact.Phone = 79110000002
	vera  contact.Phone = 79110000003
)

func TestLinks(t *testing.T) {
	const clean, listed, linked = "consent.valid", "optout.listed", "optout.linked"
	mail := contact.OfEmail("home@example.com")
	office := contact.OfEmail("info@example.com")
	var crowd []row
	want := map[contact.Phone]string{}
	for i := range contact.Phone(6) {
		crowd = append(crowd, row{phones: []contact.Phone{anna + i}, emails: []string{"info@example.com"}})
		want[anna+i] = clean
	}
	tests := map[string]struct {
		rows  []row
		facts []contact.Fact
		want  map[contact.Phone]string
	}{
		"refusal of a phone":                           {[]row{{phones: []contact.Phone{anna}}, {phones: []contact.Phone{boris}}}, []contact.Fact{optout(contact.OfPhone(anna))}, map[contact.Phone]string{anna: listed, boris: clean}},
		"refusal of an e-mail reaches all who have it": {[]row{{phones: []contact.Phone{anna}, emails: []string{"home@example.com"}}, {phones: []contact.Phone{boris}, emails: []string{"home@example.com"}}}, []contact.Fact{optout(mail)}, map[contact.Phone]string{anna: listed, boris: listed}},
		"linked by an e-mail":                          {[]row{{phones: []contact.Phone{anna}, emails: []string{"home@example.com"}}, {phones: []contact.Phone{boris}, emails: []string{"home@example.com"}}}, []contact.Fact{optout(contact.OfPhone(anna))}, map[contact.Phone]string{anna: listed, boris: linked}},
		"linked by a second phone":                     {[]row{{phones: []contact.Phone{anna, boris}}, {phones: []contact.Phone{boris}}}, []contact.Fact{optout(contact.OfPhone(anna))}, map[contact.Phone]string{anna: listed, boris: linked}},
		"refusal of a second phone":                    {[]row{{phones: []contact.Phone{anna, boris}}}, []contact.Fact{optout(contact.OfPhone(boris))}, map[contact.Phone]string{anna: listed}},
		"linked over another":                          {[]row{{phones: []contact.Phone{anna}, emails: []string{"x@example.com"}}, {phones: []contact.Phone{boris}, emails: []string{"x@example.com", "y@example.com"}}, {phones: []contact.Phone{vera}, emails: []string{"y@example.com"}}}, []contact.Fact{optout(contact.OfPhone(vera))}, map[contact.Phone]string{anna: linked, boris: linked, vera: listed}},
		"an office e-mail links nobody":                {crowd, []contact.Fact{optout(office)}, want},
		"linked over a record of its own":              {[]row{{phones: []contact.Phone{anna}, emails: []string{"x@example.com"}}, {phones: []contact.Phone{anna}, emails: []string{"y@example.com"}}, {phones: []contact.Phone{boris}, emails: []string{"y@example.com"}}}, []contact.Fact{optout(contact.OfEmail("x@example.com"))}, map[contact.Phone]string{anna: listed, boris: linked}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			b := build(t, tt.rows, tt.facts)
			defer b.Close()
			if got := verdicts(b); !maps.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestOfficePhoneReachesWhoIsWrittenToOnIt(t *testing.T) {
	rows := []row{{phones: []contact.Phone{vera}}}
	for i := range contact.Phone(6) {
		rows = append(rows, row{phones: []contact.Phone{79120000000 + i, vera}})
	}
	b := build(t, rows, []contact.Fact{optout(contact.OfPhone(vera))})
	defer b.Close()
	for p, v := range verdicts(b) {
		if want := map[bool]string{true: "optout.listed", false: "consent.valid"}[p == vera]; v != want {
			t.Errorf("%v: %s, want %s", p == vera, v, want)
		}
	}
	if len(b.Shared()) != 1 || b.Shared()[0].Contacts != 7 {
		t.Errorf("shared: %v", b.Shared())
	}
}

// A refused person who comes back under another phone is known by the e-mail
// that only an earlier run saw beside the refused phone.
func TestRefusedPersonComesBackUnderAnotherPhone(t *testing.T) {
	mail := contact.OfEmail("home@example.com")
	b := build(t, []row{{phones: []contact.Phone{boris}, emails: []string{"home@example.com"}}, {phones: []contact.Phone{vera}}},
		[]contact.Fact{{Key: contact.Key(anna), Kind: contact.OptOut, Remembered: true}},
		func(b *Base) { b.RememberAlias(mail.Key, contact.Key(anna)) })
	defer b.Close()
	if got := verdicts(b); got[boris] != "optout.linked" || got[vera] != "consent.valid" {
		t.Errorf("got %v", got)
	}
	if r := b.Returns(); len(r) != 1 || r[0].Origin != (contact.Origin{Input: 1, Row: 2}) || r[0].Fact.Key != contact.Key(anna) {
		t.Errorf("returns %v", r)
	}
}

func TestReturns(t *testing.T) {
	said := optout(contact.OfPhone(anna))
	old := optout(contact.OfPhone(boris))
	old.Remembered = true
	b := build(t, []row{{phones: []contact.Phone{anna}}, {phones: []contact.Phone{boris}}}, []contact.Fact{said, old})
	defer b.Close()
	if r := b.Returns(); len(r) != 1 || r[0].Origin.Row != 3 {
		t.Errorf("returns %v", r)
	}
}

func TestMergedRecordFillsEmptyCells(t *testing.T) {
	b := New(rowsIn(t, t.TempDir()), Options{MaxShare: 5})
	defer b.Close()
	none := func(*contact.Evidence) error { return nil }
	add := func(r row, n int) {
		if err := b.add(r.record(n), none); err != nil {
			t.Fatal(err)
		}
	}
	b.AddInput(1, []string{"Имя", "Город", ""})
	add(row{phones: []contact.Phone{anna}, updated: 10, cells: []string{"Анна", "", ""}}, 2)
	add(row{phones: []contact.Phone{anna}, updated: 20, cells: []string{"", "Тверь", ""}}, 3)
	add(row{phones: []contact.Phone{boris}, cells: []string{"Борис"}}, 4)
	b.AddInput(2, []string{"город", "Баллы"})
	add(row{phones: []contact.Phone{anna}, updated: 15, cells: []string{"Омск", "7"}}, 2)
	add(row{phones: []contact.Phone{vera}, cells: []string{"Уфа", "1", "лишняя"}}, 3)
	b.Decide(lenient{}, unseen)
	if got := b.Columns(); !slices.Equal(got, []string{"Имя", "Город", "", "Баллы"}) {
		t.Fatalf("columns %q", got)
	}
	var got []string
	err := b.Each(func(o *contact.Outcome) error {
		got = append(got, fmt.Sprintf("%v %v %q", o.Origin, o.Phone, o.Cells))
		return nil
	})
	want := []string{`{1 3} +79110000001 ["Анна" "Тверь" "" "7"]`, `{1 4} +79110000002 ["Борис" "" "" ""]`, `{2 3} +79110000003 ["" "Уфа" "лишняя" "1"]`}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v\ngot  %s\nwant %s", err, got, want)
	}
}

func TestStraysStandAloneAndKeepTheirKey(t *testing.T) {
	rows := []row{{emails: []string{"a@example.com"}}, {emails: []string{"a@example.com"}}, {}}
	keys := func(rows []row) (list []contact.Key) {
		b := build(t, rows, nil)
		defer b.Close()
		for i := range b.Len() {
			k, set := b.Contact(i)
			if set.String() != "phone.missing" {
				t.Errorf("reasons %s", set)
			}
			list = append(list, k)
		}
		slices.Sort(list)
		return list
	}
	first := keys(rows)
	if len(first) != 3 || first[0] == first[1] || first[1] == first[2] {
		t.Fatalf("keys %v", first)
	}
	slices.Reverse(rows)
	if again := keys(rows); !slices.Equal(first, again) {
		t.Errorf("keys %v, then %v", first, again)
	}
}

func TestEvidenceOfARowFindsItsPerson(t *testing.T) {
	landline := contact.Number{Phone: 74951234567, Status: contact.NumberNotMobile}
	tests := map[string]struct {
		rec  contact.Record
		want contact.IDKind
	}{
		"phone":    {contact.Record{Numbers: []contact.Number{{Phone: anna}}}, contact.PhoneID},
		"landline": {contact.Record{Numbers: []contact.Number{landline}}, contact.PhoneID},
		"e-mail":   {contact.Record{IDs: []contact.Identifier{contact.OfEmail("a@example.com")}}, contact.EmailID},
		"nothing":  {contact.Record{}, contact.RecordID},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			b := New(rowsIn(t, t.TempDir()), Options{MaxShare: 5})
			defer b.Close()
			b.AddInput(7, nil)
			tt.rec.Row, tt.rec.Evidence = 3, []contact.Evidence{{Kind: contact.OptOut, Via: contact.ViaFlag}}
			var got contact.Evidence
			if err := b.add(&tt.rec, func(e *contact.Evidence) error { got = *e; return nil }); err != nil {
				t.Fatal(err)
			}
			if got.ID.Key.Kind() != tt.want || got.Origin != (contact.Origin{Input: 7, Row: 3}) {
				t.Errorf("got %v at %v", got.ID, got.Origin)
			}
			f := got.Fact()
			f.Seq = 1
			b.Remember(f)
			b.Decide(lenient{}, unseen)
			if _, set := b.Contact(0); !set.Has(contact.OptOutListed) {
				t.Errorf("the fact does not reach its own row: %v", set)
			}
		})
	}
}

// genRows draws rows over few phones and e-mails, so that they meet.
func genRows() *rapid.Generator[[]row] {
	phone := rapid.Custom(func(t *rapid.T) contact.Phone {
		return 79110000000 + contact.Phone(rapid.IntRange(0, 7).Draw(t, "phone"))
	})
	email := rapid.SampledFrom([]string{"a@example.com", "b@example.com", "c@example.com"})
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) row {
		return row{phones: rapid.SliceOfN(phone, 0, 2).Draw(t, "phones"), emails: rapid.SliceOfN(email, 0, 2).Draw(t, "emails")}
	}), 0, 12)
}

func genOptOuts() *rapid.Generator[[]contact.Fact] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) contact.Fact {
		if rapid.Bool().Draw(t, "phone") {
			return optout(contact.OfPhone(79110000000 + contact.Phone(rapid.IntRange(0, 7).Draw(t, "phone"))))
		}
		return optout(contact.OfEmail(rapid.SampledFrom([]string{"a@example.com", "b@example.com"}).Draw(t, "email")))
	}), 0, 3)
}

type rapidTB struct {
	*rapid.T
	dir string
}

func (t rapidTB) TempDir() string { return t.dir }

// Every row has exactly one outcome, and every contact exactly one row that
// carries its verdict.
func TestLawRows(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		rows := genRows().Draw(t, "rows")
		b := build(rapidTB{t, dir}, rows, genOptOuts().Draw(t, "facts"))
		defer b.Close()
		carriers := make([]int, b.Len())
		n := 0
		b.Rows(1, func(row, who int32, merged bool) bool {
			if int(row) != n+2 {
				t.Fatalf("row %d stands at %d", row, n)
			}
			n++
			if !merged {
				carriers[who]++
			}
			return true
		})
		if n != len(rows) {
			t.Fatalf("%d rows in, %d out", len(rows), n)
		}
		for who, c := range carriers {
			if c != 1 {
				t.Fatalf("contact %d has %d rows that carry its verdict", who, c)
			}
		}
		told := 0
		if err := b.Each(func(*contact.Outcome) error { told++; return nil }); err != nil || told != b.Len() {
			t.Fatalf("%v: %d contacts, %d outcomes", err, b.Len(), told)
		}
	})
}

// The order of rows and facts never changes a verdict.
func TestLawOrderNeverMatters(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		// Phones in one cell have an order of their own, so a row has one here.
		rows := genRows().Draw(t, "rows")
		facts := genOptOuts().Draw(t, "facts")
		b := build(rapidTB{t, dir}, rows, facts)
		defer b.Close()
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		rows, facts = slices.Clone(rows), slices.Clone(facts)
		r.Shuffle(len(rows), func(i, k int) { rows[i], rows[k] = rows[k], rows[i] })
		r.Shuffle(len(facts), func(i, k int) { facts[i], facts[k] = facts[k], facts[i] })
		other := build(rapidTB{t, dir}, rows, facts)
		defer other.Close()
		if x, y := verdicts(b), verdicts(other); !maps.Equal(x, y) {
			t.Fatalf("%v\nthen %v", x, y)
		}
	})
}

// Another refusal never makes anybody clean.
func TestLawSuppressionNeverEnlarges(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		rows, facts := genRows().Draw(t, "rows"), genOptOuts().Draw(t, "facts")
		b := build(rapidTB{t, dir}, rows, facts)
		defer b.Close()
		more := build(rapidTB{t, dir}, rows, append(slices.Clone(facts), genOptOuts().Draw(t, "more")...))
		defer more.Close()
		was := verdicts(b)
		for p, v := range verdicts(more) {
			if v == "consent.valid" && was[p] != "consent.valid" {
				t.Fatalf("%s became clean", was[p])
			}
		}
	})
}

// Everybody who is removed, and everybody whom evidence stands against, is
// among the suppressions; nobody who is clean is.
func TestLawSuppressions(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		facts := genOptOuts().Draw(t, "facts")
		b := build(rapidTB{t, dir}, genRows().Draw(t, "rows"), facts)
		defer b.Close()
		named := map[contact.Key]bool{}
		last := contact.Key(0)
		err := b.Suppressed(lenient{}, func(k contact.Key, _ contact.Reason, f contact.Fact) error {
			if k <= last {
				t.Fatalf("not in order")
			}
			if f.Seq < 1 || f.Seq > int64(len(facts)) { // build numbers them from 1
				t.Fatalf("suppressed by no fact: %+v", f)
			}
			last, named[k] = k, true
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range facts {
			if !named[f.Key] {
				t.Fatal("a refusal is not among the suppressions")
			}
		}
		for p, v := range verdicts(b) {
			if (v != "consent.valid") != named[contact.Key(p)] {
				t.Fatalf("%s, named %v", v, named[contact.Key(p)])
			}
		}
	})
}

// TestKnow: what a contact is known to have besides its records counts as if it
// stood in them, and is its for good.
func TestKnow(t *testing.T) {
	id := contact.OfMessenger("max:5").Key
	rows := []row{{phones: []contact.Phone{79110000001}}, {phones: []contact.Phone{79110000002, 79110000003}}, {phones: []contact.Phone{79110000004}}}
	for phone, want := range map[contact.Key]contact.Phone{79110000001: 79110000001, 79110000003: 79110000002, 79110000009: 0} {
		b := build(t, rows, []contact.Fact{{Key: id, Kind: contact.OptOut}}, func(b *Base) { b.Know([]Tie{{phone, id}, {phone, id}}) })
		var removed, has contact.Phone
		for i := range b.Len() {
			if key, set := b.Contact(i); set.Verdict() == contact.Removed {
				removed = key.Phone()
			}
		}
		b.Aliases(func(key contact.Key, who int) bool {
			if own, _ := b.Contact(who); key == id {
				has = own.Phone()
			}
			return true
		})
		if removed != want || has != want {
			t.Errorf("id of %v: %v removed, %v has it, want %v", phone, removed, has, want)
		}
	}
}
