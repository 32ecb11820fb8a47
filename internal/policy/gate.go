package policy

import (
	"time"

	"cleanbase/internal/contact"
)

// Limits are how far things may go before the clean list is withheld. Shares
// are from 0 to 1.
type Limits struct {
	MaxShrink    float64       // of a suppression file's entries since the last run
	WarnAge      time.Duration // of a suppression file; 0 is any age
	MaxColdShare float64       // of cold contacts in a list that keeps them
	MaxNewShare  float64       // of contacts never written to before; 1 is off
	Complaints   Rate
	OptOuts      Rate
	Spam         Rate // messages that the messenger took for spam
}

// Rate is the limits of a share of the messages sent.
type Rate struct{ Warn, Stop float64 }

// DefaultLimits are the limits that hold when the policy file says nothing.
// Complaints are what Gmail asks of bulk senders: under 0.10 %, never 0.30 %.
// The others are ten times that: a refusal is milder than a complaint.
func DefaultLimits() Limits {
	return Limits{MaxShrink: 0.10, WarnAge: 24 * time.Hour, MaxNewShare: 1,
		Complaints: Rate{0.001, 0.003}, OptOuts: Rate{0.01, 0.03}, Spam: Rate{0.01, 0.03}}
}

// RunFigures is what the gates judge: what is about to be mailed, and whether
// the sources can be trusted. How dirty the base was is no danger any more.
type RunFigures struct {
	Required   []RequiredSource
	Sources    []SourceSize
	Suspicious []Place    // unmapped columns that look like refusals
	Another    []RowPlace // rows that read like the head of another table
	Merged     []RowPlace // cells of refusals that are merged over rows from there on
	Unreadable []Unreadable
	NoEvents   bool  // the last run read events, this one has none: the rates are not known
	Strangers  int64 // refused in this run's logs under a messenger id that no contact has
	Unknown    int64 // refusals in this run's logs by messages that nobody knows to whom they were
	Clean      int64 // contacts in the clean list, cold ones not counted
	ColdKept   int64 // cold contacts kept in it
	New        int64 // of Clean, never written to before
	NewKnown   bool  // whether it is known who was written to before
	Ageing     int64 // of Clean, whose consent is old and will soon be no consent
	Returns    int64
	Russian    int64     // of the list, with a number of Russia
	LastAsOf   time.Time // of the last run; zero when there is none
	Sent       Mailings
}

// RequiredSource is an input that the policy names as required.
type RequiredSource struct {
	Name    string
	Found   bool
	Entries int64
	Age     time.Duration
	MaxAge  time.Duration // 0: any age
}

// SourceSize is how many entries a suppression file held, now and in the last
// run that read a file of its name, and how old it is.
type SourceSize struct {
	Name        string
	Now, Before int64         // Before is 0 when no run read it
	Age         time.Duration // since it was last written; 0 when Missing
	Missing     bool          // the last run read it, this one has no such file of its name
	ReadAs      string        // the role in which it is read now, when it is Missing as what it was
}

// Place is where something was found.
type Place struct{ File, Column string }

// RowPlace is a row where something was found.
type RowPlace struct {
	File, Sheet string
	Row         int
}

func (p RowPlace) place() string {
	if p.Sheet == "" {
		return p.File
	}
	return p.File + " / " + p.Sheet
}

// Unreadable is a suppression file or a log of messages with rows that name
// nobody who can be told.
type Unreadable struct {
	File  string
	Count int64
	All   bool  // it says nothing of anybody
	Lost  int64 // of a suppression file: rows that name nobody at all
	Of    int64 // of so many; 0 for a log
}

// Mailings is what became of the messages of the last mailings.
type Mailings struct{ Sent, Complaints, OptOuts, Spam int64 }

// Gate gives every finding, stops first, and what follows from them.
func (p *Policy) Gate(l Limits, r RunFigures) contact.Gate {
	g := gate{}
	for _, s := range r.Required {
		g.required(l, s)
	}
	for _, s := range r.Sources {
		g.size(l, s)
		g.ageing(l, s.Name, s.Age)
	}
	for _, s := range r.Suspicious {
		g.add(stop, contact.Finding{Code: "column.unmapped_refusal", Value: 1, Where: s.File + ": " + s.Column, Say: contact.T(
			"column “%[1]s” of %[2]s looks like a refusal, and nothing says how to read it: write \"%[1]s\" = \"optout\" under [columns] in cleanbase.toml, or \"other\" if it is none",
			"колонка «%[1]s» файла %[2]s похожа на отказ, но как её читать, неизвестно: впишите в раздел [columns] файла cleanbase.toml \"%[1]s\" = \"optout\", а если это не отказ — \"other\"").With(s.Column, s.File)})
	}
	for _, s := range r.Another {
		g.add(stop, contact.Finding{Code: "rows.another_table", Value: float64(s.Row), Where: s.File, Say: contact.T(
			"%s, row %d: another header, or a title that speaks of refusals, stands among the rows, so what is below it may mean something else: put that part into a file of its own, or take the row out",
			"%s, строка %d: среди строк стоит другой заголовок или подпись об отказах, и то, что ниже, может значить другое: вынесите эту часть в отдельный файл или уберите строку").With(s.place(), s.Row)})
	}
	for _, s := range r.Merged {
		g.add(stop, contact.Finding{Code: "cells.merged_refusal", Value: float64(s.Row), Where: s.File, Say: contact.T(
			"%s, row %d: a cell that tells of a refusal is merged over several rows, of which only the first is read so: unmerge it and fill every row",
			"%s, строка %d: ячейка с отказом объединена на несколько строк, и прочитана только первая из них: разъедините её и заполните каждую строку").With(s.place(), s.Row)})
	}
	for _, s := range r.Unreadable {
		g.unreadable(l, s)
	}
	p.list(&g, l, r)
	if r.NoEvents {
		g.add(warn, contact.Finding{Code: "events.absent", Say: contact.T(
			"the last run read a log of messages and this one has none: how people took the last mailings is not known",
			"в прошлом запуске был журнал сообщений, а сейчас его нет: как люди приняли последние рассылки, неизвестно")})
	}
	if r.Strangers > 0 {
		g.add(warn, contact.Finding{Code: "events.strangers", Value: float64(r.Strangers), Say: contact.T(
			"%s in the logs under a messenger's id that no contact has: if they are in the base by phone, they can't be taken out; add a file of ids and phones",
			"%s в журналах под id мессенджера, которого нет ни у одного контакта: если эти люди есть в базе по телефону, исключить их нельзя; добавьте файл с id и телефонами").With(
			contact.Many(r.Strangers, "person refused", "people refused", "человек отказался", "человека отказались", "человек отказались"))})
	}
	if r.Unknown > 0 {
		g.add(warn, contact.Finding{Code: "events.unknown", Value: float64(r.Unknown), Say: contact.T(
			"%s in statuses of messages that no file holds: whoever it is can't be taken out; add the log of what was sent",
			"%s в статусах сообщений, которых нет ни в одном файле: этих людей нельзя исключить; добавьте журнал отправленного").With(
			contact.Many(r.Unknown, "refusal stands", "refusals stand", "отказ", "отказа", "отказов"))})
	}
	g.rates(l, r.Sent)
	return g.result()
}

// Rates judges what became of mailings alone.
func Rates(l Limits, m Mailings) contact.Gate {
	g := gate{}
	g.rates(l, m)
	return g.result()
}

func (g *gate) rates(l Limits, sent Mailings) {
	for _, m := range []measured{
		{"rate.complaints", l.Complaints, sent.Complaints, contact.T("complaints", "жалоб")},
		{"rate.optouts", l.OptOuts, sent.OptOuts, contact.T("refusals", "отказов")},
		{"rate.suspected_spam", l.Spam, sent.Spam, contact.T("messages taken for spam", "сообщений, принятых за спам")},
	} {
		g.rate(m, sent.Sent)
	}
}

// newcomers judges how many of the list were never written to before. Where
// the policy limits them and nothing tells who was, none can be let through.
func (p *Policy) newcomers(g *gate, l Limits, r RunFigures) {
	share := part(r.New, r.Clean)
	if l.MaxNewShare >= 1 || share <= l.MaxNewShare {
		return
	}
	say := contact.T("%s of the list never written to before: send to fewer of them at once",
		"в списке %s, кому ещё никогда не писали: пишите им меньшими частями").With(contact.ManyContacts(r.New))
	if !r.NewKnown {
		say = contact.T("nothing tells who of the list was written to before, and the policy limits newcomers: give the log of messages with --events",
			"неизвестно, кому из списка уже писали, а политика ограничивает долю новых: дайте журнал сообщений через --events")
	}
	g.add(stop, contact.Finding{Code: "new.share", Value: share, Limit: l.MaxNewShare, Say: say})
}

// list judges what is in the clean list.
func (p *Policy) list(g *gate, l Limits, r RunFigures) {
	if share := part(r.ColdKept, r.Clean+r.ColdKept); share > l.MaxColdShare {
		g.add(stop, contact.Finding{Code: "cold.kept", Value: share, Limit: l.MaxColdShare, Say: contact.T(
			"%s in the list without a consent to rely on: put them apart with lists.cold = \"apart\" or ask them first",
			"в списке %s без надёжного согласия: отделите их настройкой lists.cold = \"apart\" или сначала спросите согласие").With(contact.ManyContacts(r.ColdKept))})
	}
	p.newcomers(g, l, r)
	if r.Ageing > 0 {
		g.add(warn, contact.Finding{Code: "consent.ageing", Value: float64(r.Ageing), Say: contact.T(
			"%s more than %s ago, and a consent holds for %d: ask them anew before it runs out",
			"%s больше %s назад, а согласие действует %d: спросите заново, пока оно не истекло").With(
			contact.Many(r.Ageing, "contact agreed", "contacts agreed", "контакт дал согласие", "контакта дали согласие", "контактов дали согласие"),
			contact.Many(int64(p.Consent.WarnMonths), "month", "months", "месяца", "месяцев", "месяцев"), p.Consent.Months)})
	}
	if r.Returns > 0 {
		g.add(warn, contact.Finding{Code: "returns", Value: float64(r.Returns), Say: contact.T(
			"back in the files in spite of a refusal: %s; removed again, find out which file brings them",
			"снова в файлах, хотя об отказе известно: %s; исключены опять, выясните, какой файл их приносит").With(contact.ManyContacts(r.Returns))})
	}
	if p.Channel == contact.WhatsApp && r.Russian > 0 {
		g.add(warn, contact.Finding{Code: "law.whatsapp_ru", Value: float64(r.Russian), Say: contact.T(
			"%s with a Russian number: advertising on WhatsApp is not allowed in Russia since 1 September 2025",
			"%s с российским номером: реклама в WhatsApp в России запрещена с 1 сентября 2025 года").With(contact.ManyContacts(r.Russian))})
	}
	if p.AsOf.Before(r.LastAsOf) {
		g.add(warn, contact.Finding{Code: "as_of.backwards", Value: r.LastAsOf.Sub(p.AsOf).Hours(), Say: contact.T(
			"the as-of time is before that of the last run (%s): later consents do not count; check --as-of or the clock",
			"дата расчёта раньше, чем у прошлого запуска (%s): более поздние согласия не учтены; проверьте --as-of или часы").With(r.LastAsOf.UTC().Format(time.RFC3339))})
	}
}

const (
	warn = "warn"
	stop = "stop"
)

type gate struct{ findings []contact.Finding }

func (g *gate) add(level string, f contact.Finding) {
	f.Level = level
	g.findings = append(g.findings, f)
}

func (g *gate) result() contact.Gate {
	out := contact.Gate{Result: "pass", Findings: []contact.Finding{}}
	for _, level := range []string{stop, warn} {
		for _, f := range g.findings {
			if f.Level == level {
				out.Findings = append(out.Findings, f)
			}
		}
	}
	if len(out.Findings) > 0 {
		out.Result = out.Findings[0].Level
	}
	return out
}

// measured is how many of the messages sent came to something, and the limits
// of their share.
type measured struct {
	code   string
	limits Rate
	n      int64
	what   contact.Text
}

// rate judges a share of the messages sent by the lower bound of its Wilson
// interval: what is certain even if the sample was unlucky, so that a few
// messages do not condemn a mailing. Of very few the interval is too sure of
// itself (1 of 5 gives 3.6 %), so fewer than fewPeople only warn.
func (g *gate) rate(m measured, sent int64) {
	low := contact.ShareOf(min(m.n, sent), sent).Low
	level, limit := "", 0.0
	switch {
	case low > m.limits.Stop && m.n >= fewPeople:
		level, limit = stop, m.limits.Stop
	case low > m.limits.Warn || low > m.limits.Stop:
		level, limit = warn, m.limits.Warn
	default:
		return
	}
	g.add(level, contact.Finding{Code: m.code, Value: part(m.n, sent), Limit: limit, Say: contact.T(
		"%s after the last mailings: %d of %s, more than %s",
		"%s после последних рассылок: %d на %s, больше %s").With(m.what, m.n, contact.Many(sent, "message", "messages", "сообщение", "сообщения", "сообщений"), percent(limit))})
}

func part(n, of int64) float64 {
	if of <= 0 || n <= 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// fewPeople is how many refusals or complaints withhold a list at the least.
const fewPeople = 3
