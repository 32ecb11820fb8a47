package policy

import (
	"math"
	"time"

	"cleanbase/internal/contact"
)

// Limits are how far things may go before the clean list is withheld. Shares
// are from 0 to 1.
type Limits struct {
	MaxShrink    float64 // of a suppression file's entries since the last run
	MaxColdShare float64 // of cold contacts in a list that keeps them
	MaxNewShare  float64 // of contacts never written to before; 1 is off
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
	return Limits{MaxShrink: 0.10, MaxNewShare: 1,
		Complaints: Rate{0.001, 0.003}, OptOuts: Rate{0.01, 0.03}, Spam: Rate{0.01, 0.03}}
}

// RunFigures is what the gates judge: what is about to be mailed, and whether
// the sources can be trusted. How dirty the base was is no danger any more.
type RunFigures struct {
	Required   []RequiredSource
	Sources    []SourceSize
	Suspicious []Place // unmapped columns that look like refusals
	Unreadable []Place // suppression files with rows that name nobody; Count rows
	Clean      int64   // contacts in the clean list, cold ones not counted
	ColdKept   int64   // cold contacts kept in it
	New        int64   // of Clean, never written to before
	NewKnown   bool    // whether it is known who was written to before
	Returns    int64
	Russian    int64     // of Clean, with a Russian number
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
// run that read a file of its name.
type SourceSize struct {
	Name        string
	Now, Before int64
	Missing     bool // the last run read it, this one has no file of its name
}

// Place is where something was found.
type Place struct {
	File, Column string
	Count        int64
}

// Mailings is what became of the messages of the last mailings.
type Mailings struct{ Sent, Complaints, OptOuts, Spam int64 }

// Gate gives every finding, stops first, and what follows from them.
func (p *Policy) Gate(l Limits, r RunFigures) contact.Gate {
	g := gate{}
	for _, s := range r.Required {
		g.required(s)
	}
	for _, s := range r.Sources {
		g.size(l, s)
	}
	for _, s := range r.Suspicious {
		g.add(stop, contact.Finding{Code: "column.unmapped_refusal", Value: 1, Where: s.File + ": " + s.Column, Say: contact.T(
			"column “%s” of %s looks like a refusal, and nothing says how to read it: name it under [columns] in the policy file",
			"колонка «%s» файла %s похожа на отказ, но как её читать, неизвестно: назовите её в разделе [columns] файла политики").With(s.Column, s.File)})
	}
	for _, s := range r.Unreadable {
		g.add(warn, contact.Finding{Code: "source.unreadable_rows", Value: float64(s.Count), Where: s.File, Say: contact.T(
			"%s: %d rows name a phone or e-mail that can't be read, or none: whoever they mean was not removed; look at them",
			"%s: строк, где телефон или почта не читаются или не указаны: %d; кого они имеют в виду, тот не исключён, проверьте их").With(s.File, s.Count)})
	}
	p.list(&g, l, r)
	sent := r.Sent
	for _, m := range []measured{
		{"rate.complaints", l.Complaints, sent.Complaints, contact.T("complaints", "жалоб")},
		{"rate.optouts", l.OptOuts, sent.OptOuts, contact.T("refusals", "отказов")},
		{"rate.suspected_spam", l.Spam, sent.Spam, contact.T("messages taken for spam", "сообщений, принятых за спам")},
	} {
		g.rate(m, sent.Sent)
	}
	return g.result()
}

// list judges what is in the clean list.
func (p *Policy) list(g *gate, l Limits, r RunFigures) {
	if share := part(r.ColdKept, r.Clean+r.ColdKept); share > l.MaxColdShare {
		g.add(stop, contact.Finding{Code: "cold.kept", Value: share, Limit: l.MaxColdShare, Say: contact.T(
			"%d contacts in the list have no consent to rely on: put them apart with lists.cold = \"apart\" or ask them first",
			"контактов без согласия в списке: %d; отделите их настройкой lists.cold = \"apart\" или сначала спросите согласие").With(r.ColdKept)})
	}
	if share := part(r.New, r.Clean); r.NewKnown && l.MaxNewShare < 1 && share > l.MaxNewShare {
		g.add(stop, contact.Finding{Code: "new.share", Value: share, Limit: l.MaxNewShare, Say: contact.T(
			"%d contacts of the list were never written to before: send to fewer of them at once",
			"контактов, которым ещё никогда не писали: %d; пишите им меньшими частями").With(r.New)})
	}
	if r.Returns > 0 {
		g.add(warn, contact.Finding{Code: "returns", Value: float64(r.Returns), Say: contact.T(
			"%d refused contacts came back in the files and were removed again: find out which file brings them",
			"отказавшихся контактов, которые вернулись в файлах и снова исключены: %d; выясните, какой файл их приносит").With(r.Returns)})
	}
	if p.Channel == contact.WhatsApp && r.Russian > 0 {
		g.add(warn, contact.Finding{Code: "law.whatsapp_ru", Value: float64(r.Russian), Say: contact.T(
			"%d contacts have Russian numbers: advertising on WhatsApp is not allowed in Russia since 1 September 2025",
			"контактов с российскими номерами: %d; реклама в WhatsApp в России запрещена с 1 сентября 2025 года").With(r.Russian)})
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

func (g *gate) required(s RequiredSource) {
	switch {
	case !s.Found:
		g.add(stop, contact.Finding{Code: "source.missing", Limit: 1, Where: s.Name, Say: contact.T("%s is required by the policy and was not given",
			"политика требует файл %s, но его нет").With(s.Name)})
	case s.Entries == 0:
		g.add(stop, contact.Finding{Code: "source.empty", Limit: 1, Where: s.Name, Say: contact.T("%s is required by the policy and is empty",
			"политика требует файл %s, но он пуст").With(s.Name)})
	case s.MaxAge > 0 && s.Age > s.MaxAge:
		g.add(stop, contact.Finding{Code: "source.stale", Value: s.Age.Hours(), Limit: s.MaxAge.Hours(), Where: s.Name, Say: contact.T("%s is %.0f hours old, and the policy allows %.0f: export it anew",
			"файлу %s %.0f ч, политика допускает %.0f ч: выгрузите его заново").With(s.Name, s.Age.Hours(), s.MaxAge.Hours())})
	}
}

// size judges a suppression file against its size in the last run: remembered
// refusals still bind, but new ones may be missing.
func (g *gate) size(l Limits, s SourceSize) {
	lost := part(s.Before-s.Now, s.Before)
	switch {
	case s.Missing:
		g.add(warn, contact.Finding{Code: "source.absent", Limit: float64(s.Before), Where: s.Name, Say: contact.T("%s was read in the last run and was not given now: its %d entries are remembered, newer ones are not known",
			"файл %s был в прошлом запуске, а сейчас его нет: его записи (%d) помнятся, но новые неизвестны").With(s.Name, s.Before)})
	case lost > l.MaxShrink:
		g.add(stop, contact.Finding{Code: "source.shrunk", Value: lost, Limit: l.MaxShrink, Where: s.Name, Say: contact.T("%s holds %d entries, in the last run it held %d: is the export whole?",
			"в файле %s записей: %d, в прошлом запуске было %d; полная ли это выгрузка?").With(s.Name, s.Now, s.Before)})
	}
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
// messages do not condemn a mailing.
func (g *gate) rate(m measured, sent int64) {
	low := WilsonLow(m.n, sent)
	level, limit := "", 0.0
	switch {
	case low > m.limits.Stop:
		level, limit = stop, m.limits.Stop
	case low > m.limits.Warn:
		level, limit = warn, m.limits.Warn
	default:
		return
	}
	g.add(level, contact.Finding{Code: m.code, Value: part(m.n, sent), Limit: limit, Say: contact.T(
		"%s after the last mailings: %d of %d messages, more than %.2f %%",
		"%s после последних рассылок: %d на %d сообщений, больше %.2f %%").With(m.what, m.n, sent, limit*100)})
}

func part(n, of int64) float64 {
	if of <= 0 || n <= 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// WilsonLow is the lower bound of the 95 % Wilson score interval for n of of.
func WilsonLow(n, of int64) float64 {
	if of == 0 {
		return 0
	}
	const z = 1.96
	share, all := float64(n)/float64(of), float64(of)
	mid := share + z*z/(2*all)
	spread := z * math.Sqrt(share*(1-share)/all+z*z/(4*all*all))
	return max(0, (mid-spread)/(1+z*z/all))
}
