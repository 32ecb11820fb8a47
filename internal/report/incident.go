package report

import (
	"io"
	"slices"
	"strconv"
	"time"

	"cleanbase/internal/contact"
)

// WriteIncident writes the page of an incident to w, by the same rules and in
// the same style as the page of a run.
func WriteIncident(w io.Writer, r *contact.Incident, l contact.Lang) error {
	t, err := parse()
	if err != nil {
		return err
	}
	b := &incidentBuilder{builder{l: l}, r}
	return t.Execute(w, b.page())
}

// incidentBuilder makes a page of an incident.
type incidentBuilder struct {
	builder
	in *contact.Incident
}

var (
	nounPerson   = noun{[]string{"person", "people"}, []string{"человек", "человека", "человек"}}
	nounToPerson = noun{nounPerson.en, []string{"человеку", "людям", "людям"}}
)

func (b *incidentBuilder) page() *page {
	p := &page{Lang: "en", Words: b.words(), Answer: b.answer(), Tiles: b.tiles(), Facts: b.facts()}
	if b.l == contact.RU {
		p.Lang = "ru"
	}
	p.Title = p.Answer.Title + " – cleanbase"
	for _, build := range []func() *section{b.causes, b.rates, b.groups, b.waves, b.days, b.account, b.method} {
		if s := build(); s != nil {
			p.Sections = append(p.Sections, *s)
		}
	}
	return p
}

func (b *incidentBuilder) words() words {
	w := b.builder.words()
	w.Question = b.tr("What led to the ban?", "Что привело к блокировке?")
	w.First = b.tr("Likely causes, the likeliest first", "Вероятные причины, сначала самая вероятная")
	w.Then = b.tr("What to do now", "Что делать сейчас")
	w.Lists = b.tr("The mailing in figures", "Рассылка в цифрах")
	w.Footer = b.tr("Made by cleanbase. This page holds no phones; the lists beside it do. A messenger does not say why it bans: the causes are what your own files show, and no legal advice.",
		"Сделано программой cleanbase. На странице нет телефонов, они в списках рядом. Мессенджер не говорит, за что блокирует: причины взяты из ваших же файлов и не являются юридической консультацией.")
	return w
}

// Clock is a time of an incident as the clocks of its zone show it, its day
// alone at midnight.
func Clock(stamp, zone string) string {
	at, err := time.Parse(time.RFC3339, stamp)
	place, unknown := time.LoadLocation(zone)
	if err != nil || unknown != nil {
		return shown(stamp)
	}
	if at = at.In(place); at.Hour() == 0 && at.Minute() == 0 {
		return at.Format(time.DateOnly)
	}
	return at.Format("2006-01-02 15:04")
}

func (b *incidentBuilder) facts() []fact {
	return []fact{
		{b.tr("From", "С"), Clock(b.in.Since, b.in.Zone)},
		{b.tr("Up to", "По"), Clock(b.in.Until, b.in.Zone)},
		{b.tr("Clock of", "Время"), shown(b.in.Zone)},
		{b.tr("Channel", "Канал"), b.word(channelWord, b.in.Channel)},
	}
}

// shownCauses is how many causes stand on the first screen.
const shownCauses = 5

func (b *incidentBuilder) answer() answer {
	a := answer{Class: "no"}
	switch {
	case b.in.People == 0:
		a.Class, a.Title = "warn", b.tr("Not known: nobody was written to, as far as the files say", "Неизвестно: по файлам, никому не писали")
	case len(b.in.Causes) == 0 && !slices.ContainsFunc(b.in.Rates, func(r contact.IncidentRate) bool { return r.Known }):
		a.Class, a.Title = "warn", b.tr("Not known: the files do not say what came of the messages", "Неизвестно: в файлах нет того, что вышло из сообщений")
	case len(b.in.Causes) == 0:
		a.Class, a.Title = "warn", b.tr("Nothing in your files stands out", "В ваших файлах ничего не выделяется")
		a.Lead = []phrase{plain(b.tr("What files can't show: the same text to everybody (cleanbase check-text), a new account that sent much at once, a link that the messenger distrusts.",
			"Чего по файлам не видно: один и тот же текст всем (cleanbase check-text), новый аккаунт, который сразу слал много, ссылка, которой мессенджер не доверяет."))}
	default:
		a.Title = b.word(causeTitle, b.in.Causes[0].Code)
	}
	if b.in.People > 0 {
		a.Lead = append(a.Lead, plain(b.trf("Since %s you wrote to %s. %s", "С %s вы писали %s. %s", Clock(b.in.Since, b.in.Zone), b.many(b.in.People, nounToPerson), b.word(basisWord, b.in.Basis))))
	}
	for i := range b.in.Causes[:min(len(b.in.Causes), shownCauses)] {
		c := &b.in.Causes[i]
		level := "warn"
		if i == 0 {
			level = "stop"
		}
		a.First = append(a.First, todo{level, strconv.Itoa(i + 1), CauseWords(c, b.l) + " " + c.Do.In(b.l)})
	}
	for _, n := range b.in.Notes {
		a.Lead = append(a.Lead, plain(sentence(tidy(n.In(b.l), maxSentence), "")))
	}
	a.Then = b.then()
	return a
}

func (b *incidentBuilder) then() []string {
	list := []string{b.tr("Stop every mailing from this account, and do not go on from another: the messenger sees the same text to the same people.",
		"Остановите все рассылки с этого аккаунта и не продолжайте с другого: мессенджер видит тот же текст тем же людям.")}
	if b.in.Drop > 0 {
		list = append(list, b.trf("Take %s out of your mailings: the list says of each whether for good, for now, or until they agree.", "Уберите из рассылок %s: в списке о каждом сказано, насовсем, на время или до согласия.",
			b.many(b.in.Drop, nounContact)))
	}
	if b.in.Reach > 0 {
		list = append(list, b.trf("Answer %s by hand: they wrote to you themselves, and a restricted account can usually still answer them. Answer, do not advertise.",
			"Ответьте лично %s: они писали вам сами, и ограниченный аккаунт обычно ещё может им отвечать. Отвечайте, а не рекламируйте.", b.many(b.in.Reach, nounToPerson)))
	}
	return append(list, b.tr("When you ask the messenger to lift the ban, say what you found here and what you changed.", "Когда будете просить снять блокировку, скажите, что вы здесь нашли и что изменили."),
		b.tr("Afterwards start anew in small waves, from people who wrote to you lately: cleanbase plan makes them.", "Потом начинайте заново небольшими волнами, с тех, кто недавно писал вам сам: их составит cleanbase plan."))
}

func (b *incidentBuilder) tiles() []tile {
	list := []tile{{Class: "merged", Name: b.tr("Written to", "Кому писали"), Means: b.tr("each person once", "каждый посчитан один раз"), Count: b.num(b.in.People)}}
	for _, r := range b.in.Rates {
		class := map[contact.Mishap]string{contact.Complained: "removed", contact.Refused: "hold"}[r.Mishap]
		if class == "" {
			continue
		}
		t := tile{Class: class, Name: mishapWord[r.Mishap].In(b.l), Means: b.percent(r.N, r.Of), Count: b.num(r.N)}
		if !r.Known {
			t.Count, t.Means = "?", b.tr("not known", "неизвестно")
		}
		list = append(list, t)
	}
	drop := tile{Class: "invalid", Name: b.tr("To drop", "Убрать"), Means: b.tr("from your mailings", "из рассылок"), Count: b.num(b.in.Drop)}
	reach := tile{Class: "clean", Name: b.tr("Can be answered", "Можно ответить"), Means: b.tr("they wrote to you", "писали вам сами"), Count: b.num(b.in.Reach)}
	for _, f := range b.in.Files {
		if linkable(f.Name) && isPart(f.Name, "drop") {
			drop.File = f.Name
		}
		if linkable(f.Name) && isPart(f.Name, "reachable") {
			reach.File = f.Name
		}
	}
	return append(list, drop, reach)
}
