package sheet

import (
	"bytes"
	"strings"
	"testing"

	"cleanbase/internal/contact"
)

// TestLimits: every cap of Options refuses a file that is over it, in each
// format that can be.
func TestLimits(t *testing.T) {
	row := `<row><c><v>1</v></c><c><v>2</v></c><c t="str"><v>` + strings.Repeat("x", 50) + `</v></c></row>`
	files := map[string][]byte{
		"csv":   []byte(strings.Repeat("1,2,"+strings.Repeat("x", 50)+"\n", 9)),
		"xlsx":  zipped(t, simple(wrap(strings.Repeat(row, 9)), "")),
		"html":  []byte("<table>" + strings.Repeat("<tr><td>1<td>2<td>"+strings.Repeat("x", 50), 9) + "</table>"),
		"ods":   odsFile(t, strings.Replace(odsContent, "<text:p>Имя", "<text:p>"+strings.Repeat("x", 50), 1)),
		"jsonl": []byte(strings.Repeat(`{"a":1,"b":2,"c":"`+strings.Repeat("x", 50)+`"}`+"\n", 9)),
	}
	for name, opt := range map[string]Options{"bytes": {MaxBytes: 20}, "rows": {MaxRows: 4}, "columns": {MaxColumns: 2}, "cell": {MaxCell: 20}} {
		for format, data := range files {
			b, err := Open(bytes.NewReader(data), int64(len(data)), "f", opt)
			if err == nil {
				err = b.Each(0, func(contact.Row) bool { return true })
			}
			if err == nil {
				t.Errorf("%s: no cap on %s", format, name)
			}
		}
	}
}

func TestMemoryLimit(t *testing.T) {
	data := zipped(t, simple(wrap(`<row><c t="s"><v>0</v></c></row>`), testStrings))
	b, err := Open(bytes.NewReader(data), int64(len(data)), "f", Options{MaxMemory: 8})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Each(0, func(contact.Row) bool { return true }); err == nil {
		t.Error("shared texts have no cap")
	}
	if b, err = Open(bytes.NewReader(data), int64(len(data)), "f", Options{MaxCell: 8}); err != nil {
		t.Fatal(err)
	}
	if err := b.Each(0, func(contact.Row) bool { return true }); err == nil {
		t.Error("a shared text has no cap")
	}
	long := zipped(t, simple(wrap(`<row><c t="s"><v>0</v></c></row>`), "<sst><si><t>texts that stand for themselves</t></si></sst>"))
	if b, err = Open(bytes.NewReader(long), int64(len(long)), "f", Options{MaxCell: 8}); err != nil {
		t.Fatal(err)
	}
	if err := b.Each(0, func(contact.Row) bool { return true }); err == nil {
		t.Error("a plain shared text has no cap")
	}
	packed := gzipped(t, []byte("a,b\n1,2\n3,4\n5,6\n"))
	if _, err := Open(bytes.NewReader(packed), int64(len(packed)), "f", Options{MaxMemory: 8}); err == nil {
		t.Error("unpacking has no cap")
	}
}

// TestDates: both date systems, the day that never was, and every kind of
// number format.
func TestDates(t *testing.T) {
	for _, c := range []struct {
		serial   float64
		style    dateStyle
		from1904 bool
		want     string
	}{
		{1, showsDate, false, "1900-01-01"}, {59, showsDate, false, "1900-02-28"}, {60, showsDate, false, "1900-02-29"}, {61, showsDate, false, "1900-03-01"},
		{0, showsDate, true, "1904-01-01"}, {43951, showsDate, true, "2024-05-01"}, {2958465, showsDate, false, "9999-12-31"}, {45413.99, showsDate, false, "2024-05-01"},
		{45413.99999999, showsDate | showsTime, false, "2024-05-02 00:00:00"}, {45413.5, showsTime, false, "2024-05-01 12:00:00"}, {0.5, showsTime, false, "12:00:00"}, {4.25, showsTime | elapsed, false, "102:00:00"},
		{2958466, showsDate, false, ""}, {-0.5, showsDate, false, ""}, {0, showsDate, false, ""},
	} {
		out, ok := appendDate(nil, c.serial, c.style, c.from1904)
		if string(out) != c.want || ok != (c.want != "") {
			t.Errorf("%v as %b: %q, want %q", c.serial, c.style, out, c.want)
		}
	}
	for code, want := range map[string]dateStyle{
		"General": 0, "0": 0, "0.00": 0, "#,##0": 0, "0.00E+00": 0, "@": 0, `0" дн."`: 0, `"day" 0`: 0, "[Red]0": 0, `\d0`: 0, "_-* #,##0_-": 0,
		"dd.mm.yyyy": showsDate, "[$-419]d mmm yyyy;@": showsDate, "mmmm": showsDate, `yyyy"г."`: showsDate, "m/d/yy h:mm": showsDate | showsTime,
		"hh:mm:ss": showsTime, "mm:ss.0": showsTime, "[h]:mm": showsTime | elapsed, "[mm]:ss": showsTime | elapsed, "h:mm AM/PM": showsTime,
	} {
		if got := dateFormat(code); got != want {
			t.Errorf("format %q: %b, want %b", code, got, want)
		}
	}
}
