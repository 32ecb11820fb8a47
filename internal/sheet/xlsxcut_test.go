package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"cleanbase/internal/contact"
)

// made is a workbook by excelize with texts, numbers and dates in all parts.
func made(t testing.TB, n int) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i := range n {
		row := []any{i + 1, fmt.Sprintf("Имя %d", i%7), 79110000000 + i, time.Date(2024, 5, 1, 10, 20, i%60, 0, time.UTC), i%2 == 0, "да <&> \"нет\""}
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func unzipped(t testing.TB, data []byte) []part {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var parts []part
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, part{f.Name, string(text)})
	}
	return parts
}

// TestXLSXCutParts cuts each part at every percent, its checksum made right:
// a cut part that is read is a fault, one that is not read changes nothing.
func TestXLSXCutParts(t *testing.T) {
	data := made(t, 60)
	_, whole := mustRead(t, data, "f.xlsx")
	parts := unzipped(t, data)
	unread := map[string]bool{"docProps/app.xml": true, "docProps/core.xml": true, "xl/theme/theme1.xml": true}
	for i, p := range parts {
		for percent := 1; percent < 100; percent++ {
			cut := append([]part(nil), parts...)
			cut[i].text = p.text[:len(p.text)*percent/100]
			err := readAll(zipped(t, cut), "f.xlsx")
			var f *contact.Fault
			switch {
			case unread[p.name] && err != nil:
				t.Errorf("%s is not needed: %v", p.name, err)
			case !unread[p.name] && !errors.As(err, &f):
				t.Errorf("%s cut at %d %%: %v", p.name, percent, err)
			}
		}
	}
	if len(whole) != 60 {
		t.Errorf("%d rows of the whole", len(whole))
	}
}

// TestXLSXCutZip cuts the file itself, and flips bytes in its packed parts.
func TestXLSXCutZip(t *testing.T) {
	data := made(t, 300)
	for percent := range 100 {
		mustFault(t, data[:len(data)*percent/100], "f.xlsx")
	}
	_, whole := mustRead(t, data, "f.xlsx")
	for at := 0; at < len(data); at += 37 {
		bad := bytes.Clone(data)
		bad[at] ^= 0x55
		b, err := openBytes(bad, "f.xlsx")
		if err != nil {
			continue
		}
		if got, _, err := rowsOf(b, 0); err == nil && fmt.Sprint(got) != fmt.Sprint(whole) {
			t.Errorf("byte %d changed: other rows, no error", at)
		}
	}
}

// TestXLSXLikeExcelize: what excelize writes, both read alike.
func TestXLSXLikeExcelize(t *testing.T) {
	text := rapid.StringMatching(`[A-Za-zА-яё0-9 _<>&"'\n\t=+-]{0,20}`)
	rapid.Check(t, func(t *rapid.T) {
		f := excelize.NewFile()
		defer f.Close()
		n := rapid.IntRange(1, 30).Draw(t, "rows")
		for i := range n {
			row := []any{text.Draw(t, "text"), rapid.IntRange(-1<<40, 1<<40).Draw(t, "int"), rapid.Bool().Draw(t, "bool"), nil, text.Draw(t, "last")}
			if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			t.Fatal(err)
		}
		b, err := openBytes(out.Bytes(), "f.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		got, _, err := rowsOf(b, 0)
		if err != nil {
			t.Fatal(err)
		}
		again, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		want, err := again.GetRows("Sheet1", excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range got {
			for j, cell := range row {
				exp := ""
				if i < len(want) && j < len(want[i]) {
					exp = want[i][j]
				}
				if j == 2 {
					exp = map[string]string{"1": "TRUE", "0": "FALSE", "TRUE": "TRUE", "FALSE": "FALSE"}[exp]
				}
				if cell != exp {
					t.Fatalf("row %d, cell %d: %q, excelize %q", i+1, j, cell, exp)
				}
			}
		}
	})
}

func FuzzXLSXSheet(f *testing.F) {
	for _, s := range []string{wrap(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`), wrap(`<row r="1"><c t="inlineStr"><is><t>&amp;_x000D_</t></is></c></row>`),
		`<x:worksheet><x:sheetData><x:row/></x:sheetData></x:worksheet>`, wrap(`<row><c s="1"><v>1.5</v></c></row>`)} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, sheet []byte) {
		_ = readAll(zipped(t, simple(string(sheet), testStrings)), "f.xlsx")
	})
}

// FuzzXLSXParts: the parts that a sheet leans on may hold anything.
func FuzzXLSXParts(f *testing.F) {
	whole := simple(wrap(`<row r="1"><c r="A1" t="s" s="1"><v>0</v></c><c r="B1" s="2"><v>45000.5</v></c></row>`), testStrings)
	for i, p := range whole {
		f.Add(byte(i), []byte(p.text))
	}
	f.Add(byte(6), []byte(`<sst count="-1"><si/><si><t>&#0;</t></si></sst>`))
	f.Add(byte(4), []byte(`<styleSheet><numFmts><numFmt numFmtId="-5" formatCode="[h]&quot;"/></numFmts><cellXfs><xf/></cellXfs></styleSheet>`))
	f.Add(byte(2), []byte(`<workbook><sheets><sheet name="a" r:id="rId9"/></sheets></workbook>`))
	f.Fuzz(func(t *testing.T, which byte, text []byte) {
		parts := slices.Clone(whole)
		parts[int(which)%len(parts)].text = string(text)
		_ = readAll(zipped(t, parts), "f.xlsx")
	})
}

func FuzzXLSXZip(f *testing.F) {
	f.Add(zipped(f, simple(wrap(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`), testStrings)))
	f.Add(made(f, 3))
	f.Fuzz(func(t *testing.T, data []byte) { _ = readAll(data, "f.xlsx") })
}
