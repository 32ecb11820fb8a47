package sheet

import (
	"bytes"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cleanbase/internal/contact"
)

// openBytes opens a file's bytes.
func openBytes(data []byte, name string) (*Book, error) {
	return Open(bytes.NewReader(data), int64(len(data)), name, Options{})
}

// table reads sheet i whole: its rows by number.
func rowsOf(b *Book, i int) (rows [][]string, numbers []int, err error) {
	err = b.Each(i, func(r contact.Row) bool {
		row := make([]string, len(r.Cells))
		for j, c := range r.Cells {
			row[j] = string(c)
		}
		rows = append(rows, row)
		numbers = append(numbers, r.Number)
		return true
	})
	return rows, numbers, err
}

// mustRead reads the first sheet of a file that must be good.
func mustRead(t testing.TB, data []byte, name string) (*Book, [][]string) {
	t.Helper()
	b, err := openBytes(data, name)
	if err != nil {
		t.Fatal(err)
	}
	rows, _, err := rowsOf(b, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	return b, rows
}

// mustFault opens and reads every sheet of a file that must be refused, with
// words in both languages and the file's name.
func mustFault(t testing.TB, data []byte, name string) *contact.Fault {
	t.Helper()
	err := readAll(data, name)
	var f *contact.Fault
	if !errors.As(err, &f) {
		t.Fatalf("want a fault, got %v", err)
	}
	if f.File != name || f.What.EN == "" || f.What.RU == "" || f.Do.EN == "" || f.Do.RU == "" {
		t.Fatalf("fault says too little: %+v", f)
	}
	return f
}

func readAll(data []byte, name string) error {
	b, err := openBytes(data, name)
	if err != nil {
		return err
	}
	defer b.Close()
	for i := range b.Sheets() {
		if _, _, err := rowsOf(b, i); err != nil {
			return err
		}
	}
	return nil
}

func wantRows(t testing.TB, got, want [][]string) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Fatalf("rows (-want +got):\n%s", d)
	}
}
