package base

import (
	"strconv"
	"strings"
)

// columns is the union of the columns of all tables, in the order in which
// they first come. Two columns of one table never become one: the second
// "Телефон" of a table meets the second of another.
type columns struct {
	names  []string
	filled []bool         // some cell of the column holds something
	at     map[string]int // lower-cased name and which of its table's columns of that name -> column
}

// add takes a table's header and tells where each of its columns goes.
func (c *columns) add(header []string) []int {
	times := map[string]int{}
	to := make([]int, len(header))
	for i, name := range header {
		name = strings.TrimSpace(name)
		low := strings.ToLower(name)
		to[i] = c.place(name, low, times[low])
		times[low]++
	}
	return to
}

// place is the column of the union for the nth column of a table that has the
// name, made if there is none yet.
func (c *columns) place(name, low string, nth int) int {
	key := low + "\x00" + strconv.Itoa(nth)
	at, ok := c.at[key]
	if !ok {
		at = len(c.names)
		c.at[key] = at
		c.names = append(c.names, name)
		c.filled = append(c.filled, false)
	}
	return at
}

// widen gives a table whose row has more cells than its header columns with no
// name for them, so that no cell is lost.
func (c *columns) widen(to []int, cells int) []int {
	for len(to) < cells {
		nameless := 0
		for _, at := range to {
			if c.names[at] == "" {
				nameless++
			}
		}
		to = append(to, c.place("", "", nameless))
	}
	return to
}

// fill marks the columns in which the row holds something.
func (c *columns) fill(to []int, cells [][]byte) {
	for i, cell := range cells {
		if len(cell) > 0 {
			c.filled[to[i]] = true
		}
	}
}

// keep tells which columns of the union go to the lists: all but those with
// neither a name nor a filled cell, such as the one that a delimiter at the
// end of every line makes.
func (c *columns) keep() []int {
	var kept []int
	for i, name := range c.names {
		if name != "" || c.filled[i] {
			kept = append(kept, i)
		}
	}
	return kept
}
