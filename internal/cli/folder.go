package cli

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// timeName is how times stand in the names of runs, plans and incidents: in
// UTC, in order.
const timeName = "20060102T150405Z"

// newID names a run, a plan or an incident by when it began; two of one second differ.
func newID(at time.Time) string {
	var tail [3]byte
	rand.Read(tail[:]) // never fails
	return at.UTC().Format(timeName) + "-" + hex.EncodeToString(tail[:])
}

// runDir is where a run is published; with no name, where all are.
func runDir(out, run string) string { return filepath.Join(out, "runs", run) }

// plansDir is where a plan's waves are left; with no name, where all are.
func plansDir(out, plan string) string { return filepath.Join(out, "plans", plan) }

// listOf is the name of the list that a file is part of: "clean" of
// "clean-2.xlsx".
func listOf(file string) string {
	stem, _, _ := strings.Cut(file, ".")
	stem, _, _ = strings.Cut(stem, "-")
	return stem
}

// namesIn is what lies in a folder; nothing when there is none.
func namesIn(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, outputFault(dir, err)
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// place is a table as people are told of it: the file's name, and the sheet's
// where there are several.
func place(path, sheet string) string {
	name := filepath.Base(path)
	if sheet != "" {
		name += " / " + sheet
	}
	return name
}

// hexSum is the SHA-256 of data in hexadecimal.
func hexSum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
