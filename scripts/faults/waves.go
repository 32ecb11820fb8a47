//go:build linux

package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// tryWaves kills the program, or lets the disk fail, at the calls of handing out
// a wave: its people are on record before its file is seen, and the next command
// brings to its end what was begun.
func tryWaves(s *suite, t *tally) {
	if s.strace == "" {
		t.skip("no working strace")
		return
	}
	calls := []string{"write", "pwrite64", "fsync", "unlink", "renameat", "mkdirat"}
	kinds := append(eachCall("signal=SIGKILL", append(calls, "openat")...), eachCall("error=EIO", calls...)...) // of openat half are the system's own tables, which it does without
	s.sweep(kinds, s.few(1, 96), func(k tampering, n int, dir string) bool {
		out := filepath.Join(dir, "out")
		if err := copyFolder(filepath.Join(s.work, "first"), out); err != nil {
			t.point("plan", err)
			return false
		}
		plan := []string{"plan", "--out", out, "--as-of", asOf, "--format", "csv"}
		_, hit := s.injectInto(dir, k.at(n), plan...)
		if hit {
			t.point(fmt.Sprintf("%s at %s %d of plan", k.how, k.call, n), s.handedOut(out, plan))
		}
		return hit
	})
}

// handedOut checks what a plan left, and that after one more there is one wave
// to be seen, no more and no less.
func (s *suite) handedOut(out string, plan []string) error {
	if err := errors.Join(s.whole(out), s.verify(out)); err != nil {
		return err
	}
	again := do(nil, s.bin, plan...)
	seen, _ := filepath.Glob(filepath.Join(out, "plans", "*", "wave-*"))
	drafts, _ := filepath.Glob(filepath.Join(out, "plans", "*", ".staging-*"))
	switch refused := strings.Contains(again.stdout, "plan.pause"); {
	case again.code != 0 && !(again.code == 3 && refused):
		return fmt.Errorf("plan again: %s", again)
	case len(seen) != 1 || len(drafts) != 0:
		return fmt.Errorf("%d waves are to be seen and %d drafts are left", len(seen), len(drafts))
	}
	return s.verify(out)
}
