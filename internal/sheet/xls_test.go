package sheet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf16"
)

func le16(n int) []byte     { return binary.LittleEndian.AppendUint16(nil, uint16(n)) }
func le32(n uint32) []byte  { return binary.LittleEndian.AppendUint32(nil, n) }
func le64(f float64) []byte { return binary.LittleEndian.AppendUint64(nil, math.Float64bits(f)) }

// rec is a BIFF record.
func rec(kind int, parts ...[]byte) []byte {
	data := bytes.Join(parts, nil)
	return bytes.Join([][]byte{le16(kind), le16(len(data)), data}, nil)
}

func wide(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, le16(int(u))...)
	}
	return out
}

// uni is a text with its length in two bytes.
func uni(s string) []byte {
	return bytes.Join([][]byte{le16(len(wide(s)) / 2), {1}, wide(s)}, nil)
}

func at(row, col, style int) []byte {
	return bytes.Join([][]byte{le16(row), le16(col), le16(style)}, nil)
}

// testBook is a BIFF8 stream with two sheets, one hidden, and a chart.
func testBook() []byte {
	boundsheet := func(pos int, state, kind byte, name string) []byte {
		return rec(biffSheet, le32(uint32(pos)), []byte{state, kind, byte(len(wide(name)) / 2), 1}, wide(name))
	}
	sst := rec(biffSST, le32(9), le32(5),
		uni("Имя"), []byte{5, 0, 0}, []byte("plain"), // compressed
		le16(4), []byte{1 | 8}, le16(1), wide("жирн"), []byte{0, 0, 0, 0}, // rich
		le16(2), []byte{1 | 4}, le32(3), wide("да"), []byte{9, 9, 9}, // with phonetics
		le16(7), []byte{1}, wide("Щерб"))
	sst = append(sst, rec(biffContinue, []byte{0}, []byte("abc"))...) // goes on compressed
	head := func(first, second, chart int) []byte {
		return bytes.Join([][]byte{
			rec(biffBOF, le16(0x0600), le16(5), make([]byte, 12)), rec(0x0042, le16(1200)),
			rec(biffDateMode, le16(0)), rec(biffFormat, le16(164), uni("dd.mm.yyyy hh:mm")),
			rec(biffXF, le16(0), le16(0), make([]byte, 16)), rec(biffXF, le16(0), le16(14), make([]byte, 16)), rec(biffXF, le16(0), le16(164), make([]byte, 16)),
			boundsheet(first, 0, 0, "Лист1"), boundsheet(second, 2, 0, "Скрыт"), boundsheet(chart, 0, 2, "Диаграмма"), sst, rec(biffEOF),
		}, nil)
	}
	bof := rec(biffBOF, le16(0x0600), le16(0x10), make([]byte, 12))
	first := bytes.Join([][]byte{bof, rec(0x0200, make([]byte, 14)),
		rec(biffLabelSST, at(0, 0, 0), le32(0)), rec(biffLabelSST, at(0, 1, 0), le32(1)), rec(biffLabelSST, at(0, 2, 0), le32(2)), rec(biffLabelSST, at(0, 3, 0), le32(3)), rec(biffLabelSST, at(0, 5, 0), le32(4)),
		rec(biffNumber, at(2, 0, 0), le64(79110000001)), rec(biffRK, at(2, 1, 0), le32(uint32(1250<<2|3))), rec(biffMulRK, le16(2), le16(2), le16(0), le32(7<<2|2), le16(1), le32(45413<<2|2), le16(3)),
		rec(biffNumber, at(2, 4, 2), le64(45413.43090277778)), rec(biffBoolErr, at(2, 5, 0), []byte{1, 0}), rec(biffBoolErr, at(2, 6, 0), []byte{0x2A, 1}),
		rec(biffFormula, at(3, 0, 0), []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 8)), rec(0x04BC, make([]byte, 4)), rec(biffString, uni("итог 😀")),
		rec(biffFormula, at(3, 1, 0), le64(5), make([]byte, 8)), rec(biffFormula, at(3, 2, 0), []byte{1, 0, 1, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 8)),
		bof, rec(biffNumber, at(9, 9, 0), le64(1)), rec(biffEOF), // an embedded chart
		rec(biffLabel, at(1, 1, 0), uni("раньше")), // out of order
		rec(biffEOF)}, nil)
	second := bytes.Join([][]byte{bof, rec(biffNumber, at(0, 0, 0), le64(2.5)), rec(biffEOF)}, nil)
	n := len(head(0, 0, 0))
	return bytes.Join([][]byte{head(n, n+len(first), 0), first, second}, nil)
}

// xlsFile puts a stream into a compound file of 512-byte sectors.
func xlsFile(book []byte) []byte { return compoundFile("Workbook", book) }

func compoundFile(name string, book []byte) []byte {
	size := max(len(book), 4096)
	sectors := (size + 511) / 512
	stream := make([]byte, sectors*512)
	copy(stream, book)
	fats := (sectors+1+128)/128 + 1
	var fat []byte
	for range fats {
		fat = append(fat, le32(0xFFFFFFFD)...)
	}
	fat = append(fat, le32(cfbEnd)...) // the directory
	for i := range sectors {
		next := uint32(fats + 1 + i + 1)
		if i == sectors-1 {
			next = cfbEnd
		}
		fat = append(fat, le32(next)...)
	}
	for len(fat) < fats*512 {
		fat = append(fat, le32(cfbNone)...)
	}
	entry := func(name string, kind byte, child, start uint32, size int) []byte {
		e := make([]byte, 128)
		copy(e, wide(name))
		copy(e[64:], le16(len(wide(name))+2))
		e[66] = kind
		for _, at := range []int{68, 72} {
			copy(e[at:], le32(cfbNone))
		}
		copy(e[76:], le32(child))
		copy(e[116:], le32(start))
		copy(e[120:], le32(uint32(size)))
		return e
	}
	dir := bytes.Join([][]byte{entry("Root Entry", 5, 1, cfbEnd, 0), entry(name, 2, cfbNone, uint32(fats+1), max(len(book), 4096)), make([]byte, 256)}, nil)
	h := make([]byte, 512)
	copy(h, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	copy(h[24:], []byte{0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0})
	copy(h[44:], le32(uint32(fats)))
	copy(h[48:], le32(uint32(fats)))
	copy(h[56:], le32(4096))
	copy(h[60:], le32(cfbEnd))
	copy(h[68:], le32(cfbEnd))
	for i := range 109 {
		n := uint32(cfbNone)
		if i < fats {
			n = uint32(i)
		}
		copy(h[76+4*i:], le32(n))
	}
	return bytes.Join([][]byte{h, fat, dir, stream}, nil)
}

func TestXLS(t *testing.T) {
	b, err := openBytes(xlsFile(testBook()), "f.xls")
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(b.Sheets()); got != "[{Лист1 false} {Скрыт true}]" || len(b.Notes) != 1 || b.Format != "xls" {
		t.Errorf("%s, %v, %s", got, b.Notes, b.Format)
	}
	got, numbers, err := rowsOf(b, 0)
	if err != nil || fmt.Sprint(numbers) != "[1 2 3 4]" {
		t.Fatalf("rows %v, %v", numbers, err)
	}
	wantRows(t, got, rows{{"Имя", "plain", "жирн", "да", "", "Щербabc"}, {"", "раньше"},
		{"79110000001", "12.5", "7", "2024-05-01", "2024-05-01 10:20:30", "TRUE", "#N/A"}, {"итог 😀", "5", "TRUE"}})
	if got, _, err = rowsOf(b, 1); err != nil || got[0][0] != "2.5" {
		t.Errorf("%v, %v", got, err)
	}
}

func TestXLSFaults(t *testing.T) {
	book := testBook()
	whole := xlsFile(book)
	for percent := 1; percent < 100; percent++ {
		mustFault(t, xlsFile(book[:len(book)*percent/100]), "f.xls")
		mustFault(t, whole[:len(whole)*percent/100], "f.xls")
	}
	circle := bytes.Clone(whole)
	fats := int(binary.LittleEndian.Uint32(whole[44:]))
	copy(circle[512+4*(fats+4):], le32(uint32(fats+1))) // a sector of the book leads back to its first
	mustFault(t, circle, "f.xls")
	twice := bytes.Replace(book, rec(biffLabel, at(1, 1, 0), uni("раньше")), rec(biffLabel, at(0, 1, 0), uni("раньше")), 1)
	mustFault(t, xlsFile(twice), "f.xls")
	far := bytes.Replace(book, rec(biffLabelSST, at(0, 0, 0), le32(0)), rec(biffLabelSST, at(0, 0, 0), le32(5)), 1)
	mustFault(t, xlsFile(far), "f.xls")
	locked := bytes.Replace(book, rec(0x0042, le16(1200)), rec(biffFilePass, le16(1200)), 1)
	if f := mustFault(t, xlsFile(locked), "f.xls"); f.What != errEncrypted().What {
		t.Error(f)
	}
	if f := mustFault(t, compoundFile("EncryptedPackage", []byte("x")), "f.xlsx"); f.What != errEncrypted().What {
		t.Error(f)
	}
	for _, name := range []string{"Book", "WordDocument", "Other"} {
		if f := mustFault(t, compoundFile(name, []byte("x")), "f.xls"); !strings.Contains(f.What.EN, "kind that is not read") {
			t.Error(f)
		}
	}
}

func TestRK(t *testing.T) {
	for v, want := range map[uint32]float64{0x3FF00000: 1, 0x3FF00001: 0.01, 7<<2 | 2: 7, 0xFFFFFFFE: -1, 1250<<2 | 3: 12.5} {
		if got := rk(v); got != want {
			t.Errorf("%x: %v, want %v", v, got, want)
		}
	}
}
