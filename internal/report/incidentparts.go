package report

import (
	"strings"

	"cleanbase/internal/contact"
)

// MishapWord is what a mishap is called, of several people.
func MishapWord(m contact.Mishap) contact.Text { return mishapWord[m] }

var mishapWord = [contact.NumMishaps]contact.Text{
	contact.Complained:   contact.T("Complained", "Пожаловались"),
	contact.TakenForSpam: contact.T("Taken for spam", "Сочтено спамом"),
	contact.Refused:      contact.T("Refused", "Отказались"),
	contact.NotThere:     contact.T("Not on the messenger", "Нет в мессенджере"),
	contact.Silent:       contact.T("No answer", "Не ответили"),
}

// causeTitle is the first cause as the page's title.
var causeTitle = map[string]contact.Text{
	"refused_before":       contact.T("People who had refused were written to", "Писали тем, кто уже отказался"),
	"rate.complaint":       contact.T("Too many complaints", "Слишком много жалоб"),
	"rate.suspected_spam":  contact.T("The messenger took the messages for spam", "Мессенджер счёл сообщения спамом"),
	"rate.refusal":         contact.T("Too many refusals", "Слишком много отказов"),
	"rate.unreachable":     contact.T("Too many numbers that are not on the messenger", "Слишком много номеров, которых нет в мессенджере"),
	"rate.no_answer":       contact.T("Nobody answers", "Почти никто не отвечает"),
	"no_consent":           contact.T("People were written to who had not agreed", "Писали тем, кто не давал согласия"),
	"not_in_base":          contact.T("People were written to who are in no cleaned base", "Писали тем, кого нет в очищенной базе"),
	"burst":                contact.T("Too many people at once", "Слишком много людей сразу"),
	"group.complaint":      contact.T("One group of contacts complains", "Жалуется одна группа контактов"),
	"group.suspected_spam": contact.T("One group of contacts meets the spam filter", "На спам-фильтр попадает одна группа контактов"),
	"group.refusal":        contact.T("One group of contacts refuses", "Отказывается одна группа контактов"),
	"group.unreachable":    contact.T("One group of contacts is not on the messenger", "Одной группы контактов нет в мессенджере"),
	"group.no_answer":      contact.T("One group of contacts does not answer", "Не отвечает одна группа контактов"),
}

// basisWord says how it is known who was written to.
var basisWord = map[string]contact.Text{
	"messages": contact.T("That is what the messenger's logs say.", "Так говорят выгрузки из мессенджера."),
	"waves":    contact.T("That is who was in the waves handed out.", "Это те, кто был в выданных волнах."),
	"lists":    contact.T("That is assumed: everybody on the clean lists of that time.", "Это предположение: все из чистых списков того времени."),
	"":         contact.T("", ""),
}

// groupKind is what a kind of groups is called; a column of the user's own is
// called by its header.
var groupKind = map[string]contact.Text{
	"wave":    contact.T("Wave", "Волна"),
	"file":    contact.T("File", "Файл"),
	"tag":     contact.T("Tag", "Метка"),
	"consent": contact.T("Consent when written to", "Согласие на момент отправки"),
	"history": contact.T("Written to before", "Писали ли раньше"),
	"day":     contact.T("Day of the last message", "День последнего сообщения"),
	"channel": contact.T("Channel", "Канал"),
}

var groupName = map[string]contact.Text{
	"consent/agreed":         contact.T("had agreed", "было"),
	"consent/not_agreed":     contact.T("had not agreed", "не было"),
	"consent/not_in_base":    contact.T("in no cleaned base", "нет в очищенной базе"),
	"history/first_message":  contact.T("for the first time", "впервые"),
	"history/written_before": contact.T("also before", "не впервые"),
}

// kindOf is what a kind of groups is called, and the header of a user's column.
func kindOf(by string, l contact.Lang) (kind, header string) {
	if name, is := strings.CutPrefix(by, "column: "); is {
		return contact.T("Column", "Колонка").In(l), shown(name)
	}
	if t, ok := groupKind[by]; ok {
		return t.In(l), ""
	}
	return shown(by), ""
}

// CauseWords is a cause as a sentence; the name of a group stands before it,
// with phones in it masked.
func CauseWords(c *contact.IncidentCause, l contact.Lang) string {
	say := c.Say.In(l)
	if c.Group == "" {
		return sentence(say, "")
	}
	name := shown(c.Group)
	if c.By == "channel" {
		name = channelWord[c.Group].In(l)
	}
	kind, header := kindOf(c.By, l)
	if header != "" {
		kind = header
	}
	return sentence(kind+contact.T(" “", " «").In(l)+name+contact.T("”: ", "»: ").In(l)+say, kind)
}

func (b *incidentBuilder) causes() *section {
	if len(b.in.Causes) == 0 {
		return nil
	}
	t := table{Caption: plain(b.tr("Likely causes", "Вероятные причины")), Head: columns(b.tr("Cause", "Причина"), b.tr("#Share", "#Доля"), b.tr("#Limit", "#Предел"), b.tr("#Over the limit", "#Выше предела"), b.tr("What to do", "Что делать"))}
	for i := range b.in.Causes {
		c := &b.in.Causes[i]
		limit := cell{Text: b.share(c.Limit)}
		if c.Code == "burst" {
			limit.Text = b.num(int64(c.Limit))
		}
		if c.Guess {
			limit.Sub = b.tr("our guess", "наша оценка")
		}
		times := b.trf("%s times", "в %s раза", b.decimal(c.Times, 1))
		if c.Times >= 100 {
			times = b.tr("100 times or more", "в 100 раз и больше")
		}
		if c.Times <= 1 {
			times = "–"
		}
		t.add(cell{Text: CauseWords(c, b.l), User: true}, cell{Text: b.percent(c.N, c.Of), Sub: b.num(c.N) + b.tr(" of ", " из ") + b.num(c.Of)}, limit, text(times), text(c.Do.In(b.l)))
	}
	return &section{ID: "causes", Title: b.tr("Likely causes", "Вероятные причины"), Tables: []table{t}, Lead: []phrase{plain(b.tr(
		"In the order of how far each is over its limit, by what is certain: for rates the lower bound is taken. Messengers publish next to no limits; guesses of ours are marked.",
		"По тому, во сколько раз превышен предел, причём наверняка: для долей взята нижняя граница. Мессенджеры почти не публикуют пределов; наши оценки отмечены."))}}
}

// share is a number from 0 to 1 as a percentage.
func (b *incidentBuilder) share(v float64) string {
	return b.decimal(v*100, 1) + b.tr("%", "\u00a0%")
}

// bounds is from which to which rate the truth may be.
func (b *incidentBuilder) bounds(s contact.Share) string {
	return b.decimal(s.Low*100, 1) + "–" + b.share(s.High)
}

func (b *incidentBuilder) rates() *section {
	if b.in.People == 0 {
		return nil
	}
	t := table{Caption: plain(b.tr("What came of the messages", "Что вышло из сообщений")), Head: columns(b.tr("What happened", "Что случилось"), b.tr("#People", "#Людей"), b.tr("#Share", "#Доля"), b.tr("#Bounds", "#Границы"), b.tr("#Limit", "#Предел"))}
	for _, r := range b.in.Rates {
		if !r.Known {
			t.add(text(mishapWord[r.Mishap].In(b.l)), text("?"), text(b.tr("not known", "неизвестно")), text("–"), text(b.share(r.Limit)))
			continue
		}
		n := b.number(r.N)
		if r.Low > r.Limit {
			n.Mark = "removed"
		}
		t.add(text(mishapWord[r.Mishap].In(b.l)), n, text(b.percent(r.N, r.Of)), text(b.bounds(r.Share)), text(b.share(r.Limit)))
	}
	return &section{ID: "rates", Title: b.tr("What came of the messages", "Что вышло из сообщений"), Tables: []table{t}}
}

// shownGroups is how many groups of a kind the page shows; those that stand out
// come first, the JSON has all.
const shownGroups = 25

// groups is every kind of groups with its rates.
func (b *incidentBuilder) groups() *section {
	s := &section{ID: "groups", Title: b.tr("Who stands out", "Кто выделяется"), Lead: []phrase{plain(b.trf(
		"Each group beside all the others; below each share its bounds. A red mark: surely worse than the rest, all %s comparisons together allowed for, so that chance and small groups do not shout.",
		"Каждая группа против всех остальных; под долей её границы. Красная метка: наверняка хуже остальных с поправкой на все сравнения (%s), чтобы не шумели случай и малые группы.", b.num(int64(b.in.Tests))))}}
	for i := 0; i < len(b.in.Groups); {
		by, from := b.in.Groups[i].By, i
		for i < len(b.in.Groups) && b.in.Groups[i].By == by {
			i++
		}
		s.Tables = append(s.Tables, b.groupTable(by, b.in.Groups[from:i]))
	}
	if len(s.Tables) == 0 {
		return nil
	}
	return s
}

func (b *incidentBuilder) pooled(by string) int64 {
	for _, p := range b.in.Pooled {
		if p.By == by {
			return p.Groups
		}
	}
	return 0
}

func (b *incidentBuilder) groupTable(by string, groups []contact.IncidentGroup) table {
	kind, header := kindOf(by, b.l)
	names := []string{kind, b.tr("#People", "#Людей")}
	if header != "" {
		names[0] = b.tr("Value", "Значение")
	}
	for _, c := range groups[0].Compared {
		names = append(names, "#"+mishapWord[c.Mishap].In(b.l))
	}
	t := table{Class: "wide", Title: kind, Named: header, Caption: phrase{{Text: b.trf("Rates by group: %s ", "Доли по группам: %s ", kind)}, {Text: header, User: true}}, Head: columns(names...)}
	for _, g := range groups[:min(len(groups), shownGroups)] {
		row := []cell{b.groupCell(g), b.number(g.People)}
		for _, c := range g.Compared {
			one := cell{Text: b.percent(c.Group.N, c.Group.Of), Sub: b.bounds(c.Group)}
			if c.Worse {
				one.Mark = "removed"
			}
			row = append(row, one)
		}
		t.add(row...)
	}
	if more := b.pooled(by) + int64(max(0, len(groups)-shownGroups)); more > 0 {
		hidden := b.trf(" (groups not shown: %s, too small or too many)", " (не показано групп: %s, они малы или их слишком много)", b.num(more))
		if header == "" {
			t.Title += hidden
		} else {
			t.Named += hidden
		}
	}
	return t
}

func (b *incidentBuilder) groupCell(g contact.IncidentGroup) cell {
	if t, ok := groupName[g.By+"/"+g.Name]; ok {
		return text(t.In(b.l))
	}
	if g.By == "channel" {
		return b.named(channelWord, g.Name)
	}
	return user(g.Name)
}

func (b *incidentBuilder) days() *section {
	var most, first int64
	for _, d := range b.in.Days {
		most, first = max(most, d.People), first+d.First
	}
	if most == 0 {
		return nil
	}
	t := table{Class: "chart", Caption: plain(b.tr("People by the day of their last message", "Люди по дню последнего сообщения")), Head: columns(b.tr("Day", "День"), b.tr("#People", "#Людей"), b.tr("#For the first time", "#Впервые"))}
	for _, d := range b.in.Days {
		label := text(d.Day)
		label.Bar = stack(most, piece{"hold", d.First}, piece{"merged", d.People - d.First})
		fresh := b.number(d.First)
		if first == 0 {
			fresh.Text = "–"
		}
		t.add(label, b.number(d.People), fresh)
	}
	return &section{ID: "days", Title: b.tr("Day by day", "По дням"), Tables: []table{t}, Lead: []phrase{plain(b.tr(
		"Each person stands on the day of their last message.", "Каждый человек стоит в дне своего последнего сообщения."))}}
}

// waves is what was handed out.
func (b *incidentBuilder) waves() *section {
	if len(b.in.Waves) == 0 {
		return nil
	}
	t := table{Caption: plain(b.tr("Waves handed out", "Выданные волны")), Head: columns(b.tr("Plan and number", "План и номер"), b.tr("When", "Когда"), b.tr("#Contacts", "#Контактов"), b.tr("#Written to", "#Писали"))}
	for _, w := range b.in.Waves {
		t.add(user(w.Name), text(Clock(w.At, b.in.Zone)), b.number(int64(w.Contacts)), b.number(int64(w.Written)))
	}
	return &section{ID: "waves", Title: b.tr("Waves", "Волны"), Tables: []table{t}}
}

// account is what the messenger said of the account itself.
func (b *incidentBuilder) account() *section {
	s := &section{ID: "account", Title: b.tr("What the messenger said of your account", "Что мессенджер говорил о вашем аккаунте"), Lead: []phrase{plain(b.tr(
		"Errors that are the sender's own, and errors that hit very many on one day: the ban itself, most likely. They are held against no contact.",
		"Ошибки на стороне отправителя и ошибки, задевшие очень многих за день: скорее всего, это сама блокировка. Контактам они не вменяются."))}}
	s.Tables = b.troubles(b.in.Outages, b.in.Alarms)
	if len(s.Tables) == 0 {
		return nil
	}
	return s
}

func (b *incidentBuilder) method() *section {
	s := &section{ID: "method", Title: b.tr("How this was reckoned", "Как это посчитано"), Lines: []string{
		b.tr("Every person counts once, by the last message known.", "Каждый человек посчитан один раз, по последнему известному сообщению."),
		b.tr("Bounds of a share: 95% Wilson interval. A group against the rest: Fisher's exact test, one-sided, with Holm's correction over all comparisons; bounds of the difference in the JSON: Newcombe's interval, widened likewise.",
			"Границы доли: 95-процентный интервал Уилсона. Группа против остальных: точный критерий Фишера, односторонний, с поправкой Холма на все сравнения; границы разности в JSON: интервал Ньюкомба, расширенный так же."),
		b.tr("Files are those of the run whose list was the newest when the person was written to. Tags and segments come from that run's lists or from the file named; nothing of them was stored.",
			"Файлы взяты из того запуска, чей список был самым новым, когда человеку писали. Метки и сегменты взяты из списков этого запуска или из названного файла; ничего из них не сохранено."),
		b.tr("“Refused” is whoever asked to be left alone since then; “no answer” is whoever wrote nothing at all since then.",
			"«Отказались» — кто с тех пор попросил не писать; «не ответили» — кто с тех пор не написал ничего."),
	}}
	for _, id := range b.in.Runs {
		s.Lines = append(s.Lines, b.trf("List of run %s.", "Список запуска %s.", shown(id)))
	}
	return s
}
