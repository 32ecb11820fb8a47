package phone

import "bytes"

// address takes the whole token at the sign c when the token is a web address,
// an e-mail address or a messenger's name for a number (79111234567@c.us). Its
// digits are a number only where the address says so, and then an
// international one.
func (s *scanner) address(c byte) bool {
	token := s.cell[s.token:s.at]
	rest := s.cell[s.at:]
	switch {
	case c == '@' && len(rest) > 1 && isTagStart(rest[1]):
		return s.mail(rest[1:])
	case c == ':' && bytes.HasPrefix(rest, []byte("://")), c == '/' && isHost(token):
		return s.web()
	}
	return false
}

// mail takes a token with an at sign in it, whose domain is at the start of
// rest.
func (s *scanner) mail(rest []byte) bool {
	domain := rest[:addressEnd(rest)]
	s.at += 1 + len(domain)
	for _, jid := range [...]string{"c.us", "s.whatsapp.net"} {
		if bytes.EqualFold(domain, []byte(jid)) && len(s.groups) > s.first {
			s.keep(s.first + 1) // a device's number may follow: 7911…:12@…
			s.groups[s.first].note |= noteForeign
			s.leave()
			return true
		}
	}
	s.keep(s.first)
	s.leave()
	return true
}

// web takes a token that is a web address.
func (s *scanner) web() bool {
	s.keep(s.first)
	end := s.at + addressEnd(s.cell[s.at:])
	address := s.cell[s.token:end]
	s.at = end
	number := numberOf(address)
	s.leave()
	for _, c := range number {
		s.put(c)
	}
	if len(number) > 0 {
		s.groups[len(s.groups)-1].note |= noteForeign
		s.leave()
	}
	return true
}

// leave ends the token: what comes next is another number's.
func (s *scanner) leave() {
	s.word = word{}
	s.gap &^= gapPlus
	s.add(gapHard)
	s.token, s.first = s.at, len(s.groups)
}

// keep drops all groups after the first n.
func (s *scanner) keep(n int) {
	if len(s.groups) <= n {
		return
	}
	s.gap = s.groups[n].before
	s.groups = s.groups[:n]
	s.digits = s.digits[:0]
	if n > 0 {
		s.digits = s.digits[:s.groups[n-1].end]
	}
}

// addressEnd is where an address at the start of text ends.
func addressEnd(text []byte) int {
	for i, c := range text {
		if c <= ' ' || c == ';' || c == ',' || c == '<' || c == '>' || c == '"' || c == '|' {
			return i
		}
	}
	return len(text)
}

// isHost tells whether token ends in a host's name that messengers and
// networks give links with.
func isHost(token []byte) bool {
	for _, end := range [...]string{".me", ".com", ".ru", ".net", ".org"} {
		if n := len(token) - len(end); n > 0 && isTagStart(token[n-1]) && bytes.EqualFold(token[n:], []byte(end)) {
			return true
		}
	}
	return false
}

// numberOf is the digits of the phone that a messenger's address names.
func numberOf(address []byte) []byte {
	for _, mark := range [...]string{"wa.me/", "phone=", "number=", "t.me/+"} {
		i := indexFold(address, mark)
		if i < 0 {
			continue
		}
		rest := address[i+len(mark):]
		for _, plus := range [...]string{"+", "%2B", "%2b", "%20"} {
			rest = bytes.TrimPrefix(rest, []byte(plus))
		}
		n := 0
		for n < len(rest) && rest[n]-'0' <= 9 {
			n++
		}
		return rest[:n]
	}
	return nil
}

// indexFold is where an ASCII text begins in address, in capitals or not, or
// -1.
func indexFold(address []byte, text string) int {
	for i := range len(address) - len(text) + 1 {
		if bytes.EqualFold(address[i:i+len(text)], []byte(text)) {
			return i
		}
	}
	return -1
}
