package intake

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"

	"cleanbase/internal/contact"
)

// The causes of the faults of Plan, for errors.Is.
var (
	ErrEmpty    = errors.New("table is empty")
	ErrNoRole   = errors.New("role can't be told")
	ErrNoColumn = errors.New("no phone or e-mail column")
)

// Plan says what a table is from its first rows (about 1,000 serve; the caller
// has copied them) and the role that the user stated, or NoRole. The error is
// a *contact.Fault with one of the causes above. Except for an empty table the
// plan that comes with it holds what was found all the same.
func (in *Intake) Plan(src Source, sample []contact.Row, stated contact.Role) (*Plan, error) {
	t := &table{in: in, rows: sample}
	t.survey()
	if t.width == 0 {
		return nil, fault(src, ErrEmpty, contact.T("there is nothing in it", "здесь ничего нет"),
			contact.T("export it again or leave it out", "выгрузите заново или уберите"))
	}
	if t.isMessage() {
		return nil, fault(src, ErrEmpty, contact.T("it holds one line of text and no table: the export may have found nobody", "в нём одна строка текста и нет таблицы: возможно, выгружать было некого"),
			contact.T("export it again without filters or leave it out", "выгрузите заново без фильтра или уберите"))
	}
	p := &Plan{Source: src}
	t.findHeader(p)
	t.nameColumns(p)
	if t.guessed && t.layout == nil {
		p.Notes = append(p.Notes, contact.T("row %d was taken for the header, though no word of it is known: if it is a person, put a header above it",
			"строка %d принята за заголовок, хотя ни одно её слово не известно: если это человек, добавьте над ней заголовок").With(p.HeaderRow))
	}
	t.readContents(p)
	roleErr := t.tellRole(p, stated)
	t.fitColumns(p)
	t.fitIDs(p)
	t.findSuspicious(p)
	if roleErr != nil {
		return p, roleErr
	}
	if t.namesNoMessenger(p) {
		return p, fault(src, ErrNoColumn, contact.T("it isn't told whose ids it holds: of which messenger", "не сказано, чьи в нём id: какого мессенджера"),
			contact.T(`name the column "MAX ID" or "Telegram ID", or the file so`, "назовите колонку «MAX ID» или «Telegram ID» или так назовите файл"))
	}
	return p, t.checkColumns(p)
}

func fault(src Source, cause error, what, do contact.Text) error {
	return &contact.Fault{File: src.File, Sheet: src.Sheet, What: what, Do: do, Err: cause}
}

// table is a sample being looked at.
type table struct {
	in       *Intake
	rows     []contact.Row
	width    int
	header   int  // index into rows; -1 for none
	guessed  bool // no word of the header is known
	layout   *layout
	contents []contents
	hints    hints
}

func (t *table) data() []contact.Row { return t.rows[t.header+1:] }

// isMessage tells what Bitrix24 writes for an empty export: a sentence.
func (t *table) isMessage() bool {
	return len(t.rows) == 1 && t.width == 1 && bytes.IndexByte(t.rows[0].Cells[0], ' ') > 0 &&
		t.headerScore(t.rows[0].Cells, map[string]int{}) == 0 && !t.tellsPerson(t.rows[0].Cells)
}

func (t *table) survey() {
	t.header = -1
	for _, row := range t.rows {
		t.width = max(t.width, used(row.Cells))
	}
}

// used is how many cells a row has up to its last that is not blank.
func used(cells [][]byte) int {
	n := len(cells)
	for n > 0 && isBlank(cells[n-1]) {
		n--
	}
	return n
}

// nameColumns gives each column what its header says: by the user's mapping,
// the layout of a known system, or the general dictionary.
func (t *table) nameColumns(p *Plan) {
	p.Columns = make([]Column, t.width)
	for i := range p.Columns {
		p.Columns[i].dating.zone = t.in.opt.Zone
	}
	if t.header < 0 {
		return
	}
	p.HeaderRow = t.rows[t.header].Number
	headers := t.captions()
	for i, text := range headers {
		p.Columns[i].Header = text
	}
	if l, ok := t.in.lex.recognise(filepath.Base(p.Source.File)+" "+p.Source.Format, headers); ok {
		t.layout = l
		p.System, p.Entity, p.Generation = l.System, l.Entity, l.Generation
		if p.Source.Version != "" {
			p.Generation = p.Source.Version
		}
		if l.Note != (contact.Text{}) {
			p.Notes = append(p.Notes, l.Note)
		}
	}
	for i := range p.Columns {
		t.nameColumn(&p.Columns[i])
	}
}

// unwrapped is a header without the object that APIs put a record's fields in.
func unwrapped(header string) string {
	for _, object := range [...]string{"properties.", "fields.", "attributes."} {
		if rest, ok := strings.CutPrefix(header, object); ok {
			return rest
		}
	}
	return header
}

// cleanHeader is a header's text with no invisible marks and no line breaks.
func cleanHeader(cell []byte) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == '\u00a0':
			return ' '
		case r < ' ' || r == '\ufeff' || r == '\u200b' || r == '\u200e' || r == '\u200f':
			return -1
		}
		return r
	}, string(cell))
}

func (t *table) nameColumn(c *Column) {
	c.dating.zone = headerZone(c.Header, t.in.opt.Zone)
	header := unwrapped(c.Header)
	k := key(header)
	if k == "" {
		return
	}
	x := t.in.lex
	m, known := x.meaning(header)
	c.By = MapName
	if field, ok := x.user[key(c.Header)]; ok {
		m.Field, c.By, known = field, MapUser, true
	} else if t.layout != nil {
		if special, ok := t.layout.headings[k]; ok {
			m, c.By, known = special, MapLayout, true
		} else if known && t.layout.has(k) {
			c.By = MapLayout
		}
	}
	if !known {
		c.By = MapNone
		return
	}
	c.Field, c.Channel = m.Field, m.Channel
	switch k {
	case "согласие", "согл", "consent", "подписка", "subscription":
		c.Note = contact.T("taken for consent to mailings; map it to consent_pd if it is to data processing", "принято за согласие на рассылку; если оно на обработку данных, сопоставьте с consent_pd")
	}
}

// checkColumns refuses a table in which nobody can be recognised. What became of
// messages says whom it is about by their ids: another file has the people.
func (t *table) checkColumns(p *Plan) error {
	if t.have(p, reaching...) || p.Role == contact.RoleEvents && t.have(p, contact.FieldMessageID) && t.have(p, contact.FieldStatus, contact.FieldError) {
		return nil
	}
	what := contact.T("no column holds phones or e-mails", "нет колонки с телефонами или почтой")
	if p.HeaderRow > 0 && p.sure {
		var seen []string
		for _, c := range p.Columns {
			if c.Header != "" {
				seen = append(seen, c.Header)
			}
		}
		what = contact.T("no column holds phones or e-mails; its columns are: %s", "нет колонки с телефонами или почтой; есть колонки: %s").With(strings.Join(seen, ", "))
	}
	return fault(p.Source, ErrNoColumn, what, contact.T(`name the column "Phone" or map its header in cleanbase.toml, or leave the file out`,
		"назовите колонку «Телефон» или сопоставьте её заголовок в cleanbase.toml, или уберите файл"))
}
