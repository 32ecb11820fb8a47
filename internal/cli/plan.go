package cli

import (
	"context"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cleanbase/internal/audit"
	"cleanbase/internal/config"
	"cleanbase/internal/contact"
	"cleanbase/internal/policy"
	"cleanbase/internal/wave"
)

// planFlags are the flags of plan as they were given.
type planFlags struct {
	auditFlags
	out, run, config, channel, asOf, format, acceptRisk string
	next, unsent, dryRun                                bool
}

func (a *App) planCommand() *cobra.Command {
	var f planFlags
	cmd := &cobra.Command{
		Use:   "plan [flags]",
		Short: "Send the clean list in waves: hand out the first, or with --next the next one",
		Long: `plan cuts the clean list of the newest published run (or --run ID) into waves, the
warmest people first, and hands out the first one as a file in OUT/plans. The
others are only counted: with --next everybody is checked anew against the audit
database before the next one is handed out.

A wave is refused (exit 3) while the pause is not over, before a later run has
read events that tell of the last wave, and when they tell of too many complaints,
refusals or messages taken for spam. [plan] of the policy file has the numbers,
and says which of them are guesses.

A file is not to be sent after its time. Was it not sent at all? Then --next
--unsent lets its people free again and hands out another wave instead of it.

Exit codes: 0 handed out, or nobody is left · 1 failed · 3 refused · 5 a run is
going · 64 wrong usage or settings.`,
		Example: `  cleanbase plan --channel whatsapp
  cleanbase run exports/ chat-export.json && cleanbase plan --next
  cleanbase plan --dry-run --lang ru`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := a.newPlanner(f)
			if err != nil {
				return err
			}
			return p.run(cmd.Context())
		},
	}
	set := cmd.Flags()
	set.StringVar(&f.out, "out", "", "`DIR` of the published runs, where plans are left too (default where the audit database is, or \"cleanbase-out\")")
	set.StringVar(&f.audit, "audit", "", "audit database `FILE` (default OUT/audit.db)")
	set.StringVar(&f.run, "run", "", "`ID` of the run whose clean list is sent (default the newest)")
	set.BoolVar(&f.next, "next", false, "hand out the next wave of the newest plan")
	set.BoolVar(&f.unsent, "unsent", false, "the last wave was not sent: its people are free again")
	set.StringVar(&f.channel, "channel", "", "where the mailing goes (default the run's)")
	set.StringVar(&f.config, "config", "", "policy `FILE` (default cleanbase.toml if there)")
	set.StringVar(&f.asOf, "as-of", "", "hand out as of this `TIME`, RFC 3339 (default now)")
	set.StringVar(&f.format, "format", "", "wave as xlsx or csv (default xlsx)")
	set.StringVar(&f.acceptRisk, "accept-risk", "", "go on although the last wave's complaints, refusals or spam say stop, for the reason in `TEXT`, on the record")
	set.BoolVar(&f.dryRun, "dry-run", false, "count the waves, hand out nothing")
	set.StringVar(&f.lang, "lang", "", "ru or en (default from LANG)")
	set.BoolVar(&f.json, "json", false, "print JSON")
	return cmd
}

// planner is one plan command.
type planner struct {
	*App
	f    planFlags
	cfg  config.Config
	lang contact.Lang
	zone *time.Location
	asOf time.Time
	db   *audit.DB
	dir  string // working folder

	planID   string
	began    time.Time // when its first wave was handed out
	runID    string
	lists    []audit.File // of the run
	channel  contact.Channel
	policy   policy.Policy
	waves    []audit.Wave // that were sent on the channel, for all that is known; oldest first
	previous *audit.Wave  // the last of them, if it is of late
	unsent   *audit.Wave  // the one that --unsent speaks of
	crowd    crowd
	cut      []wave.Wave
	said     planned
}

func (a *App) newPlanner(f planFlags) (*planner, error) {
	s, err := a.settings(flags{out: f.out, audit: f.audit, config: f.config, channel: f.channel, asOf: f.asOf, format: f.format,
		lang: f.lang})
	if err != nil {
		return nil, err
	}
	if f.next && f.run != "" {
		return nil, usageFault(contact.T("--run is for a new plan, and --next goes on with the newest one", "--run — для нового плана, а --next продолжает последний"),
			contact.T("leave one of them out", "уберите одно из двух"))
	}
	f.out, f.audit = s.out, s.flags.audit
	return &planner{App: a, f: f, cfg: s.Config, lang: s.lang, zone: s.zone, asOf: s.asOf}, nil
}

// run is the whole plot: which list and which plan, who may still be written to,
// may a wave go out, who is in it; on record first, then to be seen.
func (p *planner) run(ctx context.Context) error {
	unlock, err := lockAudit(p.f.audit, p.f.out)
	if err != nil {
		return err
	}
	defer unlock()
	if p.db, err = audit.Open(p.f.audit, audit.Options{DryRun: p.f.dryRun}); err != nil {
		return err
	}
	defer p.db.Close()
	if !p.f.dryRun {
		if err := settle(p.db, p.f.out, p.Now()); err != nil {
			return err
		}
	}
	if p.dir, err = os.MkdirTemp("", "cleanbase-"); err != nil {
		return err
	}
	defer removeDir(p.dir)
	for _, step := range []func() error{p.choose, p.judge, p.check, p.share} {
		if err := step(); err != nil {
			return err
		}
	}
	if p.said.Status == planHandedOut {
		if err := p.handOut(ctx); err != nil {
			return err
		}
	}
	if err := p.tell(); err != nil {
		return err
	}
	if p.said.Status == planRefused {
		return errWithheld
	}
	return nil
}

// mailingLately is how old the last wave may be and still be asked for its
// feedback: as long as a mailing is one of the last for the gates.
const mailingLately = mailingDays * 24 * time.Hour

// choose finds the list, the plan and the waves before.
func (p *planner) choose() error {
	waves, err := p.db.Waves()
	if err != nil {
		return err
	}
	last, err := p.db.LastRun()
	if err != nil {
		return err
	}
	if last == nil {
		return usageFault(contact.T("there is no published run yet", "опубликованных запусков ещё нет"), contact.T("clean the base first: cleanbase run", "сначала очистите базу: cleanbase run"))
	}
	asked, _ := contact.ParseChannel(strings.ToLower(p.f.channel)) // checked with the settings
	if p.f.next {
		err = p.goOn(waves, asked)
	} else {
		err = p.begin(last, asked)
	}
	if err != nil {
		return err
	}
	if err := p.before(waves); err != nil {
		return err
	}
	p.said = planned{Status: planHandedOut, PlanID: p.planID, RunID: p.runID, Channel: p.channel.String(), AsOf: p.asOf, Findings: []contact.Finding{}, Waves: []plannedWave{}}
	if p.f.dryRun {
		p.said.Status = planDryRun
	}
	if last.Status == audit.Withheld {
		p.stop("run.withheld", contact.T("the newest run says do not mail: its clean list was withheld", "последний запуск говорит: рассылать нельзя, чистый список не выдан"))
	}
	return nil
}

// goOn takes the newest plan.
func (p *planner) goOn(waves []audit.Wave, asked contact.Channel) error {
	for _, w := range waves {
		if p.f.channel != "" && w.Channel != asked {
			continue
		}
		if w.Plan != p.planID {
			p.began = w.At
		}
		p.planID, p.runID, p.channel = w.Plan, w.RunID, w.Channel
	}
	if p.planID == "" {
		return usageFault(contact.T("there is no plan to go on with", "нет плана, который можно продолжить"), contact.T("make one: cleanbase plan", "составьте его: cleanbase plan"))
	}
	return p.readPolicy()
}

// begin starts a plan.
func (p *planner) begin(last *audit.LastRun, asked contact.Channel) error {
	p.began = p.asOf
	if p.runID = p.f.run; p.runID == "" {
		p.runID = last.RunID
		if last.Status == audit.Withheld { // there is no list, which is told with the other reasons
			p.policy.Channel = asked
			return nil
		}
	}
	if err := p.readPolicy(); err != nil {
		return err
	}
	p.channel = p.policy.Channel
	switch {
	case p.f.channel == "" || asked == p.channel:
	case p.channel != contact.Any:
		return usageFault(contact.T("that run was for %s, not for %s: consents and refusals of another channel were judged", "тот запуск был для %s, а не для %s: согласия и отказы судились по другому каналу").
			With(p.channel.String(), asked.String()), contact.T("run again: cleanbase run --channel %s", "выполните запуск снова: cleanbase run --channel %s").With(asked.String()))
	default:
		p.channel, p.policy.Channel = asked, asked
	}
	p.planID = newID(p.Now())
	return nil
}

// readPolicy takes the rules that the run went by: who is clean is still judged
// by them.
func (p *planner) readPolicy() error {
	text, lists, ok, err := p.db.RunPolicy(p.runID)
	if err != nil {
		return err
	}
	if !ok {
		return usageFault(contact.T("the audit database has no such published run", "в базе аудита нет такого опубликованного запуска"),
			contact.T("cleanbase history lists the runs", "список запусков: cleanbase history"))
	}
	c, err := config.Read(p.runID, []byte(text))
	if err != nil {
		return err
	}
	p.lists, p.policy = lists, policyOf(&c, p.asOf)
	if p.channel != contact.Any {
		p.policy.Channel = p.channel
	}
	p.crowd.maxShare, p.crowd.landline = c.Link.MaxShare, c.Phones.Landline
	return nil
}

// before sorts the waves that were handed out before on this channel.
func (p *planner) before(waves []audit.Wave) error {
	for _, w := range waves {
		if !w.Unsent && w.Channel.Meets(p.channel) {
			p.waves = append(p.waves, w)
		}
	}
	if p.f.unsent {
		if len(p.waves) == 0 {
			return usageFault(contact.T("no wave was handed out that --unsent could speak of", "нет выданной волны, о которой говорит --unsent"), contact.Text{})
		}
		p.unsent = &p.waves[len(p.waves)-1]
		p.waves = p.waves[:len(p.waves)-1]
	}
	if n := len(p.waves); n > 0 && p.asOf.Sub(p.waves[n-1].At) < mailingLately {
		p.previous = &p.waves[n-1]
	}
	return nil
}

// stop is a reason why no wave goes out.
func (p *planner) stop(code string, why contact.Text) {
	p.said.Status = planRefused
	p.said.Findings = append(p.said.Findings, contact.Finding{Code: code, Level: "stop", Say: why})
}

func (p *planner) warn(code string, why contact.Text) {
	p.said.Findings = append(p.said.Findings, contact.Finding{Code: code, Level: "warn", Say: why})
}
