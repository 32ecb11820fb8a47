package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cleanbase/internal/config"
	"cleanbase/internal/contact"
	"cleanbase/internal/phone"
	"cleanbase/internal/policy"
	"cleanbase/internal/refusal"
)

const defaultConfig = "cleanbase.toml"

// flags are the flags of run as they were given.
type flags struct {
	roles                                           [contact.RoleProtected + 1][]string
	out, audit, config, region, channel, asOf, lang string
	format, system, acceptRisk, notify              string
	dryRun, json, quiet                             bool
}

func (f *flags) bind(cmd *cobra.Command) {
	set := cmd.Flags()
	f.bindRoles(cmd)
	f.bindReading(cmd)
	set.StringVar(&f.out, "out", "cleanbase-out", "`DIR` of what the run leaves")
	set.StringVar(&f.audit, "audit", "", "audit database `FILE` (default OUT/audit.db)")
	set.StringVar(&f.asOf, "as-of", "", "judge as of this `TIME`, RFC 3339 (default now)")
	set.StringVar(&f.format, "format", "", "lists as xlsx or csv (default xlsx)")
	set.StringVar(&f.system, "for", "", "clean list as `SYSTEM` imports it: "+strings.Join(config.Systems(), ", "))
	set.StringVar(&f.acceptRisk, "accept-risk", "", "publish although a gate says stop, for the reason in `TEXT`, on the record")
	set.StringVar(&f.notify, "notify-command", "", "run `CMD` after the run with the summary JSON on its standard input")
	set.BoolVar(&f.dryRun, "dry-run", false, "say what would come out, write nothing")
	set.BoolVar(&f.quiet, "quiet", false, "no progress, no summary")
}

// bindRoles binds the flags that state what a file tells.
func (f *flags) bindRoles(cmd *cobra.Command) {
	for _, r := range contact.Roles() {
		cmd.Flags().StringArrayVar(&f.roles[r], r.String(), nil, "a `FILE` of "+r.String()+", whatever it is called (repeatable)")
	}
}

// bindReading binds the flags that whatever reads files needs.
func (f *flags) bindReading(cmd *cobra.Command) {
	set := cmd.Flags()
	set.StringVar(&f.config, "config", "", "policy `FILE` (default cleanbase.toml if there)")
	set.StringVar(&f.region, "region", "", "country of numbers that name none, two letters (default RU)")
	set.StringVar(&f.channel, "channel", "", "where the mailing goes: max, whatsapp, telegram, viber, sms, call, email or any (default any)")
	set.StringVar(&f.lang, "lang", "", "ru or en (default from LANG)")
	set.BoolVar(&f.json, "json", false, "print JSON")
}

// settings are what a run goes by: flags over the policy file over defaults.
type settings struct {
	config.Config
	flags
	asOf   time.Time
	zone   *time.Location
	lang   contact.Lang
	policy policy.Policy
	limits policy.Limits
	words  *refusal.Reader
	text   string // the policy file's settings as TOML
	sha256 string
}

func (a *App) settings(f flags) (*settings, error) {
	s := &settings{flags: f}
	var err error
	if s.Config, err = readConfig(f.config); err != nil {
		return nil, usage(err)
	}
	if s.acceptRisk = strings.TrimSpace(f.acceptRisk); f.acceptRisk != "" && s.acceptRisk == "" {
		return nil, usageFault(contact.T("--accept-risk names no reason", "--accept-risk: причина не названа"),
			contact.T("say why you send all the same: it goes on record", "напишите, почему всё же отправляете: это будет записано"))
	}
	override(&s.Config.Region, strings.ToUpper(f.region))
	override(&s.Config.Channel, strings.ToLower(f.channel))
	override(&s.Config.Format, strings.ToLower(f.format))
	override(&s.Config.For, strings.ToLower(f.system))
	override(&s.Config.Lang, strings.ToLower(f.lang))
	override(&s.Config.NotifyCommand, f.notify)
	if err := s.Config.Check(); err != nil {
		return nil, usage(err)
	}
	if !phone.Known(s.Region) {
		return nil, usageFault(contact.T("setting “region”: there is no such country by that code", "настройка «region»: страны с таким кодом нет"),
			contact.T("name it by ISO 3166, such as RU, KZ or GB", "назовите её по ISO 3166: RU, KZ, GB"))
	}
	s.asOf = a.Now().UTC().Truncate(time.Second)
	if f.asOf != "" {
		if s.asOf, err = time.Parse(time.RFC3339, f.asOf); err != nil {
			return nil, usageFault(contact.T("--as-of is not a time", "--as-of: это не время"),
				contact.T("write it as 2026-11-22T10:00:00Z", "пишите так: 2026-11-22T10:00:00Z"))
		}
		s.asOf = s.asOf.UTC()
	}
	if s.zone, err = time.LoadLocation(s.Zone); err != nil {
		return nil, usage(err)
	}
	s.lang = a.lang(s.Config.Lang)
	switch { // the one is where the other is
	case s.out == "" && s.flags.audit == "":
		s.out = "cleanbase-out"
	case s.out == "":
		s.out = filepath.Dir(s.flags.audit)
	}
	if s.flags.audit == "" {
		s.flags.audit = filepath.Join(s.out, "audit.db")
	}
	s.fillPolicy()
	if s.words, err = s.refusals(); err != nil {
		return nil, err
	}
	if s.text, err = s.Text(); err != nil {
		return nil, err
	}
	s.sha256 = hexSum([]byte(s.text))
	return s, nil
}

func override(to *string, v string) {
	if v != "" {
		*to = v
	}
}

// readConfig reads the named policy file, or the one in this folder if there
// is one.
func readConfig(path string) (config.Config, error) {
	if path != "" {
		return config.ReadFile(path)
	}
	if _, err := os.Stat(defaultConfig); errors.Is(err, fs.ErrNotExist) {
		return config.Default(), nil
	}
	return config.ReadFile(defaultConfig)
}

// fillPolicy hands the settings to the rooms that go by them.
func (s *settings) fillPolicy() {
	s.policy, s.limits = policyOf(&s.Config, s.asOf), limitsOf(&s.Config)
}

func policyOf(c *config.Config, asOf time.Time) policy.Policy {
	channel, _ := contact.ParseChannel(c.Channel) // checked already
	return policy.Policy{
		Channel: channel, AsOf: asOf,
		Consent: policy.Consent{Months: c.Consent.Months, WarnMonths: c.Consent.WarnMonths, RequireProof: c.Consent.RequireProof, Inbound: c.Consent.Inbound,
			InboundDays: c.Consent.InboundDays, BotStarted: c.Consent.BotStarted},
		OptOut:    policy.OptOut{EmailAppliesToMessengers: c.OptOut.EmailAppliesToMessengers},
		Frequency: policy.Frequency{Days: c.Frequency.Days},
	}
}

func limitsOf(c *config.Config) policy.Limits {
	g := &c.Gate
	return policy.Limits{MaxShrink: c.Sources.MaxShrink, WarnAge: time.Duration(c.Sources.WarnAge), MaxColdShare: g.MaxColdShare, MaxNewShare: g.MaxNewShare,
		Complaints: policy.Rate{Warn: g.WarnComplaint, Stop: g.StopComplaint},
		OptOuts:    policy.Rate{Warn: g.WarnOptOut, Stop: g.StopOptOut},
		Spam:       policy.Rate{Warn: g.WarnSpam, Stop: g.StopSpam}}
}

// mapping is the user's own column names.
func (s *settings) mapping() map[string]contact.Field {
	m := map[string]contact.Field{}
	for header, name := range s.Columns {
		m[header], _ = contact.ParseField(name) // checked already
	}
	return m
}
