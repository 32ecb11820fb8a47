package sheet

import "io"

const (
	aheadBlock  = 256 << 10
	aheadBefore = 32 << 10 // of what came before, in front of each block
	aheadBlocks = 4
)

// ahead reads a source in a goroutine of its own, a megabyte ahead of whoever
// takes it: unpacking goes beside scanning.
type ahead struct {
	full  chan aheadPart
	empty chan []byte
	stop  chan struct{}
	block []byte // given out last, nil before the first
	err   error  // comes next
}

type aheadPart struct {
	block []byte // its whole room
	end   int
	err   error
}

func newAhead(src io.Reader) *ahead {
	a := &ahead{
		full:  make(chan aheadPart, aheadBlocks),
		empty: make(chan []byte, aheadBlocks),
		stop:  make(chan struct{}),
	}
	for range aheadBlocks {
		a.empty <- make([]byte, aheadBefore+aheadBlock)
	}
	go a.run(src)
	return a
}

func (a *ahead) run(src io.Reader) {
	defer close(a.full)
	var before [aheadBefore]byte
	for {
		var block []byte
		select {
		case block = <-a.empty:
		case <-a.stop:
			return
		}
		n, k := copy(block, before[:]), 0
		var err error
		for n < len(block) && err == nil {
			k, err = src.Read(block[n:])
			n += k
		}
		copy(before[:], block[n-aheadBefore:n])
		a.full <- aheadPart{block, n, err} // has room for every block there is
		if err != nil {
			return
		}
	}
}

// next gives the next block, the new bytes from the index from on; as many of
// those before it as were given, up to aheadBefore, stand in front of it. The
// block before is no longer to be read then. The source's end is io.EOF.
func (a *ahead) next() (block []byte, from int, err error) {
	if a.block != nil {
		a.empty <- a.block
		a.block = nil
	}
	if a.err != nil {
		return nil, 0, a.err
	}
	part, ok := <-a.full
	if !ok {
		return nil, 0, io.ErrUnexpectedEOF
	}
	a.block, a.err = part.block, part.err
	if part.end == aheadBefore && part.err != nil {
		return nil, 0, part.err
	}
	return part.block[:part.end], aheadBefore, nil
}

// Close lets the goroutine end, and waits until it no longer reads.
func (a *ahead) Close() {
	close(a.stop)
	for range a.full {
	}
}
