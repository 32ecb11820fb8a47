package audit

import (
	"bytes"
	"database/sql"
	"slices"
	"strconv"

	"cleanbase/internal/contact"
)

// maxLinked bounds the contacts that Explain follows a shared identifier to: an
// office line may belong to thousands.
const maxLinked = 50

// Explain tells everything known of an identifier; nil when nothing is.
func (d *DB) Explain(key contact.Key) (*Story, error) {
	s := &teller{d: d, story: &Story{}}
	if err := s.tell(uint64(key)); err != nil {
		return nil, d.fault(err)
	}
	if len(s.story.Contacts) == 0 && len(s.story.Evidence) == 0 {
		return nil, nil
	}
	runs, err := d.runMetas()
	if err != nil {
		return nil, d.fault(err)
	}
	s.story.date(runs)
	return s.story, nil
}

type teller struct {
	d     *DB
	story *Story
}

// tell gathers the contacts of a key, then those linked to them, then the
// evidence on any identifier of theirs.
func (s *teller) tell(key uint64) error {
	direct, err := s.contactsOf(key)
	if err != nil {
		return err
	}
	keys := []uint64{key}
	for _, id := range direct {
		more, err := s.keysOf(id)
		if err != nil {
			return err
		}
		keys = append(keys, more...)
	}
	linked, err := s.linked(keys, direct)
	if err != nil {
		return err
	}
	for _, id := range linked {
		own, err := s.ownKey(id)
		if err != nil {
			return err
		}
		keys = append(keys, own)
	}
	for i, id := range append(direct, linked...) {
		if err := s.tellContact(id, i >= len(direct)); err != nil {
			return err
		}
	}
	return s.tellEvidence(keys)
}

// contactsOf returns the contacts that have an identifier.
func (s *teller) contactsOf(key uint64) ([]int64, error) {
	values, err := s.d.lookup(contactsByKey, key)
	var ids []int64
	for _, v := range values {
		ids = append(ids, int64(v>>1))
	}
	slices.Sort(ids)
	return slices.Compact(ids), err
}

func (s *teller) ownKey(id int64) (uint64, error) {
	var key int64
	_, err := s.d.one("SELECT key FROM contact WHERE contact_id = ?", []any{id}, &key)
	return uint64(key), err
}

// keysOf returns all identifiers of a contact.
func (s *teller) keysOf(id int64) ([]uint64, error) {
	own, err := s.ownKey(id)
	if err != nil {
		return nil, err
	}
	keys, err := s.d.lookup(keysByContact, uint64(id))
	return append(keys, own), err
}

// linked returns the contacts that share one of the keys, or that once refused
// under one of them, without those in known.
func (s *teller) linked(keys []uint64, known []int64) ([]int64, error) {
	var linked []int64
	for _, key := range keys {
		owners, err := s.d.lookup(aliases, key)
		if err != nil {
			return nil, err
		}
		for _, k := range append(owners, key) {
			ids, err := s.contactsOf(k)
			if err != nil {
				return nil, err
			}
			linked = append(linked, ids...)
		}
	}
	slices.Sort(linked)
	linked = slices.DeleteFunc(slices.Compact(linked), func(id int64) bool { return slices.Contains(known, id) })
	return linked[:min(len(linked), maxLinked)], nil
}

func (s *teller) tellContact(id int64, linked bool) error {
	key, err := s.ownKey(id)
	if err != nil {
		return err
	}
	c := StoryContact{ContactID: id, Phone: contact.Key(key).Phone().String(), Linked: linked}
	err = s.d.each(`SELECT r.run_id, r.as_of, coalesce(u.run_id, ''), v.bits
		FROM (SELECT since_run, until_run, set_id FROM past WHERE contact_id = ?1
			UNION ALL SELECT since_run, NULL, set_id FROM contact WHERE contact_id = ?1) AS k
		JOIN run AS r ON r.seq = k.since_run LEFT JOIN run AS u ON u.seq = k.until_run JOIN reason_set AS v ON v.set_id = k.set_id
		ORDER BY k.since_run`, []any{id}, func(rows *sql.Rows) error {
		var dec StoryDecision
		var asOf string
		var bits int64
		err := rows.Scan(&dec.Since, &asOf, &dec.Until, &bits)
		dec.AsOf, dec.Set = unstamp(asOf), contact.ReasonSet(bits)
		dec.Verdict, dec.Reasons = dec.Set.Verdict().String(), dec.Set.Codes()
		c.Decisions = append(c.Decisions, dec)
		return err
	})
	if err == nil {
		c.Rows, err = s.rowsOf(id)
	}
	if err == nil {
		c.Waves, err = s.wavesOf(id)
	}
	s.story.Contacts = append(s.story.Contacts, c)
	return err
}

// wavesOf finds the waves that a contact was in.
func (s *teller) wavesOf(id int64) ([]StoryWave, error) {
	all := []StoryWave{}
	err := s.d.each(`SELECT wave_id, plan_id, number, run_id, channel, handed_at, file, unsent FROM waves
		WHERE wave_id IN (SELECT wave_id FROM wave_contacts WHERE contact_id = ?) ORDER BY handed_at, wave_id`, []any{id}, func(rows *sql.Rows) error {
		var w StoryWave
		var at string
		err := rows.Scan(&w.WaveID, &w.Plan, &w.Number, &w.RunID, &w.Channel, &at, &w.File, &w.Unsent)
		w.At = unstamp(at)
		all = append(all, w)
		return err
	})
	return all, err
}

// place is a row of a chunk that is a contact's.
type place struct {
	at     int64 // from 0
	merged bool
}

// rowsOf finds the rows of a contact: the chunks that spell it out and those
// made from them, then the layouts that hold these, then their inputs.
func (s *teller) rowsOf(id int64) ([]StoryRow, error) {
	places, err := s.placesOf(id)
	if err != nil {
		return nil, err
	}
	var all []StoryRow
	err = s.d.each("SELECT layout_id, chunks FROM layout ORDER BY layout_id", nil, func(rows *sql.Rows) error {
		var layout int64
		var text sql.RawBytes
		if err := rows.Scan(&layout, &text); err != nil {
			return err
		}
		return eachPart(text, func(first, chunk int64) error {
			for _, p := range places[chunk] {
				if all, err = s.standing(all, layout, first+p.at, p.merged); err != nil {
					return err
				}
			}
			return nil
		})
	})
	return all, err
}

func (s *teller) placesOf(id int64) (map[int64][]place, error) {
	spelt, err := s.d.lookup(chunksByMember, uint64(id))
	places := map[int64][]place{}
	for _, chunk := range spelt {
		if err == nil {
			err = s.d.each(`SELECT c.chunk_id, k.codes FROM chunk AS c JOIN chunk_codes AS k ON k.chunk_id = c.chunk_id
				WHERE c.chunk_id = ?1 UNION ALL
				SELECT c.chunk_id, k.codes FROM chunk AS c JOIN chunk_codes AS k ON k.chunk_id = c.chunk_id WHERE c.base = ?1`,
				[]any{int64(chunk)}, func(rows *sql.Rows) error {
					var chunk int64
					var codes string
					err := rows.Scan(&chunk, &codes)
					places[chunk] = placesIn(codes, id)
					return err
				})
		}
	}
	return places, err
}

func placesIn(codes string, id int64) []place {
	var found []place
	for i, c := range scanCodes(codes) {
		if c.code >= 0 && c.code>>1 == id {
			found = append(found, place{int64(i), c.code&1 == 1})
		}
	}
	return found
}

// eachPart yields the first row and chunk_id of each chunk of a layout's text. A
// plain scan: encoding/json would take most of an explanation's time.
func eachPart(text []byte, yield func(first, chunk int64) error) error {
	for len(text) > 1 {
		part, rest, _ := bytes.Cut(text, []byte{']'})
		first, chunk, ok := bytes.Cut(bytes.Trim(part, "[,"), []byte{','})
		if ok {
			a, _ := strconv.ParseInt(string(first), 10, 64)
			b, _ := strconv.ParseInt(string(chunk), 10, 64)
			if err := yield(a, b); err != nil {
				return err
			}
		}
		text = rest
	}
	return nil
}

// standing adds the inputs that have a layout: a row seen run after run is one
// line with the first and the last run.
func (s *teller) standing(all []StoryRow, layout, row int64, merged bool) ([]StoryRow, error) {
	err := s.d.each(`SELECT r.run_id, i.path, i.sheet, i.sha256 FROM standing AS s JOIN input AS i ON i.input_id = s.input_id JOIN run AS r ON r.seq = i.run
		WHERE s.layout_id = ? ORDER BY s.input_id`, []any{layout}, func(rows *sql.Rows) error {
		in := StoryRow{Row: row, Merged: merged}
		if err := rows.Scan(&in.LastRun, &in.Path, &in.Sheet, &in.SHA256); err != nil {
			return err
		}
		in.FirstRun = in.LastRun
		for i, old := range all {
			if old.Path == in.Path && old.Sheet == in.Sheet && old.Row == row && old.Merged == merged {
				in.FirstRun = old.FirstRun
				all[i] = in
				return nil
			}
		}
		all = append(all, in)
		return nil
	})
	return all, err
}

// tellEvidence adds the evidence on the keys, in order of evidence_id.
func (s *teller) tellEvidence(keys []uint64) error {
	var ids []int64
	for _, key := range keys {
		values, err := s.d.lookup(factsByKey, key)
		if err != nil {
			return err
		}
		for _, v := range values {
			ids = append(ids, int64(v))
		}
		// What came after the last checkpoint is not in the list yet.
		err = s.d.each(`SELECT evidence_id FROM fact WHERE key = ? AND evidence_id >=
			(SELECT coalesce(max(first_evidence + evidence_leaves), 0) FROM run WHERE checkpoint IS NOT NULL)`, []any{int64(key)},
			func(rows *sql.Rows) error {
				ids = append(ids, 0)
				return rows.Scan(&ids[len(ids)-1])
			})
		if err != nil {
			return err
		}
	}
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		if err := s.tellFact(id); err != nil {
			return err
		}
	}
	return nil
}

func (s *teller) tellFact(id int64) error {
	var e StoryEvidence
	var via contact.Via
	var at int64
	_, err := s.d.one(`SELECT e.evidence_id, e.kind, f.via, e.identifier_kind, coalesce(e.identifier, ''), e.channel, f.happened, coalesce(e.happened_at, ''),
			e.first_run, coalesce(i.path, ''), coalesce(i.sheet, ''), coalesce(e.row, 0), e.rule, coalesce(e.quote, ''), coalesce(w.text, '')
		FROM evidence AS e JOIN fact AS f ON f.evidence_id = e.evidence_id LEFT JOIN input AS i ON i.input_id = e.input_id
		LEFT JOIN word AS w ON w.word_id = f.detail WHERE e.evidence_id = ?`, []any{id},
		&e.EvidenceID, &e.Kind, &via, &e.IdentifierKind, &e.Identifier, &e.Channel, &at, &e.HappenedAt,
		&e.FirstRun, &e.Path, &e.Sheet, &e.Row, &e.Rule, &e.Quote, &e.Detail)
	e.Via, e.At = via.String(), contact.Moment(at)
	s.story.Evidence = append(s.story.Evidence, e)
	return err
}
