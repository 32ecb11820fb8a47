// Package draft checks a message before it is sent to a list: whether every
// placeholder has a value for everybody, whether the message says how to refuse
// and whether that refusal would be understood, how long it is, and whether it
// is one same text for all.
//
// It is pure: the text, the list's columns with their counts, and the policy
// come in as values, and nothing of any person goes out. It does not write or
// improve messages.
package draft

import (
	"strings"

	"cleanbase/internal/contact"
)

// Options are what a message is checked against.
type Options struct {
	Channel contact.Channel
	AsOf    contact.Moment // when it is to be sent
	Signs   []Sign         // agreed ones of the policy
	// Reads tells what a person's message would be read as; nil: nothing is.
	Reads func(text string) contact.Class
}

// Sign is an agreed sign and its lifetime; unknown ends are open.
type Sign struct {
	Text     string
	From, To contact.Moment
}

// Base is the list that the message goes to.
type Base struct {
	Contacts int64
	Russian  int64 // of them with a Russian number
	Columns  []Column
}

// Column is one column of the list.
type Column struct {
	Header  string
	Field   contact.Field
	Empty   int64 // contacts with nothing there
	Odd     int64 // of names: contacts with something that is no name
	Longest int   // value, in characters
}

// Check reads the message. Base may be nil: then placeholders are only listed.
func Check(text string, base *Base, opt Options) *contact.Draft {
	if opt.Reads == nil {
		opt.Reads = func(string) contact.Class { return contact.SaysNone }
	}
	c := &checker{opt: opt, base: base, text: strings.TrimSpace(text)}
	c.d = &contact.Draft{Schema: 1, Channel: opt.Channel.String(), Characters: len([]rune(c.text)), Placeholders: []contact.Placeholder{}, Signs: []string{}, Findings: []contact.Finding{}}
	if base != nil {
		c.d.Contacts = base.Contacts
	}
	c.placeholders()
	c.refusal()
	c.length()
	c.law()
	c.d.Result = "pass"
	for _, level := range []string{warn, stop} {
		for _, f := range c.found {
			if f.Level == level {
				c.d.Result = level
			}
		}
	}
	for _, level := range []string{stop, warn} {
		for _, f := range c.found {
			if f.Level == level {
				c.d.Findings = append(c.d.Findings, f)
			}
		}
	}
	return c.d
}

const (
	warn = "warn"
	stop = "stop"
)

type checker struct {
	opt   Options
	base  *Base
	text  string
	d     *contact.Draft
	found []contact.Finding
	slots []slot
}

func (c *checker) add(level string, f contact.Finding) {
	f.Level = level
	c.found = append(c.found, f)
}

// law is what the channel itself says.
func (c *checker) law() {
	if c.opt.Channel == contact.WhatsApp && c.base != nil && c.base.Russian > 0 {
		c.add(warn, contact.Finding{Code: "law.whatsapp_ru", Value: float64(c.base.Russian), Say: contact.T(
			"with Russian numbers: %s; advertising on WhatsApp is not allowed in Russia since 1 September 2025: send them no offers there",
			"с российскими номерами: %s; реклама в WhatsApp в России запрещена с 1 сентября 2025 года, не шлите там предложения").With(contact.ManyContacts(c.base.Russian))})
	}
}
