package events_test

import (
	"fmt"
	"testing"
	"time"

	"cleanbase/internal/contact"
	"cleanbase/internal/events"
)

// remembering is a joiner whose messages runs remember.
func remembering() *events.Joiner {
	return events.NewJoiner(events.Options{OutageContacts: 200, OutageShare: 0.2, MessageID: func(hash uint64) contact.Identifier { return contact.OfMessage(fmt.Sprintf("%016x", hash)) }})
}

// TestOutageOverRuns: what share of a day's sends failed goes by all that is known
// of that day; a status whose message nobody knows is kept whatever it is, to be
// judged when the message comes.
func TestOutageOverRuns(t *testing.T) {
	day := time.Date(2026, 11, 10, 8, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		recalled      bool
		before        int64
		held, outages int
	}{
		"a tenth of the day's":    {true, 225, 25, 0},
		"nearly all of the day's": {true, 0, 0, 1},
		"of messages unknown":     {false, 0, 25, 1},
	} {
		j := remembering()
		for _, m := range mailing(25, 25, "BAD_CONTACT", day) {
			if m.Status != "" {
				j.Add(m)
			}
		}
		if c.recalled {
			var asked []contact.Sending
			j.Messages(func(s contact.Sending) bool { asked = append(asked, s); return true })
			for i, s := range asked {
				if len(s.To) > 0 {
					t.Fatalf("%+v", s)
				}
				j.Found(contact.Sending{No: s.No, Day: int32(day.Unix() / 86400), Channel: contact.WhatsApp, To: []contact.Identifier{who(anna + contact.Phone(i))}})
			}
		}
		j.Sent(int32(day.Unix()/86400), contact.WhatsApp, c.before)
		held := 0
		rep := j.Evidence(func(e contact.Evidence) {
			if held++; e.Kind != contact.Unreachable || (e.ID.Key.Kind() == contact.MessageID) == c.recalled {
				t.Errorf("%s: %+v", name, e)
			}
		})
		if held != c.held || len(rep.Outages) != c.outages || rep.Recalled+rep.UnknownStatuses != 25 || (rep.Recalled > 0) != c.recalled {
			t.Errorf("%s: %d held, %+v", name, held, rep)
		}
	}
}

// TestGatewayIDs: a gateway's own short ids begin anew some day: a status long
// after a message, or before it, is another's.
func TestGatewayIDs(t *testing.T) {
	status := contact.Message{System: "smsc", ID: "7", Status: "25", At: contact.OnDay(2026, 11, 10)}
	sent := func(y int, m time.Month, d int) int32 {
		return int32(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
	}
	for day, known := range map[int32]bool{sent(2026, 11, 10): true, sent(2026, 10, 20): true, 0: true, sent(2026, 9, 1): false, sent(2026, 11, 15): false} {
		for _, system := range []string{"smsc", "whatsapp"} {
			m := status
			if m.System = system; system == "whatsapp" {
				m.Status, m.Error = "failed", "131026"
			}
			j := remembering()
			j.Add(m)
			j.Messages(func(s contact.Sending) bool {
				j.Found(contact.Sending{No: s.No, Day: day, To: []contact.Identifier{who(anna)}})
				return true
			})
			theirs := false
			j.Evidence(func(e contact.Evidence) { theirs = e.ID.Key == contact.Key(anna) })
			if theirs != (known || system == "whatsapp") {
				t.Errorf("a status of %s for a message of day %d: %v", system, day, theirs)
			}
		}
	}
}
