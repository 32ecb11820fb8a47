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
	return r.splitBy(p, strictly) || r.splitBy(p, leniently)
}

// splitBy splits a part into numbers in the form that they stand in or, less
// strictly, into those that lack a plus too.
func (r *Reader) splitBy(p span, strict bool) bool {
	w := &r.pieces
	w.reset(p.b - p.a + 1)
	for end := p.a + 1; end <= p.b; end++ {
		for start := end - 1; start >= p.a && r.size(span{start, end}) <= maxE164; start-- {
			ways := w.ways[start-p.a]
			if ways == 0 {
				continue
			}
			piece := span{start, end}
			if n, ok := r.pieceOf(piece, strict); ok {
				w.note(end-p.a, start-p.a, n)
			}
		}
	}
	if w.ways[p.b-p.a] != 1 {
		return false
	}
	return r.emitPieces(p.b - p.a)
}

// pieceOf judges a piece of a split; one that only counts has no phone.
func (r *Reader) pieceOf(p span, strict bool) (n contact.Number, ok bool) {
	n, ok = r.settleSpan(p, strict)
	if !ok && r.isCount(p) {
		return contact.Number{Status: contact.NumberInvalid}, true
	}
	return n, ok
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
		(after&(gapOpen|gapClose) == gapClose || after == gapDot|gapBlank)
}

// counted reads the one number of a part whose first group counts it: there
// "1) 916 223-45-67" is not +1.
func (r *Reader) counted(p span) (whole bool) {
	if n, ok := r.settleSpan(p, strictly); ok {
		return r.emit(r.doubted(n, p))
	}
	rest := span{p.a + 1, p.b}
	n, ok := r.settleSpan(r.withoutDecimals(rest), strictly)
	return ok && r.emit(n)
}

// bareNumbers reads the groups of a part that are full numbers by themselves.
// With other digits between, somebody must look at them.
func (r *Reader) bareNumbers(p span) (whole bool) {
	at, alone := len(r.out), true
	for i := p.a; i < p.b; i++ {
		one := span{i, i + 1}
		if r.size(one) < minWhole {
			alone = false
			continue
		}
		n, ok := r.settleSpan(one, leniently)
		if !ok {
			n = contact.Number{Status: contact.NumberInvalid}
		}
		r.emit(n)
	}
	if noNumber(r.out[at:]) {
		r.out = r.out[:at]
		return false
	}
	for i := at; i < len(r.out) && !alone; i++ {
		if r.out[i].Status == contact.NumberOK {
			r.out[i].Status = contact.NumberAmbiguous
		}
	}
	return true
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
