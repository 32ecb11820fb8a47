package cli

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"cleanbase/internal/contact"
	"cleanbase/internal/wave"
)

// The ends of a plan command.
const (
	planHandedOut = "handed-out"
	planRefused   = "refused"
	planFinished  = "finished" // nobody is left
	planDryRun    = "dry-run"
)

// planned is what plan says with --json.
type planned struct {
	Status    string            `json:"status"`
	PlanID    string            `json:"plan_id"`
	RunID     string            `json:"run_id"` // whose clean list is sent
	Channel   string            `json:"channel"`
	AsOf      time.Time         `json:"as_of"`
	Limit     int               `json:"limit"` // people in 24 hours; 0 is none
	LimitWhy  string            `json:"limit_why"`
	Findings  []contact.Finding `json:"findings"`
	Accepted  string            `json:"accepted_risk,omitempty"`
	HandedOut *handedOut        `json:"handed_out"`
	Waves     []plannedWave     `json:"waves"` // this one and those to come, which are only counted
	Left      int64             `json:"left"`  // people in them
	Already   int64             `json:"already_handed_out"`
	Waiting   int64             `json:"written_lately"` // of those left
	Elsewhere int64             `json:"consent_for_another_channel"`
	Unclean   int64             `json:"not_clean_any_more"`
	Forgotten int64             `json:"forgotten"`
	NewKnown  bool              `json:"new_known"` // whether it is known who was never in touch
	Withdrawn []string          `json:"withdrawn,omitempty"`
}

// handedOut is the wave that was handed out.
type handedOut struct {
	ID       string       `json:"wave_id"`
	Number   int          `json:"number"`
	File     string       `json:"file"`
	SHA256   string       `json:"sha256"`
	Contacts int          `json:"contacts"`
	New      int          `json:"new"`
	Expires  time.Time    `json:"expires_at"`
	Levels   []levelCount `json:"levels"`
	Zones    []zonePlan   `json:"zones"`
	Unsure   int64        `json:"zone_unsure"` // people whose number tells no zone, or several
}

type levelCount struct {
	Level    string `json:"level"`
	Contacts int    `json:"contacts"`
	say      contact.Text
}

// zonePlan is the people of one time zone and when to write to them.
type zonePlan struct {
	Zone     string    `json:"time_zone"`
	Contacts int64     `json:"contacts"`
	From     time.Time `json:"send_from,omitzero"`
	Until    time.Time `json:"send_until,omitzero"`
}

type plannedWave struct {
	Number   int       `json:"number"`
	Contacts int       `json:"contacts"`
	New      int       `json:"new"`
	At       time.Time `json:"at_the_earliest"`
}

var levelCodes = [...]string{"wrote_lately", "started_bot", "agreed_newly", "in_touch", "agreed", "undated"}

func levelsOf(people []wave.Person) []levelCount {
	var all []levelCount
	for _, l := range wave.Levels() {
		n := 0
		for i := range people {
			if people[i].Warmth.Level == l {
				n++
			}
		}
		if n > 0 {
			all = append(all, levelCount{levelCodes[l], n, l.Say()})
		}
	}
	return all
}

// tell shows what came out.
func (p *planner) tell() error {
	for i := range p.said.Findings {
		f := &p.said.Findings[i]
		f.Said = f.Say.In(p.lang)
	}
	if p.f.json {
		return writeJSON(p.Stdout, &p.said)
	}
	out := p.printer(p.lang)
	p.print(&out)
	return out.err
}

func (p *planner) print(out *printer) {
	s := &p.said
	switch s.Status {
	case planHandedOut:
		p.printHandedOut(out)
	case planFinished:
		out.line(contact.T("Nobody is left: the plan is at its end (%s were handed out). People of a newer run need a new plan: cleanbase plan",
			"Никого не осталось: план выполнен (выдано: %s). Людям из нового запуска нужен новый план: cleanbase plan").With(contact.Count(s.Already)))
	case planDryRun:
		out.line(contact.T("Dry run: nothing was handed out.", "Пробный запуск: ничего не выдано."))
	}
	for i := range s.Findings {
		out.finding(&s.Findings[i])
	}
	if s.Status == planRefused {
		out.verdict(red, contact.T("Do not send: no wave was handed out.", "Отправлять нельзя: волна не выдана."))
		if slices.ContainsFunc(s.Findings, func(f contact.Finding) bool { return f.Level == "stop" && strings.HasPrefix(f.Code, "rate.") }) {
			out.line(contact.T("Look at who complained and why (cleanbase explain), change the text or the list. To go on at your own risk: --accept-risk TEXT",
				"Посмотрите, кто и почему жаловался (cleanbase explain), измените текст или список. Продолжить под свою ответственность: --accept-risk ТЕКСТ"))
		}
		return
	}
	p.printWaves(out)
	if s.LimitWhy != "" {
		out.printf("%s\n", s.LimitWhy)
	}
	p.printLeftOut(out)
}

func (p *planner) printHandedOut(out *printer) {
	h := p.said.HandedOut
	out.verdict(green, contact.T("Wave %d of plan %s, for %s: %s, %s of them never in touch before.", "Волна %d плана %s, канал %s: %s, из них раньше не общались: %s.").
		With(h.Number, p.said.PlanID, p.said.Channel, contact.ManyContacts(int64(h.Contacts)), contact.Count(int64(h.New))))
	out.printf("  %s\n", h.File)
	out.line(contact.T("  Send until %s (%s). Not sent by then? cleanbase plan --next --unsent", "  Отправить до %s (%s). Не успели — cleanbase plan --next --unsent").With(p.when(h.Expires), p.zone.String()))
	var rows [][]string
	for _, l := range h.Levels {
		rows = append(rows, []string{"  " + out.number(int64(l.Contacts)), l.say.In(p.lang)})
	}
	out.table(rows)
	p.printZones(out)
}

// shownZones and shownWaves are how many are shown one by one.
const (
	shownZones = 6
	shownWaves = 10
)

// patienceDays is how long a plan may take without a word about it.
const patienceDays = 60

func (p *planner) printZones(out *printer) {
	h := p.said.HandedOut
	hours := p.cfg.Plan.From.String() + "–" + p.cfg.Plan.To.String()
	out.line(contact.T("  Local hours %s; by your clock (%s):", "  Местные часы %s; по вашим часам (%s):").With(hours, p.zone.String()))
	var rows [][]string
	for _, z := range h.Zones[:min(len(h.Zones), shownZones)] {
		span := contact.T("not in this wave's life", "не в срок этой волны")
		if !z.From.IsZero() {
			span = contact.T("%s – %s", "%s – %s").With(p.when(z.From), p.when(z.Until))
		}
		rows = append(rows, []string{"    " + out.number(z.Contacts), z.Zone, span.In(p.lang)})
	}
	out.table(rows)
	if more := len(h.Zones) - shownZones; more > 0 {
		out.line(contact.T("    and %s: the file has everybody's hours", "    и ещё %s; часы каждого — в файле").
			With(contact.Many(int64(more), "more zone", "more zones", "пояс", "пояса", "поясов")))
	}
	if h.Unsure > 0 {
		out.line(contact.T("  Numbers that do not tell where their owners live (Russian mobile numbers never do): %s. They are taken to live by your clock where they may.",
			"  Номеров, по которым не узнать, где живёт владелец (по российским мобильным не узнать никогда): %s. Считаем, что он живёт по вашим часам, если это возможно.").With(contact.Count(h.Unsure)))
	}
}

func (p *planner) printWaves(out *printer) {
	waves := p.said.Waves
	if len(waves) == 0 {
		return
	}
	rows := [][]string{{contact.T("wave", "волна").In(p.lang), contact.T("contacts", "контактов").In(p.lang), contact.T("new", "новых").In(p.lang),
		contact.T("at the earliest", "не раньше").In(p.lang), contact.T("local hours", "местные часы").In(p.lang)}}
	hours := p.cfg.Plan.From.String() + "–" + p.cfg.Plan.To.String()
	for i, w := range waves[:min(len(waves), shownWaves)] {
		at := p.when(w.At).In(p.lang)
		if i == 0 && p.said.HandedOut != nil {
			at = contact.T("handed out", "выдана").In(p.lang)
		}
		rows = append(rows, []string{strconv.Itoa(w.Number), out.number(int64(w.Contacts)), out.number(int64(w.New)), at, hours})
	}
	out.table(rows)
	if more := len(waves) - shownWaves; more > 0 {
		last := waves[len(waves)-1]
		out.line(contact.T("and %s, the last not before %s", "и ещё %s, последняя не раньше %s").
			With(contact.Many(int64(more), "more wave", "more waves", "волна", "волны", "волн"), p.when(last.At)))
	}
	if days := int64(waves[len(waves)-1].At.Sub(p.asOf).Hours() / 24); days > patienceDays {
		out.line(contact.T("At this pace the list takes %s. More people in 24 hours (a higher tier, plan.limit) or more new ones in a wave (plan.new_share) go faster, at a higher risk.",
			"Таким темпом список займёт %s. Быстрее и рискованнее: больше людей за 24 часа (уровень выше, plan.limit) или больше новых в волне (plan.new_share).").
			With(contact.Many(days, "day", "days", "день", "дня", "дней")))
	}
	if len(waves) > 1 {
		out.line(contact.T("The later waves are only counted: everybody is checked anew before cleanbase plan --next hands one out.",
			"Следующие волны только подсчитаны: перед выдачей командой cleanbase plan --next все проверяются заново."))
	}
}

func (p *planner) printLeftOut(out *printer) {
	s := &p.said
	if !s.NewKnown && s.Left > 0 {
		out.line(contact.T("Who was written to before is not known, so new people are not held back: give run your chat exports or delivery logs.",
			"Кому вы писали раньше, неизвестно, поэтому доля новых не ограничена: дайте команде run выгрузки чатов или журналы доставки."))
	}
	for _, n := range []struct {
		count int64
		say   contact.Text
	}{
		{s.Already, contact.T("already handed out in this plan: %s", "уже выданы в этом плане: %s")},
		{s.Waiting, contact.T("written to lately, in a later wave: %s", "им писали недавно, они в одной из следующих волн: %s")},
		{s.Elsewhere, contact.T("left out, agreed to another channel: %s", "пропущены, согласие на другой канал: %s")},
		{s.Unclean, contact.T("left out, not clean any more: %s (cleanbase explain tells why)", "пропущены, больше не чистые: %s (почему — cleanbase explain)")},
		{s.Forgotten, contact.T("left out, forgotten since: %s", "пропущены, с тех пор забыты: %s")},
	} {
		if n.count > 0 {
			out.line(n.say.With(contact.Count(n.count)))
		}
	}
	for _, path := range s.Withdrawn {
		out.line(contact.T("removed, its time is over: %s", "удалён, срок вышел: %s").With(path))
	}
}
