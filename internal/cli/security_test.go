package cli_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// command runs the program as a process and gives its exit code and what it
// printed.
func command(t *testing.T, name string, args ...string) (code int, printed string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// mustEnd runs cleanbase and fails the test unless it ends with the code.
func mustEnd(t *testing.T, code int, args ...string) string {
	t.Helper()
	got, printed := command(t, "cleanbase", args...)
	if got != code {
		t.Fatalf("%v: exit code %d, not %d: %s", args, got, code, printed)
	}
	return printed
}

// Whatever the umask, nobody else may read what a run leaves.
func TestModes(t *testing.T) {
	out := filepath.Join(t.TempDir(), "new", "out")
	for _, umask := range []string{"0", "022", "077"} {
		if code, printed := command(t, "sh", "-c", "umask "+umask+`; exec cleanbase "$@"`, "sh", "run", "--quiet", "--out", out, "--as-of", asOf, demo); code != 0 {
			t.Fatalf("exit code %d: %s", code, printed)
		}
	}
	err := filepath.WalkDir(filepath.Dir(out), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.Type() == fs.ModeSymlink {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		want := fs.FileMode(0o600)
		if e.IsDir() {
			want = 0o700
		}
		if info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, want %v", strings.TrimPrefix(path, out), info.Mode().Perm(), want)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// A link called latest that somebody laid is replaced; what it points to stays
// as it was. A folder of that name is left alone, and said.
func TestLatestLaidByOthers(t *testing.T) {
	out, elsewhere := t.TempDir(), t.TempDir()
	writeFile(t, filepath.Join(elsewhere, "clean.csv"), "mine")
	if err := os.Symlink(elsewhere, filepath.Join(out, "latest")); err != nil {
		t.Fatal(err)
	}
	mustEnd(t, 0, "run", "--quiet", "--out", out, "--as-of", asOf, "--format", "csv", demo)
	if text, _ := os.ReadFile(filepath.Join(elsewhere, "clean.csv")); string(text) != "mine" {
		t.Error("a file outside the output folder was changed")
	}
	if entries, _ := os.ReadDir(elsewhere); len(entries) != 1 {
		t.Error("something was written outside the output folder")
	}
	if target, _ := os.Readlink(filepath.Join(out, "latest")); !strings.HasPrefix(target, "runs/") {
		t.Errorf("latest points to %s", target)
	}

	folder := filepath.Join(t.TempDir(), "out")
	writeFile(t, filepath.Join(folder, "latest", "mine.txt"), "mine")
	if printed := mustEnd(t, 1, "run", "--quiet", "--out", folder, "--as-of", asOf, demo); !strings.Contains(printed, "cleanbase: ") {
		t.Errorf("it says %q", printed)
	}
	if text, _ := os.ReadFile(filepath.Join(folder, "latest", "mine.txt")); string(text) != "mine" {
		t.Error("a folder called latest was taken away")
	}
	// Its decisions were on record, so the next run brings it to its end.
	if err := os.RemoveAll(filepath.Join(folder, "latest")); err != nil {
		t.Fatal(err)
	}
	mustEnd(t, 0, "run", "--quiet", "--out", folder, "--as-of", asOf, demo)
	mustEnd(t, 0, "verify", "--audit", filepath.Join(folder, "audit.db"))
	if printed := mustEnd(t, 0, "history", "--json", "--audit", filepath.Join(folder, "audit.db")); strings.Count(printed, `"published"`) != 2 {
		t.Errorf("two runs can be seen, the record says %s", printed)
	}
}

// A private file that somebody laid as a link is not written through.
func TestLinksAreNotWrittenThrough(t *testing.T) {
	for _, name := range []string{"audit.db.key.part", ".staging-latest"} {
		out, victim := t.TempDir(), filepath.Join(t.TempDir(), "victim")
		writeFile(t, victim, "mine")
		if err := os.Symlink(victim, filepath.Join(out, name)); err != nil {
			t.Fatal(err)
		}
		command(t, "cleanbase", "run", "--quiet", "--out", out, "--as-of", asOf, demo)
		if text, _ := os.ReadFile(victim); string(text) != "mine" {
			t.Errorf("%s: a file outside the output folder was changed", name)
		}
	}
}

// The output folder may be a link, as a link to a larger disk is.
func TestOutputThroughALink(t *testing.T) {
	disk := t.TempDir()
	out := filepath.Join(t.TempDir(), "out")
	if err := os.Symlink(disk, out); err != nil {
		t.Fatal(err)
	}
	mustEnd(t, 0, "run", "--quiet", "--out", out, "--as-of", asOf, demo)
	mustEnd(t, 0, "run", "--quiet", "--out", out, "--as-of", asOf, demo)
	if _, err := os.Stat(filepath.Join(disk, "latest", "clean.xlsx")); err != nil {
		t.Error(err)
	}
}

// The output may lie in the input folder, or be that folder: what runs leave
// is never read as an input.
func TestOutputInsideInput(t *testing.T) {
	for _, below := range []string{"", "cleanbase-out"} {
		base := filepath.Join(t.TempDir(), "base")
		if err := os.CopyFS(base, os.DirFS(demo)); err != nil {
			t.Fatal(err)
		}
		out := filepath.Join(base, below)
		var first string
		for range 3 {
			mustEnd(t, 0, "run", "--quiet", "--out", out, "--as-of", asOf, "--format", "csv", base)
			text, err := os.ReadFile(filepath.Join(out, "latest", "clean.csv"))
			if err != nil {
				t.Fatal(err)
			}
			if first != "" && string(text) != first {
				t.Error("the second run read what the first one left")
			}
			first = string(text)
		}
	}
}

// The folder of inputs may hold links to files, and links to nowhere are
// faults.
func TestLinksAmongInputs(t *testing.T) {
	base, out := t.TempDir(), t.TempDir()
	abs, err := filepath.Abs(filepath.Join(demo, "contacts.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(abs, filepath.Join(base, "contacts.csv")); err != nil {
		t.Fatal(err)
	}
	mustEnd(t, 0, "run", "--quiet", "--out", out, "--as-of", asOf, base)
	if err := os.Symlink("gone.csv", filepath.Join(base, "stop.csv")); err != nil {
		t.Fatal(err)
	}
	mustEnd(t, 65, "run", "--quiet", "--out", out, "--as-of", asOf, base)
}

// A key that others may read, or that is another one, is refused before
// anything is decided.
func TestKeyOfWrongMode(t *testing.T) {
	out := t.TempDir()
	args := []string{"run", "--quiet", "--out", out, "--as-of", asOf, demo}
	mustEnd(t, 0, args...)
	key := filepath.Join(out, "audit.db.key")
	for _, mode := range []fs.FileMode{0o644, 0o640, 0o604, 0o660} {
		if err := os.Chmod(key, mode); err != nil {
			t.Fatal(err)
		}
		if printed := mustEnd(t, 1, args...); !strings.Contains(printed, "0600") {
			t.Errorf("mode %v: it says %q", mode, printed)
		}
	}
	text, err := os.ReadFile(key)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(key, 0o600); err != nil {
		t.Fatal(err)
	}
	writeFile(t, key, string(text[:20]))
	mustEnd(t, 1, args...)
	if runs, _ := filepath.Glob(filepath.Join(out, "runs", "[0-9]*")); len(runs) != 1 {
		t.Errorf("%d runs were published", len(runs))
	}
}

// Names within archives lead nowhere.
func TestZipNamesStayInside(t *testing.T) {
	dir := t.TempDir()
	if printed, err := exec.Command("go", "run", "../../scripts/hostile", "-dir", filepath.Join(dir, "in")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, printed)
	}
	for _, name := range []string{"slip.zip", "dotdot.xlsx"} {
		mustEnd(t, 0, "run", "--quiet", "--out", filepath.Join(dir, "out"), filepath.Join(dir, "in", name))
	}
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if strings.Contains(filepath.Base(path), "evil") {
			t.Errorf("%s was written", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
