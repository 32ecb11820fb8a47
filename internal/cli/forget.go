package cli

import (
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
)

func (a *App) forgetCommand() *cobra.Command {
	var f auditFlags
	var reason, out string
	var rotate bool
	cmd := &cobra.Command{
		Use:   "forget PHONE|EMAIL|ID",
		Short: "Erase a person's data from the audit database, keep the refusal",
		Long: `forget erases the phone, e-mail, ids, quotes and details of a person from the audit
database, also from the free pages of its file. Refusals stay as keyed hashes, so
that the person is still taken out when a file brings them back; the key is in
the key file. verify stays clean, and the record says when and why.

It does not touch your own files, the run folders already published, backups,
or e-mails and prints of them: it names those that it knows of. A contact whose
phone stands in a later file is a new contact: erase it there too.`,
		Example: `  cleanbase forget +79111234567 --reason "request of 3 May, No 17"
  cleanbase forget --rotate-key`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if (len(args) == 0) != rotate {
				return usageFault(contact.T("name one phone, e-mail or messenger's id", "назовите один телефон, почту или id мессенджера"), contact.T("or change the key with --rotate-key", "или смените ключ: --rotate-key"))
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
			p := a.printer(a.lang(f.lang))
			if rotate {
				return rotateKey(db, &p, f.json)
			}
			if out == "" {
				out = filepath.Dir(f.audit)
			}
			id, err := whom(args[0], f.region)
			if err != nil {
				return err
			}
			id = db.Keyed(id)
			left, err := whereLeft(db, id, out)
			if err != nil {
				return err
			}
			done, err := db.Forget([]contact.Key{id.Key}, reason, a.Now())
			if err != nil {
				return err
			}
			if f.json {
				return writeJSON(a.Stdout, forgotten{done, left})
			}
			p.forgotten(done, left)
			return p.err
		},
	}
	f.bind(cmd)
	cmd.Flags().StringVar(&f.region, "region", "RU", "country of a number that names none")
	cmd.Flags().StringVar(&reason, "reason", "", "why, for the record; name nobody in it")
	cmd.Flags().StringVar(&out, "out", "", "`DIR` of the published runs (default where the audit database is)")
	cmd.Flags().BoolVar(&rotate, "rotate-key", false, "make a new key for what is forgotten from now on; the old one still recognises")
	return cmd
}

func rotateKey(db *audit.DB, p *printer, asJSON bool) error {
	if err := db.RotateKey(); err != nil {
		return err
	}
	if asJSON {
		return writeJSON(p.w, map[string]bool{"rotated": true})
	}
	p.line(contact.T("A new key is in the key file, and the old ones stay there. Make a copy of it now: without it forgotten refusals can't be known again.",
		"В файле ключа новый ключ, прежние остались. Сделайте его копию сейчас: без него забытые отказы не узнать."))
	return p.err
}

// forgotten is what forget says with --json.
type forgotten struct {
	audit.Forgotten
	Left []string `json:"left"` // files and folders that may still hold the person
}

// whereLeft names the files that the person stood in, as far as the record
// knows, and the published folders that are still there.
func whereLeft(db *audit.DB, id contact.Identifier, out string) ([]string, error) {
	story, err := db.Explain(id.Key)
	if err != nil || story == nil {
		return []string{}, err
	}
	left := []string{}
	first := ""
	note := func(path, run string) {
		if path != "" && !slices.Contains(left, path) {
			left = append(left, path)
		}
		if first == "" || run < first {
			first = run
		}
	}
	for _, c := range story.Contacts {
		for _, r := range c.Rows {
			note(r.Path, r.FirstRun)
		}
		for _, w := range c.Waves {
			if path := filepath.Join(plansDir(out, w.Plan), w.File); exists(path) {
				left = append(left, path)
			}
		}
	}
	for _, e := range story.Evidence {
		note(e.Path, e.FirstRun)
	}
	err = db.EachPublished(func(r audit.PublishedRun) error {
		dir := runDir(out, r.RunID)
		if exists(dir) && r.RunID >= first {
			left = append(left, dir)
		}
		return nil
	})
	return left, err
}

func (p *printer) forgotten(done audit.Forgotten, left []string) {
	if done == (audit.Forgotten{}) {
		p.line(contact.T("Nothing is known of this person: nothing was changed.", "Об этом человеке ничего не известно: ничего не изменено."))
		return
	}
	p.line(contact.T("Erased: contacts %s, evidence %s. Hashes kept to know refusals again: %s.", "Стёрто: контактов %s, свидетельств %s. Оставлено хешей, чтобы узнать отказы: %s.").
		With(contact.Count(int64(done.Contacts)), contact.Count(int64(done.Evidence)), contact.Count(int64(done.Kept))))
	if len(left) > 0 {
		p.line(contact.T("Not touched, and may still hold the person (your files and published lists, besides backups):",
			"Не тронуто и может хранить данные человека (ваши файлы и опубликованные списки, а также резервные копии):"))
	}
	for _, path := range left {
		p.printf("  %s\n", path)
	}
}
