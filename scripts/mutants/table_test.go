package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every break still fits the program: its words stand in its file once.
func TestBreaksFit(t *testing.T) {
	for _, m := range mutants {
		source, err := os.ReadFile(filepath.Join("../../internal", m.file))
		if err != nil {
			t.Errorf("%s: %v", m.name, err)
			continue
		}
		if n := strings.Count(string(source), m.old); n != 1 {
			t.Errorf("%s: its words are in %s %d times", m.name, m.file, n)
		}
	}
}
