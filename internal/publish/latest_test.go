package publish

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// noLinks is os.Symlink where none can be made: FAT says so with EPERM.
func noLinks(string, string) error { return &os.LinkError{Op: "symlink", Err: syscall.EPERM} }

// Where no links can be made a file tells the newest run; whichever tells it,
// nothing tells of an older one beside it.
func TestTheNewestRunIsToldByLinkOrText(t *testing.T) {
	out := t.TempDir()
	if dir, err := Latest(out); dir != "" || err != nil {
		t.Errorf("before any run: %q, %v", dir, err)
	}
	for _, id := range []string{"run-1", "run-2", "run-3"} {
		_, err := stageOf(t, out, id, nil).Commit()
		must(t, err)
	}
	for _, step := range []struct {
		run  string
		link func(string, string) error
		text bool
	}{{"run-1", os.Symlink, false}, {"run-2", noLinks, true}, {"run-3", noLinks, true}, {"run-1", os.Symlink, false}} {
		must(t, pointLatest(out, step.run, step.link))
		want, err := filepath.EvalSymlinks(filepath.Join(out, runsDir, step.run))
		must(t, err)
		if dir, err := Latest(out); err != nil || dir != want {
			t.Errorf("%s, text %v: %q, %v", step.run, step.text, dir, err)
		}
		left, err := filepath.Glob(filepath.Join(out, "*latest*"))
		must(t, err)
		if name := map[bool]string{false: latest, true: latestText}[step.text]; len(left) != 1 || filepath.Base(left[0]) != name {
			t.Errorf("%s, text %v: %v", step.run, step.text, left)
		}
	}
	must(t, os.RemoveAll(filepath.Join(out, runsDir)))
	if dir, err := Latest(out); err == nil {
		t.Errorf("it leads nowhere, and the answer is %q", dir)
	}
}
