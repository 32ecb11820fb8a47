package events

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"cleanbase/internal/contact"
)

// parser walks JSON value by value, so that only one item of a list is in
// memory at a time.
type parser struct {
	dec   *json.Decoder
	yield func(contact.Message)
	clock clock
	res   Result
	bad   bool     // something of this entry could not be read
	known bool     // something of this body was recognised
	deep  int      // bodies within bodies
	under []string // the keys that lead to the bodies of the file
	own   string   // the exported account's user id

	update update // the MAX update that the body is, as far as it was read
}

// say yields a message with its place.
func (p *parser) say(m contact.Message) {
	m.Origin.Row = int32(p.res.Entries)
	if m.Who.Key == 0 && m.ID == "" {
		p.bad = true
		return
	}
	if m.Who.Key == 0 && m.Direction != contact.NoDirection {
		p.bad = true // an event about nobody
	}
	p.yield(m)
}

func (p *parser) ignore(kind string) {
	if len(p.res.Ignored) < 1000 || p.res.Ignored[kind] > 0 {
		p.res.Ignored[kind]++
	}
}

// members passes the keys of an object that is open to f, which consumes the
// value of each.
func (p *parser) members(f func(key string) error) error {
	for p.dec.More() {
		t, err := p.dec.Token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		if err := f(key); err != nil {
			return err
		}
	}
	_, err := p.dec.Token()
	return err
}

// items calls f for each element of an array that is open; f consumes it.
func (p *parser) items(f func() error) error {
	for p.dec.More() {
		if err := f(); err != nil {
			return err
		}
	}
	_, err := p.dec.Token()
	return err
}

// list opens an array and calls f for each element; another value is noted as
// unreadable.
func (p *parser) list(f func() error) error {
	t, err := p.dec.Token()
	switch {
	case err != nil:
		return err
	case t == json.Delim('['):
		return p.items(f)
	case t == json.Delim('{'):
		p.bad = true
		return p.members(func(string) error { return p.skip() })
	}
	p.bad = p.bad || t != nil
	return nil
}

// object opens an object and passes its keys to f; another value is noted as
// unreadable.
func (p *parser) object(f func(key string) error) error {
	t, err := p.dec.Token()
	switch {
	case err != nil:
		return err
	case t == json.Delim('{'):
		return p.members(f)
	case t == json.Delim('['):
		p.bad = true
		return p.items(p.skip)
	}
	p.bad = p.bad || t != nil
	return nil
}

// value reads a value into v. What has another type than v says is left out
// and noted; the rest is read.
func (p *parser) value(v any) error {
	err := p.dec.Decode(v)
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		p.bad = true
		return nil
	}
	return err
}

func (p *parser) skip() error {
	var raw json.RawMessage
	return p.dec.Decode(&raw)
}

// whole is an end of input within a value.
func whole(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

var byteOrderMark = []byte("\xef\xbb\xbf")

func withoutMark(head []byte) []byte { return bytes.TrimPrefix(head, byteOrderMark) }
