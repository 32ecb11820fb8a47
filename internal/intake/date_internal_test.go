package intake

import (
	"testing"
	"time"
	_ "time/tzdata" // zones wherever the test runs

	"cleanbase/internal/contact"
	"pgregory.net/rapid"
)

func TestDates(t *testing.T) {
	zone := time.FixedZone("MSK", 3*3600)
	day := func(y, m, d int) contact.Moment { return contact.OnDay(y, time.Month(m), d) }
	at := func(s string) contact.Moment {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return contact.At(v)
	}
	for _, c := range []struct {
		text        string
		early, late contact.Moment
	}{
		{"05.06.2024", day(2024, 6, 5), 0}, {" 5.6.2024 ", day(2024, 6, 5), 0}, {"05.06.24", day(2024, 6, 5), 0}, {"31.12.1999", day(1999, 12, 31), 0},
		{"05.06.2024 15:04", at("2024-06-05T15:04:00+03:00"), 0}, {"05.06.2024 15:04:05", at("2024-06-05T15:04:05+03:00"), 0}, {"05.06.2024, 9:04", at("2024-06-05T09:04:00+03:00"), 0},
		{"2024-06-05", day(2024, 6, 5), 0}, {"2024-06-05 15:04:05", at("2024-06-05T15:04:05+03:00"), 0}, {"2024-06-05T15:04:05Z", at("2024-06-05T15:04:05Z"), 0},
		{"2024-06-05T15:04:05.123Z", at("2024-06-05T15:04:05Z"), 0}, {"2024-06-05T15:04:05+05:00", at("2024-06-05T15:04:05+05:00"), 0}, {"2024-06-05 15:04:05 +0500", at("2024-06-05T15:04:05+05:00"), 0},
		{"2024-06-05 15:04:05 UTC", at("2024-06-05T15:04:05Z"), 0}, {"2024-06-05 15:04 МСК", at("2024-06-05T15:04:00+03:00"), 0}, {"2024/06/05", day(2024, 6, 5), 0}, {"2024.06.05", day(2024, 6, 5), 0},
		{"05/06/2024", day(2024, 5, 6), day(2024, 6, 5)}, {"13/06/2024", day(2024, 6, 13), 0}, {"06/13/2024", day(2024, 6, 13), 0}, {"05-06-2024", day(2024, 5, 6), day(2024, 6, 5)},
		{"6/13/2024 3:04 PM", at("2024-06-13T15:04:00+03:00"), 0}, {"6/13/24 12:04 AM", at("2024-06-13T00:04:00+03:00"), 0}, {"7/7/2024", day(2024, 7, 7), 0},
		{"5 мая 2024", day(2024, 5, 5), 0}, {"5 мая 2024 г.", day(2024, 5, 5), 0}, {"5 мая 2024 г., 15:30", at("2024-05-05T15:30:00+03:00"), 0}, {"05 сентября 2023 года в 10:00", at("2023-09-05T10:00:00+03:00"), 0}, {"1 янв. 2024", day(2024, 1, 1), 0},
		{"May 5, 2024", day(2024, 5, 5), 0}, {"5 May 2024", day(2024, 5, 5), 0}, {"05-May-24", day(2024, 5, 5), 0}, {"September 3rd, 2023", day(2023, 9, 3), 0}, {"Sun May 05 2024 15:04:05 GMT+0300", at("2024-05-05T15:04:05+03:00"), 0}, {"Mon, 06 May 2024 10:00:00 GMT", at("2024-05-06T10:00:00Z"), 0},
		{"45413", day(2024, 5, 1), 0}, {"45413.5", at("2024-05-01T12:00:00+03:00"), 0}, {"45413,5", at("2024-05-01T12:00:00+03:00"), 0}, {"20240506", day(2024, 5, 6), 0}, {"20240506103000", at("2024-05-06T10:30:00+03:00"), 0},
		{"1715000000", contact.At(time.Unix(1715000000, 0)), 0}, {"1715000000123", contact.At(time.Unix(1715000000, 0)), 0},
		{"отписался 05.06.2024 по телефону", day(2024, 6, 5), 0}, {"'05.06.2024", day(2024, 6, 5), 0}, {"\u00a005.06.2024", day(2024, 6, 5), 0},
		{"1970-01-01", 0, 0}, {"01.01.1970 03:00", 0, 0}, {"01.01.0001", 0, 0}, {"31.02.2024", 0, 0}, {"2150-01-01", 0, 0}, {"1899-12-30", 0, 0}, {"", 0, 0}, {"да", 0, 0}, {"12", 0, 0}, {"+7 911 123-45-67", 0, 0}, {"10:30", 0, 0}, {"май", 0, 0}, {"99.99.2024", 0, 0},
	} {
		if c.late == 0 {
			c.late = c.early
		}
		s, _, _ := dating{zone: zone}.date([]byte(c.text))
		if s.early != c.early || s.late != c.late {
			t.Errorf("%q is %v … %v, want %v … %v", c.text, s.early, s.late, c.early, c.late)
		}
	}
	for order, want := range map[order]contact.Moment{dayFirst: day(2024, 6, 5), monthFirst: day(2024, 5, 6)} {
		if s, _, _ := (dating{order: order}).date([]byte("05/06/2024")); s.early != want || s.late != want {
			t.Errorf("order %d: %v", order, s)
		}
	}
}

// TestDatesByZone holds our arithmetic against the library's, over the change
// of clocks.
func TestDatesByZone(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(700000000, 2000000000).Draw(t, "at"), 0).In(zone)
		_, before := at.Add(-2 * time.Hour).Zone()
		if _, after := at.Add(2 * time.Hour).Zone(); before != after {
			return // the hour that happens twice or never
		}
		for _, layout := range []string{"2006-01-02 15:04:05", "02.01.2006 15:04:05", "2006-01-02T15:04:05Z07:00", "2 Jan 2006 15:04:05", "Jan 2, 2006 3:04:05 PM"} {
			s, ok, whole := dating{zone: zone}.date([]byte(at.Format(layout)))
			if !ok || !whole || s.early != contact.At(at) {
				t.Fatalf("%q is %v", at.Format(layout), s)
			}
		}
	})
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"05.06.2024", "5 мая 2024 г., 15:30", "May 5, 2024", "2024-06-05T15:04:05+05:00", "45413.5", "1/", "5 5 5", "--", "12..2024", "2024-", "5 мая"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		s, ok, _ := dating{zone: time.UTC}.date(text)
		if s.late < s.early || !ok && s.known() {
			t.Fatalf("%q: %v", text, s)
		}
	})
}
