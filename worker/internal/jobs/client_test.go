package jobs

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gregaria/worker/client"
	"gregaria/worker/user"
)

// TestClient sees the jobs of a user in Go: the client tells URL and answer.
func TestClient(t *testing.T) {
	t.Parallel()
	var began time.Time
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		switch {
		case q.Method == http.MethodPost:
			began = time.Now()
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, `{"id":"a 7","status":"queued"}`)
		case q.URL.Path == "/story/a 7" && asked.Add(1) < 3:
			fmt.Fprint(w, `{"status":"rendering"}`)
		default:
			fmt.Fprint(w, `{"status":"failed"}`)
		}
	}))
	defer server.Close()
	r := newRig(t, 0, story)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	env := &user.Env{Host: server.URL, Done: ctx, Recorder: r.Recorder}
	defer env.Exit()
	session := client.New(env)
	session.Post(ctx, "/story", client.JSON(map[string]string{"prompt": "a fox"}))
	for range 4 {
		session.Do(ctx, &client.Request{Method: http.MethodGet, URL: "/story/a%207", Name: "/story/[id]"})
	}
	took := time.Since(began)
	r.End()
	if len(r.jobs) != 1 || r.jobs[0].Failure != "$.status is failed" || r.jobs[0].ResponseTime <= 0 || r.jobs[0].ResponseTime > took+time.Second {
		t.Errorf("jobs = %+v, want one that failed", r.jobs)
	}
	if want := []string{server.URL + "/story/a%207"}; !slices.Equal(r.urls, want) {
		t.Errorf("URLs of jobs = %q, want %q", r.urls, want)
	}
	if want := "1 failed, 0 unfinished at the end; 3.0 polls"; !strings.Contains(r.log.String(), want) {
		t.Errorf("log = %s, want %q", &r.log, want)
	}
}

// TestClientListens ends a job with the event that tells of its end, not with the stream.
func TestClientListens(t *testing.T) {
	t.Parallel()
	heard := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if q.Method == http.MethodPost {
			fmt.Fprint(w, `{"id":7}`)
			return
		}
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprint(w, ": hello\n\ndata: {\"status\":\"rendering\"}\n\ndata: {\"status\":\"done\"}\n\n")
		w.(http.Flusher).Flush()
		<-heard // the stream goes on
	}))
	defer server.Close()
	defer close(heard)
	r := newRig(t, 0, story)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	env := &user.Env{Host: server.URL, Done: ctx, Recorder: r.Recorder}
	defer env.Exit()
	session := client.New(env)
	session.Post(ctx, "/story", client.JSON(map[string]string{"prompt": "a fox"}))
	response := session.Do(ctx, &client.Request{Method: http.MethodGet, URL: "/story/7", Name: "/story/[id]", Stream: true})
	for line := range response.Lines() {
		if strings.Contains(string(line), "done") {
			break
		}
	}
	r.mu.Lock()
	jobs := len(r.jobs)
	r.mu.Unlock()
	if jobs != 1 {
		t.Errorf("%d jobs are over while the stream goes on, want 1", jobs)
	}
	response.Close()
	r.End()
	if want := "1 done in"; !strings.Contains(r.log.String(), want) {
		t.Errorf("log = %s, want %q", &r.log, want)
	}
}
