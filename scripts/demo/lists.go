package main

import (
	"bytes"
	"encoding/csv"

	"golang.org/x/text/encoding/charmap"
)

// table is rows written as CSV with that delimiter; crlf ends lines as office
// programs do.
func table(rows [][]string, delimiter rune, crlf bool) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Comma, w.UseCRLF = delimiter, crlf
	_ = w.WriteAll(rows) // a buffer takes everything
	return out.Bytes()
}

// stopList is the list that an office program saved in windows-1251, a title
// above its header, a blank row where a month ended.
func (b *base) stopList() ([]byte, error) {
	rows := [][]string{{"Стоп-лист рассылок (ведёт Ольга, обновлён 17.11.2026)", "", "", ""}, {"Телефон", "Дата", "Канал", "Примечание"}}
	for i, e := range b.stops {
		if i == 20 {
			rows = append(rows, []string{"", "", "", ""})
		}
		rows = append(rows, []string{e.phone, e.date, e.channel, e.note})
	}
	return charmap.Windows1251.NewEncoder().Bytes(table(rows, ';', true))
}

// complaintList is the complaints as the manager pastes them together.
func (b *base) complaintList() []byte {
	rows := [][]string{{"Дата", "Телефон", "E-mail", "Канал", "Суть жалобы"}}
	for _, e := range b.troubles {
		rows = append(rows, []string{e.date, e.phone, e.email, e.channel, e.note})
	}
	return table(rows, ',', false)
}

// register is the consents that the site's database knows.
func (b *base) register() []byte {
	rows := [][]string{{"Телефон", "E-mail", "Дата и время", "Источник", "Канал", "Версия текста"}}
	for _, e := range b.consents {
		rows = append(rows, []string{e.phone, e.email, e.date, e.note, e.channel, e.version})
	}
	return append([]byte(bom), table(rows, ';', false)...)
}

// staffList is the people never to be mailed.
func (b *base) staffList() []byte {
	rows := [][]string{{"ФИО", "Должность", "Мобильный"}}
	for i := range b.staff {
		p := &b.staff[i]
		rows = append(rows, []string{p.name(), []string{"продавец", "грумер", "администратор", "кладовщик"}[i%4], p.phone})
	}
	return table(rows, ';', false)
}
