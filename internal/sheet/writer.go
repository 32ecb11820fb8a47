package sheet

import (
	"errors"
	"io"

	"cleanbase/internal/contact"
)

// The limits of an XLSX sheet.
const (
	MaxSheetRows   = 1_048_576 // with the header
	xlsxMaxColumns = 16_384
	xlsxMaxChars   = 32_767 // UTF-16 units of a cell; a longer text is cut, since Excel refuses the whole file
)

// ErrFull is what Row returns when the sheet can hold no more rows: the row
// has not been written and belongs into the next file.
var ErrFull = errors.New("sheet: no more rows fit")

// WriterOptions say what to write.
type WriterOptions struct {
	Format    string // "csv" (the default) or "xlsx"
	Sheet     string // name of the sheet; default "Sheet1"
	Rows      int64  // xlsx: rows to come without the header, if known: written as the sheet's dimension. Close fails when there were others
	Delimiter byte   // csv: default ','
	QuoteAll  bool   // csv: quotes around every cell
	NoBOM     bool   // csv: no UTF-8 mark at the start; Excel then misreads Cyrillic
}

// Writer writes a table row by row.
type Writer interface {
	// Row writes one row; cells are UTF-8 and may be reused at once.
	Row(cells [][]byte) error
	// Rows is how many rows were written, without the header.
	Rows() int64
	// Close ends the table, and must be called also after an error. It does not close what the table is written to.
	Close() error
}

// NewWriter begins a table in w with its header.
func NewWriter(w io.Writer, header []string, opt WriterOptions) (Writer, error) {
	switch opt.Format {
	case "", "csv":
		return newCSVWriter(w, header, opt)
	case "xlsx":
		return newXLSXWriter(w, header, opt)
	}
	return nil, fault(contact.T("lists can be written as xlsx or csv only", "списки можно записать только как xlsx или csv"), contact.Text{})
}
