package sheet

import (
	"strings"

	"cleanbase/internal/contact"
)

// A row with texts in it that repeats more often than this is no table of
// people.
const odsMaxRepeat = 10_000

// odsTable is an OpenDocument spreadsheet (ISO/IEC 26300).
type odsTable struct {
	in   input
	zip  *archive
	list []Sheet
}

func (b *Book) openODS(in input, a *archive) error {
	t := &odsTable{in: in, zip: a}
	if err := t.checkKind(); err != nil {
		return err
	}
	hidden := make(map[string]bool) // styles of tables
	style := ""
	err := a.elements("content.xml", func(path string, attrs []byte) error {
		switch {
		case strings.HasSuffix(path, "/style"):
			style = attrText(attrs, "style:name")
		case strings.HasSuffix(path, "/table-properties"):
			hidden[style] = attrText(attrs, "table:display") == "false"
		case path == "document-content/body/spreadsheet/table":
			t.list = append(t.list, Sheet{attrText(attrs, "table:name"), hidden[attrText(attrs, "table:style-name")]})
		}
		return nil
	})
	if err == nil && len(t.list) == 0 {
		err = damaged(contact.T("the file holds no table", "в файле нет таблиц"))
	}
	b.table, b.Format = t, "ods"
	return err
}

// checkKind refuses encrypted files and other documents.
func (t *odsTable) checkKind() error {
	kind := ""
	encrypted := false
	if !t.zip.has("META-INF/manifest.xml") {
		return nil
	}
	err := t.zip.elements("META-INF/manifest.xml", func(path string, attrs []byte) error {
		if path == "manifest/file-entry" && attrText(attrs, "manifest:full-path") == "/" {
			kind = attrText(attrs, "manifest:media-type")
		}
		encrypted = encrypted || strings.HasSuffix(path, "/encryption-data")
		return nil
	})
	switch {
	case err != nil:
		return err
	case encrypted:
		return errEncrypted()
	case kind != "" && !strings.Contains(kind, "spreadsheet"):
		return errForeign(contact.T("OpenDocument", "OpenDocument"))
	}
	return nil
}

func (t *odsTable) sheets() []Sheet { return t.list }

func (t *odsTable) each(i int, yield func(contact.Row) bool) error {
	x, stop, err := t.zip.scan("content.xml")
	if err != nil {
		return err
	}
	defer stop()
	r := &odsReader{x: x, opt: t.in.opt, yield: yield}
	found := false
	for n := -1; ; {
		if err := x.next(); err != nil {
			return r.at(err)
		}
		if x.kind == xmlEOF {
			break
		}
		if !x.atSheet() {
			continue
		}
		if n++; n == i {
			found = true
			if x.kind == xmlStart {
				err = r.table()
			}
		} else {
			err = x.skipElement()
		}
		if err != nil || r.stopped {
			return r.at(err)
		}
	}
	if !found {
		return errXML()
	}
	return nil
}

// atSheet tells whether the scanner stands at a table of the spreadsheet
// itself: document-content/body/spreadsheet/table.
func (x *xmlScanner) atSheet() bool {
	depth := len(x.open)
	return string(x.name) == "table:table" && (x.kind == xmlStart && depth == 4 || x.kind == xmlSelf && depth == 3)
}

// odsReader reads the rows of one table.
type odsReader struct {
	x       *xmlScanner
	opt     Options
	yield   func(contact.Row) bool
	row     int
	stopped bool

	text  []byte // of the row's cells
	ends  []int  // where each ends in text
	empty int    // cells left out since the last that holds something
	cells [][]byte
}

func (r *odsReader) at(err error) error {
	if f, ok := err.(*contact.Fault); ok && f.Row == 0 {
		f.Row = r.row
	}
	return err
}

// table reads the table just started to its end; rows may stand in groups.
func (r *odsReader) table() error {
	depth := len(r.x.open)
	for {
		if err := r.x.next(); err != nil {
			return err
		}
		switch {
		case r.x.kind == xmlEnd && len(r.x.open) < depth:
			return nil
		case r.x.kind != xmlStart && r.x.kind != xmlSelf:
		case string(r.x.name) == "table:table-row":
			if err := r.tableRow(); err != nil || r.stopped {
				return err
			}
		case strings.HasPrefix(string(r.x.name), "table:table-row"), string(r.x.name) == "table:table-header-rows":
			// a group: its rows come next
		default:
			if err := r.x.skipElement(); err != nil {
				return err
			}
		}
	}
}

// tableRow reads a row and passes it on as often as it repeats; blank rows
// only count.
func (r *odsReader) tableRow() error {
	repeat, err := r.repeated("table:number-rows-repeated")
	if err != nil {
		return err
	}
	r.text, r.ends, r.empty = r.text[:0], r.ends[:0], 0
	if r.x.kind == xmlStart {
		if err := r.rowCells(); err != nil {
			return err
		}
	}
	if len(r.ends) == 0 {
		r.row += repeat
		return nil
	}
	if repeat > odsMaxRepeat {
		return faultAt(r.row+1, contact.T("one row is repeated %d times", "одна строка повторена раз: %d").With(repeat), doSaveAgain)
	}
	for range repeat {
		if r.row++; int64(r.row) > r.opt.MaxRows {
			return fault(tooMany.With(r.opt.MaxRows), doSplit)
		}
		r.cells = r.cells[:0]
		from := 0
		for _, end := range r.ends {
			r.cells = append(r.cells, r.text[from:end:end])
			from = end
		}
		if r.stopped = !r.yield(contact.Row{Number: r.row, Cells: r.cells}); r.stopped {
			return nil
		}
	}
	return nil
}

// repeated is how often the element stands for itself.
func (r *odsReader) repeated(name string) (int, error) {
	v := attr(r.x.attrs, name)
	if v == nil {
		return 1, nil
	}
	n, ok := parseUint(v)
	if !ok || n == 0 || n > 1<<24 || r.row+int(n) > 1<<30 {
		return 0, errPlace()
	}
	return int(n), nil
}

func (r *odsReader) rowCells() error {
	depth := len(r.x.open)
	for {
		if err := r.x.next(); err != nil {
			return err
		}
		switch name := string(r.x.name); {
		case r.x.kind == xmlEnd && len(r.x.open) < depth:
			return nil
		case r.x.kind != xmlStart && r.x.kind != xmlSelf:
		case name == "table:table-cell" || name == "table:covered-table-cell":
			if err := r.cell(); err != nil {
				return err
			}
		default:
			if err := r.x.skipElement(); err != nil {
				return err
			}
		}
	}
}
