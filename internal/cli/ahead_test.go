package cli

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

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

// rowByRow makes of a function of rows one of batches.
func rowByRow(yield func(contact.Row) bool) func(*rowBatch) bool {
	return func(b *rowBatch) bool {
		for _, r := range b.rows {
			if !yield(r) {
				return false
			}
		}
		return true
	}
}

func TestReadAheadKeepsEveryRow(t *testing.T) {
	lag := func(b *rowBatch) { // batches are not ready in their order
		if len(b.rows) > 0 && b.rows[0].Number%3 == 0 {
			time.Sleep(time.Millisecond)
		}
		b.records = append(b.records, readRecord{})
	}
	for _, size := range []int{1, 1000, batchBytes + 1} {
		for _, understand := range [][]func(*rowBatch){nil, {lag}, {lag, lag, lag}} {
			n := 0
			each := func(r contact.Row) bool {
				if r.Number != n+1 || len(r.Cells) != 2 || len(r.Cells[0]) != size || r.Cells[0][0] != byte('a'+n%26) {
					t.Fatalf("row %d is %d: %d bytes", n+1, r.Number, len(r.Cells[0]))
				}
				n++
				return true
			}
			err := readAhead(context.Background(), rowsOf(3_000_000/size, size, nil), understand, func(b *rowBatch) bool {
				if len(b.records) != min(1, len(understand)) {
					t.Fatal("a batch was not understood once")
				}
				return rowByRow(each)(b)
			})
			if err != nil || n != 3_000_000/size {
				t.Errorf("size %d: %d rows, %v", size, n, err)
			}
		}
	}
}

func TestReadAheadStops(t *testing.T) {
	n := 0
	five := rowByRow(func(contact.Row) bool { n++; return n < 5 })
	if err := readAhead(context.Background(), rowsOf(1e6, 10, nil), nil, five); err != nil || n != 5 {
		t.Errorf("%d rows, %v", n, err)
	}
	broken := errors.New("broken")
	if err := readAhead(context.Background(), rowsOf(10, 10, broken), nil, rowByRow(func(contact.Row) bool { return true })); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	n = 0
	if err := readAhead(ctx, rowsOf(1e6, 10, nil), nil, func(*rowBatch) bool {
		if n++; n == 3 {
			cancel()
		}
		return true
	}); err != nil || n != 3 {
		t.Errorf("%d batches, %v", n, err)
	}
}

func TestScribeKeepsOrderAndStopsAtTheFirstFailure(t *testing.T) {
	s := newScribe()
	var done []int
	broken := errors.New("broken")
	for i := range 5 {
		_ = s.do(func() error { // its error is one of those before
			if i == 3 {
				return broken
			}
			done = append(done, i)
			return nil
		})
	}
	if err := s.end(); !errors.Is(err, broken) || !slices.Equal(done, []int{0, 1, 2}) {
		t.Errorf("did %v, %v", done, err)
	}
}
