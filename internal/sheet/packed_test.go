package sheet

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"strings"
	"testing"
)

func gzipped(t testing.TB, data []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := w.Write(data)
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestPacked(t *testing.T) {
	text := []byte("Имя;Телефон\nОлег;79110000001\n")
	want := rows{{"Имя", "Телефон"}, {"Олег", "79110000001"}}
	book := zipped(t, simple(wrap(`<row r="1"><c r="A1"><v>7</v></c></row>`), ""))
	for name, c := range map[string]struct {
		data   []byte
		packed string
		want   rows
	}{
		"csv in gz":   {gzipped(t, text), "gz", want},
		"csv in zip":  {zipped(t, []part{{"a/", ""}, {"a/база.csv", string(text)}, {"__MACOSX/a/._база.csv", "x"}, {"a/.DS_Store", "x"}}), "zip", want},
		"xlsx in zip": {zipped(t, []part{{"base.xlsx", string(book)}}), "zip", rows{{"7"}}},
		"gz in zip":   {zipped(t, []part{{"base.csv.gz", string(gzipped(t, text))}}), "zip", want},
	} {
		b, got := mustRead(t, c.data, "f.bin")
		wantRows(t, got, c.want)
		if b.Packed != c.packed {
			t.Errorf("%s: packed %q", name, b.Packed)
		}
	}
}

func TestPackedFaults(t *testing.T) {
	text := []byte(strings.Repeat("Имя;Телефон\nОлег;79110000001\n", 1000))
	gz := gzipped(t, text)
	for percent := 1; percent < 100; percent++ {
		mustFault(t, gz[:len(gz)*percent/100], "f.csv.gz")
	}
	wrong := bytes.Clone(gz)
	wrong[len(wrong)-8] ^= 1 // the checksum
	mustFault(t, wrong, "f.csv.gz")
	mustFault(t, zipped(t, nil), "f.zip")
	mustFault(t, zipped(t, []part{{"a.csv", "a,b"}, {"b.csv", "a,b"}}), "f.zip")
	mustFault(t, gzipped(t, gzipped(t, gzipped(t, text))), "f.gz")
	bomb := bytes.Repeat(gzipped(t, make([]byte, 1<<20)), 100)
	if f := mustFault(t, bomb, "f.gz"); f.What != errBomb().What {
		t.Error(f)
	}
}

// TestArchives: those that are not unpacked are told as archives, packed or not.
func TestArchives(t *testing.T) {
	tar := append(make([]byte, 257), "ustar\x0000"...)
	copy(tar, "contacts.csv")
	for _, data := range [][]byte{[]byte("Rar!\x1a\x07\x01\x00" + strings.Repeat("x", 99)), []byte("7z\xbc\xaf\x27\x1c" + strings.Repeat("x", 99)), append(tar, make([]byte, 300)...)} {
		for _, data := range [][]byte{data, gzipped(t, data)} {
			if f := mustFault(t, data, "f.csv"); f.Do != doUnpack {
				t.Errorf("%.6q: %v", data, f)
			}
		}
	}
}

// TestPackedSpool: what was unpacked lives in the caller's file, which Close
// closes.
func TestPackedSpool(t *testing.T) {
	data := gzipped(t, []byte("a,b\n1,2\n"))
	var spool *os.File
	opt := Options{Spool: func() (Spool, error) {
		var err error
		spool, err = os.CreateTemp(t.TempDir(), "spool")
		return spool, err
	}}
	b, err := Open(bytes.NewReader(data), int64(len(data)), "f.gz", opt)
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := rowsOf(b, 0)
	if err != nil || fmt.Sprint(got) != "[[a b] [1 2]]" {
		t.Errorf("%v, %v", got, err)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	if spool.Close() == nil {
		t.Error("the spool stayed open")
	}
}

const odsContent = xmlHead + `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:automatic-styles>` +
	`<style:style style:name="ta1"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>` +
	`</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Лист &amp; 1" table:style-name="ta1"><table:table-column table:number-columns-repeated="1024"/>` +
	`<table:table-header-rows><table:table-row><table:table-cell office:value-type="string"><text:p>Имя</text:p><office:annotation><text:p>НЕТ</text:p></office:annotation></table:table-cell>` +
	`<table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="float" office:value="79110000001"><text:p>7,91E+10</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16000"/></table:table-row></table:table-header-rows>` +
	`<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>` +
	`<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>а<text:s text:c="2"/><text:span>б</text:span></text:p><text:p>в</text:p></table:table-cell>` +
	`<table:covered-table-cell/><table:table-cell office:value-type="date" office:date-value="2024-05-01T10:20:30"><text:p>01.05.24</text:p></table:table-cell>` +
	`<table:table-cell office:value-type="boolean" office:boolean-value="true"/><table:table-cell office:value-type="time" office:time-value="PT10H20M30S"/><table:table-cell office:value-type="percentage" office:value="0.50"/></table:table-row>` +
	`<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>` +
	`<table:table table:name="Пустой"/><table:table table:name="Скрыт" table:style-name="ta2"><table:table-row><table:table-cell office:value-type="string"><text:p>1</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>`

func odsFile(t testing.TB, content string) []byte {
	return zipped(t, []part{{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", content},
		{"META-INF/manifest.xml", `<manifest:manifest><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>`}})
}

func TestODS(t *testing.T) {
	b, err := openBytes(odsFile(t, odsContent), "f.ods")
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(b.Sheets()); got != "[{Лист & 1 false} {Пустой false} {Скрыт true}]" || b.Format != "ods" {
		t.Errorf("%s, %s", got, b.Format)
	}
	got, numbers, err := rowsOf(b, 0)
	if err != nil || fmt.Sprint(numbers) != "[1 5 6]" {
		t.Errorf("rows %v, %v", numbers, err)
	}
	twice := []string{"а  б\nв", "а  б\nв", "", "2024-05-01 10:20:30", "TRUE", "10:20:30", "0.5"}
	wantRows(t, got, rows{{"Имя", "", "", "79110000001"}, twice, twice})
	if got, _, err = rowsOf(b, 2); err != nil || fmt.Sprint(got) != "[[1]]" {
		t.Errorf("%v, %v", got, err)
	}
}

func TestODSFaults(t *testing.T) {
	for percent := 1; percent < 100; percent++ {
		mustFault(t, odsFile(t, odsContent[:len(odsContent)*percent/100]), "f.ods")
	}
	mustFault(t, odsFile(t, strings.Replace(odsContent, `table:number-rows-repeated="2"`, `table:number-rows-repeated="1048576"`, 1)), "f.ods")
	mustFault(t, odsFile(t, strings.Replace(odsContent, `table:number-columns-repeated="2" office`, `table:number-columns-repeated="99999" office`, 1)), "f.ods")
	locked := zipped(t, []part{{"mimetype", "x"}, {"content.xml", "garbage"}, {"META-INF/manifest.xml",
		`<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`}})
	if f := mustFault(t, locked, "f.ods"); f.What != errEncrypted().What {
		t.Error(f)
	}
}
