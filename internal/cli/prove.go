package cli

import (
	"errors"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
)

func (a *App) proveCommand() *cobra.Command {
	var f auditFlags
	var run, check, key string
	cmd := &cobra.Command{
		Use:   "prove PHONE --run ID",
		Short: "Make a signed receipt for one decision, or check one",
		Long: `prove writes a receipt (JSON) for what was decided of one contact in one run: the
decision with its reasons, the evidence about it, and the proof that both are in
the record that the run's checkpoint signs. It names nobody else.

prove --check needs no database: only the receipt and the public key, which
cleanbase verify --json shows and which the receiver should have had before.`,
		Example: `  cleanbase prove +79111234567 --run 20261101T060000Z-1a2b3c > receipt.json
  cleanbase prove --check receipt.json --key cleanbase-audit-1a2b3c4d+5e6f7a8b+AbCd…`,
		Args: cobra.MatchAll(cobra.MaximumNArgs(1), func(_ *cobra.Command, args []string) error {
			if (len(args) == 1) == (check != "") || (check == "") != (run != "") || (check == "") != (key == "") {
				return errors.New("name a phone with --run ID, or a receipt with --check FILE --key PUBKEY")
			}
			return nil
		}),
		RunE: func(_ *cobra.Command, args []string) error {
			if check != "" {
				return a.checkReceipt(check, key, f)
			}
			return a.prove(args[0], run, f)
		},
	}
	f.bind(cmd)
	cmd.Flags().StringVar(&f.region, "region", "RU", "country of a number that names none")
	cmd.Flags().StringVar(&run, "run", "", "`ID` of the run")
	cmd.Flags().StringVar(&check, "check", "", "check the receipt in `FILE`")
	cmd.Flags().StringVar(&key, "key", "", "the public key `PUBKEY`, or a file that holds it")
	return cmd
}

func (a *App) prove(arg, run string, f auditFlags) error {
	id, err := whom(arg, f.region)
	if err != nil {
		return err
	}
	if id.Key.Phone() == 0 {
		return usageFault(contact.T("a receipt is for a phone", "квитанция выдаётся по телефону"), contact.Text{})
	}
	db, err := audit.Open(f.audit, audit.Options{})
	if err != nil {
		return err
	}
	defer db.Close()
	r, err := db.Prove(id.Key.Phone(), run)
	if err != nil {
		return err
	}
	return writeJSON(a.Stdout, r)
}

func (a *App) checkReceipt(path, key string, f auditFlags) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return usageFault(contact.T("the receipt can't be read", "квитанция не читается"), contact.T("check the path after --check", "проверьте путь после --check"))
	}
	if text, err := os.ReadFile(key); err == nil {
		key = string(text)
	}
	r, err := audit.CheckReceipt(data, key)
	if err != nil {
		return err
	}
	if f.json {
		return writeJSON(a.Stdout, map[string]any{"ok": true, "run_id": r.RunID, "phone": r.Decision.Phone, "verdict": r.Decision.Verdict, "reasons": r.Decision.Reasons})
	}
	p := a.printer(a.lang(f.lang))
	p.line(contact.T("The receipt holds: in run %s, %s was %s (%s).", "Квитанция верна: в запуске %s контакт %s: %s (%s).").
		With(r.RunID, r.Decision.Phone, strings.ToUpper(r.Decision.Verdict), strings.Join(r.Decision.Reasons, "; ")))
	p.line(contact.T("Evidence shown and proven: %d.", "Показано и доказано свидетельств: %d.").With(len(r.Evidence)))
	for _, e := range r.Evidence {
		s := audit.StoryEvidence{Kind: e.Kind, Channel: e.Channel, Identifier: e.Identifier, HappenedAt: e.HappenedAt, Rule: e.Rule, Quote: e.Quote}
		p.printf("  %s  %s (%s)  [%s]%s\n", s.HappenedAt, evidenceWords[s.Kind].In(p.l), s.Identifier, s.Rule, quoted(s.Quote, p.l))
	}
	return p.err
}

// quoted is somebody's words in quotation marks, with a blank before them.
func quoted(text string, l contact.Lang) string {
	if text == "" {
		return ""
	}
	return contact.T("  “%s”", "  «%s»").With(text).In(l)
}
