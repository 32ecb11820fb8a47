package contact

import "time"

// Moment is a point in time as files give it: a second, or only a day, or
// nothing. It packs seconds since 1970 (UTC) and a mark for "only the day is
// known"; zero is unknown. Moments of the same precision compare as numbers.
type Moment int64

// At is the moment of a second.
func At(t time.Time) Moment { return Moment(t.Unix() << 1) }

// OnDay is the moment of which only the calendar day is known.
func OnDay(year int, month time.Month, day int) Moment {
	return Moment(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()<<1 | 1)
}

// Known tells whether there is a moment at all.
func (m Moment) Known() bool { return m != 0 }

// DayOnly tells whether only the day is known.
func (m Moment) DayOnly() bool { return m&1 == 1 }

// Earliest is the first second that m may stand for.
func (m Moment) Earliest() time.Time { return time.Unix(int64(m>>1), 0).UTC() }

// Latest is the last second that m may stand for.
func (m Moment) Latest() time.Time {
	if m.DayOnly() {
		return m.Earliest().Add(24*time.Hour - time.Second)
	}
	return m.Earliest()
}

// After tells whether m is certainly later than o. Unknown moments are never
// later and nothing is later than they, so a doubt stays a doubt.
func (m Moment) After(o Moment) bool {
	return m.Known() && o.Known() && m.Earliest().After(o.Latest())
}

// String is RFC 3339 in UTC, midnight for a day, nothing when unknown.
func (m Moment) String() string {
	if !m.Known() {
		return ""
	}
	return m.Earliest().Format(time.RFC3339)
}

// Short is how a person is shown the moment: the day alone where only the day
// is known.
func (m Moment) Short() string {
	switch {
	case !m.Known():
		return ""
	case m.DayOnly():
		return m.Earliest().Format(time.DateOnly)
	}
	return m.Earliest().Format("2006-01-02 15:04")
}
