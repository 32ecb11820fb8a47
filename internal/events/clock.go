package events

import (
	"strconv"
	"strings"
	"time"

	"cleanbase/internal/contact"
)

// clock reads times and counts those that name no zone.
type clock struct {
	zone     *time.Location
	zoneless int64
}

// The years that an event can have happened in.
const (
	firstYear = 1990
	lastYear  = 2100
)

// moment reads Unix seconds, milliseconds or microseconds, or an ISO 8601
// time. Placeholders such as 1970-01-01 and what is no time are unknown.
func (c *clock) moment(t text) contact.Moment {
	s := strings.TrimSpace(string(t))
	if s == "" {
		return 0
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return known(unix(n))
	}
	if whole, _, ok := strings.Cut(s, "."); ok {
		if n, err := strconv.ParseInt(whole, 10, 64); err == nil {
			return known(unix(n))
		}
	}
	for _, layout := range [...]string{time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05Z0700", "2006-01-02T15:04Z07:00", time.RFC1123Z, time.RFC1123} {
		if at, err := time.Parse(layout, s); err == nil {
			return known(at)
		}
	}
	for _, layout := range [...]string{"2006-01-02T15:04:05", time.DateTime, "2006-01-02T15:04", "2006-01-02 15:04"} {
		if at, err := time.ParseInLocation(layout, s, c.zone); err == nil {
			c.zoneless++
			return known(at)
		}
	}
	if day, err := time.Parse(time.DateOnly, s); err == nil && known(day) != 0 {
		return contact.OnDay(day.Date())
	}
	return 0
}

func unix(n int64) time.Time {
	switch {
	case n >= 1e14:
		return time.UnixMicro(n)
	case n >= 1e11:
		return time.UnixMilli(n)
	}
	return time.Unix(n, 0)
}

func known(t time.Time) contact.Moment {
	if y := t.UTC().Year(); y < firstYear || y > lastYear {
		return 0
	}
	return contact.At(t)
}
