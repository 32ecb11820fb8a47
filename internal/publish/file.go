package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"os"
	"path/filepath"
	"sync/atomic"
)

// fileBlock is how many bytes of a file are hashed and written at a time, and
// fileBlocks how many such blocks there are of one file.
const (
	fileBlock  = 128 << 10
	fileBlocks = 3
)

// File is one file of a stage. It is an io.Writer for one goroutine; what was
// written is hashed and goes to the disk on another. Close makes its bytes
// durable.
type File struct {
	Name  string
	f     *os.File
	block []byte // being filled
	full  chan []byte
	empty chan []byte
	ended chan struct{}
	fault atomic.Pointer[error] // of writing
	sum   hash.Hash
	hex   string
}

// Create starts a file.
func (s *Stage) Create(name string) (*File, error) {
	file, err := newFile(filepath.Join(s.dir, name), name)
	if err == nil {
		s.files = append(s.files, file)
	}
	return file, err
}

func newFile(path, name string) (*File, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("stage: %w", err)
	}
	file := &File{Name: name, f: f, sum: sha256.New(), full: make(chan []byte, fileBlocks), empty: make(chan []byte, fileBlocks), ended: make(chan struct{})}
	for range fileBlocks {
		file.empty <- nil // made when it is first filled
	}
	file.block = <-file.empty
	go file.run(file.full)
	return file, nil
}

// run hashes and writes block after block. After a failure it only hands the
// blocks back.
func (f *File) run(full <-chan []byte) {
	defer close(f.ended)
	for block := range full {
		if f.failed() == nil {
			f.sum.Write(block) // never fails
			if _, err := f.f.Write(block); err != nil {
				f.fault.Store(&err)
			}
		}
		f.empty <- block[:0]
	}
}

func (f *File) failed() error {
	if err := f.fault.Load(); err != nil {
		return *err
	}
	return nil
}

// Write adds to the file. Its error may be of a write before it.
func (f *File) Write(p []byte) (int, error) {
	n := len(p)
	for len(p) > 0 {
		if f.block == nil {
			f.block = make([]byte, 0, fileBlock)
		}
		k := min(len(p), cap(f.block)-len(f.block))
		f.block = append(f.block, p[:k]...)
		if p = p[k:]; len(f.block) < cap(f.block) {
			break
		}
		f.full <- f.block
		if f.block = <-f.empty; f.failed() != nil {
			return 0, fmt.Errorf("stage: %s: %w", f.Name, f.failed())
		}
	}
	return n, nil
}

// Close writes what is left, makes the bytes durable and closes the file. A
// failed fsync is final: the kernel may have dropped the bytes that it could
// not write, so a second try would prove nothing.
func (f *File) Close() error {
	err := f.flush()
	if err == nil {
		err = f.f.Sync()
	}
	err = errors.Join(err, f.f.Close())
	f.hex = hex.EncodeToString(f.sum.Sum(nil))
	if err != nil {
		return fmt.Errorf("stage: %s: %w", f.Name, err)
	}
	return nil
}

// flush waits until all is written.
func (f *File) flush() error {
	f.full <- f.block
	close(f.full)
	f.block, f.full = nil, nil
	<-f.ended
	return f.failed()
}

// abandon lets go of a file that is not to be published.
func (f *File) abandon() {
	if f.full != nil {
		_ = f.flush()   // it is to be removed
		_ = f.f.Close() // the same
	}
}

// SHA256 is the hash of a closed file in hexadecimal.
func (f *File) SHA256() string { return f.hex }
