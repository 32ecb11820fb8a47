package cli

import (
	"cmp"
	"maps"
	"slices"

	"cleanbase/internal/contact"
	"cleanbase/internal/phone"
)

// places counts the countries and operators of clean contacts.
type places struct {
	reader    *phone.Reader
	countries map[string]int64
	ranges    map[contact.Phone]*rangeCount // by the number without its last four digits
}

// rangeCount is one range of ten thousand numbers, with one of them.
type rangeCount struct {
	one contact.Phone
	n   int64
}

func newPlaces() places {
	return places{phone.NewReader(), map[string]int64{}, map[contact.Phone]*rangeCount{}}
}

func (p *places) add(n contact.Phone, region string) {
	p.countries[region]++
	p.addRange(rangeCount{n, 1})
}

// addRange keeps the least number, so that no order of contacts changes it.
func (p *places) addRange(r rangeCount) {
	known, ok := p.ranges[r.one/1e4]
	if !ok {
		first := r
		p.ranges[r.one/1e4] = &first
		return
	}
	known.one = min(known.one, r.one)
	known.n += r.n
}

// addAll adds the counts of other contacts.
func (p *places) addAll(more *places) {
	for country, n := range more.countries {
		p.countries[country] += n
	}
	for _, r := range more.ranges {
		p.addRange(*r)
	}
}

// byCountry is the contacts of each country, most first.
func (p *places) byCountry() []contact.Bucket {
	all := map[contact.Text]int64{}
	for code, n := range p.countries {
		all[phone.Country(code)] += n
	}
	return mostFirst(all, len(all))
}

// shownOperators is how many operators the report names.
const shownOperators = 20

// byOperator is the contacts of each operator or place, most first. The words
// for each are made once, since ranges are tens of thousands.
func (p *places) byOperator() []contact.Bucket {
	type place struct {
		who    contact.Text
		region string
	}
	counts := map[place]int64{}
	for _, r := range p.ranges {
		counts[place{p.reader.Operator(r.one), p.reader.Region(r.one)}] += r.n
	}
	all := map[contact.Text]int64{}
	for at, n := range counts {
		who := at.who
		if who.EN == "" {
			who = contact.T("operator not known", "оператор неизвестен")
		}
		all[contact.T("%s, %s", "%s, %s").With(who, phone.Country(at.region))] += n
	}
	return mostFirst(all, shownOperators)
}

// mostFirst is the counts in order, those beyond the first so many in one.
func mostFirst(counts map[contact.Text]int64, most int) []contact.Bucket {
	var all []contact.Bucket
	for _, t := range slices.SortedFunc(maps.Keys(counts), func(a, b contact.Text) int {
		return cmp.Or(-cmp.Compare(counts[a], counts[b]), cmp.Compare(a.EN, b.EN), cmp.Compare(a.RU, b.RU))
	}) {
		all = append(all, contact.Bucket{Label: t, Count: counts[t]})
	}
	if len(all) > most {
		rest := contact.Bucket{Label: contact.T("others", "остальные")}
		for _, b := range all[most:] {
			rest.Count += b.Count
		}
		all = append(all[:most], rest)
	}
	return all
}
