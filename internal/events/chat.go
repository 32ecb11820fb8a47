package events

import (
	"strings"

	"cleanbase/internal/contact"
)

// chatMessage is an item of messages[]: Wazzup's has a messageId, WhatsApp's
// an id.
type chatMessage struct {
	Timestamp text             `json:"timestamp"`
	Type      text             `json:"type"`
	Text      body             `json:"text"`
	Status    text             `json:"status"`
	Error     failure          `json:"error"`
	Contact   maybe[card]      `json:"contact"`
	Button    maybe[choice]    `json:"button"`
	Choices   maybe[choices]   `json:"interactive"`
	Image     maybe[caption]   `json:"image"`
	Video     maybe[caption]   `json:"video"`
	Document  maybe[caption]   `json:"document"`
	Reaction  maybe[reaction]  `json:"reaction"`
	Context   maybe[forwarded] `json:"context"`

	// Wazzup
	MessageID text          `json:"messageId"`
	ChatType  text          `json:"chatType"`
	ChatID    text          `json:"chatId"`
	DateTime  text          `json:"dateTime"`
	IsEcho    *bool         `json:"isEcho"`
	Old       maybe[before] `json:"oldInfo"`

	// WhatsApp
	ID         text           `json:"id"`
	From       text           `json:"from"`
	FromUserID text           `json:"from_user_id"`
	To         text           `json:"to"`
	ToUserID   text           `json:"to_user_id"`
	GroupID    text           `json:"group_id"`
	Order      maybe[ordered] `json:"order"`
	System     maybe[changed] `json:"system"`
}

type card struct {
	Phone    text `json:"phone"`
	Username text `json:"username"`
}

type choice struct {
	Text    text `json:"text"`
	Payload text `json:"payload"`
	Title   text `json:"title"`
	ID      text `json:"id"`
}

type choices struct {
	Button choice `json:"button_reply"`
	List   choice `json:"list_reply"`
}

// before is what stood in a message that was edited or deleted since.
type before struct {
	Text text `json:"oldText"`
}

type caption struct {
	Caption text `json:"caption"`
}

type reaction struct {
	Emoji text `json:"emoji"`
}

type ordered struct {
	Text text `json:"text"`
}

// changed is WhatsApp's own word of a person's new number.
type changed struct {
	NewID text `json:"new_wa_id"`
	ID    text `json:"wa_id"`
}

type forwarded struct {
	Forwarded  bool `json:"forwarded"`
	Frequently bool `json:"frequently_forwarded"`
}

// chatStatus is an item of statuses[].
type chatStatus struct {
	Timestamp text `json:"timestamp"`
	Status    text `json:"status"`

	MessageID text    `json:"messageId"` // Wazzup
	ChatType  text    `json:"chatType"`
	ChatID    text    `json:"chatId"`
	Error     failure `json:"error"`

	ID              text           `json:"id"` // WhatsApp
	RecipientID     text           `json:"recipient_id"`
	RecipientUserID text           `json:"recipient_user_id"`
	RecipientType   text           `json:"recipient_type"`
	Errors          maybe[[]coded] `json:"errors"`
}

type coded struct {
	Code text `json:"code"`
}

// body reads an object that is open: a webhook of Wazzup, WhatsApp or a MAX
// bot, or what they came wrapped in.
func (p *parser) body() error {
	outer, outerUpdate := p.known, p.update
	p.known, p.update = false, update{}
	first := true
	err := p.members(func(key string) error {
		if key == "updates" {
			p.known = true
			return p.list(func() error { return p.polled(&first) })
		}
		return p.member(key)
	})
	if err != nil {
		return err
	}
	if p.update.Type != "" {
		p.known = true
		p.tellUpdate(&p.update)
	}
	p.bad = p.bad || !p.known
	p.known, p.update = outer || p.known, outerUpdate
	return nil
}

func (p *parser) member(key string) error {
	if p.wraps(key) {
		return p.wrapped()
	}
	switch key {
	case "messages":
		return p.listOf(func() error { return each(p, (*parser).message) })
	case "statuses":
		return p.listOf(func() error { return each(p, (*parser).status) })
	case "message_echoes":
		return p.listOf(func() error { return each(p, (*parser).echo) })
	case "user_preferences":
		return p.listOf(func() error { return each(p, (*parser).preference) })
	case "contacts":
		return p.list(func() error { return each(p, (*parser).profile) })
	case "entry":
		return p.listOf(func() error { return each(p, (*parser).waEntry) })
	case "createContact", "createDeal", "channelsUpdates", "templateStatus", "test":
		p.known = true
		p.ignore(key)
		return p.skip()
	}
	if field := p.update.field(key); field != nil {
		return p.value(field)
	}
	return p.skip()
}

func (p *parser) listOf(f func() error) error {
	p.known = true
	return p.list(f)
}

// each reads one item and hands it over.
func each[T any](p *parser, take func(*parser, *T)) error {
	var v T
	err := p.value(&v)
	if err == nil {
		take(p, &v)
	}
	return err
}

func (p *parser) message(m *chatMessage) {
	if m.MessageID == "" && m.ID != "" {
		p.waMessage(m)
		return
	}
	out := contact.Message{System: "wazzup", ID: string(m.MessageID), At: p.clock.moment(firstOf(m.DateTime, m.Timestamp)), Text: string(m.Text)}
	group := p.wazzupChat(&out, m.ChatType, m.ChatID, m.Contact.v)
	out.Direction = wazzupWay(m)
	if out.Direction == contact.Out {
		out.Text = ""
		out.Status, out.Error = string(m.Status), string(m.Error)
	}
	if group {
		p.ignore("group")
		if out.Who.Key == 0 || out.Direction != contact.In {
			return
		}
		out.Direction = contact.NoDirection // said, but not to us alone
	}
	p.say(out)
	if old := string(m.Old.v.Text); old != "" && old != out.Text && out.Direction != contact.Out { // said is said
		out.Text = old
		p.say(out)
	}
}

func firstOf[T ~string](a, b T) T {
	if a != "" {
		return a
	}
	return b
}

// wazzupWay is a message's direction; what neither echo nor status tell stays
// open.
func wazzupWay(m *chatMessage) contact.Direction {
	switch {
	case m.IsEcho != nil && *m.IsEcho:
		return contact.Out
	case m.Status == "inbound":
		return contact.In
	case m.Status != "":
		return contact.Out
	case m.IsEcho != nil:
		return contact.In
	}
	return contact.NoDirection
}

// wazzupChat says who is at the other end of a chat and on which channel. In a
// group only the phone of its card tells.
func (p *parser) wazzupChat(m *contact.Message, kind, id text, c card) (group bool) {
	phone := onPhone(c.Phone)
	switch kind {
	case "whatsapp", "wapi", "whatsgroup":
		m.Channel = contact.WhatsApp
		m.Who = onWhatsApp(id)
	case "viber":
		m.Channel = contact.Viber
		if m.Who = onPhone(id); m.Who.Key == 0 {
			m.Who = user(contact.Viber, id)
		}
	case "telegram", "tgapi", "telegroup":
		m.Channel = contact.Telegram
		m.Who = user(contact.Telegram, id)
	case "max", "maxbot", "maxgroup":
		m.Channel = contact.MAX
		m.Who = user(contact.MAX, id)
	default: // a channel that nobody is mailed on: the word counts for all
		m.Who = phone
	}
	if group = strings.HasSuffix(string(kind), "group"); group {
		m.Who = phone
	}
	if m.Who.Key == 0 {
		m.Who = phone
	}
	m.Also = among(m.Who, phone, named(m.Channel, c.Username))
	if m.Who.Key.Kind() != contact.MessengerID {
		m.Also = among(m.Who, twin(m.Who))
	}
	return group
}

func (p *parser) status(s *chatStatus) {
	if s.MessageID == "" && (s.ID != "" || s.RecipientID != "") {
		p.waStatus(s)
		return
	}
	m := contact.Message{System: "wazzup", ID: string(s.MessageID), At: p.clock.moment(s.Timestamp), Status: string(s.Status), Error: string(s.Error)}
	if s.ChatType != "" && p.wazzupChat(&m, s.ChatType, s.ChatID, card{}) {
		m.Who = contact.Identifier{}
	}
	p.say(m)
}
