package events

import (
	"slices"
	"strings"
	"unicode"
)

// What a company may call the button by which people leave, and the words that
// may stand beside it and change nothing.
var (
	leaving = strings.Fields("stop stopall unsubscribe unsub optout отписаться отписка отписать стоп")
	beside  = strings.Fields("btn button cmd command action type id key payload quick reply qr template tpl user client contact me all now confirm confirmed yes " +
		"wa whatsapp tg telegram max bot marketing promo promos promotion promotions promotional ads mailing mailings message messages msg newsletter newsletters " +
		"кнопка мне меня да от рассылка рассылки рассылок реклама рекламы сообщения сообщений")
)

// leaves tells whether the company's own name for a button says that who presses
// it wants no more messages: "STOP", "opt_out", "btn:unsubscribe:12". A name with
// any other word in it ("stop_order", "dont_stop") says nothing.
func leaves(button string) bool {
	told, last := false, ""
	for _, word := range namesWords(button) {
		switch {
		case slices.Contains(leaving, word), last == "opt" && word == "out", last == "отказ" && word == "от":
			told, last = true, ""
		case last != "":
			return false
		case word == "opt", word == "отказ":
			last = word
		case !slices.Contains(beside, word):
			return false
		}
	}
	return told && last == ""
}

// namesWords are the words of a name, lower-cased, numbers left out: they end at
// what is no letter, and where a capital follows a small letter.
func namesWords(name string) []string {
	var apart strings.Builder
	small := false
	for _, r := range name {
		switch {
		case !unicode.IsLetter(r):
			apart.WriteByte(' ')
		case small && unicode.IsUpper(r):
			apart.WriteByte(' ')
			fallthrough
		default:
			apart.WriteRune(unicode.ToLower(r))
		}
		small = unicode.IsLower(r)
	}
	return strings.Fields(apart.String())
}
