package intake_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"cleanbase/internal/contact"
	"cleanbase/internal/intake"
	"cleanbase/internal/system"
)

// readNumbers is a plain stand-in for package phone: each part of 10 or 11
// digits is a Russian number, mobile when it begins with 9, and so is what has
// a plus.
func readNumbers(dst []contact.Number, cell []byte, region string) []contact.Number {
	for _, part := range bytes.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(",;\n/", r) }) {
		digits := make([]byte, 0, 16)
		for _, b := range part {
			if b >= '0' && b <= '9' {
				digits = append(digits, b)
			}
		}
		if len(digits) == 0 {
			continue
		}
		dst = append(dst, readNumber(digits, bytes.IndexByte(part, '+') >= 0, region))
	}
	return dst
}

func readNumber(digits []byte, plus bool, region string) contact.Number {
	switch {
	case plus || len(digits) > 11:
	case region == "KZ" && len(digits) == 10, len(digits) == 10 && region == "RU":
		digits = append([]byte("7"), digits...)
	case len(digits) == 11 && digits[0] == '8':
		digits[0] = '7'
	case len(digits) == 11 && digits[0] == '7':
	default:
		return contact.Number{Status: contact.NumberInvalid}
	}
	p, ok := contact.ParsePhone(string(digits))
	switch {
	case !ok || len(digits) != 11 && digits[0] == '7' || len(digits) < 10:
		return contact.Number{Status: contact.NumberInvalid}
	case digits[0] == '7' && digits[1] != '9':
		return contact.Number{Phone: p, Status: contact.NumberNotMobile}
	}
	return contact.Number{Phone: p}
}

// readMessage is a stand-in for package refusal.
func readMessage(text string) []contact.Reading {
	text = strings.ToLower(text)
	switch {
	case strings.Contains(text, "это спам"):
		return []contact.Reading{{Class: contact.SaysComplaint, Rule: "spam"}}
	case strings.Contains(text, "стоп") || strings.Contains(text, "не писать"):
		return []contact.Reading{{Class: contact.SaysRefusal, Rule: "stop"}}
	case strings.Contains(text, "подпишите обратно"):
		return []contact.Reading{{Class: contact.SaysSubscribe, Rule: "start"}}
	}
	return nil
}

func options() intake.Options {
	return intake.Options{Region: "RU", Zone: time.FixedZone("MSK", 3*3600), AsOf: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC),
		ReadNumbers: readNumbers, ReadNote: readMessage, Dictionary: system.Dictionary()}
}

// rows makes a table of a text: lines of cells divided by "|".
func rows(text string) []contact.Row {
	var list []contact.Row
	for i, line := range strings.Split(strings.Trim(text, "\n"), "\n") {
		row := contact.Row{Number: i + 1}
		for _, cell := range strings.Split(strings.TrimLeft(line, "\t"), "|") {
			row.Cells = append(row.Cells, []byte(strings.ReplaceAll(strings.TrimSpace(cell), `\n`, "\n")))
		}
		list = append(list, row)
	}
	return list
}

func plan(t *testing.T, file, text string, stated contact.Role) *intake.Plan {
	t.Helper()
	p, err := intake.New(options()).Plan(intake.Source{File: file}, rows(text), stated)
	if err != nil {
		t.Fatalf("plan of %s: %v", file, err)
	}
	return p
}

// records reads a whole table of contacts.
func records(t *testing.T, text string, each func(*contact.Record)) {
	t.Helper()
	in := intake.New(options())
	p, err := in.Plan(intake.Source{File: "база.csv"}, rows(text), contact.RoleContacts)
	if err != nil {
		t.Fatal(err)
	}
	r := in.Reader(p)
	for _, row := range rows(text) {
		if rec, kind := r.Record(row); kind == intake.RowRead {
			each(rec)
		}
	}
}

// evidence reads a whole table of another role, each piece as a line.
func evidence(t *testing.T, role contact.Role, text string) (lines []string, kinds map[intake.RowKind]int) {
	t.Helper()
	in := intake.New(options())
	p, err := in.Plan(intake.Source{File: "f.csv"}, rows(text), role)
	if err != nil {
		t.Fatal(err)
	}
	r := in.Reader(p)
	kinds = map[intake.RowKind]int{}
	for _, row := range rows(text) {
		kinds[r.Evidence(row, func(e contact.Evidence) { lines = append(lines, line(e)) })]++
	}
	return lines, kinds
}

func line(e contact.Evidence) string {
	parts := []string{e.Kind.String(), e.ID.String(), e.Channel.String()}
	for _, s := range []string{e.At.Short(), e.Rule, e.Quote, e.Detail} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ")
}
