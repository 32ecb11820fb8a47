package phone

import "bytes"

// scientific takes a number in a spreadsheet's scientific form at the digit at
// hand (7.9111234567E+10, with a comma where the language has it so): its
// digits when the mantissa holds them all, a mark of damage when some are
// lost. ok is false when there is no such form here.
func (s *scanner) scientific() (ok bool) {
	text := s.cell[s.at:min(len(s.cell), s.at+maxScientific)]
	whole := countDigits(text)
	rest := text[whole:]
	fraction := 0
	if len(rest) > 1 && (rest[0] == '.' || rest[0] == ',') {
		fraction = countDigits(rest[1:])
		if fraction == 0 {
			return false
		}
		rest = rest[1+fraction:]
	}
	exponent, size := exponentOf(rest)
	if size == 0 {
		return false
	}
	s.leaveScientific(text, whole, fraction, whole+exponent)
	s.at += len(text) - len(rest) + size
	return true
}

const maxScientific = 48

// leaveScientific puts the group of a number whose mantissa has so many whole
// and fraction digits and that has want digits in full.
func (s *scanner) leaveScientific(text []byte, whole, fraction, want int) {
	s.gap |= gapHard
	s.open = false
	have := whole + fraction
	for i := range have {
		c := text[i]
		if i >= whole {
			c = text[i+1]
		}
		if i < want || c != '0' {
			s.put(c)
		}
	}
	g := &s.groups[len(s.groups)-1]
	g.note |= noteExact
	if have < want {
		g.note = noteDamaged
	}
	s.add(gapHard)
}

// exponentOf reads "E+10" at the start of text, in Latin or Cyrillic; size is
// 0 where there is none. Only exponents of a phone's size count.
func exponentOf(text []byte) (exponent, size int) {
	switch {
	case len(text) > 1 && text[0]|0x20 == 'e':
		size = 1
	case bytes.HasPrefix(text, []byte("Е")), bytes.HasPrefix(text, []byte("е")):
		size = 2
	default:
		return 0, 0
	}
	if size < len(text) && text[size] == '+' {
		size++
	}
	n := countDigits(text[size:])
	if n == 0 || n > 2 {
		return 0, 0
	}
	for _, c := range text[size : size+n] {
		exponent = exponent*10 + int(c-'0')
	}
	if exponent < 6 || exponent > maxE164 {
		return 0, 0
	}
	return exponent, size + n
}

func countDigits(text []byte) int {
	n := 0
	for n < len(text) && text[n]-'0' <= 9 {
		n++
	}
	return n
}
