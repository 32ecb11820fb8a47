package sheet

import (
	"cmp"
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
	var text []byte
	for range n {
		text = r.text(text[:0], int(r.u16()))
		if r.err != nil {
			return errCFB()
		}
		if err := x.sst.add(text, x.in.opt.MaxMemory); err != nil {
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
