//go:build linux

package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"cleanbase/internal/audit"
)

// listNames are the files whose bytes depend on nothing but the inputs.
var listNames = []string{"clean.csv", "cold.csv", "hold.csv", "removed.csv", "invalid.csv", "suppressions.csv"}

// lists reads the published lists of an output folder.
func lists(out string) (map[string]string, error) {
	all := map[string]string{}
	for _, name := range listNames {
		data, err := os.ReadFile(filepath.Join(out, "latest", name))
		if err != nil {
			return nil, fmt.Errorf("no %s in latest: %w", name, err)
		}
		all[name] = string(data)
	}
	return all, nil
}

// after checks what a fault left behind, then that a run without faults mends
// it.
func (s *suite) after(out string) error {
	if err := s.whole(out); err != nil {
		return fmt.Errorf("after the fault: %w", err)
	}
	return s.mended(out)
}

// whole checks that every run that can be seen is whole and on record, and
// that no working file with people in it has a name.
func (s *suite) whole(out string) error {
	named, err := filepath.Glob(filepath.Join(out, ".spool-*", "*"))
	for _, path := range named { // an empty one was on its way to lose its name
		if info, err := os.Stat(path); err != nil || info.Size() > 0 {
			return errors.New("a working file with people in it was left")
		}
	}
	if err != nil {
		return err
	}
	seen, err := filepath.Glob(filepath.Join(out, "runs", "[0-9]*"))
	if err != nil {
		return err
	}
	if exists(filepath.Join(out, "latest")) {
		if _, err := os.Stat(filepath.Join(out, "latest", "SHA256SUMS")); err != nil {
			return errors.New("latest points to nothing")
		}
	}
	if len(seen) == 0 {
		return nil
	}
	sealed, err := sealedRuns(out)
	if err != nil {
		return err
	}
	for _, dir := range seen {
		if err := sumsFit(dir); err != nil {
			return err
		}
		if !sealed[filepath.Base(dir)] {
			return errors.New("a run can be seen whose decisions are not on record")
		}
	}
	return nil
}

// sumsFit checks a run's folder against its SHA256SUMS, both ways.
func sumsFit(dir string) error {
	text, err := os.ReadFile(filepath.Join(dir, "SHA256SUMS"))
	if err != nil {
		return errors.New("a run can be seen that has no SHA256SUMS")
	}
	want := map[string]string{"SHA256SUMS": ""}
	for line := range strings.Lines(string(text)) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		want[name] = sum
	}
	if len(want) < len(listNames)+2 {
		return fmt.Errorf("SHA256SUMS names only %d files", len(want)-1)
	}
	for name, sum := range want {
		data, err := os.ReadFile(filepath.Join(dir, name))
		got := sha256.Sum256(data)
		if err != nil || sum != "" && hex.EncodeToString(got[:]) != sum {
			return fmt.Errorf("%s is not what SHA256SUMS says", name)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != len(want) {
		return fmt.Errorf("%d files in a run's folder, %d in SHA256SUMS", len(entries), len(want))
	}
	return nil
}

// sealedRuns are the runs whose decisions the audit database holds. It looks
// at a copy: opening rolls an interrupted transaction back.
func sealedRuns(out string) (map[string]bool, error) {
	dir, err := os.MkdirTemp(filepath.Dir(out), "look-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	for _, name := range []string{"audit.db", "audit.db-journal", "audit.db.key"} {
		data, err := os.ReadFile(filepath.Join(out, name))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err = errors.Join(err, os.WriteFile(filepath.Join(dir, name), data, 0o600)); err != nil {
			return nil, err
		}
	}
	db, err := audit.Open(filepath.Join(dir, "audit.db"), audit.Options{})
	if err != nil {
		return nil, fmt.Errorf("a run can be seen, but the audit database can't be opened: %w", err)
	}
	defer db.Close()
	sealed := map[string]bool{}
	pending, err := db.Unfinished()
	if err != nil {
		return nil, err
	}
	for _, p := range pending {
		sealed[p.RunID] = p.Sealed
	}
	runs, err := db.History(1 << 20)
	for _, r := range runs {
		sealed[r.RunID] = sealed[r.RunID] || r.Status == audit.Published || r.Status == audit.Withheld
	}
	return sealed, err
}

// mended checks that a run without faults gives the golden lists and leaves
// nothing but what a run leaves.
func (s *suite) mended(out string) error {
	if r := s.clean(out); r.code != 0 {
		return fmt.Errorf("the next run: %s", r)
	}
	return s.good(out)
}

// good checks an output folder after a run that ended well.
func (s *suite) good(out string) error {
	got, err := lists(out)
	if err != nil {
		return err
	}
	for name, want := range s.golden {
		if got[name] != want {
			return fmt.Errorf("%s is not the golden one", name)
		}
	}
	if err := s.whole(out); err != nil {
		return err
	}
	if err := onlyOurs(out); err != nil {
		return err
	}
	return s.verify(out)
}

// verify lets the program itself check its audit database.
func (s *suite) verify(out string) error {
	r := do(nil, s.bin, "verify", "--audit", filepath.Join(out, "audit.db"))
	if r.code == 64 && strings.Contains(r.stderr, "unknown command") {
		return verifyHere(out)
	}
	if r.code != 0 {
		return fmt.Errorf("verify: %s", r)
	}
	return nil
}

func verifyHere(out string) error {
	db, err := audit.Open(filepath.Join(out, "audit.db"), audit.Options{})
	if err != nil {
		return err
	}
	defer db.Close()
	wrong, err := db.Verify(nil)
	if err == nil && wrong != nil {
		err = wrong
	}
	return err
}

// onlyOurs checks that nothing is left but what the manual names.
func onlyOurs(out string) error {
	ours := map[string]bool{".lock": true, "audit.db": true, "audit.db.key": true, "audit.db.lock": true, "latest": true, "runs": true}
	entries, err := os.ReadDir(out)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !ours[e.Name()] {
			return fmt.Errorf("%s was left", e.Name())
		}
	}
	hidden, err := filepath.Glob(filepath.Join(out, "runs", ".*"))
	if err != nil || len(hidden) > 0 {
		return fmt.Errorf("%d hidden folders were left in runs", len(hidden))
	}
	return nil
}
