package cli

import (
	"context"
	"errors"
	"strings"
	"testing"

	"cleanbase/internal/contact"
)

func rowsOf(n, size int, end error) func(func(contact.Row) bool) error {
	return func(next func(contact.Row) bool) error {
		cell := []byte(strings.Repeat("x", size))
		for i := range n {
			cell[0] = byte('a' + i%26)
			if !next(contact.Row{Number: i + 1, Cells: [][]byte{cell, nil}}) {
				return nil
			}
		}
		return end
	}
}

func TestReadAheadKeepsEveryRow(t *testing.T) {
	for _, size := range []int{1, 1000, batchBytes + 1} {
		n := 0
		err := readAhead(context.Background(), rowsOf(10_000_000/size, size, nil), (*rowBatch).addRow, func(b *rowBatch, i int) bool {
			r := b.rows[i]
			if r.Number != n+1 || len(r.Cells) != 2 || len(r.Cells[0]) != size || r.Cells[0][0] != byte('a'+n%26) {
				t.Fatalf("row %d is %d: %d bytes", n+1, r.Number, len(r.Cells[0]))
			}
			n++
			return true
		})
		if err != nil || n != 10_000_000/size {
			t.Errorf("size %d: %d rows, %v", size, n, err)
		}
	}
}

func TestReadAheadStops(t *testing.T) {
	n := 0
	if err := readAhead(context.Background(), rowsOf(1e6, 10, nil), (*rowBatch).addRow, func(*rowBatch, int) bool { n++; return n < 5 }); err != nil || n != 5 {
		t.Errorf("%d rows, %v", n, err)
	}
	broken := errors.New("broken")
	if err := readAhead(context.Background(), rowsOf(10, 10, broken), (*rowBatch).addRow, func(*rowBatch, int) bool { return true }); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	n = 0
	if err := readAhead(ctx, rowsOf(1e6, 10, nil), (*rowBatch).addRow, func(*rowBatch, int) bool {
		if n++; n == 3 {
			cancel()
		}
		return true
	}); err != nil || n != 3 {
		t.Errorf("%d rows, %v", n, err)
	}
}
