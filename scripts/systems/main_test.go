package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestFixturesAreFresh: fixtures/systems is what this program writes.
func TestFixturesAreFresh(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range files() {
		if seen[f.path] {
			t.Errorf("%s is written twice", f.path)
		}
		seen[f.path] = true
		want, err := f.make()
		if err != nil {
			t.Fatalf("%s: %v", f.path, err)
		}
		got, err := os.ReadFile(filepath.Join("../../fixtures/systems", f.path))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what the script writes (%v): run go run ./scripts/systems fixtures/systems", f.path, err)
		}
	}
}
