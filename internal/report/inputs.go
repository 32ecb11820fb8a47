package report

import (
	"strings"

	"cleanbase/internal/contact"
)

// files is which contacts file brings what, and what the other files hold.
func (b *builder) files() *section {
	s := &section{ID: "files", Title: b.tr("Which file brings what", "Что принёс каждый файл")}
	of, others := b.contactFiles(), b.otherFiles()
	if len(of.Rows) > 0 {
		s.Lead = append(s.Lead, b.trouble()...)
		s.Lead = append(s.Lead, plain(b.law()))
		s.Tables = append(s.Tables, of)
	}
	if len(others.Rows) > 0 {
		s.Tables = append(s.Tables, others)
	}
	if len(s.Tables) == 0 {
		return nil
	}
	return s
}

// outcomes is the order that a file's outcomes are shown in.
func outcomes() []contact.Verdict { return append(contact.Verdicts(), contact.Merged) }

func (b *builder) contactFiles() table {
	heads := []string{b.tr("File", "Файл"), b.tr("#Read", "#Строк")}
	for _, v := range outcomes() {
		heads = append(heads, "#"+verdictWord[v].In(b.l))
	}
	heads = append(heads, b.tr("#Blank", "#Пустых"))
	t := table{Class: "wide", Title: b.tr("Contacts", "Контакты"), Caption: plain(b.tr("Rows of each contacts file by outcome", "Строки каждого файла контактов по решениям")), Head: columns(heads...)}
	for i := range b.s.Inputs {
		in := &b.s.Inputs[i]
		if in.Role == contact.RoleContacts.String() {
			name := b.input(in)
			name.Bar = stackRows(&in.Rows)
			t.add(b.rowCells(name, &in.Rows)...)
		}
	}
	if len(t.Rows) > 1 {
		t.Foot = t.labelled(b.rowCells(text(b.tr("Total", "Всего")), &b.s.Rows))
	}
	return t
}

func (b *builder) rowCells(name cell, r *contact.Rows) []cell {
	cells := []cell{name, b.number(r.Read)}
	for _, v := range outcomes() {
		cells = append(cells, b.marked(v, *r.Of(v)))
	}
	return append(cells, b.number(r.Blank))
}

func stackRows(r *contact.Rows) []bar {
	var pieces []piece
	for _, v := range outcomes() {
		pieces = append(pieces, piece{v.String(), *r.Of(v)})
	}
	return stack(r.Read, pieces...)
}

// input is a file's name with its sheet. Files of one name in different
// folders are told apart by their paths.
func (b *builder) input(in *contact.InputSummary) cell {
	name := baseName(in.Path)
	for i := range b.s.Inputs {
		if o := &b.s.Inputs[i]; o.Path != in.Path && baseName(o.Path) == name {
			name = in.Path
			break
		}
	}
	c := user(name)
	if in.Sheet != "" {
		c.Sub, c.SubBy.User = shown(in.Sheet), true
	}
	return c
}

func baseName(path string) string { return path[strings.LastIndexAny(path, `/\`)+1:] }

// trouble names the file with the most rows that can't be mailed, where there
// is a choice.
func (b *builder) trouble() []phrase {
	var worst *contact.InputSummary
	bad := func(in *contact.InputSummary) int64 { return in.Rows.Removed + in.Rows.Invalid }
	files := 0
	for i := range b.s.Inputs {
		in := &b.s.Inputs[i]
		if in.Role != contact.RoleContacts.String() || in.Rows.Read == 0 {
			continue
		}
		files++
		if worst == nil || bad(in) > bad(worst) {
			worst = in
		}
	}
	if files < 2 || bad(worst) == 0 {
		return nil
	}
	name := b.input(worst)
	if name.Sub != "" {
		name.Text += ", " + name.Sub
	}
	return []phrase{{
		{Text: b.tr("Most trouble comes from ", "Больше всего хлопот приносит файл ")}, {Text: name.Text, User: true},
		{Text: b.trf(": %s of its %s (%s) were removed or have no usable phone.", ": исключены или без пригодного телефона %s из %s (%s).",
			b.num(bad(worst)), b.manyOf(worst.Rows.Read), b.percent(bad(worst), worst.Rows.Read))},
	}}
}

// manyOf is "5 rows" in the case that follows "of".
func (b *builder) manyOf(n int64) string {
	return b.many(n, noun{nounRow.en, []string{"строки", "строк", "строк"}})
}

// law is the row law with this run's numbers in it.
func (b *builder) law() string {
	r := &b.s.Rows
	var terms []string
	for _, v := range outcomes() {
		terms = append(terms, b.num(*r.Of(v)))
	}
	sum := b.num(r.Read) + " = " + strings.Join(terms, " + ")
	if !r.Lawful() {
		return b.trf("The numbers do not add up (%s): do not use these lists, and report the fault.",
			"Числа не сходятся (%s): не используйте эти списки и сообщите об ошибке.", strings.Replace(sum, "=", "≠", 1))
	}
	return b.trf("Every row read has exactly one outcome: %s.", "У каждой прочитанной строки ровно одно решение: %s.", sum)
}

func (b *builder) otherFiles() table {
	t := table{Title: b.tr("Opt-outs, consents and the rest", "Отказы, согласия и прочее"), Caption: plain(b.tr("Files that are not of contacts", "Файлы, кроме контактов")),
		Head: columns(b.tr("File", "Файл"), b.tr("It tells", "О чём"), b.tr("#Entries", "#Записей"), b.tr("#Of these unreadable", "#Из них не прочитано"))}
	for i := range b.s.Inputs {
		if in := &b.s.Inputs[i]; in.Role != contact.RoleContacts.String() {
			t.add(b.input(in), b.named(roleWord, in.Role), b.number(in.Entries), b.number(in.Unreadable))
		}
	}
	return t
}

// inputs is each input as an auditor identifies it.
func (b *builder) inputs() *section {
	if len(b.s.Inputs) == 0 {
		return nil
	}
	t := table{Caption: plain(b.tr("Inputs with their SHA-256", "Файлы с их SHA-256")), Head: columns(b.tr("File", "Файл"),
		b.tr("Role", "Роль"), b.tr("Read as", "Прочитан как"), "SHA-256", b.tr("To note", "Заметки"))}
	for i := range b.s.Inputs {
		in := &b.s.Inputs[i]
		name := user(in.Path)
		name.Sub, name.SubBy.User = shown(in.Sheet), true
		role := b.named(roleWord, in.Role)
		if in.RoleBy != "" {
			by := b.named(roleByWord, in.RoleBy)
			role.Sub, role.SubBy.User = by.Text, by.User
		}
		t.add(name, role, b.readAs(in), code(in.SHA256), cell{Text: dash(b.notes(in)), User: true})
	}
	return &section{ID: "inputs", Title: b.tr("Inputs", "Входные файлы"), Tables: []table{t}, Lead: []phrase{plain(b.tr(
		"The hash tells whether a file you hold is the one that was read.", "По хешу видно, тот ли файл был прочитан, что лежит у вас."))}}
}

func (b *builder) readAs(in *contact.InputSummary) cell {
	var how []string
	for _, s := range []string{in.Format, in.Encoding} {
		if s != "" {
			how = append(how, s)
		}
	}
	c := user(dash(strings.Join(how, ", ")))
	if in.System != "" {
		c.Sub, c.SubBy.User = shown(strings.TrimSpace(in.System+" "+in.Generation)), true
	}
	return c
}

func (b *builder) notes(in *contact.InputSummary) string {
	var notes []string
	for _, n := range in.Notes {
		notes = append(notes, n.In(b.l))
	}
	if len(notes) == 0 {
		notes = in.NotesShown
	}
	said := make([]string, len(notes))
	for i, n := range notes {
		said[i] = tidy(sentence(n, ""), maxSentence)
	}
	return strings.Join(said, " ")
}

// columns is how each column of each input was read.
func (b *builder) columns() *section {
	s := &section{ID: "columns", Title: b.tr("How the columns were read", "Как прочитаны колонки")}
	for i := range b.s.Inputs {
		in := &b.s.Inputs[i]
		if len(in.Columns) == 0 {
			continue
		}
		name := b.input(in)
		title := name.Text
		if name.Sub != "" {
			title += ", " + name.Sub
		}
		t := table{Class: "columns", Caption: phrase{{Text: title, User: true}},
			Head: columns(b.tr("Column", "Колонка"), b.tr("Read as", "Прочитана как"), b.tr("Told by", "Как определена"))}
		for _, c := range in.Columns {
			t.add(b.column(c)...)
		}
		s.Tables = append(s.Tables, t)
	}
	if len(s.Tables) == 0 {
		return nil
	}
	return s
}

func (b *builder) column(c contact.ColumnSummary) []cell {
	header, field, by := user(c.Header), b.named(fieldWord, c.Field), text("–")
	if c.Header == "" {
		header = text(b.tr("(no name)", "(без названия)"))
	}
	if c.By != "" {
		by = b.named(mapByWord, c.By)
	}
	return []cell{header, field, by}
}
