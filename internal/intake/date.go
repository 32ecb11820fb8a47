package intake

import (
	"time"
	"unicode/utf8"

	"cleanbase/internal/contact"
)

// order is how a column writes dates whose numbers do not tell day from month.
type order uint8

const (
	anyOrder order = iota
	dayFirst
	monthFirst
)

// dating is how a column writes dates.
type dating struct {
	order order
	zone  *time.Location // of times that name none
}

// span is what a date may mean: the earliest reading and the latest. They
// differ only when day and month can't be told apart.
type span struct{ early, late contact.Moment }

func (s span) known() bool { return s.late.Known() }

// date reads the first date in a text, with its time if one follows. ok is
// false when there is none; a date that is only a placeholder (1970-01-01,
// a year out of 1990 … 2100) is ok and unknown. whole tells whether the text
// holds nothing else.
func (d dating) date(text []byte) (s span, ok, whole bool) {
	if s, ok := d.plain(text); ok {
		return s, true, true
	}
	return d.any(text)
}

// plain reads what programs write, 2024-05-31 and 2024-05-31 12:00:59, the short
// way.
func (d dating) plain(text []byte) (s span, ok bool) {
	const shape = "0000-00-00 00:00:00"
	if len(text) != len("0000-00-00") && len(text) != len(shape) {
		return span{}, false
	}
	for i, b := range text {
		if s := shape[i]; b != s && (s != '0' || b > '9' || b < '0') {
			return span{}, false
		}
	}
	two := func(at int) int { return int(text[at]-'0')*10 + int(text[at+1]-'0') }
	t := timeOfDay{zone: d.zone}
	if len(text) == len(shape) {
		h, m := two(11), two(14)
		if h > 24 || m > 59 {
			return span{}, false
		}
		t.clock, t.known = time.Duration(h*3600+m*60+min(two(17), 59))*time.Second, true
	}
	m := moment(two(0)*100+two(2), two(5), two(8), t)
	return span{m, m}, true
}

// any reads whatever people write.
func (d dating) any(text []byte) (s span, ok, whole bool) {
	p := dateText{text: text}
	p.blanks()
	if s, ok := d.number(p.text[p.at:]); ok {
		return s, true, true
	}
	begun := p.at
	for p.at < len(p.text) {
		from := p.at
		y, a, b, kind := p.calendar()
		if kind != notDate {
			return d.finish(&p, dateParts{y, a, b, kind}), true, from == begun && p.onlyTail()
		}
		p.at = from
		p.skipToken()
	}
	return span{}, false, false
}

// dateParts are the numbers of a date: a year and two that are day and month
// in an order that kind tells.
type dateParts struct {
	year, a, b int
	kind       dateKind
}

type dateKind uint8

const (
	notDate   dateKind = iota
	dayMonth           // a is the day, b the month
	monthDay           // a is the month, b the day
	eitherWay          // by the column
)

func (d dating) finish(p *dateText, parts dateParts) span {
	t := timeOfDay{zone: d.zone}
	if t.clock, t.known = p.clock(); t.known {
		t.offset, t.fixed = p.zone()
	}
	switch d.settle(parts) {
	case dayMonth:
		m := moment(parts.year, parts.b, parts.a, t)
		return span{m, m}
	case monthDay:
		m := moment(parts.year, parts.a, parts.b, t)
		return span{m, m}
	}
	x, y := moment(parts.year, parts.b, parts.a, t), moment(parts.year, parts.a, parts.b, t)
	return span{min(x, y), max(x, y)}
}

// timeOfDay is a clock's reading, if there is one, and where the clock hangs:
// at a fixed offset of seconds from UTC or in a zone.
type timeOfDay struct {
	clock  time.Duration
	known  bool
	offset int
	fixed  bool
	zone   *time.Location
}

// settle tells day from month where the numbers or the column do.
func (d dating) settle(parts dateParts) dateKind {
	switch {
	case parts.kind != eitherWay:
		return parts.kind
	case parts.a > 12 || parts.a == parts.b:
		return dayMonth
	case parts.b > 12:
		return monthDay
	case d.order == dayFirst:
		return dayMonth
	case d.order == monthFirst:
		return monthDay
	}
	return eitherWay
}

const (
	firstYear = 1990
	lastYear  = 2100
)

// moment is a calendar day and a time of day as a moment; unknown when there
// is no such day or it is out of the years that a contact's life can touch.
func moment(year, month, day int, at timeOfDay) contact.Moment {
	if year < firstYear || year > lastYear || month < 1 || month > 12 || day < 1 || day > 31 {
		return 0
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if day > 28 && t.Day() != day { // no month is shorter
		return 0
	}
	if !at.known {
		return contact.OnDay(year, time.Month(month), day)
	}
	t = t.Add(at.clock)
	offset := at.offset
	if !at.fixed && at.zone != nil && at.zone != time.UTC {
		// The offset in force at that hour, not at the same hour in UTC.
		_, offset = t.In(at.zone).Zone()
		_, offset = t.Add(-time.Duration(offset) * time.Second).In(at.zone).Zone()
	}
	return contact.At(t.Add(-time.Duration(offset) * time.Second))
}

// number reads what is all digits: a spreadsheet's serial day, Unix seconds or
// milliseconds, 20240505 and 20240505103000.
func (d dating) number(text []byte) (span, bool) {
	n, digits, i := 0, 0, 0
	for i < len(text) && isDigit(text[i]) && digits < 15 {
		n = n*10 + int(text[i]-'0')
		digits++
		i++
	}
	fraction, scale := 0, 1
	if i < len(text) && (text[i] == '.' || text[i] == ',') && digits != 8 {
		for i++; i < len(text) && isDigit(text[i]); i++ {
			if scale < 1e9 {
				fraction, scale = fraction*10+int(text[i]-'0'), scale*10
			}
		}
	}
	for i < len(text) && text[i] <= ' ' {
		i++
	}
	if i < len(text) {
		return span{}, false
	}
	var m contact.Moment
	switch {
	case digits == 5 && n >= 32874 && n < 73415: // 1990 … 2100 in days since 1899-12-30
		m = d.serial(n, float64(fraction)/float64(scale))
	case digits == 8:
		m = moment(n/10000, n/100%100, n%100, timeOfDay{})
	case digits == 10 && n >= 631152000:
		m = contact.At(time.Unix(int64(n), 0))
	case digits == 13 && n >= 631152000000:
		m = contact.At(time.UnixMilli(int64(n)))
	case digits == 14:
		day, rest := n/1e6, n%1e6
		seconds := rest/10000*3600 + rest/100%100*60 + rest%100
		m = moment(day/10000, day/100%100, day%100, timeOfDay{clock: time.Duration(seconds) * time.Second, known: true, zone: d.zone})
	}
	return span{m, m}, m.Known()
}

func (d dating) serial(day int, fraction float64) contact.Moment {
	t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, day)
	clock := time.Duration(fraction*86400+0.5) * time.Second
	return moment(t.Year(), int(t.Month()), t.Day(), timeOfDay{clock: clock, known: fraction > 0, zone: d.zone})
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// month is the number of a month's name in Russian or English, in any case
// form and shortened to three letters or more; 0 for another word.
func month(word []byte) int {
	var buf [48]byte
	if len(word) > 40 {
		return 0
	}
	w := fold(buf[:0], word)
	n := utf8.RuneCount(w)
	if n < 3 || n > 9 {
		return 0
	}
	prefix := w
	for i, count := 0, 0; i < len(w); count++ {
		if count == 3 {
			prefix = w[:i]
			break
		}
		_, size := utf8.DecodeRune(w[i:])
		i += size
	}
	switch string(prefix) {
	case "янв", "jan":
		return 1
	case "фев", "feb":
		return 2
	case "мар", "mar":
		return 3
	case "апр", "apr":
		return 4
	case "май", "мая", "мае", "may":
		return 5
	case "июн", "jun":
		return 6
	case "июл", "jul":
		return 7
	case "авг", "aug":
		return 8
	case "сен", "sep":
		return 9
	case "окт", "oct":
		return 10
	case "ноя", "nov":
		return 11
	case "дек", "dec":
		return 12
	}
	return 0
}
