package sheet

import (
	"errors"

	"cleanbase/internal/contact"
)

// What to do, said in many places.
var (
	doUnpack    = contact.T("unpack it and give the files one by one", "распакуйте архив и передайте файлы по одному")
	doSaveAgain = contact.T("open it in the program that made it and save it again as .xlsx or .csv",
		"откройте файл в программе, где он сделан, и сохраните заново как .xlsx или .csv")
	doFetchAgain = contact.T("download or export it again: half of a list is never read",
		"скачайте или выгрузите его заново: половину списка программа не читает")
	doSplit = contact.T("split it into smaller files", "разделите его на несколько файлов")
)

// Limits passed, said in many places.
var (
	tooWide = contact.T("the row has more than %d cells", "в строке больше %d ячеек")
	tooLong = contact.T("a cell is longer than %d bytes", "ячейка длиннее %d байт")
	tooMany = contact.T("the table has more than %d rows", "в таблице больше %d строк")
)

// fault is an error of a file, in both languages.
func fault(what, do contact.Text) *contact.Fault { return &contact.Fault{What: what, Do: do} }

// faultAt is a fault of one row.
func faultAt(row int, what, do contact.Text) *contact.Fault {
	return &contact.Fault{Row: row, What: what, Do: do}
}

// unreadable is a fault of the machine, not of the file.
func unreadable(err error) *contact.Fault {
	return &contact.Fault{
		What: contact.T("the file can't be read from the disk", "файл не читается с диска"),
		Do:   contact.T("check the disk and try again", "проверьте диск и повторите"),
		Err:  err,
	}
}

// damaged is a fault of a file that is cut or broken.
func damaged(what contact.Text) *contact.Fault { return fault(what, doFetchAgain) }

// located says which file and sheet a fault is of, and makes a fault of
// whatever else went wrong.
func (b *Book) located(err error, sheet string) error {
	if err == nil {
		return nil
	}
	var f *contact.Fault
	if !errors.As(err, &f) {
		f = unreadable(err)
	}
	named := *f
	named.File = b.name
	if named.Sheet == "" {
		named.Sheet = sheet
	}
	return &named
}
