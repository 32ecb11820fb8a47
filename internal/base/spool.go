package base

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// spool keeps the cells of every record in one file: the count of cells, then
// each cell's length and bytes.
type spool struct {
	f   *os.File
	w   *bufio.Writer
	at  int64
	buf []byte
}

func newSpool(dir string) (*spool, error) {
	f, err := os.CreateTemp(dir, "rows-*")
	if err != nil {
		return nil, fmt.Errorf("spool: %w", err)
	}
	// Without a name nothing of it is left, whatever happens to us.
	if err := os.Remove(f.Name()); err != nil {
		return nil, errors.Join(fmt.Errorf("spool: %w", err), f.Close())
	}
	return &spool{f: f, w: bufio.NewWriterSize(f, 1<<20)}, nil
}

// add writes one record and gives its place.
func (s *spool) add(cells [][]byte) (int64, error) {
	b := binary.AppendUvarint(s.buf[:0], uint64(len(cells)))
	for _, c := range cells {
		b = binary.AppendUvarint(b, uint64(len(c)))
		b = append(b, c...)
	}
	s.buf = b
	at := s.at
	s.at += int64(len(b))
	if _, err := s.w.Write(b); err != nil {
		return 0, fmt.Errorf("spool: %w", err)
	}
	return at, nil
}

// Close lets go of the file, which is its end.
func (s *spool) Close() error { return s.f.Close() }

// reader reads the spool from its start.
func (s *spool) reader() (*spoolReader, error) {
	if err := s.w.Flush(); err != nil {
		return nil, fmt.Errorf("spool: %w", err)
	}
	return &spoolReader{r: bufio.NewReaderSize(io.NewSectionReader(s.f, 0, s.at), 1<<20)}, nil
}

// readAt reads the record at a place.
func (s *spool) readAt(at int64) ([][]byte, error) {
	r := spoolReader{r: bufio.NewReaderSize(io.NewSectionReader(s.f, at, s.at-at), 4<<10)}
	return r.next()
}

type spoolReader struct {
	r     *bufio.Reader
	buf   []byte
	ends  []int
	cells [][]byte
}

// next reads one record; its cells change with the next call.
func (r *spoolReader) next() ([][]byte, error) {
	n, err := binary.ReadUvarint(r.r)
	if err != nil {
		return nil, fmt.Errorf("spool: %w", err)
	}
	r.buf, r.ends = r.buf[:0], r.ends[:0]
	for range n {
		size, err := binary.ReadUvarint(r.r)
		if err != nil {
			return nil, fmt.Errorf("spool: %w", err)
		}
		from := len(r.buf)
		r.buf = append(r.buf, make([]byte, size)...)
		if _, err := io.ReadFull(r.r, r.buf[from:]); err != nil {
			return nil, fmt.Errorf("spool: %w", err)
		}
		r.ends = append(r.ends, len(r.buf))
	}
	r.cells = r.cells[:0]
	from := 0
	for _, end := range r.ends {
		r.cells = append(r.cells, r.buf[from:end:end])
		from = end
	}
	return r.cells, nil
}
