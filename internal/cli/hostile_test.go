//go:build linux

package cli_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What a hostile file may cost, on any machine.
const (
	hostileCPU    = 5 * time.Second
	hostileMemory = 400 << 10 // kilobytes
)

// hostileResults is what becomes of each file of scripts/hostile: "" for one
// that is read, else words of the reason why it is refused.
var hostileResults = map[string]string{
	"whole.xlsx": "", "dotdot.xlsx": "", "slip.zip": "", "bomb-xfd.xlsx": "",
	"no-strings.xlsx": "a part is missing", "no-sheet.xlsx": "the sheet is missing", "dotdot-target.xlsx": "the sheet is missing", "no-types.xlsx": "the zip holds 4 files",
	"string-range.xlsx": "a text that is not in the file", "string-minus.xlsx": "a text that is not in the file", "string-huge.xlsx": "a text that is not in the file",
	"row-twice.xlsx": "twice or out of order", "row-disorder.xlsx": "where no sheet has one", "row-zero.xlsx": "where no sheet has one", "row-too-far.xlsx": "where no sheet has one",
	"cell-twice.xlsx": "twice or out of order", "cell-elsewhere.xlsx": "where no sheet has one", "cell-too-far.xlsx": "where no sheet has one", "two-sheetdata.xlsx": "are not the rows the sheet holds",
	"doctype.xlsx": "DOCTYPE", "entities.xlsx": "DOCTYPE", "unknown-entity.xlsx": "XML is broken", "part-twice.xlsx": "one name", "wrong-crc.xlsx": "damaged inside",
	"encrypted-part.xlsx": "password", "encrypted.xlsx": "password", "xls-named.xlsx": "not read (Excel 5.0/95)", "garbage.xlsx": "NUL", "garbage-in-zip.xlsx": "XML is broken",
	"empty.xlsx": "is empty", "only-magic.xlsx": "cut off", "two-files.zip": "the zip holds 2 files", "deep.zip": "packed within packed",
	"bomb-sheet.xlsx": "unpacks to far more", "bomb-strings.xlsx": "unpacks to far more", "bomb-types.xlsx": "unpacks to far more", "bomb-lies.xlsx": "damaged inside", "bomb.csv.gz": "unpacks to far more",
	"bomb-entries.zip": "unpacks to far more", "bomb-far-row.xlsx": "where no sheet has one", "bomb-wide.xlsx": "unpacks to far more", "bomb-gaps.ods": "unpacks to far more", "bomb-keys.json": "unpacks to far more",
	"bomb-cell.xlsx": "longer than", "bomb-depth.xlsx": "XML is broken", "bomb-repeat.ods": "repeated 1048576 times", "bomb-rows.ods": "where no sheet has one", "bomb-columns.ods": "where no sheet has one",
	"cycle.xls": "damaged inside", "cut.xls": "damaged inside",
	"quote-inside.csv": "", "newlines.csv": "", "bom-twice.csv": "", "no-newline.csv": "", "only-header.csv": "", "ragged.csv": "", "same-columns.csv": "",
	"names-xss.csv": "", "names-formula.csv": "", "names-bidi.csv": "", "header-xss.csv": "", "dates.csv": "", "numbers.csv": "", "links.csv": "", "one-phone.csv": "", "one-email.csv": "",
	"lone-quote.csv": "never closes", "open-quote.csv": "never closes", "only-quotes.csv": "never closes", "nul.csv": "NUL", "all-nul.csv": "NUL", "only-newlines.csv": "is empty", "empty.csv": "is empty",
	"odd-utf16.csv": "no column holds phones", "one-byte.csv": "no column holds phones", "bad-utf8.csv": "of another encoding or damaged",
	"cell10m.csv": "longer than", "one-line.csv": "longer than", "columns100k.csv": "more than 16384 cells",
	"deep-list.json": "no list of objects", "odd.json": "no list of objects", "deep-object.json": "too deep", "deep-small.json": "too deep", "many-keys.json": "too wide", "chat-deep.json": "too deep",
	"cut.json": "cut off", "surrogate.json": "cut off", "chat-dates.json": "events of telegram", "huge-number.json": "", "long-number.json": "", "same-keys.json": "",
	"nested.html": "no end", "open.html": "no end", "spans.html": "", "script.html": "",
	"long-line.vcf": "", "open.vcf": "no end", "folded.vcf": "no end", "tel-many.vcf": "no end", "quoted.vcf": "no column holds phones", "xml-entities.xml": "not read (XML)",
}

// hostileReason is the result stated for a file.
func hostileReason(name string) (reason string, stated bool) {
	if strings.HasPrefix(name, "cut-") && strings.HasSuffix(name, ".xlsx") {
		return "cut off", true
	}
	reason, stated = hostileResults[name]
	return reason, stated
}

// TestHostile gives the program every file of scripts/hostile. Each ends with
// its stated result, within bounds of time and memory, and neither crashes nor
// says a word of what is in the file.
func TestHostile(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command("go", "run", "../../scripts/hostile", "-dir", dir, "-big").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) < len(hostileResults) {
		t.Errorf("%d files, %d results stated", len(entries), len(hostileResults))
	}
	for _, e := range entries {
		t.Run(e.Name(), func(t *testing.T) {
			t.Parallel()
			reason, stated := hostileReason(e.Name())
			if !stated {
				t.Fatal("no result is stated for it")
			}
			kept, err := os.ReadFile(filepath.Join("../../fixtures/hostile", e.Name()))
			made, _ := os.ReadFile(filepath.Join(dir, e.Name()))
			if err == nil && !bytes.Equal(kept, made) {
				t.Error("the kept file is not what the script makes")
			}
			hostile(t, filepath.Join(dir, e.Name()), reason)
		})
	}
}

func hostile(t *testing.T, path, reason string) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	out := filepath.Join(t.TempDir(), "out")
	cmd := exec.CommandContext(ctx, "cleanbase", "run", "--out", out, "--as-of", asOf, "--format", "csv", "--lang", "en", "--contacts", path)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	_ = cmd.Run() // judged by its exit code
	code, want := cmd.ProcessState.ExitCode(), 0
	if reason != "" {
		want = 65
	}
	if code != want || !strings.Contains(stderr.String(), reason) {
		t.Errorf("exit code %d, want %d and %q: %.300s", code, want, reason, stderr.String())
	}
	for _, secret := range []string{"Иван", "Пётр", "Имя 1", "7911", "goroutine ", "panic:"} {
		if strings.Contains(stderr.String(), secret) {
			t.Errorf("it says %q: %.300s", secret, stderr.String())
		}
	}
	if runs, _ := filepath.Glob(filepath.Join(out, "runs", "[0-9]*")); len(runs) != 0 && reason != "" {
		t.Error("it was refused, and something was published")
	}
	used := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if used > hostileCPU*raceSlows {
		t.Errorf("it took %v of a processor", used)
	}
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok && u.Maxrss > hostileMemory*raceSlows {
		t.Errorf("it took %d MB", u.Maxrss>>10)
	}
	if reason == "" {
		harmless(t, filepath.Join(out, "latest"))
	}
}

// harmless checks that neither lists nor report carry code out of the cells.
func harmless(t *testing.T, run string) {
	for _, name := range []string{"clean", "cold", "hold", "removed", "invalid"} {
		f, err := os.Open(filepath.Join(run, name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		r := csv.NewReader(f)
		r.FieldsPerRecord = -1
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for i, cell := range row {
				if first := strings.TrimLeft(cell, " \u200b\u00a0\ufeff"); first != "" && strings.ContainsAny(first[:1], "=+-@\t\r") && i > 0 && !plainNumber(first) {
					t.Errorf("%s: a cell a spreadsheet would run: %.40q", name, cell)
				}
			}
		}
	}
	page, err := os.ReadFile(filepath.Join(run, "report.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{"<script", "<img", "onload=alert(1)>", "{{.}}"} {
		if bytes.Contains(page, []byte(code)) {
			t.Errorf("the report holds %s", code)
		}
	}
}

// plainNumber tells whether a cell is a phone or a number, which no
// spreadsheet runs.
func plainNumber(s string) bool {
	return len(s) < 17 && strings.Trim(s[1:], "0123456789") == "" && (s[0] == '+' || s[0] == '-')
}
