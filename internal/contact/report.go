package contact

// Report is what report.html shows: the summary and what a person asks next.
// Nothing in it names anybody: phones are masked.
type Report struct {
	Summary    *Summary
	Lang       Lang
	Examples   map[Reason]string // one masked phone for each reason that occurs
	ConsentAge []Bucket          // clean contacts by age of the consent that counts, newest first
	Countries  []Bucket          // clean contacts by country of the number, most first
	Trend      []TrendPoint      // past runs and this one, oldest first
	PolicySaid []Text
	Conflicts  int64 // contacts whose files disagree about consent
}

// Bucket is one bar of a chart.
type Bucket struct {
	Label Text
	Count int64
}

// TrendPoint is one run in the trend.
type TrendPoint struct {
	RunID    string
	AsOf     Moment
	Contacts Contacts
}
