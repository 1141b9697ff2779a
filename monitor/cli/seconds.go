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

// UnmarshalText accepts a number above 0.
func (s *seconds) UnmarshalText(text []byte) error {
	number, err := strconv.ParseFloat(string(text), 64)
	if err != nil || math.IsNaN(number) || math.IsInf(number, 0) {
		return fmt.Errorf("%q is not a number of seconds, such as 1 or 0.5", text)
	}
	if number <= 0 || number > maxSeconds {
		return fmt.Errorf("%q is not above 0 and at most %d seconds", text, maxSeconds)
	}
	*s = seconds(math.Round(number * float64(time.Second)))
	return nil
}

func (s seconds) String() string {
	return strconv.FormatFloat(time.Duration(s).Seconds(), 'f', -1, 64)
}
