package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cleanbase/internal/audit"
	"cleanbase/internal/base"
	"cleanbase/internal/contact"
	"cleanbase/internal/events"
	"cleanbase/internal/publish"
)

// anyEvent is a message or a status of one. An id says which system's it is and
// whose, as ids do that no other message has.
func anyEvent(t *rapid.T) contact.Message {
	n := rapid.IntRange(1, 8).Draw(t, "id")
	m := contact.Message{System: []string{"wazzup", "whatsapp", "smsc", ""}[n%4], ID: fmt.Sprint("no", n)}
	people := []contact.Identifier{contact.OfPhone(79110000001), contact.OfMessenger("telegram:41"), contact.OfPhone(79110000002)}
	who, channel := people[n%3], contact.Channel(n%4)
	m.At = contact.At(time.Date(2026, 11, 10, 8, rapid.IntRange(0, 5).Draw(t, "minute"), 0, 0, time.UTC))
	if n%4 == 3 {
		m.At = contact.OnDay(2026, 11, rapid.IntRange(10, 11).Draw(t, "day"))
	}
	if rapid.Bool().Draw(t, "is a status") {
		m.Status = rapid.SampledFrom([]string{"delivered", "read", "error", "stop", "25", "1"}).Draw(t, "status")
		m.Error = rapid.SampledFrom([]string{"", "BAD_CONTACT", "SPAM", "131050", "131026", "21610", "CHANNEL_BLOCKED", "131048"}).Draw(t, "error")
		if who.Text != "" || rapid.IntRange(0, 3).Draw(t, "bare") > 0 { // of an id without a phone the text must be in some evidence
			return m
		}
	} else {
		m.Direction = rapid.SampledFrom([]contact.Direction{contact.Out, contact.Out, contact.In}).Draw(t, "way")
	}
	m.Who, m.Channel = who, channel
	if who.Text != "" {
		m.Also[0] = contact.OfPhone(79110000003)
	}
	return m
}

// learn is one run over events; it gives what the logs said of themselves.
func learn(t testing.TB, db *audit.DB, no int, all []contact.Message) events.Report {
	t.Helper()
	fail := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	at := time.Date(2026, 11, 10+no, 20, 0, 0, 0, time.UTC)
	run, err := db.Begin(audit.RunInfo{ID: fmt.Sprint("run-", no), Started: at, AsOf: at, Policy: "p", PolicySHA256: "00", Seed: [32]byte{byte(no)}})
	fail(err)
	_, err = run.AddInput(audit.Input{No: 1, Path: "log.jsonl", Role: "events", SHA256: fmt.Sprintf("%064x", no), Rows: -1})
	fail(err)
	ids, err := db.MessageIDs()
	fail(err)
	j := events.NewJoiner(events.Options{OutageContacts: 200, OutageShare: 0.2, MessageID: ids})
	for i, m := range all {
		m.Origin = contact.Origin{Input: 1, Row: int32(i + 1)}
		j.Add(m)
	}
	fail(run.RecallMessages(j))
	var batch []contact.Evidence
	rep := j.Evidence(func(e contact.Evidence) { batch = append(batch, e) })
	fail(run.AddEvidence(batch))
	fail(run.SetRows(1, int64(len(all))))
	rows, err := publish.Nameless(t.TempDir())
	fail(err)
	b := base.New(rows, base.Options{MaxShare: 5})
	_, err = run.Seal(b, audit.Outcome{Status: audit.Published})
	fail(err)
	fail(b.Close())
	fail(run.Finish(audit.Published, at))
	return rep
}

// newestOf is the newest evidence of each kind about each person.
func newestOf(t testing.TB, db *audit.DB) []string {
	newest := map[string]contact.Moment{}
	err := db.EachLearnt(func(e contact.Evidence, _ time.Time) bool {
		id := fmt.Sprint(e.Kind, " ", e.Via, " ", e.Channel, " ", e.ID.Key, " ", e.At.DayOnly())
		newest[id] = max(newest[id], e.At)
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for id, at := range newest {
		all = append(all, id+" "+at.Short())
	}
	slices.Sort(all)
	return all
}

func database(t testing.TB) *audit.DB {
	db, err := audit.Open(filepath.Join(private(t), "audit.db"), audit.Options{Create: true, DryRun: true}) // in memory
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func private(t testing.TB) string {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestRunsOfOneLog: what is known in the end does not depend on which run read
// which event, nor on their order, nor on what came again.
func TestRunsOfOneLog(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all := rapid.SliceOfN(rapid.Custom(anyEvent), 1, 25).Draw(rt, "events")
		whole := database(t)
		learn(t, whole, 1, all)
		want := newestOf(t, whole)

		parts := make([][]contact.Message, rapid.IntRange(2, 4).Draw(rt, "runs"))
		for _, m := range rapid.Permutation(all).Draw(rt, "order") {
			n := rapid.IntRange(0, len(parts)-1).Draw(rt, "run")
			parts[n] = append(parts[n], m)
		}
		split := database(t)
		for i, part := range parts {
			learn(t, split, i+1, part)
		}
		if got := newestOf(t, split); !slices.Equal(got, want) {
			rt.Fatalf("in %d runs:\n%s\nin one:\n%s", len(parts), strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if again := rapid.SampledFrom(parts).Draw(rt, "again"); len(again) > 0 {
			learn(t, split, 8, again)
			learn(t, split, 9, all)
		}
		if got := newestOf(t, split); !slices.Equal(got, want) {
			rt.Fatalf("read again:\n%s\nbefore:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		for _, db := range []*audit.DB{whole, split} {
			if fault, err := db.Verify(nil); fault != nil || err != nil {
				rt.Fatal(fault, err)
			}
			db.Close()
		}
	})
}

// TestVerdictsOfRuns: the lists of the last run are the same whether one run read
// all that the logs hold or three, one after the other in any order.
func TestVerdictsOfRuns(t *testing.T) {
	dir := private(t)
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	baseText := "Телефон,Согласие на рассылку,Дата согласия\n"
	logs := make([]string, 3)
	for i, code := range []string{"BAD_CONTACT", "SPAM", "CHANNEL_BLOCKED", "24_HOURS_EXCEEDED", "", "BAD_CONTACT"} {
		phone := fmt.Sprint(79110000001 + i)
		baseText += "+" + phone + ",да,01.02.2026\n"
		logs[i%3] += fmt.Sprintf(`{"messages":[{"messageId":"m%d","chatType":"whatsapp","chatId":"%s","dateTime":"2026-11-10T08:00:00Z","isEcho":true,"status":"sent","text":"Скидки"}]}`+"\n", i, phone)
		status, failure := "error", fmt.Sprintf(`,"error":{"error":"%s"}`, code)
		if code == "" {
			status, failure = "read", ""
		}
		logs[(i+1+i/3)%3] += fmt.Sprintf(`{"statuses":[{"messageId":"m%d","timestamp":"2026-11-10T09:00:00Z","status":"%s"%s}]}`+"\n", i, status, failure)
	}
	logs[2] += `{"messages":[{"messageId":"r","chatType":"whatsapp","chatId":"79110000005","dateTime":"2026-11-10T10:00:00Z","isEcho":false,"status":"inbound","text":"стоп"}]}` + "\n"
	file := write("base.csv", baseText)
	run := func(out string, day int, inputs ...string) {
		args := append([]string{"run", "--quiet", "--format", "csv", "--accept-risk", "test", "--as-of", fmt.Sprintf("2026-11-%dT20:00:00Z", day), "--out", out, file}, inputs...)
		if code, _, said := run(t, args...); code != 0 {
			t.Fatal(code, said)
		}
	}
	lists := func(out string) (all string) {
		for _, name := range []string{"hold.csv", "removed.csv", "clean.csv"} {
			data, err := os.ReadFile(filepath.Join(out, "latest", name))
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(data)) {
				cells := strings.Split(line, ",")
				all += name + " " + strings.Join(cells[:min(3, len(cells))], " ") + "\n"
			}
		}
		return all
	}
	var parts []string
	for i, log := range logs {
		parts = append(parts, write(fmt.Sprint("log", i, ".jsonl"), log))
	}
	whole := filepath.Join(dir, "whole")
	run(whole, 13, parts...)
	want := lists(whole)
	if strings.Count(want, "delivery.unreachable") != 2 || strings.Count(want, "delivery.suspected_spam") != 1 || strings.Count(want, "optout.message") != 1 {
		t.Fatal(want)
	}
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}, {0, 2, 1}} {
		out := filepath.Join(dir, fmt.Sprint(order))
		for day, n := range order {
			run(out, 11+day, parts[n])
		}
		if got := lists(out); got != want {
			t.Errorf("runs in order %v:\n%s\nin one:\n%s", order, got, want)
		}
	}
}
