package sheet

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"cleanbase/internal/contact"
)

// maxPlain is how long a plain text may be, in bytes: far more than a message.
const maxPlain = 1 << 20

var doPlain = contact.T("save the message as plain text (.txt)", "сохраните сообщение как обычный текст (.txt)")

// Text is a text file's contents as UTF-8 without a byte order mark, whatever it
// is encoded in. It looks at every byte first.
func Text(r io.ReaderAt, size int64) (io.Reader, error) {
	in := input{r: r, size: size}
	set, _, err := charsetOf(in)
	var bad *spoiled
	switch {
	case errors.As(err, &bad):
		return nil, bad.fault
	case err != nil:
		return nil, err
	}
	return set.reader(in), nil
}

// ReadPlain reads a file that is no table but a plain text, in any of the
// encodings that tables come in; line ends become \n. Faults are
// *contact.Fault and name the file.
func ReadPlain(r io.ReaderAt, size int64, name string) (string, error) {
	fail := func(what contact.Text) (string, error) {
		return "", &contact.Fault{File: name, What: what, Do: doPlain}
	}
	in := input{r: r, size: size, name: name}
	head := make([]byte, min(size, 512))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return "", unreadable(err)
	}
	switch kind, known := foreign(head); {
	case size > maxPlain:
		return fail(contact.T("the text is longer than a megabyte", "текст длиннее мегабайта"))
	case known:
		return fail(contact.T("this is no plain text (%s)", "это не обычный текст (%s)").With(kind))
	case bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return fail(contact.T("this is no plain text but a document", "это не обычный текст, а документ"))
	}
	set, _, err := charsetOf(in)
	if err != nil {
		return fail(contact.T("its letters can't be read: it is damaged or no text", "буквы не читаются: файл повреждён или это не текст"))
	}
	text, err := io.ReadAll(set.reader(in))
	if err != nil {
		return fail(contact.T("its letters can't be read: it is damaged or no text", "буквы не читаются: файл повреждён или это не текст"))
	}
	plain := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(text))
	if strings.TrimSpace(plain) == "" {
		return fail(contact.T("the file holds no text", "в файле нет текста"))
	}
	return plain, nil
}
