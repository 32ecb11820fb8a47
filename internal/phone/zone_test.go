package phone_test

import (
	"slices"
	"testing"
	"time"
	_ "time/tzdata"

	"cleanbase/internal/contact"
	"cleanbase/internal/phone"
)

func TestZones(t *testing.T) {
	for p, want := range map[contact.Phone][]string{
		14155552671:     {"America/Los_Angeles"},
		12125551234:     {"America/New_York"},
		74232222222:     {"Asia/Vladivostok"},
		375291234567:    {"Europe/Moscow"},
		447911123456:    {"Europe/Guernsey", "Europe/Isle_of_Man", "Europe/London"},
		999999999999999: nil,
		0:               nil,
	} {
		if got := phone.Zones(p); !slices.Equal(got, want) {
			t.Errorf("%d: %v", p, got)
		}
	}
	mobile := phone.Zones(79111234567)
	if len(mobile) != 11 || mobile[0] != "Europe/Moscow" {
		t.Error(mobile)
	}
	for _, name := range mobile {
		if _, err := time.LoadLocation(name); err != nil {
			t.Error(err)
		}
	}
}
