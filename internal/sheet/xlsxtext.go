package sheet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math/bits"
	"strconv"
	"unicode/utf8"
)

// text writes a cell's text from within its tag <t on to the cell's end.
func (x *xlsxWriter) text(c []byte) {
	if blankAt(c[0]) || blankAt(c[len(c)-1]) {
		x.buf = append(x.buf, ` xml:space="preserve"`...)
	}
	x.buf = append(x.buf, '>')
	if len(c) > xlsxMaxChars {
		c = cutUTF16(c, xlsxMaxChars)
	}
	from := 0
	for i := nextEscape(c, 0); i < len(c); i = nextEscape(c, i+1) {
		if esc := xmlEscape(c, i); esc != "" {
			x.buf = append(append(x.buf, c[from:i]...), esc...)
			from = i + 1
		}
	}
	if !xmlClean(c) {
		x.unclean(c)
		from = len(c)
	}
	x.buf = append(x.buf, c[from:]...)
	x.buf = append(x.buf, `</t></is></c>`...)
}

// nextEscape is where from i on a byte stands that xmlEscape may have to
// replace, or the end of c.
func nextEscape(c []byte, i int) int {
	for ; i+8 <= len(c); i += 8 {
		v := binary.LittleEndian.Uint64(c[i:])
		if stop := markupIn(v) | below(v^ones*'>', 1); stop != 0 {
			return i + bits.TrailingZeros64(stop)>>3
		}
	}
	for i < len(c) && c[i] >= ' ' && c[i] != '&' && c[i] != '<' && c[i] != '>' && c[i] != '_' {
		i++
	}
	return i
}

func blankAt(b byte) bool { return b <= ' ' }

// xmlEscape is what stands for the byte at i, if it can't stand for itself. A
// text that looks like an escape (_x000D_), or would with the escape of the byte
// behind it, has its underscore escaped.
func xmlEscape(c []byte, i int) string {
	switch b := c[i]; {
	case b == '&':
		return "&amp;"
	case b == '<':
		return "&lt;"
	case b == '>':
		return "&gt;"
	case isControl(b):
		return fmt.Sprintf("_x%04X_", b)
	case b == '_' && i+6 < len(c) && (c[i+6] == '_' || isControl(c[i+6])):
		if _, err := strconv.ParseUint(string(c[i+2:i+6]), 16, 16); c[i+1] == 'x' && err == nil {
			return "_x005F_"
		}
	}
	return ""
}

// isControl tells a byte that XML can't hold, or would read as a line's end.
func isControl(b byte) bool { return b < ' ' && b != '\t' && b != '\n' }

// xmlClean tells whether a text is UTF-8 without U+FFFE and U+FFFF.
func xmlClean(c []byte) bool {
	for rest := c; ; {
		i := bytes.IndexByte(rest, 0xEF)
		if i < 0 || i+2 >= len(rest) {
			return valid(c)
		}
		if rest[i+1] == 0xBF && rest[i+2] >= 0xBE {
			return false
		}
		rest = rest[i+1:]
	}
}

// unclean takes back what was written of c, and writes it with � for all that
// XML has no room for.
func (x *xlsxWriter) unclean(c []byte) {
	for len(x.buf) > 0 && x.buf[len(x.buf)-1] != '>' {
		x.buf = x.buf[:len(x.buf)-1]
	}
	for i := 0; i < len(c); {
		r, n := utf8.DecodeRune(c[i:])
		switch {
		case r == 0xFFFE || r == 0xFFFF:
			x.buf = utf8.AppendRune(x.buf, utf8.RuneError)
		case n == 1 && r < utf8.RuneSelf && xmlEscape(c, i) != "":
			x.buf = append(x.buf, xmlEscape(c, i)...)
		default:
			x.buf = utf8.AppendRune(x.buf, r)
		}
		i += n
	}
}

// cutUTF16 is the start of c with at most n UTF-16 units.
func cutUTF16(c []byte, n int) []byte {
	for i := 0; i < len(c); {
		r, size := utf8.DecodeRune(c[i:])
		if n--; r > 0xFFFF {
			n--
		}
		if n < 0 {
			return c[:i]
		}
		i += size
	}
	return c
}

// behind passes buffers to a writer in a goroutine of its own, in order.
type behind struct {
	full  chan []byte
	empty chan written
}

// written is a buffer to use again, and how its writing went.
type written struct {
	buf []byte
	err error
}

func newBehind(w io.Writer) *behind {
	b := &behind{full: make(chan []byte, 2), empty: make(chan written, 3)}
	for range 2 {
		b.empty <- written{buf: make([]byte, 0, writeChunk*5)}
	}
	go func() {
		defer close(b.empty)
		var err error
		for p := range b.full {
			if err == nil {
				_, err = w.Write(p)
			}
			b.empty <- written{p[:0], err}
		}
	}()
	return b
}

// write hands p over and gives an empty buffer for it; an error is of an
// earlier one.
func (b *behind) write(p []byte) ([]byte, error) {
	b.full <- p
	w := <-b.empty
	return w.buf, w.err
}

// close waits until all is written.
func (b *behind) close() error {
	close(b.full)
	var err error
	for w := range b.empty {
		err = firstError(err, w.err)
	}
	return err
}
