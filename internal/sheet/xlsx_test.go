package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"cleanbase/internal/contact"
)

// part is one part of a made-up workbook.
type part struct{ name, text string }

// simple is a workbook with the given sheet part and shared strings.
func simple(sheet, sst string) []part {
	parts := []part{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRels},
		{"xl/workbook.xml", fmt.Sprintf(workbookPart, "Лист1")},
		{"xl/_rels/workbook.xml.rels", strings.Replace(workbookRels, "</Relationships>",
			`<Relationship Id="rId3" Type="`+officeNS+`/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`, 1)},
		{"xl/styles.xml", `<styleSheet xmlns="` + mainNS + `"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd\.mm\.yyyy\ hh:mm:ss"/></numFmts>` +
			`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="21"/><xf numFmtId="46"/></cellXfs></styleSheet>`},
		{"xl/worksheets/sheet1.xml", sheet},
	}
	if sst != "" {
		parts = append(parts, part{"xl/sharedStrings.xml", sst})
	}
	return parts
}

func zipped(t testing.TB, parts []part) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range parts {
		f, err := w.CreateHeader(&zip.FileHeader{Name: p.name})
		if err == nil {
			_, err = io.WriteString(f, p.text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func wrap(rows string) string {
	return xmlHead + `<worksheet xmlns="` + mainNS + `"><dimension ref="A1"/><sheetData>` + rows + `</sheetData></worksheet>`
}

const testStrings = `<sst xmlns="` + mainNS + `" count="9" uniqueCount="3"><si><t>один &amp; два</t></si>` +
	`<si><r><rPr><b/></rPr><t>жир</t></r><r><t xml:space="preserve">ный </t></r><rPh sb="0" eb="1"><t>НЕТ</t></rPh><phoneticPr fontId="1"/></si><si><t/></si></sst>`

func TestXLSXCells(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"number", `<c r="A1"><v>79111234567</v></c>`, "79111234567"},
		{"scientific", `<c r="A1"><v>7.9111234567E10</v></c>`, "79111234567"},
		{"float", `<c r="A1"><v>79111234567.0</v></c>`, "79111234567"},
		{"fraction", `<c r="A1" t="n"><v>0.10000000000000001</v></c>`, "0.1"},
		{"negative", `<c r="A1"><v>-12.50</v></c>`, "-12.5"},
		{"long digits", `<c r="A1"><v>12345678901234567890</v></c>`, "12345678901234567890"},
		{"blanks around", "<c r=\"A1\"><v>\n 5 </v></c>", "5"},
		{"no number at all", `<c r="A1"><v>abc</v></c>`, "abc"},
		{"shared", `<c r="A1" t="s"><v>0</v></c>`, "один & два"},
		{"rich, no phonetics", `<c r="A1" t="s"><v>1</v></c>`, "жирный "},
		{"shared empty", `<c r="A1" t="s"><v>2</v></c>`, ""},
		{"inline", `<c r="A1" t="inlineStr"><is><t>да</t></is></c>`, "да"},
		{"inline preserved", `<c r="A1" t="inlineStr"><is><t xml:space="preserve"> да </t></is></c>`, " да "},
		{"inline rich", `<c r="A1" t="inlineStr"><is><r><t>да</t></r><r><t>-нет</t></r></is></c>`, "да-нет"},
		{"escapes", `<c r="A1" t="inlineStr"><is><t>a_x000D_b_x005F_x000D_ _xD83D__xDE00_ _xZZZZ_</t></is></c>`, "a\rb_x000D_ 😀 _xZZZZ_"},
		{"entities", `<c r="A1" t="str"><v>&lt;&#1071;&#x42F;&gt;&quot;&apos;</v></c>`, `<ЯЯ>"'`},
		{"CDATA", `<c r="A1" t="str"><v>a<![CDATA[<b>&amp;]]>c</v></c>`, "a<b>&amp;c"},
		{"formula", `<c r="A1" t="str"><f>A2&amp;"x"</f><v>итог</v></c>`, "итог"},
		{"formula number", `<c r="A1"><f>1+1</f><v>2</v></c>`, "2"},
		{"formula never calculated", `<c r="A1"><f>1+1</f></c>`, "#CALC!"},
		{"formula never calculated, with a blank value", `<c r="A1"><f>B1</f><v></v></c>`, "#CALC!"},
		{"shared formula never calculated", `<c r="A1"><f t="shared" si="0"/><v/></c>`, "#CALC!"},
		{"formula that gives nothing", `<c r="A1" t="str"><f>IF(1,"","x")</f><v></v></c>`, ""},
		{"error", `<c r="A1" t="e"><v>#N/A</v></c>`, "#N/A"},
		{"true", `<c r="A1" t="b"><v>1</v></c>`, "TRUE"},
		{"false", `<c r="A1" t="b"><v>0</v></c>`, "FALSE"},
		{"date", `<c r="A1" s="1"><v>45413</v></c>`, "2024-05-01"},
		{"date and time", `<c r="A1" s="2"><v>45413.43090277778</v></c>`, "2024-05-01 10:20:30"},
		{"time", `<c r="A1" s="3"><v>0.43090277778</v></c>`, "10:20:30"},
		{"elapsed", `<c r="A1" s="4"><v>1.5</v></c>`, "36:00:00"},
		{"text in a date cell", `<c r="A1" s="1" t="inlineStr"><is><t>позже</t></is></c>`, "позже"},
		{"ISO date", `<c r="A1" t="d"><v>2024-05-01T10:20:30.000</v></c>`, "2024-05-01 10:20:30"},
		{"ISO midnight", `<c r="A1" t="d"><v>2024-05-01T00:00:00</v></c>`, "2024-05-01"},
		{"negative date", `<c r="A1" s="1"><v>-1</v></c>`, "-1"},
		{"no place named", `<c><v>7</v></c>`, "7"},
		{"no place named, shared", `<c t="s" s="0"><v>0</v></c>`, "один & два"},
		{"style left empty", `<c r="A1" s=""><v>7</v></c>`, "7"},
		{"style left empty, no place named", `<c s='' ><v>7</v></c>`, "7"},
		{"odd order of attributes", `<c t='s'  s="0" r='A1' ><v>0</v></c>`, "один & два"},
		{"comment", `<!-- <c> --><c r="A1"><!----><v>1<?x y?>2</v></c>`, "12"},
		{"unknown child", `<c r="A1"><extLst><ext><v>9</v></ext></extLst><v>1</v></c>`, "1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, got := mustRead(t, zipped(t, simple(wrap(`<row r="1">`+c.in+`</row>`), testStrings)), "f.xlsx")
			wantRows(t, got, rows{{c.want}})
		})
	}
}

// TestXLSXSpread: some programs put every tag on a line of its own.
func TestXLSXSpread(t *testing.T) {
	in := strings.ReplaceAll(wrap(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>да</t></is></c></row><row r="2"><c r="A2"><v>5</v></c></row>`), "><", ">\r\n\t<")
	sst := strings.ReplaceAll(testStrings, "><", ">\n  <")
	_, got := mustRead(t, zipped(t, simple(in, sst)), "f.xlsx")
	wantRows(t, got, rows{{"один & два", "да"}, {"5"}})
}

// What a book has given back is read again.
func TestRest(t *testing.T) {
	b, err := openBytes(zipped(t, simple(wrap(`<row r="1"><c r="A1" t="s"><v>1</v></c></row>`), testStrings)), "a.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		rows, _, err := rowsOf(b, 0)
		if err != nil || len(rows) != 1 || rows[0][0] != "жирный " {
			t.Fatal(rows, err)
		}
		b.Rest()
		if b.table.(*workbook).sst != nil {
			t.Fatal("the texts are kept")
		}
	}
}

func TestXLSXRows(t *testing.T) {
	in := wrap(`<row r="2" spans="1:3"><c r="B2"><v>1</v></c><c r="D2" s="1"/></row><row r="4"/><row r="5"></row><row><c><v>2</v></c></row>`)
	b, err := openBytes(zipped(t, simple(in, "")), "f.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	got, numbers, err := rowsOf(b, 0)
	if err != nil || fmt.Sprint(numbers) != "[2 4 5 6]" {
		t.Errorf("rows %v, %v", numbers, err)
	}
	wantRows(t, got, rows{{"", "1", "", ""}, {}, {}, {"2"}})
}

// TestXLSXPrefixes: strict namespaces, prefixed tags, targets with a leading
// slash, a byte order mark, 1904 and sheets of all states.
func TestXLSXPrefixes(t *testing.T) {
	const strictMain, strictRel = "http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships"
	data := zipped(t, []part{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", `<Relationships><Relationship Id="a" Type="` + strictRel + `/officeDocument" Target="/xl/book.xml"/></Relationships>`},
		{`xl\book.xml`, "\ufeff" + `<x:workbook xmlns:x="` + strictMain + `" xmlns:q="` + strictRel + `"><x:workbookPr date1904="true"/><x:sheets>` +
			`<x:sheet name="A &amp; B" sheetId="1" q:id="r1"/><x:sheet name="Скрыт" sheetId="2" state="veryHidden" q:id="r2"/><x:sheet name="График" sheetId="3" q:id="r3"/></x:sheets></x:workbook>`},
		{"xl/_rels/book.xml.rels", `<Relationships><Relationship Id="r1" Type="` + strictRel + `/worksheet" Target="worksheets/One.xml"/>` +
			`<Relationship Id="r2" Type="` + strictRel + `/worksheet" Target="/xl/two.xml"/><Relationship Id="r3" Type="` + strictRel + `/chartsheet" Target="c.xml"/>` +
			`<Relationship Id="r4" Type="` + strictRel + `/styles" Target="s.xml"/></Relationships>`},
		{"xl/s.xml", `<x:styleSheet xmlns:x="u"><x:cellXfs><x:xf numFmtId="0"/><x:xf numFmtId="14"/></x:cellXfs></x:styleSheet>`},
		{"xl/worksheets/one.xml", `<x:worksheet xmlns:x="` + strictMain + `"><x:sheetData><x:row r="1"><x:c r="A1" s="1"><x:v>43951</x:v></x:c><x:c r="B1" t="inlineStr"><x:is><x:t>да</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`},
		{"xl/two.xml", wrap(`<row r="1"><c r="A1"><v>2</v></c></row>`)},
	})
	b, err := openBytes(data, "f.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(b.Sheets()); got != "[{A & B false} {Скрыт true}]" || len(b.Notes) != 1 {
		t.Errorf("sheets %s, notes %v", got, b.Notes)
	}
	got, _, err := rowsOf(b, 0)
	if err != nil {
		t.Fatal(err)
	}
	wantRows(t, got, rows{{"2024-05-01", "да"}})
	if got, _, err = rowsOf(b, 1); err != nil || got[0][0] != "2" {
		t.Errorf("%v, %v", got, err)
	}
}

// TestXLSXComments: that comments on cells are not read is said.
func TestXLSXComments(t *testing.T) {
	for kind, want := range map[string]int{"comments": 1, "drawing": 0} {
		data := zipped(t, append(simple(wrap(`<row><c t="inlineStr"><is><t>x</t></is></c></row>`), ""), part{"xl/worksheets/_rels/sheet1.xml.rels",
			`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + officeNS + `/` + kind + `" Target="../comments1.xml"/></Relationships>`}))
		b, err := Open(bytes.NewReader(data), int64(len(data)), "x.xlsx", Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		if len(b.Notes) != want {
			t.Errorf("%s: %v", kind, b.Notes)
		}
	}
}

// TestXLSXTall: cells merged over several rows are told once the sheet was read.
func TestXLSXTall(t *testing.T) {
	sheet := strings.Replace(wrap(`<row><c t="inlineStr"><is><t>x</t></is></c></row>`), "</worksheet>",
		`<mergeCells count="4"><mergeCell ref="A1:D1"/><mergeCell ref="B2:C4"/><mergeCell ref="oops"/><mergeCell ref="A7"/></mergeCells><pageSetup/></worksheet>`, 1)
	data := zipped(t, simple(sheet, ""))
	b, err := Open(bytes.NewReader(data), int64(len(data)), "x.xlsx", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if err := b.Each(0, func(contact.Row) bool { return true }); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(b.Tall(0)); got != "[{1 2 4} {2 2 4}]" {
		t.Error(got)
	}
}

func TestXLSXFaults(t *testing.T) {
	cell := `<row r="1"><c r="A1" t="s"><v>0</v></c></row>`
	for _, c := range []struct {
		name string
		data []byte
		row  int
	}{
		{"rows out of order", zipped(t, simple(wrap(`<row r="2"/><row r="1"/>`), "")), 2},
		{"row twice", zipped(t, simple(wrap(`<row r="2"/><row r="2"/>`), "")), 2},
		{"row 0", zipped(t, simple(wrap(`<row r="0"/>`), "")), 0},
		{"row too far", zipped(t, simple(wrap(`<row r="1048577"/>`), "")), 0},
		{"cells out of order", zipped(t, simple(wrap(`<row r="1"><c r="B1"/><c r="A1"/></row>`), "")), 1},
		{"cell twice", zipped(t, simple(wrap(`<row r="1"><c r="B1"/><c r="B1"/></row>`), "")), 1},
		{"cell of another row", zipped(t, simple(wrap(`<row r="1"><c r="A2"/></row>`), "")), 1},
		{"column too far", zipped(t, simple(wrap(`<row r="1"><c r="XFE1"/></row>`), "")), 1},
		{"no shared strings", zipped(t, simple(wrap(cell), "")), 1},
		{"shared index too high", zipped(t, simple(wrap(strings.Replace(cell, ">0<", ">3<", 1)), testStrings)), 1},
		{"shared index no number", zipped(t, simple(wrap(strings.Replace(cell, ">0<", ">x<", 1)), testStrings)), 1},
		{"doctype", zipped(t, simple(`<!DOCTYPE worksheet [<!ENTITY a "b">]>`+wrap(cell), testStrings)), 0},
		{"badly nested", zipped(t, simple(wrap(`<row r="1"><c r="A1"><v>1</c></v></row>`), "")), 1},
		{"unknown entity", zipped(t, simple(wrap(`<row r="1"><c r="A1" t="str"><v>&nbsp;</v></c></row>`), "")), 1},
		{"not UTF-8", zipped(t, simple(wrap("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>\xcf\xf0</v></c></row>"), "")), 1},
		{"number not UTF-8", zipped(t, simple(wrap("<row r=\"1\"><c r=\"A1\"><v>\xcf\xf0</v></c></row>"), "")), 1},
		{"text behind the end", zipped(t, simple(wrap(cell)+"x", testStrings)), 1},
		{"second root", zipped(t, simple(wrap(cell)+"<a/>", testStrings)), 1},
		{"rows of a foreign namespace", zipped(t, simple(wrap(`<x:row r="1"/>`), "")), 0},
		{"sheet data of a foreign namespace", zipped(t, simple(`<worksheet><x:sheetData><x:row r="1"/></x:sheetData></worksheet>`, "")), 0},
		{"no sheet data", zipped(t, simple(`<worksheet/>`, "")), 0},
		{"another part", zipped(t, simple(`<chartsheet/>`, "")), 0},
		{"UTF-16 inside", zipped(t, simple(`<?xml version="1.0" encoding="UTF-16"?><worksheet/>`, "")), 0},
		{"part twice", zipped(t, append(simple(wrap(cell), testStrings), part{"xl/WORKSHEETS/sheet1.xml", wrap("")})), 0},
		{"many entries", zipped(t, manyParts(20_000)), 0},
		{"xlsb", zipped(t, []part{{"[Content_Types].xml", contentTypes}, {"xl/workbook.bin", "x"}}), 0},
		{"docx", zipped(t, []part{{"[Content_Types].xml", contentTypes}, {"word/document.xml", "<x/>"}}), 0},
		{"numbers", zipped(t, []part{{"Index/Document.iwa", "x"}}), 0},
		{"only a zip's start", []byte("PK\x03\x04garbage"), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if f := mustFault(t, c.data, "f.xlsx"); f.Row != c.row {
				t.Errorf("row %d, want %d: %v", f.Row, c.row, f)
			}
		})
	}
}

func manyParts(n int) []part {
	parts := simple(wrap(""), "")
	for i := range n {
		parts = append(parts, part{fmt.Sprint(i), ""})
	}
	return parts
}

// TestXLSXBomb: a part that unpacks a thousandfold is refused by its size
// alone, before it is unpacked.
func TestXLSXBomb(t *testing.T) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	f, err := w.CreateRaw(&zip.FileHeader{Name: "xl/workbook.xml", Method: zip.Deflate, CompressedSize64: 1000, UncompressedSize64: 1_000_000_000})
	if err == nil {
		_, err = f.Write(make([]byte, 1000))
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	if f := mustFault(t, out.Bytes(), "f.xlsx"); f.What != errBomb().What {
		t.Error(f)
	}
}
