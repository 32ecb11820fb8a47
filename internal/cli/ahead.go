package cli

import (
	"context"

	"cleanbase/internal/contact"
	"cleanbase/internal/intake"
)

// Rows go from the goroutine that reads a file to the one that understands it
// in batches of about so many bytes and at most so many rows.
const (
	batchBytes = 1 << 19
	batchRows  = 4096
)

// rowBatch is a copy of some rows, and of what was read out of them, in few
// pieces of memory.
type rowBatch struct {
	rows  []contact.Row
	cells [][]byte
	text  []byte

	records  []readRecord // one a row, where records are read
	numbers  []contact.Number
	ids      []contact.Identifier
	evidence []contact.Evidence
}

// readRecord is what a row of contacts was read as.
type readRecord struct {
	contact.Record
	kind intake.RowKind
}

// fits tells whether a row can be added without the batch growing.
func (b *rowBatch) fits(r contact.Row) bool {
	size := 0
	for _, c := range r.Cells {
		size += len(c)
	}
	return len(b.rows) < cap(b.rows) && len(b.cells)+len(r.Cells) <= cap(b.cells) && len(b.text)+size <= cap(b.text)
}

// copyCells copies cells into the batch. Where its memory has to grow, what
// points into the old piece stays right.
func (b *rowBatch) copyCells(cells [][]byte) [][]byte {
	from := len(b.cells)
	for _, c := range cells {
		at := len(b.text)
		b.text = append(b.text, c...)
		b.cells = append(b.cells, b.text[at:len(b.text):len(b.text)])
	}
	return b.cells[from:len(b.cells):len(b.cells)]
}

// addRow copies a row.
func (b *rowBatch) addRow(r contact.Row) {
	b.rows = append(b.rows, contact.Row{Number: r.Number, Cells: b.copyCells(r.Cells)})
}

// addRecord copies the record that a row was read as; nil is a row with none.
func (b *rowBatch) addRecord(rec *contact.Record, kind intake.RowKind) {
	b.rows = append(b.rows, contact.Row{})
	if rec == nil {
		b.records = append(b.records, readRecord{kind: kind})
		return
	}
	own := *rec
	own.Cells = b.copyCells(rec.Cells)
	b.numbers, own.Numbers = keep(b.numbers, rec.Numbers)
	b.ids, own.IDs = keep(b.ids, rec.IDs)
	b.evidence, own.Evidence = keep(b.evidence, rec.Evidence)
	b.records = append(b.records, readRecord{own, kind})
}

// keep copies list to the end of all.
func keep[T any](all, list []T) (grown, own []T) {
	from := len(all)
	all = append(all, list...)
	return all, all[from:len(all):len(all)]
}

func (b *rowBatch) reset() {
	clear(b.evidence) // holds texts of people
	b.rows, b.cells, b.text, b.records = b.rows[:0], b.cells[:0], b.text[:0], b.records[:0]
	b.numbers, b.ids, b.evidence = b.numbers[:0], b.ids[:0], b.evidence[:0]
}

// rowSource passes the rows of a table on until there are no more or it is
// told to stop.
type rowSource func(yield func(contact.Row) bool) error

// readAhead reads rows in a goroutine of its own, a few batches ahead of
// yield, which sees them in order: row i of a batch. put adds a row to a batch
// there. It stops early when yield says so or the context ends; the error is
// then nil, as it is with the source.
func readAhead(ctx context.Context, each rowSource, put func(*rowBatch, contact.Row), yield func(b *rowBatch, i int) bool) error {
	ctx, stop := context.WithCancel(ctx)
	full, free := make(chan *rowBatch, 2), make(chan *rowBatch, 3)
	for range cap(free) {
		free <- &rowBatch{rows: make([]contact.Row, 0, batchRows), cells: make([][]byte, 0, 16*batchRows), text: make([]byte, 0, batchBytes)}
	}
	ended := make(chan error, 1)
	go func() {
		defer close(full)
		ended <- fillBatches(ctx, each, put, batches{full, free})
	}()
	for b := range full {
		for i := range b.rows {
			if ctx.Err() == nil && !yield(b, i) {
				stop()
			}
		}
		b.reset()
		free <- b
	}
	stop()
	return <-ended
}

type batches struct {
	full chan<- *rowBatch
	free <-chan *rowBatch
}

func fillBatches(ctx context.Context, each rowSource, put func(*rowBatch, contact.Row), way batches) error {
	b := <-way.free
	err := each(func(r contact.Row) bool {
		if !b.fits(r) {
			way.full <- b
			b = <-way.free
		}
		put(b, r)
		return ctx.Err() == nil
	})
	if err == nil {
		way.full <- b
	}
	return err
}
