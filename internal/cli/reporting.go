package cli

import (
	"cmp"
	"errors"
	"maps"
	"runtime"
	"slices"
	"time"

	"cleanbase/internal/audit"
	"cleanbase/internal/base"
	"cleanbase/internal/contact"
	"cleanbase/internal/publish"
	"cleanbase/internal/report"
)

// figures is what the report shows besides the summary, gathered while
// deciding.
type figures struct {
	first     [32]int32 // for each reason the first contact that has it, + 1
	since     [len(ageMonths)]time.Time
	ages      [len(ageLabels)]int64 // since those times, before the last of them, and of no known date
	places    places
	operators []contact.Bucket // of places
	unsure    map[int]int64    // contact -> the newest evidence that a person must read
	conflicts []int32
	conflict  int64
	// writtenTo is the clean contacts that were written to before;
	// anyWrittenTo tells whether that is known of anybody.
	writtenTo    int64
	anyWrittenTo bool
	ageing       int64 // clean contacts whose consent is old
	russian      int64 // contacts of the list with a number of Russia
}

// ageLabels are the ages of consents that the report tells apart; the last is
// for those with no date.
var ageLabels = [...]contact.Text{
	contact.T("up to 3 months", "до 3 месяцев"), contact.T("3 to 6 months", "3–6 месяцев"), contact.T("6 to 12 months", "6–12 месяцев"),
	contact.T("12 to 18 months", "12–18 месяцев"), contact.T("over 18 months", "больше 18 месяцев"), contact.T("no date", "без даты"),
}

var ageMonths = [...]int{3, 6, 12, 18}

// shownConflicts is how many conflicts the report names one by one.
const shownConflicts = 20

// decide decides about every contact on all processors, each gathering figures
// of its own contacts.
func (j *job) decide() {
	parts := make([]figures, runtime.GOMAXPROCS(0))
	observers := make([]base.Observer, len(parts))
	j.figures.places = newPlaces()
	for k := range parts {
		parts[k].places, parts[k].since = newPlaces(), newAges(j.asOf)
		observers[k] = func(i int, c *contact.Case, reasons contact.ReasonSet) { j.observe(&parts[k], i, c, reasons) }
	}
	j.base.Decide(&j.policy, observers...)
	for k := range parts {
		j.figures.add(&parts[k])
	}
}

// add adds the figures of the contacts that follow.
func (f *figures) add(more *figures) {
	for r, i := range more.first {
		if f.first[r] == 0 {
			f.first[r] = i
		}
	}
	for i, n := range more.ages {
		f.ages[i] += n
	}
	f.places.addAll(&more.places)
	if f.unsure == nil {
		f.unsure = map[int]int64{}
	}
	maps.Copy(f.unsure, more.unsure)
	f.conflicts = append(f.conflicts, more.conflicts[:min(len(more.conflicts), shownConflicts-len(f.conflicts))]...)
	f.conflict += more.conflict
	f.writtenTo += more.writtenTo
	f.ageing += more.ageing
	f.russian += more.russian
	f.anyWrittenTo = f.anyWrittenTo || more.anyWrittenTo
}

// observe gathers the figures of one contact.
func (j *job) observe(f *figures, i int, c *contact.Case, reasons contact.ReasonSet) {
	written := slices.ContainsFunc(c.Direct, func(f contact.Fact) bool { return f.Kind == contact.Outbound || f.Kind == contact.Delivered })
	f.anyWrittenTo = f.anyWrittenTo || written
	for _, r := range reasons.List() {
		if f.first[r] == 0 {
			f.first[r] = int32(i) + 1
		}
	}
	if reasons.Has(contact.ConsentConflict) {
		f.conflict++
		if len(f.conflicts) < shownConflicts {
			f.conflicts = append(f.conflicts, int32(i))
		}
	}
	if reasons.Has(contact.OptOutUnsure) {
		f.noteUnsure(i, c)
	}
	if v := reasons.Verdict(); v == contact.Clean || v == contact.Cold && j.Lists.Cold == "keep" {
		j.observeListed(f, i, c, v == contact.Clean)
		if written && v == contact.Clean {
			f.writtenTo++
		}
	}
}

// observeListed gathers the figures of one contact of the clean list.
func (j *job) observeListed(f *figures, i int, c *contact.Case, clean bool) {
	region := f.places.reader.Region(c.Phone.Phone())
	if region == "RU" {
		f.russian++
	}
	if !clean {
		return
	}
	at := j.policy.ConsentAt(c)
	if j.policy.Ageing(at) {
		f.ageing++
	}
	f.ages[f.ageOf(at)]++
	f.places.add(c.Phone.Phone(), region)
}

// noteUnsure notes which words a person must read about a contact.
func (f *figures) noteUnsure(i int, c *contact.Case) {
	if f.unsure == nil {
		f.unsure = map[int]int64{}
	}
	for _, fact := range c.Direct {
		if fact.Kind == contact.Unsure {
			f.unsure[i] = max(f.unsure[i], fact.Seq)
		}
	}
}

// notesToRead is the words that a person must read, by contact.
func (j *job) notesToRead() (map[int]string, error) {
	if len(j.figures.unsure) == 0 {
		return nil, nil
	}
	who := make(map[int64][]int, len(j.figures.unsure))
	for i, seq := range j.figures.unsure {
		who[seq] = append(who[seq], i)
	}
	notes, same := make(map[int]string, len(j.figures.unsure)), map[string]string{}
	err := j.db.EachDoubt(func(seq int64, words string) {
		for _, i := range who[seq] {
			if _, ok := same[words]; !ok {
				same[words] = words
			}
			notes[i] = same[words]
		}
	})
	return notes, err
}

// newAges is from when on a consent is of each of ageLabels.
func newAges(asOf time.Time) (since [len(ageMonths)]time.Time) {
	for i, months := range ageMonths {
		since[i] = asOf.AddDate(0, -months, 0)
	}
	return since
}

// ageOf is which of ageLabels a consent's moment belongs to.
func (f *figures) ageOf(at contact.Moment) int {
	if !at.Known() {
		return len(ageLabels) - 1
	}
	for i, since := range f.since {
		if at.Earliest().After(since) {
			return i
		}
	}
	return len(ageMonths)
}

func (j *job) place(i int) contact.Place {
	at := j.base.Origin(i)
	file, sheet := j.where(at.Input)
	return contact.Place{File: file, Sheet: sheet, Row: int(at.Row)}
}

// report is what the page for people shows; the summary is whole by now.
func (j *job) report() (*contact.Report, error) {
	f := &j.figures
	r := &contact.Report{Summary: &j.summary, Lang: j.settings.lang, Examples: map[contact.Reason]string{}, ExampleAt: map[contact.Reason]contact.Place{},
		PolicySaid: j.policySaid(), Conflicts: f.conflict}
	for reason, who := range f.first {
		if who == 0 {
			continue
		}
		i := int(who - 1)
		key, _ := j.base.Contact(i)
		if p := key.Phone(); p != 0 {
			r.Examples[contact.Reason(reason)] = p.Masked()
		}
		r.ExampleAt[contact.Reason(reason)] = j.place(i)
	}
	for i, n := range f.ages {
		if n > 0 {
			r.ConsentAge = append(r.ConsentAge, contact.Bucket{Label: ageLabels[i], Count: n})
		}
	}
	r.Countries, r.Operators = f.places.byCountry(), f.operators
	for _, i := range f.conflicts {
		r.ConflictAt = append(r.ConflictAt, j.place(int(i)))
	}
	r.Shared = j.sharedShown()
	var err error
	r.Trend, err = j.trend()
	return r, err
}

// policySaid is the policy and the limits of its gates in words.
func (j *job) policySaid() []contact.Text { return append(j.policy.Say(), j.limits.Say()...) }

// shownShared is how many shared identifiers the report names.
const shownShared = 20

func (j *job) sharedShown() []contact.SharedIdentifier {
	shared := slices.Clone(j.base.Shared())
	slices.SortFunc(shared, func(a, b base.Shared) int {
		return cmp.Or(-cmp.Compare(a.Contacts, b.Contacts), cmp.Compare(a.Key, b.Key))
	})
	var shown []contact.SharedIdentifier
	for _, s := range shared[:min(len(shared), shownShared)] {
		shown = append(shown, contact.SharedIdentifier{Kind: s.Key.Kind(), Masked: s.Key.Phone().Masked(), Contacts: int64(s.Contacts)})
	}
	return shown
}

// trendRuns is how many past runs the report's trend shows.
const trendRuns = 11

// trend is the last runs and this one, oldest first.
func (j *job) trend() ([]contact.TrendPoint, error) {
	runs, err := j.db.History(trendRuns)
	if err != nil {
		return nil, err
	}
	var points []contact.TrendPoint
	for _, r := range slices.Backward(runs) {
		if r.Status == audit.Published || r.Status == audit.Withheld {
			points = append(points, trendPoint(r))
		}
	}
	return append(points, contact.TrendPoint{RunID: j.runID, AsOf: contact.At(j.asOf), Status: j.summary.Status,
		AtRisk: j.summary.AcceptedRisk != "", Contacts: j.summary.Contacts}), nil
}

// writeReport stages report.html.
func (j *job) writeReport(create func(name string) (*publish.File, error)) (*publish.File, error) {
	r, err := j.report()
	if err != nil {
		return nil, err
	}
	f, err := create("report.html")
	if err != nil {
		return nil, err
	}
	return f, errors.Join(report.Write(f, r), f.Close())
}
