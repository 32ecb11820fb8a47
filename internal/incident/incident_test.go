package incident

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cleanbase/internal/contact"
)

var (
	since = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	until = time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
)

func day(n int) time.Time { return since.AddDate(0, 0, n) }

func phone(i int) contact.Key { return contact.OfPhone(contact.Phone(79110000000 + i)).Key }

// told is what one person did and stood in.
type told struct {
	facts  []contact.Fact
	set    contact.ReasonSet
	groups []groupID
}

// ledger takes people, in the order given, their facts shuffled.
func ledger(people []told, r *rand.Rand) *Ledger {
	l := New(Options{Since: since, Until: until})
	type one struct {
		who  int
		fact contact.Fact
	}
	var facts []one
	order := r.Perm(len(people))
	for i, p := range people {
		for _, f := range p.facts {
			f.Key = phone(i)
			facts = append(facts, one{i, f})
		}
	}
	r.Shuffle(len(facts), func(a, b int) { facts[a], facts[b] = facts[b], facts[a] })
	for _, f := range facts {
		l.Fact(f.fact, day(5))
	}
	for _, i := range order {
		if people[i].set != 0 {
			l.Join(phone(i), int64(i+1), phone(i))
		}
	}
	l.Joined()
	for _, i := range order {
		l.Decided(int64(i+1), day(-10), people[i].set)
		if p := l.Of(int64(i + 1)); p != nil {
			for _, g := range people[i].groups {
				l.Stands(p, g.by, g.name)
			}
		}
	}
	return l
}

func sent(n int) contact.Fact {
	return contact.Fact{Kind: contact.Outbound, At: contact.At(day(n).Add(time.Hour)), Channel: contact.WhatsApp}
}

func wrote(kind contact.EvidenceKind, n int) contact.Fact {
	return contact.Fact{Kind: kind, At: contact.At(day(n).Add(2 * time.Hour)), Channel: contact.WhatsApp}
}

var yes, no = contact.ReasonSet(0).With(contact.ConsentValid), contact.ReasonSet(0).With(contact.ConsentMissing)

func draw(t *rapid.T) []told {
	kinds := []contact.EvidenceKind{contact.Inbound, contact.OptOut, contact.Complaint, contact.Unreachable, contact.SuspectedSpam, contact.Delivered, contact.Outbound, contact.Pardon, contact.Consent}
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) told {
		p := told{set: rapid.SampledFrom([]contact.ReasonSet{yes, no, 0}).Draw(t, "set")}
		for range rapid.IntRange(0, 4).Draw(t, "facts") {
			f := wrote(rapid.SampledFrom(kinds).Draw(t, "kind"), rapid.IntRange(-9, 6).Draw(t, "day"))
			f.At += contact.Moment(2 * rapid.IntRange(0, 3).Draw(t, "seconds"))
			if rapid.IntRange(0, 9).Draw(t, "undated") == 0 {
				f.At = 0
			}
			p.facts = append(p.facts, f)
		}
		for _, name := range []string{"a", "b", "c"} {
			if rapid.Bool().Draw(t, name) {
				p.groups = append(p.groups, groupID{"tag", name})
			}
		}
		return p
	}), 0, 40).Draw(t, "people")
}

func text(t interface{ Fatal(...any) }, v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The order in which things are told changes nothing.
func TestOrderIsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people := draw(t)
		a, b := ledger(people, rand.New(rand.NewPCG(1, 2))), ledger(people, rand.New(rand.NewPCG(3, 4)))
		if x, y := text(t, a.Report()), text(t, b.Report()); x != y {
			t.Fatalf("%s\n%s", x, y)
		}
		keys := func(l *Ledger) (drop, reach []contact.Key) {
			for _, d := range l.Drop() {
				drop = append(drop, d.Key)
			}
			for _, r := range l.Reachable() {
				reach = append(reach, r.Key)
			}
			return drop, reach
		}
		d1, r1 := keys(a)
		d2, r2 := keys(b)
		if !slices.Equal(d1, d2) || !slices.Equal(r1, r2) {
			t.Fatal("the lists differ")
		}
	})
}

// Every group and its rest are all who were written to; nobody who refuses can
// be answered; whoever is dropped was written to.
func TestFiguresAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := ledger(draw(t), rand.New(rand.NewPCG(1, 2)))
		r := l.Report()
		for _, g := range r.Groups {
			if g.People < leastGroup {
				t.Fatalf("a group of %d is shown", g.People)
			}
			for _, c := range g.Compared {
				i := slices.IndexFunc(r.Rates, func(x contact.IncidentRate) bool { return x.Mishap == c.Mishap })
				if c.Group.N+c.Rest.N != r.Rates[i].N || c.Group.Of+c.Rest.Of != r.People || c.Group.Of != g.People {
					t.Fatalf("%+v", c)
				}
				if c.Worse && c.Group.Rate <= c.Rest.Rate {
					t.Fatalf("worse, but %+v", c)
				}
			}
		}
		var days int64
		for _, d := range r.Days {
			days += d.People
		}
		if days != r.People {
			t.Fatalf("%d on days, %d in all", days, r.People)
		}
		for _, x := range l.Reachable() {
			if x.refuses() {
				t.Fatal("somebody who refused is to be written to")
			}
		}
		for _, d := range l.Drop() {
			if !d.WrittenAt().Known() || len(d.Reasons) == 0 {
				t.Fatalf("%+v", d)
			}
		}
	})
}

// A refusal or complaint more never makes the drop list or its count smaller,
// nor lets anybody more be answered.
func TestRefusalsOnlyAdd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people := draw(t)
		if len(people) == 0 {
			return
		}
		before := ledger(people, rand.New(rand.NewPCG(1, 2)))
		i := rapid.IntRange(0, len(people)-1).Draw(t, "who")
		kind := rapid.SampledFrom([]contact.EvidenceKind{contact.OptOut, contact.Complaint, contact.BotStopped, contact.Protected}).Draw(t, "kind")
		people[i].facts = append(slices.Clone(people[i].facts), wrote(kind, rapid.IntRange(-9, 4).Draw(t, "day")))
		after := ledger(people, rand.New(rand.NewPCG(1, 2)))
		if len(after.Drop()) < len(before.Drop()) || len(after.Reachable()) > len(before.Reachable()) {
			t.Fatalf("drop %d to %d, reach %d to %d", len(before.Drop()), len(after.Drop()), len(before.Reachable()), len(after.Reachable()))
		}
		for k, a := range after.Report().Rates {
			if b := before.Report().Rates[k]; a.Mishap != contact.Silent && a.N < b.N {
				t.Fatalf("%s: %d to %d", a.Name, b.N, a.N)
			}
		}
	})
}

// In 300 mailings where the groups have nothing to do with who refuses, some
// group is called worse in about one of twenty at most, however many and small
// they are.
func TestChanceDoesNotShout(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	shouted := 0
	for range 300 {
		var people []told
		for i := range 400 {
			p := told{facts: []contact.Fact{sent(1)}, set: yes, groups: []groupID{{"tag", fmt.Sprint(i % 40)}, {"file", fmt.Sprint(i % 3)}}}
			if r.Float64() < 0.08 {
				p.facts = append(p.facts, wrote(contact.OptOut, 1))
			}
			if r.Float64() < 0.01 {
				p.facts = append(p.facts, wrote(contact.Complaint, 1))
			}
			people = append(people, p)
		}
		if slices.ContainsFunc(ledger(people, r).Report().Groups, func(g contact.IncidentGroup) bool {
			return slices.ContainsFunc(g.Compared, func(c contact.IncidentTwins) bool { return c.Worse })
		}) {
			shouted++
		}
	}
	if shouted > 25 { // 15 are to be expected at most; 25 is three standard deviations more
		t.Errorf("chance shouted in %d of 300 mailings", shouted)
	}
	t.Logf("chance shouted in %d of 300 mailings", shouted)
}

// A bad source among good ones is found, named once though its tag means the
// same people, and comes before what is only a little over its limit.
func TestBadSourceIsFound(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var people []told
	for i := range 2000 {
		p := told{facts: []contact.Fact{sent(1)}, set: yes, groups: []groupID{{"file", "good.csv"}}}
		bad := i%10 == 0
		if bad {
			p.groups = []groupID{{"file", "bought.csv"}, {"tag", "cold"}}
		}
		if bad && r.Float64() < 0.1 || r.Float64() < 0.001 {
			p.facts = append(p.facts, wrote(contact.Complaint, 2))
		}
		people = append(people, p)
	}
	rep := ledger(people, r).Report()
	var groups []string
	for _, c := range rep.Causes {
		if c.Group != "" {
			groups = append(groups, c.Group)
		}
	}
	if len(groups) != 1 || rep.Causes[0].Group != "bought.csv" && rep.Causes[0].Group != "cold" {
		t.Errorf("causes %+v", rep.Causes)
	}
}

// What counts as written to after a refusal: only what is certain.
func TestRefusedBefore(t *testing.T) {
	undated := contact.Fact{Kind: contact.OptOut}
	sameDay := contact.Fact{Kind: contact.OptOut, At: contact.OnDay(2026, 11, 21)}
	for name, c := range map[string]struct {
		facts []contact.Fact
		want  bool
	}{
		"before":            {[]contact.Fact{wrote(contact.OptOut, -3), sent(1)}, true},
		"after":             {[]contact.Fact{wrote(contact.OptOut, 2), sent(1)}, false},
		"both ways":         {[]contact.Fact{wrote(contact.OptOut, 0), sent(0), sent(3)}, true},
		"agreed since":      {[]contact.Fact{wrote(contact.OptOut, -3), wrote(contact.Consent, -2), sent(1)}, false},
		"agreed before":     {[]contact.Fact{wrote(contact.OptOut, -2), wrote(contact.Consent, -3), sent(1)}, true},
		"complaint stays":   {[]contact.Fact{wrote(contact.Complaint, -3), wrote(contact.Consent, -2), sent(1)}, true},
		"complaint lifted":  {[]contact.Fact{wrote(contact.Complaint, -3), wrote(contact.Pardon, -2), sent(1)}, false},
		"protected":         {[]contact.Fact{wrote(contact.Protected, -30), sent(1)}, true},
		"the same day":      {[]contact.Fact{sameDay, sent(1)}, false},
		"learnt afterwards": {[]contact.Fact{undated, sent(1)}, false},
	} {
		l := ledger([]told{{facts: c.facts, set: yes}}, rand.New(rand.NewPCG(1, 2)))
		if got := l.people[0].refusedBefore(); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestWhatIsNotKnown(t *testing.T) {
	l := ledger([]told{{facts: []contact.Fact{sent(1)}, set: yes}}, rand.New(rand.NewPCG(1, 2)))
	for _, r := range l.Report().Rates {
		if r.Known {
			t.Errorf("%s is said to be known from sent messages alone", r.Name)
		}
	}
	if r := New(Options{Since: since, Until: until}).Report(); r.Basis != "" || len(r.Notes) != 1 || r.People != 0 {
		t.Errorf("%+v", r)
	}
}

// The decision that counts is the one in force when the message went out.
func TestDecisionInForce(t *testing.T) {
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}, {1, 0, 2}} {
		l := New(Options{Since: since, Until: until})
		f := sent(1)
		f.Key = phone(1)
		l.Fact(f, day(5))
		l.Join(phone(1), 1, phone(1))
		l.Joined()
		sets, at := []contact.ReasonSet{no, yes, no.With(contact.OptOutListed)}, []int{-20, -5, 3}
		for _, i := range order {
			l.Decided(1, day(at[i]), sets[i])
		}
		if p := l.Of(1); p.consent() != agreed || p.current != sets[2] {
			t.Errorf("%v: %s, %v", order, p.consent(), p.current)
		}
	}
}

// Somebody whom a log knows by a phone and by a messenger's id is one person,
// whichever of the two a contact has, if any.
func TestOnePersonOfTwoIdentifiers(t *testing.T) {
	id := contact.OfMessenger("max:17").Key
	for name, join := range map[string]func(*Ledger){
		"no contact":        func(*Ledger) {},
		"by the phone":      func(l *Ledger) { l.Join(phone(1), 1, phone(1)) },
		"by the id":         func(l *Ledger) { l.Join(id, 1, phone(7)) },
		"by both":           func(l *Ledger) { l.Join(phone(1), 1, phone(1)); l.Join(id, 1, phone(1)) },
		"by both, reversed": func(l *Ledger) { l.Join(id, 1, phone(1)); l.Join(phone(1), 1, phone(1)) },
	} {
		l := New(Options{Since: since, Until: until})
		for _, key := range []contact.Key{phone(1), id} {
			for _, f := range []contact.Fact{sent(1), wrote(contact.Inbound, 2)} {
				f.Key = key
				l.Fact(f, day(5))
			}
		}
		l.Same(id, phone(1))
		join(l)
		l.Joined()
		if r := l.Report(); r.People != 1 || r.Reach != 1 || len(l.Reachable()) != 1 || l.Reachable()[0].Alias != id {
			t.Errorf("%s: %d people, %d can be answered", name, r.People, r.Reach)
		}
	}
}
