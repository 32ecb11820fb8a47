package base

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// spool keeps the cells of every record in one file: the size of what follows
// in four bytes, the count of cells, then each cell's length and bytes.
type spool struct {
	f   *os.File
	w   *bufio.Writer
	at  int64
	buf []byte
}

const (
	sizeBytes = 4
	readSize  = 1 << 20 // bytes read at a time when the whole is read
	peekSize  = 1 << 10 // when one record is: most fit
)

func newSpool(dir string) (*spool, error) {
	f, err := os.CreateTemp(dir, "rows-*")
	if err != nil {
		return nil, fmt.Errorf("spool: %w", err)
	}
	// Without a name nothing of it is left, whatever happens to us.
	if err := os.Remove(f.Name()); err != nil {
		return nil, errors.Join(fmt.Errorf("spool: %w", err), f.Close())
	}
	return &spool{f: f, w: bufio.NewWriterSize(f, 1<<18)}, nil
}

// add writes one record and gives its place.
func (s *spool) add(cells [][]byte) (int64, error) {
	b := append(s.buf[:0], 0, 0, 0, 0)
	b = binary.AppendUvarint(b, uint64(len(cells)))
	for _, c := range cells {
		b = binary.AppendUvarint(b, uint64(len(c)))
		b = append(b, c...)
	}
	if len(b) > 1<<31 {
		return 0, errors.New("spool: a row of more than 2 GiB")
	}
	binary.LittleEndian.PutUint32(b, uint32(len(b)-sizeBytes))
	s.buf = b
	at := s.at
	s.at += int64(len(b))
	if _, err := s.w.Write(b); err != nil {
		return 0, fmt.Errorf("spool: %w", err)
	}
	return at, nil
}

// flush makes all that was added readable.
func (s *spool) flush() error {
	if err := s.w.Flush(); err != nil {
		return fmt.Errorf("spool: %w", err)
	}
	return nil
}

// Close lets go of the file, which is its end.
func (s *spool) Close() error { return s.f.Close() }

// spoolReader reads records of a flushed spool. It keeps its memory from
// record to record.
type spoolReader struct {
	s     *spool
	step  int    // bytes to read at a time
	buf   []byte // bytes from..from+len(buf) of the file
	from  int64
	cells [][]byte
}

// read reads the record at a place. The cells
// change with the next call.
func (r *spoolReader) read(at int64) (cells [][]byte, err error) {
	head, err := r.bytes(at, sizeBytes)
	if err != nil {
		return nil, err
	}
	size := int(binary.LittleEndian.Uint32(head))
	body, err := r.bytes(at+sizeBytes, size)
	if err != nil {
		return nil, err
	}
	count, n := binary.Uvarint(body)
	body = body[n:]
	r.cells = r.cells[:0]
	for range count {
		size, n := binary.Uvarint(body)
		end := n + int(size)
		r.cells = append(r.cells, body[n:end:end])
		body = body[end:]
	}
	return r.cells, nil
}

// bytes gives n bytes of the file, reading on where they are not at hand.
func (r *spoolReader) bytes(at int64, n int) ([]byte, error) {
	skip := at - r.from
	if skip < 0 || skip+int64(n) > int64(len(r.buf)) {
		want := min(int64(max(r.step, n)), r.s.at-at)
		if want < int64(n) {
			return nil, fmt.Errorf("spool: %w", io.ErrUnexpectedEOF)
		}
		if int64(cap(r.buf)) < want {
			r.buf = make([]byte, want)
		}
		r.buf, r.from, skip = r.buf[:want], at, 0
		if _, err := r.s.f.ReadAt(r.buf, at); err != nil {
			return nil, fmt.Errorf("spool: %w", err)
		}
	}
	return r.buf[skip : skip+int64(n)], nil
}
