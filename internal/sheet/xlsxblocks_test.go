package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"cleanbase/internal/contact"
)

// deflated is a zip whose parts are packed.
func deflated(t testing.TB, parts []part) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range parts {
		f, err := w.Create(p.name)
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

// TestXLSXBlocks: rows and texts of every size, on every side of the blocks
// that a part is unpacked in, come out as they went in.
func TestXLSXBlocks(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	size := func() int {
		switch n := r.IntN(1000); {
		case n < 960:
			return r.IntN(60)
		case n < 997:
			return aheadBefore - 50 + r.IntN(100)
		}
		return aheadBlock - 100 + r.IntN(3*aheadBlock)
	}
	words := []string{"да", "нет <&> ", "abcdefgh", "_x_", "ivan_petrov@", "Ёж", "1", "𝄞", "\n"}
	text := func() string {
		var s strings.Builder
		for n := size(); s.Len() < n; {
			s.WriteString(words[r.IntN(len(words))])
		}
		return s.String()
	}
	var want [][]string
	var sheet, sst strings.Builder
	shared := 0
	for row := 1; sheet.Len() < 8<<20; row++ {
		fmt.Fprintf(&sheet, `<row r="%d">`, row)
		cells := []string{}
		for col := range 1 + r.IntN(9) {
			s := text()
			at := fmt.Sprintf(`<c r="%c%d"`, 'A'+col, row)
			switch r.IntN(4) {
			case 0:
				s = fmt.Sprint(r.Int64())
				sheet.WriteString(at + ` s="0"><v>` + s + `</v></c>`)
			case 1:
				fmt.Fprintf(&sst, `<si><t xml:space="preserve">%s</t></si>`, html.EscapeString(s))
				fmt.Fprintf(&sheet, `%s t="s"><v>%d</v></c>`, at, shared)
				shared++
			case 2:
				sheet.WriteString(at + ` t="str"><v>` + html.EscapeString(s) + `</v></c>`)
			default:
				sheet.WriteString(at + ` t="inlineStr"><is><t xml:space="preserve">` + html.EscapeString(s) + `</t></is></c>`)
			}
			cells = append(cells, s)
		}
		sheet.WriteString(`</row>`)
		want = append(want, cells)
	}
	parts := simple(wrap(sheet.String()), `<sst xmlns="`+mainNS+`" uniqueCount="7">`+sst.String()+`</sst>`)
	for _, data := range [][]byte{zipped(t, parts), deflated(t, parts)} {
		_, got := mustRead(t, data, "f.xlsx")
		if len(got) != len(want) {
			t.Fatalf("%d rows, want %d", len(got), len(want))
		}
		for i := range want {
			if strings.Join(got[i], "\x00") != strings.Join(want[i], "\x00") {
				t.Fatalf("row %d is another", i+1)
			}
		}
	}
}

// TestXLSXTextPlaces: what has to be escaped is, at every place of a text of
// every length, and comes back as it was.
func TestXLSXTextPlaces(t *testing.T) {
	var table rows
	for _, special := range []string{"&", "<", ">", "_x0041_", "_", "\x01", "\n", "\t", "\u200b", "\ufeff", "я", "]]>"} {
		for n := range 20 {
			for m := range 10 {
				table = append(table, []string{strings.Repeat("a", n) + special + strings.Repeat("ж", m), strings.Repeat("_ж", n) + special + strings.Repeat("b", m) + special})
			}
		}
	}
	_, got := mustRead(t, writtenTable(t, []string{"a", "b"}, table, WriterOptions{Format: "xlsx"}), "f.xlsx")
	wantRows(t, got[1:], table)
	for i, bad := range []string{"\uffff", "\ufffe", "\xff", "\xd0"} { // XML has no room for them
		_, got := mustRead(t, writtenTable(t, []string{"a"}, rows{{strings.Repeat("я<", i) + bad + "я"}}, WriterOptions{Format: "xlsx"}), "f.xlsx")
		wantRows(t, got[1:], rows{{strings.Repeat("я<", i) + "\ufffdя"}})
	}
}

// TestXLSXLongRows: a long row that begins just where a block keeps what came
// before it, behind another long one; and the room for them does not grow.
func TestXLSXLongRows(t *testing.T) {
	row := func(n int) string {
		return fmt.Sprintf(`<row r="%d"><c r="A%d" t="str"><v>%s</v></c></row>`, n, n, strings.Repeat(fmt.Sprint(n), aheadBlock*3/2))
	}
	for by := range 3 {
		sheet := strings.TrimSuffix(wrap(row(1)), "</sheetData></worksheet>")
		begins := 3*aheadBlock - aheadBefore + by - 1 // of what is kept of row 2
		sheet += "<!--" + strings.Repeat("-", begins-len(sheet)-len(`<!---->`)-len(`<row r="2">`)) + "-->" + row(2)
		for n := 3; n < 12; n++ {
			sheet += row(n)
		}
		data := zipped(t, simple(sheet+"</sheetData></worksheet>", ""))
		b, err := openBytes(data, "f.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		w := b.table.(*workbook)
		x, stop, err := w.zip.scan(w.list[0].part)
		if err != nil {
			t.Fatal(err)
		}
		rows := 0
		err = newSheetReader(w, x).read(func(r contact.Row) bool {
			rows++
			if want := strings.Repeat(fmt.Sprint(rows), aheadBlock*3/2); string(r.Cells[0]) != want {
				t.Errorf("by %d: row %d is another", by, rows)
			}
			return true
		})
		stop()
		if err != nil || rows != 11 || cap(x.own) > 4*aheadBlock {
			t.Errorf("by %d: %d rows, %v, %d bytes of room", by, rows, err, cap(x.own))
		}
	}
}
