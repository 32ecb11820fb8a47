package phone

import (
	"encoding/binary"
	"regexp/syntax"
	"slices"
)

// automaton runs several regular expressions over digits at once, anchored at
// the start, as a deterministic automaton whose states are made when they are
// first reached. A state stands for the threads alive after so many digits.
//
// It keeps either all threads, to tell which expressions match the whole, or
// those in order of preference down to the first that matches, to tell where
// the one expression's match ends (leftmost-first, as package regexp has it).
type automaton struct {
	first   bool // keep threads in order, down to the first match
	insts   []instruction
	entries []int32 // where each expression begins
	// Per state. next has a row of 16 a state, a column a digit; unknown is a
	// state not made yet. State 0 is dead, state 1 the start.
	next    []int32
	threads [][]int32
	depth   []uint8
	index   map[string]int32
	mark    []bool // scratch: instructions reached in the closure at hand
	made    func(state int32)
}

const (
	unknown  = -1
	dead     = 0
	start    = 1
	rowShift = 4
)

// instruction is one of a compiled expression's: it takes one of the digits
// whose bits are set and goes on at out[0], or goes on at its outs at once, or
// is the match of an expression.
type instruction struct {
	digits uint16
	out    [2]int32 // noWhere, or an instruction
	match  int32    // the expression matched, or noWhere
}

const noWhere = -1

// newAutomaton compiles expressions; an empty one never matches. made, where
// given, is told of every new state. ok is false when an expression needs more
// than digits can tell (an assertion).
func newAutomaton(first bool, expressions []string, made func(int32)) (a *automaton, ok bool) {
	a = &automaton{first: first, index: map[string]int32{}, made: made}
	for i, e := range expressions {
		if !a.compile(e, int32(i)) {
			return nil, false
		}
	}
	a.mark = make([]bool, len(a.insts))
	a.addState(nil, 0)
	for d := range 10 {
		a.next[dead<<rowShift|d] = dead
	}
	var threads []int32
	for _, e := range a.entries {
		threads = a.follow(threads, e)
	}
	a.addState(a.closed(threads), 0)
	return a, true
}

// compile adds one expression's instructions.
func (a *automaton) compile(expression string, id int32) bool {
	if expression == "" {
		return true
	}
	tree, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		return false
	}
	program, err := syntax.Compile(tree.Simplify())
	if err != nil {
		return false
	}
	base := int32(len(a.insts))
	for i := range program.Inst {
		in := &program.Inst[i]
		got := instruction{out: [2]int32{base + int32(in.Out), noWhere}, match: noWhere}
		switch in.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			got.out[1] = base + int32(in.Arg)
		case syntax.InstCapture, syntax.InstNop:
		case syntax.InstMatch:
			got.match = id
		case syntax.InstFail:
			got.out[0] = noWhere
		case syntax.InstEmptyWidth:
			return false
		default:
			got.digits = digitsOf(in)
			if got.digits == 0 {
				got.out[0] = noWhere
			}
		}
		a.insts = append(a.insts, got)
	}
	a.entries = append(a.entries, base+int32(program.Start))
	return true
}

// digitsOf is the digits that an instruction takes.
func digitsOf(in *syntax.Inst) (set uint16) {
	for d := range 10 {
		if in.MatchRune(rune('0' + d)) {
			set |= 1 << d
		}
	}
	return set
}

// follow adds to threads all that is reached from an instruction without a
// digit, in order of preference.
func (a *automaton) follow(threads []int32, at int32) []int32 {
	if at == noWhere || a.mark[at] {
		return threads
	}
	a.mark[at] = true
	in := &a.insts[at]
	if in.digits != 0 || in.match != noWhere {
		return append(threads, at)
	}
	return a.follow(a.follow(threads, in.out[0]), in.out[1])
}

// closed finishes a set of threads: what is behind the first match is dropped
// where order counts, and order is dropped where it does not.
func (a *automaton) closed(threads []int32) []int32 {
	clear(a.mark)
	if !a.first {
		slices.Sort(threads)
		return threads
	}
	for i, t := range threads {
		if a.insts[t].match != noWhere {
			return threads[:i+1]
		}
	}
	return threads
}

// addState makes a state, unknown in all directions.
func (a *automaton) addState(threads []int32, depth uint8) int32 {
	state := int32(len(a.threads))
	a.threads = append(a.threads, threads)
	a.depth = append(a.depth, depth)
	for range 1 << rowShift {
		a.next = append(a.next, unknown)
	}
	if a.made != nil {
		a.made(state)
	}
	return state
}

// step makes the state that a digit leads to from a state.
func (a *automaton) step(state int32, digit byte) int32 {
	var threads []int32
	for _, t := range a.threads[state] {
		if in := &a.insts[t]; in.digits>>digit&1 == 1 {
			threads = a.follow(threads, in.out[0])
		}
	}
	threads = a.closed(threads)
	to := int32(dead)
	if len(threads) > 0 {
		to = a.stateOf(threads, a.depth[state]+1)
	}
	a.next[state<<rowShift|int32(digit)] = to
	return to
}

// stateOf is the state with these threads at this depth, new or not.
func (a *automaton) stateOf(threads []int32, depth uint8) int32 {
	key := []byte{depth}
	for _, t := range threads {
		key = binary.LittleEndian.AppendUint32(key, uint32(t))
	}
	if state, ok := a.index[string(key)]; ok {
		return state
	}
	state := a.addState(threads, depth)
	a.index[string(key)] = state
	return state
}

// run is the state after digits, no more than 255.
func (a *automaton) run(digits []byte) int32 {
	state := int32(start)
	for _, c := range digits {
		to := a.next[state<<rowShift|int32(c-'0')]
		if to <= dead {
			if to == unknown {
				to = a.step(state, c-'0')
			}
			if to == dead {
				return dead
			}
		}
		state = to
	}
	return state
}

// prefix is the length of the match at the start of digits; ok is false where
// there is none. Only for an automaton that keeps order.
func (a *automaton) prefix(digits []byte) (length int, ok bool) {
	state := int32(start)
	length, ok = 0, a.matches(state)
	for i, c := range digits {
		to := a.next[state<<rowShift|int32(c-'0')]
		if to == unknown {
			to = a.step(state, c-'0')
		}
		if to == dead {
			break
		}
		if state = to; a.matches(state) {
			length, ok = i+1, true
		}
	}
	return length, ok
}

// matches tells whether a state has a match: in order, it can only be last.
func (a *automaton) matches(state int32) bool {
	t := a.threads[state]
	return len(t) > 0 && a.insts[t[len(t)-1]].match != noWhere
}
