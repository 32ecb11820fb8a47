package sheet

import (
	"bytes"
	"math"
	"strconv"
)

func appendInt(dst []byte, n int64) []byte { return strconv.AppendInt(dst, n, 10) }

// digitsOnly tells whether a number is written as a person would see it: an
// integer with no exponent and no fraction.
func digitsOnly(p []byte) bool {
	if len(p) > 1 && p[0] == '-' {
		p = p[1:]
	}
	for _, b := range p {
		if b < '0' || b > '9' {
			return false
		}
	}
	return len(p) > 0
}

// appendNumber writes a number with all its digits, 79111234567 for
// 7.9111234567E10; ok is false for a text that is no number.
func appendNumber(dst, text []byte) (out []byte, ok bool) {
	n, err := parseFloat(bytes.TrimSpace(text))
	if err != nil {
		return dst, false
	}
	return appendFloat(dst, n), true
}

// parseFloat is strconv.ParseFloat, faster for a decimal of at most 15 digits:
// these and the power of ten are exact then, and so their quotient is rounded
// but once.
func parseFloat(text []byte) (float64, error) {
	digits, places, point := uint64(0), 0, 0
	for i, b := range text {
		switch d := b - '0'; {
		case d <= 9 && i < 16:
			digits = digits*10 + uint64(d)
			places += point
		case b == '.' && point == 0:
			point = 1
		default:
			return strconv.ParseFloat(string(text), 64)
		}
	}
	if len(text) == point {
		return 0, strconv.ErrSyntax
	}
	return float64(digits) / math.Pow10(places), nil
}

func appendFloat(dst []byte, n float64) []byte {
	format := byte('f')
	if a := math.Abs(n); a != 0 && (a < 1e-9 || a >= 1e21) {
		format = 'E'
	}
	return strconv.AppendFloat(dst, n, format, -1, 64)
}
