package cli

import (
	"context"

	"cleanbase/internal/contact"
)

// Rows go from the goroutine that reads a file to the one that understands it
// in batches of about so many bytes and at most so many rows.
const (
	batchBytes = 1 << 19
	batchRows  = 4096
)

// rowBatch is a copy of some rows in one piece of memory.
type rowBatch struct {
	rows  []contact.Row
	cells [][]byte
	text  []byte
}

// fits tells whether a row can be added without moving what is there already.
func (b *rowBatch) fits(r contact.Row) bool {
	size := 0
	for _, c := range r.Cells {
		size += len(c)
	}
	return len(b.rows) < cap(b.rows) && len(b.cells)+len(r.Cells) <= cap(b.cells) && len(b.text)+size <= cap(b.text)
}

func (b *rowBatch) add(r contact.Row) {
	from := len(b.cells)
	for _, c := range r.Cells {
		at := len(b.text)
		b.text = append(b.text, c...)
		b.cells = append(b.cells, b.text[at:len(b.text):len(b.text)])
	}
	b.rows = append(b.rows, contact.Row{Number: r.Number, Cells: b.cells[from:len(b.cells):len(b.cells)]})
}

func (b *rowBatch) reset() { b.rows, b.cells, b.text = b.rows[:0], b.cells[:0], b.text[:0] }

// readAhead reads rows in a goroutine of its own, a few batches ahead of
// yield, which sees them in order. It stops early when yield says so or the
// context ends; the error is then nil, as it is with each.
func readAhead(ctx context.Context, each func(func(contact.Row) bool) error, yield func(contact.Row) bool) error {
	ctx, stop := context.WithCancel(ctx)
	full, free := make(chan *rowBatch, 2), make(chan *rowBatch, 3)
	for range cap(free) {
		free <- &rowBatch{rows: make([]contact.Row, 0, batchRows), cells: make([][]byte, 0, 16*batchRows), text: make([]byte, 0, batchBytes)}
	}
	ended := make(chan error, 1)
	go func() {
		defer close(full)
		ended <- fillBatches(ctx, each, full, free)
	}()
	for b := range full {
		for _, r := range b.rows {
			if ctx.Err() == nil && !yield(r) {
				stop()
			}
		}
		b.reset()
		free <- b
	}
	stop()
	return <-ended
}

func fillBatches(ctx context.Context, each func(func(contact.Row) bool) error, full chan<- *rowBatch, free <-chan *rowBatch) error {
	b := <-free
	err := each(func(r contact.Row) bool {
		if !b.fits(r) {
			full <- b
			b = <-free
		}
		b.add(r) // a row larger than a batch makes it grow; alone in it, nothing moves
		return ctx.Err() == nil
	})
	if err == nil {
		full <- b
	}
	return err
}
