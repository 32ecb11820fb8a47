package events

import (
	"encoding/json"
	"strings"

	"cleanbase/internal/contact"
)

// telegram reads a result.json that is open, of a whole account or of one chat,
// or updates of a bot.
func (p *parser) telegram() error {
	p.res.Entries--
	var c tgChat
	var u tgUpdate
	err := p.members(func(key string) error {
		if field := u.field(key); field != nil {
			return p.value(field)
		}
		switch key {
		case "result":
			return p.list(func() error { return each(p, (*parser).tgUpdate) })
		case "personal_information":
			var me maybe[tgContact]
			err := p.value(&me)
			p.own = string(me.v.UserID)
			return err
		case "contacts":
			return p.object(func(key string) error {
				if key != "list" {
					return p.skip()
				}
				return p.list(func() error { return each(p, (*parser).tgContact) })
			})
		case "chats", "left_chats":
			return p.object(p.tgChats)
		}
		return p.tgChat(&c, key)
	})
	if err == nil && u.ID != "" {
		p.tgUpdate(&u)
	}
	return err
}

func (p *parser) tgChats(key string) error {
	if key != "list" {
		return p.skip()
	}
	return p.list(func() error {
		var c tgChat
		return p.object(func(key string) error { return p.tgChat(&c, key) })
	})
}

type tgContact struct {
	UserID text `json:"user_id"`
	Phone  text `json:"phone_number"`
}

func (p *parser) tgContact(c *tgContact) {
	m := contact.Message{System: "telegram", Channel: contact.Telegram, Who: user(contact.Telegram, c.UserID)}
	if m.Also = among(m.Who, onPhone(c.Phone)); m.Who.Key != 0 && m.Also[0].Key != 0 {
		p.say(m)
	}
}

type tgChat struct{ kind, id text }

func (p *parser) tgChat(c *tgChat, key string) error {
	switch key {
	case "type":
		return p.value(&c.kind)
	case "id":
		return p.value(&c.id)
	case "messages":
		return p.list(func() error {
			p.res.Entries++
			var m tgMessage
			if err := p.value(&m); err != nil {
				return err
			}
			p.tgMessage(c, &m)
			p.settle()
			return nil
		})
	}
	return p.skip()
}

type tgMessage struct {
	ID        text    `json:"id"`
	Type      text    `json:"type"`
	Date      text    `json:"date"`
	Unix      text    `json:"date_unixtime"`
	FromID    text    `json:"from_id"`
	Forwarded present `json:"forwarded_from"`
	Text      tgText  `json:"text"`
}

// tgText is a text that is a string, or a list of strings and of objects with
// a text.
type tgText string

// UnmarshalJSON takes any value.
func (t *tgText) UnmarshalJSON(b []byte) error {
	if len(b) == 0 || b[0] != '[' {
		return (*text)(t).UnmarshalJSON(b)
	}
	var parts []json.RawMessage
	if err := json.Unmarshal(b, &parts); err != nil {
		return err
	}
	var s strings.Builder
	for _, part := range parts {
		var piece struct {
			Type text `json:"type"`
			Text text `json:"text"`
		}
		if part[0] == '"' {
			_ = piece.Text.UnmarshalJSON(part) // a JSON string unmarshals
		} else {
			_ = json.Unmarshal(part, &piece) // what does not fit is missing
		}
		if piece.Type != "blockquote" { // somebody's words said again
			s.WriteString(string(piece.Text))
		}
	}
	*t = tgText(s.String())
	return nil
}

// tgMessage tells of a message in a chat of two. What people say to each other
// in groups, and bots, is nobody's word to us.
func (p *parser) tgMessage(c *tgChat, t *tgMessage) {
	switch {
	case t.Type != "" && t.Type != "message":
		p.ignore(string(t.Type))
		return
	case c.kind != "" && c.kind != "personal_chat" && c.kind != "personal":
		p.ignore(string(c.kind))
		return
	}
	m := contact.Message{System: "telegram", Channel: contact.Telegram, ID: string(c.id + "/" + t.ID), At: p.clock.moment(firstOf(t.Unix, t.Date))}
	from := strings.TrimPrefix(string(t.FromID), "user")
	switch peer := string(c.id); {
	case from == "" && peer == "":
		p.bad = true
		return
	case from != "" && from == p.own:
		m.Direction, m.Who = contact.Out, user(contact.Telegram, c.id)
	case p.own == "" && c.kind != "" && from != "" && from != peer:
		// Most likely our own; but old exports number chats and people apart,
		// so the words are read as the writer's, in doubt.
		p.tgDoubt(m, t)
		m.Direction, m.Who = contact.Out, user(contact.Telegram, c.id)
	case c.kind == "" || from == "": // it is not told who writes to whom
		m.Who = user(contact.Telegram, firstOf(text(from), c.id))
	default:
		m.Direction, m.Who = contact.In, user(contact.Telegram, text(from))
	}
	if m.Direction != contact.Out && !bool(t.Forwarded) {
		m.Text = string(t.Text)
	}
	if m.Direction != contact.NoDirection || m.Text != "" {
		p.say(m)
	}
}

func (p *parser) tgDoubt(m contact.Message, t *tgMessage) {
	m.Who, m.Text = user(contact.Telegram, text(strings.TrimPrefix(string(t.FromID), "user"))), string(t.Text)
	if m.Text != "" && !bool(t.Forwarded) {
		p.say(m)
	}
}
