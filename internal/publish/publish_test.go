package publish

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func stageOf(t *testing.T, out, id string, files map[string]string) *Stage {
	t.Helper()
	must(t, Prepare(out, id))
	s, err := NewStage(out, id)
	must(t, err)
	for name, text := range files {
		must(t, s.Write(name, []byte(text)))
	}
	must(t, s.Sums())
	return s
}

func TestCommitPublishesTheWholeAndMovesLatest(t *testing.T) {
	out := t.TempDir()
	for _, id := range []string{"run-1", "run-2"} {
		dir, err := stageOf(t, out, id, map[string]string{"a.csv": "a\n", "b.csv": ""}).Commit()
		must(t, err)
		if dir != filepath.Join(out, "runs", id) {
			t.Errorf("published in %s", dir)
		}
		target, err := os.Readlink(filepath.Join(out, "latest"))
		must(t, err)
		if target != filepath.Join("runs", id) {
			t.Errorf("latest is %s", target)
		}
	}
	sums := exec.Command("sha256sum", "--quiet", "-c", "SHA256SUMS")
	sums.Dir = filepath.Join(out, "latest")
	if text, err := sums.CombinedOutput(); err != nil {
		t.Errorf("sha256sum: %v: %s", err, text)
	}
}

func TestNothingIsSeenBeforeCommit(t *testing.T) {
	out := t.TempDir()
	s := stageOf(t, out, "run-1", map[string]string{"a.csv": "a"})
	if seen, _ := filepath.Glob(filepath.Join(out, "runs", "run*")); seen != nil {
		t.Errorf("seen: %v", seen)
	}
	must(t, s.Discard())
	left, err := os.ReadDir(filepath.Join(out, "runs"))
	must(t, err)
	if len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

func TestModes(t *testing.T) {
	out := filepath.Join(t.TempDir(), "deep", "out")
	dir, err := stageOf(t, out, "run-1", map[string]string{"a.csv": "a"}).Commit()
	must(t, err)
	for path, want := range map[string]fs.FileMode{filepath.Join(dir, "a.csv"): 0o600, dir: 0o700, filepath.Join(out, "runs"): 0o700, out: 0o700} {
		info, err := os.Stat(path)
		must(t, err)
		if info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, want %v", filepath.Base(path), info.Mode().Perm(), want)
		}
	}
}

func TestFinishAfterACrash(t *testing.T) {
	t.Run("before the rename", func(t *testing.T) {
		out := t.TempDir()
		stageOf(t, out, "run-1", map[string]string{"a.csv": "a"})
		_, err := Finish(out, "run-1")
		must(t, err)
	})
	t.Run("before latest moved", func(t *testing.T) {
		out := t.TempDir()
		_, err := stageOf(t, out, "run-1", map[string]string{"a.csv": "a"}).Commit()
		must(t, err)
		must(t, os.Remove(filepath.Join(out, "latest")))
		_, err = Finish(out, "run-1")
		must(t, err)
		_, err = os.Stat(filepath.Join(out, "latest", "a.csv"))
		must(t, err)
	})
	t.Run("with nothing staged", func(t *testing.T) {
		out := t.TempDir()
		must(t, Prepare(out))
		if _, err := Finish(out, "run-1"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("got %v", err)
		}
	})
}

func TestPrepareClearsWhatAKilledRunLeft(t *testing.T) {
	out := t.TempDir()
	must(t, Prepare(out))
	for _, id := range []string{"dead", "sealed"} {
		_, err := NewStage(out, id)
		must(t, err)
	}
	_, err := Spool(out)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(out, "mine.txt"), nil, 0o600))
	must(t, Prepare(out, "sealed"))
	var left []string
	must(t, filepath.WalkDir(out, func(path string, _ fs.DirEntry, err error) error {
		left = append(left, strings.TrimPrefix(path, out))
		return err
	}))
	if got := strings.Join(left, " "); got != " /mine.txt /runs /runs/.staging-sealed" {
		t.Errorf("left:%s", got)
	}
}

func TestOneAtATime(t *testing.T) {
	path := filepath.Join(t.TempDir(), ".lock")
	release, err := Lock(path)
	must(t, err)
	if _, err := Lock(path); !errors.Is(err, ErrLocked) {
		t.Errorf("second lock: %v", err)
	}
	release()
	again, err := Lock(path, path+"2")
	must(t, err)
	again()
}

func TestAFileThatCannotBeWrittenIsAnError(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("this system has no /dev/full")
	}
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	must(t, err)
	s := stageOf(t, t.TempDir(), "run-1", nil)
	f, err := s.Create("a.csv")
	must(t, err)
	must(t, f.f.Close())
	f.f = full
	_, err = f.Write(make([]byte, fileBlock+1))
	must(t, err)
	for n := 0; err == nil && n < 1000; n++ { // soon, not only at the end
		_, err = f.Write(make([]byte, fileBlock))
	}
	if err == nil {
		t.Error("writing goes on to a full disk")
	}
	if err := f.Close(); err == nil {
		t.Error("no error on a full disk")
	}
}

// A pipe takes every byte and can't be synced: what can't be made durable is
// not published.
func TestAFailedSyncIsAnError(t *testing.T) {
	in, pipe, err := os.Pipe()
	must(t, err)
	defer in.Close()
	s := stageOf(t, t.TempDir(), "run-1", nil)
	f, err := s.Create("a.csv")
	must(t, err)
	must(t, f.f.Close())
	f.f = pipe
	if err := f.Close(); err == nil {
		t.Error("no error when fsync failed")
	}
}

// The folder and those above it are made, 0700, and one that is there is fine.
func TestFolder(t *testing.T) {
	out := filepath.Join(t.TempDir(), "a", "b", "c")
	for range 2 {
		must(t, Folder(out))
	}
	info, err := os.Stat(filepath.Dir(out))
	must(t, err)
	if info.Mode().Perm() != 0o700 {
		t.Errorf("mode %v", info.Mode().Perm())
	}
	file := filepath.Join(out, "file")
	must(t, os.WriteFile(file, nil, 0o600))
	for _, bad := range []string{file, filepath.Join(file, "below")} {
		if err := Folder(bad); err == nil {
			t.Errorf("no error for %s", filepath.Base(bad))
		}
	}
}

// A folder outside of the runs appears whole or not at all, and never takes
// another's place.
func TestPut(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	dir := filepath.Join(out, "incidents", "one")
	write := func(text string) func(*Stage) error {
		return func(s *Stage) error {
			if _, err := os.Stat(dir); err == nil && text == "first" {
				t.Error("the folder is seen before it is whole")
			}
			return s.Write("a.txt", []byte(text))
		}
	}
	must(t, Put(dir, write("first")))
	if err := Put(dir, write("second")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("put over another: %v", err)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "a.txt")); err != nil || string(got) != "first" {
		t.Errorf("%q, %v", got, err)
	}
	for path, mode := range map[string]fs.FileMode{dir: 0o700, filepath.Join(dir, "a.txt"): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: %v", path, info.Mode())
		}
	}
	failed := errors.New("failed")
	if err := Put(filepath.Join(out, "incidents", "two"), func(s *Stage) error { return errors.Join(s.Write("a", nil), failed) }); !errors.Is(err, failed) {
		t.Errorf("%v", err)
	}
	left, err := os.ReadDir(filepath.Join(out, "incidents"))
	if must(t, err); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
}
