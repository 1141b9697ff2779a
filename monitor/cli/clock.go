package cli

import (
	"fmt"
	"os"
	"time"
)

// clockVariable is for tests of what joins the rows of several hosts: the monitor takes it that the machine's clock is off by so
// much, such as 3s or -1.5s. docs/testing.md has it, --help has not.
const clockVariable = "GREGARIA_MONITOR_TEST_CLOCK_OFFSET"

// clock returns the wall clock that ticks, Timestamps and /clock go by.
func clock(note func(string)) (now func() time.Time, err error) {
	text := os.Getenv(clockVariable)
	if text == "" {
		return time.Now, nil
	}
	offset, err := time.ParseDuration(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %q is no span of time such as 3s", clockVariable, text)
	}
	note(fmt.Sprintf("every Timestamp is wrong by %s, for a test: %s is set", offset, clockVariable))
	return func() time.Time { return time.Now().Add(offset) }, nil
}
