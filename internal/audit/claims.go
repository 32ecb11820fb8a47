package audit

import (
	"cleanbase/internal/contact"
)

// Of what contacts files say of consent the database keeps only what clean
// verdicts rest on: packed claims in posting list 6, a new group of them for a
// contact whenever they differ from the last ones. A group of noClaim alone says
// that there are none any more.
const noClaim = 0

func packClaim(c contact.Claim) uint64 {
	v := uint64(c.At)<<8 | 1<<6 | uint64(c.Channel)
	if c.Sourced {
		v |= 1 << 7
	}
	return v
}

func unpackClaim(v uint64) contact.Claim {
	c := contact.Claim{Says: contact.SaysYes, At: contact.Moment(v >> 8), Sourced: v>>7&1 == 1}
	if channel := contact.Channel(v & (1<<6 - 1)); channel <= contact.Email {
		c.Channel = channel
	}
	return c
}

// indexClaims posts the claims of consent of clean contacts.
func (s *sealing) indexClaims(claims func(yield func(contact int, c contact.Claim) bool)) error {
	if claims == nil {
		return nil
	}
	s.work.flush = s.postClaims
	at, group := 0, []uint64(nil)
	for i, c := range claims {
		for ; at < i; at++ {
			if !s.addClaims(at, group) {
				return s.work.err
			}
			group = group[:0]
		}
		if c.Says == contact.SaysYes && c.At >= 0 {
			group = append(group, packClaim(c))
		}
	}
	for ; at < len(s.ids); at++ {
		if !s.addClaims(at, group) {
			return s.work.err
		}
		group = group[:0]
	}
	return s.work.end()
}

// addClaims takes the claims of one contact, all into one batch.
func (s *sealing) addClaims(i int, group []uint64) bool {
	if _, set := s.dec.Contact(i); set.Verdict() != contact.Clean {
		return true
	}
	if len(s.work.buf)+len(group) >= segmentEntries && s.work.end() != nil {
		return false
	}
	if len(group) == 0 {
		return s.work.add(uint64(s.ids[i]), noClaim)
	}
	for _, v := range group {
		if !s.work.add(uint64(s.ids[i]), v) {
			return false
		}
	}
	return true
}

// postClaims stores the groups that differ from the last ones of their contacts.
func (s *sealing) postClaims(sorted []entry) error {
	old, err := s.lastClaims(sorted)
	if err != nil {
		return err
	}
	kept := sorted[:0]
	for i := 0; i < len(sorted); {
		j, sum := i, uint64(0)
		for ; j < len(sorted) && sorted[j].key == sorted[i].key; j++ {
			sum += claimMix(sorted[j].value)
		}
		if old[i] != sum && (old[i] != 0 || sorted[i].value != noClaim) {
			kept = append(kept, sorted[i:j]...)
		}
		i = j
	}
	return s.d.post(claimsByID, kept)
}

// lastClaims is, at the place of each contact's first pair, a sum over the group
// that it has in the newest segment that knows it; 0 for none.
func (s *sealing) lastClaims(sorted []entry) ([]uint64, error) {
	sums, segments := make([]uint64, len(sorted)), make([]int64, len(sorted))
	at, current := 0, int64(-1)
	err := s.d.walkBetween(claimsByID, sorted[0].key, sorted[len(sorted)-1].key, func(segment int64, block []entry) error {
		if segment != current {
			at, current = 0, segment
		}
		for _, e := range block {
			for at < len(sorted) && (sorted[at].key < e.key || at > 0 && sorted[at].key == sorted[at-1].key) {
				at++
			}
			if at == len(sorted) || sorted[at].key != e.key {
				continue
			}
			if segments[at] != segment {
				segments[at], sums[at] = segment, 0
			}
			sums[at] += claimMix(e.value)
		}
		return nil
	})
	return sums, err
}

func claimMix(v uint64) uint64 { return (v + 1) * 0x9e3779b97f4a7c15 }

// claimsOf is the claims of a contact as a run knew them: up to posting block last.
func (d *DB) claimsOf(id, last int64) ([]contact.Claim, error) {
	newest, group := int64(0), []uint64(nil)
	segments, err := d.segments(claimsByID)
	for _, s := range segments {
		if err != nil || s > last || s < newest {
			continue
		}
		var values []uint64
		if values, err = d.lookupIn(nil, claimsByID, s, uint64(id)); len(values) > 0 {
			newest, group = s, values
		}
	}
	return unpackClaims(group), err
}

func unpackClaims(group []uint64) []contact.Claim {
	var claims []contact.Claim
	for _, v := range group {
		if v != noClaim {
			claims = append(claims, unpackClaim(v))
		}
	}
	return claims
}
