package client

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/worker/user"
)

// watched keeps the events of streams as well.
type watched struct {
	recorded
	events []event
}

type event struct {
	name  string
	first bool
	after time.Duration
}

func (w *watched) RecordEvent(name string, first bool, after time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.events = append(w.events, event{name, first, after})
}

// told is what was recorded: rows of timings alone are in brackets, events are counted.
func (w *watched) told() []string {
	rows := w.rows()
	w.mu.Lock()
	defer w.mu.Unlock()
	for i, q := range w.requests {
		if q.Apart {
			rows[i] = "[" + rows[i] + "]"
		}
	}
	if n := len(w.events); n > 0 {
		rows = append(rows, fmt.Sprintf("%d events of %s", n, w.events[0].name))
	}
	return rows
}

func newWatchedRig(t *testing.T, host, data string) (*rig, *watched) {
	t.Helper()
	r := newRig(t, host)
	w := &watched{}
	r.env.Recorder = w
	var err error
	if r.env.Streams, err = user.NewStreams(data); err != nil {
		t.Fatal(err)
	}
	return r, w
}

// drain reads a response to its end.
func drain(r *Response) {
	for range r.Lines() {
	}
}

func TestEventsOfStreams(t *testing.T) {
	t.Parallel()
	const three = "data: 1\r\n\r\n: keep-alive\n\ndata: 2\n\ndata:3\n\n"
	plain := func(kind, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			for _, part := range strings.SplitAfter(text, "\r") { // CR and LF come apart
				fmt.Fprint(w, part)
				w.(http.Flusher).Flush()
			}
		}
	}
	raw := func(head, text string) string {
		u, _ := answer(t, "HTTP/1.1 200 OK\r\n"+head+"\r\n"+text, false)
		return u
	}
	served := func(h http.HandlerFunc) string { u, _ := serve(t, h); return u }
	for _, tt := range []struct {
		reason, url, data string
		read              func(*Response)
		want              []string
	}{
		{"in chunks", served(plain("text/event-stream", three)), "", drain, []string{"GET / 0", "[STREAM / 0]", "3 events of /"}},
		{"sized", raw(fmt.Sprintf("Content-Type: text/event-stream\r\nContent-Length: %d\r\n", len(three)), three), "", drain, []string{
			fmt.Sprintf("GET / %d", len(three)), "[STREAM / 0]", "3 events of /",
		}},
		{"to the end", raw("Content-Type: text/event-stream\r\n", three), "", drain, []string{"GET / 0", "[STREAM / 0]", "3 events of /"}},
		{"zipped", served(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Header().Set("Content-Type", "text/event-stream")
			w.(http.Flusher).Flush() // in chunks
			z := gzip.NewWriter(w)
			fmt.Fprint(z, three)
			z.Close()
		}), "", drain, []string{"GET / 0", "[STREAM / 0]", "3 events of /"}},
		{"lines of JSON", served(plain("application/x-ndjson", "{\"a\":\"\"}\r\n{\"a\":\"x\"}\n{\"a\":\"y\"}")), "$.a", drain, []string{"GET / 0", "[STREAM / 0]", "2 events of /"}},
		{"no events", served(plain("text/plain", three)), "", drain, []string{"GET / 0", "[STREAM / 0]"}},
		{"broken off", raw("Content-Type: text/event-stream\r\nContent-Length: 100\r\n", three), "", drain, []string{"GET / 100", "[STREAM / 0 stream broken off]", "3 events of /"}},
		{"a failure is no stream", served(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/event-stream")
			w.WriteHeader(http.StatusServiceUnavailable)
			fmt.Fprint(w, three)
		}), "", drain, []string{"GET / 42 HTTPError('503 Server Error: Service Unavailable for url: /')"}},
		{"left early", served(plain("text/event-stream", three)), "", func(r *Response) {
			_, _ = r.Read(make([]byte, 1))
			r.Close()
		}, []string{"GET / 0", "[STREAM / incomplete]"}},
		{"left when it said that it was over", served(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/event-stream")
			fmt.Fprint(w, three+"data: [DONE]\n\n")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}), "", func(r *Response) {
			for line := range r.Lines() {
				if string(line) == "data: [DONE]" {
					break
				}
			}
			r.Close()
		}, []string{"GET / 0", "[STREAM / 0]", "3 events of /"}},
		{"sized, and not a byte more was asked for", raw(fmt.Sprintf("Content-Type: text/event-stream\r\nContent-Length: %d\r\n", len(three)), three), "", func(r *Response) {
			_, _ = io.ReadFull(r, make([]byte, len(three)))
			r.Close()
		}, []string{fmt.Sprintf("GET / %d", len(three)), "[STREAM / 0]", "3 events of /"}},
	} {
		r, w := newWatchedRig(t, tt.url, tt.data)
		tt.read(r.Do(r.ctx, &Request{Method: "GET", URL: "/", Stream: true}))
		if diff := cmp.Diff(tt.want, w.told()); diff != "" {
			t.Errorf("%s: want -, got +\n%s", tt.reason, diff)
		}
		for i, e := range w.events {
			if e.first != (i == 0) {
				t.Errorf("%s: event %d is the first: %t", tt.reason, i, e.first)
			}
		}
	}
}

// TestNothingOfOtherRequests: no events of what is not streamed, and none if nobody wants them.
func TestNothingOfOtherRequests(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprint(w, "data: 1\n\n")
	})
	r, w := newWatchedRig(t, url, "")
	drain(r.Get(r.ctx, "/"))
	r.env.Streams = nil
	drain(r.Do(r.ctx, &Request{Method: "GET", URL: "/", Name: "off", Stream: true}))
	if diff := cmp.Diff([]string{"GET / 9", "GET off 9"}, w.told()); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
}

// TestStreamOfAUserWhoseTimeIsUp is incomplete, whatever its connection said.
func TestStreamOfAUserWhoseTimeIsUp(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprint(w, "data: 1\n\n")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	r, w := newWatchedRig(t, url, "")
	resp := r.Do(r.ctx, &Request{Method: "GET", URL: "/", Stream: true})
	if _, err := resp.Read(make([]byte, 100)); err != nil {
		t.Fatal(err)
	}
	r.cancel()
	drain(resp)
	if diff := cmp.Diff([]string{"GET / 0", "[STREAM / incomplete]", "1 events of /"}, w.told()); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
}
