package cli

import (
	"context"
	"slices"

	"cleanbase/internal/audit"
	"cleanbase/internal/base"
	"cleanbase/internal/contact"
	"cleanbase/internal/events"
	"cleanbase/internal/intake"
)

// batchSize is how many pieces of evidence go to the database at once.
const batchSize = 10_000

// memory is what is known of evidence in this run.
type memory struct {
	said   bitset                 // the numbers of evidence that this run's inputs say
	emails map[contact.Key]string // e-mails of refusals, for the suppressions
	// strangers refused in this run's logs under a messenger id that no contact has.
	strangers map[contact.Key]bool
	unknown   int64      // refusals by messages that nobody knows to whom they were
	ties      []base.Tie // whose an id is, by this run's logs
	batch     []contact.Evidence
	joiner    *events.Joiner
	// complained is how many complaints the files list that came after the last
	// mailings.
	complained int64
	events     events.Report // of all inputs of events, once they were read
	scribe     *scribe       // of the database, while the inputs are read
}

// bitset is a set of small numbers.
type bitset []uint64

func (b *bitset) add(n int64) {
	for int64(len(*b)) <= n>>6 {
		*b = append(*b, 0)
	}
	(*b)[n>>6] |= 1 << (n & 63)
}

func (b bitset) has(n int64) bool { return n>>6 < int64(len(b)) && b[n>>6]>>(n&63)&1 == 1 }

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
	m := &j.memory
	batch := m.batch
	if len(batch) == 0 {
		return nil
	}
	m.batch = make([]contact.Evidence, 0, len(batch))
	return m.scribe.do(func() error {
		if err := j.record.AddEvidence(batch); err != nil {
			return err
		}
		for i := range batch {
			m.said.add(batch[i].Seq)
		}
		return nil
	})
}

// gather reads every input: evidence into the database, contacts into the
// base. The database is written to beside the reading.
func (j *job) gather(ctx context.Context) error {
	j.memory.scribe = newScribe()
	err := j.readEvidence(ctx)
	if err == nil {
		err = j.readContacts(ctx)
	}
	if failed := j.memory.scribe.end(); err == nil {
		err = failed
	}
	return err
}

// alone does something with the database while nobody else uses it, after all
// that is to be written.
func (j *job) alone(do func() error) error {
	err := j.memory.scribe.end()
	j.memory.scribe = newScribe()
	if err != nil {
		return err
	}
	return do()
}

// readEvidence reads every table that is not of contacts.
func (j *job) readEvidence(ctx context.Context) error {
	in := newIntake(j.settings)
	var err error
	if j.memory.joiner, err = j.newJoiner(); err != nil {
		return err
	}
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
			t.countEntry(row.Number, kind)
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
	for _, t := range j.tables {
		if t.plan.Role != contact.RoleContacts {
			continue
		}
		j.base.AddInput(t.no, t.header())
		var failed error
		err := j.eachBatch(ctx, t, j.readers(t), func(b *rowBatch) bool {
			failed = j.gatherRecords(t, b)
			return failed == nil
		})
		if failed != nil {
			return failed
		}
		if err != nil {
			return err
		}
	}
	j.base.Know(j.memory.ties)
	return j.flush()
}

// gatherRecords adds a batch of records to the base.
func (j *job) gatherRecords(t *table, b *rowBatch) error {
	if err := j.base.Spool(b.text); err != nil {
		return err
	}
	for i := range b.records {
		rec := &b.records[i]
		t.countRecord(b.rows[i].Number, rec.kind)
		if rec.kind != intake.RowRead && rec.kind != intake.RowAnother {
			continue
		}
		if len(rec.Evidence) > 0 {
			t.refusing.add(int64(rec.Row))
		}
		for n, id := range rec.IDs {
			rec.IDs[n] = j.db.Keyed(id)
			if box, ok := id.Mailbox(); ok {
				rec.IDs = append(rec.IDs, j.db.Keyed(box))
			}
		}
		if err := j.base.Add(&rec.Record, b.at[i], j.store); err != nil {
			return err
		}
	}
	return nil
}

// each reads a table to its end, row by row.
func (j *job) each(ctx context.Context, t *table, yield func(contact.Row) bool) error {
	return j.eachBatch(ctx, t, nil, func(b *rowBatch) bool {
		for _, row := range b.rows {
			if !yield(row) {
				return false
			}
		}
		return true
	})
}

// eachBatch reads a table to its end with readAhead, showing how far it has
// come.
func (j *job) eachBatch(ctx context.Context, t *table, understand []func(*rowBatch), yield func(*rowBatch) bool) error {
	bar := j.bytesBar(t)
	defer bar.Done()
	err := readAhead(ctx, func(next func(contact.Row) bool) error { return t.src.book.Each(t.sheet, next) }, understand, func(b *rowBatch) bool {
		bar.move()
		return yield(b)
	})
	switch {
	case ctx.Err() != nil:
		return errInterrupted
	case err != nil:
		return badInput(err)
	}
	j.rest(t)
	return j.setRows(t)
}

// rest gives back what a book keeps when its last table has been read.
func (j *job) rest(t *table) {
	t.read = true
	if !slices.ContainsFunc(j.tables, func(o *table) bool { return o.src == t.src && !o.read }) {
		t.src.book.Rest()
	}
}

// setRows puts on record how many rows a table has.
func (j *job) setRows(t *table) error {
	rows := t.entries + t.rows.Read
	return j.memory.scribe.do(func() error { return j.record.SetRows(t.no, rows) })
}

// reunite finds the people who refused under an id or e-mail that no contact of
// this run has: the one that had it in an earlier run has it still.
func (j *job) reunite(refused []contact.Key) error {
	slices.Sort(refused)
	refused = slices.Compact(refused)
	here := make([]bool, len(refused))
	for key := range j.base.Keys {
		if at, ok := slices.BinarySearch(refused, key); ok {
			here[at] = true
			delete(j.memory.strangers, key)
		}
	}
	lost := refused[:0]
	for i, key := range refused {
		if !here[i] {
			lost = append(lost, key)
		}
	}
	var ties []base.Tie
	err := j.db.EachHolder(lost, func(id, own contact.Key) {
		if own.Kind() == contact.PhoneID {
			ties = append(ties, base.Tie{Has: own, ID: id})
			delete(j.memory.strangers, id)
		}
	})
	j.base.Know(ties)
	return err
}

// mailboxes says of refused e-mails that whoever has the address that their mailbox
// goes by has them too: contacts have that address beside their own.
func mailboxes(db *audit.DB, refused map[contact.Key]string) (ties []base.Tie) {
	for key, email := range refused {
		if box, ok := contact.OfEmail(email).Mailbox(); ok {
			ties = append(ties, base.Tie{Has: db.Keyed(box).Key, ID: key})
		}
	}
	return ties
}

// recall hands the base what it was not told of while the inputs were read.
func (j *job) recall() error {
	if err := j.record.TellRest(); err != nil {
		return err
	}
	j.memory.emails = map[contact.Key]string{}
	err := j.db.EachRefusedEmail(func(key contact.Key, email string) { j.memory.emails[key] = email })
	if err != nil {
		return err
	}
	j.base.Know(mailboxes(j.db, j.memory.emails))
	var refused []contact.Key
	j.base.EachFact(func(f *contact.Fact) {
		f.Remembered = !j.memory.said.has(f.Seq)
		if k := f.Key.Kind(); (k == contact.EmailID || k == contact.MessengerID) && f.Kind.Refuses() {
			refused = append(refused, f.Key)
		}
	})
	if err := j.reunite(refused); err != nil {
		return err
	}
	forgotten := func(f contact.Fact) bool {
		f.Remembered = !j.memory.said.has(f.Seq)
		j.base.Remember(f)
		return true
	}
	if err := j.db.EachForgotten(j.base.Keys, forgotten); err != nil {
		return err
	}
	return j.db.EachAlias(func(key, owner contact.Key) bool {
		j.base.RememberAlias(key, owner)
		return true
	})
}
