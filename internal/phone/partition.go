package phone

import "cleanbase/internal/contact"

// partition is scratch for splitting groups into several numbers: for each
// end, in how many ways the groups before it can be split (no more than two
// are told apart), and the last number of the first way.
type partition struct {
	ways []uint8
	from []int
	last []contact.Number
}

// split reads a part that is no number as several, written one after another
// with nothing but blanks or dashes between, when that can be done in one way
// only. Each must be a full number; one or two digits with a parenthesis or
// full stop after them (1) 8911… 2) 8912…) count the numbers.
func (r *Reader) split(p span) bool {
	if r.size(p) <= minWhole {
		return false
	}
	return r.splitBy(p, r.settleStrict) || r.splitBy(p, r.settleSpan)
}

// settleStrict judges groups as one number in the form that it stands in.
func (r *Reader) settleStrict(p span) (contact.Number, bool) {
	if size := r.size(p); size < minNumber || size > maxDigits {
		return contact.Number{}, false
	}
	return r.settleAsIs(r.groups(p)[0].before&gapPlus != 0, r.digits(p))
}

func (r *Reader) splitBy(p span, settle func(span) (contact.Number, bool)) bool {
	w := &r.pieces
	w.reset(p.b - p.a + 1)
	for end := p.a + 1; end <= p.b; end++ {
		for start := end - 1; start >= p.a && r.size(span{start, end}) <= maxE164; start-- {
			ways := w.ways[start-p.a]
			if ways == 0 {
				continue
			}
			piece := span{start, end}
			n, ok := settle(piece)
			if !ok && r.isCount(piece) {
				n, ok = contact.Number{Status: contact.NumberInvalid}, true
			}
			if ok {
				w.note(end-p.a, start-p.a, n)
			}
		}
	}
	if w.ways[p.b-p.a] != 1 {
		return false
	}
	return r.emitPieces(p.b - p.a)
}

// emitPieces adds the numbers of the split in their order.
func (r *Reader) emitPieces(end int) bool {
	w, at := &r.pieces, len(r.out)
	for ; end > 0; end = w.from[end] {
		if w.last[end].Status != contact.NumberInvalid {
			r.out = append(r.out, w.last[end])
		}
	}
	for i, j := at, len(r.out)-1; i < j; i, j = i+1, j-1 {
		r.out[i], r.out[j] = r.out[j], r.out[i]
	}
	return len(r.out) > at
}

// isCount tells digits that count the numbers of a list.
func (r *Reader) isCount(p span) bool {
	after := r.after(p)
	return p.b-p.a == 1 && r.size(p) <= 2 && r.groups(p)[0].before&(gapOpen|gapPlus) == 0 &&
		(after&gapClose != 0 || after == gapDot|gapBlank)
}

func (w *partition) reset(n int) {
	w.ways, w.from, w.last = w.ways[:0], w.from[:0], w.last[:0]
	for range n {
		w.ways, w.from, w.last = append(w.ways, 0), append(w.from, 0), append(w.last, contact.Number{})
	}
	w.ways[0] = 1
}

// note records that the groups up to end can end with the number n from start.
func (w *partition) note(end, start int, n contact.Number) {
	if w.ways[end] == 0 {
		w.from[end], w.last[end] = start, n
	}
	w.ways[end] = min(2, w.ways[end]+w.ways[start])
}
