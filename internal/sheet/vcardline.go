package sheet

import (
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"

	"cleanbase/internal/contact"
)

func sortedTexts(list []string) []string {
	slices.Sort(list)
	return list
}

// cardReader cuts a file into cards. A card that does not end, and a line that
// is in no card, are faults.
type cardReader struct {
	lines *records
	ahead string // a line read already
	has   bool
	row   int // number of the card, 1 for the header
}

// line is the next line of the file, not unfolded.
func (r *cardReader) line() (string, error) {
	if r.has {
		r.has = false
		return r.ahead, nil
	}
	row, err := r.lines.next()
	if err != nil || len(row.Cells) == 0 {
		return "", err
	}
	return string(row.Cells[0]), nil
}

func (r *cardReader) back(line string) { r.ahead, r.has = line, true }

// next is the next card, nil after the last.
func (r *cardReader) next() (*card, error) {
	for {
		line, err := r.line()
		if err == io.EOF {
			return nil, nil
		}
		if err != nil {
			return nil, r.at(err)
		}
		line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
		if strings.EqualFold(line, "BEGIN:VCARD") {
			break
		}
		if line != "" {
			return nil, faultAt(r.row+1, contact.T("a line stands between the cards and belongs to none", "между карточками стоит строка, которая ни к одной не относится"), doFetchAgain)
		}
	}
	if r.row++; r.row > maxCards {
		return nil, fault(tooMany.With(maxCards), doSplit)
	}
	props, err := r.properties()
	if err != nil {
		return nil, r.at(err)
	}
	return makeCard(props), nil
}

// at names the card, not the line, in a fault.
func (r *cardReader) at(err error) error {
	if f, ok := err.(*contact.Fault); ok {
		f.Row = r.row
	}
	return err
}

// properties reads a card up to its end.
func (r *cardReader) properties() ([]property, error) {
	var props []property
	inner := 0 // cards within the card (AGENT of 2.1)
	size := 0
	for range maxCardLines {
		line, err := r.logical()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if size += len(line); size > maxRecord {
			break
		}
		trimmed := strings.TrimSpace(line)
		switch {
		case strings.EqualFold(trimmed, "END:VCARD") && inner == 0:
			return props, nil
		case strings.EqualFold(trimmed, "END:VCARD"):
			inner--
		case strings.EqualFold(trimmed, "BEGIN:VCARD"):
			if len(props) == 0 || props[len(props)-1].name != "AGENT" {
				return nil, errCard()
			}
			inner++
		case inner > 0, trimmed == "":
		default:
			p, ok := parseProperty(line)
			switch {
			case ok:
				props = append(props, p)
			case len(props) > 0: // a line break that nobody escaped
				last := &props[len(props)-1]
				last.below = append(last.below, trimmed)
			default:
				return nil, errCard()
			}
		}
	}
	return nil, errCard()
}

func errCard() *contact.Fault {
	return fault(contact.T("a card has no end: the file is cut off or damaged", "карточка не закончена: файл обрезан или повреждён"), doFetchAgain)
}

// logical is the next line with its folds undone: a line that starts with a
// blank goes on the last one (3.0, 4.0), and so does the one behind a "=" that
// ends a quoted-printable line (2.1).
func (r *cardReader) logical() (string, error) {
	line, err := r.line()
	if err != nil {
		return "", err
	}
	var folded []string
	for {
		last := line
		if len(folded) > 0 {
			last = folded[len(folded)-1]
		}
		next, err := r.line()
		if err == io.EOF {
			break
		}
		if err != nil {
			return "", err
		}
		soft := strings.HasSuffix(last, "=") && isQuotedPrintable(line)
		switch {
		case soft:
			if len(folded) == 0 {
				line = line[:len(line)-1]
			} else {
				folded[len(folded)-1] = last[:len(last)-1]
			}
			folded = append(folded, next)
		case next != "" && (next[0] == ' ' || next[0] == '\t'):
			folded = append(folded, next[1:])
		default:
			r.back(next)
			return line + strings.Join(folded, ""), nil
		}
		if len(folded) > maxCardLines*10 {
			return "", errCard()
		}
	}
	return line + strings.Join(folded, ""), nil
}

func isQuotedPrintable(line string) bool {
	head, _, ok := strings.Cut(line, ":")
	return ok && strings.Contains(strings.ToUpper(head), "QUOTED-PRINTABLE")
}

// parseProperty reads "group.NAME;PARAM=a,b;BARE:value".
func parseProperty(line string) (p property, ok bool) {
	head, value, ok := cutOutsideQuotes(line, ':')
	if !ok {
		return p, false
	}
	p.params = make(map[string][]string)
	name, rest, more := cutOutsideQuotes(head, ';')
	for more {
		var param string
		param, rest, more = cutOutsideQuotes(rest, ';')
		key, text, named := strings.Cut(param, "=")
		if key = strings.ToUpper(strings.TrimSpace(key)); !named {
			text = key
			if key = "TYPE"; text == "QUOTED-PRINTABLE" || text == "BASE64" {
				key = "ENCODING"
			}
		}
		p.params[key] = append(p.params[key], strings.Split(strings.ReplaceAll(text, `"`, ""), ",")...)
	}
	if group, own, grouped := strings.Cut(name, "."); grouped {
		p.group, name = strings.ToLower(group), own
	}
	p.name = strings.ToUpper(strings.TrimSpace(name))
	if p.name == "" || len(p.name) > maxCardName || strings.ContainsAny(p.name, " \t,\\") {
		return p, false
	}
	p.decode(value)
	return p, true
}

// cutOutsideQuotes cuts at the first sep that stands in no quotes.
func cutOutsideQuotes(s string, sep byte) (before, after string, found bool) {
	quoted := false
	for i := range len(s) {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == sep && !quoted:
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

// decode sets the value, by ENCODING and CHARSET.
func (p *property) decode(value string) {
	p.value = value
	for _, e := range p.params["ENCODING"] {
		switch strings.ToUpper(e) {
		case "QUOTED-PRINTABLE":
			p.value = p.text(unquote(value))
		case "BASE64", "B":
			p.binary = true
		}
	}
}

// text is bytes of the property's own charset as UTF-8.
func (p *property) text(raw []byte) string {
	if names := p.params["CHARSET"]; len(names) > 0 && !strings.EqualFold(names[0], "utf-8") {
		if enc, err := htmlindex.Get(names[0]); err == nil {
			if out, err := enc.NewDecoder().Bytes(raw); err == nil {
				return string(out)
			}
		}
	}
	if utf8.Valid(raw) {
		return string(raw)
	}
	out, _ := charmap.Windows1251.NewDecoder().Bytes(raw) // knows every byte
	return string(out)
}

// unquote undoes quoted-printable (RFC 2045 6.7); what is none stays.
func unquote(s string) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '=' && i+2 < len(s) {
			hi, lo := hexDigit(s[i+1]), hexDigit(s[i+2])
			if hi >= 0 && lo >= 0 {
				out = append(out, byte(hi<<4|lo))
				i += 2
				continue
			}
		}
		out = append(out, s[i])
	}
	return out
}

func hexDigit(b byte) int {
	if b >= 'a' && b <= 'f' {
		b -= 'a' - 'A'
	}
	return strings.IndexByte("0123456789ABCDEF", b)
}

// unescapeCard undoes \n \, \; and \\.
func unescapeCard(s string) string {
	return strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";", `\:`, ":").Replace(s)
}

// splitCard divides a value at the semicolons that are not escaped.
func splitCard(s string) []string {
	var parts []string
	from := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case ';':
			parts = append(parts, unescapeCard(s[from:i]))
			from = i + 1
		}
	}
	return append(parts, unescapeCard(s[from:]))
}

// joinCard joins the parts of a value that are not empty.
func joinCard(s, sep string) string {
	parts := slices.DeleteFunc(splitCard(s), func(p string) bool { return strings.TrimSpace(p) == "" })
	return strings.Join(parts, sep)
}
