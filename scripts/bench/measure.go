//go:build linux

package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// result is what one whole process took.
type result struct {
	wall, cpu time.Duration
	peak      int64 // bytes
	out       string
}

// measure runs a command to its end.
func measure(command ...string) (result, error) {
	cmd := exec.Command(command[0], command[1:]...)
	var out, said bytes.Buffer
	if filepath.Base(command[0]) == "unzip" { // to nowhere: memory would take time
		cmd.Stdout = nil
	} else {
		cmd.Stdout = &out
	}
	cmd.Stderr = &said
	started := time.Now()
	err := cmd.Run()
	r := result{wall: time.Since(started), out: out.String()}
	if cmd.ProcessState != nil {
		r.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			r.peak = u.Maxrss << 10
		}
	}
	if err != nil {
		err = fmt.Errorf("%s: %w\n%s", filepath.Base(command[0]), err, said.String())
	}
	return r, err
}

// time measures a command several times and keeps the run of the median wall
// time under a name; before each run prepare makes room.
func (b *bencher) time(name, what string, prepare func() error, command ...string) error {
	var all []result
	for range b.runs {
		if prepare != nil {
			if err := prepare(); err != nil {
				return err
			}
		}
		r, err := measure(command...)
		if err != nil {
			return err
		}
		all = append(all, r)
	}
	slices.SortFunc(all, func(x, y result) int { return int(x.wall - y.wall) })
	b.keep(name, what, all[len(all)/2])
	return nil
}

// timeOnce measures a command that can't be run again, or takes minutes.
func (b *bencher) timeOnce(name, what string, command ...string) error {
	r, err := measure(command...)
	if err == nil {
		b.keep(name, what, r)
	}
	return err
}

func (b *bencher) keep(name, what string, r result) {
	b.took[name] = r
	fmt.Printf("%-52s %10.3f %10.2f %10d %12.2f\n", what, r.wall.Seconds(), r.cpu.Seconds(), r.peak>>20, r.wall.Seconds()*1e6/float64(b.rows))
}

// change writes contacts again with a word changed in every hundredth line,
// under the same name in another folder.
func change(path, dir string) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	out, err := os.Create(filepath.Join(dir, filepath.Base(path)))
	if err != nil {
		return err
	}
	r, w := bufio.NewReaderSize(in, 1<<20), bufio.NewWriterSize(out, 1<<20)
	for n := 1; ; n++ {
		line, err := r.ReadString('\n')
		if body, ended := strings.CutSuffix(line, "\n"); ended && n > 1 && n%100 == 0 {
			line = body + " changed\n"
		}
		_, _ = w.WriteString(line) // Flush tells
		if err != nil {
			if err != io.EOF {
				return errors.Join(err, out.Close())
			}
			return errors.Join(w.Flush(), out.Close())
		}
	}
}

// phoneOf is the phone of a row in the middle of a list.
func phoneOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	r := bufio.NewReader(io.NewSectionReader(f, info.Size()/2, info.Size()))
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return "", fmt.Errorf("no phone in %s: %w", filepath.Base(path), err)
		}
		if phone, rest, _ := strings.Cut(line, ","); strings.HasPrefix(phone, "+") && strings.HasPrefix(rest, "removed,") {
			return phone, nil
		}
	}
}
