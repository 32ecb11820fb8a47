package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
)

// part is one file inside a zip.
type part struct {
	name, text string
}

// zipped packs parts, whatever they are called.
func zipped(parts ...part) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range parts {
		f, err := w.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate})
		must(err)
		_, err = io.WriteString(f, p.text)
		must(err)
	}
	must(w.Close())
	return out.Bytes()
}

func must(err error) {
	if err != nil {
		panic(err) // memory can't be written to
	}
}

const (
	typesPart = `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="xml" ContentType="application/xml"/></Types>`
	relsPart = `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookPart = `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ` +
		`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`
	bookRelsPart = `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	sheetHead = `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	sheetFoot = `</sheetData></worksheet>`
	sstHead   = `<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`
	sheetName = "xl/worksheets/sheet1.xml"
	sstName   = "xl/sharedStrings.xml"
)

// people is how many rows the workbooks have below their header.
const people = 60

func sheetPart() string {
	var b strings.Builder
	b.WriteString(sheetHead + `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>`)
	for i := range people {
		fmt.Fprintf(&b, `<row r="%d"><c r="A%d" t="s"><v>%d</v></c><c r="B%d"><v>%d</v></c></row>`, i+2, i+2, i+2, i+2, 79110000000+i*7919)
	}
	return b.String() + sheetFoot
}

func sstPart() string {
	var b strings.Builder
	b.WriteString(sstHead + `<si><t>Имя</t></si><si><t>Телефон</t></si>`)
	for i := range people {
		fmt.Fprintf(&b, `<si><t>Иван %d</t></si>`, i)
	}
	return b.String() + `</sst>`
}

// book is a whole workbook, with parts put in the place of others by name; an
// empty text leaves the part out.
func book(changed ...part) []byte {
	parts := []part{{"[Content_Types].xml", typesPart}, {"_rels/.rels", relsPart}, {"xl/workbook.xml", bookPart},
		{"xl/_rels/workbook.xml.rels", bookRelsPart}, {sheetName, sheetPart()}, {sstName, sstPart()}}
next:
	for _, c := range changed {
		for i := range parts {
			if parts[i].name == c.name {
				parts[i].text = c.text
				continue next
			}
		}
		parts = append(parts, c)
	}
	var kept []part
	for _, p := range parts {
		if p.text != "" {
			kept = append(kept, p)
		}
	}
	return zipped(kept...)
}

// workbooks is the damaged and the odd ones of the XLSX kind.
func workbooks() map[string]func() []byte {
	all := map[string]func() []byte{
		"whole.xlsx":          func() []byte { return book() },
		"no-strings.xlsx":     func() []byte { return book(part{sstName, ""}) },
		"no-sheet.xlsx":       func() []byte { return book(part{sheetName, ""}) },
		"no-types.xlsx":       func() []byte { return book(part{"[Content_Types].xml", ""}) },
		"string-range.xlsx":   swapped(`<v>5</v>`, `<v>5000</v>`),
		"string-minus.xlsx":   swapped(`<v>5</v>`, `<v>-1</v>`),
		"string-huge.xlsx":    swapped(`<v>5</v>`, `<v>99999999999999999999</v>`),
		"row-twice.xlsx":      swapped(`<row r="5">`, `<row r="4">`),
		"row-disorder.xlsx":   swapped(`<row r="5">`, `<row r="50">`),
		"row-zero.xlsx":       swapped(`<row r="5">`, `<row r="0">`),
		"row-too-far.xlsx":    swapped(`<row r="61">`, `<row r="1048577">`),
		"cell-twice.xlsx":     swapped(`r="B5"`, `r="A5"`),
		"cell-elsewhere.xlsx": swapped(`r="B5"`, `r="B6"`),
		"cell-too-far.xlsx":   swapped(`r="B5"`, `r="XFE5"`),
		"two-sheetdata.xlsx":  swapped(`</sheetData>`, `</sheetData><sheetData></sheetData>`),
		"doctype.xlsx":        swapped(`<worksheet`, `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet`),
		"entities.xlsx":       swapped(`<worksheet`, `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet`),
		"unknown-entity.xlsx": func() []byte { return book(part{sstName, strings.Replace(sstPart(), "Иван 3", "&boom;", 1)}) },
		"part-twice.xlsx":     func() []byte { return append([]byte{}, zipTwice()...) },
		"wrong-crc.xlsx":      wrongCRC,
		"encrypted-part.xlsx": encryptedPart,
		"encrypted.xlsx":      func() []byte { return compound("EncryptedPackage", bytes.Repeat([]byte{7}, 6000), false) },
		"xls-named.xlsx":      func() []byte { return compound("Workbook", bytes.Repeat([]byte{9, 8, 16, 0}, 1500), false) },
		"garbage.xlsx":        func() []byte { return noise(5000) },
		"garbage-in-zip.xlsx": func() []byte { return book(part{sheetName, string(noise(5000))}) },
		"empty.xlsx":          func() []byte { return nil },
		"only-magic.xlsx":     func() []byte { return []byte("PK\x03\x04") },
		"dotdot.xlsx": func() []byte {
			return book(part{"../../evil.txt", "x"}, part{"/etc/evil", "x"}, part{`..\..\evil`, "x"})
		},
		"dotdot-target.xlsx": func() []byte {
			return book(part{"xl/_rels/workbook.xml.rels", strings.Replace(bookRelsPart, "worksheets/sheet1.xml", "../../../etc/passwd", 1)})
		},
		"slip.zip": func() []byte {
			return zipped(part{"../../../../tmp/evil.csv", "Имя;Телефон\nИван;+79110007919\n"})
		},
		"two-files.zip": func() []byte {
			return zipped(part{"a.csv", "Телефон\n+79110007919\n"}, part{"b.csv", "Телефон\n+79110015838\n"})
		},
		"deep.zip": func() []byte {
			return zipped(part{"a.zip", string(zipped(part{"b.zip", string(zipped(part{"c.csv", "x"}))}))})
		},
	}
	for _, percent := range []int{1, 25, 50, 75, 99} {
		cut := func(s string) string { return s[:len(s)*percent/100] }
		all[fmt.Sprintf("cut-file-%02d.xlsx", percent)] = func() []byte { return []byte(cut(string(book()))) }
		all[fmt.Sprintf("cut-sheet-%02d.xlsx", percent)] = func() []byte { return book(part{sheetName, cut(sheetPart())}) }
		all[fmt.Sprintf("cut-strings-%02d.xlsx", percent)] = func() []byte { return book(part{sstName, cut(sstPart())}) }
		all[fmt.Sprintf("cut-book-%02d.xlsx", percent)] = func() []byte { return book(part{"xl/workbook.xml", cut(bookPart)}) }
	}
	return all
}

// swapped is a workbook whose sheet has one word in the place of another.
func swapped(old, text string) func() []byte {
	return func() []byte { return book(part{sheetName, strings.Replace(sheetPart(), old, text, 1)}) }
}

// zipTwice holds the sheet twice under one name.
func zipTwice() []byte {
	return zipped(part{"[Content_Types].xml", typesPart}, part{"_rels/.rels", relsPart}, part{"xl/workbook.xml", bookPart},
		part{"xl/_rels/workbook.xml.rels", bookRelsPart}, part{sheetName, sheetPart()}, part{sstName, sstPart()}, part{sheetName, sheetHead + sheetFoot})
}

// wrongCRC says another checksum of the sheet than it has.
func wrongCRC() []byte {
	data := book()
	sum := crc32.ChecksumIEEE([]byte(sheetPart()))
	right := []byte{byte(sum), byte(sum >> 8), byte(sum >> 16), byte(sum >> 24)}
	return bytes.ReplaceAll(data, right, []byte{1, 2, 3, 4})
}

// encryptedPart sets the flag of encryption on every part.
func encryptedPart() []byte {
	data := book()
	for _, magic := range []string{"PK\x03\x04", "PK\x01\x02"} {
		offset := 6
		if magic[2] == 1 {
			offset = 8
		}
		for at := 0; ; {
			i := bytes.Index(data[at:], []byte(magic))
			if i < 0 {
				break
			}
			data[at+i+offset] |= 1
			at += i + 4
		}
	}
	return data
}

// noise is bytes that look like nothing, always the same.
func noise(n int) []byte {
	b := make([]byte, n)
	x := uint32(2463534242)
	for i := range b {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		b[i] = byte(x)
	}
	return b
}
