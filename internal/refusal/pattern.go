package refusal

import (
	"strconv"
	"strings"
)

// A pattern is a row of elements, each a set of words, with gaps between. It is
// tried where its anchor stands, the element whose words are rarest, and grows
// from there to both sides. Gaps are bounded, so trying costs a bounded number
// of steps and a message of any length is read in linear time.
type pattern struct {
	rule       int
	elements   []element
	anchor     int
	start, end edge
}

// element is a set of word kinds, with how many other words may stand before.
type element struct {
	kinds    []uint64
	any      bool
	optional bool
	skip     uint8
	commas   bool // the gap before may have commas in it
}

// edge says where a pattern must begin or end.
type edge uint8

const (
	noEdge edge = iota
	clauseEdge
	sentenceEdge
	messageEdge
)

// maxPolite is how many words of greeting an edge may pass over.
const maxPolite = 6

func (e *element) has(kind uint16) bool {
	return e.any || e.kinds[kind>>6]>>(kind&63)&1 == 1
}

// right matches elements e and on at token t or behind it, and returns the
// token after the last.
func (p *pattern) right(toks []token, e, t int) (int, bool) {
	if e == len(p.elements) {
		return t, endsAt(toks, t, p.end)
	}
	el := &p.elements[e]
	for k := 0; k <= int(el.skip) && t+k < len(toks); k++ {
		if !crosses(toks[t+k].gap, el.commas) {
			break
		}
		if el.has(toks[t+k].kind) {
			if end, ok := p.right(toks, e+1, t+k+1); ok {
				return end, true
			}
		}
	}
	if el.optional {
		return p.right(toks, e+1, t)
	}
	return 0, false
}

// left matches elements e and back; right is the token that element e+1 took.
func (p *pattern) left(toks []token, e, right int) (int, bool) {
	if e < 0 {
		return right, startsAt(toks, right, p.start)
	}
	el, next := &p.elements[e], &p.elements[e+1]
	for k := 0; k <= int(next.skip) && right-1-k >= 0; k++ {
		if !crosses(toks[right-k].gap, next.commas) {
			break
		}
		if el.has(toks[right-1-k].kind) {
			if start, ok := p.left(toks, e-1, right-1-k); ok {
				return start, true
			}
		}
	}
	if el.optional {
		return p.left(toks, e-1, right)
	}
	return 0, false
}

func crosses(g gap, commas bool) bool {
	return g == noGap || commas && g == clauseGap
}

// endsAt tells whether an edge lies before token t. Greetings and thanks do not
// count: "стоп, спасибо" is "стоп".
func endsAt(toks []token, t int, e edge) bool {
	if e != noEdge {
		for n := 0; n < maxPolite && t < len(toks) && toks[t].polite && (e == messageEdge || toks[t].gap < sentenceGap); n++ {
			t++
		}
	}
	switch {
	case t >= len(toks) || e == noEdge:
		return true
	case e == messageEdge:
		return false
	case e == sentenceEdge:
		return toks[t].gap >= sentenceGap
	}
	return toks[t].gap >= clauseGap
}

// startsAt tells the same of what lies before token t.
func startsAt(toks []token, t int, e edge) bool {
	if e >= sentenceEdge {
		for n := 0; n < maxPolite && t > 0 && toks[t-1].polite && (e == messageEdge || toks[t].gap < sentenceGap); n++ {
			t--
		}
	}
	switch e {
	case noEdge:
		return true
	case clauseEdge:
		return toks[t].gap >= clauseGap
	case sentenceEdge:
		return toks[t].gap >= sentenceGap
	}
	return t == 0
}

// compilePattern reads the text of a pattern: words and $classes with |
// between, ? for what may be missing, ..3 for up to three words between, ~3 for
// the same with commas, < << <<< and > >> >>> for the edges of a clause, a
// sentence and the message.
func (c *compiler) compilePattern(text string) (pattern, error) {
	var p pattern
	skip, commas := 0, false
	for _, w := range strings.Fields(text) {
		switch {
		case strings.Trim(w, "<") == "" && len(p.elements) == 0:
			p.start = edge(min(len(w), 3))
		case strings.Trim(w, ">") == "":
			p.end = edge(min(len(w), 3))
		case strings.HasPrefix(w, ".."), strings.HasPrefix(w, "~"):
			n, err := strconv.Atoi(strings.TrimLeft(w, ".~"))
			if err != nil || n > 8 {
				return p, c.fault("a gap is ..1 to ..8 or ~0 to ~8", "промежуток - от ..1 до ..8 или от ~0 до ~8")
			}
			skip, commas = n, w[0] == '~'
		default:
			el, err := c.element(w)
			if err != nil {
				return p, err
			}
			el.skip, el.commas = uint8(skip), commas
			if !el.optional { // the gap before a missing word stays open
				skip, commas = 0, false
			}
			p.elements = append(p.elements, el)
		}
	}
	if len(p.elements) == 0 || len(p.elements) > 10 {
		return p, c.fault("a pattern has 1 to 10 words", "в образце от 1 до 10 слов")
	}
	return p, nil
}

func (c *compiler) element(w string) (element, error) {
	var el element
	w, el.optional = strings.CutSuffix(w, "?")
	if w == "_" {
		el.any = true
		return el, nil
	}
	kinds, err := c.set(strings.Split(w, "|"))
	el.kinds = kinds
	return el, err
}
