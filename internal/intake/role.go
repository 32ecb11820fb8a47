package intake

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"

	"cleanbase/internal/contact"
)

// hints are what a file's and its sheet's names say of the role.
type hints struct {
	roles   [contact.RoleProtected + 1]bool
	negated bool // a word like "without" or "not" stands beside a hint of refusals
}

func (h *hints) has(r contact.Role) bool { return h.roles[r] }

// tellRole says what the table is for: what the user stated, else what the
// names and the columns say. Where they disagree the safer reading wins, or
// none; a note tells.
func (t *table) tellRole(p *Plan, stated contact.Role) error {
	t.hints = t.in.hintsOf(p.Source)
	if stated != contact.NoRole {
		p.Role, p.RoleBy = stated, ByStated
		return nil
	}
	if (t.header < 0 || isRecord(t.rows[t.header])) && t.holdsRecords() {
		return fault(p.Source, ErrNoRole, contact.T("it holds a program's records (JSON) among other text, and no table", "в нём записи программы (JSON) среди другого текста, а не таблица"),
			contact.T("save the records alone, one a line, as .jsonl", "сохраните одни записи, по одной на строке, в файл .jsonl"))
	}
	if holdsMessages(p) {
		return fault(p.Source, ErrNoRole, contact.T("it holds messages in a shape that is not known", "в нём сообщения в незнакомом виде"),
			contact.T("make a table of phone, time, direction and text of it; if they are people all the same, use --contacts F", "сделайте из него таблицу: телефон, время, направление, текст; если это всё же люди, укажите --contacts F"))
	}
	if isOwnList(p) && !t.hints.suppresses() {
		return fault(p.Source, ErrNoRole, contact.T("it is a list that cleanbase made, and no export: who refused in it would come back as a contact", "это список, который сделал cleanbase, а не выгрузка: кто в нём отказался, вернулся бы контактом"),
			contact.T("leave it out, or give suppressions.csv of that run; if you mean it, say --contacts F or --optouts F", "уберите его или дайте suppressions.csv того запуска; если так и надо, укажите --contacts F или --optouts F"))
	}
	for _, tell := range []func(*Plan) (contact.Role, RoleBy, bool){t.bySuppression, t.byEvents, t.byReasons, t.byConsents, t.byContacts} {
		if role, by, done := tell(p); done {
			p.Role, p.RoleBy = role, by
			break
		}
	}
	what := contact.T("can't tell what this file is for", "непонятно, для чего этот файл")
	switch {
	case t.hints.negated:
		what = contact.T("its name can be read as refusals and as the opposite", "имя можно понять и как отказы, и как их отсутствие")
	case p.Role == contact.RoleContacts && t.in.lex.suspects(p.Source.name()):
		p.Role = contact.NoRole
		what = contact.T("it looks like contacts, but its name may speak of refusals", "похоже на контакты, но имя, возможно, говорит об отказах")
	case p.Role != contact.NoRole:
		return nil
	}
	return fault(p.Source, ErrNoRole, what, contact.T("say it with --contacts F, --optouts F, --complaints F, --consents F, --events F or --protected F",
		"укажите это флагом: --contacts F, --optouts F, --complaints F, --consents F, --events F или --protected F"))
}

// name is what the names of file and sheet say, in words.
func (s Source) name() string {
	base := filepath.Base(strings.ReplaceAll(s.File, `\`, "/"))
	return strings.TrimSuffix(base, filepath.Ext(base)) + " " + s.Sheet
}

// isOwnList tells a list of an earlier run, but for the clean one, which is as good
// as an export.
func isOwnList(p *Plan) bool {
	seen := map[string]bool{}
	for _, c := range p.Columns {
		seen[c.Header] = true
	}
	return seen["phone_e164"] && seen["verdict"] && seen["reasons"]
}

// holdsMessages tells records of messages that are no log that is known: a text
// and a time in one object of each. Who wrote them can't be told, and they are
// no contacts.
func holdsMessages(p *Plan) bool {
	at := map[string][2]bool{}
	for _, c := range p.Columns {
		dot := strings.LastIndexByte(c.Header, '.')
		if dot < 0 {
			continue
		}
		seen := at[c.Header[:dot]]
		switch strings.ToLower(c.Header[dot+1:]) {
		case "text", "body", "caption":
			seen[0] = true
		case "date", "timestamp", "time", "ts", "created_at", "createdat", "sent_at", "datetime":
			seen[1] = true
		}
		at[c.Header[:dot]] = seen
	}
	for _, seen := range at {
		if seen[0] && seen[1] {
			return true
		}
	}
	return false
}

// holdsRecords tells a program's log: whatever stands in it at the same place of
// the lines is no column.
func (t *table) holdsRecords() bool {
	n := 0
	for _, row := range t.rows {
		if isRecord(row) {
			n++
		}
	}
	return n*2 > len(t.rows)
}

// isRecord tells a line with a record in it, as JSON or as Python prints it.
func isRecord(row contact.Row) bool {
	line := bytes.Join(row.Cells, nil)
	return bytes.Contains(line, []byte(`{"`)) || bytes.Contains(line, []byte(`{'`))
}

// bySuppression follows a name that speaks of refusals, complaints or people
// never to be mailed. A table read so can only keep people out of a list.
func (t *table) bySuppression(p *Plan) (contact.Role, RoleBy, bool) {
	h := &t.hints
	refuses := h.has(contact.RoleOptOuts) || h.has(contact.RoleComplaints)
	switch {
	case !refuses && !h.has(contact.RoleProtected):
		return contact.NoRole, ByNothing, false
	case h.negated,
		h.has(contact.RoleConsents) && t.have(p, contact.FieldConsent),
		!refuses && h.has(contact.RoleContacts):
		return contact.NoRole, ByNothing, true
	case !refuses:
		return contact.RoleProtected, ByName, true
	}
	if h.has(contact.RoleContacts) || t.layout != nil && t.layout.Role == contact.RoleContacts {
		p.Notes = append(p.Notes, contact.T("looks like contacts, but its name speaks of refusals: everyone in it is taken out; use --contacts if that is wrong",
			"похоже на контакты, но имя говорит об отказах: все из него исключаются; если это не так, укажите --contacts"))
	}
	if h.has(contact.RoleComplaints) {
		return contact.RoleComplaints, ByName, true
	}
	return contact.RoleOptOuts, ByName, true
}

// byEvents tells a log of messages by its columns.
func (t *table) byEvents(p *Plan) (contact.Role, RoleBy, bool) {
	if t.layout != nil {
		return t.layout.Role, ByLayout, t.layout.Role == contact.RoleEvents
	}
	when := t.have(p, contact.FieldDate, contact.FieldTime)
	if t.have(p, contact.FieldDirection) && (when || t.have(p, contact.FieldText)) ||
		t.have(p, contact.FieldText) && when && !t.have(p, contact.FieldReason) ||
		t.have(p, contact.FieldMessageID) && t.have(p, contact.FieldStatus) || t.have(p, contact.FieldError) && when && t.have(p, contact.FieldStatus, contact.FieldChannel) {
		return contact.RoleEvents, ByColumns, true
	}
	if t.have(p, contact.FieldReply) && !t.contactish(p) && (when || t.have(p, contact.FieldStatus, contact.FieldText, contact.FieldChannel)) { // answers to a quiz are a base's
		return contact.RoleEvents, ByColumns, true
	}
	if when && t.have(p, contact.FieldStatus) && t.delivers(p) {
		return contact.RoleEvents, ByColumns, true
	}
	switch {
	case t.isLog(p):
		return contact.RoleEvents, ByColumns, true
	case t.isMap(p):
		return contact.RoleEvents, ByName, true
	}
	if t.hints.has(contact.RoleEvents) && t.have(p, contact.FieldStatus, contact.FieldText, contact.FieldReply, contact.FieldDirection) {
		return contact.RoleEvents, ByName, true
	}
	return contact.NoRole, ByNothing, false
}

// delivers tells whether the status column speaks of delivery.
func (t *table) delivers(p *Plan) bool {
	for i, c := range p.Columns {
		if c.Field != contact.FieldStatus {
			continue
		}
		if _, known := t.gateway(p, i); known || t.contents[i].statuses*2 >= t.contents[i].filled && t.contents[i].statuses > 0 {
			return true
		}
	}
	return false
}

// byReasons takes a table for opt-outs that names nobody, but why each was taken
// out: what mail services write of whom they suppress.
func (t *table) byReasons(p *Plan) (contact.Role, RoleBy, bool) {
	if t.layout != nil || t.contactish(p) {
		return contact.NoRole, ByNothing, false
	}
	for i, c := range p.Columns {
		if seen := &t.contents[i]; (c.Field == contact.FieldReason || c.Field == contact.FieldStatus) && seen.refusals > 0 && seen.yes == seen.refusals && seen.no == 0 && seen.nearly(seen.words) {
			return contact.RoleOptOuts, ByColumns, true
		}
	}
	return contact.NoRole, ByNothing, false
}

// byConsents takes a table for consents when its name says so and its columns
// do not say that it is a base, or when its columns are a consent register's.
func (t *table) byConsents(p *Plan) (contact.Role, RoleBy, bool) {
	register := t.have(p, contact.FieldConsentAt, contact.FieldTextVersion, contact.FieldConsentSource)
	if t.layout != nil {
		return contact.NoRole, ByNothing, false
	}
	if t.isSubscribers(p) {
		return contact.RoleContacts, ByColumns, true
	}
	if t.hints.has(contact.RoleConsents) {
		switch dated := register || t.have(p, contact.FieldDate); {
		case register, dated && !(t.hints.has(contact.RoleContacts) && t.contactish(p)), !t.hints.has(contact.RoleContacts) && !t.contactish(p):
			return contact.RoleConsents, ByName, true
		case !t.contactish(p):
			return contact.NoRole, ByNothing, true // "consents of clients", and nothing but phones
		}
		p.Notes = append(p.Notes, contact.T("its name speaks of consents, but it holds no dates of consent: read as contacts; use --consents if that is wrong",
			"имя говорит о согласиях, но дат согласия в нём нет: прочитан как контакты; если это не так, укажите --consents"))
	}
	if t.have(p, contact.FieldTextVersion) && register && !t.have(p, nameFields...) {
		return contact.RoleConsents, ByColumns, true
	}
	return contact.NoRole, ByNothing, false
}

// isSubscribers tells a base whose name says that its people subscribed: it has
// their names, and phones of many. A register without them says who agreed among
// the people of another file.
func (t *table) isSubscribers(p *Plan) bool {
	name := spaced(p.Source.name(), true)
	if !begins(name, "подпис") && !begins(name, "subscri") || begins(name, "соглас") || begins(name, "consent") || !t.have(p, nameFields...) {
		return false
	}
	people := min(len(t.data()), lookedAt)
	for i, c := range p.Columns {
		if isPhoneField(c.Field) && t.contents[i].phones*3 > people {
			return true
		}
	}
	return false
}

var nameFields = []contact.Field{contact.FieldName, contact.FieldFirstName, contact.FieldLastName, contact.FieldMiddleName, contact.FieldCompany}

func (t *table) byContacts(p *Plan) (contact.Role, RoleBy, bool) {
	switch {
	case t.layout != nil:
		return t.layout.Role, ByLayout, true
	case t.contactish(p) && t.have(p, contact.FieldPhone, contact.FieldMobile, contact.FieldEmail, contact.FieldMessenger):
		return contact.RoleContacts, ByColumns, true
	case t.hints.has(contact.RoleContacts) && (p.sure || !t.hints.has(contact.RoleEvents)):
		return contact.RoleContacts, ByName, true
	}
	return contact.NoRole, ByNothing, false // "chat with clients", and no headers
}

// contactish tells whether a table says who people are.
func (t *table) contactish(p *Plan) bool {
	return t.have(p, nameFields...) || t.have(p, contact.FieldCity, contact.FieldCountry, contact.FieldTags, contact.FieldConsent, contact.FieldConsentPD,
		contact.FieldOptOut, contact.FieldLastContact)
}

func (t *table) have(p *Plan, fields ...contact.Field) bool {
	return slices.ContainsFunc(p.Columns, func(c Column) bool { return slices.Contains(fields, c.Field) })
}

// hintsOf reads the names. Of a workbook that promises several things
// ("consents and refusals") a sheet is told by its own name; but a sheet of
// "clients" in a workbook of "clients, stop" may be either.
func (in *Intake) hintsOf(src Source) hints {
	base := filepath.Base(strings.ReplaceAll(src.File, `\`, "/"))
	file := in.lex.hints(strings.TrimSuffix(base, filepath.Ext(base)))
	sheet := in.lex.hints(src.Sheet)
	several := false
	for i := range file.roles {
		several = several || file.roles[i] && !sheet.roles[i]
	}
	if several && sheet.within(file) {
		sheet.negated = sheet.negated || file.negated || sheet.onlyContacts() && file.suppresses()
		sheet.roles[contact.RoleOptOuts] = sheet.roles[contact.RoleOptOuts] || sheet.negated
		return sheet
	}
	for i := range file.roles {
		file.roles[i] = file.roles[i] || sheet.roles[i]
	}
	file.negated = file.negated || sheet.negated
	return file
}

// Suppresses tells whether the name of a sheet speaks of refusals, complaints or
// people never to be mailed.
func (in *Intake) Suppresses(sheet string) bool {
	h := in.lex.hints(sheet)
	return h.suppresses()
}

func (h *hints) suppresses() bool {
	return h.has(contact.RoleOptOuts) || h.has(contact.RoleComplaints) || h.has(contact.RoleProtected)
}

func (h *hints) onlyContacts() bool {
	return h.has(contact.RoleContacts) && !h.suppresses() && !h.has(contact.RoleConsents)
}

// within tells whether there are hints, all of which are among o's.
func (h *hints) within(o hints) bool {
	for i := range h.roles {
		if h.roles[i] && !o.roles[i] {
			return false
		}
	}
	return h.any()
}

func (h *hints) any() bool { return slices.Contains(h.roles[:], true) }

func (x *lexicon) hints(name string) (h hints) {
	text := spaced(name, true)
	rest := text
	for _, hint := range x.names {
		if begins(text, hint.Stem) {
			h.roles[hint.Role] = true
			rest = strings.ReplaceAll(rest, " "+strings.TrimPrefix(hint.Stem, "="), " ")
		}
	}
	if h.roles[contact.RoleOptOuts] || h.roles[contact.RoleComplaints] || h.roles[contact.RoleProtected] {
		h.negated = slices.ContainsFunc(strings.Fields(rest), func(w string) bool { return x.negations[w] })
	}
	return h
}
