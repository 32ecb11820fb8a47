//go:build linux

package main

import (
	"errors"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
)

// tryPower records what a run writes and syncs, works out for every moment
// what a disk would hold after the power was lost just then, and lets the
// program start from there. The first run in a folder is tried, and one in a
// folder with a history.
func tryPower(s *suite, t *tally) {
	if s.strace == "" {
		t.skip("no working strace to record a run with")
		return
	}
	for _, history := range []bool{false, true} {
		if history && s.short {
			continue
		}
		if err := s.power(t, history); err != nil {
			t.point("power loss", err)
		}
	}
}

// moment is one state of the disk that a power loss may leave.
type moment struct {
	what  string
	state map[string]remnant
	ended bool // the run had ended well before it
}

func (s *suite) power(t *tally, history bool) error {
	dir, err := os.MkdirTemp(s.work, "power-")
	if err != nil {
		return err
	}
	world, base := filepath.Join(dir, "world"), s.base
	if err := os.Mkdir(world, 0o700); err != nil {
		return err
	}
	if history {
		base = filepath.Join(dir, "base")
		list := filepath.Join(base, "стоп-лист.csv")
		if err := errors.Join(copyFolder(s.base, base), copyFolder(filepath.Join(s.work, "first"), filepath.Join(world, "out")),
			appendTo(list, "+7 911 000-11-22;01.11.2026;;\n")); err != nil {
			return err
		}
	}
	moments, err := s.moments(world, base)
	if err != nil {
		return err
	}
	step := max(1, len(moments)/s.few(24, len(moments)))
	order := rand.New(rand.NewSource(s.seed)).Perm(len(moments)) // when the time is up, all parts of the run were tried
	s.parallel((len(moments)+step-1)/step, func(i int, dir string) {
		m := moments[order[i]]
		if i < len(losses) || s.short {
			m = moments[len(moments)-1-i*step] // the last ones, after a good end, are always tried
		}
		t.point(m.what, s.powerBack(m, dir, history))
	})
	return nil
}

// moments records a run and lists the different states, oldest first.
func (s *suite) moments(world, base string) ([]moment, error) {
	d := newDisk(world)
	if err := d.load(); err != nil {
		return nil, err
	}
	ops, err := s.record(filepath.Join(world, "out"), base)
	if err != nil {
		return nil, err
	}
	os.Remove(filepath.Join(world, "trace.log"))
	seen := map[[32]byte]bool{}
	var all []moment
	note := func(what string, ended bool) {
		for _, l := range losses {
			state := d.remains(l)
			if h := hashOf(state); !seen[h] || ended {
				seen[h] = true
				all = append(all, moment{fmt.Sprintf("%s, losing %+v", what, l), state, ended})
			}
		}
	}
	for i, c := range ops {
		if err := d.apply(c); err != nil {
			return nil, err
		}
		switch c.name {
		case "close", "lseek", "openat", "open":
		case "write", "pwrite64":
			if i%8 == 0 {
				note(fmt.Sprintf("power lost after call %d, %s", i, c.name), false)
			}
		default:
			note(fmt.Sprintf("power lost after call %d, %s", i, c.name), false)
		}
	}
	if err := d.fits(world); err != nil {
		return nil, err
	}
	note("power lost after a good end", true)
	return all, nil
}

// fits checks the model against the real folder: what the program saw is what
// is there.
func (d *disk) fits(world string) error {
	real := newDisk(world)
	if err := real.load(); err != nil {
		return err
	}
	if hashOf(d.remains(loss{})) != hashOf(real.remains(loss{})) {
		return errors.New("the model of the disk went another way than the disk")
	}
	return nil
}

// powerBack starts from what a power loss left.
func (s *suite) powerBack(m moment, dir string, history bool) error {
	if err := restore(m.state, dir); err != nil {
		return err
	}
	out := filepath.Join(dir, "out")
	if m.ended {
		if !exists(filepath.Join(out, "latest")) {
			return errors.New("the run ended well, and its lists are gone")
		}
		if got, err := lists(out); err != nil || !history && got["clean.csv"] != s.golden["clean.csv"] {
			return fmt.Errorf("the run ended well, and its lists are not whole: %w", err)
		}
	}
	if err := s.whole(out); err != nil {
		return fmt.Errorf("after the power came back: %w", err)
	}
	if !history {
		return s.mended(out)
	}
	// The new refusal may be remembered, so the lists may differ from the golden
	// ones; what counts is that the next run is good in itself.
	if r := s.clean(out); r.code != 0 && r.code != 3 {
		return fmt.Errorf("the next run: %s", r)
	}
	return errors.Join(s.whole(out), onlyOurs(out), s.verify(out))
}
