package cli

import (
	"os"

	"github.com/spf13/cobra"

	"cleanbase/internal/contact"
	"cleanbase/internal/intake"
)

func (a *App) inspectCommand() *cobra.Command {
	var f flags
	cmd := &cobra.Command{
		Use:   "inspect FILE...",
		Short: "Say what each file is and how each column is read",
		Long: `inspect tells of every file: format, encoding, system, role, header row, and what
each column was read as and why. It decides nothing and writes nothing.`,
		Example: `  cleanbase inspect contacts.csv
  cleanbase inspect --json exports/*.xlsx`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := a.settings(f)
			if err != nil {
				return err
			}
			return a.inspect(cmd, s, args)
		},
	}
	f.bindRoles(cmd)
	f.bindReading(cmd)
	return cmd
}

func (a *App) inspect(cmd *cobra.Command, s *settings, args []string) error {
	files, _, err := find(args, s.roles)
	if err == nil && len(files) == 0 {
		err = noFile("inspect")
	}
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "cleanbase-")
	if err != nil {
		return err
	}
	defer removeDir(dir)
	in := newIntake(s)
	all := []contact.InputSummary{}
	p := a.printer(s.lang)
	var failed error
	for _, w := range files {
		src, err := take(cmd.Context(), w, dir)
		if err != nil {
			return err
		}
		tables, notes, err := src.tables(in, dir)
		for _, t := range tables {
			all = append(all, t.summary(s.lang))
			if !s.json {
				p.inspected(t)
			}
		}
		if !s.json {
			for _, n := range notes {
				p.line(n)
			}
		}
		src.close()
		if err != nil {
			failed = badInput(err)
			if len(tables) == 0 && !s.json {
				p.printf("%s\n", w.path)
			}
			p.refused(err, s.json)
		}
	}
	if s.json {
		if err := writeJSON(a.Stdout, all); err != nil {
			return err
		}
	}
	if failed != nil {
		return failed
	}
	return p.err
}

// refused says in its place that a file can't be read or told; the last of
// these faults is the command's own.
func (p *printer) refused(err error, json bool) {
	if !json {
		p.printf("  %s\n", say(err, p.l))
	}
}

var roleByWords = map[intake.RoleBy]contact.Text{
	intake.ByStated:  contact.T("as stated", "указано"),
	intake.ByName:    contact.T("by its name", "по имени"),
	intake.ByLayout:  contact.T("by its layout", "по устройству файла"),
	intake.ByColumns: contact.T("by its columns", "по колонкам"),
}

var mapByWords = map[intake.MapBy]contact.Text{
	intake.MapNone:     contact.T("not read", "не читается"),
	intake.MapLayout:   contact.T("by the system's layout", "по устройству выгрузки"),
	intake.MapName:     contact.T("by its name", "по названию"),
	intake.MapContents: contact.T("by its contents", "по содержимому"),
	intake.MapUser:     contact.T("by the policy file", "по файлу политики"),
}

func (p *printer) inspected(t *table) {
	title := t.src.path
	if t.name != "" {
		title += " / " + t.name
	}
	p.printf("%s\n", title)
	pl := t.plan
	p.line(contact.T("  format: %s %s", "  формат: %s %s").With(t.src.book.Format, t.src.book.Encoding))
	if pl.System != "" {
		p.line(contact.T("  system: %s %s %s", "  система: %s %s %s").With(pl.System, pl.Entity, pl.Generation))
	}
	if pl.Role == contact.NoRole {
		p.line(contact.T("  role: can't be told", "  роль: непонятна"))
	} else {
		role := roleWords[pl.Role.String()]
		p.line(contact.T("  role: %s (%s)", "  роль: %s (%s)").With(contact.T(role.EN, role.RU+", "+pl.Role.String()), roleByWords[pl.RoleBy]))
	}
	if pl.HeaderRow > 0 {
		p.line(contact.T("  header: row %d", "  заголовок: строка %d").With(pl.HeaderRow))
	} else {
		p.line(contact.T("  header: none", "  заголовка нет"))
	}
	for _, n := range t.summary(p.l).NotesShown {
		p.printf("  %s\n", n)
	}
	suspicious := map[int]bool{}
	for _, at := range pl.Suspicious {
		suspicious[at] = true
	}
	var rows [][]string
	for i, c := range pl.Columns {
		row := []string{"    " + c.Header, c.Field.String(), mapByWords[c.By].In(p.l), c.Note.In(p.l)}
		if suspicious[i] {
			row[3] = contact.T("LOOKS LIKE A REFUSAL: name it under [columns] in the policy file",
				"ПОХОЖЕ НА ОТКАЗ: назовите её в разделе [columns] файла политики").In(p.l)
		}
		rows = append(rows, row)
	}
	p.table(rows)
}
