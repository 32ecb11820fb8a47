package cli

import (
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
	"cleanbase/internal/phone"
	"cleanbase/internal/publish"
)

// auditFlags are the flags of the commands that ask the audit database.
type auditFlags struct {
	audit, lang, region string
	json                bool
}

func (f *auditFlags) bind(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.audit, "audit", filepath.Join("cleanbase-out", "audit.db"), "audit database `FILE`")
	cmd.Flags().StringVar(&f.lang, "lang", "", "ru or en (default from LANG)")
	cmd.Flags().BoolVar(&f.json, "json", false, "print JSON")
}

// whom reads the phone or e-mail that a command is asked about.
func whom(arg, region string) (contact.Identifier, error) {
	if strings.Contains(arg, "@") {
		return contact.OfEmail(strings.ToLower(strings.TrimSpace(arg))), nil
	}
	for _, n := range phone.NewReader().Read(nil, []byte(arg), region) {
		if n.Phone != 0 {
			return contact.OfPhone(n.Phone), nil
		}
	}
	return contact.Identifier{}, usageFault(contact.T("this is neither a phone nor an e-mail", "это не телефон и не почта"),
		contact.T("write the phone with its country: +79111234567", "напишите телефон с кодом страны: +79111234567"))
}

func (a *App) explainCommand() *cobra.Command {
	var f auditFlags
	cmd := &cobra.Command{
		Use:   "explain PHONE|EMAIL",
		Short: "Tell everything known of one contact, and why it got its verdicts",
		Example: `  cleanbase explain +79111234567
  cleanbase explain anna@example.com --lang ru`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			id, err := whom(args[0], f.region)
			if err != nil {
				return err
			}
			db, err := audit.Open(f.audit, audit.Options{})
			if err != nil {
				return err
			}
			defer db.Close()
			story, err := db.Explain(id.Key)
			if err != nil {
				return err
			}
			if f.json {
				return writeJSON(a.Stdout, story)
			}
			p := printer{w: a.Stdout, l: a.lang(f.lang)}
			p.story(id, story)
			return p.err
		},
	}
	f.bind(cmd)
	cmd.Flags().StringVar(&f.region, "region", "RU", "country of a number that names none")
	return cmd
}

func (a *App) historyCommand() *cobra.Command {
	var f auditFlags
	var limit int
	cmd := &cobra.Command{
		Use:   "history [RUN RUN]",
		Short: "List the runs, or what changed between two of them",
		Example: `  cleanbase history
  cleanbase history 20261101T060000Z-1a2b3c 20261102T060000Z-4d5e6f --json`,
		Args: cobra.MatchAll(cobra.MaximumNArgs(2), func(_ *cobra.Command, args []string) error {
			if len(args) == 1 {
				return errors.New("name two runs, or none for a list of them")
			}
			return nil
		}),
		RunE: func(_ *cobra.Command, args []string) error {
			db, err := audit.Open(f.audit, audit.Options{})
			if err != nil {
				return err
			}
			defer db.Close()
			p := printer{w: a.Stdout, l: a.lang(f.lang)}
			if len(args) == 2 {
				return p.difference(db, args, f.json)
			}
			runs, err := db.History(limit)
			if err != nil {
				return err
			}
			if f.json {
				return writeJSON(a.Stdout, runs)
			}
			p.history(runs)
			return p.err
		},
	}
	f.bind(cmd)
	cmd.Flags().IntVar(&limit, "limit", 30, "the newest so many runs")
	return cmd
}

func (a *App) pardonCommand() *cobra.Command {
	var f auditFlags
	var reason string
	cmd := &cobra.Command{
		Use:     "pardon PHONE --reason TEXT",
		Short:   "Lift a complaint or a wrong opt-out, on the record",
		Example: `  cleanbase pardon +79111234567 --reason "complaint withdrawn by letter of 3 May"`,
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if strings.TrimSpace(reason) == "" {
				return usageFault(contact.T("a pardon needs a reason", "для снятия нужна причина"), contact.T("say it with --reason TEXT", "укажите её: --reason ТЕКСТ"))
			}
			id, err := whom(args[0], f.region)
			if err != nil {
				return err
			}
			if id.Key.Phone() == 0 {
				return usageFault(contact.T("a pardon is for a phone", "снятие делается по телефону"), contact.Text{})
			}
			unlock, err := lockAudit(f.audit)
			if err != nil {
				return err
			}
			defer unlock()
			db, err := audit.Open(f.audit, audit.Options{})
			if err != nil {
				return err
			}
			defer db.Close()
			if err := db.Pardon(id.Key.Phone(), reason, a.Now()); err != nil {
				return err
			}
			p := printer{w: a.Stdout, l: a.lang(f.lang)}
			p.line(contact.T("On record: what was known against this contact until now no longer counts from the next run on.",
				"Записано: известное до сих пор против этого контакта со следующего запуска не считается."))
			return p.err
		},
	}
	f.bind(cmd)
	cmd.Flags().StringVar(&f.region, "region", "RU", "country of a number that names none")
	cmd.Flags().StringVar(&reason, "reason", "", "why, for the record")
	return cmd
}

// lockAudit takes the lock of the audit database alone.
func lockAudit(path string) (func(), error) {
	unlock, err := publish.Lock(path + ".lock")
	if errors.Is(err, publish.ErrLocked) {
		return nil, &exitError{exitLocked, &contact.Fault{Err: err, What: contact.T("a run is going on", "идёт запуск"), Do: contact.T("wait for it to end", "дождитесь его окончания")}}
	}
	return unlock, err
}

func (p *printer) history(runs []audit.RunSummary) {
	rows := [][]string{{contact.T("run", "запуск").In(p.l), contact.T("as of", "на дату").In(p.l), contact.T("status", "состояние").In(p.l),
		"read", "clean", "cold", "hold", "removed", "invalid", "merged"}}
	for _, r := range runs {
		c := r.Rows
		row := []string{r.RunID, r.AsOf.Format(time.RFC3339), r.Status}
		for _, n := range []int64{c.Read, c.Clean, c.Cold, c.Hold, c.Removed, c.Invalid, c.Merged} {
			row = append(row, p.number(n))
		}
		rows = append(rows, row)
	}
	p.table(rows)
}

// difference is what changed between two runs.
func (p *printer) difference(db *audit.DB, runs []string, json bool) error {
	type out struct {
		audit.DiffCounts
		Changes []audit.Change `json:"changes"`
	}
	o := out{Changes: []audit.Change{}}
	var err error
	o.DiffCounts, err = db.Diff(runs[0], runs[1], func(c audit.Change) bool {
		o.Changes = append(o.Changes, c)
		return true
	})
	if err != nil {
		return err
	}
	if json {
		return writeJSON(p.w, o)
	}
	p.line(contact.T("entered %s, left %s, changed %s", "пришли: %s, ушли: %s, изменились: %s").
		With(p.number(o.Entered), p.number(o.Left), p.number(o.Changed)))
	var rows [][]string
	for _, c := range o.Changes {
		rows = append(rows, []string{c.Phone, strconv.FormatInt(c.ContactID, 10), c.From, "→", c.To, c.ToSet.String()})
	}
	p.table(rows)
	return p.err
}
