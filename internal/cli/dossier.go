package cli

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
)

func (a *App) dossierCommand() *cobra.Command {
	var f auditFlags
	var run, out string
	var all bool
	cmd := &cobra.Command{
		Use:   "dossier PHONE | --all --out FILE.xlsx",
		Short: "Show the proof of consent: of one contact, or of all written to in a run",
		Long: `dossier shows who agreed, when, how, to what purpose and channel, to which text,
in which row of which file (with its SHA-256), and how well that is proven:
proven (dated, and its source named), asserted (claimed by a file without a date
or source), implied (wrote first or started the bot), none. Fields are named as
in the consent record of ISO/IEC TS 27560.`,
		Example: `  cleanbase dossier +79111234567 --lang ru
  cleanbase dossier --all --run 20261101T060000Z-1a2b3c --out dossier.xlsx`,
		Args: cobra.MatchAll(cobra.MaximumNArgs(1), func(_ *cobra.Command, args []string) error {
			if (len(args) == 0) != all || all != (out != "") {
				return errors.New("name a phone, or --all with --out FILE.xlsx")
			}
			return nil
		}),
		RunE: func(_ *cobra.Command, args []string) error {
			db, err := audit.Open(f.audit, audit.Options{})
			if err != nil {
				return err
			}
			defer db.Close()
			if run == "" {
				last, err := db.LastRun()
				if err != nil || last == nil {
					return errors.Join(err, noRunYet(last))
				}
				run = last.RunID
			}
			p := a.printer(a.lang(f.lang))
			if all {
				return p.dossiers(db, run, out)
			}
			id, err := whom(args[0], f.region)
			if err != nil {
				return err
			}
			if id.Key.Phone() == 0 {
				return usageFault(contact.T("a dossier is of a phone", "досье делается по телефону"), contact.T("cleanbase explain tells of an e-mail or id", "о почте или id скажет cleanbase explain"))
			}
			d, err := db.DossierOf(id.Key.Phone(), run)
			if err != nil {
				return err
			}
			if f.json {
				return writeJSON(a.Stdout, d)
			}
			p.dossier(d)
			return p.err
		},
	}
	f.bind(cmd)
	cmd.Flags().StringVar(&f.region, "region", "RU", "country of a number that names none")
	cmd.Flags().StringVar(&run, "run", "", "`ID` of the run (default the newest)")
	cmd.Flags().BoolVar(&all, "all", false, "of every contact in the run's clean list")
	cmd.Flags().StringVar(&out, "out", "", "write to `FILE`, .xlsx or .csv")
	return cmd
}

func noRunYet(last *audit.LastRun) error {
	if last != nil {
		return nil
	}
	return usageFault(contact.T("the audit database has no published run yet", "в базе аудита ещё нет опубликованного запуска"), contact.T("do a run first", "сначала выполните run"))
}

var proofWords = map[string]contact.Text{
	audit.Proven:   contact.T("proven: dated, and its source is on record", "доказано: есть дата и источник"),
	audit.Asserted: contact.T("asserted: a file claims it without a date or source", "заявлено: файл утверждает это без даты или источника"),
	audit.Implied:  contact.T("implied: the person wrote first or started the bot", "подразумевается: человек написал первым или запустил бота"),
	audit.NoProof:  contact.T("none: nothing on record", "нет: ничего не записано"),
}

// dossier is the answer about one contact, to be read aloud or printed.
func (p *printer) dossier(d *audit.Dossier) {
	p.line(contact.T("%s, run %s as of %s: %s (%s).", "%s, запуск %s на %s: %s (%s).").
		With(d.Principal, d.RunID, d.AsOf, strings.ToUpper(d.Verdict), strings.Join(d.Reasons, "; ")))
	p.line(contact.T("Stood in %s, row %d, SHA-256 of the file %s.", "Был в файле %s, строка %d, SHA-256 файла %s.").With(place(d.Row.Path, d.Row.Sheet), d.Row.Row, d.Row.SHA256))
	p.line(contact.T("Proof of consent: %s.", "Доказательство согласия: %s.").With(proofWords[d.Class]))
	for i, c := range d.Consents {
		p.printf("%d.\n", i+1)
		for _, field := range consentFields(&c) {
			if text := cellText(field.value); text != "" {
				p.printf("   %s: %s\n", field.name.In(p.l), text)
			}
		}
	}
}
