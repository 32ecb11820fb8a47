package sheet

import (
	"bytes"

	"cleanbase/internal/contact"
)

// until is how far from pos the end of mark stands.
func (x *xmlScanner) until(mark string) (int, error) {
	n := 0
	for {
		if i := bytes.Index(x.buf[x.pos+n:], []byte(mark)); i >= 0 {
			return n + i + len(mark), nil
		}
		n = max(len(x.buf)-x.pos-len(mark), 0)
		if more, err := x.fill(); err != nil || !more {
			return 0, firstError(err, errXML())
		}
	}
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (x *xmlScanner) skip(mark string) error {
	n, err := x.until(mark)
	if err != nil {
		return err
	}
	if decl := x.buf[x.pos : x.pos+n]; !x.root && bytes.HasPrefix(decl, []byte("<?xml ")) && !isUTF8Decl(decl) {
		return fault(contact.T("the file's inner text is not UTF-8", "внутренний текст файла не в UTF-8"), doSaveAgain)
	}
	x.pos += n
	return nil
}

func isUTF8Decl(decl []byte) bool {
	low := bytes.ToLower(decl)
	return !bytes.Contains(low, []byte("encoding")) || bytes.Contains(low, []byte("utf-8")) || bytes.Contains(low, []byte("ascii"))
}

// bang reads a comment or CDATA.
func (x *xmlScanner) bang() (cdata bool, err error) {
	if err := x.need(7); err != nil { // the shortest comment
		return false, err
	}
	if x.buf[x.pos+2] == '[' {
		if err := x.need(9); err != nil {
			return false, err
		}
	}
	switch at := x.buf[x.pos:]; {
	case bytes.HasPrefix(at, []byte("<!--")):
		x.pos += 4
		return false, x.skip("-->")
	case bytes.HasPrefix(at, []byte("<![CDATA[")) && len(x.open) > 0:
		n, err := x.until("]]>")
		if err != nil {
			return false, err
		}
		x.kind, x.text = xmlCDATA, x.buf[x.pos+9:x.pos+n-3]
		x.pos += n
		return true, nil
	}
	return false, fault(contact.T("the file holds an XML DOCTYPE, which no table has", "в файле есть XML DOCTYPE, которого в таблицах не бывает"), doSaveAgain)
}
