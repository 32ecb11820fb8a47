//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// tryInputs gives inputs that are still being written, were swapped, or are no
// files at all.
func tryInputs(s *suite, t *tally) {
	dir, err := os.MkdirTemp(s.work, "inputs-")
	if err != nil {
		t.point("inputs", err)
		return
	}
	t.point("appended meanwhile", s.appended(filepath.Join(dir, "a")))
	t.point("half downloaded names", s.halfNames(filepath.Join(dir, "b")))
	t.point("inputs stay as they were", s.untouched(filepath.Join(dir, "c")))
	for _, c := range []struct {
		what string
		make func(path string) error
	}{
		{"a FIFO", func(path string) error { return syscall.Mkfifo(path, 0o600) }},
		{"a device", func(path string) error { return os.Symlink("/dev/zero", path) }},
		{"a link to itself", func(path string) error { return os.Symlink(path, path) }},
		{"a dangling link", func(path string) error { return os.Symlink(path+".gone", path) }},
		{"a folder named as a table", func(path string) error { return os.MkdirAll(filepath.Join(path, "deeper"), 0o700) }},
		{"an empty file", func(path string) error { return os.WriteFile(path, nil, 0o600) }},
		{"half a workbook", func(path string) error { return s.half(path, "Клиенты магазин на Садовой.xlsx") }},
	} {
		t.point(c.what+", named", s.noFile(filepath.Join(dir, c.what, "named"), c.make, true))
		t.point(c.what+", in the folder", s.noFile(filepath.Join(dir, c.what, "found"), c.make, false))
	}
	if s.strace == "" {
		t.skip("swapped between two looks: no working strace")
		return
	}
	t.point("swapped for a FIFO between two looks", s.swapped(filepath.Join(dir, "d")))
}

// half writes the first half of a file of the base.
func (s *suite) half(path, name string) error {
	data, err := os.ReadFile(filepath.Join(s.base, name))
	if err != nil {
		return err
	}
	return os.WriteFile(path, data[:len(data)/2], 0o600)
}

// refused checks that a run over paths ends soon with 65, says why, and
// publishes nothing.
func (s *suite) refused(out string, paths ...string) error {
	r := do(nil, s.bin, s.args(out, paths...)...)
	if r.code != 65 || r.crashed() || r.stderr == "" {
		return fmt.Errorf("%s", r)
	}
	if runs, _ := filepath.Glob(filepath.Join(out, "runs", "[0-9]*")); len(runs) > 0 {
		return errors.New("it was refused, but something was published")
	}
	return nil
}

// appended lets a writer append to an input during the run.
func (s *suite) appended(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	path := filepath.Join(dir, "contacts.csv")
	rows := bytes.Repeat([]byte("Иван;+79111234567;да\n"), 1_000_000)
	if err := os.WriteFile(path, append([]byte("Имя;Телефон;Согласие\n"), rows...), 0o600); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	done := make(chan struct{})
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-done:
				return
			case <-time.After(100 * time.Microsecond):
				f.WriteString("Пётр;+79117654321;да\n")
			}
		}
	}()
	err = s.refused(filepath.Join(dir, "out"), path)
	close(done)
	<-stopped
	return err
}

// halfNames puts files with the names of unfinished downloads beside the base:
// they are passed over by name, and that is said.
func (s *suite) halfNames(dir string) error {
	if err := copyFolder(s.base, dir); err != nil {
		return err
	}
	names := []string{"more.csv.part", "more.xlsx.tmp", "more.csv.crdownload", "~$Клиенты.xlsx", ".~lock.contacts.csv#"}
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("half"), 0o600); err != nil {
			return err
		}
	}
	out := filepath.Join(dir, ".out")
	r := do(nil, s.bin, "run", "--out", out, "--as-of", asOf, "--format", "csv", "--lang", "ru", dir)
	if r.code != 0 {
		return fmt.Errorf("%s", r)
	}
	for _, name := range names[:4] {
		if !strings.Contains(r.stdout, name) {
			return fmt.Errorf("%s was passed over in silence", name)
		}
	}
	return s.good(out)
}

// untouched checks that a run changes nothing of its inputs.
func (s *suite) untouched(dir string) error {
	if err := copyFolder(s.base, dir); err != nil {
		return err
	}
	before, err := state(dir)
	if err != nil {
		return err
	}
	if r := do(nil, s.bin, s.args(filepath.Join(s.work, "untouched"), dir)...); r.code != 0 {
		return fmt.Errorf("%s", r)
	}
	after, err := state(dir)
	if err == nil && !slices.Equal(before, after) {
		err = errors.New("an input changed")
	}
	return err
}

// state is what a folder holds: names, sizes, times, modes.
func state(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	var all []string
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		all = append(all, fmt.Sprint(info.Name(), info.Size(), info.ModTime(), info.Mode()))
	}
	return all, err
}

// noFile puts something that is no whole file among the inputs.
func (s *suite) noFile(dir string, make func(string) error, named bool) error {
	in := filepath.Join(dir, "in")
	if err := os.MkdirAll(filepath.Dir(in), 0o700); err != nil {
		return err
	}
	if err := copyFolder(s.base, in); err != nil {
		return err
	}
	path := filepath.Join(in, "ещё контакты.xlsx")
	if err := make(path); err != nil {
		return err
	}
	out := filepath.Join(dir, "out")
	if named {
		return s.refused(out, path)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		r := do(nil, s.bin, s.args(out, in)...) // folders in a folder are not looked into
		if r.code != 0 {
			return fmt.Errorf("%s", r)
		}
		return s.good(out)
	}
	return s.refused(out, in)
}

// swapped puts a FIFO in the place of an input after the program looked at it
// and before it opened it: it must not wait for a writer.
func (s *suite) swapped(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	path := filepath.Join(dir, "contacts.csv")
	if err := os.WriteFile(path, []byte("Имя;Телефон\nИван;+79111234567\n"), 0o600); err != nil {
		return err
	}
	timer := time.AfterFunc(2*time.Second, func() {
		syscall.Mkfifo(path+".fifo", 0o600)
		os.Rename(path+".fifo", path)
	})
	defer timer.Stop()
	args := []string{"-f", "-qq", "-o", "/dev/null", "-P", path, "-e", "trace=openat", "-e", "signal=none", "-e", "inject=openat:delay_enter=4000000:when=1", s.bin}
	r := do(nil, s.strace, append(args, s.args(filepath.Join(dir, "out"), path)...)...)
	if r.code != 65 || r.took > patience/2 {
		return fmt.Errorf("%s", r)
	}
	return nil
}
