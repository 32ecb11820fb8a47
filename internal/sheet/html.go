package sheet

import (
	"bytes"
	"errors"
	"io"
	"strconv"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"cleanbase/internal/contact"
)

// htmlTable is a web page with tables; Bitrix24 and many web shops call such
// a file contacts.xls. Tables within a table's cell are text of that cell.
type htmlTable struct {
	in   input
	set  charset
	list []Sheet
}

func (b *Book) openHTML(in input, set charset) error {
	t := &htmlTable{in: in, set: set}
	tables := 0
	r := newHTMLReader(t, -1, func(contact.Row) bool { return true })
	if err := r.read(); err != nil {
		return err
	}
	if tables = r.table + 1; tables == 0 {
		return fault(contact.T("the file is a web page with no table in it", "файл – веб-страница, таблицы в нём нет"),
			contact.T("export it again: perhaps the site had logged you out", "выгрузите заново: возможно, сайт потребовал войти"))
	}
	for i := range tables {
		s := Sheet{}
		if tables > 1 {
			s.Name = strconv.Itoa(i + 1)
		}
		t.list = append(t.list, s)
	}
	b.table, b.Format = t, "html"
	return nil
}

func (t *htmlTable) sheets() []Sheet { return t.list }

func (t *htmlTable) each(i int, yield func(contact.Row) bool) error {
	return newHTMLReader(t, i, yield).read()
}

// htmlReader reads the rows of one table of the page, or of none.
type htmlReader struct {
	z     *html.Tokenizer
	opt   Options
	want  int // the table to be read
	yield func(contact.Row) bool

	table   int // number of the table last begun
	depth   int // of tables within tables
	row     int
	inRow   bool
	inCell  bool
	stopped bool
	span    int      // columns of the cell
	down    []int    // for each column, rows below that a cell above takes
	ends    []int    // where each cell of the row ends in text
	text    []byte   // of the row's cells, one behind the other
	cells   [][]byte // made of these
	number  []byte   // Excel's own value of the cell
	rows    int      // rows below that the cell takes
}

func newHTMLReader(t *htmlTable, want int, yield func(contact.Row) bool) *htmlReader {
	z := html.NewTokenizer(t.set.reader(t.in))
	z.SetMaxBuf(4 * t.in.opt.MaxCell)
	return &htmlReader{z: z, opt: t.in.opt, want: want, yield: yield, table: -1}
}

func (r *htmlReader) read() error {
	for !r.stopped {
		switch kind := r.z.Next(); kind {
		case html.ErrorToken:
			return r.end(r.z.Err())
		case html.TextToken:
			if r.inCell {
				r.addText(r.z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			if err := r.start(); err != nil {
				return err
			}
		case html.EndTagToken:
			name, _ := r.z.TagName()
			if err := r.close(atom.Lookup(name)); err != nil {
				return err
			}
		}
	}
	return nil
}

// end judges the end of the page: every table must have been closed.
func (r *htmlReader) end(err error) error {
	switch {
	case errors.Is(err, html.ErrBufferExceeded):
		return faultAt(r.row, tooLong.With(r.opt.MaxCell), doSaveAgain)
	case !errors.Is(err, io.EOF):
		return err
	case r.depth > 0:
		return &contact.Fault{Row: r.row, What: contact.T("the file is cut off: its table has no end", "файл обрезан: таблица в нём не закончена"), Do: doFetchAgain}
	}
	return nil
}

func (r *htmlReader) start() error {
	name, attrs := r.z.TagName()
	switch tag := atom.Lookup(name); {
	case tag == atom.Table:
		if r.depth++; r.depth == 1 {
			r.table++
			r.row, r.down = 0, r.down[:0]
		}
	case r.depth > 1, r.depth == 0:
		r.blank()
	case tag == atom.Tr:
		if err := r.endRow(); err != nil {
			return err
		}
		r.inRow = true
		r.row++
	case tag == atom.Td, tag == atom.Th:
		if err := r.endCell(); err != nil {
			return err
		}
		if !r.inRow {
			r.inRow = true
			r.row++
		}
		r.startCell(attrs)
	case tag == atom.Br && r.inCell:
		r.text = append(bytes.TrimRight(r.text, " "), '\n')
	case tag == atom.P || tag == atom.Div || tag == atom.Li:
		r.blank()
	case tag == atom.Style || tag == atom.Script || tag == atom.Title:
		r.z.Next() // its text
	}
	return nil
}

// close handles an end tag.
func (r *htmlReader) close(tag atom.Atom) error {
	switch {
	case r.depth == 0:
	case tag == atom.Table:
		if r.depth--; r.depth == 0 {
			return r.endRow()
		}
	case r.depth > 1:
		r.blank()
	case tag == atom.Td, tag == atom.Th:
		return r.endCell()
	case tag == atom.Tr, tag == atom.Thead, tag == atom.Tbody, tag == atom.Tfoot:
		return r.endRow()
	}
	return nil
}

func (r *htmlReader) startCell(attrs bool) {
	r.inCell, r.span, r.rows, r.number = true, 1, 1, nil
	for attrs {
		var key, value []byte
		key, value, attrs = r.z.TagAttr()
		n, _ := strconv.Atoi(string(value))
		switch string(key) {
		case "colspan":
			r.span = min(max(n, 1), r.opt.MaxColumns)
		case "rowspan":
			r.rows = min(max(n, 1), 1<<16)
		case "x:num":
			r.number = append(r.number, value...)
		}
	}
	for c := len(r.ends); c < len(r.down) && r.down[c] > 0; c++ {
		r.down[c]--
		r.ends = append(r.ends, len(r.text))
	}
}

// addText adds text with its blanks run together.
func (r *htmlReader) addText(p []byte) {
	for _, b := range p {
		if b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == '\f' {
			r.blank()
		} else {
			r.text = append(r.text, b)
		}
	}
}

// blank adds one blank where the cell's text has none yet.
func (r *htmlReader) blank() {
	if !r.inCell {
		return
	}
	if n := len(r.text); n > r.from() && r.text[n-1] != ' ' && r.text[n-1] != '\n' {
		r.text = append(r.text, ' ')
	}
}

// from is where the present cell's text begins.
func (r *htmlReader) from() int {
	if len(r.ends) == 0 {
		return 0
	}
	return r.ends[len(r.ends)-1]
}

func (r *htmlReader) endCell() error {
	if !r.inCell {
		return nil
	}
	r.inCell = false
	from := r.from()
	if len(bytes.TrimSpace(r.number)) > 0 {
		r.text, _ = appendNumber(r.text[:from], r.number)
	}
	r.text = r.text[:from+len(bytes.TrimRight(r.text[from:], " \n\u00a0"))]
	if len(r.text)-from > r.opt.MaxCell || len(r.text) > maxRecord {
		return faultAt(r.row, tooLong.With(r.opt.MaxCell), doSaveAgain)
	}
	for range r.span {
		c := len(r.ends)
		if c == r.opt.MaxColumns {
			return faultAt(r.row, tooWide.With(c), doSaveAgain)
		}
		for len(r.down) <= c {
			r.down = append(r.down, 0)
		}
		r.down[c] = r.rows - 1
		r.ends = append(r.ends, len(r.text))
	}
	return nil
}

// endRow passes on the row, if there is one.
func (r *htmlReader) endRow() error {
	if err := r.endCell(); err != nil || !r.inRow {
		return err
	}
	r.inRow = false
	for c := len(r.ends); c < len(r.down); c++ {
		r.down[c] = max(r.down[c]-1, 0)
	}
	r.cells = r.cells[:0]
	from := 0
	for _, end := range r.ends {
		r.cells = append(r.cells, r.text[from:end:end])
		from = end
	}
	r.text, r.ends = r.text[:0], r.ends[:0]
	if int64(r.row) > r.opt.MaxRows {
		return faultAt(r.row, tooMany.With(r.opt.MaxRows), doSplit)
	}
	if r.table == r.want {
		r.stopped = !r.yield(contact.Row{Number: r.row, Cells: r.cells})
	}
	return nil
}
