package main

import (
	"bytes"
	"os"
	"testing"
)

// TestLearned proves that the weights in the program are what `make learn`
// makes of the labelled messages and the rules. A weight may differ by one: the
// last bit of a float is not the same on every machine.
func TestLearned(t *testing.T) {
	made, err := learn("../../fixtures/refusals")
	if err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile("../../internal/refusal/learned.net")
	if err != nil {
		t.Fatal(err)
	}
	madeHead, madeWeights, _ := bytes.Cut(made, []byte("\n\n"))
	keptHead, keptWeights, _ := bytes.Cut(kept, []byte("\n\n"))
	if !bytes.Equal(madeHead, keptHead) || len(madeWeights) != len(keptWeights) {
		t.Fatalf("run make learn: kept\n%s\nmade\n%s", keptHead, madeHead)
	}
	for i, w := range madeWeights {
		if d := int8(w) - int8(keptWeights[i]); d < -1 || d > 1 {
			t.Fatalf("weight %d is %d, made %d: run make learn", i, int8(keptWeights[i]), int8(w))
		}
	}
}
