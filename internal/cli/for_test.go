package cli_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cleanbase/internal/config"
	"cleanbase/internal/contact"
	"cleanbase/internal/system"
)

// people is a base of made-up people as three different sources write them.
var people = map[string]string{
	"site.csv": "ФИО;Телефон;Email;Компания;Теги;Дата рождения;Комментарий;Согласие на рассылку\n" +
		"Иванова Анна Петровна;8 (911) 000-00-01;Anna@Example.com;ООО «Ромашка»;vip, опт;05.03.1990;\"две\nстроки\";да\n" +
		"Рабинович Иван Иванович;89110000002;нет, ivan@example.com;;;;;да\n" +
		"Вера Ким;+7 911 000-00-03;;;;;;да\n" +
		";89110000004;nobody@example.com;;;;;да\n" +
		"=Олег;89110000005;oleg@example.com;-;;;@note;да\n" +
		"Отказов Пётр;89110000006;stop@example.com;;;;;да\n",
	"crm.csv": "Имя,Фамилия,Отчество,Мобильный телефон,Рабочий e-mail,Согласие на рассылку\n" +
		"Лев,Толстов,Никитич,+79110000007,lev@example.com,да\nМарина,,,+79110000008,,да\n,Чехова,,+79110000009,,да\n",
	"west.csv": "First Name,Last Name,Mobile Phone,Email,Marketing consent\n" +
		"John Q,\"Smith \"\"JJ\"\"\",+79110000010,john@example.com,yes\nAmélie,d'Œuvre,+33612345678,amelie@example.com,yes\n",
	"stop.csv": "Телефон\n89110000006\n",
	"consents.csv": "Телефон;Согласие на рассылку\n+79110000001;да\n+79110000002;да\n+79110000003;да\n+79110000004;да\n+79110000005;да\n+79110000007;да\n" +
		"+79110000008;да\n+79110000009;да\n+79110000010;да\n+33612345678;да\n",
}

// known is what must come back of each of them: the words of the name, sorted,
// and the e-mail. Who has no name has the phone, where a name must be.
var known = map[string]string{
	"+79110000001": "Анна Иванова Петровна, anna@example.com", "+79110000002": "Иван Иванович Рабинович, ivan@example.com", "+79110000003": "Вера Ким,",
	"+79110000004": ", nobody@example.com", "+79110000005": "=Олег, oleg@example.com", "+79110000007": "Лев Никитич Толстов, lev@example.com",
	"+79110000008": "Марина,", "+79110000009": "Чехова,", "+79110000010": `"JJ" John Q Smith, john@example.com`, "+33612345678": "Amélie d'Œuvre, amelie@example.com",
}

// backTold is how each system's file is told: our own export of it looks as
// theirs, but for Pipedrive, which imports other headers than it exports.
var backTold = map[string]string{
	"bitrix24": "bitrix24 ru csv utf-8-bom 1", "amocrm": "amocrm import csv utf-8-bom 1", "unf": "unf list xlsx - 1", "hubspot": "hubspot labels xlsx - 1",
	"zoho": "zoho record-id xlsx - 1", "pipedrive": "- - xlsx - 1", "wazzup": "wazzup api-v3 json utf-8 1", "google": "google new csv utf-8-bom 1",
}

func folderOf(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestWritesBack: what is written for each system is told as that system's,
// each column as what it holds, and every person comes back as they were.
func TestWritesBack(t *testing.T) {
	in := folderOf(t, people)
	if got := slices.Sorted(slices.Values(config.Systems())); !slices.Equal(got, slices.Sorted(maps.Keys(backTold))) {
		t.Fatalf("systems %q", got)
	}
	for _, name := range config.Systems() {
		for _, format := range []string{"xlsx", "csv"} {
			if shape, _ := system.Shape(name, contact.Any); format == "csv" && len(shape.Formats) == 1 {
				continue // the same file once more
			}
			t.Run(name+" "+format, func(t *testing.T) { writesBack(t, in, name, format) })
		}
	}
}

func writesBack(t *testing.T, in, name, format string) {
	out := t.TempDir()
	mustRun(t, "run", "--out", out, "--as-of", asOf, "--format", format, "--for", name, "--quiet", in)
	list, _ := filepath.Glob(filepath.Join(out, "latest", "clean.*"))
	if len(list) != 1 {
		t.Fatalf("lists %q", list)
	}
	clean := inspected(t, list[0])
	if got := told(clean); format == "xlsx" && got != backTold[name] {
		t.Errorf("told as %s", got)
	}
	checkFields(t, name, clean)
	if s := summaryOf(t, out); s.For != name || s.ForNote == "" && name != "google" {
		t.Errorf("summary: for %q, note %q", s.For, s.ForNote)
	}
	back := t.TempDir()
	mustRun(t, "run", "--out", back, "--as-of", asOf, "--format", "csv", "--quiet", list[0], filepath.Join(in, "consents.csv"))
	got := peopleIn(t, readList(t, filepath.Join(back, "latest", "clean.csv")), clean)
	for phone, want := range known {
		if name == "wazzup" {
			want, _, _ = strings.Cut(want, ",")
			want += ","
		}
		if got[phone] != want && got[phone] != strings.TrimPrefix(want, ",") {
			t.Errorf("%s: %q, want %q", phone, got[phone], want)
		}
	}
	if len(got) != len(known) {
		t.Errorf("%d people, want %d", len(got), len(known))
	}
}

// checkFields: a column is read as what the shape says it holds.
func checkFields(t *testing.T, name string, clean contact.InputSummary) {
	t.Helper()
	shape, _ := system.Shape(name, contact.Any)
	means := map[contact.Holding][]string{contact.HoldsPhone: {"mobile", "phone"}, contact.HoldsDigits: {"messenger_id"}, contact.HoldsEmail: {"email"}, contact.HoldsFullName: {"name"},
		contact.HoldsFirstName: {"first_name"}, contact.HoldsMiddleName: {"middle_name"}, contact.HoldsLastName: {"last_name"}, contact.HoldsTags: {"tags"},
		contact.HoldsRefusal: {"optout"}, contact.HoldsID: {"id"}}
	fields := map[string]string{}
	for _, c := range clean.Columns {
		fields[c.Header] = c.Field
	}
	for _, c := range shape.Columns {
		field, there := fields[c.Header]
		want := means[c.Holds]
		if c.Field != contact.FieldNone {
			want = []string{c.Field.String()}
		}
		if !there && c.Header != "uri" || want != nil && !slices.Contains(want, field) {
			t.Errorf("%s is read as %q, want one of %q", c.Header, field, want)
		}
	}
}

// peopleIn is the people of a list in our own form: names and e-mails by
// phone, in the columns that were read as such.
func peopleIn(t *testing.T, lines [][]string, clean contact.InputSummary) map[string]string {
	t.Helper()
	field := map[string]string{}
	for _, c := range clean.Columns {
		field[c.Header] = c.Field
	}
	got := map[string]string{}
	for _, line := range lines[1:] {
		var name []string
		email := ""
		for i, header := range lines[0] {
			cell := strings.TrimLeft(line[i], "'")
			switch f := field[header]; {
			case f == "email" && email == "":
				email = " " + cell
			case f == "name" || strings.HasSuffix(f, "_name"):
				if cell != line[0] {
					name = append(name, strings.Fields(cell)...)
				}
			}
		}
		slices.Sort(name)
		got[line[0]] = strings.Join(name, " ") + "," + strings.TrimRight(email, " ")
	}
	return got
}

// TestEveryShapeHoldsEveryCleanContact: the demo's clean contacts, all of them
// and nobody else, in every shape; the same bytes for the same run.
func TestEveryShapeHoldsEveryCleanContact(t *testing.T) {
	own := t.TempDir()
	mustRun(t, "run", "--out", own, "--as-of", asOf, "--format", "csv", "--quiet", demo)
	want := phonesIn(t, filepath.Join(own, "latest", "clean.csv"))
	slices.Sort(want)
	for _, name := range config.Systems() {
		var lists [2][]byte
		for i := range lists {
			out := t.TempDir()
			mustRun(t, "run", "--out", out, "--as-of", asOf, "--for", name, "--format", "csv", "--quiet", demo)
			list, _ := filepath.Glob(filepath.Join(out, "latest", "clean.*"))
			var err error
			if lists[i], err = os.ReadFile(list[0]); err != nil {
				t.Fatal(err)
			}
			if i > 0 {
				break
			}
			back := t.TempDir()
			mustRun(t, "run", "--out", back, "--as-of", asOf, "--format", "csv", "--quiet", list[0])
			var got []string
			for _, verdict := range contact.Verdicts() {
				got = append(got, phonesIn(t, filepath.Join(back, "latest", verdict.String()+".csv"))...)
			}
			if slices.Sort(got); !slices.Equal(got, want) {
				t.Errorf("%s: %d contacts come back, want %d", name, len(got), len(want))
			}
		}
		if !bytes.Equal(lists[0], lists[1]) {
			t.Errorf("%s: two runs differ", name)
		}
	}
}

func phonesIn(t *testing.T, path string) (all []string) {
	for _, line := range readList(t, path)[1:] {
		all = append(all, line[0])
	}
	return all
}

// TestOwnExportComesBack: rows of a system's own export keep its ids and the
// columns that its import has too.
func TestOwnExportComesBack(t *testing.T) {
	for _, tt := range []struct{ system, file, header, row string }{
		{"zoho", "Record Id,Contact Owner,First Name,Last Name,Account Name,Email,Mobile,Date of Birth,Email Opt Out,Lead Source,Created Time,Marketing consent\n" +
			"zcrm_71,Ира,Анна,Иванова,Ромашка,anna@example.com,+79110000001,1990-03-25,false,Сайт,2026-01-01 10:00,yes\n",
			"Record Id,Date of Birth,Email Opt Out,Lead Source", "zcrm_71,03/25/1990,,Сайт"},
		{"hubspot", "Record ID,First Name,Last Name,Email,Mobile Phone Number,Contact owner,Lifecycle Stage,Lead Status,Marketing consent\n" +
			"501.0,Анна,Иванова,anna@example.com,+79110000001,Ира,lead,new,yes\n", "Record ID,Contact owner", "501,Ира"},
		{"hubspot", "Record Id,Contact Owner,First Name,Last Name,Account Name,Email,Mobile,Lead Source,Created Time,Marketing consent\n" +
			"zcrm_71,Ира,Анна,Иванова,Ромашка,anna@example.com,+79110000001,Сайт,2026-01-01 10:00,yes\n", "Record ID,Company Name", ",Ромашка"},
		{"bitrix24", "ID;Имя;Фамилия;Дата рождения;Тип контакта;Экспорт;Мобильный телефон;Дополнительно об источнике;Согласие на рассылку\n17;Анна;Иванова;25.03.1990;Клиенты;Y;89110000001;визитка;да\n",
			"Имя,Фамилия,Дата рождения,Тип контакта,Дополнительно об источнике", "Анна,Иванова,25.03.1990,Клиенты,визитка"},
		{"amocrm", "ID;Тип;Полное имя контакта;Имя;Фамилия;Ответственный;Дата создания контакта;Кем создан контакт;Теги;Мобильный телефон;Согласие на рассылку\n" +
			"5;контакт;Анна Иванова;Анна;Иванова;Ира;25.03.2025 10:11:12;Ира;\"a,b\";'+79110000001;да\n",
			"Полное имя (контакт),Ответственный за контакт,Дата создания (контакт),Тег контакта", "Анна Иванова,Ира,25.03.2025,a, b"},
	} {
		in := folderOf(t, map[string]string{"contacts.csv": tt.file})
		out := t.TempDir()
		mustRun(t, "run", "--out", out, "--as-of", asOf, "--format", "csv", "--for", tt.system, "--quiet", in)
		lines := tableOf(t, filepath.Join(out, "latest", "clean.csv"))
		var got []string
		for _, header := range strings.Split(tt.header, ",") {
			at := slices.Index(lines[0], header)
			if at < 0 || len(lines) != 2 {
				t.Fatalf("%s: %q", tt.system, lines)
			}
			got = append(got, lines[1][at])
		}
		if row := strings.Join(got, ","); row != tt.row {
			t.Errorf("%s: %s, want %s", tt.system, row, tt.row)
		}
	}
}

// TestWazzupKeepsItsIDs, and fills in the phone for Telegram.
func TestWazzupKeepsItsIDs(t *testing.T) {
	in := folderOf(t, map[string]string{
		"contacts.json": `[{"id":"a-1","responsibleUserId":"u-7","name":"Анна","contactData":[{"chatType":"whatsapp","chatId":"79110000001"}],"uri":"https://crm.example/1"}]`,
		"more.csv":      "ID,Имя,Телефон\n17,Борис,89110000002\n",
		"consents.csv":  "Телефон,Канал\n89110000001,Telegram\n89110000002,Telegram\n"})
	out := t.TempDir()
	mustRun(t, "run", "--out", out, "--as-of", asOf, "--for", "wazzup", "--channel", "telegram", "--quiet", in)
	data, err := os.ReadFile(filepath.Join(out, "latest", "clean.jsonl"))
	want := []string{`{"id":"a-1","responsibleUserId":"u-7","name":"Анна","contactData":[{"chatType":"telegram","phone":"79110000001"}],"uri":"https://crm.example/1"}`,
		`{"id":"79110000002","responsibleUserId":"","name":"Борис","contactData":[{"chatType":"telegram","phone":"79110000002"}]}`}
	for _, body := range want {
		if !strings.Contains(string(data), body) {
			t.Errorf("%v: %s lacks %s", err, data, body)
		}
	}
	if code, _, stderr := run(t, "run", "--out", out, "--for", "wazzup", "--channel", "sms", in); code != 64 || !strings.Contains(stderr, "sms") {
		t.Errorf("exit code %d: %s", code, stderr)
	}
}

// TestPipedrivesRows: 50,000 rows a file.
func TestPipedrivesRows(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 50,001 contacts")
	}
	var b strings.Builder
	b.WriteString("Name,Phone,Marketing consent\n")
	for i := range 50_001 {
		fmt.Fprintf(&b, "A,+7911%07d,yes\n", i+1_000_000)
	}
	in := folderOf(t, map[string]string{"contacts.csv": b.String()})
	out := t.TempDir()
	mustRun(t, "run", "--out", out, "--as-of", asOf, "--for", "pipedrive", "--quiet", in)
	rows := map[string]int64{}
	for _, f := range summaryOf(t, out).Files {
		rows[f.Name] = f.Rows
	}
	if rows["clean.xlsx"] != 50_000 || rows["clean-2.xlsx"] != 1 {
		t.Errorf("rows %v", rows)
	}
}

// TestHubSpotsOptOuts: e-mails of whoever refused e-mails, or all channels;
// not of those who refused WhatsApp, and not an office's.
func TestHubSpotsOptOuts(t *testing.T) {
	in := folderOf(t, map[string]string{
		"contacts.csv": "Name,Phone,Email,Marketing consent\nA,+79110000001,a@example.com,yes\nB,+79110000002,b@example.com,yes\nC,+79110000003,c@example.com,yes\nD,+79110000004,office@example.com,yes\n" +
			"E,+79110000005,office@example.com,yes\nF,+79110000006,office@example.com,yes\nG,+79110000007,g@example.com,yes\n",
		"stop.csv":       "Phone,Email,Channel\n+79110000001,,\n+79110000002,,whatsapp\n,listed@example.com,email\n+79110000004,,\n",
		"cleanbase.toml": "[link]\nmax_share = 2\n"})
	out := t.TempDir()
	mustRun(t, "run", "--config", filepath.Join(in, "cleanbase.toml"), "--out", out, "--as-of", asOf, "--for", "hubspot", "--format", "csv", "--quiet",
		filepath.Join(in, "contacts.csv"), filepath.Join(in, "stop.csv"))
	var got []string
	for _, line := range readList(t, filepath.Join(out, "latest", "suppressions-hubspot.csv")) {
		got = append(got, line...)
	}
	want := []string{"Email", "a@example.com"}
	for _, line := range readList(t, filepath.Join(out, "latest", "suppressions.csv"))[1:] {
		if line[1] != "" && (line[3] == "any" || line[3] == "email") {
			want = append(want, line[1])
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	clean := readList(t, filepath.Join(out, "latest", "clean.csv"))
	at := slices.Index(clean[0], "Email")
	var mails []string
	for _, line := range clean[1:] {
		mails = append(mails, line[at])
	}
	slices.Sort(mails)
	if want := []string{"", "c@example.com", "g@example.com", "office@example.com"}; !slices.Equal(mails, want) {
		t.Errorf("the clean list has e-mails %q, want %q: two rows with one would be one contact", mails, want)
	}
	back := inspected(t, filepath.Join(out, "latest", "suppressions-hubspot.csv"))
	if back.Role != "optouts" {
		t.Errorf("read again as %s", back.Role)
	}
}
