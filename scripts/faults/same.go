//go:build linux

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"cleanbase/internal/contact"
)

// summaryOf is the summary of the newest run.
func summaryOf(out string) (sum contact.Summary, err error) {
	data, err := os.ReadFile(filepath.Join(out, "latest", "summary.json"))
	if err == nil {
		err = json.Unmarshal(data, &sum)
	}
	return sum, err
}

// trySame runs with other processors, zones, languages and folders.
func trySame(s *suite, t *tally) {
	first, err := summaryOf(filepath.Join(s.work, "first"))
	if err != nil {
		t.point("first", err)
		return
	}
	zones := []string{"UTC", "Asia/Kamchatka", "America/New_York", "Europe/Moscow", "Pacific/Apia"}
	langs := []string{"C", "ru_RU.UTF-8", "en_US.UTF-8", "tr_TR.UTF-8"}
	s.parallel(s.few(4, 20), func(i int, dir string) {
		base, out := filepath.Join(dir, "base"), filepath.Join(dir, strings.Repeat("deep/", i%3)+"out")
		env := []string{"GOMAXPROCS=" + []string{"1", "2", "8"}[i%3], "TZ=" + zones[i%len(zones)], "LANG=" + langs[i%len(langs)], "GOGC=" + []string{"10", "100"}[i%2]}
		err := copyFolder(s.base, base)
		if err == nil {
			if r := do(env, s.bin, s.args(out, base)...); r.code != 0 {
				err = fmt.Errorf("%s", r)
			}
		}
		if err == nil {
			err = s.good(out)
		}
		if err == nil {
			var sum contact.Summary
			if sum, err = summaryOf(out); err == nil && sum.Audit.Root != first.Audit.Root {
				err = errors.New("another tree root")
			}
		}
		t.point(strings.Join(env, " "), err)
	})
}

// tryAgain runs again over the same inputs, also renamed.
func tryAgain(s *suite, t *tally) {
	out := filepath.Join(s.work, "again")
	if err := copyFolder(filepath.Join(s.work, "first"), out); err != nil {
		t.point("again", err)
		return
	}
	t.point("the same again", s.nothingNew(out, s.base))
	renamed := filepath.Join(s.work, "renamed")
	err := copyFolder(s.base, renamed)
	if err == nil {
		err = os.Rename(filepath.Join(renamed, "contacts.csv"), filepath.Join(renamed, "я контакты.csv"))
	}
	if err == nil {
		r := do(nil, s.bin, s.args(out, renamed)...)
		if r.code != 0 {
			err = fmt.Errorf("%s", r)
		} else {
			err = s.verify(out)
		}
	}
	t.point("inputs renamed", err)
}

// nothingNew is a run that must change nothing.
func (s *suite) nothingNew(out, base string) error {
	before, err := summaryOf(out)
	if err != nil {
		return err
	}
	if r := do(nil, s.bin, s.args(out, base)...); r.code != 0 {
		return fmt.Errorf("%s", r)
	}
	after, err := summaryOf(out)
	switch {
	case err != nil:
		return err
	case before.Audit.Root != after.Audit.Root || before.Audit.Size != after.Audit.Size:
		return errors.New("the audit tree grew")
	case after.Returns != 0:
		return fmt.Errorf("%d returns", after.Returns)
	}
	return s.good(out)
}

// tryClock sets the clock back between two runs: that is said, and refusals
// still bind.
func tryClock(s *suite, t *tally) {
	for _, when := range []string{"2026-11-19T12:00:00Z", "2024-02-29T12:00:00Z", "2026-03-29T01:30:00Z"} {
		out := filepath.Join(s.work, "clock"+when)
		err := copyFolder(filepath.Join(s.work, "first"), out)
		if err == nil {
			r := do(nil, s.bin, "run", "--out", out, "--as-of", when, "--format", "csv", s.base)
			if r.code != 0 && r.code != 3 {
				err = fmt.Errorf("%s", r)
			}
		}
		var sum contact.Summary
		if err == nil {
			sum, err = summaryOf(out)
		}
		if err == nil && len(sum.Gate.Findings) == 0 {
			err = errors.New("the clock went back, and nothing was said")
		}
		t.point("as of "+when, err)
	}
}

// tryMemory runs a larger base under a small limit of memory.
func tryMemory(s *suite, t *tally) {
	dir, err := os.MkdirTemp(s.work, "memory-")
	if err != nil {
		t.point("memory", err)
		return
	}
	var peaks []int64
	sizes := []int{100_000, 300_000} // enough for all that does not grow to be there
	if !s.short {
		sizes = []int{100_000, 500_000}
	}
	for _, rows := range sizes {
		path := filepath.Join(dir, fmt.Sprintf("contacts%d.csv", rows))
		if err := manyRows(path, rows); err != nil {
			t.point("memory", err)
			return
		}
		out := filepath.Join(dir, fmt.Sprint("out", rows))
		cmd := exec.Command(s.bin, s.args(out, path)...)
		cmd.Env = append(os.Environ(), "GOMEMLIMIT=64MiB")
		v, err := watched(cmd)
		peaks = append(peaks, v.memory)
		t.point(fmt.Sprintf("%d rows", rows), err)
	}
	t.note("%v rows in %v KB", sizes, peaks)
	per := (peaks[1] - peaks[0]) * 1024 / int64(sizes[1]-sizes[0])
	err = nil
	if per > 400 {
		err = fmt.Errorf("%d bytes a row", per)
	}
	t.point("memory per row", err)
	for _, kb := range []int{20_000, 400_000, 1_000_000} {
		out := filepath.Join(dir, fmt.Sprint("limit", kb))
		r := do(nil, "bash", append([]string{"-c", fmt.Sprintf(`ulimit -v %d; exec "$0" "$@"`, kb), s.bin}, s.args(out, s.base)...)...)
		var err error
		if r.code != 0 {
			err = s.after(out) // Go's out-of-memory can't be caught; nothing is lost by it
		}
		t.point(fmt.Sprintf("%d KB of address space", kb), err)
	}
}

func manyRows(path string, n int) error {
	var b strings.Builder
	b.WriteString("Имя;Телефон;E-mail;Согласие\n")
	for i := range n {
		fmt.Fprintf(&b, "Имя %d;+7911%07d;name%d@example.com;да\n", i, i*13%10_000_000, i)
	}
	return os.WriteFile(path, []byte(b.String()), 0o600)
}

// tryBehind changes what was published: verify finds it.
func tryBehind(s *suite, t *tally) {
	changes := map[string]func(out string) error{
		"a list changed": func(out string) error { return appendTo(filepath.Join(out, "latest", "clean.csv"), "x") },
		"a list gone":    func(out string) error { return os.Remove(filepath.Join(out, "latest", "removed.csv")) },
		"the database changed": func(out string) error {
			return flipByte(filepath.Join(out, "audit.db"))
		},
	}
	for what, change := range changes {
		out := filepath.Join(s.work, "behind "+what)
		err := errors.Join(copyFolder(filepath.Join(s.work, "first"), out), change(out))
		if err == nil && s.verify(out) == nil {
			err = errors.New("verify did not find it")
		}
		t.point(what, err)
	}
}

func appendTo(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

// flipByte changes one digit of a phone that the database holds as text.
func flipByte(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	at := strings.Index(string(data), "стоп-лист")
	if at < 0 {
		return errors.New("nothing to change")
	}
	data[at] ^= 1
	time.Sleep(time.Millisecond)
	return os.WriteFile(path, data, 0o600)
}
