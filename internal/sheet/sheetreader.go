package sheet

import (
	"bytes"

	"cleanbase/internal/contact"
)

// sheetReader reads the rows of one worksheet part.
type sheetReader struct {
	w      *workbook
	x      *xmlScanner
	prefix string // of the worksheet's tags, with the colon
	yield  func(contact.Row) bool

	row     int // number of the last row begun, 0 before the first
	col     int // column of the last cell of it, -1 before the first
	begun   int // rows whose start tag was read
	given   int // rows passed on
	stopped bool
	tall    []Tall

	rowMark, rowMask uint64 // see markRow
	rowLen           int

	cells   [][]byte
	texts   []text
	scratch []byte // texts that do not stand in the part as they are
}

// text is where a cell's text stands until its row is complete: what is read
// on may move the buffer.
type text struct {
	col      int
	in       where
	from, to int
}

type where uint8

const (
	inPart    where = iota // from the scanner's mark
	inScratch              // in the reader's own room
)

func newSheetReader(w *workbook, x *xmlScanner) *sheetReader {
	return &sheetReader{w: w, x: x}
}

// read passes on every row, and reads the part to its end.
func (r *sheetReader) read(yield func(contact.Row) bool) error {
	r.yield = yield
	prefix, err := r.x.start("worksheet")
	if err != nil {
		return err
	}
	r.prefix = prefix
	data := 0
	for {
		if err := r.x.next(); err != nil {
			return r.at(err)
		}
		tag := r.x.kind == xmlStart || r.x.kind == xmlSelf
		switch {
		case r.x.kind == xmlEOF:
			if r.begun != r.given || data != 1 {
				return damaged(contact.T("the rows read are not the rows the sheet holds", "прочитаны не те строки, что есть на листе"))
			}
			return nil
		case tag && r.is("sheetData"):
			data++
			if r.x.kind == xmlStart {
				if err := r.rows(); err != nil || r.stopped {
					return r.at(err)
				}
			}
		case r.x.kind == xmlStart:
			if string(local(r.x.name)) == "sheetData" {
				return errXML()
			}
			if err := r.afterRows(); err != nil {
				return r.at(err)
			}
		}
	}
}

// afterRows reads over an element of the sheet that holds no rows, and keeps the
// cells that are merged over several.
func (r *sheetReader) afterRows() error {
	depth := len(r.x.open)
	for merges := r.is("mergeCells"); len(r.x.open) >= depth; {
		if err := r.x.next(); err != nil {
			return err
		}
		if merges && r.x.kind != xmlEnd && r.is("mergeCell") {
			r.merge(attr(r.x.attrs, "ref"))
		}
	}
	return nil
}

// maxTall is how many columns of merged cells are kept of a sheet.
const maxTall = 1 << 16

func (r *sheetReader) merge(ref []byte) {
	from, to, _ := bytes.Cut(ref, []byte(":"))
	left, first, ok := parseRef(from)
	right, last, ok2 := parseRef(to)
	for c := left; ok && ok2 && first < last && c <= right && len(r.tall) < maxTall; c++ {
		r.tall = append(r.tall, Tall{c, first, last})
	}
}

// is tells whether the scanner stands at a tag of the worksheet's own kind.
func (r *sheetReader) is(name string) bool {
	n := r.x.name
	return len(n) == len(r.prefix)+len(name) && string(n[len(r.prefix):]) == name && string(n[:len(r.prefix)]) == r.prefix
}

// at names the row in a fault.
func (r *sheetReader) at(err error) error {
	if f, ok := err.(*contact.Fault); ok && f.Row == 0 {
		f.Row = r.row
	}
	return err
}

// rows reads the rows up to the end of sheetData.
func (r *sheetReader) rows() error {
	depth := len(r.x.open)
	for {
		if err := r.x.next(); err != nil {
			return err
		}
		switch r.x.kind {
		case xmlEnd:
			if len(r.x.open) < depth {
				return nil
			}
		case xmlStart, xmlSelf:
			if !r.is("row") {
				return errXML() // nothing else stands there, and it might hold rows
			}
			if err := r.oneRow(); err != nil || r.stopped {
				return err
			}
		}
	}
}

// oneRow reads the row just started and passes it on.
func (r *sheetReader) oneRow() error {
	r.begun++
	number := r.row + 1
	if v := attr(r.x.attrs, "r"); v != nil {
		n, ok := parseUint(v)
		if !ok || n == 0 || n > MaxSheetRows {
			return errPlace()
		}
		if int(n) <= r.row {
			return damaged(contact.T("a row stands twice or out of order", "строка повторяется или стоит не по порядку"))
		}
		number = int(n)
	}
	if number > MaxSheetRows || int64(number) > r.w.in.opt.MaxRows {
		return errPlace()
	}
	r.row, r.col = number, -1
	r.markRow()
	r.cells, r.texts, r.scratch = r.cells[:0], r.texts[:0], r.scratch[:0]
	r.x.mark = r.x.pos
	if r.x.kind == xmlStart {
		if err := r.rowCells(); err != nil {
			return err
		}
	}
	r.place()
	r.x.mark = -1
	r.given++
	r.stopped = !r.yield(contact.Row{Number: r.row, Cells: r.cells})
	return nil
}

func errPlace() *contact.Fault {
	return damaged(contact.T("a row or cell stands where no sheet has one", "строка или ячейка стоит там, где на листе её не бывает"))
}

// rowCells reads the cells of a row up to its end.
func (r *sheetReader) rowCells() error {
	depth := len(r.x.open)
	for {
		if err := r.fastCells(); err != nil {
			return err
		}
		if err := r.x.next(); err != nil {
			return err
		}
		switch {
		case r.x.kind == xmlEnd && len(r.x.open) < depth:
			return nil
		case r.x.kind != xmlStart && r.x.kind != xmlSelf:
		case r.is("c"):
			if err := r.slowCell(); err != nil {
				return err
			}
		case string(local(r.x.name)) == "c":
			return errXML()
		default:
			if err := r.x.skipElement(); err != nil {
				return err
			}
		}
	}
}

// place turns texts into cells, now that the row will not move any more.
func (r *sheetReader) place() {
	part := r.x.buf[r.x.mark:]
	for _, t := range r.texts {
		from := part
		if t.in == inScratch {
			from = r.scratch
		}
		r.cells[t.col] = from[t.from:t.to:t.to]
	}
}

// at column col the next cell stands; the ones left out are empty.
func (r *sheetReader) moveTo(col int) error {
	if col <= r.col {
		return damaged(contact.T("a cell stands twice or out of order", "ячейка повторяется или стоит не по порядку"))
	}
	if col >= r.w.in.opt.MaxColumns || col >= xlsxMaxColumns {
		return errPlace()
	}
	for len(r.cells) <= col {
		r.cells = append(r.cells, nil)
	}
	r.col = col
	return nil
}

// parseUint reads a plain number of at most nine digits.
func parseUint(p []byte) (uint64, bool) {
	n := uint64(0)
	for _, b := range p {
		if b < '0' || b > '9' {
			return 0, false
		}
		n = n*10 + uint64(b-'0')
	}
	return n, len(p) > 0 && len(p) <= 9
}

// parseRef reads a cell's place, "AB12": its column from 0, and its row.
func parseRef(ref []byte) (col, row int, ok bool) {
	i := 0
	for i < len(ref) && i < 3 && ref[i] >= 'A' && ref[i] <= 'Z' {
		col = col*26 + int(ref[i]-'A') + 1
		i++
	}
	n, ok := parseUint(ref[i:])
	return col - 1, int(n), ok && i > 0
}
