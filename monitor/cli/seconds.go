package cli

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// maxSeconds is the longest interval and duration: a year.
const maxSeconds = 366 * 24 * 3600

// seconds is a span of time that is written as a number of seconds: 1, 0.5, 300.
type seconds time.Duration

// parseSeconds takes a number above 0.
func parseSeconds(text string) (seconds, error) {
	number, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(number) || math.IsInf(number, 0) {
		return 0, fmt.Errorf("%q is not a number of seconds, such as 1 or 0.5", text)
	}
	if number <= 0 || number > maxSeconds {
		return 0, fmt.Errorf("%q is not above 0 and at most %d seconds", text, maxSeconds)
	}
	return seconds(math.Round(number * float64(time.Second))), nil
}

func (s seconds) String() string {
	return strconv.FormatFloat(time.Duration(s).Seconds(), 'f', -1, 64)
}
