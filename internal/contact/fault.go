package contact

import (
	"strconv"
	"strings"
)

// Fault is an error that a person can act on: where it is, what is wrong and
// what to do. It never holds a phone, a name or a text of anyone; a cause that
// might (a parser that quotes its input) must not be wrapped in.
type Fault struct {
	File  string // base name or path as the user gave it; empty when no file is at fault
	Sheet string // empty for files without sheets
	Row   int    // as a spreadsheet numbers it, from 1; 0 when unknown
	What  Text   // what is wrong, lower case, no full stop
	Do    Text   // what to do about it, the same
	Err   error  // the cause, for errors.Is; its text is not shown
}

// Error is the fault in English.
func (f *Fault) Error() string { return f.In(EN) }

// Unwrap is the cause.
func (f *Fault) Unwrap() error { return f.Err }

// In is the fault in one language: "file, sheet, row: what; what to do".
func (f *Fault) In(l Lang) string {
	var where []string
	if f.File != "" {
		where = append(where, f.File)
	}
	if f.Sheet != "" {
		where = append(where, T("sheet “", "лист «").In(l)+f.Sheet+T("”", "»").In(l))
	}
	if f.Row > 0 {
		where = append(where, T("row ", "строка ").In(l)+strconv.Itoa(f.Row))
	}
	s := f.What.In(l)
	if len(where) > 0 {
		s = strings.Join(where, ", ") + ": " + s
	}
	if do := f.Do.In(l); do != "" {
		s += "; " + do
	}
	return s
}
