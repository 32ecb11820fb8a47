package sheet

import (
	"cmp"
	"math"
	"slices"

	"cleanbase/internal/contact"
)

// xlsBook is a workbook of Excel 97 to 2003 (BIFF8, MS-XLS).
type xlsBook struct {
	in       input
	book     *stream
	list     []xlsSheet
	from1904 bool
	formats  map[int]dateStyle // of number formats of the book's own
	styles   []dateStyle       // of each cell format
	xfs      []int             // number format of each cell format
	sst      sharedStrings
	notes    []contact.Text
}

type xlsSheet struct {
	Sheet
	at int64
}

// openCFB tells what a compound file holds.
func (b *Book) openCFB(in input) error {
	c, err := openCompound(in)
	if err != nil {
		return err
	}
	has := func(name string) bool { _, ok := c.roots[name]; return ok }
	switch {
	case has("EncryptedPackage"):
		return errEncrypted()
	case has("Workbook"):
	case has("Book"):
		return errForeign(contact.T("Excel 5.0/95", "Excel 5.0/95"))
	case has("WordDocument"):
		return errForeign(contact.T("Word", "Word"))
	default:
		return errForeign(contact.T("Office", "Office"))
	}
	book, err := c.stream("Workbook")
	if err != nil {
		return err
	}
	x := &xlsBook{in: in, book: book, formats: make(map[int]dateStyle)}
	if err := x.globals(); err != nil {
		return err
	}
	b.table, b.Format, b.Notes = x, "xls", x.notes
	return nil
}

// globals reads the part of the stream that describes the book.
func (x *xlsBook) globals() error {
	r := newBIFF(x.book, 0)
	if !r.next() || r.kind != biffBOF {
		return errCFB()
	}
	if version := r.u16(); version != 0x0600 {
		return errForeign(contact.T("Excel 5.0/95", "Excel 5.0/95"))
	}
	for r.next() {
		var err error
		switch r.kind {
		case biffFilePass:
			return errEncrypted()
		case biffDateMode:
			x.from1904 = r.u16() == 1
		case biffFormat:
			id := int(r.u16())
			x.formats[id] = dateFormat(string(r.text(nil, int(r.u16()))))
		case biffXF:
			r.u16()
			x.xfs = append(x.xfs, int(r.u16()))
		case biffSheet:
			x.addSheet(r)
		case biffSST:
			err = x.readStrings(r)
		case biffEOF:
			return x.ready()
		}
		if err != nil {
			return err
		}
	}
	return errCFB()
}

func (x *xlsBook) addSheet(r *biffReader) {
	s := xlsSheet{at: int64(r.u32())}
	s.Hidden = r.u8()&3 != 0
	kind := r.u8()
	s.Name = string(r.text(nil, int(r.u8())))
	if kind != 0 {
		x.notes = append(x.notes, contact.T("sheet “%s” is a chart or a macro and holds no rows", "лист «%s» – диаграмма или макрос, строк в нём нет").With(s.Name))
		return
	}
	x.list = append(x.list, s)
}

func (x *xlsBook) readStrings(r *biffReader) error {
	r.u32()
	n := r.u32()
	if int64(n) > x.in.size { // each takes three bytes at least
		return errCFB()
	}
	for range n {
		x.sst.arena = r.text(x.sst.arena, int(r.u16()))
		if r.err != nil {
			return errCFB()
		}
		if err := x.sst.add(x.in.opt.MaxMemory); err != nil {
			return err
		}
	}
	return nil
}

// ready makes the styles of what was read of them.
func (x *xlsBook) ready() error {
	for _, id := range x.xfs {
		style, ok := x.formats[id]
		if !ok {
			style = builtinDate(id)
		}
		x.styles = append(x.styles, style)
	}
	if len(x.list) == 0 {
		return damaged(contact.T("the workbook has no sheets with cells", "в книге нет листов с ячейками"))
	}
	return nil
}

func (x *xlsBook) sheets() []Sheet {
	all := make([]Sheet, len(x.list))
	for i, s := range x.list {
		all[i] = s.Sheet
	}
	return all
}

// xlsCell is a cell whose text stands in the reader's arena.
type xlsCell struct {
	row, col uint16
	from, to uint32
}

// each reads a sheet whole (it has at most 65,536 rows), since not all
// programs write its cells in order, and passes its rows on.
func (x *xlsBook) each(i int, yield func(contact.Row) bool) error {
	s := &xlsReader{x: x, biffReader: newBIFF(x.book, x.list[i].at)}
	if x.list[i].at >= x.book.size {
		return errCFB()
	}
	if err := s.read(); err != nil {
		return err
	}
	byPlace := func(a, b xlsCell) int { return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.col, b.col)) }
	slices.SortStableFunc(s.cells, byPlace)
	var row [][]byte
	for at := 0; at < len(s.cells); {
		number := s.cells[at].row
		row = row[:0]
		for ; at < len(s.cells) && s.cells[at].row == number; at++ {
			c := s.cells[at]
			if int(c.col) < len(row) {
				return faultAt(int(number)+1, contact.T("a cell stands twice", "ячейка повторяется"), doFetchAgain)
			}
			if int(c.col) >= x.in.opt.MaxColumns {
				return faultAt(int(number)+1, tooWide.With(x.in.opt.MaxColumns), doSaveAgain)
			}
			for len(row) < int(c.col) {
				row = append(row, nil)
			}
			row = append(row, s.arena[c.from:c.to:c.to])
		}
		if !yield(contact.Row{Number: int(number) + 1, Cells: row}) {
			return nil
		}
	}
	return nil
}

// xlsReader collects the cells of one sheet.
type xlsReader struct {
	*biffReader
	x       *xlsBook
	cells   []xlsCell
	arena   []byte
	waiting bool // the last cell is a formula whose text comes in the next STRING
}

func (s *xlsReader) read() error {
	if !s.next() || s.kind != biffBOF {
		return errCFB()
	}
	depth := 1 // charts stand within the sheet as streams of their own
	for s.next() {
		switch {
		case s.kind == biffBOF:
			depth++
		case s.kind == biffEOF:
			if depth--; depth == 0 {
				if s.waiting {
					return errCFB()
				}
				return nil
			}
		case s.kind == biffFilePass:
			return errEncrypted()
		case depth == 1:
			if err := s.record(); err != nil {
				return err
			}
		}
		if int64(len(s.arena))+12*int64(len(s.cells)) > s.x.in.opt.MaxMemory || len(s.arena) > math.MaxUint32 {
			return fault(tooMany.With(len(s.cells)), doSplit)
		}
	}
	return errCFB()
}

// record reads one record of the sheet's own.
func (s *xlsReader) record() error {
	switch s.kind {
	case biffLabelSST, biffLabel, biffRString, biffRK, biffNumber, biffBoolErr, biffFormula:
		if s.waiting {
			return errCFB()
		}
		row, col, style := s.u16(), s.u16(), s.u16()
		from := len(s.arena)
		if err := s.value(int(style)); err != nil {
			return err
		}
		s.add(row, col, from)
	case biffMulRK:
		row, col := s.u16(), s.u16()
		for ; len(s.rest) >= 8; col++ {
			style, from := s.u16(), len(s.arena)
			s.number(rk(s.u32()), int(style))
			s.add(row, col, from)
		}
	case biffString:
		if s.waiting && len(s.cells) > 0 {
			last := &s.cells[len(s.cells)-1]
			s.arena = s.biffReader.text(s.arena, int(s.u16()))
			last.to = uint32(len(s.arena))
			s.waiting = false
		}
	}
	if s.err != nil {
		return errCFB()
	}
	return nil
}

func (s *xlsReader) add(row, col uint16, from int) {
	s.cells = append(s.cells, xlsCell{row, col, uint32(from), uint32(len(s.arena))})
}

// value adds the value of a cell with one value to the arena.
func (s *xlsReader) value(style int) error {
	switch s.kind {
	case biffLabelSST:
		text, ok := s.x.sst.get(uint64(s.u32()))
		if !ok {
			return errNoText()
		}
		s.arena = append(s.arena, text...)
	case biffLabel:
		s.arena = s.biffReader.text(s.arena, int(s.u16()))
	case biffRString:
		n := int(s.u16())
		s.arena = s.chars(s.arena, n, s.u8()&1 != 0)
	case biffRK:
		s.number(rk(s.u32()), style)
	case biffNumber:
		s.number(math.Float64frombits(s.u64()), style)
	case biffBoolErr:
		value := s.u8()
		s.boolErr(value, s.u8() != 0)
	case biffFormula:
		s.formula(s.u64(), style)
	}
	return nil
}

// formula adds a formula's last value.
func (s *xlsReader) formula(bits uint64, style int) {
	if bits>>48 != 0xFFFF {
		s.number(math.Float64frombits(bits), style)
		return
	}
	switch value := byte(bits >> 16); byte(bits) {
	case 0:
		s.waiting = true
	case 1:
		s.boolErr(value, false)
	case 2:
		s.boolErr(value, true)
	}
}

// rk is the number that four bytes stand for.
func rk(v uint32) float64 {
	n := math.Float64frombits(uint64(v&^3) << 32)
	if v&2 != 0 {
		n = float64(int32(v) >> 2)
	}
	if v&1 != 0 {
		n /= 100
	}
	return n
}

func (s *xlsReader) number(n float64, style int) {
	if style < len(s.x.styles) && s.x.styles[style] != noDate {
		if out, ok := appendDate(s.arena, n, s.x.styles[style], s.x.from1904); ok {
			s.arena = out
			return
		}
	}
	s.arena = appendFloat(s.arena, n)
}

func (s *xlsReader) boolErr(value byte, isError bool) {
	text := "#ERROR"
	switch {
	case !isError && value != 0:
		text = "TRUE"
	case !isError:
		text = "FALSE"
	case value == 0x00:
		text = "#NULL!"
	case value == 0x07:
		text = "#DIV/0!"
	case value == 0x0F:
		text = "#VALUE!"
	case value == 0x17:
		text = "#REF!"
	case value == 0x1D:
		text = "#NAME?"
	case value == 0x24:
		text = "#NUM!"
	case value == 0x2A:
		text = "#N/A"
	}
	s.arena = append(s.arena, text...)
}
