package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// NewDraft starts a single file that is to appear in a folder when it is whole
// and FinishDraft is called. Close makes its bytes durable; the caller holds the
// lock. What an earlier draft of the name left is overwritten.
func NewDraft(dir, name string) (*File, error) {
	if err := DropDraft(dir, name); err != nil {
		return nil, err
	}
	return newFile(filepath.Join(dir, stageMark+name), name)
}

// FinishDraft makes a closed draft appear under its name, durably.
func FinishDraft(dir, name string) error {
	if err := os.Rename(filepath.Join(dir, stageMark+name), filepath.Join(dir, name)); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	return syncDir(dir)
}

// DropDraft removes a draft, if it is there.
func DropDraft(dir, name string) error {
	return removed(filepath.Join(dir, stageMark+name))
}

// Drafts is the names of the drafts that lie in a folder, of which a crash may
// have left some; none when there is no such folder.
func Drafts(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("output folder: %w", err)
	}
	var names []string
	for _, e := range entries {
		if name, ok := strings.CutPrefix(e.Name(), stageMark); ok {
			names = append(names, name)
		}
	}
	return names, nil
}

// Withdraw removes a published file, if it is there, durably.
func Withdraw(dir, name string) error {
	err := os.Remove(filepath.Join(dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	return syncDir(dir)
}
