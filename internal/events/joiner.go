package events

import (
	"encoding/binary"
	"time"

	"cleanbase/internal/contact"
)

// Options are what joining depends on besides the messages.
type Options struct {
	ReadMessage contact.ReadMessageAt // nil: texts are not read
	Zone        *time.Location        // whose days are counted; UTC when nil
	// OutageContacts and OutageShare are how many contacts, or which share of
	// a day's sends, one error may hit in one day on one channel before it is
	// an outage; by its share alone only from OutageLeast contacts up.
	OutageContacts int
	OutageShare    float64
	// MessageID is the identifier that stands for a message, by the hash of its
	// id; nil where no run comes after.
	MessageID func(hash uint64) contact.Identifier
}

// OutageLeast is how many contacts an outage by its share has at least.
const OutageLeast = 20

// Joiner makes evidence of all messages of a run, whatever their order.
type Joiner struct {
	opt   Options
	books map[string]codebook
	who   people

	bySlot  index[uint32]
	slots   chunks[slot]
	states  chunks[state]
	owners  map[uint64]uint32   // slots by message id alone, 0 where several people's messages share it
	waiting []waiting           // statuses of messages that only an id names
	others  map[uint32][]uint32 // who else is at the other end of a slot that an earlier run knew
	before  map[sends]int64     // messages that earlier runs know of

	said  []saying
	heard index[struct{}]

	rules    []string
	ruleNo   map[string]uint16
	alarms   map[Alarm]int64 // Count is 0 in the keys
	repeats  int64
	resolved int64  // statuses that earlier runs kept
	buf      []byte // what the last slot was found by
	ruleBuf  []byte
}

// slot is what is known of one message.
type slot struct {
	who     uint32
	text    uint32 // a hash of the first text
	states  uint32 // number of the first of its states, 0 for none
	day     int32  // that it was sent on, in days since 1970; 0: not known
	flags   uint16
	channel contact.Channel
}

const (
	flagSaid     = 1 << iota // a message, not only statuses, was seen
	flagOut                  // the company's
	flagIn                   // the person's
	flagNamed                // has an id of its own
	flagJoined               // statuses of a message that stands in another slot
	flagWorld                // its id is no other message's
	flagRecalled             // statuses of a message that an earlier run knew
)

// state is one status of a message.
type state struct {
	at     contact.Moment
	origin contact.Origin
	next   uint32
	rule   uint16
	effect effect
}

// waiting is a slot of statuses whose message may be found by its id.
type waiting struct {
	slot uint32
	id   uint64
}

// saying is a finding in a person's words.
type saying struct {
	who uint32
	ev  contact.Evidence
}

// NewJoiner makes a joiner with nothing in it.
func NewJoiner(opt Options) *Joiner {
	if opt.Zone == nil {
		opt.Zone = time.UTC
	}
	return &Joiner{opt: opt, books: codebooks(), who: newPeople(), owners: map[uint64]uint32{}, others: map[uint32][]uint32{}, before: map[sends]int64{},
		rules: []string{""}, ruleNo: map[string]uint16{"": 0}, alarms: map[Alarm]int64{}}
}

// Add takes one message.
func (j *Joiner) Add(m contact.Message) {
	who := j.who.of(m.Who)
	if who != 0 {
		j.who.link(who, m.Also)
	}
	if m.Bare() {
		return
	}
	if isWord(&m) {
		j.hear(&m, who)
		return
	}
	s := j.slotOf(&m, who)
	fresh := false
	if m.Direction != contact.NoDirection || m.Text != "" {
		fresh = j.message(s, &m, who)
	}
	if m.Status != "" || m.Error != "" {
		fresh = j.status(s, &m, who) || fresh
	}
	if !fresh {
		j.repeats++
	}
}

// worldwide are the systems whose message ids no other message has.
func worldwide(system string) bool {
	switch system {
	case "wazzup", "whatsapp", "max", "twilio":
		return true
	}
	return false
}

// isWord tells what a person wrote and no status will ever name: most of it
// says nothing, and of that only a hash is kept.
func isWord(m *contact.Message) bool {
	return m.Direction == contact.In && m.Status == "" && m.Error == "" && (m.ID == "" || worldwide(m.System))
}

// hear takes what a person wrote.
func (j *Joiner) hear(m *contact.Message, who uint32) {
	j.who.note(who, mark{at: m.At, origin: m.Origin, channel: m.Channel, kind: contact.Inbound, rule: j.rule(m.System, "message")}, j.rules)
	if m.Text+m.Button != "" && who != 0 {
		j.read(m, who)
	}
	j.name(m)
	if !j.first(contact.Hash(append(append(j.buf, 0), m.Text...))) {
		j.repeats++
	}
}

// name writes what a message is found by into the buffer: its id, beside a
// smaller gateway's id its person too, and without an id all that is known of
// it. id is the hash of the id alone, owned tells of a smaller gateway.
func (j *Joiner) name(m *contact.Message) (id uint64, owned bool) {
	b := append(append(j.buf[:0], m.System...), 0)
	b = append(append(b, m.ID...), 0)
	id = contact.Hash(b)
	owned = m.ID != "" && !worldwide(m.System)
	switch {
	case m.ID == "":
		b = binary.LittleEndian.AppendUint64(b, uint64(m.Who.Key))
		b = binary.LittleEndian.AppendUint64(b, uint64(m.At))
		b = append(b, byte(m.Channel), byte(m.Direction))
		b = append(append(append(b, m.Text...), 0), m.Status...)
		b = append(append(b, 0), m.Error...)
	case owned:
		b = binary.LittleEndian.AppendUint64(b, uint64(m.Who.Key))
	}
	j.buf = b
	return id, owned
}

// slotOf finds the slot of a message.
func (j *Joiner) slotOf(m *contact.Message, who uint32) *slot {
	id, owned := j.name(m)
	n, had := j.bySlot.at(contact.Hash(j.buf))
	if !had {
		*n = j.slots.add(slot{})
		if owned {
			j.own(id, *n, who)
		}
	}
	s := j.slots.at(*n)
	if who != 0 && (s.who == 0 || j.who.key(who) < j.who.key(s.who)) {
		s.who = who
	}
	s.channel = max(s.channel, m.Channel)
	if m.ID != "" {
		s.flags |= flagNamed
		if !owned {
			s.flags |= flagWorld
		}
	}
	return s
}

// own notes whose a new slot is, so that a status that only names the message
// finds it.
func (j *Joiner) own(id uint64, n, who uint32) {
	if who == 0 {
		j.waiting = append(j.waiting, waiting{n, id})
		return
	}
	if _, taken := j.owners[id]; taken {
		n = 0
	}
	j.owners[id] = n
}

// message takes a message itself; false when it was seen before.
func (j *Joiner) message(s *slot, m *contact.Message, who uint32) bool {
	mark := mark{at: m.At, origin: m.Origin, channel: m.Channel}
	switch m.Direction {
	case contact.In:
		mark.kind, mark.rule = contact.Inbound, j.rule(m.System, "message")
		j.who.note(who, mark, j.rules)
		s.flags |= flagIn
	case contact.Out:
		mark.kind, mark.rule = contact.Outbound, j.rule(m.System, "message")
		j.who.note(who, mark, j.rules)
		j.sent(s, m.At, flagOut)
	}
	if m.Text+m.Button != "" && m.Direction != contact.Out && who != 0 {
		j.read(m, who)
	}
	return j.unheard(s, m)
}

// unheard tells whether the words of a message are new: ids may come again
// with an edited text.
func (j *Joiner) unheard(s *slot, m *contact.Message) bool {
	text := uint32(contact.Hash(m.Text))
	if s.flags&flagSaid == 0 {
		s.flags |= flagSaid
		s.text = text
		return true
	}
	if s.text == text {
		return false
	}
	b := append(append(j.buf, 1), m.Text...) // buf still holds what the slot was found by
	return j.first(contact.Hash(b))
}

// first tells whether a hash was not met before.
func (j *Joiner) first(hash uint64) bool {
	_, had := j.heard.at(hash)
	return !had
}

// sent keeps the day that a message was sent on: its own, or without it the
// first of its statuses.
func (j *Joiner) sent(s *slot, at contact.Moment, by uint16) {
	day := j.day(at)
	switch own := s.flags&flagOut != 0; {
	case by == flagOut && !own:
		s.day = day
	case by != flagOut && own:
	case s.day == 0 || day != 0 && day < s.day:
		s.day = day
	}
	s.flags |= by
}

// day is a moment's calendar day in days since 1970, 0 when it is not known.
func (j *Joiner) day(at contact.Moment) int32 {
	if !at.Known() {
		return 0
	}
	t := at.Earliest()
	if at.DayOnly() {
		return int32(t.Unix() / 86400)
	}
	_, offset := t.In(j.opt.Zone).Zone()
	return int32((t.Unix() + int64(offset)) / 86400)
}
