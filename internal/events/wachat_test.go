package events_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cleanbase/internal/contact"
	"cleanbase/internal/events"
)

func readChat(t testing.TB, title string, peer contact.Phone, text string) ([]string, events.Result, error) {
	t.Helper()
	shape, ok := events.Sniff([]byte(text))
	if !ok || !shape.Text || shape.System != "whatsapp" {
		t.Fatalf("told as %+v: %.80q", shape, text)
	}
	shape.Title, shape.Peer = title, peer
	var got []string
	res, err := events.Read(strings.NewReader(text), shape, time.FixedZone("", 3*3600), func(m contact.Message) {
		s := strings.TrimPrefix(line(m), "whatsapp ")
		if m.Early != m.At {
			s += " or " + m.Early.Short()
		}
		got = append(got, s)
	})
	return got, res, err
}

// The forms in which phones of many languages write the time and the name.
func TestChatLines(t *testing.T) {
	const want = "+79110000001 whatsapp in 2024-03-13 11:05 Стоп"
	for _, text := range []string{
		"13.03.24, 14:05 - +7 911 000-00-01: Стоп",
		"[13.03.2024, 14:05:00] +7 911 000-00-01: Стоп",
		"[13.03.24, 14:05:00] \u202a+7 911 000\u201100\u201101\u202c: Стоп",
		"\u200e[13.03.2024, 14:05:00] ~\u202f+7 911 000-00-01: Стоп",
		"13/03/2024, 14:05 - +7 911 000-00-01: Стоп",
		"3/13/24, 2:05\u202fPM - +7 911 000-00-01: Стоп",
		"13/03/24, 2:05 pm - +7 911 000-00-01: Стоп",
		"13/3/24 2:05 p. m. - +7 911 000-00-01: Стоп",
		"[3/13/24, 2:05:00 PM] +7 911 000-00-01: Стоп",
		"2024-03-13, 14:05 - +7 911 000-00-01: Стоп",
		"[2024/03/13, 14:05:00] +7 911 000-00-01: Стоп",
		"[13-03-2024 14:05:00] +7 911 000-00-01: Стоп",
		"13.3.2024 klo 14.05 - +7 911 000-00-01: Стоп",
		"13.03.2024 в 14:05 – +7 911 000-00-01: Стоп",
		"\ufeff13.03.24, 14:05 - +7 911 000-00-01: Стоп\r\n",
		"13.03.24, 14:05 - +7 911 000-00-01: Стоп <Сообщение изменено>",
		"[13.03.24, 14:05:00] +7 911 000-00-01: Стоп \u200e<This message was edited>",
	} {
		got, res, err := readChat(t, "_chat", 0, text)
		if len(got) != 1 || got[0] != want || err != nil || res.Entries != 1 || res.Unreadable != 0 || res.Zoneless != 1 {
			t.Errorf("%q: %v %+v %v", text, got, res, err)
		}
	}
	got, _, _ := readChat(t, "", 0, "3/13/24, 2:05 xx - +7 911 000-00-01: Стоп")
	if len(got) != 1 || got[0] != "+79110000001 whatsapp in 2024-03-13 Стоп" {
		t.Errorf("an unknown half of the day: %v", got)
	}
}

// Who is the person, and whose words are whose: only what is certain.
func TestChatSides(t *testing.T) {
	const p, own, anna = "13.03.24, 14:05 - +7 911 000-00-01: Стоп\n", "13.03.24, 14:06 - Лавка: Скидки\n", "13.03.24, 14:05 - Анна: Стоп\n"
	const in, out, doubt, ours = "+79110000001 whatsapp in 2024-03-13 11:05 Стоп", "+79110000001 whatsapp out 2024-03-13 11:06 Скидки", "+79110000001 whatsapp 2024-03-13 11:05 Стоп", "+79110000001 whatsapp 2024-03-13 11:06 Скидки"
	const phone = contact.Phone(79110000001)
	for name, c := range map[string]struct {
		title string
		peer  contact.Phone
		text  string
		want  []string
		lost  int64
	}{
		"a phone and the owner":             {"_chat", 0, p + own, []string{in, out}, 0},
		"the file named by it":              {"WhatsApp Chat with +7 911 000-00-01", phone, own + p, []string{out, in}, 0},
		"a saved name, the phone in title":  {"WhatsApp Chat with Анна +7 911 000-00-01", phone, anna + own, []string{in, out}, 0},
		"the same in Russian":               {"Чат WhatsApp с контактом Анна +79110000001", phone, anna + own, []string{in, out}, 0},
		"an iPhone's zip":                   {"WhatsApp Chat - Анна +79110000001", phone, anna + own, []string{in, out}, 0},
		"a name that no title tells":        {"Лавка +79110000001", phone, anna + own, []string{doubt, ours}, 0},
		"the owner's name alone":            {"WhatsApp Chat with +7 911 000-00-01", phone, own, []string{ours}, 0},
		"a group":                           {"WhatsApp Chat with Соседи", 0, p + own + "13.03.24, 14:05 - +7 911 000-00-02: Да\n", []string{doubt, "+79110000002 whatsapp 2024-03-13 11:05 Да"}, 1},
		"two phones":                        {"_chat", 0, p + "13.03.24, 14:05 - +7 911 000-00-02: Да\n", []string{doubt, "+79110000002 whatsapp 2024-03-13 11:05 Да"}, 0},
		"two phones, and whose chat it is":  {"WhatsApp Chat with +7 911 000-00-01", phone, p + "13.03.24, 14:06 - +7 911 000-00-02: Скидки\n", []string{in, out}, 0},
		"the app's own lines":               {"_chat", 0, "13.03.24, 14:00 - Сообщения и звонки защищены сквозным шифрованием. Подробнее\n" + p, []string{in}, 0},
		"the app's own lines on an iPhone":  {"_chat", 0, "[13.03.24, 14:00:00] +7 911 000-00-01: \u200eMessages and calls are end-to-end encrypted.\n[13.03.24, 14:05:00] +7 911 000-00-01: Стоп\n", []string{in}, 0},
		"a message of several lines":        {"_chat", 0, "13.03.24, 14:05 - +7 911 000-00-01: Добрый день\n\n10:00 - приду: стоп\n" + own, []string{"+79110000001 whatsapp in 2024-03-13 11:05 Добрый день\n\n10:00 - приду: стоп", out}, 0},
		"a picture":                         {"_chat", 0, "[13.03.24, 14:05:00] +7 911 000-00-01: \u200e<attached: 00000012-PHOTO.jpg>\n" + "[13.03.24, 14:06:00] Лавка: Скидки\n", []string{"+79110000001 whatsapp in 2024-03-13 11:05", out}, 0},
		"what the owner deleted":            {"Лавка +79110000001", phone, "13.03.24, 14:05 - Лавка: You deleted this message\n" + anna, []string{"+79110000001 whatsapp 2024-03-13 11:05", doubt}, 0},
		"a Brazilian":                       {"_chat", 0, "13/03/24, 14:05 - +55 31 8888-8888: Oi\n", []string{"+553188888888 whatsapp in 2024-03-13 11:05 Oi = +5531988888888"}, 0},
		"the owner is named by a phone too": {"WhatsApp Chat with Анна +79110000001", phone, anna + "13.03.24, 14:06 - +7 911 000-00-09: Скидки\n", []string{in, out}, 0},
	} {
		got, res, err := readChat(t, c.title, c.peer, c.text)
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") || err != nil || res.Unreadable != c.lost {
			t.Errorf("%s: %v, %+v\n got %q\nwant %q", name, err, res, got, c.want)
		}
	}
	for name, c := range map[string]struct{ title, text string }{
		"saved names alone":                 {"WhatsApp Chat with Анна", anna + own},
		"one saved name":                    {"_chat", anna},
		"a saved name and an owner's phone": {"WhatsApp Chat with Анна", anna + p},
	} {
		got, _, err := readChat(t, c.title, 0, c.text)
		var fault *contact.Fault
		if !errors.As(err, &fault) || got != nil || !strings.Contains(fault.Do.EN, "name of the file") {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// The order of day and month: by a number, by dots, by the order of the lines; else
// a refusal has the later reading, and a consent the earlier.
func TestChatDays(t *testing.T) {
	for text, want := range map[string]string{
		"05/03/24 13/03/24":          "2024-03-05 2024-03-13",
		"03/05/24 03/13/24":          "2024-03-05 2024-03-13",
		"05.03.24":                   "2024-03-05",
		"05.13.24 05.03.24":          "2024-05-13 2024-05-03",
		"05/03/24":                   "2024-05-03 or 2024-03-05",
		"09/04/24 05/05/24":          "2024-04-09 2024-05-05",
		"04/09/24 05/05/24 05/06/24": "2024-04-09 2024-05-05 2024-05-06",
		"5/5/24 6/6/24":              "2024-05-05 2024-06-06",
		"04/05/24 05/06/24":          "2024-05-04 or 2024-04-05 2024-06-05 or 2024-05-06",
		"31/02/24":                   "",
		"2024-03-05":                 "2024-03-05",
	} {
		var file strings.Builder
		for _, day := range strings.Fields(text) {
			file.WriteString(day + ", 14:05 - +7 911 000-00-01: Да\n")
		}
		got, _, err := readChat(t, "", 0, file.String())
		for i := range got {
			got[i] = strings.TrimSpace(strings.NewReplacer("+79110000001 whatsapp in", "", " 11:05", "", " Да", "").Replace(got[i]))
		}
		if s := strings.Join(got, " "); s != want || err != nil {
			t.Errorf("%s: %q, want %q, %v", text, s, want, err)
		}
	}
}

// A text longer than any chat is refused before it takes much room.
func TestChatTooLong(t *testing.T) {
	const one = "13.03.24, 14:05 - +7 911 000-00-01: Стоп\n"
	for _, text := range []string{strings.Repeat(one, 400_001), one + strings.Repeat("x", 32<<20)} {
		got, _, err := readChat(t, "", 0, text)
		var fault *contact.Fault
		if !errors.As(err, &fault) || got != nil {
			t.Errorf("%d bytes: %d messages, %v", len(text), len(got), err)
		}
	}
}

// TestNoChat: what only looks like one in places.
func TestNoChat(t *testing.T) {
	for _, text := range []string{"Чат WhatsApp\n13.03.24, 14:05 - +7 911 000-00-01: Стоп\n", "Дата;Имя: кто\n13.03.24;Анна\n", "13.03.24, 14:05 - привет\n", "13.03.24,14:05,Анна: да\n",
		"[2026-11-10 11:00:00] INFO {\"a\": 1}\n", "13.03.24\n14:05 - Анна: да\n", "13.03.24;14:05;Анна: да\n"} {
		if shape, ok := events.Sniff([]byte(text)); ok {
			t.Errorf("%q is told as %+v", text, shape)
		}
	}
}

// What people wrote is read back from either phone's text as it was written.
func TestLawChat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		iphone := rapid.Bool().Draw(t, "iphone")
		at := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
		var file strings.Builder
		var want []string
		for range rapid.IntRange(1, 30).Draw(t, "messages") {
			at = at.Add(time.Duration(rapid.IntRange(0, 5000).Draw(t, "minutes")) * time.Minute)
			words := rapid.SliceOfN(rapid.StringMatching(`[а-яёa-z?!,]{1,8}( [а-я]{1,8}){0,2}`), 1, 3).Draw(t, "lines")
			own := rapid.Bool().Draw(t, "own")
			name, way := "+7 911 000-00-01", "in"
			if own {
				name, way = "Лавка", "out"
			}
			head := at.Format("02.01.06, 15:04 - ")
			if iphone {
				head = at.Format("[02.01.2006, 15:04:05] ")
			}
			file.WriteString(head + name + ": " + strings.Join(words, "\r\n") + "\r\n")
			want = append(want, strings.Join([]string{"+79110000001 whatsapp", way, at.Add(-3 * time.Hour).Format("2006-01-02 15:04"), strings.Join(words, "\n")}, " "))
		}
		if !strings.Contains(file.String(), "+7") {
			return
		}
		shape, _ := events.Sniff([]byte(file.String()))
		var got []string
		_, err := events.Read(strings.NewReader(file.String()), shape, time.FixedZone("", 3*3600), func(m contact.Message) { got = append(got, strings.TrimPrefix(line(m), "whatsapp ")) })
		if strings.Join(got, "\n") != strings.Join(want, "\n") || err != nil {
			t.Fatalf("%v\n got %q\nwant %q", err, got, want)
		}
	})
}
