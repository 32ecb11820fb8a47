package base

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cleanbase/internal/contact"
)

// Of a very large family, what is handed to a member tells of every class of
// refusal whether one of the others' outlasts a word of any moment, just as all
// of them do.
func TestLawFewTellWhatAllTell(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rapid.IntRange(0, 1<<20)
		keys := rapid.IntRange(70, 300).Draw(t, "keys")
		var f family
		for i := range rapid.IntRange(70, 400).Draw(t, "facts") {
			n := r.Draw(t, "fact")
			fact := contact.Fact{Key: contact.Key(1 + n%keys), Seq: int64(i + 1), Kind: []contact.EvidenceKind{contact.OptOut, contact.Complaint}[n/7%2],
				Via: contact.Via(1 + n/31%2), Channel: contact.Channel(n / 63 % 2)}
			if n%11 > 0 {
				fact.At = contact.At(time.Date(2026, 1, 1+n/127%40, n%24, 0, 0, 0, time.UTC)) | contact.Moment(n%2)
			}
			f.all = append(f.all, fact)
			if n%5 == 0 {
				f.all = append(f.all, fact) // reached through two contacts
			}
		}
		f.settle()
		if f.few == nil {
			t.Fatal("not a large family")
		}
		own := contact.Key(rapid.SampledFrom([]int{0, 3, 60}).Draw(t, "keys of its own"))
		var direct, want []contact.Fact
		for _, fact := range f.all {
			if fact.Key <= own {
				direct = append(direct, fact)
			} else {
				want = append(want, fact)
			}
		}
		slices.SortFunc(direct, func(x, y contact.Fact) int { return int(x.Key) - int(y.Key) })
		got := f.others(nil, direct)
		outlasts := func(list []contact.Fact, class contact.Fact, word contact.Moment) bool {
			return slices.ContainsFunc(list, func(o contact.Fact) bool {
				return o.Kind == class.Kind && o.Via == class.Via && o.Channel == class.Channel && !word.After(o.At)
			})
		}
		for _, class := range f.all {
			word := contact.At(time.Date(2026, 1, rapid.IntRange(1, 45).Draw(t, "day"), 12, 0, 0, 0, time.UTC))
			if outlasts(got, class, word) != outlasts(want, class, word) {
				t.Fatalf("%v: %d facts and %d of them disagree on a word of %v", class, len(want), len(got), word)
			}
		}
	})
}
