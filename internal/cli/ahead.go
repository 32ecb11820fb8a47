package cli

import (
	"context"
	"runtime"

	"cleanbase/internal/base"
	"cleanbase/internal/contact"
	"cleanbase/internal/intake"
)

// Rows go from the goroutine that reads a file to those that understand them
// in batches of about so many bytes and at most so many rows: small enough to
// stay near the processor.
const (
	batchBytes = 1 << 18
	batchRows  = 1024
	batchCells = 16 * batchRows
)

// understanders is how many goroutines understand rows at most; more would
// only wait for the one that reads and the one that gathers.
const understanders = 4

// rowBatch is some rows as the spool keeps them, and what was read out of
// them, in few pieces of memory.
type rowBatch struct {
	text  []byte // packed by package base
	rows  []contact.Row
	at    []int // where in text each row begins
	cells [][]byte
	ready chan struct{} // holds one when the batch is understood

	records  []readRecord // one a row, where records are read
	numbers  []contact.Number
	ids      []contact.Identifier
	evidence []contact.Evidence
}

func newRowBatch() *rowBatch {
	return &rowBatch{rows: make([]contact.Row, 0, batchRows), at: make([]int, 0, batchRows), cells: make([][]byte, 0, batchCells),
		text: make([]byte, 0, batchBytes), ready: make(chan struct{}, 1)}
}

// readRecord is what a row of contacts was read as.
type readRecord struct {
	contact.Record
	kind intake.RowKind
}

// fits tells whether a row can be added without the batch growing.
func (b *rowBatch) fits(r contact.Row) bool {
	return len(b.rows) < cap(b.rows) && len(b.cells)+len(r.Cells) <= cap(b.cells) && len(b.text)+base.PackedSize(r.Cells) <= cap(b.text)
}

// add copies a row. Where the batch's memory has to grow, what points into the
// old piece stays right.
func (b *rowBatch) add(r contact.Row) {
	b.at = append(b.at, len(b.text))
	from := len(b.cells)
	b.text, b.cells = base.Pack(b.text, r.Cells, b.cells)
	b.rows = append(b.rows, contact.Row{Number: r.Number, Cells: b.cells[from:len(b.cells):len(b.cells)]})
}

// understand reads the record of every row.
func (b *rowBatch) understand(r *intake.Reader) {
	for i, row := range b.rows {
		rec, kind := r.Record(row)
		if rec == nil {
			b.records = append(b.records, readRecord{kind: kind})
			continue
		}
		own := *rec
		if !sameCells(rec.Cells, row.Cells) { // they are the reader's own
			from := len(b.cells)
			b.at[i] = len(b.text)
			b.text, b.cells = base.Pack(b.text, rec.Cells, b.cells)
			own.Cells = b.cells[from:len(b.cells):len(b.cells)]
		}
		b.numbers, own.Numbers = keep(b.numbers, rec.Numbers)
		b.ids, own.IDs = keep(b.ids, rec.IDs)
		b.evidence, own.Evidence = keep(b.evidence, rec.Evidence)
		b.records = append(b.records, readRecord{own, kind})
	}
}

// sameCells tells whether two rows are one in memory.
func sameCells(a, b [][]byte) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// keep copies list to the end of all.
func keep[T any](all, list []T) (grown, own []T) {
	from := len(all)
	all = append(all, list...)
	return all, all[from:len(all):len(all)]
}

func (b *rowBatch) reset() {
	clear(b.evidence) // holds texts of people
	b.rows, b.at, b.cells, b.text, b.records = b.rows[:0], b.at[:0], b.cells[:0], b.text[:0], b.records[:0]
	b.numbers, b.ids, b.evidence = b.numbers[:0], b.ids[:0], b.evidence[:0]
}

// rowSource passes the rows of a table on until there are no more or it is
// told to stop.
type rowSource func(yield func(contact.Row) bool) error

// readAhead reads rows in a goroutine of its own, a few batches ahead of
// yield, which sees the batches in order. Between the two, each of understand
// works on batches in a goroutine of its own. It stops early when yield says
// so or the context ends; the error is then nil, as it is with the source.
func readAhead(ctx context.Context, each rowSource, understand []func(*rowBatch), yield func(b *rowBatch) bool) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	room := 2 + 2*max(1, len(understand))
	way := batches{full: make(chan *rowBatch, room), raw: make(chan *rowBatch, room), free: make(chan *rowBatch, room)}
	for range room {
		way.free <- newRowBatch()
	}
	if understand == nil {
		understand = []func(*rowBatch){func(*rowBatch) {}}
	}
	for _, do := range understand {
		go func() {
			for b := range way.raw {
				do(b)
				b.ready <- struct{}{}
			}
		}()
	}
	ended := make(chan error, 1)
	go func() {
		defer close(way.full)
		defer close(way.raw)
		ended <- way.fill(ctx, each)
	}()
	for b := range way.full {
		<-b.ready
		if ctx.Err() == nil && !yield(b) {
			stop()
		}
		b.reset()
		way.free <- b
	}
	return <-ended
}

// batches are the channels that batches go round by.
type batches struct {
	full chan *rowBatch // in the order of their rows
	raw  chan *rowBatch // to be understood
	free chan *rowBatch
}

func (way *batches) fill(ctx context.Context, each rowSource) error {
	b := <-way.free
	pass := func() {
		way.full <- b
		way.raw <- b
	}
	err := each(func(r contact.Row) bool {
		if !b.fits(r) && len(b.rows) > 0 {
			pass()
			b = <-way.free
		}
		b.add(r)
		return ctx.Err() == nil
	})
	if err == nil {
		pass()
	}
	return err
}

// readers is a reader of the table's records for each goroutine that
// understands rows, one more than for which there is a processor to spare.
func (j *job) readers(t *table) []func(*rowBatch) {
	for len(j.intakes) < min(runtime.GOMAXPROCS(0), understanders) {
		j.intakes = append(j.intakes, newIntake(j.settings))
	}
	all := make([]func(*rowBatch), len(j.intakes))
	for i, in := range j.intakes {
		r := in.Reader(t.plan)
		all[i] = func(b *rowBatch) { b.understand(r) }
	}
	return all
}
