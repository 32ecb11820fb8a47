package intake

import (
	"fmt"

	"cleanbase/internal/contact"
)

// Clashes names the texts of a dictionary that fold to one and mean two.
func Clashes(d contact.Dictionary) (list []string) {
	seen := map[string]string{}
	note := func(of, text string, means any) {
		k, m := of+" "+foldString(text), fmt.Sprint(means)
		if before, ok := seen[k]; ok && before != m {
			list = append(list, fmt.Sprintf("%q: %s and %s", k, before, m))
		}
		seen[k] = m
	}
	for word, texts := range d.Words {
		for _, text := range texts {
			note("word", text, word)
		}
	}
	for kind, texts := range d.Statuses {
		for _, text := range texts {
			note("status", text, kind)
		}
	}
	for code, names := range d.Countries {
		for _, name := range append(names, code) {
			note("country", name, code)
		}
	}
	for _, l := range d.Tags {
		note("tag", l.Text, l.Channel)
	}
	for _, l := range d.Channels {
		note("channel", l.Text, l.Channel)
	}
	for _, way := range d.Incoming {
		note("way", way, true)
	}
	for _, way := range d.Outgoing {
		note("way", way, false)
	}
	headers := map[string]contact.Meaning{}
	for _, h := range d.Headings {
		for _, header := range h.Headers {
			k := key(header)
			if m, ok := headers[k]; ok && m != h.Meaning {
				list = append(list, fmt.Sprintf("header %q: %v and %v", header, m, h.Meaning))
			}
			headers[k] = h.Meaning
		}
	}
	return list
}
