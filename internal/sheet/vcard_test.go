package sheet

import (
	"fmt"
	"strings"
	"testing"
)

const iPhone = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Иванов;Пётр;Олегович;;\r\nFN:Пётр Иванов\r\nORG:ООО Ромашка\\, филиал;Отдел;\r\n" +
	"TEL;type=CELL;type=VOICE;type=pref:+7 911 000-00-01\r\nitem1.TEL:8 (495) 000-00-02\r\nitem1.X-ABLabel:_$!<Home>!$_\r\n" +
	"EMAIL;type=INTERNET;type=WORK:petr@examp\r\n le.com\r\nNOTE:первая\\nвторая\\; третья\r\nCATEGORIES:VIP,Отписан\r\nX-CONSENT:да\r\n" +
	"PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\r\n SkZJRg==\r\nEND:VCARD\r\n"

const android = "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;=D0=9E=D0=BB=D0=B5=D0=B3;;;\n" +
	"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=9E=D0=BB=\n=D0=B5=D0=B3\nTEL;CELL;PREF:89110000003\nTEL;WORK;FAX:84950000004\nTEL;X-Odd:нет\nEND:VCARD\n"

const vcard4 = "begin:vcard\nVERSION:4.0\nFN:Anna\nTEL;VALUE=uri;TYPE=\"cell,voice\":tel:+7-911-000-00-05;ext=12\nADR:;;Ленина 1;Москва;;101000;Россия\nREV:20240501T102030Z\n\nEND:VCARD\n\n"

func TestVCard(t *testing.T) {
	b, got := mustRead(t, []byte("\ufeff"+iPhone+android+vcard4), "f.vcf")
	if b.Format != "vcard" || len(got) != 4 {
		t.Fatalf("%s, %d rows", b.Format, len(got))
	}
	want := []map[string]string{
		{"Name": "Пётр Иванов", "Given Name": "Пётр", "Additional Name": "Олегович", "Family Name": "Иванов", "Notes": "первая\nвторая; третья", "Group Membership": "VIP,Отписан",
			"Organization 1 - Name": "ООО Ромашка, филиал / Отдел", "Phone 1 - Type": "Mobile", "Phone 1 - Value": "+7 911 000-00-01", "Phone 2 - Type": "Home", "Phone 2 - Value": "8 (495) 000-00-02",
			"E-mail 1 - Type": "Work", "E-mail 1 - Value": "petr@example.com", "X-CONSENT": "да"},
		{"Name": "Олег", "Given Name": "Олег", "Phone 1 - Type": "Mobile", "Phone 1 - Value": "89110000003", "Phone 2 - Type": "Work Fax", "Phone 2 - Value": "84950000004", "Phone 3 - Value": "нет"},
		{"Name": "Anna", "Phone 1 - Type": "Mobile", "Phone 1 - Value": "+7-911-000-00-05 ext. 12", "Address 1 - Formatted": "Ленина 1, Москва, 101000, Россия", "Updated": "20240501T102030Z"},
	}
	for i, row := range got[1:] {
		cells := make(map[string]string)
		for j, c := range row {
			if c != "" {
				cells[got[0][j]] = c
			}
		}
		if fmt.Sprint(cells) != fmt.Sprint(want[i]) {
			t.Errorf("card %d:\ngot  %v\nwant %v", i+1, cells, want[i])
		}
	}
}

// TestVCardCharsets: files of old phones name no charset, or one of their own.
func TestVCardCharsets(t *testing.T) {
	card := "BEGIN:VCARD\nVERSION:2.1\nFN;%s:%s\nTEL:1\nEND:VCARD\n"
	for _, c := range [][2]string{
		{"ENCODING=QUOTED-PRINTABLE;CHARSET=windows-1251", "=CE=EB=E5=E3"},
		{"QUOTED-PRINTABLE", "=CE=EB=E5=E3"},
		{"CHARSET=KOI8-R;QUOTED-PRINTABLE", "=EF=CC=C5=C7"},
		{"X=1", "Олег"},
	} {
		_, got := mustRead(t, fmt.Appendf(nil, card, c[0], c[1]), "f.vcf")
		if got[1][0] != "Олег" {
			t.Errorf("%s: %q", c[0], got[1][0])
		}
	}
	b, got := mustRead(t, encoded(t, "windows-1251", fmt.Sprintf(card, "X=1", "Пётр Олегович")), "f.vcf")
	if b.Encoding != "windows-1251" || got[1][0] != "Пётр Олегович" {
		t.Errorf("%s: %q", b.Encoding, got[1][0])
	}
}

func TestVCardFaults(t *testing.T) {
	for at := len("BEGIN:VCARD\r\n"); at < len(iPhone)-len("\r\n"); at++ {
		mustFault(t, []byte(android+iPhone[:at]), "f.vcf")
	}
	if f := mustFault(t, []byte(android+"junk\n"+android), "f.vcf"); f.Row != 3 {
		t.Errorf("row %d", f.Row)
	}
	mustFault(t, []byte(strings.Replace(iPhone, "END:VCARD", "BEGIN:VCARD", 1)+iPhone), "f.vcf")
}

// TestVCardNothingLost: a line break nobody escaped stays in its value.
func TestVCardNothingLost(t *testing.T) {
	_, got := mustRead(t, []byte("BEGIN:VCARD\nFN:Анна\nNOTE:одна\nне писать, просила\nTEL:1\nEND:VCARD\n"), "f.vcf")
	if note := got[1][5]; note != "одна\nне писать, просила" {
		t.Errorf("%q", note)
	}
}

func TestJSON(t *testing.T) {
	for _, c := range []struct {
		name, in, format string
		want             rows
	}{
		{"array", `[{"имя":"Олег","тел":79110000001,"vip":true},{"тел":"8","город":null,"n":1.50E1}]`, "json",
			rows{{"имя", "тел", "vip", "город", "n"}, {"Олег", "79110000001", "TRUE", "", ""}, {"", "8", "", "", "15"}}},
		{"nested", `[{"a":{"b":{"c":1}},"tags":["x","y"],"list":[{"p":1},{"p":2,"q":[]}],"e":{}}]`, "json",
			rows{{"a.b.c", "tags", "list.0.p", "list.1.p", "list.1.q"}, {"1", "x, y", "1", "2", ""}}},
		{"lines", "{\"a\":1}\n\n{\"b\":{\"c\":\"x\"}}\n", "jsonl", rows{{"a", "b.c"}, {"1", ""}, {"", "x"}}},
		{"pages", "{\"count\":1,\"data\":[{\"a\":1}]}\n{\"count\":0,\"data\":[]}\n{\"data\":[{\"b\":2}],\"paging\":{\"next\":\"x\"}}\n", "jsonl", rows{{"a", "b"}, {"1", ""}, {"", "2"}}},
		{"records with lists", "{\"id\":1,\"data\":[{\"a\":1}]}\n{\"id\":2}\n", "jsonl", rows{{"id", "data.0.a"}, {"1", "1"}, {"2", ""}}},
		{"one object", `{"a":1,"b":["x"]}`, "json", rows{{"a", "b"}, {"1", "x"}}},
		{"table in an object", `{"count":2,"data":[{"a":1},{"a":2}]}`, "json", rows{{"a"}, {"1"}, {"2"}}},
		{"key twice", `[{"a":"x","a":"y"}]`, "json", rows{{"a"}, {"x; y"}}},
		{"huge number", `[{"a":1e999,"b":12345678901234567890}]`, "json", rows{{"a", "b"}, {"1e999", "12345678901234567890"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, got := mustRead(t, []byte(c.in), "f.json")
			wantRows(t, got, c.want)
			if b.Format != c.format {
				t.Errorf("format %s", b.Format)
			}
		})
	}
}

func TestJSONSheets(t *testing.T) {
	b, err := openBytes([]byte(`{"contacts":[{"a":1}],"n":1,"leads":[{"b":2},{"b":3}]}`), "f.json")
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(b.Sheets()); got != "[{contacts false} {leads false}]" {
		t.Errorf("sheets %s", got)
	}
	if got, _, err := rowsOf(b, 1); err != nil || fmt.Sprint(got) != "[[b] [2] [3]]" {
		t.Errorf("%v, %v", got, err)
	}
}

// TestJSONBodies: bodies of an API, an array a line, are one table.
func TestJSONBodies(t *testing.T) {
	b, err := openBytes([]byte("[{\"a\":1},{\"a\":2}]\n[{\"a\":3,\"b\":4}]\n"), "f.jsonl")
	if err != nil || b.Format != "jsonl" {
		t.Fatal(err)
	}
	if got, _, err := rowsOf(b, 0); err != nil || fmt.Sprint(got) != "[[a b] [1 ] [2 ] [3 4]]" {
		t.Errorf("%v, %v", got, err)
	}
}

func TestJSONFaults(t *testing.T) {
	whole := `[{"имя":"Олег","tags":["x","y"],"a":{"b":1}},{"тел":79110000001}]`
	for at := len(`[{"`); at < len(whole); at++ {
		mustFault(t, []byte(whole[:at]), "f.json")
	}
	for _, in := range []string{"[]", "{}{", `[{"a":1},2]`, `[{"a":1}] 1`, `[{"a":1}] x`, `{"a":1} [1]`, `{"count":1,"data":[{"a":1}]} {"id":5}`, `{"data":[{"a":1}]} {"data":[{"a":1}],"id":5}`, `{"a":` + strings.Repeat(`{"a":`, 100) + "1" + strings.Repeat("}", 101),
		`[{"a":"` + strings.Repeat("x", 20<<20) + `"}]`} {
		mustFault(t, []byte(in), "f.json")
	}
}
