package report

import (
	"slices"
	"strconv"

	"cleanbase/internal/contact"
)

// reasons is every reason that occurs: how often, one example, and what to do.
func (b *builder) reasons() *section {
	s := &section{ID: "reasons", Title: b.tr("Reasons, and what to do", "Причины и что с ними делать")}
	known := map[string]bool{}
	for _, v := range []contact.Verdict{contact.Hold, contact.Cold, contact.Invalid, contact.Removed, contact.Clean} { // most to do first
		t := b.reasonTable(verdictWord[v].In(b.l), b.ofVerdict(v))
		t.Class = v.String()
		for _, r := range contact.Reasons() {
			known[r.String()] = true
			if n := b.s.Reasons[r.String()]; r.Verdict() == v && n > 0 {
				t.add(b.reason(r), b.number(n), b.example(r), text(advice(r).In(b.l)))
			}
		}
		if len(t.Rows) > 0 {
			s.Tables = append(s.Tables, t)
		}
	}
	if t := b.unknownReasons(known); len(t.Rows) > 0 {
		s.Tables = append(s.Tables, t)
	}
	if len(s.Tables) == 0 {
		return nil
	}
	if b.sumOfReasons() > b.contacts() {
		s.Lead = []phrase{plain(b.severalReasons())}
	}
	return s
}

func (b *builder) sumOfReasons() int64 {
	var sum int64
	for _, n := range b.s.Reasons {
		sum += n
	}
	return sum
}

func (b *builder) severalReasons() string {
	return b.tr("A contact may have several reasons and is counted under each, so the counts can add up to more than the verdict. The strongest reason decides.",
		"У контакта может быть несколько причин, и он посчитан в каждой, поэтому их сумма бывает больше числа контактов. Решает самая сильная.")
}

func (b *builder) reasonTable(name string, n int64) table {
	return table{Title: name + ": " + b.many(n, nounContact), Caption: plain(b.trf("Reasons: %s", "Причины: %s", name)), Head: columns(
		b.tr("Reason", "Причина"), b.tr("#Contacts", "#Контактов"), b.tr("Example", "Пример"), b.tr("What to do", "Что делать"))}
}

func (b *builder) reason(r contact.Reason) cell {
	return cell{Text: sentence(r.Say().In(b.l), ""), Sub: r.String(), SubBy: sub{Code: true}}
}

func (b *builder) example(r contact.Reason) cell {
	c := user(b.r.Examples[r])
	if at, ok := b.r.ExampleAt[r]; ok {
		c.Sub, c.SubBy.User = b.place(at), true
	}
	if c.Text == "" && c.Sub == "" {
		c.Text = "–"
	}
	return c
}

// unknownReasons is what a summary of a newer version counts: without advice,
// but not left out.
func (b *builder) unknownReasons(known map[string]bool) table {
	t := b.reasonTable(b.tr("Other reasons", "Другие причины"), 0)
	t.Title = b.tr("Other reasons", "Другие причины")
	var codes []string
	for c, n := range b.s.Reasons {
		if !known[c] && n > 0 {
			codes = append(codes, c)
		}
	}
	slices.Sort(codes)
	for _, c := range codes {
		t.add(code(c), b.number(b.s.Reasons[c]), text("–"), text("–"))
	}
	return t
}

// place is "file, sheet, row 12".
func (b *builder) place(p contact.Place) string {
	s := shown(baseName(p.File))
	if p.Sheet != "" {
		s += ", " + shown(p.Sheet)
	}
	if p.Row > 0 {
		s += ", " + b.tr("row\u00a0", "строка\u00a0") + strconv.Itoa(p.Row)
	}
	return s
}

func (b *builder) consentAge() *section {
	return b.bars("consent-age", contact.T("Age of consent", "Возраст согласия"), contact.T("Age", "Возраст"), b.r.ConsentAge)
}

func (b *builder) countries() *section {
	return b.bars("countries", contact.T("Countries", "Страны"), contact.T("Country", "Страна"), b.r.Countries)
}

func (b *builder) operators() *section {
	s := b.bars("operators", contact.T("Operators and regions", "Операторы и регионы"), contact.T("Operator, region", "Оператор, регион"), b.r.Operators)
	if s != nil {
		s.Lead = append(s.Lead, plain(b.tr("By an open table of the ranges that numbers were given from. It lacks about half of Russia's, gives no region to mobile numbers, and does not know who has moved to another operator since.",
			"По открытой таблице диапазонов, из которых выданы номера. Примерно половины российских в ней нет, региона у мобильных она не называет, и кто с тех пор сменил оператора, не знает.")))
	}
	return s
}

// bars is a chart of clean contacts, a bar a row.
func (b *builder) bars(id string, title, what contact.Text, buckets []contact.Bucket) *section {
	var total, most int64
	for _, k := range buckets {
		total += k.Count
		most = max(most, k.Count)
	}
	if total == 0 {
		return nil
	}
	t := table{Class: "chart", Caption: plain(b.trf("Clean contacts: %s", "Чистые контакты: %s", title.In(b.l))),
		Head: columns(what.In(b.l), b.tr("#Contacts", "#Контактов"), b.tr("#Share", "#Доля"))}
	for _, k := range buckets {
		label := user(k.Label.In(b.l))
		label.Bar = stack(most, piece{"clean", k.Count})
		t.add(label, b.number(k.Count), text(b.percent(k.Count, total)))
	}
	return &section{ID: id, Title: title.In(b.l), Tables: []table{t},
		Lead: []phrase{plain(b.trf("%s in the clean list.", "В чистом списке: %s.", b.many(total, nounContact)))}}
}

// returns is the refused people that a file brought back.
func (b *builder) returns() *section {
	if b.s.Returns == 0 {
		return nil
	}
	s := &section{ID: "returns", Title: b.tr("Returns", "Возвраты"), Lead: []phrase{plain(b.trf(
		"%s came back in a contacts file, though only the audit database still remembers the refusal. All were removed again. Find out which export brings them.",
		"Снова пришли в файлах те, кто отказался: %s. Об отказе помнит только база аудита. Все исключены снова. Выясните, какая выгрузка их приносит.", b.many(int64(b.s.Returns), nounContact)))}}
	t := table{Caption: plain(b.tr("Returned contacts", "Вернувшиеся контакты")), Head: columns(b.tr("Where", "Где"),
		b.tr("Contact", "Контакт"), b.tr("Old refusal", "Прежний отказ"), b.tr("Since", "С какого времени"))}
	for _, r := range b.s.Returned {
		where := cell{Text: b.place(contact.Place{File: r.File, Sheet: r.Sheet, Row: r.Row}), User: true}
		t.add(where, user(dash(r.Phone)), b.named(kindWord, r.Kind), user(dash(b.day(r.Since))))
	}
	b.rest(s, t, int64(b.s.Returns))
	return s
}

// rest puts a table of the first of something into s and says how many more
// there are.
func (b *builder) rest(s *section, t table, total int64) {
	n := int64(len(t.Rows))
	if n == 0 {
		return
	}
	s.Tables = append(s.Tables, t)
	if n < total {
		s.Lead = append(s.Lead, plain(b.trf("The first %s are shown.", "Показаны первые: %s.", b.num(n))))
	}
}

func (b *builder) shared() *section {
	n := int64(b.s.SharedIdentifiers)
	if n == 0 {
		return nil
	}
	s := &section{ID: "shared", Title: b.tr("Shared identifiers", "Общие телефоны и адреса"), Lead: []phrase{plain(b.trf(
		"Phones, e-mails or ids that too many contacts share to belong to one person, such as an office line: %s. A refusal of one of them does not reach the others.",
		"Телефоны, адреса или номера, которые стоят у слишком многих контактов, чтобы принадлежать одному человеку (например, телефон офиса): %s. Отказ одного из этих людей не переходит на остальных.", b.num(n)))}}
	t := table{Caption: plain(s.Title), Head: columns(b.tr("Identifier", "Что общее"), b.tr("Kind", "Вид"), b.tr("#Contacts", "#Контактов"))}
	for _, x := range b.r.Shared {
		t.add(user(dash(x.Masked)), text(idWord[x.Kind].In(b.l)), b.number(x.Contacts))
	}
	b.rest(s, t, n)
	return s
}

func (b *builder) conflicts() *section {
	n := b.r.Conflicts
	if n == 0 {
		return nil
	}
	s := &section{ID: "conflicts", Title: b.tr("Conflicts", "Противоречия"), Lead: []phrase{plain(b.trf(
		"The files disagree about the consent of %s. Nobody of them is in the clean list until a person decides.",
		"О согласии в файлах сказано разное: %s. Пока не решит человек, никого из них в чистом списке нет.", b.many(n, nounContact)))}}
	t := table{Caption: plain(b.tr("Where the contacts stand", "Где стоят эти контакты")), Head: columns(b.tr("File", "Файл"), b.tr("Sheet", "Лист"), b.tr("#Row", "#Строка"))}
	for _, p := range b.r.ConflictAt {
		t.add(user(p.File), user(dash(p.Sheet)), b.number(int64(p.Row)))
	}
	b.rest(s, t, n)
	return s
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
