package cli

import (
	"context"

	"cleanbase/internal/contact"
	"cleanbase/internal/events"
	"cleanbase/internal/intake"
)

// batchSize is how many pieces of evidence go to the database at once.
const batchSize = 10_000

// memory is what is known of evidence in this run.
type memory struct {
	said   map[int64]bool         // evidence that this run's inputs say
	emails map[contact.Key]string // e-mails of refusals, for the suppressions
	batch  []contact.Evidence
	joiner *events.Joiner
	// complained is how many complaints the files list that came after the last
	// mailings.
	complained int64
	events     events.Report // of all inputs of events, once they were read
}

// store takes one piece of evidence; full batches go to the database.
func (j *job) store(ev *contact.Evidence) error {
	j.memory.batch = append(j.memory.batch, *ev)
	if len(j.memory.batch) < batchSize {
		return nil
	}
	return j.flush()
}

// flush puts the batch into the database, where it stays whatever becomes of
// the run.
func (j *job) flush() error {
	if len(j.memory.batch) == 0 {
		return nil
	}
	if err := j.record.AddEvidence(j.memory.batch); err != nil {
		return err
	}
	if j.memory.said == nil {
		j.memory.said = map[int64]bool{}
	}
	for i := range j.memory.batch {
		j.memory.said[j.memory.batch[i].Seq] = true
	}
	clear(j.memory.batch)
	j.memory.batch = j.memory.batch[:0]
	return nil
}

// readEvidence reads every table that is not of contacts.
func (j *job) readEvidence(ctx context.Context) error {
	in := newIntake(j.settings)
	j.memory.joiner = j.newJoiner()
	for _, t := range j.tables {
		if t.plan.Role == contact.RoleContacts {
			continue
		}
		if t.plan.Role == contact.RoleEvents {
			if err := j.joinEvents(ctx, in, t); err != nil {
				return err
			}
			continue
		}
		reader := in.Reader(t.plan)
		var failed error
		err := j.each(ctx, t, func(row contact.Row) bool {
			lately := false
			kind := reader.Evidence(row, func(ev contact.Evidence) {
				ev.Origin.Input = t.no
				lately = lately || ev.Kind == contact.Complaint && j.ofLastMailings(ev.At)
				if err := j.store(&ev); err != nil {
					failed = err
				}
			})
			t.countEntry(kind)
			if lately {
				j.memory.complained++
			}
			return failed == nil
		})
		if failed != nil {
			return failed
		}
		if err != nil {
			return err
		}
	}
	if err := j.tellEvents(); err != nil {
		return err
	}
	return j.flush()
}

// readContacts reads every table of contacts into the base.
func (j *job) readContacts(ctx context.Context) error {
	in := newIntake(j.settings)
	for _, t := range j.tables {
		if t.plan.Role != contact.RoleContacts {
			continue
		}
		reader := in.Reader(t.plan)
		j.base.AddInput(t.no, t.header())
		var failed error
		// Rows are read and understood on one core, gathered on the other.
		err := j.eachBatch(ctx, t, func(b *rowBatch, row contact.Row) { b.addRecord(reader.Record(row)) }, func(b *rowBatch, i int) bool {
			rec := &b.records[i]
			t.countRecord(rec.kind)
			if rec.kind == intake.RowRead {
				failed = j.base.Add(&rec.Record, j.store)
			}
			return failed == nil
		})
		if failed != nil {
			return failed
		}
		if err != nil {
			return err
		}
	}
	return j.flush()
}

// each reads a table to its end, row by row.
func (j *job) each(ctx context.Context, t *table, yield func(contact.Row) bool) error {
	return j.eachBatch(ctx, t, (*rowBatch).addRow, func(b *rowBatch, i int) bool { return yield(b.rows[i]) })
}

// eachBatch reads a table to its end with readAhead, showing how far it has
// come.
func (j *job) eachBatch(ctx context.Context, t *table, put func(*rowBatch, contact.Row), yield func(*rowBatch, int) bool) error {
	bar := j.bytesBar(t)
	defer bar.Done()
	n := int64(0)
	err := readAhead(ctx, func(next func(contact.Row) bool) error { return t.src.book.Each(t.sheet, next) }, put, func(b *rowBatch, i int) bool {
		if n++; n%4096 == 0 {
			bar.move()
		}
		return yield(b, i)
	})
	switch {
	case ctx.Err() != nil:
		return errInterrupted
	case err != nil:
		return badInput(err)
	}
	return j.record.SetRows(t.no, t.entries+t.rows.Read)
}

// recall hands the base everything that is known, from this run and all
// before it.
func (j *job) recall() error {
	j.memory.emails = map[contact.Key]string{}
	err := j.db.EachEvidence(func(ev contact.Evidence) bool {
		f := ev.Fact()
		f.Remembered = !j.memory.said[f.Seq]
		j.base.Remember(f)
		return true
	})
	if err != nil {
		return err
	}
	err = j.db.EachForgotten(j.base.Keys, func(f contact.Fact) bool {
		f.Remembered = !j.memory.said[f.Seq]
		j.base.Remember(f)
		return true
	})
	if err != nil {
		return err
	}
	err = j.db.EachRefusedEmail(func(key contact.Key, email string) { j.memory.emails[key] = email })
	if err != nil {
		return err
	}
	return j.db.EachAlias(func(key, owner contact.Key) bool {
		j.base.RememberAlias(key, owner)
		return true
	})
}
