package policy

import (
	"slices"
	"time"

	"cleanbase/internal/contact"
)

// required judges an input without which nothing may be mailed.
func (g *gate) required(l Limits, s RequiredSource) {
	switch {
	case !s.Found:
		g.add(stop, contact.Finding{Code: "source.missing", Limit: 1, Where: s.Name, Say: contact.T("%s is required by the policy and was not given",
			"политика требует файл %s, но его нет").With(s.Name)})
	case s.Entries == 0:
		g.add(stop, contact.Finding{Code: "source.empty", Limit: 1, Where: s.Name, Say: contact.T("%s is required by the policy and is empty",
			"политика требует файл %s, но он пуст").With(s.Name)})
	case s.MaxAge > 0 && s.Age > s.MaxAge:
		g.add(stop, contact.Finding{Code: "source.stale", Value: s.Age.Hours(), Limit: s.MaxAge.Hours(), Where: s.Name, Say: contact.T("%s is over %s old, and the policy allows %s: export it anew",
			"файлу %s больше %s, а политика допускает не больше %s: выгрузите его заново").With(s.Name, lasting(s.Age), lasting(s.MaxAge))})
	default:
		g.ageing(l, s.Name, s.Age)
	}
}

// lasting is a length of time as people say it after "over": in whole hours up
// to two days, then in whole days.
func lasting(d time.Duration) contact.Text {
	if d < 48*time.Hour {
		return contact.Many(int64(d/time.Hour), "hour", "hours", "часа", "часов", "часов")
	}
	return contact.Many(int64(d/(24*time.Hour)), "day", "days", "дня", "дней", "дней")
}

// ageing warns once of a file that refusals are missing from by now.
func (g *gate) ageing(l Limits, name string, age time.Duration) {
	if l.WarnAge <= 0 || age <= l.WarnAge || slices.ContainsFunc(g.findings, func(f contact.Finding) bool {
		return f.Where == name && (f.Code == "source.ageing" || f.Code == "source.stale")
	}) {
		return
	}
	g.add(warn, contact.Finding{Code: "source.ageing", Value: age.Hours(), Limit: l.WarnAge.Hours(), Where: name, Say: contact.T(
		"%s is over %s old: whoever refused since is not in it; export it anew before you send",
		"файлу %s больше %s: кто отказался с тех пор, того в нём нет; перед отправкой выгрузите его заново").With(name, lasting(age))})
}

func entries(n int64) contact.Text {
	return contact.Many(n, "entry", "entries", "запись", "записи", "записей")
}

// fewLost is how many rows of a suppression file may name nobody whatever their
// share: a total, a remark.
const fewLost = 2

// unreadable judges rows that may mean a person who refused. A file none of
// whose rows can be read is as good as missing, one that lost many to a
// spreadsheet (7,9E+10) as good as shrunk.
func (g *gate) unreadable(l Limits, s Unreadable) {
	if lost := part(s.Lost, s.Of); !s.All && s.Lost > fewLost && lost > l.MaxShrink {
		g.add(stop, contact.Finding{Code: "source.unreadable", Value: lost, Limit: l.MaxShrink, Where: s.File, Say: contact.T(
			"%s: %s no phone or e-mail that can be read, so that whoever was meant there may still be in the list: export it anew with whole numbers",
			"%s: %s без телефона или почты, которые можно прочитать, и кто там имелся в виду, тот может остаться в списке: выгрузите заново с полными номерами").With(s.File,
			contact.Many(s.Lost, "row has", "rows have", "строка", "строки", "строк"))})
		return
	}
	if s.All {
		g.add(stop, contact.Finding{Code: "source.unreadable", Value: float64(s.Count), Where: s.File, Say: contact.T(
			"%s: not one of its rows names a phone or e-mail that can be read: is it the right file, with the right columns?",
			"%s: ни в одной строке нет телефона или почты, которые можно прочитать; тот ли это файл, те ли в нём колонки?").With(s.File)})
		return
	}
	g.add(warn, contact.Finding{Code: "source.unreadable_rows", Value: float64(s.Count), Where: s.File, Say: contact.T(
		"%s: %s no phone or e-mail that can be read: whoever was meant there was not removed; look at them",
		"%s: %s без телефона или почты, которые можно прочитать; кто там имелся в виду, тот не исключён: проверьте").With(s.File,
		contact.Many(s.Count, "row has", "rows have", "строка", "строки", "строк"))})
}

// size judges a suppression file against its size in the last run: remembered
// refusals still bind, but new ones may be missing.
func (g *gate) size(l Limits, s SourceSize) {
	lost := part(s.Before-s.Now, s.Before)
	switch {
	case s.ReadAs != "":
		g.add(stop, contact.Finding{Code: "source.role_changed", Limit: float64(s.Before), Where: s.Name, Say: contact.T("%s was a list of people not to write to in the last run and is read as %s now: state its role (--optouts, --complaints, --protected) or look at its columns",
			"файл %s в прошлом запуске был списком тех, кому писать нельзя, а теперь читается как %s: укажите его роль (--optouts, --complaints, --protected) или проверьте колонки").With(s.Name, s.ReadAs)})
	case s.Missing:
		g.add(warn, contact.Finding{Code: "source.absent", Limit: float64(s.Before), Where: s.Name, Say: contact.T("%s was read in the last run and was not given now: what it said is remembered (%s), what is new is not known",
			"файл %s был в прошлом запуске, а сейчас его нет: что в нём было (%s), помнится, а что нового, неизвестно").With(s.Name, entries(s.Before))})
	case lost > l.MaxShrink:
		g.add(stop, contact.Finding{Code: "source.shrunk", Value: lost, Limit: l.MaxShrink, Where: s.Name, Say: contact.T("%s holds %s, in the last run it held %s: is the export whole?",
			"в файле %s %s, а в прошлом запуске было %s: полная ли это выгрузка?").With(s.Name, entries(s.Now), entries(s.Before))})
	}
}
