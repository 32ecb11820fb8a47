package cli

import (
	"context"
	"encoding/json"
	"errors"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
	"cleanbase/internal/list"
	"cleanbase/internal/progress"
	"cleanbase/internal/publish"
	"cleanbase/internal/sheet"
)

// deliver stages the lists, puts the decisions on record, and publishes: the
// clean list is never to be seen before its decisions are in the database.
func (j *job) deliver(ctx context.Context) error {
	j.summary.Status = audit.Published
	if j.summary.Gate.Result == "stop" && j.acceptRisk == "" {
		j.summary.Status = audit.Withheld
	}
	stage, err := publish.NewStage(j.out, j.runID)
	if err != nil {
		return outputFault(j.out, err)
	}
	if err := j.stageAndSeal(ctx, stage); err != nil {
		_ = stage.Discard() // the run failed already; the next one clears away what is left
		return err
	}
	j.sealed = true
	if _, err := stage.Commit(); err != nil {
		return err
	}
	return j.record.Finish(j.summary.Status, j.Now())
}

// stageAndSeal writes the lists on one core while the decisions go into the
// database on the other. The sealing waits for the lists, whose hashes the
// checkpoint covers: it is the last thing to happen.
func (j *job) stageAndSeal(ctx context.Context, stage *publish.Stage) error {
	notes, err := j.notesToRead()
	if err != nil {
		return err
	}
	written := make(chan error, 1)
	go func() { written <- j.writeTables(ctx, stage, notes) }()
	operators := make(chan []contact.Bucket, 1) // take a while, and the report comes last
	go func() { operators <- j.figures.places.byOperator() }()
	waited := false
	outcome := audit.Outcome{Status: j.summary.Status, Accepted: j.accepted(), Rows: audit.Counts{Read: j.summary.Rows.Read, Clean: j.summary.Rows.Clean,
		Cold: j.summary.Rows.Cold, Hold: j.summary.Rows.Hold, Removed: j.summary.Rows.Removed, Invalid: j.summary.Rows.Invalid,
		Merged: j.summary.Rows.Merged}, Claims: j.base.Claims}
	outcome.Ready = func() (files []audit.File, err error) {
		waited, err = true, <-written
		for _, f := range j.summary.Files {
			files = append(files, audit.File(f))
		}
		return files, err
	}
	outcome.Report = func(c audit.Checkpoint) ([]byte, []audit.File, error) {
		j.figures.operators = <-operators
		return j.writeSummary(stage, c)
	}
	_, err = j.record.Seal(j.base, outcome)
	if !waited {
		err = errors.Join(err, <-written)
	}
	return err
}

// accepted is the risk that somebody took, with what the gates had found, for
// the record.
func (j *job) accepted() string {
	if j.acceptRisk == "" || j.summary.Gate.Result != "stop" {
		return ""
	}
	text := j.acceptRisk
	for _, f := range j.summary.Gate.Findings {
		text += "\n" + f.Code + ": " + f.Said
	}
	return text
}

// writeTables writes the lists and the suppressions.
func (j *job) writeTables(ctx context.Context, stage *publish.Stage, notes map[int]string) error {
	if err := j.writeLists(ctx, stage, notes); err != nil {
		return err
	}
	if err := j.writeSuppressions(stage); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return errInterrupted
	}
	return nil
}

// listTable is one list in the stage: a table in a file.
type listTable struct {
	sheet.Writer
	file *publish.File
	done func(rows int64, f *publish.File)
}

// Close ends the table and makes its file durable.
func (t *listTable) Close() error {
	if err := t.Writer.Close(); err != nil {
		return err
	}
	if err := t.file.Close(); err != nil {
		return err
	}
	t.done(t.Rows(), t.file)
	return nil
}

// table starts a table in the stage and notes it in the summary when closed.
func (j *job) table(stage *publish.Stage, header []string, opt sheet.WriterOptions) (*listTable, error) {
	f, err := stage.Create(opt.Sheet + "." + opt.Format)
	if err != nil {
		return nil, err
	}
	w, err := newWriter(f, header, opt)
	if err != nil {
		return nil, err
	}
	return &listTable{w, f, func(rows int64, f *publish.File) {
		j.summary.Files = append(j.summary.Files, contact.FileSummary{Name: f.Name, Rows: rows, SHA256: f.SHA256()})
	}}, nil
}

func (j *job) writeLists(ctx context.Context, stage *publish.Stage, notes map[int]string) error {
	columns := j.columns()
	opt := list.Options{Columns: columns, Lang: j.settings.lang, Where: j.where, KeepCold: j.Lists.Cold == "keep", Contacts: j.summary.Contacts.ByVerdict(), Shape: j.shape(), System: j.systemOf,
		Create: func(name string, header []string, rows int64, shape *contact.Shape) (list.Table, error) {
			return j.table(stage, header, shaped(sheet.WriterOptions{Format: j.Format, Sheet: name, Rows: rows}, shape))
		}}
	if j.Format == "xlsx" {
		opt.MaxRows = sheet.MaxSheetRows - 1
	}
	if j.summary.Status == audit.Withheld {
		opt.Without = map[contact.Verdict]bool{contact.Clean: true}
	}
	lists, err := list.New(opt)
	if err != nil {
		return err
	}
	bar := progress.Start(j.bar(), contact.T("lists", "списки").In(j.settings.lang), int64(j.base.Len()), false)
	defer bar.Done()
	n := 0
	unsubscribed, err := j.newUnsubscribed(columns)
	if err != nil {
		return err
	}
	err = j.base.Each(func(o *contact.Outcome) error {
		if n++; n%4096 == 0 {
			bar.Add(4096)
			if ctx.Err() != nil {
				return errInterrupted
			}
		}
		unsubscribed.see(o)
		o.Note = ""
		if o.Reasons.Has(contact.OptOutUnsure) {
			o.Note = notes[o.Contact]
		}
		return lists.Put(o)
	})
	if err != nil {
		return err
	}
	if n != j.base.Len() {
		return errLists
	}
	if err := lists.Close(); err != nil {
		return err
	}
	return j.writeUnsubscribed(stage, unsubscribed)
}

// writeSuppressions writes everyone who is not to be mailed, known from this
// run or any before.
func (j *job) writeSuppressions(stage *publish.Stage) error {
	t, err := j.table(stage, list.SuppressionHeader(), sheet.WriterOptions{Format: "csv", Sheet: "suppressions"})
	if err != nil {
		return err
	}
	var row [][]byte
	err = j.base.Suppressed(&j.policy, func(key contact.Key, r contact.Reason, f contact.Fact) error {
		id := contact.Identifier{Key: key, Text: j.memory.emails[key]}
		if id.String() == "" {
			return nil // an id of a CRM or messenger, which no suppression file can name
		}
		row = list.Suppression{ID: id, Reason: r, Channel: f.Channel, Since: f.At}.Cells(row)
		return t.Row(row)
	})
	if err != nil {
		return err
	}
	return t.Close()
}

// writeSummary writes the files that show the checkpoint, and the sums of all.
func (j *job) writeSummary(stage *publish.Stage, c audit.Checkpoint) ([]byte, []audit.File, error) {
	j.summary.Audit = contact.AuditSummary{Root: c.Root, Size: c.Size, Checkpoint: string(c.Note)}
	data, err := json.MarshalIndent(&j.summary, "", "  ")
	if err != nil {
		return nil, nil, err
	}
	data = append(data, '\n')
	if err := stage.Write("summary.json", data); err != nil {
		return nil, nil, err
	}
	page, err := j.writeReport(stage.Create)
	if err != nil {
		return nil, nil, err
	}
	files := []audit.File{{Name: "summary.json", SHA256: hexSum(data)}, {Name: page.Name, SHA256: page.SHA256()}}
	return data, files, stage.Sums()
}
