package sheet

import (
	"cleanbase/internal/contact"
)

// sharedStrings are the texts of a workbook, one behind the other.
type sharedStrings struct {
	arena []byte
	ends  []uint32 // where each ends in arena
}

// get is text i, or false when there is no such text.
func (s *sharedStrings) get(i uint64) ([]byte, bool) {
	if s == nil || i >= uint64(len(s.ends)) {
		return nil, false
	}
	start := uint32(0)
	if i > 0 {
		start = s.ends[i-1]
	}
	return s.arena[start:s.ends[i]:s.ends[i]], true
}

func (s *sharedStrings) add(max int64) error {
	if int64(len(s.arena))+4*int64(len(s.ends)) > max || len(s.arena) > 1<<32-1 {
		return fault(contact.T("the workbook holds more than %d megabytes of text", "в книге больше %d мегабайт текста").With(max>>20),
			contact.T("save it as .csv, or split it", "сохраните её как .csv или разделите"))
	}
	s.ends = append(s.ends, uint32(len(s.arena)))
	return nil
}

// readStrings reads the shared strings part to its end.
func (w *workbook) readStrings(name string) (*sharedStrings, error) {
	s := &sharedStrings{}
	limit := w.in.opt.MaxMemory
	x, stop, err := w.zip.scan(name)
	if err != nil {
		return nil, err
	}
	defer stop()
	if size := w.zip.files[zipKey(name)].UncompressedSize64; size < 64<<20 {
		s.arena = make([]byte, 0, size/2)
	}
	root, err := x.start("sst")
	if err != nil {
		return nil, err
	}
	si := root + "si"
	for {
		if err := x.next(); err != nil {
			return nil, err
		}
		switch {
		case x.kind == xmlEOF:
			return s, nil
		case x.kind == xmlStart && string(x.name) == si:
			start := len(s.arena)
			if s.arena, err = x.richText(s.arena, root); err != nil {
				return nil, err
			}
			if n := len(s.arena) - start; n > w.in.opt.MaxCell {
				return nil, fault(tooLong.With(w.in.opt.MaxCell), doSaveAgain)
			}
			s.arena = s.arena[:start+len(unescape(s.arena[start:]))]
			err = s.add(limit)
		case x.kind == xmlSelf && string(x.name) == si:
			err = s.add(limit)
		case x.kind == xmlStart && len(x.open) == 2:
			err = x.skipElement()
		}
		if err != nil {
			return nil, err
		}
	}
}

// start reads the root element and returns its prefix with the colon.
func (x *xmlScanner) start(root string) (prefix string, err error) {
	if err := x.next(); err != nil {
		return "", err
	}
	if x.kind == xmlEOF || string(local(x.name)) != root {
		return "", damaged(contact.T("a part of the file is not what it should be", "часть файла оказалась не тем, чем должна быть"))
	}
	return string(x.name[:len(x.name)-len(root)]), nil
}

// richText adds the texts of the element just started to dst: <t>, and <t> in
// runs <r>; not the phonetic <rPh>. It stands at the element's end then.
func (x *xmlScanner) richText(dst []byte, prefix string) ([]byte, error) {
	depth := len(x.open)
	for {
		if err := x.next(); err != nil {
			return dst, err
		}
		if x.kind == xmlEnd && len(x.open) < depth {
			return dst, nil
		}
		if x.kind != xmlStart || len(x.name) < len(prefix) || string(x.name[:len(prefix)]) != prefix {
			if err := x.skipElement(); err != nil {
				return dst, err
			}
			continue
		}
		var err error
		switch string(x.name[len(prefix):]) {
		case "t":
			dst, err = x.elementText(dst)
		case "r": // go on inside
		default:
			err = x.skipElement()
		}
		if err != nil {
			return dst, err
		}
	}
}

// elementText adds the text of the element just started to dst.
func (x *xmlScanner) elementText(dst []byte) ([]byte, error) {
	depth := len(x.open)
	for {
		if err := x.next(); err != nil {
			return dst, err
		}
		switch {
		case x.kind == xmlEnd && len(x.open) < depth:
			return dst, nil
		case x.kind == xmlText:
			var ok bool
			if dst, ok = appendXML(dst, x.text); !ok || !valid(x.text) {
				return dst, errXML()
			}
		case x.kind == xmlCDATA:
			if dst = append(dst, x.text...); !valid(x.text) {
				return dst, errXML()
			}
		case x.kind == xmlStart:
			if err := x.skipElement(); err != nil {
				return dst, err
			}
		}
	}
}
