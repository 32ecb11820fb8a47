package publish_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"cleanbase/internal/publish"
)

// A draft is seen only when it is finished; what a crash left is named and can
// be finished or dropped.
func TestDraft(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "plans", "one")
	if names, err := publish.Drafts(dir); err != nil || len(names) != 0 {
		t.Fatal(names, err)
	}
	if err := publish.Folder(dir); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time over what the first left
		f, err := publish.NewDraft(dir, "wave-01.csv")
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte("+79110000001\n"))
		if err := f.Close(); err != nil || len(f.SHA256()) != 64 {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "wave-01.csv")
	if _, err := os.Stat(path); err == nil {
		t.Error("a draft is seen")
	}
	if names, err := publish.Drafts(dir); err != nil || !slices.Equal(names, []string{"wave-01.csv"}) {
		t.Error(names, err)
	}
	if err := publish.FinishDraft(dir, "wave-01.csv"); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 || info.Size() != 13 {
		t.Error(info, err)
	}
	if err := publish.FinishDraft(dir, "wave-01.csv"); err == nil {
		t.Error("finished twice")
	}
	for range 2 {
		if err := publish.Withdraw(dir, "wave-01.csv"); err != nil {
			t.Error(err)
		}
		if err := publish.DropDraft(dir, "wave-01.csv"); err != nil {
			t.Error(err)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Error(left)
	}
}
