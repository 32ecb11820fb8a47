package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/klauspost/compress/flate"
)

// book writes one sheet of records as an office program saves it. Texts stand
// once, in a part of their own; cells point to them.
type book struct {
	zip   *zip.Writer
	sheet *bufio.Writer
	row   int
	buf   []byte
	index map[string]int // text to its place among the shared ones
	texts bytes.Buffer   // the shared texts, as their part has them
	uses  int
	err   error
}

// Places in the styles part.
const (
	styleDay    = 1
	styleMoment = 2
)

const (
	xmlHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainNS   = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relNS    = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packNS   = "http://schemas.openxmlformats.org/package/2006"
	partType = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// newBook begins the workbook with all its small parts.
func newBook(w io.Writer, rows int) *book {
	b := &book{zip: zip.NewWriter(w), index: map[string]int{}}
	b.zip.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	b.part("[Content_Types].xml", `<Types xmlns="`+packNS+`/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`+
		override("workbook.xml", "sheet.main")+override("worksheets/sheet1.xml", "worksheet")+override("styles.xml", "styles")+override("sharedStrings.xml", "sharedStrings")+`</Types>`)
	b.part("_rels/.rels", relations("officeDocument", "xl/workbook.xml"))
	b.part("xl/workbook.xml", `<workbook `+mainNS+` xmlns:r="`+relNS+`"><sheets><sheet name="Клиенты" sheetId="1" r:id="rId1"/></sheets></workbook>`)
	b.part("xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/sheet1.xml", "styles", "styles.xml", "sharedStrings", "sharedStrings.xml"))
	b.part("xl/styles.xml", `<styleSheet `+mainNS+`><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>`+
		`<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/><xf numFmtId="22" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`)
	part, err := b.zip.Create("xl/worksheets/sheet1.xml")
	b.err = errors.Join(b.err, err)
	b.sheet = bufio.NewWriterSize(part, 1<<16)
	b.raw(xmlHead + `<worksheet ` + mainNS + `><dimension ref="A1:L` + strconv.Itoa(rows+1) + `"/><sheetData>`)
	names := record{cells: header}
	b.add(&names)
	return b
}

func override(name, kind string) string {
	return `<Override PartName="/xl/` + name + `" ContentType="` + partType + kind + `+xml"/>`
}

// relations is a part that names others: kinds and targets by turns.
func relations(pairs ...string) string {
	var s strings.Builder
	s.WriteString(`<Relationships xmlns="` + packNS + `/relationships">`)
	for i := 0; i < len(pairs); i += 2 {
		s.WriteString(`<Relationship Id="rId` + strconv.Itoa(i/2+1) + `" Type="` + relNS + "/" + pairs[i] + `" Target="` + pairs[i+1] + `"/>`)
	}
	return s.String() + `</Relationships>`
}

func (b *book) part(name, body string) {
	w, err := b.zip.Create(name)
	if err == nil {
		_, err = io.WriteString(w, xmlHead+body)
	}
	b.err = errors.Join(b.err, err)
}

func (b *book) raw(s string) { _, _ = b.sheet.WriteString(s) } // close tells

// add writes the next row.
func (b *book) add(r *record) {
	b.row++
	b.buf = append(b.buf[:0], `<row r="`...)
	b.buf = strconv.AppendInt(b.buf, int64(b.row), 10)
	b.buf = append(b.buf, `">`...)
	for c, text := range r.cells {
		switch {
		case text == "":
		case c == colID && b.row > 1 || c == colPhone && r.number:
			b.open(c, 0, "")
			b.buf = append(b.buf, text...)
			b.shut()
		case c == colBirth && r.birth > 0:
			b.open(c, styleDay, "")
			b.buf = strconv.AppendInt(b.buf, int64(r.birth), 10)
			b.shut()
		case c == colCreate && r.created > 0:
			b.open(c, styleMoment, "")
			b.buf = strconv.AppendFloat(b.buf, r.created, 'f', 10, 64)
			b.shut()
		default:
			b.open(c, 0, ` t="s"`)
			b.buf = strconv.AppendInt(b.buf, int64(b.share(text)), 10)
			b.shut()
		}
	}
	b.buf = append(b.buf, `</row>`...)
	_, _ = b.sheet.Write(b.buf) // close tells
}

func (b *book) open(column, style int, kind string) {
	b.buf = append(b.buf, `<c r="`...)
	b.buf = append(b.buf, byte('A'+column))
	b.buf = strconv.AppendInt(b.buf, int64(b.row), 10)
	b.buf = append(b.buf, '"')
	if style > 0 {
		b.buf = append(b.buf, ` s="`...)
		b.buf = append(b.buf, byte('0'+style), '"')
	}
	b.buf = append(b.buf, kind...)
	b.buf = append(b.buf, `><v>`...)
}

func (b *book) shut() { b.buf = append(b.buf, `</v></c>`...) }

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// share is the place of a text among the shared ones.
func (b *book) share(text string) int {
	b.uses++
	at, known := b.index[text]
	if !known {
		at = len(b.index)
		b.index[text] = at
		b.texts.WriteString(`<si><t xml:space="preserve">`)
		_, _ = escape.WriteString(&b.texts, text) // a buffer takes everything
		b.texts.WriteString(`</t></si>`)
	}
	return at
}

// close ends the sheet and writes the shared texts. The first failure of all
// the writing before comes out here.
func (b *book) close() error {
	b.raw(`</sheetData></worksheet>`)
	err := errors.Join(b.err, b.sheet.Flush())
	w, failed := b.zip.Create("xl/sharedStrings.xml")
	if err = errors.Join(err, failed); err != nil {
		return err
	}
	_, err = io.WriteString(w, xmlHead+`<sst `+mainNS+` count="`+strconv.Itoa(b.uses)+`" uniqueCount="`+strconv.Itoa(len(b.index))+`">`)
	if err == nil {
		_, err = b.texts.WriteTo(w)
	}
	if err == nil {
		_, err = io.WriteString(w, `</sst>`)
	}
	return errors.Join(err, b.zip.Close())
}
