package events

import (
	"time"

	"cleanbase/internal/contact"
)

// dayOrder is which of the first two numbers of a date is the day.
type dayOrder uint8

const (
	eitherFirst dayOrder = iota
	dayFirst
	monthFirst
)

// orderOfDays tells the order of a chat's dates: by a number that can be no month,
// by dots, or because messages stand in the order of time.
func (c *chat) orderOfDays() dayOrder {
	var day, month, dots bool // a number says so
	backDay, backMonth := false, false
	for i := range c.said {
		d := c.said[i].date
		if d[0] > 31 {
			continue // the year stands first
		}
		day, month, dots = day || d[0] > 12, month || d[1] > 12, dots || c.said[i].dots
		if i > 0 {
			last := c.said[i-1].date
			backDay = backDay || order(d, 1, 0) < order(last, 1, 0)
			backMonth = backMonth || order(d, 0, 1) < order(last, 0, 1)
		}
	}
	switch {
	case day != month:
		return map[bool]dayOrder{true: dayFirst, false: monthFirst}[day]
	case dots && !month:
		return dayFirst
	case backDay != backMonth && !day:
		return map[bool]dayOrder{true: dayFirst, false: monthFirst}[backMonth]
	}
	return eitherFirst
}

// order is a number that grows with the date, by the places of month and day.
func order(d [3]int, month, day int) int { return (d[2]*100+d[month])*100 + d[day] }

// moment is when something was said: at the latest and, where day and month
// can't be told apart, at the earliest.
func (c *chat) moment(s *chatSaid) (late, early contact.Moment) {
	a, b, y := s.date[0], s.date[1], s.date[2]
	if a > 31 {
		at := c.at(s, a, b, y)
		return at, at
	}
	byDay, byMonth := c.at(s, y, b, a), c.at(s, y, a, b)
	switch {
	case c.day == dayFirst || byMonth == 0:
		return byDay, byDay
	case c.day == monthFirst || byDay == 0:
		return byMonth, byMonth
	}
	return max(byDay, byMonth), min(byDay, byMonth)
}

// at is a time of the chat's zone; 0 where there is no such day.
func (c *chat) at(s *chatSaid, year, month, day int) contact.Moment {
	if year < 100 {
		year += 2000
	}
	t := time.Date(year, time.Month(month), day, s.h, s.m, s.s, 0, c.zone)
	if t.Day() != day || int(t.Month()) != month || s.h > 23 || s.m > 59 || s.s > 59 || known(t) == 0 {
		return 0
	}
	if s.badClock {
		return contact.OnDay(t.Date())
	}
	return contact.At(t)
}
