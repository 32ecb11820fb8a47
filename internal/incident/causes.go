package incident

import (
	"cmp"
	"slices"

	"cleanbase/internal/contact"
)

// Limits of what the sender does, as shares of those written to. Nobody
// published one: they are guesses, and so marked.
const (
	refusedLimit = 0.001 // writing after a refusal is never lawful
	consentLimit = 0.01
	unknownLimit = 0.01
)

// burstLimit is how many people may be written to for the first time in a day:
// WhatsApp's first tier; elsewhere a guess.
const burstLimit = 250

// Causes are ordered by how far over their limit they are, up to mostTimes.
const mostTimes = 100

// mostGroupCauses bounds the groups named as causes.
const mostGroupCauses = 3

// finder gathers causes in the order that breaks ties.
type finder struct {
	l      *Ledger
	r      *contact.Incident
	people []*Person
}

func (l *Ledger) findCauses(r *contact.Incident, written []*Person) {
	f := &finder{l, r, written}
	if len(written) == 0 {
		return
	}
	f.refusedBefore()
	f.rates()
	f.consent()
	f.burst()
	f.groups()
	slices.SortStableFunc(r.Causes, func(a, b contact.IncidentCause) int { return -cmp.Compare(a.Times, b.Times) })
}

func (f *finder) add(c contact.IncidentCause, surely float64) {
	c.Times = min(mostTimes, surely/c.Limit)
	f.r.Causes = append(f.r.Causes, c)
}

// refusedBefore needs no bounds: it is a fault at any size.
func (f *finder) refusedBefore() {
	n := count(f.people, (*Person).refusedBefore)
	if n == 0 {
		return
	}
	s := contact.ShareOf(n, f.r.People)
	f.add(contact.IncidentCause{Code: "refused_before", Share: s, Limit: refusedLimit, Guess: true,
		Say: contact.T("written to after a refusal or a complaint, or though protected: %s", "писали после отказа, жалобы или вопреки запрету: %s").With(contact.ManyPeople(n)),
		Do: contact.T("Find out how the mailing went round the clean list: another tool, an older file, a colleague's own list. Load suppressions.csv wherever mailings are sent from.",
			"Выясните, как рассылка обошла чистый список: другой сервис, старый файл, чей-то личный список. Загрузите suppressions.csv всюду, откуда идут рассылки.")}, s.Rate)
}

// rateWords is what each mishap is called as a cause and what to do about it.
var rateWords = [contact.NumMishaps]struct{ say, do contact.Text }{
	contact.Complained: {contact.T("%s of those written to complained", "Пожаловались %s из тех, кому писали"),
		contact.T("Answer the complaints by hand. Do not write to anybody until the source of these contacts is known.", "На жалобы ответьте лично. Никому не пишите, пока не выясните, откуда эти контакты.")},
	contact.TakenForSpam: {contact.T("the messenger took the message for spam with %s", "Мессенджер счёл сообщение спамом у %s"),
		contact.T("Rewrite the message, make it personal, send it to few (cleanbase check-text).", "Перепишите сообщение, сделайте его личным и шлите понемногу (cleanbase check-text).")},
	contact.Refused: {contact.T("%s of those written to asked to be left alone", "Попросили не писать %s из тех, кому писали"),
		contact.T("These people did not expect the message: write only to those who agreed, and say in the first line who you are.", "Эти люди не ждали сообщения: пишите только тем, кто согласился, и в первой строке говорите, кто вы.")},
	contact.NotThere: {contact.T("%s of those written to are not on the messenger", "Нет в мессенджере %s из тех, кому писали"),
		contact.T("A base with so many dead numbers looks bought: clean it, and send to numbers that answered lately.", "База с таким числом пустых номеров выглядит купленной: очистите её и пишите тем, кто недавно отвечал.")},
	contact.Silent: {contact.T("%s of those written to answered nothing", "Ничего не ответили %s из тех, кому писали"),
		contact.T("Nobody waits for these messages: write less often, to fewer, and ask something that a person wants to answer.", "Этих сообщений никто не ждёт: пишите реже, меньшему числу людей и так, чтобы хотелось ответить.")},
}

func (f *finder) rates() {
	for _, r := range f.r.Rates {
		if !r.Known || r.Low <= r.Limit {
			continue
		}
		w := rateWords[r.Mishap]
		f.add(contact.IncidentCause{Code: "rate." + r.Name, Share: r.Share, Limit: r.Limit, Guess: limits[r.Mishap].guess,
			Say: w.say.With(contact.Percent(r.N, r.Of)), Do: w.do}, r.Low)
	}
}

// consent is who was written to without one. This too is counted, not sampled.
func (f *finder) consent() {
	no := count(f.people, func(p *Person) bool { return p.consent() == unagreed })
	if s := contact.ShareOf(no, f.r.People); s.Rate > consentLimit {
		f.add(contact.IncidentCause{Code: "no_consent", Share: s, Limit: consentLimit, Guess: true,
			Say: contact.T("written to without a known consent: %s (%s)", "писали без известного согласия: %s (%s)").With(contact.ManyPeople(no), contact.Percent(no, f.r.People)),
			Do:  contact.T("Write only to the clean list; ask the cold ones where you meet them, not by the messenger.", "Пишите только по чистому списку; у остальных спрашивайте согласие там, где встречаетесь, а не в мессенджере.")}, s.Rate)
	}
	out := count(f.people, func(p *Person) bool { return p.consent() == unknown })
	if s := contact.ShareOf(out, f.r.People); s.Rate > unknownLimit {
		f.add(contact.IncidentCause{Code: "not_in_base", Share: s, Limit: unknownLimit, Guess: true,
			Say: contact.T("of those written to, in no base that was cleaned: %s (%s)", "из тех, кому писали, нет ни в одной очищенной базе: %s (%s)").With(contact.ManyPeople(out), contact.Percent(out, f.r.People)),
			Do:  contact.T("Find out who wrote to them and where the numbers come from; clean that base too before anybody writes again.", "Выясните, кто им писал и откуда номера; очистите и эту базу, прежде чем писать снова.")}, s.Rate)
	}
}

// burst is the day on which most people were written to for the first time.
func (f *finder) burst() {
	var most contact.IncidentDay
	var n int64
	for _, d := range f.r.Days {
		of := d.First
		if !f.l.earlier {
			of = d.People
		}
		if of > n {
			n, most = of, d
		}
	}
	if n <= burstLimit {
		return
	}
	say := contact.T("written to for the first time on one day, %[2]s: %[1]s", "впервые написали за один день, %[2]s: %[1]s")
	if !f.l.earlier {
		say = contact.T("written to on one day, %[2]s: %[1]s; whether for the first time is not known", "написали за один день, %[2]s: %[1]s; впервые ли, неизвестно")
	}
	f.add(contact.IncidentCause{Code: "burst", Share: contact.Share{N: n, Of: most.People, Rate: float64(n) / float64(most.People), High: 1}, Limit: burstLimit,
		Guess: f.l.opt.Channel != contact.WhatsApp,
		Say:   say.With(contact.ManyPeople(n), most.Day),
		Do:    contact.T("Send in small waves, to people who know you first; let the next wave wait for what comes of the last (cleanbase plan).", "Шлите небольшими волнами, начиная с тех, кто вас знает; следующая волна пусть ждёт, что выйдет из прошлой (cleanbase plan).")}, float64(n))
}

// groups are those that are surely worse than the rest and over the limit, the
// farthest over it first. One whose people are for the most part those of a
// group before it says nothing new.
func (f *finder) groups() {
	var worse []groupCause
	for i := range f.r.Groups {
		if c := f.group(&f.r.Groups[i]); c.times > 1 {
			worse = append(worse, c)
		}
	}
	slices.SortStableFunc(worse, func(a, b groupCause) int {
		return cmp.Or(-cmp.Compare(a.times, b.times), -cmp.Compare(a.excess, b.excess))
	})
	named := map[int32]bool{}
	for _, w := range worse {
		if id := f.l.groups[groupID{w.By, w.Group}]; len(named) < mostGroupCauses && !f.covered(id, named) {
			named[id] = true
			f.add(w.IncidentCause, w.times*w.Limit)
		}
	}
}

// groupCause is a group as a cause: by the mishap that is farthest over its
// limit, with all in which it is worse said.
type groupCause struct {
	contact.IncidentCause
	times, excess float64
}

func (f *finder) group(g *contact.IncidentGroup) (found groupCause) {
	if g.By == "day" || g.By == "history" || g.By == "consent" { // causes of their own
		return found
	}
	for _, c := range g.Compared {
		if !c.Worse || c.Group.Low <= limits[c.Mishap].share {
			continue
		}
		say := groupWords[c.Mishap].With(contact.Percent(c.Group.N, c.Group.Of), contact.Percent(c.Rest.N, c.Rest.Of))
		if found.Code != "" {
			say = contact.T(found.Say.EN+"; "+say.EN, found.Say.RU+"; "+say.RU)
		}
		found.Say = say
		if times := c.Group.Low / limits[c.Mishap].share; times > found.times {
			found.times, found.excess = times, c.Excess
			found.Code, found.Share, found.Limit, found.Guess = "group."+c.Mishap.String(), c.Group, limits[c.Mishap].share, limits[c.Mishap].guess
		}
	}
	found.By, found.Group = g.By, g.Name
	found.Do = contact.T("Leave these contacts out of mailings until it is known where they come from and what they agreed to.",
		"Не включайте эти контакты в рассылки, пока не выясните, откуда они и на что соглашались.")
	return found
}

// covered tells whether most people of a group are in one of the others.
func (f *finder) covered(id int32, others map[int32]bool) bool {
	var of, in int64
	for _, p := range f.people {
		if slices.Contains(p.groups, id) {
			of++
			if slices.ContainsFunc(p.groups, func(g int32) bool { return others[g] }) {
				in++
			}
		}
	}
	return 2*in > of
}

// groupWords follow the group's name.
var groupWords = [contact.NumMishaps]contact.Text{
	contact.Complained:   contact.T("%s complained, of all others %s", "пожаловались %s, среди остальных %s"),
	contact.TakenForSpam: contact.T("taken for spam %s, of all others %s", "сочтено спамом %s, среди остальных %s"),
	contact.Refused:      contact.T("%s refused, of all others %s", "отказались %s, среди остальных %s"),
	contact.NotThere:     contact.T("%s are not on the messenger, of all others %s", "нет в мессенджере %s, среди остальных %s"),
	contact.Silent:       contact.T("%s answered nothing, of all others %s", "не ответили %s, среди остальных %s"),
}

// note says what the figures can't tell.
func (l *Ledger) note(r *contact.Incident, known [contact.NumMishaps]bool) {
	add := func(is bool, en, ru string) {
		if is {
			r.Notes = append(r.Notes, contact.T(en, ru))
		}
	}
	add(r.Basis == "", "nobody is known to have been written to since then: clean the base once with the messenger's log beside it (cleanbase run FOLDER --events LOG), then ask again",
		"неизвестно, кому с тех пор писали: запустите очистку вместе с выгрузкой переписки из мессенджера (cleanbase run ПАПКА --events ФАЙЛ) и повторите")
	add(r.Basis == "" && l.opt.Channel != contact.Any, "only messages of the channel named with --channel are looked at", "учтены только сообщения канала, названного в --channel")
	add(r.Basis == "lists", "no message since then is in the event files: it is assumed that everybody on the clean lists was written to; give the messenger's log to be sure (cleanbase run … --events FILE)",
		"в файлах событий нет сообщений за это время: считаем, что писали всем из чистых списков; чтобы знать точно, добавьте выгрузку переписки (cleanbase run … --events ФАЙЛ)")
	add(r.Basis == "waves", "no message since then is in the event files: it is assumed that everybody in the waves handed out was written to",
		"в файлах событий нет сообщений за это время: считаем, что писали всем из выданных волн")
	add(r.Basis != "" && !known[contact.Silent], "the event files hold no incoming messages of that time, so who answered is not known", "в файлах событий нет входящих за это время, поэтому неизвестно, кто ответил")
	add(r.Basis != "" && !known[contact.NotThere], "the event files hold no delivery statuses of that time, so who could not be reached is not known",
		"в файлах событий нет статусов доставки за это время, поэтому неизвестно, до кого не дошло")
	add(r.Basis == "messages" && !l.earlier, "nothing is known of messages before that time, so who was written to for the first time is not known",
		"о сообщениях до этого времени ничего не известно, поэтому неясно, кому писали впервые")
	add(r.Undated > 0, "some messages have no date and are not counted", "у части сообщений нет даты, они не учтены")
}
