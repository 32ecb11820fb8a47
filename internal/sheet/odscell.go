package sheet

import (
	"bytes"
	"strconv"
	"strings"
)

// cell reads a cell and adds it as often as it repeats. Empty cells wait for
// one that holds something.
func (r *odsReader) cell() error {
	repeat, err := r.repeated("table:number-columns-repeated")
	if err != nil {
		return err
	}
	from := len(r.text)
	own := r.typed()
	if r.x.kind == xmlStart {
		if err := r.paragraphs(); err != nil {
			return err
		}
	}
	if own != nil {
		r.text = append(r.text[:from], own...)
	}
	size := len(r.text) - from
	if size == 0 {
		r.empty += repeat
		return nil
	}
	if total := len(r.ends) + r.empty + repeat; total > r.opt.MaxColumns {
		return faultAt(r.row+1, tooWide.With(r.opt.MaxColumns), doSaveAgain)
	}
	if size > r.opt.MaxCell || len(r.text)+size*repeat > maxRecord {
		return faultAt(r.row+1, tooLong.With(r.opt.MaxCell), doSaveAgain)
	}
	for range r.empty {
		r.ends = append(r.ends, from)
	}
	r.empty = 0
	r.ends = append(r.ends, len(r.text))
	for range repeat - 1 {
		r.text = append(r.text, r.text[from:from+size]...)
		r.ends = append(r.ends, len(r.text))
	}
	return nil
}

// typed is the cell's value where its type says more than its text; nil for a
// text.
func (r *odsReader) typed() []byte {
	value := attr(r.x.attrs, "office:value")
	switch string(attr(r.x.attrs, "office:value-type")) {
	case "float", "currency", "percentage":
		if digitsOnly(value) {
			return bytes.Clone(value)
		}
		if out, ok := appendNumber(nil, value); ok {
			return out
		}
	case "date":
		out, _ := appendISO(nil, attr(r.x.attrs, "office:date-value"))
		return out
	case "time":
		return odsTime(attr(r.x.attrs, "office:time-value"))
	case "boolean":
		return boolText(attr(r.x.attrs, "office:boolean-value"))
	}
	return nil
}

// odsTime writes PT10H20M30S as 10:20:30; nil for what is no such thing.
func odsTime(v []byte) []byte {
	rest, ok := strings.CutPrefix(string(v), "PT")
	seconds := int64(0)
	for _, unit := range []struct {
		mark string
		size int64
	}{{"H", 3600}, {"M", 60}, {"S", 1}} {
		number, after, found := strings.Cut(rest, unit.mark)
		if !found {
			continue
		}
		n, err := strconv.ParseFloat(strings.ReplaceAll(number, ",", "."), 64)
		if err != nil || n < 0 || n > 1e9 {
			return nil
		}
		seconds += int64(n) * unit.size
		rest = after
	}
	if !ok {
		return nil
	}
	return appendClock(nil, seconds/3600, seconds)
}

// paragraphs adds the text of the cell just started: its paragraphs, a line
// each; not its notes.
func (r *odsReader) paragraphs() error {
	depth := len(r.x.open)
	from := len(r.text)
	for {
		if err := r.x.next(); err != nil {
			return err
		}
		var err error
		switch {
		case r.x.kind == xmlEnd && len(r.x.open) < depth:
			return nil
		case r.x.kind == xmlStart && (string(r.x.name) == "text:p" || string(r.x.name) == "text:h"):
			if len(r.text) > from {
				r.text = append(r.text, '\n')
			}
			err = r.paragraph()
		case r.x.kind == xmlSelf && string(r.x.name) == "text:p" && len(r.text) > from:
			r.text = append(r.text, '\n')
		case r.x.kind == xmlStart:
			err = r.x.skipElement()
		}
		if err != nil {
			return err
		}
	}
}

// paragraph adds the text of the paragraph just started.
func (r *odsReader) paragraph() error {
	depth := len(r.x.open)
	for {
		if err := r.x.next(); err != nil {
			return err
		}
		ok := true
		switch r.x.kind {
		case xmlEnd:
			if len(r.x.open) < depth {
				return nil
			}
		case xmlText:
			r.text, ok = appendXML(r.text, r.x.text)
			ok = ok && valid(r.x.text)
		case xmlCDATA:
			r.text, ok = append(r.text, r.x.text...), valid(r.x.text)
		default:
			if err := r.inline(); err != nil {
				return err
			}
		}
		if !ok || len(r.text) > maxRecord {
			return errXML()
		}
	}
}

// inline handles an element within a paragraph.
func (r *odsReader) inline() error {
	switch string(r.x.name) {
	case "text:s":
		n, ok := parseUint(attr(r.x.attrs, "text:c"))
		if !ok {
			n = 1
		}
		for range min(n, 1000) {
			r.text = append(r.text, ' ')
		}
	case "text:tab":
		r.text = append(r.text, '\t')
	case "text:line-break":
		r.text = append(r.text, '\n')
	case "text:note", "office:annotation", "text:ruby-text":
		return r.x.skipElement()
	}
	return nil
}
