package cli

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"unicode/utf8"

	"cleanbase/internal/contact"
)

// printer writes lines in one language and keeps the first failure. On a
// terminal lines are broken between words at its width; elsewhere a line stays
// a line, for grep.
type printer struct {
	w      io.Writer
	l      contact.Lang
	width  int  // of the terminal; 0: none
	colour bool // may be used
	err    error
}

// printer is one for standard output.
func (a *App) printer(l contact.Lang) printer {
	return printer{w: a.Stdout, l: l, width: a.Columns, colour: a.Columns > 0 && a.Env("NO_COLOR") == "" && a.Env("TERM") != "dumb" &&
		runtime.GOOS != "windows"} // whose older consoles print the codes
}

func (p *printer) printf(format string, args ...any) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, wrap(fmt.Sprintf(format, args...), p.width))
	}
}

func (p *printer) line(t contact.Text) { p.printf("%s\n", t.In(p.l)) }

func (p *printer) number(n int64) string { return contact.Grouped(p.l, n) }

// The colours used, as their ANSI codes: only to find a word again that says it
// all without them.
const (
	red    = "1;31"
	yellow = "33"
	green  = "32"
)

// paint colours a word where that is welcome.
func (p *printer) paint(code, word string) string {
	if !p.colour {
		return word
	}
	return "\x1b[" + code + "m" + word + "\x1b[0m"
}

// seen is how many columns a text takes: colours take none.
func seen(s string) int {
	n := utf8.RuneCountInString(s)
	for {
		at := strings.Index(s, "\x1b[")
		if at < 0 {
			return n
		}
		end := strings.IndexByte(s[at:], 'm') + 1
		if end == 0 {
			return n
		}
		n -= end
		s = s[at+end:]
	}
}

// wrap breaks lines longer than width between words; what goes on is set in
// below where the line began. A word longer than a line stays whole, so that
// paths can be copied.
func wrap(text string, width int) string {
	if width <= 0 {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if seen(line) > width {
			lines[i] = wrapLine(line, width, len(line)-len(strings.TrimLeft(line, " "))+2)
		}
	}
	return strings.Join(lines, "\n")
}

func wrapLine(line string, width, indent int) string {
	var b strings.Builder
	at, start := 0, true
	for i, word := range strings.Split(line, " ") {
		n := seen(word)
		switch {
		case i == 0:
		case start || at+1+n <= width: // blanks at the line's start stay
			b.WriteByte(' ')
			at++
		default:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			at = indent
		}
		start = start && n == 0
		b.WriteString(word)
		at += n
	}
	return b.String()
}

// table writes rows with their columns under one another, columns of numbers
// to the right. The last column goes on below itself where it is too long.
func (p *printer) table(rows [][]string) {
	var widths []int
	for _, r := range rows {
		for i, c := range r {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], seen(c))
		}
	}
	numbers := make([]bool, len(widths))
	for i := range numbers {
		numbers[i] = numeric(rows, i)
	}
	for _, r := range rows {
		var b strings.Builder
		for i, c := range r {
			pad := strings.Repeat(" ", widths[i]-seen(c))
			if i > 0 {
				b.WriteString("  ")
			}
			if last := i == len(r)-1; last && p.width > 0 && seen(b.String())+seen(c) > p.width && seen(b.String()) < p.width/2 {
				c = wrapCell(c, p.width-seen(b.String()), seen(b.String()))
			}
			if numbers[i] {
				b.WriteString(pad + c)
			} else {
				b.WriteString(c + pad)
			}
		}
		if p.err == nil {
			_, p.err = io.WriteString(p.w, strings.TrimRight(b.String(), " ")+"\n")
		}
	}
}

// wrapCell breaks a cell into lines of a width, all but the first behind indent
// blanks.
func wrapCell(c string, width, indent int) string {
	return strings.ReplaceAll(wrapLine(c, width, 0), "\n", "\n"+strings.Repeat(" ", indent))
}

// numeric tells whether a column holds numbers, its first cell perhaps being a
// heading.
func numeric(rows [][]string, col int) bool {
	found := false
	for i, r := range rows {
		if col >= len(r) || r[col] == "" || r[col] == "?" {
			continue
		}
		digits := strings.ContainsAny(r[col], "0123456789") && strings.Trim(r[col], "0123456789,.\u00a0%<> ") == ""
		if !digits && i > 0 {
			return false
		}
		found = found || digits
	}
	return found
}
