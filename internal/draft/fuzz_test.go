package draft

import (
	"strings"
	"testing"
	"unicode/utf8"

	"cleanbase/internal/contact"
)

// FuzzCheck: of any text the placeholders lie in it and apart, the parts of an
// SMS hold it, and everything that is told has words in both languages.
func FuzzCheck(f *testing.F) {
	for _, s := range []string{"", "{Имя}, скидки! Чтобы отписаться, ответьте СТОП", "Hi {{ first_name }}! Reply STOP to unsubscribe.", "${name} *|FNAME|* %NAME% #имя# [[Имя]] [Имя] <имя>",
		"{Привет|Здравствуйте}, {имя|друг}", "<{%}Имя>", "[Имя](https://example.com)", "{{{}}}", "100% и 20%", "#скидка #имя#", "\xff{\xffИмя}", "👎🏽", "Отказ – 0", "{{1}} {2}"} {
		f.Add(s, byte(0))
	}
	channels := []contact.Channel{contact.Any, contact.SMS, contact.WhatsApp, contact.Telegram, contact.MAX}
	f.Fuzz(func(t *testing.T, text string, channel byte) {
		if len(text) > 20_000 {
			return
		}
		slots, _ := findSlots(text, &list)
		last := 0
		for _, s := range slots {
			if s.from < last || s.from >= s.to || s.to > len(text) || !strings.Contains(text[s.from:s.to], s.name) {
				t.Fatalf("%q: %+v", text, slots)
			}
			last = s.to
		}
		for _, base := range []*Base{nil, &list} {
			d := Check(text, base, Options{Reads: reads, Channel: channels[int(channel)%len(channels)]})
			if d.Result != "pass" && len(d.Findings) == 0 || d.Result == "pass" && len(d.Findings) > 0 {
				t.Fatalf("%q: %s with %v", text, d.Result, codes(d))
			}
			if n := d.SMSParts; d.Channel == "sms" && (n*160 < utf8.RuneCountInString(strings.TrimSpace(text)) && base == nil) {
				t.Fatalf("%q in %d parts", text, n)
			}
			for _, found := range d.Findings {
				for _, l := range []contact.Lang{contact.EN, contact.RU} {
					if say := found.Say.In(l); say == "" || strings.Contains(say, "%!") && !strings.Contains(text, "%!") {
						t.Fatalf("%q: %+v", text, found)
					}
				}
			}
		}
	})
}
