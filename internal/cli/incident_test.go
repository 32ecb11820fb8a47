package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
)

// With waves handed out and no message known, the waves are taken for what was
// sent; with messages known, they are groups.
func TestIncidentOfWaves(t *testing.T) {
	dir := t.TempDir()
	var base, log strings.Builder
	base.WriteString("Имя,Телефон,Согласие на рассылку,Дата согласия\n")
	log.WriteString("Телефон,Дата,Направление,Текст,Канал\n")
	for i := range 40 {
		fmt.Fprintf(&base, "Анна,8911%07d,да,01.02.2026\n", 1000+i)
		fmt.Fprintf(&log, "8911%07d,22.11.2026 10:00,исходящее,Скидки!,whatsapp\n", 1000+i)
		if i < 12 {
			fmt.Fprintf(&log, "8911%07d,22.11.2026 12:00,входящее,не пишите мне больше,whatsapp\n", 1000+i)
		}
	}
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	contacts, chat := write("c.csv", base.String()), write("chat.csv", log.String())
	out := filepath.Join(dir, "out")
	run := func(args ...string) string {
		var stdout, stderr strings.Builder
		a := App{Stdout: &stdout, Stderr: &stderr, Env: func(string) string { return "" }, Now: time.Now, Version: "test"}
		if code := a.Run(t.Context(), args); code != 0 && code != exitWithheld {
			t.Fatalf("%v: exit %d: %s", args, code, stderr.String())
		}
		return stdout.String()
	}
	incident := func() contact.Incident {
		var r contact.Incident
		if err := json.Unmarshal([]byte(run("incident", "--out", out, "--since", "2026-11-20", "--as-of", "2026-11-25T12:00:00Z", "--to", filepath.Join(dir, fmt.Sprint(time.Now().UnixNano())), "--json")), &r); err != nil {
			t.Fatal(err)
		}
		return r
	}
	var sum contact.Summary
	if err := json.Unmarshal([]byte(run("run", "--out", out, "--as-of", "2026-11-19T12:00:00Z", "--json", contacts)), &sum); err != nil {
		t.Fatal(err)
	}
	handOut(t, filepath.Join(out, "audit.db"), sum.RunID)

	r := incident()
	if r.Basis != "waves" || r.People != 30 || len(r.Waves) != 2 || r.Waves[1].Written != 20 {
		t.Errorf("basis %s, %d people", r.Basis, r.People)
	}
	run("run", "--out", out, "--as-of", "2026-11-23T12:00:00Z", "--quiet", contacts, "--events", chat)
	r = incident()
	waves := map[string]int64{}
	for _, g := range r.Groups {
		if g.By == "wave" {
			waves[g.Name] = g.Compared[0].Group.Of
		}
	}
	if r.Basis != "messages" || r.People != 40 || waves["plan-1 / 1"] != 10 || waves["plan-1 / 3"] != 20 {
		t.Errorf("basis %s, %d people, waves %v", r.Basis, r.People, waves)
	}
}

// handOut puts two waves on record, of 10 and of 20 people, and a third that
// was never sent.
func handOut(t *testing.T, path, runID string) {
	t.Helper()
	db, err := audit.Open(path, audit.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	at := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	hand := func(number int, from, to int64, instead string) string {
		h := audit.HandOut{Wave: audit.Wave{Plan: "plan-1", Number: number, RunID: runID, Channel: contact.WhatsApp, At: at, Expires: at.Add(48 * time.Hour), File: audit.File{Name: "wave.csv", SHA256: "00"}},
			Now: at, Policy: "p", InsteadOf: instead}
		for id := from; id <= to; id++ {
			h.People = append(h.People, id)
		}
		id, err := db.HandOut(h)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	hand(1, 1, 10, "")
	unsent := hand(2, 31, 40, "")
	hand(3, 11, 30, unsent)
}

// A command that never ends is stopped with all that it started, and the run is
// not kept waiting.
func TestNotifyIsBounded(t *testing.T) {
	var stderr strings.Builder
	j := &job{App: &App{Stderr: &stderr, Env: func(string) string { return "" }}, settings: &settings{}}
	mark := filepath.Join(t.TempDir(), "late")
	j.NotifyCommand = "(sleep 3; touch " + mark + ") & sleep 30"
	began := time.Now()
	err := j.tellCommand(t.Context(), []byte("{}\n"), 200*time.Millisecond)
	if took := time.Since(began); err == nil || took > 15*time.Second {
		t.Errorf("%v after %v", err, took)
	}
	if said := notifyFailure(err).EN; !strings.Contains(said, "seconds and was stopped") {
		t.Error(said)
	}
	time.Sleep(4 * time.Second)
	if _, err := os.Stat(mark); err == nil {
		t.Error("what the command had started went on")
	}
}
