package sheet

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// fastCells reads cells of the two or three shapes that nearly all cells of
// the world have, as bytes: <c r="A1" s="1" t="s"><v>7</v></c>. It stops at
// the first that is different, or not wholly in the buffer; the scanner reads
// that one. What it takes is well nested by its very shape.
func (r *sheetReader) fastCells() error {
	if r.prefix != "" {
		return nil
	}
	for {
		n, err := r.fastCell(r.x.buf[r.x.pos:])
		if err != nil || n == 0 {
			return err
		}
		r.x.pos += n
	}
}

// fastMin is the least that a buffer must hold for a cell to be read fast: what
// is compared with no look at the end.
const fastMin = 32

// Tags as little-endian numbers.
const (
	markCell  = '<' | 'c'<<8
	markPlace = ' ' | 'r'<<8 | '='<<16 | '"'<<24
	markStyle = ' ' | 's'<<8 | '='<<16 | '"'<<24
	markType  = ' ' | 't'<<8 | '='<<16 | '"'<<24
	markValue = '>' | '<'<<8 | 'v'<<16 | '>'<<24
	markEnd   = '<' | '/'<<8 | 'v'<<16 | '>'<<24 | '<'<<32 | '/'<<40 | 'c'<<48 | '>'<<56 // </v></c>
)

// fastCell reads the cell at the start of p; n is 0 when it can't.
func (r *sheetReader) fastCell(p []byte) (n int, err error) {
	if len(p) < fastMin || binary.LittleEndian.Uint16(p) != markCell {
		return 0, nil
	}
	col, i := r.col+1, 2
	if binary.LittleEndian.Uint32(p[2:]) == markPlace {
		col, i = 0, 6
		for ; i < 9 && p[i]-'A' < 26; i++ {
			col = col*26 + int(p[i]-'A') + 1
		}
		if col == 0 || binary.LittleEndian.Uint64(p[i:])&r.rowMask != r.rowMark {
			return 0, nil
		}
		col--
		i += r.rowLen
	}
	h := fastHead{col: col}
	if p[i] != '>' {
		var ok bool
		if i, ok = h.attrs(p, i); !ok {
			return 0, nil
		}
	}
	return r.fastValue(p, i, h)
}

// markRow makes the mark by which fastCell knows the places in the present
// row: its number and the quotation mark behind it.
func (r *sheetReader) markRow() {
	var digits [8]byte
	mark := append(appendInt(digits[:0], int64(r.row)), '"')
	r.rowLen = len(mark)
	r.rowMask = 1<<(8*r.rowLen) - 1 // of seven digits at most
	r.rowMark = binary.LittleEndian.Uint64(digits[:]) & r.rowMask
}

// fastHead is what a cell's start tag says.
type fastHead struct {
	col   int
	kind  cellType
	style int
}

// attrs reads the attributes s and t at i, up to the end of the tag; i is
// within the first 18 bytes of p.
func (h *fastHead) attrs(p []byte, i int) (end int, ok bool) {
	for len(p)-i >= 14 {
		switch binary.LittleEndian.Uint32(p[i:]) {
		case markStyle:
			n, size := digitsAt(p, i+4)
			if i += 4 + size; size > 7 || !hasAt(p, i, `"`) {
				return 0, false
			}
			h.style = int(n)
			i++
		case markType:
			switch rest := p[i+4:]; {
			case rest[0] == 's' && rest[1] == '"':
				h.kind = typeShared
				i += 6
			case rest[0] == 'n' && rest[1] == '"':
				h.kind = typeNumber
				i += 6
			case string(rest[:4]) == `str"`:
				h.kind = typeText
				i += 8
			case string(rest[:10]) == `inlineStr"`:
				h.kind = typeText
				i += 14
			default:
				return 0, false
			}
		default:
			return i, p[i] == '>' || p[i] == '/'
		}
	}
	return 0, false
}

// digitsAt reads the number at i, and of how many digits it is. Only numbers
// of up to nine digits are right.
func digitsAt(p []byte, i int) (n uint64, size int) {
	for k := i; k < len(p); k++ {
		d := p[k] - '0'
		if d > 9 {
			return n, k - i
		}
		n = n*10 + uint64(d)
	}
	return n, len(p) - i
}

func hasAt(p []byte, i int, s string) bool { return len(p)-i >= len(s) && string(p[i:i+len(s)]) == s }

// fastValue reads the rest of a cell from the end of its attributes on.
func (r *sheetReader) fastValue(p []byte, i int, h fastHead) (n int, err error) {
	switch {
	case h.kind == typeText:
		return r.fastText(p, i, h)
	case len(p)-i < 16:
		return 0, nil
	case binary.LittleEndian.Uint32(p[i:]) != markValue:
		if p[i] == '/' && p[i+1] == '>' {
			return i + 2, r.moveTo(h.col)
		}
		return 0, nil
	}
	i += 4
	number, size := digitsAt(p, i)
	whole := len(p)-i-size >= 8 && binary.LittleEndian.Uint64(p[i+size:]) == markEnd && size > 0
	if !whole {
		if size = bytes.IndexByte(p[i:], '<'); size < 0 || !hasAt(p, i+size, "</v></c>") || !plainNumber(p[i:i+size]) {
			return 0, nil
		}
	}
	if err := r.moveTo(h.col); err != nil {
		return 0, err
	}
	n = i + size + 8
	switch {
	case whole && h.kind == typeShared && size <= 9:
		r.cells[h.col], err = r.w.text(number)
		return n, err
	case whole && h.kind == typeNumber && !r.w.isDate(h.style):
	default:
		if done, err := r.value(h.kind, h.style, p[i:i+size]); done || err != nil {
			return n, err
		}
	}
	at := r.x.pos - r.x.mark + i
	return n, r.set(inPart, at, at+size)
}

// fastText reads a text from the end of the cell's attributes on.
func (r *sheetReader) fastText(p []byte, i int, h fastHead) (n int, err error) {
	tail := "</t></is></c>"
	switch {
	case hasAt(p, i, "><v>"):
		i, tail = i+4, "</v></c>"
	case hasAt(p, i, "><is><t>"):
		i += 8
	case hasAt(p, i, `><is><t xml:space="preserve">`):
		i += 29
	case hasAt(p, i, "/>"):
		return i + 2, r.moveTo(h.col)
	default:
		return 0, nil
	}
	size, plain := plainText(p[i:])
	if !plain || !hasAt(p, i+size, tail) {
		return 0, nil
	}
	if err := r.moveTo(h.col); err != nil {
		return 0, err
	}
	at := r.x.pos - r.x.mark + i
	return i + size + len(tail), r.set(inPart, at, at+size)
}

// plainNumber tells whether a value needs no trimming, has no entities and is
// ASCII.
func plainNumber(text []byte) bool {
	for _, b := range text {
		if b <= ' ' || b == '&' || b >= 0x80 {
			return false
		}
	}
	return len(text) > 0
}

// plainText is how far the next tag is from the start of p, and whether the
// text up to there stands for itself: UTF-8 with no entities, no _x escapes
// and no control characters, which the slow way judges. It is not plain when
// p ends first.
func plainText(p []byte) (n int, plain bool) {
	high := uint64(0)
	for i := 0; i+8 <= len(p); {
		v := binary.LittleEndian.Uint64(p[i:])
		stop := markupIn(v)
		if stop == 0 {
			high |= v
			i += 8
			continue
		}
		stop &= -stop
		high |= v & (stop - 1)
		i += bits.TrailingZeros64(stop) >> 3
		if p[i] != '_' || i+1 < len(p) && p[i+1] == 'x' {
			return i, p[i] == '<' && (high&(ones<<7) == 0 || valid(p[:i]))
		}
		i++
	}
	return 0, false
}

// markupIn is not 0 when a byte of v is < or & or _ or a control character. The
// lowest bit set is in the first such byte; those above may be set for nothing.
func markupIn(v uint64) uint64 {
	return below(v, ' ') | below(v^ones*'<', 1) | below(v^ones*'&', 1) | below(v^ones*'_', 1)
}
