package sheet

import (
	"errors"
	"io"
	"os"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// BookColumn is a column of a formatted workbook.
type BookColumn struct {
	Name  string
	Width float64 // characters
}

// Day is a date with no time of day.
type Day time.Time

// BookWriter writes a formatted workbook for a person to read and print: sheets with a
// heading that stays in sight and is printed on every page, a filter, and cells of
// their own types. It streams: rows go to a private temporary folder, not to
// memory. The lists, which nobody formats, are written by Writer, which is faster.
type BookWriter struct {
	f      *excelize.File
	w      io.Writer
	dir    string
	styles bookStyles
	stream *excelize.StreamWriter
	name   string // of the sheets that are being written; those after the first have a number
	cols   []BookColumn
	pages  int // sheets of that name
	row    int // last one written
	limit  int // rows of a sheet
}

type bookStyles struct{ head, text, day, moment int }

// NewBookWriter begins a workbook. dir is a folder where others may not look, for
// temporary files; created is what the file says of its making. Close must be
// called also after an error.
func NewBookWriter(w io.Writer, dir string, created time.Time) (*BookWriter, error) {
	dir, err := os.MkdirTemp(dir, ".book-")
	if err != nil {
		return nil, err
	}
	b := &BookWriter{f: excelize.NewFile(excelize.Options{TmpDir: dir}), w: w, dir: dir, limit: MaxSheetRows}
	at := created.UTC().Format(time.RFC3339)
	if err := b.f.SetDocProps(&excelize.DocProperties{Creator: "cleanbase", LastModifiedBy: "cleanbase", Created: at, Modified: at}); err != nil {
		return nil, b.drop(err)
	}
	if err := b.makeStyles(); err != nil {
		return nil, b.drop(err)
	}
	return b, nil
}

func (b *BookWriter) makeStyles() error {
	top := &excelize.Alignment{Vertical: "top", Horizontal: "left"}
	day, moment := "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&b.styles.head, excelize.Style{Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"1F4E78"}},
			Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}}},
		{&b.styles.text, excelize.Style{Alignment: top, NumFmt: 49}}, // 49 is text: nothing is turned into a number when edited
		{&b.styles.day, excelize.Style{Alignment: top, CustomNumFmt: &day}},
		{&b.styles.moment, excelize.Style{Alignment: top, CustomNumFmt: &moment}},
	} {
		var err error
		if *s.id, err = b.f.NewStyle(&s.style); err != nil {
			return err
		}
	}
	return nil
}

// Sheet begins a sheet of that name. What does not fit goes on in "name 2".
func (b *BookWriter) Sheet(name string, columns []BookColumn) error {
	if err := b.endSheet(); err != nil {
		return err
	}
	b.name, b.cols, b.pages = name, columns, 0
	return b.nextPage()
}

// nextPage begins another sheet of the same name, with the heading.
func (b *BookWriter) nextPage() error {
	if err := b.endSheet(); err != nil {
		return err
	}
	name := b.name
	if b.pages++; b.pages > 1 {
		name += " " + strconv.Itoa(b.pages)
	}
	if err := b.open(name); err != nil {
		return err
	}
	head := make([]any, len(b.cols))
	for i, c := range b.cols {
		head[i] = excelize.Cell{StyleID: b.styles.head, Value: c.Name}
		if err := b.stream.SetColWidth(i+1, i+1, c.Width); err != nil {
			return err
		}
	}
	if err := b.stream.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}); err != nil {
		return err
	}
	return b.put(head, excelize.RowOpts{Height: 45})
}

// pageWidth is the characters of a printed page that can still be read.
const pageWidth = 200

// open begins a sheet that is printed across the page, with the heading and the
// first column on every page.
func (b *BookWriter) open(name string) error {
	b.row = 0
	var err error
	if list := b.f.GetSheetList(); len(list) == 1 && b.stream == nil {
		err = b.f.SetSheetName(list[0], name)
	} else {
		_, err = b.f.NewSheet(name)
	}
	if err != nil {
		return err
	}
	width := 0.0
	for _, c := range b.cols {
		width += c.Width
	}
	fit, across, wide, tall, paper := true, "landscape", 1+int(width)/pageWidth, 0, 9 // A4, as many pages high as it takes
	err = errors.Join(
		b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		b.f.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &across, FitToWidth: &wide, FitToHeight: &tall, Size: &paper}),
		b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + name + "'!$A:$A,'" + name + "'!$1:$1", Scope: name}),
		// The streamed dimension would be A1, and some readers then see one cell.
		b.f.SetSheetDimension(name, ""))
	if err != nil {
		return err
	}
	b.stream, err = b.f.NewStreamWriter(name)
	return err
}

// Row writes a row: strings, int64 numbers, Day and time.Time (shown in UTC); a
// nil is an empty cell.
func (b *BookWriter) Row(cells []any) error {
	if b.row == b.limit {
		if err := b.nextPage(); err != nil {
			return err
		}
	}
	row := make([]any, len(cells))
	for i, c := range cells {
		switch v := c.(type) {
		case string:
			row[i] = excelize.Cell{StyleID: b.styles.text, Value: v}
			if v == "" {
				row[i] = nil
			}
		case Day:
			row[i] = excelize.Cell{StyleID: b.styles.day, Value: time.Time(v)}
		case time.Time:
			row[i] = excelize.Cell{StyleID: b.styles.moment, Value: v.UTC()}
		default:
			row[i] = c
		}
	}
	return b.put(row)
}

func (b *BookWriter) put(cells []any, opts ...excelize.RowOpts) error {
	b.row++
	return b.stream.SetRow("A"+strconv.Itoa(b.row), cells, opts...)
}

// endSheet ends the sheet that is being written, if there is one.
func (b *BookWriter) endSheet() error {
	if b.stream == nil || b.row == 0 {
		return nil
	}
	last, err := excelize.CoordinatesToCellName(len(b.cols), b.row)
	if err != nil {
		return err
	}
	b.row = 0
	return errors.Join(b.f.AutoFilter(b.stream.Sheet, "A1:"+last, nil), b.stream.Flush())
}

// Close ends the workbook, writes it unless err says that it failed, and removes
// the temporary files. It returns err or its own.
func (b *BookWriter) Close(err error) error {
	if err == nil {
		err = b.endSheet()
	}
	if err == nil {
		b.f.SetActiveSheet(0)
		_, err = b.f.WriteTo(b.w)
	}
	return b.drop(err)
}

func (b *BookWriter) drop(err error) error {
	return errors.Join(err, b.f.Close(), os.RemoveAll(b.dir))
}
