package audit

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"cleanbase/internal/contact"

	"golang.org/x/mod/sumdb/tlog"
)

// rfc6962Root is the root that an inclusion proof leads to, after RFC 9162
// section 2.1.3.2, written from the text of the standard.
func rfc6962Root(leaf []byte, index, size int64, proof [][]byte) ([]byte, bool) {
	fn, sn, r := index, size-1, leaf
	node := func(a, b []byte) []byte {
		sum := sha256.Sum256(append(append([]byte{1}, a...), b...))
		return sum[:]
	}
	for _, p := range proof {
		if sn == 0 {
			return nil, false
		}
		if fn&1 == 1 || fn == sn {
			r = node(p, r)
			for fn&1 == 0 && fn != 0 {
				fn, sn = fn>>1, sn>>1
			}
		} else {
			r = node(r, p)
		}
		fn, sn = fn>>1, sn>>1
	}
	return r, sn == 0
}

// signedNote checks a note's Ed25519 signature by the C2SP signed-note text.
func signedNote(text, key string) (body []string, ok bool) {
	parts := strings.SplitN(key, "+", 3)
	public, _ := base64.StdEncoding.DecodeString(parts[2])
	body0, sig, _ := strings.Cut(text, "\n\n")
	_, encoded, _ := strings.Cut(strings.TrimSpace(sig), "— "+parts[0]+" ")
	raw, _ := base64.StdEncoding.DecodeString(encoded)
	return strings.Split(body0, "\n"), len(raw) == 68 && ed25519.Verify(public[1:], []byte(body0+"\n"), raw[4:])
}

func decoded(t *testing.T, texts []string) [][]byte {
	var all [][]byte
	for _, text := range texts {
		raw, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, raw)
	}
	return all
}

// A receipt holds before an implementation that shares no code with ours, names
// nobody else, and breaks with any change.
func TestProve(t *testing.T) {
	path := tempPath(t)
	history(t, path)
	d := open(t, path)
	public, err := d.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	proven := 0
	for _, run := range []string{"run-1", "run-4", "run-7"} {
		for n := range 30 {
			var text string
			if found, err := d.one("SELECT phone FROM decisions WHERE run_id = ? AND phone IS NOT NULL ORDER BY contact_id LIMIT 1 OFFSET ?", []any{run, n * 31}, &text); err != nil || !found {
				break
			}
			phone, _ := contact.ParsePhone(text)
			r, err := d.Prove(phone, run)
			if err != nil {
				t.Fatal(run, err)
			}
			data, _ := json.Marshal(r)
			if _, err := CheckReceipt(data, public); err != nil {
				t.Fatal(run, n, err)
			}
			checkByHand(t, r, public)
			proven += 1 + len(r.Evidence)
			if n == 3 {
				breakReceipt(t, data, public)
			}
		}
	}
	if proven < 80 {
		t.Errorf("only %d leaves proven", proven)
	}
	_, err = d.Prove(79000000000, "run-9")
	wantFault(t, err, "no run of that name")
	_, err = d.Prove(79123456789, "run-1")
	wantFault(t, err, "no contact of this phone")
}

func checkByHand(t *testing.T, r *Receipt, public string) {
	t.Helper()
	lines, ok := signedNote(r.Checkpoint, public)
	if !ok {
		t.Fatal("the signature")
	}
	want := "receipt|run " + r.RunID + fmt.Sprintf("|decision %d", r.Decision.Leaf)
	for _, e := range r.Evidence {
		want += fmt.Sprintf("|evidence %d", e.Leaf)
	}
	if said, ok := signedNote(r.Statement, public); !ok || !strings.HasSuffix(strings.Join(said, "|"), want) {
		t.Fatal("the statement", said)
	}
	size, _ := strconv.ParseInt(lines[1], 10, 64)
	phone, _ := strconv.ParseUint(r.Decision.Phone[1:], 10, 64)
	var set uint32
	for _, known := range contact.Reasons() {
		for _, code := range r.Decision.Reasons {
			if known.String() == code {
				set |= 1 << known
			}
		}
	}
	leaf := append([]byte{0}, decoded(t, []string{r.Decision.Salt})[0]...)
	leaf = append(leaf, 'D')
	leaf = binary.BigEndian.AppendUint64(leaf, uint64(r.Decision.ContactID))
	leaf = binary.BigEndian.AppendUint64(leaf, phone)
	leaf = binary.BigEndian.AppendUint32(leaf, set)
	leaf = binary.BigEndian.AppendUint64(leaf, uint64(unstamp(r.Decision.AsOf).Unix()))
	hash := sha256.Sum256(leaf)
	root, ok := rfc6962Root(hash[:], r.Decision.Leaf, size, decoded(t, r.Decision.Proof))
	if !ok || base64.StdEncoding.EncodeToString(root) != lines[2] {
		t.Fatalf("the decision does not lead to the root: %+v", r.Decision)
	}
	for _, e := range r.Evidence {
		if e.Key != phone && e.IdentifierKind == "phone" {
			t.Errorf("another phone is shown: %+v", e)
		}
		rec, ok := e.record()
		leaf := sha256.Sum256(append(append([]byte{0}, decoded(t, []string{e.Salt})[0]...), rec.data[:rec.n]...))
		root, ok2 := rfc6962Root(leaf[:], e.Leaf, size, decoded(t, e.Proof))
		if !ok || !ok2 || base64.StdEncoding.EncodeToString(root) != lines[2] {
			t.Fatalf("evidence does not lead to the root: %+v", e)
		}
	}
}

// A decision that was superseded before the run makes no receipt for it, though its
// leaf is in the run's tree; nor can evidence be left out.
func TestReceiptOfOldDecision(t *testing.T) {
	d := open(t, tempPath(t))
	out, in := contact.ReasonSet(0).With(contact.OptOutListed), contact.ReasonSet(0).With(contact.ConsentValid)
	const phone = 79110000001
	refusal := contact.Evidence{Kind: contact.OptOut, Via: contact.ViaList, ID: contact.OfPhone(phone), At: contact.At(asOf(2)), Origin: contact.Origin{Input: 1, Row: 2}, Rule: "optouts"}
	recordRun(t, d, 1, decide(map[int32][]sheetRow{1: {{row: 2, key: phone, set: in}}}))
	recordRun(t, d, 2, decide(map[int32][]sheetRow{1: {{row: 2, key: phone, set: out}}}), refusal)
	public, _ := d.PublicKey()
	runs, err := d.leafSpans()
	if err != nil {
		t.Fatal(err)
	}
	forged, err := d.Prove(phone, "run-2")
	if err != nil || forged.Decision.Verdict != "removed" || len(forged.Evidence) != 1 {
		t.Fatal(forged, err)
	}
	silent := *forged
	silent.Evidence = []ReceiptEvidence{}
	p := &prover{d: d, runs: runs, hashes: map[int64]tlog.Hash{}, salts: map[int64][]saltNode{}}
	if err := errors.Join(p.decision(&forged.Decision, 1, runs[0]), p.lead([]*ReceiptLeaf{&forged.Decision.ReceiptLeaf}, runs[1])); err != nil || forged.Decision.Verdict != "clean" {
		t.Fatal(forged, err)
	}
	for _, r := range []*Receipt{forged, &silent} {
		data, _ := json.Marshal(r)
		_, err = CheckReceipt(data, public)
		wantFault(t, err, "statement of what was in force")
	}
}

// breakReceipt changes every value of the JSON in turn.
func breakReceipt(t *testing.T, data []byte, public string) {
	t.Helper()
	for i, c := range data {
		if c < '0' || c > '9' && c < 'a' || c > 'y' || data[i+1] == '=' { // the last sign of base64 may vary
			continue
		}
		bad := append([]byte{}, data...)
		bad[i]++
		var a, b any
		if json.Unmarshal(bad, &b) != nil || json.Unmarshal(data, &a) != nil || fmt.Sprint(a) == fmt.Sprint(b) {
			continue
		}
		if _, err := CheckReceipt(bad, public); err == nil {
			t.Fatalf("taken with a change at %d: %s", i, data[max(0, i-30):min(len(data), i+10)])
		}
	}
}

// Whatever is taken for a receipt says what the true one says.
func FuzzCheckReceipt(f *testing.F) {
	d := open(f, past(f, "v1.db"))
	runs, err := d.History(1)
	if err != nil {
		f.Fatal(err)
	}
	public, err := d.PublicKey()
	if err != nil {
		f.Fatal(err)
	}
	receipt, err := d.Prove(79110000006, runs[0].RunID)
	if err != nil || len(receipt.Evidence) == 0 {
		f.Fatal(err)
	}
	data, _ := json.Marshal(receipt)
	f.Add(data)
	f.Add([]byte(`{"cleanbase_receipt":2,"evidence":[{"kind":"optout","key":"18446744073709551615"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := CheckReceipt(data, public)
		if err != nil {
			return
		}
		if got.Evidence, got.Checkpoint = append([]ReceiptEvidence{}, got.Evidence...), receipt.Checkpoint; len(got.Evidence) > len(receipt.Evidence) {
			return // the same piece twice is true too
		}
		if !reflect.DeepEqual(got.Decision, receipt.Decision) || got.RunID != receipt.RunID {
			t.Errorf("taken: %s", data)
		}
	})
}

// ENCODING.md tells all numbers that leaves are made of.
func TestEncodingNumbers(t *testing.T) {
	text, err := os.ReadFile("ENCODING.md")
	if err != nil {
		t.Fatal(err)
	}
	numbers, _, _ := strings.Cut(string(text), "## Leaves")
	told := map[string]bool{}
	for _, line := range strings.FieldsFunc(numbers, func(r rune) bool { return strings.ContainsRune(",;\n", r) }) {
		if words := strings.Fields(strings.TrimRight(line, ".")); len(words) > 1 {
			told[strings.Join(words[len(words)-2:], " ")] = true
		}
	}
	want := func(n int, name string) {
		if !told[strconv.Itoa(n)+" "+name] {
			t.Errorf("%d %s is not told", n, name)
		}
	}
	for _, r := range contact.Reasons() {
		want(int(r), r.String())
	}
	for k := contact.OptOut; k <= contact.Keep; k++ {
		want(int(k), k.String())
	}
	for v := contact.ViaList; v <= contact.ViaNote; v++ {
		want(int(v), v.String())
	}
	for c := contact.Any; c <= contact.Email; c++ {
		want(int(c), c.String())
	}
}
