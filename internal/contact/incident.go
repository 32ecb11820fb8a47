package contact

// Mishap is what may come of a message to a person that speaks against it.
type Mishap uint8

// The mishaps, gravest first.
const (
	Complained Mishap = iota
	TakenForSpam
	Refused
	NotThere // not on the messenger, or the number does not exist
	Silent   // wrote nothing since
	NumMishaps
)

var mishapNames = [...]string{"complaint", "suspected_spam", "refusal", "unreachable", "no_answer"}

// String is the mishap's name in JSON and in the list of whom to drop.
func (m Mishap) String() string { return mishapNames[m] }

// Mishaps is all of them, gravest first.
func Mishaps() []Mishap { return []Mishap{Complained, TakenForSpam, Refused, NotThere, Silent} }

// Incident is what is known of the mailings before a ban: who was written to
// and what came of it. It holds no person.
type Incident struct {
	Schema  int    `json:"schema"` // 1
	Since   string `json:"since"`  // RFC 3339 UTC
	Until   string `json:"until"`
	Zone    string `json:"zone"` // IANA name: whose days are counted
	Channel string `json:"channel"`
	// Basis says how it is known who was written to: by messages of event files,
	// by waves that were handed out, or by clean lists, of which it is only
	// assumed; empty when it is not known at all.
	Basis   string          `json:"basis"`
	Runs    []string        `json:"runs"`   // whose lists were in force
	People  int64           `json:"people"` // written to, each once
	Rates   []IncidentRate  `json:"rates"`
	Causes  []IncidentCause `json:"causes"` // likeliest first
	Groups  []IncidentGroup `json:"groups"` // by kind, then by how much they stand out
	Pooled  []IncidentPool  `json:"pooled"` // groups too small to show
	Days    []IncidentDay   `json:"days"`
	Waves   []IncidentWave  `json:"waves"`     // handed out, in order
	Drop    int64           `json:"drop"`      // contacts of the drop list
	Reach   int64           `json:"reachable"` // of the list of those who wrote first
	Files   []FileSummary   `json:"files"`     // drop list, reachable list
	Undated int64           `json:"undated"`   // messages with no date, which are not in the figures
	Alarms  []AlarmSummary  `json:"alarms"`
	Outages []OutageSummary `json:"outages"`
	Notes   []Text          `json:"-"`
	Noted   []string        `json:"notes"`
	Tests   int             `json:"tests"` // comparisons made, for which the bounds are widened
}

// IncidentRate is how often one mishap befell those written to.
type IncidentRate struct {
	Mishap Mishap `json:"-"`
	Name   string `json:"mishap"`
	Known  bool   `json:"known"` // whether the files can tell it at all
	Share
	Limit float64 `json:"limit"` // over which it is a cause
}

// IncidentGroup is a group of those written to beside all the others.
type IncidentGroup struct {
	By       string          `json:"by"` // file, tag, wave, channel, consent, or "column: " and its header
	Name     string          `json:"name"`
	People   int64           `json:"people"`
	Compared []IncidentTwins `json:"compared"` // one for each mishap that is known
}

// IncidentTwins is one mishap in a group and in the rest.
type IncidentTwins struct {
	Mishap Mishap `json:"-"`
	Name   string `json:"mishap"`
	Group  Share  `json:"group"`
	Rest   Share  `json:"rest"`
	// Low and High bound the difference of the two rates (Newcombe's hybrid
	// score interval), all comparisons of the incident together at 95 %.
	Low  float64 `json:"difference_low"`
	High float64 `json:"difference_high"`
	// P is the one-sided p-value of Fisher's exact test that the group is
	// worse, adjusted for all comparisons (Holm).
	P     float64 `json:"p"`
	Worse bool    `json:"worse"` // P is under 5 %
	// Excess is how many of the mishaps are more than at the rest's rate.
	Excess float64 `json:"excess"`
}

// IncidentPool is how many groups of a kind were too small to show one by one.
type IncidentPool struct {
	By     string `json:"by"`
	Groups int64  `json:"groups"`
	People int64  `json:"people"`
}

// IncidentCause is one likely cause.
type IncidentCause struct {
	Code string `json:"code"`
	Share
	Limit float64 `json:"limit"`
	Guess bool    `json:"guess"` // nobody published the limit
	// Times is how many times over its limit it surely is: what causes are
	// ordered by.
	Times float64 `json:"times"`
	By    string  `json:"by,omitempty"` // of a group
	Group string  `json:"group,omitempty"`
	Say   Text    `json:"-"`
	Said  string  `json:"message"`
	Do    Text    `json:"-"`
	Doing string  `json:"advice"`
}

// IncidentWave is one wave that was handed out and how many of its people are
// known, or assumed, to have been written to.
type IncidentWave struct {
	Name     string `json:"name"` // its plan and number
	At       string `json:"at"`   // RFC 3339 UTC
	Contacts int    `json:"contacts"`
	Written  int    `json:"written"`
}

// IncidentDay is how many people got their last message on a day.
type IncidentDay struct {
	Day    string `json:"day"`
	People int64  `json:"people"`
	First  int64  `json:"first"` // of them never written to before
}
