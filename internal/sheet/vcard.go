package sheet

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"cleanbase/internal/contact"
)

const (
	maxCards     = 10_000_000
	maxCardLines = 10_000
	maxCardName  = 100
)

// cardTable is a file of vCards, 2.1 (versit), 3.0 (RFC 2426) or 4.0 (RFC
// 6350), as a table: a header in the words of a Google Contacts export, then
// a row a card. Pictures, sounds and keys are left out.
type cardTable struct {
	in     input
	set    charset
	header []string
	index  map[string]int // of the header's columns
}

// Columns that every table of cards has; the others follow as the cards have
// them.
var cardColumns = [...]string{"Name", "Given Name", "Additional Name", "Family Name", "Birthday", "Notes", "Group Membership", "Organization 1 - Name", "Organization 1 - Title"}

func (b *Book) openVCard(in input, set charset) error {
	t := &cardTable{in: in, set: set, index: make(map[string]int)}
	for _, c := range cardColumns {
		t.column(c)
	}
	phones, mails, others := 0, 0, []string(nil)
	versions := map[string]bool{}
	err := t.cards(func(c *card) bool {
		versions[c.version] = true
		phones, mails = max(phones, len(c.phones)), max(mails, len(c.mails))
		for name := range c.fields {
			if !t.has(name) {
				others = append(others, name)
				t.index[name] = -1
			}
		}
		return len(others)+2*phones+2*mails < in.opt.MaxColumns
	})
	if err != nil {
		return err
	}
	for i := range phones {
		t.pair("Phone", i)
	}
	for i := range mails {
		t.pair("E-mail", i)
	}
	for _, name := range sortedTexts(others) {
		t.column(name)
	}
	if len(t.header) > in.opt.MaxColumns {
		return fault(tooWide.With(in.opt.MaxColumns), doSplit)
	}
	delete(versions, "")
	b.table, b.Format, b.Version = t, "vcard", strings.Join(slices.Sorted(maps.Keys(versions)), ", ")
	return nil
}

func (t *cardTable) has(name string) bool { _, ok := t.index[name]; return ok }

func (t *cardTable) column(name string) {
	t.index[name] = len(t.header)
	t.header = append(t.header, name)
}

func (t *cardTable) pair(what string, i int) {
	t.column(fmt.Sprintf("%s %d - Type", what, i+1))
	t.column(fmt.Sprintf("%s %d - Value", what, i+1))
}

func (t *cardTable) sheets() []Sheet { return []Sheet{{}} }

func (t *cardTable) each(_ int, yield func(contact.Row) bool) error {
	if !yield(contact.Row{Number: 1, Cells: asBytes(t.header)}) {
		return nil
	}
	number := 1
	return t.cards(func(c *card) bool {
		number++
		cells := make([][]byte, len(t.header))
		for name, text := range c.fields {
			cells[t.index[name]] = []byte(text)
		}
		t.fill(cells, "Phone", c.phones)
		t.fill(cells, "E-mail", c.mails)
		return yield(contact.Row{Number: number, Cells: cells})
	})
}

func (t *cardTable) fill(cells [][]byte, what string, list []typed) {
	if len(list) == 0 {
		return
	}
	at := t.index[what+" 1 - Type"]
	for i, v := range list {
		cells[at+2*i], cells[at+2*i+1] = []byte(v.kind), []byte(v.value)
	}
}

// cards passes every card of the file to visit.
func (t *cardTable) cards(visit func(*card) bool) error {
	opt := t.in.opt
	opt.MaxCell = maxRecord // a picture may stand in one line
	r := &cardReader{lines: newRecords(t.set.reader(t.in), t.in.size, 0, opt), row: 1}
	r.lines.raw = true
	for {
		c, err := r.next()
		if err != nil {
			return err
		}
		if c == nil {
			return nil
		}
		if !visit(c) {
			return nil
		}
	}
}

// typed is a phone or e-mail with what the card says it is.
type typed struct{ kind, value string }

// card is one vCard, its properties named as the table's columns.
type card struct {
	version string // of those there are
	fields  map[string]string
	phones  []typed
	mails   []typed
}

// property is one line of a card, unfolded and decoded.
type property struct {
	group, name, value string
	below              []string // lines that belong to the value
	params             map[string][]string
	binary             bool // base64
}

// fields of the card that are columns of a Google export.
var googleNames = map[string]string{"FN": "Name", "BDAY": "Birthday", "NOTE": "Notes", "TITLE": "Organization 1 - Title", "CATEGORIES": "Group Membership", "REV": "Updated"}

// makeCard turns properties into the table's columns.
func makeCard(props []property) *card {
	c := &card{fields: make(map[string]string)}
	labels := make(map[string]string) // of groups: item1.X-ABLabel
	for i := range props {
		p := &props[i]
		p.value = strings.Join(append([]string{p.value}, p.below...), `\n`)
		if p.name == "X-ABLABEL" && p.group != "" {
			label := strings.TrimSuffix(strings.TrimPrefix(p.value, "_$!<"), ">!$_")
			labels[p.group] = unescapeCard(label)
		}
	}
	for _, p := range props {
		switch p.name {
		case "TEL":
			c.phones = append(c.phones, typed{p.kind(labels), phoneText(unescapeCard(p.value))})
		case "EMAIL":
			c.mails = append(c.mails, typed{p.kind(labels), strings.TrimPrefix(unescapeCard(p.value), "mailto:")})
		default:
			c.add(p)
		}
	}
	return c
}

func (c *card) add(p property) {
	switch p.name {
	case "VERSION":
		if v := strings.TrimSpace(p.value); v == "2.1" || v == "3.0" || v == "4.0" {
			c.version = v
		}
		return
	case "PRODID", "X-ABLABEL", "PHOTO", "LOGO", "SOUND", "KEY":
		return
	case "N":
		parts := append(splitCard(p.value), "", "", "")
		c.put("Family Name", parts[0])
		c.put("Given Name", parts[1])
		c.put("Additional Name", parts[2])
		return
	case "ORG":
		c.put("Organization 1 - Name", joinCard(p.value, " / "))
		return
	case "ADR":
		c.put("Address 1 - Formatted", joinCard(p.value, ", "))
		return
	}
	if p.binary {
		return
	}
	name, ok := googleNames[p.name]
	if !ok {
		name = p.name
	}
	c.put(name, unescapeCard(p.value))
}

// put sets a column; a second value stands behind the first.
func (c *card) put(name, value string) {
	switch old := c.fields[name]; {
	case value == "":
	case old == "":
		c.fields[name] = value
	default:
		c.fields[name] = old + " ::: " + value
	}
}

// kind is what a phone or e-mail is, in Google's words.
func (p property) kind(labels map[string]string) string {
	if l := labels[p.group]; l != "" && p.group != "" {
		return l
	}
	words := map[string]string{"CELL": "Mobile", "HOME": "Home", "WORK": "Work", "FAX": "Fax", "PAGER": "Pager", "MAIN": "Main", "OTHER": "Other"}
	var kinds []string
	for _, t := range p.params["TYPE"] {
		if w := words[strings.ToUpper(t)]; w != "" {
			kinds = append(kinds, w)
		}
	}
	return strings.Join(kinds, " ")
}

// phoneText takes the wrapping off a tel: URI (RFC 3966).
func phoneText(s string) string {
	if len(s) < 4 || !strings.EqualFold(s[:4], "tel:") {
		return s
	}
	number, params, _ := strings.Cut(s[4:], ";")
	for _, p := range strings.Split(params, ";") {
		if ext, ok := strings.CutPrefix(strings.ToLower(p), "ext="); ok {
			number += " ext. " + ext
		}
	}
	return number
}
