package cli

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"path"
	"strings"
)

// unpacked gives the bytes of a source as they were before a .gz or a .zip of
// one file was made of them. Its reader ends with an error where they are
// damaged.
func (s *source) unpacked() (in io.ReadCloser, packed string, err error) {
	whole := io.NewSectionReader(s.copy, 0, s.size)
	var magic [4]byte
	n, _ := s.copy.ReadAt(magic[:], 0) // a shorter file is not packed
	switch {
	case bytes.HasPrefix(magic[:n], []byte("\x1f\x8b")):
		z, err := gzip.NewReader(whole)
		return z, "gz", err
	case string(magic[:n]) == "PK\x03\x04":
		if f := s.onlyFile(); f != nil {
			in, err := f.Open()
			return in, "zip", err
		}
	}
	return io.NopCloser(whole), "", nil
}

// fewEntries is how many entries a zip of one file may have: its folders, and
// what a Mac puts beside it.
const fewEntries = 16

// onlyFile is the one file of a zip that has just one. The number of entries
// is looked at before the list of them is read.
func (s *source) onlyFile() *zip.File {
	var end [22]byte
	if _, err := s.copy.ReadAt(end[:], s.size-int64(len(end))); err != nil || string(end[:4]) != "PK\x05\x06" ||
		binary.LittleEndian.Uint16(end[10:]) > fewEntries {
		return nil
	}
	z, err := zip.NewReader(s.copy, s.size)
	if err != nil {
		return nil
	}
	var only *zip.File
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") || strings.HasPrefix(f.Name, "__MACOSX/") || strings.HasPrefix(path.Base(f.Name), ".") {
			continue
		}
		if only != nil {
			return nil
		}
		only = f
	}
	return only
}
