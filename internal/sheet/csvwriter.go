package sheet

import (
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf8"
)

const writeChunk = 64 << 10

// csvWriter writes RFC 4180 with CRLF, its cells made harmless.
type csvWriter struct {
	w     io.Writer
	buf   []byte
	delim byte
	all   bool // quote every cell
	rows  int64
	err   error
}

func newCSVWriter(w io.Writer, header []string, opt WriterOptions) (Writer, error) {
	c := &csvWriter{w: w, buf: make([]byte, 0, 2*writeChunk), delim: opt.Delimiter, all: opt.QuoteAll, rows: -1}
	if c.delim == 0 {
		c.delim = ','
	}
	if !opt.NoBOM {
		c.buf = append(c.buf, "\xef\xbb\xbf"...)
	}
	return c, c.Row(asBytes(header))
}

func asBytes(texts []string) [][]byte {
	cells := make([][]byte, len(texts))
	for i, t := range texts {
		cells[i] = []byte(t)
	}
	return cells
}

func (c *csvWriter) Rows() int64 { return c.rows }

func (c *csvWriter) Row(cells [][]byte) error {
	for i, cell := range cells {
		if i > 0 {
			c.buf = append(c.buf, c.delim)
		}
		c.cell(cell, len(cells) == 1)
	}
	c.buf = append(c.buf, '\r', '\n')
	c.rows++
	if len(c.buf) >= writeChunk {
		return c.flush()
	}
	return c.err
}

func (c *csvWriter) flush() error {
	if c.err == nil {
		_, c.err = c.w.Write(c.buf)
	}
	c.buf = c.buf[:0]
	return c.err
}

func (c *csvWriter) Close() error { return c.flush() }

// cell writes one cell. An empty one that is alone in its row gets quotes, or
// the row would be a blank line.
func (c *csvWriter) cell(cell []byte, alone bool) {
	live := Live(cell)
	if !c.all && !live && !c.special(cell) && (len(cell) > 0 || !alone) {
		c.buf = append(c.buf, cell...)
		return
	}
	c.buf = append(c.buf, '"')
	if live {
		c.buf = append(c.buf, '\'')
	}
	for _, b := range cell {
		switch b {
		case 0: // no text has one, and no program takes one back
			continue
		case '"':
			c.buf = append(c.buf, '"')
		}
		c.buf = append(c.buf, b)
	}
	c.buf = append(c.buf, '"')
}

// special tells whether a cell needs quotes.
func (c *csvWriter) special(cell []byte) bool {
	n := len(cell)
	if n == 0 {
		return false
	}
	if cell[0] == ' ' || cell[n-1] == ' ' {
		return true
	}
	rest := cell
	for ; len(rest) >= 8; rest = rest[8:] {
		w := binary.LittleEndian.Uint64(rest)
		if below(w, ' ')|below(w^ones*'"', 1)|below(w^ones*uint64(c.delim), 1) != 0 {
			return true
		}
	}
	for _, b := range rest {
		if b == c.delim || b == '"' || b < ' ' {
			return true
		}
	}
	return false
}

const ones = 0x0101010101010101 // a one in each byte of a word

// below is not 0 when a byte of w is less than n, which is at most 128.
func below(w uint64, n byte) uint64 { return (w - ones*uint64(n)) & ^w & (ones << 7) }

// Live tells whether a spreadsheet may run a cell of a CSV file as a formula
// (OWASP, CSV Injection): it starts with = + - @ or their full-width forms, a
// Tab, CR, LF or NUL, also behind blanks and invisible marks. A phone (+ and 7
// to 15 digits), a plain number and a lone "-" are harmless.
func Live(cell []byte) bool {
	if len(cell) == 0 || cell[0] >= '0' && cell[0] <= '9' || cell[0]|0x20 >= 'a' && cell[0]|0x20 <= 'z' ||
		cell[0]>>2 == 0xD0>>2 && len(cell) > 1 && cell[1]&0xC0 == 0x80 {
		return false // most cells: a digit, a Latin or a Cyrillic letter
	}
	for rest := cell; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		switch r {
		case '\t', '\r', '\n', 0, '=', '@', '＝', '＋', '－', '＠':
			return true
		case '+', '-':
			return len(rest) < len(cell) || !harmless(cell)
		}
		if !invisible(r) {
			return false
		}
		rest = rest[n:]
	}
	return false
}

// invisible tells blanks and marks that a spreadsheet may skip or that hide
// what follows.
func invisible(r rune) bool {
	switch {
	case r == ' ', r == 0xA0, r == 0xAD, r == 0x61C, r == 0x180E, r == 0x3000, r == 0xFEFF, r == utf8.RuneError:
		return true
	case r >= 0x2000 && r <= 0x200F, r >= 0x2028 && r <= 0x202F, r >= 0x205F && r <= 0x206F:
		return true
	}
	return r < ' ' || r == 0x7F
}

// harmless tells of a cell starting with a sign whether it is a phone, a plain
// number or just the sign of "none".
func harmless(cell []byte) bool {
	digits, marks := 0, 0
	for _, b := range cell[1:] {
		switch {
		case b >= '0' && b <= '9':
			digits++
		case (b == '.' || b == ',') && digits > 0:
			marks++
		default:
			return false
		}
	}
	if cell[0] == '+' {
		return marks == 0 && digits >= 7 && digits <= 15
	}
	last := cell[len(cell)-1]
	return digits == 0 || marks == 0 || marks == 1 && bytes.IndexByte([]byte(".,"), last) < 0
}
