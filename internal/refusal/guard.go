package refusal

import (
	"strconv"
	"strings"
)

// A guard looks at what stands around a match.
type guard struct {
	kind  guardKind
	reach int
	kinds []uint64
	tag   uint64
}

type guardKind uint8

const (
	guardBefore guardKind = iota // a word of the set within reach before, in the sentence
	guardAfter                   // the same after
	guardNear                    // the same on either side or inside
	guardInside                  // a word of the set inside the match
	guardEver                    // anywhere in the message, within some thousand words
	guardAsked                   // the sentence is a question
	guardTag                     // a tag rule fired in the message
	guardFirst                   // the match begins the message
	guardLast                    // the match ends the message
)

var guardNames = map[string]guardKind{"before": guardBefore, "after": guardAfter, "near": guardNear, "inside": guardInside,
	"ever": guardEver, "asked": guardAsked, "tag": guardTag, "first": guardFirst, "last": guardLast}

const nearReach = 12

// holds tells whether the guard is true of the match of tokens from to to.
func (g *guard) holds(m *match, from, to int) bool {
	switch g.kind {
	case guardBefore:
		return g.before(m.words(), from)
	case guardAfter:
		return g.after(m.words(), to)
	case guardNear:
		return g.before(m.words(), from) || g.after(m.words(), to) || g.among(m.words()[from:to])
	case guardInside:
		return g.among(m.words()[from:to])
	case guardEver:
		return m.ever(g.kinds)
	case guardAsked:
		return m.toks[to-1].asked
	case guardTag:
		return m.tags&g.tag != 0
	case guardFirst:
		return from == 0
	}
	return to == m.cut
}

func (g *guard) before(toks []token, from int) bool {
	for i := from; i > 0 && from-i < g.reach && toks[i].gap < sentenceGap; i-- {
		if inSet(g.kinds, toks[i-1].kind) {
			return true
		}
	}
	return false
}

func (g *guard) after(toks []token, to int) bool {
	for i := to; i < len(toks) && i-to < g.reach && toks[i].gap < sentenceGap; i++ {
		if inSet(g.kinds, toks[i].kind) {
			return true
		}
	}
	return false
}

func (g *guard) among(toks []token) bool {
	for _, t := range toks {
		if inSet(g.kinds, t.kind) {
			return true
		}
	}
	return false
}

func inSet(kinds []uint64, kind uint16) bool { return kinds[kind>>6]>>(kind&63)&1 == 1 }

// compileGuard reads "before 3 $class word", "asked", "tag moved", …
func (c *compiler) compileGuard(text string) (guard, error) {
	words := append(strings.Fields(text), "")
	kind, ok := guardNames[words[0]]
	words = words[:len(words)-1]
	if !ok {
		return guard{}, c.fault("an unknown guard", "неизвестное условие правила")
	}
	g := guard{kind: kind, reach: nearReach}
	words = words[1:]
	switch kind {
	case guardAsked, guardFirst, guardLast:
		return g, nil
	case guardTag:
		if len(words) == 0 {
			return g, c.fault("a guard without a tag", "условие без метки")
		}
		for _, w := range words {
			g.tag |= c.tag(w)
		}
		return g, nil
	}
	if len(words) > 0 {
		if n, err := strconv.Atoi(words[0]); err == nil {
			g.reach, words = min(n, nearReach), words[1:]
		}
	}
	var all []string
	for _, w := range words {
		all = append(all, strings.Split(w, "|")...)
	}
	kinds, err := c.set(all)
	g.kinds = kinds
	return g, err
}
