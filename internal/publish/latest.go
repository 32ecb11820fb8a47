package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// The newest run's folder is told by a link, or by the text of a file where no
// links can be made: Windows asks for a privilege, and FAT has none.
const (
	latest     = "latest"
	latestText = "latest.txt"
)

// Latest is the real path of the folder that out calls the newest run's, "" when
// it calls none so.
func Latest(out string) (string, error) {
	link := filepath.Join(out, latest)
	if _, err := os.Lstat(link); err == nil {
		return filepath.EvalSymlinks(link)
	}
	text, err := os.ReadFile(filepath.Join(out, latestText))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(filepath.Join(out, strings.TrimSpace(string(text))))
}

// pointLatest makes out call a run the newest, in one step; link is os.Symlink.
func pointLatest(out, runID string, link func(to, from string) error) error {
	next, to := filepath.Join(out, stageMark+latest), filepath.Join(runsDir, runID)
	if err := removed(next); err != nil {
		return err
	}
	switch err := link(to, next); {
	case err == nil:
	case errors.Is(err, fs.ErrPermission) || errors.Is(err, errors.ErrUnsupported) || runtime.GOOS == "windows":
		return writeLatest(out, to)
	default:
		return fmt.Errorf("publish: %w", err)
	}
	if err := replaceLink(next, filepath.Join(out, latest)); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	if err := removed(filepath.Join(out, latestText)); err != nil {
		return err
	}
	return syncDir(out)
}

// writeLatest is pointLatest by text.
func writeLatest(out, to string) error {
	f, err := NewDraft(out, latestText)
	if err != nil {
		return err
	}
	_, err = f.Write([]byte(filepath.ToSlash(to) + "\n"))
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := removed(filepath.Join(out, latest)); err != nil { // of a time when there were links
		return err
	}
	return FinishDraft(out, latestText)
}

// removed removes a file, if it is there.
func removed(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("publish: %w", err)
	}
	return nil
}
