// Package audit keeps the audit database: what was known (evidence), what was
// decided of whom and why (decisions, run by run), and a Merkle tree over both
// whose signed root shows any later change.
//
// It decides nothing, reads no contact files, writes no lists and makes no
// words: what it reads back are plain structs. It is the only room that knows
// SQLite. schema.sql documents the tables, ENCODING.md the leaves and
// checkpoints.
package audit

import (
	"time"

	"cleanbase/internal/contact"
)

// Options of opening.
type Options struct {
	// Create makes the database and its key file when they are not there;
	// without it a missing file is a fault.
	Create bool
	// DryRun leaves the file as it is to the byte: all that is written is
	// seen by this DB alone and is gone with Close. A missing file is then an
	// empty database in memory.
	DryRun bool
}

// RunInfo is what is known of a run at its start.
type RunInfo struct {
	ID           string // unique
	Started      time.Time
	AsOf         time.Time
	ToolVersion  string
	PolicySHA256 string // hex
	Policy       string // the policy file's text, or the policy said in words
	// Seed is the secret that the salts of the run's leaves grow from. The
	// caller derives it from what the inputs hold, so that the same run gives
	// the same root.
	Seed [32]byte
}

// Input is one table of one file that a run read.
type Input struct {
	No       int32  `json:"-"` // number within the run, from 1; contact.Origin.Input refers to it
	Path     string `json:"path"`
	Sheet    string `json:"sheet"`
	Role     string `json:"role"`
	System   string `json:"system"`
	Encoding string `json:"encoding"`
	SHA256   string `json:"sha256"` // of the file, hex
	Rows     int64  `json:"rows"`   // data rows read, blank ones not counted
}

// Statuses of a run. Running and Sealed are seen only while it runs or after
// a crash; the view runs shows neither.
const (
	Running   = "running"   // evidence is being stored
	Sealed    = "sealed"    // decisions and checkpoint are stored, nothing is published yet
	Published = "published" // all lists are visible
	Withheld  = "withheld"  // all lists but the clean one are
	Failed    = "failed"    // ended by an error, nothing is visible
	Abandoned = "abandoned" // ended by a crash, nothing is visible
)

// Pending is a run that a crash left unfinished.
type Pending struct {
	RunID  string
	Sealed bool   // decisions are stored; whether the lists are visible is for the caller to see
	Status string // of a sealed run, what it was going to end as: Published or Withheld
	Files  []File // of a sealed run, what it was going to publish
}

// File is a file that a run publishes.
type File struct {
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"` // hex
}

// LastRun is the newest run that was published or withheld.
type LastRun struct {
	RunID        string
	AsOf         time.Time
	Status       string
	PolicySHA256 string
	Inputs       []Input
	Summary      []byte // as Seal stored it
}

// Counts are rows by outcome. The row law: Read is the sum of the others.
type Counts struct {
	Read    int64 `json:"read"`
	Clean   int64 `json:"clean"`
	Cold    int64 `json:"cold"`
	Hold    int64 `json:"hold"`
	Removed int64 `json:"removed"`
	Invalid int64 `json:"invalid"`
	Merged  int64 `json:"merged"`
}

// Decisions is what a run decided. Contacts are numbered from 0; every walk
// may be made more than once and must give the same each time.
type Decisions interface {
	// Len is the number of contacts.
	Len() int
	// Contact is one contact: its key (of its phone, or contact.RecordID's
	// for one with no phone; unique), and all the reasons of its verdict.
	Contact(i int) (contact.Key, contact.ReasonSet)
	// Identifiers yields every other identifier of every contact, in any
	// order; repeats do no harm.
	Identifiers(yield func(key contact.Key, contact int) bool)
	// Aliases yields the identifiers of contacts that a refusal is in force
	// for, so that the person is known again under another one.
	Aliases(yield func(key contact.Key, contact int) bool)
	// Rows yields the rows of one input (Input.No) in row order: the row's
	// number as the spreadsheet has it, its contact, and whether it is merged
	// into another row of the contact. Each contact has exactly one row in
	// the run that is not merged.
	Rows(input int32, yield func(row int32, contact int32, merged bool) bool)
}

// Outcome is what a run is going to publish.
type Outcome struct {
	Status string // Published or Withheld
	// Accepted is the words of --accept-risk with the findings they are about;
	// empty when nobody accepted a risk.
	Accepted string
	Rows     Counts // what the summary says; Seal fails when the database disagrees
	// Claims yields what the records of each contact say of consent, in order of
	// contact: the dossier shows what clean verdicts rest on. May be nil.
	Claims func(yield func(contact int, c contact.Claim) bool)
	Lists  []File // files that do not show the checkpoint; it covers their hashes
	// Ready waits for the lists, which may be written while all else is sealed,
	// and gives what Lists would. May be nil.
	Ready func() ([]File, error)
	// Report is called with the checkpoint inside the sealing transaction; it
	// returns the summary and the files that show the checkpoint, which are
	// stored but not covered by it. An error undoes the sealing. May be nil.
	Report func(Checkpoint) (summary []byte, files []File, err error)
}

// Checkpoint is the signed state of the tree at the end of a run.
type Checkpoint struct {
	Root string // base64 of 32 bytes, as the note has it
	Size int64  // leaves
	Note []byte // the signed note, C2SP tlog-checkpoint
}
