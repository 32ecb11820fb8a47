package sheet

import (
	"errors"
	"slices"
	"strings"

	"cleanbase/internal/contact"
)

// jsonTable is a file of JSON objects, each a row: an array of them, one or an
// array of them a line, or an object whose members are arrays of them, each a
// sheet by its member's name. The header is the union of the keys in the order
// they come; an object within an object is "outer.inner", one within an array
// "list.0.inner"; an array of plain values is one cell with commas. Objects one
// behind the other are rows, or pages of rows as an API gives them.
type jsonTable struct {
	in    input
	set   charset
	list  []*jsonSheet
	lines bool // objects one behind the other
	pages bool // of which each holds rows
	more  bool // beside rows, the only object holds more than a page does
}

type jsonSheet struct {
	name   string
	header []string
	index  map[string]int
	size   int // bytes of the header
}

func (b *Book) openJSON(in input, set charset) error {
	t := &jsonTable{in: in, set: set}
	err := t.collect()
	if errors.Is(err, errSecondValue) {
		t.lines, t.pages, t.list = true, t.isPage(), nil
		err = t.collect()
	}
	if err != nil {
		return err
	}
	if len(t.list) == 0 {
		return fault(contact.T("the JSON holds no list of objects", "в JSON нет списка объектов"), doSaveAgain)
	}
	b.table, b.Format = t, "json"
	if t.lines {
		b.Format = "jsonl"
	}
	return nil
}

// isPage tells whether the first object, which was read as if it were the only
// one, is a page: rows under a name that APIs give to them, and how many.
func (t *jsonTable) isPage() bool { return len(t.list) == 1 && isPageKey(t.list[0].name) && !t.more }

func isPageKey(key string) bool {
	return slices.Contains([]string{"data", "items", "results", "result", "records", "contacts", "value", "values", "rows", "list"}, key)
}

// isPageNumber tells what a page has beside its rows.
func isPageNumber(key string) bool {
	key, _, _ = strings.Cut(strings.TrimPrefix(key, "@"), ".")
	return slices.Contains([]string{"count", "total", "offset", "limit", "page", "pages", "per_page", "next", "prev", "previous", "start", "marker", "has_more", "links", "_links", "meta", "paging", "pagination",
		"success", "status", "ok", "code", "error", "time", "odata"}, key)
}

// collect reads the whole file for its sheets and their headers.
func (t *jsonTable) collect() error {
	return t.walk(func(name string) *jsonSheet {
		for _, s := range t.list {
			if s.name == name {
				return s
			}
		}
		s := &jsonSheet{name: name, index: make(map[string]int)}
		t.list = append(t.list, s)
		return s
	}, func(s *jsonSheet, row []keyed) (bool, error) {
		for _, kv := range row {
			if _, ok := s.index[kv.key]; !ok {
				s.index[kv.key] = len(s.header)
				s.size += len(kv.key)
				s.header = append(s.header, kv.key)
			}
		}
		if len(s.header) > t.in.opt.MaxColumns || s.size > maxRecord {
			return false, fault(tooWide.With(t.in.opt.MaxColumns), doSplit)
		}
		return true, nil
	})
}

func (t *jsonTable) sheets() []Sheet {
	all := make([]Sheet, len(t.list))
	for i, s := range t.list {
		all[i].Name = s.name
	}
	return all
}

func (t *jsonTable) each(i int, yield func(contact.Row) bool) error {
	want := t.list[i]
	if !yield(contact.Row{Number: 1, Cells: asBytes(want.header)}) {
		return nil
	}
	number := 1
	cells := make([][]byte, len(want.header))
	return t.walk(func(name string) *jsonSheet {
		if name == want.name {
			return want
		}
		return nil
	}, func(_ *jsonSheet, row []keyed) (bool, error) {
		clear(cells)
		number++
		for _, kv := range row {
			c := &cells[want.index[kv.key]]
			if len(*c) > 0 { // a key twice in one object
				*c = append(*c, "; "...)
			}
			*c = append(*c, kv.text...)
		}
		return yield(contact.Row{Number: number, Cells: cells}), nil
	})
}

// keyed is one value of an object.
type keyed struct{ key, text string }

var (
	errSecondValue = errors.New("sheet: a second JSON value")
	errStop        = errors.New("sheet: enough")
)
