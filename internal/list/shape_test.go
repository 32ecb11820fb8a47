package list

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cleanbase/internal/contact"
)

func TestNamesAreSplitWhereTheirWordsTell(t *testing.T) {
	tests := []struct {
		whole string
		order order
		want  string // first|middle|last, empty for a name that is not split
	}{
		{"Иванова Анна Петровна", 0, "Анна|Петровна|Иванова"},
		{"Анна Петровна Иванова", 0, "Анна|Петровна|Иванова"},
		{"Иван Иванович Рабинович", 0, "Иван|Иванович|Рабинович"},
		{"Рабинович Иван Иванович", 0, "Иван|Иванович|Рабинович"},
		{"абрамович роман аркадьевич", 0, "роман|аркадьевич|абрамович"},
		{"Толстой Лев Никитич", 0, "Лев|Никитич|Толстой"},
		{"Алиев Али Вели оглы", 0, "Али|Вели оглы|Алиев"},
		{"Алиев Али оглы", 0, "Али|оглы|Алиев"},
		{"Анна Петровна", 0, "Анна|Петровна|"},
		{"Роман Абрамович", 0, ""}, // a patronymic or a last name
		{"Иванова Анна", 0, "Анна||Иванова"},
		{"Анна Иванова", 0, "Анна||Иванова"},
		{"Марина Иванова", 0, "Марина||Иванова"},
		{"Кузьмин Константин", 0, "Константин||Кузьмин"},
		{"Шевченко Тарас", 0, "Тарас||Шевченко"},
		{"Ирина Марина", 0, ""},
		{"Чехова Пушкина", 0, ""},
		{"Ким Вера", 0, ""},
		{"Ким Вера", lastFirst, "Вера||Ким"},
		{"Вера Ким", firstLast, "Вера||Ким"},
		{"Вера", 0, "Вера||"},
		{"John Smith", 0, "John||Smith"},
		{"John Quincy Adams", 0, "John|Quincy|Adams"},
		{"Smith, John", 0, "John||Smith"},
		{"Smith, John Q", 0, "John|Q|Smith"},
		{"Ivanov Ivan", 0, "Ivan||Ivanov"},
		{"Иванов, Анна", 0, ""},
		{"ИП Иванов Иван Иванович", 0, ""},
		{"ООО Ромашка", 0, ""},
		{"Acme, Inc", 0, ""},
		{"Анна (маникюр)", 0, ""},
		{"Анна 2", 0, ""},
		{"Мария Вера Ольга", 0, ""},
	}
	for _, tt := range tests {
		p, ok := split([]byte(tt.whole), tt.order)
		got := fmt.Sprintf("%s|%s|%s", p.first, p.middle, p.last)
		if !ok {
			got = ""
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.whole, got, tt.want)
		}
	}
}

// TestSplitLosesNothing: the parts of a name are its words, each once.
func TestSplitLosesNothing(t *testing.T) {
	word := rapid.SampledFrom([]string{"Анна", "Иванова", "Петровна", "Рабинович", "оглы", "John", "Smith,", "Ким", "ООО", "de", "Ильич", "=x", "O'Neil", "Нечуй-Левицкий"})
	rapid.Check(t, func(t *rapid.T) {
		whole := strings.Join(rapid.SliceOfN(word, 1, 5).Draw(t, "words"), " ")
		p, ok := split([]byte(whole), order(rapid.IntRange(0, 2).Draw(t, "order")))
		if !ok {
			return
		}
		count := map[string]int{}
		for _, w := range strings.Fields(strings.ReplaceAll(whole, ",", "")) {
			count[w]++
		}
		for _, w := range strings.Fields(fmt.Sprintf("%s %s %s", p.first, p.middle, p.last)) {
			count[w]--
		}
		for w, n := range count {
			if n != 0 {
				t.Fatalf("%q: %q is there %+d times", whole, w, -n)
			}
		}
	})
}

func TestDates(t *testing.T) {
	for cell, want := range map[string]string{
		"05.03.1990": "1990-03-05", "5.3.1990 10:00:00": "1990-03-05", "1990-03-05": "1990-03-05", "1990-03-05T10:00:00Z": "1990-03-05", "25/03/1990": "1990-03-25",
		"03/25/1990": "1990-03-25", "03/03/1990": "1990-03-03", "03/04/1990": "", "31.02.1990": "", "05.03.90": "", "5 марта": "", "": "", "1990": "", "1990-13-05": "",
		"05.03-1990": "", "05.03.1990x": "", "05.03.19901": "", "05.03.0000": "", "99.99.1990": "", "12:30:1990": "",
	} {
		if got := string(appendDate(nil, []byte(cell), "2006-01-02")); got != want {
			t.Errorf("%q: %q, want %q", cell, got, want)
		}
	}
}

func FuzzAppendDate(f *testing.F) {
	f.Add("05.03.1990")
	f.Add("1990-03-05T10:00")
	f.Fuzz(func(t *testing.T, cell string) {
		if got := appendDate(nil, []byte(cell), "02.01.2006"); len(got) != 0 && len(got) != 10 {
			t.Errorf("%q: %q", cell, got)
		}
	})
}

func TestTags(t *testing.T) {
	for tags, want := range map[string]string{"vip, опт": "vip ::: опт", "* myContacts ::: Друзья ::: * Друзья 2": "Друзья ::: Друзья 2", "a;b|c\nd,, ": "a ::: b ::: c ::: d", "": ""} {
		if got := string(joinTags(nil, []byte(tags), " ::: ")); got != want {
			t.Errorf("%q: %q, want %q", tags, got, want)
		}
	}
}

func TestFirstEmail(t *testing.T) {
	for cell, want := range map[string]string{
		"anna@example.com": "anna@example.com", "нет; Anna@Example.com, b@example.com": "anna@example.com", "<mailto:a@example.com>": "a@example.com", "79110000001@c.us": "",
		"нет": "", "a@b": "", "a@@example.com": "", "@example.com": "",
	} {
		if got := string(firstEmail([][]byte{[]byte(cell)}, []int{0})); got != want {
			t.Errorf("%q: %q, want %q", cell, got, want)
		}
	}
}

// testShape asks for every kind of cell.
func testShape() *contact.Shape {
	return &contact.Shape{System: "crm", Date: "02.01.2006", Tags: ", ", LastNameFirst: true, UniqueEmail: true, Columns: []contact.ShapeColumn{
		{Header: "id", Holds: contact.HoldsID}, {Header: "full", Holds: contact.HoldsFullName, Must: true}, {Header: "first", Holds: contact.HoldsFirstName},
		{Header: "last", Holds: contact.HoldsLastName}, {Header: "phone", Holds: contact.HoldsPhone}, {Header: "mail", Holds: contact.HoldsEmail},
		{Header: "born", Holds: contact.HoldsDate, Own: []string{"Birthday"}}, {Header: "out", Holds: contact.HoldsRefusal, Own: []string{"Email Opt Out"}},
		{Header: "city", Field: contact.FieldCity},
	}}
}

func TestShapedCleanList(t *testing.T) {
	opt := Options{Shape: testShape(), KeepCold: true, System: func(in int32) string { return [...]string{1: "crm", 2: ""}[in] }, Columns: []contact.Column{
		{Name: "ID", Field: contact.FieldID, Systems: []string{"crm", ""}}, {Name: "Id", Field: contact.FieldID, Systems: []string{"other"}}, {Name: "Имя", Field: contact.FieldFirstName},
		{Name: "Отчество", Field: contact.FieldMiddleName}, {Name: "Фамилия", Field: contact.FieldLastName}, {Name: "Сделка", Field: contact.FieldName},
		{Name: "Телефон 2", Field: contact.FieldPhone}, {Name: "Email", Field: contact.FieldEmail}, {Name: "birthday"}, {Name: "email opt out", Field: contact.FieldOptOut},
		{Name: "Город", Field: contact.FieldCity}, {Name: "City", Field: contact.FieldCity}}}
	var all []contact.Outcome
	for i, text := range []string{
		"7.0||Анна|Петровна|Иванова|Заявка|8 911 000-00-99|anna@example.com|1990-03-05|Да||Тверь",
		"7|9|||||||||Омск|Уфа",
		"||||Иванов|||||нет||",
		"8|||||Смирнов Пётр||ANNA@example.com|1/2/1990|0||",
	} {
		o := outcome(contact.Phone(79110000001+i), "", contact.ConsentValid)
		o.Cells = bytes.Split([]byte(text), []byte("|"))
		if i == 3 { // its id is another system's
			o.Origin.Input = 2
		}
		all = append(all, o)
	}
	cold := outcome(79110000009, "", contact.ConsentMissing)
	cold.Cells = make([][]byte, len(opt.Columns))
	got := write(t, opt, append(all, cold)...)
	want := []string{
		"id|full|first|last|phone|mail|born|out|city",
		"7|Иванова Анна Петровна|Анна Петровна|Иванова|+79110000001|anna@example.com|05.03.1990|1|Тверь",
		"|+79110000002|||+79110000002||||Омск",
		"|Иванов||Иванов|+79110000003||||",
		"|Смирнов Пётр|Пётр|Смирнов|+79110000004||||",
	}
	if lines := strings.Join(got["clean"].lines, "\n"); lines != strings.Join(want, "\n") {
		t.Errorf("got\n%s", lines)
	}
	if cold := got["cold"].lines; len(cold) != 2 || !strings.HasPrefix(cold[0], "phone_e164|verdict|") {
		t.Errorf("cold %q", cold)
	}
}

// TestShapedListHasItsOwnLimit: a system's rows a file, the other lists ours.
func TestShapedListHasItsOwnLimit(t *testing.T) {
	shape := testShape()
	shape.MaxRows = 2
	var all []contact.Outcome
	for i := range contact.Phone(5) {
		all = append(all, outcome(79110000001+i, "A", contact.ConsentValid), outcome(79110000011+i, "A", contact.ConsentMissing))
	}
	got := write(t, Options{Shape: shape, MaxRows: 4}, all...)
	for name, rows := range map[string]int{"clean": 2, "clean-2": 2, "clean-3": 1, "cold": 4, "cold-2": 1} {
		if p := got[name]; p == nil || len(p.lines) != rows+1 {
			t.Errorf("%s: %v", name, p)
		}
	}
}

func TestLastNameThatMustBeThere(t *testing.T) {
	shape := &contact.Shape{Columns: []contact.ShapeColumn{{Header: "first", Holds: contact.HoldsFirstName}, {Header: "last", Holds: contact.HoldsLastName, Must: true}}}
	s := newShaper(shape, []contact.Column{{Name: "ФИО", Field: contact.FieldName}}, nil)
	for name, want := range map[string]string{"Иванова Анна": "Анна|Иванова", "Ким Вера": "|Ким Вера", "Вера": "|Вера", "": "|+79110000001"} {
		o := outcome(79110000001, name)
		if got := string(bytes.Join(s.row(&o), []byte("|"))); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestBodies(t *testing.T) {
	var out bytes.Buffer
	b := NewBodies(&out, []string{"id", "responsibleUserId", "name", "contactData.0.chatType", "contactData.0.chatId", "uri"})
	for i := range 250 {
		name := "Анна \"<A>\"\n"
		if i == 249 {
			name = strings.Repeat("Ж", 300)
		}
		if err := b.Row([][]byte{fmt.Append(nil, i), nil, []byte(name), []byte("whatsapp"), []byte("79110000001"), nil}); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	var sizes []int
	last := ""
	for line := range strings.Lines(out.String()) {
		var body []map[string]any
		if err := json.Unmarshal([]byte(line), &body); err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, len(body))
		last = body[len(body)-1]["name"].(string)
	}
	if fmt.Sprint(sizes) != "[100 100 50]" || b.Rows() != 250 || last != strings.Repeat("Ж", 200) {
		t.Errorf("%v contacts a body, %d rows, last %q", sizes, b.Rows(), last)
	}
	if first := `[{"id":"0","responsibleUserId":"","name":"Анна \"<A>\"\n","contactData":[{"chatType":"whatsapp","chatId":"79110000001"}]},`; !strings.HasPrefix(out.String(), first) {
		t.Errorf("begins %s", out.String()[:len(first)])
	}
}

func TestNoBodies(t *testing.T) {
	var out bytes.Buffer
	if err := NewBodies(&out, nil).Close(); err != nil || out.Len() > 0 {
		t.Errorf("%q, %v", out.String(), err)
	}
}

func BenchmarkShapedRow(b *testing.B) {
	s := newShaper(testShape(), []contact.Column{{Name: "ФИО", Field: contact.FieldName}, {Name: "City", Field: contact.FieldCity}, {Name: "Birthday"}}, nil)
	o := outcome(79110000001, "")
	o.Cells = [][]byte{[]byte("Иванова Анна Петровна"), []byte("Тверь"), []byte("05.03.1990")}
	b.ReportAllocs()
	for b.Loop() {
		s.row(&o)
	}
}
