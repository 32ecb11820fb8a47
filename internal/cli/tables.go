package cli

import (
	"bytes"
	"cmp"
	"context"
	"os"
	"path/filepath"
	"slices"

	"cleanbase/internal/contact"
	"cleanbase/internal/events"
	"cleanbase/internal/intake"
	"cleanbase/internal/phone"
	"cleanbase/internal/publish"
	"cleanbase/internal/sheet"
	"cleanbase/internal/system"
)

// A table is told from so many rows, or fewer where they have very many cells.
const (
	sampleRows  = 1000
	sampleCells = 1 << 20
)

// table is one table of one input and what reading it came to.
type table struct {
	no         int32
	src        *source
	sheet      int
	name       string
	hidden     bool
	plan       *intake.Plan
	shape      *events.Shape // of a messenger's JSON, which is no table
	rows       contact.Rows
	entries    int64
	unreadable int64
	toCome     int64  // consents dated after the run's time
	nobody     int64  // of unreadable, those that name nobody at all
	refusing   bitset // rows of contacts that tell of a refusal
	another    int    // the first row that reads like the head of another table; 0 for none
	read       bool   // to its end
}

func (t *table) header() []string {
	names := make([]string, len(t.plan.Columns))
	for i, c := range t.plan.Columns {
		names[i] = c.Header
	}
	return names
}

func newIntake(s *settings) *intake.Intake {
	return intake.New(intake.Options{
		Region: s.Region, Zone: s.zone, AsOf: s.asOf, ReadNumbers: phone.NewReader().Read,
		ReadNote: s.words.ReadNote, ReadText: s.words.Read, Dictionary: system.Dictionary(), Mapping: s.mapping(),
	})
}

// openAll copies, opens and tells every input, and puts the tables in an order
// that depends on what they hold alone: contacts come with the largest file
// first, whose columns so come first in the lists.
func openAll(ctx context.Context, in *intake.Intake, files []wanted, dir string) ([]*source, []*table, []contact.Text, error) {
	var sources []*source
	var tables []*table
	var notes []contact.Text
	for _, w := range files {
		src, err := take(ctx, w, dir)
		if err != nil {
			return sources, nil, nil, err
		}
		sources = append(sources, src)
		more, said, err := src.tables(in, dir)
		if err != nil {
			return sources, nil, nil, badInput(err)
		}
		tables = append(tables, more...)
		notes = append(notes, said...)
	}
	slices.SortStableFunc(tables, func(a, b *table) int {
		return cmp.Or(-cmp.Compare(a.src.size, b.src.size), cmp.Compare(a.src.sha256, b.src.sha256),
			cmp.Compare(a.sheet, b.sheet), cmp.Compare(a.plan.Role, b.plan.Role))
	})
	tables, twins := withoutTwins(tables)
	for i, t := range tables {
		t.no = int32(i + 1)
	}
	return sources, tables, append(notes, twins...), nil
}

// withoutTwins leaves out tables of a file whose bytes were read already for
// the same role.
func withoutTwins(tables []*table) (kept []*table, notes []contact.Text) {
	type content struct {
		sha256 string
		sheet  int
		role   contact.Role
	}
	first := map[content]*table{}
	for _, t := range tables {
		c := content{t.src.sha256, t.sheet, t.plan.Role}
		if twin, ok := first[c]; ok {
			notes = append(notes, contact.T("%s holds the same as %s and was read once", "файл %s совпадает с %s и прочитан один раз").
				With(t.src.path, twin.src.path))
			continue
		}
		first[c] = t
		kept = append(kept, t)
	}
	return kept, notes
}

// tables opens a source and tells what each of its tables is. With an error
// comes what was told all the same, for inspect to show.
func (s *source) tables(in *intake.Intake, dir string) ([]*table, []contact.Text, error) {
	if t, err := s.events(); err != nil {
		return nil, nil, err
	} else if t != nil {
		return []*table{t}, nil, nil
	}
	name := filepath.Base(s.path)
	book, err := sheet.Open(s.copy, s.size, name, sheet.Options{Spool: func() (sheet.Spool, error) { return publish.Nameless(dir) }})
	if err != nil {
		return nil, nil, err
	}
	s.book = book
	var tables []*table
	var notes []contact.Text
	for i, sh := range book.Sheets() {
		t := &table{src: s, sheet: i, name: sh.Name, hidden: sh.Hidden}
		sample, err := t.sample()
		if err != nil {
			return nil, nil, err
		}
		if len(sample) == 0 && len(book.Sheets()) > 1 {
			continue // the empty Sheet2 and Sheet3 of old workbooks
		}
		t.plan, err = in.Plan(intake.Source{File: name, Sheet: sh.Name, Format: book.Format, Version: book.Version}, sample, s.role)
		if err == nil {
			tables = append(tables, t)
			continue
		}
		if len(book.Sheets()) == 1 || len(sample) > 1 && in.Suppresses(sh.Name) || !t.namesNobody() {
			if t.plan != nil {
				tables = append(tables, t)
			}
			return tables, notes, err
		}
		notes = append(notes, contact.T("sheet “%s” of %s names no phone or e-mail and was left out", "лист «%s» файла %s не содержит телефонов и почты и пропущен").
			With(sh.Name, name))
	}
	if len(tables) == 0 {
		return nil, nil, &contact.Fault{File: name, What: contact.T("the file holds no table of people", "в файле нет таблицы с людьми"),
			Do: contact.T("check that it is the right export", "проверьте, та ли это выгрузка")}
	}
	return tables, notes, nil
}

// sample copies the first rows of a table that hold anything.
func (t *table) sample() ([]contact.Row, error) {
	var rows []contact.Row
	cells := 0
	err := t.src.book.Each(t.sheet, func(r contact.Row) bool {
		if slices.ContainsFunc(r.Cells, func(c []byte) bool { return len(bytes.TrimSpace(c)) > 0 }) {
			own := contact.Row{Number: r.Number, Cells: make([][]byte, len(r.Cells))}
			for i, c := range r.Cells {
				own.Cells[i] = bytes.Clone(c)
			}
			rows = append(rows, own)
		}
		cells += len(r.Cells)
		return len(rows) < sampleRows && cells < sampleCells
	})
	return rows, err
}

// namesNobody tells whether no cell of the whole sheet holds anything like a
// phone or an e-mail, so that leaving it out loses nobody.
func (t *table) namesNobody() bool {
	read := phone.NewReader()
	nobody := true
	var found []contact.Number
	err := t.src.book.Each(t.sheet, func(r contact.Row) bool {
		for _, c := range r.Cells {
			found = read.Read(found[:0], c, "RU")
			someone := slices.ContainsFunc(found, func(n contact.Number) bool { return n.Phone != 0 })
			if someone || bytes.IndexByte(c, '@') >= 0 {
				nobody = false
			}
		}
		return nobody
	})
	return nobody && err == nil
}

func closeAll(sources []*source) {
	for _, s := range sources {
		s.close()
	}
}

// removeDir removes the working folder; what can't be removed is cleared away
// by the next run.
func removeDir(dir string) { _ = os.RemoveAll(dir) }
