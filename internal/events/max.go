package events

import (
	"strings"

	"cleanbase/internal/contact"
)

// update is one update of a MAX bot.
type update struct {
	Type      text            `json:"update_type"`
	Timestamp text            `json:"timestamp"`
	User      maybe[maxUser]  `json:"user"`
	UserID    text            `json:"user_id"`
	Message   maybe[maxPost]  `json:"message"`
	Callback  maybe[callback] `json:"callback"`
}

// field is where the value of a key goes, nil for one that says nothing.
func (u *update) field(key string) any {
	switch key {
	case "update_type":
		return &u.Type
	case "timestamp":
		return &u.Timestamp
	case "user":
		return &u.User
	case "user_id":
		return &u.UserID
	case "message":
		return &u.Message
	case "callback":
		return &u.Callback
	}
	return nil
}

type maxUser struct {
	UserID   text `json:"user_id"`
	Name     text `json:"name"`
	First    text `json:"first_name"`
	Last     text `json:"last_name"`
	Username text `json:"username"`
	IsBot    bool `json:"is_bot"`
}

type maxPost struct {
	Sender    maxUser `json:"sender"`
	Recipient struct {
		ChatType text `json:"chat_type"`
		UserID   text `json:"user_id"`
	} `json:"recipient"`
	Timestamp text `json:"timestamp"`
	Body      struct {
		Mid         text         `json:"mid"`
		Text        text         `json:"text"`
		Attachments []attachment `json:"attachments"`
	} `json:"body"`
}

type attachment struct {
	Type    text         `json:"type"`
	Payload maybe[share] `json:"payload"`
}

// share is a shared contact, or the buttons under a message.
type share struct {
	VCard       text             `json:"vcf_info"`
	User        maybe[maxUser]   `json:"max_info"`
	Hash        text             `json:"hash"`
	ContactHash text             `json:"contactHash"`
	Buttons     maybe[[][]press] `json:"buttons"`
}

type press struct {
	Text    text `json:"text"`
	Payload text `json:"payload"`
}

type callback struct {
	Timestamp text    `json:"timestamp"`
	ID        text    `json:"callback_id"`
	User      maxUser `json:"user"`
	Payload   text    `json:"payload"`
}

// polled reads one of the updates of a poll: each is an entry of its own, the
// first being the body that is counted already.
func (p *parser) polled(first *bool) error {
	if !*first {
		p.settle()
		p.res.Entries++
	}
	*first = false
	var u update
	if err := p.value(&u); err != nil {
		return err
	}
	p.tellUpdate(&u)
	return nil
}

func (p *parser) tellUpdate(u *update) {
	m := contact.Message{System: "max", Channel: contact.MAX, At: p.clock.moment(u.Timestamp)}
	switch u.Type {
	case "bot_started", "bot_stopped":
		p.maxPerson(&m, &u.User.v)
		if m.Who.Key == 0 {
			m.Who = user(contact.MAX, u.UserID)
		}
		m.Status = string(u.Type)
		p.say(m)
	case "message_created", "message_edited":
		p.post(m, &u.Message.v)
	case "message_callback":
		p.pressed(m, u)
	case "":
		p.bad = true
	default: // dialog_removed, dialog_cleared, dialog_muted and the life of groups
		p.ignore(string(u.Type))
	}
}

func (p *parser) maxPerson(m *contact.Message, who *maxUser) {
	m.Who = user(contact.MAX, who.UserID)
	m.Also = among(m.Who, named(contact.MAX, who.Username))
}

// post is a message in a dialog or a group. The text under link is somebody
// else's, or was said before, and is never looked at.
func (p *parser) post(m contact.Message, post *maxPost) {
	if m.At == 0 {
		m.At = p.clock.moment(post.Timestamp)
	}
	m.ID, m.Text, m.Direction = string(post.Body.Mid), string(post.Body.Text), contact.In
	p.maxPerson(&m, &post.Sender)
	group := post.Recipient.ChatType == "chat" || post.Recipient.ChatType == "channel"
	switch {
	case group && (post.Sender.IsBot || m.Who.Key == 0 || m.Text == ""):
		p.ignore("group")
		return
	case group:
		p.ignore("group")
		m.Direction = contact.NoDirection
	case post.Sender.IsBot:
		m.Direction, m.Text, m.Also = contact.Out, "", [2]contact.Identifier{}
		m.Who = user(contact.MAX, post.Recipient.UserID)
	}
	p.say(m)
	for i := range post.Body.Attachments {
		if a := &post.Body.Attachments[i]; a.Type == "contact" {
			p.shared(&post.Sender, &a.Payload.v)
		}
	}
}

// shared links a user to the phone of a shared contact: the user that it
// names, or the sender where the card is proven to be the sender's own.
func (p *parser) shared(sender *maxUser, s *share) {
	tel, name := vcard(string(s.VCard))
	phone := onPhone(text(tel))
	m := contact.Message{System: "max", Channel: contact.MAX, Who: user(contact.MAX, s.User.v.UserID)}
	own := s.Hash != "" || s.ContactHash != "" || name != "" && sameName(name, sender)
	if m.Who.Key == 0 && own && !sender.IsBot {
		m.Who = user(contact.MAX, sender.UserID)
	}
	if m.Also = among(m.Who, phone); m.Who.Key == 0 || phone.Key == 0 {
		p.ignore("contact of nobody known")
		return
	}
	p.say(m)
}

func sameName(name string, u *maxUser) bool {
	fold := func(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }
	name = fold(name)
	return name == fold(string(u.Name)) || name == fold(string(u.First+" "+u.Last))
}

// vcard is the first phone and the full name of a vCard.
func vcard(card string) (tel, name string) {
	for _, line := range strings.FieldsFunc(card, func(r rune) bool { return r == '\n' || r == '\r' }) {
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		key, _, _ = strings.Cut(strings.ToUpper(key), ";")
		if i := strings.LastIndexByte(key, '.'); i >= 0 { // item1.TEL
			key = key[i+1:]
		}
		switch key = strings.TrimSpace(key); {
		case key == "TEL" && tel == "":
			tel = strings.TrimPrefix(strings.TrimSpace(value), "tel:")
		case key == "FN" && name == "":
			name = strings.TrimSpace(value)
		}
	}
	return tel, name
}

// pressed is a press on a button: the person's word is what stands on it.
func (p *parser) pressed(m contact.Message, u *update) {
	c := &u.Callback.v
	p.maxPerson(&m, &c.User)
	if m.At == 0 {
		m.At = p.clock.moment(c.Timestamp)
	}
	m.Direction, m.ID, m.Text = contact.In, string(c.ID), string(c.Payload)
	m.Button = m.Text
	for i := range u.Message.v.Body.Attachments {
		for _, row := range u.Message.v.Body.Attachments[i].Payload.v.Buttons.v {
			for _, b := range row {
				if b.Payload == c.Payload && b.Text != "" {
					m.Text = string(b.Text)
				}
			}
		}
	}
	p.say(m)
}
