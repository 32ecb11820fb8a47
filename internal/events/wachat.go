package events

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"cleanbase/internal/contact"
)

// WhatsApp's own export of one chat is a text: "12.03.24, 14:05 - Анна: Привет" on
// Android, "[12.03.2024, 14:05:33] Анна: Привет" on an iPhone, in the order and
// with the signs of the phone's language; lines without a time go on with the
// message above. Whoever is in the phone book stands there by that name, others
// by their phone, the account's owner by an own name.

// How many bytes and messages such a text may have; WhatsApp exports 40,000
// messages at most.
const (
	maxChat = 32 << 20
	maxSaid = 400_000
)

const (
	chatMarks  = `\x{FEFF}\x{200B}\x{200E}\x{200F}\x{202A}-\x{202E}\x{2066}-\x{2069}`
	chatBlanks = `[\s\x{A0}\x{202F}]`
)

var (
	chatHead = regexp.MustCompile(`^[` + chatMarks + `]*(\[?)(\d{1,4})([./-]) ?(\d{1,2})[./-] ?(\d{1,4})\.?,?` + chatBlanks + `+(?:\p{L}{1,3}` + chatBlanks + `+)?` +
		`(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?` + chatBlanks + `*([\p{L}.\s\x{A0}\x{202F}]{2,8}?)?(?:(\])` + chatBlanks + `*|` + chatBlanks + `+[-–]` + chatBlanks + `+)(.*)$`)
	chatDeleted = regexp.MustCompile(`^(?:You deleted this message|Вы удалили (?:данное|это) сообщение)\.?$`)
	chatPhone   = regexp.MustCompile(`^\+[\d\s\x{A0}\x{202F}().\x{2010}-\x{2015}-]+$`)
)

// maxName is how many letters a name has; a longer one is a line of the app's.
const maxName = 64

// chatSaid is one message as it stands.
type chatSaid struct {
	row, from  int    // where it stands, and where its words begin
	date       [3]int // as written
	dots       bool   // between the numbers of the date
	h, m, s    int
	badClock   bool // the half of the day is named in a word that is not known
	name, text string
}

// chat is a text that is read whole.
type chat struct {
	shape  Shape
	zone   *time.Location
	said   []chatSaid
	system int64
	day    dayOrder
	who    map[string]contact.Identifier // whom a name stands for that is a phone
	phones []contact.Identifier          // of those who are named by one
	names  []string                      // the others
	two    bool                          // it is of two, as far as its senders tell
	peer   string                        // of names, whom the file is named after; "" where that is not told
	other  contact.Identifier            // who is at the other end of a chat of two; nobody's in a group
}

// isChat tells such a text by its first line that is not blank, and by a message
// in what follows.
func isChat(head []byte) bool {
	first := true
	for line := range bytes.Lines(head) {
		s := strings.TrimSpace(string(line))
		if s == "" {
			continue
		}
		said, ok := chatLine(s)
		if first && !ok {
			return false
		}
		first = false
		if said.name != "" && !strings.ContainsAny(said.name, `{}"`) {
			return true
		}
	}
	return false
}

// readChat reads the whole of a chat's text.
func readChat(r io.Reader, s Shape, zone *time.Location, yield func(contact.Message)) (Result, error) {
	var text strings.Builder
	_, err := io.Copy(&text, io.LimitReader(r, maxChat+1))
	res := Result{Ignored: map[string]int64{}}
	c := &chat{shape: s, zone: zone, who: map[string]contact.Identifier{}}
	switch {
	case err != nil:
		return res, err
	case text.Len() > maxChat || !c.parse(text.String()):
		return res, &contact.Fault{Err: errTooLarge, What: contact.T("the chat is longer than any that WhatsApp exports", "переписка длиннее всех, какие выгружает WhatsApp"),
			Do: contact.T("export it anew, without media", "выгрузите её заново, без медиафайлов")}
	}
	c.gather()
	if c.other.Key == 0 && (len(c.phones) == 0 || c.peer != "") && len(c.said) > 0 {
		return res, &contact.Fault{Err: errNobody, What: contact.T("the chat names its people by the names of a phone book, and no phone tells who they are", "в переписке люди названы именами из телефонной книги, и ни одного телефона нет"),
			Do: contact.T("add the person's phone to the name of the file, with + in front", "допишите телефон собеседника в имя файла, начиная с +")}
	}
	res.Entries = int64(len(c.said)) + c.system
	if c.system > 0 {
		res.Ignored["system"] = c.system
	}
	for i := range c.said {
		m, ok := c.message(&c.said[i])
		if !ok {
			res.Unreadable++
			continue
		}
		if m.At != 0 {
			res.Zoneless++
		}
		yield(m)
	}
	return res, nil
}

// errNobody marks a chat of which nobody can be told.
var errNobody = errors.New("events: nobody has a phone")

// parse finds the messages of a text; false where there are too many.
func (c *chat) parse(text string) bool {
	row, at, open := 0, 0, false
	end := func(to int) {
		if open {
			last := &c.said[len(c.said)-1]
			last.text = wordsOf(text[last.from:to])
		}
	}
	for line := range strings.Lines(text) {
		row++
		if said, ok := chatLine(strings.TrimRight(line, "\r\n")); ok {
			end(at)
			if open = said.name != ""; open {
				said.row, said.from = row, at+said.from
				if c.said = append(c.said, said); len(c.said) > maxSaid {
					return false
				}
			} else {
				c.system++
			}
		}
		at += len(line)
	}
	end(len(text))
	return true
}

// wordsOf is a message without what the app put to it: marks, a file left out, an
// edit.
func wordsOf(text string) string {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if at := strings.LastIndexByte(text, '<'); strings.HasSuffix(text, ">") && at >= 0 && len(text)-at > 4 && len(text)-at < 200 {
		text = text[:at]
	}
	if text = strings.TrimSpace(unmarked(text)); chatDeleted.MatchString(text) {
		return "" // the app's words under the owner's name
	}
	return text
}

// unmarked is a text without the marks of which way letters run.
func unmarked(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\ufeff', r == '\u200b', r == '\u200e', r == '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return -1
		}
		return r
	}, s)
}

// chatLine reads a line that begins with a time; a line of the app's own has no
// name. What an iPhone's app says itself begins with a mark.
func chatLine(line string) (s chatSaid, ok bool) {
	f := chatHead.FindStringSubmatch(line)
	if f == nil || (f[1] == "[") != (f[10] == "]") {
		return s, false
	}
	number := func(i int) int { n, _ := strconv.Atoi(f[i]); return n } // digits, or nothing
	s.date, s.dots = [3]int{number(2), number(4), number(5)}, f[3] == "."
	s.h, s.m, s.s = number(6), number(7), number(8)
	s.half(f[9])
	name, text, said := strings.Cut(f[11], ": ")
	if !said {
		name, said = strings.CutSuffix(strings.TrimSpace(f[11]), ":")
	}
	aside := strings.HasPrefix(text, "\u200e") && !strings.HasPrefix(text, "\u200e<")
	name = strings.TrimSpace(unmarked(name))
	if said && !aside && utf8.RuneCountInString(name) <= maxName {
		s.name, s.from = name, len(line)-len(text)
	}
	return s, true
}

// half sets the hour by the half of the day that stands behind it.
func (s *chatSaid) half(word string) {
	letters := strings.Map(func(r rune) rune {
		if strings.ContainsRune(". \u00a0\u202f\t", r) {
			return -1
		}
		return r
	}, strings.ToLower(word))
	switch letters {
	case "":
	case "am", "дп":
		s.h %= 12
	case "pm", "пп":
		s.h = s.h%12 + 12
	default:
		s.badClock = true
	}
}

// gather finds who speaks in the chat, and the order of its dates.
func (c *chat) gather() {
	for i := range c.said {
		name := c.said[i].name
		if _, met := c.who[name]; met {
			continue
		}
		id := phoneNamed(name)
		if c.who[name] = id; id.Key == 0 {
			c.names = append(c.names, name)
		} else if !slices.Contains(c.phones, id) && len(c.phones) < 1000 {
			c.phones = append(c.phones, id)
		}
	}
	c.day = c.orderOfDays()
	c.two = len(c.names)+len(c.phones) <= 2
	after := chatTitle.ReplaceAllString(c.shape.Title, "")
	for _, name := range c.names {
		if c.two && len(after) < len(c.shape.Title) && strings.HasPrefix(after, name) && len(name) > len(c.peer) {
			c.peer = name
		}
	}
	c.other = c.otherEnd()
}

// chatTitle is what WhatsApp puts before the name of the other end in the name
// of the file.
var chatTitle = regexp.MustCompile(`(?i)^\s*(?:whatsapp chat (?:with|-)|чат whatsapp (?:с контактом|с|-)) +`)

// otherEnd is who is at the other end: whom the file is named after, with the phone
// in its name; or the one who is named by a phone, since the account's owner is not.
func (c *chat) otherEnd() contact.Identifier {
	peer := contact.Identifier{}
	if c.shape.Peer != 0 {
		peer = contact.OfPhone(c.shape.Peer)
	}
	switch {
	case c.peer != "" || len(c.phones) == 0:
		return peer
	case len(c.phones) == 1 && (c.two || c.phones[0] == peer):
		return c.phones[0]
	case c.two && slices.Contains(c.phones, peer):
		return peer
	}
	return contact.Identifier{}
}

// phoneNamed is whom a name that is a phone stands for: "+7 926 000-00-00".
func phoneNamed(name string) contact.Identifier {
	name = strings.TrimSpace(strings.TrimLeft(name, "~ \u00a0\u202f"))
	if !chatPhone.MatchString(name) {
		return contact.Identifier{}
	}
	return onPhone(text(name))
}

// message is what somebody said, of whom and to whom as far as that is sure; ok is
// false where nobody is known.
func (c *chat) message(s *chatSaid) (contact.Message, bool) {
	m := contact.Message{System: "whatsapp", Channel: contact.WhatsApp, Text: s.text}
	m.Origin.Row = int32(s.row)
	m.At, m.Early = c.moment(s)
	own := c.who[s.name]
	switch {
	case c.other.Key == 0: // said in a group, and not to us alone
		m.Who = own
	case len(c.phones) == 0 && c.peer == "": // one of the two, and it is not told which
		m.Who = c.other
	case c.peer == "" && own == c.other, c.peer != "" && s.name == c.peer:
		m.Who, m.Direction = c.other, contact.In
	default:
		m.Who, m.Direction = c.other, contact.Out
	}
	m.Also = among(m.Who, twin(m.Who))
	return m, m.Who.Key != 0
}
