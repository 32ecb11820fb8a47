package audit

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cleanbase/internal/contact"

	"pgregory.net/rapid"
)

// traces are the ways in which a phone or text can stand in a file.
func traces(phone contact.Phone, texts ...string) [][]byte {
	var big, small [8]byte
	binary.BigEndian.PutUint64(big[:], uint64(phone))
	binary.LittleEndian.PutUint64(small[:], uint64(phone))
	all := [][]byte{[]byte(strconv.FormatUint(uint64(phone), 10)), bytes.TrimLeft(big[:], "\x00"), bytes.TrimRight(small[:], "\x00"), binary.AppendUvarint(nil, uint64(phone))}
	for _, t := range texts {
		all = append(all, []byte(t))
	}
	return all
}

func holds(t testing.TB, path string, want [][]byte) []string {
	t.Helper()
	var found []string
	files, err := filepath.Glob(path + "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if bytes.Contains(data, w) {
				found = append(found, filepath.Base(file)+" holds "+strconv.Quote(string(w)))
			}
		}
	}
	return found
}

// Nothing of a forgotten person is left in any byte of the file; the refusal
// still binds, under the phone and the e-mail; verify stays clean.
func TestForget(t *testing.T) {
	path := tempPath(t)
	d := open(t, path)
	const phone, other = 79161234567, 79001112255
	mail, shared := contact.OfEmail("olga.petrova@example.com"), contact.OfEmail("office@example.com")
	clean, out := contact.ReasonSet(0).With(contact.ConsentValid), contact.ReasonSet(0).With(contact.OptOutMessage)
	base := decide(map[int32][]sheetRow{1: {{row: 2, key: phone, set: out, idents: []contact.Key{mail.Key, shared.Key}}, {row: 3, key: other, set: clean, idents: []contact.Key{shared.Key, phone}}}})
	ev := func(kind contact.EvidenceKind, id contact.Identifier, quote, detail string) contact.Evidence {
		return contact.Evidence{Kind: kind, Via: contact.ViaMessage, ID: id, At: contact.At(asOf(1)), Origin: contact.Origin{Input: 1, Row: 2}, Rule: "stop", Quote: quote, Detail: detail}
	}
	recordRun(t, d, 1, base, ev(contact.OptOut, contact.OfPhone(phone), "Это Ольга, отстаньте", ""), ev(contact.Consent, mail, "", `{"source":"анкета Ольги"}`),
		ev(contact.Inbound, shared, "вопрос из офиса", ""))
	recordRun(t, d, 2, decide(map[int32][]sheetRow{1: {{row: 2, key: other, set: clean}}}))
	told := traces(phone, "olga.petrova", "Ольга", "Ольги")
	if got := holds(t, path, told); len(got) < 4 {
		t.Fatalf("the search can't find: %v", got)
	}

	done, err := d.Forget([]contact.Key{phone}, "по её письму", asOf(3))
	if err != nil || done.Contacts != 1 || done.Evidence != 2 || done.Kept == 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	if got := holds(t, path, told); len(got) > 0 {
		t.Errorf("left: %v", got)
	}
	mustVerify(t, d)
	if s, err := d.Explain(phone); s != nil || err != nil {
		t.Errorf("still told: %+v, %v", s, err)
	}
	if s, err := d.Explain(other); err != nil || len(s.Contacts) != 1 || len(s.Evidence) != 1 || s.Evidence[0].Quote != "вопрос из офиса" {
		t.Errorf("another lost something: %+v, %v", s, err)
	}
	remembered := func(key contact.Key) (kinds []string) {
		err := d.EachForgotten(func(yield func(contact.Key) bool) { yield(key) }, func(f contact.Fact) bool {
			kinds = append(kinds, f.Kind.String())
			if f.Key != key || f.Seq < 1 || !f.Remembered {
				t.Errorf("%+v", f)
			}
			return true
		})
		if err != nil {
			t.Fatal(err)
		}
		return kinds
	}
	for _, key := range []contact.Key{phone, mail.Key, shared.Key} {
		if got := strings.Join(remembered(key), " "); !strings.Contains(got, "optout") {
			t.Errorf("under %v: %q", key, got)
		}
	}
	if got := remembered(other); got != nil {
		t.Errorf("a stranger is remembered: %v", got)
	}

	// A list that says it again brings nothing back; a contacts file makes a new contact.
	r := begin(t, d, 4)
	addInput(t, r, 1, 1)
	again := []contact.Evidence{ev(contact.OptOut, contact.OfPhone(phone), "", "")}
	if err := r.AddEvidence(again); err != nil || again[0].Seq != 1 {
		t.Errorf("%+v, %v", again, err)
	}
	back := decide(map[int32][]sheetRow{1: {{row: 2, key: phone, set: out}}})
	if _, err := r.Seal(back, Outcome{Status: Published, Rows: back.counts()}); err != nil {
		t.Fatal(err)
	}
	if err := r.Finish(Published, asOf(4)); err != nil {
		t.Fatal(err)
	}
	s, err := d.Explain(phone)
	if err != nil || s.Contacts[0].ContactID != 3 || len(s.Evidence) != 0 {
		t.Errorf("%+v, %v", s, err)
	}
	if err := d.RotateKey(); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Forget([]contact.Key{phone}, "ещё раз", asOf(5)); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(remembered(phone), " "); got != "optout consent" && got != "consent optout" {
		t.Errorf("after a new key: %q", got)
	}
	mustVerify(t, d)
	if got := holds(t, path, told); len(got) > 0 {
		t.Errorf("left: %v", got)
	}
}

// Without the key that people are known again by, nothing goes on.
func TestForgetNeedsItsKey(t *testing.T) {
	path := tempPath(t)
	d := open(t, path)
	recordRun(t, d, 1, bigBase(50), evidence(1, 40)...)
	if _, err := d.Forget([]contact.Key{79000000001}, "x", asOf(2)); err != nil {
		t.Fatal(err)
	}
	text, _ := os.ReadFile(path + ".key")
	lines := strings.Split(string(text), "\n")
	if err := os.WriteFile(path+".key", []byte(lines[0]+"\n"+hmacPrefix+"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := begin(t, d, 3)
	addInput(t, r, 1, 1)
	wantFault(t, r.AddEvidence(evidence(1, 1)), "lacks a key")
	wantFault(t, d.EachForgotten(func(func(contact.Key) bool) {}, nil), "lacks a key")
}

// An e-mail of several contacts names nobody; somebody unknown is no change.
func TestForgetWhom(t *testing.T) {
	d := open(t, tempPath(t))
	office := contact.OfEmail("office@example.com").Key
	clean := contact.ReasonSet(0).With(contact.ConsentValid)
	recordRun(t, d, 1, decide(map[int32][]sheetRow{1: {{row: 2, key: 79001112201, set: clean, idents: []contact.Key{office}}, {row: 3, key: 79001112202, set: clean, idents: []contact.Key{office}}}}))
	_, err := d.Forget([]contact.Key{office}, "", asOf(2))
	wantFault(t, err, "several contacts share")
	done, err := d.Forget([]contact.Key{79001112299}, "", asOf(2))
	var runs int
	d.one("SELECT count(*) FROM run", nil, &runs)
	if err != nil || done != (Forgotten{}) || runs != 1 {
		t.Errorf("%+v, %v, %d runs", done, err, runs)
	}
}

// A punctured salt is gone and all others stay, whatever the order.
func TestPuncture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		root := saltRoot([32]byte{3}, 0)
		nodes := []saltNode{root}
		gone := map[int64]bool{}
		for range rapid.IntRange(0, 4).Draw(t, "times") {
			holes := rapid.SliceOfNDistinct(rapid.Int64Range(0, 40), 0, 20, rapid.ID[int64]).Draw(t, "holes")
			holes = slices.DeleteFunc(holes, func(i int64) bool { return gone[i] })
			slices.Sort(holes)
			var salts []saltSeed
			nodes, salts = puncture(nodes, holes)
			for at, i := range holes {
				if want, _ := saltAt([]saltNode{root}, i); salts[at] != want {
					t.Fatalf("salt %d", i)
				}
				gone[i] = true
			}
		}
		for i := range int64(45) {
			want, _ := saltAt([]saltNode{root}, i)
			got, ok := saltAt(nodes, i)
			if ok == gone[i] || ok && got != want {
				t.Fatalf("salt %d: %v, erased %v", i, ok, gone[i])
			}
		}
	})
}

// Whoever is forgotten, in whatever company: verify stays clean, the forgotten are
// unknown and their refusals are not, the others' stories are as before, and later
// runs go on.
func TestForgetAnybody(t *testing.T) {
	for seed := range 2 {
		path := tempPath(t)
		d := open(t, path)
		rng := rand.New(rand.NewPCG(uint64(seed), 3))
		f := bigBase(150)
		for i := range f.idents { // some share an e-mail or have another's phone
			switch rng.IntN(8) {
			case 0:
				f.idents[i] = append(f.idents[i], contact.OfEmail(fmt.Sprintf("shared%d@example.com", rng.IntN(9))).Key)
			case 1:
				f.idents[i] = append(f.idents[i], f.keys[rng.IntN(len(f.keys))])
			}
		}
		recordRun(t, d, 1, f, evidence(1, 100)...)
		f = nextDay(f, uint64(seed))
		recordRun(t, d, 2, f, evidence(101, 50)...)
		for round := range 2 {
			var gone []contact.Key
			before := map[contact.Key]string{}
			refused := map[contact.Key]bool{}
			for _, key := range f.keys {
				if rng.IntN(20) == 0 {
					gone = append(gone, key)
					s, _ := d.Explain(key)
					refused[key] = s != nil && slices.ContainsFunc(s.Evidence, func(e StoryEvidence) bool { return e.Kind == "optout" && e.Identifier == key.Phone().String() })
				}
			}
			for _, key := range f.keys {
				before[key] = told(t, d, key)
			}
			if _, err := d.Forget(gone, "x", asOf(3+round)); err != nil {
				t.Fatal(err)
			}
			if f, err := d.Verify(nil); f != nil || err != nil {
				t.Fatal(seed, round, f, err)
			}
			for _, key := range f.keys {
				after := told(t, d, key)
				switch {
				case slices.Contains(gone, key):
					kept := false
					d.EachForgotten(func(yield func(contact.Key) bool) { yield(key) }, func(f contact.Fact) bool { kept = kept || f.Kind.Refuses(); return true })
					if after != "" || refused[key] && !kept {
						t.Fatalf("%v: told %q, refusal kept %v of %v", key, after, kept, refused[key])
					}
				case after != before[key]:
					t.Fatalf("%v: %s\nbefore: %s", key, after, before[key])
				}
			}
			f = nextDay(f, uint64(seed*10+round))
			recordRun(t, d, 10+round, f, evidence(300+round, 9)...)
			mustVerify(t, d)
		}
	}
}

// told is the own part of a story: its verdicts and rows.
func told(t *testing.T, d *DB, key contact.Key) string {
	s, err := d.Explain(key)
	if err != nil {
		t.Fatal(err)
	}
	if s == nil {
		return ""
	}
	out := ""
	for _, c := range s.Contacts {
		if p, _ := contact.ParsePhone(c.Phone); !c.Linked && contact.Key(p) == key {
			out += fmt.Sprint(c.ContactID, c.Decisions, c.Rows)
		}
	}
	return out
}

// Whoever is forgotten may be the last of whom anything was learnt: the number of
// that evidence is not given again, and the next run's is on record.
func TestForgetTheNewest(t *testing.T) {
	for _, again := range []bool{false, true} { // opened anew between, as by commands
		path := tempPath(t)
		d := open(t, path)
		recordRun(t, d, 1, bigBase(10), evidence(1, 5)...)
		if _, err := d.Forget([]contact.Key{79000000004, 79000000005}, "по просьбе", asOf(2)); err != nil {
			t.Fatal(err)
		}
		if again {
			d.Close()
			d = open(t, path)
		}
		batch := evidence(20, 2)
		recordRun(t, d, 3, bigBase(10), batch...)
		if batch[0].Seq <= 5 {
			t.Errorf("evidence %d was given twice", batch[0].Seq)
		}
		mustVerify(t, d)
	}
}
