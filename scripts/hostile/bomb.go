package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
)

// bombBytes is what a bomb unpacks to: a thousand times its size.
const bombBytes = 1 << 28

// blanks is so many spaces, with no memory for them.
type blanks struct{ left int }

func (b *blanks) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, io.EOF
	}
	n := min(len(p), b.left)
	for i := range n {
		p[i] = ' '
	}
	b.left -= n
	return n, nil
}

// inflated is a workbook with one part of so many bytes of blanks between two
// texts.
func inflated(name, head, foot string, size int) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range []part{{"[Content_Types].xml", typesPart}, {"_rels/.rels", relsPart}, {"xl/workbook.xml", bookPart},
		{"xl/_rels/workbook.xml.rels", bookRelsPart}, {sheetName, sheetPart()}, {sstName, sstPart()}} {
		f, err := w.Create(p.name)
		must(err)
		if p.name != name {
			_, err = io.WriteString(f, p.text)
			must(err)
			continue
		}
		_, err = io.Copy(f, io.MultiReader(strings.NewReader(head), &blanks{size}, strings.NewReader(foot)))
		must(err)
	}
	must(w.Close())
	return out.Bytes()
}

// bombs is what unpacks to far more than it is.
func bombs() map[string]func() []byte {
	return map[string]func() []byte{
		"bomb-sheet.xlsx":   func() []byte { return inflated(sheetName, sheetHead, sheetFoot, bombBytes) },
		"bomb-strings.xlsx": func() []byte { return inflated(sstName, sstHead+"<si><t>", "</t></si></sst>", bombBytes) },
		"bomb-types.xlsx":   func() []byte { return inflated("[Content_Types].xml", "<Types>", "</Types>", bombBytes) },
		"bomb-lies.xlsx":    lies,
		"bomb.csv.gz":       func() []byte { return gzipped(&blanks{bombBytes}) },
		"bomb-entries.zip":  func() []byte { return entries(200_000) },
		"bomb-xfd.xlsx":     swapped(`<c r="B5"><v>`, `<c r="XFD5"><v>`),
		"bomb-far-row.xlsx": swapped(fmt.Sprintf(`<row r="%d">`, people+1), `<row r="1048576">`),
		"bomb-wide.xlsx":    func() []byte { return book(part{sheetName, wide(20_000)}) },
		"bomb-cell.xlsx": func() []byte {
			return book(part{sstName, strings.Replace(sstPart(), "Иван 3", strings.Repeat("я", 5<<20), 1)})
		},
		"bomb-depth.xlsx": func() []byte {
			return book(part{sheetName, sheetHead + strings.Repeat("<row>", 200_000) + sheetFoot})
		},
		"bomb-repeat.ods": func() []byte {
			return ods(`table:number-rows-repeated="1048576"`, `table:number-columns-repeated="16384"`)
		},
		"bomb-rows.ods":    func() []byte { return ods(`table:number-rows-repeated="2000000000"`, ``) },
		"bomb-columns.ods": func() []byte { return ods(``, `table:number-columns-repeated="2000000000"`) },
		"bomb-gaps.ods": func() []byte {
			return ods(``, `/></table:table-row>`+strings.Repeat(`<table:table-row><table:table-cell table:number-columns-repeated="16000"/><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row>`, 20_000)+
				`<table:table-row><table:table-cell`)
		},
		"bomb-keys.json": sparse,
		"cycle.xls":      func() []byte { return compound("Workbook", bytes.Repeat([]byte{9, 8, 16, 0}, 1500), true) },
		"cut.xls":        func() []byte { return compound("Workbook", bytes.Repeat([]byte{9, 8, 16, 0}, 1500), false)[:2000] },
	}
}

// lies says in its table of contents that the sheet is small.
func lies() []byte {
	data := inflated(sheetName, sheetHead, sheetFoot, bombBytes)
	size := binary.LittleEndian.AppendUint32(nil, uint32(bombBytes+len(sheetHead)+len(sheetFoot)))
	return bytes.ReplaceAll(data, size, []byte{0, 16, 0, 0})
}

func gzipped(r io.Reader) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := io.Copy(w, r)
	must(err)
	must(w.Close())
	return out.Bytes()
}

// entries is a zip of so many empty files.
func entries(n int) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := range n {
		_, err := w.Create(fmt.Sprint(i))
		must(err)
	}
	must(w.Close())
	return out.Bytes()
}

// wide is a sheet whose every row has one cell, in the last column.
func wide(rows int) string {
	var b strings.Builder
	b.WriteString(sheetHead + `<row r="1"><c r="A1" t="s"><v>1</v></c></row>`)
	for i := range rows {
		fmt.Fprintf(&b, `<row r="%d"><c r="A%d"><v>%d</v></c><c r="XFD%d"><v>1</v></c></row>`, i+2, i+2, 79110000000+i, i+2)
	}
	return b.String() + sheetFoot
}

// ods is a spreadsheet whose second row and its cells are repeated.
func ods(row, cell string) []byte {
	content := `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" ` +
		`xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">` +
		`<office:body><office:spreadsheet><table:table table:name="Sheet1"><table:table-row><table:table-cell office:value-type="string"><text:p>Телефон</text:p></table:table-cell></table:table-row>` +
		`<table:table-row ` + row + `><table:table-cell office:value-type="string" ` + cell + `><text:p>+79110007919</text:p></table:table-cell></table:table-row>` +
		`</table:table></office:spreadsheet></office:body></office:document-content>`
	return zipped(part{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, part{"content.xml", content})
}

// compound is a compound file with one stream; with cycle its sectors run in a
// circle.
func compound(name string, data []byte, cycle bool) []byte {
	const sector, end, fatMark = 512, 0xFFFFFFFE, 0xFFFFFFFD
	le := binary.LittleEndian
	sectors := (len(data) + sector - 1) / sector
	fat := make([]byte, 0, sector)
	fat = le.AppendUint32(fat, fatMark) // sector 0: this table
	fat = le.AppendUint32(fat, end)     // sector 1: the directory
	for i := range sectors {
		next := uint32(i + 3)
		if i == sectors-1 {
			next = end
			if cycle {
				next = 2
			}
		}
		fat = le.AppendUint32(fat, next)
	}
	for len(fat) < sector {
		fat = le.AppendUint32(fat, 0xFFFFFFFF)
	}
	head := make([]byte, sector)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	le.PutUint16(head[24:], 0x3e)
	le.PutUint16(head[26:], 3)
	le.PutUint16(head[28:], 0xfffe)
	le.PutUint16(head[30:], 9)
	le.PutUint16(head[32:], 6)
	le.PutUint32(head[44:], 1)
	le.PutUint32(head[48:], 1)
	le.PutUint32(head[56:], 4096)
	le.PutUint32(head[60:], end)
	le.PutUint32(head[68:], end)
	for i := 76; i < sector; i += 4 {
		le.PutUint32(head[i:], 0xFFFFFFFF)
	}
	le.PutUint32(head[76:], 0)
	dir := append(entry("Root Entry", 5, end, 0), entry(name, 2, 2, len(data))...)
	le.PutUint32(dir[76:], 1) // the root's child
	out := append(append(head, fat...), append(dir, make([]byte, sector-len(dir))...)...)
	out = append(out, data...)
	return append(out, make([]byte, sectors*sector-len(data))...)
}

func entry(name string, kind byte, start uint32, size int) []byte {
	e := make([]byte, 128)
	for i, u := range utf16.Encode([]rune(name)) {
		binary.LittleEndian.PutUint16(e[2*i:], u)
	}
	binary.LittleEndian.PutUint16(e[64:], uint16(2*len(name)+2))
	e[66], e[67] = kind, 1
	for _, at := range []int{68, 72, 76} {
		binary.LittleEndian.PutUint32(e[at:], 0xFFFFFFFF)
	}
	binary.LittleEndian.PutUint32(e[116:], start)
	binary.LittleEndian.PutUint32(e[120:], uint32(size))
	return e
}

// sparse is objects that have one key each, every one another.
func sparse() []byte {
	var b strings.Builder
	b.WriteString(`[{"phone":"+79110007919"}`)
	for i := range 16_000 {
		fmt.Fprintf(&b, `,{"k%d":1}`, i)
	}
	return []byte(b.String() + "]")
}
