//go:build linux

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// tryDisk makes the disk full or failing, once and for good.
func tryDisk(s *suite, t *tally) {
	s.tryRoom(t)
	s.tryFullOutput(t)
	if s.strace == "" {
		t.skip("at every write: no working strace")
		return
	}
	var kinds []tampering
	for _, call := range []string{"write", "pwrite64", "fsync", "ftruncate", "openat", "renameat", "mkdirat"} {
		kinds = append(kinds, tampering{call, "error=ENOSPC", true}, tampering{call, "error=EIO", false}, tampering{call, "error=EDQUOT", false})
	}
	s.sweep(kinds, s.few(1, 64), func(k tampering, n int, dir string) bool { return s.failing(t, k.at(n), dir) })
}

// failing is a run with a failing call over an output folder with a good run.
func (s *suite) failing(t *tally, what, dir string) bool {
	out := filepath.Join(dir, "out")
	if err := copyFolder(filepath.Join(s.work, "first"), out); err != nil {
		t.point(what, err)
		return false
	}
	old, _ := os.Readlink(filepath.Join(out, "latest"))
	r, hit := s.inject(out, what)
	if !hit || s.runtimeFell(r) {
		return hit
	}
	if strings.HasPrefix(what, "inject=write:") && r.stderr == "" { // nothing can be said where nothing can be written
		if r.code == 2 {
			return hit // Go could not wake its threads
		}
		r.stderr = "-"
	}
	t.point(what, s.failed(out, old, r))
	return true
}

// runtimeFell tells whether the fault hit what Go needs to wake its threads or
// to start, which no program can mend.
func (s *suite) runtimeFell(r ended) bool {
	for _, word := range []string{"netpollBreak", "runtime: eventfd", "epoll", "error while loading"} {
		if strings.Contains(r.stderr, word) {
			return true
		}
	}
	return false
}

// failed checks a run that met an error of the disk: it says so and leaves the
// old lists as they were, or the error did not matter and all is well.
func (s *suite) failed(out, old string, r ended) error {
	now, _ := os.Readlink(filepath.Join(out, "latest"))
	switch {
	case r.crashed():
		return fmt.Errorf("it crashed: %s", firstLine(r.stderr))
	case r.code == 0:
		return s.good(out)
	case r.code != 1 && r.code != 65:
		return fmt.Errorf("%s", r)
	case strings.TrimSpace(r.stderr) == "":
		return errors.New("it failed without a word")
	case now != old && r.code == 65:
		return errors.New("exit code 65, but latest moved")
	}
	return s.after(out)
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}

func copyFolder(from, to string) error {
	return exec.Command("cp", "-a", from, to).Run()
}

// tryRoom runs in file systems with too little room.
func (s *suite) tryRoom(t *tally) {
	sizes := []int{40, 150, 350, 500, 700}
	for _, kb := range sizes[:s.few(3, len(sizes))] {
		dir, err := os.MkdirTemp(s.work, "room-")
		if err == nil {
			err = mount("-t", "tmpfs", "-o", fmt.Sprintf("size=%dk,mode=0700", kb), "tmpfs", dir)
		}
		if err != nil {
			t.skip("small file systems: %v", err)
			return
		}
		out := filepath.Join(dir, "out")
		r := s.clean(out)
		err = nil
		if r.code != 0 {
			err = s.failedFirst(out, r)
		}
		if err == nil {
			err = mount("-o", "remount,size=64m", dir)
		}
		if err == nil {
			err = s.mended(out)
		}
		t.point(fmt.Sprintf("%d KB of room", kb), errors.Join(err, unmount(dir)))
	}
}

// failedFirst checks a first run that failed: its code, its word, and that
// nothing can be seen.
func (s *suite) failedFirst(out string, r ended) error {
	runs, _ := filepath.Glob(filepath.Join(out, "runs", "[0-9]*"))
	switch {
	case r.crashed():
		return fmt.Errorf("it crashed: %s", firstLine(r.stderr))
	case r.code != 1:
		return fmt.Errorf("%s", r)
	case strings.TrimSpace(r.stderr) == "":
		return errors.New("it failed without a word")
	case len(runs) > 0:
		return errors.New("it failed, but something was published")
	}
	return nil
}

func mount(args ...string) error {
	out, err := exec.Command("mount", args...).CombinedOutput()
	if err != nil {
		return errors.New(firstLine(string(out) + " (mount needs root)"))
	}
	return nil
}

func unmount(dir string) error { return exec.Command("umount", dir).Run() }

// tryFullOutput lets standard output and the size of files be too small.
func (s *suite) tryFullOutput(t *tally) {
	if !exists("/dev/full") {
		t.skip("/dev/full: not here")
		return
	}
	s.parallel(4, func(i int, dir string) {
		out := filepath.Join(dir, "out")
		if i == 0 {
			r := do(nil, "sh", "-c", `exec "$0" "$@" >/dev/full`, s.bin, "run", "--out", out, "--as-of", asOf, "--format", "csv", "--lang", "ru", s.base)
			t.point("standard output is full", s.failedAfter(out, r))
			return
		}
		limit := []int{0, 8, 100, 200}[i]
		r := do(nil, "bash", append([]string{"-c", fmt.Sprintf(`ulimit -f %d; exec "$0" "$@"`, limit), s.bin}, s.args(out, s.base)...)...)
		err := s.failedFirst(out, r)
		if r.code == 0 {
			err = nil
		}
		if err == nil {
			err = s.mended(out)
		}
		t.point(fmt.Sprintf("files of at most %d KB", limit), err)
	})
}

// failedAfter checks a run that could not tell its result: what it published
// is whole, and it said that it was.
func (s *suite) failedAfter(out string, r ended) error {
	if r.crashed() || r.code != 0 && strings.TrimSpace(r.stderr) == "" {
		return fmt.Errorf("%s", r)
	}
	return s.good(out)
}

// tryFsync fails one fsync: the kernel may have dropped what it could not
// write, so the run must fail.
func tryFsync(s *suite, t *tally) {
	if s.strace == "" {
		t.skip("no working strace")
		return
	}
	s.sweep(eachCall("error=EIO", "fsync", "fdatasync"), s.few(6, 200), func(k tampering, n int, dir string) bool {
		out := filepath.Join(dir, "out")
		r, hit := s.inject(out, k.at(n))
		if !hit {
			return false
		}
		var err error
		switch {
		case r.code == 0 && folderSync(filepath.Join(dir, "strace.log")):
			return true // SQLite does not ask how the fsync of a folder went
		case r.code == 0:
			err = errors.New("an fsync failed, and the run called it good")
		case r.code != 1 || r.crashed():
			err = fmt.Errorf("%s", r)
		default:
			err = s.after(out)
		}
		t.point(fmt.Sprintf("%s %d fails", k.call, n), err)
		return true
	})
	t.skip("fsync of a folder by SQLite, which ignores its result")
}

// folderSync tells whether the call tampered with was on the output folder.
func folderSync(log string) bool {
	text, _ := os.ReadFile(log)
	for line := range strings.Lines(string(text)) {
		if strings.Contains(line, "INJECTED") {
			return strings.Contains(line, "/out>)")
		}
	}
	return false
}
