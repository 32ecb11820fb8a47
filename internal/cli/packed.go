package cli

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"path"
	"regexp"
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

// How many entries a zip of one file may have: its folders, and what a Mac puts
// beside it; and one of a chat, with its pictures.
const (
	fewEntries  = 16
	chatEntries = 20_000
)

// onlyFile is the one file of a zip that has just one, or the text of a WhatsApp
// chat beside its pictures. The number of entries is looked at before the list of
// them is read.
func (s *source) onlyFile() *zip.File {
	var end [22]byte
	if _, err := s.copy.ReadAt(end[:], s.size-int64(len(end))); err != nil || string(end[:4]) != "PK\x05\x06" ||
		binary.LittleEndian.Uint16(end[10:]) > chatEntries {
		return nil
	}
	z, err := zip.NewReader(s.copy, s.size)
	if err != nil {
		return nil
	}
	if chat := chatAmong(z.File); chat != nil || len(z.File) > fewEntries {
		return chat
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

// chatAmong is the text of WhatsApp's export of a chat, beside nothing but what was
// sent in it; nil where a table lies there that would be passed over.
func chatAmong(files []*zip.File) (chat *zip.File) {
	for _, f := range files {
		name := strings.ToLower(path.Base(f.Name))
		switch {
		case name == "_chat.txt" || strings.Contains(name, "whatsapp") && strings.HasSuffix(name, ".txt"):
			if chat != nil {
				return nil
			}
			chat = f
		case tableName.MatchString(name) && !sentName.MatchString(name):
			return nil
		}
	}
	return chat
}

var (
	tableName = regexp.MustCompile(`\.(txt|csv|tsv|xlsx|xlsm|xls|ods|json|jsonl|vcf|html?|zip|gz)$`)
	sentName  = regexp.MustCompile(`^\d{8}-`) // as an iPhone numbers what was sent
)
