package sheet

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cleanbase/internal/contact"
)

type rows = [][]string

func TestCSVShapes(t *testing.T) {
	for _, c := range []struct {
		name, in, format string
		want             rows
	}{
		{"comma", "a,b\n1,2\n", "csv", rows{{"a", "b"}, {"1", "2"}}},
		{"no last line end", "a,b\n1,2", "csv", rows{{"a", "b"}, {"1", "2"}}},
		{"semicolon, commas in texts", "Имя;Заметка\nИван;да, нет, ещё\nПётр;раз, два, три\n", "csv", rows{{"Имя", "Заметка"}, {"Иван", "да, нет, ещё"}, {"Пётр", "раз, два, три"}}},
		{"decimal commas everywhere", "x;y;z\n1,5;2,5;3,5\n1,5;2,5;3,5\n", "csv", rows{{"x", "y", "z"}, {"1,5", "2,5", "3,5"}, {"1,5", "2,5", "3,5"}}},
		{"tab", "a\tb\n1\t2,3;4\n", "tsv", rows{{"a", "b"}, {"1", "2,3;4"}}},
		{"bar", "a|b|c\n1|2|3\n", "csv", rows{{"a", "b", "c"}, {"1", "2", "3"}}},
		{"comma in a quoted header", `ID;"Имя, Фамилия";Телефон;` + "\n" + `"1";"Иван, Иванов";"+7";` + "\n", "csv",
			rows{{"ID", "Имя, Фамилия", "Телефон", ""}, {"1", "Иван, Иванов", "+7", ""}}},
		{"one column of phones", "Телефон\n8 911 123-45-67\n8 911 123-45-68, 8 911 123-45-69\n8 911 123-45-60\n", "csv",
			rows{{"Телефон"}, {"8 911 123-45-67"}, {"8 911 123-45-68, 8 911 123-45-69"}, {"8 911 123-45-60"}}},
		{"sep line", "sep=;\r\na;b,c\r\n1;2,3\r\n", "csv", rows{{"a", "b,c"}, {"1", "2,3"}}},
		{"sep line in quotes", "\"sep=|\"\na|b,c\n", "csv", rows{{"a", "b,c"}}},
		{"quoted newline", "a,b\n\"x\ny\",2\n", "csv", rows{{"a", "b"}, {"x\ny", "2"}}},
		{"lists in a long text", "a,b,c,d\n1,\"раз, два\nтри, четыре, пять, шесть\nсемь\nвосемь\",3,4\n", "csv", rows{{"a", "b", "c", "d"}, {"1", "раз, два\nтри, четыре, пять, шесть\nсемь\nвосемь", "3", "4"}}},
		{"a note of several lines", "a;b\n1;\"позвонить\nтел. 89110000002; завтра\"\n", "csv", rows{{"a", "b"}, {"1", "позвонить\nтел. 89110000002; завтра"}}},
		{"doubled quotes", `a,b` + "\n" + `"ООО ""Ромашка""",""` + "\n", "csv", rows{{"a", "b"}, {`ООО "Ромашка"`, ""}}},
		{"lone quote in a text", "a,b\n5\" диск,x\"y\n", "csv", rows{{"a", "b"}, {`5" диск`, `x"y`}}},
		{"text behind a closing quote", "a,b\n\"Ромашка\" ООО,\"x\"\"y\"z\n", "csv", rows{{"a", "b"}, {"Ромашка ООО", `x"yz`}}},
		{"ragged", "a,b,c\n1\n1,2,3,4\n", "csv", rows{{"a", "b", "c"}, {"1"}, {"1", "2", "3", "4"}}},
		{"blank lines", "a,b\n\n\r\n1,2\n,\n", "csv", rows{{"a", "b"}, {}, {}, {"1", "2"}, {"", ""}}},
		{"all line ends", "a,b\r1,2\r\n3,4\n5,6\r", "csv", rows{{"a", "b"}, {"1", "2"}, {"3", "4"}, {"5", "6"}}},
		{"CR in a text", "a,b,c\n1,x\ry,2\n3,z\r,4\r\n5,,\n", "csv", rows{{"a", "b", "c"}, {"1", "x\ry", "2"}, {"3", "z\r", "4"}, {"5", "", ""}}},
		{"line ends behind quotes", "\"a\",b\r\"1\",2\r\n\"3\",4\n\"5\",\"6\"\r", "csv", rows{{"a", "b"}, {"1", "2"}, {"3", "4"}, {"5", "6"}}},
		{"Excel's text formula", "a,b\n=\"0079\",\"=\"\"0078\"\"\"\n", "csv", rows{{"a", "b"}, {"0079", "0078"}}},
		{"DOS end of file", "a,b\n1,2\n\x1a", "csv", rows{{"a", "b"}, {"1", "2"}}},
		{"byte order mark", "\ufeffa,b\n1,2\n", "csv", rows{{"a", "b"}, {"1", "2"}}},
		{"blanks kept", "a, b \n 1 ,\" 2\"\n", "csv", rows{{"a", " b "}, {" 1 ", " 2"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, got := mustRead(t, []byte(c.in), "f.csv")
			wantRows(t, got, c.want)
			if b.Format != c.format {
				t.Errorf("format %q, want %q", b.Format, c.format)
			}
		})
	}
}

func TestCSVRowNumbers(t *testing.T) {
	b, err := openBytes([]byte("sep=,\na,b\n\n\"x\n\ny\",1\n2,3\n"), "f.csv")
	if err != nil {
		t.Fatal(err)
	}
	_, numbers, err := rowsOf(b, 0)
	if fmt.Sprint(numbers) != "[1 2 3 4]" || err != nil {
		t.Errorf("rows %v, %v", numbers, err)
	}
}

func TestCSVFaults(t *testing.T) {
	long := strings.Repeat("x", 2<<20)
	for _, c := range []struct {
		name, in string
		row      int
	}{
		{"empty", "", 0},
		{"only a byte order mark", "\xef\xbb\xbf", 0},
		{"only blank lines", "\n\r\n  \n;;\n", 0},
		{"quote never closed", "a,b\n1,2\n3,\"4\n5,6\n", 3},
		{"quote closed by the next one", "a;b;c\n1;\"Ромашка;x\n2;y;z\n3;\"q\";w\n", 2},
		{"quote closed by a stray one", "a;b;c;d\n1;\"Ромашка;x;1\n2;y;z;1\n3;19\";w;1\n", 2},
		{"quote closed in the next row", "a;b;c;d;e\n1;\"Ромашка;x;1;2\n3;19\";w;1;2\n", 2},
		{"quote over the row of a phone", "Телефон;Примечание\n89110000001;\"не писать\n89110000002;ok\n89110000003;стоп\"\n", 2},
		{"quote over two rows of two columns", "Имя;Телефон\n\"Иван;8 (911) 000-00-01\nПётр;+7 911 000-00-02\"\n", 2},
		{"long quoted cell", "a,b\n1,\"" + long + "\"\n", 2},
		{"long cell", "a,b\n1," + long + "\n", 2},
		{"too many columns", "a,b\n" + strings.Repeat(",", 100_000) + "\n", 2},
		{"NUL", "a,b\n1,2\n3,\x00\n", 3},
		{"UTF-8, then windows-1251", "имя,город\n" + strings.Repeat("Иван,Москва\n", 50) + "\xcf\xe5\xf2\xf0,\xcc\xee\xf1\xea\xe2\xe0\n", 52},
		{"windows-1251 behind a UTF-8 mark", "\ufeffa,b\n1,\xcf\xe5\xf2\xf0\n", 2},
		{"half a UTF-16 character", "\xff\xfea\x00,\x00b\x00\n\x00\x3d\xd8", 2},
		{"odd UTF-16", "\xff\xfea\x00,\x00b\x00\n\x00c", 2},
		{"PDF", "%PDF-1.4 ...", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if f := mustFault(t, []byte(c.in), "f.csv"); f.Row != c.row {
				t.Errorf("row %d, want %d: %v", f.Row, c.row, f)
			}
		})
	}
}

// TestCSVCutCharacters: programs that cut a text at so many bytes cut
// characters; that spoils one cell, not the file.
func TestCSVCutCharacters(t *testing.T) {
	in := []byte("имя,город\n" + strings.Repeat("Иван,Москва\n", 50) + "Пё\xd1,x\nИ\xd0\n")
	b, got := mustRead(t, in, "f.csv")
	if want := (rows{{"Пё\ufffd", "x"}, {"И\ufffd"}}); fmt.Sprint(got[51:]) != fmt.Sprint(want) {
		t.Errorf("got %q", got[51:])
	}
	if len(b.Notes) != 1 || b.Encoding != "utf-8" {
		t.Errorf("notes %v, encoding %q", b.Notes, b.Encoding)
	}
}

func TestCSVStopsWhenTold(t *testing.T) {
	b, err := openBytes([]byte("a,b\n1,2\n3,\"4\n"), "f.csv")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	if err := b.Each(0, func(contact.Row) bool { n++; return n < 2 }); err != nil || n != 2 {
		t.Errorf("%d rows, %v", n, err)
	}
}

// smallReader gives a byte or three at a time.
type smallReader struct{ r *bytes.Reader }

func (s smallReader) Read(p []byte) (int, error) { return s.r.Read(p[:min(len(p), 1+s.r.Len()%3)]) }

// TestCSVLikeEncodingCSV: on well-formed input of any line ends we see what the
// standard library sees, however the bytes come in.
func TestCSVLikeEncodingCSV(t *testing.T) {
	cell := rapid.StringMatching(`[a-zА-яё0-9 ,;"\n\t|]{0,12}`)
	rapid.Check(t, func(t *rapid.T) {
		delim := rapid.SampledFrom([]byte(",;\t|")).Draw(t, "delim")
		want := rapid.SliceOfN(rapid.SliceOfN(cell, 2, 5), 1, 20).Draw(t, "rows")
		var out bytes.Buffer
		w := csv.NewWriter(&out)
		w.Comma = rune(delim)
		w.UseCRLF = rapid.Bool().Draw(t, "crlf")
		if err := w.WriteAll(want); err != nil {
			t.Fatal(err)
		}
		std := csv.NewReader(bytes.NewReader(out.Bytes()))
		std.Comma, std.FieldsPerRecord = rune(delim), -1
		s := newRecords(smallReader{bytes.NewReader(out.Bytes())}, 6, delim, Options{}.withDefaults())
		for i := 0; ; i++ {
			row, err := s.next()
			exp, stdErr := std.Read()
			if (err != nil) != (stdErr != nil) {
				if f, ok := err.(*contact.Fault); ok && f.What.EN == s.errUnclosed().(*contact.Fault).What.EN {
					t.Skip("looks like a swallowed table")
				}
				t.Fatalf("%v, the standard library %v", err, stdErr)
			}
			if err != nil {
				break
			}
			var got []string
			for _, c := range row.Cells {
				got = append(got, strings.ReplaceAll(string(c), "\r\n", "\n"))
			}
			if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", exp) {
				t.Fatalf("row %d: %q, the standard library %q", i+1, got, exp)
			}
		}
	})
}

// FuzzCSV: no bytes make the reader panic, and what it reads without an error
// holds valid text.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\"a\";\"b\nc\"\r\n", "sep=|\na|b", "\xff\xfea\x00", "\xcf\xf0\xe8;x\n", "a,\"b\"c\r\"", "{\"a\":1}", "<table><tr><td>1", "BEGIN:VCARD\nTEL:1\nEND:VCARD\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := openBytes(data, "f.csv")
		if err != nil {
			return
		}
		defer b.Close()
		last := 0
		for i := range b.Sheets() {
			_ = b.Each(i, func(r contact.Row) bool {
				for _, c := range r.Cells {
					if !valid(c) {
						t.Fatalf("row %d holds bytes that are no text: %q", r.Number, c)
					}
				}
				if r.Number <= last && i == 0 {
					t.Fatalf("row %d after row %d", r.Number, last)
				}
				last = r.Number
				return true
			})
		}
	})
}
