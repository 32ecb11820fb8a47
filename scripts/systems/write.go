package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"html"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// delimited is how a system writes delimited text.
type delimited struct {
	comma    string
	all      bool // every cell in quotes
	trailing bool // the delimiter also behind the last cell
	short    bool // blank cells at a row's end are left out
	crlf     bool
	set      encoding.Encoding // nil: UTF-8
	mark     bool              // a byte order mark in front
}

var (
	cp1251  = charmap.Windows1251
	latin1  = charmap.Windows1252
	utf16le = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
)

func (d delimited) file(path string, s sheet) file {
	return file{path, func() ([]byte, error) { return d.write(s) }}
}

func (d delimited) write(s sheet) ([]byte, error) {
	var b strings.Builder
	if d.mark {
		b.WriteString("\ufeff")
	}
	for _, line := range s.cells() {
		if d.short {
			for len(line) > 0 && line[len(line)-1] == "" {
				line = line[:len(line)-1]
			}
		}
		for i, cell := range line {
			if i > 0 {
				b.WriteString(d.comma)
			}
			if d.all || strings.ContainsAny(cell, "\"\n"+d.comma) {
				cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
			}
			b.WriteString(cell)
		}
		if d.trailing {
			b.WriteString(d.comma)
		}
		if d.crlf {
			b.WriteString("\r")
		}
		b.WriteString("\n")
	}
	return encoded(b.String(), d.set)
}

func encoded(text string, set encoding.Encoding) ([]byte, error) {
	if set == nil {
		return []byte(text), nil
	}
	return set.NewEncoder().Bytes([]byte(text))
}

func plain(path, text string) file {
	return file{path, func() ([]byte, error) { return []byte(text), nil }}
}

// workbook writes XLSX. In the columns named numeric, digits are numbers; true
// and false are booleans.
func workbook(path string, s sheet, numeric ...string) file {
	return file{path, func() ([]byte, error) { return workbookOf(s, numeric) }}
}

func workbookOf(s sheet, numeric []string) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	for i, line := range s.cells() {
		for j, cell := range line {
			if cell == "" {
				continue
			}
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				return nil, err
			}
			var value any = cell
			if n, err := strconv.ParseFloat(cell, 64); err == nil && contains(numeric, s.header[min(j, len(s.header)-1)]) {
				value = n
			}
			if cell == "true" || cell == "false" {
				value = cell == "true"
			}
			if err := f.SetCellValue("Sheet1", at, value); err != nil {
				return nil, err
			}
		}
	}
	made := "2026-11-20T09:00:00Z"
	if err := f.SetDocProps(&excelize.DocProperties{Created: made, Modified: made}); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err := f.Write(&b)
	return b.Bytes(), err
}

func contains(list []string, s string) bool {
	for _, have := range list {
		if have == s {
			return true
		}
	}
	return false
}

// webTable writes the HTML that Bitrix24 calls contacts.xls.
func webTable(path string, s sheet) file {
	return file{path, func() ([]byte, error) {
		var b strings.Builder
		b.WriteString("<html>\n<head>\n<meta http-equiv=\"Content-type\" content=\"text/html;charset=UTF-8\" />\n</head>\n<body>\n<table border=\"1\">\n")
		for i, line := range s.cells() {
			tag := "td"
			if i == len(s.title) {
				tag = "th"
			}
			b.WriteString("<tr>")
			for _, cell := range line {
				fmt.Fprintf(&b, "<%s>%s</%s>", tag, strings.ReplaceAll(html.EscapeString(cell), "\n", "<br>"), tag)
			}
			b.WriteString("</tr>\n")
		}
		b.WriteString("</table>\n</body>\n</html>\n")
		return []byte(b.String()), nil
	}}
}

// spreadsheet writes an OpenDocument table.
func spreadsheet(path string, s sheet) file {
	return file{path, func() ([]byte, error) {
		var b strings.Builder
		b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Лист1">`)
		for _, line := range s.cells() {
			b.WriteString("<table:table-row>")
			for _, cell := range line {
				fmt.Fprintf(&b, `<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>`, html.EscapeString(cell))
			}
			b.WriteString("</table:table-row>")
		}
		b.WriteString("</table:table></office:spreadsheet></office:body></office:document-content>")
		return zipped([2]string{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, [2]string{"content.xml", b.String()})
	}}
}

// zipped packs files of name and text.
func zipped(parts ...[2]string) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range parts {
		h := &zip.FileHeader{Name: part[0], Method: zip.Deflate, Modified: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)}
		if part[0] == "mimetype" {
			h.Method = zip.Store
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(part[1])); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return b.Bytes(), err
}

// inZip and inGzip pack another fixture.
func inZip(path, name string, f file) file {
	return file{path, func() ([]byte, error) {
		data, err := f.make()
		if err != nil {
			return nil, err
		}
		return zipped([2]string{name, string(data)})
	}}
}

func inGzip(path string, f file) file {
	return file{path, func() ([]byte, error) {
		data, err := f.make()
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := z.Write(data); err != nil {
			return nil, err
		}
		err = z.Close()
		return b.Bytes(), err
	}}
}

// split is the items of a text that divides them with "; " or "|".
func split(text, by string) []string {
	items := strings.Split(text, by)
	for i := range items {
		items[i] = strings.TrimSpace(items[i])
	}
	return items
}
