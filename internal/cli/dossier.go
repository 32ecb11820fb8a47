package cli

import (
	"errors"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
	"cleanbase/internal/sheet"
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
			p := &printer{w: a.Stdout, l: a.lang(f.lang)}
			if all {
				return p.dossiers(db, run, out)
			}
			id, err := whom(args[0], f.region)
			if err != nil {
				return err
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
		for _, field := range consentFields(&c, p.l) {
			if field[1] != "" {
				p.printf("   %s: %s\n", field[0], field[1])
			}
		}
	}
}

// consentFields is one consent event as names and values.
func consentFields(c *audit.DossierConsent, l contact.Lang) [][2]string {
	row := ""
	if c.Source.Row > 0 {
		row = strconv.FormatInt(c.Source.Row, 10)
	}
	file := ""
	if c.Source.Path != "" {
		file = place(c.Source.Path, c.Source.Sheet)
	}
	named := func(en, ru, value string) [2]string { return [2]string{contact.T(en, ru).In(l), value} }
	return [][2]string{
		named("record (record_id)", "запись (record_id)", c.RecordID),
		named("state (event_state)", "состояние (event_state)", c.State),
		named("kind (event_type)", "вид (event_type)", c.Type),
		named("when (event_time)", "когда (event_time)", c.EventTime),
		named("how (method)", "как (method)", c.Method),
		named("purpose", "цель (purpose)", c.Purpose),
		named("channel", "канал (channel)", c.Channel),
		named("text version (privacy_notice)", "версия текста (privacy_notice)", c.Notice),
		named("where given (source)", "где дано (source)", c.Given),
		named("file", "файл", file),
		named("row", "строка", row),
		named("SHA-256 of the file", "SHA-256 файла", c.Source.SHA256),
		named("words", "слова", c.Quote),
		named("proof", "доказанность", c.Class),
	}
}

// dossiers writes a table with a row for each consent of each clean contact; a
// contact with none on record has a row too.
func (p *printer) dossiers(db *audit.DB, run, path string) error {
	format := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")
	if format != "xlsx" && format != "csv" {
		return usageFault(contact.T("the file must be .xlsx or .csv", "файл должен быть .xlsx или .csv"), contact.Text{})
	}
	contacts := 0
	err := writeTo(nil, path, func(w io.Writer) error {
		header := []string{contact.T("phone (pii_principal_id)", "телефон (pii_principal_id)").In(p.l), contact.T("run", "запуск").In(p.l),
			contact.T("contacts file", "файл контактов").In(p.l), contact.T("its row", "его строка").In(p.l), contact.T("its SHA-256", "его SHA-256").In(p.l)}
		for _, f := range consentFields(&audit.DossierConsent{}, p.l) {
			header = append(header, f[0])
		}
		table, err := sheet.NewWriter(w, header, sheet.WriterOptions{Format: format, Sheet: "dossier"})
		if err != nil {
			return err
		}
		err = db.EachDossier(run, func(d *audit.Dossier) error {
			contacts++
			return p.dossierRows(table, d)
		})
		return errors.Join(err, table.Close())
	})
	if err != nil {
		return err
	}
	p.line(contact.T("%s contacts of run %s: %s", "Контактов %s, запуск %s: %s").With(p.number(int64(contacts)), run, path))
	return p.err
}

func (p *printer) dossierRows(table sheet.Writer, d *audit.Dossier) error {
	if len(d.Consents) == 0 {
		d.Consents = []audit.DossierConsent{{Class: audit.NoProof}}
	}
	for i := range d.Consents {
		cells := [][]byte{[]byte(d.Principal), []byte(d.RunID), []byte(place(d.Row.Path, d.Row.Sheet)), strconv.AppendInt(nil, d.Row.Row, 10), []byte(d.Row.SHA256)}
		for _, f := range consentFields(&d.Consents[i], p.l) {
			cells = append(cells, []byte(f[1]))
		}
		if err := table.Row(cells); err != nil {
			return err
		}
	}
	return nil
}
