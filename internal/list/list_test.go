package list

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"cleanbase/internal/contact"
)

// page is a table in memory.
type page struct {
	lines  []string
	rows   int64 // as told beforehand
	closed bool
}

func (p *page) Row(cells [][]byte) error {
	p.lines = append(p.lines, string(bytes.Join(cells, []byte("|"))))
	return nil
}

func (p *page) Close() error { p.closed = true; return nil }

func write(t *testing.T, opt Options, outcomes ...contact.Outcome) map[string]*page {
	t.Helper()
	pages := map[string]*page{}
	if opt.Columns == nil {
		opt.Columns = []contact.Column{{Name: "Имя", Field: contact.FieldFirstName}}
	}
	for _, o := range outcomes {
		opt.Contacts[o.Reasons.Verdict()]++
	}
	opt.Create = func(name string, header []string, rows int64, _ *contact.Shape) (Table, error) {
		pages[name] = &page{lines: []string{strings.Join(header, "|")}, rows: rows}
		return pages[name], nil
	}
	opt.Where = func(in int32) (string, string) { return fmt.Sprintf("file%d.xlsx", in), "Лист1" }
	l, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range outcomes {
		if err := l.Put(&o); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	for name, p := range pages {
		if !p.closed || p.rows != int64(len(p.lines)-1) {
			t.Errorf("%s: closed %v, %d rows told, %d written", name, p.closed, p.rows, len(p.lines)-1)
		}
	}
	return pages
}

func outcome(p contact.Phone, name string, reasons ...contact.Reason) contact.Outcome {
	o := contact.Outcome{Origin: contact.Origin{Input: 1, Row: 7}, Phone: p, Cells: [][]byte{[]byte(name)}}
	for _, r := range reasons {
		o.Reasons = o.Reasons.With(r)
	}
	return o
}

func TestLists(t *testing.T) {
	clean := outcome(79110000001, "Анна", contact.ConsentValid)
	removed := outcome(79110000002, "Борис", contact.OptOutListed, contact.ConsentMissing)
	cold := outcome(79110000003, "Вера", contact.ConsentMissing)
	invalid := outcome(0, "Гена", contact.PhoneMissing)
	got := write(t, Options{Lang: contact.RU}, clean, removed, cold, invalid)
	want := map[string][]string{
		"clean":   {"phone_e164|Имя", "+79110000001|Анна"},
		"cold":    {"phone_e164|verdict|reasons|explanation|source|Имя", "+79110000003|cold|consent.missing|Согласие неизвестно.|file1.xlsx, Лист1, 7|Вера"},
		"hold":    {"phone_e164|verdict|reasons|explanation|source|Имя"},
		"removed": {"phone_e164|verdict|reasons|explanation|source|Имя", "+79110000002|removed|optout.listed; consent.missing|Есть в списке отказавшихся; кроме того: согласие неизвестно.|file1.xlsx, Лист1, 7|Борис"},
		"invalid": {"phone_e164|verdict|reasons|explanation|source|Имя", "|invalid|phone.missing|Нет телефона.|file1.xlsx, Лист1, 7|Гена"},
	}
	if len(got) != len(want) {
		t.Errorf("%d lists", len(got))
	}
	for name, lines := range want {
		if strings.Join(got[name].lines, "\n") != strings.Join(lines, "\n") {
			t.Errorf("%s:\n%s\nwant\n%s", name, strings.Join(got[name].lines, "\n"), strings.Join(lines, "\n"))
		}
	}
}

func TestKeptColdContactsAreMarked(t *testing.T) {
	got := write(t, Options{KeepCold: true}, outcome(79110000001, "A", contact.ConsentValid), outcome(79110000003, "B", contact.ConsentMissing))
	if lines := strings.Join(got["clean"].lines, "\n"); lines != "phone_e164|cold|Имя\n+79110000001||A\n+79110000003|consent.missing|B" {
		t.Errorf("got %s", lines)
	}
	if len(got["cold"].lines) != 2 {
		t.Errorf("the cold list has %d lines", len(got["cold"].lines))
	}
}

func TestAWithheldListIsNotWritten(t *testing.T) {
	got := write(t, Options{Without: map[contact.Verdict]bool{contact.Clean: true}}, outcome(79110000001, "A", contact.ConsentValid))
	if _, ok := got["clean"]; ok || len(got) != 4 {
		t.Errorf("%d lists", len(got))
	}
}

func TestALongListGoesOnInAnotherTable(t *testing.T) {
	var all []contact.Outcome
	for i := range contact.Phone(5) {
		all = append(all, outcome(79110000001+i, "A", contact.ConsentValid))
	}
	got := write(t, Options{MaxRows: 2}, all...)
	for name, rows := range map[string]int{"clean": 2, "clean-2": 2, "clean-3": 1} {
		if p := got[name]; p == nil || len(p.lines) != rows+1 {
			t.Errorf("%s: %v", name, p)
		}
	}
}

func TestSuppressionCells(t *testing.T) {
	s := Suppression{ID: contact.OfEmail("a@example.com"), Reason: contact.OptOutListed, Channel: contact.Email, Since: contact.OnDay(2026, 5, 1)}
	if got := string(bytes.Join(s.Cells([][]byte{[]byte("+79110000001"), nil, []byte("what another suppression left"), nil, []byte("2026")}), []byte("|"))); got != "|a@example.com|optout.listed|email|2026-05-01T00:00:00Z" {
		t.Errorf("got %s", got)
	}
}
