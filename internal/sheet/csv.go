package sheet

import (
	"bytes"
	"io"

	"cleanbase/internal/contact"
)

// csvTable is a text file with a delimiter.
type csvTable struct {
	in    input
	set   charset
	delim byte
	named bool // the first line is "sep=…"
}

func (t *csvTable) sheets() []Sheet { return []Sheet{{}} }

// openDelimited opens a file of delimited text.
func (b *Book) openDelimited(in input, set charset) error {
	t := &csvTable{in: in, set: set}
	t.guess()
	b.table, b.Format = t, "csv"
	if t.delim == '\t' {
		b.Format = "tsv"
	}
	return t.blank()
}

// endsInCtrlZ: DOS programs end a text with one.
func endsInCtrlZ(in input) bool {
	var last [1]byte
	n, _ := in.r.ReadAt(last[:], in.size-1)
	return n == 1 && last[0] == 0x1A
}

// guess finds the delimiter in the first quarter of a megabyte.
func (t *csvTable) guess() {
	head := make([]byte, min(recordChunk, 3*t.in.size))
	n, _ := io.ReadFull(t.set.reader(t.in), head) // an error comes again, with its row
	if d, ok := sepLine(head[:n]); ok {
		t.delim, t.named = d, true
		return
	}
	t.delim = guessDelimiter(head[:n])
}

// sepLine reads Excel's own first line "sep=;".
func sepLine(head []byte) (delim byte, ok bool) {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	line = bytes.TrimSuffix(bytes.TrimPrefix(line, []byte(`"`)), []byte(`"`))
	if len(line) != 5 || !bytes.EqualFold(line[:4], []byte("sep=")) {
		return 0, false
	}
	return line[4], true
}

// blank is an error for a table with nothing in it.
func (t *csvTable) blank() error {
	full := false
	err := t.each(0, func(r contact.Row) bool {
		for _, c := range r.Cells {
			full = full || len(bytes.Trim(c, " \t\u00a0,;|")) > 0
		}
		return !full
	})
	if err == nil && !full {
		return errEmpty()
	}
	return nil // each will say it again, with the rows before it
}

func (t *csvTable) each(_ int, yield func(contact.Row) bool) error {
	s := newRecords(t.set.reader(t.in), t.in.size, t.delim, t.in.opt)
	if t.named {
		if _, err := s.next(); err != nil && err != io.EOF {
			return err
		}
		s.row = 0 // Excel takes the line away and counts from the next
	}
	for {
		row, err := s.next()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case int64(row.Number) > t.in.opt.MaxRows:
			return faultAt(row.Number, tooMany.With(t.in.opt.MaxRows), doSplit)
		case !yield(row):
			return nil
		}
	}
}

// locate finds the row of a spoiled byte and is the fault of it.
func (t *csvTable) locate(bad *spoiled) error {
	t.guess()
	s := newRecords(t.set.reader(t.in), t.in.size, t.delim, t.in.opt)
	for {
		row, err := s.next()
		if err != nil {
			return bad.fault
		}
		if t.set.start+s.gone+int64(s.pos) > bad.at {
			bad.fault.Row = row.Number
			return bad.fault
		}
	}
}
