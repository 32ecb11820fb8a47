package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestTour: what the README shows of the demo is what the program prints.
func TestTour(t *testing.T) {
	t.Chdir("../..")
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, tour, _ := strings.Cut(string(text), "## Five minutes")
	tour, _, _ = strings.Cut(tour, "\n## ")
	out := filepath.Join(t.TempDir(), "demo-out")
	commands := 0
	for i, block := range strings.Split(tour, "```\n") {
		first, shown, _ := strings.Cut(block, "\n")
		command, ok := strings.CutPrefix(first, "$ bin/cleanbase ")
		if !ok || i%2 == 0 {
			continue
		}
		commands++
		printed := mustRun(t, arguments(strings.ReplaceAll(command, "demo-out", out))...)
		printed = strings.ReplaceAll(printed, out, "demo-out")
		if got, want := plain(printed), plain(shown); got != want {
			t.Errorf("cleanbase %s\nprints:\n%s\nand the README shows:\n%s", command, got, want)
		}
	}
	if commands < 3 {
		t.Errorf("the tour has %d commands", commands)
	}
}

// arguments takes a command apart as a shell does that knows single quotes.
func arguments(line string) []string {
	var args []string
	for i, part := range strings.Split(line, "'") {
		if i%2 == 1 {
			args = append(args, part)
		} else {
			args = append(args, strings.Fields(part)...)
		}
	}
	return args
}

var anyRun = regexp.MustCompile(`\d{8}T\d{6}Z-[0-9a-f]{6}`)

// plain is an output without what differs from run to run and blanks at the
// ends of lines.
func plain(text string) string {
	lines := strings.Split(strings.TrimSpace(anyRun.ReplaceAllString(text, "RUN")), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}
