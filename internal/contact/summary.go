package contact

// Summary is what a run tells of itself: summary.json, the report and the
// terminal all show it. Keys may be added, never changed.
type Summary struct {
	Schema      int              `json:"schema"` // 1
	RunID       string           `json:"run_id"`
	AsOf        string           `json:"as_of"`  // RFC 3339 UTC
	Status      string           `json:"status"` // published, withheld, dry-run
	ToolVersion string           `json:"tool_version"`
	Channel     string           `json:"channel"`
	Rows        Rows             `json:"rows"`
	Contacts    Contacts         `json:"contacts"`
	Reasons     map[string]int64 `json:"reasons"` // contacts that have the reason
	Inputs      []InputSummary   `json:"inputs"`
	Returns     int              `json:"returns"`
	// Returned is the first of the returns, for a person to look up.
	Returned []ReturnSummary `json:"returned,omitempty"`
	// SharedIdentifiers is how many identifiers too many contacts share.
	SharedIdentifiers int `json:"shared_identifiers"`
	// Events is what the messengers' logs tell of the mailings; nil without
	// any.
	Events       *EventsSummary `json:"events,omitempty"`
	Gate         Gate           `json:"gate"`
	AcceptedRisk string         `json:"accepted_risk,omitempty"`
	Audit        AuditSummary   `json:"audit"`
	Files        []FileSummary  `json:"files"`
	For          string         `json:"for,omitempty"` // the system in whose shape the clean list is
	ForNote      string         `json:"for_note,omitempty"`
	Policy       string         `json:"policy"` // in words
	PolicySHA256 string         `json:"policy_sha256"`
	// Error is why a run failed. It is told to the notify command alone: a run
	// that failed leaves no summary.
	Error string `json:"error,omitempty"`
}

// Rows counts records by outcome. Read is the sum of the six below it; blank
// rows are counted apart.
type Rows struct {
	Read    int64 `json:"read"`
	Clean   int64 `json:"clean"`
	Cold    int64 `json:"cold"`
	Hold    int64 `json:"hold"`
	Removed int64 `json:"removed"`
	Invalid int64 `json:"invalid"`
	Merged  int64 `json:"merged"`
	Blank   int64 `json:"blank"`
}

// Of is the counter of one outcome.
func (r *Rows) Of(v Verdict) *int64 {
	return [...]*int64{Clean: &r.Clean, Cold: &r.Cold, Hold: &r.Hold, Invalid: &r.Invalid, Removed: &r.Removed, Merged: &r.Merged}[v]
}

// Lawful tells whether every row read has exactly one outcome.
func (r *Rows) Lawful() bool {
	return r.Read == r.Clean+r.Cold+r.Hold+r.Removed+r.Invalid+r.Merged
}

// Add adds the counts of o.
func (r *Rows) Add(o Rows) {
	r.Read += o.Read
	r.Blank += o.Blank
	for v := Clean; v <= Merged; v++ {
		*r.Of(v) += *o.Of(v)
	}
}

// Contacts counts contacts by verdict.
type Contacts struct {
	Clean   int64 `json:"clean"`
	Cold    int64 `json:"cold"`
	Hold    int64 `json:"hold"`
	Removed int64 `json:"removed"`
	Invalid int64 `json:"invalid"`
}

// ByVerdict is the counts by the verdict's number.
func (c *Contacts) ByVerdict() [Merged]int64 {
	return [...]int64{Clean: c.Clean, Cold: c.Cold, Hold: c.Hold, Invalid: c.Invalid, Removed: c.Removed}
}

// All is the number of contacts.
func (c *Contacts) All() int64 { return c.Clean + c.Cold + c.Hold + c.Removed + c.Invalid }

// InputSummary is one table of one input file. Rows follow the row law: a file
// that is not of contacts has no records, and its lines are counted in Entries.
type InputSummary struct {
	Path       string          `json:"path"`
	Sheet      string          `json:"sheet"`
	Hidden     bool            `json:"hidden,omitempty"`
	Role       string          `json:"role"`
	RoleBy     string          `json:"role_by"`
	System     string          `json:"system"`
	Generation string          `json:"generation,omitempty"`
	Format     string          `json:"format"`
	Encoding   string          `json:"encoding"`
	SHA256     string          `json:"sha256"`
	HeaderRow  int             `json:"header_row"`
	Rows       Rows            `json:"rows"`
	Entries    int64           `json:"entries"`              // rows of a file that is not of contacts
	Unreadable int64           `json:"unreadable,omitempty"` // of these, with an identifier that could not be read
	Columns    []ColumnSummary `json:"columns"`
	Notes      []Text          `json:"-"`
	NotesShown []string        `json:"notes,omitempty"`
}

// ColumnSummary is what a column was read as, and how that was told.
type ColumnSummary struct {
	Header string `json:"header"`
	Field  string `json:"field"`
	By     string `json:"by,omitempty"`
}

// ReturnSummary is one refused contact that came back.
type ReturnSummary struct {
	Phone string `json:"-"`
	File  string `json:"file"`
	Sheet string `json:"sheet,omitempty"`
	Row   int    `json:"row"`
	Kind  string `json:"kind"`  // kind of the old refusal
	Since string `json:"since"` // when it was said, if known
}

// Gate is whether the clean list may be mailed.
type Gate struct {
	Result   string    `json:"result"` // pass, warn, stop
	Findings []Finding `json:"findings"`
}

// Finding is one thing that a gate found.
type Finding struct {
	Code  string  `json:"code"`
	Level string  `json:"level"` // warn, stop
	Value float64 `json:"value"`
	Limit float64 `json:"limit"`
	Where string  `json:"where,omitempty"` // file or column
	Say   Text    `json:"-"`
	Said  string  `json:"message,omitempty"`
}

// AuditSummary is the head of the audit database's tree after the run.
type AuditSummary struct {
	Root       string `json:"root"`
	Size       int64  `json:"size"`
	Checkpoint string `json:"checkpoint,omitempty"`
}

// FileSummary is one published file.
type FileSummary struct {
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"`
}

// EventsSummary is what the messengers' logs tell of the mailings as a whole.
type EventsSummary struct {
	Sent            int64            `json:"sent"` // messages
	Refusals        int64            `json:"refusals"`
	Complaints      int64            `json:"complaints"`
	SuspectedSpam   int64            `json:"suspected_spam"`
	Lately          *MailingsSummary `json:"lately,omitempty"`  // what the gates judge
	Repeats         int64            `json:"repeats"`           // messages and statuses that came again
	UnknownStatuses int64            `json:"unknown_statuses"`  // of messages that neither a file nor an earlier run's holds
	Recalled        int64            `json:"recalled_statuses"` // of messages that an earlier run's files hold
	Resolved        int64            `json:"resolved_statuses"` // that earlier runs kept, and whose messages came now
	Alarms          []AlarmSummary   `json:"alarms"`            // the sender's own trouble, most frequent first
	Outages         []OutageSummary  `json:"outages"`           // failures that were held against nobody
}

// MailingsSummary is what the last mailings came to.
type MailingsSummary struct {
	Days          int   `json:"days"` // before the as-of time
	Sent          int64 `json:"sent"` // messages
	Refusals      int64 `json:"refusals"`
	Complaints    int64 `json:"complaints"`
	SuspectedSpam int64 `json:"suspected_spam"`
}

// AlarmSummary is one error of the sender's own.
type AlarmSummary struct {
	System string `json:"system"`
	Code   string `json:"code"`
	Count  int64  `json:"count"`
}

// OutageSummary is one error that hit too many contacts on one day to say
// anything of each.
type OutageSummary struct {
	Class    string `json:"class"`
	Channel  string `json:"channel"`
	Day      string `json:"day"`
	Contacts int64  `json:"contacts"`
	Sent     int64  `json:"sent"`
}
