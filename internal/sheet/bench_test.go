package sheet

import (
	"os"
	"testing"

	"cleanbase/internal/contact"
)

// benchFile reads the file that an environment variable names: the big made-up
// base does not live with the code.
func benchFile(b *testing.B, env string) {
	name := os.Getenv(env)
	if name == "" {
		b.Skip(env + " names no file")
	}
	f, err := os.Open(name)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	info, _ := f.Stat()
	b.SetBytes(info.Size())
	b.ReportAllocs()
	for b.Loop() {
		book, err := Open(f, info.Size(), "bench", Options{})
		if err != nil {
			b.Fatal(err)
		}
		rows, cells := 0, 0
		err = book.Each(0, func(r contact.Row) bool {
			rows++
			cells += len(r.Cells)
			return true
		})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(rows), "rows")
		b.ReportMetric(float64(cells), "cells")
	}
}

func BenchmarkReadCSV(b *testing.B)  { benchFile(b, "SHEET_BENCH_CSV") }
func BenchmarkReadXLSX(b *testing.B) { benchFile(b, "SHEET_BENCH_XLSX") }
