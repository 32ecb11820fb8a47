package audit

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"strconv"
)

// A chunk ends after a row whose contact says so, by a hash, so that the same
// rows are cut the same way wherever they stand; not before minChunk rows, at
// maxChunk rows at the latest, and before a gap of more than maxGap row numbers.
const (
	minChunk = 128
	maxChunk = 1000
	cutMask  = 512 - 1
	maxGap   = 16
)

// noRow is the code of a row number that is not a row.
const noRow = -1

// layer turns the rows of one input into chunks and a layout.
type layer struct {
	s     *sealing
	old   *oldChunks
	first int32 // row of codes[0]
	last  int32
	codes []int64
	json  []byte // of codes
	parts []byte // the layout's JSON so far
	sum   hash.Hash
	fresh []freshChunk // of the layout, which may turn out to be an old one
	err   error
}

// freshChunk is a chunk that the last run does not have.
type freshChunk struct {
	id, sum, base int64
	text          string
	spelt         []int64 // codes that text spells out; nil for those of a whole chunk that waits
}

// layOut stores which contact stands on which row of every input.
func (s *sealing) layOut() error {
	old, err := s.d.loadOldChunks()
	if err != nil {
		return err
	}
	s.work.flush = func(sorted []entry) error { return s.d.post(chunksByMember, sorted) }
	for _, in := range s.inputsByContent() {
		l := &layer{s: s, old: old, sum: sha256.New()}
		s.dec.Rows(in.No, l.row)
		if l.cut(); l.err != nil {
			return l.err
		}
		if l.parts == nil {
			continue // a file whose rows have no outcome
		}
		if err := l.store(in.id); err != nil {
			return err
		}
	}
	return s.work.end()
}

func (l *layer) row(row, c int32, merged bool) bool {
	gap := row - l.last
	switch {
	case l.last != 0 && gap < 1:
		l.err = errors.New("audit: rows are not in order")
		return false
	case len(l.codes) > 0 && gap > maxGap:
		l.cut()
	}
	if len(l.codes) == 0 {
		l.first, gap = row, 1
	}
	for ; gap > 1; gap-- {
		l.codes = append(l.codes, noRow)
	}
	l.last = row
	id := int64(l.s.ids[c])
	l.codes = append(l.codes, id<<1)
	if merged {
		l.codes[len(l.codes)-1]++
	}
	if n := len(l.codes); n >= maxChunk || n >= minChunk && cutsAfter(id) {
		l.cut()
	}
	return l.err == nil
}

// cutsAfter tells whether a contact ends a chunk (Fibonacci hashing).
func cutsAfter(id int64) bool { return uint64(id)*0x9e3779b97f4a7c15>>40&cutMask == 0 }

// cut ends the chunk; it is a new one unless the last run has it.
func (l *layer) cut() {
	if len(l.codes) == 0 || l.err != nil {
		return
	}
	l.json = appendCodes(l.json[:0], l.codes)
	l.sum.Write(strconv.AppendInt(nil, int64(l.first), 10))
	l.sum.Write([]byte{':'})
	l.sum.Write(l.json)
	l.sum.Write([]byte{'\n'})
	id, err := l.chunk()
	if err != nil {
		l.err = err
		return
	}
	l.parts = fmt.Appendf(l.parts, ",[%d,%d]", l.first, id)
	l.codes = l.codes[:0]
}

// chunk returns the chunk_id of the current codes.
func (l *layer) chunk() (int64, error) {
	sum := int64(digest(l.json))
	if id, ok := l.old.byDigest[sum]; ok {
		return id, nil
	}
	c := freshChunk{id: l.old.last + 1, sum: sum, text: string(l.json)}
	if base, parts, spelt := l.old.patch(l.codes, l.json); base != 0 {
		c.base, c.text, c.spelt = base, string(parts), spelt
	}
	l.old.last, l.old.byDigest[sum] = c.id, c.id
	if l.old.layouts == 0 {
		c.spelt = l.codes // there is no chunk to patch yet
		return c.id, l.keep(&c)
	}
	l.fresh = append(l.fresh, c)
	return c.id, nil
}

// keep stores a chunk.
func (l *layer) keep(c *freshChunk) error {
	err := l.s.d.exec("INSERT INTO chunk VALUES (?, ?, ?, ?)", c.id, c.sum, sql.NullInt64{Int64: c.base, Valid: c.base != 0}, c.text)
	if err != nil {
		return err
	}
	spelt := c.spelt
	if c.base == 0 && spelt == nil {
		for _, s := range scanCodes(c.text) {
			spelt = append(spelt, s.code)
		}
	}
	for i, code := range spelt {
		if code != noRow && (i == 0 || spelt[i-1]>>1 != code>>1) && !l.s.work.add(uint64(code>>1), uint64(c.id)) {
			return l.s.work.err
		}
	}
	return nil
}

// drop forgets the fresh chunks: the layout is an old one, and has others.
func (l *layer) drop() {
	for i := range l.fresh {
		delete(l.old.byDigest, l.fresh[i].sum)
	}
	l.old.last -= int64(len(l.fresh))
}

// store stores the layout, unless it is there, and says that the input has it.
func (l *layer) store(input int64) error {
	l.parts[0] = '['
	l.parts = append(l.parts, ']')
	sum := hex.EncodeToString(l.sum.Sum(nil))
	var id int64
	found, err := l.s.d.one("SELECT layout_id FROM layout WHERE digest = ?", []any{sum}, &id)
	switch {
	case err != nil:
		return err
	case found:
		l.drop()
	default:
		for i := range l.fresh {
			if err := l.keep(&l.fresh[i]); err != nil {
				return err
			}
		}
		if id, err = l.s.d.insert("INSERT INTO layout VALUES (NULL, ?, ?)", sum, string(l.parts)); err != nil {
			return err
		}
	}
	return l.s.d.exec("INSERT INTO standing VALUES (?, ?)", input, id)
}

// appendCodes writes codes as a JSON array.
func appendCodes(dst []byte, codes []int64) []byte {
	dst = append(dst, '[')
	for i, code := range codes {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendCode(dst, code)
	}
	return append(dst, ']')
}

func appendCode(dst []byte, code int64) []byte {
	if code == noRow {
		return append(dst, "null"...)
	}
	return strconv.AppendInt(dst, code, 10)
}

// oldChunks is the chunks of the last sealed run: what this run's rows are
// likely to repeat, whole or nearly.
type oldChunks struct {
	byDigest map[int64]int64
	byEnd    map[string]int64 // base chunk by the first and by the last code of a chunk, as "12," and ",12"
	bases    map[int64]string // the codes of bases that were asked for lately
	layouts  int64            // stored before: rows may be as they were in any of them
	last     int64            // the largest chunk_id
	d        *DB
}

// loadOldChunks reads them one by one; of each only what finds it again is kept.
func (d *DB) loadOldChunks() (*oldChunks, error) {
	o := &oldChunks{byDigest: map[int64]int64{}, byEnd: map[string]int64{}, bases: map[int64]string{}, d: d}
	err := d.each(`SELECT c.chunk_id, c.digest, coalesce(c.base, c.chunk_id), k.codes
		FROM (SELECT DISTINCT part.value ->> 1 AS chunk_id
			FROM input AS i JOIN standing AS s ON s.input_id = i.input_id JOIN layout AS l ON l.layout_id = s.layout_id, json_each(l.chunks) AS part
			WHERE i.run = (SELECT max(seq) FROM run WHERE kind = 'run' AND checkpoint IS NOT NULL)) AS u
		JOIN chunk AS c ON c.chunk_id = u.chunk_id JOIN chunk_codes AS k ON k.chunk_id = c.chunk_id`, nil, func(rows *sql.Rows) error {
		var id, sum, base int64
		var codes sql.RawBytes
		if err := rows.Scan(&id, &sum, &base, &codes); err != nil {
			return err
		}
		o.byDigest[sum] = id
		head, tail := ends(codes)
		o.byEnd[head], o.byEnd[tail] = base, base
		return nil
	})
	if err == nil {
		_, err = d.one("SELECT (SELECT count(*) FROM layout), (SELECT coalesce(max(chunk_id), 0) FROM chunk)", nil, &o.layouts, &o.last)
	}
	return o, err
}

// ends are the first code with the comma after it and the last with the comma
// before it.
func ends(codes []byte) (head, tail string) {
	body := codes[1 : len(codes)-1]
	first, _, _ := bytes.Cut(body, []byte{','})
	return string(first) + ",", "," + string(body[bytes.LastIndexByte(body, ',')+1:])
}

// patch writes codes as pieces of an old chunk that begins or ends like them.
// base is 0 when there is none or when it saves too little: patches grow from
// run to run against the same base, and at a fifth of the whole a new base costs
// less in the long run. spelt is the codes that the patch spells out.
func (o *oldChunks) patch(codes []int64, whole []byte) (base int64, parts []byte, spelt []int64) {
	head, tail := ends(whole)
	for _, end := range []string{head, tail} {
		id := o.byEnd[end]
		if id == 0 {
			continue
		}
		text, err := o.baseText(id)
		if err != nil {
			continue // then it is stored whole
		}
		if parts, spelt = diff(codes, text); len(parts) < len(whole)/5 {
			return id, parts, spelt
		}
	}
	return 0, nil, nil
}

func (o *oldChunks) baseText(id int64) (string, error) {
	if text, ok := o.bases[id]; ok {
		return text, nil
	}
	var text string
	_, err := o.d.one("SELECT codes FROM chunk WHERE chunk_id = ?", []any{id}, &text)
	if len(o.bases) > 16 {
		clear(o.bases)
	}
	o.bases[id] = text
	return text, err
}

// diff writes codes as a JSON array of [from, length] pieces of a base's text
// (counted from 1, as substr does) and of codes that the base lacks.
func diff(codes []int64, base string) (parts []byte, spelt []int64) {
	spans := scanCodes(base)
	at := make(map[int64]int, len(spans))
	for i, s := range spans {
		at[s.code] = i
	}
	parts = append(parts, '[')
	for i := 0; i < len(codes); {
		if len(parts) > 1 {
			parts = append(parts, ',')
		}
		j, ok := at[codes[i]]
		n := 0
		for ok && i+n < len(codes) && j+n < len(spans) && spans[j+n].code == codes[i+n] {
			n++
		}
		if n < 2 { // a pair is longer than the code itself
			parts = appendCode(parts, codes[i])
			spelt = append(spelt, codes[i])
			i++
			continue
		}
		parts = fmt.Appendf(parts, "[%d,%d]", spans[j].from+1, spans[j+n-1].to-spans[j].from)
		i += n
	}
	return append(parts, ']'), spelt
}
