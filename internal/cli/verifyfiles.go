package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
	"cleanbase/internal/publish"
)

// listNames are the files that a person could take for a list of ours.
var listNames = []string{"clean", "cold", "hold", "removed", "invalid", "suppressions"}

// folders checks the published runs that are still there, that there are no
// others, and that latest is the newest.
func (v *verifier) folders(db *audit.DB) error {
	known := map[string]bool{}
	var published []string
	err := db.EachPublished(func(r audit.PublishedRun) error {
		known[r.RunID] = true
		published = append(published, r.RunID)
		return v.folder(r)
	})
	if err != nil {
		return err
	}
	pending, err := db.Unfinished() // a run going on, or killed, may be seen before its end is on record
	if err != nil {
		return err
	}
	for _, p := range pending {
		known[p.RunID] = true
	}
	entries, err := os.ReadDir(runDir(v.out, ""))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return outputFault(v.out, err)
	}
	for _, e := range entries {
		if dir := runDir(v.out, e.Name()); e.IsDir() && !known[e.Name()] && holdsLists(dir) {
			return tampered(dir, contact.T("the record knows no such run: its lists are not from here, or the database is an older copy", "в записи нет такого запуска: списки не отсюда или база — старая копия"))
		}
	}
	if len(published) > 0 && len(pending) == 0 {
		return v.latest(published[0])
	}
	return nil
}

// holdsLists tells whether a folder has a file that could be taken for a list.
func holdsLists(dir string) bool {
	names, _ := namesIn(dir)
	return slices.ContainsFunc(names, isList)
}

// isList tells whether a file could be taken for a list of ours.
func isList(name string) bool { return slices.Contains(listNames, listOf(name)) }

// latest checks that it leads to the newest run, if both are there.
func (v *verifier) latest(runID string) error {
	want, err := filepath.EvalSymlinks(runDir(v.out, runID))
	if err != nil {
		return nil // retained away
	}
	got, err := publish.Latest(v.out)
	if err == nil && got == "" {
		return nil
	}
	if err != nil || got != want {
		return tampered(filepath.Join(v.out, "latest"), contact.T("it does not lead to the newest run", "ссылка ведёт не на последний запуск"))
	}
	return nil
}

// folder checks the files of one run, if its folder is still there.
func (v *verifier) folder(r audit.PublishedRun) error {
	dir := runDir(v.out, r.RunID)
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return outputFault(dir, err)
	}
	v.said.Folders++
	sums := map[string]string{}
	for _, f := range r.Files {
		sums[f.Name] = f.SHA256
	}
	if len(r.Summary) > 0 {
		sums["summary.json"] = hexSum(r.Summary)
	}
	listed, err := sumsFile(dir, sums)
	if err != nil {
		return err
	}
	for name, sum := range listed {
		switch {
		case sums[name] != "":
		case name == "report.html": // the first programs knew it by this list alone
			sums[name] = sum
		default:
			return tampered(filepath.Join(dir, "SHA256SUMS"), contact.T("the file was changed", "файл изменён"))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		if err := v.file(filepath.Join(dir, name), sums[name]); err != nil {
			return err
		}
	}
	for _, e := range entries {
		if sums[e.Name()] == "" && isList(e.Name()) {
			return tampered(filepath.Join(dir, e.Name()), contact.T("the run did not publish this file", "запуск не публиковал этот файл"))
		}
	}
	return nil
}

// waves checks the files of waves that are still there, and that no other file
// could be taken for one.
func (v *verifier) waves(db *audit.DB) error {
	waves, err := db.Waves()
	if err != nil {
		return err
	}
	sums := map[string]string{}
	for _, w := range waves {
		sums[filepath.Join(plansDir(v.out, w.Plan), w.File.Name)] = w.File.SHA256
	}
	folders, err := namesIn(plansDir(v.out, ""))
	for _, folder := range folders {
		names, err := namesIn(plansDir(v.out, folder))
		if err != nil {
			return err
		}
		for _, name := range names {
			if err := v.wave(filepath.Join(plansDir(v.out, folder), name), sums); err != nil {
				return err
			}
		}
	}
	return err
}

// wave checks one file in a plan's folder.
func (v *verifier) wave(path string, sums map[string]string) error {
	if !strings.HasPrefix(filepath.Base(path), "wave-") {
		return nil
	}
	if sums[path] == "" {
		return tamperedWave(path, contact.T("no plan handed out this file", "этот файл не выдан ни одним планом"))
	}
	if data, err := os.ReadFile(path); err != nil || hexSum(data) != sums[path] {
		return tamperedWave(path, contact.T("the file was changed", "файл изменён"))
	}
	v.said.Files++
	return nil
}

// sumsFile reads SHA256SUMS, which must say of every known file what is known.
func sumsFile(dir string, known map[string]string) (map[string]string, error) {
	path := filepath.Join(dir, "SHA256SUMS")
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, tampered(path, contact.T("the file is gone", "файла больше нет"))
	}
	listed := map[string]string{}
	for line := range bytes.Lines(text) {
		sum, name, _ := strings.Cut(strings.TrimRight(string(line), "\n"), "  ")
		if known[name] != "" && known[name] != sum || !filepath.IsLocal(name) {
			return nil, tampered(path, contact.T("the file was changed", "файл изменён"))
		}
		listed[name] = sum
	}
	for name := range known {
		if listed[name] == "" {
			return nil, tampered(path, contact.T("the file was changed", "файл изменён"))
		}
	}
	return listed, nil
}

func (v *verifier) file(path, want string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return tampered(path, contact.T("the file is gone", "файла больше нет"))
	}
	if err != nil {
		return outputFault(path, err)
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return outputFault(path, err)
	}
	if hex.EncodeToString(h.Sum(nil)) != want {
		return tampered(path, contact.T("the file was changed", "файл изменён"))
	}
	v.said.Files++
	return nil
}

func tamperedWave(path string, what contact.Text) error {
	return &contact.Fault{File: path, What: what, Do: contact.T("do not send it: cleanbase plan --next --unsent hands out another instead",
		"не отправляйте его: другой вместо него выдаст cleanbase plan --next --unsent")}
}

func tampered(path string, what contact.Text) error {
	return &contact.Fault{File: path, What: what, Do: contact.T("do not mail from this folder: run again; cleanbase report makes the report anew",
		"не рассылайте из этой папки: выполните запуск снова; отчёт заново делает cleanbase report")}
}
