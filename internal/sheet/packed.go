package sheet

import (
	"bytes"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/gzip"

	"cleanbase/internal/contact"
)

// How deep files may be packed within each other.
const maxPacked = 2

// openGzip unpacks a .gz and opens what stood in it.
func (b *Book) openGzip(in input) error {
	r, err := gzip.NewReader(io.NewSectionReader(in.r, 0, in.size))
	if err != nil {
		return errPart(err)
	}
	return b.openUnpacked(in, r, "gz")
}

// openInner opens the one file that stands in a zip.
func (b *Book) openInner(in input, a *archive) error {
	var names []string
	for _, name := range a.names {
		slashed := strings.ReplaceAll(name, `\`, "/")
		if base := path.Base(slashed); strings.HasPrefix(slashed, "__MACOSX/") || strings.HasPrefix(base, ".") || strings.EqualFold(base, "Thumbs.db") {
			continue
		}
		names = append(names, name)
	}
	switch len(names) {
	case 0:
		return errEmpty()
	case 1:
		r, err := a.part(names[0])
		if err != nil {
			return err
		}
		defer r.Close()
		return b.openUnpacked(in, r, "zip")
	}
	return fault(contact.T("the zip holds %d files", "в архиве файлов: %d").With(len(names)), doUnpack)
}

// openUnpacked puts what r gives into the spool and opens it from there.
func (b *Book) openUnpacked(in input, r io.Reader, packed string) error {
	if in.packed == maxPacked {
		return fault(contact.T("files are packed within packed files", "в архиве лежит ещё один архив"), contact.T("unpack the file yourself", "распакуйте файл сами"))
	}
	if in.packed == 0 {
		b.Packed = packed
	}
	most := min(in.opt.MaxBytes, max(in.size*zipMaxRatio, zipFreeBytes))
	inner := input{name: in.name, opt: in.opt, packed: in.packed + 1}
	if in.opt.Spool == nil {
		return b.openInMemory(inner, r, min(most, in.opt.MaxMemory))
	}
	spool, err := in.opt.Spool()
	if err != nil {
		return unreadable(err)
	}
	b.closers = append(b.closers, spool)
	inner.r = spool
	if inner.size, err = copyAtMost(spool, r, most); err != nil {
		return err
	}
	return b.open(inner)
}

func (b *Book) openInMemory(inner input, r io.Reader, most int64) error {
	var buf bytes.Buffer
	n, err := copyAtMost(&buf, r, most)
	if err != nil {
		return err
	}
	inner.r, inner.size = bytes.NewReader(buf.Bytes()), n
	return b.open(inner)
}

// copyAtMost copies r to its end, which must come within most bytes.
func copyAtMost(w io.Writer, r io.Reader, most int64) (int64, error) {
	in := &sourceErr{r: io.LimitReader(r, most+1)}
	n, err := io.Copy(w, in)
	switch {
	case n > most:
		return n, errBomb()
	case in.err != nil && !errors.Is(in.err, io.EOF):
		return n, errPart(in.err)
	case err != nil:
		return n, unreadable(err)
	}
	return n, nil
}

// sourceErr remembers how its reader ended, so that a broken file is told from
// a full disk.
type sourceErr struct {
	r   io.Reader
	err error
}

func (s *sourceErr) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	s.err = err
	return n, err
}
