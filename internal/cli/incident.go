package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
	"cleanbase/internal/incident"
	"cleanbase/internal/publish"
	"cleanbase/internal/report"
	"cleanbase/internal/sheet"
)

func (a *App) incidentCommand() *cobra.Command {
	var f flags
	var since, to string
	cmd := &cobra.Command{
		Use:   "incident --since TIME [FILE...]",
		Short: "After a ban: who was written to, what came of it, whom to drop, whom to reach",
		Long: `incident looks into what went before a ban, from the audit database: who was
written to since a time, from which files, tags and segments; how often each
group complained, refused, was taken for spam, was not there or gave no answer,
beside all the others; the likely causes in order; whom to drop; and who wrote
to you and can still be answered. It leaves a page and lists in
OUT/incidents/TIME and changes nothing else.

First clean the base once more with the messenger's log beside it, so that the
database knows what happened: cleanbase run exports/ --events log.json

Tags and segments come from the lists of the runs in force, or from the contacts
FILEs that are named.`,
		Example: `  cleanbase incident --since 2026-11-20 --channel whatsapp
  cleanbase incident --since 2026-11-20T09:00:00Z --json
  cleanbase incident --since 2026-11-20 contacts.xlsx --to ban`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := a.settings(f)
			if err != nil {
				return err
			}
			q := &inquiry{App: a, settings: s}
			if q.since, err = s.sinceTime(since); err != nil {
				return err
			}
			f.roles[contact.RoleContacts] = args
			if q.files, _, err = find(nil, f.roles); err != nil {
				return err
			}
			return q.run(cmd, to)
		},
	}
	f.bindReading(cmd)
	set := cmd.Flags()
	set.StringVar(&since, "since", "", "look at what was sent from this `TIME` on: 2026-11-20 or RFC 3339")
	set.StringVar(&f.asOf, "as-of", "", "up to this `TIME`, RFC 3339 (default now)")
	set.StringVar(&f.out, "out", "", "`DIR` of what the runs left (default where the audit database is, or \"cleanbase-out\")")
	set.StringVar(&f.audit, "audit", "", "audit database `FILE` (default OUT/audit.db)")
	set.StringVar(&to, "to", "", "`DIR` to make for the page and the lists (default OUT/incidents/TIME)")
	return cmd
}

// sinceTime reads --since: a day or a time in the policy's zone, as people write
// them, or RFC 3339.
func (s *settings) sinceTime(text string) (at time.Time, err error) {
	for _, form := range []string{time.DateOnly, "02.01.2006", "2006-01-02 15:04", "02.01.2006 15:04", time.RFC3339} {
		if at, err = time.ParseInLocation(form, text, s.zone); err == nil {
			break
		}
	}
	switch {
	case text == "" || err != nil:
		return at, usageFault(contact.T("--since needs a day or a time", "для --since нужен день или время"),
			contact.T("write it as 2026-11-20 or 2026-11-20T09:00:00Z: some days before the ban", "пишите так: 2026-11-20 или 2026-11-20T09:00:00Z, за несколько дней до блокировки"))
	case at.After(s.asOf):
		return at, usageFault(contact.T("--since is in the future", "--since ещё не наступило"), contact.T("name a day before the ban", "назовите день до блокировки"))
	}
	return at.UTC(), nil
}

func (q *inquiry) run(cmd *cobra.Command, to string) error {
	var err error
	if q.db, err = audit.Open(q.flags.audit, audit.Options{}); err != nil {
		return err
	}
	defer q.db.Close()
	r, err := q.gather(cmd.Context())
	if err != nil {
		return err
	}
	if to == "" {
		to = filepath.Join(q.out, "incidents", newID(q.Now()))
	}
	err = publish.Put(to, func(s *publish.Stage) error { return q.write(s, r) })
	if errors.Is(err, fs.ErrExist) {
		return usage(&contact.Fault{File: to, Err: err, What: contact.T("the folder is there already", "такая папка уже есть"), Do: contact.T("name another with --to", "назовите другую: --to")})
	}
	if err != nil {
		return outputFault(to, err)
	}
	if q.json {
		return writeJSON(q.Stdout, r)
	}
	p := q.printer(q.settings.lang)
	p.incident(r)
	p.line(contact.T("Page and lists: %s", "Страница и списки: %s").With(to))
	return p.err
}

// write makes the page, its figures as JSON, and the two lists.
func (q *inquiry) write(s *publish.Stage, r *contact.Incident) error {
	if err := errors.Join(q.writeDrop(s, r), q.writeReachable(s, r)); err != nil {
		return err
	}
	page, err := s.Create("incident.html")
	if err != nil {
		return err
	}
	if err := errors.Join(report.WriteIncident(page, r, q.settings.lang), page.Close()); err != nil {
		return err
	}
	data, err := json.MarshalIndent(r, "", "  ")
	if err == nil {
		err = s.Write("incident.json", append(data, '\n'))
	}
	return err
}

// actions is what to do about people of the drop list.
var actions = map[string]contact.Text{
	incident.Never: contact.T("never write again", "больше не писать"),
	incident.Pause: contact.T("not by this channel for now", "пока не писать в этом канале"),
	incident.Ask:   contact.T("ask for consent first, elsewhere", "сначала получить согласие, не в мессенджере"),
}

func (q *inquiry) writeDrop(s *publish.Stage, r *contact.Incident) error {
	list := q.ledger.Drop()
	f, err := q.writeList(s, listTo{"drop", []string{"phone_e164", "id", "action", "do", "reasons", "written_at"}, len(list)}, func(i int) []string {
		d := list[i]
		return append(q.person(d.Person), d.Do, actions[d.Do].In(q.settings.lang), strings.Join(d.Reasons, "; "), d.WrittenAt().String())
	})
	r.Files = append(r.Files, f)
	return err
}

func (q *inquiry) writeReachable(s *publish.Stage, r *contact.Incident) error {
	list := q.ledger.Reachable()
	f, err := q.writeList(s, listTo{"reachable", []string{"phone_e164", "id", "wrote_at", "verdict"}, len(list)}, func(i int) []string {
		return append(q.person(list[i].Person), list[i].At.String(), list[i].Verdict.String())
	})
	r.Files = append(r.Files, f)
	return err
}

// person is the phone and, where the messenger knows the person by another
// name, that.
func (q *inquiry) person(p *incident.Person) []string {
	cells := []string{p.Key.Phone().String(), q.names[p.Alias]}
	if cells[1] == "" {
		cells[1] = q.names[p.Key]
	}
	return cells
}

// listTo is a list of people to write: its name, header and number of rows.
type listTo struct {
	name   string
	header []string
	rows   int
}

func (q *inquiry) writeList(s *publish.Stage, to listTo, row func(int) []string) (contact.FileSummary, error) {
	sum := contact.FileSummary{Name: to.name + "." + q.Format, Rows: int64(to.rows)}
	f, err := s.Create(sum.Name)
	if err != nil {
		return sum, err
	}
	w, err := sheet.NewWriter(f, to.header, sheet.WriterOptions{Format: q.Format, Sheet: to.name, Rows: sum.Rows})
	if err != nil {
		return sum, errors.Join(err, f.Close())
	}
	for i := 0; i < to.rows && err == nil; i++ {
		var cells [][]byte
		for _, c := range row(i) {
			cells = append(cells, []byte(c))
		}
		err = w.Row(cells)
	}
	err = errors.Join(err, w.Close(), f.Close())
	sum.SHA256 = f.SHA256()
	return sum, err
}

// incident is what the terminal shows: the causes and how many people it is
// about.
func (p *printer) incident(r *contact.Incident) {
	p.line(contact.T("Written to since %s: %s.", "Писали с %s: %s.").With(report.Clock(r.Since, r.Zone), contact.Many(r.People, "person", "people", "человеку", "людям", "людям")))
	var rows [][]string
	for _, rate := range r.Rates {
		row := []string{"  " + report.MishapWord(rate.Mishap).In(p.l), "?", "", contact.T("not known", "неизвестно").In(p.l)}
		if rate.Known {
			row = []string{row[0], p.number(rate.N), contact.Percent(rate.N, rate.Of).In(p.l), ""}
			if rate.Low > rate.Limit {
				row[3] = contact.T("too many", "слишком много").In(p.l)
			}
		}
		rows = append(rows, row)
	}
	if r.People > 0 {
		p.table(rows)
	}
	if len(r.Causes) > 0 {
		p.line(contact.T("Likely causes, the likeliest first:", "Вероятные причины, сначала самая вероятная:"))
	}
	rows = nil
	for i := range r.Causes {
		c := &r.Causes[i]
		rows = append(rows, []string{fmt.Sprintf("%3d.", i+1), report.CauseWords(c, p.l)}, []string{"", c.Do.In(p.l)})
	}
	p.table(rows)
	if r.People > 0 && len(r.Causes) == 0 && slices.ContainsFunc(r.Rates, func(x contact.IncidentRate) bool { return x.Known }) {
		p.line(contact.T("Nothing in your files stands out.", "В ваших файлах ничего не выделяется."))
	}
	for _, n := range r.Notes {
		p.line(contact.T("Note: %s", "Замечание: %s").With(n))
	}
	p.line(contact.T("Drop: %s. Can still be answered: %s.", "Убрать из рассылок: %s. Можно ответить: %s.").With(
		contact.ManyContacts(r.Drop), contact.Many(r.Reach, "person", "people", "человеку", "людям", "людям")))
}
