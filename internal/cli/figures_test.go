package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestFiguresOfEveryCore: what is counted of the list is the same however many
// cores decide.
func TestFiguresOfEveryCore(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(8))
	dir := t.TempDir()
	var b strings.Builder
	b.WriteString("Имя;Телефон;Согласие на рассылку;Дата согласия\n")
	const russian, foreign = 60_000, 20_000
	for i := range russian { // numbers of all kinds, since tables grow with what is met
		fmt.Fprintf(&b, "Анна;+79%d%07d;да;01.02.2025\n", 10+i%20, 1234567+i*140)
	}
	for i := range foreign {
		fmt.Fprintf(&b, "Анна;+37529%07d;да;01.02.2026\n", 1234567+i*397)
	}
	path := filepath.Join(dir, "клиенты.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	mustRun(t, "run", "--out", out, "--channel", "whatsapp", "--format", "csv", "--as-of", asOf, path)
	got := map[string]float64{}
	for _, f := range summaryOf(t, out).Gate.Findings {
		got[f.Code] = f.Value
	}
	if got["law.whatsapp_ru"] != russian {
		t.Errorf("Russian numbers: %v of %d; findings %v", got["law.whatsapp_ru"], russian, got)
	}
	report, err := os.ReadFile(filepath.Join(out, "latest", "report.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"60,000", "20,000"} {
		if !strings.Contains(string(report), want) {
			t.Errorf("the report does not say %s", want)
		}
	}
}
