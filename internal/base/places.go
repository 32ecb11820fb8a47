package base

import "slices"

// Places tells for each column of the table that input is which of Columns it
// went to, -1 for one that is left out.
func (b *Base) Places(input int32) []int {
	kept := b.columns.keep()
	for _, in := range b.inputs {
		if in.no != input {
			continue
		}
		places := make([]int, len(in.cols))
		for i, at := range in.cols {
			places[i] = slices.Index(kept, at)
		}
		return places
	}
	return nil
}
