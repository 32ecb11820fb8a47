package sheet

import "bytes"

// fastCells reads cells of the two or three shapes that nearly all cells of
// the world have, as bytes: <c r="A1" s="1" t="s"><v>7</v></c>. It stops at
// the first that is different, or not wholly in the buffer; the scanner reads
// that one. What it takes is well nested by its very shape.
func (r *sheetReader) fastCells() error {
	if r.prefix != "" {
		return nil
	}
	for {
		n, err := r.fastCell(r.x.buf[r.x.pos:r.x.end])
		if err != nil || n == 0 {
			return err
		}
		r.x.pos += n
	}
}

// fastCell reads the cell at the start of p; n is 0 when it can't.
func (r *sheetReader) fastCell(p []byte) (n int, err error) {
	if len(p) < 16 || string(p[:6]) != `<c r="` {
		return 0, nil
	}
	col, row, i := 0, 0, 6
	for ; i < 9 && p[i] >= 'A' && p[i] <= 'Z'; i++ {
		col = col*26 + int(p[i]-'A') + 1
	}
	for i < 16 && i < len(p) && p[i] >= '0' && p[i] <= '9' {
		row = row*10 + int(p[i]-'0')
		i++
	}
	if row != r.row || col == 0 || i == len(p) || p[i] != '"' {
		return 0, nil
	}
	kind, style, i, ok := fastAttrs(p, i+1)
	if !ok {
		return 0, nil
	}
	return r.fastValue(p, i, fastHead{col - 1, kind, style})
}

// fastHead is what a cell's start tag says.
type fastHead struct {
	col   int
	kind  cellType
	style int
}

// fastAttrs reads the attributes s and t at i, up to the end of the tag.
func fastAttrs(p []byte, i int) (kind cellType, style, end int, ok bool) {
	if hasAt(p, i, ` s="`) {
		for i += 4; i < len(p) && p[i] >= '0' && p[i] <= '9' && style < 1<<20; i++ {
			style = style*10 + int(p[i]-'0')
		}
		if !hasAt(p, i, `"`) {
			return 0, 0, 0, false
		}
		i++
	}
	switch {
	case hasAt(p, i, ` t="s"`):
		kind = typeShared
		i += 6
	case hasAt(p, i, ` t="inlineStr"`):
		kind = typeText
		i += 14
	case hasAt(p, i, ` t="n"`):
		i += 6
	case hasAt(p, i, ` t="str"`):
		kind = typeText
		i += 8
	}
	return kind, style, i, true
}

func hasAt(p []byte, i int, s string) bool { return len(p)-i >= len(s) && string(p[i:i+len(s)]) == s }

// fastValue reads the rest of a cell from the end of its attributes on.
func (r *sheetReader) fastValue(p []byte, i int, h fastHead) (n int, err error) {
	var tail string
	switch {
	case hasAt(p, i, "><v>"):
		i, tail = i+4, "</v></c>"
	case hasAt(p, i, "><is><t>") && h.kind == typeText:
		i, tail = i+8, "</t></is></c>"
	case hasAt(p, i, `><is><t xml:space="preserve">`) && h.kind == typeText:
		i, tail = i+29, "</t></is></c>"
	case hasAt(p, i, "/>"):
		return i + 2, r.moveTo(h.col)
	default:
		return 0, nil
	}
	size := bytes.IndexByte(p[i:], '<')
	if size < 0 || !hasAt(p, i+size, tail) {
		return 0, nil
	}
	text := p[i : i+size]
	if h.kind == typeText && !plainText(text) || h.kind != typeText && !plainNumber(text) {
		return 0, nil
	}
	if err := r.moveTo(h.col); err != nil {
		return 0, err
	}
	n = i + size + len(tail)
	if h.kind != typeText {
		if done, err := r.value(h.kind, h.style, text); done || err != nil {
			return n, err
		}
	}
	at := r.x.pos - r.x.mark + i
	return n, r.set(inPart, at, at+size)
}

// plainNumber tells whether a value needs no trimming and has no entities.
func plainNumber(text []byte) bool {
	for _, b := range text {
		if b <= ' ' || b == '&' {
			return false
		}
	}
	return len(text) > 0
}

// plainText tells whether a text stands for itself: UTF-8 with no entities, no
// _x escapes and no control characters, which the slow way judges.
func plainText(text []byte) bool {
	special := false
	high := byte(0)
	for _, b := range text {
		high |= b
		special = special || b == '&' || b < ' ' || b == '_'
	}
	return !special && (high < 0x80 || valid(text))
}
