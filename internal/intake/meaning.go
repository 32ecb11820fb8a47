package intake

import (
	"strings"

	"cleanbase/internal/contact"
)

// law152 is the law on personal data, the one number that means something in a
// header: "Согласие 152-ФЗ" is no consent to mailings.
const law152 = "152"

// withoutChoices is a header without the answers that it asks for: "Согласен
// (да/нет)".
func (x *lexicon) withoutChoices(header string) string {
	before, rest, _ := strings.Cut(header, "(")
	choices, after, closed := strings.Cut(rest, ")")
	if !closed || !strings.Contains(choices, "/") {
		return header
	}
	for choice := range strings.SplitSeq(choices, "/") {
		if x.words[foldString(choice)] == contact.WordUnknown {
			return header
		}
	}
	return before + after
}

// meaning is what the general dictionary says of a header, as it stands or with
// the words written out that it cuts short.
func (x *lexicon) meaning(header string) (contact.Meaning, bool) {
	header = x.withoutChoices(header)
	m, ok := x.says(header)
	if !ok {
		if whole := x.writtenOut(header); whole != "" {
			return x.says(whole)
		}
	}
	return m, ok
}

// writtenOut is the words of a header with those that are cut short whole; ""
// when none is.
func (x *lexicon) writtenOut(header string) string {
	words, cut := strings.Fields(spaced(header, false)), false
	for i, w := range words {
		if whole, ok := x.short[w]; ok {
			words[i], cut = whole, true
		}
	}
	if !cut {
		return ""
	}
	return strings.Join(words, " ")
}

func (x *lexicon) says(header string) (contact.Meaning, bool) {
	if m, ok := x.headings[key(header)]; ok && !strings.Contains(header, law152) && !isCampaign(m, header) {
		return m, true
	}
	texts := [...]string{spaced(header, false), spaced(header, true)}
	for i := range x.patterns {
		for _, text := range texts { // the first pattern decides: "emailUnsubscribedAt" begins with "email"
			if x.patterns[i].fits(text) {
				return x.onChannel(x.patterns[i].meaning, text), true
			}
		}
	}
	if bare, _, found := strings.Cut(header, "("); found && strings.TrimSpace(bare) != "" {
		if m, ok := x.headings[key(bare)]; m.Field != contact.FieldConsent { // "Consent (photo)"
			return m, ok
		}
	}
	return contact.Meaning{}, false
}

// isCampaign tells the name of one mailing ("Рассылка 12.05") from a question.
func isCampaign(m contact.Meaning, header string) bool {
	return m.Field == contact.FieldConsent && strings.HasPrefix(foldString(header), "рассылк") && countDigits([]byte(header)) > 0
}

// onChannel adds the channel that a header about consent or refusal names. A
// refusal on several is one on any; of a consent for several the first of the
// channels' own order counts. Calls beside writing are not calls alone.
func (x *lexicon) onChannel(m contact.Meaning, text string) contact.Meaning {
	refusal := m.Field == contact.FieldOptOut || m.Field == contact.FieldOptOutAt
	if !refusal && m.Field != contact.FieldConsent && m.Field != contact.FieldConsentAt {
		return m
	}
	for _, l := range x.speaks {
		switch {
		case !begins(text, l.Text) || l.Channel == m.Channel:
		case m.Channel == contact.Any:
			m.Channel = l.Channel
		case refusal:
			return contact.Meaning{Field: m.Field}
		default:
			m.Channel = min(m.Channel, l.Channel)
		}
	}
	if m.Channel == contact.Call {
		for _, general := range []string{"не пис", "не беспок", "рассыл", "контакт", "contact", "message"} {
			if begins(text, general) {
				m.Channel = contact.Any
			}
		}
	}
	return m
}
