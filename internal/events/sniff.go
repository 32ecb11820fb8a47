package events

import (
	"bytes"
	"encoding/json"
)

// sniffed is how much of a file's start is looked at.
const sniffed = 64 << 10

// Sniff tells a file of events by its first bytes, some 64 KB of them or all.
// ok is false for anything else, lists of contacts from the same systems
// included.
func Sniff(head []byte) (shape Shape, ok bool) {
	head = withoutMark(head[:min(len(head), sniffed)])
	start := bytes.TrimLeft(head, " \t\r\n")
	if len(start) == 0 || start[0] != '{' && start[0] != '[' {
		return Shape{}, false
	}
	g := guess{dec: json.NewDecoder(bytes.NewReader(head)), seen: map[string]bool{}}
	for range 100 {
		if !g.value("", 0) {
			break
		}
		g.bodies++
	}
	if system := g.system(); system != "" {
		return Shape{System: system, Lines: start[0] == '{' && g.bodies > 0 && g.more}, true
	}
	return Shape{}, false
}

// guess gathers the paths of the keys that a file has, as far as its start
// goes; a list adds nothing to a path.
type guess struct {
	dec    *json.Decoder
	seen   map[string]bool
	bodies int
	more   bool // something stands after the first body
}

// value reads a value and notes its paths; false when the bytes end or are no
// JSON.
func (g *guess) value(path string, deep int) bool {
	t, err := g.dec.Token()
	if err != nil {
		return false
	}
	if deep == 0 && g.bodies > 0 {
		g.more = true
	}
	switch t {
	case json.Delim('{'):
		for g.dec.More() {
			key, err := g.dec.Token()
			if err != nil {
				return false
			}
			name, _ := key.(string)
			under := path + "." + name
			if len(g.seen) < 10_000 && deep < 12 {
				g.seen[under] = true
			}
			if !g.value(under, deep+1) {
				return false
			}
		}
	case json.Delim('['):
		for g.dec.More() {
			if !g.value(path, deep+1) {
				return false
			}
		}
	default:
		if s, isText := t.(string); isText && s == "whatsapp_business_account" {
			g.seen[path+"="+s] = true
		}
		return true
	}
	_, err = g.dec.Token()
	return err == nil
}

// system names the system whose keys were seen. Bodies may be wrapped in a
// log's own record.
func (g *guess) system() string {
	for _, under := range [...]string{"", ".body", ".payload", ".data", ".json", ".event", ".json.body"} {
		has := func(keys ...string) bool {
			for _, k := range keys {
				if !g.seen[under+"."+k] {
					return false
				}
			}
			return true
		}
		switch {
		case has("chats.list"), has("personal_information", "contacts.list"), has("messages.from_id", "messages.date"), has("contacts.list.phone_number", "contacts.about"):
			return "telegram"
		case has("object=whatsapp_business_account"), has("entry.changes.field"),
			has("messages.from", "messages.id", "messages.timestamp"), has("statuses.id", "statuses.status"):
			return "whatsapp"
		case has("update_type", "timestamp"), has("updates.update_type"), has("updates", "marker"):
			return "max"
		case has("messages.messageId"), has("statuses.messageId"), has("channelsUpdates"), has("createContact"), has("createDeal"), has("templateStatus"):
			return "wazzup"
		}
	}
	if len(g.seen) == 1 && g.seen[".test"] {
		return "wazzup"
	}
	return ""
}
