package phone

// word is a run of letters, as far as its meaning needs it.
type word struct {
	text   [8]rune // its first letters, in lower case
	digits [8]byte // what they look like, while alike
	length int
	alike  bool // every letter looks like a digit
	glued  bool // touches the digits before it
}

func (w *word) add(r rune, glued bool) {
	if w.length == 0 {
		w.alike, w.glued = true, glued
	}
	if w.length >= len(w.text) {
		w.length++
		w.alike = false
		return
	}
	w.text[w.length] = r
	switch r {
	case 'o', 'о', 'ο':
		w.digits[w.length] = '0'
	case 'l', 'i', 'і':
		w.digits[w.length] = '1'
	default:
		w.alike = false
	}
	w.length++
}

// isMask tells a run of x (Latin or Cyrillic): digits withheld, or one that
// stands for "extension".
func (w *word) isMask() bool {
	for _, r := range w.text[:min(w.length, len(w.text))] {
		if r != 'x' && r != 'х' {
			return false
		}
	}
	return w.length <= len(w.text)
}

// isID tells a word after which a number is the name of an account.
func (w *word) isID() bool {
	return w.starts("id") && w.length == 2 || w.starts("uid") && w.length == 3
}

// isExtension tells a word for an extension.
func (w *word) isExtension() bool {
	for _, start := range [...]string{"доб", "внутр", "ext", "тоновый"} {
		if w.starts(start) {
			return true
		}
	}
	return w.length == 2 && (w.starts("вн") || w.starts("оп")) || w.length == 3 && (w.starts("доп") || w.starts("int"))
}

func (w *word) starts(start string) bool {
	i := 0
	for _, r := range start {
		if i >= w.length || i >= len(w.text) || w.text[i] != r {
			return false
		}
		i++
	}
	return true
}
