//go:build linux

// Command bench measures cleanbase as whole processes beside what a user would
// pick instead, in one run, and holds the figures against the goals:
//
//	go run ./scripts/bench -bin bin/cleanbase -rows 1000000
//
// A peer whose tool is not installed is named and left out, and so are the
// goals that need it. On a machine that does other work too the processor time
// beside the wall time tells how much of a figure is the neighbours'.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

func main() {
	b := &bencher{took: map[string]result{}}
	flag.StringVar(&b.bin, "bin", "bin/cleanbase", "the program to measure")
	flag.IntVar(&b.rows, "rows", 1_000_000, "records of the base")
	flag.IntVar(&b.runs, "runs", 3, "runs of what takes seconds; the median counts")
	flag.StringVar(&b.duckdb, "duckdb", os.Getenv("DUCKDB"), "folder where npm has installed @duckdb/node-api")
	peers := flag.Bool("peers", true, "measure the peers too")
	slow := flag.Bool("slow", false, "measure peers that take minutes on more than two million records too")
	flag.Parse()
	b.slow = *slow || b.rows <= 2_000_000
	if err := b.bench(*peers); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type bencher struct {
	bin, dir, duckdb string
	rows, runs       int
	slow             bool
	took             map[string]result
	goals            []goal
}

func (b *bencher) bench(peers bool) error {
	dir, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b.dir = dir
	for _, step := range []func() error{b.make, b.tell, b.own, b.ask} {
		if err := step(); err != nil {
			return err
		}
	}
	if peers {
		b.peers()
	}
	if err := b.parts(); err != nil {
		return err
	}
	b.judge()
	b.report()
	return nil
}

// make writes the base, and one of a tenth to tell how time grows.
func (b *bencher) make() error {
	for dir, rows := range map[string]int{"whole": b.rows, "tenth": max(b.rows/10, 1)} {
		if out, err := exec.Command("go", "run", "./scripts/bench/gen", "-rows", strconv.Itoa(rows), "-out", b.path(dir)).CombinedOutput(); err != nil {
			return fmt.Errorf("generator: %w\n%s", err, out)
		}
	}
	out, err := exec.Command("go", "build", "-trimpath", "-o", b.path("parts"), "./scripts/bench/parts").CombinedOutput()
	if err != nil {
		return fmt.Errorf("parts: %w\n%s", err, out)
	}
	return change(b.path("whole/contacts.csv"), b.path("changed"))
}

func (b *bencher) path(name string) string { return filepath.Join(b.dir, name) }

// has tells whether a file of the base was made: a workbook holds no more than
// a sheet does.
func (b *bencher) has(name string) bool {
	_, err := os.Stat(b.path(name))
	return err == nil
}

func (b *bencher) tell() error {
	fmt.Printf("%d records x 12 columns, median of %d runs\n", b.rows, b.runs)
	fmt.Printf("%-52s %10s %10s %10s %12s\n", "", "wall, s", "cpu, s", "peak, MB", "µs a record")
	return nil
}

// own measures the program itself: both formats, and a second run after a
// change of one record in a hundred.
func (b *bencher) own() error {
	run := func(out, format, contacts, lists string) []string {
		return []string{b.bin, "run", "--quiet", "--as-of", "2026-11-20T12:00:00Z", "--out", b.path(out), "--format", format,
			b.path(contacts), b.path(lists + "/optouts.csv"), b.path(lists + "/complaints.csv")}
	}
	fresh := func(out string) func() error { return func() error { return os.RemoveAll(b.path(out)) } }
	err := errors.Join(
		b.time("tenth", "cleanbase, CSV in and out, a tenth of the records", fresh("out-tenth"), run("out-tenth", "csv", "tenth/contacts.csv", "tenth")...),
		b.time("csv", "cleanbase, CSV in and out, full audit with tree", fresh("out-csv"), run("out-csv", "csv", "whole/contacts.csv", "whole")...),
		b.timeOnce("again", "  the same base again, 1 % changed", run("out-csv", "csv", "changed/contacts.csv", "whole")...))
	if b.has("whole/contacts.xlsx") {
		err = errors.Join(err, b.time("xlsx", "cleanbase, XLSX in and out, full audit with tree", fresh("out-xlsx"), run("out-xlsx", "xlsx", "whole/contacts.xlsx", "whole")...))
	}
	return err
}

// ask measures the commands that ask the audit database of the last run.
func (b *bencher) ask() error {
	phone, err := phoneOf(b.path("out-csv/latest/removed.csv"))
	if err != nil {
		return err
	}
	db := b.path("out-csv/audit.db")
	return errors.Join(
		b.time("explain", "cleanbase explain of a removed contact", nil, b.bin, "explain", "--audit", db, phone),
		b.timeOnce("verify", "cleanbase verify, two runs", b.bin, "verify", "--audit", db),
		b.time("start", "cleanbase --version", nil, b.bin, "--version"))
}
