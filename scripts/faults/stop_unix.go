//go:build unix

package main

import (
	"os"
	"syscall"
)

// stop freezes a process where it stands.
func stop(p *os.Process) error { return p.Signal(syscall.SIGSTOP) }
