package sheet

import (
	"bytes"
	"io"
	"unicode/utf8"

	"cleanbase/internal/contact"
)

const (
	recordChunk = 256 << 10
	maxRecord   = 64 << 20 // bytes of one row of text
)

// records cuts a stream of UTF-8 into rows and cells, by RFC 4180 as Excel
// bends it: a quote opens a quoted cell only at the cell's start, what follows
// the closing quote belongs to the cell, and CR, LF and CRLF all end a row.
type records struct {
	src   io.Reader
	delim byte // 0 for a table of one column
	raw   bool // quotes mean nothing: the rows are lines
	opt   Options

	buf  []byte
	pos  int   // start of the next row
	end  int   // end of what has been read
	gone int64 // bytes of rows already left behind and dropped from buf
	lf   int   // the first line feed at or after pos, or end
	eol  int   // the line end that cellEnd looked for last
	done bool  // src has ended

	row     int
	width   int // cells of the widest row so far
	cells   [][]byte
	scratch []byte // cells that do not stand in buf as they are
}

// newRecords reads from src, about size bytes.
func newRecords(src io.Reader, size int64, delim byte, opt Options) *records {
	room := min(recordChunk, 2*size+utf8.UTFMax)
	return &records{src: src, delim: delim, opt: opt, buf: make([]byte, room)}
}

// recordsIn reads what is already in memory.
func recordsIn(text []byte, delim byte, opt Options) *records {
	return &records{delim: delim, opt: opt, buf: text, end: len(text), lf: -1, done: true}
}

// next is the next row, with its number; io.EOF after the last one. The row's
// cells change with the next call.
func (s *records) next() (contact.Row, error) {
	for {
		if s.pos == s.end && s.done {
			return contact.Row{}, io.EOF
		}
		n, ok, err := s.record()
		if err != nil {
			return contact.Row{}, err
		}
		if ok {
			s.pos += n
			s.row++
			s.width = max(s.width, len(s.cells))
			if s.width > s.opt.MaxColumns {
				return contact.Row{}, faultAt(s.row, tooWide.With(s.opt.MaxColumns), doSaveAgain)
			}
			return contact.Row{Number: s.row, Cells: s.cells}, nil
		}
		if err := s.fill(); err != nil {
			return contact.Row{}, err
		}
	}
}

// record reads the row at pos from what is in the buffer; n is its length with
// its line end, ok is false when more must be read first.
func (s *records) record() (n int, ok bool, err error) {
	if s.lf < s.pos {
		s.lf = s.find('\n', s.pos)
	}
	line := s.buf[s.pos:s.lf]
	n = len(line) + 1
	if c := bytes.IndexByte(line, '\r'); c >= 0 {
		if s.pos+c+1 == s.end && !s.done {
			return 0, false, nil
		}
		switch {
		case s.pos+c+1 == s.lf && s.lf < s.end:
			line = line[:c] // CRLF
		case !s.textCR(line, c):
			n, line = c+1, line[:c]
		default:
			line = bytes.TrimSuffix(line, []byte("\r"))
		}
	} else if s.lf == s.end {
		if !s.done {
			return 0, false, nil
		}
		n = len(line)
	}
	if !s.raw && bytes.IndexByte(line, '"') >= 0 {
		return s.quoted()
	}
	return n, true, s.split(line)
}

// textCR tells whether the CR at c stands in a text rather than at a row's
// end: the line up to its line feed is as wide as the table, the part before
// the CR is not.
func (s *records) textCR(line []byte, c int) bool {
	if s.lf == s.end || s.width < 2 {
		return false
	}
	delim := []byte{s.delim}
	return bytes.Count(line[:c], delim)+1 < s.width && bytes.Count(line, delim)+1 == s.width
}

func (s *records) find(b byte, from int) int {
	if i := bytes.IndexByte(s.buf[from:s.end], b); i >= 0 {
		return from + i
	}
	return s.end
}

// split cuts a row without quotes.
func (s *records) split(line []byte) error {
	s.cells = s.cells[:0]
	if len(line) == 0 {
		return nil
	}
	long := len(line) > s.opt.MaxCell
	for s.delim != 0 {
		i := bytes.IndexByte(line, s.delim)
		if i < 0 {
			break
		}
		if long && i > s.opt.MaxCell {
			return faultAt(s.row+1, tooLong.With(s.opt.MaxCell), doSaveAgain)
		}
		s.cells = append(s.cells, line[:i:i])
		line = line[i+1:]
	}
	if len(line) > s.opt.MaxCell {
		return faultAt(s.row+1, tooLong.With(s.opt.MaxCell), doSaveAgain)
	}
	s.cells = append(s.cells, line)
	return nil
}

// fill reads more of the file behind what is still needed.
func (s *records) fill() error {
	if s.done {
		return io.ErrUnexpectedEOF
	}
	if s.pos > 0 {
		s.gone += int64(s.pos)
		s.end = copy(s.buf, s.buf[s.pos:s.end])
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if s.end >= maxRecord {
			return faultAt(s.row+1, contact.T("the row is longer than %d megabytes", "строка длиннее %d мегабайт").With(maxRecord>>20), doSaveAgain)
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	s.lf = -1
	for range 100 {
		n, err := s.src.Read(s.buf[s.end:])
		s.end += n
		s.done = err == io.EOF
		if err != nil && err != io.EOF {
			return s.at(err)
		}
		if n > 0 || s.done {
			return nil
		}
	}
	return unreadable(io.ErrNoProgress)
}

// at names the row in a fault of the bytes beneath.
func (s *records) at(err error) error {
	if f, ok := err.(*contact.Fault); ok && f.Row == 0 {
		f.Row = s.row + 1
		return f
	}
	return unreadable(err)
}
