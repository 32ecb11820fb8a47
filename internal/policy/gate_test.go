package policy

import (
	"testing"
	"time"

	"cleanbase/internal/contact"
)

func TestGate(t *testing.T) {
	tests := map[string]struct {
		policy func(*Policy)
		run    RunFigures
		result string
		code   string
	}{
		"nothing to say":               {run: RunFigures{Clean: 100}, result: "pass"},
		"required missing":             {run: RunFigures{Required: []RequiredSource{{Name: "stop.csv"}}}, result: "stop", code: "source.missing"},
		"required empty":               {run: RunFigures{Required: []RequiredSource{{Name: "stop.csv", Found: true}}}, result: "stop", code: "source.empty"},
		"required stale":               {run: RunFigures{Required: []RequiredSource{{Name: "stop.csv", Found: true, Entries: 5, Age: 200 * time.Hour, MaxAge: 168 * time.Hour}}}, result: "stop", code: "source.stale"},
		"required, no more of the day": {run: RunFigures{Required: []RequiredSource{{Name: "stop.csv", Found: true, Entries: 5, Age: 100 * time.Hour, MaxAge: 168 * time.Hour}}}, result: "warn", code: "source.ageing"},
		"required fresh":               {run: RunFigures{Required: []RequiredSource{{Name: "stop.csv", Found: true, Entries: 5, Age: 24 * time.Hour, MaxAge: 168 * time.Hour}}}, result: "pass"},
		"old":                          {run: RunFigures{Sources: []SourceSize{{Name: "stop.csv", Now: 5, Age: 25 * time.Hour}}}, result: "warn", code: "source.ageing"},
		"required and old: said once": {run: RunFigures{Sources: []SourceSize{{Name: "stop.csv", Now: 5, Age: 200 * time.Hour}},
			Required: []RequiredSource{{Name: "stop.csv", Found: true, Entries: 5, Age: 200 * time.Hour, MaxAge: 168 * time.Hour}}}, result: "stop", code: "source.stale"},
		"of the day":                    {run: RunFigures{Sources: []SourceSize{{Name: "stop.csv", Now: 5, Age: 24 * time.Hour}}}, result: "pass"},
		"read in another role":          {run: RunFigures{Sources: []SourceSize{{Name: "stop.csv", Before: 100, Missing: true, ReadAs: "contacts"}}}, result: "stop", code: "source.role_changed"},
		"nothing readable":              {run: RunFigures{Unreadable: []Unreadable{{File: "a.csv", Count: 2, All: true}}}, result: "stop", code: "source.unreadable"},
		"no log any more":               {run: RunFigures{NoEvents: true}, result: "warn", code: "events.absent"},
		"refused under an id alone":     {run: RunFigures{Strangers: 2}, result: "warn", code: "events.strangers"},
		"refused by a message unknown":  {run: RunFigures{Unknown: 1}, result: "warn", code: "events.unknown"},
		"old consents":                  {run: RunFigures{Clean: 5, Ageing: 2}, result: "warn", code: "consent.ageing"},
		"shrunk":                        {run: RunFigures{Sources: []SourceSize{{Name: "stop.csv", Now: 89, Before: 100}}}, result: "stop", code: "source.shrunk"},
		"shrunk a little":               {run: RunFigures{Sources: []SourceSize{{Name: "stop.csv", Now: 90, Before: 100}}}, result: "pass"},
		"grown":                         {run: RunFigures{Sources: []SourceSize{{Name: "stop.csv", Now: 190, Before: 100}}}, result: "pass"},
		"absent":                        {run: RunFigures{Sources: []SourceSize{{Name: "stop.csv", Before: 100, Missing: true}}}, result: "warn", code: "source.absent"},
		"refusal column":                {run: RunFigures{Suspicious: []Place{{File: "a.csv", Column: "Не писать"}}}, result: "stop", code: "column.unmapped_refusal"},
		"another table":                 {run: RunFigures{Another: []RowPlace{{File: "a.xlsx", Sheet: "Лист1", Row: 7}}}, result: "stop", code: "rows.another_table"},
		"merged":                        {run: RunFigures{Merged: []RowPlace{{File: "a.xlsx", Row: 7}}}, result: "stop", code: "cells.merged_refusal"},
		"many unreadable":               {run: RunFigures{Unreadable: []Unreadable{{File: "a.csv", Count: 3, Lost: 3, Of: 20}}}, result: "stop", code: "source.unreadable"},
		"two unreadable of few":         {run: RunFigures{Unreadable: []Unreadable{{File: "a.csv", Count: 2, Lost: 2, Of: 3}}}, result: "warn", code: "source.unreadable_rows"},
		"three unreadable of many":      {run: RunFigures{Unreadable: []Unreadable{{File: "a.csv", Count: 3, Lost: 3, Of: 300}}}, result: "warn", code: "source.unreadable_rows"},
		"unreadable":                    {run: RunFigures{Unreadable: []Unreadable{{File: "a.csv", Count: 2}}}, result: "warn", code: "source.unreadable_rows"},
		"cold kept":                     {run: RunFigures{Clean: 99, ColdKept: 1}, result: "stop", code: "cold.kept"},
		"returns":                       {run: RunFigures{Returns: 1}, result: "warn", code: "returns"},
		"WhatsApp in Russia":            {policy: func(p *Policy) { p.Channel = contact.WhatsApp }, run: RunFigures{Russian: 1}, result: "warn", code: "law.whatsapp_ru"},
		"MAX in Russia":                 {policy: func(p *Policy) { p.Channel = contact.MAX }, run: RunFigures{Russian: 1}, result: "pass"},
		"clock set back":                {run: RunFigures{LastAsOf: asOf.Add(time.Hour)}, result: "warn", code: "as_of.backwards"},
		"complaints":                    {run: RunFigures{Sent: Mailings{Sent: 10000, Complaints: 60}}, result: "stop", code: "rate.complaints"},
		"some complaints":               {run: RunFigures{Sent: Mailings{Sent: 10000, Complaints: 20}}, result: "warn", code: "rate.complaints"},
		"one complaint of few":          {run: RunFigures{Sent: Mailings{Sent: 5, Complaints: 1}}, result: "warn", code: "rate.complaints"},
		"two refusals of few":           {run: RunFigures{Sent: Mailings{Sent: 10, OptOuts: 2}}, result: "warn", code: "rate.optouts"},
		"most of few":                   {run: RunFigures{Sent: Mailings{Sent: 10, OptOuts: 4}}, result: "stop", code: "rate.optouts"},
		"more refusals than messages":   {run: RunFigures{Sent: Mailings{Sent: 10, OptOuts: 40}}, result: "stop", code: "rate.optouts"},
		"nothing sent":                  {run: RunFigures{Sent: Mailings{OptOuts: 40, Complaints: 3}}, result: "pass"},
		"taken for spam":                {run: RunFigures{Sent: Mailings{Sent: 1000, Spam: 50}}, result: "stop", code: "rate.suspected_spam"},
		"one complaint of many":         {run: RunFigures{Sent: Mailings{Sent: 300, Complaints: 1}}, result: "pass"},
		"a few messages condemn nobody": {run: RunFigures{Sent: Mailings{Sent: 20, OptOuts: 1}}, result: "pass"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p := standard()
			if tt.policy != nil {
				tt.policy(&p)
			}
			g := p.Gate(DefaultLimits(), tt.run)
			if g.Result != tt.result {
				t.Errorf("result %q, want %q", g.Result, tt.result)
			}
			if tt.code != "" && (len(g.Findings) != 1 || g.Findings[0].Code != tt.code) {
				t.Errorf("findings %v, want %s", g.Findings, tt.code)
			}
			for _, f := range g.Findings {
				if f.Say.EN == "" || f.Say.RU == "" {
					t.Errorf("%s is not said in both languages", f.Code)
				}
			}
		})
	}
}

func TestNewShareIsOffByDefault(t *testing.T) {
	p := standard()
	r := RunFigures{Clean: 10, New: 10, NewKnown: true}
	if g := p.Gate(DefaultLimits(), r); g.Result != "pass" {
		t.Errorf("default: %v", g)
	}
	l := DefaultLimits()
	l.MaxNewShare = 0.5
	if g := p.Gate(l, r); g.Result != "stop" {
		t.Errorf("limit 0.5: %v", g)
	}
}

// Where newcomers are limited and nothing tells who is one, all are.
func TestNewShareUnknown(t *testing.T) {
	p := standard()
	l := DefaultLimits()
	l.MaxNewShare = 0.5
	if g := p.Gate(l, RunFigures{Clean: 10, New: 10}); g.Result != "stop" || g.Findings[0].Code != "new.share" {
		t.Errorf("%v", g)
	}
}

// A consent is old between the months of the warning and its end.
func TestAgeing(t *testing.T) {
	p := standard()
	for _, c := range []struct {
		months, warn int
		at           contact.Moment
		want         bool
	}{
		{24, 18, contact.At(asOf.AddDate(0, -17, 0)), false}, {24, 18, contact.At(asOf.AddDate(0, -19, 0)), true},
		{24, 18, contact.At(asOf.AddDate(0, -25, 0)), false}, // is cold already
		{24, 0, contact.At(asOf.AddDate(0, -19, 0)), false}, {0, 18, contact.At(asOf.AddDate(0, -19, 0)), false},
		{12, 18, contact.At(asOf.AddDate(0, -11, 0)), false}, {24, 18, 0, false},
	} {
		p.Consent.Months, p.Consent.WarnMonths = c.months, c.warn
		at := contact.Case{Claims: []contact.Claim{{Says: contact.SaysYes, At: c.at}}}
		if got := p.Ageing(p.ConsentAt(&at)); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestStopsComeFirst(t *testing.T) {
	p := standard()
	g := p.Gate(DefaultLimits(), RunFigures{Returns: 1, ColdKept: 1})
	if len(g.Findings) != 2 || g.Findings[0].Level != "stop" || g.Result != "stop" {
		t.Errorf("got %v", g)
	}
}

func TestPolicySaysItself(t *testing.T) {
	p := standard()
	p.Consent.Inbound, p.Consent.BotStarted, p.Consent.RequireProof = true, true, true
	p.OptOut.EmailAppliesToMessengers = false
	p.Frequency.Days, p.Channel = 7, contact.MAX
	for _, line := range p.Say() {
		if line.EN == "" || line.RU == "" {
			t.Errorf("a line lacks a language: %v", line)
		}
	}
	if len(p.Say()) != 7 || Words(p.Say(), contact.RU) == Words(p.Say(), contact.EN) {
		t.Errorf("%d lines", len(p.Say()))
	}
}
