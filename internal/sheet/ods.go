package sheet

import (
	"bytes"
	"strconv"
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

// cell reads a cell and adds it as often as it repeats. Empty cells wait for
// one that holds something.
func (r *odsReader) cell() error {
	repeat, err := r.repeated("table:number-columns-repeated")
	if err != nil {
		return err
	}
	from := len(r.text)
	own := r.typed()
	if r.x.kind == xmlStart {
		if err := r.paragraphs(); err != nil {
			return err
		}
	}
	if own != nil {
		r.text = append(r.text[:from], own...)
	}
	size := len(r.text) - from
	if size == 0 {
		r.empty += repeat
		return nil
	}
	if total := len(r.ends) + r.empty + repeat; total > r.opt.MaxColumns {
		return faultAt(r.row+1, tooWide.With(r.opt.MaxColumns), doSaveAgain)
	}
	if size > r.opt.MaxCell || len(r.text)+size*repeat > maxRecord {
		return faultAt(r.row+1, tooLong.With(r.opt.MaxCell), doSaveAgain)
	}
	for range r.empty {
		r.ends = append(r.ends, from)
	}
	r.empty = 0
	r.ends = append(r.ends, len(r.text))
	for range repeat - 1 {
		r.text = append(r.text, r.text[from:from+size]...)
		r.ends = append(r.ends, len(r.text))
	}
	return nil
}

// typed is the cell's value where its type says more than its text; nil for a
// text.
func (r *odsReader) typed() []byte {
	value := attr(r.x.attrs, "office:value")
	switch string(attr(r.x.attrs, "office:value-type")) {
	case "float", "currency", "percentage":
		if digitsOnly(value) {
			return bytes.Clone(value)
		}
		if out, ok := appendNumber(nil, value); ok {
			return out
		}
	case "date":
		out, _ := appendISO(nil, attr(r.x.attrs, "office:date-value"))
		return out
	case "time":
		return odsTime(attr(r.x.attrs, "office:time-value"))
	case "boolean":
		return boolText(attr(r.x.attrs, "office:boolean-value"))
	}
	return nil
}

// odsTime writes PT10H20M30S as 10:20:30; nil for what is no such thing.
func odsTime(v []byte) []byte {
	rest, ok := strings.CutPrefix(string(v), "PT")
	seconds := int64(0)
	for _, unit := range []struct {
		mark string
		size int64
	}{{"H", 3600}, {"M", 60}, {"S", 1}} {
		number, after, found := strings.Cut(rest, unit.mark)
		if !found {
			continue
		}
		n, err := strconv.ParseFloat(strings.ReplaceAll(number, ",", "."), 64)
		if err != nil || n < 0 || n > 1e9 {
			return nil
		}
		seconds += int64(n) * unit.size
		rest = after
	}
	if !ok {
		return nil
	}
	return appendClock(nil, seconds/3600, seconds)
}

// paragraphs adds the text of the cell just started: its paragraphs, a line
// each; not its notes.
func (r *odsReader) paragraphs() error {
	depth := len(r.x.open)
	from := len(r.text)
	for {
		if err := r.x.next(); err != nil {
			return err
		}
		var err error
		switch {
		case r.x.kind == xmlEnd && len(r.x.open) < depth:
			return nil
		case r.x.kind == xmlStart && (string(r.x.name) == "text:p" || string(r.x.name) == "text:h"):
			if len(r.text) > from {
				r.text = append(r.text, '\n')
			}
			err = r.paragraph()
		case r.x.kind == xmlSelf && string(r.x.name) == "text:p" && len(r.text) > from:
			r.text = append(r.text, '\n')
		case r.x.kind == xmlStart:
			err = r.x.skipElement()
		}
		if err != nil {
			return err
		}
	}
}

// paragraph adds the text of the paragraph just started.
func (r *odsReader) paragraph() error {
	depth := len(r.x.open)
	for {
		if err := r.x.next(); err != nil {
			return err
		}
		ok := true
		switch r.x.kind {
		case xmlEnd:
			if len(r.x.open) < depth {
				return nil
			}
		case xmlText:
			r.text, ok = appendXML(r.text, r.x.text)
			ok = ok && valid(r.x.text)
		case xmlCDATA:
			r.text, ok = append(r.text, r.x.text...), valid(r.x.text)
		default:
			if err := r.inline(); err != nil {
				return err
			}
		}
		if !ok || len(r.text) > maxRecord {
			return errXML()
		}
	}
}

// inline handles an element within a paragraph.
func (r *odsReader) inline() error {
	switch string(r.x.name) {
	case "text:s":
		n, ok := parseUint(attr(r.x.attrs, "text:c"))
		if !ok {
			n = 1
		}
		for range min(n, 1000) {
			r.text = append(r.text, ' ')
		}
	case "text:tab":
		r.text = append(r.text, '\t')
	case "text:line-break":
		r.text = append(r.text, '\n')
	case "text:note", "office:annotation", "text:ruby-text":
		return r.x.skipElement()
	}
	return nil
}
