package cli

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
	"cleanbase/internal/report"
)

func (a *App) reportCommand() *cobra.Command {
	var f auditFlags
	var run, out string
	cmd := &cobra.Command{
		Use:   "report [--run ID]",
		Short: "Make a run's report again from the audit database",
		Long: `report writes the page of a run, the newest if none is named, from what the audit
database keeps: all figures, reasons, inputs and gates. What only the rows can
tell (an example of each reason, ages of consents, countries) is left out.`,
		Example: `  cleanbase report --to report.html
  cleanbase report --run 20261101T060000Z-1a2b3c --lang ru > report.html`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			db, err := audit.Open(f.audit, audit.Options{})
			if err != nil {
				return err
			}
			defer db.Close()
			r, err := storedReport(db, run)
			if err != nil {
				return err
			}
			if r.Lang = a.lang(f.lang); f.json {
				return writeJSON(a.Stdout, r.Summary)
			}
			return writeTo(a.Stdout, out, func(w io.Writer) error { return report.Write(w, r) })
		},
	}
	f.bind(cmd)
	cmd.Flags().StringVar(&run, "run", "", "`ID` of the run (default the newest)")
	cmd.Flags().StringVar(&out, "to", "", "write to `FILE` (default standard output)")
	return cmd
}

// storedReport is the report that the audit database can tell of a run.
func storedReport(db *audit.DB, runID string) (*contact.Report, error) {
	var found *audit.PublishedRun
	err := db.EachPublished(func(r audit.PublishedRun) error {
		if found == nil && (runID == "" || r.RunID == runID) {
			found = &r
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	r := &contact.Report{Summary: &contact.Summary{}}
	if found == nil || json.Unmarshal(found.Summary, r.Summary) != nil {
		return nil, usageFault(contact.T("the audit database has no such published run", "в базе аудита нет такого опубликованного запуска"),
			contact.T("cleanbase history lists the runs", "список запусков: cleanbase history"))
	}
	r.Summary.Status = found.Status
	runs, err := db.History(0)
	if err != nil {
		return nil, err
	}
	for _, h := range runs {
		if h.RunID > found.RunID || h.Status != audit.Published && h.Status != audit.Withheld || len(r.Trend) > trendRuns {
			continue
		}
		r.Trend = append(r.Trend, trendPoint(h))
	}
	slices.Reverse(r.Trend)
	return r, nil
}

func trendPoint(r audit.RunSummary) contact.TrendPoint {
	c := r.Rows
	return contact.TrendPoint{RunID: r.RunID, AsOf: contact.At(r.AsOf), Status: r.Status, AtRisk: r.Accepted != "",
		Contacts: contact.Contacts{Clean: c.Clean, Cold: c.Cold, Hold: c.Hold, Removed: c.Removed, Invalid: c.Invalid}}
}

// writeTo writes to a file of mode 0600, which is there whole or not at all, or to
// w when none is named.
func writeTo(w io.Writer, path string, write func(io.Writer) error) error {
	if path == "" {
		return write(w)
	}
	name := path
	if info, err := os.Stat(path); err != nil || info.Mode().IsRegular() {
		name += ".part"
		_ = os.Remove(name) // left by a crash
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return outputFault(path, err)
	}
	err = write(f)
	if closed := f.Close(); err == nil && closed != nil {
		err = outputFault(path, closed)
	}
	if name == path {
		return err
	}
	if err != nil {
		return errors.Join(err, os.Remove(name))
	}
	if err := os.Rename(name, path); err != nil {
		return outputFault(path, err)
	}
	return nil
}
