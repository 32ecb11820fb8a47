package sheet

import (
	"errors"
	"io"
)

const (
	inflateWindow = 32 << 10 // how far back a copy may reach
	inflateInput  = 64 << 10
	longestCopy   = 258
)

var errInflate = errors.New("sheet: no DEFLATE stream")

// inflater unpacks DEFLATE (RFC 1951). It is here for its speed: it writes
// straight into the room that its reader gives, and has no window of its own
// but what stood at the end of the room before. It does not check what it
// unpacks: the zip has a checksum for that.
type inflater struct {
	src    io.Reader
	in     []byte
	i, end int  // in[i:end] is yet to be taken
	ended  bool // src has

	// The bits taken and not yet used, the next one lowest. Those above the
	// first n are zero or what in[i] goes on with.
	bits uint64
	n    uint

	p      []byte // room of this Read
	w      int    // bytes of it that are written
	before []byte // what came before p

	final   bool // the last block has begun
	inCodes bool // within a block of codes
	left    int  // bytes to come of a copy, or of a stored block
	dist    int  // of the copy; 0 in a stored block
	err     error

	lits  [litsRoom]uint32
	dists [distsRoom]uint32
}

func newInflater(src io.Reader) io.ReadCloser {
	return &inflater{src: src, in: make([]byte, inflateInput), before: make([]byte, 0, inflateWindow)}
}

// Close is there for zip.
func (f *inflater) Close() error { return nil }

// Read fills p, unless the stream ends.
func (f *inflater) Read(p []byte) (int, error) {
	f.p, f.w = p, 0
	for f.err == nil && f.w < len(p) {
		f.err = f.step()
	}
	f.remember()
	f.p = nil
	if f.w == len(p) {
		return f.w, nil
	}
	return f.w, f.err
}

// remember keeps the end of what has been given.
func (f *inflater) remember() {
	given := f.p[:f.w]
	if len(given) >= inflateWindow {
		f.before = append(f.before[:0], given[len(given)-inflateWindow:]...)
		return
	}
	if over := len(f.before) + len(given) - inflateWindow; over > 0 {
		f.before = f.before[:copy(f.before, f.before[over:])]
	}
	f.before = append(f.before, given...)
}

func (f *inflater) step() error {
	switch {
	case f.left > 0 && f.dist > 0:
		return f.copyBack()
	case f.left > 0:
		return f.copyStored()
	case f.inCodes:
		return f.codes()
	case f.final:
		return io.EOF
	}
	return f.block()
}

// block reads the start of a block.
func (f *inflater) block() error {
	kind, err := f.take(3)
	if err != nil {
		return err
	}
	f.final, f.inCodes = kind&1 != 0, kind>>1 != 0
	switch kind >> 1 {
	case 0:
		return f.stored()
	case 1:
		return f.fixedCodes()
	case 2:
		return f.readCodes()
	}
	return errInflate
}

// stored reads the length of a stored block, which begins at a whole byte.
func (f *inflater) stored() error {
	f.drop(f.n & 7)
	size, err := f.take(32)
	if err != nil {
		return err
	}
	if f.left, f.dist = int(size&0xFFFF), 0; size>>16 != ^size&0xFFFF {
		return errInflate
	}
	return nil
}

func (f *inflater) copyStored() error {
	for ; f.n > 0; f.drop(8) {
		if f.left == 0 || f.w == len(f.p) {
			return nil
		}
		f.p[f.w] = byte(f.bits)
		f.w++
		f.left--
	}
	f.bits = 0
	if f.i == f.end {
		if err := f.more(); err != nil {
			return err
		}
	}
	k := copy(f.p[f.w:min(len(f.p), f.w+f.left)], f.in[f.i:f.end])
	f.i += k
	f.w += k
	f.left -= k
	return nil
}

// copyBack repeats what stood dist bytes before.
func (f *inflater) copyBack() error {
	if f.dist > f.w+len(f.before) {
		return errInflate
	}
	for ; f.left > 0 && f.w < len(f.p); f.left-- {
		if at := f.w - f.dist; at >= 0 {
			f.p[f.w] = f.p[at]
		} else {
			f.p[f.w] = f.before[len(f.before)+at]
		}
		f.w++
	}
	return nil
}

// more reads what is packed. The source must go on.
func (f *inflater) more() error {
	f.end = copy(f.in, f.in[f.i:f.end])
	f.i = 0
	for range 100 {
		if f.ended {
			return io.ErrUnexpectedEOF
		}
		n, err := f.src.Read(f.in[f.end:])
		f.end += n
		f.ended = err == io.EOF
		if err != nil && err != io.EOF {
			return err
		}
		if n > 0 {
			return nil
		}
	}
	return io.ErrNoProgress
}

// want takes in n bits, or as many as are left; n is 32 at most.
func (f *inflater) want(n uint) error {
	for f.n < n {
		if f.i == f.end {
			if err := f.more(); err != nil {
				return err
			}
		}
		f.bits |= uint64(f.in[f.i]) << f.n
		f.i++
		f.n += 8
	}
	return nil
}

// take uses the next n bits.
func (f *inflater) take(n uint) (uint64, error) {
	err := f.want(n)
	v := f.bits & (1<<n - 1)
	if err == nil {
		f.drop(n)
	}
	return v, err
}

func (f *inflater) drop(n uint) {
	f.bits >>= n
	f.n -= n
}

// codes unpacks codes until the block ends, or there is no more room.
func (f *inflater) codes() error {
	for f.inCodes && f.left == 0 && f.w < len(f.p) {
		if f.end-f.i < inflateSlack && !f.ended {
			if err := f.more(); err != nil && err != io.ErrUnexpectedEOF {
				return err
			}
		}
		if err := f.fast(); err != nil {
			return err
		}
		if !f.inCodes || f.w == len(f.p) {
			break
		}
		if err := f.oneCode(); err != nil {
			return err
		}
	}
	return nil
}

// oneCode unpacks a code with a look at every end.
func (f *inflater) oneCode() error {
	e, v, err := f.code(f.lits[:], litsBits)
	switch {
	case err != nil:
		return err
	case e&isLiteral != 0:
		f.p[f.w] = byte(v)
		f.w++
		return nil
	case e&isEnd != 0:
		f.inCodes = false
		return nil
	}
	_, dist, err := f.code(f.dists[:], distsBits)
	f.left, f.dist = v, dist
	return err
}

// code reads a code and the bits that belong to it: what its entry says, and
// its value.
func (f *inflater) code(table []uint32, root uint) (e uint32, value int, err error) {
	ended := f.want(15)
	e = table[f.bits&(1<<root-1)]
	if e&isLink != 0 {
		e = table[uint64(e>>16)+f.bits>>root&(1<<(e>>8&15)-1)]
	}
	if e&isWrong != 0 {
		return e, 0, firstError(ended, errInflate)
	}
	if ended = f.want(uint(e & 0xFF)); ended != nil {
		return e, 0, ended
	}
	extra := f.bits & (1<<(e&0xFF) - 1) >> (e >> 8 & 15)
	f.drop(uint(e & 0xFF))
	return e, int(e>>16) + int(extra), nil
}
