//go:build linux

// Command faults runs the real program through everything that can go wrong
// around it - kills, full disks, power loss, concurrent runs, changing inputs -
// and prints for each fault how many points were tried, how many broke a
// promise, and what could not be tried and why. It exits 1 when a promise
// broke or nothing of a fault could be tried without a reason given.
//
// It does not test what is decided about a contact; that is for the packages'
// own tests and the goldens.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"time"
)

func main() {
	short := flag.Bool("short", false, "a sample of the points")
	minutes := flag.Duration("time", 9*time.Minute, "to spend; what could not be tried in it is said")
	cycles := flag.Int("cycles", 60, "cycles of the soak")
	only := flag.String("only", "", "faults to run, such as R1,R3 (default all)")
	seed := flag.Int64("seed", time.Now().UnixNano(), "of the random points")
	flag.Parse()
	broke, err := run(options{short: *short, time: *minutes, cycles: *cycles, only: *only, seed: *seed})
	if err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		os.Exit(2)
	}
	if broke {
		os.Exit(1)
	}
}

func run(o options) (broke bool, err error) {
	s, err := newSuite(o)
	if err != nil {
		return false, err
	}
	defer s.close()
	fmt.Printf("seed %d, program %s\n", o.seed, s.version)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "fault\tpoints tried\tbroke a promise\tseconds\tnot tried, and why")
	for _, f := range faults {
		if !s.wanted(f) {
			continue
		}
		start := time.Now()
		t := s.try(f)
		fmt.Fprintf(w, "%s %s\t%d\t%d\t%.0f\t%s\n", f.id, f.what, t.points, len(t.broke), time.Since(start).Seconds(), strings.Join(t.skipped, "; "))
		fmt.Fprintf(os.Stderr, "%s %s: %d points, %d broke a promise\n", f.id, f.what, t.points, len(t.broke))
		for _, told := range t.figures {
			fmt.Fprintln(os.Stderr, f.id+": "+told)
		}
		for _, b := range t.broke[:min(len(t.broke), 10)] {
			fmt.Fprintln(os.Stderr, f.id+": "+b)
		}
		broke = broke || len(t.broke) > 0
	}
	for _, e := range elsewhere {
		fmt.Fprintf(w, "%s\t-\t-\t-\tnot here: shown by %s\n", e[0], e[1])
	}
	return broke, w.Flush()
}
