package cli

import (
	"errors"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
	"cleanbase/internal/sheet"
)

// field is one cell of the dossier: what it is called, what it holds (a string, an
// int64, a sheet.Day, a time.Time or nil), and how wide its column is.
type field struct {
	name  contact.Text
	value any
	width float64
}

// consentFields is one consent event. Names in brackets are those of ISO/IEC TS
// 27560.
func consentFields(c *audit.DossierConsent) []field {
	file := ""
	if c.Source.Path != "" {
		file = place(c.Source.Path, c.Source.Sheet)
	}
	return []field{
		{contact.T("record (record_id)", "запись (record_id)"), c.RecordID, 16},
		{contact.T("state (event_state)", "состояние (event_state)"), c.State, 13},
		{contact.T("kind (event_type)", "вид (event_type)"), c.Type, 12},
		{contact.T("when (event_time)", "когда (event_time)"), eventTime(c.EventTime), 19},
		{contact.T("how (collection_method)", "как (collection_method)"), c.Method, 18},
		{contact.T("purpose", "цель (purpose)"), c.Purpose, 24},
		{contact.T("channel", "канал (channel)"), c.Channel, 11},
		{contact.T("text version (privacy_notice)", "версия текста (privacy_notice)"), c.Notice, 16},
		{contact.T("where given (source)", "где дано (source)"), c.Given, 22},
		{contact.T("file", "файл"), file, 28},
		{contact.T("row", "строка"), rowNumber(c.Source.Row), 9},
		{contact.T("SHA-256 of the file", "SHA-256 файла"), c.Source.SHA256, 22},
		{contact.T("words", "слова"), c.Quote, 40},
		{contact.T("proof", "доказанность"), c.Class, 13},
	}
}

// eventTime is a time, or a day where only that is known.
func eventTime(text string) any {
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return sheet.Day(day)
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at
	}
	return nil
}

func rowNumber(row int64) any {
	if row == 0 {
		return nil
	}
	return row
}

// cellText is a field's value where there are no types.
func cellText(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case sheet.Day:
		return time.Time(v).Format(time.DateOnly)
	case time.Time:
		return v.UTC().Format(time.RFC3339)
	}
	return ""
}

// dossierFields is one row of the table: the contact and one consent event.
func dossierFields(d *audit.Dossier, c *audit.DossierConsent) []field {
	all := []field{
		{contact.T("phone (pii_principal_id)", "телефон (pii_principal_id)"), d.Principal, 18},
		{contact.T("best proof", "лучшее доказательство"), d.Class, 15},
	}
	return append(append(all, consentFields(c)...),
		field{contact.T("contacts file", "файл контактов"), place(d.Row.Path, d.Row.Sheet), 28},
		field{contact.T("its row", "его строка"), rowNumber(d.Row.Row), 9},
		field{contact.T("its SHA-256", "его SHA-256"), d.Row.SHA256, 22},
		field{contact.T("run", "запуск"), d.RunID, 26})
}

// dossierTable takes rows; end finishes it, unless err says that it failed.
type dossierTable interface {
	row(fields []field) error
	end(err error) error
}

// dossiers writes a table with a row for each consent event of each clean contact;
// a contact with none on record has a row too.
func (p *printer) dossiers(db *audit.DB, run, path string) error {
	format := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")
	if format != "xlsx" && format != "csv" {
		return usageFault(contact.T("the file must be .xlsx or .csv", "файл должен быть .xlsx или .csv"), contact.Text{})
	}
	a := &aboutDossier{p: p, db: db, run: run, classes: map[string]int64{}}
	err := writeTo(nil, path, func(w io.Writer) error {
		table, err := p.dossierTable(w, format, path, a)
		if err != nil {
			return err
		}
		return table.end(db.EachDossier(run, func(d *audit.Dossier) error {
			a.contacts++
			a.classes[d.Class]++
			if len(d.Consents) == 0 {
				d.Consents = []audit.DossierConsent{{Class: audit.NoProof}}
			}
			for i := range d.Consents {
				if err := table.row(dossierFields(d, &d.Consents[i])); err != nil {
					return err
				}
			}
			return nil
		}))
	})
	if err != nil {
		return err
	}
	p.line(contact.T("%s contacts of run %s: %s", "Контактов %s, запуск %s: %s").With(p.number(a.contacts), run, path))
	return p.err
}

func (p *printer) dossierTable(w io.Writer, format, path string, a *aboutDossier) (dossierTable, error) {
	fields := dossierFields(&audit.Dossier{}, &audit.DossierConsent{})
	if format == "csv" {
		var header []string
		for _, f := range fields {
			header = append(header, f.name.In(p.l))
		}
		table, err := sheet.NewWriter(w, header, sheet.WriterOptions{Format: format})
		return csvDossier{table}, err
	}
	summary, err := a.find()
	if err != nil {
		return nil, err
	}
	book, err := sheet.NewBookWriter(w, filepath.Dir(path), summary.AsOf)
	if err != nil {
		return nil, outputFault(path, err)
	}
	var columns []sheet.BookColumn
	for _, f := range fields {
		columns = append(columns, sheet.BookColumn{Name: f.name.In(p.l), Width: f.width})
	}
	if err := book.Sheet(contact.T("Dossier", "Досье").In(p.l), columns); err != nil {
		return nil, book.Close(err)
	}
	return bookDossier{book, a}, nil
}

type csvDossier struct{ table sheet.Writer }

func (t csvDossier) row(fields []field) error {
	cells := make([][]byte, len(fields))
	for i, f := range fields {
		cells[i] = []byte(cellText(f.value))
	}
	return t.table.Row(cells)
}

func (t csvDossier) end(err error) error { return errors.Join(err, t.table.Close()) }

type bookDossier struct {
	book  *sheet.BookWriter
	about *aboutDossier
}

func (t bookDossier) row(fields []field) error {
	cells := make([]any, len(fields))
	for i, f := range fields {
		cells[i] = f.value
	}
	return t.book.Row(cells)
}

func (t bookDossier) end(err error) error {
	if err == nil {
		err = t.about.write(t.book)
	}
	return t.book.Close(err)
}

// aboutDossier is the last sheet of the workbook: of which record it is an extract,
// what its words mean, and how to check it.
type aboutDossier struct {
	p        *printer
	db       *audit.DB
	run      string
	contacts int64
	classes  map[string]int64
}

func (a *aboutDossier) find() (audit.RunSummary, error) {
	runs, err := a.db.History(0)
	for _, r := range runs {
		if r.RunID == a.run {
			return r, err
		}
	}
	return audit.RunSummary{}, err // EachDossier says what is wrong
}

func (a *aboutDossier) write(book *sheet.BookWriter) error {
	r, err := a.find()
	if err != nil {
		return err
	}
	key, err := a.db.PublicKey()
	if err != nil {
		return err
	}
	err = book.Sheet(contact.T("About", "О документе").In(a.p.l), []sheet.BookColumn{{Name: contact.T("what", "что").In(a.p.l), Width: 44}, {Name: contact.T("value", "значение").In(a.p.l), Width: 110}})
	say := func(name contact.Text, value any) {
		if text, ok := value.(contact.Text); ok {
			value = text.In(a.p.l)
		}
		err = errors.Join(err, book.Row([]any{name.In(a.p.l), value}))
	}
	say(contact.T("Document", "Документ"), contact.T("consent dossier: who agreed to be written to, when, how, to what, and how well that is proven", "досье согласий: кто согласился на сообщения, когда, как, на что и насколько это доказано"))
	say(contact.T("Fields", "Поля"), contact.T("names in brackets are those of the consent record of ISO/IEC TS 27560:2023; times are UTC", "имена в скобках — из записи о согласии ISO/IEC TS 27560:2023; время указано в UTC"))
	say(contact.T("Run", "Запуск"), r.RunID)
	say(contact.T("As of", "На дату"), r.AsOf)
	say(contact.T("Status of the run", "Состояние запуска"), r.Status)
	say(contact.T("Program", "Программа"), "cleanbase "+r.ToolVersion)
	say(contact.T("SHA-256 of the policy", "SHA-256 политики"), r.PolicySHA256)
	say(contact.T("Contacts in the clean list", "Контактов в списке к рассылке"), a.contacts)
	for _, class := range []string{audit.Proven, audit.Asserted, audit.Implied, audit.NoProof} {
		say(contact.T("best proof: %s", "лучшее доказательство: %s").With(class), a.classes[class])
		say(contact.T("what %s means", "что значит %s").With(class), proofWords[class])
	}
	say(contact.T("Root of the record's tree at the run's end", "Корень дерева записи на конец запуска"), r.Root)
	say(contact.T("Leaves", "Листьев"), r.Size)
	say(contact.T("Public key of the record", "Открытый ключ записи"), key)
	say(contact.T("How to check", "Как проверить"), contact.T("a line: cleanbase prove PHONE --run %s makes a receipt that is checked without the database; the whole record: cleanbase verify --checkpoint FILE",
		"строку: cleanbase prove ТЕЛЕФОН --run %s выдаёт квитанцию, которая проверяется без базы; всю запись: cleanbase verify --checkpoint ФАЙЛ").With(r.RunID))
	return err
}
