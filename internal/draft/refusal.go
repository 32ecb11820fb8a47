package draft

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"cleanbase/internal/contact"
)

// aboutRefusing are words that tell how to be left alone. They are looked for
// in our own message, so a promise is enough: "not interested? Reply 0".
var aboutRefusing = regexp.MustCompile(`(?i)` + strings.Join([]string{
	`отпи(сать|сыва|ск|ши)`, `(больше|и мы|мы) не (будем|станем) (вас |вам )?(больше )?(писать|беспокоить|присылать|тревожить)`, `отказ(аться|а|ывае|\s|ом|$|[.,:;!–—-])`, `откаж`, `отмен\p{L}* (подписк|рассылк)`, `отключ\p{L}* (рассылк|сообщени|уведомлени)`,
	`(не|больше не) (хотите|хочешь|желаете|интересн|нужн|надо|актуальн)`, `не (получать|присылать|беспокоить|писать|отправлять)`, `не ?(интересно|актуальн|удобно получать)`, `не (побеспоко|потревож|напишем)`, `(be|get) removed`, `unsubscrib`, `opt[ -]?out`, `(don'?t|don’t|do not|no longer) (want|wish|write|text|message)`, `to (stop|cancel)($|[^\p{L}])`, `not interested`, `leave (the|this|our) list`,
}, "|"))

// stopWord is a sign that says by itself what it is for: "reply STOP".
var stopWord = regexp.MustCompile(`(?i)^(стоп|stop|отписка|отписаться|отпишите|хватит|unsubscribe|end|quit|cancel|stopall)$`)

// saysHow tells whether a sentence says how to refuse.
func saysHow(sentence string) bool {
	return aboutRefusing.MatchString(sentence) || slices.ContainsFunc(asked(sentence), stopWord.MatchString)
}

// asks are verbs that ask for an answer, with what stands behind them.
var asks = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:ответьте|ответь|ответом|напишите|напиши|отправьте|отправь|пришлите|пришли|поставьте|поставь|нажмите|нажми|наберите|reply|text|send|answer|write|respond|press|type|tap|react)(?:\s+(?:with|нам|мне|us|me|back|цифру|цифрой|слово|словом|знак|смайл|смайлик|реакцию|в\s+ответ|на\s+это\s+сообщение|кнопку))*[\s:–—-]+`)

// quotedWord is a short text in quotes; loudWord one in capitals.
var (
	quotedWord = regexp.MustCompile(`[«“„"'‘]([^«»“”„"'‘’\n]{1,20})[»”“"'’]`)
	loudWord   = regexp.MustCompile(`(?:^|[^\p{L}\p{N}])([А-ЯЁ]{2,12}|[A-Z]{3,12})(?:$|[^\p{L}\p{N}])`)
	loneDigit  = regexp.MustCompile(`(?:^|[\s(:–—-])(\d{1,2})(?:$|[\s).,;:!–—-])`)
	firstWord  = regexp.MustCompile(`^[«“„"'‘(]*([\p{L}\p{N}]{1,20}|[^\s\p{L}\p{N}\p{P}]\S{0,10})`)
)

// shortened is the end of a text that has no end of its own: how to refuse stands
// last.
func shortened(s string) string {
	if r := []rune(s); len(r) > 200 {
		return "…" + string(r[len(r)-200:])
	}
	return s
}

// breaks are ends of sentences.
var breaks = regexp.MustCompile(`[.!?…]+\s+|\n+`)

// refusal finds how the message says to refuse, and whether that would work.
func (c *checker) refusal() {
	sentences := c.sentences()
	at := slices.IndexFunc(sentences, saysHow)
	if at < 0 {
		c.add(stop, contact.Finding{Code: "refusal.none", Say: contact.T(
			"the message does not say how to refuse: add a short line, such as “Reply 0 to stop”, and the sign to [[refusal.signs]] in the policy file",
			"в сообщении не сказано, как отказаться: добавьте короткую строку, например «Чтобы не получать сообщения, ответьте 0», и внесите знак в [[refusal.signs]] файла политики")})
		return
	}
	c.d.Refusal = shortened(strings.TrimLeft(strings.TrimSpace(sentences[at]), ",;:!. "))
	c.d.Signs = signsIn(sentences, at)
	for _, s := range c.d.Signs {
		c.sign(s)
	}
	if slices.ContainsFunc(sentences, func(s string) bool { return saysHow(s) && c.opt.Reads(s) >= contact.SaysUnsure }) {
		c.add(warn, contact.Finding{Code: "refusal.our_line", Say: contact.T(
			"quoted back in an answer, the line on how to refuse would be read as a refusal: put it into refusal.our_lines of the policy file",
			"если человек процитирует строку об отказе, её прочитают как отказ: внесите её в refusal.our_lines файла политики")})
	}
}

// sentences cuts the text, with its placeholders left out, since they are no
// words of it. A question goes with what answers it.
func (c *checker) sentences() []string {
	var b strings.Builder
	last := 0
	for _, s := range c.slots {
		b.WriteString(c.text[last:s.from])
		last = s.to
	}
	b.WriteString(c.text[last:])
	text := b.String()
	var list []string
	from := 0
	for _, m := range breaks.FindAllStringIndex(text, -1) {
		if strings.ContainsRune(text[m[0]:m[1]], '?') && !strings.Contains(text[m[0]:m[1]], "\n\n") {
			continue
		}
		list, from = append(list, text[from:m[1]]), m[1]
	}
	return append(list, text[from:])
}

// signsIn finds the signs that the line on refusing asks for: behind a verb
// that asks for an answer, here or in the next sentence, or else set apart in
// the line itself.
func signsIn(sentences []string, at int) []string {
	line := sentences[at]
	if signs := asked(line); len(signs) > 0 {
		return signs
	}
	if signs := apart(line); len(signs) > 0 {
		return signs
	}
	if at+1 < len(sentences) {
		return asked(sentences[at+1])
	}
	return []string{}
}

// asked are the signs behind a verb: "reply STOP", "ответьте 0 или «нет»".
func asked(line string) []string {
	signs := []string{}
	for _, m := range asks.FindAllStringIndex(line, -1) {
		rest := line[m[1]:]
		if q := quotedWord.FindStringSubmatchIndex(rest); q != nil && q[0] == 0 {
			signs = append(signs, rest[q[2]:q[3]])
			continue
		}
		w := firstWord.FindStringSubmatch(rest)
		if w == nil {
			continue
		}
		word := strings.TrimRightFunc(w[1], func(r rune) bool { return unicode.IsPunct(r) })
		if isSign(word) {
			signs = append(signs, word)
		}
	}
	return signs
}

// pointers are pictures that only point at something: a link, a button.
const pointers = "👉👇👆👈➡⬇⬅⬆▶🔗"

// plainSigns are words that are asked for without quotes or capitals.
var plainSigns = map[string]bool{"минус": true, "ноль": true, "нет": true, "no": true, "zero": true, "minus": true}

// isSign tells a sign from a word of the sentence ("write to us"): a short
// number, a picture, a word in capitals or one that by itself says to stop.
func isSign(word string) bool {
	switch {
	case word == "":
		return false
	case strings.Trim(word, "0123456789") == "":
		return len(word) <= 2
	case !strings.ContainsFunc(word, unicode.IsLetter):
		return !strings.ContainsAny(word, pointers)
	}
	return word == strings.ToUpper(word) && len([]rune(word)) > 1 || stopWord.MatchString(word) || plainSigns[strings.ToLower(word)]
}

// apart are the signs that stand out in a line with no verb: "Отказ – 0",
// "«стоп» для отписки", "👎 if you are not interested".
func apart(line string) []string {
	signs := []string{}
	for _, re := range []*regexp.Regexp{quotedWord, loneDigit, loudWord} {
		for _, m := range re.FindAllStringSubmatch(line, -1) {
			signs = append(signs, m[1])
		}
		if len(signs) > 0 {
			return signs
		}
	}
	for _, r := range line {
		if unicode.Is(unicode.So, r) && !strings.ContainsRune(pointers, r) {
			return append(signs, string(r))
		}
	}
	return signs
}

// soon is how near its end a sign's lifetime is told.
const soon = 14 * 24 * time.Hour

// sign holds a promised sign against the policy: answers with it must be read
// as refusals, now and for as long as they come.
func (c *checker) sign(s string) {
	var own *Sign
	for i := range c.opt.Signs {
		if same(c.opt.Signs[i].Text, s) {
			own = &c.opt.Signs[i]
			break
		}
	}
	switch {
	case own != nil && (own.From.After(c.opt.AsOf) || c.opt.AsOf.After(own.To)):
		c.add(stop, contact.Finding{Code: "sign.lifetime", Where: s, Say: contact.T(
			"the sign “%s” is in the policy, but not in force now (from %s to %s): answers with it would not count", "знак «%s» есть в политике, но сейчас не действует (с %s по %s): ответы с ним не засчитаются").
			With(s, ending(own.From), ending(own.To))})
	case own != nil && own.To.Known() && own.To.Latest().Sub(c.opt.AsOf.Earliest()) < soon:
		c.add(warn, contact.Finding{Code: "sign.ends", Where: s, Say: contact.T(
			"the sign “%s” ends on %s: later answers would not count", "знак «%s» действует до %s: более поздние ответы не засчитаются").With(s, ending(own.To))})
	case own == nil && c.opt.Reads(s) < contact.SaysRefusal:
		c.add(stop, contact.Finding{Code: "sign.missing", Where: s, Say: contact.T(
			"the message promises that “%s” refuses, but the policy does not know it: add it to [[refusal.signs]], or the refusals will be missed",
			"сообщение обещает, что «%s» — это отказ, но политика такого знака не знает: внесите его в [[refusal.signs]], иначе отказы пропадут").With(s)})
	}
}

func ending(m contact.Moment) contact.Text {
	if !m.Known() {
		return contact.T("any time", "любого дня")
	}
	return contact.T(m.Short(), m.Short())
}

// same compares two signs as answers are compared: without case, quotes, skin
// tones and variation selectors.
func same(a, b string) bool { return signKey(a) == signKey(b) }

func signKey(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'ё' || r == 'Ё':
			return 'е'
		case unicode.IsSpace(r), unicode.IsPunct(r), unicode.Is(unicode.Mn, r), unicode.Is(unicode.Sk, r), r == '\u200d':
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}
