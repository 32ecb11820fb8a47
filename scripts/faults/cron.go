//go:build linux

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// tryOutput gives output folders that can't be written to: they are refused
// before any input is read.
func tryOutput(s *suite, t *tally) {
	dir, err := os.MkdirTemp(s.work, "output-")
	if err != nil {
		t.point("output", err)
		return
	}
	file := filepath.Join(dir, "file")
	os.WriteFile(file, nil, 0o600)
	t.point("a file in the way", s.refusedOutput(filepath.Join(file, "out"), nil))
	t.point("the output is a file", s.refusedOutput(file, nil))

	fixed := filepath.Join(dir, "fixed")
	os.Mkdir(fixed, 0o700)
	if err := mount("-t", "tmpfs", "-o", "ro", "tmpfs", fixed); err != nil {
		t.skip("read-only file system: %v", err)
	} else {
		t.point("read-only file system", errors.Join(s.refusedOutput(filepath.Join(fixed, "out"), nil), s.refusedOutput(fixed, nil), unmount(fixed)))
	}

	foreign := filepath.Join(dir, "foreign")
	os.Mkdir(foreign, 0o500)
	as := []string{}
	if os.Getuid() == 0 {
		setpriv, err := exec.LookPath("setpriv")
		if err != nil {
			t.skip("a folder of somebody else: no setpriv")
			return
		}
		as = []string{setpriv, "--reuid=65534", "--regid=65534", "--clear-groups"}
		for _, d := range []string{s.work, dir, s.base} {
			os.Chmod(d, 0o755)
		}
		os.Chmod(foreign, 0o755)
	}
	t.point("a folder of somebody else", s.refusedOutput(filepath.Join(foreign, "out"), as))
}

// refusedOutput checks that out is refused at once: the only input is broken,
// and a run that opened it would say 65.
func (s *suite) refusedOutput(out string, as []string) error {
	broken := filepath.Join(s.work, "broken.xlsx")
	if err := os.WriteFile(broken, []byte("PK\x03\x04"), 0o644); err != nil {
		return err
	}
	line := append(append([]string{}, as...), append([]string{s.bin}, s.args(out, broken)...)...)
	r := do(nil, line[0], line[1:]...)
	if r.code != 1 || r.crashed() || r.stderr == "" {
		return fmt.Errorf("%s", r)
	}
	return nil
}

// tryConcurrent starts eight runs at once, and kills the one that holds the
// lock.
func tryConcurrent(s *suite, t *tally) {
	for range s.few(1, 5) {
		dir, err := os.MkdirTemp(s.work, "cron-")
		if err == nil {
			err = s.concurrent(filepath.Join(dir, "out"))
		}
		t.point("a run held, seven more", err)
		t.point("eight at once", s.crowd(filepath.Join(dir, "crowd")))
	}
}

func (s *suite) concurrent(out string) error {
	holder := exec.Command(s.bin, s.args(out, s.base)...)
	if err := holder.Start(); err != nil {
		return err
	}
	defer holder.Wait()
	defer holder.Process.Kill()
	for start := time.Now(); ; {
		if spools, _ := filepath.Glob(filepath.Join(out, ".spool-*")); len(spools) > 0 {
			break
		}
		if time.Since(start) > patience {
			return errors.New("the first run never began")
		}
		time.Sleep(time.Millisecond)
	}
	if err := holder.Process.Signal(syscall.SIGSTOP); err != nil {
		return err
	}
	var errs []error
	for range 7 {
		if r := s.clean(out); r.code != 5 || r.stderr == "" {
			errs = append(errs, fmt.Errorf("beside a running one: %s", r))
		}
	}
	holder.Process.Kill()
	holder.Wait()
	return errors.Join(append(errs, s.after(out))...)
}

// crowd is eight runs at once: those that got the lock end well, the others
// with 5.
func (s *suite) crowd(out string) error {
	ends := make(chan ended)
	for range 8 {
		go func() { ends <- s.clean(out) }()
	}
	through := 0
	var errs []error
	for range 8 {
		switch r := <-ends; r.code {
		case 0:
			through++
		case 5:
		default:
			errs = append(errs, fmt.Errorf("%s", r))
		}
	}
	if through == 0 {
		errs = append(errs, errors.New("none of eight ran"))
	}
	return errors.Join(append(errs, s.after(out))...)
}
