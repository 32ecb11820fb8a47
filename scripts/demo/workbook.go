package main

import (
	"errors"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// The sheets of the shop's workbook.
const (
	shopSheet    = "Клиенты"
	archiveSheet = "Старые до 2024"
)

// The formats of its cells.
const (
	dayFormat    = "dd.mm.yyyy"
	momentFormat = "dd.mm.yyyy hh:mm"
	wholeFormat  = "0"
)

// midnight is the day of a moment.
func midnight(at time.Time) time.Time { return at.Truncate(24 * time.Hour) }

// writer writes sheets, one after the other, and keeps the first thing that went wrong.
type writer struct {
	*excelize.File
	sheet  string
	row    int
	styles map[string]int
	err    error
}

// workbook is the shop's own book: a title above the header of its first
// sheet, the customers of the old days on a second one that somebody hid.
func (b *base) workbook() ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	w := &writer{File: f, sheet: shopSheet, styles: map[string]int{}}
	w.keep(f.SetSheetName("Sheet1", shopSheet))
	for _, format := range []string{dayFormat, momentFormat, wholeFormat} {
		id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		w.keep(err)
		w.styles[format] = id
	}
	w.customers(b)
	_, err := f.NewSheet(archiveSheet)
	w.keep(err)
	w.sheet, w.row = archiveSheet, 0
	w.archive(b)
	w.keep(f.SetSheetVisible(archiveSheet, false))
	out, err := f.WriteToBuffer()
	if err := errors.Join(w.err, err); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (w *writer) keep(err error) { w.err = errors.Join(w.err, err) }

// add writes the next row. A moment becomes a cell that is shown as a date.
func (w *writer) add(cells ...any) {
	w.row++
	for i, v := range cells {
		ref, err := excelize.CoordinatesToCellName(i+1, w.row)
		w.keep(err)
		at, isDate := v.(time.Time)
		switch {
		case v == nil || v == "" || isDate && at.IsZero():
			continue
		case isDate:
			style := w.styles[momentFormat]
			if at.Equal(midnight(at)) {
				style = w.styles[dayFormat]
			}
			w.keep(w.SetCellValue(w.sheet, ref, at))
			w.keep(w.SetCellStyle(w.sheet, ref, ref, style))
			continue
		}
		w.keep(w.SetCellValue(w.sheet, ref, v))
		if _, isNumber := v.(int64); isNumber && w.row%4 == 0 { // the others show as 7,91E+10
			w.keep(w.SetCellStyle(w.sheet, ref, ref, w.styles[wholeFormat]))
		}
	}
}

func (w *writer) customers(b *base) {
	w.add("Клиенты магазина «Лапа и Хвост» на Садовой, по 18.11.2026")
	w.keep(w.MergeCell(w.sheet, "A1", "F1"))
	w.row++ // a blank row
	w.add("№", "ФИО", "Телефон", "Доп. телефон", "E-mail", "Город", "Питомец", "Последняя покупка", "Согласие на рассылку", "Дата согласия", "Источник согласия", "Теги", "Комментарий")
	for i := range b.shop {
		p := &b.shop[i]
		if i == 40 || i == 96 {
			w.row++
		}
		w.add(int64(i+1), p.name(), b.cell(p), p.work, p.email, p.city, p.pet, p.bought, p.says, midnight(p.on), p.from, p.tags, p.comment)
	}
	w.keep(w.SetColWidth(w.sheet, "B", "E", 24))
}

func (w *writer) archive(b *base) {
	w.add("Клиент", "Телефон", "E-mail", "Дата последней покупки", "Рассылка", "Дата согласия", "Питомец")
	for i := range b.archive {
		p := &b.archive[i]
		w.add(p.name(), b.cell(p), p.email, midnight(p.bought), p.says, midnight(p.on), p.pet)
	}
}

// cell is a phone's cell: a number where the workbook made one of it.
func (b *base) cell(p *person) any {
	if !p.numeric {
		return p.phone
	}
	digits := []string{"7", "7", "8", ""}[b.IntN(4)] + p.mobile
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return p.phone
	}
	return n
}
