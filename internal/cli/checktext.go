package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"cleanbase/internal/contact"
	"cleanbase/internal/draft"
	"cleanbase/internal/phone"
	"cleanbase/internal/sheet"
)

func (a *App) checkTextCommand() *cobra.Command {
	var f flags
	cmd := &cobra.Command{
		Use:   "check-text FILE [--base CLEAN]",
		Short: "Check a message before it is sent to a list",
		Long: `check-text reads a message, a plain text file, and says what would go wrong with
it: placeholders ({Имя}, {{name}}, ${name}, %NAME%, #имя#, [Имя], <имя>) that
name no column or have no value for some contacts, no way to refuse, an agreed
sign that the policy does not know or that has run out, our own line that would
be taken for a refusal when quoted back, one same text for all, length.

Exit codes: 0 nothing against it, or warnings · 3 do not send it so · 64 wrong
usage or settings · 65 the message or the list can't be read.`,
		Example: `  cleanbase check-text letter.txt --base cleanbase-out/latest/clean.xlsx
  cleanbase check-text letter.txt --base clean.csv --channel sms --json`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := a.settings(f)
			if err != nil {
				return err
			}
			return a.checkText(cmd.Context(), s, args[0])
		},
	}
	f.bindReading(cmd)
	cmd.Flags().StringArrayVar(&f.roles[contact.RoleContacts], "base", nil, "the list that it goes to, a `FILE` (repeatable)")
	cmd.Flags().StringVar(&f.asOf, "as-of", "", "to be sent at this `TIME`, RFC 3339 (default now)")
	return cmd
}

func (a *App) checkText(ctx context.Context, s *settings, path string) error {
	dir, err := os.MkdirTemp("", "cleanbase-")
	if err != nil {
		return err
	}
	defer removeDir(dir)
	src, err := take(ctx, wanted{path: path}, dir)
	if err != nil {
		return err
	}
	defer src.close()
	text, err := sheet.ReadPlain(src.copy, src.size, filepath.Base(path))
	if err != nil {
		return badInput(err)
	}
	base, err := readBase(ctx, s, dir)
	if err != nil {
		return err
	}
	opt, err := s.draftOptions()
	if err != nil {
		return err
	}
	d := draft.Check(text, base, opt)
	for i := range d.Findings {
		d.Findings[i].Said = d.Findings[i].Say.In(s.lang)
	}
	p := a.printer(s.lang)
	if s.json {
		p.err = writeJSON(a.Stdout, d)
	} else {
		p.draft(filepath.Base(path), d)
	}
	if p.err == nil && d.Result == "stop" {
		return errWithheld
	}
	return p.err
}

func (s *settings) draftOptions() (draft.Options, error) {
	opt := draft.Options{Channel: s.policy.Channel, AsOf: contact.At(s.asOf)}
	for _, sign := range s.Refusal.Signs {
		from, err := signDay(sign.From)
		if err != nil {
			return opt, err
		}
		to, err := signDay(sign.To)
		if err != nil {
			return opt, err
		}
		opt.Signs = append(opt.Signs, draft.Sign{Text: sign.Text, From: from, To: to})
	}
	opt.Reads = func(text string) contact.Class {
		most := contact.SaysNone
		for _, r := range s.words.ReadAt(text, opt.AsOf) {
			most = max(most, r.Class)
		}
		return most
	}
	return opt, nil
}

// readBase counts what the columns of the list hold; nil when none is named.
func readBase(ctx context.Context, s *settings, dir string) (*draft.Base, error) {
	files, _, err := find(nil, s.roles)
	if err != nil || len(files) == 0 {
		return nil, err
	}
	sources, tables, _, err := openAll(ctx, newIntake(s), files, dir)
	defer closeAll(sources)
	if err != nil {
		return nil, err
	}
	c := &baseCounter{base: &draft.Base{}, at: map[string]int{}, read: phone.NewReader(), region: s.Region}
	for _, t := range tables {
		if err := c.table(t); err != nil {
			return nil, badInput(err)
		}
	}
	for i := range c.base.Columns { // a table without the column has no value there
		c.base.Columns[i].Empty += c.base.Contacts - c.seen[i]
	}
	return c.base, nil
}

// baseCounter counts the values of a list's columns by their headers.
type baseCounter struct {
	base   *draft.Base
	at     map[string]int
	seen   []int64 // rows of the tables that have the column
	read   *phone.Reader
	region string
	found  []contact.Number
}

func (c *baseCounter) table(t *table) error {
	place := make([]int, len(t.plan.Columns))
	own := map[int]bool{}
	for i, col := range t.plan.Columns {
		n, known := c.at[col.Header]
		if !known || own[n] {
			n = len(c.base.Columns)
			c.at[col.Header] = n
			c.base.Columns = append(c.base.Columns, draft.Column{Header: col.Header, Field: col.Field})
			c.seen = append(c.seen, 0)
		}
		place[i], own[n] = n, true
	}
	return t.src.book.Each(t.sheet, func(row contact.Row) bool {
		if row.Number <= t.plan.HeaderRow || len(bytes.TrimSpace(bytes.Join(row.Cells, nil))) == 0 {
			return true
		}
		c.base.Contacts++
		if c.russian(t, row) {
			c.base.Russian++
		}
		for i, n := range place {
			c.seen[n]++
			c.value(&c.base.Columns[n], cellAt(row, i))
		}
		return true
	})
}

func (c *baseCounter) value(col *draft.Column, v string) {
	v = strings.TrimSpace(v)
	switch {
	case v == "":
		col.Empty++
		return
	case (col.Field == contact.FieldFirstName || col.Field == contact.FieldName) && !draft.IsName(v):
		col.Odd++
	}
	col.Longest = max(col.Longest, utf8.RuneCountInString(v))
}

// russian tells whether the first phone of a row is of Russia.
func (c *baseCounter) russian(t *table, row contact.Row) bool {
	for i, col := range t.plan.Columns {
		if col.Field != contact.FieldMobile && col.Field != contact.FieldPhone || i >= len(row.Cells) {
			continue
		}
		c.found = c.read.Read(c.found[:0], row.Cells[i], c.region)
		for _, n := range c.found {
			if n.Phone != 0 {
				return c.read.Region(n.Phone) == "RU"
			}
		}
	}
	return false
}

// draft is what the terminal shows.
func (p *printer) draft(name string, d *contact.Draft) {
	said := contact.Many(int64(d.Characters), "character", "characters", "знак", "знака", "знаков")
	if d.SMSParts > 0 {
		parts := contact.Many(int64(d.SMSParts), "SMS part", "SMS parts", "части SMS", "частей SMS", "частей SMS")
		said = contact.T("%s, up to %s", "%s, до %s").With(said, parts)
	}
	if d.Contacts > 0 {
		said = contact.T("%s, for %s", "%s; контактов: %s").With(said, contact.T(contact.ManyContacts(d.Contacts).EN, contact.Count(d.Contacts).RU))
	}
	p.line(contact.T("%s: %s.", "%s: %s.").With(name, said))
	var rows [][]string
	for _, ph := range d.Placeholders {
		row := []string{"  " + ph.Text, ph.Column, ""}
		if d.Contacts > 0 {
			row[2] = contact.T("empty for %s", "пусто: %s").With(contact.Count(ph.Empty)).In(p.l)
			if ph.Column == "" {
				row[1], row[2] = contact.T("no such column", "нет такой колонки").In(p.l), ""
			}
		}
		rows = append(rows, row)
	}
	p.table(rows)
	if d.Refusal != "" {
		p.line(contact.T("How to refuse: “%s”", "Как отказаться: «%s»").With(d.Refusal))
	}
	for i := range d.Findings {
		p.finding(&d.Findings[i])
	}
	p.verdict(map[string]string{"stop": red, "warn": yellow, "pass": green}[d.Result], map[string]contact.Text{
		"stop": contact.T("Do not send it so: mend what is said above.", "Так отправлять нельзя: исправьте сказанное выше."),
		"warn": contact.T("It can be sent; better with the warnings heeded.", "Отправить можно, но лучше сначала учесть замечания."),
		"pass": contact.T("Nothing speaks against it.", "Замечаний нет."),
	}[d.Result])
}
