package sheet

import (
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"cleanbase/internal/contact"
)

const jsonMaxDepth = 32

// jsonWalker reads the file's objects one by one.
type jsonWalker struct {
	dec   *json.Decoder
	src   *leash
	opt   Options
	rows  int
	sheet func(name string) *jsonSheet // nil: its rows are not asked for
	visit func(*jsonSheet, []keyed) (bool, error)
	row   []keyed
	more  *bool // the last object read as members holds more than a page
}

// walk passes the objects of the sheets that sheet names to visit, and reads
// the file to its end.
func (t *jsonTable) walk(sheet func(string) *jsonSheet, visit func(*jsonSheet, []keyed) (bool, error)) error {
	src := &leash{r: t.set.reader(t.in), left: recordChunk, opt: t.in.opt}
	w := &jsonWalker{dec: json.NewDecoder(src), src: src, opt: t.in.opt, sheet: sheet, visit: visit, more: &t.more}
	w.dec.UseNumber()
	err := w.top(t)
	if errors.Is(err, errStop) {
		return nil
	}
	var f *contact.Fault
	if err != nil && !errors.As(err, &f) && (t.lines || !errors.Is(err, errSecondValue)) {
		f = damaged(contact.T("the JSON is cut off or damaged", "JSON обрезан или повреждён"))
		f.Row = w.rows + 2
		return f // the cause quotes its input
	}
	return err
}

// token is the next token. One that takes far more bytes than a cell may is
// not read to its end.
func (w *jsonWalker) token() (json.Token, error) {
	w.src.left = 8*int64(w.opt.MaxCell) + recordChunk
	return w.dec.Token()
}

// leash is a reader that stops when too much was read in one go.
type leash struct {
	r    io.Reader
	left int64
	opt  Options
}

func (l *leash) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, fault(tooLong.With(l.opt.MaxCell), doSaveAgain)
	}
	n, err := l.r.Read(p)
	l.left -= int64(n)
	return n, err
}

// top reads the values that the file consists of.
func (w *jsonWalker) top(t *jsonTable) error {
	for n := 0; ; n++ {
		tok, err := w.token()
		switch {
		case err == io.EOF && n > 0:
			return nil
		case err != nil:
			return err
		case tok == json.Delim('{') && t.pages:
			err = w.members(true)
		case tok == json.Delim('{') && t.lines:
			err = w.object("")
		case tok == json.Delim('[') && t.lines:
			err = w.array("")
		case n > 0:
			return errSecondValue
		case tok == json.Delim('{'):
			err = w.members(false)
		case tok == json.Delim('['):
			err = w.array("")
		default:
			return errNoObject()
		}
		if err != nil {
			return err
		}
	}
}

func errNoObject() *contact.Fault {
	return fault(contact.T("the JSON is no list of objects", "JSON – не список объектов"), doSaveAgain)
}

// array reads the objects of an array whose bracket was read.
func (w *jsonWalker) array(name string) error {
	for w.dec.More() {
		tok, err := w.token()
		if err != nil {
			return err
		}
		if tok != json.Delim('{') {
			return errNoObject()
		}
		if err := w.object(name); err != nil {
			return err
		}
	}
	_, err := w.token()
	return err
}

// object reads an object whose bracket was read, as a row.
func (w *jsonWalker) object(name string) error {
	w.row = w.row[:0]
	if err := w.flatten("", 1); err != nil {
		return err
	}
	return w.give(name)
}

func (w *jsonWalker) give(name string) error {
	s := w.sheet(name)
	if s == nil {
		return nil
	}
	if w.rows++; int64(w.rows) >= w.opt.MaxRows {
		return fault(tooMany.With(w.opt.MaxRows), doSplit)
	}
	more, err := w.visit(s, w.row)
	if err == nil && !more {
		return errStop
	}
	return err
}

// members reads the file's only object, or a page: its arrays of objects are
// sheets; with none it is a row itself. A page's may be empty.
func (w *jsonWalker) members(page bool) error {
	var own []keyed
	tables := 0
	for w.dec.More() {
		tok, err := w.token()
		if err != nil {
			return err
		}
		key, _ := tok.(string)
		if tok, err = w.token(); err != nil {
			return err
		}
		w.row = w.row[:0]
		if tok == json.Delim('[') {
			is, err := w.table(key)
			if err != nil {
				return err
			}
			if is || page && isPageKey(key) && len(w.row) == 0 {
				tables++
				continue
			}
		} else if err := w.value(key, tok, 1); err != nil {
			return err
		}
		own = append(own, w.row...)
	}
	if _, err := w.token(); err != nil {
		return err
	}
	*w.more = slices.ContainsFunc(own, func(kv keyed) bool { return !isPageNumber(kv.key) })
	switch {
	case page && (*w.more || tables != 1):
		return fault(contact.T("pages of rows stand between records of another kind", "страницы со строками перемешаны с другими записями"), doSaveAgain)
	case tables > 0:
		return nil
	}
	w.row = own
	return w.give("")
}

// table reads the array behind a member's key: rows when its first value is an
// object, else a value of the row.
func (w *jsonWalker) table(key string) (is bool, err error) {
	if !w.dec.More() {
		_, err = w.token()
		return false, err
	}
	tok, err := w.token()
	if err != nil {
		return false, err
	}
	if tok != json.Delim('{') {
		return false, w.list(key, tok, 1)
	}
	if err := w.object(key); err != nil {
		return true, err
	}
	return true, w.array(key)
}

// flatten reads an object whose bracket was read into the row.
func (w *jsonWalker) flatten(prefix string, depth int) error {
	for w.dec.More() {
		tok, err := w.token()
		if err != nil {
			return err
		}
		key, _ := tok.(string)
		if tok, err = w.token(); err != nil {
			return err
		}
		if err := w.value(prefix+key, tok, depth); err != nil {
			return err
		}
	}
	_, err := w.token()
	return err
}

// value adds one value, whose first token was read, to the row.
func (w *jsonWalker) value(key string, tok json.Token, depth int) error {
	if depth > jsonMaxDepth || len(w.row) > w.opt.MaxColumns {
		return fault(contact.T("the JSON is nested too deep or too wide", "слишком глубокая или широкая вложенность JSON"), doSaveAgain)
	}
	switch tok {
	case json.Delim('{'):
		return w.flatten(key+".", depth+1)
	case json.Delim('['):
		if !w.dec.More() {
			w.row = append(w.row, keyed{key: key})
			_, err := w.token()
			return err
		}
		first, err := w.token()
		if err != nil {
			return err
		}
		return w.list(key, first, depth)
	}
	text := scalar(tok)
	if len(text) > w.opt.MaxCell {
		return fault(tooLong.With(w.opt.MaxCell), doSaveAgain)
	}
	w.row = append(w.row, keyed{key, text})
	return nil
}

// list reads an array whose first token was read: plain values make one cell,
// objects and arrays a column each.
func (w *jsonWalker) list(key string, tok json.Token, depth int) error {
	var plain []string
	for i := 0; ; i++ {
		if _, nested := tok.(json.Delim); nested {
			if err := w.value(key+"."+strconv.Itoa(i), tok, depth+1); err != nil {
				return err
			}
		} else if text := scalar(tok); text != "" {
			plain = append(plain, text)
		}
		if !w.dec.More() {
			break
		}
		var err error
		if tok, err = w.token(); err != nil {
			return err
		}
	}
	if len(plain) > 0 {
		w.row = append(w.row, keyed{key, strings.Join(plain, ", ")})
	}
	_, err := w.token()
	return err
}

// scalar is a plain value as a cell shows it.
func scalar(tok json.Token) string {
	switch v := tok.(type) {
	case string:
		return v
	case bool:
		return string(boolText([]byte(strconv.FormatBool(v))))
	case json.Number:
		if digitsOnly([]byte(v)) {
			return string(v)
		}
		if out, ok := appendNumber(nil, []byte(v)); ok {
			return string(out)
		}
		return string(v)
	}
	return ""
}
