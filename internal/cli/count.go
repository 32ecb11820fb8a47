package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"cleanbase/internal/config"
	"cleanbase/internal/contact"
	"cleanbase/internal/intake"
	"cleanbase/internal/policy"
)

// countRecord counts what became of a row of a contacts table.
func (t *table) countRecord(row int, kind intake.RowKind) {
	t.heed(row, kind)
	switch kind {
	case intake.RowBlank:
		t.rows.Blank++
	case intake.RowHeading:
	default:
		t.rows.Read++
	}
}

// countEntry counts what became of a row of any other table.
func (t *table) countEntry(row int, kind intake.RowKind) {
	t.heed(row, kind)
	switch kind {
	case intake.RowBlank:
		t.rows.Blank++
	case intake.RowHeading:
	case intake.RowUnreadable, intake.RowAnother:
		t.entries++
		t.unreadable++
		t.nobody++
	case intake.RowPartly:
		t.entries++
		t.unreadable++
	case intake.RowToCome:
		t.entries++
		t.toCome++
	default:
		t.entries++
	}
}

// heed remembers the first row that reads like the head of another table.
func (t *table) heed(row int, kind intake.RowKind) {
	if kind == intake.RowAnother && t.another == 0 {
		t.another = row
	}
}

// count makes the summary of what was decided, as far as it is known before
// anything is written, and puts the row law to the test.
func (j *job) count() error {
	sum := &j.summary
	*sum = contact.Summary{Schema: 1, RunID: j.runID, AsOf: j.asOf.Format(time.RFC3339), Status: "dry-run", ToolVersion: j.Version,
		Channel: j.policy.Channel.String(), Reasons: map[string]int64{}, Files: []contact.FileSummary{}, Returns: len(j.base.Returns()),
		SharedIdentifiers: len(j.base.Shared()), Events: j.eventsSummary(), Policy: policy.Words(j.policySaid(), j.settings.lang), PolicySHA256: j.sha256}
	j.countContacts()
	for _, t := range j.tables {
		if err := j.countRows(t); err != nil {
			return err
		}
		sum.Rows.Add(t.rows)
		in := t.summary(j.settings.lang)
		if t.rows.Read+t.entries == 0 {
			in.NotesShown = append(in.NotesShown, noRows.In(j.settings.lang))
		}
		if t.toCome > 0 {
			in.NotesShown = append(in.NotesShown, notYet.With(t.toCome).In(j.settings.lang))
		}
		sum.Inputs = append(sum.Inputs, in)
	}
	if !slices.ContainsFunc(j.tables, func(t *table) bool { return t.plan.Role == contact.RoleContacts }) {
		j.notes = append(j.notes, noContacts)
	}
	j.countReturns()
	judged, err := j.judged()
	if err != nil {
		return err
	}
	sum.Gate = j.policy.Gate(j.limits, judged)
	if sum.Gate.Result == "stop" {
		sum.AcceptedRisk = j.acceptRisk
	}
	for i := range sum.Gate.Findings {
		f := &sum.Gate.Findings[i]
		f.Said = f.Say.In(j.settings.lang)
	}
	return nil
}

var (
	notYet = contact.T("consents dated after the run's time, which do not count yet: %d; check their years", "согласий с датой позже времени расчёта: %d; они пока не засчитаны, проверьте год")
	noRows = contact.T("there are no rows below its header: if there should be, export it again",
		"под заголовком нет строк: если они должны быть, выгрузите файл заново")
	noContacts = contact.T("No file of contacts was given, so there is nobody to write to: name it, with --contacts F if it was taken for something else.",
		"Файла с контактами нет, поэтому писать некому: назовите его, а если он принят за другое, то с флагом --contacts F.")
)

// countContacts counts contacts by verdict and reason.
func (j *job) countContacts() {
	c := &j.summary.Contacts
	per := [...]*int64{contact.Clean: &c.Clean, contact.Cold: &c.Cold, contact.Hold: &c.Hold, contact.Invalid: &c.Invalid, contact.Removed: &c.Removed}
	sets := map[contact.ReasonSet]int64{}
	for i := range j.base.Len() {
		_, set := j.base.Contact(i)
		sets[set]++
	}
	for set, n := range sets {
		*per[set.Verdict()] += n
		for _, r := range set.List() {
			j.summary.Reasons[r.String()] += n
		}
	}
}

// countRows counts a table's records by outcome and checks that each has
// exactly one.
func (j *job) countRows(t *table) error {
	if t.plan.Role != contact.RoleContacts {
		return nil
	}
	j.base.Rows(t.no, func(_, who int32, merged bool) bool {
		v := contact.Merged
		if !merged {
			_, set := j.base.Contact(int(who))
			v = set.Verdict()
		}
		*t.rows.Of(v)++
		return true
	})
	if !t.rows.Lawful() {
		return fmt.Errorf("row law broken in input %d: %d rows read, but their outcomes do not add up to that", t.no, t.rows.Read)
	}
	return nil
}

// shownReturns is how many returns the summary names one by one.
const shownReturns = 100

func (j *job) countReturns() {
	for i, r := range j.base.Returns() {
		if i == shownReturns {
			break
		}
		file, sheet := j.where(r.Origin.Input)
		key, _ := j.base.Contact(r.Contact)
		j.summary.Returned = append(j.summary.Returned, contact.ReturnSummary{Phone: key.Phone().Masked(), File: file, Sheet: sheet,
			Row: int(r.Origin.Row), Kind: r.Fact.Kind.String(), Since: r.Fact.At.String()})
	}
}

func (t *table) summary(l contact.Lang) contact.InputSummary {
	p := t.plan
	in := contact.InputSummary{Path: t.src.path, Sheet: t.name, Hidden: t.hidden, Role: p.Role.String(), RoleBy: p.RoleBy.String(),
		System: p.System, Generation: p.Generation, Format: t.src.book.Format, Encoding: t.src.book.Encoding, SHA256: t.src.sha256,
		HeaderRow: p.HeaderRow, Rows: t.rows, Entries: t.entries, Unreadable: t.unreadable, Columns: []contact.ColumnSummary{}}
	for _, c := range p.Columns {
		in.Columns = append(in.Columns, contact.ColumnSummary{Header: c.Header, Field: c.Field.String(), By: c.By.String()})
	}
	for _, n := range append(append([]contact.Text{}, t.src.book.Notes...), p.Notes...) {
		in.NotesShown = append(in.NotesShown, n.In(l))
	}
	if t.hidden {
		in.NotesShown = append(in.NotesShown, contact.T("this sheet is hidden in the workbook; it was read all the same",
			"этот лист скрыт в книге; он всё равно прочитан").In(l))
	}
	return in
}

// judged is what the gates judge.
func (j *job) judged() (policy.RunFigures, error) {
	c := j.summary.Contacts
	f := policy.RunFigures{Clean: c.Clean, Returns: int64(j.summary.Returns), Russian: j.figures.russian, Ageing: j.figures.ageing, Strangers: int64(len(j.memory.strangers)), Unknown: j.memory.unknown}
	if j.Lists.Cold == "keep" {
		f.ColdKept = c.Cold
	}
	f.New, f.NewKnown = c.Clean-j.figures.writtenTo, j.figures.anyWrittenTo
	f.Sent = j.lastMailings()
	now := map[string]*table{}
	sizes := map[string]int64{}
	for _, t := range j.tables {
		name := filepath.Base(t.src.path)
		now[name] = t
		sizes[name] += t.entries + t.rows.Read
		for _, at := range t.plan.Suspicious {
			f.Suspicious = append(f.Suspicious, policy.Place{File: name, Column: t.plan.Columns[at].Header})
		}
		if row := t.mergedRefusal(); row > 0 {
			f.Merged = append(f.Merged, policy.RowPlace{File: name, Sheet: t.name, Row: row})
		}
		if t.another > 0 {
			f.Another = append(f.Another, policy.RowPlace{File: name, Sheet: t.name, Row: t.another})
		}
		if t.unreadable > 0 && t.plan.Role != contact.RoleConsents {
			u := policy.Unreadable{File: name, Count: t.unreadable, All: t.nobody == t.entries}
			if suppressing[t.plan.Role.String()] {
				u.Lost, u.Of = t.nobody, t.entries
			}
			f.Unreadable = append(f.Unreadable, u)
		}
	}
	for _, r := range j.Sources.Required {
		f.Required = append(f.Required, j.required(r, now, sizes))
	}
	return f, j.compare(&f, sizes)
}

// mergedRefusal is the first row of a cell of contacts that may tell of a refusal
// and is merged over several; 0 when there is none. The rest of them read as
// blank.
func (t *table) mergedRefusal() int {
	for _, m := range t.src.book.Tall(t.sheet) {
		if t.refusing.has(int64(m.First)) && t.plan.MayRefuse(m.Column) {
			return m.First
		}
	}
	return 0
}

// mailingDays is how far back a mailing is one of the last, whose rates the
// gates judge.
const mailingDays = 30

// ofLastMailings tells whether a moment is of the last mailings.
func (j *job) ofLastMailings(at contact.Moment) bool {
	return at.Known() && !at.Latest().Before(j.asOf.AddDate(0, 0, -mailingDays))
}

// lastMailings adds up what the events of this run say of the last mailings.
// Complaints come from the chats and from lists, which may tell of the same
// people: the more counts, not the sum.
func (j *job) lastMailings() policy.Mailings {
	var m policy.Mailings
	for _, d := range j.memory.events.Days {
		if !j.ofLastMailings(d.Day) {
			continue
		}
		m.Sent += d.Sent
		m.Complaints += d.Complaints
		m.OptOuts += d.Refusals
		m.Spam += d.Spam
	}
	m.Complaints = max(m.Complaints, j.memory.complained)
	return m
}

// required finds the input that the policy requires; its name may hold the
// wildcards of a shell. Of several the youngest counts, and gives the name.
func (j *job) required(r config.Required, now map[string]*table, sizes map[string]int64) policy.RequiredSource {
	s := policy.RequiredSource{Name: r.Name, MaxAge: time.Duration(r.MaxAge)}
	for name, t := range now {
		if ok, err := filepath.Match(r.Name, name); !ok && (err == nil || name != r.Name) {
			continue
		}
		if age := j.age(t); !s.Found || age < s.Age || age == s.Age && name < s.Name {
			s.Age, s.Name = age, name
		}
		s.Found, s.Entries = true, s.Entries+sizes[name]
	}
	return s
}

// errLists is the fault when the lists do not hold what was decided.
var errLists = errors.New("the lists do not hold as many rows as contacts were decided about")
