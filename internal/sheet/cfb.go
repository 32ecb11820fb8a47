package sheet

import (
	"encoding/binary"
	"io"
	"unicode/utf16"

	"cleanbase/internal/contact"
)

const (
	cfbHeader    = 512
	cfbMaxSector = 0xFFFFFFFA
	cfbEnd       = 0xFFFFFFFE
	cfbNone      = 0xFFFFFFFF
	cfbEntry     = 128
)

// compound is a compound file (MS-CFB), the container of old Office files and
// of encrypted new ones. Every chain of sectors is followed once and must be
// as long as what it holds: a cut file, or one that runs in a circle, is a
// fault.
type compound struct {
	in     input
	sector int64
	fat    []uint32
	mini   []uint32
	small  *stream // the stream that holds the small streams
	cutoff int64
	roots  map[string]cfbStream // streams of the root, by name
}

type cfbStream struct {
	start uint32
	size  int64
}

func errCFB() *contact.Fault {
	return damaged(contact.T("the file is cut off or damaged inside", "файл обрезан или повреждён внутри"))
}

func openCompound(in input) (*compound, error) {
	h := make([]byte, cfbHeader)
	if in.size < cfbHeader {
		return nil, errCFB()
	}
	if _, err := in.r.ReadAt(h, 0); err != nil {
		return nil, errPart(err)
	}
	shift := binary.LittleEndian.Uint16(h[30:])
	if shift != 9 && shift != 12 {
		return nil, errCFB()
	}
	c := &compound{in: in, sector: 1 << shift, cutoff: int64(binary.LittleEndian.Uint32(h[56:]))}
	if err := c.readFAT(h); err != nil {
		return nil, err
	}
	dir, err := c.readChain(binary.LittleEndian.Uint32(h[48:]))
	if err != nil {
		return nil, err
	}
	if mini := binary.LittleEndian.Uint32(h[60:]); mini <= cfbMaxSector {
		raw, err := c.readChain(mini)
		if err != nil {
			return nil, err
		}
		c.mini = words(nil, raw)
	}
	return c, c.readDirectory(dir)
}

// words reads sector numbers.
func words(dst []uint32, raw []byte) []uint32 {
	for ; len(raw) >= 4; raw = raw[4:] {
		dst = append(dst, binary.LittleEndian.Uint32(raw))
	}
	return dst
}

// readFAT reads the table of sectors; the header names its first 109 sectors,
// a chain of its own the others.
func (c *compound) readFAT(h []byte) error {
	list := words(nil, h[76:cfbHeader])
	next := binary.LittleEndian.Uint32(h[68:])
	most := c.in.size/c.sector + 1
	for range most {
		if next > cfbMaxSector {
			break
		}
		raw, err := c.readSector(next)
		if err != nil {
			return err
		}
		more := words(nil, raw)
		list = append(list, more[:len(more)-1]...)
		next = more[len(more)-1]
	}
	if next <= cfbMaxSector {
		return errCFB() // runs in a circle
	}
	for _, s := range list {
		if s > cfbMaxSector {
			continue
		}
		raw, err := c.readSector(s)
		if err != nil {
			return err
		}
		if c.fat = words(c.fat, raw); int64(len(c.fat)) > most+c.sector {
			return errCFB()
		}
	}
	return nil
}

func (c *compound) readSector(n uint32) ([]byte, error) {
	at := (int64(n) + 1) * c.sector
	if at+c.sector > c.in.size {
		return nil, errCFB()
	}
	raw := make([]byte, c.sector)
	if _, err := c.in.r.ReadAt(raw, at); err != nil {
		return nil, errPart(err)
	}
	return raw, nil
}

// chain follows a chain of sectors to its end.
func chain(fat []uint32, start uint32) ([]uint32, error) {
	var list []uint32
	for n := start; n != cfbEnd; n = fat[n] {
		if int64(n) >= int64(len(fat)) || len(list) > len(fat) {
			return nil, errCFB()
		}
		list = append(list, n)
	}
	return list, nil
}

func (c *compound) readChain(start uint32) ([]byte, error) {
	list, err := chain(c.fat, start)
	if err != nil {
		return nil, err
	}
	if int64(len(list))*c.sector > c.in.opt.MaxMemory {
		return nil, errBomb()
	}
	var all []byte
	for _, n := range list {
		raw, err := c.readSector(n)
		if err != nil {
			return nil, err
		}
		all = append(all, raw...)
	}
	return all, nil
}

// readDirectory reads the root's own streams; those of embedded objects are
// no business of ours.
func (c *compound) readDirectory(dir []byte) error {
	c.roots = make(map[string]cfbStream)
	entry := func(i uint32) []byte {
		at := int64(i) * cfbEntry
		if at+cfbEntry > int64(len(dir)) {
			return nil
		}
		return dir[at : at+cfbEntry]
	}
	root := entry(0)
	if root == nil || root[66] != 5 {
		return errCFB()
	}
	if start, size := c.place(root); size > 0 {
		list, err := chain(c.fat, start)
		if err != nil {
			return err
		}
		c.small = &stream{r: c.in.r, list: list, unit: c.sector, base: c.sector, size: size}
	}
	todo := []uint32{binary.LittleEndian.Uint32(root[76:])}
	for steps := 0; len(todo) > 0; steps++ {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if i == cfbNone {
			continue
		}
		e := entry(i)
		if e == nil || steps > 2*len(dir)/cfbEntry {
			return errCFB()
		}
		todo = append(todo, binary.LittleEndian.Uint32(e[68:]), binary.LittleEndian.Uint32(e[72:]))
		if e[66] == 2 {
			start, size := c.place(e)
			c.roots[entryName(e)] = cfbStream{start, size}
		}
	}
	return nil
}

func (c *compound) place(e []byte) (start uint32, size int64) {
	size = int64(binary.LittleEndian.Uint32(e[120:]))
	if c.sector > 512 {
		size |= int64(binary.LittleEndian.Uint32(e[124:])&0x7FFFFFFF) << 32
	}
	return binary.LittleEndian.Uint32(e[116:]), size
}

func entryName(e []byte) string {
	n := min(int(binary.LittleEndian.Uint16(e[64:])), 64)
	var units []uint16
	for i := 0; i+3 < n; i += 2 {
		units = append(units, binary.LittleEndian.Uint16(e[i:]))
	}
	return string(utf16.Decode(units))
}

// stream opens a stream of the root.
func (c *compound) stream(name string) (*stream, error) {
	s := c.roots[name]
	out := &stream{r: c.in.r, unit: c.sector, base: c.sector, size: s.size}
	fat := c.fat
	if s.size < c.cutoff {
		if c.small == nil {
			return nil, errCFB()
		}
		fat = c.mini
		out.r, out.unit, out.base = c.small, 64, 0
	}
	var err error
	if out.list, err = chain(fat, s.start); err != nil {
		return nil, err
	}
	if int64(len(out.list))*out.unit < s.size {
		return nil, errCFB()
	}
	for i, n := range out.list {
		need := min(out.unit, s.size-int64(i)*out.unit)
		if out.base > 0 && need > 0 && out.base+int64(n)*out.unit+need > c.in.size {
			return nil, errCFB()
		}
	}
	return out, nil
}

// stream reads the bytes of a chain of sectors.
type stream struct {
	r    io.ReaderAt
	list []uint32
	unit int64 // bytes of a sector
	base int64 // where sector 0 begins
	size int64
}

func (s *stream) ReadAt(p []byte, at int64) (int, error) {
	n := 0
	for n < len(p) && at < s.size {
		i := at / s.unit
		if i >= int64(len(s.list)) {
			return n, io.ErrUnexpectedEOF
		}
		want := min(int64(len(p)-n), s.unit-at%s.unit, s.size-at)
		k, err := s.r.ReadAt(p[n:n+int(want)], s.base+int64(s.list[i])*s.unit+at%s.unit)
		n += k
		at += int64(k)
		if int64(k) < want {
			if err == nil || err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return n, err
		}
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}
