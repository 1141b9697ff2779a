package locustweb

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// A Test is one of a session, as the plug-in in the master tells of it: loadtest/plugin/session.py.
type Test struct {
	// Stamp stands in the names of its files; "" of one that could have none: Trouble says why.
	Stamp   string `json:"stamp"`
	Trouble string `json:"trouble"`
	// Began, Stopped (when it was told to end) and Ended (when the last user had gone) are in seconds of the epoch, 0 for not yet. Until is when it is to end, 0 for
	// when somebody ends it.
	Began   float64 `json:"began"`
	Stopped float64 `json:"stopped"`
	Ended   float64 `json:"ended"`
	Until   float64 `json:"until"`
	// Closed says that all that the master knows of it is written.
	Closed bool `json:"closed"`
	// Code is the exit code that Locust would end with.
	Code int `json:"code"`
	// What was asked for, as it is now.
	Users     int      `json:"users"`
	SpawnRate float64  `json:"spawn_rate"`
	Host      string   `json:"host"`
	Rate      float64  `json:"rate"`
	Arrivals  string   `json:"arrivals"`
	Shape     bool     `json:"shape"`
	Classes   []string `json:"classes"`
}

// Tests asks the plug-in for the tests of a session, without the first so many.
func (c *Client) Tests(ctx context.Context, after int) ([]Test, error) {
	body, err := c.do(ctx, RequestTimeout, http.MethodGet, "/gregaria/tests?after="+strconv.Itoa(after), nil)
	if err != nil {
		return nil, err
	}
	var answer struct {
		Tests []Test `json:"tests"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return nil, fmt.Errorf("parse /gregaria/tests: %w", err)
	}
	return answer.Tests, nil
}

// Planned is how long it is to run, 0 where that is for a person to decide.
func (t Test) Planned() time.Duration {
	if t.Until == 0 {
		return 0
	}
	return At(t.Until).Sub(At(t.Began)).Round(time.Second)
}

// At is a time in seconds of the epoch, the zero time for 0.
func At(seconds float64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.UnixMicro(int64(seconds * 1e6))
}
