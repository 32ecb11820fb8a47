// Command mutants breaks the program on purpose, one promise at a time, and
// shows that a named test turns red on each: a suite must be able to fail.
//
// A break is a replacement of a few words of one source file, given to the
// compiler as an overlay: the sources stay as they are, and so does what is
// shipped. A break whose words are no longer in the file is an error, so that
// none is lost in silence.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"
)

func main() {
	only := flag.String("only", "", "the break to try (default all)")
	flag.Parse()
	ok, err := run(*only)
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

func run(only string) (ok bool, err error) {
	dir, err := os.MkdirTemp("", "mutants-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	ok = true
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "broken on purpose\tpromise\ttest\tturns red\tseconds")
	for _, m := range mutants {
		if only != "" && only != m.name {
			continue
		}
		start := time.Now()
		verdict := m.try(dir)
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%.0f\n", m.name, m.promise, m.test, verdict, time.Since(start).Seconds())
		fmt.Fprintf(os.Stderr, "%s: %s\n", m.name, verdict)
		ok = ok && verdict == "yes"
	}
	return ok, w.Flush()
}

// mutant is one break and the test that must notice it.
type mutant struct {
	name, promise string
	file          string // below internal
	old, broken   string
	pkg, test     string
}

// try runs the test on the broken program and tells whether it turned red.
func (m *mutant) try(dir string) string {
	path, err := filepath.Abs(filepath.Join("internal", m.file))
	if err != nil {
		return err.Error()
	}
	source, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	if n := strings.Count(string(source), m.old); n != 1 {
		return fmt.Sprintf("NO: its words are in the file %d times", n)
	}
	broken := filepath.Join(dir, "broken.go")
	overlay := filepath.Join(dir, "overlay.json") // GOFLAGS takes no name with blanks
	text, err := json.Marshal(map[string]any{"Replace": map[string]string{path: broken}})
	if err == nil {
		err = os.WriteFile(overlay, text, 0o600)
	}
	if err == nil {
		err = os.WriteFile(broken, []byte(strings.Replace(string(source), m.old, m.broken, 1)), 0o600)
	}
	if err != nil {
		return err.Error()
	}
	cmd := exec.Command("go", "test", "-count=1", "-timeout=10m", "-run", m.test, m.pkg)
	cmd.Env = append(os.Environ(), "GOFLAGS=-overlay="+overlay) // also for what the test itself builds
	out, err := cmd.CombinedOutput()
	// The very test must fail: one that could not be set up shows nothing.
	name := strings.NewReplacer("^", "", "$", "").Replace(m.test)
	switch {
	case err == nil:
		return "NO: it stays green"
	case strings.Contains(string(out), "--- FAIL: "+name):
		return "yes"
	}
	return "NO: " + strings.TrimSpace(string(out))
}
