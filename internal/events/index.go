package events

import "math/bits"

// index finds values by hashes, in little memory: a log has millions of
// messages, and each takes its hash, its value and a sixth of both, where a map
// takes three times as much.
type index[V any] struct {
	keys   []uint64 // 0: free
	values []V
	n      int
}

// at is the value of a hash, which is put there when it is missing. The place
// stands until the next call.
func (x *index[V]) at(hash uint64) (v *V, had bool) {
	hash = max(hash, 1) // 0 and 1 are one
	if x.n >= len(x.keys)-len(x.keys)/8 {
		x.grow()
	}
	i, had := x.find(hash)
	if !had {
		x.keys[i] = hash
		x.n++
	}
	return &x.values[i], had
}

// find is the place of a hash: its own, or the free one that it would have.
func (x *index[V]) find(hash uint64) (int, bool) {
	hi, _ := bits.Mul64(hash, uint64(len(x.keys)))
	for i := int(hi); ; i++ {
		if i == len(x.keys) {
			i = 0
		}
		if x.keys[i] == hash || x.keys[i] == 0 {
			return i, x.keys[i] == hash
		}
	}
}

func (x *index[V]) grow() {
	old := *x
	size := max(1024, len(old.keys)*3/2)
	x.keys, x.values = make([]uint64, size), make([]V, size)
	for i, hash := range old.keys {
		if hash != 0 {
			at, _ := x.find(hash)
			x.keys[at], x.values[at] = hash, old.values[i]
		}
	}
}
