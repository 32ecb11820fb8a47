package sheet

import "math/bits"

// A table is looked up by the next bits of the stream. An entry is
//
//	bits 0-7    how many bits the code and its extra bits take
//	bits 8-11   how many the code alone takes; of a link, the width of its table
//	bits 12-15  the kind; none for a length or a distance
//	bits 16-31  the value, to which the extra bits are added; where a link's table begins
const (
	isLiteral = 1 << 12
	isEnd     = 1 << 13
	isLink    = 1 << 14 // the code is longer than the table is wide
	isWrong   = 1 << 15
	isNoValue = isEnd | isLink | isWrong

	// How wide the tables are, and the most that they take with all that
	// their links lead to: for codes of at most 15 bits, of 288 literals and
	// lengths and of 32 distances.
	litsBits, litsRoom   = 11, 2342
	distsBits, distsRoom = 8, 402

	maxLits, maxDists = 286, 30 // that a block may have
)

// litEntry is what a symbol of literals and lengths means.
func litEntry(symbol int) uint32 {
	switch k := symbol - 265; {
	case symbol < 256:
		return isLiteral | uint32(symbol)<<16
	case symbol == 256:
		return isEnd
	case k < 0:
		return uint32(symbol-254) << 16
	case symbol < 285:
		extra := 1 + k/4
		return uint32(3+(4+k%4)<<extra)<<16 | uint32(extra)
	case symbol == 285:
		return longestCopy << 16
	}
	return isWrong
}

// distEntry is what a symbol of distances means.
func distEntry(symbol int) uint32 {
	if symbol < 4 {
		return uint32(symbol+1) << 16
	}
	if symbol >= maxDists {
		return isWrong
	}
	extra := symbol/2 - 1
	return uint32(1+(2+symbol%2)<<extra)<<16 | uint32(extra)
}

// codebook makes tables of codes' lengths.
type codebook struct {
	lengths []uint8 // of each symbol's code, 0 for none
	count   [16]int // codes of each length that are not yet placed
	next    [16]int // the next code of each length
	sorted  [288]uint16
	symbols []uint16 // of sorted, by length of code and then by symbol
}

// fill makes a table, root bits wide. It is false for lengths that are no
// code: one is complete, or of a single bit, or empty.
func (c *codebook) fill(table []uint32, root int, entry func(symbol int) uint32) bool {
	c.count = [16]int{}
	for _, n := range c.lengths {
		c.count[n]++
	}
	c.count[0] = 0
	var at [16]int
	code, free := 0, 1<<15
	for n := 1; n < 16; n++ {
		code = (code + c.count[n-1]) << 1
		c.next[n], at[n] = code, at[n-1]+c.count[n-1]
		free -= c.count[n] << (15 - n)
	}
	total := at[15] + c.count[15]
	if free < 0 || free > 0 && total > 1 || total == 1 && c.count[1] == 0 {
		return false
	}
	if free > 0 {
		for i := range table[:1<<root] {
			table[i] = isWrong
		}
	}
	for symbol, n := range c.lengths {
		if n > 0 {
			c.sorted[at[n]] = uint16(symbol)
			at[n]++
		}
	}
	c.symbols = c.sorted[:total]
	return c.place(table, root, entry)
}

// place writes the entry of every code to all places of the table that start
// with it: codes stand there with their first bit lowest.
func (c *codebook) place(table []uint32, root int, entry func(symbol int) uint32) bool {
	linked, from, width, end := -1, 0, 0, 1<<root
	for _, symbol := range c.symbols {
		n := int(c.lengths[symbol])
		code := int(bits.Reverse16(uint16(c.next[n])) >> (16 - n))
		c.next[n]++
		e := entry(int(symbol)) + uint32(n) | uint32(n)<<8
		if n <= root {
			c.count[n]--
			for i := code; i < 1<<root; i += 1 << n {
				table[i] = e
			}
			continue
		}
		if start := code & (1<<root - 1); start != linked {
			linked, from, width = start, end, c.width(n, root)
			if end += 1 << width; end > len(table) {
				return false
			}
			table[start] = isLink | uint32(from)<<16 | uint32(width)<<8
		}
		c.count[n]--
		for i := code >> root; i < 1<<width; i += 1 << (n - root) {
			table[from+i] = e
		}
	}
	return true
}

// width is how wide a linked table must be whose first code has n bits: the
// codes that follow fill it.
func (c *codebook) width(n, root int) int {
	width := n - root
	for left := 1 << width; width+root < 15; width++ {
		if left -= c.count[width+root]; left <= 0 {
			break
		}
		left <<= 1
	}
	return width
}

// fixedCodes makes the tables that need not be told.
func (f *inflater) fixedCodes() error {
	var lengths [288]uint8
	for i := range lengths {
		switch {
		case i < 144 || i >= 280:
			lengths[i] = 8
		case i < 256:
			lengths[i] = 9
		default:
			lengths[i] = 7
		}
	}
	c := codebook{lengths: lengths[:]}
	c.fill(f.lits[:], litsBits, litEntry)
	for i := range 32 {
		lengths[i] = 5
	}
	c.lengths = lengths[:32]
	c.fill(f.dists[:], distsBits, distEntry)
	return nil
}

// readCodes reads the tables of a block that brings its own.
func (f *inflater) readCodes() error {
	sizes, err := f.take(14)
	if err != nil {
		return err
	}
	lits, dists := int(sizes&31)+257, int(sizes>>5&31)+1
	if lits > maxLits || dists > maxDists {
		return errInflate
	}
	var small [19]uint8
	for _, at := range []uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}[:4+sizes>>10] {
		n, err := f.take(3)
		if err != nil {
			return err
		}
		small[at] = uint8(n)
	}
	const smallBits = 7
	var table [1 << smallBits]uint32
	c := codebook{lengths: small[:]}
	if !c.fill(table[:], smallBits, func(symbol int) uint32 { return uint32(symbol) << 16 }) {
		return errInflate
	}
	var lengths [maxLits + maxDists]uint8
	if err := f.readLengths(lengths[:lits+dists], table[:], smallBits); err != nil {
		return err
	}
	c.lengths = lengths[:lits]
	ok := c.fill(f.lits[:], litsBits, litEntry)
	c.lengths = lengths[lits : lits+dists]
	if !ok || !c.fill(f.dists[:], distsBits, distEntry) {
		return errInflate
	}
	return nil
}

// readLengths reads the lengths of codes, which are packed themselves: 16
// repeats the last one, 17 and 18 stand for several of none.
func (f *inflater) readLengths(lengths []uint8, table []uint32, root uint) error {
	for i := 0; i < len(lengths); {
		_, symbol, err := f.code(table, root)
		if err != nil {
			return err
		}
		if symbol < 16 {
			lengths[i] = uint8(symbol)
			i++
			continue
		}
		extra := [...]struct{ bits, least uint }{{2, 3}, {3, 3}, {7, 11}}[symbol-16]
		n, err := f.take(extra.bits)
		if err != nil {
			return err
		}
		repeat, last := int(n)+int(extra.least), uint8(0)
		if symbol == 16 {
			if i == 0 {
				return errInflate
			}
			last = lengths[i-1]
		}
		if i+repeat > len(lengths) {
			return errInflate
		}
		for range repeat {
			lengths[i] = last
			i++
		}
	}
	return nil
}
