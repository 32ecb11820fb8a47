package cli_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
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
		{"max", []string{"max/updates.json", "max/webhooks.jsonl", "--events", "max/ids.csv"}, "7911003000", 8,
			"1 optout.platform\n3 optout.message\n7 optout.message"},
		{"telegram", []string{"telegram/result.json"}, "7911004000", 4, "1 optout.message"},
		{"twilio", []string{"twilio/log.csv"}, "7911005000", 8,
			"1 optout.platform\n3 optout.platform\n4 optout.platform\n6 delivery.unreachable\n8 optout.message"},
		{"smsc", []string{"smsc/report.csv"}, "7911006000", 7, "2 delivery.unreachable\n3 delivery.unreachable\n4 delivery.unreachable"},
		{"smsru", []string{"smsru/report.csv"}, "7911007000", 5, "3 delivery.unreachable\n4 optout.platform"},
		{"mobizon", []string{"mobizon/report.csv"}, "7701008000", 4, "2 delivery.unreachable"},
		{"generic", []string{"generic/журнал сообщений.csv", "generic/events.jsonl"}, "7911009000", 7,
			"1 optout.message\n2 delivery.unreachable\n3 delivery.unreachable\n5 delivery.unreachable\n6 optout.message"},
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
