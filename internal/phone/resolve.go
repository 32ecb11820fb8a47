package phone

import "cleanbase/internal/contact"

// span is a run of groups, from a up to b.
type span struct{ a, b int }

// resolve turns what was scanned into numbers. Chunks are what no number
// reaches over; within one, commas and slashes may end a number or not.
func (r *Reader) resolve() {
	groups := r.scan.groups
	whole := false
	for a := 0; a < len(groups); {
		b := a + 1
		for b < len(groups) && groups[b].before&gapBreaks == 0 {
			b++
		}
		if before := groups[a].before; before&gapName == 0 {
			at, extension := len(r.out), whole && before&gapExt != 0
			spoiled := a > 0 && !whole && spoils(before)
			whole = r.chunk(span{a, b}) && !spoiled
			switch {
			case spoiled:
				r.out = append(r.out[:at], contact.Number{Status: contact.NumberInvalid})
			case extension && !whole:
				r.out = r.out[:at]
			}
		}
		a = b
	}
}

// spoils tells whether what follows a gap is the rest of a broken number, when
// what stands before it is none.
func spoils(g gap) bool {
	return g&(gapMask|gapGlued) != 0 || g&gapStrange != 0 && g&gapBlank == 0
}

// fallback is what a cell is that has digits and no number: one that is
// dialled as it stands, one spelt with letters, or nothing usable.
func (r *Reader) fallback(cell []byte, found []contact.Number) contact.Number {
	if n, ok := r.vanity(cell); ok {
		return n
	}
	if n, ok := r.lostBlanks(cell); ok {
		return n
	}
	if len(found) == 0 && r.isOneRun() {
		if n, ok := r.settleAsIs(r.scan.groups[0].before&gapPlus != 0, r.scan.digits); ok {
			return n // some islands have numbers of five digits
		}
		if r.scan.groups[0].before&gapPlus == 0 && len(r.scan.groups) == 1 && short(r.scan.digits, r.region) {
			return contact.Number{Status: contact.NumberService}
		}
	}
	return contact.Number{Status: contact.NumberInvalid}
}

// isOneRun tells a cell with one run of digits and nothing odd about it.
func (r *Reader) isOneRun() bool {
	for i, g := range r.scan.groups {
		odd := gapName | gapMask
		if i > 0 {
			odd = gapBreaks | gapSplits
		}
		if len(r.scan.groups) == 2 {
			odd |= gapDot // decimals
		}
		if g.note != 0 || g.before&odd != 0 {
			return false
		}
	}
	return r.scan.gap&(gapMask|gapGlued|gapStrange) == 0
}

// chunk resolves one chunk; whole tells whether it ended with a number.
func (r *Reader) chunk(c span) (whole bool) {
	c = r.dropDate(c)
	if c.a == c.b {
		return r.emit(contact.Number{Status: contact.NumberInvalid})
	}
	for c.a < c.b {
		part := span{c.a, r.partEnd(c.a, c.b)}
		if whole && r.size(part) < minWhole && r.groups(part)[0].before&gapSplits != 0 {
			c.a = part.b // an extension, or the last digits of a second number
			continue
		}
		whole = r.part(part)
		if !whole {
			part, whole = r.joined(part, c.b)
		}
		if !whole && r.size(part) >= minNumber {
			r.emit(contact.Number{Status: contact.NumberInvalid})
		}
		c.a = part.b
	}
	return whole
}

// minWhole is the length from which what follows a comma or slash is a number
// of its own and not an extension.
const minWhole = 10

// partEnd is where the part that begins at a ends: before a comma or slash.
func (r *Reader) partEnd(a, end int) int {
	for b := a + 1; b < end; b++ {
		if r.scan.groups[b].before&gapSplits != 0 {
			return b
		}
	}
	return end
}

// joined tries a part that is no number together with those after it: an area
// code may end with a slash (030/123456), thousands may have commas
// (79,111,234,567). It returns what it took.
func (r *Reader) joined(part span, end int) (span, bool) {
	if r.size(part) > maxAreaCode {
		return part, false
	}
	comma, thousands := false, 0
	for b := part.b; b < end && r.size(span{part.a, b}) < minWhole+1; {
		next := r.partEnd(b, end)
		all := span{part.a, next}
		if r.scan.groups[b].before&gapComma != 0 {
			comma = true
			if three := r.withoutDecimals(span{b, next}); three.b == b+1 && r.size(three) == 3 {
				thousands++
			}
		}
		n, ok := r.settleSpan(r.withoutDecimals(all), strictly)
		if ok && comma && thousands < 3 && n.Status == contact.NumberOK {
			n.Status = contact.NumberAmbiguous
		}
		if ok {
			return all, r.emit(n)
		}
		b = next
	}
	return part, false
}

// How settleSpan judges.
const (
	strictly  = true
	leniently = false
)

// maxAreaCode is the longest part that a slash or comma may join to the next.
const maxAreaCode = 6

// part resolves groups with no comma or slash between; whole tells whether
// they are a number or several.
func (r *Reader) part(p span) (whole bool) {
	if note := r.groups(p)[0].note; note&noteDamaged != 0 {
		return r.emit(contact.Number{Status: contact.NumberDamaged})
	}
	if p.b-p.a > 1 && r.isCount(span{p.a, p.a + 1}) && r.counted(p) {
		return true
	}
	bare := r.withoutDecimals(p)
	if n, ok := r.settleWhole(bare); ok {
		if bare != p && !r.allZero(span{p.b - 1, p.b}) && n.Status == contact.NumberOK {
			n.Status = contact.NumberAmbiguous
		}
		return r.emit(r.doubted(n, bare))
	}
	if bare != p {
		return r.decimalDoubt(p)
	}
	if r.doubtful(p) {
		return false
	}
	return r.split(p) || r.withoutTail(p) || r.bareNumbers(p)
}

// settleWhole judges a part as one number. Where it is one only with a plus in
// front, and what stands before one of its gaps is one without (916 123-45-67
// 12 could be India's), that is the likelier reading, for somebody to look at;
// unless it is parted right after the calling code.
func (r *Reader) settleWhole(p span) (contact.Number, bool) {
	if n, ok := r.settleSpan(p, strictly); ok {
		return n, true
	}
	n, ok := r.settleSpan(p, leniently)
	if !ok || n.Phone == 0 || r.clerk.isCode(r.digits(span{p.a, p.a + 1})) {
		return n, ok
	}
	for b := p.b - 1; b > p.a && r.size(span{p.a, b}) >= minWhole; b-- {
		if head, ok := r.settleSpan(span{p.a, b}, strictly); ok {
			if head.Status == contact.NumberOK {
				head.Status = contact.NumberAmbiguous
			}
			return head, true
		}
	}
	return n, true
}

// settleSpan judges the digits of groups as one number: as they stand or,
// unless strict, with the prefix that they lack.
func (r *Reader) settleSpan(p span, strict bool) (contact.Number, bool) {
	first, digits := r.scan.groups[p.a], r.digits(p)
	if len(digits) < minNumber || len(digits) > maxDigits {
		return contact.Number{}, false
	}
	plus := first.before&gapPlus != 0
	switch {
	case plus && digits[0] == '8' && r.size(span{p.a, p.a + 1}) == 1:
		// "+8 (495) …" is not Vietnam, whose code is 84: nobody parts it so.
		return r.settleWrongPlus(digits)
	case strict:
		return r.settleAsIs(plus || first.note&noteForeign != 0, digits)
	}
	return r.settle(plus || first.note&noteForeign != 0, digits)
}

// doubted lowers a number that holds letters for digits, or whose last digits
// are masked where a longer number exists too, to one that a person must see.
func (r *Reader) doubted(n contact.Number, p span) contact.Number {
	if r.doubtful(p) || r.after(p)&(gapMaskAt|gapGlued) != 0 && r.extends(p) {
		n.Status = contact.NumberAmbiguous
	}
	return n
}

func (r *Reader) doubtful(p span) bool {
	for _, g := range r.groups(p) {
		if g.note&noteDoubt != 0 {
			return true
		}
	}
	return false
}

// extends tells whether a number stays one when one or two digits are added.
func (r *Reader) extends(p span) bool {
	digits := append(r.plain[:0], r.digits(p)...)
	plus := r.groups(p)[0].before&gapPlus != 0
	if len(digits)+2 > maxDigits {
		return false
	}
	for more := range 110 {
		longer := append(digits, byte('0'+more/10), byte('0'+more%10))
		if more >= 100 {
			longer = append(digits, byte('0'+more-100))
		}
		if _, ok := r.settle(plus, longer); ok {
			return true
		}
	}
	return false
}

// emit adds a number and tells whether it is one.
func (r *Reader) emit(n contact.Number) (whole bool) {
	r.out = append(r.out, n)
	return n.Status != contact.NumberInvalid
}

func (r *Reader) groups(p span) []group { return r.scan.groups[p.a:p.b] }

// digits is the digits of groups; nothing stands between them in memory.
func (r *Reader) digits(p span) []byte {
	return r.scan.digits[r.start(p.a):r.scan.groups[p.b-1].end]
}

func (r *Reader) size(p span) int { return r.scan.groups[p.b-1].end - r.start(p.a) }

func (r *Reader) start(group int) int {
	if group == 0 {
		return 0
	}
	return r.scan.groups[group-1].end
}

// after is what follows groups.
func (r *Reader) after(p span) gap {
	if p.b < len(r.scan.groups) {
		return r.scan.groups[p.b].before
	}
	return r.scan.gap
}
