package audit

import (
	"encoding/json"
	"testing"

	"cleanbase/internal/contact"
)

// A receipt shows evidence on identifiers of every kind, and none can be
// exchanged for another.
func TestReceiptOfEveryIdentifier(t *testing.T) {
	ids := []contact.Identifier{contact.OfPhone(person), contact.OfEmail("anna@example.com"), contact.OfCRM("bitrix24.contact:5"), contact.OfMessenger("telegram:42")}
	d := open(t, tempPath(t))
	var facts []contact.Evidence
	f := &fake{keys: []contact.Key{contact.Key(person)}, sets: []contact.ReasonSet{contact.ReasonSet(0).With(contact.OptOutListed)}, idents: make([][]contact.Key, 1), refused: []bool{true},
		rows: map[int32][]fakeRow{1: {{2, 0, false}}}}
	for i, id := range ids {
		facts = append(facts, contact.Evidence{Kind: contact.OptOut, Via: contact.ViaList, ID: id, At: contact.OnDay(2026, 2, 1), Origin: contact.Origin{Input: 1, Row: int32(i + 2)}, Rule: "optouts"})
		if i > 0 {
			f.idents[0] = append(f.idents[0], id.Key)
		}
	}
	recordRun(t, d, 1, f, facts...)
	receipt, err := d.Prove(person, "run-1")
	if err != nil || len(receipt.Evidence) != len(ids) {
		t.Fatal(receipt, err)
	}
	public, _ := d.PublicKey()
	check := func() error {
		text, err := json.Marshal(receipt)
		if err == nil {
			_, err = CheckReceipt(text, public)
		}
		return err
	}
	if err := check(); err != nil {
		t.Fatal(err)
	}
	for i := range receipt.Evidence {
		e := &receipt.Evidence[i]
		for _, change := range []func(){
			func() { e.Identifier += "1" }, func() { e.IdentifierKind = "record" }, func() { e.Key++ }, func() { e.Channel = "pigeon" }, func() { e.Row = 1 << 40 }, func() { e.HappenedAt = "2026-02-31" },
			func() { e.HappenedAt = "2026-02-02" },
		} {
			whole := *e
			change()
			if check() == nil {
				t.Errorf("taken: %+v", *e)
			}
			*e = whole
		}
	}
}
