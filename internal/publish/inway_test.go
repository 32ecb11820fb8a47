package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// Whatever stands in the way of a step is its error, and nothing is published.
func TestWhatStandsInTheWayIsAnError(t *testing.T) {
	file := func(t *testing.T, path string) { must(t, os.WriteFile(path, []byte("x"), 0o600)) }
	full := func(t *testing.T, path string) {
		must(t, os.MkdirAll(filepath.Join(path, "inside"), 0o700))
	}
	staged := func(t *testing.T, out string) *Stage {
		return stageOf(t, out, "run-1", map[string]string{"a.csv": "a"})
	}
	steps := map[string]func(t *testing.T, out string) error{
		"a file where the output folder goes": func(t *testing.T, out string) error {
			file(t, filepath.Join(out, "x"))
			return Folder(filepath.Join(out, "x"))
		},
		"a file above the output folder": func(t *testing.T, out string) error {
			file(t, filepath.Join(out, "x"))
			return Folder(filepath.Join(out, "x", "y", "z"))
		},
		"a link that leads nowhere above the output folder": func(t *testing.T, out string) error {
			must(t, os.Symlink("nowhere", filepath.Join(out, "x")))
			return Folder(filepath.Join(out, "x", "y", "z"))
		},
		"a folder that can't be synced":    func(*testing.T, string) error { return syncDir("/proc/self/fd") },
		"a folder that takes no new files": func(*testing.T, string) error { return Put("/proc/x", nil) },
		"a file where the runs go": func(t *testing.T, out string) error {
			file(t, filepath.Join(out, runsDir))
			return Prepare(out)
		},
		"no folder for the working files": func(t *testing.T, out string) error {
			_, err := Spool(filepath.Join(out, "none"))
			return err
		},
		"a stage of that run": func(t *testing.T, out string) error {
			staged(t, out)
			_, err := NewStage(out, "run-1")
			return err
		},
		"a file of that name": func(t *testing.T, out string) error { return staged(t, out).Write("a.csv", nil) },
		"sums of that name":   func(t *testing.T, out string) error { return staged(t, out).Sums() },
		"the stage is gone before its sums": func(t *testing.T, out string) error {
			s := staged(t, out)
			must(t, os.RemoveAll(s.dir))
			return s.Sums()
		},
		"the stage is gone": func(t *testing.T, out string) error {
			s := staged(t, out)
			must(t, os.RemoveAll(s.dir))
			_, err := s.Commit()
			return err
		},
		"a folder where the next link goes": func(t *testing.T, out string) error {
			s := staged(t, out)
			full(t, filepath.Join(out, stageMark+latest))
			_, err := s.Commit()
			return err
		},
		"a folder where the link goes": func(t *testing.T, out string) error {
			s := staged(t, out)
			full(t, filepath.Join(out, latest))
			_, err := s.Commit()
			return err
		},
		"links fail for want of room": func(_ *testing.T, out string) error {
			return pointLatest(out, "run-1", func(string, string) error { return syscall.ENOSPC })
		},
		"a folder where the text of the newest goes": func(t *testing.T, out string) error {
			full(t, filepath.Join(out, latestText))
			return pointLatest(out, "run-1", noLinks)
		},
		"a folder where the text's draft goes": func(t *testing.T, out string) error {
			full(t, filepath.Join(out, stageMark+latestText))
			return pointLatest(out, "run-1", noLinks)
		},
		"a folder where a link was": func(t *testing.T, out string) error {
			full(t, filepath.Join(out, latest))
			return pointLatest(out, "run-1", noLinks)
		},
		"no folder to link in": func(t *testing.T, out string) error {
			return pointLatest(filepath.Join(out, "none"), "run-1", os.Symlink)
		},
		"a folder where a draft goes": func(t *testing.T, out string) error {
			full(t, filepath.Join(out, stageMark+"a.csv"))
			_, err := NewDraft(out, "a.csv")
			return err
		},
		"the draft is gone": func(t *testing.T, out string) error { return FinishDraft(out, "a.csv") },
		"a file where the drafts lie": func(t *testing.T, out string) error {
			file(t, filepath.Join(out, "x"))
			_, err := Drafts(filepath.Join(out, "x"))
			return err
		},
		"a folder where a file is to go": func(t *testing.T, out string) error {
			full(t, filepath.Join(out, "x"))
			return Withdraw(out, "x")
		},
		"a file of the stage closed before it is written": func(t *testing.T, out string) error {
			s := staged(t, out)
			f, err := s.Create("b.csv")
			must(t, err)
			must(t, f.f.Close())
			_, err = f.Write(make([]byte, 4*fileBlock))
			return errors.Join(err, f.Close())
		},
		"no folder to sync":    func(t *testing.T, out string) error { return syncDir(filepath.Join(out, "none")) },
		"no folder for a lock": func(t *testing.T, out string) error { _, err := Lock(filepath.Join(out, "none", "lock")); return err },
		"a file above a put": func(t *testing.T, out string) error {
			file(t, filepath.Join(out, "x"))
			return Put(filepath.Join(out, "x", "y"), nil)
		},
		"a put that fails": func(t *testing.T, out string) error {
			return Put(filepath.Join(out, "x"), func(*Stage) error { return fs.ErrInvalid })
		},
		"a put into one's own": func(t *testing.T, out string) error {
			return Put(filepath.Join(out, "x"), func(*Stage) error { full(t, filepath.Join(out, "x")); return nil })
		},
		"a put whose files go": func(t *testing.T, out string) error {
			return Put(filepath.Join(out, "x"), func(s *Stage) error { return os.RemoveAll(s.dir) })
		},
	}
	for what, step := range steps {
		t.Run(what, func(t *testing.T) {
			out := t.TempDir()
			err := step(t, out)
			if err == nil {
				t.Error("no error")
			}
			if target, linked := os.Readlink(filepath.Join(out, latest)); linked == nil {
				t.Errorf("latest leads to %s", target)
			}
			if what == "the stage is gone" && !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%v is not fs.ErrNotExist", err)
			}
		})
	}
}

// A stage that is given up lets go of its files, also of those being written.
func TestDiscard(t *testing.T) {
	s := stageOf(t, t.TempDir(), "run-1", map[string]string{"a.csv": "a"})
	f, err := s.Create("b.csv")
	must(t, err)
	_, err = f.Write(make([]byte, 2*fileBlock))
	must(t, err)
	must(t, s.Discard())
	if _, err := os.Lstat(s.dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the stage is left: %v", err)
	}
	if err := f.f.Close(); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("a file is left open: %v", err)
	}
}
