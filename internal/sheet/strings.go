package sheet

import (
	"encoding/binary"

	"cleanbase/internal/contact"
)

// textRoom is how many bytes of texts lie together.
const textRoom = 64 << 10

// sharedStrings are the texts of a workbook, each behind its length. They lie
// in rooms, so that those there are never move when more come.
type sharedStrings struct {
	rooms [][]byte // a text longer than a room has several: the first is as long as it is, the others are empty
	at    []uint32 // room times textRoom, and the place in the room
	size  int64    // bytes of all texts
}

// get is text i, or false when there is no such text.
func (s *sharedStrings) get(i uint64) ([]byte, bool) {
	if s == nil || i >= uint64(len(s.at)) {
		return nil, false
	}
	at := s.at[i]
	p := s.rooms[at/textRoom][at%textRoom:]
	n, k := uint64(p[0]), 1
	if n >= 0x80 {
		n, k = binary.Uvarint(p)
	}
	end := k + int(n)
	return p[k:end:end], true
}

// add puts a text behind the others. All may take so many bytes at most.
func (s *sharedStrings) add(text []byte, most int64) error {
	last, need := len(s.rooms)-1, len(text)+binary.MaxVarintLen32
	if last < 0 || cap(s.rooms[last])-len(s.rooms[last]) < need {
		last++
		more := make([][]byte, 1+need/textRoom)
		more[0] = make([]byte, 0, max(need, textRoom))
		s.rooms = append(s.rooms, more...)
	}
	if s.size+4*int64(len(s.at)) > most || int64(len(s.rooms))*textRoom > 1<<32 {
		return fault(contact.T("the workbook holds more than %d megabytes of text", "в книге больше %d мегабайт текста").With(most>>20),
			contact.T("save it as .csv, or split it", "сохраните её как .csv или разделите"))
	}
	room := s.rooms[last]
	s.at = append(s.at, uint32(last*textRoom+len(room)))
	s.rooms[last] = append(binary.AppendUvarint(room, uint64(len(text))), text...)
	s.size += int64(len(text))
	return nil
}

// stringsReader reads the shared strings part.
type stringsReader struct {
	*sharedStrings
	x       *xmlScanner
	opt     Options
	root    string // prefix of its tags, with the colon
	scratch []byte
}

// readStrings reads the shared strings part to its end.
func (w *workbook) readStrings(name string) (*sharedStrings, error) {
	x, stop, err := w.zip.scan(name)
	if err != nil {
		return nil, err
	}
	defer stop()
	s := stringsReader{sharedStrings: &sharedStrings{}, x: x, opt: w.in.opt}
	if s.root, err = x.start("sst"); err != nil {
		return nil, err
	}
	if n, ok := parseUint(attr(x.attrs, "uniqueCount")); ok { // what a text takes, if it has a letter
		s.at = make([]uint32, 0, min(n, w.zip.files[zipKey(name)].UncompressedSize64/16))
	}
	return s.sharedStrings, s.read()
}

func (s *stringsReader) read() error {
	for {
		if err := s.fast(); err != nil {
			return err
		}
		if err := s.x.next(); err != nil || s.x.kind == xmlEOF {
			return err
		}
		var err error
		switch si := s.isText(); {
		case si && s.x.kind == xmlStart:
			err = s.slow()
		case si && s.x.kind == xmlSelf:
			err = s.add(nil, s.opt.MaxMemory)
		case s.x.kind == xmlStart && len(s.x.open) == 2:
			err = s.x.skipElement()
		}
		if err != nil {
			return err
		}
	}
}

// isText tells whether the tag is an <si>.
func (s *stringsReader) isText() bool {
	n := len(s.root)
	return len(s.x.name) == n+2 && string(s.x.name[:n]) == s.root && string(s.x.name[n:]) == "si"
}

// fast reads texts that stand for themselves, as nearly all do, up to the
// first other one or the end of the buffer. It is called between texts.
func (s *stringsReader) fast() error {
	if s.root != "" || len(s.x.open) != 1 {
		return nil
	}
	for {
		p, i := s.x.buf[s.x.pos:], 0
		switch {
		case hasAt(p, 0, "<si><t>"):
			i = 7
		case hasAt(p, 0, `<si><t xml:space="preserve">`):
			i = 28
		default:
			return nil
		}
		n, plain := plainText(p[i:])
		if !plain || n > s.opt.MaxCell || !hasAt(p, i+n, "</t></si>") {
			return nil
		}
		if err := s.add(p[i:i+n], s.opt.MaxMemory); err != nil {
			return err
		}
		s.x.pos += i + n + 9
	}
}

// slow reads the text just started, whatever it holds.
func (s *stringsReader) slow() (err error) {
	if s.scratch, err = s.x.richText(s.scratch[:0], s.root); err != nil {
		return err
	}
	if len(s.scratch) > s.opt.MaxCell {
		return fault(tooLong.With(s.opt.MaxCell), doSaveAgain)
	}
	return s.add(unescape(s.scratch), s.opt.MaxMemory)
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
