package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// written is a table written with the given options.
func writtenTable(t testing.TB, header []string, table rows, opt WriterOptions) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := NewWriter(&out, header, opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range table {
		if err := w.Row(asBytes(r)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if w.Rows() != int64(len(table)) {
		t.Errorf("%d rows counted, %d written", w.Rows(), len(table))
	}
	return out.Bytes()
}

func TestLive(t *testing.T) {
	for _, s := range []string{"=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r", "\n=1", "\x00=1", "＝1", "＋1", "－1", "＠a", " =1", "\u00a0=1", "\u200b=1",
		"\ufeff=1", "\u202e+7", "+7 911 000-00-01", "+7911000000a", "+123456", "+1234567890123456", "-1-2", "-1.2.3", "--1", " +79110000001", "-.5", "-5.", "+", "- x"} {
		if !Live([]byte(s)) {
			t.Errorf("%q passes", s)
		}
	}
	for _, s := range []string{"", "a", "1", "Иван", "+79110000001", "+1234567", "-12.5", "-12", "-12,5", "-", "—", "(=)", "a=b", " ", "'=1", "\u200b", "8=1"} {
		if Live([]byte(s)) {
			t.Errorf("%q is stopped", s)
		}
	}
}

func TestCSVWriterBytes(t *testing.T) {
	got := writtenTable(t, []string{"phone", "имя;"}, rows{{"+79110000001", `=cmd|"x"`}, {"", ""}, {"a,b", "c\nd"}, {"-", "-12.5"}}, WriterOptions{})
	want := "\ufeffphone,имя;\r\n+79110000001,\"'=cmd|\"\"x\"\"\"\r\n,\r\n\"a,b\",\"c\nd\"\r\n-,-12.5\r\n"
	if string(got) != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	got = writtenTable(t, []string{"a", "b"}, rows{{"1", ""}}, WriterOptions{Delimiter: ';', QuoteAll: true, NoBOM: true})
	if want := "\"a\";\"b\"\r\n\"1\";\"\"\r\n"; string(got) != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got := writtenTable(t, []string{"a"}, rows{{""}}, WriterOptions{NoBOM: true}); string(got) != "a\r\n\"\"\r\n" {
		t.Errorf("got %q", got)
	}
}

// nasty draws texts as exports hold them, and worse; but none of lines and
// commas at random, which may look like rows, and those are refused on purpose.
func nasty() *rapid.Generator[string] {
	return rapid.OneOf(rapid.StringMatching(`[A-Za-zА-яё0-9 _<>&"'\t=+@;,|-]{0,20}`), rapid.StringMatching(`[A-Za-zА-яё0-9 _<>&"'\n\t=+@;|-]{0,20}`), rapid.StringMatching(`_x00[0-9A]{2}_?[ -~]{0,5}`),
		rapid.SampledFrom([]string{" x ", "\r\n", "a, b\nc\n, d", "\x01\x1f", "\ufffe\uffff", "😀_x000D_", "]]>", "\x00", "\u200b=1", strings.Repeat("я", 100)}))
}

// TestWritersRoundTrip: what is written is read again the same, by us and, for
// XLSX, by excelize; a live cell of CSV comes back with its apostrophe.
func TestWritersRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(2, 30).Draw(t, "width")
		row := rapid.SliceOfN(nasty(), width, width)
		header := make([]string, width)
		for i := range header {
			header[i] = fmt.Sprintf("Колонка %d", i)
		}
		table := rapid.SliceOfN(row, 0, 20).Draw(t, "rows")
		for _, format := range []string{"csv", "xlsx"} {
			data := writtenRapid(t, header, table, WriterOptions{Format: format, Rows: int64(len(table))})
			b, err := openBytes(data, "f."+format)
			if err != nil {
				t.Fatal(err)
			}
			got, _, err := rowsOf(b, 0)
			if err != nil || len(got) != len(table)+1 {
				t.Fatalf("%s: %d rows, %v", format, len(got), err)
			}
			for i, want := range table {
				compareRow(t, format, got[i+1], want)
			}
		}
	})
}

func writtenRapid(t *rapid.T, header []string, table rows, opt WriterOptions) []byte {
	var out bytes.Buffer
	w, err := NewWriter(&out, header, opt)
	for i := 0; err == nil && i < len(table); i++ {
		err = w.Row(asBytes(table[i]))
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func compareRow(t *rapid.T, format string, got, want []string) {
	for j, w := range want {
		g := ""
		if j < len(got) {
			g = got[j]
		}
		if format == "csv" {
			if Live([]byte(w)) {
				w = "'" + w
			}
			w = strings.ReplaceAll(w, "\x00", "")
		} else {
			w = strings.NewReplacer("\ufffe", "\ufffd", "\uffff", "\ufffd").Replace(w)
		}
		if g != w {
			t.Fatalf("%s: got %q, want %q", format, g, w)
		}
	}
}

func TestXLSXWriterLikeExcelize(t *testing.T) {
	header := []string{"phone_e164", "Имя", "C"}
	table := rows{{"+79110000001", "Иван <&> ", "=1+1"}, {"", "", ""}, {"+79110000002", "a\nb", strings.Repeat("х", 40_000)}}
	data := writtenTable(t, header, table, WriterOptions{Format: "xlsx", Sheet: "Чистые/[1]", Rows: 3})
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList(); len(got) != 1 || got[0] != "Чистые__1_" {
		t.Errorf("sheets %q", got)
	}
	got, err := f.GetRows("Чистые__1_")
	if err != nil || len(got) != 4 {
		t.Fatalf("%d rows, %v", len(got), err)
	}
	table[2][2] = table[2][2][:2*xlsxMaxChars]
	wantRows(t, rows{got[0], got[1], got[3]}, rows{header, table[0], table[2]})
	if d, err := f.GetSheetDimension("Чистые__1_"); d != "A1:C4" || err != nil {
		t.Errorf("dimension %s, %v", d, err)
	}
	if formula, _ := f.GetCellFormula("Чистые__1_", "C2"); formula != "" {
		t.Errorf("a text became the formula %q", formula)
	}
}

func TestXLSXWriterMendsText(t *testing.T) {
	_, got := mustRead(t, writtenTable(t, []string{"a"}, rows{{"Я<\xffb\x01"}}, WriterOptions{Format: "xlsx"}), "f.xlsx")
	wantRows(t, got, rows{{"a"}, {"Я<\ufffdb\x01"}})
}

func TestXLSXWriterIsDeterministic(t *testing.T) {
	table := make(rows, 20_000)
	for i := range table {
		table[i] = []string{fmt.Sprint(i), "имя"}
	}
	one := writtenTable(t, []string{"a", "b"}, table, WriterOptions{Format: "xlsx"})
	two := writtenTable(t, []string{"a", "b"}, table, WriterOptions{Format: "xlsx"})
	if !bytes.Equal(one, two) {
		t.Error("the bytes differ")
	}
}

func TestXLSXWriterIsFull(t *testing.T) {
	w, err := NewWriter(io.Discard, []string{"a"}, WriterOptions{Format: "xlsx"})
	if err != nil {
		t.Fatal(err)
	}
	for range MaxSheetRows - 1 {
		if err := w.Row(nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Row(nil); !errors.Is(err, ErrFull) || w.Rows() != MaxSheetRows-1 {
		t.Errorf("%v after %d rows", err, w.Rows())
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
}

func TestWriterRefuses(t *testing.T) {
	if _, err := NewWriter(io.Discard, nil, WriterOptions{Format: "doc"}); err == nil {
		t.Error("doc is written")
	}
	w, err := NewWriter(io.Discard, []string{"a"}, WriterOptions{Format: "xlsx", Rows: 2})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Row(asBytes([]string{"1"})), w.Close()); err == nil {
		t.Error("a promised row did not come, and nobody says so")
	}
}

// brokenDisk fails after some bytes.
type brokenDisk struct{ left int }

var errDisk = errors.New("disk full")

func (d *brokenDisk) Write(p []byte) (int, error) {
	if d.left -= len(p); d.left < 0 {
		return 0, errDisk
	}
	return len(p), nil
}

func TestWriterTellsOfFullDisk(t *testing.T) {
	for _, format := range []string{"csv", "xlsx"} {
		for _, room := range []int{0, 1000, 100_000} {
			w, err := NewWriter(&brokenDisk{room}, []string{"a"}, WriterOptions{Format: format})
			for i := 0; err == nil && i < 1_000_000; i++ {
				err = w.Row(asBytes([]string{fmt.Sprint(i * 7919)}))
			}
			if w != nil {
				err = errors.Join(err, w.Close())
			}
			if !errors.Is(err, errDisk) {
				t.Errorf("%s, room %d: %v", format, room, err)
			}
		}
	}
}

func BenchmarkWriteXLSX(b *testing.B) { benchWrite(b, "xlsx") }
func BenchmarkWriteCSV(b *testing.B)  { benchWrite(b, "csv") }

func benchWrite(b *testing.B, format string) {
	row := asBytes([]string{"+79110000001", "Павлов", "Мария", "Павлович", "+7 (934) 000-84-91", "semenov.7@example.com", "Владивосток", "1975-06-20", "2022-02-17 05:25:45", "Нет", "vip", "перезвонить после 18:00"})
	header := make([]string, len(row))
	b.ReportAllocs()
	for b.Loop() {
		w, err := NewWriter(io.Discard, header, WriterOptions{Format: format})
		if err != nil {
			b.Fatal(err)
		}
		for i := range 1_000_000 {
			row[0] = appendInt(row[0][:0], int64(79110000000+i*7919%1000000))
			if err := w.Row(row); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// Looking at eight bytes at a time finds the same cells that need quotes as
// looking at each.
func TestSpecialByTheByte(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		delim := rapid.SampledFrom([]byte(",;\t|")).Draw(t, "delim")
		cell := []byte(rapid.StringOfN(rapid.RuneFrom([]rune("abя€😀 ,;|\"\n\r\t\x00\x1f!#\x7f\u00a0")), 0, 30, -1).Draw(t, "cell"))
		want := len(cell) > 0 && (cell[0] == ' ' || cell[len(cell)-1] == ' ')
		for _, b := range cell {
			want = want || b == delim || b == '"' || b < ' '
		}
		if got := (&csvWriter{delim: delim}).special(cell); got != want {
			t.Fatalf("%q: %v", cell, got)
		}
	})
}
