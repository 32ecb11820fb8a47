package sheet

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"cleanbase/internal/contact"
)

// FuzzExport: what other parsers find in our files is what was put in, and no
// cell of a CSV file is one that a spreadsheet would run.
func FuzzExport(f *testing.F) {
	for _, s := range []string{"Иван", "=1+1", "\t=1", "＝1", " =1", "\u200b=1", "a\"b;c,d", "a\r\nb", "\r", "a\r\r\nb", "a\r\r\x00\nb", "\x00", "\xff", "-1", "+79110000001", "'=1", "<b>&amp;", "_x0041_", "_x0004\x00_", "\u202e"} {
		f.Add(s, s+"2")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if !utf8.ValidString(a) || !utf8.ValidString(b) || len(a)+len(b) > 20_000 {
			return // readers give UTF-8; what a sheet can't hold is in other tests
		}
		table := rows{{"+79110000001", a, b}}
		text := writtenTable(t, []string{"phone", "a", "b"}, table, WriterOptions{Format: "csv"})
		records, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff")))).ReadAll()
		if err != nil || len(records) != 2 || len(records[1]) != 3 {
			t.Fatalf("%v: %q", err, text)
		}
		for i, want := range table[0] {
			got := records[1][i]
			if Live([]byte(got)) {
				t.Errorf("%q would run", got)
			}
			want = strings.NewReplacer("\r\n", "\n").Replace(strings.ReplaceAll(want, "\x00", "")) // as that parser does to line ends in quotes
			if plain(got) != plain(want) && plain(got) != plain("'"+want) {
				t.Errorf("csv: %q for %q", got, want)
			}
		}
		book, err := excelize.OpenReader(bytes.NewReader(writtenTable(t, []string{"phone", "a", "b"}, table, WriterOptions{Format: "xlsx", Sheet: "x", Rows: 1})))
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		for i, cell := range []string{"A2", "B2", "C2"} {
			if formula, err := book.GetCellFormula("x", cell); err != nil || formula != "" {
				t.Errorf("xlsx: %v, formula %q", err, formula)
			}
			if got, err := book.GetCellValue("x", cell); err != nil || plain(got) != plain(table[0][i]) {
				t.Errorf("xlsx: %v, %q for %q", err, got, table[0][i])
			}
		}
	})
}

// plain is a text without what no list holds (NUL and its like, which XML has
// no way to write) and with one kind of line ends.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\r' && r != '\n' && r != '\t' || r == utf8.RuneError || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
}

// FuzzCharset: text in any encoding is read whole as UTF-8, or refused.
func FuzzCharset(f *testing.F) {
	for _, s := range []string{"Телефон;Имя\n8911;Иван\n", "\xd2\xe5\xeb\xe5\xf4\xee\xed;\xc8\xec\xff\n", "\xff\xfeA\x00;\x00\n\x00", "\xfe\xff\x00A\x00\n", "\xef\xbb\xbfa;b\n", "\x8d\xae\xac\xa5\xe0;b\n", "a\xffb\n", "a\x00b"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := openBytes(data, "f.csv")
		if err != nil {
			return
		}
		defer b.Close()
		for i := range b.Sheets() {
			_ = b.Each(i, func(r contact.Row) bool { // a fault is fine: the file is refused then
				for _, c := range r.Cells {
					if !utf8.Valid(c) {
						t.Fatalf("a cell that is no UTF-8: %q", c)
					}
				}
				return true
			})
		}
	})
}
