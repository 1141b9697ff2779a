package locustweb

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// A Moment is what the plug-in in the master knows of the newest seconds, uncached: loadtest/plugin/moment.py.
type Moment struct {
	// Users run over all workers; Requests and Failures are all of the test until now.
	Users    int `json:"users"`
	Requests int `json:"requests"`
	Failures int `json:"failures"`
	// Rate is that of --rate, in tasks a second, whoever said it: a flag, a variable of Locust's, the form of the web UI. 0 leaves it to the users.
	Rate float64 `json:"rate"`
	// Now are the newest whole seconds of which all workers have told, together; nil where none has told of late.
	Now *Span `json:"moment"`
	// Seconds are those after the one that was asked for, one by one.
	Seconds []Second `json:"seconds"`
}

// A Second is one, of the epoch.
type Second struct {
	At int64
	Span
}

// A Span is some seconds of the load. P50 and P95 are response times in milliseconds, nil where they are not known.
type Span struct {
	Seconds            int
	Requests, Failures int
	P50, P95           *float64
}

// Moment asks the plug-in what it knows of the seconds after one. A master without it answers with an ErrStatus.
func (c *Client) Moment(ctx context.Context, after int64) (Moment, error) {
	body, err := c.do(ctx, RequestTimeout, http.MethodGet, "/gregaria/timings/moment?after="+strconv.FormatInt(after, 10), nil)
	if err != nil {
		return Moment{}, err
	}
	var m Moment
	if err := json.Unmarshal(body, &m); err != nil {
		return Moment{}, fmt.Errorf("parse /gregaria/timings/moment: %w", err)
	}
	return m, nil
}

// UnmarshalJSON reads a list of five: how many seconds, requests, failures, median and 95th percentile.
func (s *Span) UnmarshalJSON(data []byte) error {
	cells := []any{&s.Seconds, &s.Requests, &s.Failures, &s.P50, &s.P95}
	return list(data, cells)
}

// UnmarshalJSON reads a list of five: the second, requests, failures, median and 95th percentile.
func (s *Second) UnmarshalJSON(data []byte) error {
	s.Seconds = 1
	return list(data, []any{&s.At, &s.Requests, &s.Failures, &s.P50, &s.P95})
}

// list reads a list with so many values, none more and none less.
func list(data []byte, cells []any) error {
	n := len(cells)
	if err := json.Unmarshal(data, &cells); err != nil {
		return err
	}
	if len(cells) != n {
		return fmt.Errorf("a list of %d numbers instead of %d", len(cells), n)
	}
	return nil
}
