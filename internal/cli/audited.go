package cli

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

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

// whom reads the phone, e-mail or messenger's id ("max:30001", "telegram:@name",
// as explain shows it) that a command is asked about.
func whom(arg, region string) (contact.Identifier, error) {
	arg = strings.TrimSpace(arg)
	if name, id, ok := strings.Cut(arg, ":"); ok && id != "" {
		if c, known := contact.ParseChannel(name); known && c != contact.Any {
			return contact.OfMessenger(c.String() + ":" + id), nil
		}
	}
	var who contact.Identifier
	for _, n := range phone.NewReader().Read(nil, []byte(arg), strings.ToUpper(region)) {
		switch id := contact.OfPhone(n.Phone); {
		case n.Phone == 0 || id.Key == who.Key:
		case who.Key != 0:
			return contact.Identifier{}, usageFault(contact.T("these are several phones", "здесь несколько телефонов"), contact.T("name one at a time", "назовите один"))
		default:
			who = id
		}
	}
	if at := strings.IndexByte(arg, '@'); who.Key == 0 && at > 0 && at < len(arg)-1 {
		who = contact.OfEmail(strings.ToLower(arg))
	}
	if who.Key == 0 {
		return who, usageFault(contact.T("this is neither a phone nor an e-mail nor a messenger's id", "это не телефон, не почта и не id мессенджера"),
			contact.T("write the phone with its country: +79111234567; an id with its messenger: max:30001, telegram:@name", "напишите телефон с кодом страны: +79111234567; id вместе с мессенджером: max:30001, telegram:@name"))
	}
	return who, nil
}

func (a *App) explainCommand() *cobra.Command {
	var f auditFlags
	cmd := &cobra.Command{
		Use:   "explain PHONE|EMAIL|ID",
		Short: "Tell everything known of one contact, and why it got its verdicts",
		Example: `  cleanbase explain +79111234567
  cleanbase explain anna@example.com --lang ru
  cleanbase explain telegram:@anna`,
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
			return a.explain(db, db.Keyed(id), f)
		},
	}
	f.bind(cmd)
	cmd.Flags().StringVar(&f.region, "region", "RU", "country of a number that names none")
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
			protected, err := against(db, id)
			if err != nil {
				return err
			}
			if err := db.Pardon(id.Key.Phone(), reason, a.Now()); err != nil {
				return err
			}
			if f.json {
				return writeJSON(a.Stdout, pardoned{OnRecord: true, Protected: protected})
			}
			p := a.printer(a.lang(f.lang))
			p.line(contact.T("On record: what was known against this contact until now no longer counts from the next run on.",
				"Записано: известное до сих пор против этого контакта со следующего запуска не считается."))
			if protected {
				p.line(contact.T("It stays removed all the same: it is on a list of people never to be mailed, which no pardon lifts.",
					"Контакт всё равно остаётся исключённым: он в списке защищённых, снятие на него не действует."))
			}
			return p.err
		},
	}
	f.bind(cmd)
	cmd.Flags().StringVar(&f.region, "region", "RU", "country of a number that names none")
	cmd.Flags().StringVar(&reason, "reason", "", "why, for the record")
	return cmd
}

// pardoned is what pardon says with --json.
type pardoned struct {
	OnRecord  bool `json:"on_record"`
	Protected bool `json:"protected"` // on a list that no pardon lifts: it stays removed
}

// against tells whether a protection stands against the person, and refuses to
// pardon one of whom nothing is known: the number was mistyped.
func against(db *audit.DB, id contact.Identifier) (protected bool, err error) {
	known := false
	err = db.EachForgotten(func(yield func(contact.Key) bool) { yield(id.Key) }, func(contact.Fact) bool { known = true; return false })
	if err != nil {
		return false, err
	}
	story, err := db.Explain(id.Key)
	if err != nil {
		return false, err
	}
	if story == nil && !known {
		return false, &contact.Fault{What: contact.T("nothing is known of this phone, so there is nothing to pardon", "об этом телефоне ничего не известно, снимать нечего"),
			Do: contact.T("check the number, and --audit", "проверьте номер и --audit")}
	}
	return story != nil && slices.ContainsFunc(story.Evidence, func(e audit.StoryEvidence) bool { return e.Kind == contact.Protected.String() }), nil
}

// lockAudit takes the lock of an audit database that is there, and with it the
// locks of a run's output folders, where named.
func lockAudit(path string, outs ...string) (func(), error) {
	if !exists(path) {
		_, err := audit.Open(path, audit.Options{}) // says so, before a folder is missed
		return nil, err
	}
	locks := []string{}
	for _, out := range outs {
		locks = append(locks, filepath.Join(out, ".lock"))
	}
	unlock, err := publish.Lock(append(locks, path+".lock")...)
	switch {
	case errors.Is(err, publish.ErrLocked):
		return nil, &exitError{exitLocked, &contact.Fault{Err: err, What: contact.T("a run is going on", "идёт запуск"), Do: contact.T("wait for it to end", "дождитесь его окончания")}}
	case err != nil && len(outs) > 0:
		return nil, outputFault(outs[0], err)
	case err != nil:
		return nil, auditFault(path, err)
	}
	return unlock, nil
}
