package cli

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"gregaria/internal/timing"
	"gregaria/internal/timing/timingtest"
)

// chat answers as OpenAI's API does, with three pieces of text.
func chat(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	for _, event := range []string{
		`{"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}`,
		`{"choices":[{"index":0,"delta":{"content":"Once"},"finish_reason":null}]}`,
		`{"choices":[{"index":0,"delta":{"content":" upon"},"finish_reason":null}]}`,
		`{"choices":[{"index":0,"delta":{"content":" a time"},"finish_reason":null}]}`,
		`{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}`,
		`[DONE]`,
	} {
		time.Sleep(20 * time.Millisecond)
		fmt.Fprint(w, ": keep-alive\n\n", "data: ", event, "\n\n")
		w.(http.Flusher).Flush()
	}
}

// example is the locustfile of that name in docs/timings.md.
func example(t *testing.T, name string) string {
	t.Helper()
	page, err := os.ReadFile("../../docs/timings.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, found := strings.Cut(string(page), "```python\n# "+name+"\n")
	text, _, ended := strings.Cut(text, "```\n")
	if !found || !ended {
		t.Fatalf("docs/timings.md has no %s", name)
	}
	return text
}

// TestStreamsInReports runs the example of the documentation: reports carry what its streams took, and Locust's statistics have the request alone.
func TestStreamsInReports(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(chat))
	t.Cleanup(server.Close)
	r := newRouter(t)
	var out, errs output
	code := workers(t.Context(), r.port, &out, &errs, "-f", write(t, strings.Replace(example(t, "chat.py"), "between(1, 3)", "between(1000, 1000)", 1)), "--stream-data", "$.choices[0].delta.content")
	var posts, streams, events, others int64
	counts, most := map[timing.Phase]int64{}, map[timing.Phase]int64{}
	r.rows(&errs, map[string]int{"Chat": 1}, server.URL, func(stats any, row timing.Row) (enough bool) {
		if strings.Contains(fmt.Sprint(stats), timing.Stream) {
			t.Errorf("Locust's statistics have a row of the type %s: %v", timing.Stream, stats)
		}
		switch {
		case row.Name != "/v1/chat/completions" || row.Apart != (row.Type == timing.Stream) || row.Failures+row.Incomplete > 0:
			others++
		case row.Type == timing.Stream:
			streams += row.Requests
			events += row.Events
			for p, h := range row.Histograms {
				counts[timing.Phase(p)] += timingtest.Histogram(h).TotalCount()
				most[timing.Phase(p)] = max(most[timing.Phase(p)], h.Max)
			}
		case row.Type == "POST":
			posts += row.Requests
		}
		return streams > 0
	})
	<-code
	if posts != streams || events != 3*streams || others > 0 || counts[timing.FirstEvent] != streams || counts[timing.Gap] != 2*streams || counts[timing.Response] != streams {
		t.Errorf("%d requests, %d streams, %d events, values %v, %d other rows, want 3 events of each stream", posts, streams, events, counts, others)
	}
	if first, gap, all := most[timing.FirstEvent], most[timing.Gap], most[timing.Response]; first < 40_000 || gap < 15_000 || all < 120_000 || all < first {
		t.Errorf("first event %d us, gap %d us, all %d us, want at least 40, 20 and 120 ms", first, gap, all)
	}
}
