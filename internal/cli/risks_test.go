package cli

import (
	"slices"
	"testing"

	"cleanbase/internal/audit"
	"cleanbase/internal/contact"
)

// Runs within one second have names that tell nothing of their order.
func TestRisksGoByTheOrderOfRuns(t *testing.T) {
	clean, cold := contact.ReasonSet(0).With(contact.ConsentValid), contact.ReasonSet(0).With(contact.ConsentMissing)
	runs := []audit.RunSummary{{RunID: "20261125T100000Z-1", Accepted: "later"}, {RunID: "20261125T100000Z-3", Accepted: "risk"}, {RunID: "20261125T100000Z-2"}} // newest first
	story := func(verdicts ...audit.StoryDecision) *audit.Story {
		return &audit.Story{Contacts: []audit.StoryContact{{Decisions: verdicts}}}
	}
	for name, c := range map[string]struct {
		story *audit.Story
		want  []string
	}{
		"clean ever since":        {story(audit.StoryDecision{Since: runs[2].RunID, Set: clean}), []string{"later", "risk"}},
		"clean until the newest":  {story(audit.StoryDecision{Since: runs[2].RunID, Until: runs[0].RunID, Set: clean}), []string{"risk"}},
		"clean in the first only": {story(audit.StoryDecision{Since: runs[2].RunID, Until: runs[1].RunID, Set: clean}), nil},
		"clean in the newest":     {story(audit.StoryDecision{Since: runs[0].RunID, Set: clean}), []string{"later"}},
		"cold":                    {story(audit.StoryDecision{Since: runs[2].RunID, Set: cold}), nil},
	} {
		var got []string
		for _, r := range risksOf(slices.Clone(runs), c.story) {
			got = append(got, r.Accepted)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
