//go:build linux

// Command parts runs one room of the program, or the library that a user would
// call instead, for bench to measure:
//
//	parts xlsx FILE       reads every cell of the first sheet
//	parts excelize FILE   the same by excelize, raw values
//	parts phones FILE     reads the column phone of a CSV; prints µs of the processor a cell
//	parts library FILE    the same by phonenumbers
//	parts chat FILE       reads labelled messages that say nothing; prints µs each
//	parts labelled FILE   all labelled messages
package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/nyaruka/phonenumbers"
	"github.com/xuri/excelize/v2"

	"cleanbase/internal/contact"
	"cleanbase/internal/phone"
	"cleanbase/internal/refusal"
	"cleanbase/internal/sheet"
)

func main() {
	parts := map[string]func(path string) error{"xlsx": xlsx, "excelize": byExcelize, "phones": phones, "library": library,
		"chat": func(path string) error { return messages(path, true) }, "labelled": func(path string) error { return messages(path, false) }}
	if len(os.Args) != 3 || parts[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "parts: want a part and a file")
		os.Exit(2)
	}
	if err := parts[os.Args[1]](os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "parts:", err)
		os.Exit(1)
	}
}

func xlsx(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	book, err := sheet.Open(f, info.Size(), path, sheet.Options{})
	if err != nil {
		return err
	}
	cells := 0
	err = book.Each(0, func(r contact.Row) bool {
		cells += len(r.Cells)
		return true
	})
	fmt.Println(cells)
	return errors.Join(err, book.Close())
}

func byExcelize(path string) error {
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return err
	}
	cells := 0
	for rows.Next() {
		row, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return err
		}
		cells += len(row)
	}
	fmt.Println(cells)
	return errors.Join(rows.Error(), rows.Close(), f.Close())
}

// phoneCells is the first cells of the column phone.
func phoneCells(path string, most int) ([]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in := csv.NewReader(f)
	in.ReuseRecord = true
	head, err := in.Read()
	if err != nil {
		return nil, err
	}
	column := slices.Index(head, "phone")
	if column < 0 {
		return nil, errors.New("no column phone")
	}
	var cells []string
	for len(cells) < most {
		row, err := in.Read()
		if err == io.EOF {
			return cells, nil
		}
		if err != nil {
			return nil, err
		}
		cells = append(cells, strings.Clone(row[column]))
	}
	return cells, nil
}

// each calls read with every text and prints the microseconds of processor
// time that each took.
func each(texts []string, times int, read func(string)) {
	started := processorTime()
	for range times {
		for _, t := range texts {
			read(t)
		}
	}
	fmt.Println(float64((processorTime() - started).Nanoseconds()) / 1000 / float64(times*len(texts)))
}

func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func phones(path string) error {
	cells, err := phoneCells(path, 1_000_000)
	if err != nil {
		return err
	}
	r, found := phone.NewReader(), []contact.Number(nil)
	each(cells, 1, func(cell string) { found = r.Read(found[:0], []byte(cell), "RU") })
	return nil
}

// library reads cells the way that its users do: is it valid, of what type, in
// E.164.
func library(path string) error {
	cells, err := phoneCells(path, 100_000)
	if err != nil {
		return err
	}
	each(cells, 1, func(cell string) {
		for piece := range strings.FieldsFuncSeq(cell, func(r rune) bool { return r == ',' || r == ';' || r == '/' || r == '\n' }) {
			n, err := phonenumbers.Parse(strings.TrimSuffix(strings.TrimSpace(piece), ".0"), "RU")
			if err == nil && phonenumbers.IsValidNumber(n) {
				_, _ = phonenumbers.GetNumberType(n), phonenumbers.Format(n, phonenumbers.E164)
			}
		}
	})
	return nil
}

func messages(path string, silent bool) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var all []string
	for line := range strings.Lines(string(text)) {
		class, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if _, said, ok := strings.Cut(rest, "\t"); ok && (class == "none" || !silent) {
			all = append(all, said)
		}
	}
	r, err := refusal.New(refusal.Options{})
	if err != nil {
		return err
	}
	each(all, 1+1_000_000/max(1, len(all)), func(s string) { r.Read(s) })
	return nil
}
