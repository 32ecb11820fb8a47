package refusal

// A lexicon knows the words that rules speak of. Each word has a kind; words of
// the same classes have the same kind. A word is found by a polynomial hash of
// its symbols, so that the hash of a word with one letter left out comes from
// the hashes of its parts and a misspelling costs no more than a few look-ups.
type lexicon struct {
	words  table // hash of a form -> kind
	stems  table // hash of the beginning that a word* form gives -> kind
	typos  table // hash of a form with one letter left out -> number of the form
	filter []uint64
	forms  []form            // the forms that may be misspelt
	stem   [maxWord + 1]bool // the lengths that stems have

	stemFilter [stemBits / 64]uint64
	glue       [glueBits / 64]uint64 // which hashes may be of words
	not, no    uint64                // the hashes of не and no
	shorts     []uint16              // kinds of the words of two letters that may be glued to others
	powers     [maxWord + 1]uint64
}

type form struct {
	symbols []byte
	kind    uint16
}

const (
	maxWord    = 40 // longer words are nobody's refusal
	minTypo    = 5  // shorter words are too near to others to be guessed
	hashBase   = 0x9E3779B97F4A7C55
	filterBits = 1 << 19
	stemBits   = 1 << 15
	glueBits   = 1 << 19
	glueShift  = 64 - 19
)

func newLexicon() *lexicon {
	x := &lexicon{filter: make([]uint64, filterBits/64)}
	x.powers[0] = 1
	for i := 1; i <= maxWord; i++ {
		x.powers[i] = x.powers[i-1] * hashBase
	}
	return x
}

func hashOf(w []byte) uint64 {
	h := uint64(0)
	for _, s := range w {
		h = h*hashBase + uint64(s)
	}
	return h
}

func filterAt(h uint64) (int, uint64) {
	h = (h ^ h>>29) * 0xBF58476D1CE4E5B9 >> 45
	return int(h >> 6), 1 << (h & 63)
}

func stemAt(h uint64) (int, uint64) {
	h = h * 0xBF58476D1CE4E5B9 >> 49
	return int(h >> 6), 1 << (h & 63)
}

// add makes a form known. A form that may be misspelt is also found by its
// one-letter mistakes.
func (x *lexicon) add(w []byte, kind uint16, wild, typo bool) {
	if wild {
		x.stems.put(hashOf(w), kind)
		at, bit := stemAt(hashOf(w))
		x.stemFilter[at] |= bit
		x.stem[len(w)] = true
		return
	}
	x.words.put(hashOf(w), kind)
	if !typo || len(w) < minTypo {
		return
	}
	n := uint16(len(x.forms))
	x.forms = append(x.forms, form{append([]byte(nil), w...), kind})
	x.eachShorter(w, func(h uint64) bool {
		x.typos.add(h, n)
		at, bit := filterAt(h)
		x.filter[at] |= bit
		return true
	})
}

// glues makes a known word one that may be glued to others.
func (x *lexicon) glues(w []byte) {
	bit := hashOf(w) * hashBase >> glueShift
	x.glue[bit>>6] |= 1 << (bit & 63)
}

// eachShorter gives the hashes of w and of w with one letter left out.
func (x *lexicon) eachShorter(w []byte, do func(uint64) bool) {
	if !do(hashOf(w)) {
		return
	}
	whole, head := hashOf(w), uint64(0)
	for i, s := range w {
		rest := x.powers[len(w)-1-i]
		next := head*hashBase + uint64(s)
		if !do(head*rest + whole - next*rest) {
			return
		}
		head = next
	}
}

// find is the kind of a word, 0 for an unknown one.
func (x *lexicon) find(w []byte) uint16 {
	h := uint64(0)
	stem := uint16(0)
	for i, s := range w {
		h = h*hashBase + uint64(s)
		if at, bit := stemAt(h); x.stemFilter[at]&bit != 0 && x.stem[i+1] {
			if k, ok := x.stems.get(h); ok {
				stem = k
			}
		}
	}
	if k, ok := x.words.get(h); ok {
		return k
	}
	return stem
}

// guess is the kind of the known word that w misspells by one letter left out,
// put in, exchanged or swapped with its neighbour; 0 when there is none.
func (x *lexicon) guess(w []byte) uint16 {
	if len(w) < minTypo {
		return 0
	}
	whole, head := hashOf(w), uint64(0)
	if k := x.guessAt(w, whole); k != 0 {
		return k
	}
	for i, s := range w {
		rest := x.powers[len(w)-1-i]
		next := head*hashBase + uint64(s)
		if k := x.guessAt(w, head*rest+whole-next*rest); k != 0 {
			return k
		}
		head = next
	}
	return 0
}

func (x *lexicon) guessAt(w []byte, h uint64) uint16 {
	at, bit := filterAt(h)
	if x.filter[at]&bit == 0 {
		return 0
	}
	i, ok := x.typos.at(h)
	for ; ok && x.typos.keys[i] != 0; i = (i + 1) & (len(x.typos.keys) - 1) {
		if x.typos.keys[i] != h {
			continue
		}
		if f := &x.forms[x.typos.values[i]]; oneEdit(f.symbols, w) {
			return f.kind
		}
	}
	return 0
}

// oneEdit tells whether a and b, which differ, are one mistake apart. The
// first letter must stand: people rarely miss it, and other words begin so.
func oneEdit(a, b []byte) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a[0] != b[0] {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return string(a[i:]) == string(b[i+1:])
	}
	if i == len(a) || string(a[i+1:]) == string(b[i+1:]) {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && string(a[i+2:]) == string(b[i+2:])
}

// table is an open hash table of words. It is filled once and then only read.
type table struct {
	keys   []uint64
	values []uint16
	used   int
}

func slot(h uint64, size int) int { return int((h ^ h>>32) * hashBase >> 20 & uint64(size-1)) }

// put sets the value of a key.
func (t *table) put(h uint64, v uint16) {
	if i, ok := t.at(h); ok {
		t.values[i] = v
		return
	}
	t.add(h, v)
}

// add adds a value to a key, which may have several.
func (t *table) add(h uint64, v uint16) {
	if 2*(t.used+1) > len(t.keys) {
		t.grow()
	}
	if h == 0 {
		h = 1
	}
	i := slot(h, len(t.keys))
	for t.keys[i] != 0 {
		i = (i + 1) & (len(t.keys) - 1)
	}
	t.keys[i], t.values[i] = h, v
	t.used++
}

func (t *table) grow() {
	old := *t
	size := max(64, 2*len(old.keys))
	*t = table{keys: make([]uint64, size), values: make([]uint16, size)}
	for i, h := range old.keys {
		if h != 0 {
			t.add(h, old.values[i])
		}
	}
}

func (t *table) at(h uint64) (int, bool) {
	if len(t.keys) == 0 {
		return 0, false
	}
	if h == 0 {
		h = 1
	}
	i := slot(h, len(t.keys))
	for t.keys[i] != 0 {
		if t.keys[i] == h {
			return i, true
		}
		i = (i + 1) & (len(t.keys) - 1)
	}
	return 0, false
}

func (t *table) get(h uint64) (uint16, bool) {
	i, ok := t.at(h)
	if !ok {
		return 0, false
	}
	return t.values[i], true
}
