package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"text/tabwriter"

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
	p := printer{w: j.Stdout, l: j.settings.lang}
	p.summary(&j.summary)
	for _, n := range j.notes {
		p.line(n)
	}
	if !j.dryRun {
		p.line(contact.T("Lists: %s", "Списки: %s").With(filepath.Join(j.out, "latest")))
	}
	return p.err
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// printer writes lines in one language and keeps the first failure.
type printer struct {
	w   io.Writer
	l   contact.Lang
	err error
}

func (p *printer) printf(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}

func (p *printer) line(t contact.Text) { p.printf("%s\n", t.In(p.l)) }

func (p *printer) number(n int64) string { return contact.Grouped(p.l, n) }

// table writes rows with their columns under one another.
func (p *printer) table(rows [][]string) {
	if p.err != nil {
		return
	}
	w := tabwriter.NewWriter(p.w, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		if _, err := fmt.Fprintln(w, strings.Join(r, "\t")); err != nil {
			p.err = err
			return
		}
	}
	p.err = w.Flush()
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
	p.line(contact.T("%s: %s rows read, %s contacts (%s rows merged, %s blank).", "%s: прочитано строк %s, контактов %s (объединено строк %s, пустых %s).").
		With(s.RunID, p.number(s.Rows.Read), p.number(s.Contacts.All()), p.number(s.Rows.Merged), p.number(s.Rows.Blank)))
	var rows [][]string
	for _, v := range contact.Verdicts() {
		rows = append(rows, []string{"  " + v.String(), p.number(per[v]), verdictWords[v].In(p.l)})
	}
	p.table(rows)
	for _, in := range s.Inputs {
		p.input(&in)
	}
	p.gate(s)
}

func (p *printer) input(in *contact.InputSummary) {
	name := filepath.Base(in.Path)
	if in.Sheet != "" {
		name += " / " + in.Sheet
	}
	rows := in.Rows.Read
	if in.Role != contact.RoleContacts.String() {
		rows = in.Entries
	}
	p.printf("  %s: %s, %s\n", name, in.Role, p.number(rows))
	for _, n := range in.NotesShown {
		p.printf("    %s\n", n)
	}
}

var levelWords = map[string]contact.Text{"stop": contact.T("STOP", "СТОП"), "warn": contact.T("warning", "внимание")}

func (p *printer) gate(s *contact.Summary) {
	for _, f := range s.Gate.Findings {
		p.printf("%s: %s\n", levelWords[f.Level].In(p.l), f.Say.In(p.l))
	}
	switch s.Status {
	case audit.Withheld:
		p.line(contact.T("Do not mail: the clean list is withheld. Mend what is said above, or publish on your own word with --accept-risk TEXT.",
			"Рассылать нельзя: чистый список не выдан. Исправьте сказанное выше или возьмите риск на себя: --accept-risk ТЕКСТ."))
	case audit.Published:
		p.line(contact.T("You may write to %s contacts.", "Можно писать контактам: %s.").With(p.number(s.Contacts.Clean)))
	default:
		p.line(contact.T("Dry run: nothing was written.", "Пробный запуск: ничего не записано."))
	}
}
