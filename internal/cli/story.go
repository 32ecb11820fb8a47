package cli

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
	"cleanbase/internal/list"
)

// story tells what is known of one person: where it stood, what it or others
// said, and each verdict with its reasons.
func (p *printer) story(id contact.Identifier, s *audit.Story) {
	if len(s.Contacts) == 0 && len(s.Evidence) == 0 {
		p.line(contact.T("%s: nothing is known.", "%s: ничего не известно.").With(id.String()))
		return
	}
	p.printf("%s\n", id.String())
	for _, c := range s.Contacts {
		p.storyContact(&c)
	}
	if len(s.Evidence) > 0 {
		p.line(contact.T("What is known:", "Что известно:"))
	}
	evidence := slices.Clone(s.Evidence)
	slices.SortStableFunc(evidence, func(a, b audit.StoryEvidence) int { return cmp.Compare(a.HappenedAt, b.HappenedAt) })
	for _, e := range evidence {
		p.storyEvidence(&e)
	}
}

func (p *printer) storyContact(c *audit.StoryContact) {
	name := contact.T("contact %d %s", "контакт %d %s").With(c.ContactID, c.Phone)
	if c.Linked {
		name = contact.T("linked: %s", "связан: %s").With(name)
	}
	p.line(name)
	for _, r := range c.Rows {
		merged := contact.Text{}
		if r.Merged {
			merged = contact.T(" (merged into another row)", " (объединена с другой строкой)")
		}
		p.line(contact.T("  %s, row %d%s, runs %s to %s", "  %s, строка %d%s, запуски с %s по %s").
			With(place(r.Path, r.Sheet), r.Row, merged, r.FirstRun, r.LastRun))
	}
	for _, d := range c.Decisions {
		since := contact.T("  since run %s (as of %s): %s", "  с запуска %s (на %s): %s").With(d.Since, d.AsOf.Format("2006-01-02"), strings.ToUpper(d.Verdict))
		p.line(since)
		p.printf("    %s\n", list.Explain(d.Set, p.l))
		for _, r := range d.Set.List() {
			p.printf("    - %s\n", r.String())
		}
	}
}

var evidenceWords = map[string]contact.Text{
	"optout":         contact.T("asked to be left alone", "отказ от сообщений"),
	"optin":          contact.T("took the refusal back", "отмена отказа"),
	"complaint":      contact.T("complaint", "жалоба"),
	"consent":        contact.T("consent", "согласие"),
	"unsure":         contact.T("may be a refusal", "возможно, отказ"),
	"protected":      contact.T("never to be mailed", "в списке защищённых"),
	"inbound":        contact.T("wrote to the company", "писал сам"),
	"outbound":       contact.T("was written to", "ему писали"),
	"delivered":      contact.T("message delivered", "сообщение доставлено"),
	"unreachable":    contact.T("could not be reached", "не доставлено"),
	"suspected_spam": contact.T("taken for spam by the messenger", "мессенджер счёл спамом"),
	"bot_started":    contact.T("started the bot", "запустил бота"),
	"bot_stopped":    contact.T("stopped the bot", "остановил бота"),
	"pardon":         contact.T("pardoned", "снято"),
	"keep":           contact.T("read by a person: no refusal", "прочитано человеком: не отказ"),
}

func (p *printer) storyEvidence(e *audit.StoryEvidence) {
	when := e.At.Short()
	if when == "" {
		when = contact.T("no date", "без даты").In(p.l)
	}
	p.printf("  %s  %s (%s, %s)", when, evidenceWords[e.Kind].In(p.l), e.Channel, e.Identifier)
	if e.Path != "" {
		p.printf("  — %s, %d", place(e.Path, e.Sheet), e.Row)
	}
	if e.Rule != "" {
		p.printf("  [%s]", e.Rule)
	}
	if e.Quote != "" {
		p.printf("  “%s”", e.Quote)
	}
	p.printf("\n")
}

func place(path, sheet string) string {
	name := filepath.Base(path)
	if sheet != "" {
		name += " / " + sheet
	}
	return name
}
