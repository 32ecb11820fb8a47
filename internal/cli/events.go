package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"cleanbase/internal/base"
	"cleanbase/internal/contact"
	"cleanbase/internal/events"
	"cleanbase/internal/intake"
	"cleanbase/internal/phone"
	"cleanbase/internal/sheet"
)

// eventsHead is how much of a file is looked at to tell events from a table.
const eventsHead = 64 << 10

// events tells whether a source is a messenger's JSON or chat, which is not a table;
// it is then one input of that role, whatever its name.
func (s *source) events() (*table, error) {
	in, packed, err := s.unpacked()
	if err != nil {
		return nil, nil // a damaged file is told of by those who read tables
	}
	defer in.Close()
	head := make([]byte, eventsHead)
	n, _ := io.ReadFull(in, head) // an error comes again
	if isWide(head[:n]) && packed == "" {
		if text, err := sheet.Text(s.copy, s.size); err == nil {
			n, _ = io.ReadFull(text, head)
		}
	}
	shape, ok := events.Sniff(head[:n])
	if !ok {
		return nil, nil
	}
	name := filepath.Base(s.path)
	if s.role != contact.NoRole && s.role != contact.RoleEvents {
		return nil, &contact.Fault{File: name,
			What: contact.T("these are events of %s, not %s", "это события %s, а не %s").With(shape.System, s.role.String()),
			Do:   contact.T("name it with --events or without a flag", "укажите его с --events или без флага")}
	}
	by := intake.ByLayout
	if s.role == contact.RoleEvents {
		by = intake.ByStated
	}
	s.book = &sheet.Book{Format: "json", Encoding: "utf-8", Packed: packed}
	switch {
	case shape.Text:
		s.book.Format = "txt"
		shape.Title, shape.Peer = chatTitle(s.path)
	case shape.Lines:
		s.book.Format = "jsonl"
	}
	return &table{src: s, shape: &shape, plan: &intake.Plan{Source: intake.Source{File: name}, Role: contact.RoleEvents, RoleBy: by,
		System: shape.System, Entity: "event"}}, nil
}

// chatTitle is the name of a chat's file, or of the folder that an iPhone's nameless
// one came in, and the one phone that stands in it.
func chatTitle(path string) (title string, peer contact.Phone) {
	title = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	if title == "_chat" {
		title = filepath.Base(filepath.Dir(path))
	}
	for _, n := range phone.NewReader().Read(nil, []byte(title), "RU") {
		if n.Phone != 0 && peer != 0 && n.Phone != peer {
			return title, 0
		}
		peer = max(peer, n.Phone)
	}
	return title, peer
}

// isWide tells UTF-16, as Windows saves what a program prints.
func isWide(head []byte) bool {
	return bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff"))
}

// newJoiner makes the joiner of the run's events.
func (j *job) newJoiner() (*events.Joiner, error) {
	var ids func(uint64) contact.Identifier
	if j.hasEvents() {
		var err error
		if ids, err = j.db.MessageIDs(); err != nil {
			return nil, err
		}
	}
	return events.NewJoiner(events.Options{ReadMessage: j.words.ReadAt, Zone: j.zone,
		OutageContacts: j.Delivery.OutageContacts, OutageShare: j.Delivery.OutageShare, MessageID: ids}), nil
}

// joinEvents reads an input of events into the joiner: a messenger's JSON, or
// a table by in.
func (j *job) joinEvents(ctx context.Context, in *intake.Intake, t *table) error {
	if t.shape != nil {
		return j.joinJSON(ctx, t)
	}
	reader := in.Reader(t.plan)
	return j.each(ctx, t, func(row contact.Row) bool {
		t.countEntry(row.Number, reader.Messages(row, func(m contact.Message) {
			m.Origin.Input = t.no
			j.memory.joiner.Add(m)
		}))
		return true
	})
}

func (j *job) joinJSON(ctx context.Context, t *table) error {
	in, packed, err := t.src.unpacked()
	if err != nil {
		return err
	}
	defer in.Close()
	text := io.Reader(in)
	if packed == "" {
		if text, err = sheet.Text(t.src.copy, t.src.size); err != nil {
			return t.unreadableText(err)
		}
	}
	res, err := events.Read(interruptible{ctx, text}, *t.shape, j.zone, func(m contact.Message) {
		m.Origin.Input = t.no
		j.memory.joiner.Add(m)
	})
	t.entries, t.unreadable = res.Entries, res.Unreadable
	if res.Zoneless > 0 {
		t.plan.Notes = append(t.plan.Notes, contact.T("times that name no zone are read as %s", "время без часового пояса читается как %s").With(j.zone.String()))
	}
	switch {
	case ctx.Err() != nil:
		return errInterrupted
	case err != nil:
		return t.unreadableText(err)
	}
	return j.setRows(t)
}

// unreadableText is why a log can't be read to its end.
func (t *table) unreadableText(err error) error {
	var fault *contact.Fault
	if errors.As(err, &fault) {
		fault.File = filepath.Base(t.src.path)
		return badInput(fault)
	}
	return badInput(&contact.Fault{File: filepath.Base(t.src.path), Err: err, What: contact.T("the file can't be read to its end", "файл не дочитывается до конца"),
		Do: contact.T("copy or export it anew", "скопируйте или выгрузите его заново")})
}

// interruptible is a reader that ends with its context.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

// Read reads unless the run was interrupted.
func (i interruptible) Read(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.r.Read(p)
}

// tellEvents hands all that the events say to the database.
func (j *job) tellEvents() error {
	if j.hasEvents() {
		err := j.alone(func() error { return j.record.RecallMessages(j.memory.joiner) })
		if err != nil {
			return err
		}
	}
	var failed error
	j.memory.strangers = map[contact.Key]bool{}
	j.memory.joiner.Ties(func(has, id contact.Identifier) {
		j.memory.ties = append(j.memory.ties, base.Tie{Has: j.db.Keyed(has).Key, ID: j.db.Keyed(id).Key})
	})
	j.memory.events = j.memory.joiner.Evidence(func(ev contact.Evidence) {
		if key := ev.ID.Key; key.Kind() == contact.MessengerID && ev.Kind.Refuses() && !j.memory.joiner.HasPhone(key) {
			j.memory.strangers[j.db.Keyed(ev.ID).Key] = true
		}
		if ev.ID.Key.Kind() == contact.MessageID && ev.Kind.Refuses() {
			j.memory.unknown++
		}
		if failed == nil {
			failed = j.store(&ev)
		}
	})
	j.memory.joiner = nil // millions of messages
	return failed
}

// shownOutages is how many outages and alarms the summary names.
const shownOutages = 20

// hasEvents tells whether any input is a log of messages.
func (j *job) hasEvents() bool {
	return slices.ContainsFunc(j.tables, func(t *table) bool { return t.plan.Role == contact.RoleEvents })
}

// eventsSummary is what the summary tells of the events; nil when no input
// holds any.
func (j *job) eventsSummary() *contact.EventsSummary {
	if !j.hasEvents() {
		return nil
	}
	r := &j.memory.events
	sum := &contact.EventsSummary{Repeats: r.Repeats, UnknownStatuses: r.UnknownStatuses, Recalled: r.Recalled, Resolved: r.Resolved, Alarms: []contact.AlarmSummary{}, Outages: []contact.OutageSummary{}}
	for _, d := range r.Days {
		sum.Sent += d.Sent
		sum.Refusals += d.Refusals
		sum.Complaints += d.Complaints
		sum.SuspectedSpam += d.Spam
	}
	m := j.lastMailings()
	sum.Lately = &contact.MailingsSummary{Days: mailingDays, Sent: m.Sent, Refusals: m.OptOuts, Complaints: m.Complaints, SuspectedSpam: m.Spam}
	for _, a := range r.Alarms[:min(len(r.Alarms), shownOutages)] {
		sum.Alarms = append(sum.Alarms, contact.AlarmSummary{System: a.System, Code: a.Code, Count: a.Count})
	}
	for _, o := range r.Outages[:min(len(r.Outages), shownOutages)] {
		sum.Outages = append(sum.Outages, contact.OutageSummary{Class: o.Class, Channel: o.Channel.String(), Day: o.Day.Short(), Contacts: o.Contacts, Sent: o.Sent})
	}
	return sum
}
