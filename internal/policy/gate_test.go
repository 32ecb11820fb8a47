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
		"nothing to say":                {run: RunFigures{Clean: 100}, result: "pass"},
		"required missing":              {run: RunFigures{Required: []RequiredSource{{Name: "stop.csv"}}}, result: "stop", code: "source.missing"},
		"required empty":                {run: RunFigures{Required: []RequiredSource{{Name: "stop.csv", Found: true}}}, result: "stop", code: "source.empty"},
		"required stale":                {run: RunFigures{Required: []RequiredSource{{Name: "stop.csv", Found: true, Entries: 5, Age: 200 * time.Hour, MaxAge: 168 * time.Hour}}}, result: "stop", code: "source.stale"},
		"required fresh":                {run: RunFigures{Required: []RequiredSource{{Name: "stop.csv", Found: true, Entries: 5, Age: 100 * time.Hour, MaxAge: 168 * time.Hour}}}, result: "pass"},
		"shrunk":                        {run: RunFigures{Sources: []SourceSize{{Name: "stop.csv", Now: 89, Before: 100}}}, result: "stop", code: "source.shrunk"},
		"shrunk a little":               {run: RunFigures{Sources: []SourceSize{{Name: "stop.csv", Now: 90, Before: 100}}}, result: "pass"},
		"grown":                         {run: RunFigures{Sources: []SourceSize{{Name: "stop.csv", Now: 190, Before: 100}}}, result: "pass"},
		"absent":                        {run: RunFigures{Sources: []SourceSize{{Name: "stop.csv", Before: 100, Missing: true}}}, result: "warn", code: "source.absent"},
		"refusal column":                {run: RunFigures{Suspicious: []Place{{File: "a.csv", Column: "Не писать"}}}, result: "stop", code: "column.unmapped_refusal"},
		"unreadable":                    {run: RunFigures{Unreadable: []Place{{File: "a.csv", Count: 2}}}, result: "warn", code: "source.unreadable_rows"},
		"cold kept":                     {run: RunFigures{Clean: 99, ColdKept: 1}, result: "stop", code: "cold.kept"},
		"returns":                       {run: RunFigures{Returns: 1}, result: "warn", code: "returns"},
		"WhatsApp in Russia":            {policy: func(p *Policy) { p.Channel = contact.WhatsApp }, run: RunFigures{Russian: 1}, result: "warn", code: "law.whatsapp_ru"},
		"MAX in Russia":                 {policy: func(p *Policy) { p.Channel = contact.MAX }, run: RunFigures{Russian: 1}, result: "pass"},
		"clock set back":                {run: RunFigures{LastAsOf: asOf.Add(time.Hour)}, result: "warn", code: "as_of.backwards"},
		"complaints":                    {run: RunFigures{Sent: Mailings{Sent: 10000, Complaints: 60}}, result: "stop", code: "rate.complaints"},
		"some complaints":               {run: RunFigures{Sent: Mailings{Sent: 10000, Complaints: 20}}, result: "warn", code: "rate.complaints"},
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

func TestStopsComeFirst(t *testing.T) {
	p := standard()
	g := p.Gate(DefaultLimits(), RunFigures{Returns: 1, ColdKept: 1})
	if len(g.Findings) != 2 || g.Findings[0].Level != "stop" || g.Result != "stop" {
		t.Errorf("got %v", g)
	}
}

func TestWilsonLow(t *testing.T) {
	// 10 of 100: the interval is 5.52 % to 17.44 %.
	if got := WilsonLow(10, 100); got < 0.0551 || got > 0.0553 {
		t.Errorf("got %v", got)
	}
	if WilsonLow(0, 0) != 0 || WilsonLow(0, 10) != 0 {
		t.Error("nothing sent or nothing found condemns nobody")
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
	if len(p.Say()) != 7 || p.Words(contact.RU) == p.Words(contact.EN) {
		t.Errorf("%d lines", len(p.Say()))
	}
}
