package draft

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"cleanbase/internal/contact"
)

// slot is one placeholder in the text.
type slot struct {
	from, to int
	name     string
	sure     bool // its brackets serve nothing else
}

// forms are the ways in which mailing services write placeholders: ${name},
// {{name}}, {name}, *|name|*, %name%, #name#, [[name]], [name], <name>, @name@, $name. The last are
// placeholders only when they name a column or are a known word.
var forms = []struct {
	re   *regexp.Regexp
	sure bool
}{
	{regexp.MustCompile(`\$\{\s*([^{}\n]{1,60}?)\s*\}`), true},
	{regexp.MustCompile(`\{\{\s*([^{}\n]{1,60}?)\s*\}\}`), true},
	{regexp.MustCompile(`\{\s*([^{}\n]{1,60}?)\s*\}`), true},
	{regexp.MustCompile(`\*\|\s*([^|*\n]{1,60}?)\s*\|\*`), true},
	{regexp.MustCompile(`%(\p{L}[\p{L}\p{N}_ -]{0,38}[\p{L}\p{N}_]|\p{L})%`), true},
	{regexp.MustCompile(`#(\p{L}[\p{L}\p{N}_-]{0,39})#`), true},
	{regexp.MustCompile(`\[\[\s*([^\[\]\n]{1,60}?)\s*\]\]`), false},
	{regexp.MustCompile(`\[\s*([^\[\]\n]{1,60}?)\s*\](?:[^(]|$)`), false},
	{regexp.MustCompile(`<\s*([^<>\n]{1,60}?)\s*>`), false},
	{regexp.MustCompile(`@(\p{L}[\p{L}\p{N}_]{0,39})@`), false},
	{regexp.MustCompile(`\$(\p{L}[\p{L}\p{N}_]{0,39})`), false},
}

// known are words that services' placeholders have, and the fields that they
// mean.
var known = map[string][]contact.Field{
	"имя":      {contact.FieldFirstName, contact.FieldName},
	"фио":      {contact.FieldName},
	"фамилия":  {contact.FieldLastName},
	"отчество": {contact.FieldMiddleName},
	"компания": {contact.FieldCompany}, "организация": {contact.FieldCompany},
	"город":   {contact.FieldCity},
	"телефон": {contact.FieldMobile, contact.FieldPhone},
	"name":    {contact.FieldFirstName, contact.FieldName}, "firstname": {contact.FieldFirstName, contact.FieldName}, "fname": {contact.FieldFirstName, contact.FieldName},
	"fullname": {contact.FieldName}, "lastname": {contact.FieldLastName}, "surname": {contact.FieldLastName}, "lname": {contact.FieldLastName},
	"middlename": {contact.FieldMiddleName}, "patronymic": {contact.FieldMiddleName},
	"company": {contact.FieldCompany}, "city": {contact.FieldCity}, "phone": {contact.FieldMobile, contact.FieldPhone}, "email": {contact.FieldEmail},
	"имяклиента": {contact.FieldFirstName, contact.FieldName}, "клиент": {contact.FieldName, contact.FieldFirstName}, "client": {contact.FieldName, contact.FieldFirstName}, "customer": {contact.FieldName, contact.FieldFirstName},
}

// fold is a name without case, blanks and punctuation, with ё as е.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch r = unicode.ToLower(r); {
		case r == 'ё':
			return 'е'
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return r
		}
		return -1
	}, s)
}

// placeholders finds them and holds them against the list.
func (c *checker) placeholders() {
	var variants int
	c.slots, variants = findSlots(c.text, c.base)
	byText := map[string]int{}
	for _, s := range c.slots {
		text := c.text[s.from:s.to]
		if at, seen := byText[text]; seen {
			c.d.Placeholders[at].Times++
			continue
		}
		byText[text] = len(c.d.Placeholders)
		p := contact.Placeholder{Text: text, Times: 1}
		col := c.base.column(s.name)
		if col != nil {
			p.Column, p.Empty, p.Odd = col.Header, col.Empty, col.Odd
		}
		c.d.Placeholders = append(c.d.Placeholders, p)
		c.judge(s, &p, col)
	}
	c.halves()
	if len(c.slots) == 0 && variants == 0 {
		say := contact.T("everybody gets one same text: there is no placeholder in it, and messengers look for just that",
			"все получат один и тот же текст: в нём нет подстановок, а мессенджеры ищут именно это")
		if c.d.Contacts > 0 {
			say = contact.T("one same text for all: %s; there is no placeholder in it, and messengers look for just that",
				"один и тот же текст для всех: %s; в нём нет подстановок, а мессенджеры ищут именно это").With(contact.ManyContacts(c.d.Contacts))
		}
		c.add(warn, contact.Finding{Code: "text.same", Value: float64(c.d.Contacts), Say: say})
	}
}

// inBraces is what stands in braces, and half what has one of them.
var (
	inBraces = regexp.MustCompile(`\{[^{}]*\}`)
	half     = regexp.MustCompile(`\{[\p{L}…][\p{L}\p{N}_]*|[\p{L}…][\p{L}\p{N}_]*\}`)
)

// halves finds a placeholder of whose braces one is missing.
func (c *checker) halves() {
	rest := c.text
	for inBraces.MatchString(rest) {
		rest = inBraces.ReplaceAllString(rest, "…")
	}
	if found := half.FindString(rest); found != "" {
		c.add(stop, contact.Finding{Code: "placeholder.half", Where: found, Value: float64(c.d.Contacts), Say: contact.T(
			"%s has one brace alone: people would get it as it stands", "%s: не хватает второй фигурной скобки, люди получат это как есть").With(found)})
	}
}

func (c *checker) judge(s slot, p *contact.Placeholder, col *Column) {
	numbered := strings.Trim(s.name, "0123456789") == ""
	switch {
	case c.base == nil:
	case col == nil && numbered:
		c.add(warn, contact.Finding{Code: "placeholder.numbered", Where: p.Text, Say: contact.T(
			"%s is a template's numbered place: see to it that its column is filled for everybody", "%s — место шаблона с номером: проверьте, что его колонка заполнена у всех").With(p.Text)})
	case col == nil:
		c.add(stop, contact.Finding{Code: "placeholder.unknown", Where: p.Text, Value: float64(c.d.Contacts), Limit: 0, Say: contact.T(
			"%s names no column of the list: people would get it as it stands (%s)", "%s: такой колонки в списке нет, люди получат это как есть (%s)").With(p.Text, contact.ManyContacts(c.d.Contacts))})
	default:
		if p.Empty > 0 {
			c.add(warn, contact.Finding{Code: "placeholder.empty", Where: p.Text, Value: float64(p.Empty), Say: contact.T(
				"%s has no value for %s (%s): send them a text without it", "%s: значения нет, контактов %s (%s); им нужен текст без обращения").
				With(p.Text, contact.T(contact.ManyContacts(p.Empty).EN, contact.Count(p.Empty).RU), contact.Percent(p.Empty, c.d.Contacts))})
		}
		if p.Odd > 0 {
			c.add(warn, contact.Finding{Code: "placeholder.odd", Where: p.Text, Value: float64(p.Odd), Say: contact.T(
				"%s is no name for %s (a number, “client”, “test”): the address would read oddly", "%s: вместо имени стоит другое (число, «клиент», «тест»), контактов %s; обращение будет выглядеть странно").
				With(p.Text, contact.T(contact.ManyContacts(p.Odd).EN, contact.Count(p.Odd).RU))})
		}
	}
}

// findSlots finds the placeholders of a text, and counts the places where one
// of several wordings is taken ({Hello|Hi}).
func findSlots(text string, base *Base) (slots []slot, variants int) {
	taken := make([]bool, len(text))
	for _, f := range forms {
		for _, m := range f.re.FindAllStringSubmatchIndex(text, -1) {
			from, to, name := m[0], m[1], text[m[2]:m[3]]
			if last := strings.LastIndexByte(text[m[3]:to], ']'); last >= 0 { // what stands behind it is no part
				to = m[3] + last + 1
			}
			first, _, several := strings.Cut(name, "|")
			isKnown := known[fold(first)] != nil || base.column(first) != nil
			if slices.Contains(taken[from:to], true) || !f.sure && !isKnown {
				continue
			}
			for i := from; i < to; i++ {
				taken[i] = true
			}
			if several && !isKnown {
				variants++
				continue
			}
			slots = append(slots, slot{from, to, strings.TrimSpace(first), f.sure})
		}
	}
	slices.SortFunc(slots, func(a, b slot) int { return a.from - b.from })
	return slots, variants
}

// column is the one that a placeholder names: by its header, or by what the
// word means. There is none in no list.
func (b *Base) column(name string) *Column {
	if b == nil {
		return nil
	}
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 { // {{contact.first_name}}
		name = name[dot+1:]
	}
	key := fold(name)
	for i := range b.Columns {
		if key != "" && fold(b.Columns[i].Header) == key {
			return &b.Columns[i]
		}
	}
	for _, field := range known[key] {
		for i := range b.Columns {
			if b.Columns[i].Field == field {
				return &b.Columns[i]
			}
		}
	}
	return nil
}

// IsName tells whether a value can stand where a person is addressed by name.
func IsName(value string) bool {
	if strings.ContainsFunc(value, unicode.IsDigit) || !strings.ContainsFunc(value, unicode.IsLetter) || strings.ContainsAny(value, "@_/\\") {
		return false
	}
	return !noNames[fold(value)]
}

// noNames are what people write where a name is not known.
var noNames = map[string]bool{"клиент": true, "клиентка": true, "покупатель": true, "розничныйпокупатель": true, "гость": true, "пользователь": true,
	"контакт": true, "абонент": true, "заказчик": true, "аноним": true, "неизвестно": true, "неизвестный": true, "неизвестен": true, "безимени": true,
	"нетимени": true, "нет": true, "новыйклиент": true, "новыйконтакт": true, "частноелицо": true, "физлицо": true, "имя": true, "тест": true, "ххх": true,
	"client": true, "customer": true, "guest": true, "user": true, "unknown": true, "anonymous": true, "none": true, "null": true, "na": true,
	"noname": true, "name": true, "test": true, "testtest": true, "xxx": true, "qwerty": true, "йцукен": true}
