package intake_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"cleanbase/internal/contact"
	"cleanbase/internal/intake"
	"pgregory.net/rapid"
)

// column is a header and what may stand under it.
type column struct {
	header string
	cells  []string
}

var columns = []column{
	{"Имя", []string{"Иван", "Яна", "", "СТОП"}},
	{"Телефон", []string{"89110000001", "+7 911 000-00-02", "", "нет", "84951234567, 89110000003"}},
	{"Мобильный телефон", []string{"89110000004", "", "79110000005"}},
	{"E-mail", []string{"a@b-c.ru", "", "A@B-C.ru; d@e-f.ru"}},
	{"Согласие на рассылку", []string{"да", "нет", "", "отказ", "05.06.2024"}},
	{"Согласие на SMS", []string{"да", "нет", ""}},
	{"Дата согласия", []string{"", "05.06.2024", "2024-01-02 10:00"}},
	{"Отписан от рассылки", []string{"", "да", "нет", "07.08.2024"}},
	{"Дата отписки", []string{"", "07.08.2024"}},
	{"Теги", []string{"", "vip", "vip, стоп-лист"}},
	{"Страна", []string{"", "Россия"}},
	{"Telegram ID", []string{"", "10042"}},
	{"Дата изменения", []string{"", "01.02.2024"}},
}

// TestColumnOrder: in what order the columns stand does not change what is
// read, but for the order in which equal columns are tried.
func TestColumnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 4).Draw(t, "rows")
		var cells [][]string
		for range n {
			var row []string
			for _, c := range columns {
				row = append(row, rapid.SampledFrom(c.cells).Draw(t, "cell"))
			}
			cells = append(cells, row)
		}
		order := rapid.Permutation(indexes(len(columns))).Draw(t, "order")
		for _, role := range []contact.Role{contact.RoleContacts, contact.RoleOptOuts, contact.RoleConsents} {
			a, b := readInOrder(t, role, cells, indexes(len(columns))), readInOrder(t, role, cells, order)
			if !slices.Equal(a, b) {
				t.Fatalf("%v: %q\nand in another order %q", role, a, b)
			}
		}
	})
}

func indexes(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

func readInOrder(t *rapid.T, role contact.Role, cells [][]string, order []int) (said []string) {
	table := []contact.Row{{Number: 1}}
	for _, i := range order {
		table[0].Cells = append(table[0].Cells, []byte(columns[i].header))
	}
	for n, row := range cells {
		line := contact.Row{Number: n + 2}
		for _, i := range order {
			line.Cells = append(line.Cells, []byte(row[i]))
		}
		table = append(table, line)
	}
	in := intake.New(options())
	p, err := in.Plan(intake.Source{}, table, role)
	if err != nil {
		t.Fatal(err)
	}
	r := in.Reader(p)
	for _, row := range table {
		var lines []string
		if role == contact.RoleContacts {
			if rec, kind := r.Record(row); kind == intake.RowRead {
				lines = strings.Split(show(rec), "; ")
			}
		} else {
			r.Evidence(row, func(e contact.Evidence) { lines = append(lines, line(e)) })
		}
		slices.Sort(lines)
		said = append(said, strings.Join(lines, "; "))
	}
	return said
}

// FuzzTable reads any table in any role: it never panics, and no row that
// holds something is passed over as blank.
func FuzzTable(f *testing.F) {
	for _, s := range []string{"Имя|Телефон\nИван|89110000001", "Телефон|Дата|Канал\n89110000001|05/06/24|sms, wa", "|\n\n|||", "+79110000001", "ID|Тип|Полное имя контакта|Рабочий прямой телефон\n5|компания|Р|+7", "phone|time|direction|text\n+79110000001|2024-05-06|in|стоп",
		"Telegram|Отписан|Согласие|Теги|Страна|Email\n@|/|/|,::|,|@", "Представление|Тип|АдресЭП|НомерТелефона\nа|Адрес|@|@@c.us", "WhatsApp|Телефон\n@c.us|@ @,@"} {
		f.Add(s, byte(0))
		f.Add(s, byte(2))
		f.Add(s, byte(4))
		f.Add(s, byte(5))
	}
	in := intake.New(options())
	f.Fuzz(func(t *testing.T, text string, role byte) {
		var table []contact.Row
		for i, l := range strings.Split(text, "\n") {
			row := contact.Row{Number: i + 1}
			for _, c := range strings.Split(l, "|") {
				row.Cells = append(row.Cells, []byte(c))
			}
			table = append(table, row)
		}
		p, err := in.Plan(intake.Source{File: "f", Sheet: "s"}, table, contact.Role(role%7))
		if p == nil {
			if err == nil {
				t.Fatal("neither a plan nor an error")
			}
			return
		}
		r := in.Reader(p)
		for _, row := range table {
			before := string(bytes.Join(row.Cells, []byte("|")))
			var kind intake.RowKind
			if p.Role == contact.RoleContacts {
				var rec *contact.Record
				if rec, kind = r.Record(row); rec != nil && len(rec.Cells) != len(p.Columns) {
					t.Fatalf("%d cells under %d columns", len(rec.Cells), len(p.Columns))
				}
			} else {
				kind = r.Evidence(row, func(contact.Evidence) {})
			}
			if kind == intake.RowBlank && strings.Trim(before, "| \t") != "" && strings.ContainsAny(before, "0123456789abcdefghij") {
				t.Fatalf("%q is taken for blank", before)
			}
			if string(bytes.Join(row.Cells, []byte("|"))) != before {
				t.Fatal("the reader changed the row's cells")
			}
		}
	})
}
