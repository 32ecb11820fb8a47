package sheet

import (
	"bytes"
)

// cellType is what the t attribute of a cell says.
type cellType uint8

const (
	typeNumber cellType = iota
	typeShared
	typeText // formula text, error, inline text
	typeBool
	typeDate // ISO 8601
)

func parseType(t []byte) (cellType, bool) {
	switch string(t) {
	case "", "n":
		return typeNumber, true
	case "s":
		return typeShared, true
	case "str", "e", "inlineStr":
		return typeText, true
	case "b":
		return typeBool, true
	case "d":
		return typeDate, true
	}
	return 0, false
}

// slowCell reads the cell just started, whatever it holds.
func (r *sheetReader) slowCell() error {
	col := r.col + 1
	kind, style, good := typeNumber, 0, true
	eachAttr(r.x.attrs, func(name, value []byte) {
		ok := true
		switch string(name) {
		case "r":
			var row int
			col, row, ok = parseRef(value)
			ok = ok && row == r.row
		case "t":
			kind, ok = parseType(value)
		case "s":
			var n uint64
			n, ok = parseUint(value)
			style, ok = int(n), ok || len(value) == 0
		}
		good = good && ok
	})
	if !good {
		return errPlace()
	}
	if err := r.moveTo(col); err != nil || r.x.kind == xmlSelf {
		return err
	}
	from := len(r.scratch)
	formula, err := r.cellText()
	if err != nil {
		return err
	}
	if formula && kind == typeNumber && len(bytes.TrimSpace(r.scratch[from:])) == 0 {
		r.scratch = append(r.scratch[:from], notCalculated...)
		return r.set(inScratch, from, len(r.scratch))
	}
	return r.slowValue(kind, style, from)
}

// notCalculated is the value of a formula whose result the file does not hold,
// since no spreadsheet program has ever opened it: a library wrote it. To read
// it as blank would be to read a refusal as none.
const notCalculated = "#CALC!"

// cellText adds what the cell just started holds to the scratch room, and
// tells whether it has a formula.
func (r *sheetReader) cellText() (formula bool, err error) {
	depth := len(r.x.open)
	for {
		if err := r.x.next(); err != nil {
			return formula, err
		}
		formula = formula || (r.x.kind == xmlStart || r.x.kind == xmlSelf) && r.is("f")
		switch {
		case r.x.kind == xmlEnd && len(r.x.open) < depth:
			return formula, nil
		case r.x.kind == xmlStart && r.is("v"):
			r.scratch, err = r.x.elementText(r.scratch)
		case r.x.kind == xmlStart && r.is("is"):
			r.scratch, err = r.x.richText(r.scratch, r.prefix)
		case r.x.kind == xmlStart:
			err = r.x.skipElement()
		}
		if err != nil {
			return formula, err
		}
	}
}

// slowValue makes the cell's value of the text behind from in scratch.
func (r *sheetReader) slowValue(kind cellType, style, from int) error {
	text := r.scratch[from:]
	if kind == typeText {
		text = unescape(text)
		r.scratch = r.scratch[:from+len(text)]
		return r.set(inScratch, from, len(r.scratch))
	}
	text = bytes.TrimSpace(text)
	start := len(r.scratch) - len(bytes.TrimLeft(r.scratch[from:], " \t\r\n"))
	if len(text) == 0 {
		return nil
	}
	done, err := r.value(kind, style, text)
	if err != nil || done {
		return err
	}
	return r.set(inScratch, start, start+len(text))
}

// set says where the text of the present cell stands.
func (r *sheetReader) set(in where, from, to int) error {
	if to-from > r.w.in.opt.MaxCell {
		return fault(tooLong.With(r.w.in.opt.MaxCell), doSaveAgain)
	}
	r.texts = append(r.texts, text{r.col, in, from, to})
	return nil
}

// value sets the present cell from the text of a number, a boolean, a date or
// a shared string's number; done is false when the text is the value.
func (r *sheetReader) value(kind cellType, style int, text []byte) (done bool, err error) {
	switch kind {
	case typeShared:
		n, ok := parseUint(text)
		if !ok {
			return false, errNoText()
		}
		r.cells[r.col], err = r.w.text(n)
		return true, err
	case typeBool:
		r.cells[r.col] = boolText(text)
		return true, nil
	}
	from := len(r.scratch)
	ok := false
	switch {
	case kind == typeDate:
		r.scratch, ok = appendISO(r.scratch, text)
	case r.w.isDate(style):
		r.scratch, ok = r.appendDated(text, r.w.styles[style])
	case digitsOnly(text):
	default:
		r.scratch, ok = appendNumber(r.scratch, text)
	}
	if !ok {
		return false, nil
	}
	return true, r.set(inScratch, from, len(r.scratch))
}

// appendDated writes a number as a date, or as a number where it is none.
func (r *sheetReader) appendDated(text []byte, style dateStyle) ([]byte, bool) {
	n, err := parseFloat(text)
	if err != nil {
		return r.scratch, false
	}
	if out, ok := appendDate(r.scratch, n, style, r.w.from1904); ok {
		return out, true
	}
	return appendFloat(r.scratch, n), true
}

func boolText(text []byte) []byte {
	if isTrue(string(text)) {
		return []byte("TRUE")
	}
	return []byte("FALSE")
}

// appendISO writes 2024-05-01T10:20:30.000Z as 2024-05-01 10:20:30, and
// midnight as the day alone.
func appendISO(dst, text []byte) ([]byte, bool) {
	day, clock, both := bytes.Cut(bytes.TrimSuffix(text, []byte("Z")), []byte("T"))
	dst = append(dst, day...)
	if clock, _, _ = bytes.Cut(clock, []byte(".")); both && len(clock) > 0 && string(clock) != "00:00:00" {
		dst = append(append(dst, ' '), clock...)
	}
	return dst, true
}
