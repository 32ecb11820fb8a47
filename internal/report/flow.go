package report

import (
	"fmt"
	"strings"

	"cleanbase/internal/contact"
)

// flow is the picture from rows read to the five verdicts. Heights are in
// pixels, positions across in percent of the width, so that the picture fits
// any screen while its text keeps its size.
type flow struct {
	Height      int
	Title, Desc string
	Bars        []flowBar
	Left, Right []ribbon // from rows to contacts, from contacts to verdicts
	Labels      []flowLabel
}

// flowBar is one upright bar, Y and H in pixels.
type flowBar struct {
	Class, X string
	Y, H     string
}

// ribbon is a band between two bars, drawn in a box 100 wide.
type ribbon struct{ Class, D string }

// flowLabel is a count with its name below it, and a remark that only wide
// screens have room for.
type flowLabel struct {
	Class, X, Count, Name, More string
	Y                           int
}

// The picture's measures in pixels.
const (
	flowTop  = 48  // room for the labels over the first two bars
	flowTall = 220 // of all rows
	flowSlot = 46  // the least room that a verdict's label needs
	flowGap  = 10
	flowStub = 26 // between the contacts and the merged rows
)

// Where the bars stand, in percent of the width.
const (
	atRows     = "0%"
	atContacts = "31%"
	atVerdicts = "60%"
)

func (b *builder) flowSection() *section {
	r := &b.s.Rows
	if r.Read == 0 {
		return nil
	}
	f := &flow{Title: b.tr("From rows read to verdicts", "От строк файлов к решениям"), Desc: b.flowWords()}
	contacts := r.Read - r.Merged
	rows := scale{r.Read}
	f.bar("rows", atRows, flowTop, rows.px(r.Read))
	f.bar("all", atContacts, flowTop, rows.px(contacts))
	f.label(flowLabel{X: atRows, Y: 16, Count: b.num(r.Read), Name: b.form(r.Read, nounRow)})
	f.label(flowLabel{X: atContacts, Y: 16, Count: b.num(contacts), Name: b.form(contacts, nounContact)})
	f.Left = append(f.Left, band("all", flowTop, flowTop, rows.px(contacts)))
	f.Height = max(b.flowMerged(f, rows), b.flowVerdicts(f, rows))
	return &section{ID: "flow", Title: f.Title, Flow: f}
}

// scale turns rows into pixels.
type scale struct{ read int64 }

// px is the height of n rows: what is there at all is seen.
func (s scale) px(n int64) float64 {
	if n == 0 {
		return 0
	}
	return max(1.5, flowTall*float64(n)/float64(s.read))
}

// flowMerged draws the rows that were merged away and says where it ends.
func (b *builder) flowMerged(f *flow, rows scale) int {
	r := &b.s.Rows
	from := flowTop + rows.px(r.Read-r.Merged)
	if r.Merged == 0 {
		return int(from) + flowGap
	}
	y, h := from+flowStub, rows.px(r.Merged)
	f.bar("merged", atContacts, y, h)
	f.Left = append(f.Left, band("merged", from, y, h))
	at := int(y+h) + 18
	f.label(flowLabel{X: "0%", Y: at, Count: b.num(r.Merged), Name: b.tr("merged rows", "объединено"), Class: "merged"})
	return at + 26
}

// flowVerdicts draws the five verdicts below one another and says where they
// end.
func (b *builder) flowVerdicts(f *flow, rows scale) int {
	from, at := float64(flowTop), float64(flowTop)
	for _, v := range contact.Verdicts() {
		n := *b.s.Rows.Of(v)
		h := rows.px(n)
		slot := max(flowSlot, h)
		y := at + (slot-h)/2
		if n > 0 {
			f.bar(v.String(), atVerdicts, y, h)
			f.Right = append(f.Right, band(v.String(), from, y, h))
		}
		f.label(flowLabel{Class: v.String(), X: atVerdicts, Y: int(at+slot/2) - 3, Count: b.num(n), Name: verdictWord[v].In(b.l), More: b.means(v)})
		from += h
		at += slot + flowGap
	}
	return int(at)
}

func (f *flow) bar(class, x string, y, h float64) {
	f.Bars = append(f.Bars, flowBar{class, x, coord(y), coord(h)})
}

func (f *flow) label(l flowLabel) { f.Labels = append(f.Labels, l) }

// band is a ribbon of one height from y to to.
func band(class string, y, to, h float64) ribbon {
	return ribbon{class, fmt.Sprintf("M0 %s C50 %s 50 %s 100 %s V%s C50 %s 50 %s 0 %s Z",
		coord(y), coord(y), coord(to), coord(to), coord(to+h), coord(to+h), coord(y+h), coord(y+h))}
}

func coord(v float64) string { return fmt.Sprintf("%.1f", v) }

// flowWords says the picture in sentences.
func (b *builder) flowWords() string {
	r := &b.s.Rows
	var parts []string
	for _, v := range contact.Verdicts() {
		parts = append(parts, b.trf("%s: %s", "%s: %s", strings.ToLower(verdictWord[v].In(b.l)), b.num(*r.Of(v))))
	}
	return b.trf("Rows read: %s. Merged into another row of the same contact: %s. Contacts: %s; of these %s.",
		"Прочитано строк: %s. Объединено с другой строкой того же контакта: %s. Контактов: %s; из них %s.",
		b.num(r.Read), b.num(r.Merged), b.num(r.Read-r.Merged), strings.Join(parts, ", "))
}
