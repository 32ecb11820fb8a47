package report

import (
	"cleanbase/internal/contact"
)

// trend is a column a run, the verdicts stacked. Heights and positions are in
// percent, so that the picture fits any screen.
type trend struct {
	Title, Desc string
	Bars        []trendBar
	First, Last string // dates under the outer columns
	Legend      []legend
	Most        string // contacts of the highest column
}

type trendBar struct{ Class, X, Y, Width, Height string }

// legend says which verdict a colour stands for.
type legend struct{ Class, Name string }

// maxTrend is how many runs are shown, the last ones.
const maxTrend = 24

// trend is how the base changed over the runs.
func (b *builder) trend() *section {
	points := b.r.Trend
	if len(points) < 2 {
		return nil
	}
	s := &section{ID: "trend", Title: b.tr("Past runs", "Прошлые запуски"), Lead: []phrase{plain(b.change(points))}}
	if hidden := len(points) - maxTrend; hidden > 0 {
		points = points[hidden:]
		s.Lead = append(s.Lead, plain(b.trf("The last %s runs are shown.", "Показано последних запусков: %s.", b.num(maxTrend))))
	}
	s.Trend = b.trendPicture(points)
	s.Tables = []table{b.trendTable(points)}
	return s
}

// change says what is different from the run before.
func (b *builder) change(points []contact.TrendPoint) string {
	before, now := points[len(points)-2].Contacts, points[len(points)-1].Contacts
	return b.trf("Since the run before: clean %s, cold %s, on hold %s, removed %s, invalid %s.",
		"С прошлого запуска: чистые %s, холодные %s, на проверке %s, исключены %s, плохой номер %s.",
		b.signed(now.Clean-before.Clean), b.signed(now.Cold-before.Cold), b.signed(now.Hold-before.Hold),
		b.signed(now.Removed-before.Removed), b.signed(now.Invalid-before.Invalid))
}

func (b *builder) signed(n int64) string {
	switch {
	case n > 0:
		return "+" + b.num(n)
	case n < 0:
		return "−" + b.num(-n)
	}
	return "±0"
}

func total(c contact.Contacts) int64 { return c.Clean + c.Cold + c.Hold + c.Removed + c.Invalid }

func (b *builder) trendPicture(points []contact.TrendPoint) *trend {
	var most int64
	for _, p := range points {
		most = max(most, total(p.Contacts))
	}
	t := &trend{Title: b.tr("Contacts by verdict, run by run", "Контакты по решениям от запуска к запуску"), Most: b.num(most),
		Desc:  b.tr("One column for each run, oldest first; the table below has the same numbers.", "Столбец на каждый запуск, от старых к новым; в таблице ниже те же числа."),
		First: points[0].AsOf.Short(), Last: points[len(points)-1].AsOf.Short()}
	for _, v := range contact.Verdicts() {
		t.Legend = append(t.Legend, legend{v.String(), verdictWord[v].In(b.l)})
	}
	n := int64(len(points))
	// a column is seven tenths of its share of the width, but no wider than 8 %
	width := min(700/n, 80)
	for i, p := range points {
		middle := (2*int64(i) + 1) * 500 / n
		t.column(p.Contacts, most, pct(middle-width/2, 1000), pct(width, 1000))
	}
	return t
}

// column stacks the verdicts of one run, clean ones at the foot.
func (t *trend) column(c contact.Contacts, most int64, x, width string) {
	var below int64
	for _, p := range []piece{{"clean", c.Clean}, {"cold", c.Cold}, {"hold", c.Hold}, {"removed", c.Removed}, {"invalid", c.Invalid}} {
		if below += p.n; p.n > 0 {
			t.Bars = append(t.Bars, trendBar{p.class, x, pct(most-below, most), width, pct(p.n, most)})
		}
	}
}

func (b *builder) trendTable(points []contact.TrendPoint) table {
	t := table{Caption: plain(b.tr("Contacts by verdict, newest run first", "Контакты по решениям, новые запуски сверху")), Head: columns(
		b.tr("As of", "На момент"), b.tr("List", "Список"), "#"+verdictWord[contact.Clean].In(b.l), "#"+verdictWord[contact.Cold].In(b.l),
		"#"+verdictWord[contact.Hold].In(b.l), "#"+verdictWord[contact.Removed].In(b.l), "#"+verdictWord[contact.Invalid].In(b.l))}
	for i := len(points) - 1; i >= 0; i-- {
		p := points[i]
		when := cell{Text: dash(p.AsOf.Short()), Sub: shown(p.RunID), SubBy: sub{Code: true}}
		c := p.Contacts
		status := b.named(statusWord, p.Status)
		if p.AtRisk {
			status.Sub = b.tr("against the check", "вопреки проверке")
		}
		t.add(when, status, b.marked(contact.Clean, c.Clean), b.marked(contact.Cold, c.Cold),
			b.marked(contact.Hold, c.Hold), b.marked(contact.Removed, c.Removed), b.marked(contact.Invalid, c.Invalid))
	}
	return t
}
