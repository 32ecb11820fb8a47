// Package base groups the records of a run into contacts, links contacts that
// share an identifier, joins what is known of each, and runs every contact
// past the policy once.
//
// It works in two passes, since a later row may refuse for an earlier one. The
// first (Add) keeps some forty bytes a record and writes the rows to a spool
// file; then Decide; the second (Each) reads the spool once, in order, and
// hands out each record with what became of it. It does not read files, judge,
// or write lists.
package base

import (
	"slices"

	"cleanbase/internal/contact"
)

// Judge decides about one contact; package policy has one.
type Judge interface {
	// Standing adds to dst the refusals and complaints that stand against c
	// and so bind the contacts linked to it.
	Standing(dst []contact.Fact, c *contact.Case) []contact.Fact
	// Decide gives every reason that applies to c.
	Decide(c *contact.Case) contact.ReasonSet
}

// Options are the settings of a base.
type Options struct {
	MaxShare int  // an identifier that more contacts share links nobody
	Landline bool // landlines may be written to
	Families bool // Family will be asked
}

// Base is the contacts of one run. Use it from one goroutine: AddInput, Spool
// and Add for every input in canonical order, Remember for every fact, Decide,
// Each.
type Base struct {
	opt     Options
	spool   *spool
	columns columns

	inputs   []inputSpan
	records  column[record]
	pieces   []piece // of the spool
	contacts column[person]
	index    phoneIndex
	strays   column[stray] // contacts with no usable phone, in the order of their numbers
	seen     map[contact.Key]int

	newIDs     column[ident] // as they come; Decide sorts them into ids
	ids        identTable
	claims     column[packedClaim] // of each record; empty when there is none at all
	facts      factTable
	newAliases column[alias]

	shared  []Shared
	returns []Return
	through []through // contacts removed by what is not about their phone, in order
	kin     families  // kept where Family will be asked
	closed  bool
}

// record is one row of a contacts file: 16 bytes.
type record struct {
	offset  uint32 // in its piece of the spool
	contact int32  // its contact
	row     int32  // as the spreadsheet numbers it
	next    int32  // another record of the same contact: they stand in a ring
}

// person is one contact, all records that share one phone: 16 bytes.
type person struct {
	phone contact.Phone // 0 for a stray
	main  int32         // the record that carries the verdict, -1 before there is one
	said  uint32        // until Decide when main was last changed, in seconds since 1970; then its reasons
}

func (p *person) reasons() contact.ReasonSet { return contact.ReasonSet(p.said) }

// stray is what a contact with no usable phone has instead of one.
type stray struct {
	contact int32
	key     contact.Key
	reasons contact.ReasonSet
	shown   contact.Phone // the number to show: a landline, a placeholder
}

// ident says that a contact has an identifier besides its phone.
type ident struct {
	key     contact.Key
	contact int32
}

// packedClaim is what a record says of consent: its moment << 8, then whether
// it names a source, four bits of channel, and its word.
type packedClaim int64

func packClaim(c contact.Claim) packedClaim {
	p := packedClaim(c.At)<<8 | packedClaim(c.Channel&15)<<2 | packedClaim(c.Says&3)
	if c.Sourced {
		p |= 1 << 7
	}
	return p
}

func (p packedClaim) claim() contact.Claim {
	return contact.Claim{At: contact.Moment(p >> 8), Says: contact.Says(p & 3), Channel: contact.Channel(p >> 2 & 15), Sourced: p>>7&1 == 1}
}

// alias is an identifier that a refused contact of an earlier run had.
type alias struct{ key, owner contact.Key }

// piece is rows that came to the spool together.
type piece struct {
	place int64
	first int32 // its first record
}

type inputSpan struct {
	no    int32 // the run's number of the input
	first int32 // its first record
	cols  []int // column of its table -> column of the union
}

// Shared is an identifier that more than MaxShare contacts have.
type Shared struct {
	Key      contact.Key
	Contacts int
}

// Return is a refused contact that came back in a contacts file while only the
// audit database still remembers the refusal.
type Return struct {
	Contact int // its number
	Origin  contact.Origin
	Fact    contact.Fact // the old refusal
}

// New makes an empty base that spools its rows to a file, which Close closes.
func New(rows File, opt Options) *Base {
	return &Base{opt: opt, spool: &spool{f: rows}, columns: columns{at: map[string]int{}}, seen: map[contact.Key]int{}}
}

// Close closes the spool and gives all memory back. Nothing may be asked of the
// base after it.
func (b *Base) Close() error {
	b.closed = true
	b.records.free()
	b.contacts.free()
	b.index.free()
	b.strays.free()
	b.newIDs.free()
	b.ids.free()
	b.claims.free()
	b.facts.free()
	b.newAliases.free()
	b.kin.free()
	return b.spool.Close()
}

// AddInput starts the next table of contacts: its number in the run and its
// header, a name for each column.
func (b *Base) AddInput(no int32, header []string) {
	b.inputs = append(b.inputs, inputSpan{no, int32(b.records.len()), b.columns.add(header)})
}

// Spool keeps rows that Pack packed, one after another.
func (b *Base) Spool(packed []byte) error {
	place, err := b.spool.add(packed)
	if n := len(b.pieces); n > 0 && int(b.pieces[n-1].first) == b.records.len() {
		b.pieces = b.pieces[:n-1] // no record was in it
	}
	b.pieces = append(b.pieces, piece{place, int32(b.records.len())})
	return err
}

// Add takes one record of the table that AddInput started; its cells stand at a
// place in what Spool took last. The record's evidence goes to emit with its
// identifier filled in.
func (b *Base) Add(rec *contact.Record, at int, emit func(*contact.Evidence) error) error {
	in := &b.inputs[len(b.inputs)-1]
	in.cols = b.columns.widen(in.cols, len(rec.Cells))
	b.columns.fill(in.cols, rec.Cells)
	who := b.contactOf(rec)
	b.link(record{offset: uint32(at), contact: who, row: int32(rec.Row)}, seconds(rec.Updated))
	b.identify(who, rec)
	if rec.Claim.Says != contact.SaysNothing {
		b.claims.extend(b.records.len() - 1)
		b.claims.add(packClaim(rec.Claim))
	}
	for i := range rec.Evidence {
		ev := &rec.Evidence[i]
		if ev.ID.Key == 0 {
			ev.ID = b.bestID(who, rec)
		}
		ev.Origin = contact.Origin{Input: in.no, Row: int32(rec.Row)}
		if err := emit(ev); err != nil {
			return err
		}
	}
	return nil
}

// usable tells whether a number may be written to.
func (b *Base) usable(n contact.Number) bool {
	return n.Status == contact.NumberOK || n.Status == contact.NumberNotMobile && b.opt.Landline
}

// contactOf is the number of the contact that the record belongs to: that of
// its first usable phone, or one of its own.
func (b *Base) contactOf(rec *contact.Record) int32 {
	for _, n := range rec.Numbers {
		if b.usable(n) {
			at, found := b.index.place(n.Phone, &b.contacts)
			if !found {
				b.contacts.add(person{phone: n.Phone, main: -1})
			}
			return at
		}
	}
	who := int32(b.contacts.len())
	b.contacts.add(person{main: -1})
	b.strays.add(b.strayOf(who, rec))
	return who
}

// strayOf describes a contact with no usable phone. Its key comes from all
// that its row holds, so that the same row is the same contact in every run;
// equal rows are told apart by their count.
func (b *Base) strayOf(who int32, rec *contact.Record) stray {
	s := stray{contact: who}
	for _, n := range rec.Numbers {
		if r, bad := n.Status.Reason(); bad {
			s.reasons = s.reasons.With(r)
		}
		if s.shown == 0 && n.Status != contact.NumberAmbiguous {
			s.shown = n.Phone
		}
	}
	if s.reasons == 0 {
		s.reasons = s.reasons.With(contact.PhoneMissing)
	}
	s.key = recordKey(rec.Cells, 0)
	if n := b.seen[s.key]; n > 0 {
		b.seen[s.key] = n + 1
		s.key = recordKey(rec.Cells, n)
	} else {
		b.seen[s.key] = 1
	}
	return s
}

func (b *Base) lastStray() *stray { return b.strays.at(int32(b.strays.len() - 1)) }

// link adds the record to those of its contact and makes it the main one if it
// was changed later than the main one before it. Among equals the first in
// canonical order stays.
func (b *Base) link(r record, updated uint32) {
	at := int32(b.records.len())
	p := b.contacts.at(r.contact)
	if p.main < 0 {
		r.next = at
		b.records.add(r)
		p.main, p.said = at, updated
		return
	}
	main := b.records.at(p.main)
	r.next, main.next = main.next, at
	b.records.add(r)
	if updated > p.said {
		p.main, p.said = at, updated
	}
}

// recordsOf is the records of a contact, in order; it takes the place of dst.
func (b *Base) recordsOf(dst []int32, p *person) []int32 {
	dst = append(dst[:0], p.main)
	for i := b.records.at(p.main).next; i != p.main; i = b.records.at(i).next {
		dst = append(dst, i)
	}
	slices.Sort(dst)
	return dst
}

// identify notes the record's identifiers besides the contact's phone.
func (b *Base) identify(who int32, rec *contact.Record) {
	own := b.contacts.at(who).phone
	for _, n := range rec.Numbers {
		if n.Phone != 0 && n.Phone != own && n.Status != contact.NumberPlaceholder {
			b.newIDs.add(ident{contact.Key(n.Phone), who})
		}
	}
	for _, id := range rec.IDs {
		b.newIDs.add(ident{id.Key, who})
	}
	if own == 0 {
		b.newIDs.add(ident{b.lastStray().key, who})
	}
}

// bestID is the identifier that a fact about the record as a whole is put on:
// the phone to write to, another phone, an e-mail or id, the row itself.
func (b *Base) bestID(who int32, rec *contact.Record) contact.Identifier {
	if p := b.contacts.at(who).phone; p != 0 {
		return contact.OfPhone(p)
	}
	for _, n := range rec.Numbers {
		if n.Phone != 0 && n.Status != contact.NumberPlaceholder {
			return contact.OfPhone(n.Phone)
		}
	}
	if len(rec.IDs) > 0 {
		return rec.IDs[0]
	}
	return contact.Identifier{Key: b.lastStray().key}
}

func seconds(m contact.Moment) uint32 {
	if s := m.Earliest().Unix(); s > 0 && s < 1<<32 {
		return uint32(s)
	}
	return 0
}

// Remember takes a fact known of an identifier, from this run's inputs or an
// earlier one's. It may be called from another goroutine than Add.
func (b *Base) Remember(f contact.Fact) { b.facts.more.add(f) }

// EachFact shows every fact that Remember has taken so far, to see to it. Call it
// before Decide.
func (b *Base) EachFact(see func(*contact.Fact)) {
	for _, f := range b.facts.more.all() {
		see(f)
	}
}

// RememberAlias takes an identifier that a refused contact of an earlier run
// had; owner is the key of that contact.
func (b *Base) RememberAlias(key, owner contact.Key) {
	b.newAliases.add(alias{key, owner})
}
