// Package sheet turns a file into rows of cells and rows of cells into a file.
//
// It reads CSV and TSV in the encodings of Russian and western offices, XLSX,
// and the other containers that contacts come in; it writes CSV and XLSX. What
// a file is, is told from its bytes, never from its name alone.
//
// A sheet is read to its last byte with every check passed, or reading it is
// an error: half a stop-list is worse than none.
//
// It does not look for header rows, tell what a column means or change a
// value, and it keeps nothing of a file but the row it is at.
package sheet

import (
	"errors"
	"io"

	"cleanbase/internal/contact"
)

// Options are the limits of reading. A zero field stands for its default.
type Options struct {
	MaxBytes   int64 // bytes of a file, packed or unpacked; default 16 GiB
	MaxMemory  int64 // bytes of a table's shared texts, or of an unpacked inner file; default 512 MiB
	MaxRows    int64 // rows of a sheet; default 50 million
	MaxColumns int   // cells of a row; default 16,384, as in XLSX
	MaxCell    int   // bytes of a cell; default 1 MiB
	// Spool makes an empty private file for the contents of a packed file
	// (.gz, .zip); Book.Close closes it, the caller removes it. Without it
	// they are kept in memory, up to MaxMemory.
	Spool func() (Spool, error)
}

// Spool is a private file.
type Spool interface {
	io.ReaderAt
	io.WriteCloser
}

// Sheet is one table of a file.
type Sheet struct {
	Name   string // empty for a file without sheets
	Hidden bool   // the person who made the file does not see it
}

// Book is an open file.
type Book struct {
	Format   string         // "csv", "tsv", "xlsx", "xls", "html", "ods", "vcard", "json", "jsonl"
	Encoding string         // "utf-8", "utf-8-bom", "utf-16le", "windows-1251", …; empty where the format knows only one
	Version  string         // of vCards: "3.0", "2.1, 4.0"; else empty
	Packed   string         // "zip" or "gz" when the file stood inside one, else empty
	Notes    []contact.Text // what a person should be told about the file

	name    string
	size    int64 // of the file as it lies on the disk
	table   table
	closers []io.Closer // the spools of a packed file
}

// A table may have so many cells, and more if its file is so large: empty ones
// cost a file nothing, and a small one could hold any number of them.
const (
	freeCells    = 64 << 20
	cellsPerByte = 128
)

// table is what each format gives. Its faults need not name file and sheet.
type table interface {
	sheets() []Sheet
	each(sheet int, yield func(contact.Row) bool) error
}

// Open looks at the bytes of a file and prepares to read it. r must stay
// unchanged until Close; name is shown in messages. Errors are
// *contact.Fault, here and from the methods.
func Open(r io.ReaderAt, size int64, name string, opt Options) (*Book, error) {
	b := &Book{name: name, size: size}
	in := input{r: r, size: size, name: name, opt: opt.withDefaults()}
	if err := b.open(in); err != nil {
		b.Close()
		return nil, b.located(err, "")
	}
	return b, nil
}

// Sheets are the file's tables, in the file's order.
func (b *Book) Sheets() []Sheet { return b.table.sheets() }

// Each passes the rows of a sheet to yield, top to bottom. A row's cells
// change with the next one. When yield returns false, reading stops without an
// error; else nil says that the sheet was read to its very end. Each may be
// called again.
func (b *Book) Each(sheet int, yield func(contact.Row) bool) error {
	left := max(freeCells, b.size*cellsPerByte)
	err := b.table.each(sheet, func(r contact.Row) bool {
		left -= int64(len(r.Cells))
		return left >= 0 && yield(r)
	})
	if left < 0 && err == nil {
		err = errBomb()
	}
	return b.located(err, b.Sheets()[sheet].Name)
}

// Tall is a cell that is merged over several rows: the first has its text, the
// others nothing. Column counts from 0, rows as the spreadsheet does.
type Tall struct{ Column, First, Last int }

// Tall gives the cells of a sheet that are merged over several rows, in a
// column each, as the last reading to the sheet's end has found them. Only
// workbooks of XLSX tell.
func (b *Book) Tall(sheet int) []Tall {
	w, ok := b.table.(*workbook)
	if !ok {
		return nil
	}
	return w.list[sheet].tall
}

// Rest gives back the texts of a workbook that reading has kept. Each reads them
// anew if it is called once more.
func (b *Book) Rest() {
	if w, ok := b.table.(*workbook); ok {
		w.sst = nil
	}
}

// Close lets go of the file.
func (b *Book) Close() error {
	var err error
	for _, c := range b.closers {
		err = errors.Join(err, c.Close())
	}
	b.closers = nil
	return err
}

func (o Options) withDefaults() Options {
	def := func(v *int64, d int64) {
		if *v <= 0 {
			*v = d
		}
	}
	def(&o.MaxBytes, 16<<30)
	def(&o.MaxMemory, 512<<20)
	def(&o.MaxRows, 50_000_000)
	if o.MaxColumns <= 0 {
		o.MaxColumns = xlsxMaxColumns
	}
	if o.MaxCell <= 0 {
		o.MaxCell = 1 << 20
	}
	return o
}

// input is a file on its way to its reader.
type input struct {
	r      io.ReaderAt
	size   int64
	name   string
	opt    Options
	packed int // how many files it was unpacked from
}
