// Command demo writes the made-up base of fixtures/demo: the files of a pet
// shop that does not exist, as its people would really keep them. Every person,
// phone and address is put together from name parts and random digits; the same
// seed gives the same files.
//
//	go run ./scripts/demo [-out fixtures/demo] [-seed 2026]
//
// It does not clean anything and knows nothing of how cleanbase reads: what the
// files should come to is the business of the goldens.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// The names of the files, as people would call them.
const (
	crmFile        = "contacts.csv"
	shopFile       = "Клиенты магазин на Садовой.xlsx"
	stopFile       = "стоп-лист.csv"
	complaintsFile = "жалобы 2026.csv"
	consentsFile   = "реестр согласий с сайта.csv"
	staffFile      = "сотрудники.csv"
)

func main() {
	out := flag.String("out", "fixtures/demo", "folder to write to")
	seed := flag.Uint64("seed", 2026, "seed of the random numbers")
	flag.Parse()
	if err := run(*out, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

// run makes the base and writes its files to the folder.
func run(out string, seed uint64) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	files, err := newBase(seed).files()
	if err != nil {
		return err
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(out, name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// base is all that the shop's people keep.
type base struct {
	*town
	crm      []person // contacts of the CRM
	shop     []person // the shop's own workbook
	archive  []person // its hidden sheet
	stops    []entry
	troubles []entry // complaints
	consents []entry
	staff    []person
}

// entry is a row of a list: who, when, on which channel, and what was noted.
type entry struct {
	phone, email, date, channel, note, version string
}

func newBase(seed uint64) *base {
	b := &base{town: newTown(seed)}
	b.ordinary()
	b.refusals()
	b.liftings()
	b.consentCases()
	b.phoneCases()
	b.office()
	b.employees()
	b.duplicates()
	b.oddities()
	b.mix()
	return b
}

// ordinary fills the files with people of whom nothing special is to be told.
func (b *base) ordinary() {
	for range 212 {
		b.crm = append(b.crm, b.person())
	}
	for range 92 {
		b.shop = append(b.shop, b.person())
	}
	for range 52 {
		b.archive = append(b.archive, b.bygone())
	}
	for i := range 18 {
		p := &b.crm[i*9]
		b.stops = append(b.stops, entry{phone: b.written(p.mobile), date: day(b.since(2023)), channel: b.pick(stopChannels), note: b.pick(stopNotes)})
	}
	for i := range 10 {
		p := &b.shop[i*7]
		b.stops = append(b.stops, entry{phone: b.written(p.mobile), date: day(b.since(2024)), channel: b.pick(stopChannels), note: b.pick(stopNotes)})
	}
	for range 8 { // people that are in no file any more
		b.stops = append(b.stops, entry{phone: b.written(b.mobile()), date: day(b.since(2021)), note: b.pick(stopNotes)})
	}
	for i := range 40 {
		b.agree(&b.crm[i*5+2], stamp(b.recent()), b.pick(consentChannels))
	}
}

// mix puts people and entries into the order in which life brought them.
func (b *base) mix() {
	for _, list := range [][]person{b.crm, b.shop, b.archive} {
		b.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	for _, list := range [][]entry{b.stops, b.troubles, b.consents} {
		b.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	slices.SortStableFunc(b.crm, func(x, y person) int { return x.created.Compare(y.created) })
}

// files is every file of the base by its name.
func (b *base) files() (map[string][]byte, error) {
	book, err := b.workbook()
	if err != nil {
		return nil, err
	}
	stops, err := b.stopList()
	if err != nil {
		return nil, err
	}
	return map[string][]byte{
		crmFile: b.bitrix(), shopFile: book, stopFile: stops,
		complaintsFile: b.complaintList(), consentsFile: b.register(), staffFile: b.staffList(),
	}, nil
}
