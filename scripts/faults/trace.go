//go:build linux

package main

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// traced is the calls that the model of a disk understands; strangers are
// those that it does not and that must not occur.
var (
	traced    = append([]string{"close", "lseek", "rmdir"}, calls...)
	strangers = []string{"renameat2", "link", "linkat", "copy_file_range", "sendfile", "writev", "pwritev", "truncate", "fallocate", "symlink", "creat"}
)

// call is one system call that succeeded.
type call struct {
	name string
	args []string // texts are decoded
	ret  string
}

// record traces a run over the base into out, every byte written.
func (s *suite) record(out, base string) ([]call, error) {
	log := filepath.Join(filepath.Dir(out), "trace.log")
	args := []string{"-f", "-qq", "--seccomp-bpf", "-y", "-xx", "-s", "100000000", "-o", log, "-e", "signal=none",
		"-e", "trace=" + strings.Join(append(traced, strangers...), ","), s.bin}
	if r := do(nil, s.strace, append(args, s.args(out, base)...)...); r.code != 0 {
		return nil, fmt.Errorf("traced run: %s", r)
	}
	f, err := os.Open(log)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all []call
	pending := map[string]string{} // thread -> the start of its unfinished line
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<30)
	for lines.Scan() {
		thread, rest, _ := strings.Cut(lines.Text(), " ")
		rest = strings.TrimSpace(rest)
		if start, cut := strings.CutSuffix(rest, "<unfinished ...>"); cut {
			pending[thread] = start
			continue
		}
		if _, end, resumed := strings.Cut(rest, " resumed>"); resumed && strings.HasPrefix(rest, "<... ") {
			rest = pending[thread] + end
		}
		if c, ok := parseCall(rest); ok {
			all = append(all, c)
		}
	}
	return all, lines.Err()
}

// parseCall reads `name(arg, "\x..", 5<\x..>) = ret`; ok is false for calls
// that failed and for what is no call.
func parseCall(line string) (c call, ok bool) {
	name, rest, ok := strings.Cut(line, "(")
	end := strings.LastIndex(rest, ") = ")
	if end < 0 {
		end = strings.LastIndex(rest, ")")
		at := strings.LastIndex(rest, "= ")
		if end < 0 || at < end {
			return c, false
		}
		c.ret = rest[at+2:]
	} else {
		c.ret = rest[end+4:]
	}
	if !ok || strings.HasPrefix(c.ret, "-") || strings.HasPrefix(c.ret, "?") {
		return c, false
	}
	c.name = name
	for _, a := range strings.Split(rest[:end], ", ") {
		a = strings.TrimSpace(a)
		if len(a) > 1 && a[0] == '"' {
			a = unhex(strings.Trim(a, `"`))
		}
		c.args = append(c.args, a)
	}
	return c, true
}

func unhex(s string) string {
	b, err := hex.DecodeString(strings.ReplaceAll(s, `\x`, ""))
	if err != nil {
		return s
	}
	return string(b)
}

// number is the file descriptor of `5<path>`.
func number(s string) int {
	digits, _, _ := strings.Cut(s, "<")
	n, err := strconv.Atoi(strings.TrimSpace(digits))
	if err != nil {
		return -1
	}
	return n
}

// at is the absolute path of a name beside the folder `AT_FDCWD<path>`.
func at(folder, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	_, path, _ := strings.Cut(folder, "<")
	return filepath.Join(unhex(strings.TrimSuffix(path, ">")), name)
}
