//go:build linux

package main

import (
	"fmt"
	"os"
)

// goal is one line of what the program is to be: a ratio or a figure, at most
// or at least.
type goal struct {
	what     string
	least    bool
	want     float64
	measured float64 // 0 when a side of it was not measured
	byCPU    float64 // a ratio of times by the processor's, which neighbours disturb less; 0 for none
}

func (b *bencher) atMost(what string, want, measured float64) {
	b.goals = append(b.goals, goal{what: what, want: want, measured: measured})
}

func (b *bencher) atLeast(what string, want, measured float64) {
	b.goals = append(b.goals, goal{what: what, want: want, measured: measured, least: true})
}

// ratio sets how many times as long one took as another beside a goal, of at
// least or at most so much.
func (b *bencher) ratio(what string, least bool, want float64, one, other string) {
	x, y := b.took[one], b.took[other]
	b.goals = append(b.goals, goal{what, least, want, quotient(x.wall.Seconds(), y.wall.Seconds()), quotient(x.cpu.Seconds(), y.cpu.Seconds())})
}

func (b *bencher) peak(name string) float64 { return float64(b.took[name].peak) / 1e6 }

func quotient(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// judge sets all figures beside the goals.
func (b *bencher) judge() {
	b.ratio("CSV run / sqlite3 .import", false, 1.5, "csv", "sqlite")
	b.ratio("pandas, CSV / CSV run", true, 10, "pandas", "csv")
	b.ratio("CSV run / DuckDB's tabular part", false, 1.5, "csv", "duckdb")
	b.atMost("memory of CSV run / DuckDB's", 0.4, quotient(b.peak("csv"), b.peak("duckdb")))
	b.ratio("pandas, XLSX / XLSX run", true, 25, "pandas-xlsx", "xlsx")
	b.ratio("reading XLSX / unzip -p", false, 0.75, "read", "unzip")
	b.ratio("excelize raw / reading XLSX", true, 30, "excelize", "read")
	b.atLeast("phones: the library / ours", 40, quotient(b.micros("library"), b.micros("phones")))
	b.ratio("second run, 1 % changed / the first", false, 0.4, "again", "csv")
	most := 250.0 // of a million records, 1.2 GB of ten: between them in proportion
	if b.rows > 1_000_000 {
		most += (1200 - most) * float64(b.rows-1_000_000) / 9e6
	}
	b.atMost("memory of CSV run, MB", most, b.peak("csv"))
	b.atMost("  bytes more for each record more", 120, (b.peak("csv")-b.peak("tenth"))*1e6/(float64(b.rows)*0.9))
	b.ratio("CSV run / a tenth of the records", false, 11, "csv", "tenth")
	b.atLeast("messages read for refusals a second, thousands", 500, quotient(1000, b.micros("chat")))
	b.atMost("explain, ms", 100, float64(b.took["explain"].wall.Milliseconds()))
	b.atMost("verify, s", 60*float64(b.rows)/1e7, b.took["verify"].wall.Seconds())
	b.atMost("--version, ms", 30, b.took["start"].wall.Seconds()*1000)
	if info, err := os.Stat(b.bin); err == nil {
		b.atMost("binary, MB", 40, float64(info.Size())/1e6)
	}
}

func (b *bencher) report() {
	fmt.Printf("\n%-52s %10s %10s %10s\n", "goal", "", "measured", "by cpu")
	for _, g := range b.goals {
		sign, met := "≤", g.measured <= g.want
		if g.least {
			sign, met = "≥", g.measured >= g.want
		}
		fmt.Printf("%-52s %s %8.4g", g.what, sign, g.want)
		if g.measured == 0 {
			fmt.Printf(" %10s\n", "-")
			continue
		}
		cpu, verdict := "", "met"
		if g.byCPU > 0 {
			cpu = fmt.Sprintf("%.3g", g.byCPU)
		}
		if !met {
			verdict = "MISSED"
		}
		fmt.Printf(" %10.3g %10s  %s\n", g.measured, cpu, verdict)
	}
}
