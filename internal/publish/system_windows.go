package publish

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// deleteOnClose is FILE_FLAG_DELETE_ON_CLOSE of CreateFile, which os.OpenFile
// hands on: an open file can't be removed here, but can ask to be.
const deleteOnClose = 0x04000000

func nameless(dir string) (*os.File, error) {
	return os.OpenFile(filepath.Join(dir, "rows-"+rand.Text()), os.O_RDWR|os.O_CREATE|os.O_EXCL|deleteOnClose, 0o600)
}

// replaceLink removes the old link first: a link to a folder can't be renamed
// over here.
func replaceLink(from, to string) error {
	if err := os.Remove(to); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.Rename(from, to)
}

// syncDir has nothing to do: NTFS keeps a journal of names, and a folder can't
// be fsynced.
func syncDir(string) error { return nil }
