package intake_test

import (
	"fmt"
	"testing"

	"cleanbase/internal/contact"
	"cleanbase/internal/intake"
)

// BenchmarkRecord reads rows of twelve columns, without reading phones.
func BenchmarkRecord(b *testing.B) {
	opt := options()
	opt.ReadNote = nil
	in := intake.New(opt)
	table := rows("id|Фамилия|Имя|Отчество|Телефон|E-mail|Город|Дата рождения|Дата создания|Согласие на рассылку|Теги|Комментарий")
	words := []string{"да", "нет", "", "1"}
	for i := range 5000 {
		row := rows(fmt.Sprintf("%d|Иванов|Мария|Петровна|+7 (911) 000-%02d-%02d|user%d@Pochta.ru|Казань|1975-06-20|2022-02-17 05:25:45|%s|vip, опт|перезвонить после %d", i, i/100%100, i%100, i, words[i%4], i))[0]
		row.Number = i + 2
		table = append(table, row)
	}
	p, err := in.Plan(intake.Source{File: "база.csv"}, table[:1000], contact.NoRole)
	if err != nil {
		b.Fatal(err)
	}
	opt.ReadNumbers = func(dst []contact.Number, _ []byte, _ string) []contact.Number {
		return append(dst, contact.Number{Phone: 79110000001})
	}
	r := intake.New(opt).Reader(p)
	b.ReportAllocs()
	i := 1
	for b.Loop() {
		if _, kind := r.Record(table[i]); kind != intake.RowRead {
			b.Fatal(kind)
		}
		if i++; i == len(table) {
			i = 1
		}
	}
}

// BenchmarkPlan looks at a sample of a thousand rows.
func BenchmarkPlan(b *testing.B) {
	in := intake.New(options())
	table := rows("id|Фамилия|Имя|Отчество|Телефон|E-mail|Город|Дата рождения|Дата создания|Согласие на рассылку|Теги|Комментарий")
	for i := range 1000 {
		row := rows(fmt.Sprintf("%d|Иванов|Мария|Петровна|+7 (911) 000-%02d-%02d|user%d@Pochta.ru|Казань|1975-06-20|2022-02-17 05:25:45|да|vip, опт|перезвонить после %d", i, i/100%100, i%100, i, i))[0]
		row.Number = i + 2
		table = append(table, row)
	}
	for b.Loop() {
		if _, err := in.Plan(intake.Source{File: "база.csv"}, table, contact.NoRole); err != nil {
			b.Fatal(err)
		}
	}
}
