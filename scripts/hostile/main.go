// Command hostile writes files that a reader of spreadsheets may choke on:
// damaged containers, bombs, tortured text, names that are code. All people in
// them are made up. The same call always writes the same bytes.
//
// Small files belong in fixtures/hostile; with -big the large ones are written
// too, which are not worth keeping.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

// smallBytes is the most that a file may have to be kept with the project.
const smallBytes = 64 << 10

func main() {
	dir := flag.String("dir", "fixtures/hostile", "folder to write to")
	big := flag.Bool("big", false, "write the large files too")
	flag.Parse()
	if err := write(*dir, *big); err != nil {
		fmt.Fprintln(os.Stderr, "hostile:", err)
		os.Exit(1)
	}
}

func write(dir string, big bool) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, set := range []map[string]func() []byte{workbooks(), bombs(), texts(), others()} {
		for name, make := range set {
			data := make()
			if len(data) > smallBytes && !big {
				continue
			}
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}
