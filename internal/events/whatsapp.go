package events

import (
	"cleanbase/internal/contact"
)

// waEntry is an item of entry[] of a WhatsApp Cloud API webhook.
type waEntry struct {
	Changes []waChange `json:"changes"`
}

type waChange struct {
	Field text    `json:"field"`
	Value waValue `json:"value"`
}

type waValue struct {
	Contacts    []waProfile    `json:"contacts"`
	Messages    []chatMessage  `json:"messages"`
	Echoes      []chatMessage  `json:"message_echoes"`
	Statuses    []chatStatus   `json:"statuses"`
	Preferences []waPreference `json:"user_preferences"`
}

type waProfile struct {
	WaID   text `json:"wa_id"`
	UserID text `json:"user_id"`
}

type waPreference struct {
	WaID      text `json:"wa_id"`
	UserID    text `json:"user_id"`
	Value     text `json:"value"`
	Timestamp text `json:"timestamp"`
}

func (p *parser) waEntry(e *waEntry) {
	for i := range e.Changes {
		v := &e.Changes[i].Value
		some := len(v.Messages) + len(v.Echoes) + len(v.Statuses) + len(v.Preferences)
		if some == 0 {
			p.ignore(string(e.Changes[i].Field))
		}
		all(p, v.Contacts, (*parser).profile)
		all(p, v.Messages, (*parser).waMessage)
		all(p, v.Echoes, (*parser).echo)
		all(p, v.Statuses, (*parser).waStatus)
		all(p, v.Preferences, (*parser).preference)
	}
}

func all[T any](p *parser, list []T, take func(*parser, *T)) {
	for i := range list {
		take(p, &list[i])
	}
}

// waPerson is who a phone's id and a user id stand for; either may be missing.
func waPerson(phone, userID text) (who contact.Identifier, also [2]contact.Identifier) {
	id, user := onWhatsApp(phone), onWhatsApp(userID)
	if user.Key.Kind() != contact.MessengerID {
		user = contact.Identifier{}
	}
	if user.Key == 0 {
		return id, among(id, twin(id))
	}
	return user, among(user, id, twin(id))
}

// profile links the two ids of a person.
func (p *parser) profile(c *waProfile) {
	m := contact.Message{System: "whatsapp", Channel: contact.WhatsApp}
	if m.Who, m.Also = waPerson(c.WaID, c.UserID); m.Also[0].Key != 0 {
		p.say(m)
	}
}

func (p *parser) waMessage(m *chatMessage) {
	if m.Type == "system" {
		p.moved(m)
		return
	}
	out := contact.Message{System: "whatsapp", Channel: contact.WhatsApp, ID: string(m.ID), At: p.clock.moment(m.Timestamp), Direction: contact.In}
	out.Who, out.Also = waPerson(m.From, m.FromUserID)
	if f := m.Context.v; !f.Forwarded && !f.Frequently {
		out.Text = waText(m)
		out.Button = string(firstOf(m.Button.v.Payload, firstOf(m.Choices.v.Button.ID, m.Choices.v.List.ID)))
	}
	if m.GroupID != "" {
		p.ignore("group")
		out.Direction = contact.NoDirection
		if out.Text+out.Button == "" {
			return
		}
	}
	p.say(out)
}

// moved ties a person's new number to the old one, under which there may be a
// refusal; the other words of the platform are of devices.
func (p *parser) moved(m *chatMessage) {
	out := contact.Message{System: "whatsapp", Channel: contact.WhatsApp, Who: onWhatsApp(m.From)}
	out.Also = among(out.Who, onWhatsApp(firstOf(m.System.v.NewID, m.System.v.ID)))
	if out.Who.Key == 0 || out.Also[0].Key == 0 {
		p.ignore("system")
		return
	}
	p.say(out)
}

// waText is a person's own words: typed, on the button that was pressed, or
// under a picture.
func waText(m *chatMessage) string {
	for _, t := range [...]text{text(m.Text), m.Button.v.Text, m.Choices.v.Button.Title, m.Choices.v.List.Title,
		m.Image.v.Caption, m.Video.v.Caption, m.Document.v.Caption, m.Order.v.Text, m.Reaction.v.Emoji} {
		if t != "" {
			return string(t)
		}
	}
	return ""
}

// echo is a message that the company sent from the app.
func (p *parser) echo(m *chatMessage) {
	out := contact.Message{System: "whatsapp", Channel: contact.WhatsApp, ID: string(m.ID), At: p.clock.moment(m.Timestamp), Direction: contact.Out}
	out.Who, out.Also = waPerson(m.To, m.ToUserID)
	p.say(out)
}

func (p *parser) waStatus(s *chatStatus) {
	m := contact.Message{System: "whatsapp", Channel: contact.WhatsApp, ID: string(s.ID), At: p.clock.moment(s.Timestamp), Status: string(s.Status)}
	if s.RecipientType == "group" {
		p.ignore("group")
		return
	}
	m.Who, m.Also = waPerson(s.RecipientID, s.RecipientUserID)
	if len(s.Errors.v) == 0 {
		p.say(m)
		return
	}
	for _, e := range s.Errors.v {
		m.Error = string(e.Code)
		p.say(m)
	}
}

// preference is a person's word to the platform: no more marketing, or again.
func (p *parser) preference(w *waPreference) {
	m := contact.Message{System: "whatsapp", Channel: contact.WhatsApp, At: p.clock.moment(w.Timestamp), Status: string(w.Value)}
	m.Who, m.Also = waPerson(w.WaID, w.UserID)
	p.say(m)
}
