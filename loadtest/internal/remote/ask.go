package remote

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"gregaria/internal/mask"
	"gregaria/internal/resource"
)

// maxAnswer bounds what is read of an answer: hundreds of rows with hundreds of columns are a few MB.
const maxAnswer = 64 << 20

// errNotYet means that the monitor has just been started and does not know its columns.
var errNotYet = errors.New("the monitor has no columns yet")

// An answer is what a monitor said.
type answer struct {
	header http.Header
	body   []byte
}

// get asks for a path of the monitor.
func (m *Monitor) get(ctx context.Context, path string, query url.Values) (answer, error) {
	at := m.base.JoinPath(path)
	at.RawQuery = query.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return answer{}, err
	}
	if m.token != "" {
		request.Header.Set("Authorization", "Bearer "+m.token)
	}
	response, err := m.http.Do(request)
	if err != nil {
		return answer{}, fmt.Errorf("ask the monitor at %s: %w", m.place(), cause(err))
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return answer{}, fmt.Errorf("read what the monitor at %s says: %w", m.place(), cause(err))
	}
	return answer{response.Header, body}, m.refusal(response.StatusCode, path)
}

// refusal says what a status means; nil for 200.
func (m *Monitor) refusal(status int, path string) error {
	switch status {
	case http.StatusOK:
		return nil
	case http.StatusUnauthorized:
		return fmt.Errorf("the monitor at %s wants its token: set %s to the one it was started with", m.place(), Token)
	case http.StatusForbidden:
		return fmt.Errorf("the monitor at %s shows its rows beyond its own machine only with a token: start it with %s set, and loadtest too", m.place(), Token)
	case http.StatusServiceUnavailable:
		return errNotYet
	case http.StatusNotFound:
		return m.wrong(path)
	default:
		return fmt.Errorf("the monitor at %s answers /%s with status %d", m.place(), path, status)
	}
}

// wrong says that what answers is no monitor, or one that has no such answer.
func (m *Monitor) wrong(path string) error {
	return fmt.Errorf("what answers at %s has no /%s as a monitor's --listen has: is the port right, and the monitor of this version?", m.place(), path)
}

// place is the URL, for people.
func (m *Monitor) place() string { return mask.URL(m.base.String()) }

// cause leaves out what an error of HTTP says besides: the method and the URL.
func cause(err error) error {
	var inURL *url.Error
	if errors.As(err, &inURL) {
		return inURL.Err
	}
	return err
}

// columns is the answer at /columns.
type columns struct {
	Interval float64  `json:"interval"` // in seconds
	Started  float64  `json:"started"`
	Columns  []string `json:"columns"`
}

func (c columns) interval() time.Duration {
	return time.Duration(c.Interval * float64(time.Second)).Round(time.Millisecond)
}

// readColumns asks what the rows are, of a monitor that may have been started this moment.
func (m *Monitor) readColumns(ctx context.Context) error {
	for tries := 0; ; tries++ {
		said, err := m.get(ctx, "columns", nil)
		if errors.Is(err, errNotYet) && tries < 20 {
			select {
			case <-ctx.Done():
				return context.Cause(ctx)
			case <-time.After(askTime / 20):
			}
			continue
		}
		if err != nil {
			return err
		}
		var c columns
		if err := json.Unmarshal(said.body, &c); err != nil || c.interval() <= 0 || len(c.Columns) < 2 || c.Columns[0] != resource.Timestamp {
			return m.wrong("columns")
		}
		m.columns = c
		return nil
	}
}
