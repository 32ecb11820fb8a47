// Package config reads the policy file cleanbase.toml: its keys, their
// defaults, their limits, and a commented file to start from. It does not know
// what the settings do.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // the zones, also where the machine has none or can't read them

	"github.com/BurntSushi/toml"

	"cleanbase/internal/contact"
)

// Config is every setting. Make it with Default; Read fills in a file.
type Config struct {
	Region  string `toml:"region"`
	Channel string `toml:"channel"`
	Zone    string `toml:"zone"`
	Format  string `toml:"format"`
	For     string `toml:"for"`
	Lang    string `toml:"lang"`
	// NotifyCommand is for the user's own hands; see Text.
	NotifyCommand string `toml:"notify_command,omitempty"`

	Consent   Consent           `toml:"consent"`
	OptOut    OptOut            `toml:"optout"`
	Phones    Phones            `toml:"phones"`
	Link      Link              `toml:"link"`
	Frequency Frequency         `toml:"frequency"`
	Delivery  Delivery          `toml:"delivery"`
	Lists     Lists             `toml:"lists"`
	Sources   Sources           `toml:"sources"`
	Gate      Gate              `toml:"gate"`
	Retain    Retain            `toml:"retain,omitempty"`
	Plan      Plan              `toml:"plan,omitempty"`
	Refusal   Refusal           `toml:"refusal"`
	Columns   map[string]string `toml:"columns"`
}

// Consent is when a consent counts.
type Consent struct {
	Months       int  `toml:"months"`
	WarnMonths   int  `toml:"warn_months"`
	RequireProof bool `toml:"require_proof"`
	Inbound      bool `toml:"inbound"`
	InboundDays  int  `toml:"inbound_days"`
	BotStarted   bool `toml:"bot_started"`
}

// OptOut is how far a refusal goes.
type OptOut struct {
	EmailAppliesToMessengers bool `toml:"email_applies_to_messengers"`
}

// Phones is which numbers are usable.
type Phones struct {
	Landline bool `toml:"landline"`
}

// Link is how contacts are linked.
type Link struct {
	MaxShare int `toml:"max_share"`
}

// Frequency is how often a person may be written to.
type Frequency struct {
	Days int `toml:"days"`
}

// Delivery is when failures are an outage and no contact's fault.
type Delivery struct {
	OutageContacts int     `toml:"outage_contacts"`
	OutageShare    float64 `toml:"outage_share"`
}

// Lists is what goes where.
type Lists struct {
	Cold string `toml:"cold"`
}

// Sources is what the inputs must be like.
type Sources struct {
	MaxShrink float64    `toml:"max_shrink"`
	WarnAge   Duration   `toml:"warn_age"`
	Required  []Required `toml:"required"`
}

// Required is an input without which nothing may be mailed.
type Required struct {
	Name   string   `toml:"name"`
	MaxAge Duration `toml:"max_age"` // defaultMaxAge when the file names none
}

const defaultMaxAge = Duration(7 * 24 * time.Hour)

// Gate is the limits of the safety gates.
type Gate struct {
	MaxColdShare  float64 `toml:"max_cold_share"`
	MaxNewShare   float64 `toml:"max_new_share"`
	WarnComplaint float64 `toml:"warn_complaints"`
	StopComplaint float64 `toml:"stop_complaints"`
	WarnOptOut    float64 `toml:"warn_optouts"`
	StopOptOut    float64 `toml:"stop_optouts"`
	WarnSpam      float64 `toml:"warn_suspected_spam"`
	StopSpam      float64 `toml:"stop_suspected_spam"`
}

// Refusal is how messages are read beyond the rules that the program has.
type Refusal struct {
	OurLines []string `toml:"our_lines"`
	Off      []string `toml:"off"`
	Signs    []Sign   `toml:"signs"`
	Rules    []Rule   `toml:"rules"`
}

// Sign is an answer that the business agreed with its people: "reply 0 to
// stop". The days are "2026-01-31"; empty is open.
type Sign struct {
	Text string `toml:"text"`
	From string `toml:"from"`
	To   string `toml:"to"`
}

// Rule is one more rule for reading messages.
type Rule struct {
	ID     string   `toml:"id"`
	Effect string   `toml:"effect"`
	About  string   `toml:"about"`
	Match  []string `toml:"match"`
	Unless []string `toml:"unless"`
}

// Retain is how long things are kept; zero is for ever.
type Retain struct {
	KeepRuns         int      `toml:"keep_runs"`          // run folders
	KeepPersonalData Duration `toml:"keep_personal_data"` // of people seen nowhere any more
}

// Duration is a length of time in the file: "24h", "7d".
type Duration time.Duration

// UnmarshalText reads the duration; a whole number of days may be written "7d".
func (d *Duration) UnmarshalText(text []byte) error {
	s := string(text)
	if days, ok := strings.CutSuffix(s, "d"); ok {
		s = days + "h"
		v, err := time.ParseDuration(s)
		*d = Duration(v * 24)
		return err
	}
	v, err := time.ParseDuration(s)
	*d = Duration(v)
	return err
}

// MarshalText writes the duration as Go does: "168h0m0s".
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// Default is the settings that hold when the file says nothing.
func Default() Config {
	return Config{
		Region: "RU", Channel: "any", Zone: "Europe/Moscow", Format: "xlsx",
		Consent:  Consent{Months: 24, WarnMonths: 18, InboundDays: 30},
		OptOut:   OptOut{EmailAppliesToMessengers: true},
		Link:     Link{MaxShare: 5},
		Delivery: Delivery{OutageContacts: 200, OutageShare: 0.20},
		Lists:    Lists{Cold: "apart"},
		Sources:  Sources{MaxShrink: 0.10, WarnAge: Duration(24 * time.Hour)},
		Gate: Gate{MaxNewShare: 1, WarnComplaint: 0.001, StopComplaint: 0.003, WarnOptOut: 0.01, StopOptOut: 0.03,
			WarnSpam: 0.01, StopSpam: 0.03},
		Plan: Plan{First: 50, Growth: 2, Pause: Duration(24 * time.Hour), Expires: Duration(24 * time.Hour), Feedback: true, NewShare: 0.2, DaysBetween: 7,
			WhatsAppTier: 250, Limit: 100, From: Clock(10 * time.Hour), To: Clock(20 * time.Hour)},
	}
}

// ReadFile reads the policy file at path over the defaults. Every fault names
// the file and its line, and is a *contact.Fault.
func ReadFile(path string) (Config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return Config{}, &contact.Fault{File: path, Err: err,
			What: contact.T("the policy file can't be read", "файл политики не читается"),
			Do:   contact.T("check the path after --config", "проверьте путь после --config")}
	}
	return Read(path, data)
}

// Read reads a policy file's text over the defaults; name stands in faults.
func Read(name string, data []byte) (Config, error) {
	c := Default()
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	meta, err := toml.Decode(string(data), &c)
	if err != nil {
		return Config{}, tomlFault(name, err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return Config{}, &contact.Fault{File: name, Row: lineOf(data, unknown[0]),
			What: contact.T("unknown setting “%s”", "неизвестная настройка «%s»").With(unknown[0].String()),
			Do:   contact.T("see `cleanbase init` for all settings", "все настройки показывает `cleanbase init`")}
	}
	for i := range c.Sources.Required {
		if r := &c.Sources.Required[i]; r.MaxAge == 0 {
			r.MaxAge = defaultMaxAge
		}
	}
	if err := c.check(); err != nil {
		err.File = name
		err.Row = lineOf(data, strings.Split(err.key, "."))
		return Config{}, &err.Fault
	}
	return c, nil
}

func tomlFault(name string, err error) error {
	f := &contact.Fault{File: name, Err: err,
		What: contact.T("not a valid TOML file: %s", "это не TOML: %s").With(err.Error()),
		Do:   contact.T("mend the line or make a new file with `cleanbase init`", "исправьте строку или создайте файл заново: `cleanbase init`")}
	var parse toml.ParseError
	if errors.As(err, &parse) {
		f.Row = parse.Position.Line
		f.What = contact.T("not valid TOML: %s", "ошибка в TOML: %s").With(parse.Message)
	}
	return f
}

// lineOf is the line on which a key stands, as far as that can be told; the
// TOML library does not keep the place of keys.
func lineOf(data []byte, key []string) int {
	table, last := strings.Join(key[:len(key)-1], "."), key[len(key)-1]
	current := ""
	for i, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			current = strings.Trim(strings.SplitN(line, "]", 2)[0], "[] ")
			if current == strings.Join(key, ".") {
				return i + 1
			}
			continue
		}
		name, _, ok := strings.Cut(line, "=")
		name = strings.Trim(strings.TrimSpace(name), `"'`)
		if ok && (current == table && name == last || current == "" && name == strings.Join(key, ".")) {
			return i + 1
		}
	}
	return 0
}

// fault is a wrong value of a setting.
type fault struct {
	contact.Fault
	key string
}

// Check tells what is wrong with the settings, as a *contact.Fault.
func (c *Config) Check() error {
	if f := c.check(); f != nil {
		return &f.Fault
	}
	return nil
}

func (c *Config) check() *fault {
	bad := func(key string, what contact.Text) *fault {
		return &fault{contact.Fault{What: contact.T("setting “%s”: %s", "настройка «%s»: %s").With(key, what),
			Do: contact.T("see `cleanbase init` for what it may be", "допустимые значения показывает `cleanbase init`")}, key}
	}
	if _, ok := contact.ParseChannel(c.Channel); !ok {
		return bad("channel", contact.T("no such channel", "нет такого канала"))
	}
	if len(c.Region) != 2 || strings.ToUpper(c.Region) != c.Region {
		return bad("region", contact.T("must be a country's two letters, such as RU", "нужны две буквы страны, например RU"))
	}
	if _, err := time.LoadLocation(c.Zone); err != nil {
		return bad("zone", contact.T("no such time zone", "нет такого часового пояса"))
	}
	for _, v := range [][3]string{{"format", c.Format, "xlsx|csv"}, {"lists.cold", c.Lists.Cold, "apart|keep"}, {"lang", c.Lang, "ru|en|"},
		{"for", c.For, systems + "|"}} {
		if !oneOf(v[1], v[2]) {
			return bad(v[0], contact.T("must be one of %s", "должно быть одним из: %s").With(strings.TrimSuffix(v[2], "|")))
		}
	}
	if why := c.checkFor(); why != (contact.Text{}) {
		return bad("for", why)
	}
	for _, n := range c.whole() {
		if n.value < n.least {
			return bad(n.key, contact.T("must be at least %d", "не может быть меньше %d").With(n.least))
		}
	}
	if c.Sources.WarnAge < 0 {
		return bad("sources.warn_age", contact.T("must not be negative", "не может быть отрицательным"))
	}
	for _, r := range c.Sources.Required {
		if r.MaxAge < 0 {
			return bad("sources.required.max_age", contact.T("must not be negative", "не может быть отрицательным"))
		}
		if r.Name == "" {
			return bad("sources.required", contact.T("every required file needs a name", "у каждого обязательного файла должно быть имя"))
		}
	}
	for _, s := range c.shares() {
		if !(s.value >= 0 && s.value <= 1) {
			return bad(s.key, contact.T("must be a share from 0 to 1", "должно быть долей от 0 до 1"))
		}
	}
	if key, why := c.Plan.wrong(); key != "" {
		return bad("plan."+key, why)
	}
	for _, header := range slices.Sorted(maps.Keys(c.Columns)) {
		field := c.Columns[header]
		if _, ok := contact.ParseField(field); !ok {
			return bad("columns."+header, contact.T("no such field: %s", "нет такого поля: %s").With(field))
		}
	}
	return nil
}

// systems are those whose import takes a clean list.
const systems = "bitrix24|amocrm|unf|hubspot|zoho|pipedrive|wazzup|google"

// Systems is what For may be, besides empty.
func Systems() []string { return strings.Split(systems, "|") }

// checkFor tells what the system of the clean list does not go with.
func (c *Config) checkFor() contact.Text {
	switch {
	case c.For != "" && c.Lists.Cold == "keep":
		return contact.T("does not go with lists.cold = \"keep\": no CRM's file can hold the mark that tells cold contacts", "не сочетается с lists.cold = \"keep\": в файле для CRM негде отметить контакты без согласия")
	case c.For == "wazzup" && !oneOf(c.Channel, "any|whatsapp|telegram|viber"):
		return contact.T("Wazzup takes contacts by phone for whatsapp, telegram and viber only, not for %s", "Wazzup принимает контакты по телефону только для whatsapp, telegram и viber, но не для %s").With(c.Channel)
	}
	return contact.Text{}
}

func oneOf(v, list string) bool {
	for _, one := range strings.Split(list, "|") {
		if v == one {
			return true
		}
	}
	return false
}

type wholeSetting struct {
	key          string
	value, least int
}

func (c *Config) whole() []wholeSetting {
	return []wholeSetting{
		{"consent.months", c.Consent.Months, 0}, {"consent.warn_months", c.Consent.WarnMonths, 0}, {"consent.inbound_days", c.Consent.InboundDays, 1}, {"link.max_share", c.Link.MaxShare, 1},
		{"frequency.days", c.Frequency.Days, 0}, {"retain.keep_runs", c.Retain.KeepRuns, 0}, {"delivery.outage_contacts", c.Delivery.OutageContacts, 1},
		{"plan.first", c.Plan.First, 1}, {"plan.days_between", c.Plan.DaysBetween, 0}, {"plan.limit", c.Plan.Limit, 0},
	}
}

type shareSetting struct {
	key   string
	value float64
}

func (c *Config) shares() []shareSetting {
	g := &c.Gate
	return []shareSetting{
		{"delivery.outage_share", c.Delivery.OutageShare}, {"sources.max_shrink", c.Sources.MaxShrink}, {"gate.max_cold_share", g.MaxColdShare},
		{"gate.max_new_share", g.MaxNewShare}, {"gate.warn_complaints", g.WarnComplaint}, {"gate.stop_complaints", g.StopComplaint},
		{"gate.warn_optouts", g.WarnOptOut}, {"gate.stop_optouts", g.StopOptOut},
		{"gate.warn_suspected_spam", g.WarnSpam}, {"gate.stop_suspected_spam", g.StopSpam}, {"plan.new_share", c.Plan.NewShare},
	}
}

// Text is the settings as a TOML file without comments: what the audit
// database keeps of a run's policy. Equal settings give equal text. How waves are
// sent is left out, since no run goes by it.
func (c *Config) Text() (string, error) {
	run := *c
	run.Plan = Plan{}
	return run.WholeText()
}

// WholeText is the settings with how waves are sent: what the audit database
// keeps of a wave's. The notify command is left out: it decides nothing, and a
// password may stand in it.
func (c *Config) WholeText() (string, error) {
	kept := *c
	kept.NotifyCommand = ""
	var b bytes.Buffer
	if err := toml.NewEncoder(&b).Encode(&kept); err != nil {
		return "", fmt.Errorf("policy: %w", err)
	}
	return b.String(), nil
}
