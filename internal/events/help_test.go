package events_test

import (
	"strings"
	"testing"
	"time"

	"cleanbase/internal/contact"
	"cleanbase/internal/events"
)

// readMessage is a stand-in for package refusal.
func readMessage(text string, _ contact.Moment) []contact.Reading {
	text = strings.ToLower(text)
	switch {
	case strings.Contains(text, "это спам"):
		return []contact.Reading{{Class: contact.SaysComplaint, Rule: "spam"}}
	case strings.Contains(text, "стоп"):
		return []contact.Reading{{Class: contact.SaysRefusal, Rule: "stop"}}
	case strings.Contains(text, "хватит"):
		return []contact.Reading{{Class: contact.SaysUnsure, Rule: "enough"}}
	case strings.Contains(text, "подпишите"):
		return []contact.Reading{{Class: contact.SaysSubscribe, Rule: "start"}}
	}
	return nil
}

var moscow = time.FixedZone("MSK", 3*3600)

func joiner() *events.Joiner {
	return events.NewJoiner(events.Options{ReadMessage: readMessage, OutageContacts: 200, OutageShare: 0.2})
}

// read sniffs and reads a file.
func read(t testing.TB, text string) ([]contact.Message, events.Result, error) {
	t.Helper()
	shape, ok := events.Sniff([]byte(text))
	if !ok {
		t.Fatalf("not told: %.80s", text)
	}
	var all []contact.Message
	res, err := events.Read(strings.NewReader(text), shape, moscow, func(m contact.Message) { all = append(all, m) })
	return all, res, err
}

// evidence joins messages and gives each piece of evidence as a line.
func evidence(all []contact.Message) ([]string, events.Report) {
	j := joiner()
	for _, m := range all {
		j.Add(m)
	}
	var lines []string
	rep := j.Evidence(func(e contact.Evidence) {
		parts := []string{e.Kind.String(), e.Via.String(), e.ID.String(), e.Channel.String()}
		for _, s := range []string{e.At.Short(), e.Rule, e.Quote} {
			if s != "" {
				parts = append(parts, s)
			}
		}
		lines = append(lines, strings.Join(parts, " "))
	})
	return lines, rep
}

func at(text string) contact.Moment {
	m, err := time.Parse(time.DateTime, text)
	if err != nil {
		panic(err)
	}
	return contact.At(m)
}

func who(p contact.Phone) contact.Identifier { return contact.OfPhone(p) }
