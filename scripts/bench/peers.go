//go:build linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// peers measures what a user would pick instead.
func (b *bencher) peers() {
	contacts, optouts, complaints := b.path("whole/contacts.csv"), b.path("whole/optouts.csv"), b.path("whole/complaints.csv")
	book := b.path("whole/contacts.xlsx")
	b.peer("sqlite", "sqlite3 .import of the records and an index", b.runs, "sqlite3", b.path("import.db"), "DROP TABLE IF EXISTS contacts", ".mode csv",
		".import "+contacts+" contacts", "CREATE INDEX contacts_phone ON contacts(phone)")
	_ = os.Remove(b.path("import.db")) // room for the others
	b.duck(contacts, optouts, complaints)
	if b.has("whole/contacts.xlsx") {
		b.peer("unzip", "unzip -p of the workbook to nowhere", b.runs, "unzip", "-p", book)
	}
	if !b.slow {
		fmt.Println("pandas: left out, it takes minutes on so many records (-slow)")
		return
	}
	const python, script = "/usr/bin/python3", "scripts/bench/peer_pandas.py"
	b.peer("pandas", "pandas and phonenumbers, CSV, tabular part", 1, python, script, contacts, optouts, complaints, b.path("peer.csv"), b.path("peer.db"))
	if b.has("whole/contacts.xlsx") {
		b.peer("pandas-xlsx", "pandas and phonenumbers, XLSX, tabular part", 1, python, script, book, optouts, complaints, b.path("peer.xlsx"), b.path("peer.db"))
	}
}

// duck measures DuckDB doing the tabular part alone.
func (b *bencher) duck(args ...string) {
	const what = "DuckDB, CSV, tabular part"
	if b.duckdb == "" {
		fmt.Printf("%-52s not installed: npm install @duckdb/node-api in some folder, and name it with DUCKDB=\n", what)
		return
	}
	script, err := filepath.Abs("scripts/bench/peer_duckdb.js")
	if err != nil {
		fmt.Printf("%-52s not measured: %v\n", what, err)
		return
	}
	command := append([]string{"env", "NODE_PATH=" + filepath.Join(b.duckdb, "node_modules"), "node", script}, args...)
	b.peer("duckdb", what, b.runs, append(command, b.path("duck.csv"))...)
}

// peer measures another program so many times.
func (b *bencher) peer(name, what string, runs int, command ...string) {
	if _, err := exec.LookPath(command[0]); err != nil {
		fmt.Printf("%-52s not installed: %s\n", what, command[0])
		return
	}
	was := b.runs
	b.runs = runs
	err := b.time(name, what, nil, command...)
	b.runs = was
	if err != nil {
		fmt.Printf("%-52s not measured: %v\n", what, err)
	}
}

// parts measures single rooms of the program beside their libraries.
func (b *bencher) parts() error {
	if b.has("whole/contacts.xlsx") {
		if err := b.time("read", "cleanbase's reader of XLSX, every cell", nil, b.path("parts"), "xlsx", b.path("whole/contacts.xlsx")); err != nil {
			return err
		}
		if err := b.timeOnce("excelize", "excelize's, raw values", b.path("parts"), "excelize", b.path("whole/contacts.xlsx")); err != nil {
			return err
		}
	}
	for _, part := range [][]string{
		{"phones", "phones, a cell on one core", "phones", b.path("whole/contacts.csv")},
		{"library", "  the same by phonenumbers (Go)", "library", b.path("whole/contacts.csv")},
		{"chat", "messages of a day read for refusals, on one core", "chat", "fixtures/refusals/messages.tsv"},
		{"labelled", "  all labelled messages, half of them refusals", "labelled", "fixtures/refusals/messages.tsv"},
	} {
		r, err := measure(append([]string{b.path("parts")}, part[2:]...)...)
		if err != nil {
			return err
		}
		b.took[part[0]] = r
		fmt.Printf("%-52s %10.3f µs\n", part[1], b.micros(part[0]))
	}
	return nil
}

// micros is the microseconds a piece that a part has printed.
func (b *bencher) micros(part string) float64 {
	var n float64
	_, _ = fmt.Sscan(b.took[part].out, &n) // 0 for a part that was not measured
	return n
}
