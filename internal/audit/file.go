package audit

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"cleanbase/internal/contact"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// applicationID marks our files: "clnb".
const applicationID = 0x636c6e62

// prepareFile looks at the file before SQLite does, so that a file that is not
// ours is not touched, and makes it if need be. fresh tells that there is
// nothing in it.
func (d *DB) prepareFile(opt Options) (fresh bool, err error) {
	info, err := os.Stat(d.path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && opt.DryRun:
		return true, nil
	case errors.Is(err, fs.ErrNotExist) && opt.Create:
		return true, createPrivate(d.path)
	case errors.Is(err, fs.ErrNotExist):
		return false, d.newFault(err, contact.T("there is no audit database", "базы аудита нет"),
			contact.T("name it with --audit, or do a run first", "укажите её через --audit или сначала выполните run"))
	case err != nil:
		return false, fmt.Errorf("audit: %w", err)
	case !info.Mode().IsRegular():
		return false, d.foreign()
	case info.Size() == 0:
		return true, nil
	}
	return false, d.checkHeader()
}

// checkHeader reads what SQLite's file format (section 1.3) has in the first
// 100 bytes. With a journal beside it the file may be half written; then
// SQLite must repair it first, and migrate looks again.
func (d *DB) checkHeader() error {
	if info, err := os.Stat(d.path + "-journal"); err == nil && info.Size() > 0 {
		return nil
	}
	f, err := os.Open(d.path)
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	defer f.Close()
	var head [100]byte
	if _, err := io.ReadFull(f, head[:]); err != nil || string(head[:16]) != "SQLite format 3\x00" || be32(head[68:]) != applicationID {
		return d.foreign()
	}
	return nil
}

func be32(b []byte) uint32 {
	return uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
}

// createPrivate makes an empty file of mode 0600 and makes its name last.
func createPrivate(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() {
			return nil // another process was faster
		}
	}
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	return errors.Join(f.Close(), syncDir(filepath.Dir(path)))
}

// writePrivate makes a file of mode 0600 that is whole or not there.
func writePrivate(path string, content []byte) error {
	part := path + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) { // what a crash left, or a link laid there
		return fmt.Errorf("audit: %w", err)
	}
	f, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	if err := os.Rename(part, path); err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes the names in a folder durable. NTFS journals them, and Windows
// lets no folder be fsynced.
func syncDir(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	dir, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	return errors.Join(dir.Sync(), dir.Close())
}

func (d *DB) newFault(err error, what, do contact.Text) error {
	return &contact.Fault{File: d.path, What: what, Do: do, Err: err}
}

// errForeign marks a file that is no audit database of ours.
var errForeign = errors.New("audit: foreign file")

func (d *DB) foreign() error {
	return d.newFault(errForeign, contact.T("this is not an audit database of cleanbase", "это не база аудита cleanbase"),
		contact.T("name another file with --audit", "укажите другой файл через --audit"))
}

// errDamaged marks values that this program did not store.
var errDamaged = errors.New("audit: damaged values")

// fault turns what SQLite says into what a person can act on.
func (d *DB) fault(err error) error {
	var known *contact.Fault
	var e *sqlite.Error
	damaged := contact.T("the audit database is damaged", "база аудита повреждена")
	restore := contact.T("restore it from a backup", "восстановите её из резервной копии")
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case errors.Is(err, errDamaged):
		return d.newFault(err, damaged, restore)
	case !errors.As(err, &e):
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB:
		return d.foreign()
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return d.newFault(err, contact.T("another program is writing to the audit database", "в базу аудита пишет другая программа"),
			contact.T("wait for it to end and try again", "дождитесь её окончания и повторите"))
	case sqlite3.SQLITE_FULL:
		return d.newFault(err, contact.T("the disk is full", "на диске нет места"),
			contact.T("free some space and run again: nothing was lost", "освободите место и запустите снова: ничего не потеряно"))
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN:
		return d.newFault(err, contact.T("the audit database can't be written to", "в базу аудита нельзя записать"),
			contact.T("check the rights of the file and its folder", "проверьте права на файл и его папку"))
	case sqlite3.SQLITE_CORRUPT:
		return d.newFault(err, damaged, restore)
	case sqlite3.SQLITE_IOERR:
		return d.newFault(err, contact.T("reading or writing the audit database failed", "не удалось прочитать или записать базу аудита"),
			contact.T("check the disk and run again", "проверьте диск и запустите снова"))
	}
	return fmt.Errorf("audit: %w", err)
}
