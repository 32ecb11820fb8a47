// Package system holds what is known of the files of the world, as data: how
// CRMs, messengers and people name their columns, which tags and words mean a
// refusal, what the name of a file says of its role.
//
// It reads no files and decides nothing; package intake does, by this data.
package system

import (
	"strings"

	"cleanbase/internal/contact"
)

// Dictionary is all that is known. It is made anew at each call and belongs to
// the caller.
func Dictionary() contact.Dictionary {
	return contact.Dictionary{
		Headings:   headings(),
		Patterns:   patterns(),
		Speaks:     speaks(),
		Suspicious: list(suspicious),
		Layouts:    layouts(),
		Words: map[contact.Word][]string{
			contact.WordBlank:      list(blanks),
			contact.WordYes:        list(yes),
			contact.WordNo:         list(no),
			contact.WordSubscribed: list(subscribed),
			contact.WordLack:       list(lacks),
			contact.WordRefusal:    list(refusals),
		},
		Tags:      tags(),
		Doubts:    read(contact.Meaning{}, doubts),
		Channels:  channels(),
		Countries: countries(),
		Statuses:  statuses(),
		Phrases:   phrases(),
		Incoming:  list(incoming),
		Outgoing:  list(outgoing),
		Gateways:  gateways(),
		Names:     names(),
		Negations: list(negations),
		Short:     short(),
	}
}

// list is the items of a text that divides them with bars or line ends.
func list(text string) []string {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == '|' || r == '\n' })
	items := parts[:0]
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			items = append(items, p)
		}
	}
	return items
}

// words is the blank-separated entries of a text, "_" standing for a blank
// inside one.
func words(text string) []string {
	items := strings.Fields(text)
	for i := range items {
		items[i] = strings.ReplaceAll(items[i], "_", " ")
	}
	return items
}

// split is the items of a text that divides them with commas.
func split(text string) []string {
	items := strings.Split(text, ",")
	for i := range items {
		items[i] = strings.TrimSpace(items[i])
	}
	return items
}

func mean(f contact.Field) contact.Meaning { return contact.Meaning{Field: f} }

func meanOn(f contact.Field, c contact.Channel) contact.Meaning {
	return contact.Meaning{Field: f, Channel: c}
}
