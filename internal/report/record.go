package report

import (
	"math"
	"strconv"
	"strings"

	"cleanbase/internal/contact"
)

// gate is every finding with its value and its limit, and what was looked at.
func (b *builder) gate() *section {
	s := &section{ID: "gate", Title: b.tr("Safety check", "Проверка перед отправкой"), Lead: []phrase{plain(b.tr(
		"The check judges what is about to be mailed and whether the sources can be trusted, not how dirty the base was: required files, size and age of refusals, columns that look like refusals, how people took the last mailings, contacts without consent or never written to, the law of the channel, people who refused and came back. Its limits stand in the policy below.",
		"Проверка судит о том, что будет отправлено, и о том, можно ли верить источникам, а не о том, насколько грязной была база: обязательные файлы, размер и возраст списков отказов, колонки, похожие на отказ, как приняли последние рассылки, контакты без согласия и те, кому ещё не писали, закон о канале, вернувшиеся отказы. Пределы названы в политике ниже."))}}
	switch {
	case b.s.Gate.Result == "":
		return nil
	case len(b.s.Gate.Findings) == 0:
		s.Lead = append([]phrase{plain(b.tr("Nothing was found.", "Замечаний нет."))}, s.Lead...)
		return s
	}
	t := table{Caption: plain(b.tr("Findings of the safety check", "Что нашла проверка")), Head: columns(b.tr("Finding", "Находка"),
		b.tr("Level", "Уровень"), b.tr("#Value", "#Значение"), b.tr("#Limit", "#Предел"))}
	for i := range b.s.Gate.Findings {
		f := &b.s.Gate.Findings[i]
		what := cell{Text: b.finding(f), User: true, Sub: shown(f.Code), SubBy: sub{Code: true}}
		level := b.named(levelWord, f.Level)
		level.Mark = levelClass(f.Level)
		t.add(what, level, text(b.measure(f, f.Value)), text(b.limit(f)))
	}
	s.Tables = []table{t}
	return s
}

// limit is what a finding's value was held against; where there is nothing
// but none at all, no number says it.
func (b *builder) limit(f *contact.Finding) string {
	if f.Limit == 0 && !share(f.Code) {
		return "–"
	}
	return b.measure(f, f.Limit)
}

// share tells whether a finding's value and limit are shares.
func share(code string) bool {
	return code == "cold.kept" || code == "new.share" || code == "source.shrunk" || strings.HasPrefix(code, "rate.")
}

// measure is a finding's value or limit in the unit of its code: a share, hours
// or a count.
func (b *builder) measure(f *contact.Finding, v float64) string {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return "–"
	case share(f.Code):
		return b.decimal(v*100, 2) + b.tr("%", "\u00a0%")
	case f.Code == "source.stale" || f.Code == "source.ageing" || f.Code == "as_of.backwards":
		return b.decimal(v, 0) + b.tr("\u00a0h", "\u00a0ч")
	case v == math.Trunc(v) && math.Abs(v) < 1e15:
		return b.num(int64(v))
	}
	return b.decimal(v, 4)
}

func (b *builder) decimal(v float64, digits int) string {
	s := strconv.FormatFloat(v, 'f', digits, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if b.l == contact.RU {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

func (b *builder) policy() *section {
	var lines []string
	for _, t := range b.r.PolicySaid {
		lines = append(lines, tidy(t.In(b.l), maxSentence))
	}
	if len(lines) == 0 {
		for _, line := range strings.Split(b.s.Policy, "\n") {
			if line != "" {
				lines = append(lines, tidy(line, maxSentence))
			}
		}
	}
	if len(lines) == 0 {
		return nil
	}
	s := &section{ID: "policy", Title: b.tr("The policy in words", "Политика словами"), Lines: lines}
	if b.s.PolicySHA256 != "" {
		s.Tables = []table{b.pairs(b.tr("The policy file", "Файл политики"), [][2]string{{"SHA-256", b.s.PolicySHA256}})}
	}
	return s
}

// pairs is a table of names and codes.
func (b *builder) pairs(caption string, rows [][2]string) table {
	t := table{Class: "pairs", Caption: plain(caption), Head: columns(b.tr("What", "Что"), b.tr("Value", "Значение"))}
	for _, r := range rows {
		t.add(text(r[0]), code(r[1]))
	}
	return t
}

// published is the files that stand beside the page.
func (b *builder) published() *section {
	if len(b.s.Files) == 0 {
		return nil
	}
	t := table{Caption: plain(b.tr("Files of this run", "Файлы этого запуска")), Head: columns(b.tr("File", "Файл"), b.tr("#Rows", "#Строк"), "SHA-256")}
	for _, f := range b.s.Files {
		name := user(f.Name)
		name.Link = linkable(f.Name)
		t.add(name, b.number(f.Rows), code(f.SHA256))
	}
	return &section{ID: "published", Title: b.tr("Files of this run", "Файлы этого запуска"), Tables: []table{t}, Lead: []phrase{plain(b.tr(
		"They stand in the folder of this page; sha256sum -c SHA256SUMS checks them all.",
		"Они лежат в одной папке с этой страницей; команда sha256sum -c SHA256SUMS проверит их все."))}}
}

// checkpoint is the signed head of the audit database, with which this page
// can be held against the database years later.
func (b *builder) checkpoint() *section {
	a := &b.s.Audit
	if a.Root == "" {
		return nil
	}
	rows := [][2]string{{b.tr("Tree root", "Корень дерева"), a.Root}, {b.tr("Leaves", "Листьев"), b.num(a.Size)}}
	return &section{ID: "checkpoint", Title: b.tr("Checkpoint of the audit database", "Контрольная точка базы аудита"),
		Lead: []phrase{plain(b.tr("Keep this page: whoever holds this root can tell later whether the audit database was changed. The command cleanbase verify checks it.",
			"Сохраните эту страницу: по этому корню потом видно, не меняли ли базу аудита. Проверяет команда cleanbase verify."))},
		Tables: []table{b.pairs(b.tr("Checkpoint", "Контрольная точка"), rows)}, Pre: spellOutLines(a.Checkpoint)}
}

// spellOutLines keeps a note's line ends, which are part of it.
func spellOutLines(s string) string {
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	for i := range lines {
		lines[i] = spellOut(lines[i])
	}
	return strings.Join(lines, "\n")
}
