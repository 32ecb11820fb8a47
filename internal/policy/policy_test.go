package policy

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cleanbase/internal/contact"
)

var asOf = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

const me = contact.Key(79111234567)

func standard() Policy {
	p := Default()
	p.AsOf = asOf
	return p
}

func day(s string) contact.Moment {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return contact.OnDay(t.Date())
}

func fact(kind contact.EvidenceKind, via contact.Via, ch contact.Channel, at string) contact.Fact {
	f := contact.Fact{Key: me, Kind: kind, Via: via, Channel: ch}
	if at != "" {
		f.At = day(at)
	}
	return f
}

func TestVerdicts(t *testing.T) {
	const (
		list = contact.ViaList
		msg  = contact.ViaMessage
		plat = contact.ViaPlatform
		anyc = contact.Any
	)
	valid := fact(contact.Consent, list, anyc, "2026-01-10")
	tests := map[string]struct {
		policy func(*Policy)
		facts  []contact.Fact
		linked []contact.Fact
		claims []contact.Claim
		want   string
	}{
		"nothing known":                                  {want: "consent.missing"},
		"consent":                                        {facts: []contact.Fact{valid}, want: "consent.valid"},
		"opt-out":                                        {facts: []contact.Fact{fact(contact.OptOut, list, anyc, "2025-01-01")}, want: "optout.listed; consent.missing"},
		"opt-out, later dated consent":                   {facts: []contact.Fact{fact(contact.OptOut, list, anyc, "2025-01-01"), valid}, want: "consent.valid"},
		"opt-out the same day as the consent":            {facts: []contact.Fact{fact(contact.OptOut, list, anyc, "2026-01-10"), valid}, want: "optout.listed; consent.valid"},
		"undated opt-out beats any consent":              {facts: []contact.Fact{fact(contact.OptOut, list, anyc, ""), valid}, want: "optout.listed; consent.valid"},
		"undated consent lifts nothing":                  {facts: []contact.Fact{fact(contact.OptOut, list, anyc, "2020-01-01"), fact(contact.Consent, list, anyc, "")}, want: "optout.listed; consent.valid"},
		"a contacts file's consent lifts nothing":        {facts: []contact.Fact{fact(contact.OptOut, list, anyc, "2020-01-01")}, claims: []contact.Claim{{Says: contact.SaysYes, At: day("2026-01-01")}}, want: "optout.listed; consent.valid"},
		"complaint outlives consent":                     {facts: []contact.Fact{fact(contact.Complaint, list, anyc, "2025-01-01"), valid}, want: "complaint.listed; consent.valid"},
		"complaint in a message":                         {facts: []contact.Fact{fact(contact.Complaint, msg, anyc, "2025-01-01"), valid}, want: "complaint.message; consent.valid"},
		"protected":                                      {facts: []contact.Fact{fact(contact.Protected, list, anyc, ""), valid}, want: "protected.listed; consent.valid"},
		"flag":                                           {facts: []contact.Fact{fact(contact.OptOut, contact.ViaFlag, anyc, ""), valid}, want: "optout.flag; consent.valid"},
		"bot stopped, started again":                     {facts: []contact.Fact{fact(contact.BotStopped, plat, contact.MAX, "2026-01-01"), fact(contact.BotStarted, plat, contact.MAX, "2026-02-01"), valid}, want: "consent.valid"},
		"bot stopped":                                    {facts: []contact.Fact{fact(contact.BotStopped, plat, contact.MAX, "2026-02-01"), fact(contact.BotStarted, plat, contact.MAX, "2026-01-01"), valid}, want: "optout.platform; consent.valid"},
		"platform resume lifts a platform stop":          {facts: []contact.Fact{fact(contact.OptOut, plat, contact.WhatsApp, "2026-02-01"), fact(contact.OptIn, plat, contact.WhatsApp, "2026-03-01"), valid}, want: "consent.valid"},
		"platform resume lifts no listed refusal":        {facts: []contact.Fact{fact(contact.OptOut, list, contact.WhatsApp, "2026-02-01"), fact(contact.OptIn, plat, contact.WhatsApp, "2026-03-01")}, want: "optout.listed; consent.missing"},
		"platform resume alone is no consent":            {facts: []contact.Fact{fact(contact.OptIn, plat, contact.WhatsApp, "2026-03-01")}, want: "consent.missing"},
		"own message lifts":                              {facts: []contact.Fact{fact(contact.OptOut, list, contact.WhatsApp, "2026-02-01"), fact(contact.OptIn, msg, contact.WhatsApp, "2026-03-01")}, want: "consent.valid"},
		"channel unknown: consent for one lifts not all": {facts: []contact.Fact{fact(contact.OptOut, list, anyc, "2025-01-01"), fact(contact.Consent, list, contact.MAX, "2026-01-01")}, want: "optout.listed; consent.valid"},
		"channel named: consent for it lifts":            {policy: func(p *Policy) { p.Channel = contact.MAX }, facts: []contact.Fact{fact(contact.OptOut, list, anyc, "2025-01-01"), fact(contact.Consent, list, contact.MAX, "2026-01-01")}, want: "consent.valid"},
		"channel named: other channel's refusal":         {policy: func(p *Policy) { p.Channel = contact.MAX }, facts: []contact.Fact{fact(contact.OptOut, list, contact.SMS, "2026-02-01"), valid}, want: "consent.valid"},
		"channel named: other channel's consent":         {policy: func(p *Policy) { p.Channel = contact.MAX }, facts: []contact.Fact{fact(contact.Consent, list, contact.SMS, "2026-02-01")}, want: "consent.other_channel"},
		"channel named: e-mail refusal counts":           {policy: func(p *Policy) { p.Channel = contact.MAX }, facts: []contact.Fact{fact(contact.OptOut, list, contact.Email, "2026-02-01"), valid}, want: "optout.listed; consent.valid"},
		"e-mail refusal switched off":                    {policy: func(p *Policy) { p.OptOut.EmailAppliesToMessengers = false }, facts: []contact.Fact{fact(contact.OptOut, list, contact.Email, "2026-02-01"), valid}, want: "consent.valid"},
		"complaint of another channel counts":            {policy: func(p *Policy) { p.Channel = contact.MAX }, facts: []contact.Fact{fact(contact.Complaint, list, contact.SMS, "2025-02-01"), valid}, want: "complaint.listed; consent.valid"},
		"expired":                                        {facts: []contact.Fact{fact(contact.Consent, list, anyc, "2024-11-20")}, want: "consent.expired"},
		"last day of a consent":                          {facts: []contact.Fact{fact(contact.Consent, list, anyc, "2024-11-22")}, want: "consent.valid"},
		"consent of the future":                          {facts: []contact.Fact{fact(contact.Consent, list, anyc, "2027-01-01")}, want: "consent.missing"},
		"refusal of the future still counts":             {facts: []contact.Fact{fact(contact.OptOut, list, anyc, "2027-01-01"), valid}, want: "optout.listed; consent.valid"},
		"unproven":                                       {policy: func(p *Policy) { p.Consent.RequireProof = true }, claims: []contact.Claim{{Says: contact.SaysYes}}, want: "consent.unproven"},
		"asserted":                                       {claims: []contact.Claim{{Says: contact.SaysYes}}, want: "consent.valid"},
		"files disagree":                                 {claims: []contact.Claim{{Says: contact.SaysYes}, {Says: contact.SaysNo}}, want: "consent.conflict"},
		"later yes":                                      {claims: []contact.Claim{{Says: contact.SaysYes, At: day("2026-02-02")}, {Says: contact.SaysNo, At: day("2026-01-01")}}, want: "consent.valid"},
		"later no":                                       {claims: []contact.Claim{{Says: contact.SaysYes, At: day("2026-01-01")}, {Says: contact.SaysNo, At: day("2026-02-02")}}, want: "consent.missing"},
		"later no withdraws the register's consent":      {facts: []contact.Fact{valid}, claims: []contact.Claim{{Says: contact.SaysNo, At: day("2026-02-02")}}, want: "consent.missing"},
		"a bare no does not touch the register":          {facts: []contact.Fact{valid}, claims: []contact.Claim{{Says: contact.SaysNo}}, want: "consent.valid"},
		"unreachable":                                    {facts: []contact.Fact{valid, fact(contact.Unreachable, plat, contact.WhatsApp, "2026-02-01")}, want: "delivery.unreachable; consent.valid"},
		"unreachable, then delivered":                    {facts: []contact.Fact{valid, fact(contact.Unreachable, plat, contact.WhatsApp, "2026-02-01"), fact(contact.Delivered, plat, contact.WhatsApp, "2026-02-02")}, want: "consent.valid"},
		"suspected spam":                                 {facts: []contact.Fact{valid, fact(contact.SuspectedSpam, plat, contact.WhatsApp, "2026-02-01")}, want: "delivery.suspected_spam; consent.valid"},
		"written to yesterday":                           {policy: func(p *Policy) { p.Frequency.Days = 7 }, facts: []contact.Fact{valid, fact(contact.Outbound, plat, contact.WhatsApp, "2026-11-21")}, want: "frequency.recent; consent.valid"},
		"wrote first":                                    {policy: func(p *Policy) { p.Consent.Inbound = true }, facts: []contact.Fact{fact(contact.Inbound, msg, contact.WhatsApp, "2026-11-01")}, want: "consent.inbound"},
		"wrote first long ago":                           {policy: func(p *Policy) { p.Consent.Inbound = true }, facts: []contact.Fact{fact(contact.Inbound, msg, contact.WhatsApp, "2026-01-01")}, want: "consent.missing"},
		"started the bot":                                {policy: func(p *Policy) { p.Consent.BotStarted = true }, facts: []contact.Fact{fact(contact.BotStarted, plat, contact.MAX, "2026-01-01")}, want: "consent.bot_started"},
		"unsure":                                         {facts: []contact.Fact{valid, fact(contact.Unsure, msg, anyc, "2026-02-01")}, want: "optout.unsure; consent.valid"},
		"linked refusal":                                 {facts: []contact.Fact{fact(contact.Consent, list, anyc, "2025-01-10")}, linked: []contact.Fact{fact(contact.OptOut, list, anyc, "2026-01-01")}, want: "optout.linked; consent.valid"},
		"linked refusal, later consent":                  {facts: []contact.Fact{valid}, linked: []contact.Fact{fact(contact.OptOut, list, anyc, "2025-01-01")}, want: "consent.valid"},
		"linked complaint":                               {facts: []contact.Fact{valid}, linked: []contact.Fact{fact(contact.Complaint, list, anyc, "2025-01-01")}, want: "complaint.linked; consent.valid"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p := standard()
			if tt.policy != nil {
				tt.policy(&p)
			}
			c := contact.Case{Phone: me, Direct: tt.facts, Linked: tt.linked, Claims: tt.claims}
			for i := range c.Direct {
				c.Direct[i].Seq = int64(i + 1)
			}
			if got := p.Decide(&c).String(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPardon(t *testing.T) {
	p := standard()
	complaint := contact.Fact{Key: me, Kind: contact.Complaint, Via: contact.ViaList, Seq: 1}
	pardon := contact.Fact{Key: me, Kind: contact.Pardon, Via: contact.ViaPerson, Seq: 2}
	again := contact.Fact{Key: me, Kind: contact.Complaint, Via: contact.ViaList, Seq: 3}
	protected := contact.Fact{Key: me, Kind: contact.Protected, Via: contact.ViaList, Seq: 1}
	byMail := contact.Fact{Key: contact.OfEmail("a@example.com").Key, Kind: contact.OptOut, Via: contact.ViaList, Seq: 1}
	other := contact.Fact{Key: 79990000001, Kind: contact.Complaint, Via: contact.ViaList, Seq: 1}
	tests := map[string]struct {
		c    contact.Case
		want contact.Verdict
	}{
		"lifts a complaint":            {contact.Case{Phone: me, Direct: []contact.Fact{complaint, pardon}}, contact.Cold},
		"not a later complaint":        {contact.Case{Phone: me, Direct: []contact.Fact{complaint, pardon, again}}, contact.Removed},
		"not a protection":             {contact.Case{Phone: me, Direct: []contact.Fact{protected, pardon}}, contact.Removed},
		"what came by e-mail":          {contact.Case{Phone: me, Direct: []contact.Fact{byMail, pardon}}, contact.Cold},
		"what came by links":           {contact.Case{Phone: me, Direct: []contact.Fact{pardon}, Linked: []contact.Fact{other}}, contact.Cold},
		"not for whom it is a side no": {contact.Case{Phone: 79990000002, Direct: []contact.Fact{byMail, pardon}}, contact.Removed},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := p.Decide(&tt.c).Verdict(); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// genFact draws any fact about one of a few identifiers.
func genFact(kinds ...contact.EvidenceKind) *rapid.Generator[contact.Fact] {
	return rapid.Custom(func(t *rapid.T) contact.Fact {
		f := contact.Fact{
			Key:     rapid.SampledFrom([]contact.Key{me, 79990000001, contact.OfEmail("a@example.com").Key}).Draw(t, "key"),
			Kind:    rapid.SampledFrom(kinds).Draw(t, "kind"),
			Via:     contact.Via(rapid.IntRange(1, 6).Draw(t, "via")),
			Channel: contact.Channel(rapid.IntRange(0, 7).Draw(t, "channel")),
			Seq:     rapid.Int64Range(1, 50).Draw(t, "seq"),
		}
		if rapid.Bool().Draw(t, "dated") {
			f.At = contact.At(asOf.AddDate(0, 0, -rapid.IntRange(-100, 1500).Draw(t, "days"))) | contact.Moment(rapid.IntRange(0, 1).Draw(t, "day"))
		}
		return f
	})
}

var allKinds = []contact.EvidenceKind{contact.OptOut, contact.OptIn, contact.Complaint, contact.Consent, contact.Unsure, contact.Protected, contact.Inbound,
	contact.Outbound, contact.Delivered, contact.Unreachable, contact.SuspectedSpam, contact.BotStarted, contact.BotStopped, contact.Pardon, contact.Keep}

func genCase() *rapid.Generator[contact.Case] {
	return rapid.Custom(func(t *rapid.T) contact.Case {
		claims := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) contact.Claim {
			c := contact.Claim{Says: contact.Says(rapid.IntRange(0, 2).Draw(t, "says")), Channel: contact.Channel(rapid.IntRange(0, 7).Draw(t, "channel")), Sourced: rapid.Bool().Draw(t, "sourced")}
			if rapid.Bool().Draw(t, "dated") {
				c.At = contact.At(asOf.AddDate(0, 0, -rapid.IntRange(0, 1000).Draw(t, "days")))
			}
			return c
		}), 0, 4).Draw(t, "claims")
		return contact.Case{Phone: me, Claims: claims,
			Direct: rapid.SliceOfN(genFact(allKinds...), 0, 6).Draw(t, "direct"),
			Linked: rapid.SliceOfN(genFact(contact.OptOut, contact.Complaint, contact.BotStopped), 0, 2).Draw(t, "linked")}
	})
}

func genPolicy() *rapid.Generator[Policy] {
	return rapid.Custom(func(t *rapid.T) Policy {
		p := standard()
		p.Channel = contact.Channel(rapid.IntRange(0, 7).Draw(t, "channel"))
		p.Consent.Inbound, p.Consent.BotStarted = rapid.Bool().Draw(t, "inbound"), rapid.Bool().Draw(t, "bot")
		p.Consent.RequireProof = rapid.Bool().Draw(t, "proof")
		p.OptOut.EmailAppliesToMessengers = rapid.Bool().Draw(t, "email")
		p.Frequency.Days = rapid.IntRange(0, 30).Draw(t, "days")
		return p
	})
}

// Every contact has a reason, whatever is known of it.
func TestLawTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c := genPolicy().Draw(t, "policy"), genCase().Draw(t, "case")
		if set := p.Decide(&c); set == 0 {
			t.Fatal("no reason at all")
		}
	})
}

// The order in which facts came never changes a verdict or a reason.
func TestLawOrderNeverMatters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c := genPolicy().Draw(t, "policy"), genCase().Draw(t, "case")
		want := p.Decide(&c)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		c.Direct, c.Linked, c.Claims = slices.Clone(c.Direct), slices.Clone(c.Linked), slices.Clone(c.Claims)
		r.Shuffle(len(c.Direct), func(i, k int) { c.Direct[i], c.Direct[k] = c.Direct[k], c.Direct[i] })
		r.Shuffle(len(c.Linked), func(i, k int) { c.Linked[i], c.Linked[k] = c.Linked[k], c.Linked[i] })
		r.Shuffle(len(c.Claims), func(i, k int) { c.Claims[i], c.Claims[k] = c.Claims[k], c.Claims[i] })
		if got := p.Decide(&c); got != want {
			t.Fatalf("%v, then %v", want, got)
		}
	})
}

// A suppression never makes a contact clean.
func TestLawSuppressionNeverEnlarges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c := genPolicy().Draw(t, "policy"), genCase().Draw(t, "case")
		before := p.Decide(&c).Verdict()
		more := genFact(contact.OptOut, contact.Complaint, contact.Protected, contact.Unsure, contact.BotStopped).Draw(t, "more")
		c.Direct = append(slices.Clone(c.Direct), more)
		if after := p.Decide(&c).Verdict(); before != contact.Clean && after == contact.Clean {
			t.Fatalf("%v became clean", before)
		}
		if len(p.Standing(nil, &c)) == 0 && p.concerns(&more) && more.Kind == contact.Complaint && !liftedOneByOne(&p, &c, &more) {
			t.Fatal("a complaint that stands is not among the standing")
		}
	})
}

// A consent never takes a contact out of the clean list.
func TestLawConsentNeverShrinks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c := genPolicy().Draw(t, "policy"), genCase().Draw(t, "case")
		before := p.Decide(&c).Verdict()
		c.Direct = append(slices.Clone(c.Direct), genFact(contact.Consent).Draw(t, "more"))
		c.Claims = append(slices.Clone(c.Claims), contact.Claim{Says: contact.SaysYes})
		if after := p.Decide(&c).Verdict(); before == contact.Clean && after != contact.Clean {
			t.Fatalf("clean became %v", after)
		}
	})
}

func TestAddMonthsEndsWithAShortMonth(t *testing.T) {
	from := time.Date(2024, 2, 29, 23, 59, 59, 0, time.UTC)
	if got := addMonths(from, 12); got != time.Date(2025, 2, 28, 23, 59, 59, 0, time.UTC) {
		t.Errorf("29 February and a year is %v", got)
	}
}

func TestExplainTellsTheFact(t *testing.T) {
	p := standard()
	c := contact.Case{Phone: me, Direct: []contact.Fact{fact(contact.OptOut, contact.ViaList, contact.SMS, "2025-01-01")}}
	causes := p.Explain(&c)
	if len(causes) != 2 || causes[0].Fact != &c.Direct[0] || causes[1].Reason != contact.ConsentMissing {
		t.Errorf("got %v", causes)
	}
}
