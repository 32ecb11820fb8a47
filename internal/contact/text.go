package contact

import (
	"fmt"
	"strconv"
	"strings"
)

// Lang is a language that people read the program in.
type Lang uint8

// The languages.
const (
	EN Lang = iota
	RU
)

// Text is a sentence in both languages.
type Text struct{ EN, RU string }

// T makes a Text.
func T(en, ru string) Text { return Text{EN: en, RU: ru} }

// In is the text in one language.
func (t Text) In(l Lang) string {
	if l == RU {
		return t.RU
	}
	return t.EN
}

// With fills the verbs of both sentences with the same arguments; an argument
// that is itself a Text is shown in the sentence's language.
func (t Text) With(args ...any) Text {
	return Text{EN: fill(EN, t.EN, args), RU: fill(RU, t.RU, args)}
}

func fill(l Lang, format string, args []any) string {
	shown := make([]any, len(args))
	for i, a := range args {
		if t, ok := a.(Text); ok {
			a = t.In(l)
		}
		shown[i] = a
	}
	return fmt.Sprintf(format, shown...)
}

// Plural picks the form of a noun that goes with n: for Russian one of three
// (1 контакт, 2 контакта, 5 контактов), for English forms[0] or forms[1].
func Plural(l Lang, n int64, forms ...string) string {
	if n < 0 {
		n = -n
	}
	switch {
	case l == EN && n == 1:
		return forms[0]
	case l == EN:
		return forms[1]
	case n%100 >= 11 && n%100 <= 14:
		return forms[2]
	case n%10 == 1:
		return forms[0]
	case n%10 >= 2 && n%10 <= 4:
		return forms[1]
	}
	return forms[2]
}

// Grouped writes n with its thousands apart: "1 234 567" with no-break spaces
// in Russian, "1,234,567" in English.
func Grouped(l Lang, n int64) string {
	s := strconv.FormatInt(n, 10)
	sep := ","
	if l == RU {
		sep = "\u00a0"
	}
	head := len(s) % 3
	if head == 0 || (head == 1 && s[0] == '-') {
		head += min(3, len(s)-head)
	}
	var b strings.Builder
	b.WriteString(s[:head])
	for i := head; i < len(s); i += 3 {
		b.WriteString(sep)
		b.WriteString(s[i : i+3])
	}
	return b.String()
}

// Count is n grouped as each language does it.
func Count(n int64) Text { return T(Grouped(EN, n), Grouped(RU, n)) }

// Many is n with the noun that goes with it. The forms are two English ones,
// then three Russian ones, in the case that the sentence asks for.
func Many(n int64, forms ...string) Text {
	return T(Grouped(EN, n)+" "+Plural(EN, n, forms[:2]...), Grouped(RU, n)+" "+Plural(RU, n, forms[2:]...))
}

// ManyContacts is n contacts, in Russian in the nominative.
func ManyContacts(n int64) Text {
	return Many(n, "contact", "contacts", "контакт", "контакта", "контактов")
}

// ManyPeople is n people, in Russian in the nominative.
func ManyPeople(n int64) Text {
	return Many(n, "person", "people", "человек", "человека", "человек")
}

// Percent is n of of to a tenth of a percent. What is neither nothing nor all is
// never shown as if it were.
func Percent(n, of int64) Text {
	if of <= 0 {
		return T("–", "–")
	}
	tenths, mark := (n*2000+of)/(2*of), ""
	switch {
	case n > 0 && tenths == 0:
		mark, tenths = "<", 1
	case n < of && tenths >= 1000:
		mark, tenths = ">", 999
	}
	return T(fmt.Sprintf("%s%d.%d%%", mark, tenths/10, tenths%10), fmt.Sprintf("%s%d,%d\u00a0%%", mark, tenths/10, tenths%10))
}
