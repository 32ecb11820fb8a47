package report

import (
	"fmt"
	"strings"
	"time"

	"cleanbase/internal/contact"
)

// page is what the template shows. All its texts are in one language and
// ready; the template only says what is a heading, a table or a name.
type page struct {
	Lang     string
	Title    string
	Words    words
	Answer   answer
	Tiles    []tile
	Sections []section
	Facts    []fact // the run in short: as of, channel, number
}

// words is the page's own fixed texts.
type words struct{ Question, First, Then, Contents, Skip, Lists, Footer string }

type fact struct{ Name, Text string }

// tile is one verdict at the top of the page.
type tile struct{ Class, Name, Means, Count, File string }

// section is one part of the page below the first screen.
type section struct {
	ID, Title string
	Lead      []phrase
	Flow      *flow
	Trend     *trend
	Tables    []table
	Lines     []string
	Pre       string
}

// phrase is a sentence in which names given by users stand apart.
type phrase []span

type span struct {
	Text string
	User bool
}

func plain(s string) phrase { return phrase{{Text: s}} }

// builder makes a page of a report.
type builder struct {
	r *contact.Report
	s *contact.Summary
	l contact.Lang
}

func newPage(r *contact.Report) *page {
	b := &builder{r, r.Summary, r.Lang}
	p := &page{Lang: "en", Words: b.words(), Answer: b.answer(), Tiles: b.tiles(), Facts: b.facts()}
	if b.l == contact.RU {
		p.Lang = "ru"
	}
	p.Title = p.Answer.Title + " – cleanbase"
	for _, build := range []func() *section{b.flowSection, b.reasons, b.gate, b.mailings, b.files, b.consentAge, b.countries, b.operators, b.returns,
		b.shared, b.conflicts, b.trend, b.policy, b.inputs, b.published, b.checkpoint, b.columns} {
		if s := build(); s != nil {
			p.Sections = append(p.Sections, *s)
		}
	}
	return p
}

func (b *builder) words() words {
	return words{
		Question: b.tr("May I send?", "Можно ли отправлять?"),
		First:    b.tr("First", "Сначала"),
		Then:     b.tr("Then", "Потом"),
		Contents: b.tr("On this page", "На этой странице"),
		Skip:     b.tr("To the details", "К подробностям"),
		Lists:    b.tr("Contacts by verdict", "Контакты по решениям"),
		Footer: b.tr("Made by cleanbase. Phones and e-mails are masked; the lists hold them in full. This page says what the files and the policy say; it is no legal advice.",
			"Сделано программой cleanbase. Телефоны и почта скрыты, полностью они есть в списках. Страница передаёт то, что говорят файлы и политика, и не является юридической консультацией."),
	}
}

func (b *builder) facts() []fact {
	facts := []fact{
		{b.tr("As of", "На момент"), b.date(b.s.AsOf)},
		{b.tr("Channel", "Канал"), b.word(channelWord, b.s.Channel)},
		{b.tr("Run", "Запуск"), shown(b.s.RunID)},
	}
	if b.s.ToolVersion != "" {
		facts = append(facts, fact{b.tr("Version", "Версия"), shown(b.s.ToolVersion)})
	}
	return facts
}

func (b *builder) tiles() []tile {
	var tiles []tile
	for _, v := range contact.Verdicts() {
		tiles = append(tiles, tile{Class: v.String(), Name: verdictWord[v].In(b.l), Means: b.means(v),
			Count: b.num(b.ofVerdict(v)), File: b.listFile(v.String())})
	}
	return tiles
}

// means is what a verdict asks of the reader. Clean contacts may be written to
// only when their list was published.
func (b *builder) means(v contact.Verdict) string {
	switch {
	case v == contact.Clean && b.s.Status != "published":
		return b.tr("list not published", "список не выдан")
	case v == contact.Clean && b.s.Gate.Result == "stop":
		return b.tr("only at your own risk", "только на ваш риск")
	}
	return verdictMeans[v].In(b.l)
}

// ofVerdict is how many contacts have the verdict.
func (b *builder) ofVerdict(v contact.Verdict) int64 {
	c := &b.s.Contacts
	return [...]int64{contact.Clean: c.Clean, contact.Cold: c.Cold, contact.Hold: c.Hold, contact.Invalid: c.Invalid, contact.Removed: c.Removed}[v]
}

func (b *builder) contacts() int64 {
	c := &b.s.Contacts
	return c.Clean + c.Cold + c.Hold + c.Invalid + c.Removed
}

// listFile is the first published file of a list, or nothing.
func (b *builder) listFile(name string) string {
	for _, f := range b.s.Files {
		if strings.HasPrefix(f.Name, name+".") && linkable(f.Name) {
			return f.Name
		}
	}
	return ""
}

// linkable tells whether a published file's name can stand in a link as it is.
func linkable(name string) bool {
	return name != "" && name[0] != '.' && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-._") == ""
}

func (b *builder) tr(en, ru string) string { return contact.T(en, ru).In(b.l) }

// trf is tr with verbs filled.
func (b *builder) trf(en, ru string, args ...any) string {
	return fmt.Sprintf(b.tr(en, ru), args...)
}

func (b *builder) num(n int64) string { return contact.Grouped(b.l, n) }

// noun is a noun's forms as contact.Plural takes them.
type noun struct{ en, ru []string }

var (
	nounContact = noun{[]string{"contact", "contacts"}, []string{"контакт", "контакта", "контактов"}}
	nounRow     = noun{[]string{"row", "rows"}, []string{"строка", "строки", "строк"}}
)

// form is the noun that goes with n.
func (b *builder) form(n int64, w noun) string {
	if b.l == contact.RU {
		return contact.Plural(b.l, n, w.ru...)
	}
	return contact.Plural(b.l, n, w.en...)
}

// many is n and its noun, which never part at a line's end.
func (b *builder) many(n int64, w noun) string { return b.num(n) + "\u00a0" + b.form(n, w) }

// percent is n of of. What is neither nothing nor all is never shown as if it
// were.
func (b *builder) percent(n, of int64) string {
	if of <= 0 {
		return "–"
	}
	tenths := (n*2000 + of) / (2 * of)
	mark := ""
	switch {
	case n > 0 && tenths == 0:
		mark, tenths = "<", 1
	case n < of && tenths >= 1000:
		mark, tenths = ">", 999
	}
	return b.trf("%s%d.%d%%", "%s%d,%d\u00a0%%", mark, tenths/10, tenths%10)
}

// word is the text of a code, or the code itself when it has none.
func (b *builder) word(m map[string]contact.Text, code string) string {
	if t, ok := m[code]; ok {
		return t.In(b.l)
	}
	return shown(code)
}

// named is a cell with the word for a code; a code that has none is shown as
// what it is, somebody else's text.
func (b *builder) named(m map[string]contact.Text, code string) cell {
	if t, ok := m[code]; ok {
		return text(t.In(b.l))
	}
	return user(dash(code))
}

// day is date without a midnight: who says a day names no hour.
func (b *builder) day(s string) string {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || t.UTC().Truncate(24*time.Hour) != t.UTC() {
		return b.date(s)
	}
	return fmt.Sprintf("%d\u00a0%s\u00a0%d", t.Day(), monthWord[t.Month()-1].In(b.l), t.Year())
}

// date is a time of the summary as a person reads it, or as it stands when it
// is no RFC 3339.
func (b *builder) date(s string) string {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return shown(s)
	}
	t = t.UTC()
	return fmt.Sprintf("%d\u00a0%s\u00a0%d, %s\u00a0UTC", t.Day(), monthWord[t.Month()-1].In(b.l), t.Year(), t.Format("15:04"))
}
