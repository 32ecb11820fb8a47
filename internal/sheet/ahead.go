package sheet

import "io"

const (
	aheadBlock  = 256 << 10
	aheadBlocks = 4
)

// ahead reads a source in a goroutine of its own, a megabyte ahead of whoever
// reads it: unpacking goes beside scanning.
type ahead struct {
	full  chan aheadPart
	empty chan []byte
	stop  chan struct{}
	block []byte // being read, nil before the first
	rest  []byte // of block
	err   error  // comes after rest
}

type aheadPart struct {
	block []byte // its whole room
	n     int
	err   error
}

func newAhead(src io.Reader) *ahead {
	a := &ahead{
		full:  make(chan aheadPart, aheadBlocks),
		empty: make(chan []byte, aheadBlocks),
		stop:  make(chan struct{}),
	}
	for range aheadBlocks {
		a.empty <- make([]byte, aheadBlock)
	}
	go a.run(src)
	return a
}

func (a *ahead) run(src io.Reader) {
	defer close(a.full)
	for {
		var block []byte
		select {
		case block = <-a.empty:
		case <-a.stop:
			return
		}
		n, k := 0, 0
		var err error
		for n < len(block) && err == nil {
			k, err = src.Read(block[n:])
			n += k
		}
		a.full <- aheadPart{block, n, err} // has room for every block there is
		if err != nil {
			return
		}
	}
}

// Read gives what has been read ahead.
func (a *ahead) Read(p []byte) (int, error) {
	for len(a.rest) == 0 {
		if a.err != nil {
			return 0, a.err
		}
		if a.block != nil {
			a.empty <- a.block
			a.block = nil
		}
		part, ok := <-a.full
		if !ok {
			return 0, io.ErrUnexpectedEOF
		}
		a.block, a.rest, a.err = part.block, part.block[:part.n], part.err
	}
	n := copy(p, a.rest)
	a.rest = a.rest[n:]
	return n, nil
}

// Close lets the goroutine end, and waits until it no longer reads.
func (a *ahead) Close() {
	close(a.stop)
	for range a.full {
	}
}
