//go:build linux

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
)

// calls are the system calls that change what a disk holds. SQLite and Go
// spell some of them differently.
var calls = []string{"openat", "open", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "renameat", "unlink", "unlinkat",
	"mkdir", "mkdirat", "symlinkat"}

// inject runs the program over the base into out with a system call tampered
// with; hit tells whether the tampering took place.
func (s *suite) inject(out, what string) (r ended, hit bool) {
	return s.injectInto(filepath.Dir(out), what, s.args(out, s.base)...)
}

// injectInto does so with any command; the tracer's log goes into dir.
func (s *suite) injectInto(dir, what string, command ...string) (r ended, hit bool) {
	log := filepath.Join(dir, "strace.log")
	names, _, _ := strings.Cut(strings.TrimPrefix(what, "inject="), ":")
	args := []string{"-f", "-qq", "-y", "-s", "0", "-o", log, "-e", "trace=" + names, "-e", "signal=none", "-e", what}
	if !strings.Contains(what, ":signal=") { // strace 6.1 with it sends a signal at the first call or never
		args = append(args, "--seccomp-bpf")
	}
	args = append(args, s.bin)
	r = do(nil, s.strace, append(args, command...)...)
	text, _ := os.ReadFile(log)
	return r, strings.Contains(string(text), "INJECTED") || r.code < 0
}

// tampering is a kind of call and what becomes of one of them.
type tampering struct {
	call, how string
	on        bool // and of all that follow it
}

func (k tampering) at(n int) string {
	what := fmt.Sprintf("inject=%s:%s:when=%d", k.call, k.how, n)
	if k.on {
		what += "+"
	}
	return what
}

// eachCall is the same tampering with calls of several kinds.
func eachCall(how string, calls ...string) []tampering {
	var all []tampering
	for _, call := range calls {
		all = append(all, tampering{call: call, how: how})
	}
	return all
}

// sweep tries tamperings at the first, second, ... call of their kind in each
// thread, up to those that no run comes to, or at a sample of them. It goes
// over them in eight passes, a few of every kind in turn, so that all parts of a
// run and all kinds are tried when the time is up.
func (s *suite) sweep(kinds []tampering, most int, try func(k tampering, n int, dir string) (hit bool)) {
	if s.short {
		for _, k := range kinds {
			s.parallel(most, func(i int, dir string) { try(k, 1+(i*i*i+i)/2, dir) })
		}
		return
	}
	const batch, passes = 4, 8
	for _, first := range []int{1, 5, 3, 7, 2, 6, 4, 8} {
		left := kinds
		for from := first; from <= most && !s.late(); from += batch * passes {
			var more []tampering
			for _, k := range left {
				var hits atomic.Int32
				s.parallel(batch, func(i int, dir string) {
					if try(k, from+i*passes, dir) {
						hits.Add(1)
					}
				})
				if hits.Load() > 0 {
					more = append(more, k)
				}
			}
			left = more
		}
	}
}
