package wave

import (
	"container/heap"
	"time"
)

// queue is the people who wait for a wave. Each family shows one of its members
// at a time; people stand for their families, and numbers for their rank: a
// lower one is warmer.
type queue struct {
	people   []Person // by rank
	families [][]int  // ranks of the members that are left, warmest first
	left     int
	head     []int // the member that each family shows
	known    ranks // families that show somebody who is known
	new      ranks // families that show a stranger
	waiting  times // families of which nobody may be written to yet
	resting  []int // families that had somebody in the last wave
}

func newQueue(people []Person) *queue {
	q := &queue{people: ranked(people), left: len(people)}
	at := map[int64]int{}
	for rank, p := range q.people {
		f, ok := at[p.Family]
		if !ok || p.Family == 0 {
			f = len(q.families)
			at[p.Family] = f
			q.families = append(q.families, nil)
			q.resting = append(q.resting, f)
		}
		q.families[f] = append(q.families[f], rank)
	}
	q.head = make([]int, len(q.families))
	q.known.head, q.new.head = q.head, q.head
	return q
}

// ripen lets in who may be written to at a time; when nobody may, it tells the
// next time that somebody may.
func (q *queue) ripen(at time.Time) (next time.Time, ok bool) {
	for len(q.waiting) > 0 && !q.waiting[0].at.After(at) {
		q.resting = append(q.resting, heap.Pop(&q.waiting).(waiter).family)
	}
	for _, f := range q.resting {
		q.show(f, at)
	}
	q.resting = q.resting[:0]
	if len(q.known.families)+len(q.new.families) > 0 {
		return at, true
	}
	return q.waiting[0].at, false
}

// show puts a family where its warmest member that may be written to belongs.
func (q *queue) show(f int, at time.Time) {
	soonest := q.people[q.families[f][0]].NotBefore
	for _, rank := range q.families[f] {
		p := &q.people[rank]
		if p.NotBefore.After(at) {
			if p.NotBefore.Before(soonest) {
				soonest = p.NotBefore
			}
			continue
		}
		q.head[f] = rank
		if p.New {
			heap.Push(&q.new, f)
		} else {
			heap.Push(&q.known, f)
		}
		return
	}
	heap.Push(&q.waiting, waiter{f, soonest})
}

// take picks the warmest people, at most one of a family, with at most so many
// strangers among them.
func (q *queue) take(size, strangers int) (taken []Person, fresh int) {
	for len(taken) < size {
		from := &q.known
		if fresh < strangers && len(q.new.families) > 0 && (len(q.known.families) == 0 || q.new.first() < q.known.first()) {
			from = &q.new
			fresh++
		} else if len(q.known.families) == 0 {
			break
		}
		f := heap.Pop(from).(int)
		taken = append(taken, q.people[q.head[f]])
		q.left--
		q.leave(f)
	}
	return taken, fresh
}

// leave takes the shown member out of its family.
func (q *queue) leave(f int) {
	members := q.families[f]
	for i, rank := range members {
		if rank == q.head[f] {
			q.families[f] = append(members[:i], members[i+1:]...)
			break
		}
	}
	if len(q.families[f]) > 0 {
		q.resting = append(q.resting, f)
	}
}

// ranks is a heap of families by the rank of whom they show.
type ranks struct {
	families []int
	head     []int
}

func (r *ranks) first() int         { return r.head[r.families[0]] }
func (r *ranks) Len() int           { return len(r.families) }
func (r *ranks) Less(i, j int) bool { return r.head[r.families[i]] < r.head[r.families[j]] }
func (r *ranks) Swap(i, j int)      { r.families[i], r.families[j] = r.families[j], r.families[i] }
func (r *ranks) Push(f any)         { r.families = append(r.families, f.(int)) }
func (r *ranks) Pop() any {
	last := r.families[len(r.families)-1]
	r.families = r.families[:len(r.families)-1]
	return last
}

// waiter is a family and when somebody of it may be written to again.
type waiter struct {
	family int
	at     time.Time
}

// times is a heap of them, the soonest first.
type times []waiter

func (t *times) Len() int           { return len(*t) }
func (t *times) Less(i, j int) bool { return (*t)[i].at.Before((*t)[j].at) }
func (t *times) Swap(i, j int)      { (*t)[i], (*t)[j] = (*t)[j], (*t)[i] }
func (t *times) Push(w any)         { *t = append(*t, w.(waiter)) }
func (t *times) Pop() any {
	old := *t
	*t = old[:len(old)-1]
	return old[len(old)-1]
}
