package cli

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cleanbase/internal/contact"
	"cleanbase/internal/incident"
	"cleanbase/internal/phone"
)

// A column whose values say to which segment people belong has few of them,
// and short ones; tags may be more.
const (
	mostSegments = 50
	mostTags     = 1000
	longestLabel = 100
)

// labelReader takes tags and segments of those written to out of contacts
// files. Nothing of it is kept but the groups' names and sizes.
type labelReader struct {
	ledger *incident.Ledger
	whose  map[contact.Phone]*incident.Person
	fits   func(*incident.Person) bool
	read   *phone.Reader
	region string
	found  []contact.Number
}

// labelColumn is one column while its table is read.
type labelColumn struct {
	at     int
	tags   bool
	values map[string]int32
	names  []string
	stands []labelled
	dead   bool // more values than a segment has
}

type labelled struct {
	who   *incident.Person
	value int32
}

// label puts those written to into groups by tag and segment: from the files
// that were named, or from the lists of the runs that were in force.
func (q *inquiry) label(ctx context.Context) error {
	r := &labelReader{ledger: q.ledger, whose: map[contact.Phone]*incident.Person{}, read: phone.NewReader(), region: q.Region}
	q.ledger.EachPerson(func(p *incident.Person) {
		if n := p.Key.Phone(); n != 0 && p.WrittenAt().Known() {
			r.whose[n] = p
		}
	})
	if len(q.files) > 0 {
		r.fits = func(*incident.Person) bool { return true }
		return q.labelFrom(ctx, r, q.files)
	}
	for _, n := range q.lists() {
		run := q.runs[n].RunID
		files := listFiles(filepath.Join(q.out, "runs", run))
		if len(files) == 0 {
			q.labels = append(q.labels, contact.T("the lists of run %s are gone, so tags and segments can't be compared: name the contacts file as an argument",
				"списков запуска %s уже нет, поэтому метки и сегменты не сравнить: назовите файл контактов аргументом").With(run))
			continue
		}
		r.fits = func(p *incident.Person) bool { at, is := q.used[p]; return is && at == n }
		if err := q.labelFrom(ctx, r, files); err != nil {
			return err
		}
	}
	return nil
}

// listFiles are the lists of a run that are still there.
func listFiles(dir string) []wanted {
	var files []wanted
	for _, v := range contact.Verdicts() {
		names, _ := filepath.Glob(filepath.Join(dir, v.String()+"*")) // the pattern is well formed
		for _, name := range names {
			rest := strings.TrimPrefix(filepath.Base(name), v.String())
			if rest[0] == '.' || rest[0] == '-' {
				files = append(files, wanted{name, contact.RoleContacts})
			}
		}
	}
	return files
}

func (q *inquiry) labelFrom(ctx context.Context, r *labelReader, files []wanted) error {
	dir, err := os.MkdirTemp("", "cleanbase-")
	if err != nil {
		return err
	}
	defer removeDir(dir)
	in := newIntake(q.settings)
	for _, w := range files {
		src, err := take(ctx, w, dir)
		if err != nil {
			return err
		}
		tables, _, err := src.tables(in, dir)
		for _, t := range tables {
			if err == nil {
				err = r.table(t)
			}
		}
		src.close()
		if err != nil {
			return badInput(err)
		}
	}
	return nil
}

func (r *labelReader) table(t *table) error {
	phones, columns := labelColumns(t)
	err := t.src.book.Each(t.sheet, func(row contact.Row) bool {
		if row.Number <= t.plan.HeaderRow {
			return true
		}
		if p := r.person(row, phones); p != nil && r.fits(p) {
			for _, c := range columns {
				c.put(p, row)
			}
		}
		return true
	})
	if err != nil {
		return err
	}
	for _, c := range columns {
		if c.dead || len(c.names) < 2 && !c.tags {
			continue
		}
		by := "tag"
		if !c.tags {
			by = "column: " + t.plan.Columns[c.at].Header
		}
		for _, s := range c.stands {
			r.ledger.Stands(s.who, by, c.names[s.value])
		}
	}
	return nil
}

// person is the first of a row's phones whose owner was written to.
func (r *labelReader) person(row contact.Row, phones []int) *incident.Person {
	for _, at := range phones {
		if at >= len(row.Cells) {
			continue
		}
		r.found = r.read.Read(r.found[:0], row.Cells[at], r.region)
		for _, n := range r.found {
			if p := r.whose[n.Phone]; p != nil && n.Phone != 0 {
				return p
			}
		}
	}
	return nil
}

// ownColumns are the columns that our lists put before the users' own.
var ownColumns = []string{"phone_e164", "verdict", "reasons", "explanation", "source", "cold"}

// labelColumns are the columns of phones, and those that may hold labels: the
// ones named so, and any of which nothing is known.
func labelColumns(t *table) (phones []int, columns []*labelColumn) {
	ours := len(t.plan.Columns) > 0 && t.plan.Columns[0].Header == ownColumns[0]
	for i, c := range t.plan.Columns {
		if ours && slices.Contains(ownColumns[1:], c.Header) && i < len(ownColumns) {
			continue
		}
		switch c.Field {
		case contact.FieldMobile, contact.FieldPhone:
			phones = append(phones, i)
		case contact.FieldTags:
			columns = append(columns, &labelColumn{at: i, tags: true, values: map[string]int32{}})
		case contact.FieldNone, contact.FieldOther, contact.FieldStatus, contact.FieldSource, contact.FieldType, contact.FieldCity,
			contact.FieldCountry, contact.FieldConsentSource, contact.FieldTextVersion, contact.FieldPurpose, contact.FieldMethod:
			if c.Header != "" {
				columns = append(columns, &labelColumn{at: i, values: map[string]int32{}})
			}
		}
	}
	if ours { // the phone that would be written to, and no other of the row
		phones = []int{0}
	}
	return phones, columns
}

func (c *labelColumn) put(p *incident.Person, row contact.Row) {
	if c.dead || c.at >= len(row.Cells) {
		return
	}
	cell := string(row.Cells[c.at])
	if !c.tags {
		c.add(p, cell)
		return
	}
	for _, tag := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(",;|\n\r", r) }) {
		c.add(p, tag)
	}
}

func (c *labelColumn) add(p *incident.Person, value string) {
	value = strings.Join(strings.Fields(value), " ")
	if value == "" || c.dead {
		return
	}
	n, known := c.values[value]
	if !known {
		most := mostSegments
		if c.tags {
			most = mostTags
		}
		if len(value) > longestLabel || len(c.names) == most {
			if !c.tags {
				c.dead, c.stands = true, nil
			}
			return
		}
		n = int32(len(c.names))
		value = strings.Clone(value)
		c.values[value], c.names = n, append(c.names, value)
	}
	c.stands = append(c.stands, labelled{p, n})
}
