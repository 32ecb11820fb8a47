package sheet

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

var encodings = map[string]encoding.Encoding{
	"windows-1251": charmap.Windows1251,
	"koi8-r":       charmap.KOI8R,
	"cp866":        charmap.CodePage866,
	"mac-cyrillic": charmap.MacintoshCyrillic,
	"iso-8859-5":   charmap.ISO8859_5,
	"windows-1252": charmap.Windows1252,
	"utf-16le":     unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	"utf-16be":     unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
}

func encoded(t testing.TB, name, text string) []byte {
	t.Helper()
	out, err := encodings[name].NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCharsets(t *testing.T) {
	texts := map[string]string{
		"header only":     "Телефон;Имя;Город\n79110000001;;\n",
		"one short word":  "phone;name\n79110000001;Олег\n",
		"capitals":        "ТЕЛЕФОН;ИМЯ\n79110000001;ИВАНОВ ПЁТР\n",
		"mixed":           "Телефон;Имя;Заметка\n+7 911 000-00-01;Щербакова Юлия;Не звонить, просит «перезвонить» завтра\n",
		"a stop-list":     "Телефон;Причина\n89110000001;отписался\n89110000002;стоп\n",
		"latin and bare":  "ID;Name;Компания\n1;John;ООО Ромашка\n2;Ann;ИП Чижов\n",
		"sign of numbers": "№;Ф.И.О.;Тел.\n1;Жукова Э. Ю.;8 911 000 00 01\n",
	}
	for title, text := range texts {
		for _, name := range []string{"windows-1251", "koi8-r", "cp866", "mac-cyrillic", "iso-8859-5", "utf-16le", "utf-16be"} {
			if name == "koi8-r" {
				text = strings.NewReplacer("№", "N", "«", "", "»", "").Replace(text)
			} else if name == "cp866" || name == "iso-8859-5" {
				text = strings.NewReplacer("«", "", "»", "").Replace(text)
			}
			b, got := mustRead(t, encoded(t, name, text), "f.csv")
			want := strings.FieldsFunc(strings.SplitN(text, "\n", 2)[0], func(r rune) bool { return r == ';' })
			if b.Encoding != name || got[0][0] != want[0] {
				t.Errorf("%s in %s: read as %s: %q", title, name, b.Encoding, got[0])
			}
		}
	}
}

func TestCharsetWestern(t *testing.T) {
	text := "Name;Straße;Ort\nJosé Muñoz;Königsallee;Zürich\nChloë;Rue de l'été;Genève\n"
	b, got := mustRead(t, encoded(t, "windows-1252", text), "f.csv")
	if b.Encoding != "windows-1252" || got[0][1] != "Straße" {
		t.Errorf("read as %s: %q", b.Encoding, got[0])
	}
}

func TestCharsetMarks(t *testing.T) {
	for mark, name := range map[string]string{"\xff\xfe": "utf-16le", "\xfe\xff": "utf-16be"} {
		data := append([]byte(mark), encoded(t, name, "Имя;Знак\nОлег;😀\n")...)
		b, got := mustRead(t, data, "f.csv")
		wantRows(t, got, rows{{"Имя", "Знак"}, {"Олег", "😀"}})
		if b.Encoding != name {
			t.Errorf("encoding %s, want %s", b.Encoding, name)
		}
	}
	if b, _ := mustRead(t, []byte("\ufeffИмя\nОлег\n"), "f.csv"); b.Encoding != "utf-8-bom" {
		t.Errorf("encoding %s", b.Encoding)
	}
}

// TestCharsetWholeFile: the bytes that decide may stand at the very end.
func TestCharsetWholeFile(t *testing.T) {
	text := strings.Repeat("79110000001;ok\n", 200_000) + "79110000002;отписался\n"
	b, got := mustRead(t, encoded(t, "windows-1251", text), "f.csv")
	if last := got[len(got)-1]; b.Encoding != "windows-1251" || last[1] != "отписался" || len(got) != 200_001 {
		t.Errorf("%s, %d rows, last %q", b.Encoding, len(got), last)
	}
}

func TestUTF16AcrossReads(t *testing.T) {
	text := strings.Repeat("Иван,😀,x\n", 100_000)
	_, got := mustRead(t, append([]byte("\xff\xfe"), encoded(t, "utf-16le", text)...), "f.csv")
	if len(got) != 100_000 {
		t.Fatalf("%d rows", len(got))
	}
	for _, r := range got {
		if strings.Join(r, ",") != "Иван,😀,x" {
			t.Fatalf("row %q", r)
		}
	}
}

func TestValidPrefix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := []byte(rapid.StringMatching(`[a-z ,А-я😀ꙮé]{0,40}`).Draw(t, "text"))
		p = append(p, rapid.SliceOfN(rapid.Byte(), 0, 6).Draw(t, "bytes")...)
		p = append(p, rapid.StringMatching(`[a-zА-я]{0,20}`).Draw(t, "end")...)
		if valid(p) != utf8.Valid(p) {
			t.Fatalf("%q: %v", p, valid(p))
		}
		if n := validPrefix(p); !utf8.Valid(p[:n]) || n < len(p) && utf8.FullRune(p[n:]) && runeAt(p[n:]) > 0 {
			t.Fatalf("%q: prefix %d", p, n)
		}
	})
}
