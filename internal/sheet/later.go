package sheet

import "cleanbase/internal/contact"

func (b *Book) openGzip(input) error            { return errForeign(contact.T("gz", "gz")) }
func (b *Book) openCFB(input) error             { return errForeign(contact.T("xls", "xls")) }
func (b *Book) openHTML(input, charset) error   { return errForeign(contact.T("HTML", "HTML")) }
func (b *Book) openVCard(input, charset) error  { return errForeign(contact.T("vCard", "vCard")) }
func (b *Book) openJSON(input, charset) error   { return errForeign(contact.T("JSON", "JSON")) }
func (b *Book) openODS(input, *archive) error   { return errForeign(contact.T("ods", "ods")) }
func (b *Book) openInner(input, *archive) error { return errForeign(contact.T("zip", "zip")) }
