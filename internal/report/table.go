package report

import (
	"fmt"

	"cleanbase/internal/contact"
)

// table is one table; the first cell of a row is its heading.
type table struct {
	Title   string // a heading above it; may be empty
	Named   string // a user's name that the heading goes on with
	Class   string
	Caption phrase // what the table shows, for who can't see it
	Head    []head
	Rows    [][]cell
	Foot    []cell
}

type head struct {
	Text string
	Num  bool
}

// cell is one cell: a text, and below it a smaller one.
type cell struct {
	Text  string
	User  bool // the text comes from a user's file
	Code  bool // letters to compare, not to read
	Num   bool
	Mark  string // class of the coloured mark before the text
	Sub   string
	SubBy sub
	Bar   []bar
	Link  bool // the text is a published file beside the page
	Label string
}

// sub says what a cell's smaller text is.
type sub struct{ User, Code bool }

// bar is one piece of a bar, in percent of its width.
type bar struct{ Class, X, Width string }

// columns makes a table's head; a name with a leading # is of numbers.
func columns(names ...string) []head {
	heads := make([]head, len(names))
	for i, n := range names {
		heads[i] = head{Text: n}
		if n != "" && n[0] == '#' {
			heads[i] = head{Text: n[1:], Num: true}
		}
	}
	return heads
}

// add appends a row. Each cell carries its column's name, since on a narrow
// screen rows are shown as cards.
func (t *table) add(cells ...cell) { t.Rows = append(t.Rows, t.labelled(cells)) }

func (t *table) labelled(cells []cell) []cell {
	for i := range cells {
		cells[i].Label, cells[i].Num = t.Head[i].Text, t.Head[i].Num
	}
	return cells
}

func text(s string) cell { return cell{Text: s} }

func user(s string) cell { return cell{Text: shown(s), User: true} }

// code is a hash or a code: nothing in it is masked, since a hash may well hold
// eleven digits in a row.
func code(s string) cell { return cell{Text: clip(spellOut(s), maxShown), Code: true} }

func (b *builder) number(n int64) cell { return cell{Text: b.num(n)} }

// marked is a count in the colour of its verdict, unless there is none.
func (b *builder) marked(v contact.Verdict, n int64) cell {
	c := b.number(n)
	if n > 0 {
		c.Mark = v.String()
	}
	return c
}

// pct is part of of as a length in an SVG.
func pct(part, of int64) string {
	if of <= 0 {
		return "0%"
	}
	return fmt.Sprintf("%.3f%%", 100*float64(part)/float64(of))
}

// piece is one part of a stacked bar.
type piece struct {
	class string
	n     int64
}

// stack lays pieces behind one another on a bar that stands for of.
func stack(of int64, pieces ...piece) []bar {
	var bars []bar
	var at int64
	for _, p := range pieces {
		if p.n > 0 {
			bars = append(bars, bar{p.class, pct(at, of), pct(p.n, of)})
		}
		at += p.n
	}
	return bars
}
