package events_test

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"cleanbase/internal/contact"
	"cleanbase/internal/events"
)

func line(m contact.Message) string {
	parts := []string{m.System, m.Who.String(), m.Channel.String(), [...]string{"", "in", "out"}[m.Direction], m.At.Short(), m.ID, m.Text, m.Status, m.Error}
	if m.Button != "" {
		parts = append(parts, "["+m.Button+"]")
	}
	for _, also := range m.Also {
		if also.Key != 0 {
			parts = append(parts, "= "+also.String())
		}
	}
	kept := parts[:0]
	for _, s := range parts {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, " ")
}

func TestRead(t *testing.T) {
	const message = `{"update_type":"message_created","timestamp":1794300000000,"message":{"sender":{"user_id":%U,"name":"А"},"recipient":{"chat_type":"dialog","user_id":9},"timestamp":1794300000000,"body":{"mid":"m1","seq":116043270574650336,"text":"%T"%X}%L}}`
	max := func(user, text, extra, link string) string {
		return strings.NewReplacer("%U", user, "%T", text, "%X", extra, "%L", link).Replace(message)
	}
	for name, c := range map[string]struct{ file, want string }{
		"wazzup inbound":         {`{"messages":[{"messageId":"a","chatType":"whatsapp","chatId":"79110000001","dateTime":"2026-11-10T08:00:00Z","isEcho":false,"status":"inbound","text":"Привет"}]}`, "wazzup +79110000001 whatsapp in 2026-11-10 08:00 a Привет"},
		"wazzup echo":            {`{"messages":[{"messageId":"a","chatType":"whatsapp","chatId":"79110000001","dateTime":"2026-11-10T08:00:00Z","isEcho":true,"status":"sent","text":"Привет"}]}`, "wazzup +79110000001 whatsapp out 2026-11-10 08:00 a sent"},
		"wazzup by the API":      {`{"messages":[{"messageId":"a","chatType":"whatsapp","chatId":"79110000001","dateTime":"2026-11-10T08:00:00Z","isEcho":false,"status":"error","error":{"error":"BAD_CONTACT","description":"x"},"text":"Привет"}]}`, "wazzup +79110000001 whatsapp out 2026-11-10 08:00 a error BAD_CONTACT"},
		"wazzup status":          {`{"statuses":[{"messageId":"a","timestamp":"2026-11-10T08:00:00.123Z","status":"error","error":{"error":"SPAM","data":[1]}}]}`, "wazzup any 2026-11-10 08:00 a error SPAM"},
		"wazzup error as text":   {`{"statuses":[{"messageId":"a","timestamp":"2026-11-10T08:00:00Z","status":"error","error":"SPAM"}]}`, "wazzup any 2026-11-10 08:00 a error SPAM"},
		"wazzup no zone":         {`{"statuses":[{"messageId":"a","timestamp":"2026-11-10T08:00:00","status":"read"}]}`, "wazzup any 2026-11-10 05:00 a read"},
		"wazzup deleted":         {`{"messages":[{"messageId":"a","chatType":"whatsapp","chatId":"79110000001","dateTime":"2026-11-10T08:00:00Z","isEcho":false,"status":"inbound","text":"","isDeleted":true,"oldInfo":{"oldText":"стоп"}}]}`, "wazzup +79110000001 whatsapp in 2026-11-10 08:00 a\nwazzup +79110000001 whatsapp in 2026-11-10 08:00 a стоп"},
		"wazzup edited":          {`{"messages":[{"messageId":"a","chatType":"whatsapp","chatId":"79110000001","dateTime":"2026-11-10T08:00:00Z","isEcho":true,"status":"sent","text":"Скидка","isEdited":true,"oldInfo":{"oldText":"Ответьте стоп"}}]}`, "wazzup +79110000001 whatsapp out 2026-11-10 08:00 a sent"},
		"wazzup telegram":        {`{"messages":[{"messageId":"a","chatType":"telegram","chatId":"4001","dateTime":"2026-11-10T08:00:00Z","isEcho":false,"status":"inbound","text":"Привет","contact":{"phone":"79110000001","username":"Anna_K"}}]}`, "wazzup telegram:4001 telegram in 2026-11-10 08:00 a Привет = +79110000001 = telegram:@anna_k"},
		"wazzup hidden number":   {`{"messages":[{"messageId":"a","chatType":"whatsapp","chatId":"123456789012345@lid","dateTime":"2026-11-10T08:00:00Z","isEcho":false,"status":"inbound","text":"Привет"}]}`, "wazzup whatsapp:123456789012345 whatsapp in 2026-11-10 08:00 a Привет"},
		"wazzup group":           {`{"messages":[{"messageId":"a","chatType":"whatsgroup","chatId":"79110000001-1616161616@g.us","dateTime":"2026-11-10T08:00:00Z","isEcho":false,"status":"inbound","text":"стоп"}]}`, ""},
		"wazzup other channel":   {`{"messages":[{"messageId":"a","chatType":"avito","chatId":"u2i-1","dateTime":"2026-11-10T08:00:00Z","isEcho":false,"status":"inbound","text":"стоп","contact":{"phone":"79110000001"}}]}`, "wazzup +79110000001 any in 2026-11-10 08:00 a стоп"},
		"wazzup array":           {`[{"test":true},{"statuses":[{"messageId":"a","timestamp":"2026-11-10T08:00:00Z","status":"read"}]}]`, "wazzup any 2026-11-10 08:00 a read"},
		"wazzup in a log":        {`{"received":"x","body":{"statuses":[{"messageId":"a","timestamp":"2026-11-10T08:00:00Z","status":"read"}]}}`, "wazzup any 2026-11-10 08:00 a read"},
		"wazzup as text":         {`{"at":1,"payload":"{\"statuses\":[{\"messageId\":\"a\",\"timestamp\":\"2026-11-10T08:00:00Z\",\"status\":\"read\"}]}"}`, "wazzup any 2026-11-10 08:00 a read"},
		"wazzup texts":           {`["{\"statuses\":[{\"messageId\":\"a\",\"timestamp\":\"2026-11-10T08:00:00Z\",\"status\":\"read\"}]}"]`, "wazzup any 2026-11-10 08:00 a read"},
		"wazzup in a request":    {`{"id":7,"request":{"headers":{"host":"x"},"content":[{"statuses":[{"messageId":"a","timestamp":"2026-11-10T08:00:00Z","status":"read"}]}]}}`, "wazzup any 2026-11-10 08:00 a read"},
		"wazzup after times":     {"started\n[2026-11-10 11:00:00] INFO {\"statuses\":[{\"messageId\":\"a\",\"timestamp\":\"2026-11-10T08:00:00Z\",\"status\":\"read\"}]}\n", "wazzup any 2026-11-10 08:00 a read"},
		"whatsapp changes":       {`{"field":"messages","value":{"metadata":{"display_phone_number":"79110009999"},"statuses":[{"id":"w1","recipient_id":"79110000001","status":"read","timestamp":"1794300000"}]}}`, "whatsapp +79110000001 whatsapp 2026-11-10 08:40 w1 read"},
		"whatsapp entry":         {`{"id":"1","changes":[{"field":"user_preferences","value":{"user_preferences":[{"wa_id":"79110000001","value":"stop","timestamp":1794300000}]}}]}`, "whatsapp +79110000001 whatsapp 2026-11-10 08:40 stop"},
		"max in a message":       {`{"offset":5,"message":{"update_type":"bot_stopped","timestamp":1794300000000,"user":{"user_id":5}}}`, "max max:5 max 2026-11-10 08:40 bot_stopped"},
		"whatsapp on premises":   {`{"contacts":[{"wa_id":"79110000001"}],"messages":[{"from":"79110000001","id":"w1","timestamp":"1794300000","type":"text","text":{"body":"Привет"}}]}`, "whatsapp +79110000001 whatsapp in 2026-11-10 08:40 w1 Привет"},
		"whatsapp 1026":          {`{"statuses":[{"id":"w1","recipient_id":"79110000001","status":"failed","timestamp":"1794300000","errors":[{"code":1026,"title":"x"}]}]}`, "whatsapp +79110000001 whatsapp 2026-11-10 08:40 w1 failed 1026"},
		"whatsapp no wa_id":      {cloud(`"messages":[{"from_user_id":"RU.5","id":"w1","timestamp":"1794300000","text":{"body":"Привет"}}]`), "whatsapp whatsapp:RU.5 whatsapp in 2026-11-10 08:40 w1 Привет"},
		"whatsapp both ids":      {cloud(`"contacts":[{"wa_id":"79110000001","user_id":"RU.5"}]`), "whatsapp whatsapp:RU.5 whatsapp = +79110000001"},
		"whatsapp button":        {cloud(`"messages":[{"from":"79110000001","id":"w1","timestamp":"1794300000","type":"button","button":{"payload":"p","text":"Стоп"}}]`), "whatsapp +79110000001 whatsapp in 2026-11-10 08:40 w1 Стоп [p]"},
		"whatsapp list":          {cloud(`"messages":[{"from":"79110000001","id":"w1","timestamp":"1794300000","type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"1","title":"Стоп"}}}]`), "whatsapp +79110000001 whatsapp in 2026-11-10 08:40 w1 Стоп [1]"},
		"whatsapp reply button":  {cloud(`"messages":[{"from":"79110000001","id":"w1","timestamp":"1794300000","type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"opt_out","title":"Ок"}}}]`), "whatsapp +79110000001 whatsapp in 2026-11-10 08:40 w1 Ок [opt_out]"},
		"360dialog button":       {`{"contacts":[{"wa_id":"79110000001"}],"messages":[{"from":"79110000001","id":"w1","timestamp":"1794300000","type":"button","button":{"payload":"STOP","text":"Ок"}}]}`, "whatsapp +79110000001 whatsapp in 2026-11-10 08:40 w1 Ок [STOP]"},
		"whatsapp forwarded":     {cloud(`"messages":[{"from":"79110000001","id":"w1","timestamp":"1794300000","text":{"body":"Стоп"},"context":{"forwarded":true}}]`), "whatsapp +79110000001 whatsapp in 2026-11-10 08:40 w1"},
		"whatsapp order":         {cloud(`"messages":[{"from":"79110000001","id":"w1","timestamp":"1794300000","type":"order","order":{"catalog_id":"1","text":"Стоп"}}]`), "whatsapp +79110000001 whatsapp in 2026-11-10 08:40 w1 Стоп"},
		"whatsapp new number":    {cloud(`"messages":[{"from":"79110000001","id":"w1","timestamp":"1794300000","type":"system","system":{"body":"…","new_wa_id":"79110000002","type":"user_changed_number"}}]`), "whatsapp +79110000001 whatsapp = +79110000002"},
		"whatsapp newer number":  {cloud(`"messages":[{"from":"79110000001","id":"w1","timestamp":"1794300000","type":"system","system":{"wa_id":"79110000002","type":"customer_changed_number"}}]`), "whatsapp +79110000001 whatsapp = +79110000002"},
		"whatsapp new device":    {cloud(`"messages":[{"from":"79110000001","id":"w1","timestamp":"1794300000","type":"system","system":{"identity":"x","type":"customer_identity_changed"}}]`), ""},
		"whatsapp preference":    {cloud(`"user_preferences":[{"wa_id":"79110000001","category":"marketing_messages","value":"stop","timestamp":1794300000}]`), "whatsapp +79110000001 whatsapp 2026-11-10 08:40 stop"},
		"whatsapp echo":          {cloud(`"message_echoes":[{"from":"79110009999","to":"79110000001","id":"w1","timestamp":"1794300000","text":{"body":"Стоп"}}]`), "whatsapp +79110000001 whatsapp out 2026-11-10 08:40 w1"},
		"whatsapp in Brazil":     {cloud(`"messages":[{"from":"553188888888","id":"w1","timestamp":"1794300000","text":{"body":"Oi"}}]`), "whatsapp +553188888888 whatsapp in 2026-11-10 08:40 w1 Oi = +5531988888888"},
		"whatsapp in Mexico":     {cloud(`"statuses":[{"recipient_id":"5215512345678","id":"w1","timestamp":"1794300000","status":"read"}]`), "whatsapp +5215512345678 whatsapp 2026-11-10 08:40 w1 read = +525512345678"},
		"max message":            {max("5", "Привет", "", ""), "max max:5 max in 2026-11-10 08:40 m1 Привет"},
		"max forwarded":          {max("5", "", "", `,"link":{"type":"forward","message":{"mid":"x","text":"СТОП"}}`), "max max:5 max in 2026-11-10 08:40 m1"},
		"max own contact":        {max("5", "", `,"attachments":[{"type":"contact","payload":{"vcf_info":"BEGIN:VCARD\r\nTEL;TYPE=cell:79110000001\r\nEND:VCARD","max_info":{"user_id":5}}}]`, ""), "max max:5 max in 2026-11-10 08:40 m1\nmax max:5 max = +79110000001"},
		"max another's contact":  {max("5", "", `,"attachments":[{"type":"contact","payload":{"vcf_info":"BEGIN:VCARD\nTEL:+79110000001\nEND:VCARD","max_info":{"user_id":"6"}}}]`, ""), "max max:5 max in 2026-11-10 08:40 m1\nmax max:6 max = +79110000001"},
		"max somebody's contact": {max("5", "", `,"attachments":[{"type":"contact","payload":{"vcf_info":"BEGIN:VCARD\nTEL:+79110000001\nFN:Б\nEND:VCARD"}}]`, ""), "max max:5 max in 2026-11-10 08:40 m1"},
		"max same name":          {max("5", "", `,"attachments":[{"type":"contact","payload":{"vcf_info":"BEGIN:VCARD\nitem1.TEL:+79110000001\nFN:А\nEND:VCARD"}}]`, ""), "max max:5 max in 2026-11-10 08:40 m1\nmax max:5 max = +79110000001"},
		"max group":              {strings.Replace(max("5", "стоп", "", ""), "dialog", "chat", 1), "max max:5 max 2026-11-10 08:40 m1 стоп"},
		"max started":            {`{"updates":[{"update_type":"bot_started","timestamp":1794300000000,"chat_id":1,"user_id":5,"payload":"стоп"}],"marker":1}`, "max max:5 max 2026-11-10 08:40 bot_started"},
		"max polled nothing":     {`{"updates":[],"marker":1}`, ""},
		"telegram one chat":      {`{"name":"А","type":"personal_chat","id":4001,"messages":[{"id":1,"type":"message","date":"2026-11-10T08:00:00","from_id":"user4001","text":"Привет"},{"id":2,"type":"message","date":"2026-11-10T08:00:00","from_id":"user4000","text":"стоп"}]}`, "telegram telegram:4001 telegram in 2026-11-10 05:00 4001/1 Привет\ntelegram telegram:4000 telegram 2026-11-10 05:00 4001/2 стоп\ntelegram telegram:4001 telegram out 2026-11-10 05:00 4001/2"},
		"telegram bot":           {`{"update_id":1,"message":{"message_id":7,"from":{"id":5,"is_bot":false,"username":"Anna_K"},"chat":{"id":5,"type":"private"},"date":1794300000,"text":"Стоп"}}`, "telegram telegram:5 telegram in 2026-11-10 08:40 5/7 Стоп = telegram:@anna_k"},
		"telegram bot polled":    {`{"ok":true,"result":[{"update_id":1,"my_chat_member":{"chat":{"id":5,"type":"private"},"from":{"id":5},"date":1794300000,"new_chat_member":{"status":"kicked"}}},{"update_id":2,"poll":{}}]}`, "telegram telegram:5 telegram 2026-11-10 08:40 bot_stopped"},
		"telegram bot contact":   {`{"update_id":1,"message":{"message_id":7,"from":{"id":5},"chat":{"id":5,"type":"private"},"date":1794300000,"forward_date":1,"text":"Стоп","contact":{"phone_number":"79110000001","user_id":5}}}`, "telegram telegram:5 telegram in 2026-11-10 08:40 5/7\ntelegram telegram:5 telegram = +79110000001"},
		"telegram bot button":    {`{"update_id":1,"callback_query":{"id":"9","from":{"id":5},"data":"u","message":{"message_id":7,"from":{"id":1,"is_bot":true},"chat":{"id":5,"type":"private"},"date":1794300000,"text":"Отписаться?","reply_markup":{"inline_keyboard":[[{"text":"Отписаться","callback_data":"u"}]]}}}}`, "telegram telegram:5 telegram in 9 Отписаться [u]"},
		"telegram bot group":     {`{"update_id":1,"message":{"message_id":7,"from":{"id":5},"chat":{"id":-5,"type":"supergroup"},"date":1794300000,"text":"Стоп"}}`, ""},
		"telegram 1970":          {`{"personal_information":{"user_id":1},"contacts":{"list":[]},"chats":{"list":[{"type":"personal_chat","id":2,"messages":[{"id":1,"type":"message","date":"1970-01-01T03:00:00","from_id":2,"text":[{"type":"blockquote","text":"стоп"},"Привет"]}]}]}}`, "telegram telegram:2 telegram in 2/1 Привет"},
	} {
		all, res, err := read(t, c.file)
		var got []string
		for _, m := range all {
			got = append(got, line(m))
		}
		if s := strings.Join(got, "\n"); s != c.want || err != nil || res.Unreadable != 0 {
			t.Errorf("%s: %v, %+v\n got %s\nwant %s", name, err, res, s, c.want)
		}
	}
}

func cloud(value string) string {
	return `{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messaging_product":"whatsapp",` + value + `}}]}]}`
}

// TestOtherJSON: what is not events is left to the tables.
func TestOtherJSON(t *testing.T) {
	for _, text := range []string{"", "{", "[]", "[1,2]", "Телефон;Имя", `{"phone":"+79110000001","text":"стоп"}`, `[{"id":"1","name":"А","contactData":[{"chatType":"whatsapp","chatId":"79110000001"}],"responsibleUserId":"1"}]`,
		`{"contacts":[{"phone":"1"}]}`, `[{"name":"А","phone":"79110000001","chat":{"messages":[{"from":"x","id":"1","timestamp":"1794300000"}]}}]`, "11:00 {\"phone\":\"79110000001\"}\n", "Анна\t79110000001\t{\"statuses\":[{\"messageId\":\"a\",\"status\":\"read\"}]}\n",
		`{"status":"ok","messages":"none"}`} {
		if shape, ok := events.Sniff([]byte(text)); ok {
			t.Errorf("%q is told as %+v", text, shape)
		}
	}
}

// TestLines: one body a line and pretty-printed bodies are told from an array.
func TestLines(t *testing.T) {
	body := "{\"statuses\":\n[{\"messageId\":\"a\",\"status\":\"read\"}]}"
	for text, want := range map[string]bool{body: false, body + "\n" + body: true, "[" + body + "," + body + "]": false, "\xef\xbb\xbf" + body + body: true} {
		shape, ok := events.Sniff([]byte(text))
		if !ok || shape.Lines != want || shape.System != "wazzup" {
			t.Errorf("%q: %+v, %v", text, shape, ok)
		}
		all, res, err := read(t, text)
		if int64(len(all)) != res.Entries || err != nil || int(all[len(all)-1].Origin.Row) != len(all) {
			t.Errorf("%q: %d messages, %+v, %v", text, len(all), res, err)
		}
	}
}

// TestCut: every fixture cut anywhere is refused or, cut between two bodies,
// read with fewer.
func TestCut(t *testing.T) {
	for _, name := range []string{"wazzup/webhooks.jsonl", "whatsapp/webhooks.jsonl", "max/updates.json", "telegram/result.json"} {
		data, err := os.ReadFile("../../fixtures/events/" + name)
		if err != nil {
			t.Fatal(err)
		}
		shape, _ := events.Sniff(data)
		for n := 1; n < len(data)-1; n += 7 {
			_, err := events.Read(strings.NewReader(string(data[:n])), shape, moscow, func(contact.Message) {})
			var f *contact.Fault
			complete := strings.HasSuffix(strings.TrimRight(string(data[:n]), "\n"), "}") && shape.Lines
			if err == nil && !complete || err != nil && !errors.As(err, &f) {
				t.Fatalf("%s cut at %d: %v", name, n, err)
			}
		}
	}
}

func TestFaults(t *testing.T) {
	body := `{"statuses":[{"messageId":"a","status":"read"}]}`
	for text, cause := range map[string]error{body + `{"statuses":[{"messageId":"a","sta`: io.ErrUnexpectedEOF, body + `oops`: nil, "[" + body: io.ErrUnexpectedEOF, body + "]": nil,
		`{"statuses":[{"messageId":"` + strings.Repeat("a", 17<<20) + `"}]}`: nil} {
		shape := events.Shape{System: "wazzup"}
		_, err := events.Read(strings.NewReader(text), shape, nil, func(contact.Message) {})
		var f *contact.Fault
		if !errors.As(err, &f) || cause != nil && !errors.Is(err, cause) || f.Row == 0 {
			t.Errorf("%.80q: %v", text, err)
		}
	}
	broken := errors.New("disk")
	in := io.MultiReader(strings.NewReader(body), iotest.ErrReader(broken))
	if _, err := events.Read(in, events.Shape{}, nil, func(contact.Message) {}); !errors.Is(err, broken) {
		t.Errorf("a read error came back as %v", err)
	}
}

// TestTornLines: of a log whose bodies stand behind a time, a line whose body
// is not whole is counted or refused.
func TestTornLines(t *testing.T) {
	good := `10:00 {"statuses":[{"messageId":"a","status":"read"}]}` + "\n"
	for line, refused := range map[string]bool{`10:01 "messages":[{}]}`: false, `10:01 "messages":[{"messageId":"b"}]}`: true, `10:01 {"messages":[{"messageId":"b"}`: true} {
		shape, _ := events.Sniff([]byte(good))
		res, err := events.Read(strings.NewReader(good+line+"\n"+good), shape, nil, func(contact.Message) {})
		if (err != nil) != refused || !refused && (res.Entries != 3 || res.Unreadable != 1) {
			t.Errorf("%s: %+v, %v", line, res, err)
		}
	}
}

// TestUnreadable: what can't be told or tied to anybody is counted, and the
// rest is read.
func TestUnreadable(t *testing.T) {
	good := `{"statuses":[{"messageId":"a","status":"read"}]}`
	for bad, messages := range map[string]int{
		`{"hello":1}`: 0, `7`: 0, `{"messages":{}}`: 0, `{"messages":[7]}`: 1,
		`{"messages":[{"messageId":"b","chatType":"whatsapp","chatId":"","isEcho":false,"status":"inbound","text":"стоп"}]}`:        1,
		`{"messages":[{"messageId":"b","chatType":"whatsapp","chatId":"79110000001","isEcho":"no","status":"inbound","text":"x"}]}`: 1,
	} {
		all, res, err := read(t, good+"\n"+bad+"\n"+good)
		if err != nil || res.Unreadable != 1 || res.Entries != 3 || len(all) < 2 {
			t.Errorf("%s: %d messages (want %d and 2), %+v, %v", bad, len(all), messages, res, err)
		}
	}
}
