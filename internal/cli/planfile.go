package cli

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
	"cleanbase/internal/publish"
	"cleanbase/internal/sheet"
	"cleanbase/internal/wave"
)

// settleWaves ends what a crash left of waves: a file whose people are on record
// appears, any other goes.
func settleWaves(db *audit.DB, out string) error {
	if err := publish.Clear(plansDir(out, "")); err != nil {
		return outputFault(plansDir(out, ""), err)
	}
	folders, err := namesIn(plansDir(out, ""))
	if err != nil || len(folders) == 0 {
		return err
	}
	waves, err := db.Waves()
	if err != nil {
		return err
	}
	onRecord := map[string]bool{}
	for _, w := range waves {
		onRecord[filepath.Join(w.Plan, w.File.Name)] = true
	}
	for _, folder := range folders {
		dir := plansDir(out, folder)
		names, err := publish.Drafts(dir)
		for _, name := range names {
			switch {
			case err != nil:
			case onRecord[filepath.Join(folder, name)]:
				err = publish.FinishDraft(dir, name)
			default:
				err = publish.DropDraft(dir, name)
			}
		}
		if err != nil {
			return outputFault(dir, err)
		}
	}
	return nil
}

// handOut makes the wave's file, puts the wave on record, and shows the file.
func (p *planner) handOut(ctx context.Context) error {
	w, number := &p.cut[0], p.said.Waves[0].Number
	h := &handedOut{Number: number, Contacts: len(w.People), New: w.New, Expires: p.asOf.Add(time.Duration(p.cfg.Plan.Expires))}
	format := p.cfg.Format
	if len(w.People) >= sheet.MaxSheetRows {
		format = "csv"
	}
	dir := plansDir(p.f.out, p.planID)
	if err := publish.Folder(dir); err != nil {
		return outputFault(dir, err)
	}
	t := &waveTable{planner: p, picks: p.picks(w, h), format: format, name: waveName(number, format), dir: dir}
	file, err := t.write(ctx)
	if err != nil {
		_ = publish.DropDraft(dir, t.name) // failed already; the next command clears away what is left
		return err
	}
	if err := p.record(w, h, file); err != nil {
		return err // the disk may have failed behind the commit: the next command sees what is on record
	}
	if err := publish.FinishDraft(dir, file.Name); err != nil {
		return outputFault(dir, err)
	}
	h.File, h.SHA256 = filepath.Join(dir, file.Name), file.SHA256
	h.Levels = levelsOf(w.People)
	p.said.HandedOut = h
	return p.withdraw()
}

func (p *planner) record(w *wave.Wave, h *handedOut, file audit.File) error {
	text, err := p.cfg.WholeText()
	if err != nil {
		return err
	}
	people := make([]int64, len(w.People))
	for i := range w.People {
		people[i] = w.People[i].ID
	}
	out := audit.HandOut{Wave: audit.Wave{Plan: p.planID, Number: h.Number, RunID: p.runID, Channel: p.channel, At: p.asOf, Expires: h.Expires, File: file, Accepted: p.said.Accepted},
		People: people, Now: p.Now(), ToolVersion: p.Version, Policy: text, PolicySHA256: hexSum([]byte(text))}
	if p.unsent != nil {
		out.InsteadOf = p.unsent.ID
	}
	h.ID, err = p.db.HandOut(out)
	return err
}

// withdraw removes the files of waves that must not be sent any more, unless
// somebody has made them their own.
func (p *planner) withdraw() error {
	waves, err := p.db.Waves()
	if err != nil {
		return err
	}
	for _, w := range waves {
		if !w.Unsent && p.asOf.Before(w.Expires) {
			continue
		}
		dir := plansDir(p.f.out, w.Plan)
		data, err := os.ReadFile(filepath.Join(dir, w.File.Name))
		if err != nil || hexSum(data) != w.File.SHA256 {
			continue // gone, or changed by hand
		}
		if err := publish.Withdraw(dir, w.File.Name); err != nil {
			return outputFault(dir, err)
		}
		p.said.Withdrawn = append(p.said.Withdrawn, filepath.Join(dir, w.File.Name))
	}
	return nil
}

// waveTable is the file of a wave: rows of the clean list, each with the hours
// behind its phone.
type waveTable struct {
	*planner
	picks             map[contact.Phone]pick
	dir, name, format string
	file              *publish.File
	table             sheet.Writer
	rows              int
	fault             error
	cells             [][]byte
}

var planColumns = []string{"phone_e164", "send_from", "send_until", "time_zone"}

func (t *waveTable) write(ctx context.Context) (audit.File, error) {
	var err error
	if t.file, err = publish.NewDraft(t.dir, t.name); err != nil {
		return audit.File{}, outputFault(t.dir, err)
	}
	err = t.fill(ctx)
	if t.table != nil {
		err = errors.Join(err, t.table.Close())
	}
	err = errors.Join(err, t.file.Close())
	var f *contact.Fault
	if err != nil && !errors.As(err, &f) && ctx.Err() == nil {
		err = outputFault(t.dir, err)
	}
	return audit.File{Name: t.name, Rows: int64(t.rows), SHA256: t.file.SHA256()}, err
}

// fill copies the rows of the wave's people from the run's clean list. Where
// that is not there any more, or has the shape of a CRM, phones have to do.
func (t *waveTable) fill(ctx context.Context) error {
	for _, f := range t.lists {
		if listOf(f.Name) != contact.Clean.String() {
			continue
		}
		path := filepath.Join(runDir(t.f.out, t.runID), f.Name)
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			t.warn("plan.no_list", contact.T("%s is not there any more: the wave has phones alone", "файла %s больше нет: в волне только телефоны").With(path))
			return t.phonesAlone()
		}
		more, err := t.copy(ctx, path, f.SHA256)
		if err != nil {
			return err
		}
		if !more {
			t.warn("plan.shaped", contact.T("the clean list is in the shape of a CRM: the wave has phones alone", "чистый список — в форме CRM: в волне только телефоны"))
			return t.phonesAlone()
		}
	}
	if t.rows != len(t.picks) {
		return tampered(runDir(t.f.out, t.runID), contact.T("the clean list does not hold everybody whom the record says is on it", "в чистом списке нет всех, кто в нём есть по записи"))
	}
	return nil
}

// copy takes the rows of one file; false when it is in another shape.
func (t *waveTable) copy(ctx context.Context, path, sum string) (bool, error) {
	src, err := take(ctx, wanted{path: path}, t.planner.dir)
	if err != nil {
		return false, err
	}
	defer src.close()
	if src.sha256 != sum {
		return false, tampered(path, contact.T("the file was changed", "файл изменён"))
	}
	if strings.HasSuffix(path, ".jsonl") {
		return false, nil
	}
	if src.book, err = sheet.Open(src.copy, src.size, filepath.Base(path), sheet.Options{}); err != nil {
		return false, badInput(err)
	}
	header, ours := true, true
	err = src.book.Each(0, func(row contact.Row) bool {
		if header {
			header, ours = false, t.begin(row)
			return ours && t.fault == nil
		}
		t.row(row)
		return t.fault == nil && ctx.Err() == nil
	})
	if ctx.Err() != nil {
		err = errInterrupted
	}
	return ours, cmp.Or(t.fault, err)
}

// begin starts the table with the list's header; false when it is in another
// shape.
func (t *waveTable) begin(row contact.Row) bool {
	if cellAt(row, 0) != planColumns[0] {
		return false
	}
	if t.table == nil {
		header := append([]string{}, planColumns...)
		for i := 1; i < len(row.Cells); i++ {
			header = append(header, cellAt(row, i))
		}
		t.open(header)
	}
	return true
}

func (t *waveTable) open(header []string) {
	t.table, t.fault = sheet.NewWriter(t.file, header, sheet.WriterOptions{Format: t.format, Sheet: strings.TrimSuffix(t.name, "."+t.format), Rows: int64(len(t.picks))})
}

func (t *waveTable) row(row contact.Row) {
	n, ok := contact.ParsePhone(cellAt(row, 0))
	if pick, in := t.picks[n]; ok && in {
		t.put(n, pick, row.Cells[1:])
	}
}

func (t *waveTable) put(n contact.Phone, k pick, rest [][]byte) {
	t.cells = append(t.cells[:0], n.Append(nil), []byte(k.from), []byte(k.until), []byte(k.zone))
	t.fault = t.table.Row(append(t.cells, rest...))
	t.rows++
}

// phonesAlone writes the wave without the users' columns, warmest first.
func (t *waveTable) phonesAlone() error {
	t.open(planColumns)
	for _, person := range t.cut[0].People {
		if n := t.crowd.phones[person.ID]; t.fault == nil {
			t.put(n, t.picks[n], nil)
		}
	}
	return t.fault
}
