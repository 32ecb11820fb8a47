//go:build !windows

package publish

import (
	"errors"
	"fmt"
	"os"
)

// nameless makes a file whose name is gone at once: nothing of it is left,
// whatever happens to us.
func nameless(dir string) (*os.File, error) {
	f, err := os.CreateTemp(dir, "rows-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(f.Name()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// replaceLink renames a link over another.
func replaceLink(from, to string) error { return os.Rename(from, to) }

// syncDir makes the names in a folder durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	return nil
}
