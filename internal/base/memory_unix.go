//go:build unix && !race

package base

import "syscall"

// take is memory of the system's, all zero; of Go's heap where there is none.
func take(bytes int) []byte {
	b, err := syscall.Mmap(-1, 0, bytes, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return make([]byte, bytes)
	}
	return b
}

// give gives it back. For memory of the heap that is an error, and the
// collector's work.
func give(b []byte) { _ = syscall.Munmap(b) }
