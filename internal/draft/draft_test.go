package draft

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cleanbase/internal/contact"
)

var list = Base{Contacts: 100, Russian: 90, Columns: []Column{
	{Header: "Имя", Field: contact.FieldFirstName, Empty: 21, Odd: 2, Longest: 9},
	{Header: "Город", Field: contact.FieldCity, Longest: 12},
	{Header: "Bonus points", Longest: 4, Empty: 1},
	{Header: "Фамилия", Field: contact.FieldLastName},
}}

// reads takes for a refusal what a small reader would.
func reads(text string) contact.Class {
	if t := strings.ToLower(text); strings.Contains(t, "стоп") || strings.Contains(t, "stop") {
		return contact.SaysRefusal
	}
	return contact.SaysNone
}

func codes(d *contact.Draft) []string {
	list := []string{}
	for _, f := range d.Findings {
		list = append(list, f.Code)
	}
	return list
}

func TestPlaceholders(t *testing.T) {
	for text, want := range map[string]string{
		"{Имя}, привет": "Имя", "{{name}}, hi": "Имя", "%NAME%, hi": "Имя", "[Имя], привет": "Имя", "#имя#, привет": "Имя", "${name}, hi": "Имя",
		"<имя>, привет": "Имя", "{{ first_name }}": "Имя", "{{firstName}}": "Имя", "%имя%": "Имя", "[ИМЯ]": "Имя", "{имя|друг}": "Имя", "{Город}": "Город", "{city}": "Город",
		"{bonus_points} points": "Bonus points", "[Bonus points]": "Bonus points", "{Фамилия}": "Фамилия", "{surname}": "Фамилия",
		"{Дата визита}": "?", "*|FNAME|*, hi": "Имя", "[[Имя]], привет": "Имя", "{{contact.first_name}}": "Имя", "{{1}}, hi": "?", "%PROMO%": "?", "#промокод#": "?", "${x.y}": "?",
		"скидка 10% и ещё 20% сверху": "", "100%": "", "от 5% до 7%": "", "#скидка #акция": "", "#скидка": "", "[важно] прочтите": "", "[Имя](https://example.com)": "",
		"@Имя@, привет": "Имя", "$Имя, привет": "Имя", "@anna пишет": "", "цена $5 и $USD": "", "{{Привет|{Имя}}}": "Имя",
		"<b>жирный</b> <br> <a href=x>": "", "1 < 2 > 0": "", "{Привет|Здравствуйте}, это мы": "", "{} {{}} [] <> %% ##": "", "C# и F#": "", "<{%}Имя>": "?", "a%20b%20c": "",
	} {
		slots, _ := findSlots(text, &list)
		got := ""
		if len(slots) > 0 {
			got = "?"
			if c := list.column(slots[0].name); c != nil {
				got = c.Header
			}
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestHalves(t *testing.T) {
	for text, want := range map[string]bool{"{Имя, привет": true, "Имя}, привет": true, "{{Имя}, привет": true, "${имя привет": true, "{Имя}, привет": false, "{{Имя}}": false,
		"{Привет|{Здравствуйте|Добрый день}}, {Имя}": false, "смайл :} и {Имя}": false, "{ 5 }": false, "привет {": false} {
		if got := slices.Contains(codes(Check(text+" Reply STOP to unsubscribe.", &list, Options{Reads: reads})), "placeholder.half"); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestSameTextForAll(t *testing.T) {
	line := " Reply STOP to unsubscribe."
	for text, same := range map[string]bool{"Hello!": true, "{name}, hello!": false, "{Hi|Hello}, it is us!": false} {
		if got := slices.Contains(codes(Check(text+line, &list, Options{Reads: reads})), "text.same"); got != same {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// How businesses say it, and which sign they ask for.
func TestRefusalIsFound(t *testing.T) {
	for text, want := range map[string]string{
		"Скидки! Чтобы отписаться, ответьте 0":                         "0",
		"Скидки! Для отказа от рассылки отправьте СТОП":                "СТОП",
		"Скидки! Напишите «стоп», чтобы не получать сообщения.":        "стоп",
		"Скидки! Не хотите получать наши сообщения? Ответьте цифрой 0": "0",
		"Не интересно? Отправьте 👎":                                    "👎",
		"Напишите «нет», и мы больше не будем беспокоить":              "нет", "Кнопка «Отпишите меня» в профиле": "Отпишите меня",
		"Если неудобно получать такие сообщения — ответьте минус, больше не побеспокоим.": "минус", "Чтобы отписаться, отправьте цифру ноль": "ноль",
		"Чтобы отписаться — жмите 👉 https://s.ru/u": "", "Text 9 to be removed from our list": "9",
		"Отказ – 0": "0", "Отписка: СТОП": "СТОП",
		"Если больше не интересно, поставьте 👎 на это сообщение.": "👎",
		"Если неактуально, напишите в ответ слово \"нет\".":       "нет",
		"Отписаться: https://example.com/u":                       "",
		"Sale! Reply STOP to unsubscribe":                         "STOP",
		"Sale! Text 0 to opt out.":                                "0",
		"Sale! To stop, reply \"bye\".":                           "bye",
		"Not interested? Send ❌":                                  "❌",
		"Don't want these messages? Reply NO.":                    "NO",
		"Чтобы больше не получать такие сообщения, просто напишите нам об этом.": "",
	} {
		d := Check(text, nil, Options{})
		got := strings.Join(d.Signs, ",")
		if d.Refusal == "" || got != want {
			t.Errorf("%q: line %q, signs %q, want %q", text, d.Refusal, got, want)
		}
	}
	for _, text := range []string{"Скидки до конца недели!", "Ответьте 1, чтобы получить скидку", "Reply YES to win", "Напишите нам, какой размер нужен", "Ждём вас с 10 до 20", "Мы не пишем лишнего. Приходите!", "СТОП-цена на корм!", "Non-stop вечеринка", "Stop! Look at this", "Напишите НАМ"} {
		if d := Check(text, nil, Options{}); d.Refusal != "" || !slices.Contains(codes(d), "refusal.none") || d.Result != "stop" {
			t.Errorf("%q says how to refuse: %q", text, d.Refusal)
		}
	}
}

func TestSigns(t *testing.T) {
	on := func(m time.Month, d int) contact.Moment { return contact.OnDay(2026, m, d) }
	now := contact.At(time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC))
	text := "{Имя}, скидки! Чтобы отписаться, ответьте "
	for name, c := range map[string]struct {
		sign  string
		signs []Sign
		want  string
	}{
		"unknown":               {"0", nil, "sign.missing"},
		"known":                 {"0", []Sign{{Text: "0"}}, ""},
		"another":               {"0", []Sign{{Text: "1"}}, "sign.missing"},
		"over":                  {"0", []Sign{{Text: "0", To: on(10, 1)}}, "sign.lifetime"},
		"not yet":               {"0", []Sign{{Text: "0", From: on(12, 1)}}, "sign.lifetime"},
		"within":                {"0", []Sign{{Text: "0", From: on(1, 1), To: on(12, 31)}}, ""},
		"soon over":             {"0", []Sign{{Text: "0", To: on(11, 30)}}, "sign.ends"},
		"today":                 {"0", []Sign{{Text: "0", From: on(11, 25)}}, ""},
		"a picture":             {"👎", []Sign{{Text: "👎"}}, ""},
		"another skin":          {"👎🏽", []Sign{{Text: "👎"}}, ""},
		"a word that is read":   {"СТОП", nil, ""},
		"a word that is agreed": {"«Хватит»", []Sign{{Text: "хватит"}}, ""},
	} {
		d := Check(text+c.sign, &Base{Contacts: 1, Columns: []Column{{Header: "Имя"}}}, Options{Signs: c.signs, AsOf: now, Reads: func(s string) contact.Class {
			if s == "СТОП" {
				return contact.SaysRefusal
			}
			return contact.SaysNone
		}})
		if got := strings.Join(codes(d), " "); got != c.want {
			t.Errorf("%s: %q, want %q (signs %q)", name, got, c.want, d.Signs)
		}
	}
}

func TestOurLine(t *testing.T) {
	d := Check("{Имя}, скидки! Напишите СТОП, чтобы отписаться.", &list, Options{Reads: reads})
	if !slices.Contains(codes(d), "refusal.our_line") {
		t.Errorf("%v", codes(d))
	}
	d = Check("{Имя}, скидки! Напишите СТОП, чтобы отписаться.", &list, Options{Reads: func(s string) contact.Class {
		if s == "СТОП" {
			return contact.SaysRefusal
		}
		return contact.SaysNone
	}})
	if slices.Contains(codes(d), "refusal.our_line") {
		t.Errorf("%v", codes(d))
	}
}

// 3GPP TS 23.038: 160 and 153 of its alphabet, 70 and 67 of any other.
func TestSMSParts(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{{"", 0}, {"a", 1}, {strings.Repeat("a", 160), 1}, {strings.Repeat("a", 161), 2}, {strings.Repeat("a", 306), 2}, {strings.Repeat("a", 307), 3},
		{strings.Repeat("ж", 70), 1}, {strings.Repeat("ж", 71), 2}, {strings.Repeat("ж", 134), 2}, {strings.Repeat("ж", 135), 3},
		{strings.Repeat("€", 80), 1}, {strings.Repeat("€", 81), 2}, {strings.Repeat("a", 69) + "ж", 1}, {strings.Repeat("👎", 35), 1}, {strings.Repeat("👎", 36), 2},
		{strings.Repeat("É", 160), 1}, {strings.Repeat("ç", 71), 2}} {
		if got := SMSParts(c.text); got != c.want {
			t.Errorf("%d of %.6q: %d, want %d", len([]rune(c.text)), c.text, got, c.want)
		}
	}
}

func TestChannels(t *testing.T) {
	line := " Reply STOP to unsubscribe."
	for channel, want := range map[contact.Channel]string{contact.WhatsApp: "length.channel law.whatsapp_ru", contact.SMS: "length.sms", contact.Telegram: "", contact.Any: ""} {
		d := Check("{name}! "+strings.Repeat("word ", 210)+line, &Base{Contacts: 5, Russian: 2, Columns: []Column{{Header: "Name", Longest: 20}}}, Options{Channel: channel, Reads: func(s string) contact.Class {
			if s == "STOP" {
				return contact.SaysRefusal
			}
			return contact.SaysNone
		}})
		if got := strings.Join(codes(d), " "); got != want {
			t.Errorf("%s: %q, want %q", channel, got, want)
		}
	}
}

func TestIsName(t *testing.T) {
	for _, v := range []string{"Анна", "Anna-Maria", "Иванова Анна", "О'Нил", "Ян", "Нетребко"} {
		if !IsName(v) {
			t.Errorf("%q is a name", v)
		}
	}
	for _, v := range []string{"", "-", "123", "Клиент", "клиент 5", "test", "N/A", "нет", "Без имени", "a@b.c", "+7911", "???"} {
		if IsName(v) {
			t.Errorf("%q is no name", v)
		}
	}
}

// Whatever the text, its placeholders lie in it and apart, a stop is told, and
// nothing of a finding is without words.
func TestAnyText(t *testing.T) {
	piece := rapid.SampledFrom([]string{"{", "}", "{{", "}}", "%", "#", "[", "]", "<", ">", "${", "Имя", "name", "имя", " ", "\n", "0", "стоп", "ответьте ", "Reply ", "👎", "|", "?", ". ", "\xff", "я"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 30).Draw(t, "text"), "")
		slots, _ := findSlots(text, &list)
		last := 0
		for _, s := range slots {
			if s.from < last || s.to > len(text) || s.from >= s.to {
				t.Fatalf("%q: %+v", text, slots)
			}
			last = s.to
		}
		for _, l := range []contact.Lang{contact.EN, contact.RU} {
			d := Check(text, &list, Options{Reads: reads, Channel: contact.SMS})
			want := "pass"
			for _, f := range d.Findings {
				if f.Say.In(l) == "" || strings.Contains(f.Say.In(l), "%!") {
					t.Fatalf("%q: %+v", text, f)
				}
				if want != "stop" {
					want = f.Level
				}
			}
			if d.Result != want {
				t.Fatalf("%q: %s, %v", text, d.Result, codes(d))
			}
		}
		if d := Check(text+"\nЧтобы отписаться, ответьте СТОП", &list, Options{Reads: reads}); slices.Contains(codes(d), "refusal.none") {
			t.Fatalf("%q", text)
		}
	})
}
