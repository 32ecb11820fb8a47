package sheet

import (
	"bytes"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// A book for people: its heading stays in sight, cells have their own types, what
// does not fit on a sheet goes on in the next, and nothing is left in the folder.
func TestBookWriter(t *testing.T) {
	dir := t.TempDir()
	var out bytes.Buffer
	b, err := NewBookWriter(&out, dir, time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	b.limit = 4
	err = b.Sheet("Досье", []BookColumn{{"phone", 16}, {"when", 20}, {"row", 8}})
	at := time.Date(2026, 2, 1, 12, 30, 5, 0, time.FixedZone("", 3*3600))
	for _, row := range [][]any{{"+79110000001", at, int64(7)}, {"=1+1", Day(at), nil}, {"007", "", int64(1)}, {"a\x01b", nil, nil}} {
		err = errors.Join(err, b.Row(row))
	}
	err = errors.Join(err, b.Sheet("О файле", []BookColumn{{"what", 30}}), b.Row([]any{"<&>"}))
	if err := b.Close(err); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Error("left behind:", left)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList(); len(got) != 3 || got[0] != "Досье" || got[1] != "Досье 2" || got[2] != "О файле" {
		t.Fatal(got)
	}
	for cell, want := range map[string]string{"A2": "+79110000001", "B2": "2026-02-01 09:30:05", "C2": "7", "A3": "=1+1", "B3": "2026-02-01", "A4": "007"} {
		if got, err := f.GetCellValue("Досье", cell); err != nil || got != want {
			t.Errorf("%s: %q, %v", cell, got, err)
		}
	}
	if formula, _ := f.GetCellFormula("Досье", "A3"); formula != "" {
		t.Error("a text became a formula")
	}
	for cell, want := range map[string]excelize.CellType{"B2": excelize.CellTypeUnset, "C2": excelize.CellTypeUnset, "A4": excelize.CellTypeInlineString} { // unset is a number
		if got, _ := f.GetCellType("Досье", cell); got != want {
			t.Errorf("%s has type %v", cell, got)
		}
	}
	if got, _ := f.GetCellValue("Досье 2", "A1"); got != "phone" {
		t.Error("the second sheet has no heading:", got)
	}
	panes, err := f.GetPanes("Досье")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Error(panes, err)
	}
	if width, _ := f.GetColWidth("Досье", "A"); width != 16 {
		t.Error("width", width)
	}
	filters := 0
	for _, n := range f.GetDefinedName() {
		if n.Name == "_xlnm._FilterDatabase" || n.Name == "_xlnm.Print_Titles" {
			filters++
		}
	}
	if filters != 6 {
		t.Error(f.GetDefinedName())
	}
	_, rows := mustRead(t, out.Bytes(), "dossier.xlsx")
	if len(rows) != 4 || rows[1][0] != "+79110000001" {
		t.Error("our own reader sees", rows)
	}
}
