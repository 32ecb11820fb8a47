package events_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cleanbase/internal/contact"
	"cleanbase/internal/events"
)

const anna, boris = contact.Phone(79110000001), contact.Phone(79110000002)

func status(system, id, status, code string) contact.Message {
	return contact.Message{System: system, ID: id, Status: status, Error: code, At: at("2026-11-10 08:00:00"), Channel: contact.WhatsApp, Who: who(anna)}
}

// TestCodes: what each kind of code is evidence of, and that the sender's own
// trouble touches nobody.
func TestCodes(t *testing.T) {
	for _, c := range []struct{ system, status, code, want, alarm string }{
		{"wazzup", "error", "BAD_CONTACT", "unreachable", ""},
		{"wazzup", "error", "SPAM", "suspected_spam", ""},
		{"wazzup", "error", "MESSAGES_IS_SPAM", "suspected_spam", ""},
		{"wazzup", "error", "24_HOURS_EXCEEDED", "", ""},
		{"wazzup", "error", "CHANNEL_BLOCKED", "", "CHANNEL_BLOCKED"},
		{"wazzup", "error", "NOT_ENOUGH_MONEY", "", "NOT_ENOUGH_MONEY"},
		{"wazzup", "error", "BALANCE_IS_EMPTY", "", "BALANCE_IS_EMPTY"},
		{"wazzup", "error", "SOMETHING_NEW", "", "SOMETHING_NEW"},
		{"wazzup", "error", "", "", "error"},
		{"wazzup", "error", "no phone +79110000001", "", "other"},
		{"wazzup", "read", "", "delivered", ""},
		{"wazzup", "sent", "", "", ""},
		{"whatsapp", "failed", "131050", "optout", ""},
		{"whatsapp", "stop", "", "optout", ""},
		{"whatsapp", "resume", "", "optin", ""},
		{"whatsapp", "failed", "131026", "unreachable", ""},
		{"whatsapp", "failed", "1026", "unreachable", ""},
		{"whatsapp", "failed", "131049", "", ""},
		{"whatsapp", "failed", "130472", "", ""},
		{"whatsapp", "failed", "131047", "", ""},
		{"whatsapp", "failed", "131056", "", ""},
		{"whatsapp", "failed", "131048", "", "131048"},
		{"whatsapp", "failed", "131031", "", "131031"},
		{"whatsapp", "failed", "368", "", "368"},
		{"whatsapp", "failed", "131042", "", "131042"},
		{"whatsapp", "failed", "130429", "", "130429"},
		{"whatsapp", "failed", "130497", "", "130497"},
		{"max", "bot_started", "", "bot_started", ""},
		{"max", "bot_stopped", "", "bot_stopped", ""},
		{"twilio", "failed", "21610", "optout", ""},
		{"twilio", "failed", "63014.0", "optout", ""},
		{"twilio", "undelivered", "30034", "", "30034"},
		{"twilio", "delivered", "0", "delivered", ""},
		{"smsc", "1", "0", "delivered", ""},
		{"smsc", "1.0", "", "delivered", ""},
		{"smsc", "20", "1", "unreachable", ""},
		{"smsc", "20", "6", "", ""},
		{"smsc", "22", "", "unreachable", ""},
		{"smsc", "25", "", "unreachable", ""},
		{"smsc", "24", "", "", "24"},
		{"smsru", "103", "", "delivered", ""},
		{"smsru", "108", "", "", "108"},
		{"mobizon", "DELIVRD", "", "delivered", ""},
		{"mobizon", "undeliv", "", "unreachable", ""},
		{"", "", "131026", "unreachable", ""},
		{"", "ошибка", "131048", "", "131048"},
		{"", "ошибка", "BAD_CONTACT", "unreachable", ""},
		{"", "20", "", "", ""},
	} {
		lines, rep := evidence([]contact.Message{status(c.system, "1", c.status, c.code)})
		want, code := "", strings.TrimSuffix(c.code, ".0")
		if c.want != "" {
			if code == "" || code == "0" {
				code = strings.TrimSuffix(c.status, ".0")
			}
			want = c.want + " platform +79110000001 whatsapp 2026-11-10 08:00 platform:" + strings.TrimPrefix(c.system+":", ":") + code
		}
		alarm := ""
		for _, a := range rep.Alarms {
			alarm += a.Code
		}
		if got := strings.Join(lines, "\n"); got != want || alarm != c.alarm {
			t.Errorf("%s %s %s: %q, alarm %q\nwant %q, %q", c.system, c.status, c.code, got, alarm, want, c.alarm)
		}
	}
}

func TestJoining(t *testing.T) {
	out := contact.Message{System: "wazzup", ID: "1", Who: who(anna), Channel: contact.WhatsApp, Direction: contact.Out, At: at("2026-11-10 08:00:00")}
	bare := contact.Message{System: "wazzup", ID: "1", Status: "error", Error: "BAD_CONTACT", At: at("2026-11-10 08:01:00")}
	in := contact.Message{System: "wazzup", ID: "2", Who: who(anna), Channel: contact.WhatsApp, Direction: contact.In, At: at("2026-11-10 09:00:00"), Text: "СТОП"}
	later, edited, doubtful := in, in, in
	later.At, later.ID, later.Text = at("2026-11-11 09:00:00"), "3", "Здравствуйте"
	edited.Text = "это спам"
	doubtful.Direction = contact.NoDirection
	maxStop := contact.Message{System: "max", Who: contact.OfMessenger("max:5"), Channel: contact.MAX, Status: "bot_stopped", At: at("2026-11-10 10:00:00")}
	maxSaid := contact.Message{System: "max", ID: "m", Who: contact.OfMessenger("max:5"), Channel: contact.MAX, Direction: contact.In, Text: "стоп", At: at("2026-11-10 10:00:00")}
	link := contact.Message{System: "max", Who: contact.OfMessenger("max:5"), Also: [2]contact.Identifier{who(boris)}}
	keyword := contact.Message{System: "twilio", ID: "s", Who: who(anna), Channel: contact.SMS, Direction: contact.In, Text: " Stop ", At: at("2026-11-10 08:00:00")}
	table := contact.Message{ID: "1", Who: who(anna), Direction: contact.Out, At: at("2026-11-10 08:00:00")}
	tableStatus := contact.Message{ID: "1", Status: "Не доставлено", Means: contact.Unreachable, At: at("2026-11-10 09:00:00")}
	other := table
	other.Who = who(boris)
	undated, day := out, out
	undated.ID, undated.At = "8", 0
	day.ID, day.At = "9", contact.OnDay(2026, 11, 10)
	early := in
	early.Text, early.At, early.Early = "подпишите", contact.OnDay(2026, 11, 10), contact.OnDay(2026, 10, 11)
	for name, c := range map[string]struct {
		all     []contact.Message
		want    string
		repeats int64
		unknown int64
	}{
		"a status finds its message": {[]contact.Message{bare, out}, "outbound platform +79110000001 whatsapp 2026-11-10 08:00 platform:wazzup:message\nunreachable platform +79110000001 whatsapp 2026-11-10 08:01 platform:wazzup:BAD_CONTACT", 0, 0},
		"a status of no message":     {[]contact.Message{bare, bare}, "", 1, 1},
		"said twice":                 {[]contact.Message{in, in, in}, "inbound platform +79110000001 whatsapp 2026-11-10 09:00 platform:wazzup:message\noptout message +79110000001 whatsapp 2026-11-10 09:00 message:stop СТОП", 2, 0},
		"edited":                     {[]contact.Message{in, edited, in, edited}, "inbound platform +79110000001 whatsapp 2026-11-10 09:00 platform:wazzup:message\noptout message +79110000001 whatsapp 2026-11-10 09:00 message:stop СТОП\ncomplaint message +79110000001 whatsapp 2026-11-10 09:00 message:spam это спам", 2, 0},
		"newest inbound":             {[]contact.Message{later, in}, "inbound platform +79110000001 whatsapp 2026-11-11 09:00 platform:wazzup:message\noptout message +79110000001 whatsapp 2026-11-10 09:00 message:stop СТОП", 0, 0},
		"perhaps not said to us":     {[]contact.Message{doubtful}, "unsure message +79110000001 whatsapp 2026-11-10 09:00 message:stop СТОП", 0, 0},
		"linked": {[]contact.Message{maxStop, maxSaid, link}, "inbound platform +79110000002 max 2026-11-10 10:00 platform:max:message\nbot_stopped platform +79110000002 max 2026-11-10 10:00 platform:max:bot_stopped\noptout message +79110000002 max 2026-11-10 10:00 message:stop стоп\n" +
			"inbound platform max:5 max 2026-11-10 10:00 platform:max:message\nbot_stopped platform max:5 max 2026-11-10 10:00 platform:max:bot_stopped\noptout message max:5 max 2026-11-10 10:00 message:stop стоп", 0, 0},
		"keyword":                   {[]contact.Message{keyword}, "optout platform +79110000001 sms 2026-11-10 08:00 platform:twilio:keyword\ninbound platform +79110000001 sms 2026-11-10 08:00 platform:twilio:message", 0, 0},
		"a table's bare status":     {[]contact.Message{tableStatus, table}, "outbound platform +79110000001 any 2026-11-10 08:00 platform:message\nunreachable platform +79110000001 any 2026-11-10 09:00 platform:Не доставлено", 0, 0},
		"an id of two people's":     {[]contact.Message{tableStatus, table, other}, "outbound platform +79110000001 any 2026-11-10 08:00 platform:message\noutbound platform +79110000002 any 2026-11-10 08:00 platform:message", 0, 1},
		"precision is not compared": {[]contact.Message{undated, day, out}, "outbound platform +79110000001 whatsapp platform:wazzup:message\noutbound platform +79110000001 whatsapp 2026-11-10 08:00 platform:wazzup:message\noutbound platform +79110000001 whatsapp 2026-11-10 platform:wazzup:message", 0, 0},
		"a doubtful date of joining again is the earlier": {[]contact.Message{early}, "inbound platform +79110000001 whatsapp 2026-11-10 platform:wazzup:message\noptin message +79110000001 whatsapp 2026-10-11 message:start подпишите", 0, 0},
	} {
		for range 2 {
			lines, rep := evidence(c.all)
			slices.Sort(lines)
			want := strings.Split(c.want, "\n")
			if c.want == "" {
				want = nil
			}
			slices.Sort(want)
			if got := strings.Join(lines, "\n"); got != strings.Join(want, "\n") || rep.Repeats != c.repeats || rep.UnknownStatuses != c.unknown {
				t.Errorf("%s: repeats %d, unknown %d\n got %s\nwant %s", name, rep.Repeats, rep.UnknownStatuses, got, strings.Join(want, "\n"))
			}
			slices.Reverse(c.all)
		}
	}
}

// mailing is a day's sends of which the first so many failed.
func mailing(sent, failed int, code string, day time.Time) (all []contact.Message) {
	for i := range sent {
		m := contact.Message{System: "wazzup", ID: fmt.Sprint(day.YearDay(), code, i), Who: who(anna + contact.Phone(i)), Channel: contact.WhatsApp, Direction: contact.Out, At: contact.At(day)}
		all = append(all, m)
		if i < failed {
			m.Status, m.Error, m.Direction, m.Who = "error", code, contact.NoDirection, contact.Identifier{}
			all = append(all, m)
		}
	}
	return all
}

// TestOutage: the limits of the contract, each from both sides.
func TestOutage(t *testing.T) {
	day := time.Date(2026, 11, 10, 8, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		sent, failed int
		code         string
		held         int
		outage       bool
	}{
		{100, 20, "BAD_CONTACT", 20, false}, // 20 % is not more than 20 %
		{100, 21, "BAD_CONTACT", 0, true},
		{30, 19, "BAD_CONTACT", 19, false}, // fewer than 20 contacts
		{30, 20, "SPAM", 0, true},
		{2000, 200, "BAD_CONTACT", 200, false},
		{2000, 201, "BAD_CONTACT", 0, true},
	} {
		all := mailing(c.sent, c.failed, c.code, day)
		all = append(all, mailing(100, 5, c.code, day.AddDate(0, 0, 1))...) // another day is judged by itself
		lines, rep := evidence(all)
		held := 0
		for _, l := range lines {
			if strings.HasPrefix(l, "unreachable") || strings.HasPrefix(l, "suspected_spam") {
				held++
			}
		}
		outages := 0
		for _, o := range rep.Outages {
			outages++
			if o.Class != "wazzup:"+c.code || o.Day.Short() != "2026-11-10" || o.Contacts != int64(c.failed) || o.Sent != int64(c.sent) || o.Channel != contact.WhatsApp {
				t.Errorf("%+v: %+v", c, o)
			}
		}
		want := c.held + 5
		if c.held > 0 { // the same people fail on the next day
			want = c.held
		}
		if held != want || (outages == 1) != c.outage {
			t.Errorf("%+v: %d held, outages %+v", c, held, rep.Outages)
		}
	}
}

// TestRefusalIsNoOutage: however many refuse on one day, each is believed.
func TestRefusalIsNoOutage(t *testing.T) {
	var all []contact.Message
	for i := range 500 {
		all = append(all, contact.Message{System: "whatsapp", ID: fmt.Sprint(i), Who: who(anna + contact.Phone(i)), Status: "failed", Error: "131050", At: at("2026-11-10 08:00:00")})
	}
	lines, rep := evidence(all)
	if len(lines) != 500 || len(rep.Outages) != 0 || len(rep.Days) != 1 || rep.Days[0].Refusals != 500 || rep.Days[0].Sent != 500 {
		t.Errorf("%d pieces of evidence, %+v", len(lines), rep)
	}
}

// TestDays: the figures that the gates judge by.
func TestDays(t *testing.T) {
	day := time.Date(2026, 11, 10, 22, 30, 0, 0, time.UTC)
	all := mailing(50, 3, "SPAM", day)
	for i, text := range []string{"стоп", "стоп", "это спам", "Спасибо"} {
		all = append(all, contact.Message{System: "wazzup", ID: fmt.Sprint("in", i), Who: who(anna + contact.Phone(i/2)), Channel: contact.WhatsApp, Direction: contact.In, Text: text, At: contact.At(day.Add(time.Hour))})
	}
	j := events.NewJoiner(events.Options{ReadMessage: readMessage, Zone: moscow, OutageContacts: 200, OutageShare: 0.2})
	for _, m := range append(all, all...) {
		j.Add(m)
	}
	rep := j.Evidence(func(contact.Evidence) {})
	want := []events.Day{{Day: contact.OnDay(2026, 11, 11), Sent: 50, Refusals: 1, Complaints: 1, Spam: 3}}
	if !slices.Equal(rep.Days, want) || rep.Repeats != int64(len(all)) {
		t.Errorf("%+v", rep)
	}
}
