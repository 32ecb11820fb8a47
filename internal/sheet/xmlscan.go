package sheet

import (
	"bytes"
	"io"

	"cleanbase/internal/contact"
)

// xmlKind is what an xmlScanner stands at.
type xmlKind uint8

const (
	xmlEOF   xmlKind = iota // the root has ended, and so has the part
	xmlStart                // <name attrs>
	xmlSelf                 // <name attrs/>
	xmlEnd                  // </name>
	xmlText                 // text, with its entities not yet replaced
	xmlCDATA                // text with nothing to replace
)

const (
	xmlMaxDepth = 256
	xmlMaxName  = 1024
)

// xmlScanner cuts a UTF-8 XML part into tags and texts. It insists on one
// root, on well nested tags and on an end; it refuses a DOCTYPE. It does not
// resolve namespaces: a tag is compared with its prefix.
type xmlScanner struct {
	kind  xmlKind
	name  []byte // with its prefix; valid until the next call, as are the others
	attrs []byte
	text  []byte

	src   *ahead // nil when all of the part is in buf
	buf   []byte // to be read only
	pos   int
	mark  int    // bytes from here on stay in buf; -1 for none
	own   []byte // room for what is longer than stands before a block
	owned bool   // buf is own
	stack []byte // names of the open tags
	open  []int  // where each begins in stack
	root  bool   // the root has been seen
}

// newXMLScanner scans what is there already, and then what src gives, if any.
func newXMLScanner(there []byte, src *ahead) *xmlScanner {
	return &xmlScanner{src: src, buf: there, mark: -1}
}

func errXML() *contact.Fault {
	return damaged(contact.T("the file is cut off or damaged inside: its XML is broken", "файл обрезан или испорчен внутри: его XML нарушен"))
}

// fill puts more of the part behind what is still needed; false at its end.
func (x *xmlScanner) fill() (bool, error) {
	if x.src == nil {
		return false, nil
	}
	keep := x.pos
	if x.mark >= 0 {
		keep = x.mark
	}
	tail := len(x.buf) - keep
	if tail >= maxRecord {
		return false, fault(contact.T("one row or text takes more than %d megabytes", "одна строка или текст занимает больше %d мегабайт").With(maxRecord>>20), doSaveAgain)
	}
	if tail > aheadBefore && (keep > 0 || !x.owned) {
		x.own = append(x.own[:0], x.buf[keep:]...)
		x.rebase(x.own, -keep)
	}
	block, from, err := x.src.next()
	switch {
	case err == io.EOF:
		x.src = nil
		return false, nil
	case err != nil:
		return false, errPart(err)
	case tail > aheadBefore:
		x.own = append(x.own, block[from:]...)
		x.rebase(x.own, 0)
	default:
		x.rebase(block, from-len(x.buf))
	}
	x.owned = tail > aheadBefore
	return true, nil
}

// rebase goes over to a buffer where the same bytes stand by places further on.
func (x *xmlScanner) rebase(buf []byte, by int) {
	x.buf = buf
	x.pos += by
	if x.mark >= 0 {
		x.mark += by
	}
}

// next steps to the next tag or text.
func (x *xmlScanner) next() error {
	for {
		if x.pos == len(x.buf) {
			more, err := x.fill()
			if err != nil {
				return err
			}
			if !more {
				x.kind = xmlEOF
				if len(x.open) > 0 || !x.root {
					return errXML()
				}
				return nil
			}
		}
		if x.buf[x.pos] != '<' {
			blank, err := x.readText()
			if err != nil || !blank {
				return err
			}
			continue
		}
		if err := x.need(2); err != nil {
			return err
		}
		switch x.buf[x.pos+1] {
		case '?':
			if err := x.skip("?>"); err != nil {
				return err
			}
		case '!':
			if cdata, err := x.bang(); cdata || err != nil {
				return err
			}
		default:
			return x.tag()
		}
	}
}

// need makes sure that n bytes from pos on are in the buffer.
func (x *xmlScanner) need(n int) error {
	for len(x.buf)-x.pos < n {
		more, err := x.fill()
		if err != nil {
			return err
		}
		if !more {
			return errXML()
		}
	}
	return nil
}

// readText reads up to the next tag. Outside the root there is none but
// blanks, which are left out.
func (x *xmlScanner) readText() (blank bool, err error) {
	n := 0
	for {
		if i := bytes.IndexByte(x.buf[x.pos+n:], '<'); i >= 0 {
			n += i
			break
		}
		n = len(x.buf) - x.pos
		more, err := x.fill()
		if err != nil {
			return false, err
		}
		if !more {
			break
		}
	}
	x.kind, x.text = xmlText, x.buf[x.pos:x.pos+n]
	x.pos += n
	if len(x.open) > 0 {
		return false, nil
	}
	if !x.root {
		x.text = bytes.TrimPrefix(x.text, []byte("\xef\xbb\xbf"))
	}
	if len(bytes.TrimSpace(x.text)) > 0 {
		return false, errXML()
	}
	return true, nil
}

// tag reads the tag at pos and keeps the nesting.
func (x *xmlScanner) tag() error {
	n := x.tagLen()
	for n == 0 {
		more, err := x.fill()
		if err != nil {
			return err
		}
		if !more {
			return errXML()
		}
		n = x.tagLen()
	}
	in := x.buf[x.pos+1 : x.pos+n-1]
	x.pos += n
	switch {
	case in[0] == '/':
		return x.pop(trimBlanks(in[1:]))
	case in[len(in)-1] == '/':
		x.kind, in = xmlSelf, in[:len(in)-1]
	default:
		x.kind = xmlStart
	}
	i := 0
	for i < len(in) && !blank(in[i]) {
		i++
	}
	x.name, x.attrs = in[:i], in[i:]
	if i == 0 || i > xmlMaxName || len(x.open) == 0 && x.root {
		return errXML()
	}
	x.root = true
	if x.kind == xmlStart {
		return x.push(x.name)
	}
	return nil
}

// blank tells whether XML takes a byte for white space.
func blank(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }

// trimBlanks takes the blanks off the end.
func trimBlanks(p []byte) []byte {
	for len(p) > 0 && blank(p[len(p)-1]) {
		p = p[:len(p)-1]
	}
	return p
}

// tagLen is the length of the tag at pos, or 0 when its end is not in the
// buffer. A quoted value may hold '>'.
func (x *xmlScanner) tagLen() int {
	at := x.buf[x.pos:]
	for i := 1; i < len(at); i++ {
		switch at[i] {
		case '>':
			if i > 1 {
				return i + 1
			}
		case '"', '\'':
			j := bytes.IndexByte(at[i+1:], at[i])
			if j < 0 {
				return 0
			}
			i += j + 1
		}
	}
	return 0
}

func (x *xmlScanner) push(name []byte) error {
	if len(x.open) == xmlMaxDepth {
		return errXML()
	}
	x.open = append(x.open, len(x.stack))
	x.stack = append(x.stack, name...)
	return nil
}

func (x *xmlScanner) pop(name []byte) error {
	last := len(x.open) - 1
	if last < 0 || !bytes.Equal(x.stack[x.open[last]:], name) {
		return errXML()
	}
	x.kind, x.name = xmlEnd, name
	x.stack = x.stack[:x.open[last]]
	x.open = x.open[:last]
	return nil
}

// skipElement steps over the rest of the element just started.
func (x *xmlScanner) skipElement() error {
	if x.kind != xmlStart {
		return nil
	}
	depth := len(x.open)
	for len(x.open) >= depth {
		if err := x.next(); err != nil {
			return err
		}
	}
	return nil
}
