package sheet

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// validPrefix is how many bytes at the start of p are whole, valid UTF-8. It
// takes eight bytes of ASCII or four Cyrillic letters at a step, which is
// what contact files are made of.
func validPrefix(p []byte) int {
	const high = 0x8080808080808080
	i := 0
	for i < len(p) {
		if i+8 <= len(p) {
			m := binary.LittleEndian.Uint64(p[i:]) & high
			if m == 0 {
				i += 8
				continue
			}
			i += bits.TrailingZeros64(m) >> 3
		}
		i = cyrillic(p, i)
		if i == len(p) {
			break
		}
		n := runeAt(p[i:])
		if n == 0 {
			break
		}
		i += n
	}
	return i
}

// cyrillic steps over the letters from D0 80 to D3 BF that stand at i.
func cyrillic(p []byte, i int) int {
	const (
		mask  = 0xC0FCC0FCC0FCC0FC // of four pairs: a lead byte D0..D3 and a continuation
		pairs = 0x80D080D080D080D0
	)
	for i+8 <= len(p) && binary.LittleEndian.Uint64(p[i:])&mask == pairs {
		i += 8
	}
	for i+1 < len(p) && p[i]>>2 == 0xD0>>2 && p[i+1]&0xC0 == 0x80 {
		i += 2
	}
	return i
}

// runeAt is the length of the character that p starts with, or 0 when it is
// broken or cut.
func runeAt(p []byte) int {
	if p[0] < utf8.RuneSelf {
		return 1
	}
	if r, n := utf8.DecodeRune(p); r != utf8.RuneError || n == 3 {
		return n
	}
	return 0
}

// valid tells whether all of p is UTF-8.
func valid(p []byte) bool { return validPrefix(p) == len(p) }
