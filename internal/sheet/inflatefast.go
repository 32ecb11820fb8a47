package sheet

import "encoding/binary"

// What fast must have before it: room for a few literals and the longest copy
// in steps of sixteen bytes, and input for two loads of eight.
const (
	inflateRoom  = 3 + longestCopy + 16
	inflateSlack = 16
)

// fast unpacks codes as long as neither the room nor the input comes near its
// end. It is oneCode over and over, with all it needs in registers.
func (f *inflater) fast() error {
	p, w, in, i := f.p, f.w, f.in[:f.end], f.i
	b, n := f.bits, f.n
	wrong := uint32(0)
	for roomEnd, inEnd := len(p)-inflateRoom, len(in)-inflateSlack; w <= roomEnd && i <= inEnd; {
		b |= binary.LittleEndian.Uint64(in[i:]) << (n & 63)
		i += int(63-n) >> 3
		n |= 56
		e := f.lits[b&(1<<litsBits-1)]
		if e&isLiteral != 0 {
			// Two of them take 22 of the 56 bits at most.
			p[w] = byte(e >> 16)
			b >>= e & 63
			n -= uint(e & 63)
			w++
			if e = f.lits[b&(1<<litsBits-1)]; e&isLiteral != 0 {
				p[w] = byte(e >> 16)
				b >>= e & 63
				n -= uint(e & 63)
				w++
				e = f.lits[b&(1<<litsBits-1)]
			}
			b |= binary.LittleEndian.Uint64(in[i:]) << (n & 63)
			i += int(63-n) >> 3
			n |= 56
		}
		if e&isLink != 0 {
			e = f.lits[uint64(e>>16)+b>>litsBits&(1<<(e>>8&15)-1)]
		}
		size := int(e>>16) + int(b&(1<<(e&63)-1)>>(e>>8&15))
		b >>= e & 63
		n -= uint(e & 63)
		if e&(isLiteral|isEnd|isWrong) != 0 {
			if e&isLiteral != 0 {
				p[w] = byte(size)
				w++
				continue
			}
			wrong = e & isWrong
			f.inCodes = false
			break
		}
		// A length takes 20 bits at most, a distance 28.
		d := f.dists[b&(1<<distsBits-1)]
		if d&isLink != 0 {
			d = f.dists[uint64(d>>16)+b>>distsBits&(1<<(d>>8&15)-1)]
		}
		dist := int(d>>16) + int(b&(1<<(d&63)-1)>>(d>>8&15))
		b >>= d & 63
		n -= uint(d & 63)
		if wrong = d & isWrong; wrong != 0 {
			break
		}
		if dist > w { // it reaches back to what was given before
			f.left, f.dist, f.w = size, dist, w
			if err := f.copyBack(); err != nil {
				return err
			}
			w = f.w
			continue
		}
		w = repeat(p, w, dist, size)
	}
	f.w, f.i, f.bits, f.n = w, i, b, n
	if wrong != 0 {
		return errInflate
	}
	return nil
}

// repeat writes size bytes at w, which stood dist bytes before, and as many as
// fifteen more behind them. It is where they end.
func repeat(p []byte, w, dist, size int) int {
	end, from := w+size, w-dist
	switch {
	case dist >= 16:
		for ; w < end; w, from = w+16, from+16 {
			*(*[16]byte)(p[w:]) = *(*[16]byte)(p[from:])
		}
	case dist >= 8:
		for ; w < end; w, from = w+8, from+8 {
			*(*[8]byte)(p[w:]) = *(*[8]byte)(p[from:])
		}
	default:
		for ; w < end; w, from = w+1, from+1 {
			p[w] = p[from]
		}
	}
	return end
}
