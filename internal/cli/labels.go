package cli

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cleanbase/internal/audit"
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

// labelColumn is the columns of one header while their tables are read.
type labelColumn struct {
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
		_, err := q.labelFrom(ctx, r, q.files, nil)
		return err
	}
	for _, n := range q.lists() {
		run := q.runs[n].RunID
		files, sums, err := q.listFiles(run)
		if err != nil {
			return err
		}
		r.fits = q.usedIn(n)
		whole := len(files) > 0
		if whole {
			if whole, err = q.labelFrom(ctx, r, files, sums); err != nil {
				return err
			}
		}
		if !whole {
			q.labels = append(q.labels, contact.T("the lists of run %s are not all there as they were published, so tags and segments can't be compared: name the contacts file as an argument",
				"не все списки запуска %s на месте в том виде, в каком выданы, поэтому метки и сегменты не сравнить: назовите файл контактов аргументом").With(run))
		}
	}
	return nil
}

// listFiles are the lists of a run with their hashes; none unless all five are
// there. Some of them alone would hold just the refused, or just the others.
func (q *inquiry) listFiles(runID string) (files []wanted, sums map[string]string, err error) {
	sums = map[string]string{}
	verdicts := map[string]bool{}
	err = q.db.EachPublished(func(r audit.PublishedRun) error {
		for _, f := range r.Files {
			verdict, path := listOf(f.Name), filepath.Join(runDir(q.out, runID), f.Name)
			if r.RunID != runID || !isVerdict(verdict) || !exists(path) {
				continue
			}
			verdicts[verdict] = true
			sums[path] = f.SHA256
			files = append(files, wanted{path, contact.RoleContacts})
		}
		return nil
	})
	if len(verdicts) < len(contact.Verdicts()) {
		return nil, nil, err
	}
	return files, sums, err
}

func isVerdict(name string) bool {
	return slices.ContainsFunc(contact.Verdicts(), func(v contact.Verdict) bool { return v.String() == name })
}

// labelFrom reads labels out of all files together. With sums, it leaves off
// where a file is not what its sum says, and takes only the columns that every
// table has: one that stands in some lists alone would make groups of the
// refused.
func (q *inquiry) labelFrom(ctx context.Context, r *labelReader, files []wanted, sums map[string]string) (whole bool, err error) {
	dir, err := os.MkdirTemp("", "cleanbase-")
	if err != nil {
		return false, err
	}
	defer removeDir(dir)
	sources, tables, _, err := openAll(ctx, newIntake(q.settings), files, dir)
	defer closeAll(sources)
	if err != nil {
		return false, err
	}
	for _, s := range sources {
		if sums != nil && sums[s.path] != s.sha256 {
			return false, nil
		}
	}
	columns := map[string]*labelColumn{}
	seen := map[string]int{}
	for _, t := range tables {
		for header, c := range labelColumns(t) {
			if columns[header] == nil {
				columns[header] = c
			}
			seen[header]++
		}
	}
	for header := range columns {
		if sums != nil && seen[header] < len(tables) {
			delete(columns, header)
		}
	}
	for _, t := range tables {
		if err := r.table(t, columns); err != nil {
			return false, badInput(err)
		}
	}
	for _, header := range slices.Sorted(maps.Keys(columns)) {
		columns[header].settle(r.ledger, header)
	}
	return true, nil
}

// table takes the labels of one table.
func (r *labelReader) table(t *table, columns map[string]*labelColumn) error {
	phones := phoneColumns(t)
	places := map[int]*labelColumn{}
	for i, c := range t.plan.Columns {
		if columns[c.Header] != nil && !ownColumn(t, i) {
			places[i] = columns[c.Header]
		}
	}
	return t.src.book.Each(t.sheet, func(row contact.Row) bool {
		if row.Number <= t.plan.HeaderRow {
			return true
		}
		if p := r.person(row, phones); p != nil && r.fits(p) {
			for at, c := range places {
				c.put(p, cellAt(row, at))
			}
		}
		return true
	})
}

// settle puts people into the groups that a column's values are.
func (c *labelColumn) settle(l *incident.Ledger, header string) {
	if c.dead || len(c.names) < 2 && !c.tags {
		return
	}
	by := "tag"
	if !c.tags {
		by = "column: " + header
	}
	for _, s := range c.stands {
		l.Stands(s.who, by, c.names[s.value])
	}
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

// ours tells whether a table is one of our lists.
func ours(t *table) bool { return len(t.plan.Columns) > 0 && t.plan.Columns[0].Header == ownColumns[0] }

func ownColumn(t *table, i int) bool {
	return ours(t) && i < len(ownColumns) && slices.Contains(ownColumns, t.plan.Columns[i].Header)
}

// phoneColumns are where to look for a row's person: in our lists the phone
// that would be written to, and no other.
func phoneColumns(t *table) []int {
	if ours(t) {
		return []int{0}
	}
	var at []int
	for i, c := range t.plan.Columns {
		if c.Field == contact.FieldMobile || c.Field == contact.FieldPhone {
			at = append(at, i)
		}
	}
	return at
}

// labelColumns are the columns of a table that may hold labels, by their
// headers: the ones named so, and any of which nothing is known.
func labelColumns(t *table) map[string]*labelColumn {
	columns := map[string]*labelColumn{}
	for i, c := range t.plan.Columns {
		if c.Header == "" || ownColumn(t, i) {
			continue
		}
		switch c.Field {
		case contact.FieldTags:
			columns[c.Header] = &labelColumn{tags: true, values: map[string]int32{}}
		case contact.FieldNone, contact.FieldOther, contact.FieldStatus, contact.FieldSource, contact.FieldType, contact.FieldCity,
			contact.FieldCountry, contact.FieldConsentSource, contact.FieldTextVersion, contact.FieldPurpose, contact.FieldMethod:
			columns[c.Header] = &labelColumn{values: map[string]int32{}}
		}
	}
	return columns
}

func (c *labelColumn) put(p *incident.Person, cell string) {
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
