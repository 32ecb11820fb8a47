package intake

import "time"

// clock reads the time of day that follows a date: "15:04", "T15:04:05.123",
// ", 3:04 PM", "в 15:04". Without one the place does not move.
func (p *dateText) clock() (time.Duration, bool) {
	from := p.at
	if b := p.peek(); b == 'T' || b == 't' || b == '_' {
		p.at++
	} else {
		p.divider()
		if w := string(p.word()); w != "" && w != "в" && w != "at" {
			p.at = from
			return 0, false
		}
		p.blanks()
	}
	return p.hours(from)
}

func (p *dateText) hours(from int) (time.Duration, bool) {
	h, hn := p.digits()
	if hn == 0 || hn > 2 || h > 24 || p.peek() != ':' {
		p.at = from
		return 0, false
	}
	p.at++
	m, mn := p.digits()
	if mn != 2 || m > 59 {
		p.at = from
		return 0, false
	}
	s := 0
	if p.peek() == ':' {
		p.at++
		s, _ = p.digits()
		if b := p.peek(); b == '.' || b == ',' {
			p.at++
			p.digits()
		}
	}
	h = p.halfDay(h)
	return time.Duration(h*3600+m*60+min(s, 59)) * time.Second, true
}

// halfDay reads AM and PM.
func (p *dateText) halfDay(h int) int {
	from := p.at
	p.blanks()
	switch w := string(p.word()); {
	case (w == "PM" || w == "pm" || w == "p") && h < 12:
		h += 12
	case (w == "AM" || w == "am" || w == "a") && h == 12:
		h = 0
	case w != "AM" && w != "am" && w != "PM" && w != "pm":
		p.at = from
	}
	return h
}

// zone reads "Z", "+03:00", "+0300", "UTC+3", "GMT", "МСК" as seconds east of
// UTC. Without one the place does not move.
func (p *dateText) zone() (offset int, ok bool) {
	from := p.at
	p.blanks()
	named, known := namedZone(p.word())
	if sign := p.peek(); sign == '+' || sign == '-' {
		if offset, ok := p.offset(); ok {
			return offset, true
		}
	}
	if !known {
		p.at = from
	}
	return named, known
}

func namedZone(word []byte) (offset int, ok bool) {
	switch string(word) {
	case "Z", "z", "UTC", "GMT", "utc", "gmt":
		return 0, true
	case "МСК", "мск", "MSK", "msk", "Msk", "Мск":
		return moscow, true
	}
	return 0, false
}

// moscow is Moscow's offset, one since 2014.
const moscow = 3 * 3600

func (p *dateText) offset() (seconds int, ok bool) {
	sign := 1
	if p.peek() == '-' {
		sign = -1
	}
	p.at++
	h, n := p.digits()
	m := 0
	switch {
	case n == 4:
		h, m = h/100, h%100
	case n != 1 && n != 2:
		return 0, false
	case p.peek() == ':':
		p.at++
		m, _ = p.digits()
	}
	if h > 14 || m > 59 {
		return 0, false
	}
	return sign * (h*3600 + m*60), true
}
