package events_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cleanbase/internal/contact"
	"cleanbase/internal/events"
)

func anyMessage(t *rapid.T, row int) contact.Message {
	m := contact.Message{
		System:  rapid.SampledFrom([]string{"wazzup", "whatsapp", "max", "twilio", "smsc", "", ""}).Draw(t, "system"),
		ID:      rapid.SampledFrom([]string{"", "1", "2", "3"}).Draw(t, "id"),
		Channel: rapid.SampledFrom([]contact.Channel{contact.Any, contact.WhatsApp, contact.MAX}).Draw(t, "channel"),
		At:      rapid.SampledFrom([]contact.Moment{0, at("2026-11-10 08:00:00"), at("2026-11-10 09:00:00"), contact.OnDay(2026, 11, 10), contact.OnDay(2026, 11, 11)}).Draw(t, "at"),
		Origin:  contact.Origin{Input: int32(1 + row%3), Row: int32(row)},
	}
	people := []contact.Identifier{{}, who(anna), who(boris), contact.OfMessenger("max:5"), contact.OfMessenger("telegram:@anna")}
	m.Who = rapid.SampledFrom(people).Draw(t, "who")
	if m.Who.Key.Kind() == contact.MessengerID && rapid.Bool().Draw(t, "linked") {
		m.Also[0] = rapid.SampledFrom(people[1:]).Draw(t, "also")
	}
	if rapid.Bool().Draw(t, "is a status") {
		m.Status = rapid.SampledFrom([]string{"delivered", "read", "error", "stop", "bot_started", "bot_stopped", "25", "1"}).Draw(t, "status")
		m.Error = rapid.SampledFrom([]string{"", "BAD_CONTACT", "SPAM", "131050", "131026", "21610", "CHANNEL_BLOCKED"}).Draw(t, "error")
		return m
	}
	m.Direction = rapid.SampledFrom([]contact.Direction{contact.NoDirection, contact.In, contact.Out}).Draw(t, "way")
	m.Text = rapid.SampledFrom([]string{"", "стоп", "это спам", "хватит", "подпишите", "Спасибо", "START"}).Draw(t, "text")
	return m
}

// TestOrder: the evidence, its order and the report are the same whatever the
// order of messages.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(t, "n")
		all := make([]contact.Message, n)
		for i := range all {
			all[i] = anyMessage(t, i+1)
		}
		one, oneReport := joined(all)
		two, twoReport := joined(rapid.Permutation(all).Draw(t, "other order"))
		if !reflect.DeepEqual(one, two) {
			t.Fatalf("evidence depends on the order:\n%+v\n%+v", one, two)
		}
		if !reflect.DeepEqual(oneReport, twoReport) {
			t.Fatalf("the report depends on the order:\n%+v\n%+v", oneReport, twoReport)
		}
		thrice, thriceReport := joined(append(append(all[:n:n], all...), all...))
		if !reflect.DeepEqual(one, thrice) || thriceReport.Repeats < oneReport.Repeats+int64(said(all)) {
			t.Fatal("repeats change the evidence, or are not counted")
		}
	})
}

func said(all []contact.Message) (n int) {
	for i := range all {
		if !all[i].Bare() {
			n++
		}
	}
	return n
}

func joined(all []contact.Message) (list []contact.Evidence, rep events.Report) {
	j := events.NewJoiner(events.Options{ReadMessage: readMessage, OutageContacts: 1, OutageShare: 0.2})
	for _, m := range all {
		j.Add(m)
	}
	rep = j.Evidence(func(e contact.Evidence) { list = append(list, e) })
	return list, rep
}

// FuzzRead: any bytes are read or refused, never with a panic; what is read
// twice gives the same; evidence is always about somebody.
func FuzzRead(f *testing.F) {
	for _, pattern := range []string{"*/*.json", "*/*.jsonl"} {
		names, _ := filepath.Glob("../../fixtures/events/" + pattern)
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
			for _, line := range bytes.Split(data, []byte("\n")) {
				f.Add(line)
			}
		}
	}
	f.Add([]byte(`[[{"messages":[null]}],null,{"entry":[{"changes":[{"value":{"messages":[{}],"statuses":[{}]}}]}]}]`))
	f.Add([]byte(`{"body":"{\"body\":{\"body\":{\"test\":true}}}"}{"updates":[{"message":{"body":[]}},{}]}`))
	f.Add([]byte("13.03.24, 14:05 - +7 911 000-00-01: Стоп\n  \n[3/13/24, 2:05:00\u202fPM] \u200eАнна: \u200e<attached: a.jpg>\n13.03.24, 14:05 - Анна вышла"))
	f.Fuzz(func(t *testing.T, data []byte) {
		shape, told := events.Sniff(data)
		if !told && len(data)%2 == 0 {
			shape.System = "telegram"
		}
		run := func() (all []contact.Message, res events.Result, err error) {
			res, err = events.Read(bytes.NewReader(data), shape, time.UTC, func(m contact.Message) { all = append(all, m) })
			return all, res, err
		}
		all, res, err := run()
		again, _, _ := run()
		if !reflect.DeepEqual(all, again) || res.Unreadable > res.Entries || err == nil && told && res.Entries == 0 && shape.System != "telegram" {
			t.Fatalf("%d and %d messages, %+v, %v", len(all), len(again), res, err)
		}
		if err == nil && !shape.Prefixed && !shape.Text && !jsonThroughout(data) {
			t.Fatal("read to its end, but it is no JSON to its end")
		}
		list, _ := joined(all)
		for _, e := range list {
			if e.ID.Key == 0 || e.Kind == 0 || e.Via == 0 || e.Rule == "" {
				t.Fatalf("evidence about nobody: %+v", e)
			}
		}
	})
}

// jsonThroughout is the oracle: values, nothing but values.
func jsonThroughout(data []byte) bool {
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	for {
		var v json.RawMessage
		if err := dec.Decode(&v); err == io.EOF {
			return true
		} else if err != nil {
			return false
		}
	}
}

// live is how many megabytes are in use.
func live() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / 1e6
}

// TestWordsThatSayNothing: of what people write and nobody needs little is kept,
// however long it is.
func TestWordsThatSayNothing(t *testing.T) {
	const messages = 300_000
	j := joiner()
	before := live()
	for i := range messages {
		j.Add(contact.Message{System: "wazzup", ID: fmt.Sprint("m", i), Who: who(contact.Phone(79110000000 + i%1000)), Channel: contact.WhatsApp, Direction: contact.In,
			At: at("2026-11-10 08:00:00"), Text: fmt.Sprint("Здравствуйте! Когда придёт мой заказ номер ", i, "? Жду уже неделю.")})
	}
	if grown := (live() - before) * 1e6 / messages; grown > 24 {
		t.Errorf("%.0f bytes a message", grown)
	}
	if rep := j.Evidence(func(contact.Evidence) {}); rep.Repeats != 0 {
		t.Errorf("%d repeats", rep.Repeats)
	}
}

// BenchmarkWazzup reads and joins a log of Wazzup webhooks: for each person
// two messages out, each with two statuses, and every tenth person's answer.
func BenchmarkWazzup(b *testing.B) {
	const lines = 1_000_000
	var log bytes.Buffer
	for i := 0; log.Len() >= 0 && i*5 < lines; i++ {
		chat := 79110000000 + i
		for k := range 2 {
			id := fmt.Sprintf("a1b2c3d4-0000-4000-8000-%08d%04d", i, k)
			fmt.Fprintf(&log, `{"messages":[{"messageId":"%s","channelId":"5f2c0c1e-0000-4000-8000-00000000c001","chatType":"whatsapp","chatId":"%d","dateTime":"2026-11-10T08:%02d:00.000Z","type":"text","isEcho":true,"contact":{"name":"Клиент","avatarUri":"https://example.org/a.jpg"},"text":"Здравствуйте! Ваш заказ готов, ждём вас.","status":"sent"}]}`+"\n", id, chat, i%60)
			fmt.Fprintf(&log, `{"statuses":[{"messageId":"%s","timestamp":"2026-11-10T08:%02d:30.000Z","status":"delivered"}]}`+"\n", id, i%60)
		}
		fmt.Fprintf(&log, `{"messages":[{"messageId":"b1b2c3d4-0000-4000-8000-%012d","channelId":"5f2c0c1e-0000-4000-8000-00000000c001","chatType":"whatsapp","chatId":"%d","dateTime":"2026-11-10T09:%02d:00.000Z","type":"text","isEcho":false,"contact":{"name":"Клиент"},"text":"%s","status":"inbound"}]}`+"\n", i, chat, i%60,
			[]string{"Спасибо, буду", "стоп"}[min(1, i%1000/999)])
	}
	shape, _ := events.Sniff(log.Bytes()[:64<<10])
	b.SetBytes(int64(log.Len()))
	before := live()
	b.ResetTimer()
	for range b.N {
		j := joiner()
		res, err := events.Read(bytes.NewReader(log.Bytes()), shape, nil, j.Add)
		b.ReportMetric(live()-before, "live-MB")
		n := 0
		j.Evidence(func(contact.Evidence) { n++ })
		if err != nil || res.Entries != lines {
			b.Fatal(res, err)
		}
		b.ReportMetric(float64(n), "evidence")
	}
}
