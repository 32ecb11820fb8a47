package sheet

import (
	"bytes"
	"strings"
	"testing"
)

// bitrix is what Bitrix24 calls contacts.xls.
const bitrix = `<html>
<head><title>x</title><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><style>td { mso-number-format:\@; }</style></head>
<body><table border="1">
<thead><tr><th>ID</th><th>Имя, Фамилия</th><th>Рабочий телефон</th></tr></thead>
<tbody><tr><td>1</td><td> Пётр   &amp;
Ко&nbsp;</td><td x:num="79110000001">7,91E+10</td></tr>
<tr><td>2</td><td>а<br>б<br/>в</td><td></td></tr>
<tr><td colspan=2>широкая<td rowspan="2">высокая<tr><td>3<td>г
</table></body></html>`

func TestHTMLTable(t *testing.T) {
	want := rows{{"ID", "Имя, Фамилия", "Рабочий телефон"}, {"1", "Пётр & Ко", "79110000001"}, {"2", "а\nб\nв", ""}, {"широкая", "", "высокая"}, {"3", "г"}}
	b, got := mustRead(t, encoded(t, "windows-1251", bitrix), "contacts.xls")
	wantRows(t, got, want)
	if b.Format != "html" || b.Encoding != "windows-1251" {
		t.Errorf("%s, %s", b.Format, b.Encoding)
	}
	_, got = mustRead(t, []byte("\ufeff"+bitrix), "contacts.xls")
	wantRows(t, got, want)
}

func TestHTMLTables(t *testing.T) {
	b, err := openBytes([]byte("<!DOCTYPE html><p>о</p><table><tr><td>1<table><tr><td>в</td></tr></table>х</td></tr></table><table></table><TABLE><TR><TD ROWSPAN=2>a<TD>b<TR><TD>c</TABLE>"), "f.html")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []rows{{{"1 в х"}}, nil, {{"a", "b"}, {"", "c"}}} {
		got, _, err := rowsOf(b, i)
		if err != nil {
			t.Fatal(err)
		}
		wantRows(t, got, want)
	}
	if s := b.Sheets(); len(s) != 3 || s[2].Name != "3" {
		t.Errorf("sheets %v", s)
	}
}

func TestHTMLFaults(t *testing.T) {
	end := strings.LastIndex(bitrix, "</table>")
	start := strings.Index(bitrix, "<table")
	for at := start + len("<table border=\"1\">"); at < end; at++ {
		mustFault(t, []byte(bitrix[:at]), "f.xls")
	}
	mustFault(t, []byte("<html><body>Войдите</body></html>"), "f.xls")
	mustFault(t, []byte("<table><tr>"+strings.Repeat("<td>", 20_000)+"</table>"), "f.xls")
	mustFault(t, []byte("<table><tr><td>"+strings.Repeat("x", 3<<20)+"</table>"), "f.xls")
	mustFault(t, []byte(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>`), "f.xls")
}

func FuzzHTML(f *testing.F) {
	f.Add([]byte(bitrix))
	f.Add([]byte("<table><td colspan=9 rowspan=9>x<tr><td x:num=7>"))
	f.Fuzz(func(t *testing.T, data []byte) { _ = readAll(append([]byte("<table>"), data...), "f.xls") })
}

func FuzzVCard(f *testing.F) {
	f.Add([]byte(iPhone))
	f.Add([]byte(android))
	f.Fuzz(func(t *testing.T, data []byte) {
		_ = readAll(append([]byte("BEGIN:VCARD\n"), data...), "f.vcf")
	})
}

func FuzzJSON(f *testing.F) {
	f.Add([]byte(`[{"a":1,"b":{"c":[1,2,{"d":true}]}}]`))
	f.Add([]byte(`{"a":[{"b":null}],"c":1}`))
	f.Add([]byte("{\"a\":1}\n{\"b\":2.50}"))
	f.Fuzz(func(t *testing.T, data []byte) { _ = readAll(data, "f.json") })
}

func FuzzODS(f *testing.F) {
	f.Add([]byte(odsContent))
	f.Fuzz(func(t *testing.T, data []byte) { _ = readAll(odsFile(t, string(data)), "f.ods") })
}

func FuzzXLS(f *testing.F) {
	f.Add(xlsFile(testBook()))
	f.Fuzz(func(t *testing.T, data []byte) { _ = readAll(data, "f.xls") })
}

func FuzzBIFF(f *testing.F) {
	f.Add(testBook())
	f.Fuzz(func(t *testing.T, data []byte) { _ = readAll(xlsFile(data), "f.xls") })
}

// TestDamageIsNeverSilent flips bytes of binary containers: a changed file is
// a fault, or reads as some table; it never panics or hangs.
func TestDamageIsNeverSilent(t *testing.T) {
	for name, data := range map[string][]byte{"f.xls": xlsFile(testBook()), "f.ods": odsFile(t, odsContent), "f.html": []byte(bitrix)} {
		for at := range data {
			bad := bytes.Clone(data)
			bad[at] ^= 0xFF
			_ = readAll(bad, name)
		}
	}
}
