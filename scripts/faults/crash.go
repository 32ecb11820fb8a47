//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// tryKills kills the program at random times and at every call that changes
// the disk.
func tryKills(s *suite, t *tally) {
	times, end := s.random(s.few(16, 60), 12), s.deadline
	s.deadline = end.Add(-time.Until(end) * 3 / 4) // the rest is for the calls
	s.parallel(len(times), func(i int, dir string) {
		out := filepath.Join(dir, "out")
		s.signalled(out, times[i]%s.took, syscall.SIGKILL)
		t.point(fmt.Sprintf("kill after %v", times[i]), s.after(out))
	})
	s.deadline = end
	if s.strace == "" {
		t.skip("every system call: no working strace")
		return
	}
	s.sweep(eachCall("signal=SIGKILL", calls...), s.few(2, 400), func(k tampering, n int, dir string) bool {
		out := filepath.Join(dir, "out")
		_, hit := s.inject(out, k.at(n))
		if hit {
			t.point(fmt.Sprintf("kill at %s %d", k.call, n), s.after(out))
		}
		return hit
	})
}

// random is n times from now up to so many tenths of a run.
func (s *suite) random(n, tenths int) []time.Duration {
	all := make([]time.Duration, n)
	for i := range all {
		all[i] = time.Duration(s.rand.Int63n(int64(s.took)*int64(tenths)/10 + 1))
	}
	return all
}

// signalled starts a run and sends it a signal after a while.
func (s *suite) signalled(out string, after time.Duration, sig syscall.Signal) (r ended, prompt time.Duration) {
	cmd := exec.Command(s.bin, s.args(out, s.base)...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return ended{code: -1, stderr: err.Error()}, 0
	}
	hang := time.AfterFunc(patience, func() { cmd.Process.Kill() })
	defer hang.Stop()
	time.Sleep(after)
	sent := time.Now()
	cmd.Process.Signal(sig)
	err := cmd.Wait()
	return endOf(cmd, err, &stdout, &stderr, time.Since(start)), time.Since(sent)
}

// trySignals asks the program to end: it does so with 130 and nothing
// published, or it was through.
func trySignals(s *suite, t *tally) {
	times := s.random(s.few(9, 60), 10)
	s.parallel(len(times), func(i int, dir string) {
		out := filepath.Join(dir, "out")
		sig := []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP}[i%3]
		r, prompt := s.signalled(out, times[i], sig)
		t.point(fmt.Sprintf("%v after %v", sig, times[i]), s.askedToEnd(out, r, prompt))
	})
	if s.strace == "" {
		t.skip("at every system call: no working strace")
		return
	}
	s.sweep(eachCall("signal=SIGTERM", "openat", "pwrite64", "fsync", "renameat"), s.few(1, 64), func(k tampering, n int, dir string) bool {
		out := filepath.Join(dir, "out")
		r, hit := s.inject(out, k.at(n))
		if hit {
			t.point(fmt.Sprintf("SIGTERM at %s %d", k.call, n), s.askedToEnd(out, r, 0))
		}
		return hit
	})
}

func (s *suite) askedToEnd(out string, r ended, prompt time.Duration) error {
	runs, _ := filepath.Glob(filepath.Join(out, "runs", "[0-9]*"))
	switch {
	case prompt > 10*time.Second:
		return fmt.Errorf("it took %v to end", prompt)
	case r.code < 0 && !exists(out): // before the program had begun
	case r.code == 0:
		return s.good(out)
	case r.code != 130:
		return fmt.Errorf("%s", r)
	case len(runs) > 0:
		return fmt.Errorf("exit code 130, but %d runs were published", len(runs))
	}
	return s.after(out)
}

// tryForget kills the program while it erases a person: the database is whole
// after it, and erasing again ends what was begun.
func tryForget(s *suite, t *tally) {
	if s.strace == "" {
		t.skip("no working strace")
		return
	}
	_, rest, _ := strings.Cut(s.golden["removed.csv"], "\n")
	phone, _, _ := strings.Cut(rest, ",")
	s.sweep(eachCall("signal=SIGKILL", "pwrite64", "fsync", "unlink", "ftruncate"), s.few(2, 64), func(k tampering, n int, dir string) bool {
		out := filepath.Join(dir, "out")
		if err := copyFolder(filepath.Join(s.work, "first"), out); err != nil {
			t.point("forget", err)
			return false
		}
		forget := []string{"forget", phone, "--audit", filepath.Join(out, "audit.db")}
		_, hit := s.injectInto(dir, k.at(n), forget...)
		if hit {
			t.point(fmt.Sprintf("kill at %s %d of forget", k.call, n), s.forgotten(out, phone, forget))
		}
		return hit
	})
}

func (s *suite) forgotten(out, phone string, forget []string) error {
	if err := errors.Join(s.whole(out), s.verify(out)); err != nil {
		return err
	}
	if r := do(nil, s.bin, forget...); r.code != 0 {
		return fmt.Errorf("forget again: %s", r)
	}
	data, err := os.ReadFile(filepath.Join(out, "audit.db"))
	if err != nil || bytes.Contains(data, []byte(phone)) {
		return errors.New("the phone is still in the database")
	}
	return s.verify(out)
}
