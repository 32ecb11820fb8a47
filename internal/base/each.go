package base

import (
	"fmt"
	"os"
	"slices"
	"sort"

	"cleanbase/internal/contact"
)

// Columns is the names of the users' own columns, the union over all inputs,
// in the order of an outcome's cells.
func (b *Base) Columns() []string {
	kept := b.columns.keep()
	names := make([]string, len(kept))
	for i, at := range kept {
		names[i] = b.columns.names[at]
	}
	return names
}

// Each reads the rows again, in order, and hands out those that carry a
// verdict, with what became of them. Records merged into another are part of
// that one's cells.
func (b *Base) Each(yield func(*contact.Outcome) error) error {
	if b.closed {
		return fmt.Errorf("base: %w", os.ErrClosed)
	}
	r := spoolReader{s: b.spool, step: readSize}
	w := walk{Base: b, kept: b.columns.keep(), wide: make([][]byte, len(b.columns.names))}
	w.out.Cells = make([][]byte, len(w.kept))
	for i, rec := range b.records.all() {
		if i != b.contacts.at(rec.contact).main {
			continue
		}
		for w.piece+1 < len(b.pieces) && b.pieces[w.piece+1].first <= i {
			w.piece++
		}
		cells, err := r.read(b.pieces[w.piece].place + int64(rec.offset))
		if err != nil {
			return err
		}
		if err := w.outcome(i, cells); err != nil {
			return err
		}
		if err := yield(&w.out); err != nil {
			return err
		}
	}
	return nil
}

// walk is the working state of one Each.
type walk struct {
	*Base
	kept  []int
	wide  [][]byte // cells of the union
	out   contact.Outcome
	more  []*spoolReader // of merged records whose cells are needed at the same time
	chain []int32        // the records of the contact
	input int            // the input that the walk stands in
	piece int            // and the piece of the spool
	stray int32          // how far it has come in strays
}

func (w *walk) outcome(i int32, cells [][]byte) error {
	for w.input+1 < len(w.inputs) && w.inputs[w.input+1].first <= i {
		w.input++
	}
	clear(w.wide)
	w.lay(w.inputs[w.input].cols, cells)
	rec := w.records.at(i)
	p := w.contacts.at(rec.contact)
	w.chain = w.recordsOf(w.chain, p)
	nth := 0
	for _, m := range w.chain {
		if m == i {
			continue
		}
		if nth == len(w.more) {
			w.more = append(w.more, &spoolReader{s: w.spool, step: peekSize})
		}
		more, err := w.more[nth].read(w.placeOf(m))
		if err != nil {
			return err
		}
		if w.lay(w.inputs[w.inputOf(m)].cols, more) {
			nth++ // its cells are needed until the outcome is written
		}
	}
	w.out.Origin = contact.Origin{Input: w.inputs[w.input].no, Row: rec.row}
	w.out.Contact, w.out.Phone, w.out.Reasons = int(rec.contact), p.phone, p.reasons()
	if p.phone == 0 {
		w.out.Phone = w.strayAt(rec.contact).shown
	}
	for k, at := range w.kept {
		w.out.Cells[k] = w.wide[at]
	}
	return nil
}

// lay puts a record's cells in the columns of the union that are still empty,
// and tells whether there was one.
func (w *walk) lay(to []int, cells [][]byte) (laid bool) {
	for c, cell := range cells {
		if at := to[c]; len(w.wide[at]) == 0 && len(cell) > 0 {
			w.wide[at], laid = cell, true
		}
	}
	return laid
}

// strayAt is the stray with the contact number, which grows from call to call.
func (w *walk) strayAt(who int32) *stray {
	for w.strays.at(w.stray).contact < who {
		w.stray++
	}
	return w.strays.at(w.stray)
}

// strayFrom is the place in strays of the first whose contact is that or a later one.
func (b *Base) strayFrom(who int32) int32 {
	return int32(sort.Search(b.strays.len(), func(i int) bool { return b.strays.at(int32(i)).contact >= who }))
}

// placeOf is where the cells of record i stand in the spool.
func (b *Base) placeOf(i int32) int64 {
	at, found := slices.BinarySearchFunc(b.pieces, i, func(p piece, i int32) int { return int(p.first) - int(i) })
	if !found {
		at--
	}
	return b.pieces[at].place + int64(b.records.at(i).offset)
}

// inputOf is the index of the input that record i belongs to.
func (b *Base) inputOf(i int32) int {
	at, found := slices.BinarySearchFunc(b.inputs, i, func(in inputSpan, i int32) int { return int(in.first) - int(i) })
	if found {
		for at+1 < len(b.inputs) && b.inputs[at+1].first == i { // inputs with no record share a first one
			at++
		}
		return at
	}
	return at - 1
}

func (b *Base) originOf(i int32) contact.Origin {
	return contact.Origin{Input: b.inputs[b.inputOf(i)].no, Row: b.records.at(i).row}
}

// Origin is where the record that carries contact i's verdict stands.
func (b *Base) Origin(i int) contact.Origin { return b.originOf(b.contacts.at(int32(i)).main) }

// Returns is the refused contacts that came back.
func (b *Base) Returns() []Return { return b.returns }

// Shared is the identifiers that too many contacts share to link them.
func (b *Base) Shared() []Shared { return b.shared }

// Len is how many contacts there are.
func (b *Base) Len() int { return b.contacts.len() }

// Contact is the identity and the reasons of contact i. A contact with no
// usable phone is known by a key made from its row.
func (b *Base) Contact(i int) (contact.Key, contact.ReasonSet) {
	p := b.contacts.at(int32(i))
	if p.phone != 0 {
		return contact.Key(p.phone), p.reasons()
	}
	return b.strays.at(b.strayFrom(int32(i))).key, p.reasons()
}

// Identifiers yields the identifiers that contacts have besides their phone.
func (b *Base) Identifiers(yield func(key contact.Key, contact int) bool) {
	for _, id := range b.ids.all {
		if !yield(id.key, int(id.contact)) {
			return
		}
	}
}

// Claims yields what the records of the contacts that came out clean say of
// consent, in order of contact.
func (b *Base) Claims(yield func(contact int, c contact.Claim) bool) {
	var chain []int32
	for who, p := range b.contacts.all() {
		if p.reasons().Verdict() != contact.Clean {
			continue
		}
		chain = b.recordsOf(chain, p)
		for _, at := range chain {
			if c := b.claimOf(at); c.Says != contact.SaysNothing && !yield(int(who), c) {
				return
			}
		}
	}
}

// claimOf is what record i says of consent.
func (b *Base) claimOf(i int32) contact.Claim {
	if int(i) >= b.claims.len() {
		return contact.Claim{}
	}
	return b.claims.at(i).claim()
}

// Aliases yields every identifier, but those that too many share, of the
// contacts that refused or complained themselves.
func (b *Base) Aliases(yield func(key contact.Key, contact int) bool) {
	const own = 1<<contact.OptOutListed | 1<<contact.OptOutFlag | 1<<contact.OptOutMessage | 1<<contact.OptOutPlatform |
		1<<contact.ComplaintListed | 1<<contact.ComplaintMessage
	for from := 0; from < len(b.ids.all); {
		to := from + 1
		for to < len(b.ids.all) && b.ids.all[to].key == b.ids.all[from].key {
			to++
		}
		group := b.ids.all[from:to]
		from = to
		if len(group) > b.opt.MaxShare {
			continue
		}
		for _, id := range group {
			if b.contacts.at(id.contact).reasons()&own != 0 && !yield(id.key, int(id.contact)) {
				return
			}
		}
	}
}

// Rows yields the rows of one input in order: the row's number in its sheet,
// its contact, and whether it is merged into another record of it.
func (b *Base) Rows(input int32, yield func(row, contact int32, merged bool) bool) {
	for k, in := range b.inputs {
		if in.no != input {
			continue
		}
		end := int32(b.records.len())
		if k+1 < len(b.inputs) {
			end = b.inputs[k+1].first
		}
		for i := in.first; i < end; i++ {
			r := b.records.at(i)
			if !yield(r.row, r.contact, b.contacts.at(r.contact).main != i) {
				return
			}
		}
	}
}
