// Package contact holds the nouns that every room shares: a phone, an
// identifier, a record of a file, a dated fact about a person (evidence), a
// reason, and the words shown to people in two languages.
//
// It decides nothing, reads nothing and imports nothing of ours.
package contact

import (
	"math/bits"
	"strconv"
	"strings"
)

// Phone is an E.164 number packed into its digits (ITU-T E.164: at most 15),
// so +7 911 123-45-67 is 79111234567. Zero is no phone.
type Phone uint64

// MaxPhone is the largest number of 15 digits.
const MaxPhone Phone = 999_999_999_999_999

// String is the number with its plus, or nothing for no phone.
func (p Phone) String() string {
	if p == 0 {
		return ""
	}
	return string(p.Append(nil))
}

// Append adds what String returns to dst.
func (p Phone) Append(dst []byte) []byte {
	if p == 0 {
		return dst
	}
	return strconv.AppendUint(append(dst, '+'), uint64(p), 10)
}

// Masked shows the country and the last two digits: enough for its owner to
// recognise the number in a report, too little to call it.
func (p Phone) Masked() string {
	s := p.String()
	if len(s) < 8 {
		return strings.Repeat("•", len(s))
	}
	return s[:4] + strings.Repeat("•", len(s)-6) + s[len(s)-2:]
}

// ParsePhone reads an E.164 number, with its plus or without: 7 to 15 digits
// and nothing else. It is for what this program wrote; cells of files are read
// by package phone.
func ParsePhone(s string) (Phone, bool) {
	s = strings.TrimPrefix(s, "+")
	if len(s) < 7 || len(s) > 15 || s[0] < '1' || s[0] > '9' {
		return 0, false
	}
	n, err := strconv.ParseUint(s, 10, 64)
	return Phone(n), err == nil
}

// IDKind says what an identifier is.
type IDKind uint8

// The kinds of identifiers. RecordID stands for a record that has no other,
// MessageID for the person of a message whom no file has told yet.
const (
	PhoneID IDKind = iota
	EmailID
	CRMID
	MessengerID
	RecordID
	MessageID
)

var idKindNames = [...]string{"phone", "email", "crm", "messenger", "record", "message"}

// String is the kind as the audit database writes it.
func (k IDKind) String() string { return idKindNames[k] }

// Key is an identifier in 63 bits: its kind, and then a phone's own digits or
// 60 bits of a hash of anything else. Among ten million e-mails the chance
// that any two share a key is 1 in 20,000; phones never collide.
type Key uint64

const (
	keyBits = 60
	keyMask = 1<<keyBits - 1
)

// Kind is what the key's identifier is.
func (k Key) Kind() IDKind { return IDKind(k >> keyBits) }

// Phone is the key's phone, or zero when it is not a phone's.
func (k Key) Phone() Phone {
	if k.Kind() != PhoneID {
		return 0
	}
	return Phone(k)
}

// Identifier is one way to know a person.
type Identifier struct {
	Key Key
	// Text is the identifier in full: a lower-cased e-mail, a CRM id as
	// "bitrix24.contact:17", a messenger id as "max:10042". Empty for a phone,
	// whose key says it all.
	Text string
}

// OfPhone is the identifier of a phone.
func OfPhone(p Phone) Identifier { return Identifier{Key: Key(p)} }

// OfEmail is the identifier of an e-mail address, which the caller has
// lower-cased and trimmed.
func OfEmail(email string) Identifier { return Identifier{hashed(EmailID, email), email} }

// OfCRM is the identifier that a CRM gives an entity, "system.entity:id".
func OfCRM(id string) Identifier { return Identifier{hashed(CRMID, id), id} }

// OfMessenger is the identifier that a messenger gives a person,
// "channel:id".
func OfMessenger(id string) Identifier { return Identifier{hashed(MessengerID, id), id} }

// OfRecord is the identifier of a record with no other: a text made from all
// that it holds.
func OfRecord(text string) Identifier { return Identifier{hashed(RecordID, text), text} }

// OfMessage is the identifier that stands for a message, by a text that says
// nothing of its own id.
func OfMessage(text string) Identifier { return Identifier{hashed(MessageID, text), text} }

// String is the identifier as a person writes it.
func (id Identifier) String() string {
	if id.Key.Kind() == PhoneID {
		return id.Key.Phone().String()
	}
	return id.Text
}

func hashed(kind IDKind, text string) Key {
	return Key(kind)<<keyBits | Key(Hash(text)&keyMask)
}

// Hash is a fast 64-bit hash of a text, the same on every machine and in every
// version, since keys made from it are stored. It folds 128-bit products of
// eight bytes at a time (the idea of wyhash).
func Hash[T string | []byte](text T) uint64 {
	const p0, p1, p2 = 0xa0761d6478bd642f, 0xe7037ed1a0b428db, 0x8ebc6af09c88c6e3
	h := uint64(len(text)) ^ p0
	i := 0
	for ; i+8 <= len(text); i += 8 {
		h = fold(h^word(text, i, 8), p1)
	}
	return fold(fold(h^word(text, i, len(text)-i), p2)^p0, p1)
}

func fold(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}

func word[T string | []byte](text T, at, n int) uint64 {
	var w uint64
	for j := range n {
		w |= uint64(text[at+j]) << (8 * j)
	}
	return w
}

// Rehashed is the identifier with its key made anew from its text: as keys are
// now, or as the first versions made them, whose audit databases hold such keys in
// signed leaves and in hashes of the forgotten. A phone has no other key, nor has
// a message, which they did not know.
func (id Identifier) Rehashed(first bool) Identifier {
	switch {
	case id.Text == "":
	case first && id.Key.Kind() != MessageID:
		id.Key = id.Key&^keyMask | Key(FirstHash(id.Text)&keyMask)
	default:
		id.Key = hashed(id.Key.Kind(), id.Text)
	}
	return id
}

// FirstHash is the hash of the first versions. Texts that differ in the lowest
// bit of two bytes, each at a multiple of eight, have one hash ("klient338@box2…"
// and "klient339@box3…" are one): it is for what is stored, and for nothing new.
func FirstHash[T string | []byte](text T) uint64 {
	const p0, p1 = 0xa0761d6478bd642f, 0xe7037ed1a0b428db
	h := uint64(len(text)) ^ p0
	i := 0
	for ; i+8 <= len(text); i += 8 {
		h = firstMix(h^word(text, i, 8), p1)
	}
	h = firstMix(h^word(text, i, len(text)-i), p0)
	return firstMix(h, p1)
}

func firstMix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a|1, b)
	return hi ^ lo ^ a
}
