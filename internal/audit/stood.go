package audit

import (
	"database/sql"
	"slices"

	"cleanbase/internal/contact"
)

// Stood is a contact as the database knows it: what a run needs to decide anew
// about it, besides the evidence.
type Stood struct {
	ID     int64
	Key    contact.Key       // its own; 0 for a person who was forgotten since
	Listed bool              // stood in the run that was asked about
	Then   contact.ReasonSet // decided in that run
	Now    contact.ReasonSet // decided in the newest run that had the contact
	IDs    []contact.Key     // its other identifiers, known from any run
	Claims []contact.Claim   // of consent, kept of contacts that were clean
}

// EachStood yields the contacts of a run, and those whose contact_ids are in
// also, in order of contact_id. The slices belong to the walk and change with
// the next contact. It keeps some 30 bytes a contact in memory, and 16 for each
// identifier and claim.
func (d *DB) EachStood(runID string, also []int64, yield func(*Stood) bool) error {
	s := &standers{d: d}
	err := s.load(runID, also)
	if err == nil {
		err = s.each(yield)
	}
	return d.fault(stopped(err))
}

// standers is what is gathered of contacts before they are yielded.
type standers struct {
	d      *DB
	sets   setBits
	states []int32 // by contact_id: set_id in the run plus 1, 0 for none
	wanted []bool
	idents []entry // contact_id and identifier, sorted
	claims []entry // contact_id and claim, of the newest segment that has any, sorted
}

func (s *standers) load(runID string, also []int64) (err error) {
	if s.sets, err = s.d.setBits(); err != nil {
		return err
	}
	if s.states, err = s.d.decidedIn(runID); err != nil {
		return err
	}
	s.wanted = make([]bool, len(s.states))
	for id, state := range s.states {
		s.wanted[id] = state != 0
	}
	for _, id := range also {
		if id > 0 && id < int64(len(s.wanted)) {
			s.wanted[id] = true
		}
	}
	if err := s.loadIdentifiers(); err != nil {
		return err
	}
	return s.loadClaims()
}

func (s *standers) wants(id uint64) bool { return id < uint64(len(s.wanted)) && s.wanted[id] }

func (s *standers) loadIdentifiers() error {
	err := s.d.walk(keysByContact, func(_ int64, block []entry) error {
		for _, e := range block {
			if s.wants(e.key) {
				s.idents = append(s.idents, e)
			}
		}
		return nil
	})
	sortEntries(s.idents, make([]entry, len(s.idents)))
	return err
}

// loadClaims keeps of each contact the claims of the newest segment that has
// any: segments are walked oldest first.
func (s *standers) loadClaims() error {
	newest := make([]int64, len(s.wanted))
	type claim struct {
		entry
		segment int64
	}
	var all []claim
	err := s.d.walk(claimsByID, func(segment int64, block []entry) error {
		for _, e := range block {
			if s.wants(e.key) {
				newest[e.key] = segment
				all = append(all, claim{e, segment})
			}
		}
		return nil
	})
	for _, c := range all {
		if newest[c.key] == c.segment {
			s.claims = append(s.claims, c.entry)
		}
	}
	sortEntries(s.claims, make([]entry, len(s.claims)))
	return err
}

func (s *standers) each(yield func(*Stood) bool) error {
	var c Stood
	var group []uint64
	idents, claims := s.idents, s.claims
	return s.d.each("SELECT contact_id, key, set_id FROM contact ORDER BY contact_id", nil, func(rows *sql.Rows) error {
		var key int64
		var set int32
		if err := rows.Scan(&c.ID, &key, &set); err != nil || !s.wanted[c.ID] {
			return err
		}
		c.Key, c.Now, c.Then, c.Listed = contact.Key(key), s.sets[set], 0, s.states[c.ID] != 0
		if c.Listed {
			c.Then = s.sets[s.states[c.ID]-1]
		}
		c.IDs, group = c.IDs[:0], group[:0]
		for ; len(idents) > 0 && int64(idents[0].key) <= c.ID; idents = idents[1:] {
			c.IDs = append(c.IDs, contact.Key(idents[0].value))
		}
		for ; len(claims) > 0 && int64(claims[0].key) <= c.ID; claims = claims[1:] {
			group = append(group, claims[0].value)
		}
		if c.Claims = unpackClaims(group); !yield(&c) {
			return errStop
		}
		return nil
	})
}

// EventsReadAfter is the newest run after a wave that read events and was
// published or withheld; empty when there is none.
func (d *DB) EventsReadAfter(waveID string) (runID string, err error) {
	_, err = d.one(`SELECT r.run_id FROM run AS r JOIN input AS i ON i.run = r.seq
		WHERE r.kind = 'run' AND r.status IN ('published', 'withheld') AND i.role = 'events' AND i.rows > 0
			AND r.seq > (SELECT seq FROM run WHERE run_id = ? AND kind = 'wave') ORDER BY r.seq DESC LIMIT 1`, []any{waveID}, &runID)
	return runID, d.fault(err)
}

// RunPolicy is the policy that a run went by, as RunInfo had it, and the names
// and hashes of its lists; ok is false when no such run was published.
func (d *DB) RunPolicy(runID string) (policy string, lists []File, ok bool, err error) {
	err = d.EachPublished(func(r PublishedRun) error {
		if r.RunID == runID && r.Status == Published {
			ok, lists = true, slices.DeleteFunc(r.Files, func(f File) bool { return f.SHA256 == "" })
		}
		return nil
	})
	if err == nil && ok {
		_, err = d.one("SELECT policy FROM runs WHERE run_id = ?", []any{runID}, &policy)
	}
	return policy, lists, ok, d.fault(err)
}
