//go:build linux

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cleanbase/internal/contact"
)

// trySources loses suppressions between two runs: there is no clean list, or
// nothing that was remembered is lost and it is said.
func trySources(s *suite, t *tally) {
	required := filepath.Join(s.work, "required.toml")
	if err := os.WriteFile(required, []byte("[[sources.required]]\nname = \""+stopList+"\"\n"), 0o600); err != nil {
		t.point("sources", err)
		return
	}
	half := func(path string) error { return headOf(path, 25) }
	for _, c := range []struct {
		what   string
		policy string
		said   string // the finding with which it is published all the same
		nights []func(path string) error
	}{
		{"lost, and required", required, "", []func(string) error{os.Remove}},
		{"lost", "", "source.absent", []func(string) error{os.Remove}},
		{"cut to half within a line", "", "", []func(string) error{func(path string) error { return s.half(path, stopList) }}},
		{"empty", "", "", []func(string) error{func(path string) error { return os.Truncate(path, 0) }}},
		{"only its header", "", "", []func(string) error{func(path string) error { return headOf(path, 2) }}},
		{"cut to half", "", "", []func(string) error{half}},
		{"cut to half, twice", "", "", []func(string) error{half, nil}},
		{"lost for a night, then half", "", "", []func(string) error{os.Remove, half}},
		{"its column renamed", "", "*", []func(string) error{renameColumn}},
	} {
		dir := filepath.Join(s.work, "sources "+c.what)
		err := errors.Join(os.MkdirAll(dir, 0o700), copyFolder(filepath.Join(s.work, "first"), filepath.Join(dir, "out")))
		for i, change := range c.nights {
			if err == nil {
				last := i == len(c.nights)-1
				err = s.lost(dir, change, c.policy, map[bool]string{true: c.said, false: "*"}[last])
			}
		}
		t.point(c.what, err)
	}
}

const stopList = "стоп-лист.csv"

// lost is a run whose stop-list was changed.
func (s *suite) lost(dir string, change func(string) error, policy, said string) error {
	base, out := filepath.Join(dir, "base"), filepath.Join(dir, "out")
	if change != nil {
		if err := errors.Join(os.RemoveAll(base), copyFolder(s.base, base), change(filepath.Join(base, stopList))); err != nil {
			return err
		}
	}
	args := s.args(out, base)
	if policy != "" {
		args = append(args, "--config", policy)
	}
	old, _ := os.Readlink(filepath.Join(out, "latest"))
	r := do(nil, s.bin, args...)
	now, _ := os.Readlink(filepath.Join(out, "latest"))
	clean, _ := os.ReadFile(filepath.Join(out, "latest", "clean.csv"))
	switch {
	case r.code == 65 && now == old:
		return nil
	case r.code == 3 && now != old && clean == nil:
	case r.code == 0 && said != "":
		sum, err := summaryOf(out)
		if err != nil || said != "*" && !slices.ContainsFunc(sum.Gate.Findings, func(f contact.Finding) bool { return f.Code == said }) {
			return errors.New("published, and nothing said of the loss")
		}
		if string(clean) != s.golden["clean.csv"] {
			return errors.New("the clean list is not the golden one")
		}
	default:
		return fmt.Errorf("%s", r)
	}
	text, err := os.ReadFile(filepath.Join(out, "latest", "suppressions.csv"))
	if err != nil || strings.Count(string(text), "\n") < strings.Count(s.golden["suppressions.csv"], "\n") {
		return errors.New("a remembered refusal is not among the suppressions")
	}
	return s.whole(out)
}

// headOf keeps the first lines of a file.
func headOf(path string, lines int) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	all := strings.SplitAfter(string(data), "\n")
	return os.WriteFile(path, []byte(strings.Join(all[:min(lines, len(all))], "")), 0o600)
}

// renameColumn makes the phones of a windows-1251 file stand under "Col".
func renameColumn(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	phone := "\xd2\xe5\xeb\xe5\xf4\xee\xed"
	if !strings.Contains(string(data), phone) {
		return errors.New("the stop-list has no such column")
	}
	return os.WriteFile(path, []byte(strings.Replace(string(data), phone, "Col", 1)), 0o600)
}
