package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

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
		if !bytes.Contains(elsewhere, []byte("\n\n— ")) { // no signature
			return usageFault(contact.T("the file after --checkpoint holds no checkpoint", "в файле после --checkpoint нет контрольной точки"),
				contact.T("give what verify --print-checkpoint printed, or a run's summary.json", "укажите то, что вывел verify --print-checkpoint, или summary.json запуска"))
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
	p.line(contact.T("Published files checked: %s in %s.", "Проверено опубликованных файлов: %s, папок запусков: %s.").With(contact.Count(int64(s.Files)),
		contact.T(contact.Many(int64(s.Folders), "run folder", "run folders", "", "", "").EN, p.number(int64(s.Folders)))))
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
