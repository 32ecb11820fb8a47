package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"cleanbase/internal/contact"
	"cleanbase/internal/publish"
	"cleanbase/internal/sheet"
)

// wanted is a file to read and the role that the user stated for it.
type wanted struct {
	path string
	role contact.Role
}

// source is one input file, copied to a private file that only we can change.
type source struct {
	path    string
	role    contact.Role // stated
	sha256  string
	secret  [32]byte // a hash of what it holds that is published nowhere
	size    int64
	changed time.Time // by its own file system
	copy    *meter
	book    *sheet.Book
}

// close lets go of the file and of what of it is kept to read it by.
func (s *source) close() {
	if s.book != nil {
		_ = s.book.Close() // only read from
		s.book = nil
	}
	_ = s.copy.Close() // has no name any more: closing it is its end
}

// find lists the files to read: those named, and those in the folders named.
// What is skipped in a folder is told.
func find(paths []string, roles [contact.RoleProtected + 1][]string) (files []wanted, skipped []contact.Text, err error) {
	seen := map[string]int{}
	add := func(path string, role contact.Role) error {
		at, twice := seen[identity(path)]
		if !twice {
			seen[identity(path)] = len(files)
			files = append(files, wanted{path, role})
			return nil
		}
		if old := files[at].role; old != contact.NoRole && role != contact.NoRole && old != role {
			return usageFault(contact.T("%s is named both as %s and as %s", "файл %s назван и как %s, и как %s").With(path, old.String(), role.String()),
				contact.T("name it once", "назовите его один раз"))
		}
		files[at].role = max(files[at].role, role)
		return nil
	}
	for _, r := range contact.Roles() {
		for _, path := range roles[r] {
			if err := add(path, r); err != nil {
				return nil, nil, err
			}
		}
	}
	for _, path := range paths {
		more, passed, err := expand(path)
		if err != nil {
			return nil, nil, err
		}
		skipped = append(skipped, passed...)
		for _, p := range more {
			if err := add(p, contact.NoRole); err != nil {
				return nil, nil, err
			}
		}
	}
	return files, skipped, nil
}

// identity is what two paths of one file have in common.
func identity(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	return path
}

// expand is the file itself, or the files of a folder but not of its own.
func expand(path string) (files []string, skipped []contact.Text, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, badInput(&contact.Fault{File: path, Err: err,
			What: contact.T("there is no such file or it may not be read", "такого файла нет или его нельзя прочитать"),
			Do:   contact.T("check the path", "проверьте путь")})
	}
	if !info.IsDir() {
		return []string{path}, nil, nil
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, nil, badInput(&contact.Fault{File: path, Err: err, What: contact.T("the folder can't be read", "папка не читается")})
	}
	for _, e := range entries {
		name := e.Name()
		switch why := passOver(name); {
		case strings.HasPrefix(name, ".") || isFolder(filepath.Join(path, name), e):
		case why.EN != "":
			skipped = append(skipped, contact.T("%s was left out: %s", "файл %s пропущен: %s").With(name, why))
		default:
			files = append(files, filepath.Join(path, name))
		}
	}
	if len(files) == 0 {
		return nil, nil, badInput(&contact.Fault{File: path, What: contact.T("the folder holds no file to read", "в папке нет файлов для чтения"),
			Do: contact.T("put the exports into it or name the files", "положите в неё выгрузки или назовите файлы")})
	}
	return files, skipped, nil
}

// isFolder tells whether an entry is a folder or a link to one, such as latest.
func isFolder(path string, e os.DirEntry) bool {
	if e.Type()&os.ModeSymlink == 0 {
		return e.IsDir()
	}
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// passOver says why a file of a folder is none of the inputs, if it is not:
// a download or a save under way, or a file of our own.
func passOver(name string) contact.Text {
	low := strings.ToLower(name)
	for _, suffix := range []string{".part", ".tmp", ".crdownload", ".partial", ".download"} {
		if strings.HasSuffix(low, suffix) {
			return contact.T("it is still being written", "он ещё записывается")
		}
	}
	switch {
	case strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".~lock"):
		return contact.T("it is a lock file of an office program", "это служебный файл офисной программы")
	case strings.HasSuffix(low, ".toml"):
		return contact.T("it is a settings file", "это файл настроек")
	case low == "thumbs.db" || low == "desktop.ini" || strings.HasPrefix(low, "audit.db"):
		return contact.T("it is no table", "это не таблица")
	}
	return contact.Text{}
}

var fileChanged = contact.T("the file changed while it was read", "файл изменился, пока его читали")

// take copies a file to the spool folder, hashing it on the way. The copy has
// no name, so nothing of it is left whatever happens to us.
func take(ctx context.Context, w wanted, dir string) (*source, error) {
	fail := func(err error, what contact.Text) (*source, error) {
		return nil, badInput(&contact.Fault{File: w.path, Err: err, What: what,
			Do: contact.T("check the file and start again", "проверьте файл и запустите снова")})
	}
	before, err := os.Stat(w.path)
	if err != nil {
		return fail(err, contact.T("there is no such file or it may not be read", "такого файла нет или его нельзя прочитать"))
	}
	if !before.Mode().IsRegular() {
		return fail(nil, contact.T("this is no ordinary file", "это не обычный файл"))
	}
	// Should a pipe have taken the file's place meanwhile, opening it must not
	// wait for somebody to write.
	in, err := os.OpenFile(w.path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return fail(err, contact.T("the file may not be read", "файл нельзя прочитать"))
	}
	defer in.Close()
	if opened, err := in.Stat(); err != nil || !os.SameFile(before, opened) {
		return fail(err, fileChanged)
	}
	out, err := publish.Nameless(dir)
	if err != nil {
		return nil, err
	}
	s := &source{path: w.path, role: w.role, size: before.Size(), changed: before.ModTime(), copy: &meter{File: out}}
	n, err := s.fill(ctx, in)
	if err != nil {
		s.close()
		return nil, err
	}
	after, err := in.Stat()
	if err != nil || n != before.Size() || after.Size() != n || !after.ModTime().Equal(before.ModTime()) {
		s.close()
		return fail(err, fileChanged)
	}
	return s, nil
}

// secretBytes is how much of a file's start the secret of its salts is made
// from: plenty that nobody without the file can guess.
const secretBytes = 1 << 20

// What is copied at a time, and how many such blocks there are.
const (
	copyBlock  = 256 << 10
	copyBlocks = 3
)

// fill copies the whole of in, and hashes it beside the copying.
func (s *source) fill(ctx context.Context, in io.Reader) (n int64, err error) {
	sum, secret := sha256.New(), sha256.New()
	secret.Write([]byte("cleanbase salts 1\n"))
	hashed := make(chan []byte, copyBlocks)
	for range copyBlocks {
		hashed <- make([]byte, copyBlock)
	}
	hasher := newScribe()
	n, err = s.copyBlocks(ctx, in, hashed, func(block []byte, secretly bool) {
		_ = hasher.do(func() error { // hashing never fails
			sum.Write(block)
			if secretly {
				secret.Write(block)
			}
			hashed <- block[:copyBlock]
			return nil
		})
	})
	_ = hasher.end()
	s.sha256 = hex.EncodeToString(sum.Sum(nil))
	secret.Sum(s.secret[:0])
	return n, err
}

// copyBlocks copies in block by block, each of which it takes from free and
// hands to pass.
func (s *source) copyBlocks(ctx context.Context, in io.Reader, free <-chan []byte, pass func(block []byte, secretly bool)) (n int64, err error) {
	for {
		if ctx.Err() != nil {
			return n, errInterrupted
		}
		buf := <-free
		k, err := io.ReadFull(in, buf)
		pass(buf[:k], n < secretBytes)
		n += int64(k)
		if _, err := s.copy.Write(buf[:k]); err != nil {
			return n, fmt.Errorf("working folder: %w", err)
		}
		switch {
		case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
			return n, nil
		case err != nil:
			return n, badInput(&contact.Fault{File: s.path, Err: err, What: contact.T("the file can't be read to its end", "файл не дочитывается до конца"),
				Do: contact.T("copy or export it anew", "скопируйте или выгрузите его заново")})
		}
	}
}

// seedOf is the secret that the salts of a run grow from.
func seedOf(sources []*source) [32]byte {
	parts := make([]string, len(sources))
	for i, s := range sources {
		parts[i] = string(s.secret[:])
	}
	slices.Sort(parts)
	var h hash.Hash = sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
	}
	return [32]byte(h.Sum(nil))
}
