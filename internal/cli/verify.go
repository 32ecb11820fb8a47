package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
)

func (a *App) verifyCommand() *cobra.Command {
	var f auditFlags
	var kept, out string
	var printed bool
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check that the audit database and the published lists are untouched",
		Long: `verify recomputes every leaf, the tree, every signature and the row law, and the
hashes of the published files that are still there. It names the first thing
that is wrong and ends with exit code 1.

Keep a checkpoint elsewhere: without one, whoever has the key file can write
another history. With --checkpoint FILE even the key's owner can't.`,
		Example: `  cleanbase verify
  cleanbase verify --print-checkpoint > /media/usb/checkpoint.txt
  cleanbase verify --checkpoint /media/usb/checkpoint.txt`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			v := &verifier{f: f, out: out, printed: printed, p: a.printer(a.lang(f.lang))}
			if out == "" {
				v.out = filepath.Dir(f.audit)
			}
			return v.run(kept)
		},
	}
	f.bind(cmd)
	cmd.Flags().StringVar(&kept, "checkpoint", "", "a checkpoint `FILE` kept elsewhere, or a summary.json, which the record must still contain")
	cmd.Flags().StringVar(&out, "out", "", "`DIR` of the published runs (default where the audit database is)")
	cmd.Flags().BoolVar(&printed, "print-checkpoint", false, "print the newest checkpoint alone, to keep it elsewhere")
	return cmd
}

// verifier is one verify.
type verifier struct {
	f       auditFlags
	out     string
	printed bool
	p       printer
	said    verified
}

// verified is what verify says with --json.
type verified struct {
	OK         bool   `json:"ok"`
	Wrong      string `json:"wrong,omitempty"` // the first thing that is wrong
	Leaves     int64  `json:"leaves"`
	Root       string `json:"root"`
	Folders    int    `json:"folders"` // run folders whose files were checked
	Files      int    `json:"files"`
	PublicKey  string `json:"public_key"`
	Checkpoint string `json:"checkpoint"`
	Elsewhere  bool   `json:"held_against_checkpoint"`
	// Unfinished is the run that is going on or was killed: nothing covers it yet.
	Unfinished []string `json:"unfinished"`
}

func (v *verifier) run(kept string) error {
	var elsewhere []byte
	if kept != "" {
		var err error
		if elsewhere, err = readCheckpoint(kept); err != nil {
			return usageFault(contact.T("the checkpoint file can't be read", "файл контрольной точки не читается"), contact.T("check the path after --checkpoint", "проверьте путь после --checkpoint"))
		}
		v.said.Elsewhere = true
	}
	db, err := audit.Open(v.f.audit, audit.Options{})
	if err != nil {
		return err
	}
	defer db.Close()
	wrong, err := db.Verify(elsewhere)
	if err == nil && wrong == nil {
		if err = v.folders(db); err == nil {
			err = v.waves(db)
		}
		if errors.As(err, &wrong) {
			err = nil
		}
	}
	if err != nil {
		return err
	}
	if err := v.fill(db); err != nil {
		return err
	}
	return v.tell(wrong)
}

// readCheckpoint reads a kept checkpoint: the note, or a summary.json that shows it.
func readCheckpoint(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	var summary contact.Summary
	if json.Unmarshal(text, &summary) == nil && summary.Audit.Checkpoint != "" {
		return []byte(summary.Audit.Checkpoint), nil
	}
	return text, err
}

func (v *verifier) fill(db *audit.DB) error {
	cp, err := db.Checkpoint()
	if err != nil {
		return err
	}
	if cp != nil {
		v.said.Leaves, v.said.Root, v.said.Checkpoint = cp.Size, cp.Root, string(cp.Note)
	}
	pending, err := db.Unfinished()
	if err != nil {
		return err
	}
	v.said.Unfinished = []string{}
	for _, p := range pending {
		v.said.Unfinished = append(v.said.Unfinished, p.RunID)
	}
	v.said.PublicKey, err = db.PublicKey()
	return err
}

// tell shows what came out; something wrong is the error.
func (v *verifier) tell(wrong *contact.Fault) error {
	v.said.OK = wrong == nil
	if wrong != nil {
		v.said.Wrong = wrong.In(v.p.l)
	}
	switch {
	case v.f.json:
		if err := writeJSON(v.p.w, &v.said); err != nil {
			return err
		}
	case wrong != nil:
	case v.printed:
		v.p.printf("%s", v.said.Checkpoint)
	default:
		v.p.verified(&v.said)
	}
	if wrong != nil {
		return wrong
	}
	return v.p.err
}

func (p *printer) verified(s *verified) {
	p.line(contact.T("The record is untouched: %s leaves, signatures, rows and evidence agree.", "Запись не тронута: листьев %s; подписи, строки и свидетельства сходятся.").With(p.number(s.Leaves)))
	p.line(contact.T("Published files checked: %s in %s run folders.", "Проверено опубликованных файлов: %s, папок запусков: %s.").With(p.number(int64(s.Files)), p.number(int64(s.Folders))))
	for _, id := range s.Unfinished {
		p.line(contact.T("Run %s has not ended: it is going on or was killed, and nothing covers it until the next run ends it.",
			"Запуск %s не окончен: он идёт или был прерван, и до следующего запуска ничем не защищён.").With(id))
	}
	if s.Elsewhere {
		p.line(contact.T("It still contains the run of the checkpoint given.", "Запуск указанной контрольной точки по-прежнему в записи."))
	} else {
		p.line(contact.T("Not held against a checkpoint kept elsewhere: whoever has the key file could have written another history (--checkpoint FILE).",
			"С контрольной точкой, хранящейся отдельно, не сверено: владелец файла ключа мог написать другую историю (--checkpoint ФАЙЛ)."))
	}
	if s.Checkpoint != "" {
		p.line(contact.T("Newest checkpoint, to keep elsewhere:", "Последняя контрольная точка, сохраните её отдельно:"))
		p.printf("%s", s.Checkpoint)
	}
}

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
	entries, err := os.ReadDir(filepath.Join(v.out, "runs"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return outputFault(v.out, err)
	}
	for _, e := range entries {
		if e.IsDir() && !known[e.Name()] && holdsLists(filepath.Join(v.out, "runs", e.Name())) {
			return tampered(filepath.Join(v.out, "runs", e.Name()), contact.T("the record knows no such run: its lists are not from here, or the database is an older copy", "в записи нет такого запуска: списки не отсюда или база — старая копия"))
		}
	}
	if len(published) > 0 && len(pending) == 0 {
		return v.latest(published[0])
	}
	return nil
}

// holdsLists tells whether a folder has a file that could be taken for a list.
func holdsLists(dir string) bool {
	entries, _ := os.ReadDir(dir)
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return isList(e.Name()) })
}

// isList tells whether a file could be taken for a list of ours.
func isList(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	stem, _, _ = strings.Cut(stem, "-")
	return slices.Contains(listNames, stem)
}

// latest checks that the link leads to the newest run, if both are there.
func (v *verifier) latest(runID string) error {
	want, err := filepath.EvalSymlinks(filepath.Join(v.out, "runs", runID))
	if err != nil {
		return nil // retained away
	}
	link := filepath.Join(v.out, "latest")
	got, err := filepath.EvalSymlinks(link)
	if _, gone := os.Lstat(link); gone != nil {
		return nil
	}
	if err != nil || got != want {
		return tampered(link, contact.T("it does not lead to the newest run", "ссылка ведёт не на последний запуск"))
	}
	return nil
}

// folder checks the files of one run, if its folder is still there.
func (v *verifier) folder(r audit.PublishedRun) error {
	dir := filepath.Join(v.out, "runs", r.RunID)
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
	if sum := sha256.Sum256(r.Summary); len(r.Summary) > 0 {
		sums["summary.json"] = hex.EncodeToString(sum[:])
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
	waves, err := db.Waves(time.Time{})
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
