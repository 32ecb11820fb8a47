package intake_test

import (
	"testing"

	"cleanbase/internal/intake"
	"cleanbase/internal/system"
)

// TestOneReading: as the reader folds words, none of the dictionary's has two
// meanings.
func TestOneReading(t *testing.T) {
	for _, clash := range intake.Clashes(system.Dictionary()) {
		t.Error(clash)
	}
}
