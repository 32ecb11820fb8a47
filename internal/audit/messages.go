package audit

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"io/fs"
	"slices"

	"cleanbase/internal/contact"
)

// A status often comes in a later run than its message, and names it by its id
// alone. So the database remembers who is at the other end of a message, in list
// 7 under the identifier that stands for it, and keeps a status whose message
// nobody knows as evidence about that identifier. Neither says what the message's
// id is: that may hold a phone.
//
// A message's values in the list are its day and channel, below firstIdentifier,
// and the identifiers of whom it was to. 0 is one whose id two people's have.
const (
	messageDays     = 90 // a message sent longer before the run is not remembered: no status comes any more
	firstIdentifier = 1_000_000
	channelBits     = 4
	lastDay         = firstIdentifier>>channelBits - 1
	ofTwo           = 0
)

func packSending(s *contact.Sending) uint64 {
	day := s.Day
	if day < 0 || day > lastDay {
		day = 0
	}
	return uint64(day+1)<<channelBits | uint64(s.Channel)
}

func unpackSending(v uint64) (day int32, channel contact.Channel) {
	return int32(v>>channelBits) - 1, contact.Channel(v & (1<<channelBits - 1))
}

// MessageIDs gives the identifiers that stand for messages, by the hash of what
// their systems call them. They are behind a key, and the same in every run.
func (d *DB) MessageIDs() (func(hash uint64) contact.Identifier, error) {
	lines, err := d.keyLines(hmacPrefix)
	switch {
	case d.dry && errors.Is(err, fs.ErrNotExist): // nothing outlives it
		lines = []string{"dry"}
	case errors.Is(err, fs.ErrNotExist) || err == nil && len(lines) == 0:
		return nil, d.noKey()
	case err != nil:
		return nil, err
	}
	key := sha256.Sum256([]byte("cleanbase messages\n" + lines[0])) // the first key stays when it is rotated
	h := newHasher(key[:])
	return func(hash uint64) contact.Identifier {
		tag := h.tag(contact.Key(hash))
		return contact.OfMessage(hex.EncodeToString(tag[:8]))
	}, nil
}

// MessageLog is what a run's logs say of messages.
type MessageLog interface {
	// Messages yields every message with an id, in any order, each once; those of
	// which only statuses are there have an empty To, which is valid until the next.
	Messages(yield func(contact.Sending) bool)
	// Found takes what an earlier run knew of a message with an empty To.
	Found(contact.Sending)
	// Kept takes a status that an earlier run kept, of the message with that No.
	Kept(no uint32, status contact.Evidence)
	// Sent takes how many messages of a day and a channel earlier runs know and
	// the log does not hold.
	Sent(day int32, channel contact.Channel, n int64)
}

// RecallMessages tells the log what earlier runs know of its messages, and
// remembers them for later ones: they are stored when the run is sealed.
func (r *Run) RecallMessages(log MessageLog) error {
	m := &recollection{Run: r, log: log, oldest: r.info.AsOf.Unix()/86400 - messageDays, others: map[uint64]int64{}, texts: map[contact.Key]string{}}
	m.ask.flush, m.keep.flush = m.answer, m.remember
	return r.d.fault(m.all())
}

type recollection struct {
	*Run
	log       MessageLog
	oldest    int64 // day
	ask, keep batcher
	others    map[uint64]int64       // messages by packed day and channel
	kept      map[contact.Key]uint32 // messages that statuses were kept of, with the log's number plus 1
	found     []contact.Sending
	texts     map[contact.Key]string // of identifiers
}

func (m *recollection) all() error {
	for _, step := range []func() error{m.count, m.loadKept, m.walkLog, m.ask.end, m.keep.end, m.tellFound, m.tellKept} {
		if err := step(); err != nil {
			return err
		}
	}
	for v, n := range m.others {
		if day, channel := unpackSending(v); n > 0 && !m.old(day) {
			m.log.Sent(day, channel, n)
		}
	}
	return nil
}

// count counts the messages that are remembered, by day and channel.
func (m *recollection) count() error {
	return m.d.walk(messages, func(_ int64, block []entry) error {
		for _, e := range block {
			if e.value != ofTwo && e.value < firstIdentifier {
				m.others[e.value]++
			}
		}
		return nil
	})
}

// loadKept finds the messages that statuses were kept of.
func (m *recollection) loadKept() error {
	if err := m.loadFacts(); err != nil {
		return err
	}
	m.kept = map[contact.Key]uint32{}
	for _, key := range m.d.facts.waiting {
		m.kept[key] = 0
	}
	return nil
}

func (m *recollection) walkLog() (err error) {
	m.log.Messages(func(s contact.Sending) bool {
		if len(s.To) == 0 {
			m.ask.add(uint64(s.ID), uint64(s.No))
			err = m.ask.err
			return err == nil
		}
		if _, waits := m.kept[s.ID]; waits {
			m.kept[s.ID] = s.No + 1
		} else if m.old(s.Day) {
			return true
		}
		if len(m.keep.buf)+1+len(s.To) >= segmentEntries { // all of a message in one segment
			m.keep.end()
		}
		m.keep.add(uint64(s.ID), packSending(&s))
		for _, id := range s.To {
			m.keep.add(uint64(s.ID), uint64(m.d.Keyed(id).Key))
		}
		err = m.keep.err
		return err == nil
	})
	return err
}

// old tells whether messages of a day are too old to be remembered.
func (m *recollection) old(day int32) bool { return day > 0 && int64(day) < m.oldest }

// answer looks up messages whose people the log does not tell.
func (m *recollection) answer(sorted []entry) error {
	got, places := []contact.Sending{}, make([]int32, len(sorted)) // in got, plus 1
	err := m.d.join(messages, sorted, func(at int, v uint64) {
		if places[at] == 0 {
			got = append(got, contact.Sending{No: uint32(sorted[at].value)})
			places[at] = int32(len(got))
		}
		s := &got[places[at]-1]
		switch {
		case v == ofTwo:
			s.No = 0
		case v < firstIdentifier:
			s.Day, s.Channel = unpackSending(v)
			m.others[v]--
		case !slices.ContainsFunc(s.To, func(id contact.Identifier) bool { return id.Key == contact.Key(v) }):
			s.To = append(s.To, contact.Identifier{Key: contact.Key(v)})
		}
	})
	for _, s := range got {
		if s.No != 0 && len(s.To) > 0 {
			m.tell(s)
		}
	}
	return err
}

// tell tells the log of a message now, unless the text of an identifier is
// still to be found.
func (m *recollection) tell(s contact.Sending) {
	lacking := false
	for _, id := range s.To {
		if id.Key.Kind() != contact.PhoneID {
			m.texts[id.Key], lacking = "", true
		}
	}
	if lacking {
		m.found = append(m.found, s)
		return
	}
	m.log.Found(s)
}

// remember keeps what is not remembered yet of messages whose people the log
// tells, until the run is sealed. An id that was somebody else's is of two.
func (m *recollection) remember(sorted []entry) error {
	type known struct{ any, same, two bool }
	gone, groups := make([]bool, len(sorted)), make([]known, len(sorted))
	err := m.d.join(messages, sorted, func(at int, v uint64) {
		g, same := &groups[at], false
		for i := at; i < len(sorted) && sorted[i].key == sorted[at].key; i++ {
			if sorted[i].value == v {
				gone[i], same = true, true
			}
		}
		switch {
		case v >= firstIdentifier:
			g.any, g.same = true, g.same || same
		case v == ofTwo:
			g.two = true
		default:
			m.others[v]--
		}
	})
	kept := make([]entry, 0, len(sorted))
	for i, e := range sorted {
		if g := groups[i]; g.two || g.any && !g.same {
			delete(m.kept, contact.Key(e.key))
			if !g.two {
				kept = append(kept, entry{e.key, ofTwo})
			}
		}
		if !gone[i] {
			kept = append(kept, e)
		}
	}
	if len(kept) > 0 {
		m.messages = append(m.messages, packEntries(nil, kept))
	}
	return err
}

// tellFound tells the log of the messages that were found, with the texts of the
// identifiers: other evidence has them. One of whom no evidence tells, since all
// that was ever said of its messages says nothing, is not known again.
func (m *recollection) tellFound() error {
	if len(m.texts) > 0 {
		err := m.d.each("SELECT key, ident FROM fact WHERE ident IS NOT NULL", nil, func(rows *sql.Rows) error {
			var key int64
			var text sql.RawBytes
			err := rows.Scan(&key, &text)
			if have, wanted := m.texts[contact.Key(key)]; wanted && have == "" {
				m.texts[contact.Key(key)] = string(text)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	for _, s := range m.found {
		to := s.To[:0]
		for _, id := range s.To {
			if id.Text = m.texts[id.Key]; id.Text != "" || id.Key.Kind() == contact.PhoneID {
				to = append(to, id.Rehashed(false))
			}
		}
		if s.To = to; len(to) > 0 {
			m.log.Found(s)
		}
	}
	return nil
}

// tellKept tells the log of the statuses that were kept of its messages.
func (m *recollection) tellKept() error {
	for key, no := range m.kept {
		if no == 0 {
			delete(m.kept, key)
		}
	}
	if len(m.kept) == 0 {
		return nil
	}
	m.earlier = map[int32]*runInput{}
	return m.d.each(`SELECT f.kind, f.via, f.channel, f.key, f.happened, w.text, coalesce(f.input_id, 0), coalesce(f.row, 0), coalesce(i.sha256, ''), coalesce(i.sheet, '')
		FROM fact AS f JOIN word AS w ON w.word_id = f.rule LEFT JOIN input AS i ON i.input_id = f.input_id WHERE f.key >> 60 = ?`, []any{int64(contact.MessageID)}, func(rows *sql.Rows) error {
		var e contact.Evidence
		var key, at, input int64
		var in Input
		if err := rows.Scan(&e.Kind, &e.Via, &e.Channel, &key, &at, &e.Rule, &input, &e.Origin.Row, &in.SHA256, &in.Sheet); err != nil {
			return err
		}
		no := m.kept[contact.Key(key)]
		if no == 0 {
			return nil
		}
		e.At, e.Origin.Input = contact.Moment(at), -int32(input)
		m.earlier[e.Origin.Input] = &runInput{Input: in, id: input}
		m.log.Kept(no-1, e)
		return nil
	})
}

// source is the input that evidence was read from: one of the run's, or, below
// 0, one of an earlier run's that a status was kept from.
func (r *Run) source(no int32) *runInput {
	if no < 0 {
		return r.earlier[no]
	}
	return r.inputs[no]
}

// indexMessages posts the messages that the run remembers.
func (s *sealing) indexMessages() error {
	var sorted []entry
	for _, packed := range s.messages {
		var err error
		if sorted, err = unpackEntries(sorted[:0], packed); err != nil {
			return err
		}
		if err := s.d.post(messages, sorted); err != nil {
			return err
		}
	}
	s.messages = nil
	return nil
}

// writtenTo tells whether a message is remembered to one of those who are to be
// forgotten.
func (e *eraser) writtenTo() (found bool, err error) {
	err = e.d.walk(messages, func(_ int64, block []entry) error {
		found = found || slices.ContainsFunc(block, func(p entry) bool { return e.goes(messages, p) })
		return nil
	})
	return found, err
}
