package audit

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"

	"cleanbase/internal/contact"
)

// journal is a made-up log of messages, and what it was told of them.
type journal struct {
	sent  []contact.Sending
	told  []string
	kept  []contact.Evidence
	other map[string]int64
}

func (j *journal) Messages(yield func(contact.Sending) bool) {
	for i, s := range j.sent {
		if s.No = uint32(i + 1); !yield(s) {
			return
		}
	}
}

func (j *journal) Found(s contact.Sending) {
	line := fmt.Sprint(s.No, " ", s.Day, " ", s.Channel)
	for _, id := range s.To {
		line += " " + id.String()
	}
	j.told = append(j.told, line)
}

func (j *journal) Kept(no uint32, e contact.Evidence) {
	j.told = append(j.told, fmt.Sprint(no, " ", e.Kind, " ", e.Rule, " ", e.At.Short(), " row ", e.Origin.Row))
	j.kept = append(j.kept, e)
}

func (j *journal) Sent(day int32, channel contact.Channel, n int64) {
	if j.other == nil {
		j.other = map[string]int64{}
	}
	j.other[fmt.Sprint(day, " ", channel)] += n
}

// dayOf is a day of the tests' March in days since 1970.
func dayOf(day int) int32 { return int32(asOf(day).Unix() / 86400) }

func messageID(t testing.TB, d *DB, hash uint64) contact.Identifier {
	t.Helper()
	ids, err := d.MessageIDs()
	if err != nil {
		t.Fatal(err)
	}
	return ids(hash)
}

// recallRun is a run over one log, with evidence made of what it was told.
func recallRun(t testing.TB, d *DB, day int, j *journal, facts ...contact.Evidence) {
	t.Helper()
	r := begin(t, d, day)
	if _, err := r.AddInput(Input{No: 1, Path: "log.jsonl", Role: "events", SHA256: fmt.Sprintf("%064x", r.seq), Rows: 9}); err != nil {
		t.Fatal(err)
	}
	if err := r.RecallMessages(j); err != nil {
		t.Fatal(err)
	}
	if err := r.AddEvidence(append(facts, j.kept...)); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Seal(decide(nil), Outcome{Status: Published}); err != nil {
		t.Fatal(err)
	}
	if err := r.Finish(Published, asOf(day)); err != nil {
		t.Fatal(err)
	}
}

func failure(id contact.Identifier, row int32) contact.Evidence {
	return contact.Evidence{Kind: contact.Unreachable, Via: contact.ViaPlatform, Channel: contact.WhatsApp, ID: id, At: contact.At(asOf(2)), Origin: contact.Origin{Input: 1, Row: row}, Rule: "platform:wazzup:BAD_CONTACT"}
}

// writeAndHear is three runs: messages and the status of another, the same log
// again with that message, and the statuses alone.
func writeAndHear(t testing.TB, d *DB, day int) {
	t.Helper()
	tg := contact.OfMessenger("telegram:4001")
	anna, boris := contact.OfPhone(79161230001), contact.OfPhone(79161230002)
	wrote := contact.Evidence{Kind: contact.Outbound, Via: contact.ViaPlatform, ID: tg, At: contact.At(asOf(1)), Origin: contact.Origin{Input: 1, Row: 1}, Rule: "platform:wazzup:message"}
	id := func(hash uint64) contact.Key { return messageID(t, d, hash).Key }
	one := contact.Sending{ID: id(1), Day: dayOf(1), Channel: contact.Telegram, To: []contact.Identifier{tg, anna}}
	old := contact.Sending{ID: id(3), Day: dayOf(1) - 100, Channel: contact.WhatsApp, To: []contact.Identifier{anna}}
	recallRun(t, d, day, &journal{sent: []contact.Sending{one, old}}, wrote, failure(messageID(t, d, 2), 4))

	late := &journal{sent: []contact.Sending{one, {ID: id(2), Day: dayOf(2), Channel: contact.WhatsApp, To: []contact.Identifier{boris}}}}
	r := begin(t, d, day+1)
	if _, err := r.AddInput(Input{No: 1, Path: "log.jsonl", Role: "events", SHA256: fmt.Sprintf("%064x", r.seq), Rows: 9}); err != nil {
		t.Fatal(err)
	}
	if err := r.RecallMessages(late); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(late.told, "\n"); got != "2 unreachable platform:wazzup:BAD_CONTACT 2026-03-02 09:00 row 4" || late.other[fmt.Sprint(dayOf(1), " telegram")] != 0 {
		t.Errorf("of the message that came later: %q, %v", got, late.other)
	}
	late.kept[0].ID = boris
	if err := r.AddEvidence(late.kept); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Seal(decide(nil), Outcome{Status: Published}); err != nil {
		t.Fatal(err)
	}
	if err := r.Finish(Published, asOf(day)); err != nil {
		t.Fatal(err)
	}

	statuses := &journal{sent: []contact.Sending{{ID: id(1)}, {ID: id(3)}, {ID: id(4)}}}
	recallRun(t, d, day+2, statuses)
	want := fmt.Sprintf("1 %d telegram +79161230001 telegram:4001", dayOf(1))
	if got := strings.Join(statuses.told, "\n"); got != want || statuses.other[fmt.Sprint(dayOf(1), " telegram")] != 0 || statuses.other[fmt.Sprint(dayOf(2), " whatsapp")] != 1 {
		t.Errorf("of the statuses: %q, %v", got, statuses.other)
	}
}

// A message is found again by the runs after it, a status waits for its message
// and keeps its own file and row, and nobody learns of statuses that are nobody's.
func TestMessages(t *testing.T) {
	d := open(t, tempPath(t))
	writeAndHear(t, d, 1)
	mustVerify(t, d)
	s, err := d.Explain(79161230002)
	if err != nil || len(s.Evidence) != 1 || s.Evidence[0].Row != 4 {
		t.Errorf("%+v, %v", s, err)
	}
	people := 0
	d.EachEvidence(func(e contact.Evidence) bool {
		if people++; e.ID.Key.Kind() == contact.MessageID {
			t.Errorf("a status of nobody's: %+v", e)
		}
		return true
	})
	if people != 2 {
		t.Errorf("%d pieces of evidence", people)
	}
	keys, err := d.Unseen(asOf(30))
	if err != nil || len(keys) != 3 {
		t.Errorf("people not seen lately: %v, %v", keys, err)
	}
}

// An id that was one person's message and is another's now is nobody's.
func TestMessageOfTwo(t *testing.T) {
	d := open(t, tempPath(t))
	to := func(p contact.Phone) *journal {
		return &journal{sent: []contact.Sending{{ID: messageID(t, d, 7).Key, Day: dayOf(1), Channel: contact.SMS, To: []contact.Identifier{contact.OfPhone(p)}}}}
	}
	ask := func(day int) []string {
		j := &journal{sent: []contact.Sending{{ID: messageID(t, d, 7).Key}}}
		recallRun(t, d, day, j)
		return j.told
	}
	recallRun(t, d, 1, to(79161230001))
	if got := ask(2); len(got) != 1 {
		t.Errorf("%v", got)
	}
	recallRun(t, d, 3, to(79161230001))
	if got := ask(4); len(got) != 1 {
		t.Errorf("the same again: %v", got)
	}
	recallRun(t, d, 5, to(79161230002))
	recallRun(t, d, 6, to(79161230002))
	if got := ask(7); len(got) != 0 {
		t.Errorf("of two: %v", got)
	}
	mustVerify(t, d)
}

// Of a forgotten person no byte says that a message was theirs; a later status
// of it is of nobody known.
func TestForgetMessages(t *testing.T) {
	const phone = 79161234567
	tg := contact.OfMessenger("telegram:olga1985")
	for name, facts := range map[string][]contact.Evidence{"with evidence": {failure(contact.OfPhone(phone), 2), failure(tg, 3)}, "a message alone": nil} {
		t.Run(name, func(t *testing.T) {
			path := tempPath(t)
			d := open(t, path)
			message := contact.Sending{ID: messageID(t, d, 1).Key, Day: dayOf(1), Channel: contact.WhatsApp, To: []contact.Identifier{contact.OfPhone(phone)}}
			others := contact.Sending{ID: messageID(t, d, 2).Key, Day: dayOf(1), Channel: contact.WhatsApp, To: []contact.Identifier{contact.OfPhone(79161230001)}}
			recallRun(t, d, 1, &journal{sent: []contact.Sending{message, others}}, facts...)
			told := append(traces(phone), binary.AppendUvarint(nil, uint64(tg.Key)))
			if len(holds(t, path, told)) == 0 {
				t.Fatal("the search can't find")
			}
			keys := []contact.Key{phone}
			if facts != nil {
				keys = append(keys, tg.Key)
			}
			if _, err := d.Forget(keys, "по её письму", asOf(3)); err != nil {
				t.Fatal(err)
			}
			if got := holds(t, path, append(told, []byte("olga1985"))); len(got) > 0 {
				t.Errorf("left: %v", got)
			}
			mustVerify(t, d)
			j := &journal{sent: []contact.Sending{{ID: message.ID}, {ID: others.ID}}}
			recallRun(t, d, 4, j, failure(messageID(t, d, 1), 5))
			if len(j.told) != 1 || !strings.HasPrefix(j.told[0], "2 ") {
				t.Errorf("%v", j.told)
			}
			if s, err := d.Explain(phone); s != nil || err != nil {
				t.Errorf("%+v, %v", s, err)
			}
			if got := holds(t, path, told); len(got) > 0 {
				t.Errorf("back: %v", got)
			}
			mustVerify(t, d)
		})
	}
}

// Whom nothing but old messages were to is among those not seen lately.
func TestUnseenMessages(t *testing.T) {
	d := open(t, tempPath(t))
	to := func(hash uint64, day int, p contact.Phone) contact.Sending {
		return contact.Sending{ID: messageID(t, d, hash).Key, Day: dayOf(day), To: []contact.Identifier{contact.OfPhone(p)}}
	}
	undated := to(4, 1, 79161230004)
	undated.Day = 0
	recallRun(t, d, 9, &journal{sent: []contact.Sending{to(1, 2, 79161230001), to(2, 8, 79161230002), to(3, 2, 79161230002), undated}})
	keys, err := d.Unseen(asOf(5))
	slices.Sort(keys)
	if err != nil || !slices.Equal(keys, []contact.Key{79161230001, 79161230004}) {
		t.Fatalf("%v, %v", keys, err)
	}
	if _, err := d.Forget(keys, "retain", asOf(10)); err != nil {
		t.Fatal(err)
	}
	if keys, err = d.Unseen(asOf(5)); err != nil || len(keys) != 0 {
		t.Errorf("%v, %v", keys, err)
	}
	mustVerify(t, d)
}

// A message takes few bytes, and a run that knows it already none.
func TestMessagesAreSmall(t *testing.T) {
	d := open(t, tempPath(t))
	ids, err := d.MessageIDs()
	if err != nil {
		t.Fatal(err)
	}
	const n = 20_000
	j := &journal{}
	for i := range n {
		j.sent = append(j.sent, contact.Sending{ID: ids(contact.Hash(fmt.Sprint(i))).Key, Day: dayOf(1 + i%3), Channel: contact.WhatsApp, To: []contact.Identifier{contact.OfPhone(contact.Phone(79110000000 + i))}})
	}
	size := func() (bytes int64) {
		d.one("SELECT coalesce(sum(length(entries)), 0) FROM posting WHERE list = 7", nil, &bytes)
		return bytes
	}
	recallRun(t, d, 4, j)
	once := size()
	slices.Reverse(j.sent)
	recallRun(t, d, 5, j)
	if once > 19*n || size() != once {
		t.Errorf("%d bytes for %d messages, %d the second time", once, n, size())
	}
}

// The names of messages are behind a key of the database's own, and the same
// after a new key for the forgotten.
func TestMessageIDs(t *testing.T) {
	a, b := open(t, tempPath(t)), open(t, tempPath(t))
	one := messageID(t, a, 1)
	if one == messageID(t, b, 1) || one == messageID(t, a, 2) || one.Key.Kind() != contact.MessageID {
		t.Errorf("%v", one)
	}
	if err := a.RotateKey(); err != nil {
		t.Fatal(err)
	}
	if again := messageID(t, a, 1); again != one {
		t.Errorf("%v after a new key, %v before", again, one)
	}
}
