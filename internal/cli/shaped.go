package cli

import (
	"io"
	"maps"
	"slices"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
	"cleanbase/internal/list"
	"cleanbase/internal/publish"
	"cleanbase/internal/sheet"
	"cleanbase/internal/system"
)

// columns is the users' own columns, the union over all tables of contacts. A
// column that one table uses for given names and another for whole ones is of
// whole ones; else the first table has the word.
func (j *job) columns() []contact.Column {
	names := j.base.Columns()
	columns := make([]contact.Column, len(names))
	for i, name := range names {
		columns[i].Name = name
	}
	for _, t := range j.tables {
		if t.plan.Role != contact.RoleContacts {
			continue
		}
		for i, at := range j.base.Places(t.no) {
			if at >= 0 && i < len(t.plan.Columns) {
				addColumn(&columns[at], t.plan.Columns[i].Field, t.plan.System)
			}
		}
	}
	return columns
}

func addColumn(c *contact.Column, field contact.Field, system string) {
	if c.Field == contact.FieldNone || c.Field == contact.FieldFirstName && field == contact.FieldName {
		c.Field = field
	}
	if !slices.Contains(c.Systems, system) {
		c.Systems = append(c.Systems, system)
	}
}

// systemOf is whose export an input is.
func (j *job) systemOf(input int32) string { return j.tables[input-1].plan.System }

// shape is what the clean list looks like, nil for our own form. What its
// user must know goes into the summary.
func (j *job) shape() *contact.Shape {
	s, ok := system.Shape(j.For, j.policy.Channel)
	if !ok {
		return nil
	}
	if !slices.Contains(s.Formats, j.Format) {
		s.Formats = s.Formats[:1]
	} else {
		s.Formats = []string{j.Format}
	}
	if s.Formats[0] == "xlsx" && (s.MaxRows == 0 || s.MaxRows >= sheet.MaxSheetRows) {
		s.MaxRows = sheet.MaxSheetRows - 1
	}
	j.summary.For = s.System
	if j.summary.Status == audit.Published && s.Note != (contact.Text{}) {
		j.summary.ForNote = s.Note.In(j.settings.lang)
		j.notes = append(j.notes, s.Note)
	}
	return &s
}

// shaped is how a table in a shape is written.
func shaped(opt sheet.WriterOptions, s *contact.Shape) sheet.WriterOptions {
	if s != nil {
		opt.Format, opt.Delimiter, opt.QuoteAll, opt.NoBOM = s.Formats[0], s.Delimiter, s.QuoteAll, s.NoBOM
	}
	return opt
}

// newWriter begins a table in a file.
func newWriter(w io.Writer, header []string, opt sheet.WriterOptions) (sheet.Writer, error) {
	if opt.Format == "jsonl" {
		return list.NewBodies(w, header), nil
	}
	return sheet.NewWriter(w, header, opt)
}

// unsubscribed gathers the e-mails for HubSpot's list of opt-outs, which holds
// nothing else: those that must not be sent e-mails, and those of whoever said
// so by phone. A nil one gathers nothing.
type unsubscribed struct {
	phones map[contact.Phone]bool
	shared map[contact.Key]bool // e-mails of too many to be anybody's own
	mails  map[string]bool
	find   list.Emails
	keyed  func(contact.Identifier) contact.Identifier
}

func (j *job) newUnsubscribed(columns []contact.Column) (*unsubscribed, error) {
	if j.For != "hubspot" {
		return nil, nil
	}
	u := &unsubscribed{phones: map[contact.Phone]bool{}, shared: map[contact.Key]bool{}, mails: map[string]bool{}, find: list.NewEmails(columns), keyed: j.db.Keyed}
	for _, s := range j.base.Shared() {
		u.shared[s.Key] = true
	}
	byEmail := j.policy
	byEmail.Channel = contact.Email // a refusal of WhatsApp alone unsubscribes nobody from e-mail
	err := j.base.Suppressed(&byEmail, func(key contact.Key, _ contact.Reason, f contact.Fact) error {
		switch {
		case f.Key == 0: // linked: by what is in the list itself
		case key.Phone() != 0:
			u.phones[key.Phone()] = true
		case j.memory.emails[key] != "":
			u.mails[j.memory.emails[key]] = true
		}
		return nil
	})
	return u, err
}

// see takes the e-mails of a contact that refused.
func (u *unsubscribed) see(o *contact.Outcome) {
	if u == nil || !u.phones[o.Phone] {
		return
	}
	for _, mail := range u.find.Of(o) {
		if !u.shared[u.keyed(contact.OfEmail(mail)).Key] {
			u.mails[mail] = true
		}
	}
}

// writeUnsubscribed writes the list that HubSpot imports as opt-outs
// (knowledge.hubspot.com/marketing-email/import-an-opt-out-list).
func (j *job) writeUnsubscribed(stage *publish.Stage, u *unsubscribed) error {
	if u == nil {
		return nil
	}
	t, err := j.table(stage, []string{"Email"}, sheet.WriterOptions{Format: "csv", Sheet: "suppressions-hubspot", NoBOM: true})
	if err != nil {
		return err
	}
	for _, mail := range slices.Sorted(maps.Keys(u.mails)) {
		if err := t.Row([][]byte{[]byte(mail)}); err != nil {
			return err
		}
	}
	return t.Close()
}
