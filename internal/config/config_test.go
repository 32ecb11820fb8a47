package config

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"cleanbase/internal/contact"
)

func TestTemplateIsTheDefaults(t *testing.T) {
	for _, l := range []contact.Lang{contact.EN, contact.RU} {
		c, err := Read("cleanbase.toml", []byte(Template(l)))
		if err != nil {
			t.Fatal(err)
		}
		want := Default()
		c.Columns, c.Refusal.OurLines, c.Refusal.Off = nil, nil, nil
		if !reflect.DeepEqual(c, want) {
			t.Errorf("template %d: %+v\nwant %+v", l, c, want)
		}
	}
}

func TestFaultsNameTheLine(t *testing.T) {
	tests := map[string]struct {
		text string
		line int
		word string
	}{
		"unknown key":          {"region = \"RU\"\nreigon = \"KZ\"\n", 2, "reigon"},
		"unknown key in table": {"[consent]\nmonths = 1\nmonth = 2\n", 3, "consent.month"},
		"unknown table":        {"\n[consents]\nmonths = 1\n", 2, "consents"},
		"dotted unknown key":   {"consent.month = 1\n", 1, "consent.month"},
		"broken TOML":          {"region = \n", 1, "TOML"},
		"wrong type":           {"[link]\nmax_share = \"five\"\n", 0, "line 2"},
		"no such channel":      {"channel = \"pigeon\"\n", 1, "channel"},
		"no such region":       {"region = \"Russia\"\n", 1, "region"},
		"no such zone":         {"zone = \"Mars/Olympus\"\n", 1, "zone"},
		"no such format":       {"format = \"pdf\"\n", 1, "format"},
		"no such system":       {"for = \"excel\"\n", 1, "bitrix24"},
		"cold in a CRM's file": {"for = \"zoho\"\n[lists]\ncold = \"keep\"\n", 1, "lists.cold"},
		"no messenger's":       {"channel = \"sms\"\nfor = \"wazzup\"\n", 2, "sms"},
		"cold neither":         {"[lists]\ncold = \"drop\"\n", 2, "lists.cold"},
		"a share above one":    {"[gate]\nmax_cold_share = 1.5\n", 2, "gate.max_cold_share"},
		"too small a number":   {"[link]\nmax_share = 0\n", 2, "link.max_share"},
		"no such field":        {"[columns]\n\"Колонка\" = \"fone\"\n", 2, "fone"},
		"a negative age":       {"[sources]\nwarn_age = \"-1h\"\n", 2, "sources.warn_age"},
		"a negative limit":     {"[[sources.required]]\nname = \"a\"\nmax_age = \"-1h\"\n", 3, "sources.required.max_age"},
		"required but unnamed": {"[[sources.required]]\nmax_age = \"1h\"\n", 1, "sources.required"},
		"no such tier":         {"[plan]\nwhatsapp_tier = 1000\n", 2, "250, 2000"},
		"hours end first":      {"[plan]\nfrom = \"18:00\"\nto = \"9:00\"\n", 3, "plan.from"},
		"no time of day":       {"[plan]\nfrom = \"noon\"\n", 2, "TOML"},
		"shrinking waves":      {"[plan]\ngrowth = 0.5\n", 2, "plan.growth"},
		"no pause":             {"[plan]\npause = \"10m\"\n", 2, "plan.pause"},
		"dead at once":         {"[plan]\nexpires = \"0h\"\n", 2, "plan.expires"},
		"a bad length of time": {"[[sources.required]]\nname = \"a\"\nmax_age = \"soon\"\n", 3, "TOML"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := Read("cleanbase.toml", []byte(tt.text))
			var f *contact.Fault
			if !errors.As(err, &f) {
				t.Fatalf("got %v", err)
			}
			if f.Row != tt.line || f.File != "cleanbase.toml" || !strings.Contains(f.Error(), tt.word) {
				t.Errorf("line %d: %v", f.Row, f)
			}
			if f.What.RU == "" || f.Do.RU == "" {
				t.Errorf("not said in Russian: %+v", f)
			}
		})
	}
}

// A required file may be a week old where the policy says nothing else.
func TestRequiredAge(t *testing.T) {
	c, err := Read("c", []byte("[[sources.required]]\nname = \"stop.csv\"\n"))
	if err != nil || time.Duration(c.Sources.Required[0].MaxAge) != 7*24*time.Hour {
		t.Errorf("%+v, %v", c.Sources, err)
	}
}

func TestRequired(t *testing.T) {
	c, err := Read("c", []byte("\ufeff[[sources.required]]\nname = \"stop.csv\"\nmax_age = \"7d\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	if r := c.Sources.Required; len(r) != 1 || r[0].Name != "stop.csv" || time.Duration(r[0].MaxAge) != 168*time.Hour {
		t.Errorf("got %+v", r)
	}
	text, err := c.Text()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := Read("c", []byte(text)); err != nil || !reflect.DeepEqual(again.Sources, c.Sources) {
		t.Errorf("%v: %+v", err, again.Sources)
	}
}

func TestMissingFile(t *testing.T) {
	var f *contact.Fault
	if _, err := ReadFile("no/such.toml"); !errors.As(err, &f) || f.File != "no/such.toml" {
		t.Errorf("got %v", err)
	}
}

// Each default that comes from a law or a platform says so, in both languages.
func TestTemplateNamesItsSources(t *testing.T) {
	for l, words := range map[contact.Lang][]string{
		contact.EN: {"38-FZ", "152-FZ", "1 September 2025", "GDPR", "CNIL", "CASL", "TCPA", "Australia", "Singapore", "Gmail", "0.10 %", "0.30 %", "Wilson", "131049", "a guess"},
		contact.RU: {"38-ФЗ", "152-ФЗ", "1 сентября 2025", "GDPR", "CNIL", "CASL", "TCPA", "Австралия", "Сингапур", "Gmail", "0,10 %", "0,30 %", "Уилсона", "131049", "догадка"},
	} {
		text := strings.ReplaceAll(Template(l), "\n# ", " ")
		for _, w := range words {
			if !strings.Contains(text, w) {
				t.Errorf("template %d does not name %s", l, w)
			}
		}
	}
}
