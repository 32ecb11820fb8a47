package audit

import (
	"time"

	"cleanbase/internal/contact"
)

// Story is everything that is known of one person, newest run last.
type Story struct {
	Contacts []StoryContact  `json:"contacts"`
	Evidence []StoryEvidence `json:"evidence"`
}

// StoryContact is one contact that the asked identifier belongs to, or that
// shares an identifier with it.
type StoryContact struct {
	ContactID int64           `json:"contact_id"`
	Phone     string          `json:"phone"`  // E.164; empty for a record with no phone
	Linked    bool            `json:"linked"` // reached through an identifier shared with the asked one, or an alias
	Decisions []StoryDecision `json:"decisions"`
	Rows      []StoryRow      `json:"rows"`
	Waves     []StoryWave     `json:"waves"`
}

// StoryWave is a wave that the contact was handed out in for sending.
type StoryWave struct {
	WaveID  string    `json:"wave_id"`
	Plan    string    `json:"plan_id"`
	Number  int       `json:"number"`
	RunID   string    `json:"run_id"` // of the clean list
	Channel string    `json:"channel"`
	At      time.Time `json:"handed_at"`
	File    string    `json:"file"`
	Unsent  bool      `json:"unsent"` // somebody said that it was never sent
}

// StoryDecision is one verdict and how long it held.
type StoryDecision struct {
	Since   string            `json:"since_run"`
	AsOf    time.Time         `json:"as_of"`     // of the run that made it
	Until   string            `json:"until_run"` // the run that changed it; empty for the current one
	Verdict string            `json:"verdict"`
	Reasons []string          `json:"reasons"`
	Cause   string            `json:"cause"` // what made it differ from the one before: a Cause… constant
	Set     contact.ReasonSet `json:"-"`
}

// StoryRow is a row of an input that the contact stood on, and in which runs.
type StoryRow struct {
	FirstRun string `json:"first_run"`
	LastRun  string `json:"last_run"`
	Path     string `json:"path"`
	Sheet    string `json:"sheet"`
	SHA256   string `json:"sha256"` // of the file in LastRun
	Row      int64  `json:"row"`
	Merged   bool   `json:"merged"`
	// As-of times of FirstRun and LastRun.
	FirstAsOf time.Time `json:"first_as_of"`
	LastAsOf  time.Time `json:"last_as_of"`
}

// StoryEvidence is one fact, with its words and where it was read.
type StoryEvidence struct {
	EvidenceID     int64          `json:"evidence_id"`
	Kind           string         `json:"kind"`
	Via            string         `json:"via"`
	IdentifierKind string         `json:"identifier_kind"`
	Identifier     string         `json:"identifier"`
	Channel        string         `json:"channel"` // "any" when the fact names none
	At             contact.Moment `json:"-"`
	HappenedAt     string         `json:"happened_at"` // RFC 3339; empty when unknown
	FirstRun       string         `json:"first_run"`
	LearntAt       time.Time      `json:"learnt_at"` // as-of time of FirstRun
	Path           string         `json:"path"`
	Sheet          string         `json:"sheet"`
	Row            int64          `json:"row"`
	Rule           string         `json:"rule"`
	Quote          string         `json:"quote"`
	Detail         string         `json:"detail"`
}

// RunSummary is one line of the history.
type RunSummary struct {
	RunID        string    `json:"run_id"`
	Started      time.Time `json:"started_at"`
	Finished     time.Time `json:"finished_at"` // zero when it has not
	AsOf         time.Time `json:"as_of"`
	Status       string    `json:"status"`
	ToolVersion  string    `json:"tool_version"`
	PolicySHA256 string    `json:"policy_sha256"`
	Rows         Counts    `json:"rows"`
	Root         string    `json:"root"`
	Size         int64     `json:"size"`
	Accepted     string    `json:"accepted"` // as Outcome had it
}

// Change is one contact whose decision differs between two runs. An empty
// verdict is a run that the contact was not in.
type Change struct {
	ContactID int64             `json:"contact_id"`
	Phone     string            `json:"phone"`
	From      string            `json:"from"` // verdict
	To        string            `json:"to"`
	Cause     string            `json:"cause"` // a Cause… constant
	FromSet   contact.ReasonSet `json:"-"`
	ToSet     contact.ReasonSet `json:"-"`
}

// DiffCounts says how many contacts came, went, and changed verdict or
// reasons.
type DiffCounts struct {
	Entered int64 `json:"entered"`
	Left    int64 `json:"left"`
	Changed int64 `json:"changed"`
}
