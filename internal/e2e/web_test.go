//go:build e2e

package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A webUI is the web API of a master: what its web UI uses.
type webUI struct{ base string }

// A snapshot is GET /stats/requests. Locust caches it for 2 s.
type snapshot struct {
	State   string `json:"state"`
	Users   int    `json:"user_count"`
	Workers []struct {
		ID    string `json:"id"`
		State string `json:"state"`
		Users int    `json:"user_count"`
	} `json:"workers"`
	Stats []struct {
		Method   string `json:"method"`
		Name     string `json:"name"`
		Requests uint64 `json:"num_requests"`
		Failures uint64 `json:"num_failures"`
	} `json:"stats"`
}

func (w webUI) snapshot(ctx context.Context) (s snapshot, err error) {
	err = w.getJSON(ctx, "/stats/requests", &s)
	return s, err
}

// rows are the snapshot's statistics.
func (s snapshot) rows() rows {
	all := rows{}
	for _, row := range s.Stats {
		all.add(row.Method, row.Name, row.Requests, row.Failures)
	}
	return all
}

// workerCount returns how many workers are ready or run users; it is not cached.
func (w webUI) workerCount(ctx context.Context) (int, error) {
	var answer struct {
		Count int `json:"worker_count"`
	}
	err := w.getJSON(ctx, "/worker-count", &answer)
	return answer.Count, err
}

// An exception is one that tasks raised.
type exception struct {
	Count   int    `json:"count"`
	Message string `json:"msg"`
	Nodes   string `json:"nodes"`
}

func (w webUI) exceptions(ctx context.Context) ([]exception, error) {
	var answer struct {
		Exceptions []exception `json:"exceptions"`
	}
	err := w.getJSON(ctx, "/exceptions", &answer)
	return answer.Exceptions, err
}

// stats returns the statistics as they are now.
func (w webUI) stats(t *testing.T) rows {
	t.Helper()
	return parseStats(t, w.get(t, "/stats/requests/csv"))
}

// swarm starts the test, or changes the number of users of one that runs.
func (w webUI) swarm(t *testing.T, users int, rate float64) {
	t.Helper()
	w.post(t, "/swarm", url.Values{
		"user_count": {strconv.Itoa(users)}, "spawn_rate": {strconv.FormatFloat(rate, 'f', -1, 64)},
	})
}

// awaitUsers waits until exactly n users run.
func (w webUI) awaitUsers(t *testing.T, n int) snapshot {
	t.Helper()
	var s snapshot
	await(t, startLimit, func() (err error) {
		s, err = w.snapshot(t.Context())
		if err == nil && (s.Users != n || s.State == "spawning") {
			err = fmt.Errorf("%d users run and the master is %s, want %d users", s.Users, s.State, n)
		}
		return err
	})
	return s
}

// stop ends the test and returns when no user runs any more.
func (w webUI) stop(t *testing.T) {
	t.Helper()
	w.post(t, "/stop", nil)
}

// post sends a form and wants success.
func (w webUI) post(t *testing.T, path string, form url.Values) {
	t.Helper()
	body, err := w.request(t.Context(), http.MethodPost, path, form)
	if err != nil {
		t.Fatal(err)
	}
	var answer struct {
		Success bool   `json:"success"`
		Message string `json:"message"`
	}
	if err := json.Unmarshal(body, &answer); err != nil || !answer.Success {
		t.Fatalf("POST %s %v = %s, want success", path, form, body)
	}
}

// get returns the body of a page.
func (w webUI) get(t *testing.T, path string) []byte {
	t.Helper()
	body, err := w.request(t.Context(), http.MethodGet, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func (w webUI) getJSON(ctx context.Context, path string, value any) error {
	body, err := w.request(ctx, http.MethodGet, path, nil)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, value); err != nil {
		return fmt.Errorf("parse %s: %w", path, err)
	}
	return nil
}

// request returns the body of an answer with status 200. Locust waits for its users before it answers a stop.
func (w webUI) request(ctx context.Context, method, path string, form url.Values) ([]byte, error) {
	const limit = 30 * time.Second
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, w.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("status %s: %s", response.Status, body)
	}
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	return body, nil
}
