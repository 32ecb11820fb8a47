package sheet

import (
	"archive/zip"
	"errors"
	"io"
	"strings"

	"github.com/klauspost/compress/flate"

	"cleanbase/internal/contact"
)

const (
	zipMaxDirectory = 8 << 20  // bytes of a zip's table of contents
	zipMaxEntries   = 10_000   // a workbook has a few dozen
	zipFreeBytes    = 64 << 20 // up to this size nobody asks how well a part is packed
	zipMaxRatio     = 300      // sheets are packed 5 to 60 times
)

// archive is an open zip with its caps checked.
type archive struct {
	files map[string]*zip.File // by name, with forward slashes, lower case
	names []string             // as they stand, in the zip's order, without folders
}

// openZip reads a zip's table of contents and refuses what no office program
// writes: double names, encryption, and what unpacks without end.
func openZip(in input) (*archive, error) {
	m := &meter{r: in.r, left: zipMaxDirectory}
	zr, err := zip.NewReader(m, in.size)
	if m.left < 0 {
		return nil, errBomb()
	}
	if err != nil {
		return nil, damaged(contact.T("the file is cut off or damaged", "файл обрезан или повреждён"))
	}
	m.free = true
	zr.RegisterDecompressor(zip.Deflate, flate.NewReader)
	if len(zr.File) > zipMaxEntries {
		return nil, errBomb()
	}
	a := &archive{files: make(map[string]*zip.File, len(zr.File))}
	total := uint64(0)
	for _, f := range zr.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		key := zipKey(f.Name)
		if a.files[key] != nil {
			return nil, damaged(contact.T("two parts of the file have one name", "две части файла названы одинаково"))
		}
		a.files[key] = f
		a.names = append(a.names, f.Name)
		size := f.UncompressedSize64
		total += size
		if size > uint64(in.opt.MaxBytes) || total > uint64(in.opt.MaxBytes) || size > zipFreeBytes && size/zipMaxRatio > f.CompressedSize64 {
			return nil, errBomb()
		}
	}
	return a, nil
}

func zipKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

func errBomb() *contact.Fault {
	return fault(contact.T("the file unpacks to far more than a table can be", "файл распаковывается в намного больше, чем бывает у таблиц"), doSaveAgain)
}

func (a *archive) has(name string) bool { return a.files[zipKey(name)] != nil }

// part opens a part by its name; its reader ends with an error when the part
// is cut, too long or of a wrong checksum.
func (a *archive) part(name string) (io.ReadCloser, error) {
	f := a.files[zipKey(name)]
	if f == nil {
		return nil, damaged(contact.T("a part is missing inside the file: %s", "внутри файла не хватает части: %s").With(zipShown(name)))
	}
	if f.Flags&1 != 0 {
		return nil, errEncrypted()
	}
	r, err := f.Open()
	if err != nil {
		return nil, errPart(err)
	}
	return r, nil
}

// zipShown is the name of a part as far as it can't be a person's.
func zipShown(name string) string {
	for _, r := range name {
		if r < '!' || r > '~' {
			return "?"
		}
	}
	return name
}

// errPart is an error of reading a part.
func errPart(err error) error {
	var f *contact.Fault
	if errors.As(err, &f) {
		return f
	}
	f = damaged(contact.T("the file is cut off or damaged inside", "файл обрезан или повреждён внутри"))
	f.Err = err
	return f
}

func errEncrypted() *contact.Fault {
	return fault(contact.T("the file is protected with a password", "файл защищён паролем"),
		contact.T("open it with the password and save it without one", "откройте его с паролем и сохраните без пароля"))
}

// meter stops a reader that reads more than it may, until it is set free.
type meter struct {
	r    io.ReaderAt
	left int64
	free bool
}

var errMeter = errors.New("sheet: read too much")

func (m *meter) ReadAt(p []byte, at int64) (int, error) {
	if !m.free {
		if m.left -= int64(len(p)); m.left < 0 {
			return 0, errMeter
		}
	}
	return m.r.ReadAt(p, at)
}

// scan opens a part for reading; stop ends it. Large parts are unpacked in a
// goroutine of their own.
func (a *archive) scan(name string) (x *xmlScanner, stop func(), err error) {
	r, err := a.part(name)
	if err != nil {
		return nil, nil, err
	}
	if a.files[zipKey(name)].UncompressedSize64 < aheadBlock {
		defer r.Close() // it was only read
		p, err := io.ReadAll(r)
		if err != nil {
			return nil, nil, errPart(err)
		}
		return newXMLScanner(p, nil), func() {}, nil
	}
	ahead := newAhead(r)
	return newXMLScanner(nil, ahead), func() { ahead.Close(); _ = r.Close() }, nil
}

// elements passes every element of a small part to visit, with its path of
// local names: "workbook/sheets/sheet". It reads the part to its end.
func (a *archive) elements(part string, visit func(path string, attrs []byte) error) error {
	x, stop, err := a.scan(part)
	if err != nil {
		return err
	}
	defer stop()
	var names []string
	for {
		if err := x.next(); err != nil {
			return err
		}
		switch x.kind {
		case xmlEOF:
			return nil
		case xmlEnd:
			names = names[:len(names)-1]
		case xmlStart, xmlSelf:
			names = append(names, string(local(x.name)))
			if err := visit(strings.Join(names, "/"), x.attrs); err != nil {
				return err
			}
			if x.kind == xmlSelf {
				names = names[:len(names)-1]
			}
		}
	}
}
