// Package locustweb drives a Locust master through the web API that its own web UI uses, and so leaves that UI to the
// user while a run goes on.
package locustweb

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// RequestTimeout is the time that the master gets to answer.
const RequestTimeout = 10 * time.Second

// reportTimeout is the time that the master gets to make its report: a long run with many names makes a large one.
const reportTimeout = 30 * time.Second

// stopPatience is how long a master waits for users to end, after their own time is over, before it answers a stop.
const stopPatience = 60 * time.Second

// mostRoom is the most room that is made for an answer before it comes.
const mostRoom = 1 << 20

// ErrStatus says that the master answered, but not with 200.
var ErrStatus = errors.New("unexpected status")

// ErrLogin says that the web UI wants a person to log in: Locust's own --web-login has no other way than its page.
var ErrLogin = errors.New("the web UI wants a login (locust --web-login)")

// ErrPage says that there was a page where there should have been statistics.
var ErrPage = errors.New("a web page and no statistics: this is not Locust's web UI, or one behind a login")

// A Client talks to one master. It may be used by several goroutines.
type Client struct {
	base string
	http *http.Client
}

// New returns a client for the web UI at base, for example "http://127.0.0.1:8089". A user and a password in it are sent as HTTP's
// basic authentication.
func New(base string) *Client { return NewTLS(base, nil) }

// NewTLS is New for an https URL whose certificate is checked as config says.
func NewTLS(base string, config *tls.Config) *Client {
	// Transport is one of its own: no proxy of the environment stands between loadtest and its own master.
	return &Client{base: strings.TrimRight(base, "/"), http: &http.Client{Transport: &http.Transport{TLSClientConfig: config}}}
}

// Snapshot returns what the master knows. Locust caches the answer for 2 s.
func (c *Client) Snapshot(ctx context.Context) (Snapshot, error) {
	body, err := c.do(ctx, RequestTimeout, http.MethodGet, "/stats/requests", nil)
	if err != nil {
		return Snapshot{}, err
	}
	return parseSnapshot(body)
}

// Workers returns how many workers can take users, uncached. Older Locust has no such route; then it is at most 2 s old.
func (c *Client) Workers(ctx context.Context) (int, error) {
	body, err := c.do(ctx, RequestTimeout, http.MethodGet, "/worker-count", nil)
	if errors.Is(err, ErrStatus) {
		snapshot, err := c.Snapshot(ctx)
		return snapshot.Active(), err
	}
	if err != nil {
		return 0, err
	}
	var answer struct {
		Count int `json:"worker_count"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return 0, fmt.Errorf("parse /worker-count: %w", err)
	}
	return answer.Count, nil
}

// Swarm starts the test: users in all, spawnRate of them a second, against host. If the locustfile has a load shape, the
// shape decides instead, as in the web UI; then shape is true.
func (c *Client) Swarm(ctx context.Context, users int, spawnRate float64, host string) (shape bool, err error) {
	body, err := c.do(ctx, RequestTimeout, http.MethodPost, "/swarm", url.Values{
		"user_count": {strconv.Itoa(users)},
		"spawn_rate": {strconv.FormatFloat(spawnRate, 'f', -1, 64)},
		"host":       {host},
	})
	if err != nil {
		return false, err
	}
	var answer struct {
		Success bool   `json:"success"`
		Message string `json:"message"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return false, fmt.Errorf("parse /swarm: %w", err)
	}
	if !answer.Success { // Locust answers 200 to what it refuses, too
		return false, fmt.Errorf("start the test: Locust says %q", answer.Message)
	}
	return strings.Contains(answer.Message, "shape class"), nil
}

// Stop ends the test and returns when no user runs any more, which may take the master's stop timeout. Stopping a test that
// is over is no error.
func (c *Client) Stop(ctx context.Context, stopTimeout time.Duration) error {
	limit := stopTimeout + stopPatience + RequestTimeout
	_, err := c.do(ctx, limit, http.MethodPost, "/stop", nil)
	if errors.Is(err, ErrStatus) { // older Locust takes GET
		_, err = c.do(ctx, limit, http.MethodGet, "/stop", nil)
	}
	return err
}

// StatsCSV returns the statistics, uncached, as the master writes them to its _stats.csv.
func (c *Client) StatsCSV(ctx context.Context) ([]byte, error) {
	return c.do(ctx, RequestTimeout, http.MethodGet, "/stats/requests/csv", nil)
}

// FailuresCSV returns the failures as the master writes them to its _failures.csv, ExceptionsCSV the exceptions.
func (c *Client) FailuresCSV(ctx context.Context) ([]byte, error) {
	return c.do(ctx, RequestTimeout, http.MethodGet, "/stats/failures/csv", nil)
}

// ExceptionsCSV returns the exceptions as the master writes them to its _exceptions.csv.
func (c *Client) ExceptionsCSV(ctx context.Context) ([]byte, error) {
	return c.do(ctx, RequestTimeout, http.MethodGet, "/exceptions/csv", nil)
}

// Report returns Locust's HTML report, as the master writes it to its --html (locust/main.py, save_html_report).
func (c *Client) Report(ctx context.Context) ([]byte, error) {
	return c.do(ctx, reportTimeout, http.MethodGet, "/stats/report?download=1", nil)
}

// HistoryCSV returns the history, all that the master has written to its _stats_history.csv: an ErrStatus where it writes none, or not a full one.
func (c *Client) HistoryCSV(ctx context.Context) ([]byte, error) {
	return c.do(ctx, reportTimeout, http.MethodGet, "/stats/requests_full_history/csv", nil)
}

// TimingsCSV returns the plug-in's timings.csv, of all tests of the master: an ErrStatus where the master has no plug-in, or that no file.
func (c *Client) TimingsCSV(ctx context.Context) ([]byte, error) {
	return c.do(ctx, reportTimeout, http.MethodGet, "/gregaria/timings/csv", nil)
}

// ConfigureUser gives a user class settings, one object of --config-users, on the master and on its workers.
func (c *Client) ConfigureUser(ctx context.Context, settings string) error {
	_, err := c.send(ctx, RequestTimeout, http.MethodPost, "/user", "application/json", settings)
	return err
}

// do sends one request, with a form unless it is nil, and returns the body of a 200 answer.
func (c *Client) do(ctx context.Context, limit time.Duration, method, path string, form url.Values) ([]byte, error) {
	contentType := ""
	if form != nil {
		contentType = "application/x-www-form-urlencoded"
	}
	return c.send(ctx, limit, method, path, contentType, form.Encode())
}

// send sends one request and returns the body of a 2xx answer that is no page.
func (c *Client) send(ctx context.Context, limit time.Duration, method, path, contentType, content string) ([]byte, error) {
	return c.exchange(ctx, limit, method, path, contentType, content, checkKind)
}

// exchange sends one request and returns the body of a 2xx answer, if check has nothing against it.
func (c *Client) exchange(ctx context.Context, limit time.Duration, method, path, contentType, content string, check func(*http.Response) error) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, c.base+path, strings.NewReader(content))
	if err != nil {
		return nil, fmt.Errorf("ask the master: %w", err)
	}
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("ask the master: %w", err)
	}
	defer response.Body.Close()
	var body bytes.Buffer
	body.Grow(int(min(max(response.ContentLength, 0), mostRoom)) + bytes.MinRead) // a test with many names has 100 KB each second
	if _, err := body.ReadFrom(response.Body); err != nil {
		return nil, fmt.Errorf("read the master's answer to %s: %w", path, err)
	}
	if response.StatusCode/100 != 2 {
		return nil, fmt.Errorf("%s %s: %w %s", method, path, ErrStatus, response.Status)
	}
	return body.Bytes(), check(response)
}

// checkKind sees that the answer is no page: every answer that a Client asks for is JSON, CSV, nothing, or a page to download.
func checkKind(response *http.Response) error {
	switch kind, _, _ := strings.Cut(response.Header.Get("Content-Type"), ";"); {
	case checkLogin(response) != nil:
		return ErrLogin
	case kind == "text/html" && response.ContentLength != 0 && response.Header.Get("Content-Disposition") == "":
		return ErrPage
	default:
		return nil
	}
}

// checkLogin sees that the answer is not the page that asks for a login: Flask-Login sends there who is not logged in.
func checkLogin(response *http.Response) error {
	if strings.HasSuffix(response.Request.URL.Path, "/login") {
		return ErrLogin
	}
	return nil
}

// Close ends the idle connections to the master.
func (c *Client) Close() { c.http.CloseIdleConnections() }
