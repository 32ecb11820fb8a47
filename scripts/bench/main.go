// Command bench measures cleanbase as whole processes, beside what a user
// would pick instead, in one run, and prints wall time, peak memory and
// ratios. Peers whose tools are not installed are named and left out.
//
//	go run ./scripts/bench -bin bin/cleanbase -rows 1000000
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

func main() {
	bin := flag.String("bin", "bin/cleanbase", "the program to measure")
	rows := flag.Int("rows", 1_000_000, "records of the base")
	peers := flag.Bool("peers", true, "measure the peers too")
	flag.Parse()
	if err := bench(*bin, *rows, *peers); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// result is what one whole process took.
type result struct {
	wall time.Duration
	peak int64 // bytes
}

// measure runs a command to its end.
func measure(name string, args ...string) (result, error) {
	cmd := exec.Command(name, args...)
	cmd.Stderr = os.Stderr
	started := time.Now()
	err := cmd.Run()
	r := result{wall: time.Since(started)}
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		r.peak = u.Maxrss << 10
	}
	return r, err
}

type bencher struct {
	bin, dir string
	rows     int
	first    result // the run that the others are compared with
}

func bench(bin string, rows int, peers bool) error {
	dir, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bencher{bin: bin, dir: dir, rows: rows}
	if _, err := measure("go", "run", "./scripts/bench/gen", "-rows", strconv.Itoa(rows), "-out", dir); err != nil {
		return fmt.Errorf("generator: %w", err)
	}
	fmt.Printf("%d records x 12 columns\n%-46s %10s %10s %14s %8s\n", rows, "", "wall, s", "peak, MB", "µs a record", "ratio")
	if err := b.own(); err != nil {
		return err
	}
	if peers {
		b.peers()
	}
	return nil
}

// own measures the program itself: both formats, and a second run after a
// change of one record in a hundred.
func (b *bencher) own() error {
	var err error
	run := func(what, out, format, contacts string) {
		if err != nil {
			return
		}
		var r result
		r, err = measure(b.bin, "run", "--quiet", "--as-of", "2026-11-20T12:00:00Z", "--out", b.path(out), "--format", format, b.path(contacts), b.path("optouts.csv"), b.path("complaints.csv"))
		b.show(what, r)
	}
	run("cleanbase, CSV in and out, full audit", "out-csv", "csv", "contacts.csv")
	if err == nil {
		err = b.change()
	}
	run("  the same base again, 1 % changed", "out-csv", "csv", "changed/contacts.csv")
	if _, none := os.Stat(b.path("contacts.xlsx")); none == nil {
		run("cleanbase, XLSX in and out, full audit", "out-xlsx", "xlsx", "contacts.xlsx")
	}
	return err
}

func (b *bencher) path(name string) string { return filepath.Join(b.dir, name) }

func (b *bencher) show(what string, r result) {
	if b.first.wall == 0 {
		b.first = r
	}
	fmt.Printf("%-46s %10.2f %10d %14.2f %8.2f\n", what, r.wall.Seconds(), r.peak>>20, r.wall.Seconds()*1e6/float64(b.rows), r.wall.Seconds()/b.first.wall.Seconds())
}

// change writes the contacts again with a word changed in every hundredth
// line, under the same name in another folder.
func (b *bencher) change() error {
	in, err := os.ReadFile(b.path("contacts.csv"))
	if err != nil {
		return err
	}
	if err := os.Mkdir(b.path("changed"), 0o700); err != nil {
		return err
	}
	out, err := os.Create(b.path("changed/contacts.csv"))
	if err != nil {
		return err
	}
	line, from := 0, 0
	for i, c := range in {
		if c != '\n' {
			continue
		}
		if line++; line > 1 && line%100 == 0 {
			if _, err := out.Write(in[from:i]); err != nil {
				return err
			}
			if _, err := io.WriteString(out, " changed"); err != nil {
				return err
			}
			from = i
		}
	}
	if _, err := out.Write(in[from:]); err != nil {
		return err
	}
	return out.Close()
}

// peers measures what a user would pick instead.
func (b *bencher) peers() {
	b.peer("sqlite3 .import of the records and an index", "sqlite3", b.path("import.db"), ".mode csv", ".import "+b.path("contacts.csv")+" contacts",
		"CREATE INDEX contacts_phone ON contacts(phone)")
	b.peer("unzip -p of the workbook to nowhere", "unzip", "-p", b.path("contacts.xlsx"))
	b.peer("pandas script, CSV (clean list only)", "/usr/bin/python3", "scripts/bench/peer_pandas.py", b.path("contacts.csv"), b.path("optouts.csv"), b.path("complaints.csv"), b.path("peer.csv"))
	b.peer("pandas script, XLSX (clean list only)", "/usr/bin/python3", "scripts/bench/peer_pandas.py", b.path("contacts.xlsx"), b.path("optouts.csv"), b.path("complaints.csv"), b.path("peer.xlsx"))
}

func (b *bencher) peer(what, name string, args ...string) {
	if _, err := exec.LookPath(name); err != nil {
		fmt.Printf("%-46s not measured: %s is not installed\n", what, name)
		return
	}
	r, err := measure(name, args...)
	if err != nil {
		fmt.Printf("%-46s not measured: %v\n", what, err)
		return
	}
	b.show(what, r)
}
