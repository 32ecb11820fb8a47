package sheet

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// The records of a BIFF8 stream that are read (MS-XLS 2.3).
const (
	biffFormula  = 0x0006
	biffEOF      = 0x000A
	biffDateMode = 0x0022
	biffFilePass = 0x002F
	biffContinue = 0x003C
	biffSheet    = 0x0085
	biffMulRK    = 0x00BD
	biffRString  = 0x00D6
	biffXF       = 0x00E0
	biffSST      = 0x00FC
	biffLabelSST = 0x00FD
	biffNumber   = 0x0203
	biffLabel    = 0x0204
	biffBoolErr  = 0x0205
	biffString   = 0x0207
	biffRK       = 0x027E
	biffFormat   = 0x041E
	biffBOF      = 0x0809
)

// biffReader cuts a stream into records and reads numbers and texts out of
// them, across the CONTINUE records that a long one goes on in.
type biffReader struct {
	src  *bufio.Reader
	kind uint16
	rest []byte // of the record, not yet read
	buf  []byte
	err  error // the first; what is read behind it is zero
}

var errShort = errors.New("sheet: a record is too short")

func newBIFF(s *stream, at int64) *biffReader {
	return &biffReader{src: bufio.NewReaderSize(io.NewSectionReader(s, at, s.size-at), 64<<10)}
}

// next steps to the next record, over CONTINUE records of the last.
func (b *biffReader) next() bool {
	for b.err == nil {
		b.load()
		if b.err == nil && b.kind != biffContinue {
			return true
		}
	}
	return false
}

func (b *biffReader) load() {
	var head [4]byte
	if _, b.err = io.ReadFull(b.src, head[:]); b.err != nil {
		return
	}
	b.kind = binary.LittleEndian.Uint16(head[:])
	n := int(binary.LittleEndian.Uint16(head[2:]))
	if cap(b.buf) < n {
		b.buf = make([]byte, 1<<16)
	}
	b.rest = b.buf[:n]
	_, b.err = io.ReadFull(b.src, b.rest)
}

// goOn steps into the CONTINUE record that must come next.
func (b *biffReader) goOn() bool {
	if b.err != nil {
		return false
	}
	head, err := b.src.Peek(2)
	if err != nil || binary.LittleEndian.Uint16(head) != biffContinue {
		b.err = errShort
		return false
	}
	kind := b.kind
	b.load()
	b.kind = kind
	return b.err == nil
}

// take is the next n bytes, at most eight.
func (b *biffReader) take(n int) []byte {
	if b.err == nil && len(b.rest) >= n {
		p := b.rest[:n]
		b.rest = b.rest[n:]
		return p
	}
	out := make([]byte, 8)
	for i := range n {
		for len(b.rest) == 0 {
			if !b.goOn() {
				return out
			}
		}
		out[i], b.rest = b.rest[0], b.rest[1:]
	}
	return out
}

func (b *biffReader) u8() byte    { return b.take(1)[0] }
func (b *biffReader) u16() uint16 { return binary.LittleEndian.Uint16(b.take(2)) }
func (b *biffReader) u32() uint32 { return binary.LittleEndian.Uint32(b.take(4)) }
func (b *biffReader) u64() uint64 { return binary.LittleEndian.Uint64(b.take(8)) }

func (b *biffReader) skip(n int64) {
	for n > 0 && b.err == nil {
		if len(b.rest) == 0 && !b.goOn() {
			return
		}
		k := min(n, int64(len(b.rest)))
		b.rest = b.rest[k:]
		n -= k
	}
}

// text adds an XLUnicodeRichExtendedString to dst: n characters behind their
// flags. Where the characters go on in a CONTINUE record, that begins with
// flags of its own.
func (b *biffReader) text(dst []byte, n int) []byte {
	flags := b.u8()
	runs, ext := 0, int64(0)
	if flags&8 != 0 {
		runs = int(b.u16())
	}
	if flags&4 != 0 {
		ext = int64(b.u32())
	}
	dst = b.chars(dst, n, flags&1 != 0)
	b.skip(4 * int64(runs))
	b.skip(ext)
	return dst
}

func (b *biffReader) chars(dst []byte, n int, wide bool) []byte {
	half := rune(0) // the first half of a character outside the basic plane
	for ; n > 0 && b.err == nil; n-- {
		if len(b.rest) == 0 {
			if !b.goOn() {
				break
			}
			wide = b.u8()&1 != 0
		}
		var r rune
		if wide {
			r = rune(b.u16())
		} else {
			r = rune(b.u8())
		}
		switch {
		case half != 0:
			dst = utf8.AppendRune(dst, utf16.DecodeRune(half, r))
			if half = 0; !utf16.IsSurrogate(r) {
				dst = utf8.AppendRune(dst, r)
			}
		case r >= 0xD800 && r < 0xDC00:
			half = r
		default:
			dst = utf8.AppendRune(dst, r) // a lone second half becomes U+FFFD
		}
	}
	if half != 0 {
		dst = utf8.AppendRune(dst, utf8.RuneError)
	}
	return dst
}
