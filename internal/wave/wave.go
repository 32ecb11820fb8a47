// Package wave cuts a clean list into waves for sending: the warmest people
// first, a small first wave, growth from wave to wave, never more people in 24
// hours than the channel takes, few strangers at once, one of a family, and
// within the local hours of whoever is written to.
//
// It is pure: people and times in, waves out, the same whatever the order of the
// people. It does not know who may be written to (package policy decides that),
// keeps nothing, and reads no clock.
package wave

import (
	"cmp"
	"slices"
	"time"
)

// Rules are how waves are cut.
type Rules struct {
	First  int           // people in the first wave, at least 1
	Growth float64       // each wave may have so many times the people of the one before, at least 1
	Limit  int           // people in any 24 hours; 0 is no limit
	Pause  time.Duration // from one wave to the next
	// NewShare is how many of a wave, from 0 to 1, may be people who were never
	// written to; one may be in every wave. 1 is no limit.
	NewShare float64
}

// Person is somebody who may be written to.
type Person struct {
	ID        int64 // unique
	Family    int64 // the same for people who are linked; 0 for one who is alone
	Warmth    Warmth
	New       bool      // was never in touch on this channel
	NotBefore time.Time // was written to lately; zero for any time
}

// Sent is people who were handed out before.
type Sent struct {
	At     time.Time
	People int
}

// Wave is the people to write to at one time.
type Wave struct {
	At     time.Time // the earliest time to hand it out
	People []Person  // warmest first
	New    int       // how many were never written to
}

// Size is how many people the wave after so many others may have by growth
// alone.
func (r Rules) Size(before int) int {
	size := float64(r.First)
	for ; before > 0 && size < maxSize && r.Growth > 1; before-- {
		size *= r.Growth
	}
	return max(1, int(min(size, maxSize)))
}

// maxSize is more people than anybody has.
const maxSize = 1 << 30

// Cut puts everybody in exactly one wave. from is when the first of them may be
// handed out, before is how many waves of the plan were, and sent is who was
// handed out in the last 24 hours, oldest first.
func (r Rules) Cut(people []Person, from time.Time, before int, sent []Sent) []Wave {
	q := newQueue(people)
	var waves []Wave
	for at := from; q.left > 0; {
		room, next := r.room(sent, at)
		if room == 0 {
			at = next
			continue
		}
		if ripe, ok := q.ripen(at); !ok {
			at = ripe
			continue
		}
		size := min(r.Size(before), room)
		w := Wave{At: at}
		w.People, w.New = q.take(size, r.strangers(size))
		waves, sent = append(waves, w), append(sent[:len(sent):len(sent)], Sent{at, len(w.People)})
		before, at = before+1, at.Add(r.Pause)
	}
	return waves
}

// strangers is how many of a wave may be people who were never written to.
func (r Rules) strangers(size int) int {
	return max(1, int(r.NewShare*float64(size)+1e-9))
}

// room is how many people the limit leaves at a time, and when there is more.
func (r Rules) room(sent []Sent, at time.Time) (room int, next time.Time) {
	if r.Limit == 0 {
		return maxSize, at
	}
	day := at.Add(-24 * time.Hour)
	for _, s := range slices.Backward(sent) {
		if s.People == 0 {
			continue
		}
		if !s.At.After(day) {
			break
		}
		room, next = room+s.People, s.At.Add(24*time.Hour)
	}
	return max(0, r.Limit-room), next
}

// ranked is the people in order, warmest first.
func ranked(people []Person) []Person {
	return slices.SortedFunc(slices.Values(people), func(a, b Person) int {
		return cmp.Or(a.Warmth.Compare(b.Warmth), cmp.Compare(a.ID, b.ID))
	})
}
