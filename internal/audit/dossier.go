package audit

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"slices"

	"cleanbase/internal/contact"
)

// The classes of proof of a consent, strongest first.
const (
	Proven   = "proven"   // dated, and it is on record where it was given
	Asserted = "asserted" // claimed, without a date or without a source
	Implied  = "implied"  // the person wrote first or started the bot
	NoProof  = "none"
)

const dossierSchema = "ISO/IEC TS 27560:2023"

// Dossier is what is known of one contact's consent in one run. Names follow
// the consent record of ISO/IEC TS 27560 where it has one.
type Dossier struct {
	Schema    string           `json:"schema_version"`
	RunID     string           `json:"run_id"`
	AsOf      string           `json:"as_of"`
	ContactID int64            `json:"contact_id"`
	Principal string           `json:"pii_principal_id"` // the phone
	Verdict   string           `json:"verdict"`
	Reasons   []string         `json:"reasons"`
	Class     string           `json:"proof"`  // the best of the consents'
	Row       StoryPlace       `json:"row"`    // of the contacts file that carries the verdict
	Consents  []DossierConsent `json:"events"` // proven first; refusals and what lifted them last
}

// StoryPlace is a row of an input.
type StoryPlace struct {
	Path   string `json:"path"`
	Sheet  string `json:"sheet"`
	SHA256 string `json:"sha256"`
	Row    int64  `json:"row"`
}

// The states of a consent event.
const (
	Given     = "given"
	Withdrawn = "withdrawn" // an opt-out or a complaint
	Restored  = "restored"  // by a pardon or by lifting a block: what was withdrawn before no longer counts
)

// DossierConsent is one consent event.
type DossierConsent struct {
	RecordID  string     `json:"record_id"`   // "evidence N", or "claim" of a contacts file
	State     string     `json:"event_state"` // Given, Withdrawn, Restored
	Type      string     `json:"event_type"`  // explicit, implied
	EventTime string     `json:"event_time"`  // RFC 3339, a day where only that is known; empty when it is not
	Method    string     `json:"collection_method"`
	Purpose   string     `json:"purpose"`
	Channel   string     `json:"channel"`
	Notice    string     `json:"privacy_notice"` // version of the text agreed to
	Given     string     `json:"source"`         // where, by the file's own word
	Quote     string     `json:"quote"`
	Class     string     `json:"proof"` // of a consent that was given
	Source    StoryPlace `json:"source_row"`
}

// dossierPart is the numbers that one dossier is made of.
type dossierPart struct {
	id     int64
	facts  []int64
	claims []contact.Claim
	row    StoryPlace
}

// EachDossier yields the dossiers of all clean contacts of a run, in order of
// contact_id.
func (d *DB) EachDossier(runID string, yield func(*Dossier) error) error {
	run, err := d.dossierRun(runID)
	if err == nil {
		err = run.each(yield)
	}
	return d.fault(err)
}

// DossierOf is the dossier of one phone in a run, whatever its verdict.
func (d *DB) DossierOf(phone contact.Phone, runID string) (*Dossier, error) {
	r, err := d.dossierRun(runID)
	if err != nil {
		return nil, d.fault(err)
	}
	p := &prover{d: d, t: teller{d: d, story: &Story{}}}
	id, err := p.contact(phone, leafSpan{leafRun: leafRun{seq: r.seq}})
	if err != nil {
		return nil, d.fault(err)
	}
	part := dossierPart{id: id}
	if part.claims, err = d.claimsOf(id, r.lastBlock); err != nil {
		return nil, d.fault(err)
	}
	keys, err := p.t.keysOf(id)
	for i, key := range keys {
		var facts []uint64
		var holders []int64
		if err == nil {
			holders, err = p.t.contactsOf(key)
		}
		if err == nil && (i == len(keys)-1 || len(holders) <= fewShare) {
			facts, err = d.lookup(factsByKey, key)
		}
		for _, f := range facts {
			part.facts = append(part.facts, int64(f))
		}
	}
	if err == nil {
		part.row, err = r.mainRow(&p.t, id)
	}
	if err != nil {
		return nil, d.fault(err)
	}
	dossier, err := r.assemble(&part)
	return dossier, d.fault(err)
}

// dossierRun is the run that dossiers are made of.
type dossierRun struct {
	d                        *DB
	id, asOf                 string
	seq, lastBlock, lastFact int64
}

func (d *DB) dossierRun(runID string) (*dossierRun, error) {
	r := &dossierRun{d: d, id: runID}
	found, err := d.one("SELECT seq, as_of, last_block, first_evidence + evidence_leaves FROM run WHERE run_id = ? AND kind = 'run' AND checkpoint IS NOT NULL",
		[]any{runID}, &r.seq, &r.asOf, &r.lastBlock, &r.lastFact)
	if err == nil && !found {
		err = d.noRun()
	}
	return r, err
}

// mainRow finds the row that carries the contact's verdict.
func (r *dossierRun) mainRow(t *teller, id int64) (at StoryPlace, err error) {
	places, err := t.placesOf(id)
	if err != nil {
		return at, err
	}
	err = r.d.each(`SELECT i.path, i.sheet, i.sha256, l.chunks FROM input AS i JOIN standing AS s ON s.input_id = i.input_id JOIN layout AS l ON l.layout_id = s.layout_id
		WHERE i.run = ? ORDER BY i.input_id`, []any{r.seq}, func(rows *sql.Rows) error {
		var in StoryPlace
		var text sql.RawBytes
		if err := rows.Scan(&in.Path, &in.Sheet, &in.SHA256, &text); err != nil {
			return err
		}
		return eachPart(text, func(first, chunk int64) error {
			for _, p := range places[chunk] {
				if !p.merged {
					at = in
					at.Row = first + p.at
				}
			}
			return nil
		})
	})
	return at, err
}

// assemble makes a dossier of its numbers.
func (r *dossierRun) assemble(p *dossierPart) (*Dossier, error) {
	d := &Dossier{Schema: dossierSchema, RunID: r.id, AsOf: r.asOf, ContactID: p.id, Row: p.row, Class: NoProof, Consents: []DossierConsent{}}
	var key, bits int64
	_, err := r.d.one(`SELECT c.key, v.bits FROM contact AS c LEFT JOIN past AS o ON c.since_run > ?2 AND o.contact_id = c.contact_id AND o.since_run <= ?2 AND o.until_run > ?2
		JOIN reason_set AS v ON v.set_id = CASE WHEN c.since_run <= ?2 THEN c.set_id ELSE o.set_id END WHERE c.contact_id = ?1`, []any{p.id, r.seq}, &key, &bits)
	if err != nil {
		return nil, err
	}
	set := contact.ReasonSet(bits)
	d.Principal, d.Verdict, d.Reasons = contact.Key(key).Phone().String(), set.Verdict().String(), set.Codes()
	slices.Sort(p.facts)
	for _, id := range slices.Compact(p.facts) {
		if id >= r.lastFact {
			continue
		}
		c, ok, err := r.fact(id, set)
		if err != nil {
			return nil, err
		}
		if ok {
			d.Consents = append(d.Consents, c)
		}
	}
	for _, c := range p.claims {
		d.Consents = append(d.Consents, claimed(c, p.row))
	}
	rank := []string{Proven, Asserted, Implied, ""}
	slices.SortStableFunc(d.Consents, func(a, b DossierConsent) int { return slices.Index(rank, a.Class) - slices.Index(rank, b.Class) })
	if len(d.Consents) > 0 {
		d.Class = cmp.Or(d.Consents[0].Class, NoProof)
	}
	return d, nil
}

// claimed is the consent that a contacts file's own columns claim.
func claimed(c contact.Claim, row StoryPlace) DossierConsent {
	e := DossierConsent{RecordID: "claim", State: Given, Type: "explicit", EventTime: moment(c.At), Channel: c.Channel.String(), Class: Asserted, Source: row}
	if c.At.Known() && c.Sourced {
		e.Class = Proven
	}
	return e
}

// moment is a time, or a day where only that is known.
func moment(m contact.Moment) string {
	if m.DayOnly() {
		return m.Short()
	}
	return m.String()
}

// fact is one piece of evidence as a consent event, if it is one that counts.
func (r *dossierRun) fact(id int64, set contact.ReasonSet) (e DossierConsent, ok bool, err error) {
	t := teller{d: r.d, story: &Story{}}
	if err := t.tellFact(id); err != nil {
		return e, false, err
	}
	s := &t.story.Evidence[0]
	e = DossierConsent{RecordID: "evidence " + itoa(id), State: Given, Type: "explicit", EventTime: moment(s.At), Channel: s.Channel, Quote: s.Quote,
		Method: s.Via, Class: Asserted, Source: StoryPlace{Path: s.Path, Sheet: s.Sheet, Row: s.Row}}
	switch s.Kind {
	case contact.Consent.String(), contact.OptIn.String():
		ok = true
		switch {
		case s.Kind == contact.OptIn.String() && s.Via != contact.ViaMessage.String():
			e.State, e.Class = Restored, "" // taking a block back is not yet agreeing
		case s.At.Known():
			e.Class = Proven
		}
	case contact.Inbound.String():
		e.Type, e.Class, ok = "implied", Implied, set.Has(contact.ConsentInbound)
	case contact.BotStarted.String():
		e.Type, e.Class, ok = "implied", Implied, set.Has(contact.ConsentBotStarted)
	case contact.OptOut.String(), contact.Complaint.String(), contact.BotStopped.String():
		e.State, e.Class, ok = Withdrawn, "", true
	case contact.Pardon.String():
		e.State, e.Class, ok = Restored, "", true
	}
	if !ok {
		return e, false, nil
	}
	var detail struct {
		Source  string `json:"source"`
		Purpose string `json:"purpose"`
		Method  string `json:"method"`
		Text    string `json:"text_version"`
	}
	if json.Unmarshal([]byte(s.Detail), &detail) == nil {
		e.Given, e.Purpose, e.Notice = detail.Source, detail.Purpose, detail.Text
		if detail.Method != "" {
			e.Method = detail.Method
		}
	}
	_, err = r.d.one("SELECT i.sha256 FROM fact AS f JOIN input AS i ON i.input_id = f.input_id WHERE f.evidence_id = ?", []any{id}, &e.Source.SHA256)
	return e, true, err
}
