package cli

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
)

func (a *App) historyCommand() *cobra.Command {
	var f auditFlags
	var limit int
	var asCSV bool
	cmd := &cobra.Command{
		Use:   "history [RUN RUN]",
		Short: "List the runs, or what changed between two of them",
		Example: `  cleanbase history
  cleanbase history 20261101T060000Z-1a2b3c 20261102T060000Z-4d5e6f --csv > changes.csv`,
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
			p := a.printer(a.lang(f.lang))
			if len(args) == 2 {
				return p.difference(db, args, f.json, asCSV)
			}
			runs, err := db.History(limit)
			if err != nil {
				return err
			}
			if f.json {
				return writeJSON(a.Stdout, runs)
			}
			if asCSV { // for a program: plain numbers and codes in every language
				return writeCSV(a.Stdout, (&printer{}).historyRows(runs, plainNumber))
			}
			p.table(p.historyRows(runs, p.number))
			p.risks(runs)
			return p.err
		},
	}
	f.bind(cmd)
	cmd.Flags().IntVar(&limit, "limit", 30, "the newest so many runs")
	cmd.Flags().BoolVar(&asCSV, "csv", false, "print CSV")
	return cmd
}

// writeCSV writes rows of which no cell is a person's own text.
func writeCSV(w io.Writer, rows [][]string) error {
	c := csv.NewWriter(w)
	return c.WriteAll(rows)
}

func plainNumber(n int64) string { return strconv.FormatInt(n, 10) }

var statusWords = map[string]contact.Text{
	audit.Running: contact.T("running", "идёт"), audit.Sealed: contact.T("sealed", "записан"), audit.Published: contact.T("published", "опубликован"),
	audit.Withheld: contact.T("withheld", "не выдан"), audit.Failed: contact.T("failed", "не удался"), audit.Abandoned: contact.T("abandoned", "прерван"),
}

func (p *printer) historyRows(runs []audit.RunSummary, number func(int64) string) [][]string {
	rows := [][]string{{contact.T("run", "запуск").In(p.l), contact.T("as of", "на дату").In(p.l), contact.T("status", "состояние").In(p.l),
		contact.T("read", "строк").In(p.l), "clean", "cold", "hold", "removed", "invalid", "merged"}}
	for _, r := range runs {
		c := r.Rows
		row := []string{r.RunID, r.AsOf.Format(time.RFC3339), statusWords[r.Status].In(p.l)}
		for _, n := range []int64{c.Read, c.Clean, c.Cold, c.Hold, c.Removed, c.Invalid, c.Merged} {
			row = append(row, number(n))
		}
		rows = append(rows, row)
	}
	return rows
}

// risks tells of the runs that somebody published against a gate: the reason
// given, and below it what the gates had found.
func (p *printer) risks(runs []audit.RunSummary) {
	for _, r := range runs {
		if r.Accepted != "" {
			p.line(contact.T("%s was published although a gate said stop (%s): %s", "%s опубликован, хотя проверка сказала «стоп» (%s): %s").
				With(r.RunID, r.Started.Format(time.RFC3339), strings.ReplaceAll(r.Accepted, "\n", "\n  ")))
		}
	}
}

var causeWords = map[string]contact.Text{
	audit.CauseNew:      contact.T("came with a file", "появился в файле"),
	audit.CauseLeft:     contact.T("is in no file any more", "больше нет в файлах"),
	audit.CauseEvidence: contact.T("something new was learnt", "узнали новое"),
	audit.CauseTime:     contact.T("time passed: something expired", "прошло время: истёк срок"),
	audit.CausePolicy:   contact.T("the settings were changed", "изменили настройки"),
	audit.CauseFile:     contact.T("the file's row says something else", "в строке файла теперь другое"),
}

// difference is what changed between two runs.
func (p *printer) difference(db *audit.DB, runs []string, json, asCSV bool) error {
	type change struct {
		audit.Change
		FromReasons []string `json:"from_reasons"`
		ToReasons   []string `json:"to_reasons"`
	}
	type out struct {
		audit.DiffCounts
		Changes []change `json:"changes"`
	}
	o := out{Changes: []change{}}
	var err error
	o.DiffCounts, err = db.Diff(runs[0], runs[1], func(c audit.Change) bool {
		o.Changes = append(o.Changes, change{c, c.FromSet.Codes(), c.ToSet.Codes()})
		return true
	})
	if err != nil {
		return err
	}
	if json {
		return writeJSON(p.w, o)
	}
	var rows [][]string
	for _, c := range o.Changes {
		cause := causeWords[c.Cause].In(p.l)
		if asCSV {
			cause = c.Cause
		}
		rows = append(rows, []string{c.Phone, strconv.FormatInt(c.ContactID, 10), dash(c.From), dash(c.To), c.FromSet.String(), c.ToSet.String(), cause})
	}
	if asCSV {
		return writeCSV(p.w, append([][]string{{"phone", "contact_id", "from", "to", "from_reasons", "to_reasons", "cause"}}, rows...))
	}
	p.line(contact.T("entered %s, left %s, changed %s", "пришли: %s, ушли: %s, изменились: %s").
		With(p.number(o.Entered), p.number(o.Left), p.number(o.Changed)))
	for i, r := range rows {
		rows[i] = []string{r[0], r[1], r[2] + " → " + r[3], r[5], r[6]}
	}
	p.table(rows)
	return p.err
}

// dash stands for a run that the contact was not in.
func dash(verdict string) string {
	if verdict == "" {
		return "-"
	}
	return verdict
}
