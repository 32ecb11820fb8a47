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
	xmlChunk    = 256 << 10
)

// xmlScanner cuts a UTF-8 XML part into tags and texts. It insists on one
// root, on well nested tags and on an end; it refuses a DOCTYPE. It does not
// resolve namespaces: a tag is compared with its prefix.
type xmlScanner struct {
	kind  xmlKind
	name  []byte // with its prefix; valid until the next call, as are the others
	attrs []byte
	text  []byte

	src   io.Reader
	buf   []byte
	pos   int
	end   int
	mark  int // bytes from here on stay in buf; -1 for none
	done  bool
	stack []byte // names of the open tags
	open  []int  // where each begins in stack
	root  bool   // the root has been seen
}

func newXMLScanner(src io.Reader, room int) *xmlScanner {
	return &xmlScanner{src: src, buf: make([]byte, room), mark: -1}
}

func errXML() *contact.Fault {
	return damaged(contact.T("the file is cut off or damaged inside: its XML is broken", "файл обрезан или испорчен внутри: его XML нарушен"))
}

// fill reads more of the part behind what is still needed; false at its end.
func (x *xmlScanner) fill() (bool, error) {
	keep := x.pos
	if x.mark >= 0 {
		keep = x.mark
		x.mark = 0
	}
	if keep > 0 {
		x.end = copy(x.buf, x.buf[keep:x.end])
		x.pos -= keep
	}
	if x.end == len(x.buf) {
		if x.end >= maxRecord {
			return false, fault(contact.T("one row or text takes more than %d megabytes", "одна строка или текст занимает больше %d мегабайт").With(maxRecord>>20), doSaveAgain)
		}
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	for range 100 {
		if x.done {
			return false, nil
		}
		n, err := x.src.Read(x.buf[x.end:])
		x.end += n
		x.done = err == io.EOF
		if err != nil && err != io.EOF {
			return false, errPart(err)
		}
		if n > 0 {
			return true, nil
		}
	}
	return false, unreadable(io.ErrNoProgress)
}

// next steps to the next tag or text.
func (x *xmlScanner) next() error {
	for {
		if x.pos == x.end {
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
	for x.end-x.pos < n {
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
		if i := bytes.IndexByte(x.buf[x.pos+n:x.end], '<'); i >= 0 {
			n += i
			break
		}
		n = x.end - x.pos
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
		return x.pop(bytes.TrimRight(in[1:], " \t\r\n"))
	case in[len(in)-1] == '/':
		x.kind, in = xmlSelf, in[:len(in)-1]
	default:
		x.kind = xmlStart
	}
	i := bytes.IndexAny(in, " \t\r\n")
	if i < 0 {
		i = len(in)
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

// tagLen is the length of the tag at pos, or 0 when its end is not in the
// buffer. A quoted value may hold '>'.
func (x *xmlScanner) tagLen() int {
	at := x.buf[x.pos:x.end]
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
