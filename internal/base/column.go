package base

import "iter"

// column is a list that grows without moving what is in it: a slice that
// doubles holds the old half and the new whole at once.
type column[T any] struct {
	blocks []*[blockSize]T
	n      int
}

const (
	blockBits = 15
	blockSize = 1 << blockBits
)

func (c *column[T]) add(v T) {
	if c.n>>blockBits == len(c.blocks) {
		c.blocks = append(c.blocks, (*[blockSize]T)(many[T](blockSize)))
	}
	c.blocks[c.n>>blockBits][c.n&(blockSize-1)] = v
	c.n++
}

// extend adds zero values up to so many elements.
func (c *column[T]) extend(n int) {
	var zero T
	for c.n < n {
		c.add(zero)
	}
}

func (c *column[T]) at(i int32) *T { return &c.blocks[i>>blockBits][i&(blockSize-1)] }

func (c *column[T]) len() int { return c.n }

// all yields every element with its number.
func (c *column[T]) all() iter.Seq2[int32, *T] {
	return func(yield func(int32, *T) bool) {
		for i := range int32(c.n) {
			if !yield(i, c.at(i)) {
				return
			}
		}
	}
}

// flatten moves the elements into one list of many, block by block.
func (c *column[T]) flatten() []T {
	flat := many[T](c.n)
	for i, b := range c.blocks {
		copy(flat[i<<blockBits:], b[:])
		drop(b[:])
	}
	*c = column[T]{}
	return flat
}

// free empties the column.
func (c *column[T]) free() {
	for _, b := range c.blocks {
		drop(b[:])
	}
	*c = column[T]{}
}
