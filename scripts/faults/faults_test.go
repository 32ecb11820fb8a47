//go:build linux

package main

import (
	"testing"
	"time"
)

// TestFaults tries a sample of the points of every fault on the real program;
// `make faults` tries all of them.
func TestFaults(t *testing.T) {
	s, err := newSuite(options{short: true, seed: time.Now().UnixNano()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	for _, f := range faults {
		t.Run(f.id, func(t *testing.T) {
			got := s.try(f)
			t.Logf("%s: %d points; not tried: %q (seed %d, a run takes %v) %q", f.what, got.points, got.skipped, s.seed, s.took, got.figures)
			for _, b := range got.broke {
				t.Error(b)
			}
			if got.points == 0 {
				t.Skip(got.skipped)
			}
		})
	}
}
