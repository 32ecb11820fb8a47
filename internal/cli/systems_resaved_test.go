package cli_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"cleanbase/internal/contact"
	"cleanbase/internal/sheet"
)

// resaving is what people do to an export before they hand it on.
type resaving struct {
	name   string
	change func(rows [][]string) [][]string
	write  func(t *testing.T, path string, rows [][]string)
}

var resavings = []resaving{
	{"columns in another order.csv", shuffled, delimitedText(',', nil)},
	{"title above.csv", func(rows [][]string) [][]string {
		return append([][]string{{"Выгрузка из CRM"}, {}, {"на 20.11.2026"}}, rows...)
	}, delimitedText(';', nil)},
	{"russian excel.csv", func(rows [][]string) [][]string {
		return eachCell(rows, func(_ int, cell string) string {
			return strings.NewReplacer("true", "ИСТИНА", "TRUE", "ИСТИНА", "false", "ЛОЖЬ", "FALSE", "ЛОЖЬ").Replace(cell)
		})
	}, delimitedText(';', charmap.Windows1251)},
	{"unicode text.txt", same, delimitedText('\t', unicode.UTF16(unicode.LittleEndian, unicode.UseBOM))},
	{"capitals.csv", func(rows [][]string) [][]string {
		return eachCell(rows, func(row int, cell string) string {
			if row < headersEnd(rows) {
				return "\u00a0" + strings.ToUpper(cell) + " "
			}
			return cell
		})
	}, delimitedText(',', nil)},
	{"workbook.xlsx", same, workbook},
	{"more columns.csv", func(rows [][]string) [][]string {
		return eachRow(rows, func(i int, line []string) []string {
			if i < headersEnd(rows) {
				return append([]string{"Моё поле", "Любимый цвет"}, line...)
			}
			return append([]string{"12345678", "нет"}, line...)
		})
	}, delimitedText('|', nil)},
}

// TestResavedSystems: the same people, refused the same, however the export
// was saved again. Each export takes its turn of two of the ways; all of
// them with all exports would take half a minute.
func TestResavedSystems(t *testing.T) {
	for i, e := range exports {
		if strings.HasPrefix(e.path, "vcard") || strings.HasPrefix(e.path, "wazzup") || strings.HasPrefix(e.path, "packed") {
			continue
		}
		rows := tableOf(t, filepath.Join(systems, e.path))
		want := dryRun(t, filepath.Join(systems, e.path))
		for turn := range 2 {
			r := resavings[(i+3*turn)%len(resavings)]
			t.Run(e.path+"/"+r.name, func(t *testing.T) {
				t.Parallel()
				path := filepath.Join(t.TempDir(), r.name)
				r.write(t, path, r.change(rows))
				if got := dryRun(t, path); got != want {
					t.Errorf("%s; want %s", got, want)
				}
			})
		}
	}
}

// dryRun is the rows and reasons that a run would come to.
func dryRun(t *testing.T, path string) string {
	t.Helper()
	var s contact.Summary
	if err := json.Unmarshal([]byte(mustRun(t, "run", "--dry-run", "--json", "--as-of", asOf, path)), &s); err != nil {
		t.Fatal(err)
	}
	s.Rows.Blank = 0
	return fmt.Sprintf("%+v %v", s.Rows, s.Reasons)
}

// tableOf is the cells of a fixture, each row as long as the longest.
func tableOf(t *testing.T, path string) [][]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	book, err := sheet.Open(bytes.NewReader(data), int64(len(data)), filepath.Base(path), sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	var rows [][]string
	width := 0
	if err := book.Each(0, func(r contact.Row) bool {
		line := make([]string, len(r.Cells))
		for i, c := range r.Cells {
			line[i] = string(c)
		}
		width = max(width, len(line))
		rows = append(rows, line)
		return true
	}); err != nil {
		t.Fatal(err)
	}
	return eachRow(rows, func(_ int, line []string) []string { return append(line, make([]string, width-len(line))...) })
}

func same(rows [][]string) [][]string { return rows }

func shuffled(rows [][]string) [][]string {
	order := rand.New(rand.NewPCG(1, 2)).Perm(len(rows[0]))
	return eachRow(rows, func(_ int, line []string) []string {
		out := make([]string, len(line))
		for i, from := range order {
			out[i] = line[from]
		}
		return out
	})
}

// headersEnd is the number of rows down to the header: the first with three
// cells or more, since titles have less.
func headersEnd(rows [][]string) int {
	for i, line := range rows {
		filled := slices.DeleteFunc(slices.Clone(line), func(c string) bool { return c == "" })
		if len(filled) > 2 {
			return i + 1
		}
	}
	return len(rows)
}

func eachRow(rows [][]string, change func(i int, line []string) []string) [][]string {
	out := make([][]string, len(rows))
	for i, line := range rows {
		out[i] = change(i, slices.Clone(line))
	}
	return out
}

func eachCell(rows [][]string, change func(row int, cell string) string) [][]string {
	return eachRow(rows, func(i int, line []string) []string {
		for j := range line {
			line[j] = change(i, line[j])
		}
		return line
	})
}

func delimitedText(comma rune, set encoding.Encoding) func(*testing.T, string, [][]string) {
	return func(t *testing.T, path string, rows [][]string) {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Comma = comma
		if err := w.WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		data := b.Bytes()
		if set != nil {
			var err error
			if data, err = encoding.ReplaceUnsupported(set.NewEncoder()).Bytes(data); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func workbook(t *testing.T, path string, rows [][]string) {
	f := excelize.NewFile()
	defer f.Close()
	for i, line := range rows {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", at, &line); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
}
