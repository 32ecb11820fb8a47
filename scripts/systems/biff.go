package main

import (
	"bytes"
	"encoding/binary"
	"math"
	"strconv"
	"unicode/utf16"
)

// oldWorkbook writes XLS: a BIFF8 stream in a compound file of 512-byte
// sectors. In the columns named numeric, digits are numbers.
func oldWorkbook(path string, s sheet, numeric ...string) file {
	return file{path, func() ([]byte, error) { return compound(biff(s, numeric)), nil }}
}

func le(values ...any) []byte {
	var b bytes.Buffer
	for _, v := range values {
		if err := binary.Write(&b, binary.LittleEndian, v); err != nil {
			panic(err) // not a fixed-size value
		}
	}
	return b.Bytes()
}

func record(kind uint16, data []byte) []byte {
	return append(le(kind, uint16(len(data))), data...)
}

func biff(s sheet, numeric []string) []byte {
	const bof, eof, boundsheet, label, number = 0x0809, 0x000A, 0x0085, 0x0204, 0x0203
	name := []byte("Sheet1")
	globals := func(at uint32) []byte {
		return bytes.Join([][]byte{record(bof, le(uint16(0x0600), uint16(5), make([]byte, 12))), record(0x0042, le(uint16(1200))), record(0x00E0, make([]byte, 20)),
			record(boundsheet, append(le(at, uint16(0), uint8(len(name)), uint8(0)), name...)), record(eof, nil)}, nil)
	}
	sheetData := record(bof, le(uint16(0x0600), uint16(0x10), make([]byte, 12)))
	for i, line := range s.cells() {
		for j, cell := range line {
			at := le(uint16(i), uint16(j), uint16(0))
			n, err := strconv.ParseFloat(cell, 64)
			switch {
			case cell == "":
			case err == nil && contains(numeric, s.header[j]):
				sheetData = append(sheetData, record(number, append(at, le(math.Float64bits(n))...))...)
			default:
				wide := utf16.Encode([]rune(cell))
				sheetData = append(sheetData, record(label, append(at, le(uint16(len(wide)), uint8(1), wide)...))...)
			}
		}
	}
	sheetData = append(sheetData, record(eof, nil)...)
	return append(globals(uint32(len(globals(0)))), sheetData...)
}

// compound puts a stream called Workbook into a compound file.
func compound(stream []byte) []byte {
	const sector, none, end, fat = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
	n := max((len(stream)+sector-1)/sector, 8) // a shorter one would need mini sectors
	stream = append(stream, make([]byte, n*sector-len(stream))...)
	header := le([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 16), uint16(0x3E), uint16(3), uint16(0xFFFE), uint16(9), uint16(6), make([]byte, 6),
		uint32(0), uint32(1), uint32(1), uint32(0), uint32(4096), uint32(end), uint32(0), uint32(end), uint32(0), uint32(0))
	for len(header) < sector {
		header = append(header, 0xFF)
	}
	table := le(uint32(fat), uint32(end)) // sector 0 is this table, sector 1 the directory
	for i := range n {
		next := uint32(i + 3)
		if i == n-1 {
			next = end
		}
		table = append(table, le(next)...)
	}
	for len(table) < sector {
		table = append(table, le(uint32(none))...)
	}
	directory := bytes.Join([][]byte{entry("Root Entry", 5, 1, end, 0), entry("Workbook", 2, none, 2, uint64(len(stream))), entry("", 0, none, 0, 0), entry("", 0, none, 0, 0)}, nil)
	return bytes.Join([][]byte{header, table, directory, stream}, nil)
}

func entry(name string, kind byte, child, start uint32, size uint64) []byte {
	wide := make([]uint16, 32)
	used := copy(wide, utf16.Encode([]rune(name)))
	length := uint16(0)
	if name != "" {
		length = uint16(used+1) * 2
	}
	return le(wide, length, kind, uint8(1), uint32(0xFFFFFFFF), uint32(0xFFFFFFFF), child, make([]byte, 16), uint32(0), make([]byte, 16), start, size)
}
