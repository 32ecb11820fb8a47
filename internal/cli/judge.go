package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
	"cleanbase/internal/sheet"
)

func (a *App) judgeCommand() *cobra.Command {
	var f auditFlags
	cmd := &cobra.Command{
		Use:   "judge FILE",
		Short: "Settle the doubtful: a hold list with a filled decision column",
		Long: `judge reads a hold list to which somebody has added a column "decision" (решение):
"refuse" (отказ) for a person who refused, "keep" (оставить) for one who did not.
Each answer is evidence and settles the doubt for every later run; a row with no
answer stays as it is.`,
		Example: `  cleanbase judge cleanbase-out/latest/hold.xlsx`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			batch, left, err := a.judgements(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if len(batch) > 0 {
				if err := a.tell(f.audit, batch); err != nil {
					return err
				}
			}
			if f.json {
				return writeJSON(a.Stdout, map[string]int{"answers": len(batch), "left": left})
			}
			p := a.printer(a.lang(f.lang))
			p.line(contact.T("On record: %s; without an answer or a phone, and left as they are: %s.",
				"Записано: %s; без ответа или телефона и оставлено как есть: %s.").With(
				contact.Many(int64(len(batch)), "answer", "answers", "ответ", "ответа", "ответов"), contact.Many(int64(left), "row", "rows", "строка", "строки", "строк")))
			return p.err
		},
	}
	f.bind(cmd)
	return cmd
}

// tell puts what a person decided into the audit database.
func (a *App) tell(path string, batch []contact.Evidence) error {
	unlock, err := lockAudit(path)
	if err != nil {
		return err
	}
	defer unlock()
	db, err := audit.Open(path, audit.Options{})
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Told(batch, a.Now())
}

// The words of the decision column.
var decisionWords = map[string]contact.EvidenceKind{
	"refuse": contact.OptOut, "refused": contact.OptOut, "отказ": contact.OptOut, "отказался": contact.OptOut, "отказалась": contact.OptOut,
	"keep": contact.Keep, "оставить": contact.Keep, "не отказ": contact.Keep,
}

// judgements reads the answers of a hold list, and counts the rows that have
// none.
func (a *App) judgements(ctx context.Context, path string) (batch []contact.Evidence, left int, err error) {
	dir, err := os.MkdirTemp("", "cleanbase-")
	if err != nil {
		return nil, 0, err
	}
	defer removeDir(dir)
	src, err := take(ctx, wanted{path: path}, dir)
	if err != nil {
		return nil, 0, err
	}
	defer src.close()
	name := filepath.Base(path)
	if src.book, err = sheet.Open(src.copy, src.size, name, sheet.Options{}); err != nil {
		return nil, 0, badInput(err)
	}
	r := judgeReader{name: name, at: contact.At(a.Now()), phone: -1, decision: -1}
	if err := src.book.Each(0, r.row); err != nil {
		return nil, 0, badInput(err)
	}
	if r.fault == nil && r.decision < 0 {
		r.fault = r.wrong(1, contact.T("there are no columns phone_e164 and decision", "нет колонок phone_e164 и decision"))
	}
	if r.fault != nil {
		return nil, 0, badInput(r.fault)
	}
	return r.batch, r.left, nil
}

type judgeReader struct {
	name            string
	at              contact.Moment
	phone, decision int // columns, -1 before the header was seen
	batch           []contact.Evidence
	left            int
	fault           *contact.Fault
}

func (r *judgeReader) wrong(row int, what contact.Text) *contact.Fault {
	return &contact.Fault{File: r.name, Row: row, What: what,
		Do: contact.T("take a hold list, add a column decision and write refuse or keep in it",
			"возьмите список hold, добавьте колонку decision и впишите refuse или keep")}
}

func (r *judgeReader) row(row contact.Row) bool {
	if r.decision < 0 {
		return r.header(row)
	}
	word := strings.ToLower(strings.TrimSpace(cellAt(row, r.decision)))
	p, readable := contact.ParsePhone(cellAt(row, r.phone))
	kind, known := decisionWords[word]
	switch {
	case word == "" || !readable && known:
		r.left++
	case !known:
		r.fault = r.wrong(row.Number, contact.T("the decision is neither refuse nor keep", "в колонке decision не refuse и не keep"))
	default:
		r.batch = append(r.batch, contact.Evidence{Kind: kind, Via: contact.ViaPerson, ID: contact.OfPhone(p), At: r.at, Rule: "judge"})
	}
	return r.fault == nil
}

func (r *judgeReader) header(row contact.Row) bool {
	for i := range row.Cells {
		switch strings.ToLower(strings.TrimSpace(cellAt(row, i))) {
		case "phone_e164":
			r.phone = i
		case "decision", "решение":
			r.decision = i
		}
	}
	if r.phone < 0 {
		r.decision = -1
	}
	return r.decision >= 0
}

func cellAt(row contact.Row, i int) string {
	if i >= len(row.Cells) {
		return ""
	}
	return string(row.Cells[i])
}
