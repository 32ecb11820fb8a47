// Package publish makes a set of files appear whole or not at all, and lets
// only one run at a time do so.
//
// Files are written to a folder whose name starts with a dot; Commit makes
// them durable, renames the folder in one step and moves `latest` last. It
// does not know what the files say.
package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

const (
	runsDir   = "runs"
	stageMark = ".staging-"
	spoolMark = ".spool-"
	sumsName  = "SHA256SUMS"
)

// ErrLocked is the error when another run holds the lock.
var ErrLocked = errors.New("another run holds the lock")

// Lock takes the lock files at the paths, making them if they are not there,
// and gives a function that lets go of them. The files stay: a lock file that
// is deleted can be held twice. The locks die with the process.
func Lock(paths ...string) (release func(), err error) {
	var held []*flock.Flock
	release = func() {
		for _, l := range held {
			_ = l.Close() // closing the file lets go; there is nothing to do about a failure
		}
	}
	for _, path := range paths {
		l := flock.New(path, flock.SetPermissions(0o600))
		ok, err := l.TryLock()
		if err == nil && !ok {
			err = ErrLocked
		}
		if err != nil {
			release()
			return nil, fmt.Errorf("lock: %w", err)
		}
		held = append(held, l)
	}
	return release, nil
}

// Folder makes the output folder, 0700, and those above it that are missing,
// and makes its name last: after a power loss a folder whose name was not
// synced is gone with all that it holds.
func Folder(out string) error {
	parent := filepath.Dir(filepath.Clean(out))
	if _, err := os.Stat(parent); errors.Is(err, fs.ErrNotExist) && parent != out {
		if err := Folder(parent); err != nil {
			return err
		}
	}
	if err := os.Mkdir(out, 0o700); err != nil {
		if info, isErr := os.Stat(out); isErr != nil || !info.IsDir() {
			return fmt.Errorf("output folder: %w", err)
		}
	}
	// An earlier run may have been killed right here, so the name is made to last
	// every time. A parent that we may not read was made by somebody else.
	if err := syncDir(parent); !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return nil
}

// Prepare makes the output folder and those inside it, and clears away what a
// killed run left, but for the staged files of the runs in keep. The caller
// holds the lock.
func Prepare(out string, keep ...string) error {
	if err := Folder(filepath.Join(out, runsDir)); err != nil {
		return err
	}
	spared := map[string]bool{}
	for _, id := range keep {
		spared[stageMark+id] = true
	}
	for _, dir := range []string{out, filepath.Join(out, runsDir)} {
		if err := clearLeft(dir, spared); err != nil {
			return err
		}
	}
	return nil
}

// clearLeft removes what a killed command left in a folder.
func clearLeft(dir string, spared map[string]bool) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("output folder: %w", err)
	}
	for _, e := range entries {
		name := e.Name()
		left := strings.HasPrefix(name, stageMark) || strings.HasPrefix(name, spoolMark)
		if left && !spared[name] {
			if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
				return fmt.Errorf("output folder: %w", err)
			}
		}
	}
	return nil
}

// Remove removes a published folder: it is gone at once, and what a crash
// leaves of it Prepare or Clear removes.
func Remove(dir string) error {
	gone := filepath.Join(filepath.Dir(dir), stageMark+filepath.Base(dir))
	if err := os.Rename(dir, gone); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	if err := os.RemoveAll(gone); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	return nil
}

// Clear removes what a killed Remove or Put left in a folder outside of the
// runs, if there is one. The caller holds the lock.
func Clear(dir string) error {
	err := clearLeft(dir, nil)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Spool makes a folder for a run's own working files, 0700, inside out.
func Spool(out string) (string, error) {
	dir, err := os.MkdirTemp(out, spoolMark)
	if err != nil {
		return "", fmt.Errorf("working folder: %w", err)
	}
	return dir, nil
}

// Nameless makes a file in a folder of Spool that nobody else finds and that is
// gone when it is closed, or we are.
func Nameless(dir string) (*os.File, error) {
	f, err := nameless(dir)
	if err != nil {
		return nil, fmt.Errorf("working folder: %w", err)
	}
	return f, nil
}

// Stage is the files of one run before they are published.
type Stage struct {
	out, runID string
	dir        string
	files      []*File
}

// NewStage starts the set of files of a run.
func NewStage(out, runID string) (*Stage, error) {
	dir := filepath.Join(out, runsDir, stageMark+runID)
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, fmt.Errorf("stage: %w", err)
	}
	return &Stage{out: out, runID: runID, dir: dir}, nil
}

// Write makes a whole small file.
func (s *Stage) Write(name string, data []byte) error {
	f, err := s.Create(name)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		return errors.Join(err, f.Close())
	}
	return f.Close()
}

// Sums writes SHA256SUMS of all files closed so far. After it the stage is
// whole: Commit only moves it.
func (s *Stage) Sums() error {
	var b strings.Builder
	for _, f := range s.files {
		fmt.Fprintf(&b, "%s  %s\n", f.hex, f.Name)
	}
	if err := s.Write(sumsName, []byte(b.String())); err != nil {
		return err
	}
	return syncDir(s.dir)
}

// Commit publishes the stage and gives the path of the run's folder.
func (s *Stage) Commit() (string, error) { return Finish(s.out, s.runID) }

// Discard removes what was staged.
func (s *Stage) Discard() error {
	for _, f := range s.files {
		f.abandon()
	}
	return os.RemoveAll(s.dir)
}

// Finish publishes the whole stage of a run, or only moves `latest` when its
// folder is in place already. It gives fs.ErrNotExist when there is neither.
func Finish(out, runID string) (string, error) {
	runs := filepath.Join(out, runsDir)
	final := filepath.Join(runs, runID)
	if _, err := os.Stat(final); errors.Is(err, fs.ErrNotExist) {
		if err := os.Rename(filepath.Join(runs, stageMark+runID), final); err != nil {
			return "", fmt.Errorf("publish: %w", err)
		}
	}
	if err := syncDir(runs); err != nil {
		return "", err
	}
	return final, pointLatest(out, runID, os.Symlink)
}

// Put makes the folder dir with its files appear whole or not at all, outside
// of the runs. It gives fs.ErrExist when there is such a folder already.
func Put(dir string, write func(*Stage) error) (err error) {
	dir = filepath.Clean(dir)
	parent := filepath.Dir(dir)
	if err := Folder(parent); err != nil {
		return err
	}
	if _, err := os.Lstat(dir); err == nil {
		return fmt.Errorf("publish: %w", fs.ErrExist)
	}
	s := &Stage{}
	if s.dir, err = os.MkdirTemp(parent, stageMark); err != nil {
		return fmt.Errorf("stage: %w", err)
	}
	defer func() {
		if err != nil {
			_ = s.Discard() // what failed is the error to tell
		}
	}()
	if err := write(s); err != nil {
		return err
	}
	if err := syncDir(s.dir); err != nil {
		return err
	}
	if err := os.Rename(s.dir, dir); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	return syncDir(parent)
}
