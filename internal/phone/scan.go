package phone

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// gap is what stands between two groups of digits, a bit for each kind.
type gap uint32

const (
	gapBlank   gap = 1 << iota
	gapDot         // one full stop
	gapDots        // several
	gapDash        // a dash of any kind, or a bracket other than a parenthesis
	gapOpen        // (
	gapClose       // )
	gapComma       // may be a decimal, an extension or a list
	gapSlash       // may be an area code's end or a list
	gapPlus        // a plus right before the digits
	gapHard        // a list's separator: ; | line break, words, a colon
	gapMask        // * _ # x …: digits withheld, or dialled after the connection
	gapStrange     // any other sign
	gapGlued       // letters that touch the digits on both sides
	gapExt         // a word for an extension
	gapQuote       // an apostrophe or quotation mark
	gapMaskAt      // a mask that touches the digits before it
	gapName        // the word that makes what follows an account's name
)

// Boundaries that a number can't reach over, those that may end one, and those
// that end a word as addresses are written.
const (
	gapBreaks = gapPlus | gapHard | gapMask | gapStrange | gapGlued | gapExt | gapName
	gapSplits = gapComma | gapSlash
	tokenEnds = gapBlank | gapHard | gapSplits | gapQuote | gapOpen
)

// group is a run of digits. Its digits lie in scanner.digits up to end.
type group struct {
	end    int
	before gap // what stands before it
	note   note
}

// note is what is odd about a group.
type note uint8

const (
	noteForeign note = 1 << iota // an address says that it is international
	noteDoubt                    // holds letters that look like digits
	noteExact                    // a spreadsheet's scientific form, whole
	noteDamaged                  // the same with digits lost
)

// scanner takes a cell apart into groups of digits and what stands between.
type scanner struct {
	cell   []byte
	at     int
	digits []byte
	groups []group
	gap    gap  // since the last digit
	open   bool // the last group goes on if a digit follows
	word   word
	token  int // where the token at hand begins in cell
	first  int // the number of groups before it
}

// run scans a cell. Afterwards gap is what follows the last group.
func (s *scanner) run(cell []byte) {
	*s = scanner{cell: cell, digits: s.digits[:0], groups: s.groups[:0]}
	for s.at < len(s.cell) {
		if c := s.cell[s.at]; c < utf8.RuneSelf {
			s.ascii(c)
			continue
		}
		r, size := utf8.DecodeRune(s.cell[s.at:])
		s.wide(r, size)
	}
	s.endWord(false)
	s.cell = nil
}

// ascii takes one ASCII sign.
func (s *scanner) ascii(c byte) {
	switch {
	case c-'0' <= 9:
		s.digit(c, 1)
	case c|0x20-'a' <= 'z'-'a':
		s.letter(rune(c|0x20), 1)
	default:
		s.sign(c, 1)
	}
}

// wide takes a sign beyond ASCII as the ASCII one that it stands for.
func (s *scanner) wide(r rune, size int) {
	switch {
	case unicode.IsLetter(r):
		s.letter(unicode.ToLower(r), size)
	case invisible(r):
		s.at += size
	case r == '\u2028', r == '\u2029', r == '\u0085':
		s.sign('\n', size)
	case unicode.IsSpace(r):
		s.sign(' ', size)
	default:
		if c := plainSign(r); c-'0' <= 9 {
			s.digit(c, size)
		} else {
			s.sign(c, size)
		}
	}
}

// digit takes one digit.
func (s *scanner) digit(c byte, size int) {
	s.endWord(true)
	if !s.open && s.scientific() {
		return
	}
	s.put(c)
	s.at += size
}

// put adds a digit to the open group or begins a group with it.
func (s *scanner) put(c byte) {
	if !s.open {
		s.groups = append(s.groups, group{before: s.gap})
		s.gap, s.open = 0, true
	}
	s.digits = append(s.digits, c)
	s.groups[len(s.groups)-1].end = len(s.digits)
}

// add notes what stands after the last digit.
func (s *scanner) add(g gap) {
	s.gap |= g
	s.open = false
}

// letter takes one letter, in lower case.
func (s *scanner) letter(r rune, size int) {
	s.word.add(r, s.open && s.gap == 0)
	s.at += size
	s.open = false
}

// endWord takes the word that has just ended for what it is.
func (s *scanner) endWord(digitNext bool) {
	w := &s.word
	if w.length == 0 {
		return
	}
	switch {
	case w.alike && (w.glued || digitNext):
		s.open = w.glued
		for _, c := range w.digits[:w.length] {
			s.put(c)
		}
		s.groups[len(s.groups)-1].note |= noteDoubt
	case w.glued && w.isMask():
		s.add(gapMask | gapMaskAt)
	case w.isMask():
		s.add(gapMask)
	case digitNext && w.isID():
		s.add(gapName)
	case w.isExtension():
		s.add(gapExt)
	case w.glued && digitNext:
		s.add(gapGlued)
	default:
		s.add(gapHard)
		s.gap &^= gapPlus // "Иван + Ольга 8911…"
	}
	s.word = word{}
}

// sign takes a sign that is neither digit nor letter. Only a sign of one byte
// is the file's own; others stand for something else and open no markup.
func (s *scanner) sign(c byte, size int) {
	if size == 1 && s.address(c) {
		return
	}
	touches := s.gap == 0 && s.open
	s.endWord(false)
	if size == 1 && (c == '<' || c == '&') && s.markup() {
		return
	}
	s.at += size
	s.mark(c, touches)
}

// mark notes what a sign means between digits.
func (s *scanner) mark(c byte, touches bool) {
	g := meaning(c)
	switch {
	case g == gapPlus:
		if len(s.groups) > 0 && s.at < len(s.cell) && s.cell[s.at] == ' ' {
			g = gapHard // "8911… + 8912…": it stands for "and"
		}
	case g == gapDot && s.gap == gapDot:
		g = gapMask | gapMaskAt // "8911..."
	case g == gapMask && touches:
		g |= gapMaskAt
	case c == ':' && touches && s.lastSize() <= 2:
		s.groups[len(s.groups)-1].before |= gapHard // an hour
	}
	s.add(g)
	if g&tokenEnds != 0 {
		s.token, s.first = s.at, len(s.groups)
	}
}

// lastSize is the number of digits in the last group.
func (s *scanner) lastSize() int {
	n := len(s.groups)
	if n < 2 {
		return len(s.digits)
	}
	return len(s.digits) - s.groups[n-2].end
}

// markup takes an HTML tag or entity at the sign at hand; ok is false when
// there is none.
func (s *scanner) markup() (ok bool) {
	rest := s.cell[s.at:min(len(s.cell), s.at+maxMarkup)]
	if rest[0] == '&' {
		r, size := entity(rest)
		if size == 0 {
			return false
		}
		s.at += size
		s.wide(r, 0)
		return true
	}
	end := bytes.IndexByte(rest, '>')
	if end < 2 || !isTagStart(rest[1]) {
		return false
	}
	s.at += end + 1
	if isInline(rest[1:end]) {
		s.add(gapBlank)
	} else {
		s.add(gapHard)
	}
	s.token, s.first = s.at, len(s.groups)
	return true
}
