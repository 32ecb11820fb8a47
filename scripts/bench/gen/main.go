// Command gen writes a made-up base to measure cleanbase and its peers on.
//
//	go run ./scripts/bench/gen -rows 1000000 -out DIR [-seed 1]
//
// It leaves in DIR, the same bytes for the same rows and seed:
//
//	contacts.csv    rows records of 12 columns, UTF-8, commas
//	contacts.xlsx   the same records as an office program saves them: shared
//	                strings, part of the phones as numbers, dates as dates;
//	                not written when the records outgrow a sheet
//	optouts.csv     rows/10 refusals, every other one of somebody in contacts
//	complaints.csv  rows/50 complaints, the same
//
// What is in the files is shaped after real bases (shares of broken, foreign,
// double and repeated phones), but nobody in them exists.
package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// maxRecords is how many records a sheet holds below its header.
const maxRecords = 1<<20 - 1

var header = [columns]string{"id", "last_name", "first_name", "middle_name", "phone", "email", "city", "birthday", "created_at", "consent", "tags", "comment"}

func main() {
	rows := flag.Int("rows", 1_000_000, "records in contacts")
	out := flag.String("out", "", "folder to write to")
	seed := flag.Uint64("seed", 1, "seed of the random numbers")
	flag.Parse()
	if *out == "" || *rows < 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := write(*out, *rows, newCrowd(*seed)); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func write(dir string, rows int, c *crowd) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := writeContacts(dir, rows, c); err != nil {
		return err
	}
	err := c.writeList(filepath.Join(dir, "optouts.csv"), max(rows/10, 10), "channel", channels)
	if err != nil {
		return err
	}
	return c.writeList(filepath.Join(dir, "complaints.csv"), max(rows/50, 4), "note", complaints)
}

// writeContacts writes each record to the CSV and, from a second goroutine, to
// the workbook, which takes longer.
func writeContacts(dir string, rows int, c *crowd) error {
	records := make(chan []record, 4)
	done := make(chan error, 1)
	go func() { done <- writeBook(filepath.Join(dir, "contacts.xlsx"), rows, records) }()
	err := create(filepath.Join(dir, "contacts.csv"), func(w io.Writer) error {
		out := csv.NewWriter(w)
		_ = out.Write(header[:]) // Error below tells
		for left := rows; left > 0; {
			batch := make([]record, min(left, 1000))
			for i := range batch {
				c.next(&batch[i])
				_ = out.Write(batch[i].cells[:])
			}
			records <- batch
			left -= len(batch)
		}
		out.Flush()
		return out.Error()
	})
	close(records)
	return errors.Join(err, <-done)
}

// writeBook takes all records, and writes them where they fit a sheet.
func writeBook(path string, rows int, records <-chan []record) (err error) {
	defer func() {
		for range records { // never leave the sender waiting
		}
	}()
	if rows > maxRecords {
		fmt.Fprintf(os.Stderr, "gen: no contacts.xlsx: %d records outgrow a sheet\n", rows)
		return nil
	}
	return create(path, func(w io.Writer) error {
		b := newBook(w, rows)
		for batch := range records {
			for i := range batch {
				b.add(&batch[i])
			}
		}
		return b.close()
	})
}

// writeList writes n entries of a suppression list; every other one is of
// somebody whose phone has been given out. The last column holds one of words.
func (c *crowd) writeList(path string, n int, last string, words []string) error {
	return create(path, func(w io.Writer) error {
		out := csv.NewWriter(w)
		_ = out.Write([]string{"phone", "date", last})
		for i := range n {
			number := c.russian()
			if i%2 == 0 {
				number = c.met()
			}
			_ = out.Write([]string{c.typed(number), c.day(2020, 6), c.pick(words)})
		}
		out.Flush()
		return out.Error()
	})
}

// create makes a file and writes it through a buffer.
func create(path string, fill func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<18)
	return errors.Join(fill(w), w.Flush(), f.Close())
}
