//go:build linux

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

// soakLooks is how often in a soak a quiet night is measured.
const soakLooks = 10

// vitals is what one quiet run took and left.
type vitals struct {
	memory int64 // kilobytes at most
	open   int64 // descriptors at most, as often as it could be looked
	files  int64 // in the output folder, but for the published runs
	record int64 // bytes of the audit database
	runs   int64 // published so far
}

// look is a night without a fault, measured.
func (s *suite) look(out string) (v vitals, err error) {
	if v, err = watched(exec.Command(s.bin, s.args(out, s.base)...)); err != nil {
		return v, err
	}
	return v, errors.Join(v.count(out), s.good(out))
}

// watched runs a command and looks at it meanwhile.
func watched(cmd *exec.Cmd) (v vitals, err error) {
	if err := cmd.Start(); err != nil {
		return v, err
	}
	var over atomic.Bool
	all := make(chan vitals)
	go func() {
		var seen vitals
		for ; !over.Load(); time.Sleep(time.Millisecond) {
			seen.watch(cmd.Process.Pid)
		}
		all <- seen
	}()
	err = cmd.Wait()
	over.Store(true)
	return <-all, err
}

// watch looks at a running process. Its own high-water mark is taken: what wait
// tells of a child counts the memory of its parent, too.
func (v *vitals) watch(pid int) {
	list, _ := os.ReadDir(fmt.Sprintf("/proc/%d/fd", pid))
	v.open = max(v.open, int64(len(list)))
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if _, rest, ok := strings.Cut(string(status), "VmHWM:"); ok {
		var kb int64
		if n, _ := fmt.Sscan(rest, &kb); n == 1 {
			v.memory = max(v.memory, kb)
		}
	}
}

// count takes stock of an output folder.
func (v *vitals) count(out string) error {
	info, err := os.Stat(filepath.Join(out, "audit.db"))
	if err != nil {
		return err
	}
	v.record = info.Size()
	return filepath.WalkDir(out, func(path string, d fs.DirEntry, err error) error {
		switch name := d.Name(); {
		case err != nil:
			return err
		case d.IsDir() && filepath.Base(filepath.Dir(path)) == "runs" && !strings.HasPrefix(name, "."):
			v.runs++
			return fs.SkipDir
		case !d.IsDir():
			v.files++
		}
		return nil
	})
}

// lean tells whether the last nights took no more than the first ones, and the
// record grew by little a night.
func lean(life []vitals) error {
	most := func(part []vitals, of func(vitals) int64) int64 {
		return of(slices.MaxFunc(part, func(a, b vitals) int { return int(of(a) - of(b)) }))
	}
	few := max(1, len(life)/3)
	first, last := life[:few], life[len(life)-few:]
	memory := func(v vitals) int64 { return v.memory }
	open := func(v vitals) int64 { return v.open }
	a, b := life[0], life[len(life)-1]
	switch {
	case most(last, memory) > most(first, memory)*5/4+4096:
		return fmt.Errorf("memory grew from %d to %d KB", most(first, memory), most(last, memory))
	case most(last, open) > most(first, open)+2:
		return fmt.Errorf("descriptors grew from %d to %d", most(first, open), most(last, open))
	case b.files != a.files:
		return fmt.Errorf("%d files beside the runs, %d at first", b.files, a.files)
	case b.record-a.record > nightly*max(1, b.runs-a.runs)+1<<16:
		return fmt.Errorf("audit.db grew from %d to %d bytes in %d runs", a.record, b.record, b.runs-a.runs)
	}
	return nil
}

// nightly is how many bytes of the audit database a run of which nothing is new
// may take.
const nightly = 32 << 10

// each is one figure of all looks.
func each(life []vitals, of func(vitals) int64) string {
	var all []string
	for _, v := range life {
		all = append(all, fmt.Sprint(of(v)))
	}
	return strings.Join(all, " ")
}

// trySoak is many nights in one output folder, each with a fault of its own.
func trySoak(s *suite, t *tally) {
	dir, err := os.MkdirTemp(s.work, "soak-")
	if err != nil {
		t.point("soak", err)
		return
	}
	out := filepath.Join(dir, "out")
	n := s.cycles
	if s.short {
		n = 6
	}
	var life []vitals
	for i := range n {
		if s.late() {
			break
		}
		if i%max(1, n/soakLooks) == 0 {
			v, err := s.look(out)
			if err != nil {
				t.point(fmt.Sprintf("a look at night %d", i), err)
				return
			}
			life = append(life, v)
		}
		night := s.night(out)
		if err := s.whole(out); err != nil {
			t.point(fmt.Sprintf("night %d, %s", i, night), err)
			return
		}
		t.point(night, nil)
	}
	t.point("the last morning", s.mended(out))
	if len(life) < 4 {
		t.skip("memory and descriptors over the nights: only %d looks were taken", len(life))
		return
	}
	t.point("as lean as on the first day", lean(life))
	t.note("%d looks in %d nights: memory %s MB, descriptors %s, files beside the runs %s, audit.db %s KB", len(life), n,
		each(life, func(v vitals) int64 { return v.memory >> 10 }), each(life, func(v vitals) int64 { return v.open }),
		each(life, func(v vitals) int64 { return v.files }), each(life, func(v vitals) int64 { return v.record >> 10 }))
}

// night is one run with a random fault.
func (s *suite) night(out string) string {
	after := time.Duration(s.rand.Int63n(int64(s.took)))
	pick := s.rand.Intn(6)
	if s.strace == "" {
		pick %= 3
	}
	switch pick {
	case 0:
		s.clean(out)
		return "nothing"
	case 1:
		s.signalled(out, after, syscall.SIGKILL)
		return "kill"
	case 2:
		s.signalled(out, after, syscall.SIGTERM)
		return "SIGTERM"
	case 3:
		s.inject(out, tampering{call: pickOne(s.rand, calls), how: "signal=SIGKILL"}.at(1+s.rand.Intn(40)))
		return "kill at a call"
	case 4:
		s.inject(out, tampering{"pwrite64", "error=ENOSPC", true}.at(1+s.rand.Intn(100)))
		return "disk full"
	default:
		s.inject(out, tampering{call: "fsync", how: "error=EIO"}.at(1+s.rand.Intn(40)))
		return "fsync fails"
	}
}

func pickOne(r *rand.Rand, list []string) string { return list[r.Intn(len(list))] }
