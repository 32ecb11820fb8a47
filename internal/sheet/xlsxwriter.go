package sheet

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/klauspost/compress/flate"
)

const (
	ooxml    = "http://schemas.openxmlformats.org/"
	mainNS   = ooxml + "spreadsheetml/2006/main"
	officeNS = ooxml + "officeDocument/2006/relationships"
	xmlHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

	contentTypes = xmlHead + `<Types xmlns="` + ooxml + `package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`

	packageRels = xmlHead + `<Relationships xmlns="` + ooxml + `package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + officeNS + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`

	workbookRels = xmlHead + `<Relationships xmlns="` + ooxml + `package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + officeNS + `/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="` + officeNS + `/styles" Target="styles.xml"/></Relationships>`

	workbookPart = xmlHead + `<workbook xmlns="` + mainNS + `" xmlns:r="` + officeNS + `">` +
		`<sheets><sheet name="%s" sheetId="1" r:id="rId1"/></sheets></workbook>`

	// Format 0 is for cells, 1 is the header's bold. Both are text (49), so
	// that a phone stays as it is when somebody edits it.
	stylesPart = xmlHead + `<styleSheet xmlns="` + mainNS + `">` +
		`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>` +
		`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>` +
		`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
)

// xlsxWriter writes a workbook of one sheet, every cell a text, byte for byte
// the same for the same rows. Packing goes in a goroutine of its own.
type xlsxWriter struct {
	zip    *zip.Writer
	pack   *behind
	buf    []byte
	tail   []byte   // of a cell's tag, behind its column
	cols   []string // names of the columns met so far
	width  int      // cells of the header
	hint   int64    // rows promised, 0 for none
	rows   int64    // written, with the header
	closed bool
}

func newXLSXWriter(w io.Writer, header []string, opt WriterOptions) (Writer, error) {
	x := &xlsxWriter{zip: zip.NewWriter(w), hint: opt.Rows, width: max(len(header), 1), buf: make([]byte, 0, writeChunk*5)}
	x.zip.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	if opt.Sheet == "" {
		opt.Sheet = "Sheet1"
	}
	parts := [...][2]string{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRels},
		{"xl/workbook.xml", fmt.Sprintf(workbookPart, escapeAttr(opt.Sheet))},
		{"xl/_rels/workbook.xml.rels", workbookRels},
		{"xl/styles.xml", stylesPart},
	}
	for _, p := range parts {
		part, err := x.create(p[0])
		if err == nil {
			_, err = io.WriteString(part, p[1])
		}
		if err != nil {
			return nil, err
		}
	}
	part, err := x.create("xl/worksheets/sheet1.xml")
	if err != nil {
		return nil, err
	}
	x.pack = newBehind(part)
	x.head(header)
	return x, x.row(asBytes(header), `" s="1" t="inlineStr"><is><t`)
}

func (x *xlsxWriter) create(name string) (io.Writer, error) {
	return x.zip.CreateHeader(&zip.FileHeader{
		Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
}

// escapeAttr is a text as an attribute's value. A sheet's name has at most 31
// characters and none of []:*?/\.
func escapeAttr(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return '_'
		}
		return r
	}, name)
	if r := []rune(name); len(r) > 31 {
		name = string(r[:31])
	}
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(name)
}

// head writes what stands before the rows. The dimension is left out when the
// rows are not known: a wrong one makes readers stop early.
func (x *xlsxWriter) head(header []string) {
	x.buf = append(x.buf, xmlHead+`<worksheet xmlns="`+mainNS+`">`...)
	if x.hint > 0 {
		x.buf = fmt.Appendf(x.buf, `<dimension ref="A1:%s%d"/>`, x.colName(x.width-1), x.hint+1)
	}
	x.buf = append(x.buf, `<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`...)
	for i, h := range header {
		x.buf = fmt.Appendf(x.buf, `<col min="%d" max="%d" width="%d" style="2" customWidth="1"/>`, i+1, i+1, min(max(utf8.RuneCountInString(h)+4, 12), 50))
	}
	if len(header) == 0 {
		x.buf = append(x.buf, `<col min="1" max="1" width="12" customWidth="1"/>`...)
	}
	x.buf = append(x.buf, `</cols><sheetData>`...)
}

func (x *xlsxWriter) Rows() int64 { return x.rows - 1 }

func (x *xlsxWriter) Row(cells [][]byte) error {
	return x.row(cells, `" s="2" t="inlineStr"><is><t`)
}

func (x *xlsxWriter) row(cells [][]byte, tag string) error {
	if x.rows == MaxSheetRows {
		return ErrFull
	}
	if len(cells) > xlsxMaxColumns {
		return fault(tooWide.With(xlsxMaxColumns), doSplit)
	}
	x.rows++
	x.buf = appendInt(append(x.buf, `<row r="`...), x.rows)
	x.buf = append(x.buf, '"', '>')
	x.tail = append(appendInt(x.tail[:0], x.rows), tag...)
	for i, c := range cells {
		if len(c) == 0 {
			continue
		}
		x.buf = append(append(append(x.buf, `<c r="`...), x.colName(i)...), x.tail...)
		x.text(c)
	}
	x.buf = append(x.buf, `</row>`...)
	if len(x.buf) < 4*writeChunk {
		return nil
	}
	var err error
	x.buf, err = x.pack.write(x.buf)
	return err
}

func (x *xlsxWriter) colName(i int) string {
	for len(x.cols) <= i {
		name := ""
		for n := len(x.cols); n >= 0; n = n/26 - 1 {
			name = string(rune('A'+n%26)) + name
		}
		x.cols = append(x.cols, name)
	}
	return x.cols[i]
}

// Close writes what stands behind the rows and the zip's own end.
func (x *xlsxWriter) Close() error {
	if x.closed {
		return nil
	}
	x.closed = true
	x.buf = fmt.Appendf(x.buf, `</sheetData><autoFilter ref="A1:%s%d"/></worksheet>`, x.colName(x.width-1), x.rows)
	_, err := x.pack.write(x.buf)
	err = errors.Join(err, x.pack.close())
	if err == nil && x.hint > 0 && x.hint != x.rows-1 {
		err = fmt.Errorf("sheet: %d rows were promised, %d came", x.hint, x.rows-1)
	}
	if err != nil {
		return err
	}
	return x.zip.Close()
}
