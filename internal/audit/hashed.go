package audit

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash"
	"io/fs"
	"maps"
	"os"
	"slices"
	"time"

	"cleanbase/internal/contact"
)

// hashedFact is a fact whose identifier is kept as a keyed hash alone.
type hashedFact struct {
	own, run int64
	key      uint32 // which of the keys
	tag      [saltSize]byte
	fact     contact.Fact // Key is 0; Seq is the evidence_id that it had
}

// eachHashed yields what is kept of forgotten people.
func (d *DB) eachHashed(yield func(*hashedFact) error) error {
	return d.each("SELECT own_leaf, run, hmac_key, tag, kind, via, channel, happened, evidence_id FROM hashed ORDER BY own_leaf", nil, func(rows *sql.Rows) error {
		h := &hashedFact{}
		var tag sql.RawBytes
		var at int64
		err := rows.Scan(&h.own, &h.run, &h.key, &tag, &h.fact.Kind, &h.fact.Via, &h.fact.Channel, &at, &h.fact.Seq)
		h.fact.At = contact.Moment(at)
		if err == nil && (copy(h.tag[:], tag) != len(tag) || len(tag) != len(h.tag)) {
			return errDamaged
		}
		if err != nil {
			return err
		}
		return yield(h)
	})
}

// hasher makes the keyed hashes of identifiers under one key.
type hasher struct {
	id  uint32
	mac hash.Hash
	buf []byte
}

func newHasher(key []byte) *hasher {
	sum := sha256.Sum256(key)
	return &hasher{binary.BigEndian.Uint32(sum[:]), hmac.New(sha256.New, key), nil}
}

// tag is the keyed hash of an identifier.
func (h *hasher) tag(key contact.Key) (tag [saltSize]byte) {
	h.mac.Reset()
	h.buf = binary.BigEndian.AppendUint64(h.buf[:0], uint64(key))
	h.mac.Write(h.buf)
	h.buf = h.mac.Sum(h.buf[:0])
	copy(tag[:], h.buf)
	return tag
}

// hashers are those of the key file, the one for new hashes last.
func (d *DB) hashers() ([]*hasher, error) {
	lines, err := d.keyLines(hmacPrefix)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(lines) == 0 {
		return nil, d.noKey()
	}
	var all []*hasher
	for _, line := range lines {
		key, bad := base64.StdEncoding.DecodeString(line)
		if bad != nil || len(key) < 16 {
			return nil, d.damagedKey()
		}
		all = append(all, newHasher(key))
	}
	return all, err
}

// RotateKey adds a key for what is forgotten from now on. The old ones stay in
// the key file, to recognise by.
func (d *DB) RotateKey() error {
	if _, err := d.hashers(); err != nil {
		return err
	}
	text, err := os.ReadFile(d.keyPath())
	if err != nil {
		return err
	}
	var key [32]byte
	rand.Read(key[:]) // never fails
	if n := len(text); n > 0 && text[n-1] != '\n' {
		text = append(text, '\n')
	}
	return writePrivate(d.keyPath(), append(text, hmacPrefix+base64.StdEncoding.EncodeToString(key[:])+"\n"...))
}

// memory is what is kept of forgotten people, ready to be recognised.
type memory struct {
	hashers []*hasher
	facts   map[memoryKey][]contact.Fact
}

type memoryKey struct {
	key uint32
	tag [saltSize]byte
}

// forgotten loads the memory; nil when nobody was forgotten. A key that is
// missing is a fault: a refusal would be lost.
func (d *DB) forgotten() (*memory, error) {
	m := &memory{facts: map[memoryKey][]contact.Fact{}}
	used := map[uint32]bool{}
	err := d.eachHashed(func(h *hashedFact) error {
		k := memoryKey{h.key, h.tag}
		m.facts[k] = append(m.facts[k], h.fact)
		used[h.key] = true
		return nil
	})
	if err != nil || len(used) == 0 {
		return nil, err
	}
	if m.hashers, err = d.hashers(); err != nil {
		return nil, err
	}
	m.hashers = slices.DeleteFunc(m.hashers, func(h *hasher) bool { return !used[h.id] })
	for _, h := range m.hashers {
		delete(used, h.id)
	}
	if len(used) > 0 {
		return nil, d.keyFault(contact.T("the key file lacks a key that forgotten people are recognised by", "в файле ключа нет ключа, по которому узнают забытых людей"))
	}
	return m, nil
}

// of is what is kept under an identifier, as facts about it.
func (m *memory) of(key contact.Key) []contact.Fact {
	var all []contact.Fact
	for _, h := range m.hashers {
		for _, f := range m.facts[memoryKey{h.id, h.tag(key)}] {
			f.Key, f.Remembered = key, true
			all = append(all, f)
		}
	}
	return all
}

// EachForgotten yields the facts that are kept, as keyed hashes, of forgotten
// people whose identifiers are among keys. Their Seq is the evidence_id that
// they had; Remembered is true. Without anybody forgotten keys is not walked.
func (d *DB) EachForgotten(keys func(yield func(contact.Key) bool), yield func(contact.Fact) bool) error {
	m, err := d.forgotten()
	if m == nil || err != nil {
		return d.fault(err)
	}
	seen := map[contact.Key]bool{}
	for key := range keys {
		if seen[key] {
			continue
		}
		for _, f := range m.of(key) {
			seen[key] = true
			if !yield(f) {
				return nil
			}
		}
	}
	return nil
}

// Erasure says when and why somebody was forgotten, and how many facts are kept of
// that time as keyed hashes.
type Erasure struct {
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
	Kept   int       `json:"kept"`
}

// Erasures are those of the person known by an identifier, oldest first; nobody
// can tell of one who was forgotten with no refusal to keep.
func (d *DB) Erasures(key contact.Key) ([]Erasure, error) {
	m, err := d.forgotten()
	if m == nil || err != nil {
		return nil, d.fault(err)
	}
	kept := map[int64]int{}
	err = d.eachHashed(func(h *hashedFact) error {
		for _, k := range m.hashers {
			if k.id == h.key && k.tag(key) == h.tag {
				kept[h.run]++
			}
		}
		return nil
	})
	var all []Erasure
	for _, seq := range slices.Sorted(maps.Keys(kept)) {
		e := Erasure{Kept: kept[seq]}
		var at string
		if err == nil {
			_, err = d.one("SELECT started_at, coalesce(accepted, '') FROM run WHERE seq = ?", []any{seq}, &at, &e.Reason)
		}
		e.At = unstamp(at)
		all = append(all, e)
	}
	return all, d.fault(err)
}

// known tells whether e says what is kept of a forgotten person, and gives it
// that number: a list that still names the person does not bring it back.
func (m *memory) known(e *contact.Evidence) bool {
	if m == nil {
		return false
	}
	for _, f := range m.of(e.ID.Key) {
		if f.Kind == e.Kind && f.Via == e.Via && f.Channel == e.Channel && f.At == e.At {
			e.Seq = f.Seq
			return true
		}
	}
	return false
}
