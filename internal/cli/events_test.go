package cli_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"cleanbase/internal/contact"
)

// TestEvents runs the program on a base whose people all agreed, beside the
// events of one source: only what the events say may keep somebody out.
func TestEvents(t *testing.T) {
	for _, c := range []struct {
		source string
		args   []string
		phones string // of the base: a prefix and how many people have it
		people int
		want   string // who is not clean, and why
	}{
		{"wazzup", []string{"wazzup/webhooks.jsonl"}, "7911001000", 8,
			"1 optout.message\n2 complaint.message\n3 delivery.unreachable\n5 delivery.suspected_spam\n7 optout.message"},
		{"whatsapp", []string{"whatsapp/webhooks.jsonl"}, "7911002000", 9,
			"1 optout.message\n2 optout.platform\n3 delivery.unreachable\n7 optout.message\n8 optout.platform"},
		{"max", []string{"max/updates.json", "max/webhooks.jsonl", "max/ids.csv"}, "7911003000", 8,
			"1 optout.platform\n3 optout.message\n7 optout.message"},
		{"telegram", []string{"telegram/result.json"}, "7911004000", 4, "1 optout.message"},
		{"telegram bot", []string{"telegram/bot.jsonl"}, "7911012000", 5, "1 optout.message\n3 optout.platform\n5 optout.message"},
		{"twilio", []string{"twilio/log.csv"}, "7911005000", 8,
			"1 optout.platform\n3 optout.platform\n4 optout.platform\n6 delivery.unreachable\n8 optout.message"},
		{"smsc", []string{"smsc/report.csv"}, "7911006000", 7, "2 delivery.unreachable\n3 delivery.unreachable\n4 delivery.unreachable"},
		{"smsru", []string{"smsru/report.csv"}, "7911007000", 5, "3 delivery.unreachable\n4 optout.platform"},
		{"mobizon", []string{"mobizon/report.csv"}, "7701008000", 4, "2 delivery.unreachable"},
		{"generic", []string{"generic/журнал сообщений.csv", "generic/events.jsonl"}, "7911009000", 7,
			"1 optout.message\n2 delivery.unreachable\n3 delivery.unreachable\n5 delivery.unreachable\n6 optout.message"},
		{"generic by contents", []string{"generic/без заголовков.csv", "generic/непонятные заголовки.csv"}, "7911010000", 8,
			"2 optout.message\n3 delivery.unreachable\n6 optout.message\n7 delivery.unreachable"},
		{"smsru by contents", []string{"smsru/коды.csv"}, "7911011000", 3, "2 delivery.unreachable"},
	} {
		t.Run(c.source, func(t *testing.T) {
			dir := t.TempDir()
			base := "Телефон,Согласие на рассылку,Дата согласия\n"
			for i := range c.people {
				base += fmt.Sprintf("+%s%d,да,01.02.2026\n", c.phones, i+1)
			}
			if err := os.WriteFile(filepath.Join(dir, "base.csv"), []byte(base), 0o600); err != nil {
				t.Fatal(err)
			}
			args := []string{"run", "--format", "csv", "--as-of", asOf, "--out", filepath.Join(dir, "out"), "--accept-risk", "test", filepath.Join(dir, "base.csv")}
			for _, a := range c.args {
				if !strings.HasPrefix(a, "--") {
					a = "../../fixtures/events/" + a
				}
				args = append(args, a)
			}
			mustRun(t, args...)
			var got []string
			for _, list := range []string{"cold", "hold", "removed", "invalid"} {
				got = append(got, reasonsIn(t, filepath.Join(dir, "out", "latest", list+".csv"), c.phones)...)
			}
			slices.Sort(got)
			if s := strings.Join(got, "\n"); s != c.want {
				t.Errorf("not clean:\n%s\nwant:\n%s", s, c.want)
			}
		})
	}
}

// reasonsIn is the people of a list by the end of their phone, with their reasons.
func reasonsIn(t *testing.T, path, prefix string) (lines []string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records[1:] {
		lines = append(lines, strings.TrimPrefix(r[0], "+"+prefix)+" "+strings.TrimSuffix(r[2], "; consent.valid"))
	}
	return lines
}

const wazzup = "../../fixtures/events/wazzup/webhooks.jsonl"

// write puts a file into a folder of the test's.
func write(t *testing.T, dir, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func fixture(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestEventsAreToldByTheirBytes: whatever a file is called and packed in, it is
// read as the events that it holds.
func TestEventsAreToldByTheirBytes(t *testing.T) {
	dir := t.TempDir()
	data := fixture(t, wazzup)
	var gz, zipped bytes.Buffer
	g := gzip.NewWriter(&gz)
	_, _ = g.Write(data)
	_ = g.Close()
	z := zip.NewWriter(&zipped)
	w, _ := z.Create("logs/webhooks.jsonl")
	_, _ = w.Write(data)
	_ = z.Close()
	for _, path := range []string{wazzup, write(t, dir, "contacts.csv", data), write(t, dir, "стоп-лист.txt", data),
		write(t, dir, "a.jsonl.gz", gz.Bytes()), write(t, dir, "a.zip", zipped.Bytes())} {
		in := inspected(t, path)
		if in.Role != "events" || in.System != "wazzup" || in.Format != "jsonl" {
			t.Errorf("%s: %+v", path, in)
		}
		s := dryEvents(t, path)
		if in := s.Inputs[0]; in.Entries != 14 || in.Unreadable != 0 || s.Events == nil || s.Events.Repeats != 1 || s.Events.UnknownStatuses != 1 ||
			len(s.Events.Alarms) != 1 || s.Events.Alarms[0].Code != "NOT_ENOUGH_MONEY" {
			t.Errorf("%s: %+v, %+v", path, in, s.Events)
		}
	}
	for _, bad := range []string{write(t, dir, "cut.jsonl", data[:len(data)-20]), write(t, dir, "cut.jsonl.gz", gz.Bytes()[:gz.Len()-20])} {
		if code, _, stderr := run(t, "run", "--dry-run", bad); code != 65 || !strings.Contains(stderr, filepath.Base(bad)) {
			t.Errorf("%s: exit code %d, %s", bad, code, stderr)
		}
	}
	if code, _, stderr := run(t, "run", "--dry-run", "--optouts", wazzup); code != 65 || !strings.Contains(stderr, "--events") {
		t.Errorf("events stated as opt-outs: exit code %d, %s", code, stderr)
	}
}

// An iPhone's zip of a chat is read beside the pictures and tables that were sent in
// it, and refused where another table lies there.
func TestChatsAreUnpacked(t *testing.T) {
	dir := t.TempDir()
	pack := func(name string, files ...string) string {
		var zipped bytes.Buffer
		z := zip.NewWriter(&zipped)
		for _, name := range files {
			w, _ := z.Create(name)
			_, _ = w.Write([]byte("[09.11.2026, 10:05:00] Анна: Стоп\n"))
		}
		_ = z.Close()
		return write(t, dir, name+".zip", zipped.Bytes())
	}
	many := []string{"00000001-прайс.csv", "_chat.txt"}
	for i := range 40 {
		many = append(many, fmt.Sprintf("%08d-PHOTO.jpg", i+2))
	}
	for _, path := range []string{pack("WhatsApp Chat - Анна +79110000021", "_chat.txt"), pack("WhatsApp Chat with Анна +79110000021", many...),
		pack("Чат WhatsApp с Анна +79110000021", "IMG-1.jpg", "Чат WhatsApp с Анна.txt")} {
		if s := dryEvents(t, path); s.Inputs[0].Entries != 1 || s.Inputs[0].Unreadable != 0 || s.Inputs[0].System != "whatsapp" {
			t.Errorf("%s: %+v", path, s.Inputs)
		}
	}
	for _, path := range []string{pack("a", "_chat.txt", "контакты.csv"), pack("b", "1/_chat.txt", "2/_chat.txt"), pack("WhatsApp Chat - Анна", "_chat.txt")} {
		if code, _, stderr := run(t, "run", "--dry-run", path); code != 65 || !strings.Contains(stderr, filepath.Base(path)) {
			t.Errorf("%s: exit code %d, %s", path, code, stderr)
		}
	}
}

func dryEvents(t *testing.T, paths ...string) contact.Summary {
	t.Helper()
	var s contact.Summary
	args := append([]string{"run", "--dry-run", "--json", "--audit", filepath.Join(t.TempDir(), "a.db"), "--accept-risk", "test", "--as-of", asOf}, paths...)
	if err := json.Unmarshal([]byte(mustRun(t, args...)), &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestMessengerIDs: events that only name a messenger's id reach the contact
// whose record has it in a column.
func TestMessengerIDs(t *testing.T) {
	base := write(t, t.TempDir(), "base.csv", []byte("Имя,Телефон,MAX ID,Согласие на рассылку,Дата согласия\nА,+79110030003,30003,да,01.02.2026\nБ,+79110030009,30009,да,01.02.2026\n"))
	s := dryEvents(t, base, "../../fixtures/events/max/updates.json")
	if s.Contacts.Removed != 1 || s.Contacts.Clean != 1 || s.Reasons["optout.message"] != 1 {
		t.Errorf("%+v, %v", s.Contacts, s.Reasons)
	}
}

// TestLogEncodings: a log that Windows saved in an encoding of its own says the same.
func TestLogEncodings(t *testing.T) {
	const log = `{"messages":[{"messageId":"a","chatType":"whatsapp","chatId":"79110030003","dateTime":"2026-11-10T08:00:00Z","isEcho":false,"status":"inbound","text":"Отпишите меня"}]}`
	var ansi, wide []byte
	for _, r := range log {
		wide = append(wide, byte(r), byte(r>>8))
		if r >= 'А' && r <= 'я' {
			r += 0xc0 - 'А'
		}
		ansi = append(ansi, byte(r))
	}
	for name, text := range map[string][]byte{"utf-8": []byte(log), "utf-16": append([]byte("\xff\xfe"), wide...), "windows-1251": ansi} {
		dir := t.TempDir()
		s := dryEvents(t, write(t, dir, "base.csv", []byte("Имя,Телефон\nА,+79110030003\n")), write(t, dir, "log.jsonl", text))
		if s.Reasons["optout.message"] != 1 {
			t.Errorf("%s: %v", name, s.Reasons)
		}
	}
}

// TestOutage: a campaign that failed as a whole holds nobody, and is told; a
// refusal among its messages still counts.
func TestOutage(t *testing.T) {
	var base, log strings.Builder
	base.WriteString("Телефон,Согласие на рассылку,Дата согласия\n")
	for i := range 60 {
		fmt.Fprintf(&base, "+7911005%04d,да,01.02.2026\n", i)
		code := "131026"
		if i == 0 {
			code = "131050"
		}
		fmt.Fprintf(&log, `{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"statuses":[{"id":"w%d","recipient_id":"7911005%04d","status":"failed","timestamp":"1794300000","errors":[{"code":%s}]}]}}]}]}`+"\n", i, i, code)
	}
	dir := t.TempDir()
	s := dryEvents(t, write(t, dir, "base.csv", []byte(base.String())), write(t, dir, "log.jsonl", []byte(log.String())))
	if s.Contacts.Clean != 59 || s.Contacts.Removed != 1 || len(s.Events.Outages) != 1 || s.Events.Outages[0].Contacts != 59 || s.Events.Outages[0].Class != "whatsapp:131026" {
		t.Errorf("%+v, %+v", s.Contacts, s.Events)
	}
}

// TestOutageShare: the failures of some are no outage where the report, whose
// rows have no ids, tells that most of the day's messages arrived.
func TestOutageShare(t *testing.T) {
	for name, words := range map[string][2]string{"smsc.csv": {"1", "20"}, "журнал.csv": {"доставлено", "не доставлено"}} {
		for failed, held := range map[int]int64{19: 19, 20: 20, 30: 0, 150: 0} {
			var base, log strings.Builder
			base.WriteString("Телефон,Согласие на рассылку,Дата согласия\n")
			log.WriteString("Телефон;Статус;Дата\n")
			for i := range 100 + failed/3 {
				fmt.Fprintf(&base, "+7911006%04d,да,01.02.2026\n", i)
				fmt.Fprintf(&log, "7911006%04d;%s;20.11.2026 10:00:00\n", i, words[min(1, max(0, failed-i))])
			}
			dir := t.TempDir()
			s := dryEvents(t, write(t, dir, "base.csv", []byte(base.String())), write(t, dir, name, []byte(log.String())))
			if s.Contacts.Hold != min(held, int64(failed)) || s.Events.Sent != int64(100+failed/3) || (len(s.Events.Outages) == 0) != (held > 0) {
				t.Errorf("%s, %d failed: %+v, %+v", name, failed, s.Contacts, s.Events)
			}
		}
	}
}

// TestEventOrder: messages and statuses spread over files in any order come to
// the same lists.
func TestEventOrder(t *testing.T) {
	dir := t.TempDir()
	lines := bytes.SplitAfter(fixture(t, wazzup), []byte("\n"))
	var odd, even []byte
	for i, l := range lines {
		if i%2 == 0 {
			even = append(even, l...)
		} else {
			odd = append(l[:len(l):len(l)], odd...)
		}
	}
	base := "Телефон,Согласие на рассылку,Дата согласия\n"
	for i := range 8 {
		base += fmt.Sprintf("+7911001000%d,да,01.02.2026\n", i+1)
	}
	b := write(t, dir, "base.csv", []byte(base))
	one := dryEvents(t, b, wazzup)
	two := dryEvents(t, write(t, dir, "a.jsonl", odd), b, write(t, dir, "b.jsonl", even))
	if one.Contacts != two.Contacts || !reflect.DeepEqual(one.Reasons, two.Reasons) || !reflect.DeepEqual(one.Events, two.Events) {
		t.Errorf("%+v %v %+v\n%+v %v %+v", one.Contacts, one.Reasons, one.Events, two.Contacts, two.Reasons, two.Events)
	}
}
