package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestTour: what the README shows of the demo is what the program prints; a
// line of dots stands for what it leaves out.
func TestTour(t *testing.T) {
	t.Chdir("../..")
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "demo-out")
	commands := 0
	for i, block := range strings.Split(string(text), "```\n") {
		first, shown, _ := strings.Cut(block, "\n")
		command, ok := strings.CutPrefix(first, "$ bin/cleanbase ")
		if !ok || i%2 == 0 {
			continue
		}
		commands++
		printed := mustRun(t, arguments(strings.ReplaceAll(command, "demo-out", out))...)
		printed = strings.ReplaceAll(printed, out, "demo-out")
		if got, want := plain(printed), plain(shown); !shows(got, want) {
			t.Errorf("cleanbase %s\nprints:\n%s\nand the README shows:\n%s", command, got, want)
		}
	}
	if commands < 4 {
		t.Errorf("the tour has %d commands", commands)
	}
}

// shows tells whether a text is got, but for what is left out of it.
func shows(got, text string) bool {
	for i, part := range strings.Split(text, "\n  …\n") {
		at := strings.Index(got, part)
		if at < 0 || i == 0 && at > 0 {
			return false
		}
		got = got[at+len(part):]
	}
	return got == ""
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
