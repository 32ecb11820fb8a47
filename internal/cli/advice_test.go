package cli

import (
	"testing"

	"cleanbase/internal/contact"
)

// Every reason that keeps a contact from being written to has advice in both
// languages, every kind and way of evidence and every cause its words.
func TestWords(t *testing.T) {
	for _, r := range contact.Reasons() {
		a := advices[r]
		if (r.Verdict() == contact.Clean) != (a.EN == "") || (a.EN == "") != (a.RU == "") {
			t.Errorf("%v: %+v", r, a)
		}
	}
	for k := contact.OptOut; k <= contact.Keep; k++ {
		if evidenceWords[k.String()].RU == "" {
			t.Error(k)
		}
	}
	for v := contact.ViaList; v <= contact.ViaNote; v++ {
		if viaWords[v.String()].RU == "" {
			t.Error(v)
		}
	}
}
