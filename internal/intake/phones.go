package intake

import (
	"bytes"
	"slices"
	"strings"

	"cleanbase/internal/contact"
)

// readPhones reads the row's numbers. A number that stands twice is read once.
func (r *Reader) readPhones(region string) {
	if r.skipsPhones() {
		return
	}
	if len(r.labelOf) == 0 {
		for _, column := range r.phones {
			r.readPhone(r.cell(column), region)
		}
		return
	}
	for _, turn := range [...]phoneLabel{mobileLabel, otherLabel} {
		for _, column := range r.phones {
			if r.labelled(column) == turn {
				r.readPhone(r.cell(column), region)
			}
		}
	}
}

// phoneLabel is what the column beside a phone calls it ("Phone 1 - Label" of
// Google and of vCards).
type phoneLabel uint8

const (
	mobileLabel phoneLabel = iota
	otherLabel
	notPhone // a fax or a pager
)

func (r *Reader) labelled(column int) phoneLabel {
	if r.plan.Columns[column].Field == contact.FieldMobile {
		return mobileLabel
	}
	at, ok := r.labelOf[column]
	if !ok {
		return otherLabel
	}
	var store [64]byte
	text := fold(store[:0], r.cell(at))
	for _, mobile := range [...]string{"mobil", "cell", "моб", "сотов", "iphone"} {
		if bytes.Contains(text, []byte(mobile)) {
			return mobileLabel
		}
	}
	if r.plan.Role == contact.RoleContacts && isFax(text) || string(text) == "адрес" {
		return notPhone
	}
	return otherLabel
}

// isFax tells a label of a fax or a pager that is no phone as well.
func isFax(label []byte) bool {
	fax := false
	for _, piece := range [...]string{"fax", "факс", "pager", "пейдж"} {
		fax = fax || bytes.Contains(label, []byte(piece))
	}
	for _, piece := range [...]string{"phone", "tel", "voice", "тел"} {
		fax = fax && !bytes.Contains(label, []byte(piece))
	}
	return fax
}

// pairLabels finds the columns of labels that go with columns of phones: those
// of address books, and of 1C's contact information inside of a record.
func pairLabels(columns []Column) map[int]int {
	at := map[string]int{}
	for i, c := range columns {
		at[strings.ToLower(c.Header)] = i
	}
	pairs := map[int]int{}
	for i, c := range columns {
		header := strings.ToLower(c.Header)
		for _, names := range [...][2]string{{" - value", " - label"}, {" - value", " - type"}, {".представление", ".тип"}} {
			stem, ok := strings.CutSuffix(header, names[0])
			if label, there := at[stem+names[1]]; ok && there && isPhoneField(c.Field) {
				pairs[i] = label
			}
		}
	}
	return pairs
}

func (r *Reader) readPhone(cell []byte, region string) {
	if len(cell) == 0 {
		return
	}
	if isHiddenUser(cell) {
		r.identify(contact.OfMessenger("whatsapp:" + string(cell)))
		return
	}
	if at := bytes.IndexByte(cell, '@'); at >= 0 {
		cell = r.setMailsApart(cell)
	}
	if r.plan.System == "wazzup" {
		cell = r.international(cell)
	}
	before := len(r.numbers)
	r.numbers = r.in.opt.ReadNumbers(r.numbers, cell, region)
	if region != r.in.opt.Region {
		r.numbers = r.homeNumbers(before, cell)
	}
	kept := r.numbers[:before]
	for _, n := range r.numbers[before:] {
		r.lost = r.lost || n.Phone == 0 && (n.Status == contact.NumberDamaged || countDigits(cell) >= 7)
		if !holds(kept, n) {
			kept = append(kept, n)
		}
	}
	r.numbers = kept
}

// isHiddenUser tells the id that WhatsApp gives to a user whose number is hidden:
// a country, a dot, perhaps "ENT.", letters and digits (business-scoped user ids).
func isHiddenUser(cell []byte) bool {
	if len(cell) < 10 || cell[2] != '.' || cell[0] < 'A' || cell[0] > 'Z' || cell[1] < 'A' || cell[1] > 'Z' {
		return false
	}
	rest := bytes.TrimPrefix(cell[3:], []byte("ENT."))
	return countDigits(rest) >= 8 && bytes.IndexFunc(rest, func(r rune) bool { return !isWord(r) }) < 0
}

// homeNumbers reads a cell again as a number of the run's own country when it
// holds no usable one of the row's: customers abroad keep the number that they
// had. Which is meant is not certain, so such a number is one to look at, and
// takes the place of what could not be read.
func (r *Reader) homeNumbers(before int, cell []byte) []contact.Number {
	for _, n := range r.numbers[before:] {
		if n.Status == contact.NumberOK {
			return r.numbers
		}
	}
	unread := func(n contact.Number) bool { return n.Phone == 0 }
	for _, n := range r.in.opt.ReadNumbers(nil, cell, r.in.opt.Region) {
		if n.Status == contact.NumberOK {
			read := slices.DeleteFunc(r.numbers[before:], unread)
			return append(r.numbers[:before+len(read)], contact.Number{Phone: n.Phone, Status: contact.NumberAmbiguous})
		}
	}
	return r.numbers
}

// international puts back the plus that Wazzup leaves out. Eleven digits after
// an 8 are a Russian number that somebody's program put in as it was typed.
func (r *Reader) international(cell []byte) []byte {
	n := countDigits(cell)
	if n != len(cell) || n < 10 || n == 11 && cell[0] == '8' {
		return cell
	}
	r.apart = append(append(r.apart[:0], '+'), cell...)
	return r.apart
}

func holds(list []contact.Number, n contact.Number) bool {
	for _, have := range list {
		if have == n {
			return true
		}
	}
	return false
}

// setMailsApart reads the e-mails of a cell of phones and returns the rest:
// digits of an e-mail are nobody's phone. JIDs stay, they are phones.
func (r *Reader) setMailsApart(cell []byte) []byte {
	r.readMails(cell)
	r.apart = withoutMails(r.apart[:0], cell)
	return r.apart
}

// withoutMails is a cell with blanks for its e-mails.
func withoutMails(dst, cell []byte) []byte {
	dst = append(dst, cell...)
	rest := dst
	for at := bytes.IndexByte(rest, '@'); at >= 0; at = bytes.IndexByte(rest, '@') {
		start, end := at, at+1
		for start > 0 && !divides(rest[start-1]) {
			start--
		}
		for end < len(rest) && !divides(rest[end]) {
			end++
		}
		if !isJID(bytes.ToLower(rest[at+1 : end])) {
			for i := start; i < end; i++ {
				rest[i] = ' '
			}
		}
		rest = rest[end:]
	}
	return dst
}

// skipsPhones tells rows of 1C's table of contact information whose digits are
// no phone. In a list of refusals only an address is none.
func (r *Reader) skipsPhones() bool {
	if r.plan.System != "unf" {
		return false
	}
	for _, column := range r.columns[contact.FieldType] {
		var store [64]byte
		switch string(fold(store[:0], r.cell(column))) {
		case "адрес":
			return true
		case "факс", "skype", "вебстраница", "веб страница":
			return r.plan.Role == contact.RoleContacts
		}
	}
	return false
}
