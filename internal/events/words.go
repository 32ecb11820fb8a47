package events

import (
	"strings"

	"cleanbase/internal/contact"
)

// maxQuote is how much of a message is kept as evidence, in bytes.
const maxQuote = 4096

// read finds what a person's words mean.
func (j *Joiner) read(m *contact.Message, who uint32) {
	if e, ok := keyword(m.Text); ok && m.System == "twilio" && m.Direction == contact.In {
		rule := j.rule(m.System, "keyword")
		j.who.note(who, mark{at: m.At, origin: m.Origin, channel: m.Channel, kind: e.kind, rule: rule}, j.rules)
		return
	}
	if j.opt.ReadMessage == nil {
		return
	}
	told := false // by the words, for sure
	for _, reading := range j.opt.ReadMessage(m.Text, m.At) {
		told = told || reading.Class == contact.SaysSubscribe || reading.Class == contact.SaysRefusal || reading.Class == contact.SaysComplaint
		ev := contact.Evidence{Via: contact.ViaMessage, Channel: m.Channel, At: m.At, Origin: m.Origin, Rule: "message:" + reading.Rule, Quote: quote(m.Text)}
		switch reading.Class {
		case contact.SaysSubscribe:
			ev.Kind = contact.OptIn
			if m.Early.Known() {
				ev.At = m.Early
			}
		case contact.SaysUnsure:
			ev.Kind = contact.Unsure
		case contact.SaysRefusal:
			ev.Kind = contact.OptOut
		case contact.SaysComplaint:
			ev.Kind = contact.Complaint
		}
		if m.Direction == contact.NoDirection && ev.Kind != 0 { // perhaps not the person's words, or not to us
			if ev.Kind == contact.OptIn {
				continue
			}
			ev.Kind = contact.Unsure
		}
		if ev.Kind != 0 {
			j.said = append(j.said, saying{who: who, ev: ev})
		}
	}
	if !told && leaves(m.Button) {
		j.pressed(m, who)
	}
}

// pressed notes a refusal by a button whose words say less than its name.
func (j *Joiner) pressed(m *contact.Message, who uint32) {
	ev := contact.Evidence{Kind: contact.OptOut, Via: contact.ViaMessage, Channel: m.Channel, At: m.At, Origin: m.Origin, Rule: "message:button",
		Quote: quote(strings.TrimSpace(m.Text + " [" + m.Button + "]"))}
	if m.Direction == contact.NoDirection { // perhaps not the person's press
		ev.Kind = contact.Unsure
	}
	j.said = append(j.said, saying{who: who, ev: ev})
}

// quote is a text cut to what is kept of it.
func quote(s string) string {
	if len(s) <= maxQuote {
		return s
	}
	for i := range s {
		if i > maxQuote-3 {
			return s[:i] + "…"
		}
	}
	return s
}

// maxRules bounds the different rules: texts of statuses are as users write
// them.
const maxRules = 1 << 14

// rule is the number of a rule's text.
func (j *Joiner) rule(system, code string) uint16 {
	b := append(j.ruleBuf[:0], "platform:"...)
	if system != "" {
		b = append(append(b, system...), ':')
	}
	b = append(b, code...)
	j.ruleBuf = b
	if n, ok := j.ruleNo[string(b)]; ok {
		return n
	}
	if len(j.rules) == maxRules {
		b = append(b[:0], "platform:other"...)
		if n, ok := j.ruleNo[string(b)]; ok {
			return n
		}
	}
	n := uint16(len(j.rules))
	j.rules = append(j.rules, string(b))
	j.ruleNo[j.rules[n]] = n
	return n
}
