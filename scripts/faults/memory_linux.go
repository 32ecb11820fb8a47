package main

import (
	"os"
	"syscall"
)

// peakMemory is the most memory that a process held, in kilobytes.
func peakMemory(p *os.ProcessState) int64 {
	if u, ok := p.SysUsage().(*syscall.Rusage); ok {
		return u.Maxrss
	}
	return 0
}
