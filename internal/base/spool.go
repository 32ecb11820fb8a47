package base

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// spool keeps the cells of every record in one file: the size of what follows
// in four bytes, the count of cells, then each cell's length and bytes.
type spool struct {
	f  File
	at int64
}

// File is a private file, empty at first, that goes with its Close.
type File interface {
	io.ReaderAt
	io.WriteCloser
}

const (
	sizeBytes = 4
	readSize  = 1 << 20 // bytes read at a time when the whole is read
	peekSize  = 1 << 10 // when one record is: most fit
)

// PackedSize is how many bytes Pack adds for a row, at most.
func PackedSize(row [][]byte) int {
	size := sizeBytes + binary.MaxVarintLen32*(1+len(row))
	for _, c := range row {
		size += len(c)
	}
	return size
}

// Pack adds a row to dst in the form that the spool keeps, and its cells, as
// they stand there, to cells.
func Pack(dst []byte, row, cells [][]byte) (packed []byte, copies [][]byte) {
	from := len(dst)
	dst = append(dst, 0, 0, 0, 0)
	dst = binary.AppendUvarint(dst, uint64(len(row)))
	for _, c := range row {
		dst = binary.AppendUvarint(dst, uint64(len(c)))
		at := len(dst)
		dst = append(dst, c...)
		cells = append(cells, dst[at:len(dst):len(dst)])
	}
	binary.LittleEndian.PutUint32(dst[from:], uint32(len(dst)-from-sizeBytes))
	return dst, cells
}

// add writes packed rows and gives the place of the first.
func (s *spool) add(packed []byte) (int64, error) {
	if len(packed) > 1<<31 {
		return 0, errors.New("spool: rows of more than 2 GiB")
	}
	at := s.at
	s.at += int64(len(packed))
	if _, err := s.f.Write(packed); err != nil {
		return 0, fmt.Errorf("spool: %w", err)
	}
	return at, nil
}

// Close lets go of the file, which is its end.
func (s *spool) Close() error { return s.f.Close() }

// spoolReader reads records of a spool. It keeps its memory from
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
