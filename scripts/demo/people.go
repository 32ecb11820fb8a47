package main

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// person is one customer, and how one file tells of them.
type person struct {
	first, middle, last string
	mobile              string // ten digits
	phone               string // the main phone's cell
	numeric             bool   // whose digits the shop's workbook keeps as a number
	work                string // the second phone's cell
	email, city, pet    string
	company, comment    string
	tags                string
	says, from          string // consent to mailings, and where it was given
	on                  time.Time
	data                string // consent to the processing of personal data
	out                 string // "unsubscribed"
	born                time.Time
	created, bought     time.Time
}

func (p *person) name() string {
	return strings.Join(strings.Fields(p.last+" "+p.first+" "+p.middle), " ")
}

// agreed returns the person with a consent given then.
func (p person) agreed(on time.Time, from string) person {
	p.says, p.on, p.from = "да", on, from
	return p
}

// town makes people up.
type town struct {
	*rand.Rand
	taken map[string]bool
}

func newTown(seed uint64) *town {
	return &town{rand.New(rand.NewPCG(seed, 0x1a9a)), map[string]bool{}}
}

func (t *town) pick(from []string) string { return from[t.IntN(len(from))] }

// mobile is a Russian mobile number of ten digits that nobody else has and
// that does not look like a filler.
func (t *town) mobile() string {
	for {
		n := t.pick(mobileCodes) + fmt.Sprintf("%07d", 1_000_000+t.IntN(8_900_000))
		if !t.taken[n] && varied(n) {
			t.taken[n] = true
			return n
		}
	}
}

// varied tells whether a number has enough different digits, and no tail of
// zeros, to be nobody's joke.
func varied(n string) bool {
	seen := map[rune]bool{}
	for _, d := range n {
		seen[d] = true
	}
	return len(seen) >= 5 && !strings.HasSuffix(n, "000")
}

// written is a number of ten digits the way somebody typed it.
func (t *town) written(n string) string {
	a, b, c, d := n[:3], n[3:6], n[6:8], n[8:]
	switch t.IntN(11) {
	case 0, 1:
		return "+7 (" + a + ") " + b + "-" + c + "-" + d
	case 2, 3:
		return "8 (" + a + ") " + b + "-" + c + "-" + d
	case 4, 5:
		return "+7" + n
	case 6:
		return "8" + n
	case 7:
		return "8-" + a + "-" + b + "-" + c + "-" + d
	case 8:
		return "+7 " + a + " " + b + " " + c + " " + d
	case 9:
		return n
	}
	return "7" + n
}

// named is somebody with this name, of whom nothing else is known but a phone
// and an address.
func (t *town) named(last, first string) person {
	p := person{first: first, last: last, mobile: t.mobile(), city: t.pick(cities), pet: t.pick(pets)}
	p.phone = t.written(p.mobile)
	p.email = t.address(first, last)
	p.created, p.bought = t.since(2022), t.since(2025)
	p.born = time.Date(1955+t.IntN(50), time.Month(1+t.IntN(12)), 1+t.IntN(28), 0, 0, 0, 0, time.UTC)
	p.data = "да"
	return p
}

// person is a customer as there are many.
func (t *town) person() person {
	var p person
	if t.IntN(3) > 0 {
		p = t.named(t.pick(lastNames)+"а", t.pick(women))
		p.middle = t.maybe(60, t.pick(fathers)+"на")
	} else {
		p = t.named(t.pick(lastNames), t.pick(men))
		p.middle = t.maybe(60, t.pick(fathers)+"ич")
	}
	p.email = t.maybe(75, p.email)
	p.tags = t.maybe(45, t.pick(tags))
	p.comment = t.maybe(20, t.pick(comments))
	p.numeric = t.IntN(100) < 60
	if t.IntN(14) == 0 {
		p.work = t.written(t.mobile())
	}
	switch r := t.IntN(100); {
	case r < 61:
		p = p.agreed(t.recent(), t.pick(consentPlaces))
	case r < 70:
		p = p.agreed(time.Time{}, "") // somebody says so, nobody knows since when
	case r < 80:
		p = p.agreed(t.old(), t.pick(consentPlaces))
	case r < 87:
		p.says = "нет"
	}
	return p
}

// bygone is a customer of the old days.
func (t *town) bygone() person {
	p := t.person()
	p.created = t.old()
	p.bought = p.created.AddDate(0, 0, t.IntN(200))
	switch {
	case p.says == "да" && t.IntN(100) < 65:
		p = p.agreed(t.old(), p.from)
	case p.says == "да":
		p.on = time.Time{}
	}
	return p
}

// maybe is the text in so many cases of a hundred.
func (t *town) maybe(percent int, text string) string {
	if t.IntN(100) < percent {
		return text
	}
	return ""
}

// recent is a moment of the two years before the demo's run, on 2026-11-20.
func (t *town) recent() time.Time { return t.between(date(2024, 12, 2), date(2026, 11, 12)) }

// old is a moment too long ago for a consent to hold.
func (t *town) old() time.Time { return t.between(date(2019, 3, 1), date(2024, 10, 25)) }

// since is a moment of that year or later.
func (t *town) since(year int) time.Time { return t.between(date(year, 1, 9), date(2026, 11, 12)) }

// between is a moment of business hours between two days.
func (t *town) between(from, to time.Time) time.Time {
	days := int(to.Sub(from).Hours() / 24)
	return from.AddDate(0, 0, t.IntN(days)).Add(time.Duration(9*3600+t.IntN(11*3600)) * time.Second)
}

func date(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, time.UTC)
}

// day is how Russians write a date; nothing for none.
func day(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.Format("02.01.2006")
}

// stamp is how the site's database writes a moment.
func stamp(at time.Time) string { return at.Format("2006-01-02 15:04:05") }

// address is an e-mail address made of a name, at a domain that is nobody's.
func (t *town) address(first, last string) string {
	f, l := latin(first), latin(last)
	local := l + "." + f
	switch t.IntN(4) {
	case 0:
		local = f + l + strconv.Itoa(70+t.IntN(36))
	case 1:
		local = f[:1] + "." + l
	case 2:
		local = l + strconv.Itoa(t.IntN(2026))
	}
	return strings.Trim(local, ".") + strconv.Itoa(t.IntN(90)+10) + "@" + t.pick(domains)
}

var letters = map[rune]string{'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ё': "e", 'ж': "zh", 'з': "z", 'и': "i", 'й': "y",
	'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "h", 'ц': "ts", 'ч': "ch",
	'ш': "sh", 'щ': "sch", 'ы': "y", 'э': "e", 'ю': "yu", 'я': "ya"}

// latin is a name in the letters of an address.
func latin(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		if r >= 'a' && r <= 'z' {
			b.WriteRune(r)
		}
		b.WriteString(letters[r])
	}
	return b.String()
}
