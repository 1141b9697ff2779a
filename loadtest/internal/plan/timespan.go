package plan

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"gregaria/loadtest/internal/fault"
)

// timespan is the grammar of Locust's parse_timespan (locust/util/timespan.py: "20", "20s", "1h20m") and what people write beside it: fractions, spaces, days,
// milliseconds, "min" and "sec".
var timespan = regexp.MustCompile(`^(?:(\d+(?:\.\d+)?)|` + part(`d`) + part(`h`) + part(`m(?:in)?`) + part(`s(?:ec)?`) + part(`ms`) + `)$`)

// part is one number with its unit, which may be absent.
func part(unit string) string { return `(?:(\d+(?:\.\d+)?) ?` + unit + ` ?)?` }

// sizes are the units of the groups of timespan, in seconds.
func sizes() []float64 { return []float64{1, 24 * 3600, 3600, 60, 1, 0.001} }

// Timespan reads a time: a number of seconds, or numbers with their units, the largest first. It returns seconds.
func Timespan(text string) (float64, error) {
	groups := timespan.FindStringSubmatch(strings.TrimSpace(text))
	sum, found := 0.0, false
	for i, size := range sizes() {
		if groups == nil || groups[i+1] == "" {
			continue
		}
		n, err := strconv.ParseFloat(groups[i+1], 64)
		if err != nil { // a number with more digits than a float has
			n = math.Inf(1)
		}
		sum, found = sum+n*size, true
	}
	if !found {
		return 0, fmt.Errorf("%q is no time: write it like 300, 90s, 5m or 1h30m", text)
	}
	return sum, nil
}

// Written is a number of seconds as Timespan reads it, the shortest way: 5m, 1h30m, 1.5s.
func Written(seconds float64) string {
	if seconds < 1 && seconds > 0 {
		return trim(seconds*1000) + "ms"
	}
	var text strings.Builder
	for _, unit := range []struct {
		size float64
		name string
	}{{3600, "h"}, {60, "m"}} {
		if n := math.Floor(seconds / unit.size); n > 0 {
			text.WriteString(trim(n) + unit.name)
			seconds -= n * unit.size
		}
	}
	if seconds > 0 || text.Len() == 0 {
		text.WriteString(trim(seconds) + "s")
	}
	return text.String()
}

// trim is a number with at most three digits after the point, and no zeros at its end.
func trim(n float64) string { return strconv.FormatFloat(math.Round(n*1000)/1000, 'f', -1, 64) }

// between wants a time from low to high, in seconds. Written so that NaN is refused too.
func between(flag string, x, low, high float64) error {
	if x >= low && x <= high {
		return nil
	}
	given := fmt.Sprint(x)
	if x >= 0 && x < 1e9 {
		given = Written(x)
	}
	return fault.New(fault.Usage, "%s %s is out of range: give a time from %s to %s, such as 300, 90s, 5m or 1h30m", flag, given, Written(low), Written(high))
}
