//go:build e2e

package e2e

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestTimingsTabOfStreams: the tab has streams, WebSockets, jobs and tasks as scheduled beside requests, and what a stream is made of.
func TestTimingsTabOfStreams(t *testing.T) {
	t.Parallel()
	const get, post, stream, news, ws, job = "GET /v1/catalog", "POST /v1/chat/completions", "STREAM /v1/chat/completions", "STREAM /v1/news", "WS /v1/news", "JOB /v1/story"
	server := startChat(t)
	l := startLoadtest(t, "--host="+server.URL, "--locustfile="+repository(t, "internal", "e2e", "testdata", "chat.py"), "--users=40", "--spawn-rate=40",
		"--duration=120", "--rate=20", "--python-workers=0", "--workers=1", "--job=POST /v1/story -> GET /v1/story/[id] until $.status = done")
	await(t, startLimit, func() error { return l.wantOutput("40 users") })
	b := openBrowser(t, l.web.base+"/")
	b.tab("Timings")
	shown := b.awaitEndpoints(get, post, stream, news, ws, job, aggregated)
	for _, test := range []struct {
		row, column string
		least, most float64
	}{
		{get, "response, ms p50", 20, 100},
		{get, "as scheduled, ms p50", 20, 150},
		{stream, "first event, ms p50", 150, 350},
		{stream, "gap, ms p50", 20, 80},
		{stream, "response, ms p50", 550, 1500},
		{stream, "events/s", 20, 400},
		{news, "gap, ms p50", 80, 200},
		{ws, "connect, ms p50", 0, 50},
		{job, "response, ms p50", 600, 1500},
		{aggregated, "lateness, ms p50", 0, 100},
	} {
		if got := shown[test.row][test.column]; got == "" || float(t, got) < test.least || float(t, got) > test.most {
			t.Errorf("%s, %s = %q, want %v to %v", test.row, test.column, got, test.least, test.most)
		}
	}
	for row, want := range map[string]string{get: "wait", post: "wait", stream: "gap", news: "gap", aggregated: "wait", job: ""} {
		goes := shown[row]["where the time goes"]
		if longest := longestOf(t, goes); longest != want {
			t.Errorf("most of the time of %s goes into %q: %q, want %q", row, longest, goes, want)
		}
	}
	b.run("make room", chromedp.EmulateViewport(1280, 900))
	b.press("p95")
	shown = b.awaitEndpoints(stream)
	if all, first := shown[stream]["p95, ms gap"], shown[stream]["p95, ms first event"]; all == "" || float(t, first) < 150 {
		t.Errorf("with p95 alone, %s has %v", stream, shown[stream])
	}
	b.run("choose the stream", chromedp.Evaluate(shadow("tbody tr")+`.find(row => row.cells[0].textContent.startsWith("STREAM/v1/chat")).querySelector("button").click()`, nil))
	points := 8
	if os.Getenv("GREGARIA_E2E_SHOTS") != "" {
		points = 30 // half a minute of it, for docs/images
	}
	charts := b.awaitCharts(points, "Median of each phase of "+stream, "On the wire of "+stream)
	for title, want := range map[string][]string{"Median of each phase of " + stream: {"first event", "gap"}, "On the wire of " + stream: {"events"}} {
		if got := slices.Sorted(maps.Keys(charts[title].Legend)); !slices.Equal(got, want) {
			t.Errorf("the chart %q has lines of %q, want %q", title, got, want)
		}
	}
	b.shot("timings-streams")
}

// longestOf is the part that takes longest of the words behind a bar: "connect 0.2 ms, wait 31 ms".
func longestOf(t *testing.T, goes string) (name string) {
	t.Helper()
	most := 0.0
	for part := range strings.SplitSeq(goes, ", ") {
		words := strings.Fields(part)
		if len(words) < 3 {
			continue
		}
		if ms := float(t, words[len(words)-2]); ms > most {
			most, name = ms, strings.Join(words[:len(words)-2], " ")
		}
	}
	return name
}
