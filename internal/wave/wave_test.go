package wave_test

import (
	"slices"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"cleanbase/internal/contact"
	"cleanbase/internal/wave"
)

var now = time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)

func drawRules(t *rapid.T) wave.Rules {
	return wave.Rules{First: rapid.IntRange(1, 8).Draw(t, "first"), Growth: rapid.Float64Range(1, 3).Draw(t, "growth"), Limit: rapid.IntRange(0, 12).Draw(t, "limit"),
		Pause: time.Duration(rapid.IntRange(1, 40).Draw(t, "pause")) * time.Hour, NewShare: rapid.Float64Range(0.01, 1).Draw(t, "share")}
}

func drawPeople(t *rapid.T) []wave.Person {
	var people []wave.Person
	for id := range int64(rapid.IntRange(0, 60).Draw(t, "people")) {
		p := wave.Person{ID: id + 1, Family: rapid.Int64Range(0, 12).Draw(t, "family"), New: rapid.Bool().Draw(t, "new"),
			Warmth: wave.Warmth{Level: wave.Level(rapid.IntRange(0, 5).Draw(t, "level")), At: contact.Moment(rapid.IntRange(0, 3).Draw(t, "at"))}}
		if rapid.IntRange(0, 3).Draw(t, "waits") == 0 {
			p.NotBefore = now.Add(time.Duration(rapid.IntRange(-20, 200).Draw(t, "hours")) * time.Hour)
		}
		people = append(people, p)
	}
	return people
}

func drawSent(t *rapid.T) []wave.Sent {
	var sent []wave.Sent
	at := now.Add(-30 * time.Hour)
	for range rapid.IntRange(0, 4).Draw(t, "waves before") {
		at = at.Add(time.Duration(rapid.IntRange(0, 7).Draw(t, "later")) * time.Hour)
		sent = append(sent, wave.Sent{At: at, People: rapid.IntRange(0, 12).Draw(t, "sent")})
	}
	return sent
}

// Everybody is in exactly one wave, whatever the rules.
func TestEverybodyOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people := drawPeople(t)
		seen := map[int64]int{}
		for _, w := range drawRules(t).Cut(people, now, rapid.IntRange(0, 3).Draw(t, "before"), drawSent(t)) {
			fresh := 0
			for _, p := range w.People {
				seen[p.ID]++
				if p.New {
					fresh++
				}
			}
			if fresh != w.New || len(w.People) == 0 {
				t.Fatalf("%d strangers, said %d, of %d", fresh, w.New, len(w.People))
			}
		}
		for _, p := range people {
			if seen[p.ID] != 1 {
				t.Fatalf("%d is in %d waves", p.ID, seen[p.ID])
			}
		}
		if len(seen) != len(people) {
			t.Fatalf("%d people came out of %d", len(seen), len(people))
		}
	})
}

// No 24 hours hold more people than the limit, no wave more than growth and the
// share of strangers allow, no two waves are nearer than the pause, nobody is
// written to before the time, and no family twice in one wave.
func TestLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, sent, before := drawRules(t), drawSent(t), rapid.IntRange(0, 3).Draw(t, "before")
		waves := r.Cut(drawPeople(t), now, before, sent)
		for i, w := range waves {
			if i > 0 && w.At.Sub(waves[i-1].At) < r.Pause || w.At.Before(now) {
				t.Fatalf("wave %d is at %v", i, w.At)
			}
			if len(w.People) > r.Size(before+i) {
				t.Fatalf("wave %d has %d people, growth allows %d", i, len(w.People), r.Size(before+i))
			}
			if most := max(1, int(r.NewShare*float64(r.Size(before+i))+1e-9)); w.New > most {
				t.Fatalf("wave %d has %d strangers, %d may be", i, w.New, most)
			}
			families := map[int64]bool{}
			for _, p := range w.People {
				if p.NotBefore.After(w.At) {
					t.Fatal("too early", p, w.At)
				}
				if p.Family != 0 && families[p.Family] {
					t.Fatal("a family twice")
				}
				families[p.Family] = true
			}
			sent = append(sent, wave.Sent{At: w.At, People: len(w.People)})
			day := 0
			for _, s := range sent {
				if s.At.After(w.At.Add(-24 * time.Hour)) {
					day += s.People
				}
			}
			if r.Limit > 0 && day > r.Limit {
				t.Fatalf("%d people in 24 hours, limit %d", day, r.Limit)
			}
		}
	})
}

// Whoever waits longer than a colder person has a reason: the family, the share
// of strangers, or the time.
func TestWarmestFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, before := drawRules(t), rapid.IntRange(0, 3).Draw(t, "before")
		waves := r.Cut(drawPeople(t), now, before, nil)
		for i, w := range waves {
			size := r.Size(before + i)
			if r.Limit > 0 {
				size = min(size, r.Limit-handedOut(waves[:i], w.At))
			}
			coldest := w.People[len(w.People)-1]
			if !slices.IsSortedFunc(w.People, func(a, b wave.Person) int { return a.Warmth.Compare(b.Warmth) }) {
				t.Fatal("a wave is not in order")
			}
			full := w.New >= max(1, int(r.NewShare*float64(size)+1e-9))
			for _, later := range waves[i+1:] {
				for _, p := range later.People {
					if p.Warmth.Compare(coldest.Warmth) >= 0 || p.NotBefore.After(w.At) || p.New && full || p.Family != 0 {
						continue
					}
					t.Fatalf("%+v waits, %+v does not", p, coldest)
				}
			}
		}
	})
}

// handedOut is how many people the waves of the 24 hours before a time have.
func handedOut(waves []wave.Wave, at time.Time) (n int) {
	for _, w := range waves {
		if w.At.After(at.Add(-24 * time.Hour)) {
			n += len(w.People)
		}
	}
	return n
}

// A wave is as full as it may be.
func TestNoIdleRoom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRules(t)
		r.Limit, r.NewShare = 0, 1
		people := drawPeople(t)
		for i := range people {
			people[i].Family, people[i].NotBefore = 0, time.Time{}
		}
		left := len(people)
		for i, w := range r.Cut(people, now, 0, nil) {
			if len(w.People) != min(left, r.Size(i)) {
				t.Fatalf("wave %d has %d people of %d, and room for %d", i, len(w.People), left, r.Size(i))
			}
			left -= len(w.People)
		}
	})
}

func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, people, sent := drawRules(t), drawPeople(t), drawSent(t)
		want := r.Cut(people, now, 1, sent)
		got := r.Cut(rapid.Permutation(people).Draw(t, "order"), now, 1, sent)
		if !slices.EqualFunc(want, got, func(a, b wave.Wave) bool {
			return a.At.Equal(b.At) && a.New == b.New && slices.Equal(a.People, b.People)
		}) {
			t.Fatalf("%v and %v", want, got)
		}
	})
}

func TestSize(t *testing.T) {
	r := wave.Rules{First: 50, Growth: 2}
	for before, want := range []int{50, 100, 200, 400} {
		if got := r.Size(before); got != want {
			t.Errorf("%d: %d", before, got)
		}
	}
	if r.Size(1e9) < 1e9 {
		t.Error("growth ends")
	}
	if got := (wave.Rules{First: 7, Growth: 1}).Size(1e9); got != 7 {
		t.Error(got)
	}
}

// A hundred thousand people in waves of 250 are cut in a moment.
func TestCutMany(t *testing.T) {
	people := make([]wave.Person, 100_000)
	for i := range people {
		people[i] = wave.Person{ID: int64(i), Family: int64(i / 2), New: i%3 == 0}
	}
	waves := wave.Rules{First: 50, Growth: 2, Limit: 250, Pause: 24 * time.Hour, NewShare: 0.5}.Cut(people, now, 0, nil)
	if len(waves) < 400 {
		t.Error(len(waves))
	}
}

func TestWarmth(t *testing.T) {
	day := func(days int) contact.Moment { return contact.At(now.AddDate(0, 0, -days)) }
	fact := func(kind contact.EvidenceKind, channel contact.Channel, days int) contact.Fact {
		return contact.Fact{Kind: kind, Channel: channel, At: day(days)}
	}
	for _, c := range []struct {
		name    string
		facts   []contact.Fact
		consent contact.Moment
		want    wave.Level
		new     bool
	}{
		{"nothing", nil, 0, wave.Undated, true},
		{"old consent", nil, day(200), wave.Agreed, true},
		{"new consent", nil, day(20), wave.AgreedNewly, true},
		{"wrote lately", []contact.Fact{fact(contact.Inbound, contact.MAX, 3)}, day(200), wave.WroteLately, false},
		{"wrote long ago", []contact.Fact{fact(contact.Inbound, contact.MAX, 90)}, day(200), wave.InTouch, false},
		{"wrote elsewhere", []contact.Fact{fact(contact.Inbound, contact.WhatsApp, 3)}, day(200), wave.Agreed, true},
		{"no channel named", []contact.Fact{fact(contact.Inbound, contact.Any, 3)}, 0, wave.WroteLately, false},
		{"bot", []contact.Fact{fact(contact.BotStarted, contact.MAX, 300)}, 0, wave.StartedBot, false},
		{"bot stopped", []contact.Fact{fact(contact.BotStarted, contact.MAX, 300), fact(contact.BotStopped, contact.MAX, 300)}, 0, wave.Undated, false},
		{"bot started again", []contact.Fact{fact(contact.BotStarted, contact.MAX, 3), fact(contact.BotStopped, contact.MAX, 300)}, 0, wave.StartedBot, false},
		{"got a message", []contact.Fact{fact(contact.Delivered, contact.MAX, 3)}, 0, wave.InTouch, false},
		{"written to, no more known", []contact.Fact{fact(contact.Outbound, contact.MAX, 3)}, 0, wave.Undated, false},
	} {
		d := wave.Deal(c.facts, contact.MAX, c.consent)
		if got := d.Warmth(now).Level; got != c.want || d.New() != c.new {
			t.Errorf("%s: %v, new %v", c.name, got, d.New())
		}
	}
	d := wave.Deal([]contact.Fact{fact(contact.Outbound, contact.MAX, 9), fact(contact.Delivered, contact.MAX, 8)}, contact.MAX, 0)
	if d.Written != day(8) {
		t.Error(d.Written)
	}
	for _, l := range wave.Levels() {
		if say := l.Say(); say.EN == "" || say.RU == "" {
			t.Error(l)
		}
	}
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestWindow(t *testing.T) {
	hours := wave.Hours{From: 10 * time.Hour, To: 20*time.Hour + 30*time.Minute}
	utc := func(text string) time.Time {
		at, err := time.Parse("2006-01-02 15:04", text)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for _, c := range []struct {
		zones    []string
		from, to string // within 24 hours from here
		want     string
	}{
		{[]string{"Europe/Moscow"}, "2026-11-25 05:00", "2026-11-26 05:00", "25 07:00 25 17:30"},
		{[]string{"Europe/Moscow"}, "2026-11-25 09:00", "2026-11-26 09:00", "25 09:00 25 17:30"},
		{[]string{"Europe/Moscow"}, "2026-11-25 16:00", "2026-11-26 16:00", "25 16:00 25 17:30"},
		{[]string{"Europe/Moscow"}, "2026-11-25 17:00", "2026-11-26 17:00", "26 07:00 26 17:00"},
		{[]string{"Europe/Moscow"}, "2026-11-25 17:00", "2026-11-26 07:10", "25 17:00 25 17:30"},
		{[]string{"Asia/Vladivostok"}, "2026-11-25 09:00", "2026-11-26 09:00", "25 09:00 25 10:30"},
		{[]string{"America/Los_Angeles"}, "2026-11-25 09:00", "2026-11-26 09:00", "25 18:00 26 04:30"},
		{[]string{"Europe/Moscow", "Asia/Novosibirsk"}, "2026-11-25 00:00", "2026-11-26 00:00", "25 07:00 25 13:30"},
		{[]string{"Europe/Kaliningrad", "Asia/Kamchatka"}, "2026-11-25 00:00", "2026-11-26 00:00", "25 08:00 25 08:30"},
		{nil, "2026-11-25 00:00", "2026-11-26 00:00", "25 00:00 26 00:00"},
		{[]string{"Europe/Moscow"}, "2026-11-25 18:00", "2026-11-26 05:00", ""},
		{[]string{"America/New_York"}, "2026-11-01 00:00", "2026-11-02 06:00", "01 15:00 02 01:30"}, // the day the clocks go back
	} {
		var zones []*time.Location
		for _, name := range c.zones {
			zones = append(zones, zone(t, name))
		}
		got := ""
		if s, ok := hours.Window(wave.Span{From: utc(c.from), To: utc(c.to)}, zones...); ok {
			got = s.From.UTC().Format("02 15:04 ") + s.To.UTC().Format("02 15:04")
		}
		if got != c.want {
			t.Errorf("%v from %s: %s, want %s", c.zones, c.from, got, c.want)
		}
	}
}

// A window lies within the span and within the hours on every clock, and any 24
// hours have one.
func TestWindowLaw(t *testing.T) {
	names := []string{"Europe/Moscow", "Asia/Kamchatka", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"}
	rapid.Check(t, func(t *rapid.T) {
		z, err := time.LoadLocation(rapid.SampledFrom(names).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		from := now.Add(time.Duration(rapid.IntRange(0, 60*24*365).Draw(t, "minute")) * time.Minute)
		h := wave.Hours{From: time.Duration(rapid.IntRange(0, 20).Draw(t, "from")) * time.Hour}
		h.To = h.From + time.Duration(rapid.IntRange(3, 4).Draw(t, "length"))*time.Hour
		within := wave.Span{From: from, To: from.Add(25 * time.Hour)}
		s, ok := h.Window(within, z)
		if !ok || s.From.Before(within.From) || s.To.After(within.To) || !s.From.Before(s.To) {
			t.Fatal(s, ok)
		}
		at := s.From.In(z)
		clock := time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute
		if clock < h.From || clock >= h.To {
			t.Fatalf("begins at %v, hours %v", at, h)
		}
	})
}
