package audit

import (
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"fmt"

	"cleanbase/internal/contact"
)

// AddEvidence stores a batch in a transaction of its own, each fact once: one
// that is known already keeps its first origin. It sets Seq of every item to
// its evidence_id. Evidence outlives a run that fails.
//
// The order of facts is the order of their leaves: callers add the inputs'
// evidence in an order that does not depend on file names. Some ten thousand
// facts a batch are best.
func (r *Run) AddEvidence(batch []contact.Evidence) error {
	var fresh []freshItem
	err := r.d.tx(func() (err error) {
		if fresh, err = r.number(batch); err == nil {
			err = r.store(batch, fresh)
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, f := range fresh {
		r.tell(batch[f.at].Fact())
	}
	return r.plantBatch(batch, fresh)
}

// Learner takes evidence about people without its texts.
type Learner func(contact.Fact)

// Teach has everything that is known told to the learner, each piece once, in
// order of Seq, while the run comes by it: what earlier runs left when evidence is
// first added, and what is added once it is stored. It is called from where
// AddEvidence is, and comes before it.
func (r *Run) Teach(l Learner) { r.learner = l }

func (r *Run) tell(f contact.Fact) {
	if f.Seq <= r.told {
		return
	}
	r.told = f.Seq
	if r.learner != nil && f.Key.Kind() != contact.MessageID {
		r.learner(f)
	}
}

// TellRest ends the teaching: it tells what has not been told, which is all where
// no evidence was added. None may be added after it.
func (r *Run) TellRest() error {
	r.d.facts = nil
	return r.d.fault(r.d.eachFact(r.told, func(f contact.Fact, _ uint64) { r.tell(f) }))
}

// errNoKey is evidence about nobody.
var errNoKey = errors.New("audit: evidence without an identifier")

// freshItem is a new item of a batch, and the digest of its fact.
type freshItem struct {
	at     int
	digest uint64
}

// number gives every item its evidence_id and returns those that are new.
func (r *Run) number(batch []contact.Evidence) (fresh []freshItem, err error) {
	if err := r.loadFacts(); err != nil {
		return nil, err
	}
	d := r.d
	var buf []byte
	for i := range batch {
		e := &batch[i]
		if e.ID.Key == 0 {
			return nil, errNoKey
		}
		e.ID = d.Keyed(e.ID)
		if d.gone.known(e) {
			continue
		}
		buf = appendFact(buf[:0], e)
		sum, known := digest(buf), false
		if e.Seq, known = d.facts.add(sum); !known {
			fresh = append(fresh, freshItem{i, sum})
		}
	}
	return fresh, nil
}

// store inserts the new facts of a numbered batch.
func (r *Run) store(batch []contact.Evidence, fresh []freshItem) error {
	d := r.d
	if err := d.addWords(batch, fresh); err != nil {
		return err
	}
	for _, f := range fresh {
		if no := batch[f.at].Origin.Input; no != 0 && r.source(no) == nil {
			return fmt.Errorf("audit: evidence from input number %d, which was not added", no)
		}
	}
	return d.bulk("INSERT INTO fact SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13 FROM feed", nil, func(row []driver.Value) bool {
		if len(fresh) == 0 {
			return false
		}
		e, sum := &batch[fresh[0].at], fresh[0].digest
		fresh = fresh[1:]
		row[0], row[1], row[2], row[3], row[4] = e.Seq, int64(sum), int64(e.Kind), int64(e.Via), int64(e.Channel)
		row[5], row[6], row[7], row[8] = int64(e.ID.Key), nil, int64(e.At), r.seq
		if e.ID.Key.Kind() != contact.PhoneID {
			row[6] = e.ID.Text
		}
		row[9], row[10] = nil, nil
		if in := r.source(e.Origin.Input); in != nil {
			row[9], row[10] = in.id, int64(e.Origin.Row)
		}
		row[11], row[12], row[13] = d.facts.words[e.Rule], optional(e.Detail, d.facts.words), nil
		if e.Quote != "" {
			row[13] = e.Quote
		}
		return true
	})
}

func optional(text string, words map[string]int64) driver.Value {
	if text == "" {
		return nil
	}
	return words[text]
}

// maxWords bounds the texts that are remembered for sharing; beyond it some are
// stored twice.
const maxWords = 1 << 16

// addWords stores the rules and details of new facts that are not there yet.
func (d *DB) addWords(batch []contact.Evidence, fresh []freshItem) error {
	words := d.facts.words
	if len(words) > maxWords {
		clear(words)
	}
	var texts []string
	var last int64
	if _, err := d.one("SELECT coalesce(max(word_id), 0) FROM word", nil, &last); err != nil {
		return err
	}
	add := func(text string) {
		if _, known := words[text]; !known {
			texts = append(texts, text)
			words[text] = last + int64(len(texts))
		}
	}
	for _, f := range fresh {
		add(batch[f.at].Rule)
		if batch[f.at].Detail != "" {
			add(batch[f.at].Detail)
		}
	}
	at := 0
	return d.bulk("INSERT INTO word SELECT c0, c1 FROM feed", nil, func(row []driver.Value) bool {
		if at == len(texts) {
			return false
		}
		row[0], row[1] = last+int64(at)+1, texts[at]
		at++
		return true
	})
}

// appendFact adds what makes a fact this fact: not where it was read nor by
// which rule. See ENCODING.md.
func appendFact(dst []byte, e *contact.Evidence) []byte {
	dst = append(dst, byte(e.Kind), byte(e.Via), byte(e.Channel))
	dst = binary.BigEndian.AppendUint64(dst, uint64(e.ID.Key))
	dst = binary.BigEndian.AppendUint64(dst, uint64(e.At))
	dst = appendText(dst, e.Detail)
	return appendText(dst, e.Quote)
}

// appendLeaf adds the rest of what a leaf says of a fact: its identifier in
// full and where and how it was first read.
func appendLeaf(dst []byte, e *contact.Evidence, in Input) []byte {
	row := e.Origin.Row
	if e.Origin.Input == 0 {
		row = 0 // a fact with no file has no row
	}
	ident := e.ID.Text
	if e.ID.Key.Kind() == contact.PhoneID {
		ident = ""
	}
	for _, text := range [...]string{ident, e.Rule, in.SHA256, in.Sheet} {
		dst = appendText(dst, text)
	}
	return binary.BigEndian.AppendUint64(dst, uint64(row))
}

// appendText adds a text with its length before it.
func appendText(dst []byte, text string) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(text)))
	return append(dst, text...)
}

// digest is the first eight bytes of SHA-256.
func digest(b []byte) uint64 {
	sum := sha256.Sum256(b)
	return binary.BigEndian.Uint64(sum[:])
}

// EachEvidence yields all evidence about people in order of Seq: Kind, Via, Channel, ID.Key,
// At and Seq; of a consent also Detail. Texts are left empty.
func (d *DB) EachEvidence(yield func(contact.Evidence) bool) error {
	details := map[int64]string{}
	err := d.each(`SELECT evidence_id, kind, via, channel, key, happened, CASE kind WHEN 4 THEN coalesce(detail, 0) ELSE 0 END
		FROM fact WHERE key >> 60 <> 5 ORDER BY evidence_id`, nil, func(rows *sql.Rows) error {
		var e contact.Evidence
		var key, at, detail int64
		if err := rows.Scan(&e.Seq, &e.Kind, &e.Via, &e.Channel, &key, &at, &detail); err != nil {
			return err
		}
		e.ID.Key, e.At = contact.Key(key), contact.Moment(at)
		if e.Detail = details[detail]; e.Detail == "" && detail != 0 {
			if _, err := d.one("SELECT text FROM word WHERE word_id = ?", []any{detail}, &e.Detail); err != nil {
				return err
			}
			details[detail] = e.Detail
		}
		if !yield(e) {
			return errStop
		}
		return nil
	})
	return d.fault(stopped(err))
}

// EachAlias yields every remembered identifier of a contact that a refusal was
// in force for, with that contact's own key.
func (d *DB) EachAlias(yield func(key, owner contact.Key) bool) error {
	err := d.walk(aliases, func(_ int64, block []entry) error {
		for _, e := range block {
			if !yield(contact.Key(e.key), contact.Key(e.value)) {
				return errStop
			}
		}
		return nil
	})
	return d.fault(stopped(err))
}
