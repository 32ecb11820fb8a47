package sheet

import (
	"bytes"

	"cleanbase/internal/contact"
)

// quoted reads the row at pos the slow way, since it has a quote in it.
func (s *records) quoted() (n int, ok bool, err error) {
	s.cells, s.scratch, s.eol = s.cells[:0], s.scratch[:0], -1
	for p := s.pos; ; p++ {
		var cell []byte
		if p < s.end && s.buf[p] == '"' {
			cell, p, err = s.quotedCell(p)
		} else {
			from := p
			p = s.cellEnd(p)
			cell = unwrapped(s.buf[from:p:p])
		}
		switch {
		case err != nil:
			return 0, false, err
		case p >= s.end && !s.done || p+1 >= s.end && !s.done && s.buf[p] == '\r':
			return 0, false, nil
		case len(cell) > s.opt.MaxCell:
			return 0, false, faultAt(s.row+1, tooLong.With(s.opt.MaxCell), doSaveAgain)
		}
		s.cells = append(s.cells, cell)
		if p < s.end && s.delim != 0 && s.buf[p] == s.delim {
			continue
		}
		return s.pastEnd(p) - s.pos, true, nil
	}
}

// cellEnd is where the unquoted text at p ends: at a delimiter, a line end or
// the end of the buffer.
func (s *records) cellEnd(p int) int {
	if s.eol < p {
		s.eol = s.find('\n', p)
		if c := bytes.IndexByte(s.buf[p:s.eol], '\r'); c >= 0 {
			s.eol = p + c
		}
	}
	if s.delim != 0 {
		if d := bytes.IndexByte(s.buf[p:s.eol], s.delim); d >= 0 {
			return p + d
		}
	}
	return s.eol
}

// pastEnd steps over the line end at p.
func (s *records) pastEnd(p int) int {
	if p < s.end && s.buf[p] == '\r' {
		p++
		if p < s.end && s.buf[p] == '\n' {
			p++
		}
		return p
	}
	return min(p+1, s.end)
}

// quotedCell reads the cell whose opening quote stands at open; stop is where
// it ends, or the buffer's end when more must be read.
func (s *records) quotedCell(open int) (cell []byte, stop int, err error) {
	from, p := open+1, open+1
	plain := true // the cell stands in the buffer as it is
	start := len(s.scratch)
	for {
		q := s.find('"', p)
		if q == s.end || q+1 == s.end && !s.done {
			return nil, s.end, s.unclosed(open)
		}
		if q+1 < s.end && s.buf[q+1] == '"' {
			s.scratch = append(s.scratch, s.buf[from:q+1]...)
			plain = false
			p, from = q+2, q+2
			continue
		}
		stop = s.cellEnd(q + 1)
		if s.swallows(s.buf[from:q], stop > q+1) {
			return nil, stop, s.errUnclosed()
		}
		if plain && stop == q+1 {
			return unwrapped(s.buf[from:q:q]), stop, nil
		}
		s.scratch = append(append(s.scratch, s.buf[from:q]...), s.buf[q+1:stop]...)
		return unwrapped(s.scratch[start:len(s.scratch):len(s.scratch)]), stop, nil
	}
}

// unclosed judges a quote with no partner so far: an error once the file has
// ended, or once the cell is longer than any may be.
func (s *records) unclosed(open int) error {
	if s.done || s.end-open > s.opt.MaxCell {
		return s.errUnclosed()
	}
	return nil
}

// swallows tells whether a quoted text over several lines is in truth rows
// behind a quote that was never closed: its end has text right behind, so it
// is the next cell's opening quote; or its first line fills the row that it
// stands in; or all its whole lines are as wide as the table; or one is that has
// a phone for a cell. A text that is
// taken for rows by mistake costs a message, rows taken for text would be lost.
func (s *records) swallows(text []byte, textBehind bool) bool {
	if bytes.IndexByte(text, '\n') < 0 && bytes.IndexByte(text, '\r') < 0 {
		return false
	}
	if textBehind || s.delim == 0 || s.width < 2 {
		return textBehind
	}
	delim := []byte{s.delim}
	first, text, _ := bytes.Cut(text, []byte("\n"))
	if missing := s.width - 1 - len(s.cells); missing > 0 && bytes.Count(first, delim) == missing && (missing >= 3 || s.hasPhone(first)) {
		return true
	}
	rows := 0
	for {
		line, rest, more := bytes.Cut(text, []byte("\n"))
		if bytes.Count(line, delim) == s.width-1 && s.hasPhone(line) {
			return true
		}
		if !more {
			return rows > 1 || rows > 0 && s.width > 3
		}
		if bytes.Count(line, delim) != s.width-1 {
			return false
		}
		rows++
		text = rest
	}
}

// hasPhone tells whether one of a line's cells is nothing but a number as long
// as a phone.
func (s *records) hasPhone(line []byte) bool {
	for cell := range bytes.SplitSeq(line, []byte{s.delim}) {
		digits, other := 0, 0
		for _, b := range bytes.TrimSpace(cell) {
			switch {
			case b >= '0' && b <= '9':
				digits++
			case bytes.IndexByte([]byte("+-() \"'"), b) < 0:
				other++
			}
		}
		if digits >= 10 && other == 0 {
			return true
		}
	}
	return false
}

func (s *records) errUnclosed() error {
	return faultAt(s.row+1,
		contact.T("a quote opens here and never closes", "здесь открыта кавычка, которая нигде не закрывается"),
		contact.T("close the quote or double it, or save the table as .xlsx", "закройте или удвойте кавычку либо сохраните таблицу как .xlsx"))
}

// unwrapped takes off the ="…" that some programs put around digits so that
// Excel leaves them alone.
func unwrapped(cell []byte) []byte {
	if n := len(cell); n >= 3 && cell[0] == '=' && cell[1] == '"' && cell[n-1] == '"' && bytes.IndexByte(cell[2:n-1], '"') < 0 {
		return cell[2 : n-1]
	}
	return cell
}
