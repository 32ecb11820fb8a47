package audit

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"cleanbase/internal/contact"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Receipt proves one decision to whoever has the public key: what was decided of
// one contact in one run, and the evidence about it. It names nobody else. Every
// field but Version and Statement is proven by the checkpoint, directly or through
// a leaf. That this decision, and not an older one, was in force in the run, and
// that the evidence is all there was, no proof of a leaf can show: it is said in
// the statement, which the record's key signs.
type Receipt struct {
	Version    int               `json:"cleanbase_receipt"` // receiptVersion
	RunID      string            `json:"run_id"`
	Decision   ReceiptDecision   `json:"decision"`
	Evidence   []ReceiptEvidence `json:"evidence"`
	Checkpoint string            `json:"checkpoint"` // the run's signed note
	Statement  string            `json:"statement"`  // a signed note: see ENCODING.md
}

const receiptVersion = 2

// stated is the text of the statement.
func (r *Receipt) stated(origin string) string {
	text := fmt.Sprintf("%s receipt\nrun %s\ndecision %d\n", origin, r.RunID, r.Decision.Leaf)
	for i := range r.Evidence {
		text += fmt.Sprintf("evidence %d\n", r.Evidence[i].Leaf)
	}
	return text
}

// ReceiptLeaf is where a leaf is and how it leads to the tree's root.
type ReceiptLeaf struct {
	Leaf  int64    `json:"leaf"`
	Salt  string   `json:"salt"`  // base64
	Proof []string `json:"proof"` // RFC 6962 inclusion proof, base64, lowest first
}

// ReceiptDecision is the decision in force in the run.
type ReceiptDecision struct {
	Phone     string   `json:"phone"`
	ContactID int64    `json:"contact_id"`
	Verdict   string   `json:"verdict"`
	Reasons   []string `json:"reasons"`
	AsOf      string   `json:"as_of"` // of the run that made it
	ReceiptLeaf
}

// ReceiptEvidence is a piece of evidence that the run knew.
type ReceiptEvidence struct {
	Kind           string `json:"kind"`
	Via            string `json:"via"`
	Channel        string `json:"channel"`
	IdentifierKind string `json:"identifier_kind"`
	Identifier     string `json:"identifier"`
	Key            uint64 `json:"key,string"` // contact.Key of the identifier
	HappenedAt     string `json:"happened_at"`
	DayOnly        bool   `json:"day_only"`
	Rule           string `json:"rule"`
	Quote          string `json:"quote"`
	Detail         string `json:"detail"`
	InputSHA256    string `json:"input_sha256"` // of the file that said it; empty for none
	Sheet          string `json:"sheet"`
	Row            int64  `json:"row"`
	ReceiptLeaf
}

// badReceipt says what does not hold in a receipt.
func badReceipt(en, ru string) *contact.Fault {
	return &contact.Fault{What: contact.T(en, ru), Do: contact.T("do not rely on it: ask for another", "не полагайтесь на неё, попросите другую")}
}

// CheckReceipt verifies a receipt with nothing but the public key, and returns
// what it says; a *contact.Fault says what does not hold.
func CheckReceipt(data []byte, publicKey string) (*Receipt, error) {
	verifier, err := note.NewVerifier(strings.TrimSpace(publicKey))
	if err != nil {
		return nil, &contact.Fault{Err: err, What: contact.T("this is not a public key of an audit database", "это не открытый ключ базы аудита"),
			Do: contact.T("cleanbase verify --json shows it as public_key", "его показывает cleanbase verify --json: public_key")}
	}
	r := &Receipt{}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(r); err != nil || r.Version != receiptVersion || dec.More() {
		return nil, badReceipt("this is not a receipt", "это не квитанция cleanbase")
	}
	signed, err := note.Open([]byte(r.Checkpoint), note.VerifierList(verifier))
	if err != nil {
		return nil, badReceipt("its checkpoint is not signed with this key", "контрольная точка подписана не этим ключом")
	}
	size, root, ok := parseCheckpoint(signed.Text, verifier.Name(), r.RunID)
	if !ok {
		return nil, badReceipt("its checkpoint is not of its run", "контрольная точка не от этого запуска")
	}
	rec, ok := r.Decision.record()
	if !ok || !r.Decision.leads(rec, size, root) {
		return nil, badReceipt("the decision is not the one on record", "решение не то, что в записи")
	}
	for i := range r.Evidence {
		rec, ok := r.Evidence[i].record()
		if !ok || !r.Evidence[i].leads(rec, size, root) {
			return nil, badReceipt("evidence in it is not what is on record", "свидетельство не то, что в записи")
		}
	}
	said, err := note.Open([]byte(r.Statement), note.VerifierList(verifier))
	if err != nil || said.Text != r.stated(verifier.Name()) {
		return nil, badReceipt("its statement of what was in force is not signed with this key", "заявление о том, что действовало, подписано не этим ключом")
	}
	return r, nil
}

// parseCheckpoint reads the text of a note: see checkpointBody.
func parseCheckpoint(text, origin, runID string) (size int64, root tlog.Hash, ok bool) {
	lines := strings.Split(text, "\n")
	if len(lines) != 5 || lines[0] != origin || !strings.HasPrefix(lines[3], "run "+runID+" ") {
		return 0, root, false
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 1 {
		return 0, root, false
	}
	root, err = tlog.ParseHash(lines[2])
	return size, root, err == nil
}

// leads tells whether a record is the leaf that the proof leads from.
func (l *ReceiptLeaf) leads(rec record, size int64, root tlog.Hash) bool {
	salt, err := base64.StdEncoding.Strict().DecodeString(l.Salt)
	if err != nil || len(salt) != saltSize || l.Leaf < 0 || l.Leaf >= size {
		return false
	}
	var proof tlog.RecordProof
	for _, text := range l.Proof {
		h, err := tlog.ParseHash(text)
		if err != nil || h.String() != text {
			return false
		}
		proof = append(proof, h)
	}
	return tlog.CheckRecord(proof, size, root, l.Leaf, leafHash(saltSeed(salt), &rec)) == nil
}

// record is the leaf's record, made from what the receipt says in words.
func (d *ReceiptDecision) record() (rec record, ok bool) {
	phone, ok := contact.ParsePhone(d.Phone)
	asOf, err := time.Parse(time.RFC3339, d.AsOf)
	set := contact.ReasonSet(0)
	for _, r := range contact.Reasons() {
		for _, code := range d.Reasons {
			if r.String() == code {
				set = set.With(r)
			}
		}
	}
	if !ok || err != nil || set.Verdict().String() != d.Verdict || len(set.List()) != len(d.Reasons) || stamp(asOf) != d.AsOf || phone.String() != d.Phone {
		return rec, false
	}
	return decisionRecord(d.ContactID, contact.Key(phone), set, asOf.Unix()), true
}

// record is the leaf's record, made from what the receipt says in words.
func (e *ReceiptEvidence) record() (rec record, ok bool) {
	ev := contact.Evidence{ID: contact.Identifier{Key: contact.Key(e.Key)}, Rule: e.Rule, Quote: e.Quote, Detail: e.Detail, Origin: contact.Origin{Row: int32(e.Row)}}
	for k := contact.OptOut; k <= contact.Keep; k++ {
		if k.String() == e.Kind {
			ev.Kind = k
		}
	}
	for v := contact.ViaList; v <= contact.ViaNote; v++ {
		if v.String() == e.Via {
			ev.Via = v
		}
	}
	if ev.Channel, ok = contact.ParseChannel(e.Channel); !ok || ev.Channel.String() != e.Channel || ev.Kind == 0 || ev.Via == 0 || e.Row != int64(int32(e.Row)) {
		return rec, false
	}
	if ev.ID, ok = e.id(); !ok {
		return rec, false
	}
	if e.HappenedAt != "" {
		at, err := time.Parse(time.RFC3339, e.HappenedAt)
		if ev.At = contact.At(at); e.DayOnly {
			ev.At |= 1
		}
		if err != nil || ev.At.String() != e.HappenedAt {
			return rec, false
		}
	}
	if e.InputSHA256 != "" {
		ev.Origin.Input = 1
	}
	buf := appendLeaf(appendFact(nil, &ev), &ev, Input{SHA256: e.InputSHA256, Sheet: e.Sheet})
	return factRecord(sha256.Sum256(buf)), true
}

// id is the identifier; false when its text and key are not of one another.
func (e *ReceiptEvidence) id() (contact.Identifier, bool) {
	id := contact.Identifier{Key: contact.Key(e.Key), Text: e.Identifier}
	kind := contact.Key(e.Key).Kind()
	if kind > contact.RecordID || kind.String() != e.IdentifierKind {
		return id, false
	}
	want := id
	switch kind {
	case contact.PhoneID:
		id.Text = ""
		return id, id.Key.Phone().String() == e.Identifier
	case contact.EmailID:
		want = contact.OfEmail(e.Identifier)
	case contact.CRMID:
		want = contact.OfCRM(e.Identifier)
	case contact.MessengerID:
		want = contact.OfMessenger(e.Identifier)
	}
	return id, id == want || id == want.Rehashed(true)
}

// proofTexts writes a proof as the receipt has it.
func proofTexts(proof tlog.RecordProof) []string {
	texts := make([]string, len(proof))
	for i, h := range proof {
		texts[i] = fmt.Sprint(h)
	}
	return texts
}
