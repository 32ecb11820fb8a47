package cli

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"cleanbase/internal/audit"
	"cleanbase/internal/base"
	"cleanbase/internal/contact"
	"cleanbase/internal/intake"
	"cleanbase/internal/publish"
)

func (a *App) runCommand() *cobra.Command {
	var f flags
	cmd := &cobra.Command{
		Use:   "run [flags] PATH...",
		Short: "Clean a base: lists, suppressions, report, audit record",
		Long: `run reads every file named and every file in the folders named, tells what each
is (contacts, opt-outs, complaints, consents, events, protected), decides about
every contact once, and publishes the lists in OUT/latest.

Exit codes: 0 published · 1 failed · 3 withheld, a gate says do not mail ·
5 another run is going · 64 wrong usage or settings · 65 an input can't be read
or told · 130 interrupted. Nothing is published but with 0, and with 3 all but
the clean list.`,
		Example: `  cleanbase run exports/
  cleanbase run contacts.xlsx --optouts stop.csv --channel whatsapp
  cleanbase run base.csv --format csv --json --quiet`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := a.settings(f)
			if err != nil {
				return err
			}
			j := &job{App: a, settings: s}
			if j.files, j.notes, err = find(args, f.roles); err == nil {
				err = j.run(cmd.Context())
			}
			j.notify(cmd.Context(), err)
			return err
		},
	}
	f.bind(cmd)
	return cmd
}

// job is one run.
type job struct {
	*App
	*settings
	files   []wanted
	notes   []contact.Text
	dir     string // working folder
	db      *audit.DB
	record  *audit.Run
	last    *audit.LastRun
	runID   string
	sources []*source
	tables  []*table
	base    *base.Base
	intakes []*intake.Intake // one for each goroutine that understands rows
	memory  memory
	figures figures
	summary contact.Summary
	sealed  bool // the decisions are on record
	// finished tells that the run is published or withheld: what may still fail
	// is telling so.
	finished bool
}

// run is the whole plot: read what came in, gather what is known of each
// contact, decide once and purely, put on record, publish.
func (j *job) run(ctx context.Context) error {
	if len(j.files) == 0 {
		return noFile("run")
	}
	unlock, err := j.prepare()
	if err != nil {
		return err
	}
	defer unlock()
	defer removeDir(j.dir)
	defer j.db.Close()
	defer func() { closeAll(j.sources) }()

	var notes []contact.Text
	j.sources, j.tables, notes, err = openAll(ctx, newIntake(j.settings), j.files, j.dir)
	if err != nil {
		return err
	}
	j.notes = append(j.notes, notes...)
	if err := j.begin(); err != nil {
		return err
	}
	defer j.base.Close()
	err = j.clean(ctx)
	if err != nil && j.sealed {
		// The decisions are on record and the lists may be seen already, so the run
		// has not failed: the next one brings it to its end, as after a crash.
		if f := (*contact.Fault)(nil); errors.As(err, &f) {
			return err
		}
		return outputFault(j.out, err)
	}
	if err != nil {
		status := audit.Failed
		if ctx.Err() != nil {
			status, err = audit.Abandoned, errInterrupted
		}
		return errors.Join(err, j.record.Finish(status, j.Now()))
	}
	j.finished = true
	if err := j.print(); err != nil {
		return &contact.Fault{Err: err, What: contact.T("the run has ended well, but its result can't be printed", "запуск завершён успешно, но его итог не удалось вывести"),
			Do: contact.T("read summary.json among the lists", "прочитайте summary.json рядом со списками")}
	}
	if j.summary.Status == audit.Withheld {
		return errWithheld
	}
	return nil
}

func noFile(command string) error {
	return usageFault(contact.T("no file was named", "не назван ни один файл"),
		contact.T("name the exports: cleanbase %s contacts.xlsx stop.csv", "назовите выгрузки: cleanbase %s contacts.xlsx stop.csv").With(command))
}

// clean is a run between its first line in the audit database and its last.
func (j *job) clean(ctx context.Context) error {
	if err := j.gather(ctx); err != nil {
		return err
	}
	debug.FreeOSMemory() // what reading took makes room for deciding
	if err := j.recall(); err != nil {
		return err
	}
	j.decide()
	if err := j.count(); err != nil {
		return err
	}
	closeAll(j.sources) // no more is read of them: the copies make room for the lists
	if j.dryRun {
		return nil
	}
	return j.deliver(ctx)
}

// prepare takes the locks, opens the audit database, and brings an interrupted
// run to its end, before any input is read.
func (j *job) prepare() (unlock func(), err error) {
	unlock = func() {}
	if !j.dryRun {
		if err := publish.Folder(j.out); err != nil {
			return nil, outputFault(j.out, err)
		}
		unlock, err = publish.Lock(j.out+"/.lock", j.flags.audit+".lock")
		if errors.Is(err, publish.ErrLocked) {
			return nil, &exitError{exitLocked, &contact.Fault{Err: err, What: contact.T("another run is going on", "уже идёт другой запуск"),
				Do: contact.T("wait for it to end", "дождитесь его окончания")}}
		}
		if at := (*fs.PathError)(nil); errors.As(err, &at) && at.Path == j.flags.audit+".lock" {
			return nil, auditFault(j.flags.audit, err)
		}
		if err != nil {
			return nil, outputFault(j.out, err)
		}
	}
	if err := j.openAudit(); err != nil {
		unlock()
		return nil, err
	}
	return unlock, nil
}

func (j *job) openAudit() error {
	var err error
	if j.db, err = audit.Open(j.flags.audit, audit.Options{Create: true, DryRun: j.dryRun}); err != nil {
		return err
	}
	if err := j.settleUnlessDry(); err != nil {
		return errors.Join(err, j.db.Close())
	}
	if j.dryRun {
		j.dir, err = os.MkdirTemp("", "cleanbase-")
	} else {
		j.dir, err = publish.Spool(j.out)
	}
	if err != nil {
		return errors.Join(outputFault(j.out, err), j.db.Close())
	}
	return nil
}

func outputFault(dir string, err error) error {
	return &contact.Fault{File: dir, Err: err, What: contact.T("the output folder can't be written to", "в папку результата нельзя писать"),
		Do: contact.T("check its owner and free space, or name another with --out", "проверьте владельца и место на диске или назовите другую: --out")}
}

func auditFault(path string, err error) error {
	return &contact.Fault{File: path, Err: err, What: contact.T("the audit database can't be written there", "базу аудита здесь нельзя записать"),
		Do: contact.T("check that its folder is there and may be written to, or name another with --audit", "проверьте, что её папка есть и открыта для записи, или назовите другую: --audit")}
}

func (j *job) settleUnlessDry() error {
	if j.dryRun {
		return nil
	}
	return settle(j.db, j.out, j.Now())
}

// settle ends the runs that a crash left unfinished: one whose decisions are
// on record is published, the others are abandoned. So it does with waves.
func settle(db *audit.DB, out string, now time.Time) error {
	pending, err := db.Unfinished()
	if err != nil {
		return err
	}
	var sealed []string
	for _, p := range pending {
		if p.Sealed {
			sealed = append(sealed, p.RunID)
		}
	}
	if err := publish.Prepare(out, sealed...); err != nil {
		return outputFault(out, err)
	}
	for _, p := range pending {
		status := audit.Abandoned
		if p.Sealed {
			_, err := publish.Finish(out, p.RunID)
			switch {
			case err == nil:
				status = p.Status
			case !errors.Is(err, os.ErrNotExist):
				return outputFault(out, err)
			}
		}
		if err := db.SetStatus(p.RunID, status, now); err != nil {
			return err
		}
	}
	return settleWaves(db, out)
}

// begin puts the run and its inputs on record.
func (j *job) begin() error {
	var err error
	if j.last, err = j.db.LastRun(); err != nil {
		return err
	}
	started := j.Now().UTC()
	j.runID = newID(started)
	j.record, err = j.db.Begin(audit.RunInfo{ID: j.runID, Started: started, AsOf: j.asOf, ToolVersion: j.Version,
		PolicySHA256: j.sha256, Policy: j.text, Seed: seedOf(j.sources)})
	if err != nil {
		return err
	}
	for _, t := range j.tables {
		_, err := j.record.AddInput(audit.Input{No: t.no, Path: t.src.path, Sheet: t.name, Role: t.plan.Role.String(),
			System: t.plan.System, Encoding: t.src.book.Encoding, SHA256: t.src.sha256, Rows: -1})
		if err != nil {
			return err
		}
	}
	rows, err := publish.Nameless(j.dir)
	if err != nil {
		return err
	}
	j.base = base.New(rows, base.Options{MaxShare: j.Link.MaxShare, Landline: j.Phones.Landline})
	j.record.Teach(j.base.Remember)
	return nil
}

// bar is where progress is shown: nowhere unless a person is looking.
func (j *job) bar() io.Writer {
	if !j.Terminal || j.quiet || j.json {
		return nil
	}
	return j.Stderr
}

// age is how long ago, as of the run, a file was changed.
func (j *job) age(t *table) time.Duration { return j.asOf.Sub(t.src.changed) }

// where is the base name of an input's file, the same in whatever folder it
// lies, and its sheet.
func (j *job) where(input int32) (file, sheet string) {
	t := j.tables[input-1]
	return filepath.Base(t.src.path), t.name
}
