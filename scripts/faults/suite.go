//go:build linux

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

// fault is one kind of misfortune, by its number in the list of faults, and
// how much of the time it may take, beside the others.
type fault struct {
	id, what string
	share    int
	try      func(*suite, *tally)
}

var faults = []fault{
	{"R1", "kill -9 anywhere", 25, tryKills},
	{"R1f", "kill -9 while a person is erased", 3, tryForget},
	{"R1w", "kill -9 and a failing disk while a wave is handed out", 3, tryWaves},
	{"R2", "full or failing disk", 18, tryDisk},
	{"R3", "power loss", 18, tryPower},
	{"R4", "fsync fails once", 6, tryFsync},
	{"R5", "output that can't be written", 2, tryOutput},
	{"R6", "runs at the same time", 3, tryConcurrent},
	{"R7", "inputs half written, swapped, no files", 4, tryInputs},
	{"R10", "clock set back", 1, tryClock},
	{"R11", "the same again", 1, tryAgain},
	{"R12", "same bytes everywhere", 3, trySame},
	{"R14", "suppressions lost", 2, trySources},
	{"R16", "memory", 3, tryMemory},
	{"R17", "signals", 6, trySignals},
	{"R18", "a published file changed behind our back", 1, tryBehind},
	{"R19", "many nights", 4, trySoak},
}

// elsewhere is the faults of the list that other tests show.
var elsewhere = [][2]string{
	{"R8 damaged containers", "TestHostile, internal/sheet"},
	{"R9 bombs", "TestHostile, internal/sheet"},
	{"R13 conservation", "TestDemoRowLaw, TestNobodySuppressedIsClean, internal/base"},
	{"R15 upgrade", "internal/audit"},
}

type options struct {
	short  bool
	time   time.Duration
	cycles int
	only   string
	seed   int64
}

// tally is what came of one fault.
type tally struct {
	mu      sync.Mutex
	points  int
	broke   []string
	skipped []string
	figures []string // measured on the way
}

func (t *tally) point(name string, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.points++
	if err != nil {
		t.broke = append(t.broke, name+": "+err.Error())
	}
}

func (t *tally) skip(format string, args ...any) {
	t.skipped = append(t.skipped, fmt.Sprintf(format, args...))
}

func (t *tally) note(format string, args ...any) {
	t.figures = append(t.figures, fmt.Sprintf(format, args...))
}

// suite is the program built, the base it cleans, and what must come out.
type suite struct {
	options
	work, bin, base string
	version         string
	golden          map[string]string // list -> contents
	strace          string            // the tracer, empty where there is none
	took            time.Duration     // by a run without faults
	deadline        time.Time         // of the fault being tried
	rand            *rand.Rand
}

const asOf = "2026-11-20T12:00:00Z"

// patience is how long anything may take on a busy machine.
const patience = 60 * time.Second

func newSuite(o options) (*suite, error) {
	s := &suite{options: o, rand: rand.New(rand.NewSource(o.seed))}
	var err error
	if s.work, err = os.MkdirTemp(fastFolder(), "faults-"); err != nil {
		return nil, err
	}
	s.strace, _ = exec.LookPath("strace")
	if s.strace != "" && exec.Command(s.strace, "-o", "/dev/null", "-e", "inject=fsync:error=EIO:when=1", "true").Run() != nil {
		s.strace = ""
	}
	if err := s.prepare(); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// fastFolder is a folder in memory where there is one: what is tested is the
// program's own calls, not the disk.
func fastFolder() string {
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		return "/dev/shm"
	}
	return ""
}

// prepare builds the program, copies the base, and does a first run without
// faults.
func (s *suite) prepare() error {
	root, err := projectRoot()
	if err != nil {
		return err
	}
	s.bin = filepath.Join(s.work, "cleanbase")
	build := exec.Command("go", "build", "-o", s.bin, "./cmd/cleanbase")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w: %s", err, out)
	}
	out, err := exec.Command(s.bin, "--version").Output()
	s.version = strings.TrimSpace(string(out))
	if err != nil {
		return err
	}
	s.base = filepath.Join(s.work, "base")
	if err := os.CopyFS(s.base, os.DirFS(filepath.Join(root, "fixtures", "demo"))); err != nil {
		return err
	}
	first := filepath.Join(s.work, "first")
	start := time.Now()
	if r := s.clean(first); r.code != 0 {
		return fmt.Errorf("a run without faults: %s", r)
	}
	s.took = time.Since(start)
	s.golden, err = lists(first)
	return err
}

func (s *suite) close() { os.RemoveAll(s.work) }

func (s *suite) try(f fault) *tally {
	t := &tally{}
	all := 0
	for _, other := range faults {
		if s.wanted(other) {
			all += other.share
		}
	}
	s.deadline = time.Now().Add(s.time * time.Duration(f.share) / time.Duration(all))
	f.try(s, t)
	if s.late() {
		t.skip("the rest of the points: its time was up")
	}
	return t
}

// wanted tells whether a fault is to be tried: those that are share the time.
func (s *suite) wanted(f fault) bool {
	return s.only == "" || strings.Contains(","+s.only+",", ","+f.id+",")
}

// projectRoot is the folder of go.mod.
func projectRoot() (string, error) {
	dir, err := os.Getwd()
	for ; err == nil; dir = filepath.Dir(dir) {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			err = errors.New("run it inside the project")
		}
	}
	return "", err
}

// ended is how a run of the program ended.
type ended struct {
	code   int // -1 when a signal ended it
	stdout string
	stderr string
	took   time.Duration
}

func (e ended) String() string {
	return fmt.Sprintf("exit code %d: %s", e.code, strings.TrimSpace(e.stderr))
}

// crashed tells whether the program ended in a way it never may.
func (e ended) crashed() bool {
	return e.code == 2 || strings.Contains(e.stderr, "goroutine ") || strings.Contains(e.stderr, "panic:")
}

// do runs a command to its end.
func do(env []string, name string, args ...string) ended {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	// A tracer that is killed lets go of the program: both must end.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = time.Second
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.Env = append(os.Environ(), env...)
	start := time.Now()
	err := cmd.Run()
	return endOf(cmd, err, &stdout, &stderr, time.Since(start))
}

func endOf(cmd *exec.Cmd, err error, stdout, stderr *bytes.Buffer, took time.Duration) ended {
	e := ended{code: -1, stdout: stdout.String(), stderr: stderr.String(), took: took}
	if cmd.ProcessState == nil {
		e.stderr += err.Error()
		return e
	}
	e.code = cmd.ProcessState.ExitCode()
	return e
}

// args are those of a run over the base into out.
func (s *suite) args(out string, more ...string) []string {
	return append([]string{"run", "--out", out, "--as-of", asOf, "--format", "csv", "--lang", "ru", "--quiet"}, more...)
}

// clean is a run over the base into out.
func (s *suite) clean(out string) ended { return do(nil, s.bin, s.args(out, s.base)...) }

// late tells whether the time of the fault being tried is up.
func (s *suite) late() bool { return !s.short && time.Now().After(s.deadline) }

// parallel does n pieces of work, each in a folder of its own.
func (s *suite) parallel(n int, do func(i int, dir string)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range max(2, runtime.NumCPU()) {
		wg.Go(func() {
			for i := range next {
				dir, err := os.MkdirTemp(s.work, "point-")
				if err != nil {
					panic(err)
				}
				do(i, dir)
				os.RemoveAll(dir)
			}
		})
	}
	for i := range n {
		if !s.late() {
			next <- i
		}
	}
	close(next)
	wg.Wait()
}

// few is n points, or a sample of so many in the short suite.
func (s *suite) few(short, full int) int {
	if s.short {
		return short
	}
	return full
}

// exists tells whether a path is there, also when it is a dangling link.
func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
