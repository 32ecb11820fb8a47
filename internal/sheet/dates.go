package sheet

import (
	"math"
	"strings"
	"time"
)

// dateStyle is what a number format makes of a number.
type dateStyle uint8

const (
	noDate    dateStyle = 0
	showsDate dateStyle = 1 << (iota - 1)
	showsTime
	elapsed // counts on past 24 hours: [h]:mm
)

// builtinDate is the style of a number format that every workbook has
// (ECMA-376 18.8.30, with the East Asian ones).
func builtinDate(id int) dateStyle {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return showsDate
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id == 45, id == 47, id == 55, id == 56:
		return showsTime
	case id == 22:
		return showsDate | showsTime
	case id == 46:
		return showsTime | elapsed
	}
	return noDate
}

// dateFormat tells the style of a format code. Only its first section counts;
// quoted and escaped texts, colours and locales say nothing.
func dateFormat(code string) dateStyle {
	style, minutes := noDate, false
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"':
			i += 1 + skipTo(code[i+1:], '"')
		case '\\', '_', '*':
			i++
		case '[':
			end := skipTo(code[i:], ']')
			if in := strings.ToLower(code[i+1 : i+end]); strings.Trim(in, "h") == "" || strings.Trim(in, "m") == "" || strings.Trim(in, "s") == "" {
				style |= showsTime | elapsed
			}
			i += end
		case 'd', 'D', 'y', 'Y', 'e', 'E':
			if code[i]|0x20 == 'e' && i+1 < len(code) && (code[i+1] == '+' || code[i+1] == '-') {
				return noDate // 0.00E+00
			}
			style |= showsDate
		case 'h', 'H', 's', 'S':
			style |= showsTime
		case 'm', 'M':
			minutes = true
		case '0', '#', '?':
			if style&showsTime == 0 {
				return noDate
			}
		case 'G', 'g':
			if strings.HasPrefix(strings.ToLower(code[i:]), "general") {
				return noDate
			}
		case ';':
			i = len(code)
		}
	}
	if minutes && style == noDate {
		style = showsDate // "mmmm"
	}
	return style
}

// skipTo is where b stands in s, or the end of s.
func skipTo(s string, b byte) int {
	if i := strings.IndexByte(s, b); i >= 0 {
		return i
	}
	return len(s)
}

// The last second of 9999 in the 1900 system.
const maxSerial = 2958466

// appendDate writes a serial number as its style shows it: 2024-05-01,
// 2024-05-01 10:20:30 or 10:20:30. ok is false for a number that is no date.
func appendDate(dst []byte, serial float64, style dateStyle, from1904 bool) (out []byte, ok bool) {
	if serial < 0 || serial >= maxSerial || math.IsNaN(serial) {
		return dst, false
	}
	seconds := int64(math.Round(serial * 86400))
	if style&showsTime == 0 {
		seconds = int64(serial) * 86400
	}
	days := seconds / 86400
	seconds %= 86400
	switch {
	case style&elapsed != 0 && style&showsDate == 0:
		return appendClock(dst, days*24+seconds/3600, seconds), true
	case days == 0 && style&showsTime != 0:
		return appendClock(dst, seconds/3600, seconds), true
	case days == 0 && !from1904:
		return dst, false
	}
	dst = appendDay(dst, days, from1904)
	if style&showsTime != 0 {
		dst = appendClock(append(dst, ' '), seconds/3600, seconds)
	}
	return dst, true
}

func appendDay(dst []byte, days int64, from1904 bool) []byte {
	switch {
	case from1904:
		days += 1462
	case days == 60: // Excel believes in 29 February 1900, as Lotus 1-2-3 did
		return append(dst, "1900-02-29"...)
	case days < 60:
		days++
	}
	year, month, day := time.Unix((days-25569)*86400, 0).UTC().Date()
	dst = appendTwo(appendTwo(dst, year/100), year%100)
	return appendTwo(append(appendTwo(append(dst, '-'), int(month)), '-'), day)
}

func appendTwo(dst []byte, n int) []byte { return append(dst, byte('0'+n/10), byte('0'+n%10)) }

func appendClock(dst []byte, hours, seconds int64) []byte {
	if hours < 100 {
		dst = appendTwo(dst, int(hours))
	} else {
		dst = appendInt(dst, hours)
	}
	dst = appendTwo(append(dst, ':'), int(seconds/60%60))
	return appendTwo(append(dst, ':'), int(seconds%60))
}
