package wave

import "time"

// Hours are when people may be written to, on their own clocks: from and to
// are the time since midnight, from before to.
type Hours struct{ From, To time.Duration }

// Span is a stretch of time, to is not in it.
type Span struct{ From, To time.Time }

func (s Span) length() time.Duration { return s.To.Sub(s.From) }

// enough is how long a stretch must be not to wait for a longer one.
const enough = time.Hour

// Window is the first stretch of an hour or more between two times that lies
// within the hours in all the zones, else the longest there is; false when there
// is none.
func (h Hours) Window(within Span, zones ...*time.Location) (best Span, ok bool) {
	spans := []Span{within}
	for _, zone := range zones {
		spans = meet(spans, h.days(within, zone))
	}
	for _, s := range spans {
		if s.length() > best.length() {
			best, ok = s, true
		}
		if best.length() >= enough {
			break
		}
	}
	return best, ok
}

// days is the hours of every day that a span touches, on the clocks of a zone:
// a day of 23 or 25 hours too.
func (h Hours) days(within Span, zone *time.Location) []Span {
	var all []Span
	y, m, d := within.From.In(zone).Date()
	clock := func(day int, t time.Duration) time.Time {
		return time.Date(y, m, d+day, int(t/time.Hour), int(t%time.Hour/time.Minute), 0, 0, zone)
	}
	for day := 0; clock(day, 0).Before(within.To); day++ {
		all = append(all, Span{clock(day, h.From), clock(day, h.To)})
	}
	return all
}

// meet is where spans of both kinds overlap, in order.
func meet(a, b []Span) []Span {
	var both []Span
	for _, x := range a {
		for _, y := range b {
			s := x
			if y.From.After(s.From) {
				s.From = y.From
			}
			if y.To.Before(s.To) {
				s.To = y.To
			}
			if s.From.Before(s.To) {
				both = append(both, s)
			}
		}
	}
	return both
}
