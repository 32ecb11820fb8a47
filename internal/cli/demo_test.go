package cli_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"cleanbase/internal/cli"
	"cleanbase/internal/contact"
)

var update = flag.Bool("update", false, "rewrite the goldens")

const (
	demo    = "../../fixtures/demo"
	goldens = "../../fixtures/golden/demo"
	asOf    = "2026-11-20T12:00:00Z"
)

// run runs the program and gives its exit code and what it printed.
func run(t testing.TB, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	app := cli.App{Stdout: &out, Stderr: &errs, Env: func(string) string { return "" }, Now: time.Now, Version: "test"}
	code = app.Run(context.Background(), args)
	return code, out.String(), errs.String()
}

// mustRun runs the program and fails the test unless it ends with exit code 0.
func mustRun(t testing.TB, args ...string) string {
	t.Helper()
	code, stdout, stderr := run(t, args...)
	if code != 0 {
		t.Fatalf("exit code %d: %s%s", code, stdout, stderr)
	}
	return stdout
}

func summaryOf(t testing.TB, out string) contact.Summary {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(out, "latest", "summary.json"))
	if err != nil {
		t.Fatal(err)
	}
	var s contact.Summary
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestDemoGoldens(t *testing.T) {
	out := t.TempDir()
	mustRun(t, "run", "--out", out, "--as-of", asOf, "--format", "csv", "--lang", "ru", "--quiet", demo)
	for _, name := range []string{"clean", "cold", "hold", "removed", "invalid", "suppressions"} {
		got, err := os.ReadFile(filepath.Join(out, "latest", name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		golden := filepath.Join(goldens, name+".csv")
		if *update {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s.csv differs from its golden: %s", name, firstDifference(got, want))
		}
	}
}

func firstDifference(got, want []byte) string {
	g, w := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d\n%s\nwant\n%s", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}

// Every reason code that needs no events occurs in the demo, under the default
// policy or one of two others.
func TestDemoShowsEveryReason(t *testing.T) {
	proof := filepath.Join(t.TempDir(), "proof.toml")
	if err := os.WriteFile(proof, []byte("[consent]\nrequire_proof = true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, flags := range [][]string{nil, {"--channel", "max"}, {"--config", proof}} {
		var s contact.Summary
		stdout := mustRun(t, append([]string{"run", "--dry-run", "--json", "--as-of", asOf, demo}, flags...)...)
		if err := json.Unmarshal([]byte(stdout), &s); err != nil {
			t.Fatal(err)
		}
		for code := range s.Reasons {
			seen[code] = true
		}
	}
	events := []contact.Reason{contact.OptOutMessage, contact.OptOutPlatform, contact.ComplaintMessage, contact.OptOutUnsure, contact.DeliveryUnreachable,
		contact.DeliverySuspectedSpam, contact.FrequencyRecent, contact.ConsentInbound, contact.ConsentBotStarted}
	for _, r := range contact.Reasons() {
		if !slices.Contains(events, r) && !seen[r.String()] {
			t.Errorf("%s never occurs", r)
		}
	}
}

// The row law holds for each input and in total, and the lists hold exactly
// the contacts.
func TestDemoRowLaw(t *testing.T) {
	out := t.TempDir()
	mustRun(t, "run", "--out", out, "--as-of", asOf, "--quiet", demo)
	s := summaryOf(t, out)
	var total contact.Rows
	for _, in := range s.Inputs {
		if !in.Rows.Lawful() {
			t.Errorf("%s: %+v", in.Path, in.Rows)
		}
		total.Add(in.Rows)
	}
	if total != s.Rows || !total.Lawful() {
		t.Errorf("total %+v, summary %+v", total, s.Rows)
	}
	rows := map[string]int64{}
	for _, f := range s.Files {
		rows[f.Name] = f.Rows
	}
	for name, n := range map[string]int64{"clean": s.Rows.Clean, "cold": s.Rows.Cold, "hold": s.Rows.Hold, "removed": s.Rows.Removed, "invalid": s.Rows.Invalid} {
		if rows[name+".xlsx"] != n || len(phones(t, filepath.Join(out, "latest", name+".xlsx"))) != int(n) {
			t.Errorf("%s.xlsx has %d rows, the summary says %d", name, rows[name+".xlsx"], n)
		}
	}
}

// phones is the first column of a workbook, read by another parser.
func phones(t testing.TB, path string) []string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, r := range rows[1:] {
		if len(r) == 0 {
			r = []string{""}
		}
		list = append(list, r[0])
	}
	return list
}

// Nobody who is to be suppressed is in the published clean list, as other
// parsers read both.
func TestNobodySuppressedIsClean(t *testing.T) {
	out := t.TempDir()
	mustRun(t, "run", "--out", out, "--as-of", asOf, "--quiet", demo)
	f, err := os.Open(filepath.Join(out, "latest", "suppressions.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	suppressed := map[string]bool{}
	for _, r := range records[1:] {
		if r[0] != "" {
			suppressed[r[0]] = true
		}
	}
	for _, p := range phones(t, filepath.Join(out, "latest", "removed.xlsx")) {
		if p != "" && !strings.HasPrefix(p, "+7") {
			t.Errorf("a removed phone is not E.164")
		}
	}
	clean := phones(t, filepath.Join(out, "latest", "clean.xlsx"))
	if len(clean) == 0 || len(suppressed) == 0 {
		t.Fatal("nothing to compare")
	}
	for _, p := range clean {
		if suppressed[p] || p == "" {
			t.Error("a suppressed contact is in the clean list")
		}
	}
}

// The same inputs give the same bytes and the same root, in whatever order and
// folder they come and however many processors there are.
func TestDeterministic(t *testing.T) {
	entries, err := os.ReadDir(demo)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, e := range entries {
		paths = append(paths, filepath.Join(demo, e.Name()))
	}
	var first map[string]string
	for i := range 4 {
		out := t.TempDir()
		order := append(slices.Clone(paths[i:]), paths[:i]...)
		t.Setenv("TZ", []string{"UTC", "Asia/Kamchatka", "America/New_York", "Europe/Moscow"}[i])
		mustRun(t, append([]string{"run", "--out", out, "--as-of", asOf, "--lang", "en", "--quiet"}, order...)...)
		s := summaryOf(t, out)
		got := map[string]string{"root": s.Audit.Root, "size": fmt.Sprint(s.Audit.Size)}
		for _, f := range s.Files {
			got[f.Name] = f.SHA256
		}
		if first == nil {
			first = got
		}
		for name, sum := range first {
			if got[name] != sum {
				t.Errorf("order %d: %s differs", i, name)
			}
		}
	}
}

// The same run again changes nothing: same lists, same root, no new leaf.
func TestIdempotent(t *testing.T) {
	out := t.TempDir()
	args := []string{"run", "--out", out, "--as-of", asOf, "--lang", "en", "--quiet", demo}
	mustRun(t, args...)
	before := summaryOf(t, out)
	mustRun(t, args...)
	after := summaryOf(t, out)
	if before.Audit.Root != after.Audit.Root || before.Audit.Size != after.Audit.Size || after.Returns != 0 {
		t.Errorf("audit %v, then %v; %d returns", before.Audit.Root, after.Audit.Root, after.Returns)
	}
	if !slices.Equal(before.Files, after.Files) {
		t.Error("the lists differ")
	}
}

// A run that is interrupted publishes nothing and says so; the next one works.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	out := t.TempDir()
	var stdout, stderr bytes.Buffer
	app := cli.App{Stdout: &stdout, Stderr: &stderr, Env: func(string) string { return "" }, Now: time.Now, Version: "test"}
	if code := app.Run(ctx, []string{"run", "--out", out, demo}); code != 130 {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(stderr.String(), "interrupted; nothing was published") {
		t.Errorf("said %q", stderr.String())
	}
	if _, err := os.Lstat(filepath.Join(out, "latest")); err == nil {
		t.Error("something was published")
	}
	mustRun(t, "run", "--out", out, "--as-of", asOf, "--quiet", demo)
	left, err := filepath.Glob(filepath.Join(out, ".s*"))
	if err != nil || left != nil {
		t.Errorf("left: %v %v", left, err)
	}
}
