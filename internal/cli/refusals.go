package cli

import (
	"time"

	"cleanbase/internal/contact"
	"cleanbase/internal/refusal"
)

// refusals is the reader of messages, with what the policy file adds to it.
func (s *settings) refusals() (*refusal.Reader, error) {
	opt := refusal.Options{Off: s.Refusal.Off, OurLines: s.Refusal.OurLines}
	for _, sign := range s.Refusal.Signs {
		from, err := signDay(sign.From)
		if err != nil {
			return nil, err
		}
		to, err := signDay(sign.To)
		if err != nil {
			return nil, err
		}
		opt.Signs = append(opt.Signs, refusal.Sign{Text: sign.Text, From: from, To: to})
	}
	for _, r := range s.Refusal.Rules {
		effect, err := effectOf(r.Effect)
		if err != nil {
			return nil, err
		}
		opt.Extra = append(opt.Extra, refusal.Rule{ID: r.ID, Effect: effect, About: r.About, Match: r.Match, Unless: r.Unless})
	}
	reader, err := refusal.New(opt)
	if err != nil {
		return nil, usage(err)
	}
	return reader, nil
}

// signDay reads the first or last day of a sign; an empty one is open.
func signDay(day string) (contact.Moment, error) {
	if day == "" {
		return 0, nil
	}
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return 0, usageFault(contact.T("refusal.signs: “%s” is no day", "refusal.signs: «%s» — не день").With(day),
			contact.T("write it as 2026-01-31", "пишите так: 2026-01-31"))
	}
	return contact.OnDay(t.Date()), nil
}

// effectOf reads the effect of a rule of the policy file.
func effectOf(name string) (refusal.Effect, error) {
	for e := refusal.Unsure; e <= refusal.Mask; e++ {
		if e.String() == name {
			return e, nil
		}
	}
	return 0, usageFault(contact.T("refusal.rules: no effect is called “%s”", "refusal.rules: нет действия «%s»").With(name),
		contact.T("use refusal, complaint, unsure, subscribe, note or mask", "допустимы refusal, complaint, unsure, subscribe, note и mask"))
}
