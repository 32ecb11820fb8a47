// Package events turns what messengers and SMS gateways tell into evidence:
// it knows the JSON of Wazzup, the WhatsApp API, MAX bots and Telegram
// exports and the text of a WhatsApp chat, reads it as messages in one pass, and joins the messages of a whole
// run (package intake makes the same messages of tables) into dated evidence.
//
// It opens no files, reads no meaning into a text of its own (the caller hands
// that in), and decides nothing about a contact: which of two facts wins is
// the policy's business.
package events

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"

	"cleanbase/internal/contact"
)

// Shape is a kind of event file.
type Shape struct {
	System string // "wazzup", "whatsapp", "max", "telegram"
	Lines  bool   // bodies one behind the other, not in one array or object
	// Under is where in each record the body stands: "" or a path, ".request.body".
	Under string
	// Prefixed: other text stands before the body in its line.
	Prefixed bool
	// Text: it is no JSON, but WhatsApp's own export of one chat. Title and Peer
	// are the caller's to fill: the name of the file, and the phone in it.
	Text  bool
	Title string
	Peer  contact.Phone
}

// Result counts what reading a file came to.
type Result struct {
	// Entries is how many bodies the file holds; for MAX updates and for
	// Telegram messages. It is also what Origin.Row counts, from 1; in a chat's text
	// that is the line.
	Entries int64
	// Unreadable is how many of them are of no known kind, or lack what is
	// needed to tell whom they are about.
	Unreadable int64
	// Ignored counts the kinds that are evidence of nothing: "user_added",
	// "channelsUpdates", "group".
	Ignored map[string]int64
	// Zoneless is how many times named no zone and were read in the caller's.
	Zoneless int64
}

// maxBody is how many bytes one body, or one item of its lists, may have.
const maxBody = 16 << 20

var errTooLarge = errors.New("events: a body is too large")

// Read reads a file of events to its end and yields its messages; Input of
// their origins is the caller's to fill. zone is that of times that name none.
// Memory does not grow with the file. A file that is not JSON to its last byte
// is a *contact.Fault that names the record; messages before it were yielded
// already; a chat's text comes whole or not at all. Errors of r come back as they are.
func Read(r io.Reader, s Shape, zone *time.Location, yield func(contact.Message)) (Result, error) {
	if zone == nil {
		zone = time.UTC
	}
	if s.Text {
		return readChat(r, s, zone, yield)
	}
	if s.Prefixed {
		r = &afterPrefix{r: r}
	}
	in := &measured{r: r, start: true}
	p := &parser{yield: yield, clock: clock{zone: zone}, under: strings.FieldsFunc(s.Under, func(r rune) bool { return r == '.' })}
	p.dec = json.NewDecoder(in)
	in.dec = p.dec
	p.res.Ignored = map[string]int64{}
	each := p.body
	if s.System == "telegram" {
		each = p.telegram
	}
	err := p.all(each)
	p.res.Zoneless = p.clock.zoneless
	var syntax *json.SyntaxError
	switch {
	case err == nil:
		return p.res, nil
	case errors.Is(err, errTooLarge):
		return p.res, p.fault(errTooLarge, contact.T("a record is larger than %d megabytes", "запись больше %d мегабайт").With(maxBody>>20))
	case in.err != nil && !errors.Is(in.err, io.EOF):
		return p.res, in.err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return p.res, p.fault(io.ErrUnexpectedEOF, contact.T("the file breaks off in the middle of a record", "файл обрывается посередине записи"))
	case errors.As(err, &syntax):
		return p.res, p.fault(nil, contact.T("the record is not JSON", "запись не является JSON"))
	}
	return p.res, err
}

func (p *parser) fault(cause error, what contact.Text) error {
	return &contact.Fault{Row: int(p.res.Entries), Err: cause, What: what,
		Do: contact.T("save the file again to its end", "сохраните файл заново до конца")}
}

// measured sees to it that no value grows beyond maxBody in memory.
type measured struct {
	r   io.Reader
	dec *json.Decoder
	n   int64
	err error

	start bool // nothing was read yet
}

func (m *measured) Read(b []byte) (int, error) {
	room := maxBody + m.dec.InputOffset() - m.n
	if room <= 0 {
		return 0, errTooLarge
	}
	n, err := m.r.Read(b[:min(int64(len(b)), room)])
	if m.start && n > 0 { // a reader that gives a byte order mark in pieces is not met with
		m.start = false
		n = copy(b, withoutMark(b[:n]))
	}
	m.n += int64(n)
	m.err = err
	return n, err
}

// all passes every body of the file to each, which consumes an object that is
// already open. A file is objects one behind the other or an array of them.
func (p *parser) all(each func() error) error {
	for {
		t, err := p.dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		p.res.Entries++
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'):
			err = p.entry(each)
		case json.Delim('['):
			p.res.Entries--
			err = p.items(func() error { return p.item(each) })
		default:
			err = p.scalar(t)
		}
		if err != nil {
			return whole(err)
		}
	}
}

// item reads one element of the outer array.
func (p *parser) item(each func() error) error {
	p.res.Entries++
	t, err := p.dec.Token()
	switch {
	case err != nil:
		return err
	case t == json.Delim('{'):
		return p.entry(each)
	case t == json.Delim('['):
		p.res.Unreadable++
		return p.items(p.skip)
	}
	return p.scalar(t)
}

// scalar reads a body that stands there as its text; any other value is none.
func (p *parser) scalar(t json.Token) error {
	s, _ := t.(string)
	return p.entry(func() error {
		p.known = false
		err := p.text(s)
		p.bad = p.bad || !p.known
		return err
	})
}

func (p *parser) entry(each func() error) error {
	p.bad = false
	if err := each(); err != nil {
		return err
	}
	p.settle()
	return nil
}

// settle counts an entry that could not be read whole.
func (p *parser) settle() {
	if p.bad {
		p.res.Unreadable++
	}
	p.bad = false
}
