package list

import "time"

// appendDate writes a cell's day in a layout: nothing for a cell that holds no
// day, or one whose day and month can't be told apart. A wrong date in a CRM is
// worse than none.
func appendDate(b, cell []byte, layout string) []byte {
	n, mark, ok := threeNumbers(cell)
	if !ok {
		return b
	}
	y, m, d := n[2], n[1], n[0]
	switch {
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

// threeNumbers reads numbers of four digits at most with the same mark between
// them; a time of day may follow.
func threeNumbers(cell []byte) (n [3]int, mark byte, ok bool) {
	at := 0
	for i := range n {
		from := at
		for at < len(cell) && at-from < 4 && cell[at] >= '0' && cell[at] <= '9' {
			n[i] = n[i]*10 + int(cell[at]-'0')
			at++
		}
		if at == from {
			return n, mark, false
		}
		if i == 2 {
			break
		}
		if at == len(cell) || i == 1 && cell[at] != mark {
			return n, mark, false
		}
		mark = cell[at]
		at++
	}
	known := mark == '-' || mark == '.' || mark == '/'
	return n, mark, known && (at == len(cell) || cell[at] == ' ' || cell[at] == 'T' || cell[at] == ',')
}
