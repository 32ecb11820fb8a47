package list

import (
	"time"
)

// appendDate writes a cell's day in a layout: nothing for a cell that holds no
// day, or one whose day and month can't be told apart. A wrong date in a CRM is
// worse than none.
func appendDate(b, cell []byte, layout string) []byte {
	n, at, mark := [3]int{}, 0, byte(0)
	for i := range n {
		from := at
		for at < len(cell) && at-from < 4 && cell[at] >= '0' && cell[at] <= '9' {
			n[i] = n[i]*10 + int(cell[at]-'0')
			at++
		}
		switch {
		case at == from:
			return b
		case i == 2:
			return writeDay(b, n, mark, layout, cell[at:])
		case at == len(cell) || i == 1 && cell[at] != mark:
			return b
		}
		mark = cell[at]
		at++
	}
	return b
}

// writeDay writes three numbers as a day, if a mark between them tells which
// is which; rest is what follows them.
func writeDay(b []byte, n [3]int, mark byte, layout string, rest []byte) []byte {
	if len(rest) > 0 && rest[0] != ' ' && rest[0] != 'T' && rest[0] != ',' {
		return b
	}
	y, m, d := n[2], n[1], n[0]
	switch {
	case mark != '-' && mark != '.' && mark != '/':
		return b
	case n[0] > 31:
		y, d = n[0], n[2]
	case mark == '.' || n[0] == n[1] || n[0] > 12:
	case n[1] > 12:
		m, d = n[0], n[1]
	default:
		return b
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if y < 1900 || y > 2100 || m > 12 || t.Day() != d {
		return b
	}
	return t.AppendFormat(b, layout)
}
