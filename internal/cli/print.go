package cli

import (
	"encoding/json"
	"io"
	"path/filepath"
	"strings"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
)

// print shows what came out: JSON, a short table, or nothing.
func (j *job) print() error {
	switch {
	case j.json:
		return writeJSON(j.Stdout, &j.summary)
	case j.quiet:
		return nil
	}
	p := j.printer(j.settings.lang)
	p.summary(&j.summary)
	for _, n := range j.notes {
		p.line(n)
	}
	if !j.dryRun {
		p.line(contact.T("Lists: %s", "Списки: %s").With(j.lists()))
	}
	return p.err
}

// lists is where the run's lists are found: by the link, where links can be made.
func (j *job) lists() string {
	if link := filepath.Join(j.out, "latest"); exists(link) {
		return link
	}
	return runDir(j.out, j.runID)
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// what each verdict means for a person who wants to send.
var verdictWords = map[contact.Verdict]contact.Text{
	contact.Clean:   contact.T("may be written to", "можно писать"),
	contact.Cold:    contact.T("no consent to rely on: ask first", "нет согласия: сначала спросить"),
	contact.Hold:    contact.T("a person must look", "должен посмотреть человек"),
	contact.Removed: contact.T("refused, complained or protected: never write", "отказ, жалоба или защита: не писать"),
	contact.Invalid: contact.T("no usable phone", "нет пригодного телефона"),
}

func (p *printer) summary(s *contact.Summary) {
	per := s.Contacts.ByVerdict()
	p.line(contact.T("%s: %s read, %s (%s merged, %s blank).", "%s: %s, %s (объединено строк: %s, пустых: %s).").With(s.RunID,
		contact.Many(s.Rows.Read, "row", "rows", "строка", "строки", "строк"), contact.ManyContacts(s.Contacts.All()),
		contact.T(contact.Many(s.Rows.Merged, "row", "rows", "", "", "").EN, p.number(s.Rows.Merged)), p.number(s.Rows.Blank)))
	var rows [][]string
	for _, v := range contact.Verdicts() {
		rows = append(rows, []string{"  " + v.String(), p.number(per[v]), verdictWords[v].In(p.l)})
	}
	p.table(rows)
	p.inputs(s.Inputs)
	if s.Events != nil {
		p.events(s.Events)
	}
	p.gate(s)
}

// events tells what the logs say of the sender and not of the contacts.
func (p *printer) events(e *contact.EventsSummary) {
	for _, a := range e.Alarms {
		p.line(contact.T("  channel alarm %s, %s: the sender's own trouble, held against no contact", "  тревога канала %s, %s: беда отправителя, контактам не в счёт").
			With(strings.TrimSpace(a.System+" "+a.Code), contact.Many(a.Count, "time", "times", "раз", "раза", "раз")))
	}
	for _, o := range e.Outages {
		p.line(contact.T("  outage %s on %s, %s: %s contacts, %s messages that day. It holds nobody back", "  сбой %s, канал %s, %s: контактов %s, сообщений в тот день %s. Никто из-за него не придержан").
			With(o.Class, o.Channel, o.Day, p.number(o.Contacts), p.number(o.Sent)))
	}
	if e.Repeats > 0 {
		p.line(contact.T("  messages and statuses that came twice and count once: %s", "  сообщений и статусов пришло повторно и засчитано один раз: %s").With(p.number(e.Repeats)))
	}
	if e.Recalled > 0 {
		p.line(contact.T("  statuses of messages that earlier runs read: %s", "  статусов сообщений, прочитанных прошлыми запусками: %s").With(p.number(e.Recalled)))
	}
	if e.Resolved > 0 {
		p.line(contact.T("  statuses kept by earlier runs, of messages that came now: %s", "  статусов, отложенных прошлыми запусками, чьи сообщения пришли теперь: %s").With(p.number(e.Resolved)))
	}
	if e.UnknownStatuses > 0 {
		p.line(contact.T("  statuses of messages that no file holds: %s. They are kept until their messages come", "  статусов сообщений, которых нет ни в одном файле: %s. Они отложены, пока не придут сообщения").With(p.number(e.UnknownStatuses)))
	}
}

// roleWords is what a table tells.
var roleWords = map[string]contact.Text{
	"contacts": contact.T("contacts", "контакты"), "optouts": contact.T("optouts", "отказы"), "complaints": contact.T("complaints", "жалобы"),
	"consents": contact.T("consents", "согласия"), "events": contact.T("events", "события"), "protected": contact.T("protected", "защищённые"),
}

// inputs is a line for each table that was read, then what is to be said of
// any.
func (p *printer) inputs(inputs []contact.InputSummary) {
	var rows [][]string
	var notes []string
	for i := range inputs {
		in := &inputs[i]
		name := place(in.Path, in.Sheet)
		n := in.Rows.Read
		if in.Role != contact.RoleContacts.String() {
			n = in.Entries
		}
		rows = append(rows, []string{"  " + name, roleWords[in.Role].In(p.l), p.number(n)})
		for _, note := range in.NotesShown {
			notes = append(notes, "  "+name+": "+note)
		}
	}
	p.table(rows)
	for _, n := range notes {
		p.printf("%s\n", n)
	}
}

var levelWords = map[string]contact.Text{"stop": contact.T("STOP", "СТОП"), "warn": contact.T("warning", "внимание")}

func (p *printer) gate(s *contact.Summary) {
	for _, f := range s.Gate.Findings {
		p.finding(&f)
	}
	switch s.Status {
	case audit.Withheld:
		p.verdict(red, contact.T("Do not mail: the clean list is withheld. Mend what is said above, or publish on your own word with --accept-risk TEXT.",
			"Рассылать нельзя: чистый список не выдан. Исправьте сказанное выше или возьмите риск на себя: --accept-risk ТЕКСТ."))
	case audit.Published:
		p.verdict(green, contact.T("You may write to %s.", "Можно писать %s.").With(contact.Many(s.Contacts.Clean, "contact", "contacts", "контакту", "контактам", "контактам")))
	default:
		p.line(contact.T("Dry run: nothing was written.", "Пробный запуск: ничего не записано."))
	}
}

var levelColours = map[string]string{"stop": red, "warn": yellow}

// finding is a line on one thing that was found.
func (p *printer) finding(f *contact.Finding) {
	p.printf("%s: %s\n", p.paint(levelColours[f.Level], levelWords[f.Level].In(p.l)), f.Say.In(p.l))
}

// verdict is the line that says what to do.
func (p *printer) verdict(colour string, t contact.Text) {
	p.printf("%s\n", p.paint(colour, t.In(p.l)))
}
