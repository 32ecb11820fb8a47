package config

import (
	"fmt"
	"slices"
	"time"

	"cleanbase/internal/contact"
)

// Plan is how a clean list is sent in waves.
type Plan struct {
	First        int      `toml:"first"`         // people in the first wave
	Growth       float64  `toml:"growth"`        // each wave may be so many times larger
	Pause        Duration `toml:"pause"`         // between waves
	Expires      Duration `toml:"expires"`       // of a wave's file
	Feedback     bool     `toml:"feedback"`      // no next wave before newer events were read
	NewShare     float64  `toml:"new_share"`     // of a wave, never written to
	DaysBetween  int      `toml:"days_between"`  // of two messages to one person
	WhatsAppTier int      `toml:"whatsapp_tier"` // people in 24 h; 0 is unlimited
	Limit        int      `toml:"limit"`         // the same of other messengers; 0 is none
	From         Clock    `toml:"from"`          // local hours
	To           Clock    `toml:"to"`
}

// Clock is a time of day in the file, "09:30": the time since midnight.
type Clock time.Duration

// UnmarshalText reads the time; "24:00" is the end of the day.
func (c *Clock) UnmarshalText(text []byte) error {
	if string(text) == "24:00" {
		*c = Clock(24 * time.Hour)
		return nil
	}
	t, err := time.Parse("15:04", string(text))
	*c = Clock(time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute)
	return err
}

// MarshalText writes the time as it is read.
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// String is the time as a person writes it: "09:30".
func (c Clock) String() string {
	return fmt.Sprintf("%02d:%02d", time.Duration(c)/time.Hour, time.Duration(c)%time.Hour/time.Minute)
}

// wrong is the setting that has no sense, and why; empty when all have.
func (p *Plan) wrong() (key string, why contact.Text) {
	switch {
	case !(p.Growth >= 1 && p.Growth <= 100):
		return "growth", contact.T("must be from 1 to 100", "должно быть от 1 до 100")
	case p.Pause < Duration(time.Hour):
		return "pause", contact.T("must be an hour or more", "не может быть меньше часа")
	case p.Expires < Duration(time.Hour):
		return "expires", contact.T("must be an hour or more", "не может быть меньше часа")
	case p.WhatsAppTier != 0 && !slices.Contains([]int{250, 2000, 10_000, 100_000}, p.WhatsAppTier):
		return "whatsapp_tier", contact.T("must be 250, 2000, 10000, 100000 or, for no limit, 0", "должно быть 250, 2000, 10000, 100000 или, если без ограничения, 0")
	case p.From >= p.To:
		return "to", contact.T("must be later than plan.from", "должно быть позже, чем plan.from")
	}
	return "", contact.Text{}
}
