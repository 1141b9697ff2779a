package client

import (
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// lineByLine streams lines, each when the test says so.
func lineByLine(next chan string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.(http.Flusher).Flush()
		for text := range next {
			fmt.Fprint(w, text)
			w.(http.Flusher).Flush()
		}
	}
}

func TestStreamDeliversLinesAsTheyCome(t *testing.T) {
	t.Parallel()
	next := make(chan string)
	url, connections := serve(t, lineByLine(next))
	r := newRig(t, url)
	began := time.Now()
	resp := r.Do(r.ctx, &Request{Method: "GET", URL: "/", Stream: true})
	if took := time.Since(began); resp.Elapsed > took || !resp.OK() {
		t.Fatalf("Elapsed = %v of %v, err %v", resp.Elapsed, took, resp.Err)
	}
	r.expect(t, "GET / 0")
	var got []string
	go func() { next <- "data: 1\n" }()
	for line, err := range resp.Lines() {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, string(line))
		switch len(got) {
		case 1: // only now does the server go on: the line did not wait for it
			go func() { next <- "data: "; next <- "2\r\n\r\nrest"; close(next) }()
		case 2:
		}
	}
	if diff := cmp.Diff([]string{"data: 1", "data: 2", "", "rest"}, got); diff != "" {
		t.Errorf("lines: want -, got +\n%s", diff)
	}
	r.Get(r.ctx, "/next")
	if n := connections.Load(); n != 1 {
		t.Errorf("%d connections, want 1: a stream read to its end keeps it", n)
	}
}

func TestStreamLeftEarlyClosesItsConnection(t *testing.T) {
	t.Parallel()
	ended := make(chan struct{})
	url, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "a\nb\n")
		w.(http.Flusher).Flush()
		<-r.Context().Done() // the client has gone
		close(ended)
	})
	r := newRig(t, url)
	for line := range r.Do(r.ctx, &Request{Method: "GET", URL: "/", Stream: true}).Lines() {
		if string(line) == "a" {
			break
		}
	}
	r.env.Idle()
	select {
	case <-ended:
	case <-time.After(5 * time.Second):
		t.Error("the connection is still open after the user's wait")
	}
	r.expect(t, "GET / 0")
}

func TestStreamBrokenOff(t *testing.T) {
	t.Parallel()
	url, _ := answer(t, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\na\nb", false)
	r := newRig(t, url)
	var got []string
	for line, err := range r.Do(r.ctx, &Request{Method: "GET", URL: "/", Stream: true}).Lines() {
		got = append(got, fmt.Sprintf("%s %v", line, err))
	}
	want := []string{"a <nil>", "b <nil>", " read body: EOF"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("lines: want -, got +\n%s", diff)
	}
	r.expect(t, "GET / 10") // as Locust: what the header says, and no failure
}

func TestStreamIsDecoded(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		defer z.Close()
		fmt.Fprint(z, strings.Repeat("line\n", 3))
	})
	r := newRig(t, url)
	n := 0
	for line, err := range r.Do(r.ctx, &Request{Method: "GET", URL: "/", Stream: true}).Lines() {
		if n++; string(line) != "line" || err != nil {
			t.Errorf("line %d: %q, %v", n, line, err)
		}
	}
	if n != 3 {
		t.Errorf("%d lines, want 3", n)
	}
}

// TestLinesOfAnOrdinaryResponse: Lines and Read work on what is already there, too.
func TestLinesOfAnOrdinaryResponse(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 10_000)
	url, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "a\n", long, "\nb") })
	r := newRig(t, url)
	var got []string
	for line, err := range r.Get(r.ctx, "/").Lines() {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, string(line))
	}
	if diff := cmp.Diff([]string{"a", long, "b"}, got); diff != "" {
		t.Errorf("lines: want -, got +\n%s", diff)
	}
}

func TestStreamEndsWithTheTasksOwnContext(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "a\n")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	r := newRig(t, url)
	ctx, cancel := context.WithCancel(r.ctx)
	defer cancel()
	var last error
	for _, err := range r.Do(ctx, &Request{Method: "GET", URL: "/", Stream: true}).Lines() {
		if last = err; err == nil {
			cancel()
		}
	}
	if last == nil {
		t.Error("the stream ended without an error")
	}
}

// TestStreamReadToItsEndIsFreeOfItsContext: what the task does with its context then is nothing to the connection.
func TestStreamReadToItsEndIsFreeOfItsContext(t *testing.T) {
	t.Parallel()
	url, connections := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "a\n") })
	r := newRig(t, url)
	ctx, cancel := context.WithCancel(r.ctx)
	for range r.Do(ctx, &Request{Method: "GET", URL: "/", Stream: true}).Lines() {
	}
	cancel()
	time.Sleep(10 * time.Millisecond) // for what must not happen
	r.Get(r.ctx, "/")
	r.expect(t, "GET / 2", "GET / 2")
	if n := connections.Load(); n != 1 {
		t.Errorf("%d connections, want 1", n)
	}
}
