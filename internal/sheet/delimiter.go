package sheet

import "bytes"

// Rows looked at for a delimiter.
const delimiterRows = 300

// guessDelimiter finds what divides the cells of the rows in head; 0 for
// nothing, which is a table of one column. A delimiter gives most rows more
// than one cell, and gives them the same number; commas in texts do not.
func guessDelimiter(head []byte) byte {
	best, top := byte(0), 0.0
	for _, d := range []byte("\t;|,") { // the earlier wins a tie: commas and bars stand in texts too
		if s := delimiterScore(head, d); s > top+1e-9 {
			best, top = d, s
		}
	}
	return best
}

func delimiterScore(head []byte, delim byte) float64 {
	s := recordsIn(head, delim, Options{MaxColumns: len(head) + 1, MaxCell: len(head)}) // the limits are for reading
	var widths []int
	for len(widths) < delimiterRows {
		row, err := s.next()
		if err != nil {
			break // the head may end within quotes
		}
		if len(bytes.TrimSpace(bytes.Join(row.Cells, nil))) > 0 {
			widths = append(widths, len(row.Cells))
		}
	}
	if len(widths) == 0 {
		return 0
	}
	count := make(map[int]int)
	divided, mode := 0, 0
	for _, w := range widths {
		if w > 1 {
			divided++
			count[w]++
			if count[w] > count[mode] || count[w] == count[mode] && w > mode {
				mode = w
			}
		}
	}
	all := float64(len(widths))
	share := float64(divided) / all
	if share < 0.5 && widths[0] == 1 {
		return 0 // here and there a row with two numbers is no second column
	}
	return share * (0.25 + float64(count[mode])/all)
}
