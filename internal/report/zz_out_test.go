package report

import (
	"os"
	"testing"

	"cleanbase/internal/contact"
)

func TestOut(t *testing.T) {
	dir := os.Getenv("OUT")
	if dir == "" {
		t.Skip()
	}
	os.WriteFile(dir+"/en.html", []byte(render(t, sample(contact.EN))), 0o600)
	os.WriteFile(dir+"/ru.html", []byte(render(t, sample(contact.RU))), 0o600)
	s := sample(contact.RU)
	s.Summary.Status, s.Summary.Gate.Result, s.Summary.Gate.Findings[0].Level = "withheld", "stop", "stop"
	s.Summary.Files = s.Summary.Files[1:]
	os.WriteFile(dir+"/stop.html", []byte(render(t, s)), 0o600)
	os.WriteFile(dir+"/min.html", []byte(render(t, &contact.Report{Lang: contact.EN, Summary: &contact.Summary{RunID: "x", AsOf: "2026-01-01T00:00:00Z", Status: "published", Channel: "max",
		Gate: contact.Gate{Result: "pass"}, Rows: contact.Rows{Read: 21, Clean: 21}, Contacts: contact.Contacts{Clean: 21}, Reasons: map[string]int64{"consent.valid": 21}}})), 0o600)
}
