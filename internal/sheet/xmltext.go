package sheet

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// attr is the value of an attribute by its whole name, with nothing replaced.
func attr(attrs []byte, name string) []byte {
	var found []byte
	eachAttr(attrs, func(n, v []byte) {
		if string(n) == name {
			found = v
		}
	})
	return found
}

// attrText is an attribute's value with its entities replaced.
func attrText(attrs []byte, name string) string {
	out, _ := appendXML(nil, attr(attrs, name))
	return string(out)
}

// eachAttr passes a tag's attributes to visit; it ends at what is none.
func eachAttr(attrs []byte, visit func(name, value []byte)) {
	for {
		attrs = skipBlanks(attrs)
		eq := bytes.IndexByte(attrs, '=')
		if eq <= 0 {
			return
		}
		name := trimBlanks(attrs[:eq])
		attrs = skipBlanks(attrs[eq+1:])
		if len(attrs) == 0 || attrs[0] != '"' && attrs[0] != '\'' {
			return
		}
		end := bytes.IndexByte(attrs[1:], attrs[0])
		if end < 0 {
			return
		}
		visit(name, attrs[1:end+1])
		attrs = attrs[end+2:]
	}
}

func skipBlanks(p []byte) []byte {
	for len(p) > 0 && blank(p[0]) {
		p = p[1:]
	}
	return p
}

// local is a name without its prefix.
func local(name []byte) []byte { return name[bytes.IndexByte(name, ':')+1:] }

// appendXML adds a text with its entities replaced and its line ends made
// line feeds, as XML wants; false for what is no XML text.
func appendXML(dst, text []byte) ([]byte, bool) {
	for len(text) > 0 {
		i := bytes.IndexAny(text, "&\r")
		if i < 0 {
			return append(dst, text...), true
		}
		dst = append(dst, text[:i]...)
		if text[i] == '\r' {
			if i+1 == len(text) || text[i+1] != '\n' {
				dst = append(dst, '\n')
			}
			text = text[i+1:]
			continue
		}
		semi := bytes.IndexByte(text[i:min(i+12, len(text))], ';')
		if semi < 0 {
			return dst, false
		}
		r, ok := entity(string(text[i+1 : i+semi]))
		if !ok {
			return dst, false
		}
		dst = utf8.AppendRune(dst, r)
		text = text[i+semi+1:]
	}
	return dst, true
}

func entity(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 21)
	return rune(n), err == nil && n > 0 && utf8.ValidRune(rune(n))
}

// unescape replaces the _xHHHH_ that SpreadsheetML (ECMA-376 22.9.2.19) writes
// for characters XML has no room for, in place.
func unescape(text []byte) []byte {
	at := bytes.Index(text, []byte("_x"))
	if at < 0 {
		return text
	}
	out := text[:at]
	for i := at; i < len(text); {
		r, ok := escaped(text[i:])
		if !ok {
			out = append(out, text[i])
			i++
			continue
		}
		i += 7
		if utf16.IsSurrogate(r) {
			if low, ok := escaped(text[i:]); ok && utf16.DecodeRune(r, low) != utf8.RuneError {
				r = utf16.DecodeRune(r, low)
				i += 7
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

func escaped(p []byte) (rune, bool) {
	if len(p) < 7 || p[0] != '_' || p[1] != 'x' || p[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(p[2:6]), 16, 16)
	return rune(n), err == nil
}
