package sheet

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"sync"
	"unicode/utf8"
)

// survey is what one look at every byte of a text file tells.
type survey struct {
	nul     int64 // where the first NUL stands; -1 for none
	invalid int64 // where the first byte stands that is not UTF-8; -1 for none
}

const surveyChunk = 1 << 20

// surveyHalf is from how many bytes on a file is looked over in two halves at
// the same time.
const surveyHalf = 2 * surveyChunk

// lookOver reads the file from byte from to its end.
func lookOver(r io.ReaderAt, from, size int64) (survey, error) {
	middle := from
	if size-from >= surveyHalf {
		middle = characterAt(r, from+(size-from)/2)
	}
	if middle == from {
		return lookOverPart(r, from, size)
	}
	var first survey
	var failed error
	var done sync.WaitGroup
	done.Go(func() { first, failed = lookOverPart(r, from, middle) })
	s, err := lookOverPart(r, middle, size)
	done.Wait()
	if first.nul >= 0 {
		s.nul = first.nul
	}
	if first.invalid >= 0 {
		s.invalid = first.invalid
	}
	return s, cmp.Or(failed, err)
}

// characterAt is where the next character from a byte on begins, in text that
// is UTF-8.
func characterAt(r io.ReaderAt, at int64) int64 {
	var p [utf8.UTFMax]byte
	n, _ := r.ReadAt(p[:], at) // an error comes again
	for i, b := range p[:n] {
		if utf8.RuneStart(b) {
			return at + int64(i)
		}
	}
	return at // it is no UTF-8: so both sides of the cut will find
}

// lookOverPart reads the bytes from..size.
func lookOverPart(r io.ReaderAt, from, size int64) (survey, error) {
	s := survey{nul: -1, invalid: -1}
	err := chunks(r, from, size, func(at int64, p []byte) int {
		if s.nul < 0 {
			if i := bytes.IndexByte(p, 0); i >= 0 {
				s.nul = at + int64(i)
			}
		}
		if s.invalid >= 0 {
			return len(p)
		}
		n := validPrefix(p)
		if n < len(p) && (len(p)-n >= utf8.UTFMax || at+int64(len(p)) == size || utf8.FullRune(p[n:])) {
			s.invalid = at + int64(n)
			return len(p)
		}
		return n
	})
	return s, err
}

// chunks passes the bytes from..size to visit, a good megabyte at a time; visit
// says how many it has taken (all but the last few), the rest comes again.
func chunks(r io.ReaderAt, from, size int64, visit func(at int64, p []byte) int) error {
	buf := make([]byte, min(surveyChunk, max(size-from, 0)))
	for from < size {
		n, err := r.ReadAt(buf[:min(int64(len(buf)), size-from)], from)
		if n == 0 {
			return unreadable(errors.Join(err, io.ErrUnexpectedEOF))
		}
		from += int64(visit(from, buf[:n]))
	}
	return nil
}

// eightBit is what a file that is not UTF-8 looks like, byte by byte.
type eightBit struct {
	pairs [256][256]int32 // how often one byte follows another
	good  int64           // characters of two bytes and more that are UTF-8
	cut   int64           // characters of UTF-8 cut short before an ASCII character
	bad   int64           // other bytes that can't be UTF-8
	wrong int64           // where the first of these stands
}

func count(r io.ReaderAt, from, size int64) (*eightBit, error) {
	e := &eightBit{wrong: -1}
	last := byte('\n')
	err := chunks(r, from, size, func(at int64, p []byte) int {
		end := len(p)
		if at+int64(end) < size {
			end = max(end-utf8.UTFMax, 1)
		}
		i := 0
		for i < end {
			n := e.step(p[i:], at+int64(i))
			for ; n > 0; n-- {
				e.pairs[last][p[i]]++
				last = p[i]
				i++
			}
		}
		return i
	})
	return e, err
}

// step takes one character, or one byte that is none, and returns its length.
func (e *eightBit) step(p []byte, at int64) int {
	if p[0] < utf8.RuneSelf {
		return 1
	}
	if n := runeAt(p); n > 0 {
		e.good++
		return n
	}
	n := 1
	if p[0] >= 0xC2 && p[0] <= 0xF4 {
		for n < len(p) && p[n]&0xC0 == 0x80 && !utf8.FullRune(p[:n]) {
			n++
		}
		if n == len(p) || p[n] < utf8.RuneSelf {
			e.cut++
			return n
		}
	}
	e.bad++
	if e.wrong < 0 {
		e.wrong = at
	}
	return n
}
