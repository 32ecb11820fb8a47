package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"
)

// The same rows and seed give the same bytes, whichever goroutine is faster.
func TestSameSeedSameBytes(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	for _, dir := range []string{one, two} {
		if err := write(dir, 3000, newCrowd(5)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"contacts.csv", "contacts.xlsx", "optouts.csv", "complaints.csv"} {
		a, errA := os.ReadFile(filepath.Join(one, name))
		b, errB := os.ReadFile(filepath.Join(two, name))
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			t.Errorf("%s differs (%v, %v)", name, errA, errB)
		}
	}
}

// The workbook opens in a library that has no part in writing it, and holds
// the CSV's records; moments are compared by whether they are there.
func TestWorkbookHoldsTheRecords(t *testing.T) {
	dir := t.TempDir()
	if err := write(dir, 2000, newCrowd(6)); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(dir, "contacts.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenFile(filepath.Join(dir, "contacts.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	got, err := book.GetRows(book.GetSheetName(0), excelize.Options{RawCellValue: true})
	if err != nil || len(got) != len(want) {
		t.Fatalf("%d rows for %d: %v", len(got), len(want), err)
	}
	for i, row := range want {
		for c, text := range row {
			cell := ""
			if c < len(got[i]) {
				cell = got[i][c]
			}
			isDate := i > 0 && (c == colBirth || c == colCreate)
			if isDate && (cell == "") != (text == "") || !isDate && cell != text {
				t.Fatalf("row %d, column %d: %q for %q", i+1, c+1, cell, text)
			}
		}
	}
}
