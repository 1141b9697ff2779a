package locustfile

import (
	"compress/gzip"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/worker/internal/locust"
	"gregaria/worker/user"
)

const threeEvents = "data: 1\r\n\r\n: keep-alive\n\ndata: 2\n\ndata:3\n\n"

// streamServer has streams of all kinds.
func streamServer(t *testing.T) string {
	t.Helper()
	flushed := func(w http.ResponseWriter, text string) {
		for _, part := range strings.SplitAfter(text, "\r") { // CR and LF come apart
			fmt.Fprint(w, part)
			w.(http.Flusher).Flush()
		}
	}
	mux := http.NewServeMux()
	handle := func(path, kind string, h func(w http.ResponseWriter, r *http.Request)) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", kind)
			h(w, r)
		})
	}
	const sse = "text/event-stream; charset=utf-8"
	handle("/chunks", sse, func(w http.ResponseWriter, _ *http.Request) { flushed(w, threeEvents) })
	handle("/sized", sse, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, threeEvents) })
	handle("/zipped", sse, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.(http.Flusher).Flush()
		z := gzip.NewWriter(w)
		defer z.Close()
		fmt.Fprint(z, threeEvents)
	})
	handle("/zippedjson", "application/x-ndjson", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.(http.Flusher).Flush()
		z := gzip.NewWriter(w)
		defer z.Close()
		fmt.Fprint(z, "{\"a\":\"x\"}\n{\"a\":\"y\"}")
	})
	handle("/json", "application/x-ndjson", func(w http.ResponseWriter, _ *http.Request) {
		flushed(w, "{\"a\":\"\"}\r\n{\"a\":\"x\"}\n{\"a\":\"y\"}")
	})
	handle("/file", "application/octet-stream", func(w http.ResponseWriter, _ *http.Request) { flushed(w, threeEvents) })
	handle("/refused", sse, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprint(w, threeEvents)
	})
	handle("/endless", sse, func(w http.ResponseWriter, r *http.Request) {
		flushed(w, threeEvents+"data: [DONE]\n\n")
		<-r.Context().Done()
	})
	handle("/silent", sse, func(w http.ResponseWriter, r *http.Request) {
		flushed(w, "data: 1\n\n")
		<-r.Context().Done()
	})
	told := make(chan bool, 1)
	handle("/waits", sse, func(w http.ResponseWriter, _ *http.Request) {
		w.(http.Flusher).Flush()
		<-told
		flushed(w, threeEvents)
	})
	mux.HandleFunc("/tell", func(http.ResponseWriter, *http.Request) { told <- true })
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/chunks", http.StatusFound) })
	mux.HandleFunc("/broken", func(w http.ResponseWriter, _ *http.Request) {
		c, _, _ := w.(http.Hijacker).Hijack()
		fmt.Fprint(c, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 100\r\n\r\n"+threeEvents)
		_ = c.Close()
	})
	mux.HandleFunc("/open", func(w http.ResponseWriter, _ *http.Request) { // a body that ends with its connection
		c, _, _ := w.(http.Hijacker).Hijack()
		fmt.Fprint(c, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"+threeEvents)
		_ = c.Close()
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

// told is what was recorded of each name: requests, in brackets what timings alone see, and events.
func (r *rig) told() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []string
	for _, q := range r.requests {
		text := q.Type + " " + q.Name
		if q.Failure != "" {
			text += " failed"
		}
		if q.Incomplete {
			text += " incomplete"
		}
		if q.Apart {
			text = "[" + strings.Replace(text, "failed", q.Failure, 1) + "]"
		}
		out = append(out, text)
	}
	for i := 0; i < len(r.events); {
		n := 1
		for i+n < len(r.events) && r.events[i+n].name == r.events[i].name && !r.events[i+n].first {
			n++
		}
		out = append(out, fmt.Sprintf("%d events of %s", n, r.events[i].name))
		i += n
	}
	return out
}

// streamFile runs the body of a task once, as a user of both kinds.
const streamFile = `
from locust import FastHttpUser, HttpUser, constant, task
import requests
class U(%s):
    wait_time = constant(1000)
%s
    @task
    def t(self):
        %s
        print("done")
`

func TestStreams(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		reason, data, users, body string
		want                      []string
	}{
		{"in chunks", "", "both", `list(self.client.get("/chunks", stream=True).iter_content(10))`, []string{"GET /chunks", "[STREAM /chunks]", "3 events of /chunks"}},
		{"sized", "", "both", `list(self.client.get("/sized", stream=True).iter_content(10))`, []string{"GET /sized", "[STREAM /sized]", "3 events of /sized"}},
		{"to the end", "", "both", `list(self.client.get("/open", stream=True).iter_content(1000))`, []string{"GET /open", "[STREAM /open]", "3 events of /open"}},
		{"lines", "", "HttpUser", `list(self.client.post("/chunks", stream=True).iter_lines())`, []string{"POST /chunks", "[STREAM /chunks]", "3 events of /chunks"}},
		{"lines", "", "FastHttpUser", `list(self.client.iter_lines("/chunks"))`, []string{"GET /chunks", "[STREAM /chunks]", "3 events of /chunks"}},
		{"raw", "", "HttpUser", `r = self.client.get("/chunks", stream=True).raw
        while r.read(7): pass`, []string{"GET /chunks", "[STREAM /chunks]", "3 events of /chunks"}},
		{"all at once", "", "both", `self.client.get("/chunks", stream=True).content`, []string{"GET /chunks", "[STREAM /chunks]", "3 events of /chunks"}},
		{"zipped", "", "HttpUser", `list(self.client.get("/zipped", stream=True).iter_lines())`, []string{"GET /zipped", "[STREAM /zipped]", "3 events of /zipped"}},
		{"zipped, and read so", "", "HttpUser", `self.client.get("/zippedjson", stream=True).raw.read()`, []string{"GET /zippedjson", "[STREAM /zippedjson]"}},
		{"zipped, and decoded", "", "HttpUser", `self.client.get("/zippedjson", stream=True).raw.read(decode_content=True)`, []string{"GET /zippedjson", "[STREAM /zippedjson]", "2 events of /zippedjson"}},
		{"zipped: this client reads it so", "", "FastHttpUser", `list(self.client.get("/zippedjson", stream=True).iter_content(100))`, []string{"GET /zippedjson", "[STREAM /zippedjson]"}},
		{"lines of JSON", "$.a", "both", `list(self.client.get("/json", stream=True).iter_content(5))`, []string{"GET /json", "[STREAM /json]", "2 events of /json"}},
		{"no events", "", "both", `list(self.client.get("/file", stream=True).iter_content(5))`, []string{"GET /file", "[STREAM /file]"}},
		{"redirected", "", "both", `list(self.client.get("/moved", name="x", stream=True).iter_content(5))`, []string{"GET x", "[STREAM x]", "3 events of x"}},
		{"refused", "", "both", `list(self.client.get("/refused", stream=True).iter_content(5))`, []string{"GET /refused failed"}},
		{"no stream", "", "both", `self.client.get("/chunks")`, []string{"GET /chunks"}},
		{"nobody's", "", "HttpUser", `list(requests.get(self.client.base_url + "/chunks", stream=True).iter_lines())`, nil},
		{"broken off", "", "HttpUser", `try: list(self.client.get("/broken", stream=True).iter_lines())
        except Exception: pass`, []string{"GET /broken", "[STREAM /broken stream broken off]", "3 events of /broken"}},
		{"broken off", "", "FastHttpUser", `try: self.client.get("/broken", stream=True).content
        except Exception: pass`, []string{"GET /broken", "[STREAM /broken stream broken off]", "3 events of /broken"}},
		{"too slow", "", "HttpUser", `try: list(self.client.get("/silent", stream=True, timeout=0.2).iter_lines(10))
        except Exception: pass`, []string{"GET /silent", "[STREAM /silent stream timed out]", "1 events of /silent"}},
		{"left early", "", "HttpUser", `r = self.client.get("/silent", stream=True); next(r.iter_lines(9)); r.close()`, []string{"GET /silent", "[STREAM /silent incomplete]", "1 events of /silent"}},
		{"left early", "", "FastHttpUser", `r = self.client.get("/silent", stream=True); next(r.iter_content(9)); r.release()`, []string{"GET /silent", "[STREAM /silent incomplete]", "1 events of /silent"}},
		{"left when it said that it was over", "", "HttpUser", `for line in self.client.get("/endless", stream=True).iter_lines():
            if line == b"data: [DONE]": break`, []string{"GET /endless", "[STREAM /endless]", "3 events of /endless"}},
		{"renamed before it is read", "", "both", `with self.client.get("/waits", stream=True, catch_response=True) as r:
            r.request_meta["name"] = "early"
            self.client.get("/tell")
            list(r.iter_content(5))`, []string{"GET /tell", "GET early", "[STREAM early]", "3 events of early"}},
		{"renamed when it has been read", "", "both", `with self.client.get("/chunks", stream=True, catch_response=True) as r:
            list(r.iter_content(5))
            r.request_meta["name"] = "late"`, []string{"GET late", "[STREAM late]", "3 events of /chunks"}},
		{"judged, then read", "", "both", `with self.client.get("/chunks", stream=True, catch_response=True, name="x") as r: r.failure("no")
        list(r.iter_content(5))`, []string{"GET x failed", "[STREAM x]", "3 events of x"}},
		{"dropped by an exception", "", "both", `try:
            with self.client.get("/chunks", stream=True, catch_response=True, name="x") as r:
                list(r.iter_content(5))
                raise KeyError
        except KeyError: pass`, []string{"[STREAM x]", "3 events of x"}},
	} {
		for _, kind := range []string{"HttpUser", "FastHttpUser"} {
			if tt.users != "both" && tt.users != kind {
				continue
			}
			for _, general := range []bool{false, true} {
				if general && testing.Short() {
					continue
				}
				t.Run(fmt.Sprintf("%s %s %t", tt.reason, kind, general), func(t *testing.T) {
					t.Parallel()
					r := runStream(t, tt.data, fmt.Sprintf(streamFile, kind, "", tt.body), general)
					got := r.told()
					if strings.Contains(tt.reason, "judged") || strings.Contains(tt.reason, "left when") { // the order of rows is the file's
						got = sortedRows(got, tt.want)
					}
					if diff := cmp.Diff(sortedRows(tt.want, tt.want), sortedRows(got, tt.want)); diff != "" {
						t.Errorf("recorded: want -, got +\n%s%s", diff, r.logged())
					}
					for i, e := range r.events {
						if e.first != (i == 0) || e.after < 0 || e.after > 5*time.Second {
							t.Errorf("event %d: %+v", i, e)
						}
					}
				})
			}
		}
	}
}

// sortedRows puts rows of streams behind those of their requests: with catch_response a stream ends before its request is judged.
func sortedRows(rows, _ []string) []string {
	var first, rest []string
	for _, row := range rows {
		if strings.HasPrefix(row, "[") || strings.Contains(row, " events of ") {
			rest = append(rest, row)
		} else {
			first = append(first, row)
		}
	}
	return append(first, rest...)
}

// runStream runs a file until its task has printed that it is done.
func runStream(t *testing.T, data, text string, general bool) *rig {
	t.Helper()
	host := streamServer(t)
	streams, err := user.NewStreams(data)
	if err != nil {
		t.Fatal(err)
	}
	r := startMeasured(t, Config{Sources: []Source{{Path: "locustfile.py", Text: []byte(text), Remote: true}}, General: general}, nil, streams)
	r.spawn(t, locust.Job{Classes: map[string]int{"U": 1}, Host: &host})
	until(t, "the task", func() bool { return r.printed()[0] != "" || len(r.exceptions) > 0 })
	r.stop(t, 0)
	if len(r.exceptions) > 0 {
		t.Fatal(r.exceptions)
	}
	return r
}

// TestStreamsAreNotMeasured: without the switch nothing is.
func TestStreamsAreNotMeasured(t *testing.T) {
	t.Parallel()
	host := streamServer(t)
	r := startMeasured(t, Config{Sources: []Source{{Path: "locustfile.py", Text: []byte(fmt.Sprintf(streamFile, "HttpUser", "",
		`list(self.client.get("/chunks", stream=True).iter_lines())`)), Remote: true}}}, nil, nil)
	r.spawn(t, locust.Job{Classes: map[string]int{"U": 1}, Host: &host})
	until(t, "the task", func() bool { return r.printed()[0] != "" })
	r.stop(t, 0)
	if diff := cmp.Diff([]string{"GET /chunks"}, r.told()); diff != "" {
		t.Errorf("recorded: want -, got +\n%s", diff)
	}
}

// TestStreamOfAUserWhoseTimeIsUp is incomplete.
func TestStreamOfAUserWhoseTimeIsUp(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"HttpUser", "FastHttpUser"} {
		host := streamServer(t)
		streams, _ := user.NewStreams("")
		r := startMeasured(t, Config{Sources: []Source{{Path: "locustfile.py", Text: []byte(fmt.Sprintf(streamFile, kind, "",
			`list(self.client.get("/silent", stream=True).iter_content(9))`)), Remote: true}}}, nil, streams)
		r.spawn(t, locust.Job{Classes: map[string]int{"U": 1}, Host: &host})
		until(t, "the task", func() bool {
			r.mu.Lock()
			defer r.mu.Unlock()
			return len(r.events) == 1
		})
		r.stop(t, 0)
		if diff := cmp.Diff([]string{"GET /silent", "[STREAM /silent incomplete]", "1 events of /silent"}, r.told()); diff != "" {
			t.Errorf("%s recorded: want -, got +\n%s", kind, diff)
		}
	}
}
