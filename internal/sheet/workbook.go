package sheet

import (
	"path"
	"strconv"
	"strings"

	"cleanbase/internal/contact"
)

// workbook is an XLSX file (ECMA-376, transitional and strict).
type workbook struct {
	in       input
	zip      *archive
	list     []xlsxSheet
	from1904 bool
	styles   []dateStyle // of each cell format
	sstPart  string      // name of the shared strings part; empty for none
	sst      *sharedStrings
	notes    []contact.Text
}

type xlsxSheet struct {
	Sheet
	part string
	tall []Tall
}

// relation is one line of a .rels part.
type relation struct{ kind, target string }

// openXLSX reads all of a workbook but its sheets and its texts.
func openXLSX(in input, a *archive) (*workbook, error) {
	w := &workbook{in: in, zip: a}
	if err := w.checkTypes(); err != nil {
		return nil, err
	}
	main, err := w.mainPart()
	if err != nil {
		return nil, err
	}
	rels, err := w.relations(main)
	if err != nil {
		return nil, err
	}
	for _, r := range rels {
		switch r.kind {
		case "sharedStrings":
			w.sstPart = r.target
		case "styles":
			if err := w.readStyles(r.target); err != nil {
				return nil, err
			}
		}
	}
	return w, w.readMain(main, rels)
}

// checkTypes reads the list of content types to its end.
func (w *workbook) checkTypes() error {
	return w.zip.elements("[Content_Types].xml", func(string, []byte) error { return nil })
}

// mainPart is the name of the workbook part.
func (w *workbook) mainPart() (string, error) {
	rels, err := w.relations("")
	if err != nil {
		return "", err
	}
	for _, r := range rels {
		if r.kind == "officeDocument" {
			return r.target, nil
		}
	}
	return "", damaged(contact.T("the file has no workbook inside", "внутри файла нет книги"))
}

// relations are the relations of a part, by their ids; of the whole file for
// the empty name. Only the last word of a relation's type counts: it is what
// the strict and the transitional ones share.
func (w *workbook) relations(part string) (map[string]relation, error) {
	dir, base := path.Split(part)
	rels := make(map[string]relation)
	err := w.zip.elements(dir+"_rels/"+base+".rels", func(p string, attrs []byte) error {
		if p != "Relationships/Relationship" || attrText(attrs, "TargetMode") == "External" {
			return nil
		}
		target := strings.ReplaceAll(attrText(attrs, "Target"), `\`, "/")
		if strings.HasPrefix(target, "/") {
			target = target[1:]
		} else {
			target = path.Join(dir, target)
		}
		rels[attrText(attrs, "Id")] = relation{path.Base(attrText(attrs, "Type")), target}
		return nil
	})
	return rels, err
}

// readMain reads the workbook part: the sheets and the date system.
func (w *workbook) readMain(part string, rels map[string]relation) error {
	err := w.zip.elements(part, func(p string, attrs []byte) error {
		switch p {
		case "workbook/workbookPr":
			w.from1904 = isTrue(attrText(attrs, "date1904"))
		case "workbook/sheets/sheet":
			return w.addSheet(attrs, rels)
		}
		return nil
	})
	if err == nil && len(w.list) == 0 {
		err = damaged(contact.T("the workbook has no sheets with cells", "в книге нет листов с ячейками"))
	}
	return err
}

func isTrue(s string) bool { return s == "1" || s == "true" || s == "on" }

func (w *workbook) addSheet(attrs []byte, rels map[string]relation) error {
	s := xlsxSheet{Sheet: Sheet{Name: attrText(attrs, "name")}}
	state := attrText(attrs, "state")
	s.Hidden = state == "hidden" || state == "veryHidden"
	var id string
	eachAttr(attrs, func(name, value []byte) {
		if string(local(name)) == "id" && len(name) > len("id") {
			id = string(value)
		}
	})
	r, ok := rels[id]
	switch {
	case !ok || r.kind == "worksheet" && !w.zip.has(r.target):
		return &contact.Fault{Sheet: s.Name, What: contact.T("the sheet is missing inside the file", "листа нет внутри файла"), Do: doFetchAgain}
	case r.kind != "worksheet":
		w.notes = append(w.notes, contact.T("sheet “%s” is a chart or a dialog and holds no rows", "лист «%s» – диаграмма или диалог, строк в нём нет").With(s.Name))
		return nil
	}
	s.part = r.target
	w.list = append(w.list, s)
	return w.noteComments(s)
}

// noteComments says that the comments on a sheet's cells are not read.
func (w *workbook) noteComments(s xlsxSheet) error {
	dir, base := path.Split(s.part)
	if !w.zip.has(dir + "_rels/" + base + ".rels") {
		return nil
	}
	rels, err := w.relations(s.part)
	for _, r := range rels {
		if r.kind == "comments" {
			w.notes = append(w.notes, contact.T("cells of sheet “%s” have comments, which are not read: if they tell who refused, put them into a column",
				"у ячеек листа «%s» есть примечания, они не читаются: если в них сказано, кто отказался, перенесите их в колонку").With(s.Name))
			break
		}
	}
	return err
}

// readStyles finds which cell formats show dates.
func (w *workbook) readStyles(part string) error {
	custom := make(map[int]dateStyle)
	return w.zip.elements(part, func(p string, attrs []byte) error {
		switch p {
		case "styleSheet/numFmts/numFmt":
			if id, err := strconv.Atoi(attrText(attrs, "numFmtId")); err == nil {
				custom[id] = dateFormat(attrText(attrs, "formatCode"))
			}
		case "styleSheet/cellXfs/xf":
			id, _ := strconv.Atoi(attrText(attrs, "numFmtId")) // absent is 0, General
			style, ok := custom[id]
			if !ok {
				style = builtinDate(id)
			}
			w.styles = append(w.styles, style)
		}
		return nil
	})
}

// isDate tells whether a cell format shows dates or times.
func (w *workbook) isDate(style int) bool {
	return style < len(w.styles) && w.styles[style] != noDate
}

func (w *workbook) sheets() []Sheet {
	all := make([]Sheet, len(w.list))
	for i, s := range w.list {
		all[i] = s.Sheet
	}
	return all
}

func (w *workbook) each(i int, yield func(contact.Row) bool) error {
	x, stop, err := w.zip.scan(w.list[i].part)
	if err != nil {
		return err
	}
	defer stop()
	r := newSheetReader(w, x)
	err = r.read(yield)
	w.list[i].tall = r.tall
	return err
}

// text is a shared string; they are read when the first is asked for.
func (w *workbook) text(i uint64) (text []byte, err error) {
	if w.sst == nil && w.sstPart != "" {
		if w.sst, err = w.readStrings(w.sstPart); err != nil {
			w.sst = nil
			return nil, err
		}
	}
	text, ok := w.sst.get(i)
	if !ok {
		return nil, errNoText()
	}
	return text, nil
}

func errNoText() *contact.Fault {
	return damaged(contact.T("a cell points to a text that is not in the file", "ячейка ссылается на текст, которого нет в файле"))
}
