package list

import (
	"bytes"
	"encoding/json"
	"io"
)

// Bodies writes contacts as bodies of Wazzup's POST /v3/contacts, a body a
// line (https://wazzup24.com/help/api-en/working-with-contacts/).
type Bodies struct {
	w      io.Writer
	header []string
	rows   int64
	buf    bytes.Buffer
	json   *json.Encoder
}

// wazzupContact is one contact. An empty responsible user stands there all the
// same, for somebody to fill in.
type wazzupContact struct {
	ID          string        `json:"id"`
	Responsible string        `json:"responsibleUserId"`
	Name        string        `json:"name"`
	Data        [1]wazzupChat `json:"contactData"`
	URI         string        `json:"uri,omitempty"`
}

type wazzupChat struct {
	Type  string `json:"chatType"`
	ID    string `json:"chatId,omitempty"`
	Phone string `json:"phone,omitempty"`
}

// What Wazzup takes.
const (
	wazzupContacts = 100 // of one body
	wazzupName     = 200 // characters
)

// NewBodies begins a file of bodies. The header's names are those under which
// package sheet reads the members.
func NewBodies(w io.Writer, header []string) *Bodies {
	b := &Bodies{w: w, header: header}
	b.json = json.NewEncoder(&b.buf)
	b.json.SetEscapeHTML(false)
	return b
}

// Rows is how many contacts were written.
func (b *Bodies) Rows() int64 { return b.rows }

// Row writes one contact.
func (b *Bodies) Row(cells [][]byte) error {
	b.buf.Reset()
	switch {
	case b.rows == 0:
		b.buf.WriteByte('[')
	case b.rows%wazzupContacts == 0:
		b.buf.WriteString("]\n[")
	default:
		b.buf.WriteByte(',')
	}
	b.rows++
	if err := b.json.Encode(b.contact(cells)); err != nil {
		return err
	}
	b.buf.Truncate(b.buf.Len() - 1) // the encoder's line end
	_, err := b.w.Write(b.buf.Bytes())
	return err
}

func (b *Bodies) contact(cells [][]byte) *wazzupContact {
	var c wazzupContact
	for i, name := range b.header {
		if to := c.member(name); to != nil {
			*to = string(cells[i])
		}
	}
	if r := []rune(c.Name); len(r) > wazzupName {
		c.Name = string(r[:wazzupName])
	}
	return &c
}

func (c *wazzupContact) member(name string) *string {
	switch name {
	case "id":
		return &c.ID
	case "responsibleUserId":
		return &c.Responsible
	case "name":
		return &c.Name
	case "uri":
		return &c.URI
	case "contactData.0.chatType":
		return &c.Data[0].Type
	case "contactData.0.chatId":
		return &c.Data[0].ID
	case "contactData.0.phone":
		return &c.Data[0].Phone
	}
	return nil
}

// Close ends the last body.
func (b *Bodies) Close() error {
	if b.rows == 0 {
		return nil
	}
	_, err := io.WriteString(b.w, "]\n")
	return err
}
