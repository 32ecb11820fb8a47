package events

import (
	"cleanbase/internal/contact"
)

// tgUpdate is an update of a Telegram bot
// (https://core.telegram.org/bots/api#update).
type tgUpdate struct {
	ID       text             `json:"update_id"`
	Message  maybe[tgPost]    `json:"message"`
	Edited   maybe[tgPost]    `json:"edited_message"`
	Member   maybe[tgMember]  `json:"my_chat_member"`
	Callback maybe[tgPressed] `json:"callback_query"`
}

// field is where the value of a key goes, nil for one that says nothing.
func (u *tgUpdate) field(key string) any {
	switch key {
	case "update_id":
		return &u.ID
	case "message":
		return &u.Message
	case "edited_message":
		return &u.Edited
	case "my_chat_member":
		return &u.Member
	case "callback_query":
		return &u.Callback
	}
	return nil
}

type tgUser struct {
	ID       text `json:"id"`
	IsBot    bool `json:"is_bot"`
	Username text `json:"username"`
}

type tgPlace struct {
	ID   text `json:"id"`
	Type text `json:"type"`
}

type tgPost struct {
	ID      text             `json:"message_id"`
	From    tgUser           `json:"from"`
	Chat    tgPlace          `json:"chat"`
	Date    text             `json:"date"`
	Text    text             `json:"text"`
	Caption text             `json:"caption"`
	Contact maybe[tgContact] `json:"contact"`
	Markup  maybe[tgMarkup]  `json:"reply_markup"`

	Forwarded present `json:"forward_date"`
	Origin    present `json:"forward_origin"`
}

type tgMarkup struct {
	Rows [][]struct {
		Text text `json:"text"`
		Data text `json:"callback_data"`
	} `json:"inline_keyboard"`
}

// tgMember is what a person did to the bot.
type tgMember struct {
	Chat tgPlace `json:"chat"`
	From tgUser  `json:"from"`
	Date text    `json:"date"`
	New  struct {
		Status text `json:"status"`
	} `json:"new_chat_member"`
}

type tgPressed struct {
	ID      text          `json:"id"`
	From    tgUser        `json:"from"`
	Data    text          `json:"data"`
	Message maybe[tgPost] `json:"message"`
}

func (p *parser) tgUpdate(u *tgUpdate) {
	p.res.Entries++
	switch {
	case u.Message.v.ID != "":
		p.tgPost(&u.Message.v)
	case u.Edited.v.ID != "":
		p.tgPost(&u.Edited.v)
	case u.Callback.v.ID != "":
		p.tgPressed(&u.Callback.v)
	case u.Member.v.From.ID != "":
		p.tgMember(&u.Member.v)
	default: // channels, polls, payments
		p.ignore("update")
	}
	p.settle()
}

// tgPerson is a message of a person's; ok is false in groups and of bots.
func (p *parser) tgPerson(who *tgUser, chat *tgPlace) (m contact.Message, ok bool) {
	if who.IsBot || chat.Type != "" && chat.Type != "private" {
		p.ignore("group")
		return m, false
	}
	m = contact.Message{System: "telegram", Channel: contact.Telegram, Who: user(contact.Telegram, who.ID)}
	m.Also = among(m.Who, named(contact.Telegram, who.Username))
	return m, true
}

func (p *parser) tgPost(t *tgPost) {
	m, ok := p.tgPerson(&t.From, &t.Chat)
	if !ok {
		return
	}
	m.ID, m.At, m.Direction = string(t.Chat.ID+"/"+t.ID), p.clock.moment(t.Date), contact.In
	if !bool(t.Forwarded) && !bool(t.Origin) {
		m.Text = string(firstOf(t.Text, t.Caption))
	}
	p.say(m)
	p.tgContact(&t.Contact.v)
}

func (p *parser) tgMember(t *tgMember) {
	m, ok := p.tgPerson(&t.From, &t.Chat)
	if !ok {
		return
	}
	m.At = p.clock.moment(t.Date)
	switch t.New.Status {
	case "kicked":
		m.Status = "bot_stopped"
	case "member":
		m.Status = "bot_started"
	default:
		p.ignore("my_chat_member")
		return
	}
	p.say(m)
}

// tgPressed is a press on a button: the person's word is what stands on it. When
// it was pressed is not told, only when the button was sent.
func (p *parser) tgPressed(t *tgPressed) {
	m, ok := p.tgPerson(&t.From, &t.Message.v.Chat)
	if !ok {
		return
	}
	m.ID, m.Direction, m.Text = string(t.ID), contact.In, string(t.Data)
	m.Button = m.Text
	for _, row := range t.Message.v.Markup.v.Rows {
		for _, b := range row {
			if b.Data == t.Data && b.Text != "" {
				m.Text = string(b.Text)
			}
		}
	}
	p.say(m)
}
