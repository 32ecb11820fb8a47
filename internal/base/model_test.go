package base

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cleanbase/internal/contact"
)

// entry is a row of a table for the model: a record, or one that only the spool
// sees.
type entry struct {
	input   int32
	row     int32
	phone   contact.Phone // 0 for none
	updated int
	cells   []string
	claim   contact.Claim
	record  bool
}

func genEntries() *rapid.Generator[[]entry] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) entry {
		cell := rapid.SampledFrom([]string{"", "a", "b", strings.Repeat("long ", 300)})
		e := entry{cells: rapid.SliceOfN(cell, 1, 3).Draw(t, "cells"), record: rapid.IntRange(0, 9).Draw(t, "record") > 0,
			updated: rapid.IntRange(0, 3).Draw(t, "updated"), input: int32(rapid.IntRange(0, 5).Draw(t, "more") / 5), row: int32(rapid.IntRange(1, 3).Draw(t, "gap"))}
		if rapid.IntRange(0, 5).Draw(t, "usable") > 0 {
			e.phone = 79110000000 + contact.Phone(rapid.IntRange(0, 5).Draw(t, "phone"))
		}
		if rapid.Bool().Draw(t, "claims") {
			e.claim = contact.Claim{Says: contact.SaysYes, At: contact.Moment(rapid.IntRange(0, 3).Draw(t, "at")), Sourced: rapid.Bool().Draw(t, "sourced")}
		}
		return e
	}), 0, 40)
}

// want is what the model says of entries: the outcomes, and the claims of each
// contact in the order of their first records.
func want(entries []entry) (outcomes, claims []string) {
	type person struct {
		of   []entry
		main int
	}
	var people []*person
	known := map[contact.Phone]*person{}
	for _, e := range entries {
		if !e.record {
			continue
		}
		p := known[e.phone]
		if p == nil || e.phone == 0 {
			p = &person{}
			people = append(people, p)
			known[e.phone] = p
		}
		p.of = append(p.of, e)
		if e.updated > p.of[p.main].updated {
			p.main = len(p.of) - 1
		}
	}
	for who, p := range people {
		main, cells := p.of[p.main], [3]string{}
		for _, e := range append([]entry{main}, p.of...) {
			for i, c := range e.cells {
				if cells[i] == "" {
					cells[i] = c
				}
			}
		}
		for _, e := range p.of {
			if e.claim.Says != contact.SaysNothing && e.phone != 0 { // strays are not clean
				claims = append(claims, fmt.Sprint(who, e.claim))
			}
		}
		outcomes = append(outcomes, fmt.Sprint(main.input, main.row, main.phone, cells))
	}
	return outcomes, claims
}

// What a base hands out is what its rows come to, however they came to the
// spool and in whatever order the records of a contact stand.
func TestLawOutcomes(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		entries := genEntries().Draw(t, "entries")
		b := New(rowsIn(t, dir), Options{MaxShare: 5})
		defer b.Close()
		feed(t, b, entries)
		b.Decide(lenient{}, unseen)
		var got, said []string
		err := b.Each(func(o *contact.Outcome) error {
			cells := [3]string{}
			for i, at := range b.Columns() {
				cells[strings.Index("abc", at)] = string(o.Cells[i])
			}
			got = append(got, fmt.Sprint(o.Origin.Input, o.Origin.Row, o.Phone, cells))
			return nil
		})
		b.Claims(func(who int, c contact.Claim) bool { said = append(said, fmt.Sprint(who, c)); return true })
		outcomes, claims := want(entries)
		slices.Sort(got) // by their main rows, not by the first
		slices.Sort(outcomes)
		if err != nil || !slices.Equal(got, outcomes) {
			t.Fatalf("%v\n%s", err, cmp.Diff(outcomes, got))
		}
		if !slices.Equal(said, claims) {
			t.Fatal(cmp.Diff(claims, said))
		}
	})
}

// feed gives a base entries in pieces of one to four rows. It numbers their rows.
func feed(t *rapid.T, b *Base, entries []entry) {
	input, row := int32(1), int32(1)
	b.AddInput(input, []string{"a", "b", "c"})
	for len(entries) > 0 {
		piece := entries[:min(len(entries), rapid.IntRange(1, 4).Draw(t, "piece"))]
		entries = entries[len(piece):]
		if piece[0].input > 0 {
			input, row = input+1, 1
			b.AddInput(input, []string{"a", "b", "c"})
		}
		var packed []byte
		var at []int
		var cells [][][]byte
		for i := range piece {
			at = append(at, len(packed))
			r := asRow(piece[i].cells)
			packed, r = Pack(packed, r, nil)
			cells = append(cells, r)
		}
		if err := b.Spool(packed); err != nil {
			t.Fatal(err)
		}
		for i := range piece {
			e := &piece[i]
			row += e.row
			e.input, e.row = input, row
			if !e.record {
				continue
			}
			rec := contact.Record{Row: int(row), Cells: cells[i], Claim: e.claim, Updated: contact.Moment(e.updated) << 1}
			if e.phone != 0 {
				rec.Numbers = []contact.Number{{Phone: e.phone}}
			}
			if err := b.Add(&rec, at[i], func(*contact.Evidence) error { return nil }); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func asRow(cells []string) (row [][]byte) {
	for _, c := range cells {
		row = append(row, []byte(c))
	}
	return row
}
