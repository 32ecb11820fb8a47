package sheet

import (
	"math"
)

// xlsReader collects the cells of one sheet.
type xlsReader struct {
	*biffReader
	x       *xlsBook
	cells   []xlsCell
	arena   []byte
	waiting bool // the last cell is a formula whose text comes in the next STRING
}

func (s *xlsReader) read() error {
	if !s.next() || s.kind != biffBOF {
		return errCFB()
	}
	depth := 1 // charts stand within the sheet as streams of their own
	for s.next() {
		switch {
		case s.kind == biffBOF:
			depth++
		case s.kind == biffEOF:
			if depth--; depth == 0 {
				if s.waiting {
					return errCFB()
				}
				return nil
			}
		case s.kind == biffFilePass:
			return errEncrypted()
		case depth == 1:
			if err := s.record(); err != nil {
				return err
			}
		}
		if int64(len(s.arena))+12*int64(len(s.cells)) > s.x.in.opt.MaxMemory || len(s.arena) > math.MaxUint32 {
			return fault(tooMany.With(len(s.cells)), doSplit)
		}
	}
	return errCFB()
}

// record reads one record of the sheet's own.
func (s *xlsReader) record() error {
	switch s.kind {
	case biffLabelSST, biffLabel, biffRString, biffRK, biffNumber, biffBoolErr, biffFormula:
		if s.waiting {
			return errCFB()
		}
		row, col, style := s.u16(), s.u16(), s.u16()
		from := len(s.arena)
		if err := s.value(int(style)); err != nil {
			return err
		}
		s.add(row, col, from)
	case biffMulRK:
		row, col := s.u16(), s.u16()
		for ; len(s.rest) >= 8; col++ {
			style, from := s.u16(), len(s.arena)
			s.number(rk(s.u32()), int(style))
			s.add(row, col, from)
		}
	case biffString:
		if s.waiting && len(s.cells) > 0 {
			last := &s.cells[len(s.cells)-1]
			s.arena = s.biffReader.text(s.arena, int(s.u16()))
			last.to = uint32(len(s.arena))
			s.waiting = false
		}
	}
	if s.err != nil {
		return errCFB()
	}
	return nil
}

func (s *xlsReader) add(row, col uint16, from int) {
	s.cells = append(s.cells, xlsCell{row, col, uint32(from), uint32(len(s.arena))})
}

// value adds the value of a cell with one value to the arena.
func (s *xlsReader) value(style int) error {
	switch s.kind {
	case biffLabelSST:
		text, ok := s.x.sst.get(uint64(s.u32()))
		if !ok {
			return errNoText()
		}
		s.arena = append(s.arena, text...)
	case biffLabel:
		s.arena = s.biffReader.text(s.arena, int(s.u16()))
	case biffRString:
		n := int(s.u16())
		s.arena = s.chars(s.arena, n, s.u8()&1 != 0)
	case biffRK:
		s.number(rk(s.u32()), style)
	case biffNumber:
		s.number(math.Float64frombits(s.u64()), style)
	case biffBoolErr:
		value := s.u8()
		s.boolErr(value, s.u8() != 0)
	case biffFormula:
		s.formula(s.u64(), style)
	}
	return nil
}

// formula adds a formula's last value.
func (s *xlsReader) formula(bits uint64, style int) {
	if bits>>48 != 0xFFFF {
		s.number(math.Float64frombits(bits), style)
		return
	}
	switch value := byte(bits >> 16); byte(bits) {
	case 0:
		s.waiting = true
	case 1:
		s.boolErr(value, false)
	case 2:
		s.boolErr(value, true)
	}
}

// rk is the number that four bytes stand for.
func rk(v uint32) float64 {
	n := math.Float64frombits(uint64(v&^3) << 32)
	if v&2 != 0 {
		n = float64(int32(v) >> 2)
	}
	if v&1 != 0 {
		n /= 100
	}
	return n
}

func (s *xlsReader) number(n float64, style int) {
	if style < len(s.x.styles) && s.x.styles[style] != noDate {
		if out, ok := appendDate(s.arena, n, s.x.styles[style], s.x.from1904); ok {
			s.arena = out
			return
		}
	}
	s.arena = appendFloat(s.arena, n)
}

func (s *xlsReader) boolErr(value byte, isError bool) {
	text := "#ERROR"
	switch {
	case !isError && value != 0:
		text = "TRUE"
	case !isError:
		text = "FALSE"
	case value == 0x00:
		text = "#NULL!"
	case value == 0x07:
		text = "#DIV/0!"
	case value == 0x0F:
		text = "#VALUE!"
	case value == 0x17:
		text = "#REF!"
	case value == 0x1D:
		text = "#NAME?"
	case value == 0x24:
		text = "#NUM!"
	case value == 0x2A:
		text = "#N/A"
	}
	s.arena = append(s.arena, text...)
}
