package events

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"regexp"
	"slices"
	"strings"
)

// sniffed is how much of a file's start is looked at.
const sniffed = 64 << 10

// Sniff tells a file of events by its first bytes, some 64 KB of them or all.
// ok is false for anything else, lists of contacts from the same systems
// included.
func Sniff(head []byte) (shape Shape, ok bool) {
	head = withoutMark(head[:min(len(head), sniffed)])
	start := bytes.TrimLeft(head, " \t\r\n")
	if len(start) > 0 && isJSON(string(start[:1])) {
		if shape, ok = sniff(head, start[0] == '{'); ok {
			return shape, true
		}
	}
	if !namesSomebody(head) {
		rest, _ := io.ReadAll(&afterPrefix{r: bytes.NewReader(head)})
		if shape, ok = sniff(rest, true); ok {
			shape.Prefixed = true
			return shape, true
		}
	}
	if isChat(head) {
		return Shape{System: "whatsapp", Text: true}, true
	}
	return Shape{}, false
}

// namesSomebody tells a table whose last column holds records from a log: a phone
// or an e-mail stands before them.
func namesSomebody(head []byte) bool {
	for line := range bytes.Lines(head) {
		before, _, ok := bytes.Cut(line, []byte(`{"`))
		if ok && mention.Match(before) {
			return true
		}
	}
	return false
}

var mention = regexp.MustCompile(`@|(^|\D)[78]\d{10}(\D|$)|\+\d{11}`)

func sniff(head []byte, lines bool) (Shape, bool) {
	g := guess{dec: json.NewDecoder(bytes.NewReader(head)), seen: map[string]bool{}}
	for range 100 {
		if !g.value("", 0) {
			break
		}
		g.bodies++
	}
	system, under := g.system()
	return Shape{System: system, Lines: lines && g.bodies > 0 && g.more, Under: under}, system != ""
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
		s, _ := t.(string)
		if s == "whatsapp_business_account" {
			g.seen[path+"="+s] = true
		}
		if s = strings.TrimSpace(s); isJSON(s) { // a body as its text
			inner := guess{dec: json.NewDecoder(strings.NewReader(s)), seen: g.seen}
			inner.value(path, deep+1)
		}
		return true
	}
	_, err = g.dec.Token()
	return err == nil
}

// marks are the paths by which a system is looked for, at any depth.
var marks = [...]string{".chats.list", ".personal_information", ".messages.from_id", ".contacts.list.phone_number", ".object=whatsapp_business_account", ".entry.changes.field",
	".messages.from", ".statuses.id", ".user_preferences.value", ".update_type", ".update_id", ".updates", ".messages.messageId", ".statuses.messageId", ".channelsUpdates", ".createContact",
	".createDeal", ".templateStatus"}

// system names the system whose keys were seen, and under which path. Of
// several the shortest counts.
func (g *guess) system() (system, under string) {
	var paths []string
	for path := range g.seen {
		for _, mark := range marks {
			if before, ok := strings.CutSuffix(path, mark); ok && !slices.Contains(paths, before) && g.leads(before) {
				paths = append(paths, before)
			}
		}
	}
	slices.SortFunc(paths, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	for _, under := range paths {
		if system := g.under(under); system == "telegram" {
			return system, "" // its reader finds them itself
		} else if system != "" {
			return system, under
		}
	}
	if len(g.seen) == 1 && g.seen[".test"] {
		return "wazzup", ""
	}
	return "", ""
}

// leads tells whether a path may lead to the bodies of a file: all its keys
// are a log's, or nothing beside it speaks of a person.
func (g *guess) leads(path string) bool {
	keys := strings.FieldsFunc(path, func(r rune) bool { return r == '.' })
	if len(keys) > deepest {
		return false
	}
	if !slices.ContainsFunc(keys, func(k string) bool { return !slices.Contains(wrappers[:], k) }) {
		return true
	}
	for other := range g.seen {
		key := strings.ToLower(other[strings.LastIndexByte(other, '.')+1:])
		if !strings.HasPrefix(other, path+".") && (strings.Contains(key, "phone") || strings.Contains(key, "mail") || strings.Contains(key, "телефон")) {
			return false
		}
	}
	return true
}

// under names the system whose keys were seen below a path.
func (g *guess) under(path string) string {
	has := func(keys ...string) bool {
		return !slices.ContainsFunc(keys, func(k string) bool { return !g.seen[path+"."+k] })
	}
	switch {
	case path == "" && (has("chats.list") || has("personal_information", "contacts.list") || has("messages.from_id", "messages.date") || has("contacts.list.phone_number", "contacts.about")):
		return "telegram"
	case path == "" && g.updates("") || path == ".result" && g.updates(".result"):
		return "telegram"
	case has("object=whatsapp_business_account"), has("entry.changes.field"), has("messages.from", "messages.id", "messages.timestamp"),
		has("statuses.id", "statuses.status"), has("user_preferences.value", "user_preferences.timestamp"):
		return "whatsapp"
	case has("update_type", "timestamp"), has("updates.update_type"), has("updates", "marker"):
		return "max"
	case has("messages.messageId"), has("statuses.messageId"), has("channelsUpdates"), has("createContact"), has("createDeal"), has("templateStatus"):
		return "wazzup"
	}
	return ""
}

// updates tells the updates of a Telegram bot.
func (g *guess) updates(path string) bool {
	return g.seen[path+".update_id"] && slices.ContainsFunc([]string{".message.chat", ".edited_message.chat", ".my_chat_member.chat", ".callback_query.from"}, func(k string) bool { return g.seen[path+k] })
}
