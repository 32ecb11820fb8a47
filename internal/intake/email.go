package intake

import (
	"bytes"
	"unicode/utf8"
)

// emails calls yield with each e-mail address of a cell in its normal form:
// lower case, with no "mailto:" and no brackets. The bytes are the buffer's,
// which it returns grown; WhatsApp's JIDs and addresses made up to fill a
// field are not among them.
func emails(buf, cell []byte, yield func([]byte)) []byte {
	if isPlainMail(cell) {
		if isEmail(cell) && !isFake(cell) {
			yield(cell)
		}
		return buf
	}
	return anyEmails(buf, cell, yield)
}

// isPlainMail tells a cell that is nothing but one address in its normal form,
// if it is one at all.
func isPlainMail(cell []byte) bool {
	if len(cell) == 0 || cell[0] == '.' || cell[len(cell)-1] == '.' {
		return false
	}
	ats := 0
	for _, b := range cell {
		switch {
		case 'a' <= b && b <= 'z' || '0' <= b && b <= '9' || b == '.' || b == '-' || b == '_':
		case b == '@':
			ats++
		default:
			return false
		}
	}
	return ats == 1
}

// anyEmails is emails for whatever people write.
func anyEmails(buf, cell []byte, yield func([]byte)) []byte {
	for len(cell) > 0 {
		at := bytes.IndexByte(cell, '@')
		if at < 0 {
			return buf
		}
		start, end := at, at+1
		for start > 0 && !divides(cell[start-1]) {
			start--
		}
		for end < len(cell) && !divides(cell[end]) {
			end++
		}
		buf = lowered(buf[:0], cell[start:end])
		if mail := trimEmail(buf); isEmail(mail) && !isFake(mail) {
			yield(mail)
		}
		cell = cell[end:]
	}
	return buf
}

func divides(b byte) bool {
	switch b {
	case ' ', '\t', '\n', '\r', ',', ';', '|', '<', '>', '"', '(', ')', '[', ']', '/', '\\':
		return true
	}
	return b < ' '
}

// lowered is the text in lower case with no-break blanks and invisible marks
// left out.
func lowered(dst, text []byte) []byte {
	for i := 0; i < len(text); {
		b := text[i]
		if b < utf8.RuneSelf {
			if 'A' <= b && b <= 'Z' {
				b += 'a' - 'A'
			}
			dst = append(dst, b)
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		i += size
		if isWord(r) {
			dst = utf8.AppendRune(dst, lowerKeepingYo(r))
		}
	}
	return dst
}

// lowerKeepingYo is lower for names in which ё and е differ.
func lowerKeepingYo(r rune) rune {
	if r == 'Ё' || r == 'ё' {
		return 'ё'
	}
	return lower(r)
}

func trimEmail(mail []byte) []byte {
	for {
		before := len(mail)
		mail = bytes.Trim(mail, ".'`:*=")
		mail = bytes.TrimPrefix(mail, []byte("mailto:"))
		if i := bytes.IndexByte(mail, '?'); i > 0 { // mailto:x@y?subject=…
			mail = mail[:i]
		}
		if i := bytes.LastIndexByte(mail[:max(0, bytes.IndexByte(mail, '@'))], ':'); i >= 0 { // "почта:x@y"
			mail = mail[i+1:]
		}
		if len(mail) == before {
			return mail
		}
	}
}

// isEmail tells whether a normal form is one: one @, something before it, a
// domain with a dot inside and a letter in its last label.
func isEmail(mail []byte) bool {
	at := bytes.IndexByte(mail, '@')
	if at < 1 || at > 64 || len(mail) > 254 {
		return false
	}
	domain := mail[at+1:]
	dot := bytes.LastIndexByte(domain, '.')
	if dot < 1 || len(domain)-dot < 3 || bytes.IndexByte(domain, '@') >= 0 || bytes.Contains(domain, []byte("..")) {
		return false
	}
	last := domain[dot+1:]
	return (last[0] < '0' || last[0] > '9') && !isJID(domain)
}

func isJID(domain []byte) bool {
	switch string(domain) {
	case "c.us", "g.us", "s.whatsapp.net", "lid.whatsapp.net":
		return true
	}
	return false
}

// isFake tells addresses that people make up to fill a field: both sides of
// the @ say nothing. Nobody's name or company is among them, since an address
// that is left out links nobody and suppresses nobody.
func isFake(mail []byte) bool {
	local, domain, _ := bytes.Cut(mail, []byte("@"))
	host, _, _ := bytes.Cut(domain, []byte("."))
	return saysNothing(local) && (saysNothing(host) || string(host) == "email" || string(host) == "domain")
}

func saysNothing(word []byte) bool {
	switch string(word) {
	case "no", "net", "none", "null", "nil", "na", "test", "testtest", "tst", "noemail", "no-email", "no_email", "nomail", "no-mail", "fake", "example",
		"asd", "asdf", "qwe", "qwerty", "123", "1234", "12345", "111", "000", "aaa", "xxx", "zzz", "abc", "нет", "нету", "тест", "почты", "пусто":
		return true
	}
	return false
}
