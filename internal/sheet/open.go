package sheet

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"cleanbase/internal/contact"
)

// open tells the format from the first bytes and hands over to its reader.
func (b *Book) open(in input) error {
	switch {
	case in.size == 0:
		return errEmpty()
	case in.size > in.opt.MaxBytes:
		return fault(contact.T("the file is larger than %d megabytes", "файл больше %d мегабайт").With(in.opt.MaxBytes>>20), doSplit)
	}
	head := make([]byte, min(in.size, 512))
	if _, err := in.r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return unreadable(err)
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return b.openZipped(in)
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		return b.openGzip(in)
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return b.openCFB(in)
	}
	if kind := archiver(head); kind != "" {
		return fault(contact.T("archives of the kind %s are not unpacked", "архивы вида %s программа не распаковывает").With(kind), doUnpack)
	}
	if kind, ok := foreign(head); ok {
		return errForeign(kind)
	}
	return b.openText(in)
}

// archiver knows archives other than .zip and .gz by their first bytes.
func archiver(head []byte) string {
	for magic, kind := range map[string]string{"Rar!": "RAR", "7z\xbc\xaf\x27\x1c": "7z", "BZh91AY&SY": "bzip2", "\xfd7zXZ\x00": "xz", "\x28\xb5\x2f\xfd": "zstd"} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return kind
		}
	}
	if len(head) > 262 && string(head[257:262]) == "ustar" {
		return "tar"
	}
	return ""
}

// foreign knows files by their first bytes that people take for tables.
func foreign(head []byte) (kind contact.Text, ok bool) {
	same := func(s string) contact.Text { return contact.T(s, s) }
	known := []struct {
		magic string
		kind  contact.Text
	}{
		{"%PDF", same("PDF")},
		{"{\\rtf", same("RTF")},
		{"MIME-Version:", same("MHTML")},
		{"SQLite format 3\x00", same("SQLite")},
		{"\x89PNG", contact.T("picture", "картинка")},
		{"\xff\xd8\xff", contact.T("picture", "картинка")},
		{"\x09\x08\x10\x00", contact.T("Excel 2.1–95", "Excel 2.1–95")},
		{"\x09\x08\x08\x00", contact.T("Excel 2.1–95", "Excel 2.1–95")},
		{"\x09\x04\x06\x00", contact.T("Excel 2.1–95", "Excel 2.1–95")},
		{"\x09\x02\x06\x00", contact.T("Excel 2.1–95", "Excel 2.1–95")},
		{"\x09\x00\x04\x00", contact.T("Excel 2.1–95", "Excel 2.1–95")},
		{"\xff\xfe\x00\x00", same("UTF-32")},
		{"\x00\x00\xfe\xff", same("UTF-32")},
	}
	for _, k := range known {
		if bytes.HasPrefix(head, []byte(k.magic)) {
			return k.kind, true
		}
	}
	return contact.Text{}, false
}

func errForeign(kind contact.Text) *contact.Fault {
	return fault(contact.T("the file is of a kind that is not read (%s)", "такие файлы (%s) программа не читает").With(kind), doSaveAgain)
}

// openText opens a file that is text, whatever stands in it.
func (b *Book) openText(in input) error {
	for in.size > 0 && endsInCtrlZ(in) {
		in.size--
	}
	set, notes, err := charsetOf(in)
	b.Encoding, b.Notes = set.name, notes
	if bad := (*spoiled)(nil); errors.As(err, &bad) {
		t := &csvTable{in: in, set: set}
		return t.locate(bad)
	}
	if err != nil {
		return err
	}
	head := make([]byte, 4096)
	n, _ := io.ReadFull(set.reader(in), head) // an error comes again, with its row
	switch markup(head[:n]) {
	case "html":
		return b.openHTML(in, set)
	case "xml":
		return errForeign(contact.T("XML", "XML"))
	case "vcard":
		return b.openVCard(in, set)
	case "json":
		return b.openJSON(in, set)
	}
	return b.openDelimited(in, set)
}

// markup tells text with a grammar of its own from delimited text; empty for
// the latter.
func markup(head []byte) string {
	start := strings.ToLower(string(bytes.TrimLeft(head, " \t\r\n\ufeff")))
	has := func(prefixes ...string) bool {
		for _, p := range prefixes {
			if strings.HasPrefix(start, p) {
				return true
			}
		}
		return false
	}
	switch {
	case has("<!doctype html", "<html", "<table", "<meta", "<head", "<body", "<style", "<div", "<center"):
		return "html"
	case has("<?xml", "<!doctype") && strings.Contains(start, "<html"), has("<!--") && strings.Contains(start, "<table"):
		return "html"
	case has("<?xml"):
		return "xml"
	case has("begin:vcard"):
		return "vcard"
	case has("{", "["):
		next := strings.TrimLeft(start[1:], " \t\r\n")
		if next != "" && strings.ContainsRune("\"{}[]", rune(next[0])) {
			return "json"
		}
	}
	return ""
}

// openZipped opens what stands in a zip: a workbook, or one file.
func (b *Book) openZipped(in input) error {
	a, err := openZip(in)
	if err != nil {
		return err
	}
	switch {
	case a.has("xl/workbook.bin"):
		return errForeign(contact.T("xlsb", "xlsb"))
	case a.has("[Content_Types].xml") && a.has("word/document.xml"):
		return errForeign(contact.T("Word", "Word"))
	case a.has("[Content_Types].xml"):
		w, err := openXLSX(in, a)
		if err != nil {
			return err
		}
		b.table, b.Format, b.Notes = w, "xlsx", w.notes
		return nil
	case a.has("mimetype") && a.has("content.xml"):
		return b.openODS(in, a)
	case a.has("Index/Document.iwa"), a.has("Index.zip"):
		return errForeign(contact.T("Apple Numbers", "Apple Numbers"))
	}
	return b.openInner(in, a)
}
