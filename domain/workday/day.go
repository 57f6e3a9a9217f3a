// Package workday counts the days the law counts: working days over the
// holidays and make-up days that the State Council publishes year by year, and
// calendar days with the roll-forward of Article 203 of the Civil Code.
//
// A [Calendar] is built from rows, never from constants, and every count says
// which days it counted, which it skipped, and whether it leaned on a year
// whose notice is not official yet.
package workday

import (
	"fmt"
	"time"
)

// Zone is the time zone in which the district counts its days.
var Zone = time.FixedZone("Asia/Shanghai", 8*60*60)

// Day is one civil date in Asia/Shanghai, written 2006-01-02.
type Day string

// ParseDay reads a date written 2006-01-02; anything else is an error.
func ParseDay(text string) (Day, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Format(time.DateOnly) != text {
		return "", fmt.Errorf("parse day: want YYYY-MM-DD")
	}
	return Day(text), nil
}

// DayOf is the civil date in Asia/Shanghai at the instant.
func DayOf(at time.Time) Day { return Day(at.In(Zone).Format(time.DateOnly)) }

// Start is the first instant of the day. A malformed day gives the zero time.
func (d Day) Start() time.Time {
	t, err := time.ParseInLocation(time.DateOnly, string(d), Zone)
	if err != nil {
		return time.Time{}
	}
	return t
}

// Add moves the day by n calendar days; n may be negative.
func (d Day) Add(n int) Day { return DayOf(d.Start().AddDate(0, 0, n)) }

// Next is the following calendar day.
func (d Day) Next() Day { return d.Add(1) }

// Year is the civil year of the day.
func (d Day) Year() int { return d.Start().Year() }

// Weekend says whether the day is a Saturday or Sunday before any notice moves it.
func (d Day) Weekend() bool {
	w := d.Start().Weekday()
	return w == time.Saturday || w == time.Sunday
}
