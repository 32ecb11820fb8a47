package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"cleanbase/internal/audit"
	"cleanbase/internal/config"
	"cleanbase/internal/contact"
	"cleanbase/internal/publish"
)

func (a *App) retainCommand() *cobra.Command {
	var f auditFlags
	var path, out string
	var apply bool
	cmd := &cobra.Command{
		Use:   "retain",
		Short: "Clear away what the policy does not keep: old run folders, people seen nowhere any more",
		Long: `retain goes by [retain] of the policy file: keep_runs (the newest so many run
folders) and keep_personal_data (how long people are kept after the last run they
stood in and the last thing learnt of them). It says what it would clear away;
with --apply it does so. People are erased as by forget: refusals stay as keyed
hashes and still bind, verify stays clean.`,
		Example: `  cleanbase retain
  cleanbase retain --apply --config cleanbase.toml`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			c, err := readConfig(path)
			if err != nil {
				return usage(err)
			}
			if out == "" {
				out = filepath.Dir(f.audit)
			}
			unlock, err := lockAudit(f.audit, out)
			if err != nil {
				return err
			}
			defer unlock()
			db, err := audit.Open(f.audit, audit.Options{})
			if err != nil {
				return err
			}
			defer db.Close()
			r := retention{c.Retain, db, out, apply, a.Now()}
			done, err := r.run()
			if err != nil {
				return err
			}
			if f.json {
				return writeJSON(a.Stdout, done)
			}
			p := a.printer(a.lang(f.lang))
			p.retained(done, c.Retain)
			return p.err
		},
	}
	f.bind(cmd)
	cmd.Flags().StringVar(&path, "config", "", "policy `FILE` (default cleanbase.toml if there)")
	cmd.Flags().StringVar(&out, "out", "", "`DIR` of the published runs (default where the audit database is)")
	cmd.Flags().BoolVar(&apply, "apply", false, "do it, not only say it")
	return cmd
}

// retention is one retain.
type retention struct {
	config.Retain
	db    *audit.DB
	out   string
	apply bool
	now   time.Time
}

// retained is what retain says with --json.
type retained struct {
	Applied bool            `json:"applied"`
	Folders []string        `json:"folders"`
	People  int             `json:"people"`
	Erased  audit.Forgotten `json:"erased"`
}

func (r *retention) run() (*retained, error) {
	done := &retained{Applied: r.apply, Folders: []string{}}
	var err error
	if done.Folders, err = r.folders(); err != nil {
		return nil, err
	}
	if r.apply {
		for _, dir := range done.Folders {
			if err := publish.Remove(dir); err != nil {
				return nil, outputFault(dir, err)
			}
		}
	}
	if r.KeepPersonalData == 0 {
		return done, nil
	}
	keys, err := r.db.Unseen(r.now.Add(-time.Duration(r.KeepPersonalData)))
	done.People = len(keys)
	if err == nil && r.apply && len(keys) > 0 {
		done.Erased, err = r.db.Forget(keys, "retain", r.now)
	}
	return done, err
}

// folders are those of published runs beyond the newest so many, and of their
// plans. The run that the newest plan sends from is spared with it.
func (r *retention) folders() ([]string, error) {
	old := []string{}
	if r.KeepRuns == 0 {
		return old, nil
	}
	waves, err := r.db.Waves()
	if err != nil {
		return old, err
	}
	sent := ""
	if len(waves) > 0 {
		sent = waves[len(waves)-1].RunID
	}
	kept := 0
	latest, _ := publish.Latest(r.out) // if there is none, none is spared
	err = r.db.EachPublished(func(run audit.PublishedRun) error {
		dir := runDir(r.out, run.RunID)
		if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		real, err := filepath.EvalSymlinks(dir)
		if err != nil {
			return outputFault(dir, err)
		}
		if kept++; kept > r.KeepRuns && real != latest && run.RunID != sent {
			old = append(old, dir)
		}
		return nil
	})
	return append(old, r.plans(waves, old)...), err
}

// plans are the folders of plans whose runs' folders are to go, or gone.
func (r *retention) plans(waves []audit.Wave, old []string) []string {
	var plans []string
	for _, w := range waves {
		run, plan := runDir(r.out, w.RunID), plansDir(r.out, w.Plan)
		if (slices.Contains(old, run) || !exists(run)) && exists(plan) && !slices.Contains(plans, plan) {
			plans = append(plans, plan)
		}
	}
	return plans
}

func (p *printer) retained(done *retained, policy config.Retain) {
	if policy == (config.Retain{}) {
		p.line(contact.T("The policy keeps everything: see [retain] in cleanbase.toml.", "Политика хранит всё: см. [retain] в cleanbase.toml."))
		return
	}
	if done.Applied {
		p.line(contact.T("Run folders removed: %s. People erased: contacts %s, evidence %s; hashes kept for refusals: %s.",
			"Удалено папок запусков: %s. Стёрто: контактов %s, свидетельств %s; оставлено хешей для отказов: %s.").
			With(contact.Count(int64(len(done.Folders))), contact.Count(int64(done.Erased.Contacts)), contact.Count(int64(done.Erased.Evidence)), contact.Count(int64(done.Erased.Kept))))
		return
	}
	p.line(contact.T("Would remove run folders: %s; would erase people: %s. Nothing was changed; --apply does it.",
		"Будет удалено папок запусков: %s; стёрто людей: %s. Ничего не изменено; выполнить: --apply.").With(contact.Count(int64(len(done.Folders))), contact.Count(int64(done.People))))
	for _, dir := range done.Folders {
		p.printf("  %s\n", dir)
	}
}
