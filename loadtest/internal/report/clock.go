package report

import (
	"fmt"
	"math"
	"time"
)

// A clock shows seconds of the epoch in a time zone.
type clock struct {
	location *time.Location
	// zero is the second that others are counted from; 0 shows the time of the day.
	zero int64
}

func (c clock) at(second int64) time.Time { return time.Unix(second, 0).In(c.location) }

// time is 14:01:58, or 1:58 since zero.
func (c clock) time(second int64) string {
	if c.zero > 0 {
		return since(second - c.zero)
	}
	return c.at(second).Format("15:04:05")
}

// since is a number of seconds as a clock that was started shows it: 1:58, or 1:01:58.
func since(seconds int64) string {
	sign := ""
	if seconds < 0 {
		sign, seconds = "\u2212", -seconds
	}
	if seconds < 3600 {
		return fmt.Sprintf("%s%d:%02d", sign, seconds/60, seconds%60)
	}
	return fmt.Sprintf("%s%d:%02d:%02d", sign, seconds/3600, seconds/60%60, seconds%60)
}

// from is "24 Nov 2026, 14:00:00 to 14:05:00 CET", with both days where there are two.
func (c clock) from(from, to int64) string {
	begin, end := c.at(from), c.at(to)
	last := "15:04:05 MST"
	if begin.YearDay() != end.YearDay() || begin.Year() != end.Year() {
		last = "2 Jan 2006, 15:04:05 MST"
	}
	return begin.Format("2 Jan 2006, 15:04:05") + " to " + end.Format(last)
}

// seconds is a span of the run: one second or from one to another.
func (c clock) seconds(from, to int64) string {
	switch {
	case from == 0 && to == 0:
		return ""
	case to <= from:
		return c.time(from)
	default:
		return c.time(from) + "–" + c.time(to)
	}
}

// offset is how far the zone is east of Greenwich, in seconds, or how far zero is behind the epoch.
func (c clock) offset(second int64) int {
	if c.zero > 0 {
		return -int(c.zero)
	}
	_, seconds := c.at(second).Zone()
	return seconds
}

// span is a number of seconds as people say it.
func span(seconds float64) string {
	d := time.Duration(math.Round(seconds)) * time.Second
	switch {
	case d < 2*time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	case d%time.Minute == 0 && d < 2*time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	case d < 2*time.Hour:
		return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
	default:
		return fmt.Sprintf("%d h %d min", int(d.Hours()), int(d.Minutes())%60)
	}
}
