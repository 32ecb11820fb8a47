package sheet

import (
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"cleanbase/internal/contact"
)

const decodeChunk = 64 << 10

// decoder gives a text as UTF-8, a chunk at a time; a chunk may come with the
// error that ends the text.
type decoder interface {
	more() ([]byte, error)
}

// decoded reads what a decoder gives.
type decoded struct {
	from decoder
	rest []byte
	err  error
}

func (d *decoded) Read(p []byte) (int, error) {
	for len(d.rest) == 0 {
		if d.err != nil {
			return 0, d.err
		}
		d.rest, d.err = d.from.more()
	}
	n := copy(p, d.rest)
	d.rest = d.rest[n:]
	return n, nil
}

// byteReader turns bytes of an 8-bit encoding into UTF-8.
func byteReader(m *charmap.Charmap) func(io.Reader) io.Reader {
	return func(r io.Reader) io.Reader {
		d := &byteDecoder{src: r, raw: make([]byte, decodeChunk), out: make([]byte, 0, decodeChunk*utf8.UTFMax)}
		for b := range d.utf8 {
			d.utf8[b] = utf8.AppendRune(nil, m.DecodeByte(byte(b)))
		}
		return &decoded{from: d}
	}
}

type byteDecoder struct {
	src      io.Reader
	raw, out []byte
	utf8     [256][]byte
}

func (d *byteDecoder) more() ([]byte, error) {
	n, err := d.src.Read(d.raw)
	out := d.out[:0]
	for _, b := range d.raw[:n] {
		if b < utf8.RuneSelf {
			out = append(out, b)
		} else {
			out = append(out, d.utf8[b]...)
		}
	}
	return out, err
}

// utf16Reader turns UTF-16 into UTF-8. Half a character, and NUL, are faults.
func utf16Reader(bigEndian bool) func(io.Reader) io.Reader {
	return func(r io.Reader) io.Reader {
		return &decoded{from: &utf16Decoder{src: r, big: bigEndian, raw: make([]byte, decodeChunk), out: make([]byte, 0, 2*decodeChunk)}}
	}
}

type utf16Decoder struct {
	src      io.Reader
	big      bool
	raw, out []byte
	kept     int // bytes at the start of raw that wait for the rest of their character
}

func (d *utf16Decoder) more() ([]byte, error) {
	n, err := d.src.Read(d.raw[d.kept:])
	raw := d.raw[:d.kept+n]
	out := d.out[:0]
	i := 0
	for i+1 < len(raw) {
		r, size := d.unit(raw[i:]), 2
		if utf16.IsSurrogate(r) {
			if i+3 >= len(raw) {
				break
			}
			r, size = utf16.DecodeRune(r, d.unit(raw[i+2:])), 4
		}
		if r == 0 || size == 4 && r == utf8.RuneError {
			return out, errUTF16()
		}
		out = utf8.AppendRune(out, r)
		i += size
	}
	d.kept = copy(d.raw, raw[i:])
	if err == io.EOF && d.kept > 0 {
		err = errUTF16()
	}
	return out, err
}

func (d *utf16Decoder) unit(p []byte) rune {
	if d.big {
		return rune(p[0])<<8 | rune(p[1])
	}
	return rune(p[1])<<8 | rune(p[0])
}

func errUTF16() *contact.Fault {
	return damaged(contact.T("the file's UTF-16 text is cut or broken", "текст UTF-16 в файле обрезан или испорчен"))
}
