package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"cleanbase/internal/contact"
	"cleanbase/internal/phone"
)

const committed = "../../fixtures/demo"

// The files in the repository are what the script writes: a fixture changed by
// hand, or a script changed without its files, fails here.
func TestFixturesAreWhatTheScriptWrites(t *testing.T) {
	files, err := newBase(2026).files()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(committed, name))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, ".xlsx") { // a compressor may change from one Go to the next
			if strings.Join(sheetTexts(t, got), "\n") != strings.Join(sheetTexts(t, want), "\n") {
				t.Errorf("%s is not what the script writes", name)
			}
			continue
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what the script writes", name)
		}
	}
}

func sheetTexts(t *testing.T, content []byte) []string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var texts []string
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			texts = append(texts, name+"\t"+strings.Join(row, "\t"))
		}
	}
	return texts
}

// The same seed gives the same bytes, the workbook's too.
func TestSameSeedSameBytes(t *testing.T) {
	one, err := newBase(7).files()
	if err != nil {
		t.Fatal(err)
	}
	two, err := newBase(7).files()
	if err != nil {
		t.Fatal(err)
	}
	for name := range one {
		if !bytes.Equal(one[name], two[name]) {
			t.Errorf("%s differs between two runs", name)
		}
	}
}

// Every state that a number can be in occurs, and a number that the script
// calls a mobile is one.
func TestPhonesOfEveryKind(t *testing.T) {
	b := newBase(2026)
	read := phone.NewReader().Read
	seen := map[contact.NumberStatus]int{}
	for _, list := range [][]person{b.crm, b.shop, b.archive} {
		for i := range list {
			p := &list[i]
			for _, n := range read(nil, []byte(p.phone), "RU") {
				seen[n.Status]++
			}
			own := read(nil, []byte("+7"+p.mobile), "RU")
			if len(own) != 1 || own[0].Status != contact.NumberOK {
				t.Errorf("%s: %s is no mobile number", p.name(), p.mobile)
			}
		}
	}
	for s := contact.NumberOK; s <= contact.NumberAmbiguous; s++ {
		if seen[s] == 0 {
			t.Errorf("no number has status %d", s)
		}
	}
	t.Log("numbers by status:", seen)
}

// The CRM's file keeps the layout of formats.md 1.1: a mark, semicolons, all
// quoted, and a phantom column behind a semicolon at the end of each line.
func TestCRMLayout(t *testing.T) {
	content := string(newBase(2026).bitrix())
	rest, marked := strings.CutPrefix(content, bom)
	if !marked || !strings.HasPrefix(rest, `"ID";"`) || !strings.HasSuffix(rest, "\";\n") {
		t.Fatal("not the export's layout")
	}
	r := csv.NewReader(strings.NewReader(rest))
	r.Comma = ';'
	rows, err := r.ReadAll() // every row as long as the first
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if row[len(row)-1] != "" {
			t.Errorf("row %d has a last cell", i+1)
		}
	}
}
