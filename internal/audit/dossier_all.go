package audit

import (
	"database/sql"
	"strconv"

	"cleanbase/internal/contact"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// each makes the dossiers of all clean contacts. It keeps some 60 bytes a clean
// contact, and more of those with evidence.
func (r *dossierRun) each(yield func(*Dossier) error) error {
	parts, err := r.clean()
	if err != nil {
		return err
	}
	for _, step := range []func([]*dossierPart) error{r.addFacts, r.addClaims} {
		if err := step(parts); err != nil {
			return err
		}
	}
	for _, p := range parts {
		if p == nil {
			continue
		}
		d, err := r.assemble(p)
		if err != nil {
			return err
		}
		if err := yield(d); err != nil {
			return err
		}
	}
	return nil
}

// clean is a part for each clean contact of the run, by contact_id.
func (r *dossierRun) clean() ([]*dossierPart, error) {
	sets, err := r.d.setBits()
	if err != nil {
		return nil, err
	}
	states, err := r.d.decidedIn(r.id)
	if err != nil {
		return nil, err
	}
	inputs := map[int64]StoryPlace{}
	err = r.d.each("SELECT input_id, path, sheet, sha256 FROM input WHERE run = ?", []any{r.seq}, func(rows *sql.Rows) error {
		var id int64
		var in StoryPlace
		err := rows.Scan(&id, &in.Path, &in.Sheet, &in.SHA256)
		inputs[id] = in
		return err
	})
	if err != nil {
		return nil, err
	}
	parts := make([]*dossierPart, len(states))
	return parts, r.d.eachStanding(r.seq, func(input, row, code int64) {
		id := code >> 1
		if s := states[id]; code&1 == 0 && s != 0 && sets[s-1].Verdict() == contact.Clean {
			p := &dossierPart{id: id, row: inputs[input]}
			p.row.Row = row
			parts[id] = p
		}
	})
}

// addFacts adds the evidence that may be a consent, or withdraw one.
func (r *dossierRun) addFacts(parts []*dossierPart) error {
	facts := map[uint64][]int64{}
	err := r.d.each("SELECT evidence_id, key FROM fact WHERE kind IN (?, ?, ?, ?, ?, ?, ?, ?) AND evidence_id < ? ORDER BY evidence_id",
		[]any{int64(contact.Consent), int64(contact.OptIn), int64(contact.Inbound), int64(contact.BotStarted),
			int64(contact.OptOut), int64(contact.Complaint), int64(contact.BotStopped), int64(contact.Pardon), r.lastFact}, func(rows *sql.Rows) error {
			var id, key int64
			err := rows.Scan(&id, &key)
			facts[uint64(key)] = append(facts[uint64(key)], id)
			return err
		})
	if err != nil || len(facts) == 0 {
		return err
	}
	err = r.d.each("SELECT contact_id, key FROM contact", nil, func(rows *sql.Rows) error {
		var id, key int64
		err := rows.Scan(&id, &key)
		if p := parts[id]; p != nil {
			p.facts = append(p.facts, facts[uint64(key)]...)
		}
		return err
	})
	if err != nil {
		return err
	}
	holders := map[uint64]int{}
	err = r.d.walk(keysByContact, func(_ int64, block []entry) error {
		for _, e := range block {
			if facts[e.value] != nil {
				holders[e.value]++
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return r.d.walk(keysByContact, func(_ int64, block []entry) error {
		for _, e := range block {
			if p := parts[e.key]; p != nil && holders[e.value] <= fewShare {
				p.facts = append(p.facts, facts[e.value]...)
			}
		}
		return nil
	})
}

// addClaims adds the newest group of claims that the run knew of each contact.
func (r *dossierRun) addClaims(parts []*dossierPart) error {
	from := make([]int64, len(parts)) // the segment that each group is of
	return r.d.walk(claimsByID, func(segment int64, block []entry) error {
		if segment > r.lastBlock {
			return nil
		}
		for _, e := range block {
			p := parts[e.key]
			if p == nil {
				continue
			}
			if from[e.key] != segment {
				from[e.key], p.claims = segment, nil
			}
			if e.value != noClaim {
				p.claims = append(p.claims, unpackClaim(e.value))
			}
		}
		return nil
	})
}
