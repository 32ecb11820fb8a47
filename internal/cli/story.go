package cli

import (
	"cmp"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
	"cleanbase/internal/list"
	"cleanbase/internal/phone"
)

// explain tells everything known of one person.
func (a *App) explain(db *audit.DB, id contact.Identifier, f auditFlags) error {
	story, err := db.Explain(id.Key)
	if err != nil {
		return err
	}
	if story == nil {
		story = &audit.Story{Contacts: []audit.StoryContact{}, Evidence: []audit.StoryEvidence{}}
	}
	erased, err := db.Erasures(id.Key)
	var noKey *contact.Fault
	if err != nil && !errors.As(err, &noKey) { // without the key file all else is told
		return err
	}
	runs, err := db.History(0)
	if err != nil {
		return err
	}
	risks := risksOf(runs, story)
	if f.json {
		return writeJSON(a.Stdout, storyJSON{story, keptOf(erased), append([]audit.Erasure{}, erased...), advice(story).In(a.lang(f.lang)), risks})
	}
	p := a.printer(a.lang(f.lang))
	p.story(id, story, erased)
	p.risks(risks)
	return p.err
}

type storyJSON struct {
	*audit.Story
	Kept   int                `json:"kept_of_forgotten"` // hashed facts, when the person was forgotten
	Erased []audit.Erasure    `json:"erased"`
	Advice string             `json:"advice"`
	Risks  []audit.RunSummary `json:"accepted_risks"`
}

func keptOf(erased []audit.Erasure) (n int) {
	for _, e := range erased {
		n += e.Kept
	}
	return n
}

// risksOf is those of the runs, newest first, that were published against a gate
// while a contact of the story was clean, so that it stood in their clean list.
func risksOf(runs []audit.RunSummary, s *audit.Story) []audit.RunSummary {
	age := make(map[string]int, len(runs)) // the names of two within a second tell nothing
	for i, r := range runs {
		age[r.RunID] = i
	}
	return slices.DeleteFunc(runs, func(r audit.RunSummary) bool {
		return r.Accepted == "" || !slices.ContainsFunc(s.Contacts, func(c audit.StoryContact) bool {
			return slices.ContainsFunc(c.Decisions, func(d audit.StoryDecision) bool {
				return d.Set.Verdict() == contact.Clean && age[d.Since] >= age[r.RunID] && (d.Until == "" || age[r.RunID] > age[d.Until])
			})
		})
	})
}

// story tells of one person what holds now, then everything in time, then what
// would have to happen to write to it.
func (p *printer) story(id contact.Identifier, s *audit.Story, erased []audit.Erasure) {
	p.printf("%s\n", id.String())
	if n := id.Key.Phone(); n != 0 {
		p.line(contact.T("Read as %s, a number of %s.", "Прочитан как %s, номер страны %s.").With(n.String(), cmp.Or(phone.NewReader().Region(n), "?")))
	}
	for _, e := range erased {
		p.line(contact.T("This person's data was erased on %s%s. What is kept as keyed hashes still counts: %d.", "Данные этого человека стёрты %s%s. Оставленное в виде хешей с ключом по-прежнему действует: %d.").
			With(e.At.Format(time.DateOnly), strings.TrimPrefix(quoted(e.Reason, p.l), " "), e.Kept))
	}
	if len(s.Contacts) == 0 && len(s.Evidence) == 0 {
		p.line(contact.T("Otherwise nothing is known.", "Больше ничего не известно."))
		return
	}
	for _, c := range s.Contacts {
		p.now(&c)
	}
	p.line(contact.T("\nIn time:", "\nПо времени:"))
	for _, e := range p.timeline(s) {
		p.printf("  %s  %s\n", e.day, e.text)
	}
	if text := advice(s); text.EN != "" {
		p.line(contact.T("\nTo write to this person: %s", "\nЧтобы писать этому человеку: %s").With(text))
	}
}

// now tells what the last run thought of a contact.
func (p *printer) now(c *audit.StoryContact) {
	if len(c.Decisions) == 0 {
		return
	}
	d := &c.Decisions[len(c.Decisions)-1]
	p.line(contact.T("\n%s, verdict since run %s: %s, %s.", "\n%s, вердикт с запуска %s: %s, %s.").
		With(contactName(c), d.Since, strings.ToUpper(d.Verdict), verdictWords[d.Set.Verdict()]))
	p.printf("  %s\n", list.Explain(d.Set, p.l))
	for _, r := range d.Set.List() {
		p.printf("    %s: %s\n", r.String(), r.Say().In(p.l))
	}
}

func contactName(c *audit.StoryContact) contact.Text {
	name := contact.T("Contact %d", "Контакт %d").With(c.ContactID)
	if c.Phone != "" {
		name = contact.T("Contact %d (%s)", "Контакт %d (%s)").With(c.ContactID, c.Phone)
	}
	if c.Linked {
		name = contact.T("%s, linked by a shared phone, e-mail or id", "%s, связан общим телефоном, почтой или id").With(name)
	}
	return name
}

// moment is one thing that happened: at orders, day is shown.
type moment struct {
	at   time.Time
	rank int // of things at one time: stood, said, decided
	day  string
	text string
}

func (p *printer) timeline(s *audit.Story) []moment {
	var all []moment
	several := len(s.Contacts) > 1
	for i := range s.Contacts {
		c := &s.Contacts[i]
		who := ""
		if several {
			who = contact.T("contact %d ", "контакт %d ").With(c.ContactID).In(p.l)
		}
		for _, rows := range byPlace(c.Rows) {
			first := rows[0].FirstAsOf
			all = append(all, moment{first, 0, first.Format(time.DateOnly), who + p.stood(rows)})
		}
		for j := range c.Decisions {
			d := &c.Decisions[j]
			all = append(all, moment{d.AsOf, 2, d.AsOf.Format(time.DateOnly), who + p.decided(d)})
		}
	}
	for i := range s.Contacts {
		for _, w := range s.Contacts[i].Waves {
			all = append(all, moment{w.At, 3, w.At.Format("2006-01-02 15:04"), p.handedOut(&w)})
		}
	}
	evidence := together(s.Evidence)
	for i := range evidence {
		e := &evidence[i]
		m := moment{e.At.Earliest(), 1, e.At.Short(), p.said(e)}
		if !e.At.Known() {
			m.at, m.day = e.LearntAt, e.LearntAt.Format(time.DateOnly)
			m.text = contact.T("(undated, learnt then) %s", "(без даты, узнали тогда) %s").With(m.text).In(p.l)
		}
		all = append(all, m)
	}
	slices.SortStableFunc(all, func(a, b moment) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.rank, b.rank)) })
	return all
}

// together makes one of what one row says about several identifiers of the person.
func together(all []audit.StoryEvidence) (told []audit.StoryEvidence) {
	at := map[audit.StoryEvidence]int{}
	for _, e := range all {
		same := e
		same.EvidenceID, same.IdentifierKind, same.Identifier = 0, "", ""
		if i, ok := at[same]; ok && e.Path != "" {
			told[i].Identifier += ", " + e.Identifier
			continue
		}
		at[same] = len(told)
		told = append(told, e)
	}
	return told
}

// handedOut tells of a wave that the contact was in.
func (p *printer) handedOut(w *audit.StoryWave) string {
	t := contact.T("was handed out for sending in wave %d of plan %s (channel %s, list of run %s)", "выдан для отправки в волне %d плана %s (канал %s, список запуска %s)").
		With(w.Number, w.Plan, w.Channel, w.RunID)
	if w.Unsent {
		t = contact.T("%s; said later not to have been sent", "%s; позже сказано, что не отправляли").With(t)
	}
	return t.In(p.l) + "."
}

func (p *printer) decided(d *audit.StoryDecision) string {
	return contact.T("run %s decided: %s, %s (%s). Why then: %s.", "запуск %s решил: %s, %s (%s). Почему тогда: %s.").
		With(d.Since, strings.ToUpper(d.Verdict), verdictWords[d.Set.Verdict()], d.Set.String(), causeWords[d.Cause]).In(p.l)
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
	"pardon":         contact.T("pardoned: what was against it before no longer counts", "снято: прежнее против него не считается"),
	"keep":           contact.T("read by a person: no refusal", "прочитано человеком: не отказ"),
}

var viaWords = map[string]contact.Text{
	"list":     contact.T("from a list", "из списка"),
	"flag":     contact.T("from a mark in a contacts file", "из отметки в файле контактов"),
	"message":  contact.T("in own words", "своими словами"),
	"platform": contact.T("as the messenger reported", "по сообщению мессенджера"),
	"person":   contact.T("decided by somebody of the company", "решил сотрудник"),
	"note":     contact.T("from a manager's note", "из заметки менеджера"),
}

// said tells of one piece of evidence: what, how, on which channel, in which
// words, and where it was read.
func (p *printer) said(e *audit.StoryEvidence) string {
	t := contact.T("%s, %s", "%s, %s").With(evidenceWords[e.Kind], viaWords[e.Via]).In(p.l)
	if e.Channel != contact.Any.String() {
		t += contact.T(", channel %s", ", канал %s").With(e.Channel).In(p.l)
	}
	t += " (" + e.Identifier + ")"
	if e.Quote != "" {
		t += contact.T(": “%s”", ": «%s»").With(e.Quote).In(p.l)
	}
	t += "."
	if detail := p.detail(e.Detail); detail != "" {
		t += " " + detail + "."
	}
	if e.Path != "" {
		t += contact.T(" Source: %s, row %d.", " Источник: %s, строка %d.").With(place(e.Path, e.Sheet), e.Row).In(p.l)
	}
	if e.Rule != "" {
		t += contact.T(" Rule: %s.", " Правило: %s.").With(e.Rule).In(p.l)
	}
	return t
}

var detailWords = map[string]contact.Text{
	"source": contact.T("where", "где"), "purpose": contact.T("purpose", "цель"),
	"method": contact.T("how", "как"), "text_version": contact.T("text", "текст"),
}

// detail tells a consent's particulars.
func (p *printer) detail(text string) string {
	var fields map[string]string
	if text == "" || json.Unmarshal([]byte(text), &fields) != nil {
		return text
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		label := cmp.Or(detailWords[name].In(p.l), name)
		if fields[name] != "" {
			parts = append(parts, label+": "+fields[name])
		}
	}
	return strings.Join(parts, "; ")
}
