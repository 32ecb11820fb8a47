package report

import "cleanbase/internal/contact"

// mailings is how people and messengers took the last mailings, where the run
// read a log of them.
func (b *builder) mailings() *section {
	e := b.s.Events
	if e == nil {
		return nil
	}
	s := &section{ID: "mailings", Title: b.tr("The last mailings", "Последние рассылки")}
	if l := e.Lately; l != nil {
		s.Lead = []phrase{plain(b.trf("Messages sent within %d days before the as-of time, as far as the logs tell: %s. Shares are of these.",
			"Сообщений, отправленных за %d дней до момента расчёта, по журналам: %s. Доли посчитаны от них.", l.Days, b.num(l.Sent)))}
		t := table{Class: "chart", Caption: plain(b.tr("What became of the messages", "Что вышло из сообщений")), Head: columns(b.tr("What", "Что"),
			b.trf("#Within %d days", "#За %d дней", l.Days), b.tr("#Share", "#Доля"), b.tr("#In the whole log", "#За весь журнал"))}
		for _, r := range []struct {
			what       contact.Text
			class      string
			lately, of int64
		}{
			{contact.T("refused", "отказались"), "hold", l.Refusals, e.Refusals},
			{contact.T("complained", "пожаловались"), "removed", l.Complaints, e.Complaints},
			{contact.T("taken for spam by the messenger", "мессенджер принял за спам"), "invalid", l.SuspectedSpam, e.SuspectedSpam},
		} {
			label := text(r.what.In(b.l))
			label.Bar = stack(l.Sent, piece{r.class, min(r.lately, l.Sent)})
			t.add(label, b.number(r.lately), text(b.percent(r.lately, l.Sent)), b.number(r.of))
		}
		s.Tables = []table{t}
	}
	if t := b.troubles(e.Outages, e.Alarms); len(t) > 0 {
		s.Lead = append(s.Lead, plain(b.tr("Below are the sender's own errors, and errors that hit very many on one day. They are held against no contact.",
			"Ниже ошибки на стороне отправителя и ошибки, задевшие очень многих за день. Контактам они не вменяются.")))
		s.Tables = append(s.Tables, t...)
	}
	if t := b.statuses(e); len(t.Rows) > 0 {
		s.Tables = append(s.Tables, t)
	}
	return s
}

// statuses is how statuses found their messages.
func (b *builder) statuses(e *contact.EventsSummary) table {
	title := b.tr("Statuses and their messages", "Статусы и их сообщения")
	t := table{Title: title, Caption: plain(title), Head: columns(b.tr("What", "Что"), b.tr("#How many", "#Сколько"))}
	for _, r := range []struct {
		what contact.Text
		n    int64
	}{
		{contact.T("statuses of messages that no file holds: kept until their messages come", "статусов сообщений, которых нет ни в одном файле: отложены, пока не придут сообщения"), e.UnknownStatuses},
		{contact.T("statuses kept by earlier runs, of messages that came now", "статусов, отложенных прошлыми запусками, чьи сообщения пришли теперь"), e.Resolved},
		{contact.T("statuses of messages that earlier runs read", "статусов сообщений, прочитанных прошлыми запусками"), e.Recalled},
		{contact.T("messages and statuses that came twice and count once", "сообщений и статусов, пришедших повторно и засчитанных один раз"), e.Repeats},
	} {
		if r.n > 0 {
			t.add(text(r.what.In(b.l)), b.number(r.n))
		}
	}
	return t
}

// troubles is the errors that are nobody's but the sender's or the channel's.
func (b *builder) troubles(outages []contact.OutageSummary, alarms []contact.AlarmSummary) []table {
	var tables []table
	if len(outages) > 0 {
		t := table{Title: b.tr("Outages", "Массовые сбои"), Caption: plain(b.tr("Outages", "Массовые сбои")), Head: columns(b.tr("Error", "Ошибка"), b.tr("Day", "День"), b.tr("Channel", "Канал"), b.tr("#People", "#Людей"), b.tr("#Messages sent", "#Отправлено"))}
		for _, o := range outages {
			t.add(user(o.Class), text(o.Day), b.named(channelWord, o.Channel), b.number(o.Contacts), b.number(o.Sent))
		}
		tables = append(tables, t)
	}
	if len(alarms) > 0 {
		t := table{Title: b.tr("Errors of the sender", "Ошибки отправителя"), Caption: plain(b.tr("Errors of the sender", "Ошибки отправителя")), Head: columns(b.tr("Error", "Ошибка"), b.tr("System", "Система"), b.tr("#Times", "#Раз"))}
		for _, a := range alarms {
			t.add(user(a.Code), user(dash(a.System)), b.number(a.Count))
		}
		tables = append(tables, t)
	}
	return tables
}
