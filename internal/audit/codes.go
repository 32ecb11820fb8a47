package audit

import (
	"strings"

	"cleanbase/internal/contact"
)

// span is where a code stands in a base's text, counted from 0.
type span struct {
	code     int64
	from, to int
}

// scanCodes finds the codes of a chunk's text. It is for what this program
// wrote: what is not a number is taken for null.
func scanCodes(text string) []span {
	spans := make([]span, 0, 1+strings.Count(text, ","))
	for from := 1; from < len(text); {
		code, to := nextCode(text, from)
		spans = append(spans, span{code, from, to})
		from = to + 1
	}
	return spans
}

// nextCode reads the code that begins at a place of a chunk's text, and tells
// where it ends.
func nextCode[T string | []byte](text T, from int) (code int64, to int) {
	to = from
	for ; to < len(text) && '0' <= text[to] && text[to] <= '9'; to++ {
		code = code*10 + int64(text[to]-'0')
	}
	if n := to - from; 0 < n && n < 19 && (to == len(text) || text[to] == ',' || text[to] == ']') {
		return code, to
	}
	for to < len(text) && text[to] != ',' && text[to] != ']' {
		to++
	}
	return noRow, to
}

// tally counts the rows of a run by outcome.
type tally struct {
	verdicts []contact.Verdict // by contact_id, from 1
	main     []bool            // contacts whose main row was counted
}

func newTally(contacts int64) *tally {
	return &tally{make([]contact.Verdict, contacts+1), make([]bool, contacts+1)}
}

// add counts the rows of a chunk; false when one is of a contact that is not
// there, or of one that has its main row already.
func (t *tally) add(c *Counts, codes []byte) bool {
	outcomes := [...]*int64{contact.Clean: &c.Clean, contact.Cold: &c.Cold, contact.Hold: &c.Hold,
		contact.Invalid: &c.Invalid, contact.Removed: &c.Removed}
	for from := 1; from < len(codes); {
		code, to := nextCode(codes, from)
		from = to + 1
		if code == noRow {
			continue
		}
		id, merged := code>>1, code&1 == 1
		if id < 1 || id >= int64(len(t.main)) || !merged && t.main[id] || int(t.verdicts[id]) >= len(outcomes) {
			return false
		}
		c.Read++
		if merged {
			c.Merged++
			continue
		}
		t.main[id] = true
		*outcomes[t.verdicts[id]]++
	}
	return true
}
