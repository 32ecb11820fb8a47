package events

import (
	"strings"

	"cleanbase/internal/contact"
)

// effect is what a status or an error code says.
type effect struct {
	nature nature
	kind   contact.EvidenceKind // of natures told and failed
}

type nature uint8

const (
	silent nature = iota // under way, or a passing failure: says nothing of the person
	told                 // a fact about the person: kind
	failed               // a fact about the person, unless too many share it: kind
	alarm                // the sender's own trouble
)

// codebook is the codes of one system in capitals.
type codebook struct{ statuses, errors map[string]effect }

// codebooks is what every system's codes mean (formats.md 3). A code that a
// system's book lacks is the sender's trouble and nobody's fault. The book of
// no system holds the codes that can't be taken for another's.
func codebooks() map[string]codebook {
	books := map[string]codebook{}
	for _, system := range []string{"wazzup", "whatsapp", "max", "twilio", "smsc", "smsru", "mobizon", "telegram"} {
		books[system] = codebook{map[string]effect{}, map[string]effect{}}
	}
	for _, c := range codes() {
		for _, system := range strings.Fields(c.systems) {
			for _, code := range strings.Fields(c.codes) {
				into := books[system].errors
				if c.statuses {
					into = books[system].statuses
				}
				into[strings.ToUpper(code)] = c.effect
			}
		}
	}
	books[""] = shared(books)
	return books
}

// shared is the codes that say by themselves whose they are: words, and
// numbers of four digits or more.
func shared(books map[string]codebook) codebook {
	all := codebook{map[string]effect{}, map[string]effect{}}
	for _, system := range []string{"wazzup", "whatsapp", "max", "twilio", "mobizon"} {
		b := books[system]
		for code, e := range b.errors {
			if code[0] > '9' || len(code) >= 4 {
				all.errors[code] = e
			}
		}
		if system == "max" || system == "mobizon" {
			for code, e := range b.statuses {
				all.statuses[code] = e
			}
		}
	}
	return all
}

type codeList struct {
	effect
	systems  string
	statuses bool
	codes    string
}

func codes() []codeList {
	delivered, unreachable := effect{told, contact.Delivered}, effect{failed, contact.Unreachable}
	spam, stop := effect{failed, contact.SuspectedSpam}, effect{told, contact.OptOut}
	again, none, ours := effect{told, contact.OptIn}, effect{}, effect{nature: alarm}
	return []codeList{
		{delivered, "wazzup whatsapp twilio smsc smsru mobizon", true, "delivered read played"},
		{none, "wazzup whatsapp twilio mobizon", true, "sent accepted queued scheduled sending pending enqueued edited deleted warning canceled cancelled received receiving inbound"},

		{unreachable, "wazzup", false, "BAD_CONTACT MESSAGE_INCORRECT_PHONE"},
		{spam, "wazzup", false, "SPAM MESSAGES_IS_SPAM MESSAGE_IS_SPAM"},
		{none, "wazzup", false, `24_HOURS_EXCEEDED 7_DAYS_EXCEEDED MESSAGE_CANCELLED MESSAGE_DELETED COMMENT_DELETED COMMENT_ALREADY_PRIVATE_REPLIED
			COMMENT_INVALID_FOR_PRIVATE_REPLY COMMENT_CAN_BE_TEXT_ONLY CANNOT_REPLY_TO_DELETED MENTION_FORBIDDEN MESSAGES_NOT_TEXT_FIRST CHATID_IGSID_MISMATCH`},

		{stop, "whatsapp", true, "stop"},
		{again, "whatsapp", true, "resume"},
		{stop, "whatsapp", false, "131050"},
		{unreachable, "whatsapp", false, "131026 1026 1013"},
		{none, "whatsapp", false, "131047 131049 130472 131056 131051 131052 131053 470"},
		{ours, "whatsapp", false, "131048 131031 368 131042 130429 130497 80007 471"},

		{effect{told, contact.BotStarted}, "max telegram", true, "bot_started"},
		{effect{told, contact.BotStopped}, "max telegram", true, "bot_stopped"},
		{unreachable, "max", false, "chat.denied"},

		{stop, "twilio", true, "stop"},
		{again, "twilio", true, "start"},
		{none, "twilio", true, "help"},
		{stop, "twilio", false, "21610 63014"},
		{unreachable, "twilio", false, "21211 21214 21217 21614 30005 30006 63003 63024"},
		{spam, "twilio", false, "30007"},
		{none, "twilio", false, "30003 30004 30008 63016"},

		{delivered, "smsc", true, "1 2 4"},
		{none, "smsc", true, "0 -1 -2 -3 3"},
		{unreachable, "smsc", true, "20 22 25"},
		{ours, "smsc", true, "23 24"},
		{unreachable, "smsc", false, "1 11 13 21 200"},
		{none, "smsc", false, "6 12 219 220"},

		{delivered, "smsru", true, "103 110"},
		{none, "smsru", true, "-1 100 101 102 104 105 106 107"},
		{unreachable, "smsru", true, "150 202 207"},
		{stop, "smsru", true, "209"},
		{ours, "smsru", true, "108"},

		{delivered, "mobizon", true, "DELIVRD PDLIVRD"},
		{none, "mobizon", true, "NEW ENQUEUD ENQUEUED ACCEPTD EXPIRED DELETED"},
		{unreachable, "mobizon", true, "UNDELIV"},
		{ours, "mobizon", true, "REJECTD"},
	}
}

// classify says what a message's status means, and by which code.
func (j *Joiner) classify(m *contact.Message) (effect, string) {
	status, code := strings.TrimSpace(m.Status), strings.TrimSuffix(strings.TrimSpace(m.Error), ".0")
	if code == "0" {
		code = ""
	}
	book, own := j.books[m.System]
	own = own && m.System != ""
	if e, ok := book.errors[strings.ToUpper(code)]; ok && code != "" {
		return e, code
	}
	inStatus, hasStatus := book.statuses[strings.ToUpper(strings.TrimSuffix(status, ".0"))]
	switch {
	case m.Ours, code != "" && own && !(hasStatus && inStatus.nature == told):
		return effect{nature: alarm}, firstOf(code, status)
	case hasStatus:
		return inStatus, strings.TrimSuffix(status, ".0")
	case m.Means == contact.Unreachable || m.Means == contact.SuspectedSpam:
		return effect{failed, m.Means}, firstOf(status, code)
	case m.Means != 0:
		return effect{told, m.Means}, firstOf(status, code)
	case code != "" || own && isFailure(status):
		return effect{nature: alarm}, firstOf(code, status)
	}
	return effect{}, status
}

// isFailure tells a status by which a system says that a message failed.
func isFailure(status string) bool {
	return strings.EqualFold(status, "error") || strings.EqualFold(status, "failed") || strings.EqualFold(status, "undelivered")
}

// codeShown is a code as summaries may show it: texts, and what might be a
// phone, are "other".
func codeShown(code string) string {
	digits := 0
	for i := range len(code) {
		switch b := code[i]; {
		case b >= '0' && b <= '9':
			digits++
		case b >= 'a' && b <= 'z', b >= 'A' && b <= 'Z', b == '_', b == '-', b == '.':
		default:
			return "other"
		}
	}
	if code == "" || len(code) > 40 || digits >= 7 {
		return "other"
	}
	return code
}

// keywords are the words by which people leave and join again with Twilio's
// own handling. YES is none of them: it answers too many other questions.
func keyword(text string) (effect, bool) {
	switch strings.ToUpper(strings.TrimSpace(text)) {
	case "STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT":
		return effect{told, contact.OptOut}, true
	case "START", "UNSTOP":
		return effect{told, contact.OptIn}, true
	}
	return effect{}, false
}

// status takes a status; false when it was seen before.
func (j *Joiner) status(s *slot, m *contact.Message, who uint32) bool {
	e, code := j.classify(m)
	if e.kind == 0 && !m.Ours { // a word of the dictionary is nobody's
		code = codeShown(code)
	}
	st := state{at: m.At, origin: m.Origin, rule: j.rule(m.System, code), effect: e}
	if m.Direction == contact.NoDirection {
		j.sent(s, m.At, 0)
	}
	fresh := j.keep(s, &st)
	if fresh && e.nature == alarm {
		j.alarms[Alarm{System: m.System, Code: code}]++
	}
	return fresh
}

// keep adds a status to its message's, or its newer time to the one that it
// repeats; then it is false.
func (j *Joiner) keep(s *slot, st *state) bool {
	for i := s.states; i != 0; {
		have := j.states.at(i)
		if have.rule == st.rule && have.effect == st.effect {
			if a, b := (mark{at: st.at, origin: st.origin}), (mark{at: have.at, origin: have.origin}); newer(&a, &b, j.rules) {
				have.at, have.origin = st.at, st.origin
			}
			return false
		}
		i = have.next
	}
	st.next = s.states
	s.states = j.states.add(*st)
	return true
}
